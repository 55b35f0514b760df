"""The true exponential and its derivative, far beyond double precision, and the error measures.

Numbers are in fixed point, Python integers, so that sums and differences are exact; exponentials
are computed in ball arithmetic (`flint.arb_mat.exp`). A test holds them against mpmath.
"""

from __future__ import annotations

import functools
from fractions import Fraction

import flint
import numpy as np
import scipy.linalg

from liealg.algebra import MatrixBasis

_BITS = 480
_ONE = 1 << _BITS
_WORKING_BITS = 800
_STEP = 1 << 320


def _fixed(matrix):
    """Numbers as integers in units of 2^-BITS; exact for any double from 1e-40 on."""
    ratios = [x.as_integer_ratio() for x in np.asarray(matrix, dtype=object).ravel()]
    flat = [(numerator << _BITS) // denominator for numerator, denominator in ratios]
    return np.array(flat, dtype=object).reshape(np.shape(matrix))


def _floats(fixed):
    return np.array([int(x) / _ONE for x in fixed.ravel()]).reshape(fixed.shape)


def _times(x, y):
    return np.matmul(x, y) >> _BITS


def fixed_expm(A, E=()):
    """``exp(A)`` and its derivatives ``L(A, E_i)`` in fixed point, from fixed point.

    The derivatives are difference quotients, whose step is far below all rounding that is measured.
    """
    n = A.shape[-1]
    with flint.ctx.workprec(_WORKING_BITS):
        element = _balls(A)
        value = element.exp()
        moved = [(element + _balls(direction) / _STEP).exp() for direction in E]
        derivative = [_from_balls((X - value) * _STEP) for X in moved]
        return _from_balls(value), np.array(derivative, dtype=object).reshape(-1, n, n)


def _balls(fixed):
    return flint.arb_mat(flint.fmpz_mat(fixed.tolist())) / _ONE


def _from_balls(matrix):
    balls = (matrix * _ONE).entries()
    flat = [int(x.mid().floor().unique_fmpz()) for x in balls]
    radius = max(_ONE, *map(abs, flat)) >> 200
    assert all(x.rad() < radius for x in balls), "more working precision is needed"
    return np.array(flat, dtype=object).reshape(matrix.nrows(), matrix.ncols())


def realified(matrix):
    """A complex matrix as a real one of twice the size; a real one as it is."""
    matrix = np.asarray(matrix)
    if not np.iscomplexobj(matrix):
        return matrix
    return np.block([[matrix.real, -matrix.imag], [matrix.imag, matrix.real]])


@functools.cache
def _in_numbers(basis):
    """The matrices of a basis, realified, as floats and in fixed point."""
    numeric = [np.array(E.evalf(30).tolist(), dtype=complex) for E in basis.matrices]
    return (
        np.array([realified(E if basis.is_complex else E.real) for E in numeric]),
        np.array([_fixed(_exactly(E, basis.is_complex)) for E in basis.matrices]),
    )


class Truth:
    """Exponential, derivative tensor and condition of the element of a basis at given floats."""

    def __init__(self, basis: MatrixBasis, theta) -> None:
        matrices, exact_basis = _in_numbers(basis)
        self.complex = basis.is_complex
        total = self.total = _combination(theta, exact_basis)
        self.theta = theta
        value, derivative = fixed_expm(total, exact_basis)
        self.value, self.derivative = _floats(value), _floats(derivative)
        self.exact = value, derivative
        self.largest = max(np.linalg.norm(E) for E in matrices)
        element = np.tensordot(np.asarray(theta, dtype=float), matrices, 1)
        size = np.linalg.norm(element, 2)
        spread = sum(
            abs(float(t)) * np.linalg.norm(E, 2) for t, E in zip(theta, matrices, strict=True)
        )
        cancellation = spread / size if size > 0 else 1.0
        kappa = scipy.linalg.expm_cond(element) if size > 0 else 0.0
        self.scale = 1 + kappa * cancellation

    def value_error(self, computed) -> float:
        """``|computed - true| / |true|`` in units of ``1 + kappa``, spectral norm."""
        difference = _difference(realified(computed), self.exact[0])
        return np.linalg.norm(difference, 2) / np.linalg.norm(self.value, 2) / self.scale

    def gradient_error(self, computed) -> float:
        """The same for the derivative tensor ``[k, n, n]``, Frobenius norm."""
        real = np.array([realified(part) for part in computed])
        difference = _difference(real, self.exact[1])
        return np.linalg.norm(difference) / np.linalg.norm(self.derivative) / self.scale

    def parameter_error(self, changes, computed) -> float:
        """The error of the derivative along ``D = sum theta_i D_i``, the matrices ``changes``.

        Relative to what the whole derivative makes of a direction of the size of ``D``.
        """
        exact = np.array([_fixed(_exactly(D, self.complex)) for D in changes])
        direction = _combination(self.theta, exact)
        _, (truth,) = fixed_expm(self.total, direction[None])
        difference = np.linalg.norm(_difference(realified(computed), truth))
        ratio = np.linalg.norm(_floats(direction)) / self.largest
        size = max(np.linalg.norm(_floats(truth)), ratio * np.linalg.norm(self.derivative))
        return difference / size / self.scale if size else difference

    def action_error(self, x, computed) -> float:
        """``|computed - exp(A) x|`` relative to ``|exp(A)| |x|``, in units of ``1 + kappa``."""
        difference = _difference(self._stacked(computed), _times_vector(self.exact[0], x))
        size = np.linalg.norm(self.value, 2) * np.linalg.norm(x)
        return np.linalg.norm(difference) / size / self.scale

    def action_gradient_error(self, x, computed) -> float:
        """The same for the derivative by theta, ``[k, n]``, relative to ``|d exp| |x|``."""
        exact = np.array([_times_vector(part, x) for part in self.exact[1]])
        difference = _difference(np.array([self._stacked(part) for part in computed]), exact)
        size = np.linalg.norm(self.derivative) * np.linalg.norm(x)
        return np.linalg.norm(difference) / size / self.scale

    def _stacked(self, vector):
        return np.concatenate([vector.real, vector.imag]) if self.complex else vector


def _combination(theta, matrices):
    """``sum theta_i E_i`` in fixed point, for floats and fixed-point matrices."""
    ratios = [float(t).as_integer_ratio() for t in theta]
    return sum(
        E * numerator // denominator
        for (numerator, denominator), E in zip(ratios, matrices, strict=True)
    )


def _times_vector(matrix, x):
    """A fixed-point matrix times a real vector of floats."""
    padded = np.zeros(matrix.shape[0])
    padded[: len(x)] = x
    return _times(matrix, _fixed(padded))


def _difference(computed, exact):
    if not np.all(np.isfinite(computed)):
        return np.full(computed.shape, np.inf)
    return _floats(_fixed(computed.astype(float)) - exact)


def _exactly(matrix, is_complex):
    """Entries as fractions of 60 digits, real and imaginary parts in blocks where complex."""
    parts = [entry.as_real_imag() for entry in matrix]
    n = matrix.rows
    re = np.array([_fraction(x) for x, _ in parts], dtype=object).reshape(n, n)
    im = np.array([_fraction(y) for _, y in parts], dtype=object).reshape(n, n)
    return np.block([[re, -im], [im, re]]) if is_complex else re


def _fraction(number):
    if number.is_Rational:
        return Fraction(int(number.p), int(number.q))
    return Fraction(str(number.evalf(140)))
