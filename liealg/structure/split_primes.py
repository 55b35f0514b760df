"""Large primes that split in a field of square roots, and the way back from its embeddings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.reduction import BadPrimeError
from liealg.square_roots import parts_of
from liealg.structure.large_prime import from_rows, rationals

# The primes have twice as many bits: they tell numbers of up to some hundred digits apart.
_BITS = (64, 256, 640, 1152)
# Some smaller prime is no square modulo almost every prime.
_MOST_BASE = 100


class SplitPrime:
    """A prime modulo which a number field has as many embeddings as its degree.

    Parameters
    ----------
    domain
        The field.
    prime
        Such a prime.

    Attributes
    ----------
    context : flint.fmpz_mod_ctx
        The integers modulo the prime.
    roots : list of int
        The images of the generator of the field.
    """

    def __init__(self, domain: Any, prime: int) -> None:
        self.domain = domain
        self.context = flint.fmpz_mod_ctx(prime)
        self._prime = prime
        coefficients: list[Any] = [self._residue(value) for value in reversed(domain.mod.to_list())]
        polynomial = flint.fmpz_mod_poly_ctx(self.context)(coefficients)
        self.roots = sorted(int(root) for root, _ in polynomial.roots())
        if len(self.roots) < domain.mod.degree():
            raise BadPrimeError(prime)
        degree = range(len(self.roots))
        powers = [[pow(root, i, prime) for i in degree] for root in self.roots]
        self._powers = from_rows(powers, len(self.roots), self.context)

    def _residue(self, value: Any) -> int:
        denominator = int(value.denominator)
        if denominator % self._prime == 0:
            raise BadPrimeError(self._prime)
        return int(value.numerator) * pow(denominator, -1, self._prime) % self._prime

    def images(self, matrix: DomainMatrix) -> list[flint.fmpz_mod_mat]:
        """The matrix modulo the prime, once for each embedding."""
        (rows, columns), degree = matrix.shape, len(self.roots)
        parts = [[0] * (rows * columns) for _ in range(degree)]
        for (i, j), value in matrix.to_sparse().to_dok().items():
            for power, part in enumerate(reversed(value.to_list())):
                parts[power][i * columns + j] = self._residue(part)
        listed = (self._powers * from_rows(parts, rows * columns, self.context)).tolist()
        return [flint.fmpz_mod_mat(rows, columns, row, self.context) for row in listed]

    def lifted(self, images: list[flint.fmpz_mod_mat]) -> DomainMatrix:
        """The matrix of small numbers with these images.

        Raises
        ------
        BadPrimeError
            If there is none.
        """
        rows, columns = images[0].nrows(), images[0].ncols()
        together = from_rows([image.entries() for image in images], rows * columns, self.context)
        parts = self._powers.inv() * together
        # One row for each entry of the matrix: its parts have a denominator in common.
        numbers = rationals(parts.transpose())
        entries = {
            divmod(place, columns): self.domain(row[::-1])
            for place, row in enumerate(numbers)
            if any(row)
        }
        return DomainMatrix.from_dok(entries, (rows, columns), self.domain).to_sparse()


def split_primes(domain: Any) -> Iterator[SplitPrime]:
    """Larger and larger primes that split in a field of square roots; none for other fields.

    Each prime is 1 modulo 8 and modulo the integers under the roots, so that those are squares
    modulo the prime, by quadratic reciprocity.

    Examples
    --------
    >>> field = sp.QQ.algebraic_field(sp.sqrt(2), sp.sqrt(3))
    >>> first = next(split_primes(field))
    >>> len(first.roots)
    4
    >>> matrix = DomainMatrix([[field.unit / 3]], (1, 1), field)
    >>> first.lifted(first.images(matrix)) == matrix.to_sparse()
    True
    """
    parts = parts_of(domain.ext.as_expr())
    if parts is None:
        return
    modulus = int(sp.ilcm(1, *(abs(key) for key in parts)))
    for bits in _BITS:
        yield SplitPrime(domain, _proth_prime(modulus, bits))


def _proth_prime(modulus: int, bits: int) -> int:
    """A prime ``h 2^bits + 1``, ``h`` below ``2^bits`` and a multiple of the odd part of a number.

    It is one if a number to the power ``(p - 1) / 2`` is -1 (Proth, 1878).
    """
    odd = modulus >> ((modulus & -modulus).bit_length() - 1)
    for factor in range(odd, 2**bits, odd):
        prime = (factor << bits) + 1
        if flint.fmpz(prime).is_probable_prime() and any(
            pow(base, prime // 2, prime) == prime - 1 for base in sp.primerange(_MOST_BASE)
        ):
            return prime
    raise AssertionError("there is a prime of this kind")
