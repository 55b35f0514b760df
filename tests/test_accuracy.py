"""Values and gradients of every kernel against the truth, in units of eps (1 + kappa)."""

import functools

import numpy as np
import pytest
import tensorflow as tf
from kernels import Kernels, catalogue_kernels, coefficients, derivative_tensor, unfamiliar_kernels
from oracle import Truth

VALUE_BOUND, GRADIENT_BOUND = 4.0, 16.0
WAYS = {
    "eager": lambda f: f,
    "graph": tf.function,
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


@functools.lru_cache(maxsize=20000)
def _truth(kernels: Kernels, theta: tuple[float, ...]) -> Truth:
    return Truth(kernels.basis, theta)


def _count(kernels: Kernels) -> int:
    return 6 if kernels.basis.dim > 10 else 25


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("kernels", [*catalogue_kernels(), *unfamiliar_kernels()], ids=repr)
def test_value_and_gradient_meet_the_bar(kernels, dtype, way):
    (value, gradient), where = worst_errors(kernels, dtype, way, _count(kernels))
    assert value <= VALUE_BOUND, where[0]
    assert gradient <= GRADIENT_BOUND, where[1]


@pytest.mark.verify
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
@pytest.mark.parametrize("kernels", [*catalogue_kernels(), *unfamiliar_kernels()], ids=repr)
def test_sweep(kernels, dtype, record_property):
    count = 150 if kernels.basis.dim > 10 else 1500
    for way in ("graph", "xla"):
        (value, gradient), where = worst_errors(kernels, dtype, way, count, seed=1)
        print(f"{kernels!r:24} {dtype.__name__} {way:6} {value:6.2f} {gradient:6.2f}")
        assert value <= VALUE_BOUND, where[0]
        assert gradient <= GRADIENT_BOUND, where[1]
