"""Minimal polynomials: of the generic element over the polynomials, and of one element."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.derive.blocks import Block
from liealg.echelon import row_echelon
from liealg.exact import over_field

LAMBDA = sp.Symbol("lambda")

ENTRIES_VANISH = "every entry is the zero polynomial in the coefficients, in exact arithmetic"
"""How an identity of matrices is proved that holds for all coefficients."""


def sample_point(block: Block, which: int = 0) -> tuple[int, ...]:
    """Integer coefficients in general position: residues of a power sequence modulo a prime.

    The generic element's minimal polynomial has the degree that it has here unless some polynomial
    in the coefficients vanishes at the point, which an irregular point makes improbable. No formula
    rests on that: whatever is read off at a point is proved for all coefficients afterwards.
    """
    modulus, root = 10007, 5
    start = 1 + 97 * (which + 1)
    return tuple(pow(root, start + 31 * i, modulus) % 199 - 99 for i in range(len(block.symbols)))


def minimal_polynomial_at(block: Block, theta: tuple[int, ...]) -> list[sp.Expr]:
    """Coefficients, constant first and leading 1 last, of the element at integer coefficients.

    Found as the first linear dependence among the powers of the element.
    """
    A = block.at(theta)
    powers = [DomainMatrix.eye(block.n, A.domain).to_dense()]
    for _ in range(block.n):
        powers.append(powers[-1] * A)
    columns = [power.to_Matrix().reshape(block.n**2, 1) for power in powers]
    reduced, pivots = row_echelon(over_field(sp.Matrix.hstack(*columns)))
    degree = len(pivots)
    dependence = reduced.to_Matrix()[:degree, degree]
    return [-entry for entry in dependence] + [sp.S.One]


def generic_minimal_polynomial(block: Block) -> list[sp.Expr]:
    """Coefficients, constant first and leading 1 last, polynomials in the coefficients ``theta``.

    By Gauss's lemma the minimal polynomial, a monic divisor of the characteristic polynomial, has
    polynomial coefficients. The degree is read off at a sample point, the coefficients solve as
    many entries of ``A^d + p_(d-1) A^(d-1) + ... + p_0 = 0`` as there are unknowns, and the
    identity is then proved for all entries and all ``theta``.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive.blocks import split
    >>> block, = split(MatrixBasis("rotations", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]]))
    >>> generic_minimal_polynomial(block)
    [theta_1**2 - theta_2**2, 0, 1]
    """
    for which in range(8):
        found = _generic_of_degree(block, sample_point(block, which))
        if found is not None:
            return found
    return _characteristic_polynomial(block)


def _generic_of_degree(block: Block, point: tuple[int, ...]) -> list[sp.Expr] | None:
    at_point = minimal_polynomial_at(block, point)
    degree = len(at_point) - 1
    if all(coefficient == 0 for coefficient in at_point[:-1]):
        candidate = [sp.S.Zero] * degree + [sp.S.One]
    elif degree == block.n:
        return _characteristic_polynomial(block)
    else:
        candidate = _solve_for_coefficients(block, degree, point)
    return candidate if annihilates(candidate, block) else None


def _characteristic_polynomial(block: Block) -> list[sp.Expr]:
    A = block.over_polynomials
    return [A.domain.to_sympy(coefficient) for coefficient in reversed(A.charpoly())]


def _solve_for_coefficients(block: Block, degree: int, point: tuple[int, ...]) -> list[sp.Expr]:
    A = block.over_polynomials
    powers = list(islice(_powers(A), degree + 1))
    columns = [power.to_Matrix().reshape(block.n**2, 1) for power in powers]
    generic = sp.Matrix.hstack(*columns)
    values = dict(zip(block.symbols, point, strict=True))
    sampled = generic[:, :degree].xreplace(values).applyfunc(sp.expand)
    _, rows = row_echelon(over_field(sampled.T))
    chosen = DomainMatrix.from_Matrix(generic.extract(list(rows), list(range(degree + 1))))
    chosen = chosen.convert_to(A.domain).to_dense()
    left = chosen.extract(list(range(degree)), list(range(degree)))
    right = chosen.extract(list(range(degree)), [degree])
    numerators, denominator = left.solve_den(right)
    ring = A.domain
    solution = [ring.exquo(row[0], denominator) for row in numerators.to_list()]
    return [-ring.to_sympy(value) for value in solution] + [sp.S.One]


def annihilates(coefficients: list[sp.Expr], block: Block) -> bool:
    """Whether the polynomial with these coefficients vanishes at the generic element: a proof."""
    A = block.over_polynomials
    identity = DomainMatrix.eye(block.n, A.domain).to_dense()
    total = DomainMatrix.zeros((block.n, block.n), A.domain).to_dense()
    for coefficient in reversed(coefficients):
        total = total * A + identity * A.domain.from_sympy(sp.expand(coefficient))
    return bool(total.is_zero_matrix)


def proof_of_annihilation(block: Block, degree: int) -> str:
    """How it is known that a polynomial of this degree vanishes at the generic element."""
    if degree == block.n:
        return "it is the characteristic polynomial: theorem of Cayley and Hamilton"
    return ENTRIES_VANISH


def _powers(A: DomainMatrix) -> Iterator[DomainMatrix]:
    power = DomainMatrix.eye(A.shape[0], A.domain).to_dense()
    while True:
        yield power
        power = power * A
