"""Bases that hold parameters: definitions, structure and derived exponentials."""

import re
from pathlib import Path

import mpmath
import pytest
import sympy as sp
from exact_values import rational_coefficients, to_mpmath, with_coefficients
from samples import with_parameters

from liealg import LieAlgebra, MatrixBasis, exponential, known
from liealg.codegen.module import definition_hash
from liealg.structure import (
    center,
    derived_series,
    killing_form,
    killing_signature,
    root_system,
    summary,
)

KAPPA = sp.Symbol("kappa", real=True)
VALUES = [sp.Integer(-2), sp.Rational(-1, 10**6), sp.S.Zero, sp.Rational(1, 10**6), sp.Integer(1)]


def curved_plane():
    """The isometries of a plane of constant curvature, the rotation last."""
    return next(basis for basis in with_parameters() if basis.name == "curved_plane")


def at(basis, value, name="fixed"):
    return basis.specialize(name, **{symbol.name: value for symbol in basis.parameters})


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (1 / KAPPA, "no polynomial in kappa"),
        (sp.sqrt(KAPPA), "no polynomial in kappa"),
        (sp.sin(KAPPA), "no polynomial in kappa"),
        (KAPPA * sp.Symbol("mu"), "free symbol mu; declare it with parameters"),
        (sp.pi * KAPPA, "algebraic"),
        (sp.oo * KAPPA, "finite"),
        (sp.Symbol("kappa", imaginary=True), "a symbol that is not real, and parameters are real"),
    ],
)
def test_entries_are_polynomials_in_declared_parameters(entry, words):
    with pytest.raises(ValueError, match=rf"entry \(1, 1\) of matrix 1 .*{words}"):
        MatrixBasis("bad", [[[entry]]], parameters=["kappa"])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["theta1"], "taken by generated code, where it stands for the coefficients"),
        (["theta_1"], "taken by generated code, where it stands for the coefficients"),
        (["theta_9"], "stands for the coefficients of the basis; choose another"),
        (["alpha_1"], "stands for the coefficients"),
        (["beta_12"], "stands for the coefficients"),
        (["theta"], "stands for the coefficients"),
        (["x"], "where it is an argument of its functions"),
        (["s"], "a part of the formula of the exponential"),
        (["Delta"], "a part of the formula of the exponential"),
        (["E_1"], "an element of the basis"),
        (["exp11"], "an entry of a vector or matrix"),
        (["vee2"], "an entry of a vector or matrix"),
        (["mu_bar"], "a derivative"),
        (["hat"], "a function or a module"),
        (["lambda"], "word of Python"),
        (["max"], "word of Python"),
        (["a b"], "identifier"),
        (["kappa; import os"], "identifier"),
        ([3], "identifier"),
        (["kappa", "kappa"], "declared twice"),
        ([sp.Symbol("kappa", imaginary=True)], "a symbol that is not real, and parameters are"),
        ("kappa", "give a list"),
        (["mu"], "free symbol kappa"),
        (["kappa", "mu"], "no matrix of 'bad' holds the parameter mu"),
    ],
)
def test_names_of_parameters_are_checked(names, words):
    with pytest.raises(ValueError, match=words):
        MatrixBasis("bad", [[[KAPPA]]], parameters=names)


def test_the_guide_lists_the_names_that_parameters_cannot_have():
    guide = (Path(__file__).parents[1] / "docs" / "algebras.md").read_text()
    (listed,) = re.findall(r"These are taken by\nformulas.*?\n\n", guide, re.DOTALL)
    for name in re.findall(r"`(\w+)`", listed):
        with pytest.raises(ValueError, match="taken by generated code"):
            MatrixBasis("bad", [[[sp.Symbol(name)]]], parameters=[name])


@pytest.mark.parametrize("name", ["name", "self"])
def test_values_are_given_to_parameters_of_every_name(name):
    basis = MatrixBasis("one", [[[sp.Symbol(name)]]], parameters=[name])
    assert basis.specialize("two", **{name: 2}).matrices[0][0, 0] == 2


def test_a_symbol_of_the_name_is_the_parameter_whatever_it_is_assumed_to_be():
    entries = [sp.Symbol("kappa"), sp.Symbol("kappa", positive=True), KAPPA]
    assert len({MatrixBasis("one", [[[entry]]], parameters=["kappa"]) for entry in entries}) == 1


def test_matrices_are_independent_for_all_but_special_values():
    pair = MatrixBasis("pair", [[[1, KAPPA]] * 2, [[1, 1]] * 2], parameters=["kappa"])
    assert at(pair, 2).dim == 2
    with pytest.raises(ValueError, match="combination of those before it"):
        at(pair, 1)


def test_values_of_parameters_are_checked():
    with pytest.raises(ValueError, match="has no parameter 'mu'; its parameters: curvature"):
        curved_plane().specialize("bad", mu=1)
    with pytest.raises(ValueError, match="parameters are real numbers"):
        at(curved_plane(), sp.I)
    with pytest.raises(ValueError, match="algebraic"):
        at(curved_plane(), sp.pi)


def test_curvature_leads_from_rotations_through_motions_to_the_lorentz_group():
    """Ballesteros, Herranz, del Olmo and Santander, J. Phys. A 26, 1993: so(3), iso(2), so(2,1)."""
    plane = curved_plane()
    J, P1, P2 = sp.eye(3).tolist()
    curvature = plane.parameters[0]
    assert plane.bracket(J, P1) == tuple(P2)
    assert plane.bracket(P1, P2) == (curvature, 0, 0)
    for value, other in ((4, "so3"), (0, "se2"), (-3, "so21")):
        assert killing_signature(at(plane, value)) == killing_signature(known(other))
    # The Killing form of so(3) is -2 times the scalar product, and translations scale by it.
    assert killing_form(plane) == -2 * sp.diag(1, curvature, curvature)
    assert center(plane).dim == 0
    assert [term.dim for term in derived_series(plane)] == [3]
    assert [term.dim for term in derived_series(at(plane, 0))] == [3, 2, 0]


def test_the_sentence_tells_what_holds_for_all_but_special_values():
    words = {basis.name: summary(basis) for basis in with_parameters()}
    for_all = "for all but special values of"
    assert words["curved_plane"] == f"{for_all} curvature: semisimple, 3-dimensional"
    assert words["curved_space"] == f"{for_all} curvature: semisimple, 6-dimensional"
    assert words["cayley_klein"] == f"{for_all} kappa1, kappa2: semisimple, 3-dimensional"
    assert words["quantised"] == f"{for_all} hbar: nilpotent of class 2, 3-dimensional"
    assert words["detuned"].startswith(f"{for_all} curvature: a span of 2 matrices that does not")


def test_what_depends_on_the_value_says_so():
    for question in (killing_signature, root_system):
        with pytest.raises(
            ValueError, match=r"cannot be told while curvature is open; .*specialize"
        ):
            question(curved_plane())


@pytest.mark.parametrize("basis", with_parameters(), ids=repr)
def test_a_value_may_come_before_or_after_the_brackets(basis):
    if not isinstance(basis, LieAlgebra):
        return
    fixed = {symbol: sp.Rational(3, 7) for symbol in basis.parameters}
    assert basis.structure_constants.subs(fixed) == at(basis, sp.Rational(3, 7)).structure_constants


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("curved_plane", "closed form"),
        ("curved_space", "closed form"),
        ("cayley_klein", "closed form"),
        ("quantised", "polynomial"),
        ("detuned", "closed form"),
    ],
)
def test_kinds(name, kind):
    assert exponential(next(b for b in with_parameters() if b.name == name)).kind == kind


@pytest.mark.parametrize("value", VALUES, ids=str)
@pytest.mark.parametrize("basis", with_parameters(), ids=repr)
def test_formula_is_the_exponential_at_every_value(basis, value):
    formula = exponential(basis).matrix
    if formula is None:
        return
    fixed = dict.fromkeys(basis.parameters, value)
    theta = rational_coefficients(basis, sp.Integer(1))
    with mpmath.workdps(70):
        exact = mpmath.expm(to_mpmath(at(basis, value).element(theta)), method="taylor")
        found = to_mpmath(with_coefficients(formula, basis, theta).xreplace(fixed))
        assert mpmath.norm(found - exact) < mpmath.mpf(10) ** -50 * mpmath.norm(exact)


def test_definitions_with_other_parameters_have_other_hashes():
    plain = MatrixBasis("one", [[[1, 1], [0, 1]]])
    assert definition_hash(plain) != definition_hash(
        MatrixBasis("one", plain.matrices, complex_coefficients=True)
    )
    hashes = {
        definition_hash(MatrixBasis("one", [[[sp.Symbol(a) + sp.Symbol(b)]]], parameters=[a, b]))
        for a, b in (("mu", "nu"), ("nu", "mu"))
    }
    assert len(hashes) == 2
