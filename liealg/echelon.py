"""Reduced row echelon forms and inverses over the rationals and over number fields, by FLINT."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import flint
from sympy import I
from sympy.polys.domains import QQ, QQ_I
from sympy.polys.matrices import DomainMatrix

from liealg.reduction import BadPrimeError, reductions
from liealg.scalars import extended_scalars, multiply, restricted_scalars

# So many columns for each row make it worth while to look at a square part of a matrix alone.
_WIDE = 4


def row_echelon(matrix: DomainMatrix) -> tuple[DomainMatrix, tuple[int, ...]]:
    """The reduced row echelon form of a matrix over a field, and its pivot columns.

    Over the rationals FLINT computes it modulo primes and lifts: a dense 200 x 150 matrix takes
    milliseconds, and SymPy more than a second. Over a number field of degree ``d`` each entry
    becomes the ``d x d`` rational matrix of multiplication by it; the echelon form of that matrix
    is the same blowing-up of the echelon form sought, since rows and pivots are whole blocks. Few
    rows that are independent modulo a prime are multiplied by the inverse of their pivot columns
    there. Other fields, those with parameters, are left to SymPy.

    Returns
    -------
    DomainMatrix
        Sparse, of the shape of ``matrix``.
    tuple of int
        The pivot columns.

    Examples
    --------
    >>> from sympy import sqrt
    >>> field = QQ.algebraic_field(sqrt(2))
    >>> row = [field.from_sympy(sqrt(2)), field.from_sympy(2 + 0 * sqrt(2))]
    >>> reduced, pivots = row_echelon(DomainMatrix([row], (1, 2), field))
    >>> reduced.to_Matrix(), pivots
    (Matrix([[1, sqrt(2)]]), (0,))
    """
    domain = matrix.domain
    pivots = _reduced_pivots(matrix)
    if pivots is not None:
        return matrix.to_sparse(), pivots
    if domain == QQ:
        return _rational(matrix)
    if domain == QQ_I:
        reduced, pivots = row_echelon(matrix.convert_to(QQ.algebraic_field(I)))
        return reduced.convert_to(QQ_I), pivots
    if not domain.is_AlgebraicField:
        return matrix.to_sparse().rref()
    few = _few_rows(matrix)
    if few is not None:
        return few
    reduced, pivots = _rational(restricted_scalars(matrix))
    degree = domain.mod.degree()
    return extended_scalars(reduced, domain), tuple(j // degree for j in pivots[::degree])


def inverse(matrix: DomainMatrix) -> DomainMatrix:
    """The inverse of an invertible matrix over a field: its echelon form beside 1.

    Examples
    --------
    >>> inverse(DomainMatrix([[QQ(1), QQ(1)], [QQ(0), QQ(2)]], (2, 2), QQ)).to_Matrix()
    Matrix([
    [1, -1/2],
    [0,  1/2]])
    """
    k = matrix.shape[0]
    identity = DomainMatrix.eye(k, matrix.domain).to_sparse()
    reduced, _ = row_echelon(matrix.to_sparse().hstack(identity))
    return reduced.extract(list(range(k)), list(range(k, 2 * k)))


def _reduced_pivots(matrix: DomainMatrix) -> tuple[int, ...] | None:
    """The pivots of a matrix in reduced echelon form, ``None`` for any other."""
    entries = matrix.to_sparse().to_dok()
    first: dict[int, int] = {}
    for i, j in entries:
        first[i] = min(j, first.get(i, j))
    pivots = tuple(first.get(i, -1) for i in range(len(first)))
    if -1 in pivots or any(a >= b for a, b in pairwise(pivots)):
        return None
    rows = {column: row for row, column in enumerate(pivots)}
    one = matrix.domain.one
    if any(j in rows and (rows[j] != i or value != one) for (i, j), value in entries.items()):
        return None
    return pivots


def _rational(matrix: DomainMatrix) -> tuple[DomainMatrix, tuple[int, ...]]:
    rows, columns = matrix.shape
    listed = matrix.to_sparse().to_sdm()
    used = list(listed.values()) if rows <= columns else _distinct(listed.values())
    stored = flint.fmpq_mat(len(used), columns)
    for i, row in enumerate(used):
        for j, value in row.items():
            stored[i, j] = flint.fmpq(int(value.numerator), int(value.denominator))
    reduced, rank = stored.rref()
    found, pivots = {}, []
    for i in range(rank):
        row = [(j, reduced[i, j]) for j in range(columns)]
        kept = [(j, value) for j, value in row if value != 0]
        pivots.append(kept[0][0])
        for j, value in kept:
            found[i, j] = QQ(int(value.p), int(value.q))
    return DomainMatrix.from_dok(found, (rows, columns), QQ).to_sparse(), tuple(pivots)


def _few_rows(matrix: DomainMatrix) -> tuple[DomainMatrix, tuple[int, ...]] | None:
    """The echelon form of far fewer rows than columns; ``None`` where that is not found so.

    Rows that are independent modulo a prime are so. If the product with the inverse of the pivot
    columns modulo the prime has the shape of an echelon form, it is the one sought.
    """
    rows, columns = matrix.shape
    if _WIDE * rows > columns:
        return None
    pivots = modular_pivots(matrix)
    if len(pivots) < rows:
        return None
    places = list(range(rows))
    block = matrix.to_sparse().extract(places, list(pivots))
    beside = block.hstack(DomainMatrix.eye(rows, matrix.domain).to_sparse())
    solved = extended_scalars(_rational(restricted_scalars(beside))[0], matrix.domain)
    back = solved.extract(places, list(range(rows, 2 * rows)))
    # The transposed product has the small factor on the right, which becomes a rational matrix.
    found = multiply(matrix.to_sparse().transpose(), back.transpose()).transpose().to_sparse()
    return (found, pivots) if _reduced_pivots(found) == pivots else None


def modular_pivots(matrix: DomainMatrix) -> tuple[int, ...]:
    """The pivot columns modulo a prime: their number is the rank, or less by accident.

    Examples
    --------
    >>> modular_pivots(DomainMatrix([[QQ(0), QQ(2)], [QQ(0), QQ(1)]], (2, 2), QQ))
    (1,)
    """
    for reduction in reductions(matrix.domain):
        try:
            reduced, rank = reduction.matrix(matrix).rref()
        except BadPrimeError:
            continue
        listed = reduced.tolist()[:rank]
        return tuple(next(j for j, x in enumerate(row) if int(x)) for row in listed)
    raise AssertionError("there is a prime for every field")


def _distinct(rows: Iterable[dict[int, Any]]) -> list[dict[int, Any]]:
    """One of each set of proportional rows: systems of equations say much more than once.

    Examples
    --------
    >>> _distinct([{0: QQ(1), 2: QQ(3)}, {1: QQ(5)}, {0: QQ(-2), 2: QQ(-6)}])
    [{0: 1, 2: 3}, {1: 5}]
    """
    found: dict[tuple[tuple[int, Any], ...], dict[int, Any]] = {}
    for row in rows:
        entries = sorted(row.items())
        first = entries[0][1]
        found.setdefault(tuple((j, value / first) for j, value in entries), row)
    return list(found.values())
