"""The center, the derived and the lower central series, and what they decide."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.structure.brackets import bracket_of, everything
from liealg.structure.frame import frame_of
from liealg.structure.subspace import Subspace, as_subspace, kernel


def center(algebra: LieAlgebra) -> Subspace:
    """All ``x`` with ``[x, y] = 0`` for every ``y``.

    The solutions of ``sum_i x_i c[i, j, k] = 0`` for all ``j, k``: de Graaf, *Lie Algebras: Theory
    and Algorithms* (2000), chapter 1; Humphreys (1972), section 2.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> center(known("heisenberg1")).rows
    Matrix([[0, 0, 1]])
    """
    check_algebra(algebra)
    frame = frame_of(algebra)
    return as_subspace(frame.given(center_rows(frame.right)))


def derived_series(algebra: LieAlgebra) -> list[Subspace]:
    """``L``, ``L' = [L, L]``, ``L'' = [L', L']`` ... until two terms are equal, that term once.

    See de Graaf (2000), chapter 1; Humphreys (1972), section 3.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [term.dim for term in derived_series(known("se2"))]
    [3, 2, 0]
    >>> [term.dim for term in derived_series(known("so3"))]
    [3]
    """
    check_algebra(algebra)
    given = frame_of(algebra).given
    return [as_subspace(given(term)) for term in frame_derived_series(algebra)]


def lower_central_series(algebra: LieAlgebra) -> list[Subspace]:
    """``L``, ``[L, L]``, ``[L, [L, L]]`` ... until two terms are equal, that term once.

    See de Graaf (2000), chapter 1; Humphreys (1972), section 3.2.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [term.dim for term in lower_central_series(known("heisenberg1"))]
    [3, 1, 0]
    >>> [term.dim for term in lower_central_series(known("se2"))]
    [3, 2]
    """
    check_algebra(algebra)
    given = frame_of(algebra).given
    return [as_subspace(given(term)) for term in _lower_central(algebra)]


def is_abelian(algebra: LieAlgebra) -> bool:
    """Whether every bracket is zero. See Humphreys (1972), section 1.4.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> is_abelian(known("so2")), is_abelian(known("so3"))
    (True, False)
    """
    check_algebra(algebra)
    return all(matrix.is_zero_matrix for matrix in frame_of(algebra).right)


def is_nilpotent(algebra: LieAlgebra) -> bool:
    """Whether the lower central series ends in zero.

    See de Graaf (2000), chapter 1; Humphreys (1972), section 3.2.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> is_nilpotent(known("heisenberg1")), is_nilpotent(known("se2"))
    (True, False)
    """
    check_algebra(algebra)
    return bool(_lower_central(algebra)[-1].shape[0] == 0)


def is_solvable(algebra: LieAlgebra) -> bool:
    """Whether the derived series ends in zero.

    See de Graaf (2000), chapter 1; Humphreys (1972), section 3.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> is_solvable(known("se2")), is_solvable(known("se3"))
    (True, False)
    """
    check_algebra(algebra)
    return bool(frame_derived_series(algebra)[-1].shape[0] == 0)


def derived_algebra(algebra: LieAlgebra) -> DomainMatrix:
    """``[L, L]`` as exact rows."""
    return frame_of(algebra).given(frame_derived_algebra(algebra))


def frame_derived_algebra(algebra: LieAlgebra) -> DomainMatrix:
    """``[L, L]`` in the basis of :func:`frame_of`."""
    terms = frame_derived_series(algebra)
    return terms[min(1, len(terms) - 1)]


def series(
    start: DomainMatrix, following: Callable[[DomainMatrix], DomainMatrix]
) -> tuple[DomainMatrix, ...]:
    """The terms of a falling series until its dimension falls no more."""
    terms = [start]
    while terms[-1].shape[0] > 0:
        term = following(terms[-1])
        if term.shape[0] == terms[-1].shape[0]:
            break
        terms.append(term)
    return tuple(terms)


def center_rows(right: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """The center of the algebra with these brackets."""
    # [x, E_j] = -[E_j, x] = -x R_j: x is killed by every R_j from the right.
    return kernel(right[0].hstack(*right[1:]).transpose())


@lru_cache(maxsize=64)
def frame_derived_series(algebra: LieAlgebra) -> tuple[DomainMatrix, ...]:
    """The derived series in the basis of :func:`frame_of`."""
    right = frame_of(algebra).right
    return series(everything(right), lambda term: bracket_of(right, term, term))


@lru_cache(maxsize=64)
def _lower_central(algebra: LieAlgebra) -> tuple[DomainMatrix, ...]:
    right = frame_of(algebra).right
    return series(everything(right), lambda term: bracket_of(right, everything(right), term))
