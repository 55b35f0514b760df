"""The derived exponential of a basis: its kind, the reason for it, and its formulas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.derive.blocks import split
from liealg.derive.entries import entries, is_entry_by_entry
from liealg.derive.form import KINDS, Form
from liealg.derive.minimal_polynomial import LAMBDA, generic_minimal_polynomial


@dataclass(frozen=True)
class Exponential:
    """The exponential of the generic element of a basis, as far as it could be derived.

    Attributes
    ----------
    basis
        The basis.
    blocks
        How the exponential of each diagonal block is computed.
    """

    basis: MatrixBasis
    blocks: tuple[Form, ...]

    @property
    def kind(self) -> str:
        """``"polynomial"``, ``"closed form"``, ``"structured"`` or ``"fallback"``.

        That of the block with the least that is known of it.
        """
        return max((form.kind for form in self.blocks), key=KINDS.index)

    @property
    def reason(self) -> str:
        """Why it is of this kind, in words: the blocks of this kind say so, or all of them."""
        if len(self.blocks) == 1:
            return self.blocks[0].reason
        telling = [form for form in self.blocks if form.kind == self.kind]
        if self.kind in ("polynomial", "closed form"):
            telling = list(self.blocks)
        words = (f"rows {form.block.listed_rows}: {form.reason}" for form in telling)
        return "; ".join(dict.fromkeys(words))

    @cached_property
    def minimal_polynomial(self) -> sp.Poly:
        """The minimal polynomial in ``lambda`` of the generic element.

        The least common multiple of those of the diagonal blocks, with polynomials in the
        coefficients ``theta`` as its coefficients.
        """
        total = sp.Poly(1, LAMBDA)
        for block in split(self.basis):
            coefficients = generic_minimal_polynomial(block)
            total = sp.lcm(total, sp.Poly(coefficients[::-1], LAMBDA))
        return total

    @cached_property
    def parts(self) -> tuple[sp.ImmutableDenseMatrix, sp.ImmutableDenseMatrix] | None:
        """Real and imaginary part of :attr:`matrix`; ``None`` where that is."""
        n = self.basis.n
        real, imaginary = sp.zeros(n, n), sp.zeros(n, n)
        if not all(is_entry_by_entry(form) for form in self.blocks):
            return None
        for form in self.blocks:
            rows = form.block.rows
            for whole, part in zip((real, imaginary), entries(form), strict=True):
                for i, row in enumerate(rows):
                    for j, column in enumerate(rows):
                        whole[row, column] = part[i, j]
        return real.as_immutable(), imaginary.as_immutable()

    @cached_property
    def matrix(self) -> sp.ImmutableDenseMatrix | None:
        """``exp(A(theta))`` in ``theta`` and Stumpff functions.

        ``None`` where a block is computed from its matrix, and not entry by entry.

        For complex coefficients it is written in their real and imaginary parts, the symbols of
        ``basis.over_reals``.
        """
        if self.parts is None:
            return None
        real, imaginary = self.parts
        return (real + sp.I * imaginary).as_immutable()

    @cached_property
    def frechet(self) -> tuple[sp.ImmutableDenseMatrix, ...] | None:
        """``d exp(A(theta)) / d theta_i`` for each ``i``; ``None`` where :attr:`matrix` is.

        For complex coefficients the complex derivative, which is that by the real part.
        """
        if self.matrix is None:
            return None
        symbols = self.basis.over_reals.symbols[: self.basis.dim]
        return tuple(self.matrix.diff(symbol).as_immutable() for symbol in symbols)
