"""Blocks that fall apart in another basis of the space."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.derive.adapted_basis import adapted_basis
from liealg.derive.blocks import Block, combined
from liealg.derive.form import KINDS, Fact, Form, Refusal, part_numbers
from liealg.derive.product import Product
from liealg.exact import first_dependent

if TYPE_CHECKING:
    from typing_extensions import Self

_LARGEST_CONDITION = 1000.0
"""The condition of a change of basis up to which a kernel may multiply with it."""

_LARGEST_OF_ROUNDED = 10.0
"""The same where a block is known near the identity with the rounding of its entries only: values
erred by 8.6 eps (1 + kappa) with a condition of 61."""

_MILD = 3.0
"""The condition up to which that rounding is let pass: 3.3 eps (1 + kappa) with one below 10."""


@dataclass(frozen=True, kw_only=True)
class Conjugated(Form):
    """``exp(A) = T diag(exp(A_1), .., exp(A_r)) T^-1`` with the blocks ``A_i`` of ``T^-1 A T``.

    Attributes
    ----------
    T, T_inverse
        The new basis vectors as columns, and the inverse.
    blocks
        How the exponential of each block in the new basis is computed; their rows are counted
        there.
    """

    T: sp.ImmutableDenseMatrix
    T_inverse: sp.ImmutableDenseMatrix
    blocks: tuple[Form, ...]

    def at(self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]) -> Self:
        """All blocks at other coefficients."""
        blocks = tuple(form.at(values, symbols) for form in self.blocks)
        return replace(super().at(values, symbols), blocks=blocks)

    @property
    def is_known_near_identity(self) -> bool:
        """Whether each block is."""
        return all(form.is_known_near_identity for form in self.blocks)

    @property
    def may_decay(self) -> bool:
        """Whether exponentials may be far smaller than 1; if not, no digits are lost beside it."""
        return _may_decay([form.block for form in self.blocks])

    @property
    def formula(self) -> tuple[str, ...]:
        """The change of basis, then the formulas of the blocks."""
        return tuple(self.numbered_formula(""))

    def numbered_formula(self, number: str) -> list[str]:
        """The same as one of several formulas."""
        numbers = part_numbers(number, len(self.blocks))
        rows = ", ".join(f"exp(A{i})" for i in numbers)
        lines = [f"exp(A{number}) = T diag({rows}) T^-1"]
        for i, form in zip(numbers, self.blocks, strict=True):
            lines += form.numbered_formula(i)
        return lines

    @property
    def source(self) -> str:
        """Where the forms of the blocks come from."""
        return "; ".join(dict.fromkeys(form.source for form in self.blocks))

    @property
    def uses_stumpff(self) -> bool:
        """Whether a block does."""
        return any(form.uses_stumpff for form in self.blocks)


def derive(block: Block, form_of: Callable[[Block], Form]) -> Conjugated | Product | Refusal:
    """Find a basis in which the block falls apart, and derive the exponential of each piece.

    Parameters
    ----------
    block
        The block.
    form_of
        Gives the form of a piece.
    """
    if block.parameters:
        return Refusal("its matrices hold parameters")
    adapted = adapted_basis(MatrixBasis("block", _independent(block.matrices)))
    if len(adapted.blocks) < 2:
        return Refusal("it does not fall apart in any basis that was found")
    condition = _condition(adapted.T)
    if condition > _LARGEST_CONDITION:
        return Refusal("the basis in which it falls apart is too skew to compute in")
    element = combined(adapted.moved(block.matrices), block.symbols)
    parts = [Block(b.rows, _part(element, b.rows), block.symbols) for b in adapted.blocks]
    if condition > _MILD and _may_decay(parts):
        return _with_trace_apart(block, form_of)
    pieces = [form_of(part) for part in parts]
    if condition > _LARGEST_OF_ROUNDED and not all(form.is_known_near_identity for form in pieces):
        return Refusal("the basis in which it falls apart is too skew for what it falls into")
    reasons = [form.reason for form in pieces]
    facts = [fact for form in pieces for fact in form.certificate]
    return Conjugated(
        block=block,
        kind=max((form.kind for form in pieces), key=KINDS.index),
        reason=f"it falls apart in another basis: {'; '.join(dict.fromkeys(reasons))}",
        certificate=(*adapted.certificate, *dict.fromkeys(facts)),
        T=adapted.T,
        T_inverse=adapted.T_inverse,
        blocks=tuple(pieces),
    )


def _part(element: sp.Matrix, rows: Sequence[int]) -> sp.ImmutableDenseMatrix:
    return element.extract(list(rows), list(rows)).as_immutable()


def _may_decay(blocks: Sequence[Block]) -> bool:
    """Where a trace is zero, of one or of all, some eigenvalue has no negative real part."""
    traces = [block.element.trace() for block in blocks]
    return all(_is_real_somewhere(trace, blocks[0].symbols) for trace in (*traces, sum(traces)))


def _is_real_somewhere(linear: sp.Expr, symbols: Sequence[sp.Symbol]) -> bool:
    return any(sp.expand(sp.re(linear.diff(symbol))) != 0 for symbol in symbols)


def _with_trace_apart(block: Block, form_of: Callable[[Block], Form]) -> Product | Refusal:
    """The mean of the diagonal as a factor: what is left does not decay."""
    shift = sp.expand(block.element.trace() / block.n) * sp.eye(block.n)
    rest = replace(block, element=(block.element - shift).applyfunc(sp.expand).as_immutable())
    derived = derive(rest, form_of)
    if isinstance(derived, Refusal):
        return derived
    factors = (form_of(replace(block, element=shift.as_immutable())), derived)
    return Product(
        block=block,
        kind=derived.kind,
        reason=derived.reason,
        certificate=(
            Fact("the multiple tr(A) / n of 1 is a part", "1 commutes with everything"),
            *derived.certificate,
        ),
        factors=factors,
    )


def _independent(matrices: Sequence[sp.ImmutableDenseMatrix]) -> list[sp.ImmutableDenseMatrix]:
    found: list[sp.ImmutableDenseMatrix] = []
    for E in matrices:
        if any(E) and first_dependent([*found, E], False) is None:
            found.append(E)
    return found


def _condition(T: sp.ImmutableDenseMatrix) -> float:
    return float(np.linalg.cond(np.array(T.evalf(20).tolist(), complex)))
