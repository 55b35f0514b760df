"""Short bases of subspaces: integer vectors, reduced by Lenstra, Lenstra and Lovasz."""

from __future__ import annotations

from collections.abc import Sequence

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.scalars import extended_scalars, field_powers, restricted_scalars

# Weights that are no integers are rounded to so many parts of 1.
_PRECISION = 64


def short_rows(
    rows: DomainMatrix, frame: DomainMatrix | None = None, weights: Sequence[float] = ()
) -> DomainMatrix:
    """A basis of a row space: vectors ``x`` with integer coordinates and ``x frame`` short.

    Over a number field the coordinates are integer combinations of the powers of its generator,
    and a vector is as long as its coefficients there; of short vectors those are kept that are
    independent over the field (Lenstra, Lenstra and Lovasz, *Factoring polynomials with rational
    coefficients*, 1982).

    Parameters
    ----------
    rows
        Reduced rows, over the rationals or a number field.
    frame
        The vectors that the coordinates belong to, one in a row; the unit vectors by default.
    weights
        The lengths of the coordinate axes of the frame; 1 by default.

    Examples
    --------
    >>> from liealg.structure.subspace import exact_rows
    >>> plane = exact_rows([[1, 0, sp.Rational(3, 2)], [0, 1, sp.Rational(1, 2)]])
    >>> short_rows(plane).to_Matrix()
    Matrix([
    [-1, 1, -1],
    [ 0, 2,  1]])
    """
    domain = rows.domain
    powers = field_powers(domain)
    degree = len(powers)
    lattice = _saturated(restricted_scalars(rows))
    vectors = lattice
    if frame is not None:
        vectors = lattice * _integers(restricted_scalars(frame.convert_to(domain)))
    lengths = _lengths(weights or [1.0] * (vectors.ncols() // degree), domain, degree)
    scaled = [[x * w for x, w in zip(row, lengths, strict=True)] for row in vectors.tolist()]
    _, change = flint.fmpz_mat(scaled).lll(True)
    return _independent(change * lattice, rows)


def _lengths(weights: Sequence[float], domain: object, degree: int) -> list[int]:
    """Integers in the ratios of the axes times the powers of the generator of the field."""
    size = abs(complex(domain.ext.as_expr())) if degree > 1 else 1.0  # type: ignore[attr-defined]
    found = [w * size**i for w in weights for i in range(degree)]
    if set(found) == {1.0}:
        return [1] * len(found)
    return [max(1, round(_PRECISION * x)) for x in found]


def _independent(reduced: flint.fmpz_mat, rows: DomainMatrix) -> DomainMatrix:
    """The first vectors that are independent over the field, the small ones first."""
    domain, degree = rows.domain, len(field_powers(rows.domain))
    listed = sorted(reduced.tolist(), key=lambda row: sum(int(x) ** 2 for x in row))
    if degree == 1:
        entries = [[sp.QQ(int(x)) for x in row] for row in reduced.tolist()]
        return DomainMatrix(entries, rows.shape, sp.QQ).to_sparse()
    # Only the first row of each block is there: all that extended_scalars reads.
    spread = {
        (i * degree, j): sp.QQ(int(x))
        for i, row in enumerate(listed)
        for j, x in enumerate(row)
        if x
    }
    shape = (len(listed) * degree, reduced.ncols())
    flat = DomainMatrix.from_dok(spread, shape, sp.QQ).to_sparse()
    vectors = extended_scalars(flat, domain)
    _, pivots = row_echelon(vectors.transpose())
    return vectors.extract(list(pivots), list(range(rows.shape[1])))


def _saturated(rows: DomainMatrix) -> flint.fmpz_mat:
    """A basis of the integer vectors in the span of reduced rational rows.

    In coordinates ``c`` with respect to the rows ``(1 | R)`` they are those integers for which
    ``c R`` is integral: the lattice dual to that of the unit vectors and the columns of ``R``.
    """
    k, columns = rows.shape
    entries = rows.to_sparse().to_dok()
    common = int(sp.ilcm(1, *(int(value.denominator) for value in entries.values())))
    stacked = [[common * (i == j) for j in range(k)] for i in range(k)]
    turned = [[0] * k for _ in range(columns)]
    for (i, j), value in entries.items():
        turned[j][i] = int(value * common)
    stacked += [row for row in turned if any(x % common for x in row)]
    normal = flint.fmpz_mat(stacked).hnf()
    square = flint.fmpz_mat([[normal[i, j] for j in range(k)] for i in range(k)])
    dual = flint.fmpq_mat(square.transpose()).inv()
    product = dual * flint.fmpq_mat(_integers(rows))
    return flint.fmpz_mat([[int(product[i, j].p) for j in range(columns)] for i in range(k)])


def _integers(matrix: DomainMatrix) -> flint.fmpz_mat:
    """A rational matrix times its common denominator."""
    entries = matrix.to_sparse().to_dok()
    common = int(sp.ilcm(1, *(int(value.denominator) for value in entries.values())))
    found = flint.fmpz_mat(*matrix.shape)
    for (i, j), value in entries.items():
        found[i, j] = int(value * common)
    return found
