"""Errors of a kernel, in units of what rounding its argument may cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from liealg.algebra import MatrixBasis
from liealg.runtime import expm_frechet
from liealg.verify.truth import truth

Kernel = Callable[[tf.Tensor], tf.Tensor]


@dataclass(frozen=True)
class Worst:
    """The largest error, and where.

    Attributes
    ----------
    error
        In units of ``eps (1 + kappa)``.
    theta
        The element.
    """

    error: float
    theta: tuple[complex, ...]


@dataclass(frozen=True)
class Errors:
    """What was measured of a kernel in one precision.

    Attributes
    ----------
    dtype
        ``"float32"`` or ``"float64"``.
    count
        The number of elements.
    value, gradient
        The worst of each.
    """

    dtype: str
    count: int
    value: Worst
    gradient: Worst


def measure(basis: MatrixBasis, exp: Kernel, theta: np.ndarray, dtype: str) -> Errors:
    r"""Measure the exponential of a basis and its gradient.

    The error of a value is ``|computed - true| / |true|`` in the spectral norm, in units of ``eps
    (1 + kappa)``: no method is better than about ``eps kappa``, with ``kappa`` the relative
    condition number of the exponential (Higham, *Functions of Matrices*, 2008, section 3.1), times
    ``sum |theta_i| |E_i| / |A|``, what rounding that sum may cost. The error of the gradient is the
    same for the tensor of all derivatives in the Frobenius norm.

    Parameters
    ----------
    basis
        A basis without parameters.
    exp
        ``theta [..., k]`` to ``exp(A) [..., n, n]``, such as ``exp`` of a generated module.
    theta
        Elements ``[m, k]``; they are rounded to ``dtype``, and the truth is that of what was
        rounded.
    dtype
        ``"float32"`` or ``"float64"``.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.generated import so2
    >>> measure(known("so2"), so2.exp, np.array([[1.0]]), "float64").value.error < 1
    True
    """
    real = basis.over_reals
    coefficients = np.concatenate([theta.real, theta.imag], 1) if real is not basis else theta.real
    coefficients = coefficients.astype(dtype)
    of_reals = exp if real is basis else _of_real_coefficients(exp, basis.dim)
    values, derivatives = _computed(of_reals, coefficients, basis.n)
    scales = (1 + _conditions(real, coefficients.astype(float))) * np.finfo(dtype).eps
    errors = np.array(
        [
            _errors(real, row, value, derivative) / scale
            for row, value, derivative, scale in zip(
                coefficients, values, derivatives, scales, strict=True
            )
        ]
    )
    worst = [
        Worst(float(errors[i, part]), tuple(theta[i].tolist()))
        for part in (0, 1)
        for i in [int(np.argmax(errors[:, part]))]
    ]
    return Errors(dtype, len(theta), *worst)


def _of_real_coefficients(exp: Kernel, dim: int) -> Kernel:
    return lambda theta: exp(tf.complex(theta[..., :dim], theta[..., dim:]))


def _computed(exp: Kernel, theta: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """``exp`` as ``[m, n, n]`` and its derivatives as ``[m, k, n, n]``, entry by entry in reverse.

    Each element is repeated once for each entry, so that one pass differentiates them all.
    """

    @tf.function(autograph=False)
    def run(copies: tf.Tensor, chosen: tf.Tensor) -> list[tf.Tensor]:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(copies)
            value = exp(copies)
            real = tf.reduce_sum(chosen * tf.math.real(value))
            imaginary = tf.reduce_sum(chosen * tf.math.imag(value))
        parts = [tape.gradient(real, copies)]
        if value.dtype.is_complex:
            parts.append(tape.gradient(imaginary, copies))
        return [value, *parts]

    entries = np.eye(n * n, dtype=theta.dtype).reshape(n * n, n, n)
    values, derivatives = [], []
    for row in theta:
        value, *parts = (x.numpy() for x in run(np.tile(row, (n * n, 1)), entries))
        derivative = parts[0] + 1j * parts[1] if len(parts) == 2 else parts[0]
        values.append(value[0])
        derivatives.append(derivative.T.reshape(-1, n, n))
    return np.array(values), np.array(derivatives)


def _errors(
    basis: MatrixBasis, theta: np.ndarray, value: np.ndarray, derivative: np.ndarray
) -> np.ndarray:
    """Relative errors of value and derivatives; infinite where something is not finite."""
    if not (np.all(np.isfinite(value)) and np.all(np.isfinite(derivative))):
        return np.array([np.inf, np.inf])
    exact = truth(basis, theta.tolist())
    difference = (value - exact.value) - exact.value_rest
    change = (derivative - exact.derivative) - exact.derivative_rest
    size = np.linalg.norm(exact.derivative)
    return np.array(
        [
            np.linalg.norm(difference, 2) / np.linalg.norm(exact.value, 2),
            np.linalg.norm(change) / size,
        ]
    )


def _conditions(basis: MatrixBasis, theta: np.ndarray) -> np.ndarray:
    """``kappa`` of each element, times what rounding the sum of its terms may cost.

    ``kappa = |L| |A| / |exp(A)|`` in Frobenius norms, ``L`` the Frechet derivative as a matrix
    (Higham, *Functions of Matrices*, 2008, algorithm 3.17).
    """
    matrices = np.array([np.array(E.evalf(20).tolist(), complex) for E in basis.matrices])
    if not basis.is_complex:
        matrices = matrices.real
    sizes = np.linalg.norm(matrices, 2, axis=(1, 2))
    return np.array([_condition(row, matrices, sizes) for row in theta])


def _condition(theta: np.ndarray, matrices: np.ndarray, sizes: np.ndarray) -> float:
    A = _realified(np.tensordot(theta, matrices, 1))
    norm = np.linalg.norm(A, 2)
    if norm == 0:
        return 0.0
    n = len(A)
    units = np.eye(n * n).reshape(n * n, n, n)
    L = expm_frechet(tf.constant(A), tf.constant(units)).numpy().reshape(n * n, n * n)
    value = expm_frechet(tf.constant(A), tf.eye(n, dtype=tf.float64)).numpy()
    kappa = np.linalg.norm(L, 2) * np.linalg.norm(A) / np.linalg.norm(value)
    return float(kappa * np.sum(np.abs(theta) * sizes) / norm)


def _realified(matrix: np.ndarray) -> np.ndarray:
    if not np.iscomplexobj(matrix):
        return matrix
    return np.block([[matrix.real, -matrix.imag], [matrix.imag, matrix.real]])
