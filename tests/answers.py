"""All answers about an algebra or a representation that no choice of bases may change."""

from __future__ import annotations

from typing import Any

from facts import Facts

from liealg import LieAlgebra, MatrixBasis
from liealg.constructors import subalgebra
from liealg.structure import (
    casimir_element,
    center,
    commutant,
    derived_series,
    hermitian_forms,
    indecomposable_ideals,
    invariant_subspaces,
    is_abelian,
    is_nilpotent,
    is_reductive,
    is_semisimple,
    is_solvable,
    killing_radical,
    killing_signature,
    levi_decomposition,
    lower_central_series,
    nilradical,
    quadratic_casimirs,
    radical,
    rank,
    root_system,
    simple_factors,
)
from liealg.structure.invariant_forms import bilinear_forms


def subspaces(algebra: LieAlgebra) -> list:
    """The subspaces that belong to the algebra itself, in a fixed order."""
    return [
        center(algebra),
        killing_radical(algebra),
        radical(algebra),
        nilradical(algebra),
        *derived_series(algebra),
        *lower_central_series(algebra),
    ]


def structure(algebra: LieAlgebra) -> dict[str, Any]:
    """The answers in numbers and words; ``expected`` names those of the table of facts."""
    levi = levi_decomposition(algebra).levi
    factor = subalgebra("levi", algebra, levi) if levi.dim else None
    return {
        "dim": algebra.dim,
        "killing": killing_signature(algebra),
        "center": center(algebra).dim,
        "derived": tuple(term.dim for term in derived_series(algebra)),
        "lower_central": tuple(term.dim for term in lower_central_series(algebra)),
        "radical": radical(algebra).dim,
        "nilradical": nilradical(algebra).dim,
        "rank": rank(algebra),
        "type": root_system(factor).type if factor else "",
        "levi": tuple(sorted(part.real_form for part in simple_factors(factor)) if factor else ()),
        "tests": (
            is_abelian(algebra),
            is_nilpotent(algebra),
            is_solvable(algebra),
            is_semisimple(algebra),
            is_reductive(algebra),
        ),
    }


def expected(facts: Facts) -> dict[str, Any]:
    """The same from the table of facts."""
    fields = ("dim", "killing", "center", "derived", "lower_central", "radical", "nilradical")
    return {
        **{field: getattr(facts, field) for field in (*fields, "rank", "type")},
        "levi": tuple(sorted(facts.levi)),
        "tests": (
            facts.center == facts.dim,
            facts.lower_central[-1] == 0,
            facts.derived[-1] == 0,
            facts.radical == 0,
            facts.radical == facts.center,
        ),
    }


def ideals(algebra: LieAlgebra) -> list[tuple[int, str]]:
    found = indecomposable_ideals(algebra)
    assert found.is_complete
    return sorted((ideal.subspace.dim, ideal.centroid) for ideal in found.ideals)


def casimirs(algebra: LieAlgebra) -> tuple:
    """How many invariants of degree two, and the scalars of the Casimir element."""
    scalars = casimir_element(algebra).scalars if is_semisimple(algebra) else ()
    return len(quadratic_casimirs(algebra)), sorted(scalars, key=str)


def representation(basis: MatrixBasis) -> dict[str, Any]:
    """The answers about a representation."""
    forms, hermitian = bilinear_forms(basis), hermitian_forms(basis)
    found = invariant_subspaces(basis)
    return {
        "forms": [
            (form.dim, form.rank, form.signature, form.has_definite)
            for form in (forms.symmetric, forms.antisymmetric, hermitian)
        ],
        "commutant": len(commutant(basis)),
        "series": [term.dim for term in found.radical_series],
        "layers": [sorted(map(_kind, layer)) for layer in found.layers],
        "irreducible": found.is_irreducible,
        "semisimple": found.is_completely_reducible,
    }


def _kind(component: Any) -> tuple[int, int, str, str]:
    form = str(component.bilinear_form)
    return component.irreducible_dim, component.multiplicity, component.schur_type, form
