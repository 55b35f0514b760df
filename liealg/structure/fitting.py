"""Polynomials of linear maps: characteristic factors, and the subspaces that belong to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.structure.subspace import kernel

UNKNOWN = sp.Symbol("x")


def characteristic_factors(matrix: DomainMatrix) -> list[tuple[sp.Poly, int]]:
    """The irreducible factors of the characteristic polynomial over the field, and how often.

    Examples
    --------
    >>> turn = DomainMatrix.from_list([[0, -1, 0], [1, 0, 0], [0, 0, 5]], sp.QQ)
    >>> [(factor.as_expr(), times) for factor, times in characteristic_factors(turn)]
    [(x - 5, 1), (x**2 + 1, 1)]
    """
    dense = matrix.to_dense()
    polynomial = sp.Poly(dense.charpoly(), UNKNOWN, domain=matrix.domain)
    return [(factor.monic(), times) for factor, times in polynomial.factor_list()[1]]


def evaluate(polynomial: sp.Poly, matrix: DomainMatrix) -> DomainMatrix:
    """The polynomial of the matrix, by Horner's scheme."""
    identity = DomainMatrix.eye(matrix.shape[0], matrix.domain).to_dense()
    dense = matrix.to_dense()
    total = identity * matrix.domain.zero
    for coefficient in polynomial.rep.to_list():
        total = total * dense + identity * matrix.domain.convert(coefficient)
    return total


def component(factor: sp.Poly, matrix: DomainMatrix) -> DomainMatrix:
    """The rows ``v`` that some power of ``factor(matrix)`` takes to zero, ``v f(M)^m = 0``.

    The primary component of the map ``v -> v M``: de Graaf, *Lie Algebras: Theory and Algorithms*
    (2000), appendix on linear maps.
    """
    power = evaluate(factor, matrix)
    rows = kernel(power.transpose())
    while True:
        power = power * power
        larger = kernel(power.transpose())
        if larger.shape[0] == rows.shape[0]:
            return rows
        rows = larger


def semisimple_part(matrix: DomainMatrix) -> DomainMatrix:
    """The semisimple part of a map: a polynomial of it that differs from it by a nilpotent map.

    With the squarefree part ``f`` of the characteristic polynomial, ``f(s) = 0``. Newton's method
    for it, ``s - f(s) u(s)`` with ``u f' = 1`` modulo ``f``, starts at the map and doubles the
    power of ``f`` that divides ``f(s)`` in each step (Chevalley; de Graaf, *Lie Algebras: Theory
    and Algorithms*, 2000, appendix on linear maps).

    Examples
    --------
    >>> semisimple_part(DomainMatrix.from_list([[2, 1], [0, 2]], sp.QQ)).to_Matrix()
    Matrix([
    [2, 0],
    [0, 2]])
    """
    squarefree = sp.Poly(1, UNKNOWN, domain=matrix.domain)
    for factor, _ in characteristic_factors(matrix):
        squarefree *= factor
    inverse = sp.invert(squarefree.diff(), squarefree)
    part = matrix.to_dense()
    while not (value := evaluate(squarefree, part)).is_zero_matrix:
        part = part - value * evaluate(inverse, part)
    return part.to_sparse()


def weights(length: int) -> Iterator[list[int]]:
    """Small integer coefficients, in general position sooner or later, always the same ones.

    They come from a power sequence modulo a prime; the range grows as the tries go on.
    """
    state, width = 1, 2
    while True:
        row = []
        for _ in range(length):
            state = state * 16807 % 2147483647
            row.append(state % (2 * width + 1) - width)
        yield row
        width += 1


def combination(row: list[int], matrices: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """``sum_i row_i M_i``."""
    domain: Any = matrices[0].domain
    total = matrices[0] * domain.convert(row[0])
    for number, matrix in zip(row[1:], matrices[1:], strict=True):
        total = total + matrix * domain.convert(number)
    return total
