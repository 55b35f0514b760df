"""Kernels with complex coefficients: values and gradients as TensorFlow defines them."""

from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks import close, gradient, hessian, ways
from kernels import derivative_tensor, kernels_with_complex_coefficients
from oracle import Truth

samples = pytest.mark.parametrize("sample", kernels_with_complex_coefficients(), ids=repr)


def plain(sample):
    """The exponential by TensorFlow, of the matrix put together from its basis."""
    matrices = np.array([np.array(E.tolist(), dtype=complex) for E in sample.basis.matrices])
    return lambda theta: tf.linalg.expm(tf.tensordot(theta, tf.constant(matrices), 1))


@ways
@samples
def test_exp(sample, way):
    theta = sample.theta(2, 3)
    close(way(sample.module.exp)(theta), plain(sample)(theta))


@ways
@samples
def test_gradient_of_exp(sample, way):
    theta = sample.theta(4)
    (bar,) = way(lambda t: gradient(sample.module.exp, t))(theta)
    assert bar.dtype == theta.dtype
    close(bar, gradient(plain(sample), theta)[0], 1e-9)


@ways
@samples
def test_act_and_its_gradient(sample, way):
    theta, x = sample.theta(4), sample.x(4)

    def matvec(theta, x):
        return tf.linalg.matvec(plain(sample)(theta), tf.cast(x, theta.dtype))

    close(way(sample.module.act)(theta, x), matvec(theta, x))
    found = way(lambda *a: gradient(sample.module.act, *a))(theta, x)
    for bar, expected in zip(found, gradient(matvec, theta, x), strict=True):
        close(bar, expected, 1e-9)


@samples
def test_vee_undoes_hat_and_projects(sample):
    theta = sample.theta(5)
    close(sample.module.vee(sample.module.hat(theta)), theta)
    rng = np.random.default_rng(4)
    n = sample.basis.n
    A = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    rows = np.array([np.array(E.tolist(), dtype=complex).ravel() for E in sample.basis.matrices])
    nearest, *_ = np.linalg.lstsq(rows.T, A.ravel(), rcond=None)
    close(sample.module.vee(A), nearest)
    (bar,) = gradient(sample.module.vee, tf.constant(A))
    weights = tf.constant(np.linalg.pinv(rows.T))
    expected = gradient(lambda A: tf.linalg.matvec(weights, tf.reshape(A, [-1])), tf.constant(A))
    close(bar, expected[0])


@samples
def test_real_coefficients_are_taken_for_complex_ones(sample):
    theta = sample.x(4)[..., :1] * tf.ones([sample.basis.dim], tf.float64)
    close(sample.module.exp(theta), sample.module.exp(tf.cast(theta, tf.complex128)))


@samples
def test_second_derivatives(sample):
    def parts(f):
        return lambda real: f(tf.complex(real[: sample.basis.dim], real[sample.basis.dim :]))

    theta = sample.theta()
    real = tf.concat([tf.math.real(theta), tf.math.imag(theta)], 0)
    found, expected = (hessian(parts(f), real) for f in (sample.module.exp, plain(sample)))
    close(found, expected, 1e-8)


@samples
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_values_and_gradients_meet_the_bar(sample, dtype):
    eps, n, k = np.finfo(dtype).eps, sample.basis.n, sample.basis.dim
    rng = np.random.default_rng(6)
    parts = (rng.normal(size=(12, 2 * k)) * np.logspace(-8, 0.7, 12)[:, None]).astype(dtype)

    def exp(real):
        return sample.module.exp(tf.complex(real[..., :k], real[..., k:]))

    value, derivative = tf.function(derivative_tensor(exp, n))(tf.constant(parts))
    for t, v, d in zip(parts, value.numpy(), derivative.numpy(), strict=True):
        truth = Truth(sample.basis.over_reals, t)
        assert truth.value_error(v) / eps <= 4
        assert truth.gradient_error(d) / eps <= 16


@samples
def test_layer_holds_real_and_imaginary_parts(sample, tmp_path):
    initializer = keras.initializers.RandomNormal(0.0, 0.3, seed=2)
    layer = sample.layer(initializer=initializer)
    model = keras.Sequential([keras.Input([sample.basis.n]), layer])
    x = sample.x(6, dtype=tf.float32)
    assert layer.a.shape == (2, sample.basis.dim)
    assert model(x).dtype == tf.complex64
    close(model(x), sample.module.act(tf.complex(*tf.unstack(layer.a.value)), x), 1e-5)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.math.abs(model(x)) ** 2)
    bar = tape.gradient(y, layer.a.value)
    assert bar.shape == layer.a.shape
    assert np.all(np.isfinite(bar))
    model.save(tmp_path / "model.keras")
    close(keras.saving.load_model(tmp_path / "model.keras")(x), model(x), 1e-6)
