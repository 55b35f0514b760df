"""Affine, triangular and diagonal algebras."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, unit


def affine(n: int) -> LieAlgebra:
    """aff(n): affine maps of ``n``-dimensional space, ``[[M, v], [0, 0]]``.

    First ``M`` row by row, as in ``gl(n)``, then ``v``: the semidirect sum of the two in
    homogeneous coordinates (Kobayashi and Nomizu, *Foundations of Differential Geometry I*, 1963,
    section III.3).

    Examples
    --------
    >>> affine(1).bracket([1, 0], [0, 1])
    (0, 1)
    """
    at_least("aff(n)", n=(n, 1))
    span = range(1, n + 1)
    linear = [unit(n + 1, i, j) for i in span for j in span]
    return LieAlgebra(f"aff{n}", [*linear, *(unit(n + 1, i, n + 1) for i in span)])


def upper_triangular(n: int) -> LieAlgebra:
    """t(n): ``E_ij`` for ``i <= j``, row by row (Humphreys, 1972, section 1.2); solvable.

    Examples
    --------
    >>> upper_triangular(2).element()
    Matrix([
    [theta_1, theta_2],
    [      0, theta_3]])
    """
    at_least("upper_triangular(n)", n=(n, 1))
    pairs = [(i, j) for i in range(1, n + 1) for j in range(i, n + 1)]
    return LieAlgebra(f"upper_triangular{n}", [unit(n, i, j) for i, j in pairs])


def strictly_upper_triangular(n: int) -> LieAlgebra:
    """n(n): ``E_ij`` for ``i < j``, row by row (Humphreys, 1972, section 1.2); nilpotent.

    Examples
    --------
    >>> strictly_upper_triangular(3).bracket([1, 0, 0], [0, 0, 1])
    (0, 1, 0)
    """
    at_least("strictly_upper_triangular(n)", n=(n, 2))
    pairs = [(i, j) for i in range(1, n + 1) for j in range(i + 1, n + 1)]
    return LieAlgebra(f"strictly_upper_triangular{n}", [unit(n, i, j) for i, j in pairs])


def diagonal(n: int) -> LieAlgebra:
    """d(n): ``E_11 ... E_nn``, the independent scalings (Humphreys, 1972, section 1.2); abelian.

    Examples
    --------
    >>> diagonal(2).element()
    Matrix([
    [theta_1,       0],
    [      0, theta_2]])
    """
    at_least("diagonal(n)", n=(n, 1))
    return LieAlgebra(f"diagonal{n}", [unit(n, i, i) for i in range(1, n + 1)])


def translations(n: int) -> LieAlgebra:
    """The translations of ``n``-dimensional space in homogeneous coordinates, ``[[0, v], [0, 0]]``.

    The abelian ideal of ``se(n)`` (Hall, *Lie Groups, Lie Algebras, and Representations*, 2nd ed.
    2015, section 1.2), axis by axis.

    Examples
    --------
    >>> translations(2).element()
    Matrix([
    [0, 0, theta_1],
    [0, 0, theta_2],
    [0, 0,       0]])
    """
    at_least("translations(n)", n=(n, 1))
    return LieAlgebra(f"translations{n}", [unit(n + 1, i, n + 1) for i in range(1, n + 1)])
