"""Splitting a span of matrices into the diagonal blocks it leaves invariant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.exact import over_field


@dataclass(frozen=True)
class Block:
    """A diagonal block of the generic element, up to a permutation of coordinates.

    Attributes
    ----------
    rows
        The rows and columns of the whole matrix that the block occupies, from 0.
    element
        The block of the generic element, linear in ``symbols``.
    symbols
        All real coefficients of the basis, whether or not they appear in this block.
    """

    rows: tuple[int, ...]
    element: sp.ImmutableDenseMatrix
    symbols: tuple[sp.Symbol, ...]

    @property
    def n(self) -> int:
        """Rows and columns of the block."""
        return len(self.rows)

    @property
    def listed_rows(self) -> str:
        """The rows in words, counted from 1."""
        return ", ".join(str(row + 1) for row in self.rows)

    @property
    def zero_rows(self) -> int:
        """The number of last rows that are zero for all coefficients, as in affine algebras."""
        empty = (self.element.row(i).is_zero_matrix for i in reversed(range(self.n)))
        return next((i for i, zero in enumerate(empty) if not zero), self.n)

    @cached_property
    def matrices(self) -> tuple[sp.ImmutableDenseMatrix, ...]:
        """The matrices that the coefficients stand before, zero where a coefficient is missing."""
        found = [sp.zeros(self.n, self.n) for _ in self.symbols]
        place = {symbol: i for i, symbol in enumerate(self.symbols)}
        for (row, column), entry in self.element.todok().items():
            for term in sp.Add.make_args(entry):
                number, symbol = term.as_independent(*self.symbols, as_Add=False)
                found[place[symbol]][row, column] += number
        return tuple(E.as_immutable() for E in found)

    @cached_property
    def over_polynomials(self) -> DomainMatrix:
        """The element as a matrix over the polynomials in coefficients and parameters."""
        dense = DomainMatrix.from_Matrix(self.element, extension=True).to_dense()
        field = dense.domain.get_field() if dense.domain.is_Numerical else dense.domain
        if field.is_PolynomialRing:
            field = field.set_domain(field.dom.get_field())
        return dense.convert_to(field)

    @cached_property
    def parameters(self) -> tuple[sp.Symbol, ...]:
        """The parameters that the element holds, by name."""
        return tuple(sorted(self.element.free_symbols - set(self.symbols), key=str))

    @cached_property
    def degree(self) -> int:
        """The total degree of the entries in coefficients and parameters: 1 without parameters."""
        if not self.parameters:
            return 1
        symbols = [*self.symbols, *self.parameters]
        degrees = (sp.Poly(x, *symbols).total_degree() for x in self.element if x != 0)
        return max(degrees, default=1)

    def substituted(
        self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]
    ) -> Block:
        """The element at other coefficients, which are expressions in ``symbols``."""
        element = self.element.xreplace(values).applyfunc(sp.expand).as_immutable()
        return Block(self.rows, element, symbols)

    def with_parameters(self, numbers: Sequence[int]) -> Block:
        """The block at integer values of its parameters."""
        values = {p: sp.Integer(x) for p, x in zip(self.parameters, numbers, strict=True)}
        return self.substituted(values, self.symbols) if values else self

    def at(self, theta: tuple[int, ...]) -> DomainMatrix:
        """The element at integer coefficients, over the field of its entries."""
        values = dict(zip(self.symbols, theta, strict=True))
        matrix = self.element.xreplace(values).applyfunc(sp.expand)
        return over_field(matrix).to_dense()


def combined(
    matrices: Sequence[sp.MatrixBase], symbols: Sequence[sp.Symbol]
) -> sp.ImmutableDenseMatrix:
    """The element with these coefficients.

    Examples
    --------
    >>> combined([sp.Matrix([[1, 0]]), sp.Matrix([[2, 1]])], sp.symbols("a b"))
    Matrix([[a + 2*b, b]])
    """
    terms: dict[tuple[int, int], list[sp.Expr]] = {}
    for symbol, E in zip(symbols, matrices, strict=True):
        for place, number in E.todok().items():
            terms.setdefault(place, []).append(_linear(number, symbol))
    entries = {place: sp.Add(*listed) for place, listed in terms.items()}
    return sp.ImmutableDenseMatrix(sp.SparseMatrix(*matrices[0].shape, entries))


def _linear(number: sp.Expr, symbol: sp.Symbol) -> sp.Expr:
    return sp.Add(*(part * symbol for part in sp.Add.make_args(number)))


def split(basis: MatrixBasis) -> tuple[Block, ...]:
    """Split a basis into its diagonal blocks, the connected components of its sparsity pattern.

    Complex coefficients count as pairs of real ones.

    Examples
    --------
    >>> basis = MatrixBasis("pair", [[[0, 0, -1], [0, 1, 0], [1, 0, 0]]])
    >>> [block.rows for block in split(basis)]
    [(0, 2), (1,)]
    """
    basis = basis.over_reals
    element = basis.element()
    component = list(range(basis.n))
    for i in range(basis.n):
        for j in range(basis.n):
            if element[i, j] != 0 and component[i] != component[j]:
                old, new = component[j], component[i]
                component = [new if label == old else label for label in component]
    labels = list(dict.fromkeys(component))
    members = [tuple(i for i in range(basis.n) if component[i] == label) for label in labels]
    return tuple(
        Block(rows, element.extract(list(rows), list(rows)).as_immutable(), basis.symbols)
        for rows in members
    )
