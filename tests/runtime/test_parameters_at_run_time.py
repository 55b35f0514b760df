"""Kernels that take parameters: values and gradients in them, through every limit value."""

from __future__ import annotations

import importlib

import keras
import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from checks import close, loss, ways
from kernels import kernels_with_parameters
from oracle import Truth

from liealg import MatrixBasis
from liealg.codegen import generate
from liealg.generated import so3

SAMPLES = kernels_with_parameters()
samples = pytest.mark.parametrize("sample", SAMPLES, ids=repr)
VALUES = [-1.0, -1e-3, -1e-8, 0.0, 1e-8, 1e-3, 1.0, 2.5]


def named(name):
    return next(sample for sample in SAMPLES if sample.basis.name == name)


def plain(sample):
    """The exponential by TensorFlow, of the matrix that ``hat`` makes."""
    return lambda theta, *parameters: tf.linalg.expm(sample.module.hat(theta, *parameters))


def gradients(f, arguments):
    with tf.GradientTape() as tape:
        tape.watch(arguments)
        y = loss(f(*arguments))
    return tape.gradient(y, arguments)


@samples
def test_hat_is_the_element(sample):
    theta, parameters = sample.theta(), sample.parameters()
    fixed = {
        symbol.name: sp.Rational(str(float(value)))
        for symbol, value in zip(sample.basis.parameters, parameters, strict=True)
    }
    basis = sample.basis.specialize("fixed", **fixed)
    exact = basis.element([sp.Rational(str(float(t))) for t in theta]).evalf(30)
    close(sample.module.hat(theta, *parameters), np.array(exact.tolist(), dtype=complex), 1e-14)


@samples
def test_vee_undoes_hat_and_is_differentiated(sample):
    theta, parameters = sample.theta(5), sample.parameters(5)
    close(sample.module.vee(sample.module.hat(theta, *parameters), *parameters), theta)
    A = tf.cast(sample.theta(5, sample.basis.n)[..., :1], sample.scalar_type) * tf.ones(
        [sample.basis.n], sample.scalar_type
    )
    theory, numeric = tf.test.compute_gradient(
        lambda *values: sample.module.vee(A, *values), parameters, 1e-5
    )
    for exact, difference in zip(theory, numeric, strict=True):
        close(exact, difference, 1e-7)


@ways
@samples
@pytest.mark.parametrize("batch", [(), (4,)], ids=str)
def test_exp_and_act_broadcast_over_parameters(sample, way, batch):
    theta, x, parameters = sample.theta(4), sample.x(4), sample.parameters(*batch)
    value = plain(sample)(theta, *parameters)
    close(way(sample.module.exp)(theta, *parameters), value)
    y = tf.linalg.matvec(value, tf.cast(x, value.dtype))
    close(way(sample.module.act)(theta, x, *parameters), y)
    # One set of coefficients, one value of the parameter for each vector.
    alone = tf.linalg.matvec(plain(sample)(theta[:1], *parameters), tf.cast(x, value.dtype))
    close(way(sample.module.act)(theta[0], x, *parameters), alone)


@ways
@samples
@pytest.mark.parametrize("batch", [(), (4,)], ids=str)
def test_gradients_of_exp_and_act(sample, way, batch):
    arguments = [sample.theta(4), *sample.parameters(*batch)]
    found = way(lambda *a: gradients(sample.module.exp, list(a)))(*arguments)
    for bar, expected in zip(found, gradients(plain(sample), arguments), strict=True):
        close(bar, expected, 1e-9)

    def matvec(theta, x, *parameters):
        value = plain(sample)(theta, *parameters)
        return tf.linalg.matvec(value, tf.cast(x, value.dtype))

    arguments.insert(1, sample.x(4))
    found = way(lambda *a: gradients(sample.module.act, list(a)))(*arguments)
    for bar, expected in zip(found, gradients(matvec, arguments), strict=True):
        close(bar, expected, 1e-9)


@samples
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_values_and_gradients_meet_the_bar(sample, dtype):
    """Against 480-bit arithmetic, from both sides of the limit value and at it."""
    eps, basis = np.finfo(dtype).eps, sample.basis
    rng = np.random.default_rng(5)
    theta = rng.normal(size=(len(VALUES), 8, basis.dim)) * np.logspace(-8, 1.3, 8)[:, None]
    theta = theta.reshape(-1, basis.dim).astype(dtype)
    value = np.repeat(np.array(VALUES, dtype), 8)
    exp, by_theta, by_parameters = derivatives(sample, theta, [value] * len(basis.parameters))
    for i, (t, number) in enumerate(zip(theta, value, strict=True)):
        exact = {symbol: sp.Rational(float(number)) for symbol in basis.parameters}
        fixed = basis.specialize("fixed", **{s.name: x for s, x in exact.items()})
        truth = Truth(fixed, t)
        assert truth.value_error(exp[i]) / eps <= 4, (t, number)
        assert truth.gradient_error(by_theta[i]) / eps <= 16, (t, number)
        for symbol, found in zip(basis.parameters, by_parameters, strict=True):
            changes = [E.diff(symbol).subs(exact) for E in basis.matrices]
            assert truth.parameter_error(changes, found[i]) / eps <= 16, (t, number)


def derivatives(sample, theta, scalars):
    """Values ``[b, n, n]``, derivatives by theta ``[b, k, n, n]`` and by each parameter."""
    n, batch = sample.basis.n, len(theta)
    chosen = np.tile(np.eye(n * n, dtype=theta.dtype), [batch, 1]).reshape(-1, n, n)

    @tf.function
    def both(*arguments):
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(arguments)
            value = sample.module.exp(*arguments)
            parts = [tf.reduce_sum(chosen * tf.math.real(value))]
            if value.dtype.is_complex:
                parts.append(tf.reduce_sum(chosen * tf.math.imag(value)))
        return value[:: n * n], [tape.gradient(part, arguments) for part in parts]

    value, parts = both(*(tf.repeat(tf.constant(a), n * n, axis=0) for a in (theta, *scalars)))
    bars = [tf.complex(*pair) if len(pair) == 2 else pair[0] for pair in zip(*parts, strict=True)]
    by_theta = tf.transpose(tf.reshape(bars[0], [batch, n, n, -1]), [0, 3, 1, 2])
    by_parameters = [tf.reshape(bar, [batch, n, n]).numpy() for bar in bars[1:]]
    return value.numpy(), by_theta.numpy(), by_parameters


@samples
def test_second_derivatives_and_forward_mode(sample):
    arguments = [sample.theta(), *sample.parameters()]

    def along(f, step):
        moved = [a + tf.cast(step, a.dtype) * (0.3 + a) for a in arguments]
        return loss(f(*moved))

    def second(f):
        step = tf.zeros([], tf.float64)
        with tf.GradientTape() as outer:
            outer.watch(step)
            with tf.GradientTape() as inner:
                inner.watch(step)
                y = along(f, step)
            first = inner.gradient(y, step)
        return first, outer.gradient(first, step)

    first, curvature = second(sample.module.exp)
    step = tf.zeros([], tf.float64)
    with tf.autodiff.ForwardAccumulator(step, tf.ones_like(step)) as accumulator:
        y = along(sample.module.exp, step)
    close(accumulator.jvp(y), first, 1e-9)
    h = 1e-4
    values = [float(along(sample.module.exp, s)) for s in (-h, 0.0, h)]
    assert abs((values[2] - values[0]) / (2 * h) - first) < 1e-5 * (1 + abs(first))
    assert abs((values[2] - 2 * values[1] + values[0]) / h**2 - curvature) < 1e-4 * (
        1 + abs(curvature)
    )


@samples
def test_vectorized_map_and_unknown_batch(sample):
    theta, parameters = sample.theta(4), sample.parameters(4)
    value = sample.module.exp(theta, *parameters)
    mapped = tf.vectorized_map(lambda a: sample.module.exp(*a), [theta, *parameters])
    close(mapped, value, 1e-11)
    scalars = [tf.TensorSpec([None], tf.float64)] * len(parameters)
    unknown = tf.function(
        sample.module.exp,
        input_signature=[tf.TensorSpec([None, sample.basis.dim], tf.float64), *scalars],
    )
    close(unknown(theta, *parameters), value)


def test_batches_that_do_not_broadcast_are_refused_in_words():
    module = named("curved_plane").module
    with pytest.raises(ValueError, match=r"cannot broadcast the batch shapes .* of curvature"):
        module.exp(tf.zeros([4, 3]), tf.zeros([3]))
    with pytest.raises(ValueError, match=r"^act\(\) cannot broadcast"):
        module.act(tf.zeros([4, 3]), tf.zeros([3, 3]), 1.0)
    with pytest.raises(TypeError, match="cast them to one precision"):
        module.exp(tf.zeros([4, 3]), tf.zeros([], tf.float64))


# What generated code calls an intermediate result where nothing else is called so.
LIKE_RESULTS = ("theta1_squared", "one_over_c", "c_0", "exp_s", "product1", "theta1_theta2", "self")


def test_parameters_win_over_the_names_of_intermediate_results(tmp_path, monkeypatch):
    p, q, r, c, e, m, t = symbols = sp.symbols(LIKE_RESULTS)
    turn, squeeze = [[p * r, -q * p], [r, p * r]], [[c + m, t], [0, c - m - e]]
    basis = MatrixBasis("like_results", [turn, squeeze], parameters=symbols)
    generate([basis], tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    module = importlib.import_module("like_results")
    numbers = {name: sp.Rational(i + 1, 4) for i, name in enumerate(LIKE_RESULTS)}
    theta = tf.constant([0.5, -0.75], tf.float64)
    exact = basis.specialize("fixed", **numbers).element([sp.Rational(1, 2), -sp.Rational(3, 4)])
    A = np.array(exact.tolist(), dtype=float)
    values = [tf.constant(float(number), tf.float64) for number in numbers.values()]
    close(module.hat(theta, *values), A)
    close(module.exp(theta, *values), tf.linalg.expm(A))
    close(module.vee(A, *values), theta)
    plain = gradients(lambda *a: tf.linalg.expm(module.hat(*a)), [theta, *values])
    for bar, expected in zip(gradients(module.exp, [theta, *values]), plain, strict=True):
        close(bar, expected, 1e-9)


# Layers


def values(sample):
    return {symbol.name: 0.25 for symbol in sample.basis.parameters}


@samples
def test_layer_needs_a_value_for_each_parameter(sample):
    name = sample.basis.parameters[0].name
    with pytest.raises(ValueError, match=f"needs a value for {name}"):
        sample.layer()
    with pytest.raises(ValueError, match="has no parameter 'mass'; its parameters: "):
        sample.layer(parameters={**values(sample), "mass": 1.0})


@pytest.mark.parametrize("value", [None, "a", "1.0", float("nan"), float("inf"), 1j, [1.0, 2.0]])
def test_values_of_parameters_are_finite_real_numbers(value):
    with pytest.raises(ValueError, match="for the parameter curvature: pass a finite real number"):
        named("curved_plane").layer(parameters={"curvature": value})


@pytest.mark.parametrize("value", [[1.0], 1.0, "curvature"])
def test_values_of_parameters_come_in_a_dictionary(value):
    words = r"CurvedPlane got .* for parameters: pass a dictionary, {'curvature': \.\.\.}"
    with pytest.raises(ValueError, match=words):
        named("curved_plane").layer(parameters=value)


def test_parameters_are_trained_only_where_there_are_some():
    assert so3.SO3(train_parameters=False).train_parameters is False
    with pytest.raises(ValueError, match="SO3 has no parameters to train"):
        so3.SO3(train_parameters=True)


def test_a_kernel_without_its_parameter_says_which():
    with pytest.raises(TypeError, match="missing a required argument: 'curvature'"):
        named("curved_plane").module.exp(tf.zeros([3]))


@samples
@pytest.mark.parametrize("trained", [False, True])
def test_layer_applies_and_trains_its_parameters(sample, trained):
    layer = sample.layer("ones", parameters=values(sample), train_parameters=trained)
    x = sample.x(6, dtype=tf.float32)
    theta = tf.ones([sample.basis.dim])
    fixed = [tf.constant(0.25)] * len(sample.basis.parameters)
    np.testing.assert_allclose(layer(x), sample.module.act(theta, x, *fixed), rtol=1e-5, atol=1e-6)
    names = [symbol.name for symbol in sample.basis.parameters]
    assert list(layer.parameters) == names
    assert len(layer.trainable_variables) == 1 + trained * len(names)
    assert len(layer.variables) == 1 + len(names)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_fit_finds_the_curvature(jit_compile):
    sample = named("curved_plane")
    theta, true = tf.constant([0.4, 0.8, -0.5]), -0.7
    x = sample.x(256, dtype=tf.float32)
    y = sample.module.act(theta, x, true)
    layer = sample.layer(
        initializer=keras.initializers.RandomNormal(0.0, 0.2, seed=1),
        parameters={"curvature": 0.3},
        train_parameters=True,
    )
    model = keras.Sequential([keras.Input([3]), layer])
    model.compile(keras.optimizers.Adam(0.03), "mse", jit_compile=jit_compile)
    model.fit(x, y, epochs=60, batch_size=64, verbose=0)
    np.testing.assert_allclose(layer.parameters["curvature"], true, atol=0.02)


@samples
def test_layer_is_saved_with_its_parameters(sample, tmp_path):
    layer = sample.layer("ones", parameters=values(sample), train_parameters=True)
    model = keras.Sequential([keras.Input([sample.basis.n]), layer])
    layer.parameters[sample.basis.parameters[0].name].assign(-0.5)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    x = sample.x(3, dtype=tf.float32)
    np.testing.assert_allclose(loaded(x), model(x), rtol=1e-6)
    assert loaded.layers[0].train_parameters
