"""Nilpotent blocks, up to a shift: the exponential series ends."""

from __future__ import annotations

import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.minimal_polynomial import annihilates, minimal_polynomial_at, sample_point
from liealg.derive.series import Refusal, Series


def derive(block: Block) -> Series | Refusal:
    """Give ``exp(A) = exp(s) sum_(j<m) (A - s I)^j / j!`` where ``(A - s I)^m = 0`` for all theta.

    The only candidate for the shift is ``s = tr(A)/n``, since ``s`` is the only eigenvalue. With
    ``s = 0`` the entries are polynomials in the coefficients.
    """
    shift = sp.expand(block.element.trace() / block.n)
    degree = len(minimal_polynomial_at(block, sample_point(block))) - 1
    power = sp.Poly((sp.Symbol("x") - shift) ** degree, sp.Symbol("x"))
    if not annihilates([sp.expand(c) for c in reversed(power.all_coeffs())], block):
        return Refusal("its generic element has more than one eigenvalue")
    if shift == 0:
        kind, reason = "polynomial", f"its elements are nilpotent: A^{degree} = 0"
    else:
        kind, reason = "closed form", f"its elements have one eigenvalue s = {shift}"
        reason += f", with (A - s I)^{degree} = 0" if degree > 1 else ", and A = s I"
    return Series(
        block=block,
        kind=kind,
        reason=reason,
        shift=shift,
        invariant=None,
        coefficients=tuple(1 / sp.factorial(j) for j in range(degree)),
    )
