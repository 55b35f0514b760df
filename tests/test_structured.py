"""Derivation of exponentials modulo the minimal polynomial: what is claimed, and what is not."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.derive.blocks import split
from liealg.derive.form import MatrixForm, Refusal
from liealg.derive.structured import derive

EXPECTED = {
    "sl3": {"degree": 3, "traceless": True},
    "gl3": {"degree": 3},
    "su3": {"degree": 3, "traceless": True},
    "u3": {"degree": 3},
    "sl4": {"degree": 4, "traceless": True},
    "gl4": {"degree": 4},
    "su4": {"degree": 4, "traceless": True},
    "so6": {"degree": 6, "parity": "even"},
    "so7": {"degree": 7, "parity": "odd"},
    "so8": {"degree": 8, "parity": "even"},
    "so(4,3)": {"degree": 7, "parity": "odd"},
    "sp6": {"degree": 6, "parity": "even"},
    "sp8": {"degree": 8, "parity": "even"},
    "g2": {"degree": 7, "parity": "odd"},
    "aff2": {"degree": 2, "zero_rows": 1},
    "aff3": {"degree": 3, "zero_rows": 1},
    "sim2": {"degree": 2, "zero_rows": 1},
    "sim3": {"degree": 3, "zero_rows": 1},
}


def derived(matrices) -> MatrixForm | Refusal:
    (block,) = split(MatrixBasis("sample", matrices))
    return derive(block)


def conjugates(matrices, seed=1):
    """The matrices in random rational coordinates."""
    rng, n = np.random.default_rng(seed), matrices[0].rows
    P = sp.zeros(n)
    while P.det() == 0:
        P = sp.Matrix(n, n, lambda *_: sp.Rational(*map(int, rng.integers([-3, 1], [4, 4]))))
    inverse = P.inv()
    return [P * E * inverse for E in matrices]


def adjoint(name):
    """The matrices of the adjoint representation."""
    algebra = known(name)
    stacked = sp.Matrix.hstack(*(E.reshape(algebra.n**2, 1) for E in algebra.matrices))
    left = (stacked.T * stacked).inv() * stacked.T
    listed = []
    for X in algebra.matrices:
        brackets = [(X * Y - Y * X).reshape(algebra.n**2, 1) for Y in algebra.matrices]
        listed.append(left * sp.Matrix.hstack(*brackets))
    return listed


@pytest.mark.parametrize("name", EXPECTED)
def test_structure_of_algebras(name):
    form = derived(known(name).matrices)
    assert isinstance(form, MatrixForm)
    assert (form.kind, form.function) == ("structured", "expm_structured")
    assert form.keywords == EXPECTED[name]
    assert form.certificate
    assert all(fact.claim and fact.proof for fact in form.certificate)


@pytest.mark.parametrize("name", ["gl3", "su3", "so6", "so7", "sp6", "g2"])
def test_structure_does_not_depend_on_coordinates(name):
    assert derived(conjugates(known(name).matrices)).keywords == EXPECTED[name]


def test_affine_algebras_in_other_coordinates_have_no_zero_row():
    assert derived(conjugates(known("aff2").matrices)).keywords == {"degree": 3}


def test_degree_less_than_the_size_is_proved():
    form = derived(adjoint("sl3"))
    assert form.keywords == {"degree": 7, "parity": "odd"}
    assert "Schwartz" in form.certificate[0].proof


def test_repeated_roots_are_counted():
    doubled = [sp.kronecker_product(E, sp.eye(2)) for E in known("gl3").matrices]
    form = derived(conjugates(doubled))
    assert form.keywords == {"degree": 3, "multiplicity": 2}


def test_roots_of_different_multiplicity_are_refused():
    """A block of gl(2) twice and one of gl(2) once: no trace tells which is which."""
    units = [sp.Matrix(2, 2, lambda i, j, k=k: int(2 * i + j == k)) for k in range(4)]
    zero = sp.zeros(2)
    matrices = [sp.diag(E, E, zero) for E in units] + [sp.diag(zero, zero, E) for E in units]
    refusal = derived(conjugates(matrices))
    assert isinstance(refusal, Refusal)
    assert "traces" in refusal.reason


def test_parity_of_a_single_element_is_not_that_of_all():
    """Traceless 2 x 2 matrices are even; one more direction, and they are not."""
    assert derived(known("sl2").matrices).keywords == {"degree": 2, "parity": "even"}
    assert derived(known("gl2").matrices).keywords == {"degree": 2}
    assert "parity" not in derived(known("sl4").matrices).keywords


def test_large_degrees_are_refused():
    refusal = derived(known("so(10)").matrices)
    assert isinstance(refusal, Refusal)
    assert "degree 10" in refusal.reason


def test_scalar_matrices_are_refused():
    assert isinstance(derived([[[2]]]), Refusal)


def test_parameters_leave_the_characteristic_polynomial():
    kappa = sp.Symbol("kappa", real=True)
    basis = MatrixBasis("curved", [[[0, -kappa], [1, 0]], [[1, 0], [0, 1]]], parameters=[kappa])
    (block,) = split(basis)
    assert derive(block).keywords == {"degree": 2}


def test_formula_is_the_one_that_is_computed():
    """The lines of the formula, evaluated at a point."""
    form = derived(known("so6").matrices)
    assert form.formula == (
        "exp(A) = r0 I + r1 A + ... + r5 A^5",
        "r = exp(lambda) mod m(lambda)",
        "m = lambda^6 - e_1 lambda^4 + e_2 lambda^2 - e_3",
        "k e_k = sum_(i=1..k) (-1)^(i-1) e_(k-i) p_i, e_0 = 1, p_i = tr(A^(2 i))/2",
    )
    A = form.block.at(tuple(range(-7, 8))).to_Matrix()
    p = [0, *(sp.Rational((A ** (2 * i)).trace(), 2) for i in (1, 2, 3))]
    e = [sp.S.One]
    for k in (1, 2, 3):
        e.append(sum((-1) ** (i - 1) * e[k - i] * p[i] for i in range(1, k + 1)) / k)
    assert (A**6 - e[1] * A**4 + e[2] * A**2 - e[3] * sp.eye(6)).is_zero_matrix
