"""Truncated exponentials in nilpotent directions: a matrix with all its mixed derivatives.

With nilpotent `e_i` that commute with everything, `f(A + e_1 E_1 + ... + e_j E_j)` carries all
mixed derivatives of `f` at `A` in the directions `E_i`, one as the coefficient of each product of
`e_i`. A jet is a dictionary from the set of directions, written as a bit mask, to a matrix; mask 0
is the value, and what is not there is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow as tf

from liealg.runtime.layout import Layout

Jet = dict[int, tf.Tensor]


def with_directions(A: tf.Tensor, *E: tf.Tensor) -> Jet:
    """The jet `A + e_1 E_1 + ... + e_j E_j`.

    Examples
    --------
    >>> sorted(with_directions(tf.zeros([1]), tf.ones([1]), tf.ones([1])))
    [0, 1, 2]
    """
    return {(1 << i) >> 1: a for i, a in enumerate((A, *E))}


def product(layout: Layout, X: Jet, Y: Jet) -> Jet:
    """The product of two jets: a direction comes from one factor or the other, never from both."""
    total: Jet = {}
    for S, x in X.items():
        for T, y in Y.items():
            if not S & T:
                z = layout.product(x, y)
                total[S | T] = total[S | T] + z if S | T in total else z
    return total


def combination(coefficients: Sequence[float], jets: Sequence[Jet]) -> Jet:
    """A linear combination, the terms added from the last to the first."""
    total: Jet = {}
    for number, jet in zip(reversed(coefficients), reversed(jets), strict=True):
        for S, x in jet.items():
            term = x if number == 1 else number * x
            total[S] = total[S] + term if S in total else term
    return total


def mapped(function: Callable[[tf.Tensor], tf.Tensor], jet: Jet) -> Jet:
    """A linear function of each coefficient."""
    return {S: function(x) for S, x in jet.items()}


def settled(layout: Layout, never: tf.Tensor, *jets: Jet) -> list[Jet]:
    """The jets, each coefficient computed once."""
    flat = layout.settle([x for jet in jets for x in jet.values()], never)
    values = iter(flat)
    return [{S: next(values) for S in jet} for jet in jets]
