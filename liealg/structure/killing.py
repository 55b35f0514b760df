"""The Killing form, its signature and its radical."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.scalars import multiply
from liealg.structure.frame import frame_of
from liealg.structure.scope import check_no_parameters, check_real_coefficients
from liealg.structure.signs import signature
from liealg.structure.subspace import Subspace, as_subspace, kernel


def killing_form(algebra: LieAlgebra) -> sp.ImmutableDenseMatrix:
    """The Killing form in the basis: ``K[i, j] = tr(ad E_i ad E_j)``.

    See de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 4; Humphreys (1972),
    section 5.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> killing_form(known("sl2"))
    Matrix([
    [8, 0, 0],
    [0, 0, 4],
    [0, 4, 0]])
    """
    check_algebra(algebra)
    return exact_killing_form(algebra).to_Matrix().as_immutable()


def killing_signature(algebra: LieAlgebra) -> tuple[int, int, int]:
    """How many squares of the Killing form are positive, negative and zero.

    By an exact congruence to a diagonal form; Sylvester's law of inertia makes the answer one of
    the algebra, not of its basis. The form is negative definite exactly if the algebra is
    semisimple with a compact group (Helgason, *Differential Geometry, Lie Groups, and Symmetric
    Spaces*, 1978, section II.6).

    Raises
    ------
    ValueError
        If the algebra holds parameters, or its coefficients are complex.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> killing_signature(known("so3")), killing_signature(known("sl2"))
    ((0, 3, 0), (2, 1, 0))
    """
    check_algebra(algebra)
    check_no_parameters(algebra, "the Killing signature")
    check_real_coefficients(algebra, "the Killing signature")
    return signature(frame_killing_form(algebra))


def killing_radical(algebra: LieAlgebra) -> Subspace:
    """All ``x`` with ``K(x, y) = 0`` for every ``y``: an ideal inside the solvable radical.

    See de Graaf (2000), chapter 4; Humphreys (1972), section 5.1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> killing_radical(known("se2")).rows
    Matrix([
    [0, 1, 0],
    [0, 0, 1]])
    """
    check_algebra(algebra)
    return as_subspace(frame_of(algebra).given(kernel(frame_killing_form(algebra))))


@lru_cache(maxsize=64)
def exact_killing_form(algebra: LieAlgebra) -> DomainMatrix:
    """The Killing form over the field of the structure constants: ``sum_ml R_i[m, l] R_j[l, m]``.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> exact_killing_form(known("so3")).domain
    QQ
    """
    return frame_of(algebra).given_form(frame_killing_form(algebra))


@lru_cache(maxsize=64)
def frame_killing_form(algebra: LieAlgebra) -> DomainMatrix:
    """The Killing form on the basis of :func:`frame_of`."""
    brackets = frame_of(algebra).right
    k = algebra.dim
    straight, crossed = {}, {}
    for i, matrix in enumerate(brackets):
        for (m, n), value in matrix.to_dok().items():
            straight[i, m * k + n] = value
            crossed[n * k + m, i] = value
    domain = brackets[0].domain
    left = DomainMatrix.from_dok(straight, (k, k * k), domain)
    right = DomainMatrix.from_dok(crossed, (k * k, k), domain)
    return multiply(left, right).to_sparse()
