"""Maps between modules modulo a prime, from the images of vectors that generate the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import flint

from liealg.structure.fitting import weights
from liealg.structure.large_prime import combined, from_rows, left_kernel

_Matrix = flint.fmpz_mod_mat
_Pairs = Sequence[tuple[_Matrix, _Matrix]]
# So many combinations of the matrices spin a vector up: two generate most algebras.
_SPINNING = 3
# Any large number will do.
_MULTIPLIER = 10**30 + 57
# With more generators, as where most matrices are zero, exact equations are sparse.
_STARTS = 4
# Up to so many multiplications, unknowns squared times equations, take less than seconds.
_WORK = 2 * 10**7


def intertwining_modulo(pairs: _Pairs, context: flint.fmpz_mod_ctx) -> _Matrix | None:
    """The ``F`` with ``A F = F B`` for every pair, one in a row; ``None`` if they take too long.

    First a few combinations of the ``A`` are asked to generate everything from one vector, which
    they do in many modules. Otherwise all ``A`` act on as many vectors as it takes.
    """
    few = [
        (combined(row, [a for a, _ in pairs]), combined(row, [b for _, b in pairs]))
        for row in islice(weights(len(pairs)), _SPINNING)
    ]
    chosen: _Pairs = few
    basis = SpunBasis([a for a, _ in few], context)
    if basis.starts > 1:
        chosen = pairs
        basis = SpunBasis([a for a, _ in pairs], context)
    n, m = pairs[0][0].nrows(), pairs[0][1].nrows()
    if basis.starts > max(_STARTS, n // 4) or (basis.starts * m) ** 2 * n * m > _WORK:
        return None
    maps = basis.maps([b for _, b in chosen])
    for a, b in (*few, *pairs):
        maps = _restricted(maps, a, b, context)
    return maps


@dataclass(frozen=True)
class _Word:
    """A vector of a basis: a start, or an earlier vector times a generator."""

    start: int
    parent: int
    generator: int


class SpunBasis:
    """A basis of a module modulo a prime: vectors in general position, times words.

    The standard basis of the MeatAxe: Holt, Eick and O'Brien, *Handbook of Computational Group
    Theory* (2005), section 7.5.

    Parameters
    ----------
    actions
        The matrices ``A`` of the module, ``v -> v A``.
    context
        The integers modulo a prime.
    """

    def __init__(self, actions: Sequence[_Matrix], context: flint.fmpz_mod_ctx) -> None:
        self.size = actions[0].nrows()
        self.context = context
        self.starts = 0
        self.words: list[_Word] = []
        self.vectors: list[list[Any]] = []
        for coefficients in weights(self.size):
            if len(self.vectors) == self.size:
                break
            start = _Word(self.starts, -1, -1)
            if self._extend([start], [[context(c) for c in coefficients]]):
                self.starts += 1
                self._close(actions)

    def _close(self, actions: Sequence[_Matrix]) -> None:
        """Spin the last vector up."""
        done = len(self.vectors) - 1
        while done < len(self.vectors) < self.size:
            frontier = range(done, len(self.vectors))
            done = len(self.vectors)
            block = from_rows([self.vectors[i] for i in frontier], self.size, self.context)
            words, vectors = [], []
            for place, action in enumerate(actions):
                words += [_Word(self.starts - 1, i, place) for i in frontier]
                vectors += (block * action).tolist()
            self._extend(words, vectors)

    def _extend(self, words: list[_Word], vectors: list[list[Any]]) -> bool:
        """Take in those vectors that do not depend on the ones before; whether there is one."""
        together = [*self.vectors, *vectors]
        columns = from_rows(together, self.size, self.context).transpose()
        reduced, rank = columns.rref()
        known = len(self.vectors)
        for row in reduced.tolist()[:rank]:
            pivot = next(j for j, value in enumerate(row) if value != 0)
            if pivot >= known:
                self.words.append(words[pivot - known])
                self.vectors.append(together[pivot])
        return rank > known

    def maps(self, images: Sequence[_Matrix]) -> _Matrix:
        """The maps that take ``v w(A)`` to ``u w(B)``, one in a row for each start and unit ``u``.

        Every map that intertwines is a combination of them.
        """
        m, context = images[0].nrows(), self.context
        products = []
        for word in self.words:
            if word.parent < 0:
                products.append(_identity(m, context))
            else:
                products.append(products[word.parent] * images[word.generator])
        tables = [product.tolist() for product in products]
        inverse = from_rows(self.vectors, self.size, context).inv().tolist()
        flat = []
        for start in range(self.starts):
            places = [j for j, word in enumerate(self.words) if word.start == start]
            left = from_rows([[row[j] for j in places] for row in inverse], len(places), context)
            for unit in range(m):
                chosen = from_rows([tables[j][unit] for j in places], m, context)
                flat.append((left * chosen).entries())
        return from_rows(flat, self.size * m, context)


def _restricted(maps: _Matrix, a: _Matrix, b: _Matrix, context: flint.fmpz_mod_ctx) -> _Matrix:
    """Those combinations of the maps, one in a row, that intertwine the pair."""
    n, m = a.nrows(), b.nrows()
    if maps.nrows() == 0:
        return maps

    def defect(row: list[Any]) -> list[Any]:
        one = from_rows([row[i * m : i * m + m] for i in range(n)], m, context)
        difference: list[Any] = (a * one - one * b).entries()
        return difference

    # Whether all intertwine already is told by one combination: its defect is a polynomial in the
    # multiplier, which vanishes by accident once in as many times as the prime is large.
    powers = [context(_MULTIPLIER) ** i for i in range(maps.nrows())]
    general = from_rows([powers], maps.nrows(), context) * maps
    if not any(value != 0 for value in defect(general.tolist()[0])):
        return maps
    defects = [defect(row) for row in maps.tolist()]
    return left_kernel(from_rows(defects, n * m, context), context) * maps


def _identity(size: int, context: flint.fmpz_mod_ctx) -> _Matrix:
    return from_rows([[int(i == j) for j in range(size)] for i in range(size)], size, context)
