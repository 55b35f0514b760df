"""Rows of numbers or rational functions, multiplied by their common denominator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import sympy as sp


def without_denominators(row: Sequence[sp.Expr]) -> list[sp.Expr]:
    """The row as a multiple that has no denominators, where its numbers are rational.

    With parameters the multiple is a polynomial in them, and the row spans the same line for all
    values but its roots.

    Examples
    --------
    >>> kappa = sp.Symbol("kappa", real=True)
    >>> without_denominators([sp.Rational(1, 2), sp.Rational(1, 3)])
    [3, 2]
    >>> without_denominators([1, 1 / kappa, 0])
    [kappa, 1, 0]
    """
    parts = [sp.fraction(sp.together(entry)) for entry in row]
    if all(entry.is_Rational for pair in parts for entry in pair):
        scale = reduce(sp.ilcm, (below for _, below in parts), sp.S.One)
    elif any(below.free_symbols for _, below in parts):
        scale = reduce(sp.lcm, (below for _, below in parts))
    else:
        return list(row)
    return [sp.expand(above * sp.cancel(scale / below)) for above, below in parts]
