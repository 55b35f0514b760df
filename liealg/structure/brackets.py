"""The bracket as exact matrices over the field of the structure constants."""

from __future__ import annotations

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import inverse, row_echelon
from liealg.scalars import multiply
from liealg.structure.subspace import span


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
    return algebra.right_brackets


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
        images = multiply(second, bracket_matrix(right, first.extract([i], columns)))
        total = span(total.vstack(images.to_sparse()))
        if total.shape[0] == k:
            break
    return total


def restricted(right: tuple[DomainMatrix, ...], rows: DomainMatrix) -> tuple[DomainMatrix, ...]:
    """The brackets of a subalgebra in the coordinates of its rows, which are in echelon form."""
    _, pivots = row_echelon(rows)
    count, columns = list(range(rows.shape[0])), list(range(rows.shape[1]))
    maps = (bracket_matrix(right, rows.extract([i], columns)) for i in count)
    return tuple(multiply(rows, action).to_sparse().extract(count, list(pivots)) for action in maps)


def everything(right: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """The whole algebra with these brackets as a subspace: the identity matrix."""
    return DomainMatrix.eye(len(right), right[0].domain).to_sparse()


def whole(algebra: LieAlgebra) -> DomainMatrix:
    """The algebra itself as a subspace: the identity matrix."""
    return everything(right_brackets(algebra))


def in_basis(right: tuple[DomainMatrix, ...], basis: DomainMatrix) -> tuple[DomainMatrix, ...]:
    """The matrices ``R_i`` of the algebra in another basis, the rows of ``basis``."""
    basis, back = basis.to_sparse(), inverse(basis)
    columns = list(range(basis.shape[1]))
    rows = [basis.extract([i], columns) for i in range(basis.shape[0])]
    turned = (multiply(multiply(basis, bracket_matrix(right, row)), back) for row in rows)
    return tuple(matrix.to_sparse() for matrix in turned)
