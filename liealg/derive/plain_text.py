"""Formulas and reasons as plain text."""

from __future__ import annotations

import re

import sympy as sp


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
