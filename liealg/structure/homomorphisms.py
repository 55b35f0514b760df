"""Linear maps between algebras: whether they are isomorphisms, and over which field."""

from __future__ import annotations

from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.number_fields import common_field
from liealg.scalars import multiply
from liealg.structure.brackets import bracket_matrix
from liealg.structure.subspace import span

Brackets = tuple[DomainMatrix, ...]


def is_isomorphism(first: Brackets, second: Brackets, rows: DomainMatrix) -> bool:
    """Whether ``E_i -> row i`` is bijective and respects every bracket.

    All ``x`` with ``phi [x, y] = [phi x, phi y]`` for every ``y`` are a subalgebra, by the Jacobi
    identity, so that it is enough to look at elements that generate the first algebra.
    """
    k = len(first)
    if len(second) != k or rows.shape != (k, k) or span(rows).shape[0] < k:
        return False
    rows, *unified = common_field(rows, *first, *second)
    first, second = tuple(unified[:k]), tuple(unified[k:])
    columns = list(range(k))
    for i in generators(first):
        image = bracket_matrix(second, rows.extract([i], columns))
        if (
            multiply(first[i], rows).to_sparse() - multiply(rows, image).to_sparse()
        ).is_zero_matrix:
            continue
        return False
    return True


def generators(right: Brackets) -> list[int]:
    """A few indices whose basis elements generate the algebra; the first that help, in order."""
    k, domain = len(right), right[0].domain
    identity = DomainMatrix.eye(k, domain).to_sparse()
    chosen: list[int] = []
    rows = DomainMatrix.zeros((0, k), domain).to_sparse()
    for i in range(k):
        unit = identity.extract([i], list(range(k)))
        if span(rows.vstack(unit)).shape[0] == rows.shape[0]:
            continue
        chosen.append(i)
        rows = _generated(right, chosen, span(rows.vstack(unit)))
        if rows.shape[0] == k:
            break
    return chosen


def _generated(right: Brackets, chosen: list[int], rows: DomainMatrix) -> DomainMatrix:
    """The span of the rows under repeated brackets with the chosen basis elements."""
    while True:
        larger = span(rows.vstack(*(rows.matmul(right[i]) for i in chosen)))
        if larger.shape[0] == rows.shape[0]:
            return rows
        rows = larger


def transported(rows: DomainMatrix, images: DomainMatrix) -> DomainMatrix:
    """The matrix ``M`` with ``rows M = images``, for a basis ``rows``."""
    rows, images = common_field(rows, images)
    reduced, _ = row_echelon(rows.hstack(images))
    k = rows.shape[1]
    return reduced.extract(list(range(k)), list(range(k, k + images.shape[1]))).to_sparse()
