"""What a derivation gives for one diagonal block: a finite series, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp

from liealg.derive.blocks import Block


@dataclass(frozen=True)
class Refusal:
    """Why one kind of derivation does not apply, in words that follow "because"."""

    reason: str


@dataclass(frozen=True)
class Series:
    """``exp(A) = exp(s) sum_j f_j (A - s I)^j`` for one diagonal block ``A``.

    Attributes
    ----------
    block
        The block.
    kind
        ``"polynomial"`` or ``"closed form"``.
    reason
        What makes the series finite, in words.
    shift
        ``s``, linear in the coefficients; zero where no shift is needed.
    invariant
        The argument ``Delta`` of the Stumpff functions among the ``f_j``, if there are any.
    coefficients
        ``f_0, f_1, ...``: rationals and Stumpff functions of the invariant.
    """

    block: Block
    kind: str
    reason: str
    shift: sp.Expr
    invariant: sp.Expr | None
    coefficients: tuple[sp.Expr, ...]

    def shifted_element(self) -> sp.ImmutableDenseMatrix:
        """``A - s I``."""
        shifted = self.block.element - self.shift * sp.eye(self.block.n)
        return shifted.applyfunc(sp.expand).as_immutable()
