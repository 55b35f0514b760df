"""Representations of rotations by Euler angles: sparse turns about z, and between them a tilt.

The angles are `a`, `b` and `c` of `exp(A) = Z(a) X(b) Z(c)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from liealg.runtime.matrix_and_scalars import Workspace
from liealg.runtime.matrix_span import combinations
from liealg.runtime.rotation_matrices import RotationMatrices
from liealg.runtime.stumpff import stumpff

# --- Angles ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Turn:
    """`e^{iφ} = 1 + less_one + i sine`, with the digits that 1 has no room for."""

    less_one: tf.Tensor
    sine: tf.Tensor

    def __mul__(self, other: _Turn) -> _Turn:
        d, s = self.less_one, self.sine
        e, r = other.less_one, other.sine
        return _Turn(d + e + (d * e - s * r), s + r + (d * r + s * e))

    def conjugate(self) -> _Turn:
        """The turn back."""
        return _Turn(self.less_one, -self.sine)

    def of_size_one(self) -> _Turn:
        """What rounding has changed in the size taken away: powers multiply it."""
        d, s = self.less_one, self.sine
        half_excess = d + 0.5 * (d * d + s * s)
        return _Turn(d - half_excess * (1 + d), s - half_excess * s)

    def half(self) -> _Turn:
        """One of the two square roots."""
        cosine = 1 + self.less_one
        larger = tf.sqrt((1 + tf.abs(cosine)) / 2)
        smaller = self.sine / (2 * larger)
        back = cosine < 0  # there the sine of the half is the larger one
        return _Turn(tf.where(back, smaller, larger) - 1, tf.where(back, larger, smaller))

    def powers(self, exponents: Sequence[int], axis: int) -> _Turn:
        """Powers along an axis, which was of length 1, by squarings.

        All in one expression: one by one they would be an operation of the compiler each.
        """
        shape = [1] * self.sine.shape.rank
        shape[axis] = len(exponents)
        zero = tf.zeros_like(self.sine)
        result, square = _Turn(zero, zero), self
        for bit in range(max(exponents).bit_length()):
            taken = tf.constant([bool(m >> bit & 1) for m in exponents], shape=shape)
            factor = _Turn(
                tf.where(taken, square.less_one, zero), tf.where(taken, square.sine, zero)
            )
            result, square = result * factor if bit else factor, square * square
        return result


@dataclass(frozen=True)
class _EulerAngles:
    """`e^{ia}, e^{ic}, e^{i(a+c)}` and `e^{ib}`, or of the halves of these angles."""

    before: _Turn
    after: _Turn
    both: _Turn
    tilt: _Turn

    @staticmethod
    def of_vector(
        workspace: Workspace, Delta: tf.Tensor, vector: Sequence[tf.Tensor], halves: bool
    ) -> _EulerAngles:
        """Those of the rotation by a vector, `Δ` minus its square."""
        w, scale = stumpff(Delta / 4, 0, 1)
        x, y, z = (0.5 * scale * v for v in vector)
        q = _Quaternion.of_parts(w, x, y, z)
        turns = [turn.of_size_one() for turn in (_half_angles if halves else _whole_angles)(q)]
        numbers = workspace.once(*(v for turn in turns for v in (turn.less_one, turn.sine)))
        return _EulerAngles(*(_Turn(*numbers[i : i + 2]) for i in range(0, 8, 2)))


@dataclass(frozen=True)
class _Quaternion:
    """`w + i z = r e^{i(a+c)/2}` and `x + i y = s e^{i(a-c)/2}`, `r = cos(b/2)`, `s = sin(b/2)`.

    Attributes
    ----------
    w, x, y, z : tensor
        Where `r` or `s` is 0, the angle is chosen as 0 and its cosine is as small as it can be.
    r2, s2 : tensor
        The squares, of which the latter may be 0.
    inverse : tensor
        `1 / (r s)`, finite.
    norm : tensor
        `1 / (r² + s²)`, which differs from 1 by rounding alone.
    """

    w: tf.Tensor
    x: tf.Tensor
    y: tf.Tensor
    z: tf.Tensor
    r2: tf.Tensor
    s2: tf.Tensor
    inverse: tf.Tensor
    norm: tf.Tensor

    @staticmethod
    def of_parts(w: tf.Tensor, x: tf.Tensor, y: tf.Tensor, z: tf.Tensor) -> _Quaternion:
        s2 = x * x + y * y
        norm = 2 - (w * w + z * z + s2)
        w, z, r2 = _with_angle(w, z)
        x, y, positive = _with_angle(x, y)
        # No quotient of 1 and no quotient by a root: TensorFlow takes a faster reciprocal for the
        # one and a faster root for the other, which are wrong by a few units in the last place.
        product = r2 * positive
        return _Quaternion(w, x, y, z, r2, s2, tf.sqrt(product) / product, norm)


def _with_angle(x: tf.Tensor, y: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    """`x`, `y` and the sum of their squares, which is not 0, nor their product with another's."""
    small = float(np.finfo(x.dtype.as_numpy_dtype).tiny) ** 0.375
    square = x * x + y * y
    none = square < small * small
    one = tf.ones_like(x)
    return (
        tf.where(none, small * one, x),
        tf.where(none, tf.zeros_like(y), y),
        tf.where(none, small * small * one, square),
    )


def _whole_angles(q: _Quaternion) -> tuple[_Turn, _Turn, _Turn, _Turn]:
    x, y = q.x * q.inverse, q.y * q.inverse
    over = 2 * q.z / q.r2
    return (
        _Turn(q.w * x - q.z * y - 1, q.w * y + q.z * x),
        _Turn(q.w * x + q.z * y - 1, q.z * x - q.w * y),
        _Turn(-q.z * over, q.w * over),
        _Turn(-2 * q.s2 * q.norm, 2 * q.r2 * q.s2 * q.inverse * q.norm),
    )


def _half_angles(q: _Quaternion) -> tuple[_Turn, _Turn, _Turn, _Turn]:
    whole, *_ = _whole_angles(q)
    r = tf.sqrt(q.r2)
    over = r / q.r2
    cosine, sine = q.w * over, q.z * over
    front = cosine > 0
    near = -(sine * sine) / (1 + tf.where(front, cosine, tf.ones_like(cosine)))
    both = _Turn(tf.where(front, near, cosine - 1), sine)
    before = whole.half()
    unit = 0.5 * (1 + q.norm)  # root of the norm
    tilt_sine = tf.sqrt(q.s2) * unit
    tilt = _Turn(-(tilt_sine * tilt_sine) / (1 + r * unit), tilt_sine)
    return before, both * before.conjugate(), both, tilt


# --- The exponential ------------------------------------------------------------------------------


def rotation_less_identity(
    workspace: Workspace,
    matrices: RotationMatrices,
    coordinates: Sequence[tf.Tensor],
    Delta: tf.Tensor,
) -> tf.Tensor:
    """`exp(A) - 1 = (Z(a + c) - 1) + Z(a) (X(b) - 1) Z(c)`, with all digits near zero.

    Parameters
    ----------
    workspace
        What the scalars lie in.
    matrices
        The representation.
    coordinates
        Those of `A` in the span of the representation.
    Delta
        Minus the square of the angle.
    """
    vector = combinations(matrices.frame, coordinates)
    halves = any(m % 2 for m in matrices.doubled)
    angles = _EulerAngles.of_vector(workspace, Delta, vector, halves)
    step = 1 if halves else 2
    m = [i // step for i in matrices.doubled]
    tilt = angles.tilt.powers([i // step for i in matrices.tilt_doubled], 1)
    numbers = workspace.once(tilt.less_one, tilt.sine)
    X = workspace.combination(
        [x[:, i : i + 1] for x in numbers for i in range(len(matrices.tilt_doubled))],
        np.concatenate([matrices.tilt_cosines, matrices.tilt_sines]),
    )
    turns = angles.before.powers(m, 1), angles.after.powers(m, 2), angles.both.powers(m, 1)
    numbers = workspace.once(*(x for turn in turns for x in (turn.less_one, turn.sine)))
    before, after, both = (
        _Turn(*(tf.cast(x, X.dtype) for x in numbers[i : i + 2])) for i in (0, 2, 4)
    )
    shape = [1, *matrices.turn.shape, *[1] * (X.shape.rank - 3)]
    f = tf.constant(matrices.turn, X.dtype, shape)
    of_rows, of_columns = (tf.reduce_sum(f, axis, keepdims=True) for axis in (2, 1))
    p = matrices.partners
    X += before.less_one * X + before.sine * of_rows * _permuted(X, p, 1)
    X += after.less_one * X + after.sine * of_columns * _permuted(X, p, 2)
    return X + both.less_one * workspace.identity(X) + both.sine * f


def _permuted(X: tf.Tensor, order: Sequence[int], axis: int) -> tf.Tensor:
    if list(order) == list(range(len(order))):
        return X
    if list(order) == list(range(len(order)))[::-1]:
        return tf.reverse(X, [axis])  # compilers make loads of it, and of a gather a search
    return tf.gather(X, order, axis=axis)
