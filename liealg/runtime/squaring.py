"""Scaling and squaring of a Taylor polynomial, for a batch of matrices and their derivatives.

Four things are particular to it.

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

**Overflow is kept apart from what is finite**: while squaring, entries stop at the largest finite
number, since an infinity times a zero next to it would be NaN; they become infinite at the end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from liealg.runtime.jets import Jet, combination, mapped, product, settled
from liealg.runtime.layout import Layout
from liealg.runtime.taylor import Scheme, scheme_for

_LARGE = 64.0
"""Norms, as multiples of the threshold, from which powers of `|A|` are looked at."""

_CANCELLING = 16.0
"""The largest `‖|X|^2‖ / ‖X‖` at which `X^2` keeps its digits: no larger than the norm, which stays
below it but for matrices far from normal. Where `A^2` cancels, `A A = I` with entries of 1e5 for
one, its rounding would stand in place of digits of `A`, unnoticed by a scaling that `A^2` decides.
"""


@dataclass(frozen=True)
class _Scaled:
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


def exponential(layout: Layout, jet: Jet) -> Jet:
    """The exponential of a jet."""
    dtype = jet[0].dtype
    scheme = scheme_for(dtype.real_dtype.name)
    identity = layout.identity(jet[0])
    decay = _common_decay(layout, jet[0], identity)
    scaled = _scaled(layout, jet | {0: jet[0] - decay * identity}, scheme)
    X = _polynomial(layout, scaled, scheme, identity)
    growth = tf.exp(decay * tf.cast(scaled.factor, dtype))
    return _squared(layout, mapped(lambda x: x * growth, X), scaled.squarings)


def _common_decay(layout: Layout, A: tf.Tensor, identity: tf.Tensor) -> tf.Tensor:
    """Return `min(0, m)`, `m = max_j(Re a_jj + Σ_(i≠j) |a_ij|)` the logarithmic 1-norm.

    `‖exp(A)‖_1 <= e^m` (Dahlquist 1958; Söderlind, BIT 46, 2006).
    """
    columns = tf.where(tf.cast(identity, tf.bool), tf.math.real(A), tf.abs(A))
    return tf.cast(tf.minimum(_largest_column(layout, columns), 0), A.dtype)


def _largest_column(layout: Layout, entries: tf.Tensor) -> tf.Tensor:
    """The largest sum of a column of each matrix, of the shape of one entry."""
    return tf.reduce_max(_columns(layout, entries), layout.rows + 1, keepdims=True)


def _columns(layout: Layout, entries: tf.Tensor) -> tf.Tensor:
    """The sums of the columns of each matrix, of the shape of one row."""
    return tf.reduce_sum(entries, layout.rows, keepdims=True)


def _scaled(layout: Layout, A: Jet, scheme: Scheme) -> _Scaled:
    """Divide by a power of two, for each matrix the smallest that its powers ask for.

    A matrix whose square could overflow is divided by a power of two before. Logarithms are good
    enough for exponents; the powers of two come from a table, for they must be exact, which
    `tf.pow` is not under XLA. The bound on `s` keeps `2^-s` a normal number: no finite norm needs
    more, but for the last factor of two below overflow.
    """
    norm = _largest_column(layout, tf.abs(A[0]))
    real = norm.dtype
    finite = norm <= real.max  # false for NaN; tf.math.is_finite is not in TensorFlow Lite
    most = _most_squarings(real)
    before = _steps(norm, 2.0 ** (most // 2), finite, most)
    never = tf.minimum(tf.reduce_max(before), 0)
    first = _power_of_half(before, finite, real)
    X = mapped(lambda a: a * tf.cast(first, a.dtype), A)
    (square,) = settled(layout, never, product(layout, X, X))
    size = tf.minimum(norm, tf.sqrt(_largest_column(layout, tf.abs(square[0]))) / first)
    powers = _powers(layout, A[0], norm, scheme)
    squarings = tf.maximum(
        _steps(tf.minimum(size, powers.size), scheme.threshold, finite, most),
        _steps(powers.cancelling, _CANCELLING, finite, most),
    )
    factor = _power_of_half(squarings, finite, real)
    rest = factor / first
    X = mapped(lambda a: a * tf.cast(factor, a.dtype), A)
    square = mapped(lambda x: x * tf.cast(rest, x.dtype) * tf.cast(rest, x.dtype), square)
    X, square = settled(layout, never, X, square)
    return _Scaled(X, square, squarings, factor, never)


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
        column = tf.expand_dims(tf.squeeze(row, layout.rows), layout.rows + 1)
        row = tf.math.divide_no_nan(_columns(layout, column * tf.abs(A)), norm)
        top = tf.reduce_max(row, layout.rows + 1, keepdims=True)
        row, log = tf.math.divide_no_nan(row, top), log + tf.math.log(top)
        return k + 1, row, log, tf.where(k == 1, top, two)

    steps = scheme.degree + 1
    last = tf.where(tf.reduce_any(large), steps, 0)
    ones, zero = tf.ones_like(_columns(layout, tf.abs(A))), tf.zeros_like(norm)
    start = (tf.constant(0), ones, zero, zero)
    _, _, log, two = tf.while_loop(lambda k, *_: k < last, step, start, maximum_iterations=steps)
    size = tf.where(large, norm * tf.exp(log / scheme.degree), norm)
    return _Powers(size, tf.where(large, norm * two, 0))


def _steps(size: tf.Tensor, limit: float, finite: tf.Tensor, most: int) -> tf.Tensor:
    """How often a size must be halved to come to a limit; 0 for what is not finite."""
    steps = tf.math.ceil(tf.math.log(size / limit) / math.log(2.0))
    steps = tf.minimum(tf.maximum(steps, 0), most)
    return tf.cast(tf.where(finite, steps, 0), tf.int32)


def _power_of_half(steps: tf.Tensor, finite: tf.Tensor, real: tf.DType) -> tf.Tensor:
    """`2^-steps`, exactly; NaN for what is not finite."""
    table = tf.constant(np.ldexp(1.0, -np.arange(_most_squarings(real) + 1)), real)
    return tf.where(finite, tf.gather(table, steps), tf.constant(float("nan"), real))


def _most_squarings(real: tf.DType) -> int:
    """Return the largest `s` with a normal `2^-s`."""
    return -int(np.finfo(real.as_numpy_dtype).minexp)


def _polynomial(layout: Layout, scaled: _Scaled, scheme: Scheme, identity: tf.Tensor) -> Jet:
    """The Taylor polynomial of a scaled jet."""
    terms = [{0: identity}, scaled.jet, scaled.square]

    def combined(row: dict[int, float]) -> Jet:
        listed = sorted(row)
        return combination([row[term] for term in listed], [terms[term] for term in listed])

    for left, right in scheme.products:
        factors = combined(left), combined(right)
        terms += settled(layout, scaled.never, product(layout, *factors))
    return combined(scheme.result)


def _squared(layout: Layout, X: Jet, squarings: tf.Tensor) -> Jet:
    """Square each matrix of the batch as often as it needs.

    The loop runs to the largest number in the batch; a matrix that has had its squarings is kept
    as it is by a select, so one large neighbour costs the others time, never digits.
    """
    masks = sorted(X)
    last = tf.reduce_max(squarings)

    def step(i: tf.Tensor, *values: tf.Tensor) -> tuple[tf.Tensor, ...]:
        old = dict(zip(masks, values, strict=True))
        new = product(layout, old, old)
        new[0] = _clipped(new[0])
        going = i < squarings
        return (i + 1, *(tf.where(going, new[S], old[S]) for S in masks))

    bound = _most_squarings(X[0].dtype.real_dtype)
    start = (tf.constant(0), *(X[S] for S in masks))
    _, *values = tf.while_loop(lambda i, *_: i < last, step, start, maximum_iterations=bound)
    jet = dict(zip(masks, values, strict=True))
    return jet | {0: _unclipped(jet[0])}


def _clipped(X: tf.Tensor) -> tf.Tensor:
    """Real and imaginary parts cut off at the largest finite number."""
    if X.dtype.is_complex:
        return tf.complex(_clipped(tf.math.real(X)), _clipped(tf.math.imag(X)))
    overflown = tf.abs(X) > X.dtype.max  # false for NaN
    return tf.where(overflown, tf.sign(X) * X.dtype.max, X)


def _unclipped(X: tf.Tensor) -> tf.Tensor:
    """Infinity where a part has been cut off: twice the largest finite number."""
    if X.dtype.is_complex:
        return tf.complex(_unclipped(tf.math.real(X)), _unclipped(tf.math.imag(X)))
    return tf.where(tf.abs(X) >= X.dtype.max, X + X, X)
