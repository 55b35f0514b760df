"""Derived exponentials in words and plain-text formulas."""

from __future__ import annotations

import re

import sympy as sp

from liealg.derive.exponential import Exponential
from liealg.derive.series import Series
from liealg.derive.stumpff import Stumpff


def plain(expression: sp.Expr) -> str:
    """An expression as plain text, with ``^`` for powers.

    Examples
    --------
    >>> theta = sp.Symbol("theta_1")
    >>> plain(-theta**2)
    '-theta1^2'
    """
    return plain_words(sp.sstr(expression))


def plain_words(text: str) -> str:
    """Words of a reason with the letters of the formulas.

    Examples
    --------
    >>> plain_words("s = theta_1**2 + Delta")
    's = theta1^2 + delta'
    """
    text = re.sub(r"\b(theta|alpha|beta)_(\d+)\b", r"\1\2", text.replace("**", "^"))
    return re.sub(r"\bDelta\b", "delta", text)


def formulas(exponential: Exponential) -> list[str]:
    """The formula of each diagonal block, with the meaning of its letters; none for a fallback.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive import exponential
    >>> formulas(exponential(MatrixBasis("so2", [[[0, -1], [1, 0]]])))
    ['exp(A) = c0(delta) I + c1(delta) A', 'delta = -theta1^2']
    """
    lines: list[str] = []
    several = len(exponential.blocks) > 1
    for series in exponential.blocks:
        rows = ", ".join(str(row + 1) for row in series.block.rows)
        where = f" on rows {rows}" if several else ""
        lines += [line + where for line in _formula(series)]
    return list(dict.fromkeys(lines))


def _formula(series: Series) -> list[str]:
    letter = "A" if series.shift == 0 else "B"
    total = " + ".join(_term(f, j, letter) for j, f in enumerate(series.coefficients))
    lines = [f"exp(A) = {total}"]
    if series.shift != 0:
        inner = "" if total == "I" else f" ({total})" if " + " in total else f" {total}"
        lines = [f"exp(A) = exp(s){inner or ' I'}"]
        if "B" in total:
            lines.append("B = A - s I")
        lines.append(f"s = {plain(series.shift)}")
    if series.invariant is not None:
        lines.append(f"delta = {plain(series.invariant)}")
    return lines


def _term(f: sp.Expr, power: int, letter: str) -> str:
    matrix = "I" if power == 0 else letter if power == 1 else f"{letter}^{power}"
    if isinstance(f, Stumpff):
        return f"c{f.order}(delta) {matrix}"
    return matrix if f == 1 else f"{matrix} / {1 / f}"
