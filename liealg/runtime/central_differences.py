"""Interpolation of `exp` at equally spaced eigenvalues, by central differences."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import tensorflow as tf

from liealg.runtime.matrix_and_scalars import Workspace
from liealg.runtime.stumpff import stumpff

_HALVINGS = {3: 0, 5: 1, 8: 2, 12: 3}
"""How often an angle is halved, for up to which `twice`.

The polynomial through the values at the eigenvalues is steep in between where the angle is large:
it multiplies the rounding of `A`, which need not have these eigenvalues to the last bit. With an
error of `eps` in `s`, the worst errors of values at half turns about an axis, in single precision
and units of `eps (1 + κ)`, after 0, 1, 2 and 3 halvings are 6, 3, 2, 2 for spin 2, 18, 5, 3, 2 for
spin 3, 27, 8, 3, 3 for spin 4 and 570, 80, 6, 3 for spin 6.
"""

_WIDE = 0.93
"""Angles are halved where the cosine of half of them is smaller: beyond 43 degrees."""

LARGEST_TWICE = max(_HALVINGS)
"""The largest spin, doubled."""


# --- The angle ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Angle:
    """`s = 2 sinh(t/2)/t` and `c = cosh(t/2)` after the halvings, with derivatives by `Δ`.

    Attributes
    ----------
    s, c, less_one, s_slope, c_slope : tensor
        With the factor of the halvings: `s` is `2 sinh(t'/2)/t` of the halved `t'`. `c - 1` has
        digits that `c` has no room for.
    sign : tensor
        -1 where a whole turn was taken out, else 1; for whole spins that is no change.
    wide : list of tensor
        Where the first halving took place, the second, ..
    """

    s: tf.Tensor
    c: tf.Tensor
    less_one: tf.Tensor
    s_slope: tf.Tensor
    c_slope: tf.Tensor
    sign: tf.Tensor
    wide: list[tf.Tensor]


def _angle(workspace: Workspace, Delta: tf.Tensor, halvings: int) -> _Angle:
    c, s, c2, c3 = stumpff(Delta / 4, 0, 1, 2, 3)
    c_slope, s_slope, less_one = s / 8, (c2 - c3) / 8, Delta / 4 * c2
    one = tf.ones_like(c)
    # Where the sine is large the result depends on it steeply, and the cosine tells it better.
    steep = (Delta < 0) & (c * c < 0.5)
    inner = tf.where(steep, tf.abs(c), 0.5 * one)
    square = (inner * inner - 1) / tf.where(steep, Delta, -one)
    s = tf.where(steep, tf.sign(s) * 2 * tf.sqrt(square), s)
    sign = tf.where(c < 0, -one, one) if halvings else one
    s, c, s_slope, c_slope = (x * sign for x in (s, c, s_slope, c_slope))
    wide: list[tf.Tensor] = []
    square, first = s * s, 2 * (1 - inner) / tf.where(steep, -Delta, one)
    for i in range(halvings):
        wide.append((Delta < 0) & (c < _WIDE))
        # Harmless where there is nothing to halve: the cosh of a large t may be infinite.
        twofold = 1 + tf.where(wide[-1], c, one)
        # The squares of s have quotients without roots, and half of their rounding.
        square = tf.where(wide[-1], square, one) / (2 * twofold)
        square = square if i else tf.where(steep, first, square)
        half, half_s = tf.sqrt(twofold / 2), tf.sign(s) * tf.sqrt(square)
        half_slope = c_slope / (4 * half)
        half_s_slope = (s_slope / 2 - half_s * half_slope) / half
        new, old = (half_s, half, half_s_slope, half_slope), (s, c, s_slope, c_slope)
        s, c, s_slope, c_slope = (tf.where(wide[-1], x, y) for x, y in zip(new, old, strict=True))
    if wide:
        less_one = tf.where(wide[0] | (sign < 0), c - 1, less_one)
    # Apart from what only the gradient needs: compilers see that it shares the rest with the value.
    s, c = workspace.once(s, c)
    s_slope, c_slope = workspace.once(s_slope, c_slope)
    return _Angle(s, c, less_one, s_slope, c_slope, sign, wide)


def _halvings(twice: int) -> int:
    return next(count for most, count in _HALVINGS.items() if twice <= most)


# --- The interpolation ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Interpolation:
    """Horner's scheme `L_k = p/(2k)! + q/(2k+1)! + (B² - (k+1-h)² D) L_(k+1)` and the squarings.

    Attributes
    ----------
    N, D : tensor
        The square of the scaled matrix and the scaled invariant.
    sums : list of tensor
        `L_0, L_1, ..`.
    squares : list of tensor
        The interpolation and its squares; the last is the exponential.
    """

    angle: _Angle
    N: tf.Tensor
    D: tf.Tensor
    sums: list[tf.Tensor]
    squares: list[tf.Tensor]


def node(k: int, whole: bool) -> float:
    """The square of the eigenvalue that the `k`-th factor vanishes at."""
    return float(k * k) if whole else (k - 0.5) ** 2


def weights(k: int, whole: bool) -> tuple[float, float]:
    """What the two terms of the `k`-th level are multiplied by."""
    first = 2 * k + whole
    return 1 / factorial(first), 1 / factorial(first + 1)


def interpolation(
    workspace: Workspace,
    A: tf.Tensor,
    Delta: tf.Tensor,
    twice: int,
    less_identity: bool = False,
) -> Interpolation:
    """`exp(A)` with all that led to it, or `exp(A) - 1` where that is asked for.

    Parameters
    ----------
    workspace
        What `A` and `Δ` lie in.
    A
        Matrices with eigenvalues `x √Δ`, `x = -j, -j + 1, .., j`.
    Delta
        The invariant, a scalar of the layout.
    twice
        `2 j`.
    less_identity
        Whether the identity is taken off.
    """
    whole, last = twice % 2 == 0, (twice - 1) // 2
    angle = _angle(workspace, Delta, _halvings(twice))
    c, s, sign = (tf.cast(x, A.dtype) for x in (angle.c, angle.s, angle.sign))
    D = tf.cast(angle.s * angle.s * Delta, A.dtype)
    I = workspace.identity(A)  # noqa: E741
    N = workspace.once(s * s * workspace.layout.product(A, A))[0] if twice > 1 else A
    p, q = (c * s * A, N) if whole else (c * I, s * A)
    sums: list[tf.Tensor] = []
    for k in range(last, -1, -1):
        first, second = weights(k, whole)
        if less_identity and not whole and k == 0:
            p = tf.cast(workspace.once(angle.less_one)[0], A.dtype) * I
        total = first * p + second * q
        if sums:
            product = workspace.layout.product(N, sums[0])
            total += product - node(k + 1, whole) * D * sums[0]
        sums.insert(0, workspace.once(total)[0] if k or angle.wide else total)
    X = sums[0] + I if whole and not less_identity else sums[0]
    squares = [X]
    for wide in angle.wide:
        square = workspace.layout.product(X, X)
        if less_identity:  # (1 + X)^2 - 1
            square += 2 * X
        (X,) = workspace.once(tf.where(wide, square, X))
        squares.append(X)
    if angle.wide and not whole:
        squares.append(sign * X + (sign - 1) * I if less_identity else sign * X)
    return Interpolation(angle, N, D, sums, squares)
