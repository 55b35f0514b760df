"""An algebra in another basis, and a subalgebra in a basis of its own, without new brackets."""

from __future__ import annotations

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.echelon import row_echelon
from liealg.exact import real_coordinates, small_field
from liealg.number_fields import common_field
from liealg.structure.brackets import bracket_matrix, right_brackets
from liealg.structure.homomorphisms import transported


class _Spanned(LieAlgebra):
    """The span of combinations of the basis of an algebra, whose brackets are known."""

    def __init__(
        self,
        name: str,
        matrices: list[sp.ImmutableDenseMatrix],
        brackets: tuple[DomainMatrix, ...],
    ) -> None:
        self.name, self.parameters, self.complex_coefficients = name, (), False
        self.matrices = tuple(matrices)
        self.dim, self.n = len(matrices), matrices[0].rows
        self.symbols = tuple(sp.Symbol(f"theta_{i}", real=True) for i in range(1, self.dim + 1))
        self.__dict__["right_brackets"] = brackets


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
    count, columns = list(range(rows.shape[0])), list(range(algebra.dim))
    # Coordinates are read off at columns in which the rows are independent.
    _, pivots = row_echelon(rows)
    square = rows.extract(count, list(pivots))
    inverse = transported(square, DomainMatrix.eye(len(count), rows.domain).to_sparse())
    single = (rows.extract([i], columns) for i in count)
    images = (rows.matmul(bracket_matrix(tuple(right), row)) for row in single)
    brackets = [image.extract(count, list(pivots)).matmul(inverse) for image in images]
    exact = small_field(DomainMatrix.vstack(*brackets).to_sparse())
    size = len(count)
    listed = tuple(exact.extract(list(range(i * size, i * size + size)), count) for i in count)
    return _Spanned(algebra.name, _combinations(algebra, rows), listed)


def _combinations(algebra: LieAlgebra, rows: DomainMatrix) -> list[sp.ImmutableDenseMatrix]:
    small, flat = common_field(rows, real_coordinates(algebra.matrices))
    n = algebra.n
    entries = small.matmul(flat).to_Matrix().applyfunc(sp.expand).tolist()
    return [
        (sp.Matrix(n, n, row[: n * n]) + sp.I * sp.Matrix(n, n, row[n * n :])).as_immutable()
        for row in entries
    ]
