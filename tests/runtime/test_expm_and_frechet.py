"""The exponential and its Fréchet derivative together are what they are alone, with gradients."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from exact import close, exact_derivative, normal

from liealg import expm, expm_and_frechet, expm_frechet

MODES = {
    "eager": lambda function: function,
    "graph": tf.function,
    "xla": lambda function: tf.function(function, jit_compile=True),
}
by_mode = pytest.mark.parametrize("mode", MODES)


def pullback(A, E, G, H):
    """Both gradients of `Re<G, exp(A)> + Re<H, L(A, E)>`."""
    with tf.GradientTape() as tape:
        tape.watch([A, E])
        results = expm_and_frechet(A, E)
    return tape.gradient(results, [A, E], output_gradients=[G, H])


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_both_are_what_they_are_alone(mode, dtype):
    A, E = (3 * normal(2, 40, 3, 3)).astype(dtype)
    X, L = MODES[mode](expm_and_frechet)(A, E)
    tolerance = 16 * np.finfo(dtype).eps
    for both, one in ((X, expm(A)), (L, expm_frechet(A, E))):
        np.testing.assert_allclose(both, one, tolerance, tolerance * np.abs(one).max())


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64"])
def test_gradients(mode, dtype):
    A, E, G, H = normal(4, 3, 3, seed=3)
    if "complex" in dtype:
        A, E, G, H = np.array([A, E, G, H]) + 1j * normal(4, 3, 3, seed=4)
    A, E, G, H = (x.astype(dtype) for x in (A, E, G, H))
    A_bar, E_bar = MODES[mode](pullback)(*map(tf.constant, (A, E, G, H)))
    adjoint, direction = A.conj().T, E.conj().T
    exact = exact_derivative(adjoint, G) + exact_derivative(adjoint, direction, H)
    close(A_bar.numpy(), exact, dtype, A, 16)
    close(E_bar.numpy(), exact_derivative(adjoint, H), dtype, A, 16)


@by_mode
def test_one_of_the_two_is_enough_for_a_gradient(mode):
    A, E, H = (tf.constant(x) for x in normal(3, 4, 3, 3))

    @MODES[mode]
    def gradient(index):
        with tf.GradientTape() as tape:
            tape.watch(A)
            result = expm_and_frechet(A, E)[index]
        return tape.gradient(result, A, output_gradients=H)

    np.testing.assert_allclose(
        gradient(0), expm_frechet(tf.linalg.matrix_transpose(A), H), 1e-12, 1e-12
    )
    with tf.GradientTape() as tape:
        tape.watch(A)
        L = expm_frechet(A, E)
    np.testing.assert_allclose(gradient(1), tape.gradient(L, A, output_gradients=H), 1e-12, 1e-12)


@by_mode
def test_second_derivatives_and_forward_mode(mode):
    A, E, G, H = (tf.constant(x) for x in normal(4, 3, 2, 2))

    @MODES[mode]
    def hessian(A):
        with tf.GradientTape() as tape:
            tape.watch(A)
            A_bar, _ = pullback(A, E, G, H)
        return tape.gradient(A_bar, A, output_gradients=E)

    @MODES[mode]
    def pushforward(A):
        with tf.autodiff.ForwardAccumulator(A, G) as accumulator:
            results = expm_and_frechet(A, E)
        return accumulator.jvp(results)

    exact = [
        exact_derivative(a.T, e.T, g) + exact_derivative(a.T, e.T, e.T, h)
        for a, e, g, h in zip(*(x.numpy() for x in (A, E, G, H)), strict=True)
    ]
    for computed, expected, a in zip(hessian(A).numpy(), exact, A.numpy(), strict=True):
        close(computed, expected, "float64", a, 16)
    X_dot, L_dot = pushforward(A)
    np.testing.assert_allclose(X_dot, expm_frechet(A, G), 1e-12, 1e-12)
    exact = [exact_derivative(*triple) for triple in zip(*map(np.array, (A, E, G)), strict=True)]
    np.testing.assert_allclose(L_dot, np.array(exact, "float64"), 1e-11, 1e-11)


def test_batches_broadcast_and_shapes_are_kept():
    X, L = expm_and_frechet(normal(4, 1, 2, 2), normal(3, 2, 2))
    assert X.shape == L.shape == (4, 3, 2, 2)
    specs = [tf.TensorSpec([None, 2, 2], tf.bfloat16), tf.TensorSpec([2, 2], tf.bfloat16)]
    traced = tf.function(expm_and_frechet).get_concrete_function(*specs)
    assert [shape.as_list() for shape in traced.output_shapes] == [[None, 2, 2]] * 2
    assert traced.output_dtypes == (tf.bfloat16, tf.bfloat16)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="different sizes"):
        expm_and_frechet(tf.zeros([2, 2]), tf.zeros([3, 3]))
    with pytest.raises(TypeError, match="give both the same dtype"):
        expm_and_frechet(tf.zeros([2, 2]), tf.zeros([2, 2], tf.float64))
