"""Exact numbers: reading matrix entries, and linear algebra over the field they generate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon


def exact_matrix(value: Any, what: str) -> sp.ImmutableDenseMatrix:
    """Read a square matrix of exact numbers.

    Parameters
    ----------
    value
        A SymPy matrix, a NumPy array or nested lists. A float is read as the shortest decimal
        that denotes it: ``0.5`` is 1/2 and ``0.1`` is 1/10.
    what
        How error messages call the matrix, such as ``"matrix 2 of 'so3'"``.

    Raises
    ------
    ValueError
        If the value is no non-empty square matrix, or an entry is NaN, infinite, symbolic or not
        algebraic over the rationals.

    Examples
    --------
    >>> exact_matrix([[0, 0.5], [1j, 0]], "the matrix")
    Matrix([
    [0, 1/2],
    [I,   0]])
    """
    rows = _rows(value, what)
    n = len(rows)
    if n == 0 or any(len(row) != n for row in rows):
        shape = f"{n} x {len(rows[0])}" if rows and len({len(r) for r in rows}) == 1 else "ragged"
        raise ValueError(f"{what} is not square ({shape}); give matrices of n rows and n columns")
    return sp.ImmutableDenseMatrix(
        [
            [_exact_number(entry, f"entry ({i}, {j}) of {what}") for j, entry in enumerate(row, 1)]
            for i, row in enumerate(rows, 1)
        ]
    )


def _rows(value: Any, what: str) -> list[list[Any]]:
    if isinstance(value, sp.MatrixBase):
        return [list(value.row(i)) for i in range(value.rows)]
    if isinstance(value, np.ndarray):
        if value.ndim != 2:
            raise ValueError(f"{what} is an array of {value.ndim} dimensions; give two")
        return [list(row) for row in value]
    try:
        return [list(row) for row in value]
    except TypeError:
        raise ValueError(
            f"{what} is {value!r}, which is no matrix; give a SymPy matrix, a NumPy array or "
            "nested lists"
        ) from None


def _exact_number(entry: Any, what: str) -> sp.Expr:
    if isinstance(entry, bool | np.bool_ | str):
        raise ValueError(f"{what} is {entry!r}, which is no number")
    if isinstance(entry, np.floating):
        return _from_decimal(entry, what)
    if isinstance(entry, np.generic):
        entry = entry.item()
    if isinstance(entry, float):
        return _from_decimal(entry, what)
    if isinstance(entry, complex):
        return _from_decimal(entry.real, what) + sp.I * _from_decimal(entry.imag, what)
    try:
        number = sp.sympify(entry, strict=True)
    except sp.SympifyError:
        raise ValueError(f"{what} is {entry!r}, which is no number") from None
    return _algebraic(number, what)


def _from_decimal(number: float | np.floating[Any], what: str) -> sp.Rational:
    if not math.isfinite(number):
        raise ValueError(f"{what} is {number}; every entry must be finite")
    return sp.Rational(np.format_float_positional(number, unique=True, trim="0"))


def _algebraic(number: Any, what: str) -> sp.Expr:
    if not isinstance(number, sp.Expr):
        raise ValueError(f"{what} is {number}, which is no number")
    if number.free_symbols:
        names = ", ".join(sorted(str(symbol) for symbol in number.free_symbols))
        raise ValueError(
            f"{what} contains the free symbol {names}; a basis holds numbers, its coefficients "
            "come later"
        )
    if number.has(sp.nan, sp.oo, -sp.oo, sp.zoo):
        raise ValueError(f"{what} is {number}; every entry must be finite")
    number = number.replace(
        lambda part: isinstance(part, sp.Float), lambda part: _from_decimal(float(part), what)
    )
    if not number.is_algebraic:
        raise ValueError(
            f"{what} is {number}, which is not known to be algebraic; use rationals, roots and "
            "complex numbers built of them"
        )
    return sp.radsimp(sp.expand(number, complex=True))


def real_coordinates(matrices: Sequence[sp.MatrixBase]) -> DomainMatrix:
    """Stack the real and imaginary parts of each matrix as one row of real numbers.

    Coefficients are real, so linear dependence is a question over the reals: the Pauli matrix
    ``s`` and ``i s`` are independent.

    Examples
    --------
    >>> real_coordinates([sp.Matrix([[sp.I]]), sp.Matrix([[2]])]).to_Matrix()
    Matrix([
    [0, 1],
    [2, 0]])
    """
    rows = []
    for matrix in matrices:
        parts = [entry.as_real_imag() for entry in matrix]
        rows.append([re for re, _ in parts] + [im for _, im in parts])
    return DomainMatrix.from_Matrix(sp.Matrix(rows), extension=True).to_field()


def coordinates(
    basis: Sequence[sp.MatrixBase], targets: Sequence[sp.MatrixBase]
) -> list[list[sp.Expr] | None]:
    """Coordinates of each target in an independent basis, ``None`` for one outside its real span.

    One row reduction of the basis beside all targets answers for all of them.

    Examples
    --------
    >>> coordinates([sp.eye(2)], [3 * sp.eye(2), sp.ones(2)])
    [[3], None]
    """
    k = len(basis)
    stacked = real_coordinates([*basis, *targets]).transpose()
    reduced, pivots = row_echelon(stacked)
    reduced = reduced.to_Matrix()
    free_rows = range(k, len(pivots))
    return [
        None if any(reduced[row, column] != 0 for row in free_rows) else list(reduced[:k, column])
        for column in range(k, k + len(targets))
    ]


def first_dependent(matrices: Sequence[sp.MatrixBase]) -> int | None:
    """Index of the first matrix that is a real combination of those before it, if there is one.

    Examples
    --------
    >>> first_dependent([sp.eye(2), sp.ones(2), 3 * sp.eye(2)])
    2
    """
    _, pivots = row_echelon(real_coordinates(matrices).transpose())
    return next((i for i in range(len(matrices)) if i not in pivots), None)
