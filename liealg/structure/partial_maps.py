"""Maps that commute with matrices modulo a prime, from their values on generators of the space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice

import flint

from liealg.structure.fitting import weights
from liealg.structure.large_prime import combined, from_rows, left_kernel, zero_matrix

_Matrix = flint.fmpz_mod_mat
# So many combinations of the matrices spin a generator up: two generate most algebras.
_SPINNING = 3


def commuting_modulo(
    right: Sequence[_Matrix], others: Sequence[_Matrix], context: flint.fmpz_mod_ctx
) -> list[_Matrix]:
    """A basis of the maps ``v -> v M`` that commute with all ``R_i`` and with the other matrices.

    ``R_i`` is the bracket ``y -> [e_i, y]`` of a Lie algebra. The map is known where a few elements
    ``v`` go: ``v w`` goes to ``(v M) w`` for every product ``w`` of the matrices. As ``[v, v] = 0``
    the value ``v M`` commutes with ``v``, which leaves few unknowns, in a semisimple algebra as
    many as the rank; each product ``v w`` that depends on those before is an equation for them.

    First a few combinations of the ``R_i`` are asked to generate everything from one ``v``, which
    they do in a semisimple algebra. Otherwise all ``R_i`` act on one ``v`` after the other.
    """
    k = right[0].nrows()
    start = from_rows([next(weights(k))], k, context)
    few = [combined(row, right) for row in islice(weights(len(right)), _SPINNING)]
    known = PartialMaps(k, context)
    known.add(start, _centralizer(start, right, context), [*few, *others])
    if len(known.rows) == k:
        maps = known.maps()
        for matrix in right:
            maps = _restricted(maps, matrix, context)
        return maps
    known = PartialMaps(k, context)
    while len(known.rows) < k:
        pivots = {row.pivot for row in known.rows}
        free = next(j for j in range(k) if j not in pivots)
        vector = from_rows([[int(j == free) for j in range(k)]], k, context)
        known.add(vector, _centralizer(vector, right, context), [*right, *others])
    return known.maps()


def _centralizer(vector: _Matrix, right: Sequence[_Matrix], context: flint.fmpz_mod_ctx) -> _Matrix:
    """All ``y`` with ``[v, y] = 0``, as rows."""
    return left_kernel(combined(vector.tolist()[0], right), context)


@dataclass
class _Row:
    """A vector, and its image under each of the maps."""

    vector: _Matrix
    images: _Matrix
    pivot: int = -1


class PartialMaps:
    """A space of linear maps on a growing subspace, each given by its values on a basis.

    Parameters
    ----------
    size
        The dimension of the whole space.
    context
        The integers modulo a prime.
    """

    def __init__(self, size: int, context: flint.fmpz_mod_ctx) -> None:
        self.size = size
        self.context = context
        self.rows: list[_Row] = []
        self._count = 0

    def add(self, vector: _Matrix, values: _Matrix, actions: Sequence[_Matrix]) -> None:
        """Extend to what a vector generates under the actions; its image is one of the values."""
        before, added = self._count, values.nrows()
        self._replace(_injection(before, 0, before + added, self.context))
        images = _injection(added, before, before + added, self.context) * values
        nothing = zero_matrix(self._count, self.size, self.context)
        waiting, defects = [_Row(vector, images)], []
        while waiting:
            row = self._reduced(waiting.pop(0))
            if row.pivot >= 0:
                self.rows.append(row)
                waiting += [_Row(row.vector * a, row.images * a) for a in actions]
            elif row.images != nothing:
                defects.append(row.images.tolist())
        if defects:
            # The combinations sought take the vector zero to zero.
            joined = [list(chain(*(defect[t] for defect in defects))) for t in range(self._count)]
            columns = self.size * len(defects)
            self._replace(left_kernel(from_rows(joined, columns, self.context), self.context))

    def maps(self) -> list[_Matrix]:
        """The maps, once they are known everywhere."""
        k, context = self.size, self.context
        inverse = from_rows([row.vector.tolist()[0] for row in self.rows], k, context).inv()
        images = [row.images.tolist() for row in self.rows]
        return [
            inverse * from_rows([image[t] for image in images], k, context)
            for t in range(self._count)
        ]

    def _replace(self, combinations: _Matrix) -> None:
        """Take combinations of the maps in their place."""
        for row in self.rows:
            row.images = combinations * row.images
        self._count = combinations.nrows()

    def _reduced(self, row: _Row) -> _Row:
        vector, images = row.vector, row.images
        for other in self.rows:
            factor = vector[0, other.pivot]
            if factor != 0:
                vector = vector - other.vector * factor
                images = images - other.images * factor
        pivot = next((j for j, value in enumerate(vector.tolist()[0]) if value != 0), -1)
        if pivot >= 0:
            inverse = 1 / vector[0, pivot]
            vector, images = vector * inverse, images * inverse
        return _Row(vector, images, pivot)


def _injection(rows: int, start: int, total: int, context: flint.fmpz_mod_ctx) -> _Matrix:
    """The ``total x rows`` matrix that puts rows at ``start`` among zeros."""
    entries = [[int(i == start + j) for j in range(rows)] for i in range(total)]
    return from_rows(entries, rows, context)


def _restricted(maps: list[_Matrix], matrix: _Matrix, context: flint.fmpz_mod_ctx) -> list[_Matrix]:
    """Those combinations of the maps that commute with the matrix."""
    k = matrix.nrows()
    defects = [m * matrix - matrix * m for m in maps]
    if all(defect == zero_matrix(k, k, context) for defect in defects):
        return maps
    flat = from_rows([defect.entries() for defect in defects], k * k, context)
    return [combined(row, maps) for row in left_kernel(flat, context).tolist()]
