"""Kernels under every transformation TensorFlow has, compared with the undecorated function."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
import tensorflow as tf
from checks import WAYS, close, gradient, hessian, nested, not_xla, ways
from kernels import kernels_at_run_time, light_cone

from liealg.derive import exponential
from liealg.generated import so3

BATCHES = [((), (4,)), ((4,), (4,)), ((2, 1), (3,)), ((3,), ())]
batches = pytest.mark.parametrize(("left", "right"), BATCHES, ids=str)


def plain_act(sample):
    return lambda theta, x: tf.linalg.matvec(sample.plain(theta), tf.cast(x, sample.scalar_type))


# Values


@ways
def test_exp(sample, way):
    theta = sample.theta(2, 3)
    close(way(sample.module.exp)(theta), tf.linalg.expm(sample.module.hat(theta)))


@ways
@batches
def test_act_broadcasts(sample, way, left, right):
    theta, x = sample.theta(*left), sample.x(*right)
    close(way(sample.module.act)(theta, x), plain_act(sample)(theta, x))


def test_vee_undoes_hat(sample):
    theta = sample.theta(5)
    close(sample.module.vee(sample.module.hat(theta)), theta)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16])
def test_half_precision_is_computed_in_float32(sample, dtype):
    theta = sample.theta(4, dtype=dtype)
    exact = sample.module.exp(tf.cast(theta, tf.float32))
    half = sample.module.exp(theta)
    assert half.dtype == (tf.complex64 if sample.layer.is_complex else dtype)
    close(tf.cast(half, exact.dtype), tf.cast(tf.cast(exact, half.dtype), exact.dtype), 0)
    (bar,) = gradient(sample.module.exp, theta)
    assert bar.dtype == dtype


# First derivatives


@ways
def test_gradient_of_exp(sample, way):
    theta = sample.theta(2, 3)
    job = way(lambda theta: gradient(sample.module.exp, theta))
    close(job(theta)[0], gradient(sample.plain, theta)[0])


@ways
def test_gradients_of_hat_and_vee(sample, way):
    theta = sample.theta(2, 3)
    A = sample.module.hat(sample.theta(3)) + tf.cast(
        0.1 * sample.x(3)[..., None], sample.scalar_type
    )
    for function, argument in ((sample.module.hat, theta), (sample.module.vee, A)):
        job = way(lambda argument, function=function: gradient(function, argument))
        close(job(argument)[0], gradient(inspect.unwrap(function), argument)[0])


@ways
@batches
def test_gradient_of_act(sample, way, left, right):
    theta, x = sample.theta(*left), sample.x(*right)
    job = way(lambda theta, x: gradient(sample.module.act, theta, x))
    for actual, expected in zip(job(theta, x), gradient(plain_act(sample), theta, x), strict=True):
        assert actual.dtype == expected.dtype
        close(actual, expected)


@ways
def test_forward_mode(sample, way):
    theta, tangent = sample.theta(3), sample.theta(2, 3)[0]

    def jvp(f, theta):
        with tf.autodiff.ForwardAccumulator(theta, tangent) as accumulator:
            y = f(theta)
        return accumulator.jvp(y)

    close(way(lambda t: jvp(sample.module.exp, t))(theta), jvp(sample.plain, theta))


@ways
def test_jacobian(sample, way):
    theta = sample.theta()

    def jacobian(f, theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            y = tf.math.real(f(theta))
        return tape.jacobian(y, theta)

    close(way(lambda t: jacobian(sample.module.exp, t))(theta), jacobian(sample.plain, theta))


@not_xla
def test_batch_jacobian(sample, way):
    theta = sample.theta(3)

    def jacobian(f, theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            y = tf.math.real(f(theta))
        return tape.batch_jacobian(y, theta)

    close(way(lambda t: jacobian(sample.module.exp, t))(theta), jacobian(sample.plain, theta))


# Higher derivatives


@ways
@pytest.mark.parametrize("order", [2, 3])
def test_nested_tapes(sample, way, order):
    theta = sample.theta()
    job = way(lambda theta: nested(sample.module.exp, theta, order))
    close(job(theta), nested(sample.plain, theta, order), 1e-11)


@pytest.mark.parametrize("order", [2, 3])
def test_tapes_outside_of_a_function(sample, order):
    theta = sample.theta()
    inside = tf.function(sample.module.exp)
    close(nested(inside, theta, order), nested(sample.plain, theta, order), 1e-11)


@not_xla
def test_hessian(sample, way):
    theta = sample.theta()
    close(way(lambda t: hessian(sample.module.exp, t))(theta), hessian(sample.plain, theta), 1e-11)


@not_xla
def test_hessian_vector_product_forward_over_reverse(sample, way):
    theta, tangent = sample.theta(3), sample.theta(2, 3)[0]

    def product(f, theta):
        with tf.autodiff.ForwardAccumulator(theta, tangent) as accumulator:
            (bar,) = gradient(f, theta)
        return accumulator.jvp(bar)

    close(way(lambda t: product(sample.module.exp, t))(theta), product(sample.plain, theta), 1e-11)


@not_xla
def test_second_derivatives_of_act(sample, way):
    theta, x = sample.theta(2), sample.x(2)

    def second(f, theta, x):
        with tf.GradientTape() as tape:
            tape.watch([theta, x])
            theta_bar, x_bar = gradient(f, theta, x)
            y = tf.reduce_sum(theta_bar**2) + tf.reduce_sum(x_bar**2)
        return tape.gradient(y, [theta, x])

    job = way(lambda theta, x: second(sample.module.act, theta, x))
    expected = second(plain_act(sample), theta, x)
    for actual, wanted in zip(job(theta, x), expected, strict=True):
        close(actual, wanted, 1e-10)


@not_xla
def test_no_nan_at_zero(sample, way):
    job = way(lambda theta: nested(sample.module.exp, theta, 3))
    assert np.isfinite(job(tf.zeros([sample.layer.dim], tf.float64))).all()


@ways
@pytest.mark.parametrize("name", ["sl2", "gl2", "so21"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_no_nan_on_the_light_cone(name, dtype, way):
    (sample,) = (kernels for kernels in kernels_at_run_time() if kernels.basis.name == name)
    theta = tf.constant(light_cone(name, np.random.default_rng(0))[0].astype(dtype))

    def derivatives(theta):
        return [nested(sample.module.exp, theta, order) for order in (1, 2, 3)]

    assert np.isfinite(way(derivatives)(theta)).all()
    assert np.isfinite(way(lambda t: hessian(sample.module.exp, t))(theta[:2])).all()


# Batches


@ways
def test_vectorized_map(sample, way, request):
    if way is WAYS["xla"] and exponential(sample.basis).kind in ("fallback", "structured"):
        reason = "TensorFlow cannot compile a vectorized loop whose length depends on data"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    theta = sample.theta(4)
    job = way(lambda theta: tf.vectorized_map(sample.module.exp, theta))
    close(job(theta), sample.plain(theta))


@not_xla
def test_gradient_of_vectorized_map(sample, way):
    theta = sample.theta(4)
    job = way(lambda t: gradient(lambda t: tf.vectorized_map(sample.module.exp, t), t))
    close(job(theta)[0], gradient(sample.plain, theta)[0])


def test_vectorized_map_of_gradient(sample):
    theta = sample.theta(4)
    per_element = tf.vectorized_map(lambda t: gradient(sample.module.exp, t)[0], theta)
    close(per_element, tf.stack([gradient(sample.plain, t)[0] for t in theta]))


@pytest.mark.parametrize("shape", [[None, 3], [None, None, 3], [2, None, 3], [None, None]])
def test_unknown_batch_size(shape):
    spec = tf.TensorSpec(shape, tf.float64)
    theta = tf.constant(np.random.default_rng(0).normal(size=[2] * (len(shape) - 1) + [3]))
    job = tf.function(lambda t: gradient(so3.exp, t), input_signature=[spec])
    close(job(theta)[0], gradient(so3.exp, theta)[0])
    both = tf.function(lambda t, x: gradient(so3.act, t, x), input_signature=[spec, spec])
    x = theta[:, :1] if len(shape) > 2 else theta[:1]
    for actual, expected in zip(both(theta, x), gradient(so3.act, theta, x), strict=True):
        close(actual, expected)


@not_xla
def test_empty_batch(sample, way):
    theta, x = sample.theta(0), sample.x(0)
    n, k = sample.layer.n, sample.layer.dim
    assert way(sample.module.exp)(theta).shape == [0, n, n]
    assert way(lambda t: gradient(sample.module.exp, t))(theta)[0].shape == [0, k]
    assert way(sample.module.act)(theta, x).shape == [0, n]
