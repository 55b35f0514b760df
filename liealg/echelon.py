"""Reduced row echelon forms over the rationals and over number fields, by FLINT."""

from __future__ import annotations

from typing import Any

import flint
from sympy import I
from sympy.polys.domains import QQ, QQ_I
from sympy.polys.matrices import DomainMatrix


def row_echelon(matrix: DomainMatrix) -> tuple[DomainMatrix, tuple[int, ...]]:
    """The reduced row echelon form of a matrix over a field, and its pivot columns.

    Over the rationals FLINT computes it modulo primes and lifts: a dense 200 x 150 matrix takes
    milliseconds, and SymPy more than a second. Over a number field of degree ``d`` each entry
    becomes the ``d x d`` rational matrix of multiplication by it; the echelon form of that matrix
    is the same blowing-up of the echelon form sought, since rows and pivots are whole blocks. Other
    fields, those with parameters, are left to SymPy.

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
    entries = matrix.to_sparse().to_dok()
    if domain == QQ:
        reduced, pivots = _rational(entries, *matrix.shape)
    elif domain == QQ_I:
        reduced, pivots = row_echelon(matrix.convert_to(QQ.algebraic_field(I)))
        return reduced.convert_to(QQ_I), pivots
    elif domain.is_AlgebraicField:
        reduced, pivots = _over_number_field(entries, matrix.shape, domain)
    else:
        return matrix.to_sparse().rref()
    return DomainMatrix.from_dok(reduced, matrix.shape, domain).to_sparse(), pivots


_Entries = dict[tuple[int, int], Any]


def _rational(entries: _Entries, rows: int, columns: int) -> tuple[_Entries, tuple[int, ...]]:
    stored = flint.fmpq_mat(rows, columns)
    for (i, j), value in entries.items():
        stored[i, j] = flint.fmpq(int(value.numerator), int(value.denominator))
    reduced, rank = stored.rref()
    found, pivots = {}, []
    for i in range(rank):
        row = [(j, reduced[i, j]) for j in range(columns)]
        kept = [(j, value) for j, value in row if value != 0]
        pivots.append(kept[0][0])
        for j, value in kept:
            found[i, j] = QQ(int(value.p), int(value.q))
    return found, tuple(pivots)


def _over_number_field(
    entries: _Entries, shape: tuple[int, int], domain: Any
) -> tuple[_Entries, tuple[int, ...]]:
    degree = domain.mod.degree()
    powers = [domain.one]
    for _ in range(degree - 1):
        powers.append(powers[-1] * domain.unit)
    blown = {}
    for (i, j), value in entries.items():
        for a, power in enumerate(powers):
            for b, part in enumerate(reversed((value * power).to_list())):
                blown[i * degree + a, j * degree + b] = part
    reduced, pivots = _rational(blown, shape[0] * degree, shape[1] * degree)
    parts: dict[tuple[int, int], list[Any]] = {}
    for (row, column), value in reduced.items():
        if row % degree == 0:
            place = (row // degree, column // degree)
            parts.setdefault(place, [QQ.zero] * degree)[-1 - column % degree] = value
    found = {place: domain(part) for place, part in parts.items()}
    return found, tuple(pivot // degree for pivot in pivots[::degree])
