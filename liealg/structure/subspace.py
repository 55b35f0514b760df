"""Subspaces of an algebra: coordinate rows in reduced echelon form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.exact import exact_matrix, over_field


@dataclass(frozen=True)
class Subspace:
    """A subspace of an algebra, by the coordinates of a basis.

    Two subspaces of one algebra are equal exactly if their rows are: a reduced row echelon form
    belongs to one row space only.

    Attributes
    ----------
    rows : sympy.ImmutableDenseMatrix
        One basis vector per row, in reduced row echelon form; shape ``[dim, algebra.dim]``.

    Examples
    --------
    >>> plane = Subspace.spanned_by([[1, 1, 0], [0, 2, 0]])
    >>> plane
    Subspace(rows=Matrix([
    [1, 0, 0],
    [0, 1, 0]]))
    >>> plane.dim, [3, 4, 0] in plane, [0, 0, 1] in plane
    (2, True, False)
    """

    rows: sp.ImmutableDenseMatrix

    @classmethod
    def spanned_by(cls, vectors: Sequence[Sequence[Any]]) -> Subspace:
        """The span of coordinate vectors; at least one, to say how many coordinates there are.

        Raises
        ------
        ValueError
            If there is no vector, their lengths differ, or an entry is no exact number.

        Examples
        --------
        >>> Subspace.spanned_by([[0, 0]]).dim
        0
        """
        return as_subspace(exact_vectors(vectors))

    @property
    def dim(self) -> int:
        """The dimension of the subspace."""
        return int(self.rows.rows)

    def __contains__(self, x: Sequence[Any]) -> bool:
        if len(x) != self.rows.cols:
            raise ValueError(
                f"the subspace holds coordinates of {self.rows.cols} entries, and got {len(x)}"
            )
        (row,) = exact_vectors([x]).to_Matrix().tolist()
        return self._holds(row)

    def __le__(self, other: Subspace) -> bool:
        if self.rows.cols != other.rows.cols:
            raise ValueError(
                f"one subspace holds coordinates of {self.rows.cols} entries and the other of "
                f"{other.rows.cols}"
            )
        return all(other._holds(row) for row in self.rows.tolist())

    def _holds(self, row: list[sp.Expr]) -> bool:
        return bool(exact_rows([*self.rows.tolist(), row]).rank() == self.dim)


_LISTS = (list, tuple, np.ndarray, sp.MatrixBase)


def exact_vectors(vectors: Any, parameters: Sequence[sp.Symbol] | None = None) -> DomainMatrix:
    """Read vectors that a user gives as rows of exact numbers, or of polynomials in parameters.

    Raises
    ------
    ValueError
        If there is no vector, their lengths differ, or an entry is no exact number.
    """
    try:
        rows = [list(vector) for vector in vectors]
        if len(rows) == 1 and all(isinstance(entry, _LISTS) for entry in rows[0]):
            # One list of vectors, where vectors are asked for one by one.
            rows = [list(vector) for vector in rows[0]]
    except TypeError:
        raise ValueError(f"{vectors!r} is no list of vectors; give lists of numbers") from None
    if not rows or not rows[0]:
        raise ValueError("there is no vector; give at least one, of at least one entry")
    for i, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            raise ValueError(
                f"vector {i} has {len(row)} entries and vector 1 has {len(rows[0])}; all must have "
                "one length"
            )
    # The reader of matrices wants square ones.
    size = max(len(rows), len(rows[0]))
    square = [row + [0] * (size - len(row)) for row in rows]
    square += [[0] * size] * (size - len(rows))
    exact = exact_matrix(square, "the vectors", parameters)
    return exact_rows(exact[: len(rows), : len(rows[0])].tolist())


def exact_rows(rows: Sequence[Sequence[Any]]) -> DomainMatrix:
    """Read rows of exact numbers as a matrix over the field that they generate."""
    return over_field(sp.Matrix(rows))


def as_subspace(rows: DomainMatrix) -> Subspace:
    """The row space."""
    return Subspace(span(rows).to_Matrix().as_immutable())


def span(rows: DomainMatrix) -> DomainMatrix:
    """The basis of the row space in reduced echelon form."""
    reduced, pivots = row_echelon(rows)
    return reduced.extract(list(range(len(pivots))), list(range(rows.shape[1])))


def kernel(matrix: DomainMatrix) -> DomainMatrix:
    """All ``x`` with ``matrix x = 0``: a basis as rows, in reduced echelon form."""
    reduced, pivots = row_echelon(matrix)
    columns, domain = matrix.shape[1], matrix.domain
    place = {column: row for row, column in enumerate(j for j in range(columns) if j not in pivots)}
    entries = {(row, column): domain.one for column, row in place.items()}
    for (i, j), value in reduced.to_dok().items():
        if j in place:
            entries[place[j], pivots[i]] = -value
    return span(DomainMatrix.from_dok(entries, (len(place), columns), domain))


def complement(inner: DomainMatrix, outer: DomainMatrix) -> DomainMatrix:
    """Rows of ``outer`` that complete those of ``inner``, which lie in its row space."""
    _, pivots = row_echelon(inner.vstack(outer).transpose())
    chosen = [pivot - inner.shape[0] for pivot in pivots if pivot >= inner.shape[0]]
    return outer.to_sparse().extract(chosen, list(range(outer.shape[1])))
