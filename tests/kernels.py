"""The generated modules that tests run over, and regimes of coefficients for them."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import tensorflow as tf
from samples import (
    AT_RUN_TIME,
    REPRESENTATIVES,
    composed,
    unfamiliar,
    with_complex_coefficients,
    with_parameters,
)

from liealg.algebra import MatrixBasis
from liealg.catalogue import known, names
from liealg.codegen import generate
from liealg.derive import exponential


@dataclass(frozen=True)
class Kernels:
    """A generated module with the basis that it was generated from."""

    basis: MatrixBasis
    module: ModuleType

    @property
    def layer(self) -> type:
        """The layer class."""
        return next(
            value
            for value in vars(self.module).values()
            if inspect.isclass(value) and value.__module__ == self.module.__name__
        )

    @property
    def plain(self) -> Callable[[tf.Tensor], tf.Tensor]:
        """``exp`` without its hand-written gradient, for TensorFlow to differentiate."""
        if exponential(self.basis).matrix is None:
            return lambda theta: tf.linalg.expm(self.module.hat(theta))
        return inspect.unwrap(self.module.exp)

    @property
    def scalar_type(self) -> tf.DType:
        """The dtype of the group elements in double precision."""
        return tf.complex128 if self.basis.is_complex else tf.float64

    def theta(self, *batch: int, dtype: tf.DType = tf.float64) -> tf.Tensor:
        """Random coefficients, shape ``[*batch, k]``; complex ones where the basis wants them."""
        shape = [*batch, self.basis.dim]
        if self.basis.complex_coefficients:
            return tf.complex(_random(1, shape, dtype), _random(3, shape, dtype))
        return _random(1, shape, dtype)

    def parameters(self, *batch: int, dtype: tf.DType = tf.float64) -> list[tf.Tensor]:
        """Random values of the parameters, shape ``batch`` each."""
        count = len(self.basis.parameters)
        return [_random(10 + i, list(batch), dtype) for i in range(count)]

    def x(self, *batch: int, dtype: tf.DType = tf.float64) -> tf.Tensor:
        """Random real vectors, shape ``[*batch, n]``."""
        return _random(2, [*batch, self.basis.n], dtype)

    @property
    def is_compact(self) -> bool:
        """Whether all elements generate bounded groups: anti-Hermitian matrices."""
        return all(E.H == -E for E in self.basis.matrices)

    def __repr__(self) -> str:
        return self.basis.name


def _random(seed: int, shape: list[int], dtype: tf.DType) -> tf.Tensor:
    return tf.cast(np.random.default_rng(seed).normal(size=shape), dtype)


@functools.cache
def catalogue_kernels() -> list[Kernels]:
    """The checked-in modules that stand for all."""
    return [kernels for kernels in all_kernels() if kernels.basis.name in REPRESENTATIVES]


@functools.cache
def kernels_at_run_time() -> list[Kernels]:
    """The checked-in modules that run in every way TensorFlow has."""
    return [kernels for kernels in all_kernels() if kernels.basis.name in AT_RUN_TIME]


@functools.cache
def all_kernels() -> list[Kernels]:
    """The checked-in modules."""
    return [
        Kernels(known(name), importlib.import_module(f"liealg.generated.{name}"))
        for name in names()
    ]


@functools.cache
def unfamiliar_kernels() -> list[Kernels]:
    """Modules generated here and now, of definitions that are in no catalogue."""
    return generated(unfamiliar())


@functools.cache
def composed_kernels() -> list[Kernels]:
    """Modules that put the exponentials of several blocks together."""
    return generated(composed())


@functools.cache
def kernels_with_parameters() -> list[Kernels]:
    """Modules whose functions take parameters."""
    return generated(with_parameters())


@functools.cache
def kernels_with_complex_coefficients() -> list[Kernels]:
    """Modules whose coefficients are complex."""
    return generated(with_complex_coefficients())


def generated(bases: list[MatrixBasis]) -> list[Kernels]:
    """Modules generated now and imported."""
    directory = tempfile.mkdtemp(prefix="liealg-kernels-")
    generate(bases, directory, measured=False)
    sys.path.insert(0, directory)
    try:
        return [Kernels(basis, importlib.import_module(basis.name)) for basis in bases]
    finally:
        sys.path.remove(directory)


def derivative_tensor(exp: Callable, n: int) -> Callable:
    """``theta [b, k]`` to ``exp [b, n, n]`` and ``d exp / d theta_i`` as ``[b, k, n, n]``.

    Each entry is differentiated by reverse mode: all batch elements and all entries in one pass.
    """

    def both(theta):
        copies = tf.repeat(theta, n * n, axis=0)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(copies)
            value = exp(copies)
            batch = tf.shape(theta)[0]
            chosen = tf.tile(tf.eye(n * n, dtype=theta.dtype), [batch, 1])
            chosen = tf.reshape(chosen, tf.shape(value))
            real = tf.reduce_sum(chosen * tf.math.real(value))
            imaginary = tf.reduce_sum(chosen * tf.math.imag(value))
        shape = [-1, n, n, theta.shape[-1]]
        parts = [tape.gradient(real, copies)]
        if value.dtype.is_complex:
            parts.append(tape.gradient(imaginary, copies))
        parts = [tf.transpose(tf.reshape(part, shape), [0, 3, 1, 2]) for part in parts]
        derivative = tf.complex(*parts) if len(parts) == 2 else parts[0]
        return value[:: n * n], derivative

    return both


def coefficients(kernels: Kernels, count: int, seed: int = 0) -> np.ndarray:
    """Regimes of ``theta``, float64 ``[count + special, k]``: norms 1e-8 to 50 (500), 0, cones."""
    rng = np.random.default_rng(seed)
    k = kernels.basis.dim
    sizes = [np.linalg.norm(np.array(E.tolist(), dtype=complex), 2) for E in kernels.basis.matrices]
    # Beyond this the exponential of a basis with large matrices overflows in float32.
    largest = 500.0 if kernels.is_compact else 50.0 / max(1.0, *sizes)
    norms = np.exp(rng.uniform(np.log(1e-8), np.log(largest), size=count))
    norms[: count // 3] = rng.uniform(min(1.0, largest / 2), largest, size=count // 3)
    direction = rng.normal(size=(count, k))
    direction[::5] *= rng.random(size=direction[::5].shape) < 0.5  # sparse ones too
    size = np.linalg.norm(direction, axis=1, keepdims=True)
    theta = np.where(size > 0, direction / np.where(size > 0, size, 1), 0) * norms[:, None]
    return np.concatenate([np.zeros((1, k)), *light_cone(kernels.basis.name, rng), theta])


def light_cone(name: str, rng: np.random.Generator) -> list[np.ndarray]:
    """Elements with ``Delta = 0`` to the last bit, ``theta != 0``, and close neighbours of them."""
    a, b = np.float32(rng.integers(-40, 40, size=(2, 12)) / 8.0)
    scale = 2.0 ** rng.integers(-20, 2, size=12)
    exact = {
        "sl2": lambda: np.stack([a * b, a * a, -b * b], 1) * scale[:, None],
        "gl2": lambda: np.stack([a * b + 1, a * a, -b * b, 1 - a * b], 1),
        "so21": lambda: np.stack([5 * a, 3 * a, 4 * a], 1) * scale[:, None],
        "rotation_and_squeeze": lambda: np.stack([a, b * 0 + a], 1) * scale[:, None],
    }
    if name not in exact:
        return []
    on = exact[name]()
    return [on, on * (1 + 1e-6 * rng.normal(size=on.shape))]
