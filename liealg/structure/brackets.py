"""The bracket as exact matrices over the field of the structure constants."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.structure.arguments import check_algebra
from liealg.structure.subspace import span


@lru_cache(maxsize=64)
def right_brackets(algebra: LieAlgebra) -> tuple[DomainMatrix, ...]:
    """``R_i`` with row ``j`` the coordinates of ``[E_i, E_j]``: the transpose of ``ad E_i``.

    Their entries lie in one field: the rationals with the roots that the structure constants hold.

    Raises
    ------
    ValueError
        If a basis is given that is no algebra.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> right_brackets(known("heisenberg1"))[0].to_Matrix()
    Matrix([
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 0]])
    """
    check_algebra(algebra)
    k = algebra.dim
    stacked = sp.ImmutableDenseMatrix(k * k, k, algebra.structure_constants.reshape(k**3).tolist())
    exact = DomainMatrix.from_Matrix(stacked, extension=True).to_field().to_sparse()
    columns = list(range(k))
    return tuple(exact.extract(list(range(i * k, i * k + k)), columns) for i in range(k))


def bracket_matrix(right: tuple[DomainMatrix, ...], x: DomainMatrix) -> DomainMatrix:
    """``R_x = sum_i x_i R_i`` for a row ``x``: row ``y`` times it is ``[x, y]``."""
    total = DomainMatrix.zeros(right[0].shape, right[0].domain).to_sparse()
    for (_, i), value in sorted(x.to_dok().items()):
        total = total + right[i] * value
    return total


def bracket_of(
    right: tuple[DomainMatrix, ...], first: DomainMatrix, second: DomainMatrix
) -> DomainMatrix:
    """The span of all ``[x, y]`` with ``x`` of the first row space and ``y`` of the second."""
    k = right[0].shape[0]
    columns = list(range(k))
    second = second.to_sparse()
    total = DomainMatrix.zeros((0, k), right[0].domain).to_sparse()
    for i in range(first.shape[0]):
        images = second.matmul(bracket_matrix(right, first.extract([i], columns)))
        total = span(total.vstack(images))
        if total.shape[0] == k:
            break
    return total


def whole(algebra: LieAlgebra) -> DomainMatrix:
    """The algebra itself as a subspace: the identity matrix."""
    return DomainMatrix.eye(algebra.dim, right_brackets(algebra)[0].domain).to_sparse()


def in_basis(right: tuple[DomainMatrix, ...], basis: DomainMatrix) -> tuple[DomainMatrix, ...]:
    """The matrices ``R_i`` of the algebra in another basis, the rows of ``basis``."""
    basis = basis.to_sparse()
    inverse = basis.inv().to_sparse()
    columns = list(range(basis.shape[1]))
    rows = [basis.extract([i], columns) for i in range(basis.shape[0])]
    return tuple(basis.matmul(bracket_matrix(right, row)).matmul(inverse) for row in rows)
