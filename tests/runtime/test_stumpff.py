"""Stumpff functions against mpmath at 50 digits, their derivatives, and every transformation."""

from __future__ import annotations

import math
from functools import cache

import mpmath
import numpy as np
import pytest
import tensorflow as tf

from liealg.runtime.stumpff import stumpff

ORDERS = tuple(range(9))
DTYPES = [np.float32, np.float64]
MODES = ["eager", "graph", "xla"]
by_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=lambda d: d.__name__)
by_mode = pytest.mark.parametrize("mode", MODES)


def staged(function, mode):
    """The function as a mode runs it, its batch unknown to a trace."""
    if mode == "eager":
        return function
    traced = {}

    def call(z):
        if z.dtype not in traced:
            signature = [tf.TensorSpec([None] * len(z.shape), z.dtype)]
            traced[z.dtype] = tf.function(
                function, input_signature=signature, jit_compile=mode == "xla"
            )
        return traced[z.dtype](z)

    return call


def exact(z, top):
    """`c_0 ... c_top` at one float, 50 digits."""
    with mpmath.workdps(90):
        z = mpmath.mpf(float(z))
        if abs(z) < 1:
            sums = [mpmath.mpf(0)] * (top + 1)
            power, j = mpmath.mpf(1), 0
            while abs(power) / mpmath.factorial(2 * j) > mpmath.mpf(10) ** -60:
                sums = [s + power / mpmath.factorial(2 * j + k) for k, s in enumerate(sums)]
                power, j = power * z, j + 1
                if z == 0:
                    break
            return sums
        s = mpmath.sqrt(abs(z))
        c = [mpmath.cosh(s), mpmath.sinh(s) / s] if z > 0 else [mpmath.cos(s), mpmath.sin(s) / s]
        for k in range(2, top + 1):
            c.append((c[k - 2] - 1 / mpmath.factorial(k - 2)) / z)
        return c


def derivatives(c, k, times):
    """The derivative of `c_k`, `times` times, from exact `c`."""
    terms = {k: mpmath.mpf(1)}
    for _ in range(times):
        after = {}
        for j, factor in terms.items():
            after[j + 1] = after.get(j + 1, 0) + factor / 2
            after[j + 2] = after.get(j + 2, 0) - factor * j / 2
        terms = after
    return sum(factor * c[j] for j, factor in terms.items())


def amplitude(z, k):
    """What `c_k` swings between where it has zeros: an error is small beside this."""
    if z >= 0 or k > 2:
        return 0.0
    return min(1.0 / math.factorial(k), max(1.0, abs(float(z))) ** (-k / 2))


@cache
def grid(dtype):
    limit = np.finfo(dtype)
    sizes = np.logspace(-30, 6, 700)
    zeros = np.concatenate(
        [(np.pi / 2 * np.arange(1, 40)) ** 2, (np.pi * np.arange(80, 319, 7)) ** 2]
    )
    cuts = np.concatenate([[np.pi**2, 12.0], [k * (k + 1.0) for k in range(5, 12)]])
    special = np.array([0.0, limit.tiny, limit.smallest_subnormal, 1e-20, 1.0])
    z = np.concatenate([sizes, zeros, cuts, special]).astype(dtype)
    z = np.concatenate([z, np.nextafter(z, dtype(0)), np.nextafter(z, dtype(np.inf))])
    z = np.concatenate([z, -z, np.random.default_rng(1).uniform(-2000, 400, 1500).astype(dtype)])
    z = np.unique(z)
    keep = z < (np.log(float(limit.max)) + 0.5) ** 2
    return z[keep]


@cache
def oracle(dtype):
    return [exact(z, ORDERS[-1]) for z in grid(dtype)]


def errors(values, dtype, k, step=1):
    """Error of each value in units of the last place of the value or the amplitude."""
    out = []
    for z, value, c in zip(grid(dtype)[::step], values, oracle(dtype)[::step], strict=True):
        scale = max(abs(float(c[k])), amplitude(z, k))
        if scale > float(np.finfo(dtype).max):
            out.append(0.0 if value > 0 and np.isinf(value) else np.inf)
            continue
        unit = float(np.spacing(dtype(scale)))
        out.append(
            float(abs(mpmath.mpf(float(value)) - c[k])) / unit if np.isfinite(value) else np.inf
        )
    return np.array(out)


@by_dtype
@by_mode
def test_values_are_within_a_few_ulps(dtype, mode):
    values = staged(lambda z: stumpff(z, *ORDERS), mode)(tf.constant(grid(dtype)))
    worst = [errors(v.numpy(), dtype, k).max() for k, v in zip(ORDERS, values, strict=True)]
    assert max(worst) <= 5.0, worst


@by_dtype
@by_mode
@pytest.mark.parametrize("orders", [(0,), (1,), (2,), (1, 2), (3, 1), (5,), (8, 0, 8)], ids=str)
def test_any_choice_of_orders(dtype, mode, orders):
    values = staged(lambda z: stumpff(z, *orders), mode)(tf.constant(grid(dtype)[::10]))
    assert len(values) == len(orders)
    for k, value in zip(orders, values, strict=True):
        assert value.dtype == dtype
        assert errors(value.numpy(), dtype, k, step=10).max() <= 5.0


@by_dtype
@by_mode
def test_extreme_arguments(dtype, mode):
    huge = float(np.finfo(dtype).max)
    z = np.array([-np.inf, -huge, -huge / 7, -1e15, huge, np.inf, np.nan], dtype)
    values = staged(lambda z: stumpff(z, *ORDERS), mode)(tf.constant(z))
    for k, value in enumerate(values):
        value = value.numpy()
        assert np.all(np.abs(value[:4]) <= (1.0 if k < 3 else 1e-6)), k
        assert np.all(value[4:6] == np.inf), k
        assert np.isnan(value[6]), k


@by_dtype
@by_mode
def test_far_left_the_error_is_that_of_a_rounded_argument(dtype, mode):
    z = -np.logspace(6, 18, 400).astype(dtype)
    c0, c1 = staged(lambda z: stumpff(z, 0, 1), mode)(tf.constant(z))
    eps = float(np.finfo(dtype).eps)
    for x, y0, y1 in zip(z, c0.numpy(), c1.numpy(), strict=True):
        e0, e1 = exact(x, 1)
        root = abs(float(x)) ** 0.5
        allowed = eps * (4.0 + 2.0 * root)
        assert abs(float(y0) - e0) <= allowed
        assert abs(float(y1) - e1) * root <= allowed


def derivative(k, times):
    """The derivative of `c_k` by nested tapes."""
    if times == 0:
        return lambda z: stumpff(z, k)[0]
    inner = derivative(k, times - 1)

    def outer(z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            value = inner(z)
        return tape.gradient(value, z)

    return outer


POINTS = np.array(
    [
        -1e6,
        -9000.0,
        -900.0,
        -56.0,
        -(np.pi**2),
        -9.5,
        -1.0,
        -1e-20,
        0.0,
        1e-9,
        2.5,
        12.0,
        12.1,
        77.0,
        300.0,
    ]
)


def assert_derivative(values, z, k, times):
    """Against mpmath, beside the terms the derivative is the sum of."""
    eps = float(np.finfo(z.dtype).eps)
    for x, value in zip(z, np.asarray(values), strict=True):
        c = exact(x, k + 2 * times)
        scale = max(
            abs(float(c[k + times + j])) + amplitude(x, k + times + j) for j in range(times + 1)
        )
        scale *= max(1, k) ** times
        assert abs(float(value) - derivatives(c, k, times)) <= 8 * eps * scale, (x, value)


@by_dtype
@by_mode
@pytest.mark.parametrize("times", [1, 2, 3])
def test_derivatives(dtype, mode, times):
    z = POINTS.astype(dtype)
    for k in (0, 3):
        values = staged(derivative(k, times), mode)(tf.constant(z))
        assert_derivative(values.numpy(), z, k, times)


@by_dtype
@by_mode
def test_vjp_of_several_orders_at_once(dtype, mode):
    z = POINTS.astype(dtype)

    def pull(z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            c0, c1, c2 = stumpff(z, 0, 1, 2)
            value = 2.0 * c0 - c1 * c2
        return tape.gradient(value, z)

    for x, value in zip(z, staged(pull, mode)(tf.constant(z)).numpy(), strict=True):
        c = exact(x, 4)
        d0, d1, d2 = (derivatives(c, k, 1) for k in range(3))
        expected = 2 * d0 - d1 * c[2] - c[1] * d2
        scale = max(
            abs(float(t)) for t in (d0, d1 * c[2], c[1] * d2, 1 / (1 + abs(float(x)) ** 0.5))
        )
        assert abs(float(value) - expected) <= 12 * float(np.finfo(dtype).eps) * scale


@by_mode
def test_an_unused_order_and_an_unused_argument(mode):
    def pull(z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            value = stumpff(z, 1, 0)[1]
        return tape.gradient(value, z)

    assert_derivative(staged(pull, mode)(tf.constant(POINTS)).numpy(), POINTS, 0, 1)


@by_dtype
@by_mode
def test_forward_mode(dtype, mode):
    z = POINTS.astype(dtype)

    def push(z):
        with tf.autodiff.ForwardAccumulator(z, tf.ones_like(z)) as accumulator:
            c1, c2 = stumpff(z, 1, 2)
        return accumulator.jvp(c1), accumulator.jvp(c2)

    d1, d2 = staged(push, mode)(tf.constant(z))
    assert_derivative(d1.numpy(), z, 1, 1)
    assert_derivative(d2.numpy(), z, 2, 1)


@by_mode
def test_forward_over_reverse(mode):

    def push(z):
        with tf.autodiff.ForwardAccumulator(z, tf.ones_like(z)) as accumulator:
            slope = derivative(1, 1)(z)
        return accumulator.jvp(slope)

    assert_derivative(staged(push, mode)(tf.constant(POINTS)).numpy(), POINTS, 1, 2)


def test_forward_over_forward():
    # Eager only: in a graph TensorFlow's nested accumulators fail on any comparison (IndexError).
    def push(z):
        one = tf.ones_like(z)
        with (
            tf.autodiff.ForwardAccumulator(z, one) as outer,
            tf.autodiff.ForwardAccumulator(z, one) as inner,
        ):
            slope = inner.jvp(stumpff(z, 1)[0])
        return outer.jvp(slope)

    assert_derivative(push(tf.constant(POINTS)).numpy(), POINTS, 1, 2)


@by_mode
@pytest.mark.parametrize("shape", [(), (0,), (13,), (2, 3), (2, 1, 3)], ids=str)
def test_any_shape(mode, shape):
    z = np.random.default_rng(0).uniform(-30, 30, shape)
    values = staged(lambda z: stumpff(z, 0, 3), mode)(tf.constant(z))
    expected = stumpff(tf.reshape(tf.constant(z), [-1]), 0, 3)
    for value, flat in zip(values, expected, strict=True):
        assert value.shape == shape
        np.testing.assert_allclose(value.numpy().ravel(), flat.numpy(), rtol=1e-14)


@by_mode
def test_vectorized_map(mode):
    z = tf.constant(POINTS)

    def mapped(z):
        return tf.vectorized_map(lambda x: stumpff(x, 0, 2, 5), z)

    for value, expected in zip(staged(mapped, mode)(z), stumpff(z, 0, 2, 5), strict=True):
        np.testing.assert_allclose(value, expected, rtol=1e-13)


@by_mode
def test_vectorized_map_of_the_second_derivative(mode):
    mapped = staged(lambda z: tf.vectorized_map(derivative(1, 2), z), mode)
    assert_derivative(mapped(tf.constant(POINTS)).numpy(), POINTS, 1, 2)


@by_mode
def test_batched_jacobian(mode):
    def jacobian(z):
        with tf.GradientTape() as tape:
            tape.watch(z)
            value = stumpff(z, 1)[0]
        return tape.jacobian(value, z)

    matrix = staged(jacobian, mode)(tf.constant(POINTS)).numpy()
    assert_derivative(np.diag(matrix), POINTS, 1, 1)
    assert np.count_nonzero(matrix - np.diag(np.diag(matrix))) == 0


@by_mode
def test_inside_another_custom_gradient(mode):
    @tf.custom_gradient
    def doubled(z):
        def pull_back(g):
            return g * (stumpff(z, 2)[0] - stumpff(z, 3)[0])

        return 2.0 * stumpff(z, 1)[0], pull_back

    def curvature(z):
        with tf.GradientTape() as outer:
            outer.watch(z)
            with tf.GradientTape() as tape:
                tape.watch(z)
                value = doubled(z)
            slope = tape.gradient(value, z)
        return outer.gradient(slope, z)

    values = staged(curvature, mode)(tf.constant(POINTS)).numpy()
    assert_derivative(values / 2, POINTS, 1, 2)


def test_variable_and_python_number():
    z = tf.Variable([0.25, -4.0])
    with tf.GradientTape() as tape:
        value = stumpff(z, 0)[0]
    np.testing.assert_allclose(tape.gradient(value, z), stumpff(z, 1)[0] / 2)
    assert stumpff(1.0, 0)[0].dtype == tf.float32


@by_dtype
def test_nothing_but_what_tflite_has(dtype):
    traced = tf.function(lambda z: stumpff(z, *ORDERS)).get_concrete_function(
        tf.TensorSpec([None], dtype)
    )
    builtin = {"Abs", "AddV2", "Cast", "Const", "Exp", "Greater", "Identity", "IdentityN", "Less"}
    builtin |= {"LogicalOr", "Maximum", "Minimum", "Mul", "NoOp", "OnesLike", "Placeholder", "Pow"}
    builtin |= {"RealDiv", "Round", "SelectV2", "Sqrt", "Sub", "ZerosLike"}
    assert {op.type for op in traced.graph.get_operations()} <= builtin


def test_few_orders_are_a_short_graph():
    def size(*orders):
        traced = tf.function(lambda z: stumpff(z, *orders)).get_concrete_function(
            tf.TensorSpec([None], tf.float32)
        )
        ops = traced.graph.get_operations()
        return sum(op.type not in {"Const", "Placeholder", "Identity", "IdentityN"} for op in ops)

    assert size(0, 1) <= 80
    assert size(1, 2) <= 90
    assert size(0, 1) < size(1, 2, 3) < size(*ORDERS)


@pytest.mark.parametrize("orders", [(-1,), (1.0,), (True,), ("1",), ()], ids=str)
def test_orders_that_are_none(orders):
    with pytest.raises(ValueError, match="order"):
        stumpff(tf.constant(1.0), *orders)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16, tf.int32, tf.complex64], ids=str)
def test_other_dtypes_are_refused(dtype):
    with pytest.raises(TypeError, match="float32 or float64"):
        stumpff(tf.ones([2], dtype), 0)
