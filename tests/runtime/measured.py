"""Errors of exponentials and Fréchet derivatives over the gallery, in units of `eps (1 + κ)`."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import scipy.linalg
import tensorflow as tf
from gallery import COMPLEX_FAMILIES, FAMILIES
from truth import Truth

from liealg.runtime.expm import expm, expm_frechet

DIRECTIONS = 6
"""Random directions: with normal entries they estimate norms of the whole derivative."""

BATCH = 100


@dataclass(frozen=True, eq=False)
class Sample:
    """A matrix of a family, rounded to a dtype, with directions of derivatives."""

    family: str
    A: np.ndarray
    E: np.ndarray
    truth: Truth

    def value(self, X: np.ndarray) -> float:
        """The error of an exponential."""
        return self.truth.value_error(X) / self.unit()

    def derivative(self, L: np.ndarray) -> float:
        """The error of the derivatives in all directions."""
        return self.truth.derivative_error(L) / self.unit()

    def unit(self) -> float:
        return np.finfo(self.A.dtype).eps * (1 + self.truth.kappa)


@cache
def samples(dtype: str) -> list[Sample]:
    """All matrices whose exponential and derivatives a dtype can hold."""
    families = COMPLEX_FAMILIES if "complex" in dtype else FAMILIES
    return [
        sample
        for name, function in families.items()
        for A in function()
        if (sample := _sample(name, np.asarray(A), dtype)) is not None
    ]


def _sample(name: str, A: np.ndarray, dtype: str) -> Sample | None:
    A = A.astype(dtype)
    E = np.random.default_rng(len(A)).normal(size=(DIRECTIONS, *A.shape)).astype("float32")
    truth = Truth(A, E)
    limits = np.finfo(dtype)
    fits = truth.largest() < limits.max / 16 and truth.norm() > limits.tiny / limits.eps
    return Sample(name, A, E.astype(dtype), truth) if fits else None


def by_size(listed: list[Sample]) -> Iterator[list[Sample]]:
    for n in sorted({len(sample.A) for sample in listed}):
        yield [sample for sample in listed if len(sample.A) == n]


def in_batches(function: Callable[[tf.Tensor], tf.Tensor], listed: list[Sample]) -> dict:
    """Exponentials, all matrices of a size at once, repeated to fill a batch."""
    found = {}
    for group in by_size(listed):
        batch = np.resize([sample.A for sample in group], (BATCH, *group[0].A.shape))
        found |= dict(zip(group, function(tf.constant(batch)).numpy(), strict=False))
    return found


def alone(function: Callable[[tf.Tensor], tf.Tensor], listed: list[Sample]) -> dict:
    """Exponentials, one matrix after the other."""
    return {sample: np.asarray(function(sample.A)) for sample in listed}


def derivatives(function: Callable[..., tf.Tensor], listed: list[Sample]) -> dict:
    """Fréchet derivatives, all directions of all matrices of a size at once."""
    found = {}
    for group in by_size(listed):
        A, E = np.array([s.A for s in group])[:, None], np.array([s.E for s in group])
        found |= dict(zip(group, function(A, E).numpy(), strict=True))
    return found


def scipy_derivatives(listed: list[Sample]) -> dict:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return {
            s: np.array([scipy.linalg.expm_frechet(s.A, e, compute_expm=False) for e in s.E])
            for s in listed
        }


def stock_derivatives(listed: list[Sample]) -> dict:
    """`L(A, E)` as the gradient of stock TensorFlow's exponential at the adjoint argument."""
    found = {}
    for group in by_size(listed):
        A, E = np.array([s.A for s in group])[:, None], np.array([s.E for s in group])
        A = tf.linalg.adjoint(tf.broadcast_to(A, E.shape))
        with tf.GradientTape() as tape:
            tape.watch(A)
            X = tf.linalg.expm(A)
        found |= dict(zip(group, tape.gradient(X, A, output_gradients=E).numpy(), strict=True))
    return found


VALUES = {
    "liealg": lambda listed: in_batches(expm, listed),
    "scipy": lambda listed: alone(_quiet(scipy.linalg.expm), listed),
    "stock": lambda listed: alone(tf.linalg.expm, listed),
}
DERIVATIVES = {
    "liealg": lambda listed: derivatives(expm_frechet, listed),
    "scipy": scipy_derivatives,
    "stock": stock_derivatives,
}


def _quiet(function: Callable) -> Callable:
    def call(*args: np.ndarray) -> np.ndarray:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return function(*args)

    return call


@cache
def errors(dtype: str, kind: str, method: str) -> dict[Sample, float]:
    """The error of every sample, `kind` "value" or "derivative"."""
    methods = VALUES if kind == "value" else DERIVATIVES
    computed = methods[method](samples(dtype))
    return {sample: getattr(sample, kind)(x) for sample, x in computed.items()}


NEIGHBOURS = 60


def neighbours(family: str, dtype: str) -> Iterator[list[Sample]]:
    """For each matrix of a family some that are up to two percent larger; `eps κ < 1` only."""
    factors = 1 + np.random.default_rng(0).uniform(0, 0.02, NEIGHBOURS)
    for A in FAMILIES[family]():
        near = [_sample(family, factor * np.asarray(A), dtype) for factor in factors]
        if listed := [sample for sample in near if sample is not None and sample.unit() < 1]:
            yield listed
