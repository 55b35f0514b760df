"""Reduction modulo a prime: structure constants as numbers of a finite field, by FLINT."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix


class BadPrimeError(ArithmeticError):
    """A prime that divides a denominator, or a number that must not vanish: take another."""


@dataclass(frozen=True)
class Reduction:
    """The map from a field of algebraic numbers to the integers modulo a prime.

    It is defined where no denominator is divisible by the prime, and a homomorphism there: the
    generator of the field goes to a root of its minimal polynomial modulo the prime.

    Attributes
    ----------
    prime : int
    generator : int
        The image of the generator of the field; 0 for the rationals.

    Examples
    --------
    >>> Reduction(7, 0).number(sp.QQ(1, 2))
    4
    """

    prime: int
    generator: int

    def number(self, value: Any) -> int:
        """The image of a number.

        Raises
        ------
        BadPrimeError
            If the prime divides a denominator.
        """
        if not hasattr(value, "to_list"):
            return self._rational(value)
        total = 0
        for part in value.to_list():
            total = (total * self.generator + self._rational(part)) % self.prime
        return total

    def _rational(self, value: Any) -> int:
        denominator = int(value.denominator)
        if denominator == 1:
            return int(value.numerator) % self.prime
        if denominator % self.prime == 0:
            raise BadPrimeError(self.prime)
        return int(value.numerator) * pow(denominator, -1, self.prime) % self.prime

    def matrix(self, matrix: DomainMatrix) -> flint.nmod_mat:
        """The image of a matrix, entry by entry."""
        image = flint.nmod_mat(matrix.shape[0], matrix.shape[1], self.prime)
        for (i, j), value in matrix.to_sparse().to_dok().items():
            image[i, j] = self.number(value)
        return image


def reductions(domain: Any) -> Iterator[Reduction]:
    """Reductions of the rationals or of a number field, one for each large prime that has one.

    Examples
    --------
    >>> next(reductions(sp.QQ))
    Reduction(prime=1000003, generator=0)
    """
    prime = 10**6
    while True:
        prime = sp.nextprime(prime)
        if not domain.is_AlgebraicField:
            yield Reduction(prime, 0)
            continue
        coefficients = [int(value) for value in _integers(domain.mod.to_list())]
        roots = flint.nmod_poly(coefficients[::-1], prime).roots()
        if roots:
            yield Reduction(prime, min(int(root) for root, _ in roots))


def _integers(values: list[Any]) -> list[sp.Integer]:
    """Rational numbers times their common denominator."""
    rationals = [sp.Rational(int(value.numerator), int(value.denominator)) for value in values]
    scale = sp.ilcm(1, *(value.q for value in rationals))
    return [scale * value for value in rationals]


def small_multiple(row: DomainMatrix) -> DomainMatrix:
    """A row times a rational number that leaves integers without a common factor."""
    parts = [
        part
        for value in row.to_sparse().to_dok().values()
        for part in (value.to_list() if hasattr(value, "to_list") else [value])
    ]
    integers = _integers(parts)
    rational = next((i for i, value in enumerate(integers) if value != 0), None)
    if rational is None:
        return row
    ratio = integers[rational] / sp.igcd(0, *integers)
    part = parts[rational]
    scale = sp.QQ(int(ratio)) * sp.QQ(int(part.denominator), int(part.numerator))
    return row.to_sparse() * row.domain.convert(scale)


def squarefree(polynomial: flint.nmod_poly) -> flint.nmod_poly:
    """The product of the different irreducible factors; the degree is smaller than the prime."""
    return polynomial // polynomial.gcd(polynomial.derivative())


def splits(polynomial: flint.nmod_poly, degree: int = 1) -> bool:
    """Whether a squarefree polynomial has all its roots in the field of ``prime^degree`` elements.

    That field is the set of the solutions of ``x^(p^degree) = x``.

    Examples
    --------
    >>> turn = flint.nmod_poly([1, 0, 1], 1000003)
    >>> splits(turn), splits(turn, 2)
    (False, True)
    """
    if polynomial.degree() < 1:
        return True
    prime = int(polynomial.modulus())
    unknown = flint.nmod_poly([0, 1], prime)
    difference = (unknown.pow_mod(prime**degree, polynomial) - unknown) % polynomial
    return bool(difference.is_zero())


def zeros(polynomial: flint.nmod_poly) -> int:
    """How often zero is a root."""
    coefficients = polynomial.coeffs()
    return next(i for i, value in enumerate(coefficients) if int(value))
