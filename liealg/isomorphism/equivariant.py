"""Isomorphisms of algebras with a radical: Levi factor first, then maps that respect its action."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, permutations, product

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.isomorphism.basis_change import spanned
from liealg.isomorphism.bracket_equations import isomorphism_among
from liealg.isomorphism.chevalley import simple_isomorphisms
from liealg.isomorphism.short_basis import simple_basis
from liealg.isomorphism.torus import Torus, radical_torus
from liealg.isomorphism.torus_matching import TorusMatching, match_tori
from liealg.number_fields import FieldTooLargeError, common_field
from liealg.structure.brackets import bracket_matrix, right_brackets
from liealg.structure.fitting import combination, weights
from liealg.structure.homomorphisms import Brackets, transported
from liealg.structure.ideals import exact_subspace
from liealg.structure.levi import levi_decomposition
from liealg.structure.modules import as_matrices, solutions, two_sided
from liealg.structure.real_forms import SimpleFactor, simple_factors
from liealg.structure.series import derived_series
from liealg.structure.subspace import Subspace

_MOST_LEVI_MAPS = 12


def semisimple_isomorphisms(first: LieAlgebra, second: LieAlgebra) -> Iterator[DomainMatrix]:
    """Isomorphisms of semisimple algebras: simple ideal to simple ideal of the same real form.

    Row ``i`` holds the coordinates of the image of ``E_i``.
    """
    try:
        ours, theirs = simple_factors(first), simple_factors(second)
    except ValueError:
        return  # their simple ideals are not split
    if len(ours) == len(theirs) == 1:
        yield from _in_simple_bases(first, second)
        return
    names = [factor.real_form for factor in ours]
    for order in permutations(theirs):
        if [factor.real_form for factor in order] != names:
            continue
        choices = [
            list(islice(_ideal_maps(first, mine, second, other), _MOST_LEVI_MAPS))
            for mine, other in zip(ours, order, strict=True)
        ]
        sources = [sp.Matrix(factor.subspace.rows) for factor in ours]
        for images in product(*choices):
            try:
                rows = common_field(*sources, *images)
            except FieldTooLargeError:
                continue
            count = len(sources)
            yield transported(
                DomainMatrix.vstack(*rows[:count]), DomainMatrix.vstack(*rows[count:])
            )


def _ideal_maps(
    first: LieAlgebra, mine: SimpleFactor, second: LieAlgebra, other: SimpleFactor
) -> Iterator[DomainMatrix]:
    """The images of the rows of a simple ideal, in the coordinates of the second algebra."""
    maps = _in_simple_bases(
        spanned(first, mine.subspace.rows), spanned(second, other.subspace.rows)
    )
    for found in maps:
        yield from _product(found, other.subspace.rows)


def _in_simple_bases(first: LieAlgebra, second: LieAlgebra) -> Iterator[DomainMatrix]:
    """Isomorphisms of simple algebras, found in bases in which they need fewer roots."""
    (ours, left), (theirs, right) = simple_basis(first), simple_basis(second)
    back = transported(right, DomainMatrix.eye(second.dim, right.domain).to_sparse())
    for found in simple_isomorphisms(ours, theirs):
        yield from _product(left, found, back)


def _product(*matrices: DomainMatrix | sp.MatrixBase) -> Iterator[DomainMatrix]:
    """The product over the common field, unless that is too large."""
    try:
        first, *rest = common_field(*matrices)
    except FieldTooLargeError:
        return
    for other in rest:
        first = first.matmul(other)
    yield first


@dataclass(frozen=True, eq=False)
class LeviAndTorus:
    """What the search for a map knows of an algebra.

    Attributes
    ----------
    algebra : LieAlgebra
    levi : Subspace
        A Levi subalgebra.
    torus : Torus
        Of its centralizer in the radical, or of outer derivations of a nilpotent algebra.
    """

    algebra: LieAlgebra
    levi: Subspace
    torus: Torus

    @property
    def right(self) -> Brackets:
        """The brackets."""
        return right_brackets(self.algebra)


def levi_and_torus(algebra: LieAlgebra) -> LeviAndTorus:
    """A Levi subalgebra, and a torus of the radical that commutes with it."""
    found = levi_decomposition(algebra)
    levi, radical = (exact_subspace(algebra, space) for space in (found.levi, found.radical))
    domain = right_brackets(algebra)[0].domain
    levi, radical = (rows.convert_to(domain).to_sparse() for rows in (levi, radical))
    return LeviAndTorus(algebra, found.levi, radical_torus(algebra, levi, radical))


def torus_matching(first: LeviAndTorus, second: LeviAndTorus) -> TorusMatching:
    """The ways to match the tori by their weights on the algebra and on its derived series."""
    ideals = (_derived_ideals(side) for side in (first, second))
    return match_tori(first.torus, second.torus, *ideals)


def _derived_ideals(side: LeviAndTorus) -> list[DomainMatrix]:
    """The terms of the derived series below the algebra itself."""
    terms = (exact_subspace(side.algebra, term) for term in derived_series(side.algebra)[1:])
    return [term.convert_to(side.right[0].domain).to_sparse() for term in terms]


def equivariant_isomorphism(
    first: LeviAndTorus, second: LeviAndTorus, matching: TorusMatching
) -> DomainMatrix | None:
    """An isomorphism that takes Levi subalgebra to Levi subalgebra and torus to torus.

    Up to an inner automorphism every isomorphism does (Malcev; Bourbaki, *Lie Groups and Lie
    Algebras*, chapters 1 and 7). Once its restriction ``f`` to the Levi subalgebra and the map of
    tori are chosen, ``phi ad x = ad f(x) phi`` and ``phi t = g(t) phi`` are linear equations; the
    brackets of the radical are quadratic ones for what is left.
    """
    for levi_map in _levi_maps(first, second):
        for matrix in matching.matrices:
            try:
                found = _extended(first, second, levi_map, matrix)
            except FieldTooLargeError:
                continue
            if found is not None:
                return found
    return None


def _levi_maps(first: LeviAndTorus, second: LeviAndTorus) -> Iterator[DomainMatrix | None]:
    """Images of the rows of the Levi subalgebra; ``None`` where there is none."""
    if first.levi.dim == 0:
        yield None
        return
    ours, theirs = (spanned(frame.algebra, frame.levi.rows) for frame in (first, second))
    for found in islice(semisimple_isomorphisms(ours, theirs), _MOST_LEVI_MAPS):
        yield from _product(found, second.levi.rows)


def _extended(
    first: LeviAndTorus,
    second: LeviAndTorus,
    levi_map: DomainMatrix | None,
    matrix: sp.ImmutableDenseMatrix,
) -> DomainMatrix | None:
    k = len(first.right)
    empty = sp.zeros(0, k)
    source: sp.MatrixBase = first.levi.rows if levi_map is not None else empty
    count, size = len(first.torus.maps), len(second.torus.maps)
    matrices = common_field(
        *first.right,
        *second.right,
        *first.torus.maps,
        *second.torus.maps,
        source,
        levi_map if levi_map is not None else empty,
        matrix if size else empty,
    )
    left, right, rest = matrices[:k], matrices[k : 2 * k], matrices[2 * k :]
    ours, theirs = rest[:count], rest[count : count + size]
    levi, images, scale = rest[count + size :]
    table = scale.to_dok()
    pairs = [
        (
            t,
            sum(
                (other * table[i, j] for j, other in enumerate(theirs) if (i, j) in table),
                DomainMatrix.zeros((k, k), t.domain).to_sparse(),
            ),
        )
        for i, t in enumerate(ours)
    ]
    columns = list(range(k))
    for i in range(levi.shape[0]):
        row, image = (rows.extract([i], columns) for rows in (levi, images))
        pairs.append((bracket_matrix(left, row), bracket_matrix(right, image)))
    return isomorphism_among(left, right, _intertwiners(pairs, left[0].domain, k))


def _intertwiners(
    pairs: list[tuple[DomainMatrix, DomainMatrix]], domain: object, k: int
) -> tuple[DomainMatrix, ...]:
    """The matrices ``M`` with ``X M = M Y`` for all pairs; two general sums of pairs come first."""
    space = DomainMatrix.eye(k * k, domain).to_sparse()
    if pairs:
        ours, theirs = (tuple(pair[side] for pair in pairs) for side in (0, 1))
        general = [
            (combination(row, ours), combination(row, theirs))
            for row in islice(weights(len(pairs)), 1, 3)
        ]
        space = solutions(space, (two_sided(-x, y) for x, y in [*general, *pairs]))
    return as_matrices(space, k)
