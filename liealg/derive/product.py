"""Exponentials that are products: the element is a sum of parts that commute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import sympy as sp

from liealg.derive.blocks import Block, combined
from liealg.derive.commuting_parts import CommutingPart, commuting_parts
from liealg.derive.form import KINDS, Form, Refusal, part_numbers
from liealg.derive.series import Series

if TYPE_CHECKING:
    from typing_extensions import Self


@dataclass(frozen=True, kw_only=True)
class Product(Form):
    """``exp(A) = exp(A_1) ... exp(A_r)`` with ``A = A_1 + ... + A_r``, ``[A_i, A_j] = 0``.

    Attributes
    ----------
    factors
        How each factor is computed.
    """

    factors: tuple[Form, ...]

    def at(self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]) -> Self:
        """All factors at other coefficients."""
        factors = tuple(factor.at(values, symbols) for factor in self.factors)
        return replace(super().at(values, symbols), factors=factors)

    @property
    def formula(self) -> tuple[str, ...]:
        """The product, then the formulas of its factors."""
        return tuple(self.numbered_formula(""))

    def numbered_formula(self, number: str) -> list[str]:
        """The same as one of several formulas."""
        numbers = part_numbers(number, len(self.factors))
        names = " ".join(f"exp(A{i})" for i in numbers)
        total = " + ".join(f"A{i}" for i in numbers)
        lines = [f"exp(A{number}) = {names}, A{number} = {total}"]
        for i, factor in zip(numbers, self.factors, strict=True):
            lines += factor.numbered_formula(i)
        return lines

    @property
    def source(self) -> str:
        """That the parts commute, and where the factors come from."""
        sources = dict.fromkeys(factor.source for factor in self.factors)
        return "; ".join(["exp(X + Y) = exp(X) exp(Y) where X and Y commute", *sources])

    @property
    def is_known_near_identity(self) -> bool:
        """Whether each factor is."""
        return all(factor.is_known_near_identity for factor in self.factors)

    @property
    def uses_stumpff(self) -> bool:
        """Whether a factor does."""
        return any(factor.uses_stumpff for factor in self.factors)


_ELEMENTS = 8
_TOLERANCE = 1e-3  # eigenvalues of Jordan blocks are that far off


def derive(block: Block, form_of: Callable[[Block], Form]) -> Product | Refusal:
    """Split the element into commuting parts, and derive the exponential of each.

    Parameters
    ----------
    block
        The block.
    form_of
        Gives the form of a part.
    """
    if block.parameters:
        return Refusal("its matrices hold parameters")
    found = commuting_parts(list(block.matrices))
    if not found.pays:
        return Refusal("it is no sum of parts that commute")
    if not _grow_together(found.parts):
        return Refusal(
            "it is a sum of parts that commute, but grow in different places: the product of their "
            "exponentials would round off what is small beside it"
        )
    factors = tuple(form_of(_block(block, part)) for part in found.parts)
    kind = max((factor.kind for factor in factors), key=KINDS.index)
    words = "; ".join(f"A{i}: {factor.reason}" for i, factor in enumerate(factors, 1))
    facts = [fact for factor in factors for fact in factor.certificate]
    return Product(
        block=block,
        kind=kind,
        reason=f"its elements are sums of {len(factors)} parts that commute: {words}",
        certificate=(*found.certificate, *dict.fromkeys(facts)),
        factors=factors,
    )


def _grow_together(parts: Sequence[CommutingPart]) -> bool:
    """Whether the exponential of a sum is as large as the product of those of its parts.

    With the real parts of eigenvalues at random elements, in double precision: of two hyperbolic
    algebras on different subspaces each has exponentials of 1 where the other's are large, and
    products carry the rounding of both to all entries.
    """
    matrices = np.array(
        [[E.evalf(17).tolist() for E in part.matrices] for part in parts], dtype=complex
    )
    for theta in np.random.default_rng(0).normal(size=(_ELEMENTS, matrices.shape[1])):
        elements = np.tensordot(matrices, theta, (1, 0))
        growth = [np.linalg.eigvals(A).real.max() for A in (*elements, elements.sum(0))]
        if sum(growth[:-1]) - growth[-1] > _TOLERANCE * np.linalg.norm(elements, axis=(1, 2)).max():
            return False
    return True


def _block(block: Block, part: CommutingPart) -> Block:
    return Block(block.rows, combined(part.matrices, block.symbols), block.symbols)


def is_scalar(form: Form) -> bool:
    """Whether a form is ``exp(s)`` times the identity."""
    return isinstance(form, Series) and form.coefficients == (1,)
