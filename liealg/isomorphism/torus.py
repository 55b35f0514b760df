"""Semisimple derivations that a solvable radical gives, and their weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.echelon import row_echelon
from liealg.scalars import shaped
from liealg.structure.brackets import bracket_matrix, restricted, right_brackets
from liealg.structure.cartan import cartan_rows
from liealg.structure.derivations import exact_derivations
from liealg.structure.fitting import characteristic_factors, component, semisimple_part
from liealg.structure.homomorphisms import Brackets
from liealg.structure.modules import as_matrices, on_rows
from liealg.structure.series import is_nilpotent, series
from liealg.structure.subspace import kernel, span

_MOST_DERIVATIONS = 40


@dataclass(frozen=True, eq=False)
class Torus:
    """Commuting semisimple derivations, as matrices that act on rows.

    Attributes
    ----------
    maps : tuple of DomainMatrix
        Independent ones.
    elements : DomainMatrix
        Rows ``t`` whose ``ad t`` have these semisimple parts; none for outer derivations.
    """

    maps: tuple[DomainMatrix, ...]
    elements: DomainMatrix


def radical_torus(algebra: LieAlgebra, levi: DomainMatrix, radical: DomainMatrix) -> Torus:
    """The semisimple parts of ``ad T``, ``T`` a Cartan subalgebra of the centralizer of the Levi.

    The centralizer of a Levi subalgebra in the radical is solvable, and all Cartan subalgebras of a
    solvable algebra are conjugate, as all Levi subalgebras are (Bourbaki, *Lie Groups and Lie
    Algebras*, chapters 1 and 7): up to an inner automorphism an isomorphism takes torus to torus.
    For a nilpotent algebra this is zero, and the torus is one of outer derivations instead, where
    these make a solvable algebra.
    """
    right = right_brackets(algebra)
    k, domain = len(right), right[0].domain
    none = DomainMatrix.zeros((0, k), domain).to_sparse()
    if radical.shape[0] == 0:
        return Torus((), none)
    if is_nilpotent(algebra):
        return Torus(_outer(algebra), none)
    fixed = _fixed(right, levi, radical)
    if fixed.shape[0] == 0:
        return Torus((), none)
    cartan = cartan_rows(restricted(right, fixed)).matmul(fixed)
    columns = list(range(k))
    rows = [cartan.extract([i], columns) for i in range(cartan.shape[0])]
    chosen = _independent([semisimple_part(bracket_matrix(right, row)) for row in rows])
    elements = cartan.extract([place for place, _ in chosen], columns)
    return Torus(tuple(matrix for _, matrix in chosen), elements)


def _fixed(right: Brackets, levi: DomainMatrix, radical: DomainMatrix) -> DomainMatrix:
    """What in the radical commutes with the Levi subalgebra."""
    rows = radical
    for i in range(levi.shape[0]):
        image = rows.matmul(bracket_matrix(right, levi.extract([i], list(range(len(right))))))
        rows = kernel(image.transpose()).matmul(rows)
    return span(rows)


def _outer(algebra: LieAlgebra) -> tuple[DomainMatrix, ...]:
    """The semisimple parts of a Cartan subalgebra of the derivations, if these are solvable."""
    maps = exact_derivations(algebra)
    if len(maps) > _MOST_DERIVATIONS:
        return ()
    right = _commutators(maps)
    count, domain = len(maps), maps[0].domain
    identity = DomainMatrix.eye(count, domain).to_sparse()
    everything = series(identity, lambda term: _derived(right, term))
    if everything[-1].shape[0]:
        return ()
    size = maps[0].shape[0]
    flat = DomainMatrix.vstack(*(shaped(matrix, 1, size * size) for matrix in maps))
    cartan = as_matrices(cartan_rows(right).matmul(flat), size)
    return tuple(matrix for _, matrix in _independent([semisimple_part(m) for m in cartan]))


def _derived(right: Brackets, term: DomainMatrix) -> DomainMatrix:
    columns = list(range(len(right)))
    images = [
        term.matmul(bracket_matrix(right, term.extract([i], columns))) for i in range(term.shape[0])
    ]
    return span(DomainMatrix.vstack(*images))


def _commutators(maps: tuple[DomainMatrix, ...]) -> Brackets:
    """The brackets of derivations that act on rows: ``[D, E]`` is ``E D - D E`` there."""
    size, count = maps[0].shape[0], len(maps)
    flat = DomainMatrix.vstack(*(shaped(matrix, 1, size * size) for matrix in maps))
    _, pivots = row_echelon(flat)
    found = []
    for first in maps:
        rows = [
            shaped(second.matmul(first) - first.matmul(second), 1, size * size).extract(
                [0], list(pivots)
            )
            for second in maps
        ]
        found.append(DomainMatrix.vstack(*rows).to_sparse())
    assert all(matrix.shape == (count, count) for matrix in found)
    return tuple(found)


def _independent(matrices: list[DomainMatrix]) -> list[tuple[int, DomainMatrix]]:
    """The first independent ones, with their places."""
    size = matrices[0].shape[0]
    flat = DomainMatrix.vstack(*(shaped(matrix, 1, size * size) for matrix in matrices))
    _, pivots = row_echelon(flat.transpose())
    return [(place, matrices[place]) for place in pivots]


# The values of a weight on the maps of a torus, and the dimensions of its space and parts of it.
Weights = dict[tuple[Any, ...], tuple[int, ...]]


def quadratic_roots(torus: Torus) -> list[sp.Expr] | None:
    """Square roots whose field holds all eigenvalues; ``None`` where these are not enough."""
    found = []
    for matrix in torus.maps:
        for factor, _ in characteristic_factors(matrix):
            if factor.degree() > 2:
                return None
            if factor.degree() == 2:
                found.append(sp.sqrt(factor.discriminant()))
    return found


def weights_of(maps: tuple[DomainMatrix, ...], ideals: list[DomainMatrix]) -> Weights:
    """The weights of commuting semisimple maps with eigenvalues in the field.

    With the dimension of the weight space, and of its part in each of these invariant subspaces.
    """
    k, domain = maps[0].shape[0], maps[0].domain
    spaces: list[tuple[tuple[Any, ...], DomainMatrix]] = [
        ((), DomainMatrix.eye(k, domain).to_sparse())
    ]
    for matrix in maps:
        finer = []
        for values, rows in spaces:
            small = on_rows(rows, matrix)
            for factor, _ in characteristic_factors(small):
                value = -factor.rep.to_list()[-1]
                part = component(factor, small).to_sparse().matmul(rows)
                finer.append(((*values, value), span(part)))
        spaces = finer
    return {
        values: (rows.shape[0], *(_common_dimension(rows, ideal) for ideal in ideals))
        for values, rows in spaces
    }


def _common_dimension(first: DomainMatrix, second: DomainMatrix) -> int:
    together = span(first.vstack(second)).shape[0]
    return int(first.shape[0] + second.shape[0] - together)
