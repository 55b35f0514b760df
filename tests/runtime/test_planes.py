"""Kernels entry by entry in planes: XLA computes the same as without, wherever it may differ."""

import numpy as np
import pytest
import tensorflow as tf
from checks import close, loss

from liealg.runtime import matrix, matrix_entries, vector, vector_entries, with_vjp


def _squares_vjp(theta, cotangent):
    a, b, _ = vector_entries(theta)
    (g11, g12), (_, g22) = matrix_entries(cotangent)
    return vector([2 * a * g11 + b * g12, a * g12 + 2 * b * g22, tf.zeros_like(a)])


def squares(planes):
    @with_vjp(_squares_vjp, shapes=[[3]], planes=planes)
    def squares(theta):
        a, b, _ = vector_entries(theta)
        return matrix([[a * a, a * b], [3, b * b]])

    return squares


IN_PLANES, PLAIN = squares(True), squares(False)


def random(*shape):
    return tf.constant(np.random.default_rng(0).normal(size=shape))


def compiled(function, *arguments):
    return tf.function(function, jit_compile=True)(*arguments)


def gradient(function, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        value = loss(function(theta))
    return tape.gradient(value, theta)


def second(function, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        along = tf.reduce_sum(gradient(function, theta) * theta)
    return tape.gradient(along, theta)


def hessian(function, theta):
    with tf.GradientTape() as tape:
        tape.watch(theta)
        first = gradient(function, theta)
    return tape.jacobian(first, theta)


def pushed(function, theta):
    with tf.autodiff.ForwardAccumulator(theta, tf.ones_like(theta)) as accumulator:
        value = function(theta)
    return accumulator.jvp(value)


def vectorized(function, theta):
    return tf.vectorized_map(lambda part: gradient(function, part), theta)


def loops(function, *arguments):
    concrete = tf.function(function, jit_compile=True).get_concrete_function(*arguments)
    return [op for op in concrete.graph.get_operations() if op.type.endswith("While")]


def value(function, theta):
    return function(theta)


@pytest.mark.parametrize("job", [value, gradient, second, hessian, pushed, vectorized])
@pytest.mark.parametrize("batch", [(4,), (2, 3)], ids=str)
def test_planes_change_nothing(job, batch):
    theta = random(*batch, 3)
    close(compiled(lambda t: job(IN_PLANES, t), theta), job(PLAIN, theta))


def test_an_unknown_batch():
    spec = [tf.TensorSpec([None, 3], tf.float64)]
    job = tf.function(lambda t: gradient(IN_PLANES, t), input_signature=spec, jit_compile=True)
    for batch in (0, 1, 5):
        close(job(random(batch, 3)), gradient(PLAIN, random(batch, 3)))


def test_bad_elements_spoil_no_others():
    theta = random(3, 3).numpy()
    theta[0] = np.nan
    theta[1, 0] = np.inf
    value = compiled(IN_PLANES, theta)
    np.testing.assert_array_equal(value, PLAIN(theta))


@pytest.mark.skipif(bool(tf.config.list_physical_devices("GPU")), reason="no planes on a GPU")
def test_planes_are_used_where_asked_for_and_xla_compiles():
    theta = random(4, 3)
    assert loops(IN_PLANES, theta)
    assert not loops(IN_PLANES, theta[0])
    assert not loops(PLAIN, theta)
    graph = tf.function(IN_PLANES).get_concrete_function(theta).graph
    assert not [op for op in graph.get_operations() if op.type.endswith("While")]
