"""Invariant subspaces: the radical series, its semisimple layers, and their irreducible parts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.exact import small_field
from liealg.scalars import multiply
from liealg.structure.irreducible import irreducible_parts
from liealg.structure.isotypic import IsotypicComponent, blocks, components
from liealg.structure.modules import Module, given_subspace, module_of
from liealg.structure.radical_series import radical_series, within
from liealg.structure.subspace import Subspace, exact_rows, span


@dataclass(frozen=True)
class InvariantSubspaces:
    """Invariant subspaces of a representation, each checked to be invariant.

    Attributes
    ----------
    radical_series : tuple of Subspace
        ``V > J V > J^2 V > ... > 0`` with the radical ``J`` of the associative algebra that the
        matrices generate. Two of them, ``V > 0``, mean completely reducible.
    layers : tuple of tuple of IsotypicComponent
        For each step of the series, the isotypic components of the quotient. Their subspaces are
        given in ``V``, together with the next term of the series.
    subspaces : tuple of Subspace
        All invariant subspaces found, without ``0`` and ``V``, the smaller ones first: terms of
        the series, components of the layers and their irreducible parts, each with the next term.
    is_irreducible : bool
        Whether ``0`` and ``V`` are the only invariant subspaces: real ones for real matrices.
    is_completely_reducible : bool
        Whether ``V`` is a direct sum of irreducible subspaces.
    words : str
        All this in a sentence, and what was not found.
    """

    radical_series: tuple[Subspace, ...]
    layers: tuple[tuple[IsotypicComponent, ...], ...]
    subspaces: tuple[Subspace, ...]
    is_irreducible: bool
    is_completely_reducible: bool
    words: str


def invariant_subspaces(basis: MatrixBasis) -> InvariantSubspaces:
    """Invariant subspaces of ``R^n`` under real matrices, of ``C^n`` under complex ones.

    The radical ``J`` of the enveloping associative algebra gives the Loewy series ``J^i V``, whose
    quotients are completely reducible (Curtis and Reiner, *Representation Theory of Finite Groups
    and Associative Algebras*, 1962, chapter 4). The center of the commutant of a quotient splits
    it into its isotypic components; in one with multiplicity, an irreducible subspace is spun up
    from a vector that an element of small corank kills, and the commutant moves it to the others.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> found = invariant_subspaces(known("se2"))
    >>> found.is_completely_reducible, found.subspaces
    (False, (Subspace(rows=Matrix([
    [1, 0, 0],
    [0, 1, 0]])),))
    """
    check_basis(basis)
    module = module_of(basis)
    series = radical_series(basis)
    found = [rows for rows in series[1:] if rows.shape[0]]
    layers, remarks = [], []
    for outer, inner in pairwise(series):
        layer, subspaces, missing = _layer(module, outer, inner, basis.is_complex)
        layers.append(layer)
        found += subspaces
        remarks += missing
    proper = _distinct(module, [rows for rows in found if 0 < rows.shape[0] < module.size])
    semisimple = len(series) == 2
    irreducible = semisimple and len(layers[0]) == 1 and layers[0][0].multiplicity == 1
    return InvariantSubspaces(
        tuple(Subspace(given_subspace(module, rows)) for rows in series),
        tuple(layers),
        proper,
        irreducible,
        semisimple,
        _words(semisimple, irreducible, layers, remarks, basis.is_complex),
    )


def _layer(
    module: Module, outer: DomainMatrix, inner: DomainMatrix, is_complex: bool
) -> tuple[tuple[IsotypicComponent, ...], list[DomainMatrix], list[str]]:
    """The quotient ``outer / inner``: its components, subspaces of ``V``, and what is missing."""
    below = module.restricted(outer)
    quotient, free = below.quotient(within(outer, inner))
    frame = outer.to_sparse().extract(free, list(range(module.size)))
    lifted: list[IsotypicComponent] = []
    subspaces, missing = [], []
    for block in blocks(quotient):
        subspaces.append(_preimage(block.rows, frame, inner))
        for component in components(block, quotient, is_complex):
            lifted.append(_lifted(module, component, frame, inner))
        parts, remark = irreducible_parts(block, is_complex)
        subspaces += [_preimage(_multiply_over(part, block.rows), frame, inner) for part in parts]
        missing += [remark] if remark else []
    return tuple(lifted), subspaces, missing


def _multiply_over(left: DomainMatrix, right: DomainMatrix) -> DomainMatrix:
    """The product over the field of the left factor, which holds that of the right."""
    return multiply(left, right.convert_to(left.domain)).to_sparse()


def _preimage(rows: DomainMatrix, frame: DomainMatrix, inner: DomainMatrix) -> DomainMatrix:
    above = _multiply_over(rows, frame)
    return span(above.vstack(inner.convert_to(above.domain).to_sparse()))


def _lifted(
    module: Module, component: IsotypicComponent, frame: DomainMatrix, inner: DomainMatrix
) -> IsotypicComponent:
    """The component of a quotient, its subspaces replaced by their preimages."""

    def preimage(subspace: Subspace) -> Subspace:
        rows = small_field(exact_rows(subspace.rows.tolist()))
        common = rows.domain.unify(frame.domain)
        pulled = _preimage(
            rows.convert_to(common).to_sparse(), frame.convert_to(common), inner.convert_to(common)
        )
        return Subspace(given_subspace(module, pulled))

    return IsotypicComponent(
        None if component.subspace is None else preimage(component.subspace),
        preimage(component.hull),
        component.irreducible_dim,
        component.multiplicity,
        component.schur_type,
        component.bilinear_form,
        component.words,
    )


def _distinct(module: Module, found: list[DomainMatrix]) -> tuple[Subspace, ...]:
    """Each subspace once, after a check that it is invariant; the smaller ones first."""
    subspaces: list[Subspace] = []
    for rows in sorted(found, key=lambda rows: int(rows.shape[0])):
        larger = module if rows.domain == module.domain else module.over(rows.domain)
        assert larger.is_invariant(rows), "a subspace is not invariant"
        subspace = Subspace(given_subspace(module, rows))
        if subspace not in subspaces:
            subspaces.append(subspace)
    return tuple(subspaces)


def _words(
    semisimple: bool,
    irreducible: bool,
    layers: list[tuple[IsotypicComponent, ...]],
    remarks: list[str],
    is_complex: bool,
) -> str:
    if irreducible:
        return f"irreducible over the {'complex numbers' if is_complex else 'reals'}"
    described = [", ".join(component.words for component in layer) for layer in layers]
    if semisimple:
        text = f"completely reducible: {described[0]}"
    else:
        text = "not completely reducible; the layers of the radical series, from the top: "
        text += " | ".join(described)
    return "; ".join([text, *remarks])
