"""Matrices with zero rows, exponentiated without them: the same numbers, and all derivatives."""

from __future__ import annotations

import functools
import inspect

import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from exact import close, exact_derivative, normal
from kernels import generated
from samples import GENERAL

from liealg import MatrixBasis, expm

MODES = {
    "eager": lambda function: function,
    "graph": tf.function,
    "xla": lambda function: tf.function(function, jit_compile=True),
}
by_mode = pytest.mark.parametrize("mode", MODES)


def affine(n, zero_rows, dtype="float64", batch=20):
    A = normal(batch, n, n, seed=n)
    if "complex" in dtype:
        A = A + 1j * normal(batch, n, n, seed=n + 1)
    A[:, n - zero_rows :] = 0
    return A.astype(dtype)


def nested(function, A, cotangents):
    """The value, and derivatives of one order after the other, along the cotangents."""
    if not cotangents:
        return [function(A)]
    with tf.GradientTape() as tape:
        tape.watch(A)
        results = nested(function, A, cotangents[:-1])
    return [*results, tape.gradient(results[-1], A, output_gradients=cotangents[-1])]


@by_mode
@pytest.mark.parametrize(
    ("n", "zero_rows", "dtype"),
    [(2, 1, "float64"), (4, 1, "float32"), (5, 3, "complex64"), (10, 1, "float64")],
)
def test_value_and_gradient_at_fifty_digits(mode, n, zero_rows, dtype):
    A = affine(n, zero_rows, dtype)
    G = normal(n, n).astype(dtype)

    @MODES[mode]
    def both(A):
        with tf.GradientTape() as tape:
            tape.watch(A)
            X = expm(A, zero_rows=zero_rows)
        return X, tape.gradient(X, A, output_gradients=tf.broadcast_to(G, tf.shape(X)))

    X, gradient = (x.numpy() for x in both(tf.constant(A)))
    for a, value, cotangent in zip(A[:2], X, gradient, strict=False):
        close(value, exact_derivative(a), dtype, a, 4)
        exact = exact_derivative(a.conj().T, G)
        exact[n - zero_rows :] = 0
        close(cotangent, exact, dtype, a, 16)
    units = np.eye(n)[n - zero_rows :]
    np.testing.assert_array_equal(X[:, n - zero_rows :], np.broadcast_to(units, (20, *units.shape)))


@by_mode
@pytest.mark.parametrize(("n", "zero_rows"), [(4, 2)])
def test_derivatives_of_order_three_are_those_without_the_structure(mode, n, zero_rows):
    A = tf.constant(affine(n, zero_rows))
    cotangents = [tf.constant(normal(20, n, n, seed=seed)) for seed in range(3)]
    mask = tf.constant(np.repeat(np.arange(n) < n - zero_rows, n).reshape(n, n), A.dtype)
    known = functools.partial(expm, zero_rows=zero_rows)
    expected = nested(lambda A: expm(mask * A), A, cotangents)
    computed = MODES[mode](lambda: nested(known, A, cotangents))()
    for order, (x, y) in enumerate(zip(computed, expected, strict=True)):
        np.testing.assert_allclose(x, y, 1e-12, 1e-12 * np.abs(y).max(), err_msg=str(order))


@by_mode
def test_forward_mode(mode):
    A, E = tf.constant(affine(4, 1)), tf.constant(affine(4, 1)[::-1])

    def pushforward(function):
        with tf.autodiff.ForwardAccumulator(A, E) as accumulator:
            X = function(A)
        return accumulator.jvp(X)

    known = MODES[mode](lambda: pushforward(lambda A: expm(A, zero_rows=1)))()
    np.testing.assert_allclose(known, pushforward(expm), 1e-12, 1e-12)


@by_mode
@pytest.mark.parametrize("size", [1e-8, 1.0, 50.0, 1e4])
def test_all_norms_as_accurate_as_whole_matrices(mode, size):
    """Rigid motions: a rotation of this angle, and a long way."""
    A = affine(4, 1, "float32")
    A[:, :3, :3] -= np.swapaxes(A[:, :3, :3], 1, 2)
    A[:, :3, :3] *= size / np.linalg.norm(A[:, :3, :3], 2, (1, 2), keepdims=True)
    X = MODES[mode](lambda A: expm(A, zero_rows=1))(A).numpy()
    for a, value in zip(A[:3], X, strict=False):
        close(value, exact_derivative(a), "float32", a, 4)


def test_bad_neighbours_spoil_no_other_and_nothing_is_read_of_zero_rows():
    A = affine(4, 1)
    bad = A.copy()
    bad[1, 0, 0], bad[2, 1, 3], bad[:, 3] = np.nan, np.inf, np.nan
    X = expm(bad, zero_rows=1).numpy()
    np.testing.assert_array_equal(
        np.delete(X, [1, 2], 0), np.delete(expm(A, zero_rows=1), [1, 2], 0)
    )
    assert np.isnan(X[1:3, :3]).any((1, 2)).all()


def test_vectorized_map_and_gradient():
    A = tf.constant(affine(4, 1))
    known = functools.partial(expm, zero_rows=1)
    np.testing.assert_allclose(tf.vectorized_map(known, A), expm(A), 1e-12, 1e-12)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(A)
        X, mapped = known(A), tf.vectorized_map(known, A)
    gradient = tape.gradient(X, A, output_gradients=A)
    mapped = tape.gradient(mapped, A, output_gradients=A)
    np.testing.assert_allclose(gradient, mapped, 1e-12, 1e-12)


@pytest.mark.parametrize("zero_rows", [-1, 3])
def test_one_row_must_be_left(zero_rows):
    with pytest.raises(ValueError, match="must keep at least one other row"):
        expm(tf.zeros([3, 3]), zero_rows=zero_rows)


@by_mode
def test_sizes_known_at_run_time_only(mode):
    A = affine(4, 1)
    spec = tf.TensorSpec([None, None, None], tf.float64)
    known = MODES[mode](functools.partial(expm, zero_rows=1))
    if mode != "eager":
        known = tf.function(
            functools.partial(expm, zero_rows=1), input_signature=[spec], jit_compile=mode == "xla"
        )
    np.testing.assert_allclose(known(A), expm(A), 1e-12, 1e-12)


def test_kernels_of_affine_algebras_do_without_the_last_row():
    affine = [sp.diag(E, 0) for E in GENERAL.matrices]
    affine.append(sp.Matrix(11, 11, lambda i, j: int((i, j) == (2, 10))))
    (kernels,) = generated([MatrixBasis("affine_in_ten_dimensions", affine)])
    assert "expm(hat(theta), zero_rows=1)" in inspect.getsource(kernels.module)
    theta = kernels.theta(20)
    np.testing.assert_allclose(kernels.module.exp(theta), expm(kernels.module.hat(theta)), 1e-12)
