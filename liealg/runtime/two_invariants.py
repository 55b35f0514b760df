r"""Exponentials of matrices with two invariants, and their gradient, from the matrix alone.

Where `N = A^2` has two eigenvalues `h ± √w`, and zero perhaps, `V = N - h` has `V^2 = w` on the
range of `A`, and there every function of `N` is `E + O V` (`two_nodes`):

    sinh A = S = A c_1(N) = E_1 A + O_1 A V,    cosh A = C = E_0 + O_0 V,    exp(A) = C + S.

In the kernel of `A`, if there is any, that `C` is wrong, but `S` is zero. There the exponential
comes from half the matrix by `exp(2 A) = I + 2 (C + S) S`, in which `S` hides it.

**Last rows that are zero**, as of poincare, are left out (`zero_rows`), and so are those of `V`,
`-h` times unit rows. They never count: `V` stands to the left of matrices with zero rows and to the
right of cotangents, whose last columns meet zero rows.

**The invariants are traces of products**, `tr N = 4 h` and `tr A^3 A = 4 (h^2 + w)` times the
multiplicity, in any basis. Their derivatives need no further product: `dh = tr(A dA)/2` and
`dw = tr(A V dA)`. The gradient is a Fréchet derivative at the transposed cotangent, as of `expm`.

**What cancels is computed from matrices in which it has cancelled already**, for a trace of two
small matrices has a small error: the eigenvalue `y` near zero as `tr B^2/2` with the part `B` of
`A` that belongs to it, `w` of nearly equal eigenvalues as `tr (A V)^2/(4 h)`. Far from normal,
parts of `A` may be larger than `A` itself; then plain differences are the better ones, and
estimates of both rounding errors decide.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import tensorflow as tf

from liealg.runtime.expm import checked_matrix
from liealg.runtime.kernel import Kernel, with_vjp
from liealg.runtime.layout import adjoint, flat_batch, layout_of, never_of
from liealg.runtime.two_nodes import (
    Pairs,
    Slopes,
    half_difference,
    is_split,
    pairs,
    pairs_and_slopes,
)
from liealg.runtime.zero_rows import with_zeros_in, without_zero_rows

__all__ = ["expm_two_invariants"]

_MARGIN = 64.0
"""How many times, squared, the estimate of an error may be above the other's: normal matrices stay
below a third of it, and keep the formula that is made for them."""


def expm_two_invariants(
    A: tf.Tensor,
    *,
    zero: bool,
    multiplicity: float = 1.0,
    zero_rows: int = 0,
    less_identity: bool = False,
) -> tf.Tensor:
    r"""Return the exponential of matrices whose square has two eigenvalues, and zero perhaps.

    With `N = A^2`, `h = tr N/(4 r)`, `V = N - h` and `w = tr(A^2 V)/(4 r)`, `r` the multiplicity,
    each matrix must satisfy `V^2 = w`, or `A V^2 = w A` where zero is an eigenvalue. Nothing checks
    that. Then `exp(A) = E_0 + O_0 V + A (E_1 + O_1 V)`, the Hermite interpolation of `cosh √z` and
    `sinh √z/√z` at the eigenvalues of `N` (Higham, *Functions of Matrices*, 2008, definition 1.4):
    two products, or three with a zero, and six or nine with the gradient.

    Parameters
    ----------
    A : tensor `[..., n, n]`, float32 or float64, `n` known
        float16 and bfloat16 are computed in float32 and cast back.
    zero : bool
        Whether zero is an eigenvalue of all matrices, as in so(5).
    multiplicity : float
        A quarter of the rank of a general matrix: 1 for so(4), sp(4), so(5) and for
        `[[M, v], [0, 0]]` with `M` in so(3, 1).
    zero_rows : int
        The number of last rows that are known to be zero, where zero is an eigenvalue: they are not
        looked at and have no gradient. Small matrices are multiplied without them under XLA.
    less_identity : bool
        Whether to return `exp(A) - 1`, with the digits that `exp(A)` has no room for near zero.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        Differentiable to any order along matrices that satisfy the condition; what the gradient is
        in other directions has no meaning. `exp(0)` is exactly the identity. NaN or infinity in one
        matrix leaves the others of the batch alone.

    Raises
    ------
    ValueError
        If `A` is no matrix or not square, its size is not known when a graph is built, or the zero
        rows are impossible.
    TypeError
        If the dtype of `A` is not real and floating.

    Notes
    -----
    The errors of value and gradient are below 1.7 and 2.0 `eps (1 + κ)` over thousands of elements
    of so(p, q), sp(4) and poincare in bases of all kinds, norms up to 50, degenerate ones included.

    Examples
    --------
    >>> turn = tf.constant([[0.0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -2], [0, 0, 2, 0]])
    >>> expm_two_invariants(turn, zero=False).numpy().round(3).tolist()[0]
    [0.5400000214576721, -0.8410000205039978, 0.0, 0.0]
    """
    A = checked_matrix(A, "A")
    n = A.shape[-1] or A.shape[-2]
    if n is None:
        raise ValueError(f"A has shape {A.shape}: fix the size of its matrices by tf.ensure_shape")
    if not 0 <= zero_rows < (n if zero else 1):
        raise ValueError(f"zero_rows is {zero_rows}: impossible for A {A.shape} with zero={zero}")
    kernel = _kernel(n, _Structure(bool(zero), float(multiplicity), zero_rows), less_identity)
    return kernel(with_zeros_in(A, zero_rows))


@dataclass(frozen=True)
class _Structure:
    """What is known of matrices of one kind, as in `expm_two_invariants`."""

    zero: bool
    multiplicity: float
    zero_rows: int


@functools.cache
def _kernel(n: int, structure: _Structure, less_identity: bool) -> Kernel:
    """The exponential of matrices of one kind, with its gradient."""

    def expm_two_invariants(A: tf.Tensor) -> tf.Tensor:
        return _shaped_as(A, _value(flat_batch(A), structure, less_identity))

    def gradient(A: tf.Tensor, G: tf.Tensor) -> tf.Tensor:
        return _shaped_as(A, _reverse(flat_batch(A), flat_batch(G), structure))

    return with_vjp(gradient, shapes=[[n, n]])(expm_two_invariants)


def _shaped_as(A: tf.Tensor, X: tf.Tensor) -> tf.Tensor:
    if A.shape.is_fully_defined():
        return tf.reshape(X, A.shape)
    return tf.ensure_shape(tf.reshape(X, tf.shape(A)), A.shape)


class _Powers:
    """`A`, `V = A^2 - h`, `A V` and the invariants of a batch `[batch, n, n]`, in its layout.

    `A` is half of what is given where zero is an eigenvalue. Invariants have one row and column.
    """

    def __init__(self, A: tf.Tensor, structure: _Structure) -> None:
        self.zero, self.multiplicity = structure.zero, structure.multiplicity
        self.layout = without_zero_rows(layout_of(A), A.shape[-1], structure.zero_rows)
        self.product = self.layout.product
        self._never = never_of(A)
        (self.A,) = self.settled(self.layout.enter(0.5 * A if self.zero else A))
        self.identity = self.layout.identity(self.A)
        (N,) = self.settled(self.product(self.A, self.A))
        h = _trace(N) / (4 * self.multiplicity)
        h, self.V = self.settled(h, N - h * self.identity)
        (self.AV,) = self.settled(self.product(self.V, self.A))
        w = self._squared_half_difference(h)
        self.h, self.w, self.y = self.settled(h, w, self._smaller_eigenvalue(h, w))

    def settled(self, *X: tf.Tensor) -> Sequence[tf.Tensor]:
        """The same tensors, computed once."""
        return self.layout.settle(list(X), self._never)

    def sinh(self, p: Pairs) -> tf.Tensor:
        """`S`."""
        return p.E1 * self.A + p.O1 * self.AV

    def _squared_half_difference(self, h: tf.Tensor) -> tf.Tensor:
        """`w`; on the kernel of `A` the square of `V` is `h^2`."""
        kernel, ranks = self.A.shape[1] - 4 * self.multiplicity, 4 * self.multiplicity
        w = _trace_of_product(self.V, self.V) / ranks
        if not self.zero:
            return w
        w -= (kernel / ranks) * h * h
        cancels = tf.abs(w) < 0.5 * h * h
        better = _norm2(self.AV) * _norm2(self.A) < _MARGIN * h * h * _norm2(self.V)
        chosen = cancels & better
        divisor = tf.where(chosen, ranks * h, tf.ones_like(h))
        return tf.where(chosen, _trace_of_product(self.AV, self.AV) / divisor, w)

    def _smaller_eigenvalue(self, h: tf.Tensor, w: tf.Tensor) -> tf.Tensor:
        """`y`, of `V = -s`, from `B = (A - A V/s)/2`, which is `A` there and zero elsewhere."""
        s = half_difference(h, w)
        twice_B, norm2 = self.A - self.AV / s, _norm2(self.A)
        rounding, plain = tf.square(tf.abs(s) + norm2), s * s + _norm2(self.V)
        better = _norm2(twice_B) * rounding < _MARGIN * norm2 * plain
        y = _trace_of_product(twice_B, twice_B) / (8 * self.multiplicity)
        return tf.where(better, y, h - s)


def _value(A: tf.Tensor, structure: _Structure, less_identity: bool) -> tf.Tensor:
    """The exponential of a batch `[batch, n, n]`, or what it has beyond 1.

    `S (C + S)` is written as `E_0 S + (O_0 V + S) S`.
    """
    a = _Powers(A, structure)
    p = pairs(a.h, a.w, a.y, less_one=less_identity and not a.zero)
    p = Pairs(*a.settled(p.E0, p.O0, p.E1, p.O1))
    if not a.zero:
        return a.layout.leave(p.E0 * a.identity + p.O0 * a.V + a.sinh(p))
    S, X = a.settled(a.sinh(p), p.O0 * a.V + a.sinh(p))
    X = 2.0 * (p.E0 * S + a.product(X, S))
    return a.layout.leave(X) if less_identity else a.layout.leave_group(a.identity + X)


def _reverse(A: tf.Tensor, G: tf.Tensor, structure: _Structure) -> tf.Tensor:
    """The cotangent of `A`: the transpose of the `L` with `tr(K d exp(A)) = tr(L dA)`, `K = G^T`.

    In reverse, from `dC` and `dS` to `dA`: `K_C` and `K_S` are what they are paired with. As
    `O_0 K_C + O_1 A K_S` is paired with `dV`, and `V = A^2 - h`,

        L = E_1 K_S + O_1 K_S V + A K_V + K_V A + a A + b B,    K_V = O_0 K_C + O_1 A K_S.
    """
    a = _Powers(A, structure)
    K = a.layout.enter_adjoint(G, never_of(A))
    p, q = pairs_and_slopes(a.h, a.w, a.y)
    settled = a.settled(p.E0, p.O0, p.E1, p.O1, q.a0, q.b0, q.a1, q.b1)
    p, q = Pairs(*settled[:4]), Slopes(*settled[4:])
    K_C = K_S = K
    if a.zero:
        S, X = a.settled(a.sinh(p), p.O0 * a.V + a.sinh(p))
        K_C = a.product(S, K)
        K_C, K_S = a.settled(K_C, p.E0 * K + a.product(K, X) + K_C)
    AK, KV = a.settled(a.product(a.A, K_S), a.product(K_S, a.V))
    B, alpha, beta = _along_invariants(a, q, K_C, K_S, AK)
    K_V, alpha, beta = a.settled(p.O0 * K_C + p.O1 * AK, alpha, beta)
    L = p.E1 * K_S + p.O1 * KV + a.layout.as_cotangent(alpha * a.A + beta * B)
    (L,) = a.settled(L + a.product(a.A, K_V) + a.product(K_V, a.A))
    return a.layout.leave(adjoint(L))


def _along_invariants(
    a: _Powers, q: Slopes, K_C: tf.Tensor, K_S: tf.Tensor, AK: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """`B`, `a` and `b`: what the invariants in `C = E_0 + O_0 V` and `S` contribute to `L`.

    In terms of `h` and `w`, `B = A V`; the derivative by `h` holds the one through `V`, whence
    `E_f' - O_f = 2 w a`. Where the eigenvalues are split, the matrices and numbers that belong to
    `x` and `y` are kept apart, for those of `y` may be small: `dy = tr(B dA)` and
    `dx = tr((A - B) dA)`.
    """
    split, s = is_split(a.h, a.w), half_difference(a.h, a.w)
    B = tf.where(split, 0.5 * (a.A - a.AV / s), a.AV)
    e0, e1, o1 = _trace(K_C), _trace(AK), _trace_of_product(K_S, B)
    o0 = _trace_of_product(K_C, a.V)
    o0 = tf.where(split, 0.5 * (e0 - o0 / s), o0)
    by_x = q.a0 * (e0 - o0) + q.a1 * (e1 - o1)
    by_y = q.b0 * o0 + q.b1 * o1
    by_h = a.w * (q.a0 * e0 + q.a1 * e1) + by_y
    by_w = (q.b0 * e0 + q.b1 * e1) + (q.a0 * o0 + q.a1 * o1)
    alpha, beta = tf.where(split, by_x, by_h), tf.where(split, by_y - by_x, by_w)
    return B, alpha / a.multiplicity, beta / a.multiplicity


def _trace(X: tf.Tensor) -> tf.Tensor:
    """One row and column: slices of lanes are added up in one loop, a batch of rows at once."""
    if X.shape.rank == 3:
        return tf.linalg.trace(X)[:, None, None]
    return _sum(X[:, i : i + 1, i : i + 1] for i in range(min(X.shape[1:3])))


def _trace_of_product(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    if X.shape.rank == 3:
        return tf.reduce_sum(X * tf.linalg.matrix_transpose(Y), [1, 2], keepdims=True)
    places = itertools.product(range(X.shape[1]), range(Y.shape[1]))
    return _sum(X[:, i : i + 1, j : j + 1] * Y[:, j : j + 1, i : i + 1] for i, j in places)


def _norm2(X: tf.Tensor) -> tf.Tensor:
    """The square of the Frobenius norm."""
    if X.shape.rank == 3:
        return tf.reduce_sum(X * X, [1, 2], keepdims=True)
    places = itertools.product(range(X.shape[1]), repeat=2)
    return _sum(tf.square(X[:, i : i + 1, j : j + 1]) for i, j in places)


def _sum(terms: Iterable[tf.Tensor]) -> tf.Tensor:
    return functools.reduce(operator.add, terms)
