"""Matrices of square roots at a random point modulo a random prime: tests of identities.

A polynomial identity in the coefficients holds if it holds at a point drawn at random from the
integers modulo a large prime (Schwartz, J. ACM 27, 1980; Zippel, 1979). Sums of square roots have
images there where what stands under the roots are squares modulo the prime. An identity over a
field of degree 32, as that of the spin 6, is tested in milliseconds so.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache

import flint
import sympy as sp

from liealg.derive.blocks import Block
from liealg.square_roots import Parts, all_parts, parts_of, times

BITS = 128
"""The size of the prime."""

CHANCE = (
    f"at a random point modulo a random prime of {BITS} bits in which its square roots are "
    "integers; a wrong identity passes with a chance below 2^-100 (Schwartz and Zippel)"
)
"""What a test at a random point proves."""

_LARGEST_PARAMETER = 10**4

Matrix = dict[tuple[int, int], sp.Expr]


class NotSquareRootsError(ValueError):
    """An entry is no sum of square roots of rationals, or holds a parameter."""


def at_random_parameters(block: Block) -> Block:
    """The block at values of its parameters drawn from many: in general position.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive.blocks import split
    >>> block, = split(MatrixBasis("bent", [[[0, sp.Symbol("k")], [1, 0]]], parameters=["k"]))
    >>> at_random_parameters(block).parameters
    ()
    """
    draw = random.Random(len(block.parameters))
    return block.with_parameters([draw.randint(1, _LARGEST_PARAMETER) for _ in block.parameters])


def basis_of(block: Block) -> list[Matrix]:
    """The entries of the matrix of each coefficient, those that are not zero.

    Raises
    ------
    NotSquareRootsError
        If an entry holds parameters.
    """
    places = {symbol: i for i, symbol in enumerate(block.symbols)}
    found: list[Matrix] = [{} for _ in places]
    for (i, j), entry in block.element.todok().items():
        for term in sp.Add.make_args(sp.expand(entry)):
            number, rest = term.as_independent(*block.symbols, as_Add=False)
            if rest not in places or number.free_symbols:
                raise NotSquareRootsError("its matrices hold parameters")
            listed = found[places[rest]]
            listed[i, j] = listed.get((i, j), sp.S.Zero) + number
    return found


def as_parts(basis: Sequence[Matrix]) -> tuple[tuple[int, ...], list[dict[tuple[int, int], Parts]]]:
    """The independent roots, and the entries as sums of roots.

    Raises
    ------
    NotSquareRootsError
        If an entry is no such sum.
    """
    numbers = list(dict.fromkeys(x for matrix in basis for x in matrix.values()))
    found = all_parts(numbers)
    if found is None:
        raise NotSquareRootsError("its matrices hold numbers that are no sums of square roots")
    table = dict(zip(numbers, found[1], strict=True))
    return found[0], [{place: table[x] for place, x in matrix.items()} for matrix in basis]


class Images:
    """A ring homomorphism from sums of square roots to the integers modulo a random prime.

    Parameters
    ----------
    roots
        What stands under the roots, independent up to squares.
    seed
        For the prime and all that is drawn.
    """

    def __init__(self, roots: Sequence[int], seed: int = 0) -> None:
        self.random = random.Random(f"{sorted(roots)} {seed}")
        self.prime = self._prime(roots)
        self.context = flint.fmpz_mod_ctx(self.prime)
        self._roots = {1: 1}
        for root in roots:
            image = _root(root % self.prime, self.prime)
            for key, value in list(self._roots.items()):
                product, factor = times(root, key)
                inverse = pow(factor, -1, self.prime)
                self._roots[product] = image * value * inverse % self.prime

    def _prime(self, roots: Sequence[int]) -> int:
        while True:
            candidate = self.random.getrandbits(BITS) | (1 << (BITS - 1)) | 1
            if flint.fmpz(candidate).is_probable_prime() and all(
                pow(root, candidate // 2, candidate) == 1 for root in roots
            ):
                return candidate

    def number(self, parts: Parts) -> int:
        """The image of a sum of roots."""
        total = 0
        for key, value in parts.items():
            inverse = pow(int(value.denominator), -1, self.prime)
            total += int(value.numerator) * inverse * self._roots[key]
        return total % self.prime

    def matrix(self, entries: dict[tuple[int, int], Parts], n: int) -> flint.fmpz_mod_mat:
        """The image of a matrix."""
        flat = [0] * (n * n)
        for (i, j), parts in entries.items():
            flat[i * n + j] = self.number(parts)
        return flint.fmpz_mod_mat(n, n, flat, self.context)

    def draw(self, count: int) -> list[int]:
        """Random integers modulo the prime."""
        return [self.random.randrange(self.prime) for _ in range(count)]

    def value(self, polynomial: sp.Expr, symbols: Sequence[sp.Symbol], point: Sequence[int]) -> int:
        """The image of a polynomial with rational coefficients at a point."""
        total = 0
        for exponents, coefficient in sp.Poly(polynomial, *symbols).terms():
            parts = parts_of(coefficient)
            assert parts is not None, "its coefficients are sums of square roots"
            term = self.number(parts)
            for x, power in zip(point, exponents, strict=True):
                term = term * pow(x, power, self.prime) % self.prime
            total += term
        return total % self.prime


def _root(square: int, prime: int) -> int:
    polynomial = flint.fmpz_mod_poly_ctx(flint.fmpz_mod_ctx(prime))([-square, 0, 1])
    return int(polynomial.roots()[0][0])


def trace_form(matrices: Sequence[dict[tuple[int, int], Parts]]) -> list[list[sp.Expr]]:
    """``tr(E_i E_j)`` for all pairs, exactly."""
    size = range(len(matrices))
    form: list[list[sp.Expr]] = [[sp.S.Zero for _ in size] for _ in size]
    for i in size:
        for j in range(i + 1):
            total: Parts = {}
            for (row, column), left in matrices[i].items():
                right = matrices[j].get((column, row))
                if right is None:
                    continue
                for a, x in left.items():
                    for b, y in right.items():
                        key, factor = _times(a, b)
                        total[key] = total.get(key, 0) + x * y * factor
            form[i][j] = form[j][i] = sp.Add(
                *(
                    sp.Rational(int(x.numerator), int(x.denominator)) * sp.sqrt(key)
                    for key, x in total.items()
                    if x
                )
            )
    return form


@lru_cache(maxsize=4096)
def _times(first: int, second: int) -> tuple[int, int]:
    root, factor = times(first, second)
    return int(root), int(factor)
