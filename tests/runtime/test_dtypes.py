"""Real numbers among complex ones: the right gradient, and no warning that a part of it is lost."""

import importlib

import keras
import numpy as np
import pytest
import tensorflow as tf

from liealg import expm_multiply
from liealg.generated.su2 import SU2
from liealg.runtime.dtypes import complex_dtype, converted
from liealg.runtime.matrix_product import matrix_product, scaled


@pytest.fixture(autouse=True)
def no_warning(caplog):
    yield
    assert not [x.message for x in caplog.get_records("call") if "imaginary" in x.message]


def gradient(function, x):
    """By the real tensor `x`, of the sum of squared moduli of what is beyond 2."""
    with tf.GradientTape() as tape:
        tape.watch(x)
        loss = tf.reduce_sum(tf.square(tf.abs(function(x) - 2)))
    return tape.gradient(loss, x)


def by_differences(function, x, step=1e-6):
    def loss(x):
        return np.sum(np.abs(function(tf.constant(x)).numpy() - 2) ** 2)

    moves = step * np.eye(x.shape.num_elements()).reshape([-1, *x.shape])
    return [(loss(x.numpy() + h) - loss(x.numpy() - h)) / (2 * step) for h in moves]


MATRIX = tf.constant([[0, 1j], [0.5 + 1j, 2]], tf.complex128)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: converted(x, tf.complex128) * 1j,
        lambda x: matrix_product(MATRIX, x),
        lambda x: matrix_product(x, MATRIX, less_identity=True),
        lambda x: scaled(MATRIX, x[0, :1]),
        lambda x: scaled(MATRIX, x[0, :1], less_identity=True),
        lambda x: expm_multiply(MATRIX, x),
    ],
)
def test_gradients_by_real_numbers_are_real_parts(function):
    x = tf.constant([[0.3, -0.7], [1.1, 0.2]], tf.float64)
    expected = np.reshape(by_differences(function, x), x.shape)
    np.testing.assert_allclose(gradient(function, x), expected, atol=1e-7)
    np.testing.assert_allclose(tf.function(gradient)(function, x), expected, atol=1e-7)


@pytest.mark.parametrize("name", ["su2", "spin1"])
def test_complex_matrices_act_on_real_vectors(name):
    module = importlib.import_module(f"liealg.generated.{name}")
    theta = tf.constant([0.3, 0.5, -0.2], tf.float64)
    x = tf.constant([0.3, -0.7, 1.1][: module.exp(theta).shape[-1]], tf.float64)

    def function(x):
        return module.act(theta, x)

    np.testing.assert_allclose(gradient(function, x), by_differences(function, x), atol=1e-7)


def test_a_complex_layer_stands_behind_a_real_one():
    x = keras.Input([3])
    model = keras.Model(x, SU2()(keras.layers.Dense(2)(x)))
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(tf.abs(model(tf.ones([4, 3])) - 1)))
    gradients = tape.gradient(loss, model.trainable_variables)
    assert all(np.any(g) and not g.dtype.is_complex for g in gradients)


@pytest.mark.parametrize("dtype", [tf.float16, tf.float32, tf.float64, tf.complex64, tf.complex128])
def test_precision_is_kept(dtype):
    x = converted(tf.constant([0, 1], dtype), complex_dtype(dtype))
    assert x.dtype == (tf.complex128 if dtype.real_dtype == tf.float64 else tf.complex64)
    assert x.numpy().tolist() == [0, 1]
