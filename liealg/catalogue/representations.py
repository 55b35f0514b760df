"""Irreducible representations of rotations: spins, and spherical harmonics."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least


def spin(j: Any) -> LieAlgebra:
    """su(2) in the representation of spin ``j = 1/2, 1, 3/2, ...``: ``-i S_x, -i S_y, -i S_z``.

    Complex, of ``2 j + 1`` rows, the states ``m = j ... -j`` from the first to the last, in the
    phases of Condon and Shortley (Sakurai, *Modern Quantum Mechanics*, 1994, section 3.5).
    ``[E_1, E_2] = E_3`` and cyclically; ``spin(1/2)`` is su(2). The name tells ``j``: ``spin3_2``
    for 3/2 and ``spin1`` for 1.

    Raises
    ------
    ValueError
        If ``j`` is no half or whole number of at least 1/2.

    Examples
    --------
    >>> spin(0.5).matrices[0]
    Matrix([
    [   0, -I/2],
    [-I/2,    0]])
    """
    twice = _twice(j)
    name = f"spin{twice}_2" if twice % 2 else f"spin{twice // 2}"
    return LieAlgebra(name, _generators(twice))


def so3_irrep(l: int) -> LieAlgebra:  # noqa: E741
    """so(3) on the real spherical harmonics of degree ``l``: real, of ``2 l + 1`` rows.

    Order ``m = -l ... l``, with the harmonics orthonormal and ``Y_1m`` proportional to ``y, z, x``
    (Blanco, Florez and Bermejo, *Evaluation of the rotation matrices in the basis of real
    spherical harmonics*, J. Mol. Struct. Theochem 419, 1997). A rotation ``R`` takes ``f(x)`` to
    ``f(R^-1 x)``; the three matrices are antisymmetric and have the brackets of so(3).

    Examples
    --------
    >>> so3_irrep(1).element()
    Matrix([
    [       0, -theta_1,  theta_3],
    [ theta_1,        0, -theta_2],
    [-theta_3,  theta_2,        0]])
    """
    at_least("so3_irrep(l)", l=(l, 1))
    change = _real_harmonics(l)
    matrices = [
        (change.conjugate() * matrix * change.T).applyfunc(sp.expand)
        for matrix in _generators(2 * l)
    ]
    return LieAlgebra(f"so3_irrep{l}", matrices)


def _twice(j: Any) -> int:
    try:
        twice = 2 * Fraction(str(j))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"spin(j) needs a half or whole number j, and got {j!r}") from None
    if twice.denominator != 1 or twice < 1:
        raise ValueError(f"spin(j) needs j = 1/2, 1, 3/2, ..., and got {j}")
    return int(twice)


def _generators(twice: int) -> list[sp.MatrixBase]:
    """``-i S_x, -i S_y, -i S_z`` for the spin ``twice / 2``, from the ladder of states."""
    size = twice + 1
    raising = sp.zeros(size, size)
    for row in range(twice):  # from the state m = j - row - 1 to m + 1
        raising[row, row + 1] = sp.sqrt((row + 1) * (twice - row))
    lowering = raising.T
    height = sp.diag(*(sp.Rational(twice, 2) - row for row in range(size)))
    return [-sp.I * (raising + lowering) / 2, (lowering - raising) / 2, -sp.I * height]


def _real_harmonics(degree: int) -> sp.MatrixBase:
    """Rows: the real harmonics ``m = -l ... l`` in the complex ones, ``m = l ... -l``."""
    change = sp.zeros(2 * degree + 1, 2 * degree + 1)
    half = 1 / sp.sqrt(2)
    change[degree, degree] = 1
    for m in range(1, degree + 1):
        plus, minus = degree - m, degree + m  # columns of the complex harmonics of m and -m
        change[degree - m, minus] = sp.I * half
        change[degree - m, plus] = -sp.I * half * (-1) ** m
        change[degree + m, minus] = half
        change[degree + m, plus] = half * (-1) ** m
    return change
