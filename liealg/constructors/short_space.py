"""Representations made in a short basis of an algebra, and taken back to the given one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import inverse
from liealg.isomorphism.short_basis import short_rows
from liealg.number_fields import one_field
from liealg.scalars import multiply, shaped
from liealg.structure.brackets import in_basis
from liealg.structure.frame import bracket_size
from liealg.structure.homomorphisms import Brackets

# Small gains are not worth a representation in coordinates that nobody gave.
_GAIN = 2


def made_in_short_basis(
    right: Brackets, made: Callable[[Brackets], list[DomainMatrix] | None]
) -> list[DomainMatrix] | None:
    """Matrices with these brackets, made where the brackets have few digits.

    A dense change of basis hides few and small structure constants. In a short basis of the lattice
    that the given one generates they are back, and the space acted on keeps the coordinates of that
    basis: of the given one the matrices are combinations of small ones. Brackets with roots or
    parameters, and those that are short already, are left as they are.

    Parameters
    ----------
    right : tuple of DomainMatrix
        Row ``j`` of matrix ``i`` holds ``[E_i, E_j]``.
    made : callable
        What makes matrices from such brackets, or ``None``.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.structure.brackets import right_brackets
    >>> right = right_brackets(known("so3"))
    >>> made_in_short_basis(right, lambda found: [ad.transpose() for ad in found])[0].to_Matrix()
    Matrix([
    [0, 0,  0],
    [0, 0, -1],
    [0, 1,  0]])
    """
    rows = short_rows(right) if right[0].domain == QQ else None
    if rows is None:
        return made(right)
    rows = rows.to_sparse()
    short = in_basis(right, rows)
    if _GAIN * bracket_size(short)[1] > bracket_size(right)[1]:
        return made(right)
    matrices = made(short)
    return None if matrices is None else combinations(inverse(rows), matrices)


def combinations(rows: DomainMatrix, matrices: Sequence[DomainMatrix]) -> list[DomainMatrix]:
    """The matrices ``sum_a rows[i, a] M_a``.

    Examples
    --------
    >>> pair = DomainMatrix([[QQ(1), QQ(2)]], (1, 2), QQ)
    >>> unit = DomainMatrix.eye(1, QQ)
    >>> combinations(pair, [unit, unit])[0].to_Matrix()
    Matrix([[3]])
    """
    n = matrices[0].shape[0]
    flat = DomainMatrix.vstack(*(shaped(matrix, 1, n * n) for matrix in matrices))
    found = multiply(*one_field(rows, flat)).to_sparse()
    columns = list(range(n * n))
    return [shaped(found.extract([i], columns), n, n) for i in range(rows.shape[0])]
