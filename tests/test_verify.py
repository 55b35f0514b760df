"""Errors as ``liealg verify`` measures them, against another truth, and of bad kernels."""

import numpy as np
import pytest
import scipy.linalg
import sympy as sp
import tensorflow as tf
from kernels import all_kernels, catalogue_kernels
from oracle import Truth
from samples import with_complex_coefficients, with_parameters
from typer.testing import CliRunner

from liealg import MatrixBasis, exponential, known
from liealg.codegen import generate
from liealg.codegen.cli import app
from liealg.codegen.measured import errors_of
from liealg.codegen.module import module_source
from liealg.codegen.verify import BOUNDS
from liealg.verify import measure, standard_elements, truth
from liealg.verify.errors import _condition
from liealg.verify.operations import operations

SKEWED = MatrixBasis("skewed", [[[1, sp.sqrt(2)], [3, sp.Rational(1, 3)]], [[0, 1], [5, -1]]])


@pytest.mark.parametrize("name", ["so3", "se3", "su2", "sp4"])
def test_the_truth_is_that_of_the_other_oracle(name):
    basis = known(name)
    rng = np.random.default_rng(0)
    for scale in (1e-8, 1.0, 10.0):
        theta = scale * rng.normal(size=basis.dim)
        ours, other = truth(basis, theta), Truth(basis, theta)
        n = basis.n
        np.testing.assert_allclose(ours.value.real, other.value[:n, :n], rtol=1e-15, atol=1e-300)
        np.testing.assert_allclose(
            ours.derivative.real, other.derivative[:, :n, :n], rtol=1e-15, atol=1e-300
        )


def test_irrational_entries_are_exact_to_the_last_bit():
    ours = truth(SKEWED, [0.25, -1.5])
    other = Truth(SKEWED, [0.25, -1.5])
    assert np.array_equal(ours.value, other.value)
    assert np.array_equal(ours.derivative, other.derivative)


def test_a_truth_without_enough_digits_is_refused():
    with pytest.raises(ArithmeticError, match="too large"):
        truth(known("so2"), [1e60])


def test_the_condition_is_that_of_scipy():
    basis = known("se3")
    matrices = np.array([np.array(E.tolist(), float) for E in basis.matrices])
    theta = np.array([1.0, 2.0, 3.0, 40.0, 5.0, 6.0])
    A = np.tensordot(theta, matrices, 1)
    sizes = np.linalg.norm(matrices, 2, axis=(1, 2))
    spread = np.sum(theta * sizes) / np.linalg.norm(A, 2)
    expected = scipy.linalg.expm_cond(A) * spread
    assert abs(_condition(theta, matrices, sizes) - expected) < 1e-9 * expected


def test_standard_elements_hold_the_degenerate_ones():
    sl2 = known("sl2")
    theta = standard_elements(sl2)
    assert not theta[0].any()
    assert np.array_equal(theta[1:4] != 0, np.eye(3, dtype=bool))
    A = np.tensordot(theta, np.array([np.array(E.tolist(), float) for E in sl2.matrices]), 1)
    norms = np.linalg.norm(A, 2, axis=(1, 2))
    assert norms[norms > 0].min() < 1e-6
    assert 25 < norms.max() < 51
    determinants = np.array([float(np.linalg.det(a)) for a in A[1:]])
    assert np.sum(np.abs(determinants) < 1e-12 * norms[1:] ** 2) > 4  # nilpotent
    assert np.array_equal(theta, standard_elements(sl2))


@pytest.mark.parametrize("kernels", all_kernels(), ids=repr)
def test_the_catalogue_is_within_its_bounds(kernels):
    theta = standard_elements(kernels.basis, count=16)
    value, gradient = BOUNDS[exponential(kernels.basis).kind]
    for dtype in ("float32", "float64"):
        errors = measure(kernels.basis, kernels.module.exp, theta, dtype)
        assert errors.value.error < value
        assert errors.gradient.error < gradient


@pytest.mark.parametrize("kernels", all_kernels(), ids=repr)
def test_the_gradient_takes_at_most_four_times_the_operations(kernels):
    forward, backward = operations(kernels.module.exp, kernels.basis.dim)
    assert backward <= 4 * forward


def test_operations_are_counted_through_calls_and_once_in_a_loop():
    def exp(theta):
        column = tf.function(lambda x: tf.cos(x) + 1)(theta[..., None])
        one = tf.ones([1, 1, 1], theta.dtype)
        return tf.while_loop(lambda i, _: i < 7, lambda i, x: (i + 1, x @ one), (0, column))[1]

    forward, _ = operations(exp, 1)
    assert forward == 20 + 1 + 2


def test_a_wrong_digit_shows():
    so3 = next(k for k in catalogue_kernels() if k.basis.name == "so3")
    theta = standard_elements(so3.basis, count=12)

    def off(theta):
        return so3.module.exp(theta) * (1 + 1e-5)

    assert measure(so3.basis, off, theta, "float32").value.error > 50

    @tf.custom_gradient
    def off_in_the_gradient(theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = so3.module.exp(theta)
        return value, lambda g: tf.reduce_sum(theta * 0, -1, keepdims=True) + tf.ones_like(theta)

    errors = measure(so3.basis, off_in_the_gradient, theta, "float64")
    assert errors.value.error < 4
    assert errors.gradient.error > 1e9


def test_nan_is_an_infinite_error():
    so2 = known("so2")
    errors = measure(so2, lambda t: t[..., None] * np.nan * tf.eye(2), np.ones((1, 1)), "float32")
    assert errors.value.error == np.inf


@pytest.mark.parametrize(
    "basis", [*with_parameters()[:3], *with_complex_coefficients()], ids=lambda basis: basis.name
)
def test_parameters_and_complex_coefficients_are_measured(basis):
    for errors in errors_of(basis, module_source(basis), count=8):
        assert 0 <= errors.value.error < BOUNDS["closed form"][0]
        assert 0 <= errors.gradient.error < BOUNDS["closed form"][1]


def test_generate_writes_the_figures_and_check_leaves_them_alone(tmp_path):
    (path,) = generate([known("so2")], tmp_path)
    text = path.read_text()
    assert "Errors measured at" in text
    (again,) = generate([known("so2")], tmp_path)
    assert again.read_text() == text
    (plain,) = generate([known("so2")], tmp_path, measured=False)
    assert "Errors measured" not in plain.read_text()


def test_verify_prints_a_table(tmp_path):
    (tmp_path / "mine.py").write_text(
        "from liealg import MatrixBasis\n"
        "shear = MatrixBasis('shear', [[[0, 1], [0, 0]], [[1, 0], [0, -1]]])\n"
    )
    result = CliRunner().invoke(app, ["verify", f"{tmp_path}/mine.py:shear", "--elements", "6"])
    assert result.exit_code == 0
    assert "float64" in result.stdout
    assert "shear" in result.stdout


def test_verify_fails_beyond_the_bounds(monkeypatch):
    monkeypatch.setitem(BOUNDS, "closed form", (0.0, 0.0))
    result = CliRunner().invoke(app, ["verify", "so2", "--elements", "6"])
    assert result.exit_code == 1
    assert "larger than the bounds of its kind: so2" in result.stderr
