"""Polynomials modulo a monic polynomial, and how their coefficients depend on its own.

A residue modulo `m = x^d + c_{d-1} x^{d-1} + .. + c_0` is the list of its `d` coefficients, the
constant first, each a tensor with one number for every matrix of the batch, or a Python number. A
coefficient that is the Python number 0 costs nothing: where `m` is a polynomial in `x^2`, half of
the work falls away.

With `f = Q m + r`, `deg r < d`, the remainder depends on `m` by `dr/dc_j = -x^j Q mod m`: replace
`m` by `m + e x^j`, and `f = Q (m + e x^j) + (r - e x^j Q)`. So `Q mod m` is carried beside `r`
through all steps, each of which is a few multiply-adds on numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple, TypeAlias

import tensorflow as tf

Number: TypeAlias = tf.Tensor | float
Residue: TypeAlias = list[Number]


class Divided(NamedTuple):
    """A power series `f = Q m + r` modulo `m`.

    Attributes
    ----------
    remainder, quotient
        The coefficients of `r` and of `Q mod m`.
    """

    remainder: Residue
    quotient: Residue


def times_x(residue: Residue, modulus: Residue) -> Residue:
    """Return `x r mod m`, at most `d` multiply-adds.

    Examples
    --------
    >>> times_x([1.0, 2.0], [-1.0, 0.0])  # x (1 + 2 x) modulo x^2 - 1
    [2.0, 1.0]
    """
    top = residue[-1]
    return [minus(low, times(c, top)) for low, c in zip([0.0, *residue[:-1]], modulus, strict=True)]


def divided_by_modulus(coefficients: Residue, modulus: Residue) -> Divided:
    """Divide a polynomial of degree at most `2 d - 1` by `m`.

    Examples
    --------
    >>> divided_by_modulus([0.0, 0.0, 3.0], [-1.0, 0.0])  # 3 x^2 = 3 (x^2 - 1) + 3
    Divided(remainder=[3.0, 0.0], quotient=[3.0, 0.0])
    """
    d, rest = len(modulus), list(coefficients)
    quotient: Residue = [0.0] * d
    for position in range(len(rest) - 1, d - 1, -1):
        top = rest.pop()
        quotient[position - d] = top
        for j, c in enumerate(modulus):
            rest[position - d + j] = minus(rest[position - d + j], times(c, top))
    return Divided(rest, quotient)


def product(x: Residue, y: Residue) -> Residue:
    """Return the `2 d - 1` coefficients of a product, not reduced.

    Examples
    --------
    >>> product([1.0, 2.0], [3.0, 4.0])
    [3.0, 10.0, 8.0]
    """
    d = len(x)
    return [
        reduce(plus, (times(x[i], y[k - i]) for i in range(max(0, k - d + 1), min(k + 1, d))))
        for k in range(2 * d - 1)
    ]


def series(numbers: Sequence[float], modulus: Residue) -> Divided:
    """Divide `sum_k a_k x^k` by `m`, for numbers `a_0, a_1, ..`, by Horner's scheme.

    `x f + a = (x Q + r_{d-1}) m + (x r mod m) + a`.

    Examples
    --------
    >>> series([1.0, 1.0, 0.5], [-1.0, 0.0])  # 1 + x + x^2/2 modulo x^2 - 1
    Divided(remainder=[1.5, 1.0], quotient=[0.5, 0.0])
    """
    f = Divided([0.0] * len(modulus), [0.0] * len(modulus))
    for number in reversed(numbers):
        f = plus_constant(product_with_x(f, modulus), number)
    return f


def plus_constant(f: Divided, number: float) -> Divided:
    """Add a number."""
    return Divided([plus(f.remainder[0], number), *f.remainder[1:]], f.quotient)


def product_with_x(f: Divided, modulus: Residue) -> Divided:
    """Multiply by `x`: what leaves the remainder at the top enters the quotient below."""
    quotient = times_x(f.quotient, modulus)
    quotient[0] = plus(quotient[0], f.remainder[-1])
    return Divided(times_x(f.remainder, modulus), quotient)


def squared(f: Divided, modulus: Residue) -> Divided:
    """Square: `(Q m + r)^2 = (Q^2 m + 2 Q r) m + r^2`.

    Examples
    --------
    >>> squared(Divided([1.0, 1.0], [0.0, 0.0]), [-1.0, 0.0])  # (1 + x)^2 = (x^2 - 1) + 2 + 2 x
    Divided(remainder=[2.0, 2.0], quotient=[1.0, 0.0])
    """
    remainder, carried = divided_by_modulus(product(f.remainder, f.remainder), modulus)
    mixed = divided_by_modulus(product(f.quotient, f.remainder), modulus).remainder
    return Divided(remainder, [plus(times(2.0, q), c) for q, c in zip(mixed, carried, strict=True)])


def modulus_cotangent(
    f: Divided, cotangent: Residue, modulus: Residue, positions: Sequence[int]
) -> Residue:
    """Return the cotangents of `c_j` for the listed positions `j`, for that of the remainder.

    `-sum_i g_i (x^j Q mod m)_i`.

    Examples
    --------
    >>> modulus_cotangent(Divided([1.5, 1.0], [0.5, 0.0]), [1.0, 1.0], [-1.0, 0.0], [1])
    [-0.5]
    """
    found, shifted = [], f.quotient
    for j in range(len(modulus)):
        if j in positions:
            terms = (times(g, q) for g, q in zip(cotangent, shifted, strict=True))
            found.append(times(-1.0, reduce(plus, terms)))
        shifted = times_x(shifted, modulus)
    return found


def plus(x: Number, y: Number) -> Number:
    """The sum; a Python zero costs nothing."""
    if _is_zero(x):
        return y
    return x if _is_zero(y) else x + y


def minus(x: Number, y: Number) -> Number:
    """The difference; a Python zero costs nothing."""
    if _is_zero(y):
        return x
    return -y if _is_zero(x) else x - y


def times(x: Number, y: Number) -> Number:
    """The product; a Python zero makes it zero, and a Python 1 costs nothing."""
    if _is_zero(x) or _is_zero(y):
        return 0.0
    if not tf.is_tensor(x) and x == 1:
        return y
    return x if not tf.is_tensor(y) and y == 1 else x * y


def _is_zero(x: Number) -> bool:
    return not tf.is_tensor(x) and x == 0
