"""The ways TensorFlow runs and differentiates a function, and what results are compared by."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf

WAYS = {
    "eager": lambda f: f,
    "graph": lambda f: tf.function(f),
    "xla": lambda f: tf.function(f, jit_compile=True),
}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
not_xla = pytest.mark.parametrize("way", [WAYS["eager"], WAYS["graph"]], ids=["eager", "graph"])


def close(actual, expected, tolerance=1e-12):
    expected = np.asarray(expected)
    assert np.asarray(actual).shape == expected.shape
    np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


def loss(y):
    """A real function of a group element or a vector, with no symmetry that would hide an error."""
    real, imaginary = tf.math.real(y), tf.math.imag(y)
    # Weights such as 1, 2, 3, ... would make the squares of a rotation matrix add up to a constant.
    weights = tf.sin(tf.cast(tf.range(1, tf.size(y) + 1), real.dtype))
    return tf.reduce_sum(tf.reshape(weights, tf.shape(y)) * (tf.square(real) + real - imaginary))


def gradient(f, *arguments):
    with tf.GradientTape() as tape:
        tape.watch(arguments)
        y = loss(f(*arguments))
    return tape.gradient(y, arguments)


def nested(f, theta, order):
    """`loss(f(theta))` differentiated along one direction per order, by tapes inside tapes."""
    if order == 0:
        return loss(f(theta))
    with tf.GradientTape() as tape:
        tape.watch(theta)
        inner = nested(f, theta, order - 1)
    direction = tf.cast(tf.range(1, theta.shape[-1] + 1) * order, theta.dtype)
    return tf.reduce_sum(tape.gradient(inner, theta) * direction)


def hessian(f, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        (bar,) = gradient(f, theta)
    return tape.jacobian(bar, theta)
