"""Complex algebras: coefficients that are complex numbers, never confused with real ones."""

import mpmath
import pytest
import sympy as sp
from exact_values import to_mpmath
from samples import with_complex_coefficients

from liealg import LieAlgebra, MatrixBasis, exponential, known
from liealg.constructors import realify
from liealg.structure import (
    center,
    derived_series,
    is_semisimple,
    killing_form,
    killing_signature,
    levi_decomposition,
    rank,
    root_system,
    simple_factors,
    summary,
)

PAULI = [[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]]


def complexified(name):
    return LieAlgebra("complexified", known(name).matrices, complex_coefficients=True)


def test_independence_is_over_the_numbers_that_are_coefficients():
    assert MatrixBasis("pair", [[[1]], [[1j]]]).dim == 2
    with pytest.raises(ValueError, match="combination of those before it with complex coeff"):
        MatrixBasis("pair", [[[1]], [[1j]]], complex_coefficients=True)


def test_closure_is_over_the_numbers_that_are_coefficients():
    """Pauli matrices close over the complex numbers, and with a factor i over the reals."""
    with pytest.raises(ValueError, match="does not close"):
        LieAlgebra("pauli", PAULI)
    assert LieAlgebra("pauli", PAULI, complex_coefficients=True).dim == 3
    assert MatrixBasis("pauli", PAULI).closure("sl2c").dim == 6
    assert MatrixBasis("two", PAULI[:2], complex_coefficients=True).closure("sl2c").dim == 3


def test_brackets_and_coordinates_may_be_complex():
    pauli = LieAlgebra("pauli", PAULI, complex_coefficients=True)
    assert pauli.bracket([1, 0, 0], [0, 1, 0]) == (0, 0, 2 * sp.I)
    assert pauli.vee([[sp.I, 0], [0, -sp.I]]) == (0, 0, sp.I)
    with pytest.raises(ValueError, match="not in the span"):
        known("su2").vee([[1, 0], [0, -1]])


def test_real_and_complex_coefficients_make_different_bases():
    real, complex_ = (
        known("sl2"),
        LieAlgebra("sl2", known("sl2").matrices, complex_coefficients=True),
    )
    assert real != complex_
    assert (real.is_complex, complex_.is_complex) == (False, True)
    assert "complex_coefficients=True" in repr(complex_)


def test_over_reals_is_the_algebra_seen_as_a_real_one():
    """sl(2, C) as a real algebra is so(3, 1): Helgason 1978, section X.6."""
    over_reals = complexified("sl2").over_reals
    assert over_reals.dim == 6
    (factor,) = simple_factors(over_reals)
    assert (factor.real_form, factor.is_complex) == ("sl(2, C)", True)
    assert killing_signature(over_reals) == (3, 3, 0)


def test_realify_takes_the_imaginary_multiples_along():
    real = realify("lorentz", complexified("sl2"))
    assert (real.dim, real.n, real.is_complex) == (6, 4, False)
    assert killing_signature(real) == (3, 3, 0)


@pytest.mark.parametrize(
    ("name", "type_", "rank_"),
    [
        ("su2", "A1", 1),
        ("su3", "A2", 2),
        ("so4", "A1 + A1", 2),
        ("so(3,2)", "B2", 2),
        ("g2", "G2", 2),
    ],
)
def test_root_systems_of_complexified_real_forms(name, type_, rank_):
    """A real form and its complexification have one root system: Humphreys 1972, section 8."""
    algebra = complexified(name)
    assert root_system(algebra).type == type_
    assert rank(algebra) == rank_
    assert is_semisimple(algebra)
    assert killing_form(algebra) == killing_form(known(name))


def test_levi_decomposition_of_a_complex_algebra():
    algebra = complexified("se3")
    assert levi_decomposition(algebra).levi.dim == 3
    assert [term.dim for term in derived_series(algebra)] == [6]
    assert center(complexified("gl2")).dim == 1


def test_the_sentence_needs_no_signs():
    over = "over the complex numbers:"
    assert summary(complexified("so(3,2)")) == f"{over} simple of type B2, 10-dimensional"
    assert summary(complexified("so4")) == f"{over} semisimple of type A1 + A1, 6-dimensional"
    assert summary(complexified("gl2")) == f"{over} reductive, 1-dimensional center, 4-dimensional"
    assert summary(complexified("se3")) == (
        f"{over} Levi factor of dimension 3, radical of dimension 3, 6-dimensional"
    )
    assert summary(complexified("se2")) == f"{over} solvable of derived length 2, 3-dimensional"
    span = MatrixBasis("span", PAULI[:2], complex_coefficients=True)
    assert summary(span) == f"{over} a span of 2 matrices that does not close under the bracket"


def test_signs_have_no_meaning():
    for question in (killing_signature, simple_factors):
        with pytest.raises(ValueError, match=r"complex coefficients.*over_reals"):
            question(complexified("sl2"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("complex_sl2", "closed form"),
        ("complex_heisenberg", "polynomial"),
        ("complex_so3", "closed form"),
        ("complex_span", "structured"),
    ],
)
def test_kinds(name, kind):
    basis = next(b for b in with_complex_coefficients() if b.name == name)
    assert exponential(basis).kind == kind


def test_polynomial_formula_and_its_derivative():
    basis = with_complex_coefficients()[1]
    derived, theta = exponential(basis), [sp.I / 3, 2 - sp.I, sp.Rational(1, 7)]
    values = dict(
        zip(
            basis.over_reals.symbols,
            [sp.re(t) for t in theta] + [sp.im(t) for t in theta],
            strict=True,
        )
    )
    with mpmath.workdps(70):
        A = to_mpmath(basis.element(theta))
        exact = mpmath.expm(A, method="taylor")
        assert (
            mpmath.norm(to_mpmath(derived.matrix.xreplace(values)) - exact) < mpmath.mpf(10) ** -50
        )
        for E, formula in zip(basis.matrices, derived.frechet, strict=True):
            block = mpmath.zeros(6)
            block[:3, :3], block[3:, 3:], block[:3, 3:] = A, A, to_mpmath(E)
            exact = mpmath.expm(block, method="taylor")[:3, 3:]
            assert mpmath.norm(to_mpmath(formula.xreplace(values)) - exact) < mpmath.mpf(10) ** -50
