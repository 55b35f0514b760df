"""Elements of spans with one invariant: true exponentials, errors, and spans to try.

Elements are `sum_i theta_i E_i` with `theta` rounded to the working dtype and exact `E_i`. Truth
comes from ball arithmetic (`flint.arb_mat.exp`) at 400 bits.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from functools import cached_property

import flint
import numpy as np
import scipy.linalg
import sympy as sp
import tensorflow as tf

from liealg import runtime

_BITS = 400
_STEP = 2**133
WAYS = {
    "eager": lambda f: f,
    "graph": lambda f: tf.function(f, autograph=False),
    "xla": lambda f: tf.function(f, jit_compile=True, autograph=False),
}


@dataclass(frozen=True)
class Span:
    """Matrices with scalars that are polynomials in the coefficients.

    Attributes
    ----------
    name : str
        For test names.
    matrices : sequence of SymPy matrices
        The basis.
    scalars : function
        Coefficients `[b, k]` to scalars `[b, m]`, for tensors; `None` for none.
    function : function
        `(A, scalars) -> exp(A)`, or `(theta, scalars, hat=hat) -> exp(hat(theta))`.
    by_coefficients : bool
        Which of the two.
    """

    name: str
    matrices: tuple
    scalars: object
    function: object
    by_coefficients: bool = False

    @cached_property
    def exact(self):
        """The basis as flint matrices."""
        return [_flint(sp.Matrix(E), self.is_complex) for E in self.matrices]

    @cached_property
    def is_complex(self) -> bool:
        return any(sp.im(x) != 0 for E in self.matrices for x in E)

    @cached_property
    def basis(self):
        """The basis in double precision, `[k, n, n]`."""
        return np.array([_floats(E) for E in self.exact])

    def dtype(self, real: str) -> tf.DType:
        """The dtype of the matrices for real coefficients of a dtype."""
        if not self.is_complex:
            return tf.as_dtype(real)
        return tf.complex64 if real == "float32" else tf.complex128

    def exp(self, theta: tf.Tensor) -> tf.Tensor:
        """`[b, k]` to `[b, n, n]`, through the function of the run time."""
        scalars = None if self.scalars is None else self.scalars(theta)
        if self.by_coefficients:
            return self.function(theta, scalars, hat=self.hat)
        return self.function(self.hat(theta), scalars)

    @cached_property
    def hat(self):
        """`[b, k]` to the matrices `[b, n, n]`; always the same function."""
        return self._hat

    def _hat(self, theta):
        dtype = self.dtype(theta.dtype.name)
        basis = self.basis.astype(dtype.as_numpy_dtype)
        columns = tf.unstack(tf.cast(theta, dtype), axis=-1)
        return tf.add_n([x[:, None, None] * E for x, E in zip(columns, basis, strict=True)])

    def __repr__(self) -> str:
        return self.name


def of_form(name: str, matrices, form) -> Span:
    """A span with the function that a derivation gives for it."""
    function = functools.partial(getattr(runtime, form.function), **form.keywords)
    evaluate = sp.lambdify(form.block.symbols, [x.evalf(20) for x in form.scalars])

    def scalars(theta):
        columns = tf.unstack(theta, axis=-1)
        zero = tf.zeros_like(columns[0])  # a scalar may be a number
        return tf.stack([zero + x for x in evaluate(*columns)], axis=-1)

    given = scalars if form.scalars else None
    return Span(name, tuple(matrices), given, function, bool(form.coefficients))


def conjugated(matrices, seed: int = 1):
    """The same span in another basis of the space, with dense matrices."""
    rng = np.random.default_rng(seed)
    n = sp.Matrix(matrices[0]).rows
    # A product of triangular matrices of determinant 1: its inverse is as integral.
    upper = sp.Matrix(np.eye(n, dtype=int) + np.triu(rng.integers(-1, 2, (n, n)), 1))
    S = sp.eye(n) if n == 1 else upper * upper.T
    return [(S.inv() * sp.Matrix(E) * S).applyfunc(sp.expand) for E in matrices]


def _flint(matrix, is_complex):
    def number(x):
        parts = (flint.arb(str(sp.N(part, 130))) for part in sp.expand(x).as_real_imag())
        return flint.acb(*parts) if is_complex else next(parts)

    with flint.ctx.workprec(_BITS):
        kind = flint.acb_mat if is_complex else flint.arb_mat
        return kind(
            [[number(matrix[i, j]) for j in range(matrix.cols)] for i in range(matrix.rows)]
        )


def _floats(X):
    number = complex if isinstance(X, flint.acb_mat) else float
    return np.array([[number(x) for x in row] for row in X.tolist()])


class Truth:
    """Exponential, derivatives by the coefficients and condition of one element."""

    def __init__(self, span: Span, theta) -> None:
        with flint.ctx.workprec(_BITS):
            total = 0 * span.exact[0]
            for t, E in zip(theta, span.exact, strict=True):
                total += E * flint.arb(float(t))
            self.value = total.exp()
            self.derivatives = [
                ((total + E * flint.arb(1) / _STEP).exp() - self.value) * _STEP for E in span.exact
            ]
        A = _floats(total)
        size = np.linalg.norm(A, 2)
        parts = zip(theta, span.basis, strict=True)
        spread = sum(abs(float(t)) * np.linalg.norm(E, 2) for t, E in parts)
        self.scale = 1.0
        if size > 0:
            self.scale += _condition(A, self.value) * spread / size

    def errors(self, value, derivatives) -> tuple[float, float]:
        """Of value and derivatives, relative, in units of `1 + kappa rho`."""
        return (
            self._relative([value], [self.value], 2) / self.scale,
            self._relative(derivatives, self.derivatives, None) / self.scale,
        )

    def largest(self) -> float:
        return max(np.abs(_floats(x)).max() for x in [self.value, *self.derivatives])

    @staticmethod
    def _relative(computed, exact, order):
        if not np.all(np.isfinite(computed)):
            return np.inf
        kind = type(exact[0])
        with flint.ctx.workprec(_BITS):
            pairs = zip(computed, exact, strict=True)
            difference = np.array([_floats(kind(np.asarray(c).tolist()) - e) for c, e in pairs])
        reference = np.array([_floats(e) for e in exact])
        if order == 2:
            difference, reference = difference[0], reference[0]
        return np.linalg.norm(difference, order) / np.linalg.norm(reference, order)


def _condition(A, value):
    """`scipy.linalg.expm_cond`, which wants real matrices and is slow from 8 rows on."""
    if len(A) <= 8:
        return scipy.linalg.expm_cond(A)
    # The norm of the derivative by the power method, which never comes out too large.
    E = np.random.default_rng(0).normal(size=A.shape)
    size = 0.0
    for _ in range(3):
        L = scipy.linalg.expm_frechet(A, E / np.linalg.norm(E), compute_expm=False)
        size = np.linalg.norm(L)
        E = scipy.linalg.expm_frechet(A.conj().T, L / size, compute_expm=False)
    return size * np.linalg.norm(A) / np.linalg.norm(_floats(value))


def derivative_tensor(exp):
    """`theta [b, k]` to `exp [b, n, n]` and `d exp / d theta_i [b, k, n, n]`, by reverse mode."""

    def both(theta):
        shape = exp(theta[:1]).shape
        entries = shape[-1] ** 2
        copies = tf.repeat(theta, entries, axis=0)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(copies)
            value = exp(copies)
            chosen = tf.tile(tf.eye(entries, dtype=theta.dtype), [tf.shape(theta)[0], 1])
            chosen = tf.reshape(chosen, tf.shape(value))
            parts = [tf.reduce_sum(chosen * tf.math.real(value))]
            if value.dtype.is_complex:
                parts.append(tf.reduce_sum(chosen * tf.math.imag(value)))
        bars = [tape.gradient(part, copies) for part in parts]
        size = [-1, *shape[1:], theta.shape[-1]]
        bars = [tf.transpose(tf.reshape(bar, size), [0, 3, 1, 2]) for bar in bars]
        return value[::entries], tf.complex(*bars) if len(bars) == 2 else bars[0]

    return both


def worst_errors(span: Span, theta: np.ndarray, way: str) -> np.ndarray:
    """The largest errors of value and gradient in units of `eps (1 + kappa rho)`."""
    value, derivative = WAYS[way](derivative_tensor(span.exp))(tf.constant(theta))
    limits = np.finfo(theta.dtype)
    errors = [[0.0, 0.0]]
    for t, X, D in zip(theta, value.numpy(), derivative.numpy(), strict=True):
        truth = Truth(span, t)
        if truth.largest() < limits.max / 1e9:
            errors.append(truth.errors(X, D))
    return np.max(errors, axis=0) / limits.eps


def directions(count: int, k: int, seed: int = 0) -> np.ndarray:
    """Unit vectors, the last `k` of them the axes."""
    d = np.random.default_rng(seed).normal(size=(count, k))
    return np.concatenate([d / np.linalg.norm(d, axis=1, keepdims=True), np.eye(k)])
