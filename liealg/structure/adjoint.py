"""The adjoint representation: each element as the linear map that brackets with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.coordinates import read_coordinates
from liealg.structure.brackets import right_brackets


def adjoint_matrices(algebra: LieAlgebra) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """The matrices of ``ad E_1 ... ad E_k`` in the basis of the algebra.

    ``(ad E_i)[m, j] = c[i, j, m]``: column ``j`` holds the coordinates of ``[E_i, E_j]``. See de
    Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 1; Humphreys, *Introduction to
    Lie Algebras and Representation Theory* (1972), section 1.3.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> adjoint_matrices(known("sl2"))[0]
    Matrix([
    [0, 0,  0],
    [0, 2,  0],
    [0, 0, -2]])
    """
    check_algebra(algebra)
    right = right_brackets(algebra)
    return tuple(matrix.transpose().to_Matrix().as_immutable() for matrix in right)


def ad(algebra: LieAlgebra, x: Sequence[Any]) -> sp.ImmutableDenseMatrix:
    """The matrix of ``ad_x: y -> [x, y]`` in the basis, for coordinates ``x``, numbers or symbols.

    ``ad_x = sum_i x_i ad E_i``. See de Graaf (2000), chapter 1; Humphreys (1972), section 1.3.

    Raises
    ------
    ValueError
        If ``x`` has not ``dim`` entries, or one is no number and no symbol.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> ad(known("so3"), [1, 2, 3])
    Matrix([
    [ 0, -3,  2],
    [ 3,  0, -1],
    [-2,  1,  0]])
    """
    check_algebra(algebra)
    coordinates = read_coordinates(x, algebra.name, algebra.dim, "x")
    total = sp.zeros(algebra.dim, algebra.dim)
    for coordinate, matrix in zip(coordinates, adjoint_matrices(algebra), strict=True):
        total += coordinate * matrix
    return total.applyfunc(sp.expand).as_immutable()
