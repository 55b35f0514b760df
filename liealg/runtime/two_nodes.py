"""Functions of two nodes: `c_0` and `c_1` of a matrix `N` with `(N - h)^2 = w`.

There `f(N) = E + O (N - h)` with the mean `E` of `f` over the eigenvalues `x, y = h ± √w` of `N`
and its divided difference `O`,

    E = (f(x) + f(y)) / 2,    O = (f(x) - f(y)) / (x - y),

entire functions of `h` and `w`, real for `w` of either sign. Three charts evaluate them without
complex numbers, and without a difference of what nearly agrees:

**near** zero, `h^2 + |w| <= 64`: the Taylor series in `w`, coefficients polynomials in `h`;

**split** eigenvalues, `w > h^2/2`: the functions at `x` and `y`, of which `y`, the smaller one, may
be anything down to zero;

**close** or conjugate eigenvalues, the rest: `√x, √y = √P ± √Q` with `P + Q = h` and `4 P Q = w`,
both real since `(P - Q)^2 = h^2 - w >= h^2/2`. The addition theorems of the hyperbolic functions
turn `cosh(√P ± √Q)` and `sinh(√P ± √Q)` into entire functions of `P` and `Q`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, factorial
from typing import Any

import tensorflow as tf

from liealg.runtime.stumpff import stumpff

_NEAR = 64.0
_TERMS = {tf.float32: 10, tf.float64: 15}
"""Terms of the series: up to `|x| = 8 √2` the rest is below a fifth of a unit in the last place."""


@dataclass(frozen=True)
class Pairs:
    """`E` and `O` of `c_0` and of `c_1`, tensors of one shape."""

    E0: tf.Tensor
    O0: tf.Tensor
    E1: tf.Tensor
    O1: tf.Tensor


@dataclass(frozen=True)
class Slopes:
    """What derivatives of the pairs are made of, two tensors for each of `f = c_0` and `f = c_1`.

    Near and close: `a` is the derivative of `O` by `w`, `b` that of `E` by `w`. The derivatives by
    `h` follow, `O + 2 w a` of `E` and `2 b` of `O`. Split: `a = f'(x) - O` and `b = f'(y) - O`.
    """

    a0: tf.Tensor
    b0: tf.Tensor
    a1: tf.Tensor
    b1: tf.Tensor


def pairs(h: tf.Tensor, w: tf.Tensor, y: tf.Tensor, *, less_one: bool = False) -> Pairs:
    """Evaluate `E` and `O` of `c_0`, or of `c_0 - 1`, and of `c_1`.

    Parameters
    ----------
    h, w
        Mean and squared half difference of the eigenvalues; tensors of one shape, float32 or
        float64.
    y
        The smaller eigenvalue where they are split, and anything finite where not: `h ∓ √w` loses
        its digits where it is small, but the caller may know better.
    less_one
        Whether to take `c_0 - 1`, with the digits that `c_0` has no room for near zero.

    Examples
    --------
    The eigenvalues 1 and -1: `(cosh 1 + cos 1)/2` and `(sinh 1 - sin 1)/2` are the first and last.

    >>> p = pairs(tf.constant(0.0), tf.constant(1.0), tf.constant(-1.0))
    >>> round(float(p.E0), 4), round(float(p.O1), 4)
    (1.0417, 0.1669)
    """
    return Pairs(*_evaluated(h, w, y, slopes=False, less_one=less_one))


def pairs_and_slopes(h: tf.Tensor, w: tf.Tensor, y: tf.Tensor) -> tuple[Pairs, Slopes]:
    """Evaluate the pairs and what their derivatives are made of, arguments as of `pairs`."""
    values = _evaluated(h, w, y, slopes=True)
    return Pairs(*values[:4]), Slopes(*values[4:])


def is_split(h: tf.Tensor, w: tf.Tensor) -> tf.Tensor:
    """Whether the functions are evaluated at both eigenvalues themselves; false for NaN."""
    return ~_is_near(h, w) & (w + w > h * h)


def half_difference(h: tf.Tensor, w: tf.Tensor) -> tf.Tensor:
    """`√w` with the sign of `h` where the eigenvalues are split, so that `y` is small; else 1."""
    return with_sign_of(h, tf.sqrt(tf.where(is_split(h, w), w, tf.ones_like(w))))


def with_sign_of(h: tf.Tensor, size: tf.Tensor) -> tf.Tensor:
    """`size`, or its negative where `h` is negative."""
    return tf.where(h < 0, -size, size)


def _is_near(h: tf.Tensor, w: tf.Tensor) -> tf.Tensor:
    return h * h + tf.abs(w) <= _NEAR


def _evaluated(
    h: tf.Tensor, w: tf.Tensor, y: tf.Tensor, slopes: bool, less_one: bool = False
) -> list[tf.Tensor]:
    """The pairs, and the slopes, each from its chart.

    The other two charts are evaluated at arguments that do no harm, for their derivatives must be
    finite, too.
    """
    near, split = _is_near(h, w), is_split(h, w)
    nothing, one = tf.zeros_like(h), tf.ones_like(h)
    s = half_difference(h, w)
    x, y = tf.where(split, h + s, one), tf.where(split, y, -one)

    close = ~(near | split)
    h_close, w_close = tf.where(close, h, one), tf.where(close, w, nothing)
    d = h_close * h_close - w_close
    r = with_sign_of(h_close, tf.sqrt(d))
    P = 0.5 * (h_close + r)
    Q = 0.25 * w_close / P

    at_x, at_y = _at(tf.where(split, x, P), slopes), _at(tf.where(split, y, Q), slopes)
    charts = (
        _near(tf.where(near, h, nothing), tf.where(near, w, nothing), slopes, less_one),
        _split(s, at_x, at_y),
        _close(h_close, d, r, P, Q, at_x, at_y),
    )
    if less_one:
        for chart in charts[1:]:
            chart[0] -= 1
    return [
        tf.where(near, first, tf.where(split, second, third))
        for first, second, third in zip(*charts, strict=True)
    ]


def _at(z: tf.Tensor, slopes: bool) -> list[tf.Tensor]:
    """`c_0` and `c_1`, and for slopes the derivative of `c_1`, `(c_2 - c_3)/2`."""
    c = stumpff(z, 0, 1, 2, 3) if slopes else stumpff(z, 0, 1)
    return [*c[:2], *([0.5 * (c[2] - c[3])] if slopes else [])]


def _near(h: tf.Tensor, w: tf.Tensor, slopes: bool, less_one: bool) -> list[tf.Tensor]:
    """Taylor series at `h`: `E = sum_j f^(2j)(h)/(2j)! w^j`, `O` with the odd derivatives."""
    taylor = functools.partial(_taylor, h, w)
    values = [taylor(0, 0, less_one=less_one), taylor(0, 1), taylor(1, 0), taylor(1, 1)]
    if not slopes:
        return values
    a0, a1, b1 = taylor(0, 1, True), taylor(1, 1, True), taylor(1, 0, True)
    return [*values, a0, 0.25 * values[3], a1, b1]


def _taylor(
    h: tf.Tensor, w: tf.Tensor, k: int, odd: int, by_w: bool = False, less_one: bool = False
) -> tf.Tensor:
    """`E` (or `O`) of `c_k`, or its derivative by `w`, by Horner's rule in `h` and in `w`.

    Coefficient by coefficient, not by products of pairs: compilers make one loop of it.
    """
    terms = _TERMS[h.dtype]
    inner = []
    for m in range(odd, terms, 2):
        factor = m // 2 if by_w else 1
        inner.append([factor * comb(i, m) / factorial(2 * i + k) for i in range(m, terms)])
    inner[0][0] -= less_one
    return _horner([_horner(c, h) for c in inner[by_w:]], w)


def _horner(coefficients: Sequence[Any], z: tf.Tensor) -> Any:
    *rest, total = coefficients
    for c in reversed(rest):
        total = total * z + c
    return total


def _split(s: tf.Tensor, x: Sequence[tf.Tensor], y: Sequence[tf.Tensor]) -> list[tf.Tensor]:
    C, S = zip(x[:2], y[:2], strict=True)
    over = 0.5 / s
    O0, O1 = over * (C[0] - C[1]), over * (S[0] - S[1])
    values = [0.5 * (C[0] + C[1]), O0, 0.5 * (S[0] + S[1]), O1]
    if len(x) == 2:
        return values
    return [*values, 0.5 * S[0] - O0, 0.5 * S[1] - O0, x[2] - O1, y[2] - O1]


def _close(
    h: tf.Tensor,
    d: tf.Tensor,
    r: tf.Tensor,
    P: tf.Tensor,
    Q: tf.Tensor,
    at_P: Sequence[tf.Tensor],
    at_Q: Sequence[tf.Tensor],
) -> list[tf.Tensor]:
    (C_P, S_P), (C_Q, S_Q) = at_P[:2], at_Q[:2]
    E0, O0 = C_P * C_Q, 0.5 * S_P * S_Q
    E1, O1 = (P * S_P * C_Q - Q * C_P * S_Q) / r, 0.5 * (C_P * S_Q - S_P * C_Q) / r
    values = [E0, O0, E1, O1]
    if len(at_P) == 2:
        return values
    D_P, D_Q = at_P[2], at_Q[2]
    return [
        *values,
        0.125 * (S_P * D_Q - D_P * S_Q) / r,
        0.25 * O1,
        (0.125 * (C_P * D_Q + D_P * C_Q - S_P * S_Q) + 0.5 * O1) / d,
        0.25 * (h * (O0 - O1) - (E0 - E1)) / d,
    ]
