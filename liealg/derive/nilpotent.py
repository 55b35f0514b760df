"""Nilpotent blocks, up to a shift: the exponential series ends."""

from __future__ import annotations

import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, Refusal
from liealg.derive.minimal_polynomial import (
    ENTRIES_VANISH,
    annihilates,
    minimal_polynomial_at,
    sample_point,
)
from liealg.derive.modular_minimal_polynomial import has_form
from liealg.derive.series import Series


def derive(block: Block) -> Series | Refusal:
    """Give ``exp(A) = exp(s) sum_(j<m) (A - s I)^j / j!`` where ``(A - s I)^m = 0`` for all theta.

    The only candidate for the shift is ``s = tr(A)/n``, since ``s`` is the only eigenvalue. With
    ``s = 0`` the entries are polynomials in the coefficients.
    """
    refusal = Refusal("its generic element has more than one eigenvalue")
    if not has_form(block):
        return refusal
    point = sample_point(block)
    at_point = minimal_polynomial_at(block, point)
    degree = len(at_point) - 1
    shift = sp.expand(block.element.trace() / block.n)
    shift_there = shift.xreplace(dict(zip(block.symbols, point, strict=True)))
    # Only where the form holds at one point is the proof for all of them worth its time.
    if any(
        sp.expand(p - q) != 0 for p, q in zip(at_point, _power(shift_there, degree), strict=True)
    ):
        return refusal
    if not annihilates(_power(shift, degree), block):
        return refusal
    if shift == 0:
        kind, reason = "polynomial", f"its elements are nilpotent: A^{degree} = 0"
    else:
        kind, reason = "closed form", f"its elements have one eigenvalue s = {shift}"
        reason += f", with (A - s I)^{degree} = 0" if degree > 1 else ", and A = s I"
    power = "A" if shift == 0 else "A - s I" if degree == 1 else "(A - s I)"
    claim = f"{power}{f'^{degree}' if degree > 1 else ''} = 0 for all coefficients"
    return Series(
        block=block,
        kind=kind,
        reason=reason,
        certificate=(Fact(claim, ENTRIES_VANISH),),
        shift=shift,
        invariant=None,
        coefficients=tuple(1 / sp.factorial(j) for j in range(degree)),
    )


def _power(shift: sp.Expr, degree: int) -> list[sp.Expr]:
    """Coefficients of ``(x - s)^degree``, constant first."""
    return [sp.expand(sp.binomial(degree, j) * (-shift) ** (degree - j)) for j in range(degree + 1)]
