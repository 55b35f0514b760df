"""An algebra in another basis, and a subalgebra in a basis of its own, without new brackets."""

from __future__ import annotations

from itertools import combinations

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.echelon import row_echelon
from liealg.exact import real_coordinates
from liealg.structure.brackets import bracket_matrix, right_brackets
from liealg.structure.homomorphisms import transported
from liealg.structure.number_fields import common_field


class _Spanned(LieAlgebra):
    """The span of combinations of the basis of an algebra, whose brackets are known."""

    def __init__(
        self, name: str, matrices: list[sp.ImmutableDenseMatrix], brackets: list[list[sp.Expr]]
    ) -> None:
        self.name = name
        self.matrices = tuple(matrices)
        self.dim, self.n = len(matrices), matrices[0].rows
        self.symbols = tuple(sp.Symbol(f"theta_{i}", real=True) for i in range(1, self.dim + 1))
        self._known = brackets

    @property
    def _bracket_coordinates(self) -> list[list[sp.Expr] | None]:
        return list(self._known)


def spanned(algebra: LieAlgebra, rows: DomainMatrix | sp.MatrixBase) -> LieAlgebra:
    """The subalgebra whose basis has these coordinates, of the same name.

    Its brackets and matrices come from those of the algebra by linear algebra, and are not checked.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> half = spanned(known("so3"), sp.eye(3) / 2)
    >>> half.structure_constants[0, 1, 2]
    1/2
    """
    rows, *right = common_field(rows, *right_brackets(algebra))
    count, columns = rows.shape[0], list(range(algebra.dim))
    single = [rows.extract([i], columns) for i in range(count)]
    images = [rows.matmul(bracket_matrix(tuple(right), row)) for row in single]
    products = [images[i].extract([j], columns) for i, j in combinations(range(count), 2)]
    listed: list[list[sp.Expr]] = []
    if products:
        # Coordinates are read off at columns in which the rows are independent.
        _, pivots = row_echelon(rows)
        chosen = list(range(count))
        square = rows.extract(chosen, list(pivots))
        inverse = transported(square, DomainMatrix.eye(count, rows.domain).to_sparse())
        stacked = DomainMatrix.vstack(*products)
        values = stacked.extract(list(range(len(products))), list(pivots)).matmul(inverse)
        listed = values.to_Matrix().tolist()
    return _Spanned(algebra.name, _combinations(algebra, rows), listed)


def _combinations(algebra: LieAlgebra, rows: DomainMatrix) -> list[sp.ImmutableDenseMatrix]:
    small, flat = common_field(rows, real_coordinates(algebra.matrices))
    n = algebra.n
    entries = small.matmul(flat).to_Matrix().applyfunc(sp.expand).tolist()
    return [
        (sp.Matrix(n, n, row[: n * n]) + sp.I * sp.Matrix(n, n, row[n * n :])).as_immutable()
        for row in entries
    ]
