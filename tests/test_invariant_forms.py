"""Bilinear and Hermitian forms that representations keep, against the literature."""

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from modules import (
    GOODMAN,
    ORTHOGONAL,
    SPIN,
    repeated,
)

from liealg import MatrixBasis
from liealg.catalogue import known
from liealg.structure.compactness import hermite_form, real_roots
from liealg.structure.fitting import UNKNOWN
from liealg.structure.invariant_forms import bilinear_forms, hermitian_forms
from liealg.structure.signs import signature

# name, dimension and signature of the symmetric forms, dimension of the antisymmetric ones
BILINEAR = [
    ("so3", 1, (3, 0, 0), 0, ORTHOGONAL),
    ("so(2,3)", 1, (3, 2, 0), 0, ORTHOGONAL),
    ("so(3,1)", 1, (3, 1, 0), 0, ORTHOGONAL),
    ("so(4,4)", 1, (4, 4, 0), 0, ORTHOGONAL),
    ("so2", 1, (2, 0, 0), 1, ORTHOGONAL),
    ("sp4", 0, None, 1, GOODMAN),
    ("sp6", 0, None, 1, GOODMAN),
    ("sl2", 0, None, 1, GOODMAN),
    ("sl3", 0, None, 0, GOODMAN),
    ("gl2", 0, None, 0, GOODMAN),
    ("g2", 1, (7, 0, 0), 0, "Baez, The octonions, Bull. AMS 39, 2002, section 4.1"),
    ("so3_irrep(2)", 1, (5, 0, 0), 0, SPIN),
    ("so3_irrep(4)", 1, (9, 0, 0), 0, SPIN),
    ("se3", 1, (1, 0, 3), 0, "the homogeneous coordinate is constant"),
    ("poincare", 1, (1, 0, 4), 0, "the homogeneous coordinate is constant"),
    ("su3", 0, None, 0, GOODMAN),
    ("spin(1/2)", 0, None, 1, SPIN),
    ("spin(1)", 1, None, 0, SPIN),
    ("spin(3/2)", 0, None, 1, SPIN),
    ("spin(5)", 1, None, 0, SPIN),
]


@pytest.mark.parametrize("fact", BILINEAR, ids=lambda fact: fact[0])
def test_bilinear_forms_of_the_literature(fact):
    name, symmetric, signs, antisymmetric, _ = fact
    algebra = known(name)
    forms = bilinear_forms(algebra)
    assert (forms.symmetric.dim, forms.antisymmetric.dim) == (symmetric, antisymmetric)
    assert forms.symmetric.signature == signs
    if not algebra.is_complex:
        assert forms.symmetric.has_definite == (signs == (algebra.n, 0, 0))
    for space, sign in ((forms.symmetric, 1), (forms.antisymmetric, -1)):
        for form in space.matrices:
            assert sign * form == form.T
            assert form.rank() == space.rank
            for X in algebra.matrices:
                assert (X.T * form + form * X).applyfunc(sp.expand).is_zero_matrix


HERMITIAN = [
    ("u1", 1, (1, 0, 0)),
    ("u3", 1, (3, 0, 0)),
    ("su(4)", 1, (4, 0, 0)),
    ("su(2,1)", 1, (2, 1, 0)),
    ("su(1,3)", 1, (3, 1, 0)),
    ("spin(1/2)", 1, (2, 0, 0)),
    ("spin(5/2)", 1, (6, 0, 0)),
    ("so3", 1, (3, 0, 0)),
    ("sp4", 1, (2, 2, 0)),
    ("sl3", 0, None),
]


@pytest.mark.parametrize(("name", "dim", "signs"), HERMITIAN, ids=[fact[0] for fact in HERMITIAN])
def test_hermitian_forms_have_the_signature_of_the_group(name, dim, signs):
    algebra = known(name)
    forms = hermitian_forms(algebra)
    assert (forms.dim, forms.signature) == (dim, signs)
    assert forms.has_definite == (signs == (algebra.n, 0, 0))
    for form in forms.matrices:
        assert form == form.H
        assert form.rank() == forms.rank
        for X in algebra.matrices:
            assert (X.H * form + form * X).applyfunc(sp.expand).is_zero_matrix


def test_a_definite_form_among_several_is_found_or_excluded():
    twice = bilinear_forms(repeated(known("so3"), 2)).symmetric
    assert (twice.dim, twice.rank, twice.rank_is_certain, twice.signature) == (3, 6, True, None)
    assert twice.has_definite is True
    assert bilinear_forms(repeated(known("so(2,1)"), 2)).symmetric.has_definite is False
    # An element that turns and shears keeps forms, but no definite one.
    turn, one, zero = sp.Matrix([[0, -1], [1, 0]]), sp.eye(2), sp.zeros(2)
    shear = MatrixBasis("shear", [sp.Matrix(sp.BlockMatrix([[turn, one], [zero, turn]]))])
    found = bilinear_forms(shear).symmetric
    assert found.dim > 1
    assert found.has_definite is False
    # Two matrices that generate so(3), and two with the trace form of it that do not.
    X, Y, _ = known("so3").matrices
    assert bilinear_forms(repeated(MatrixBasis("xy", [X, Y]), 2)).symmetric.has_definite is True
    two = MatrixBasis("two", [sp.diag(turn, 2 * turn, 0), sp.diag(turn, -turn, 0)])
    assert bilinear_forms(two).symmetric.has_definite is True
    assert hermitian_forms(two).has_definite is True


def test_eigenvalues_that_are_not_imaginary_are_seen_though_the_trace_form_is_negative():
    spiral = sp.Matrix([[1, -9], [9, 1]])
    basis = MatrixBasis("spiral", [sp.diag(spiral, -spiral)])
    assert (basis.matrices[0] ** 2).trace() < 0
    forms = bilinear_forms(basis).symmetric
    assert forms.dim == 2
    assert forms.has_definite is False


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=5, unique=True), st.booleans())
@settings(max_examples=30)
def test_hermites_form_counts_real_roots(roots, with_pair):
    polynomial = sp.prod([UNKNOWN - root for root in roots])
    polynomial *= UNKNOWN**2 + UNKNOWN + 1 if with_pair else 1
    exact = sp.Poly(polynomial, UNKNOWN, domain="QQ")
    assert real_roots(exact) == len(roots)
    positive, negative, zero = signature(hermite_form(exact, sp.Poly(UNKNOWN, domain="QQ")))
    assert positive - negative == sum(sp.sign(root) for root in roots)
    assert zero == roots.count(0)
