"""Representations: invariant forms, commutant, Schur types and Casimir elements."""

import pytest
import sympy as sp

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import conjugate_by, direct_sum, realify, tensor_product
from liealg.structure.casimir import casimir_element, quadratic_casimirs
from liealg.structure.commutant import commutant
from liealg.structure.invariant_forms import bilinear_forms, hermitian_forms
from liealg.structure.invariant_subspaces import invariant_subspaces
from liealg.structure.isotypic import schur_types

# Helgason 1978, section X.2: the forms that define the classical algebras; g2 in so(7): Baez 2002.
FORMS = {
    "so3": ((3, 0, 0), 0),
    "so32": ((3, 2, 0), 0),
    "so31": ((3, 1, 0), 0),
    "g2": ((7, 0, 0), 0),
    "so3_irrep2": ((5, 0, 0), 0),
    "sp4": (None, 1),
    "sl2": (None, 1),
    "sl3": (None, 0),
}


def turned(algebra):
    n = algebra.n
    P = sp.Matrix(n, n, lambda i, j: 1 if i == j else (2 if j == i + 1 else 0))
    P[n - 1, 0] = 3
    return conjugate_by("turned", algebra, P)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("change", [lambda algebra: algebra, turned], ids=["as is", "turned"])
def test_bilinear_forms_and_their_signatures(name, change):
    algebra = change(known(name))
    forms = bilinear_forms(algebra)
    signature, antisymmetric = FORMS[name]
    assert forms.symmetric.signature == signature
    assert len(forms.antisymmetric.matrices) == antisymmetric
    for F in (*forms.symmetric.matrices, *forms.antisymmetric.matrices):
        assert all((X.T * F + F * X).applyfunc(sp.expand).is_zero_matrix for X in algebra.matrices)


@pytest.mark.parametrize(("name", "signature"), [("su3", (3, 0, 0)), ("su21", (2, 1, 0))])
def test_hermitian_forms(name, signature):
    assert hermitian_forms(known(name)).signature == signature


@pytest.mark.parametrize(
    ("algebra", "kinds"),
    [
        (known("so3"), [(3, 1, "real")]),
        (known("so2"), [(2, 1, "complex")]),
        (realify("h", known("su2")), [(4, 1, "quaternionic")]),
        (realify("c", known("su3")), [(6, 1, "complex")]),
        (direct_sum("p", known("so3"), known("so2")), [(2, 1, "complex"), (3, 1, "real")]),
        (LieAlgebra("twice", [sp.diag(E, E) for E in known("so3").matrices]), [(3, 2, "real")]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_schur_types(algebra, kinds):
    for representation in (algebra, turned(algebra)):
        found = schur_types(representation)
        assert sorted((c.irreducible_dim, c.multiplicity, c.schur_type) for c in found) == kinds
        sizes = {"real": 1, "complex": 2, "quaternionic": 4}
        expected = sum(m * m * sizes[kind] for _, m, kind in kinds)
        assert len(commutant(representation)) == expected


def test_invariant_subspaces_of_motions_and_flags():
    motions = invariant_subspaces(known("se3"))
    assert not motions.is_completely_reducible
    assert [space.dim for space in motions.subspaces] == [3]
    assert invariant_subspaces(known("so4")).is_irreducible
    assert not invariant_subspaces(known("upper_triangular3")).is_irreducible


def test_casimir_elements():
    assert casimir_element(known("so3")).scalars == ((1, 3),)  # the adjoint representation
    pair = tensor_product("pair", known("spin(1/2)"), known("spin(1/2)"))
    assert sorted(casimir_element(pair).scalars) == [(0, 1), (1, 3)]
    with pytest.raises(ValueError, match="the Killing form of 'se3' is degenerate"):
        casimir_element(known("se3"))
    assert len(quadratic_casimirs(known("poincare"))) == 1  # the squared mass
    assert len(quadratic_casimirs(known("se3"))) == 2  # v.v and w.v
