"""The series of one invariant, or of none, as a function of the matrix at run time."""

from __future__ import annotations

import sympy as sp

from liealg.derive.form import MatrixForm
from liealg.derive.series import Series
from liealg.derive.stumpff import Stumpff


def as_matrix_form(series: Series) -> MatrixForm:
    """Give the exponential of a block by products of matrices, not entry by entry.

    For blocks in a basis with many entries, where the formula of each entry is long. The shift and
    the invariant are passed in the form that the series has them in, the one that keeps its digits.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive import one_invariant
    >>> from liealg.derive.blocks import split
    >>> block, = split(MatrixBasis("so2", [[[0, -1], [1, 0]]]))
    >>> form = as_matrix_form(one_invariant.derive(block))
    >>> form.function, form.scalars, dict(form.keywords)
    ('expm_one_invariant', (-theta_1**2,), {'order': 0, 'invariant': True, 'shift': False})
    """
    invariant = series.invariant
    shifted = series.shift != 0
    order = sum(1 for f in series.coefficients if not isinstance(f, Stumpff))
    re, im = sp.expand(series.shift).as_real_imag()
    parts = (re,) if im == 0 else (re, im)
    scalars = (parts if shifted else ()) + (() if invariant is None else (invariant,))
    letter = "B" if shifted else "A"
    return MatrixForm(
        block=series.block,
        kind=series.kind,
        reason=series.reason,
        certificate=series.certificate,
        function="expm_one_invariant",
        scalars=scalars,
        keywords={"order": order, "invariant": invariant is not None, "shift": shifted},
        gives_less_identity=True,
        formula=_formula(series, order, letter),
        source=series.source,
    )


def _formula(series: Series, order: int, letter: str) -> tuple[str, ...]:
    def term(factor: str, power: int) -> str:
        matrix = "I" if power == 0 else letter if power == 1 else f"{letter}^{power}"
        return f"{factor} {matrix}" if factor else matrix

    terms = []
    for power, f in enumerate(series.coefficients):
        if isinstance(f, Stumpff):
            terms.append(term(f"c{f.order}(Delta)", power))
        else:
            terms.append(term("", power) + ("" if f == 1 else f"/{sp.factorial(power)}"))
    total = " + ".join(terms)
    lines = [f"exp(A) = exp(s) ({total})" if letter == "B" else f"exp(A) = {total}"]
    if letter == "B":
        lines += ["B = A - s I", f"s = {series.shift}"]
    if series.invariant is not None:
        lines.append(f"Delta = {series.invariant}")
    return tuple(lines)
