"""Exact numbers: reading matrix entries, and linear algebra over the field they generate."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np
import sympy as sp
from sympy.polys.constructor import construct_domain
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import modular_pivots, row_echelon
from liealg.square_roots import all_parts, parts_of, square_root_field


def exact_matrix(
    value: Any, what: str, parameters: Sequence[sp.Symbol] | None = None
) -> sp.ImmutableDenseMatrix:
    """Read a square matrix of exact numbers, or of polynomials in declared parameters.

    Parameters
    ----------
    value
        A SymPy matrix, a NumPy array or nested lists. A float is read as the shortest decimal
        that denotes it: ``0.5`` is 1/2 and ``0.1`` is 1/10.
    what
        How error messages call the matrix, such as ``"matrix 2 of 'so3'"``.
    parameters
        Real symbols that entries may hold; a symbol of the same name stands for one of them.
        ``None`` where there can be none, empty where there could be.

    Raises
    ------
    ValueError
        If the value is no non-empty square matrix, or an entry is NaN, infinite, holds a symbol
        that is no parameter, is no polynomial in the parameters, or a number in it is not algebraic
        over the rationals.

    Examples
    --------
    >>> exact_matrix([[0, 0.5], [1j, 0]], "the matrix")
    Matrix([
    [0, 1/2],
    [I,   0]])
    """
    rows = _rows(value, what)
    n = len(rows)
    if not any(rows):
        raise ValueError(f"{what} is empty; give matrices of n rows and n columns, n at least 1")
    if any(len(row) != n for row in rows):
        shape = f"{n} x {len(rows[0])}" if len({len(row) for row in rows}) == 1 else "ragged"
        raise ValueError(f"{what} is not square ({shape}); give matrices of n rows and n columns")
    return sp.ImmutableDenseMatrix(
        [
            [
                _exact_entry(entry, f"entry ({i}, {j}) of {what}", parameters)
                for j, entry in enumerate(row, 1)
            ]
            for i, row in enumerate(rows, 1)
        ]
    )


def exact_number(value: Any, what: str) -> sp.Expr:
    """Read an exact number, as :func:`exact_matrix` reads entries.

    Raises
    ------
    ValueError
        If the value is no number, NaN, infinite, or not algebraic over the rationals.

    Examples
    --------
    >>> exact_number(0.1, "the speed")
    1/10
    """
    return _exact_entry(value, what, None)


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


def _exact_entry(entry: Any, what: str, parameters: Sequence[sp.Symbol] | None) -> sp.Expr:
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
    if _is_sum_of_roots(number):
        return number
    if parameters is None or not isinstance(number, sp.Expr):
        return _algebraic(number, what)
    names = {symbol.name for symbol in parameters}
    if foreign := {symbol for symbol in number.free_symbols if symbol.name not in names}:
        raise ValueError(
            f"{what} contains the free symbol {_listed(foreign)}; declare it with "
            "parameters=[...] if it is one that a kernel gets at run time (the coefficients of the "
            "basis come later)"
        )
    return _polynomial(number, what, parameters) if parameters else _algebraic(number, what)


def _is_sum_of_roots(number: Any) -> bool:
    """Whether a number is written as a sum of rational multiples of roots of positive integers.

    Long sums need not be expanded then, nor split into real and imaginary parts, which is slow.
    """
    return isinstance(number, sp.Expr) and all(
        factor.is_Rational
        or (
            factor.is_Pow and factor.exp == sp.S.Half and factor.base.is_Integer and factor.base > 0
        )
        for term in sp.Add.make_args(number)
        for factor in sp.Mul.make_args(term)
    )


def _listed(symbols: set[sp.Symbol]) -> str:
    return ", ".join(sorted(str(symbol) for symbol in symbols))


def _polynomial(entry: sp.Expr, what: str, parameters: Sequence[sp.Symbol]) -> sp.Expr:
    by_name = {symbol.name: symbol for symbol in parameters}
    own = {symbol: by_name.get(symbol.name, symbol) for symbol in entry.free_symbols}
    for symbol in own:
        if symbol.name in by_name and symbol.is_real is False:
            raise ValueError(
                f"{what} holds {symbol}, a symbol that is not real, and parameters are real numbers"
            )
    entry = entry.xreplace(own)
    try:
        terms = sp.Poly(entry, *parameters).terms()
    except sp.PolynomialError:
        raise ValueError(
            f"{what} is {entry}, which is no polynomial in {', '.join(by_name)}; declare what "
            "stands there, such as an inverse or a root, as the parameter"
        ) from None
    total = sp.S.Zero
    for exponents, coefficient in terms:
        powers = (symbol**power for symbol, power in zip(parameters, exponents, strict=True))
        total += sp.Mul(_algebraic(coefficient, what), *powers)
    return total


def _from_decimal(number: float | np.floating[Any], what: str) -> sp.Rational:
    if not math.isfinite(number):
        raise ValueError(f"{what} is {number}; every entry must be finite")
    return sp.Rational(np.format_float_positional(number, unique=True, trim="0"))


def _algebraic(number: Any, what: str) -> sp.Expr:
    if not isinstance(number, sp.Expr):
        raise ValueError(f"{what} is {number}, which is no number")
    if number.free_symbols:
        raise ValueError(
            f"{what} contains the free symbol {_listed(number.free_symbols)}, which is no "
            "parameter here; give exact numbers"
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


def over_field(matrix: sp.MatrixBase) -> DomainMatrix:
    """The matrix over the smallest field that SymPy finds for its entries.

    A field of algebraic numbers, or the rational functions over one where entries hold symbols.

    Examples
    --------
    >>> kappa = sp.Symbol("kappa", real=True)
    >>> over_field(sp.Matrix([[sp.sqrt(2) * kappa, 1]])).domain
    QQ<sqrt(2)>(kappa)
    >>> over_field(sp.Matrix([[sp.I, 1]])).domain
    QQ<I>
    """
    symbols = sorted(matrix.free_symbols, key=sp.default_sort_key)
    if not symbols:
        found = _over_square_roots(matrix)
        if found is not None:
            return found
        exact = DomainMatrix.from_Matrix(sp.Matrix(matrix), extension=True).to_field()
        return exact.convert_to(_GAUSSIAN) if exact.domain == sp.QQ_I else exact
    numbers = [
        coefficient
        for entry in matrix
        for part in sp.fraction(sp.together(entry))
        for coefficient in sp.Poly(part, *symbols).coeffs()
    ]
    numerical, _ = construct_domain(numbers, extension=True)
    if not numerical.is_AlgebraicField:
        numerical = _GAUSSIAN if numerical in (sp.QQ_I, sp.ZZ_I) else numerical.get_field()
    field = numerical.frac_field(*symbols)
    rows = [[field.from_sympy(entry) for entry in matrix.row(i)] for i in range(matrix.rows)]
    return DomainMatrix(rows, matrix.shape, field)


# Fields of more square roots than these are left to SymPy.
_MOST_ROOTS = 4


def _over_square_roots(matrix: sp.MatrixBase) -> DomainMatrix | None:
    """The matrix over a field of few square roots of rationals, if that is where its entries are.

    SymPy looks for a primitive element by polynomials of the full degree, which takes seconds.
    """
    entries = {place: value for place, value in matrix.iter_items() if value != 0}
    values = list(dict.fromkeys(entries.values()))
    found = all_parts(values)
    if found is None or len(found[0]) > _MOST_ROOTS:
        return None
    field = square_root_field(found[0])
    table = {v: field.number(parts) for v, parts in zip(values, found[1], strict=True)}
    # What was not expanded may be zero all the same.
    numbers = {place: table[value] for place, value in entries.items() if table[value]}
    return DomainMatrix.from_dok(numbers, matrix.shape, field.domain)


# One field for one set of numbers: SymPy has two for the rationals with I.
_GAUSSIAN = sp.QQ.algebraic_field(sp.I)


def real_coordinates(matrices: Sequence[sp.MatrixBase]) -> DomainMatrix:
    """Stack the real and imaginary parts of each matrix as one row of real numbers.

    Where coefficients are real, linear dependence is a question over the reals: the Pauli matrix
    ``s`` and ``i s`` are independent.

    Examples
    --------
    >>> real_coordinates([sp.Matrix([[sp.I]]), sp.Matrix([[2]])]).to_Matrix()
    Matrix([
    [0, 1],
    [2, 0]])
    """
    return over_field(sp.Matrix([_real_entries(matrix) for matrix in matrices]))


def _real_entries(matrix: sp.MatrixBase) -> list[sp.Expr]:
    parts = [(x, sp.S.Zero) if _is_sum_of_roots(x) else x.as_real_imag() for x in matrix]
    return [re for re, _ in parts] + [im for _, im in parts]


def small_field(matrix: DomainMatrix) -> DomainMatrix:
    """The same matrix over the field that its entries generate.

    Examples
    --------
    >>> field = sp.QQ.algebraic_field(sp.sqrt(2))
    >>> small_field(DomainMatrix([[field.one]], (1, 1), field)).domain
    QQ
    """
    domain = matrix.domain
    if domain == sp.QQ:
        return matrix.to_sparse()
    entries = matrix.to_sparse().to_dok()
    if domain.is_AlgebraicField:
        if all(len(value.to_list()) <= 1 for value in entries.values()):
            rational = {place: value.to_list()[0] for place, value in entries.items()}
            return DomainMatrix.from_dok(rational, matrix.shape, sp.QQ).to_sparse()
        if _generates(entries.values(), domain):
            return matrix.to_sparse()
    return over_field(matrix.to_Matrix()).to_sparse()


def _generates(values: Iterable[Any], domain: Any) -> bool:
    """Whether a combination of a few of the numbers generates the whole field."""
    weighted = (value * domain.convert(i) for i, value in enumerate(islice(values, 100), 1))
    total = sum(weighted, domain.zero)
    power, powers = domain.one, []
    degree = domain.mod.degree()
    for i in range(degree):
        powers += [((i, j), part) for j, part in enumerate(reversed(power.to_list()))]
        power = power * total
    return bool(DomainMatrix.from_dok(dict(powers), (degree, degree), sp.QQ).rank() == degree)


def complex_coordinates(matrices: Sequence[sp.MatrixBase]) -> DomainMatrix:
    """Stack the entries of each matrix as one row of complex numbers.

    Examples
    --------
    >>> complex_coordinates([sp.Matrix([[sp.I]]), sp.Matrix([[2]])]).to_Matrix()
    Matrix([
    [I],
    [2]])
    """
    return over_field(sp.Matrix([_complex_entries(matrix) for matrix in matrices]))


def _complex_entries(matrix: sp.MatrixBase) -> list[sp.Expr]:
    return list(matrix)


def coordinates(
    basis: Sequence[sp.MatrixBase],
    targets: Sequence[sp.MatrixBase],
    complex_coefficients: bool = False,
) -> list[list[sp.Expr] | None]:
    """Coordinates of each target in an independent basis, ``None`` for one outside its span.

    The span over the reals, or over the complex numbers with ``complex_coefficients``. One row
    reduction of the basis beside all targets answers for all of them.

    Examples
    --------
    >>> coordinates([sp.eye(2)], [3 * sp.eye(2), sp.ones(2), sp.I * sp.eye(2)])
    [[3], None, None]
    >>> coordinates([sp.eye(2)], [sp.I * sp.eye(2)], complex_coefficients=True)
    [[I]]
    """
    k = len(basis)
    rows, scales = _scaled_rows([*basis, *targets], complex_coefficients)
    reduced, pivots = row_echelon(over_field(rows).transpose())
    found = reduced.to_Matrix()
    free_rows = range(k, len(pivots))

    def restored(column: int) -> list[sp.Expr]:
        """The coordinates of a target in the basis as it is, not as it was scaled."""
        ratios = (scales[column] / scale for scale in scales[:k])
        listed = zip(found[:k, column], ratios, strict=True)
        return [x if x == 0 or r == 1 else sp.radsimp(sp.expand(x * r)) for x, r in listed]

    return [
        None if any(found[row, column] != 0 for row in free_rows) else restored(column)
        for column in range(k, k + len(targets))
    ]


def _scaled_rows(
    matrices: Sequence[sp.MatrixBase], complex_coefficients: bool
) -> tuple[sp.Matrix, list[sp.Expr]]:
    """The coordinates of each matrix as a row, and the number that the row was divided by.

    A first entry that is a rational multiple of a root is divided out: Gell-Mann's diagonal
    matrices have a root each, and together they would generate a field of degree 64 for su(7).
    """
    as_rows = _complex_entries if complex_coefficients else _real_entries
    rows, scales = [], []
    for matrix in matrices:
        row = as_rows(matrix)
        scale = next((entry for entry in row if entry != 0), sp.S.One)
        parts = {} if scale.is_Rational or scale.free_symbols else parts_of(scale)
        if parts and len(parts) == 1:
            inverse = sp.expand(scale / sp.expand(scale**2))
            row = [sp.expand(entry * inverse) if entry else entry for entry in row]
        else:
            scale = sp.S.One
        rows.append(row)
        scales.append(scale)
    return sp.Matrix(rows), scales


def first_dependent(
    matrices: Sequence[sp.MatrixBase], complex_coefficients: bool = False
) -> int | None:
    """Index of the first matrix that is a combination of those before it, if there is one.

    Examples
    --------
    >>> first_dependent([sp.eye(2), sp.ones(2), 3 * sp.eye(2)])
    2
    """
    symbols = sorted(set().union(*(E.free_symbols for E in matrices)), key=str)
    if symbols:
        # What is independent at some values of the parameters is so.
        values = {symbol: sp.Integer(7 + 4 * i) for i, symbol in enumerate(symbols)}
        there = [E.xreplace(values).applyfunc(sp.expand) for E in matrices]
        if first_dependent(there, complex_coefficients) is None:
            return None
    rows, _ = _scaled_rows(matrices, complex_coefficients)
    exact = over_field(rows)
    # What is independent modulo a prime is so.
    if exact.domain.is_AlgebraicField and len(modular_pivots(exact)) == len(matrices):
        return None
    _, pivots = row_echelon(exact.transpose())
    return next((i for i in range(len(matrices)) if i not in pivots), None)
