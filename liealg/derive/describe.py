"""Derived exponentials in words and plain-text formulas."""

from __future__ import annotations

from liealg.derive.exponential import Exponential
from liealg.derive.plain_text import plain_words


def formulas(exponential: Exponential) -> list[str]:
    """The formula of each diagonal block, with the meaning of its letters.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive import exponential
    >>> formulas(exponential(MatrixBasis("so2", [[[0, -1], [1, 0]]])))
    ['exp(A) = c0(delta) I + c1(delta) A', 'delta = -theta1^2']
    """
    lines: list[str] = []
    several = len(exponential.blocks) > 1
    for form in exponential.blocks:
        where = f" on rows {form.block.listed_rows}" if several else ""
        lines += [line + where for line in form.formula]
    return list(dict.fromkeys(lines))


def certificate(exponential: Exponential) -> list[str]:
    """What the form of each diagonal block rests on, and how that was established.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive import exponential
    >>> for line in certificate(exponential(MatrixBasis("so2", [[[0, -1], [1, 0]]]))):
    ...     print(line)
    x^2 - delta = 0 at x = A for all coefficients
        (it is the characteristic polynomial: theorem of Cayley and Hamilton)
    """
    lines: list[str] = []
    several = len(exponential.blocks) > 1
    for form in exponential.blocks:
        where = f" on rows {form.block.listed_rows}" if several else ""
        for fact in form.certificate:
            lines += [f"{plain_words(fact.claim)}{where}", f"    ({plain_words(fact.proof)})"]
        if not form.certificate:
            lines.append(f"nothing is assumed of A{where}")
    return lines
