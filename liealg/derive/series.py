"""Exponentials that are finite series in the element, with coefficients in closed form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sympy as sp

from liealg.derive.form import Form
from liealg.derive.plain_text import plain
from liealg.derive.stumpff import Stumpff

if TYPE_CHECKING:
    from typing_extensions import Self

_MOST_TERMS = 48
"""Terms in the entries of the element up to which its powers are multiplied out: three in each of a
full matrix of four rows. With twice as many, in six rows, a module has 2,300 lines."""


@dataclass(frozen=True, kw_only=True)
class Series(Form):
    """``exp(A) = exp(s) sum_j f_j (A - s I)^j`` for one diagonal block ``A``.

    Attributes
    ----------
    shift
        ``s``, linear in the coefficients; zero where no shift is needed.
    invariant
        The argument ``Delta`` of the Stumpff functions among the ``f_j``, if there are any.
    coefficients
        ``f_0, f_1, ...``: rationals and Stumpff functions of the invariant.
    """

    shift: sp.Expr
    invariant: sp.Expr | None
    coefficients: tuple[sp.Expr, ...]

    def shifted_element(self) -> sp.ImmutableDenseMatrix:
        """``A - s I``."""
        shifted = self.block.element - self.shift * sp.eye(self.block.n)
        return shifted.applyfunc(sp.expand).as_immutable()

    def at(self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]) -> Self:
        """Shift and invariant at other coefficients, too."""
        return replace(
            super().at(values, symbols),
            shift=sp.expand(self.shift.xreplace(values)),
            invariant=None if self.invariant is None else self.invariant.xreplace(values),
            coefficients=tuple(sp.sympify(f).xreplace(values) for f in self.coefficients),
        )

    @property
    def is_known_near_identity(self) -> bool:
        """The constant of each function can be left out."""
        return True

    @property
    def is_sparse(self) -> bool:
        """Whether the formulas of its entries are short enough to be written one by one."""
        n = self.block.n
        terms = sum(len(sp.Add.make_args(entry)) for entry in self.block.element if entry != 0)
        return n <= 2 or terms <= min(_MOST_TERMS, 3 * n**2)

    @property
    def formula(self) -> tuple[str, ...]:
        """The series, and what shift and invariant are."""
        letter = "A" if self.shift == 0 else "B"
        total = " + ".join(_term(f, j, letter) for j, f in enumerate(self.coefficients))
        lines = [f"exp(A) = {total}"]
        if self.shift != 0:
            inner = "" if total == "I" else f" ({total})" if " + " in total else f" {total}"
            lines = [f"exp(A) = exp(s){inner or ' I'}"]
            if "B" in total:
                lines.append("B = A - s I")
            lines.append(f"s = {plain(self.shift)}")
        if self.invariant is not None:
            lines.append(f"delta = {plain(self.invariant)}")
        return tuple(lines)

    @property
    def source(self) -> str:
        """Where such series come from."""
        if self.kind == "polynomial":
            return "the exponential series, which ends here"
        return (
            "the Hermite interpolation of exp on the roots of the minimal polynomial (Higham, "
            "Functions of Matrices, 2008, definition 1.4)"
        )

    @property
    def uses_stumpff(self) -> bool:
        """Whether Stumpff functions are needed, for the oscillation of a complex shift too."""
        return self.invariant is not None or sp.im(self.shift) != 0


def _term(f: sp.Expr, power: int, letter: str) -> str:
    matrix = "I" if power == 0 else letter if power == 1 else f"{letter}^{power}"
    if isinstance(f, Stumpff):
        return f"c{f.order}(delta) {matrix}"
    return matrix if f == 1 else f"{matrix} / {1 / f}"
