"""What constructors keep of their arguments: parameters, and whether coefficients are complex."""

import pytest
import sympy as sp

from liealg import LieAlgebra, MatrixBasis, known, summary
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    dual,
    from_bilinear_form,
    from_hermitian_form,
    from_structure_constants,
    realify,
    semidirect_sum,
    stabilizer,
    stabilizer_of_subspace,
    subalgebra,
    tensor_product,
)
from liealg.structure import Subspace, cartan_subalgebra, killing_signature, radical

SLC2, PLANE = known("slc2"), known("curved_plane")
CURVATURE = PLANE.parameters[0]
SL2, SO3 = known("sl2"), known("so3")
AXIS = Subspace.spanned_by([[1, 0, 0]])

OF_ONE = {
    "direct_sum": lambda a: direct_sum("x", a, a),
    "semidirect_sum": lambda a: semidirect_sum("x", a),
    "semidirect_sum, representation": lambda a: semidirect_sum("x", a, a),
    "semidirect_sum, matrices": lambda a: semidirect_sum("x", a, a.matrices),
    "tensor_product": lambda a: tensor_product("x", a, a),
    "adjoint_representation": lambda a: adjoint_representation("x", a),
    "dual": lambda a: dual("x", a),
    "conjugate_by": lambda a: conjugate_by("x", a, sp.diag(*range(1, a.n + 1))),
    "stabilizer": lambda a: stabilizer("x", a, [0] * (a.n - 1) + [1]),
    "stabilizer_of_subspace": lambda a: stabilizer_of_subspace("x", a, [1] * a.n),
    "stabilizer_of_subspace, all": lambda a: stabilizer_of_subspace("x", a, *sp.eye(a.n).tolist()),
    "subalgebra": lambda a: subalgebra("x", a, Subspace.spanned_by([[0, 1, 0]])),
    "closure": lambda a: a.closure("x"),
    "with_matrices": lambda a: a.with_matrices("x", a.matrices),
}


@pytest.mark.parametrize("make", OF_ONE)
def test_complex_coefficients_stay_complex_and_real_ones_real(make):
    assert OF_ONE[make](SLC2).complex_coefficients
    assert not OF_ONE[make](SL2).complex_coefficients


@pytest.mark.parametrize("make", OF_ONE)
def test_parameters_go_along(make):
    found = OF_ONE[make](PLANE)
    assert found.parameters == PLANE.parameters
    at_one = found.specialize("one", curvature=1)
    assert at_one.structure_constants == found.structure_constants.subs(CURVATURE, 1)


def test_complex_results_have_the_dimension_over_the_complex_numbers():
    pair = direct_sum("x", SLC2, SLC2)
    assert summary(pair) == "over the complex numbers: semisimple of type A1 + A1, 6-dimensional"
    assert semidirect_sum("x", SLC2).dim == 5
    assert subalgebra("x", SLC2, cartan_subalgebra(SLC2)).dim == 1
    assert stabilizer("x", SLC2, [1, sp.I]).dim == 1
    assert stabilizer_of_subspace("x", SLC2, [1, sp.I]).dim == 2
    assert subalgebra("x", semidirect_sum("y", SLC2), radical(semidirect_sum("y", SLC2))).dim == 2
    assert realify("x", SLC2).dim == SLC2.over_reals.dim == 6


@pytest.mark.parametrize(
    "make",
    [
        lambda: direct_sum("x", SLC2, SO3),
        lambda: direct_sum("x", SO3, SLC2),
        lambda: tensor_product("x", SLC2, SL2),
        lambda: semidirect_sum("x", SL2, SLC2),
        lambda: semidirect_sum("x", SLC2, SL2),
    ],
)
def test_real_and_complex_coefficients_are_not_mixed(make):
    with pytest.raises(ValueError, match=r"^'slc2' has complex coefficients and 's..' real ones; "):
        make()


def test_the_advice_for_mixed_coefficients_works():
    real = direct_sum("x", SLC2.over_reals, SO3)
    assert (real.dim, killing_signature(real)) == (9, (3, 6, 0))
    complex_ = LieAlgebra("so3", SO3.matrices, complex_coefficients=True)
    assert direct_sum("x", SLC2, complex_).dim == 6


def test_parameters_of_one_name_are_one_and_others_are_joined():
    mu = MatrixBasis("line", [[[sp.Symbol("mu")]]], parameters=["mu"]).closure("line")
    both = direct_sum("x", PLANE, mu, PLANE)
    assert [symbol.name for symbol in both.parameters] == ["curvature", "mu"]
    assert both.dim == 7


def test_parameters_that_the_matrices_lose_are_left_out():
    assert subalgebra("x", PLANE, AXIS).parameters == ()
    a, b = sp.symbols("a b")
    product = MatrixBasis("x", [[[0, a * b], [1, a]]], parameters=[a, b])
    assert product.specialize("y", a=0).parameters == ()
    assert [s.name for s in product.specialize("y", a=2).parameters] == ["b"]


def test_vectors_and_changes_of_coordinates_may_hold_the_parameters():
    fixed = stabilizer("x", PLANE, [CURVATURE, 1, 0])
    assert fixed.parameters == PLANE.parameters
    assert fixed.matrices[0] * sp.Matrix([CURVATURE, 1, 0]) == sp.zeros(3, 1)
    shear = [[1, CURVATURE, 0], [0, 1, 0], [0, 0, 1]]
    moved = conjugate_by("x", PLANE, shear)
    assert moved.structure_constants == PLANE.structure_constants
    with pytest.raises(ValueError, match="P contains the free symbol t"):
        conjugate_by("x", PLANE, sp.diag(sp.Symbol("t"), 1, 1))
    with pytest.raises(ValueError, match="which is no polynomial in curvature"):
        conjugate_by("x", PLANE, sp.diag(CURVATURE, 1, 1))


def test_a_form_with_a_parameter_has_the_algebra_of_its_values():
    J = sp.diag(1, CURVATURE, CURVATURE)
    found = from_bilinear_form("x", J, parameters=[CURVATURE])
    for X in found.matrices:
        assert (X.T * J + J * X).applyfunc(sp.expand) == sp.zeros(3)
    for value, signature in ((1, (0, 3, 0)), (-1, (2, 1, 0))):
        at_value = found.specialize("y", curvature=value)
        assert killing_signature(at_value) == signature
    # At the special value the form is degenerate, and its algebra larger.
    assert from_bilinear_form("x", J.subs(CURVATURE, 0)).dim > found.dim
    assert from_bilinear_form("x", CURVATURE * sp.eye(2), parameters=["curvature"]).parameters == ()


def test_hermitian_forms_take_parameters():
    found = from_hermitian_form("x", sp.diag(1, sp.Symbol("m")), parameters=["m"])
    assert found.dim == 4
    assert killing_signature(found.specialize("y", m=1)) == (0, 3, 1)
    assert killing_signature(found.specialize("y", m=-2)) == (2, 1, 1)


def test_complex_forms_have_complex_algebras():
    form = sp.Matrix([[1, sp.I], [sp.I, 2]])
    found = from_bilinear_form("x", sp.diag(form, 1), complex_coefficients=True)
    assert (found.dim, found.complex_coefficients) == (3, True)
    assert summary(found) == "over the complex numbers: simple of type A1, 3-dimensional"


@pytest.mark.parametrize("name", ["so3", "heisenberg1", "oscillator", "gl2", "se2"])
def test_structure_constants_of_a_complex_algebra(name):
    c = known(name).structure_constants
    found = from_structure_constants("x", c, complex_coefficients=True)
    assert found.complex_coefficients
    assert found.structure_constants == c
    turned = from_structure_constants("x", sp.I * c, complex_coefficients=True)
    assert turned.structure_constants == sp.I * c


def test_structure_constants_with_parameters():
    c = PLANE.structure_constants
    found = from_structure_constants("x", c, parameters=[CURVATURE])
    assert (found.structure_constants, found.parameters) == (c, PLANE.parameters)
    hbar = sp.Symbol("hbar", real=True)
    heisenberg = known("heisenberg1").structure_constants * hbar
    found = from_structure_constants("x", heisenberg, parameters=["hbar"])
    assert found.structure_constants == heisenberg


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: from_structure_constants("x", [[[0]]], parameters=["mu"]),
            "c does not hold the parameter mu; leave it out",
        ),
        (
            lambda: from_bilinear_form("x", sp.eye(2), parameters=["mu"]),
            "J does not hold the parameter mu; leave it out",
        ),
        (
            lambda: from_structure_constants("x", sp.I * SO3.structure_constants),
            "brackets of a real algebra are real, .*complex_coefficients=True",
        ),
        (lambda: from_bilinear_form("x", [[sp.I]]), "or complex_coefficients=True"),
        (
            lambda: semidirect_sum("x", SO3, [sp.Symbol("mu") * sp.eye(1)] * 3),
            "matrix 1 of the representation contains the free symbol mu, which is no parameter",
        ),
        (
            lambda: from_bilinear_form("x", [[sp.Symbol("mu")]]),
            r"free symbol mu; declare it with parameters=\[...\]",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()
