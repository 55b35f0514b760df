"""Subspaces of an algebra: coordinate rows in reduced echelon form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.exact import over_field


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

        Examples
        --------
        >>> Subspace.spanned_by([[0, 0]]).dim
        0
        """
        return as_subspace(exact_rows(vectors))

    @property
    def dim(self) -> int:
        """The dimension of the subspace."""
        return int(self.rows.rows)

    def __contains__(self, x: Sequence[Any]) -> bool:
        if len(x) != self.rows.cols:
            raise ValueError(
                f"the subspace holds coordinates of {self.rows.cols} entries, and got {len(x)}"
            )
        rows = [*self.rows.tolist(), list(x)]
        return bool(exact_rows(rows).rank() == self.dim)

    def __le__(self, other: Subspace) -> bool:
        return all(row in other for row in self.rows.tolist())


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
