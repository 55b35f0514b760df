"""Values and gradients of every kernel against the truth, in units of eps (1 + kappa)."""

import functools

import numpy as np
import pytest
import tensorflow as tf
from kernels import (
    Kernels,
    catalogue_kernels,
    coefficients,
    composed_kernels,
    derivative_tensor,
    unfamiliar_kernels,
)
from oracle import Truth

VALUE_BOUND, GRADIENT_BOUND = 4.0, 16.0
EVERY = [*catalogue_kernels(), *unfamiliar_kernels(), *composed_kernels()]
WAYS = {
    "eager": lambda f: f,  # the kernels themselves are graphs there
    "xla": functools.partial(tf.function, jit_compile=True),
}


def worst_errors(kernels: Kernels, dtype: type, way: str, count: int, seed: int = 0):
    """Largest value and gradient error in units of ``eps (1 + kappa)``, with their ``theta``."""
    theta = coefficients(kernels, count, seed).astype(dtype)
    exp = kernels.module.exp
    value, derivative = WAYS[way](derivative_tensor(exp, kernels.basis.n))(tf.constant(theta))
    eps = np.finfo(dtype).eps
    errors = []
    for t, v, d in zip(theta, value.numpy(), derivative.numpy(), strict=True):
        truth = _truth(kernels, tuple(float(x) for x in t))
        errors.append((truth.value_error(v) / eps, truth.gradient_error(d) / eps))
    errors = np.array(errors)
    return errors.max(axis=0), theta[errors.argmax(axis=0)]


@functools.lru_cache(maxsize=4000)  # a sweep asks for 1500, twice
def _truth(kernels: Kernels, theta: tuple[float, ...]) -> Truth:
    return Truth(kernels.basis, theta)


def _count(kernels: Kernels) -> int:
    return 6 if kernels.basis.dim > 10 else 25


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("kernels", EVERY, ids=repr)
def test_value_and_gradient_meet_the_bar(kernels, dtype, way):
    (value, gradient), where = worst_errors(kernels, dtype, way, _count(kernels))
    assert value <= VALUE_BOUND, where[0]
    assert gradient <= GRADIENT_BOUND, where[1]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("kernels", EVERY, ids=repr)
def test_action_meets_the_bar(kernels, dtype, way):
    """Relative to ``|exp(A)| |x|`` and ``|d exp| |x|``: what a matrix product may err by."""
    theta = coefficients(kernels, _count(kernels)).astype(dtype)
    x = np.random.default_rng(3).normal(size=(len(theta), kernels.basis.n)).astype(dtype)
    y, derivative = WAYS[way](_action(kernels.module.act))(tf.constant(theta), tf.constant(x))
    eps = np.finfo(dtype).eps
    for t, vector, value, change in zip(theta, x, y.numpy(), derivative.numpy(), strict=True):
        truth = _truth(kernels, tuple(float(c) for c in t))
        assert truth.action_error(vector, value) / eps <= VALUE_BOUND, t
        assert truth.action_gradient_error(vector, change) / eps <= GRADIENT_BOUND, t


def _action(act):
    """``theta, x`` to ``exp(A) x`` and its derivative by theta, ``[b, k, n]``.

    Each entry of ``y`` is differentiated in a copy of its element: one reverse pass is compiled.
    """

    def both(theta, x):
        n = x.shape[-1]
        copies, vectors = tf.repeat(theta, n, axis=0), tf.repeat(x, n, axis=0)
        chosen = tf.tile(tf.eye(n, dtype=x.dtype), [tf.shape(theta)[0], 1])
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(copies)
            y = act(copies, vectors)
            real = tf.reduce_sum(chosen * tf.math.real(y))
            imaginary = tf.reduce_sum(chosen * tf.math.imag(y))
        parts = [tape.gradient(real, copies)]
        if y.dtype.is_complex:
            parts.append(tape.gradient(imaginary, copies))
        shape = [-1, n, theta.shape[-1]]
        parts = [tf.transpose(tf.reshape(part, shape), [0, 2, 1]) for part in parts]
        return y[::n], tf.complex(*parts) if len(parts) == 2 else parts[0]

    return both


@pytest.mark.verify
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("kernels", EVERY, ids=repr)
def test_sweep(kernels, dtype, record_property):
    count = 150 if kernels.basis.dim > 10 else 1500
    for way in WAYS:
        (value, gradient), where = worst_errors(kernels, dtype, way, count, seed=1)
        print(f"{kernels!r:24} {dtype.__name__} {way:6} {value:6.2f} {gradient:6.2f}")
        assert value <= VALUE_BOUND, where[0]
        assert gradient <= GRADIENT_BOUND, where[1]
