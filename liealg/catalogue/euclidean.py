"""Algebras of rigid motions."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, bordered, unit
from liealg.catalogue.orthogonal import special_orthogonal


def special_euclidean(n: int) -> LieAlgebra:
    """se(n): rigid motions of ``n``-dimensional space, in homogeneous coordinates.

    ``[[W, v], [0, 0]]``: first the rotations, in the basis of ``so(n)``, then the translations
    (the matrices of Murray, Li and Sastry, *A Mathematical Introduction to Robotic Manipulation*,
    1994, chapter 2, which lists translations first).

    Examples
    --------
    >>> special_euclidean(2).element()
    Matrix([
    [      0, -theta_1, theta_2],
    [theta_1,        0, theta_3],
    [      0,        0,       0]])
    """
    at_least("se(n)", n=(n, 2))
    rotations = [sp.diag(matrix, 0) for matrix in special_orthogonal(n).matrices]
    translations = [unit(n + 1, i, n + 1) for i in range(1, n + 1)]
    return LieAlgebra(f"se{n}", [*rotations, *translations])


def similarity(n: int) -> LieAlgebra:
    """sim(n): rotations, translations and one scale, ``[[W + s 1, v], [0, 0]]``.

    In this order, as ``(W, v, s)``: the basis of ``se(n)``, then the scale (the matrices of
    Strasdat, *Local Accuracy and Global Consistency for Efficient Visual SLAM*, 2012).

    Examples
    --------
    >>> similarity(2).element()
    Matrix([
    [theta_4, -theta_1, theta_2],
    [theta_1,  theta_4, theta_3],
    [      0,        0,       0]])
    """
    at_least("sim(n)", n=(n, 2))
    scale = bordered(sp.eye(n), sp.zeros(n, 1))
    return LieAlgebra(f"sim{n}", [*special_euclidean(n).matrices, scale])


def extended_poses() -> LieAlgebra:
    """se_2(3): orientation, velocity and position, ``[[W, v, p], [0, 0, 0], [0, 0, 0]]``.

    In this order, three each; rotations in the basis of so(3) (Barrau and Bonnabel, *The invariant
    extended Kalman filter as a stable observer*, IEEE TAC 62, 2017).

    Examples
    --------
    >>> extended_poses().bracket([0, 0, 1] + [0] * 6, [0] * 3 + [1, 0, 0] + [0] * 3)
    (0, 0, 0, 0, 1, 0, 0, 0, 0)
    """
    rotations = [sp.diag(matrix, sp.zeros(2)) for matrix in special_orthogonal(3).matrices]
    velocities = [unit(5, i, 4) for i in (1, 2, 3)]
    positions = [unit(5, i, 5) for i in (1, 2, 3)]
    return LieAlgebra("se23", [*rotations, *velocities, *positions])
