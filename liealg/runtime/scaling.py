"""How far each matrix of a batch is scaled, and what is taken out of it before.

**Scaling looks at the value only**, never at the directions of derivatives, in which the result is
linear. A large cotangent therefore costs neither squarings nor digits; the `2n x 2n` block form
pays both, unless its backward error is taken apart by blocks (Al-Mohy, arXiv 2410.03575, 2024).

**It looks at the square of the matrix**, which the polynomial needs anyway: `d = ‖A^2‖^(1/2)` is at
most the norm, and much smaller for matrices far from normal, which a scaling by the norm would
scale too far (Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 31, 2009). The bound holds with `d`: a
term of the backward error is `‖A^(k+1)‖ / ‖A‖ <= d^k` for even `k`, and `<= d^(k+1) / ‖A‖ <= d^k`
for odd. For matrices of large norm the powers of `|A|` say more, in both directions: see `_Powers`.

**A decay common to all directions is taken out**: `exp(A) = e^m exp(A - m)`, with `m` the
logarithmic 1-norm of `A` where that is negative, else 0. A polynomial rounds relative to `e^‖A‖`,
so `exp(-2 I)` would lose a digit to cancellation. Nothing is taken out of a matrix with a diagonal
entry `>= 0`: traceless algebras are left alone, and the last row of an affine `[[M, v], [0, 0]]`
stays `0, .., 0, 1` to the last bit, which a shift by the mean of the eigenvalues would spoil.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from liealg.runtime.jets import Jet, mapped, product, settled
from liealg.runtime.layout import Layout
from liealg.runtime.norms import logarithmic_norm, moduli_of_columns, one_norm
from liealg.runtime.taylor import Scheme

_LARGE = 64.0
"""Norms, as multiples of the threshold, from which powers of `|A|` are looked at."""

_CANCELLING = 16.0
"""The largest `‖|X|^2‖ / ‖X‖` at which `X^2` keeps its digits: no larger than the norm, which stays
below it but for matrices far from normal. Where `A^2` cancels, `A A = I` with entries of 1e5 for
one, its rounding would stand in place of digits of `A`, unnoticed by a scaling that `A^2` decides.
"""


@dataclass(frozen=True)
class Scaled:
    """A scaled jet with its square.

    Attributes
    ----------
    jet, square : Jet
        `X = A / 2^s` and `X X`.
    squarings : int32 tensor
        `s` of each matrix.
    factor : tensor
        `2^-s` of each matrix, exact; NaN for matrices that are not finite.
    never : int32 scalar
        At most 0, which no compiler can know.
    """

    jet: Jet
    square: Jet
    squarings: tf.Tensor
    factor: tf.Tensor
    never: tf.Tensor


def common_decay(A: tf.Tensor, identity: tf.Tensor) -> tf.Tensor:
    """Return `min(0, m)`, `m` the logarithmic 1-norm."""
    return tf.cast(tf.minimum(logarithmic_norm(A, identity), 0), A.dtype)


def scaled(layout: Layout, A: Jet, scheme: Scheme) -> Scaled:
    """Divide by a power of two, for each matrix the smallest that its powers ask for.

    A matrix whose square could overflow is divided by a power of two before. Logarithms are good
    enough for exponents; the powers of two come from a table, for they must be exact, which
    `tf.pow` is not under XLA. The bound on `s` keeps `2^-s` a normal number: no finite norm needs
    more, but for the last factor of two below overflow.
    """
    norm = one_norm(A[0])
    real = norm.dtype
    finite = norm <= real.max  # false for NaN; tf.math.is_finite is not in TensorFlow Lite
    most = most_squarings(real)
    before = halvings(norm, 2.0 ** (most // 2), finite, most)
    never = tf.minimum(tf.reduce_max(before), 0)
    first = power_of_half(before, finite, real)
    X = mapped(lambda a: a * tf.cast(first, a.dtype), A)
    (square,) = settled(layout, never, product(layout, X, X))
    size = tf.minimum(norm, tf.sqrt(one_norm(square[0])) / first)
    powers = _powers(layout, A[0], norm, scheme)
    squarings = tf.maximum(
        halvings(tf.minimum(size, powers.size), scheme.threshold, finite, most),
        halvings(powers.cancelling, _CANCELLING, finite, most),
    )
    factor = power_of_half(squarings, finite, real)
    rest = factor / first
    X = mapped(lambda a: a * tf.cast(factor, a.dtype), A)
    square = mapped(lambda x: x * tf.cast(rest, x.dtype) * tf.cast(rest, x.dtype), square)
    X, square = settled(layout, never, X, square)
    return Scaled(X, square, squarings, factor, never)


@dataclass(frozen=True)
class _Powers:
    """What powers of `|A|`, the moduli of the entries, tell of each matrix.

    Attributes
    ----------
    size : tensor
        `(‖|A|^(m+1)‖ / ‖A‖)^(1/m)`: scaled to the threshold, the leading term of the backward
        error of a polynomial of degree `m` is at most what it is for a number of that size (Al-Mohy
        and Higham, SIAM J. Matrix Anal. Appl. 31, 2009, section 5). For triangular matrices with
        large entries off the diagonal far less than `d`, for others more. The norm where that is
        not large.
    cancelling : tensor
        `‖|A|^2‖ / ‖A‖`; 0 where the norm is not large.
    """

    size: tf.Tensor
    cancelling: tf.Tensor


def _powers(layout: Layout, A: tf.Tensor, norm: tf.Tensor, scheme: Scheme) -> _Powers:
    """Multiply a row of ones by `|A|` again and again, if a norm of the batch is large.

    `‖|A|^k‖_1` is the largest entry of the row after `k` steps: no product of matrices is needed.
    The row is kept at size 1 and its logarithm added up, for the powers may overflow. Forward mode
    differentiates what it meets, though only integers come of it: hence the stopped gradients.
    """
    A, norm = tf.stop_gradient(A), tf.stop_gradient(norm)
    large = (norm > _LARGE * scheme.threshold) & (norm <= norm.dtype.max)

    def step(k: tf.Tensor, row: tf.Tensor, log: tf.Tensor, two: tf.Tensor) -> tuple[tf.Tensor, ...]:
        row = tf.math.divide_no_nan(layout.row_product(row, tf.abs(A)), norm)
        top = tf.reduce_max(row, 2, keepdims=True)
        row, log = tf.math.divide_no_nan(row, top), log + tf.math.log(top)
        return k + 1, row, log, tf.where(k == 1, top, two)

    steps = scheme.degree + 1
    last = tf.where(tf.reduce_any(large), steps, 0)
    ones, zero = tf.ones_like(moduli_of_columns(A)), tf.zeros_like(norm)
    start = (tf.constant(0), ones, zero, zero)
    _, _, log, two = tf.while_loop(lambda k, *_: k < last, step, start, maximum_iterations=steps)
    size = tf.where(large, norm * tf.exp(log / scheme.degree), norm)
    return _Powers(size, tf.where(large, norm * two, 0))


def halvings(size: tf.Tensor, limit: float, finite: tf.Tensor, most: int) -> tf.Tensor:
    """How often a size must be halved to come to a limit; 0 for what is not finite."""
    steps = tf.math.ceil(tf.math.log(size / limit) / math.log(2.0))
    steps = tf.minimum(tf.maximum(steps, 0), most)
    return tf.cast(tf.where(finite, steps, 0), tf.int32)


def power_of_half(steps: tf.Tensor, finite: tf.Tensor, real: tf.DType) -> tf.Tensor:
    """`2^-steps`, exactly; NaN for what is not finite."""
    table = tf.constant(np.ldexp(1.0, -np.arange(most_squarings(real) + 1)), real)
    return tf.where(finite, tf.gather(table, steps), tf.constant(float("nan"), real))


def most_squarings(real: tf.DType) -> int:
    """Return the largest `s` with a normal `2^-s`."""
    return -int(np.finfo(real.as_numpy_dtype).minexp)
