"""Whether two polynomials become equal when the unknown is scaled by a real number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import gcd

import sympy as sp

from liealg.number_fields import common_field


def real_scales(first: Sequence[sp.Expr], second: Sequence[sp.Expr]) -> list[sp.Expr]:
    """All real ``c`` with ``a_j = c^j b_j`` for the numbers ``a_0, a_1 ...`` and ``b_0, b_1 ...``.

    If ``a_j`` are the coefficients of the characteristic polynomial of ``M``, those of ``c M`` are
    ``c^j a_j``. Where only ``a_0`` is not zero any ``c`` will do, and 1 is the answer.

    Examples
    --------
    >>> real_scales([1, 0, 4], [1, 0, 1]), real_scales([1, 0, -4], [1, 0, 1])
    ([2, -2], [])
    >>> real_scales([1, 3, 2], [1, 4, 3])
    []
    """
    places = [j for j, value in enumerate(first) if value != 0]
    if places != [j for j, value in enumerate(second) if value != 0]:
        return []
    ratios = {j: sp.radsimp(sp.sympify(first[j]) / sp.sympify(second[j])) for j in places}
    if ratios.pop(0, sp.S.One) != 1:
        return []
    if not ratios:
        return [sp.S.One]
    step = reduce(gcd, ratios)
    power = sp.radsimp(sp.expand(_combined(ratios, step)))
    if any(not is_zero(value - power ** (j // step)) for j, value in ratios.items()):
        return []
    if step % 2:
        return [sp.real_root(power, step)]
    if not power.is_positive:
        return []
    root = sp.root(power, step)
    return [root, -root]


def _combined(ratios: dict[int, sp.Expr], step: int) -> sp.Expr:
    """``c^step`` from the powers ``c^j``, by the Euclidean algorithm on the exponents."""
    exponent, value = 0, sp.S.One
    for j, ratio in ratios.items():
        a, b, _ = (int(number) for number in sp.gcdex(sp.Integer(exponent), sp.Integer(j)))
        exponent, value = a * exponent + b * j, value**a * ratio**b
    return value if exponent == step else 1 / value


def is_zero(number: sp.Expr) -> bool:
    """Whether an algebraic number is zero, by arithmetic in its field."""
    if number.is_Rational:
        return bool(number == 0)
    (found,) = common_field(sp.Matrix([[sp.expand(number)]]))
    return bool(found.is_zero_matrix)
