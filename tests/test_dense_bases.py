"""Structure in dense rational bases, where numbers are long: the same answers as anywhere."""

import random
from itertools import pairwise

import pytest
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import adjoint_representation, from_structure_constants
from liealg.structure import (
    bilinear_forms,
    commutant,
    derivations,
    invariant_subspaces,
    schur_types,
    summary,
)
from liealg.structure.adjoint import adjoint_matrices
from liealg.structure.commutant import applied, commutant_rows, envelope_radical
from liealg.structure.intertwiners import intertwiners
from liealg.structure.modules import module_of, solutions, two_sided
from liealg.structure.radical_series import radical_series


def dense_matrix(size, seed):
    source = random.Random(seed)
    while True:
        matrix = sp.Matrix(
            size, size, lambda i, j: sp.Rational(source.randint(-3, 3), source.randint(1, 3))
        )
        if matrix.det() != 0:
            return matrix


def mixed(name, seed):
    """The same matrices of the same space, in a dense basis of the algebra."""
    algebra = known(name)
    P = dense_matrix(algebra.dim, seed)
    matrices = [
        sum((P[i, j] * sp.Matrix(M) for j, M in enumerate(algebra.matrices)), sp.zeros(algebra.n))
        for i in range(algebra.dim)
    ]
    return LieAlgebra("mixed", matrices)


def densely_adjoint(name, seed):
    """The adjoint representation in a dense basis of the algebra, which is that of the space."""
    return from_structure_constants("dense", mixed(name, seed).structure_constants)


def span_of(matrices):
    rows = sp.Matrix([list(matrix) for matrix in matrices])
    return rows.rref()[0][: rows.rank(), :]


@pytest.mark.parametrize("name", ["su(2,1)", "su3", "so4"])
def test_derivations_of_semisimple_algebras_are_inner_in_any_basis(name):
    # Humphreys, Introduction to Lie Algebras, 1972, section 5.3.
    algebra = mixed(name, 2)
    found = derivations(algebra)
    assert len(found) == algebra.dim
    inner = adjoint_matrices(algebra)
    assert all(not sp.simplify(D - ad).values() for D, ad in zip(found, inner, strict=True))


def test_derivations_of_su31_are_inner_after_a_change_of_basis():
    algebra = mixed("su(3,1)", 2)
    assert list(derivations(algebra)) == list(adjoint_matrices(algebra))


@pytest.mark.parametrize(("name", "dim"), [("se3", 7), ("gl2", 4), ("heisenberg2", 15), ("u2", 4)])
def test_derivations_obey_leibniz_rule_in_any_basis(name, dim):
    # se(3): inner ones and the scaling; heisenberg: sp(2 n), the scaling and the inner ones.
    algebra = mixed(name, 5)
    found, ad = derivations(algebra), adjoint_matrices(algebra)
    assert len(found) == dim == len(span_of(found).tolist())
    for D in found:
        for i, matrix in enumerate(ad):
            image = sum((D[a, i] * ad[a] for a in range(algebra.dim)), sp.zeros(algebra.dim))
            assert (D * matrix - matrix * D - image).applyfunc(sp.expand).is_zero_matrix


@pytest.mark.parametrize("name", ["se4", "poincare", "su(2,1)"])
def test_the_adjoint_representation_is_the_same_in_a_dense_basis(name):
    plain, dense = adjoint_representation("plain", known(name)), densely_adjoint(name, 16)
    assert len(commutant(plain)) == len(commutant(dense))
    assert summary(plain).split("; ")[1:] == summary(dense).split("; ")[1:]
    for forms, others in zip(
        vars(bilinear_forms(plain)).values(), vars(bilinear_forms(dense)).values(), strict=True
    ):
        assert (forms.dim, forms.rank, forms.has_definite) == (
            others.dim,
            others.rank,
            others.has_definite,
        )
    first, second = invariant_subspaces(plain), invariant_subspaces(dense)
    assert [V.dim for V in first.radical_series] == [V.dim for V in second.radical_series]
    assert sorted(V.dim for V in first.subspaces) == sorted(V.dim for V in second.subspaces)
    assert [sorted(map(kind_of, layer)) for layer in first.layers] == [
        sorted(map(kind_of, layer)) for layer in second.layers
    ]


def kind_of(component):
    return component.irreducible_dim, component.multiplicity, component.schur_type


def test_the_adjoint_representation_of_g2_is_irreducible_in_a_dense_basis():
    dense = densely_adjoint("g2", 18)
    assert len(commutant(dense)) == 1
    assert invariant_subspaces(dense).is_irreducible
    (only,) = schur_types(dense)
    assert kind_of(only) == (14, 1, "real")


NAMES = ["so4", "se3", "gl3", "upper_triangular3", "heisenberg2", "diagonal3", "su2", "so2", "aff2"]


@pytest.mark.parametrize("name", NAMES)
def test_intertwiners_are_the_solutions_of_the_linear_equations(name):
    module = module_of(mixed(name, 3))
    everything = DomainMatrix.eye(module.size**2, module.domain).to_sparse()
    commuting = solutions(everything, (two_sided(-a, a) for a in module.actions))
    assert commutant_rows(module) == commuting
    pairs = [(a, -a.transpose()) for a in module.actions]
    assert intertwiners(pairs) == solutions(everything, (two_sided(-a, b) for a, b in pairs))


@pytest.mark.parametrize(
    "basis",
    [
        *(mixed(name, 3) for name in NAMES),
        *(adjoint_representation(name, known(name)) for name in ("so4", "se3", "sim3", "aff2")),
        MatrixBasis("jordan", [[[2, 1, 0], [0, 2, 0], [0, 0, 3]]]),
        MatrixBasis("open", [[[0, 1, 0], [0, 0, 1], [0, 0, 0]], [[0, 0, 0], [1, 0, 0], [0, 0, 1]]]),
        MatrixBasis("flags", [sp.diag(1, 2, 3), sp.Matrix(3, 3, [0, 1, 0, 0, 0, 1, 0, 0, 0])]),
    ],
    ids=repr,
)
def test_the_radical_series_is_that_of_the_envelope(basis):
    module = module_of(basis)
    nilpotent = envelope_radical(module)
    terms = radical_series(basis)
    assert (terms[0].shape[0], terms[-1].shape[0]) == (module.size, 0)
    for outer, inner in pairwise(terms):
        assert applied(outer, nilpotent, module.size) == inner
