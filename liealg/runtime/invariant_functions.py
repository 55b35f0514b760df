"""The two Stumpff functions that go with an invariant, real or complex, and their derivatives.

**A complex invariant** `Δ = p + iq` is one of two nodes `p ± iq` (`two_nodes`, with `h = p` and
`w = -q²`): there `f(Δ) = E + iq O` with real entire functions `E` and `O` of `p` and `q²`, which
lose no digits anywhere, and no branch of `√Δ` needs to be chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from liealg.runtime.stumpff import stumpff
from liealg.runtime.two_nodes import pairs, pairs_and_slopes

Invariant = Sequence[tf.Tensor]
"""`Δ`, or its real and imaginary part: float32 or float64, of one shape."""


def values(Delta: Invariant, order: int) -> tuple[tf.Tensor, tf.Tensor]:
    """Return `c_m(Δ)` and `c_(m+1)(Δ)`; `m` is 0 or 1 where `Δ` has two parts.

    Examples
    --------
    >>> c0, c1 = values([tf.constant(-1.0), tf.constant(0.0)], 0)  # cos 1 and sin 1
    >>> round(c0.numpy().item().real, 4), round(c1.numpy().item().real, 4)
    (0.5403, 0.8415)
    """
    if len(Delta) == 1:
        first, second = stumpff(Delta[0], order, order + 1)
        return first, second
    if order == 0:
        p = pairs(*_nodes(Delta))
        return _at_node(Delta, p.E0, p.O0), _at_node(Delta, p.E1, p.O1)
    c0, c1 = values(_quarter(Delta), 0)
    return c0 * c1, 0.5 * c1 * c1


def slopes(Delta: Invariant, order: int) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the derivatives of both by `Δ`, `c_k' = (c_(k+1) - k c_(k+2))/2`.

    Examples
    --------
    >>> [round(x.numpy().item(), 4) for x in slopes([tf.constant(0.0)], 0)]  # 1/2 and 1/6
    [0.5, 0.1667]
    """
    if len(Delta) == 1:
        c = stumpff(Delta[0], order + 1, order + 2, order + 3)
        return (c[0] - order * c[1]) / 2, (c[1] - (order + 1) * c[2]) / 2
    if order == 1:
        quarter = _quarter(Delta)
        (c0, c1), (c0_slope, c1_slope) = values(quarter, 0), slopes(quarter, 0)
        return 0.25 * (c0_slope * c1 + c0 * c1_slope), 0.25 * c1 * c1_slope
    h, w, y = _nodes(Delta)
    p, q = pairs_and_slopes(h, w, y)
    by_w = _at_node(Delta, p.O1 + 2 * w * q.a1, 2 * q.b1)
    return 0.5 * _at_node(Delta, p.E1, p.O1), by_w


def cosh_less_one(Delta: Invariant) -> tf.Tensor:
    """Return `c_0(Δ) - 1` with the digits that `c_0` has no room for near zero.

    Examples
    --------
    >>> round(cosh_less_one([tf.constant(2e-20)]).numpy().item() * 1e20, 4)
    1.0
    """
    if len(Delta) == 1:
        return Delta[0] * stumpff(Delta[0], 2)[0]
    p = pairs(*_nodes(Delta), less_one=True)
    return _at_node(Delta, p.E0, p.O0)


def _nodes(Delta: Invariant) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
    re, im = Delta
    return re, -im * im, re  # the last is looked at for real nodes only


def _at_node(Delta: Invariant, E: tf.Tensor, O: tf.Tensor) -> tf.Tensor:  # noqa: E741
    return tf.complex(E, Delta[1] * O)


def _quarter(Delta: Invariant) -> Invariant:
    return [0.25 * part for part in Delta]
