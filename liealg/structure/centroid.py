"""The centroid: linear maps that commute with every bracket."""

from __future__ import annotations

from itertools import islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.structure.brackets import right_brackets
from liealg.structure.fitting import (
    UNKNOWN,
    characteristic_factors,
    combination,
    component,
    weights,
)
from liealg.structure.scope import check_no_parameters
from liealg.structure.subspace import kernel


def centroid(algebra: LieAlgebra) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """A basis of all linear maps ``phi`` with ``phi [x, y] = [x, phi y]``.

    Each is a matrix that acts on columns of coordinates. Projections onto the summands of a direct
    sum of ideals are in it. See de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 1;
    Jacobson, *Lie Algebras* (1962), chapter X.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> len(centroid(known("so3"))), len(centroid(known("so4"))), len(centroid(known("so31")))
    (1, 2, 2)
    """
    check_no_parameters(algebra, "the centroid")
    found = commuting_maps(right_brackets(algebra))
    return tuple(matrix.transpose().to_Matrix().as_immutable() for matrix in found)


def commuting_maps(matrices: tuple[DomainMatrix, ...]) -> tuple[DomainMatrix, ...]:
    """A basis of the matrices that commute with all of these.

    Such a map commutes with a generic combination ``M`` too, so that it leaves the primary
    components of ``M`` invariant, and is a polynomial in ``M`` on all those whose factors are
    simple. What is left are few unknowns; two more combinations, then the matrices one by one,
    determine them.
    """
    chosen = _generic(matrices)
    candidates = _commuting_with_one(chosen)
    others = (combination(row, matrices) for row in islice(weights(len(matrices)), 3, 5))
    for matrix in [*others, chosen, *matrices]:
        candidates = _restricted(candidates, matrix.to_dense())
    return tuple(candidates)


def _generic(matrices: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """The combination, among a few small ones, with the most distinct eigenvalues."""
    tried = [combination(row, matrices).to_dense() for row in islice(weights(len(matrices)), 3)]
    return max(tried, key=_distinct_eigenvalues)


def _distinct_eigenvalues(matrix: DomainMatrix) -> int:
    polynomial = sp.Poly(matrix.charpoly(), UNKNOWN, domain=matrix.domain)
    return int(polynomial.sqf_part().degree())


def _commuting_with_one(matrix: DomainMatrix) -> list[DomainMatrix]:
    """Maps that span all those that commute with the matrix, and perhaps more."""
    k, domain = matrix.shape[0], matrix.domain
    factors = characteristic_factors(matrix)
    simple = [factor for factor, times in factors if times == 1]
    blocks = [component(factor, matrix) for factor, times in factors if times > 1]
    size = sum(block.shape[0] for block in blocks)
    if size == k:
        return _block_maps(blocks, None)
    product = sp.prod(simple, start=sp.Poly(1, UNKNOWN, domain=domain))
    rest = component(product, matrix)
    polynomials = []
    power = DomainMatrix.eye(k, domain).to_dense()
    basis = DomainMatrix.vstack(*[block.to_dense() for block in [*blocks, rest]])
    cut = DomainMatrix.vstack(DomainMatrix.zeros((size, k), domain).to_dense(), rest.to_dense())
    onto_rest = basis.inv() * cut
    for _ in range(rest.shape[0]):
        polynomials.append(onto_rest * power)
        power = power * matrix
    return polynomials + _block_maps(blocks, rest)


def _block_maps(blocks: list[DomainMatrix], rest: DomainMatrix | None) -> list[DomainMatrix]:
    """The elementary maps of each block into itself, in the coordinates of the whole space."""
    if not blocks:
        return []
    parts = [block.to_dense() for block in (blocks if rest is None else [*blocks, rest])]
    basis = DomainMatrix.vstack(*parts)
    inverse = basis.inv()
    k = basis.shape[1]
    columns = list(range(k))
    maps, start = [], 0
    for block in blocks:
        stop = start + block.shape[0]
        rows = [basis.extract([j], columns) for j in range(start, stop)]
        sides = [inverse.extract(columns, [i]) for i in range(start, stop)]
        maps += [side * row for side in sides for row in rows]
        start = stop
    return maps


def _restricted(candidates: list[DomainMatrix], matrix: DomainMatrix) -> list[DomainMatrix]:
    """Those combinations of the candidates that commute with the matrix."""
    k, domain = matrix.shape[0], matrix.domain
    entries = {}
    for number, candidate in enumerate(candidates):
        defect = candidate * matrix - matrix * candidate
        for (i, j), value in defect.to_dok().items():
            entries[i * k + j, number] = value
    if not entries:
        return candidates
    equations = DomainMatrix.from_dok(entries, (k * k, len(candidates)), domain)
    solutions = kernel(equations).to_dense()
    flat = DomainMatrix.vstack(*[_flat(candidate) for candidate in candidates])
    reduced = solutions * flat
    return [_square(reduced, row, k) for row in range(reduced.shape[0])]


def _flat(matrix: DomainMatrix) -> DomainMatrix:
    entries = [value for row in matrix.to_list() for value in row]
    return DomainMatrix([entries], (1, len(entries)), matrix.domain).to_dense()


def _square(rows: DomainMatrix, number: int, k: int) -> DomainMatrix:
    entries = rows.extract([number], list(range(k * k))).to_list()[0]
    listed = [entries[i * k : i * k + k] for i in range(k)]
    return DomainMatrix(listed, (k, k), rows.domain).to_dense()
