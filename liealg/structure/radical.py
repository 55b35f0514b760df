"""The solvable radical, and the tests that rest on it."""

from __future__ import annotations

from functools import lru_cache

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import row_echelon
from liealg.scalars import multiply
from liealg.structure.frame import frame_of
from liealg.structure.killing import frame_killing_form
from liealg.structure.series import center, frame_derived_algebra
from liealg.structure.subspace import Subspace, as_subspace, kernel


def radical(algebra: LieAlgebra) -> Subspace:
    """The largest solvable ideal: ``{x : K(x, [y, z]) = 0 for all y, z}``.

    In characteristic zero it is the orthogonal complement of ``[L, L]`` under the Killing form
    ``K``: de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 2.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> radical(known("gl2")).rows
    Matrix([[1, 0, 0, 1]])
    """
    check_algebra(algebra)
    return as_subspace(exact_radical(algebra))


def is_semisimple(algebra: LieAlgebra) -> bool:
    """Whether the radical is zero: Cartan's criterion, the Killing form is nondegenerate.

    See de Graaf (2000), chapter 4; Humphreys (1972), section 5.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> is_semisimple(known("so3")), is_semisimple(known("gl2"))
    (True, False)
    """
    check_algebra(algebra)
    return bool(len(row_echelon(frame_killing_form(algebra))[1]) == algebra.dim)


def is_reductive(algebra: LieAlgebra) -> bool:
    """Whether the radical is the center: a semisimple algebra beside an abelian one.

    See Humphreys (1972), section 6, exercise 5, and section 19.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> is_reductive(known("gl2")), is_reductive(known("se3"))
    (True, False)
    """
    check_algebra(algebra)
    return radical(algebra) == center(algebra)


@lru_cache(maxsize=64)
def exact_radical(algebra: LieAlgebra) -> DomainMatrix:
    """The radical as exact rows."""
    return frame_of(algebra).given(frame_radical(algebra))


@lru_cache(maxsize=64)
def frame_radical(algebra: LieAlgebra) -> DomainMatrix:
    """The radical in the basis of :func:`frame_of`."""
    return kernel(multiply(frame_derived_algebra(algebra), frame_killing_form(algebra)))
