"""Linear algebra modulo one prime of hundreds of digits, and the way back to the rationals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isqrt
from typing import Any

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.reduction import BadPrimeError

# Exponents of Mersenne primes, 38 to 13395 digits: primes of this size need not be looked for.
_EXPONENTS = (127, 521, 2203, 9689, 44497)


def large_primes() -> Iterator[flint.fmpz_mod_ctx]:
    """Integers modulo one large prime after the other.

    Examples
    --------
    >>> next(large_primes()).modulus() == 2**127 - 1
    True
    """
    return (flint.fmpz_mod_ctx(2**exponent - 1) for exponent in _EXPONENTS)


def residues(matrix: DomainMatrix, context: flint.fmpz_mod_ctx) -> flint.fmpz_mod_mat:
    """A rational matrix modulo the prime.

    Raises
    ------
    BadPrimeError
        If the prime divides a denominator.
    """
    prime = int(context.modulus())
    found = zero_matrix(matrix.shape[0], matrix.shape[1], context)
    for (i, j), value in matrix.to_sparse().to_dok().items():
        denominator = int(value.denominator)
        if denominator % prime == 0:
            raise BadPrimeError(prime)
        inverse = 1 if denominator == 1 else pow(denominator, -1, prime)
        found[i, j] = int(value.numerator) * inverse % prime
    return found


def rationals(matrix: flint.fmpz_mod_mat) -> list[list[Any]]:
    """The fractions ``a / b`` with ``2 a^2, 2 b^2`` below the prime that the entries belong to.

    There is one at most for each entry. The denominators of the entries before, multiplied, are
    tried first. See von zur Gathen and Gerhard, *Modern Computer Algebra* (2013), section 5.10.

    Raises
    ------
    BadPrimeError
        If an entry belongs to no such fraction.

    Examples
    --------
    >>> context = next(large_primes())
    >>> half = pow(2, -1, int(context.modulus()))
    >>> rationals(flint.fmpz_mod_mat(1, 2, [half, 5], context))
    [[1/2, 5]]
    """
    prime = int(matrix.modulus())
    bound = isqrt(prime // 2)
    common = 1
    found: list[list[Any]] = []
    for row in matrix.tolist():
        found.append([])
        for entry in row:
            numerator, denominator = _fraction(int(entry) * common % prime, prime, bound)
            common *= denominator
            if common > bound:
                raise BadPrimeError(prime)
            found[-1].append(sp.QQ(numerator, common))
    return found


def _fraction(residue: int, prime: int, bound: int) -> tuple[int, int]:
    """Euclid's algorithm, stopped where the remainder is small."""
    if prime - residue <= bound:
        return residue - prime, 1
    (before, last), (factor_before, factor) = (prime, residue), (0, 1)
    while last > bound:
        quotient = before // last
        before, last = last, before - quotient * last
        factor_before, factor = factor, factor_before - quotient * factor
    if abs(factor) > bound:
        raise BadPrimeError(prime)
    return (last, factor) if factor > 0 else (-last, -factor)


def zero_matrix(rows: int, columns: int, context: flint.fmpz_mod_ctx) -> flint.fmpz_mod_mat:
    """Zeros."""
    return from_rows([[0] * columns] * rows, columns, context)


def from_rows(
    rows: Sequence[Sequence[Any]], columns: int, context: flint.fmpz_mod_ctx
) -> flint.fmpz_mod_mat:
    """A matrix of these rows."""
    entries = [entry for row in rows for entry in row]
    return flint.fmpz_mod_mat(len(rows), columns, entries, context)


def left_kernel(matrix: flint.fmpz_mod_mat, context: flint.fmpz_mod_ctx) -> flint.fmpz_mod_mat:
    """A basis of all rows ``x`` with ``x matrix = 0``: what is left of 1 where ``matrix`` ends."""
    size, columns = matrix.nrows(), matrix.ncols()
    beside = [[*row, *([0] * size)] for row in matrix.tolist()]
    for i, row in enumerate(beside):
        row[columns + i] = 1
    reduced, rank = from_rows(beside, columns + size, context).rref()
    kept = [row[columns:] for row in reduced.tolist()[:rank] if not any(row[:columns])]
    return from_rows(kept, size, context)


def combined(row: Sequence[Any], matrices: Sequence[flint.fmpz_mod_mat]) -> flint.fmpz_mod_mat:
    """A linear combination of matrices, without those whose coefficient is zero.

    Examples
    --------
    >>> context = flint.fmpz_mod_ctx(7)
    >>> unit = from_rows([[1]], 1, context)
    >>> combined([2, 3], [unit, unit]).entries()
    [fmpz_mod(5, 7)]
    """
    total = matrices[0] * row[0]
    for value, matrix in zip(row[1:], matrices[1:], strict=True):
        if value != 0:
            total = total + matrix * value
    return total
