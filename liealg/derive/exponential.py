"""The derived exponential of a basis: its kind, the reason for it, and its formulas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.derive.blocks import split
from liealg.derive.formula import exponential_of_block
from liealg.derive.minimal_polynomial import LAMBDA, generic_minimal_polynomial
from liealg.derive.series import Series


@dataclass(frozen=True)
class Exponential:
    """The exponential of the generic element of a basis, as far as it could be derived.

    Attributes
    ----------
    basis
        The basis.
    kind
        ``"polynomial"``, ``"closed form"`` or ``"fallback"``.
    reason
        Why it is of this kind, in words.
    blocks
        One finite series for each diagonal block; empty for a fallback.
    """

    basis: MatrixBasis
    kind: str
    reason: str
    blocks: tuple[Series, ...]

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
    def zero_rows(self) -> int:
        """The number of last rows that are zero in all matrices, as in affine algebras."""
        rows = [sp.Matrix.hstack(*self.basis.matrices).row(i) for i in range(self.basis.n)]
        return next(i for i, row in enumerate(reversed(rows)) if not row.is_zero_matrix)

    @cached_property
    def parts(self) -> tuple[sp.ImmutableDenseMatrix, sp.ImmutableDenseMatrix] | None:
        """Real and imaginary part of :attr:`matrix`; ``None`` for a fallback."""
        if not self.blocks:
            return None
        n = self.basis.n
        real, imaginary = sp.zeros(n, n), sp.zeros(n, n)
        for series in self.blocks:
            rows = series.block.rows
            for whole, part in zip((real, imaginary), exponential_of_block(series), strict=True):
                for i, row in enumerate(rows):
                    for j, column in enumerate(rows):
                        whole[row, column] = part[i, j]
        return real.as_immutable(), imaginary.as_immutable()

    @cached_property
    def matrix(self) -> sp.ImmutableDenseMatrix | None:
        """``exp(A(theta))`` in ``theta`` and Stumpff functions; ``None`` for a fallback.

        For complex coefficients it is written in their real and imaginary parts, the symbols of
        ``basis.over_reals``.
        """
        if self.parts is None:
            return None
        real, imaginary = self.parts
        return (real + sp.I * imaginary).as_immutable()

    @cached_property
    def frechet(self) -> tuple[sp.ImmutableDenseMatrix, ...] | None:
        """``d exp(A(theta)) / d theta_i`` for each ``i``; ``None`` for a fallback.

        For complex coefficients the complex derivative, which is that by the real part.
        """
        if self.matrix is None:
            return None
        symbols = self.basis.over_reals.symbols[: self.basis.dim]
        return tuple(self.matrix.diff(symbol).as_immutable() for symbol in symbols)
