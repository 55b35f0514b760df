"""Generated kernels and layers of large matrices: whatever is cheaper for the vectors at hand."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from kernels import generated

from liealg import MatrixBasis
from liealg.codegen.act_functions import ROWS_TO_MULTIPLY
from liealg.runtime import cheaper_to_multiply, expm

N = 48


@pytest.fixture(scope="module")
def module():
    """A span that has no closed form: two rotations that share an axis, and a long chain."""
    chain = sp.zeros(N, N)
    for i in range(N - 1):
        chain[i, i + 1], chain[i + 1, i] = 1 + i % 3, -1 - i % 2
    turn = sp.zeros(N, N)
    turn[0, N - 1], turn[N - 1, 0] = 1, -1
    (kernels,) = generated([MatrixBasis("chain_of_turns", [chain, turn])])
    return kernels.module


def test_the_generator_knows_the_size():
    assert cheaper_to_multiply(ROWS_TO_MULTIPLY, 1)
    assert not cheaper_to_multiply(ROWS_TO_MULTIPLY - 1, 1)


def pullback(function, theta, x):
    with tf.GradientTape() as tape:
        tape.watch([theta, x])
        y = function(theta, x)
    return [y, *tape.gradient(y, [theta, x], output_gradients=tf.cos(x))]


COMPILED = [tf.function(pullback, jit_compile=jit) for jit in (False, True)]


@pytest.mark.parametrize("batch", [(), (1,), (7,), (2, 3)])
@pytest.mark.parametrize("size", [0.1, 2.0])
def test_the_action_is_the_exponential_times_the_vector(module, batch, size):
    rng = np.random.default_rng(0)
    theta, x = size * tf.constant(rng.normal(size=2)), tf.constant(rng.normal(size=(*batch, N)))
    expected = pullback(lambda t, x: tf.linalg.matvec(expm(module.hat(t)), x), theta, x)
    for way in COMPILED:
        computed = way(module.act, theta, x)
        for ours, theirs in zip(computed, expected, strict=True):
            np.testing.assert_allclose(ours, theirs, 1e-10, 1e-10)


def test_the_layer_is_trained_with_one_vector_at_a_time(module):
    layer, x = module.ChainOfTurns(initializer="ones", dtype="float64"), tf.ones([1, N], tf.float64)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.sin(layer(x)))
    formed = tf.linalg.matvec(layer.matrix, x)
    np.testing.assert_allclose(layer(x), formed, 1e-10, 1e-10)
    assert np.all(np.isfinite(tape.gradient(loss, layer.a.value)))
    model = keras.Sequential([layer])
    np.testing.assert_allclose(model(x), formed, 1e-10, 1e-10)
