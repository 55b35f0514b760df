"""Exact signs: of numbers of a real field, and of the squares in a quadratic form."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix


def sign(number: Any, domain: Any) -> int:
    """The sign of a number of the rationals or of a real algebraic field.

    A number is a polynomial in the generator of its field, and zero only if the polynomial is. For
    any other, an interval around the generator with rational ends is narrowed until the values of
    the polynomial on it leave zero out.

    Examples
    --------
    >>> field = sp.QQ.algebraic_field(sp.sqrt(2))
    >>> sign(field.from_sympy(99 - 70 * sp.sqrt(2)), field)
    1
    """
    if number == domain.zero:
        return 0
    if not domain.is_AlgebraicField:
        return 1 if number > 0 else -1
    digits = 20
    while True:
        low, high = _value(number.to_list(), *_generator(domain, digits))
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        digits *= 2


@lru_cache(maxsize=64)
def _generator(domain: Any, digits: int) -> tuple[Any, Any]:
    low, high = sp.isolate(domain.ext.as_expr(), eps=sp.Rational(1, 10**digits))
    return sp.QQ.from_sympy(low), sp.QQ.from_sympy(high)


def _value(coefficients: list[Any], low: Any, high: Any) -> tuple[Any, Any]:
    """Horner's scheme on intervals with rational ends."""
    value = (sp.QQ.zero, sp.QQ.zero)
    for coefficient in coefficients:
        corners = [a * b for a in value for b in (low, high)]
        value = (min(corners) + coefficient, max(corners) + coefficient)
    return value


def signature(form: DomainMatrix) -> tuple[int, int, int]:
    """Positive, negative and zero squares of a symmetric form (Sylvester's law of inertia).

    A congruence makes the form diagonal, one row and column at a time: what is left after a pivot
    ``d`` with its column ``v`` is ``S - v v^T / d``. Where the diagonal is zero, adding one row and
    column to another makes a pivot of an entry off it.

    Examples
    --------
    >>> signature(DomainMatrix.from_list([[0, 1, 0], [1, 0, 0], [0, 0, 0]], sp.QQ))
    (1, 1, 1)
    """
    rows, domain = form.to_list(), form.domain
    count = {1: 0, -1: 0}
    while rows:
        pivot = _pivot(rows, domain)
        if pivot is None:
            break
        count[sign(rows[pivot][pivot], domain)] += 1
        rows = _complement(rows, pivot, domain)
    return count[1], count[-1], len(rows)


def _pivot(rows: list[list[Any]], domain: Any) -> int | None:
    """The index of a nonzero diagonal entry, made by a congruence if need be; ``None`` for zero."""
    size = range(len(rows))
    for i in size:
        if rows[i][i] != domain.zero:
            return i
    for i in size:
        for j in size:
            if rows[i][j] != domain.zero:
                for m in size:
                    rows[i][m] = rows[i][m] + rows[j][m]
                for m in size:
                    rows[m][i] = rows[m][i] + rows[m][j]
                return i
    return None


def _complement(rows: list[list[Any]], pivot: int, domain: Any) -> list[list[Any]]:
    rest = [i for i in range(len(rows)) if i != pivot]
    ratio = {i: domain.quo(rows[i][pivot], rows[pivot][pivot]) for i in rest}
    return [
        [rows[i][j] - ratio[i] * rows[pivot][j] if ratio[i] else rows[i][j] for j in rest]
        for i in rest
    ]
