"""Restriction of scalars: a matrix over a number field as a rational one, and back."""

from __future__ import annotations

from typing import Any

from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.number_fields import one_field

# So many products in a number field take SymPy as long as FLINT needs to be asked.
_FEW = 5000


def field_powers(domain: Any) -> list[Any]:
    """``1, w ... w^(d-1)`` with the generator ``w`` of a field of degree ``d``; 1 for rationals."""
    powers = [domain.one]
    if domain.is_AlgebraicField:
        while len(powers) < domain.mod.degree():
            powers.append(powers[-1] * domain.unit)
    return powers


def restricted_scalars(matrix: DomainMatrix) -> DomainMatrix:
    """The rational matrix in which each entry ``x`` is the matrix of ``y -> y x``.

    Sums and products go to sums and products. Row ``i d + a`` belongs to row ``i`` times ``w^a``.

    Examples
    --------
    >>> from sympy import sqrt
    >>> field = QQ.algebraic_field(sqrt(2))
    >>> restricted_scalars(DomainMatrix([[field.unit]], (1, 1), field)).to_Matrix()
    Matrix([
    [0, 1],
    [2, 0]])
    """
    domain = matrix.domain
    if domain == QQ:
        return matrix.to_sparse()
    powers = field_powers(domain)
    degree = len(powers)
    entries = {}
    for (i, j), value in matrix.to_sparse().to_dok().items():
        for a, power in enumerate(powers):
            for b, part in enumerate(reversed((value * power).to_list())):
                if part:
                    entries[i * degree + a, j * degree + b] = part
    shape = (matrix.shape[0] * degree, matrix.shape[1] * degree)
    return DomainMatrix.from_dok(entries, shape, QQ).to_sparse()


def extended_scalars(matrix: DomainMatrix, domain: Any) -> DomainMatrix:
    """The matrix over the field from which :func:`restricted_scalars` makes this one."""
    if domain == QQ:
        return matrix
    degree = domain.mod.degree()
    parts: dict[tuple[int, int], list[Any]] = {}
    for (row, column), value in matrix.to_sparse().to_dok().items():
        if row % degree == 0:
            place = (row // degree, column // degree)
            parts.setdefault(place, [QQ.zero] * degree)[-1 - column % degree] = value
    entries = {place: domain(part) for place, part in parts.items()}
    shape = (matrix.shape[0] // degree, matrix.shape[1] // degree)
    return DomainMatrix.from_dok(entries, shape, domain).to_sparse()


def multiply(left: DomainMatrix, right: DomainMatrix) -> DomainMatrix:
    """The product; FLINT computes it over the rationals, and over number fields where it pays.

    Factors over two fields are taken to the one that these generate: a matrix of a smaller field
    than that of the brackets, such as a rational map of the centroid, can stand beside them.

    There the coefficients of the left entries are multiplied by the rational matrix of the right
    factor. Few products of entries are left to SymPy.
    """
    if left.domain != right.domain:
        left, right = one_field(left, right)
    if left.domain == QQ:
        return left.to_dense().matmul(right.to_dense())
    left, right = left.to_sparse(), right.to_sparse()
    products = left.nnz() * right.nnz() // max(1, left.shape[1])
    if not left.domain.is_AlgebraicField or products < _FEW:
        return left.matmul(right)
    degree = left.domain.mod.degree()
    parts = {
        (i, j * degree + b): part
        for (i, j), value in left.to_dok().items()
        for b, part in enumerate(reversed(value.to_list()))
    }
    shape = (left.shape[0], left.shape[1] * degree)
    flat = DomainMatrix.from_dok(parts, shape, QQ).to_dense()
    product = flat.matmul(restricted_scalars(right).to_dense())
    # Only the first row of each block is there: all that extended_scalars reads.
    spread = {(i * degree, j): value for (i, j), value in product.to_dok().items()}
    shape = (left.shape[0] * degree, product.shape[1])
    return extended_scalars(DomainMatrix.from_dok(spread, shape, QQ), left.domain)


def shaped(matrix: DomainMatrix, rows: int, columns: int) -> DomainMatrix:
    """The same entries, row by row, in another shape."""
    width = matrix.shape[1]
    entries = {
        divmod(i * width + j, columns): value
        for (i, j), value in matrix.to_sparse().to_dok().items()
    }
    return DomainMatrix.from_dok(entries, (rows, columns), matrix.domain).to_sparse()
