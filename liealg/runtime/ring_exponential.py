"""The exponential modulo a polynomial: Taylor's polynomial of a part, doubled."""

from __future__ import annotations

import math
from dataclasses import dataclass

from liealg.runtime.ring import Divided, Residue, plus, product_with_x, series, squared, times
from liealg.runtime.structure import Structure


@dataclass(frozen=True)
class Scheme:
    """`T(x / 2^doublings)^(2^doublings)` for `exp(x)`.

    Attributes
    ----------
    degree : int
        The degree of the Taylor polynomial `T`.
    doublings : int
        How often the argument is doubled.
    threshold : float
        The largest `‖X^2‖^(1/2)` at which this stands for the exponential, with its derivative, as
        in `taylor.Scheme`.
    """

    degree: int
    doublings: int
    threshold: float


_SMALL = {"float32": Scheme(15, 2, 4 * 1.8705), "float64": Scheme(22, 2, 4 * 1.5861)}
_LARGER = {"float32": Scheme(16, 1, 2 * 2.1075), "float64": Scheme(25, 1, 2 * 2.1484)}
_SMALL_DEGREE = 4


def scheme_for(structure: Structure, real_dtype: str) -> Scheme:
    """The scheme for ``float32`` or ``float64``.

    Examples
    --------
    >>> scheme_for(Structure(3), "float32").degree
    15
    """
    return (_SMALL if structure.degree <= _SMALL_DEGREE else _LARGER)[real_dtype]


def exponential_in_ring(scheme: Scheme, modulus: Residue, *, order: int = 0) -> Divided:
    """Divide `exp`, or `phi_1 = (exp - 1)/x` for order 1, by the modulus.

    `exp(2x) = exp(x)^2` and, since `exp = 1 + x phi_1`, `phi_1(2x) = phi_1(x) + x phi_1(x)^2 / 2`.

    Examples
    --------
    >>> r, _ = exponential_in_ring(Scheme(22, 2, 6.3), [-1.0, 0.0])
    >>> [round(x, 6) for x in r]  # x^2 = 1: cosh(1) and sinh(1)
    [1.543081, 1.175201]
    """
    part = 0.5**scheme.doublings
    numbers = [part**k / math.factorial(k + order) for k in range(scheme.degree + 1)]
    f = series(numbers, modulus)
    for _ in range(scheme.doublings):
        square = squared(f, modulus)
        f = square if order == 0 else _sum(f, product_with_x(square, modulus), part / 2)
        part *= 2
    return f


def _sum(f: Divided, g: Divided, weight: float) -> Divided:
    remainder, quotient = (
        [plus(x, times(weight, y)) for x, y in zip(old, new, strict=True)]
        for old, new in zip(f, g, strict=True)
    )
    return Divided(remainder, quotient)
