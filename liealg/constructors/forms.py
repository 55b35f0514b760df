"""Algebras defined by the form that they leave invariant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import unit
from liealg.constructors.denominators import without_denominators
from liealg.definition import held_parameters, parameter_symbols
from liealg.exact import complex_coordinates, exact_matrix, real_coordinates
from liealg.structure.subspace import kernel


def from_bilinear_form(
    name: str,
    J: Any,
    *,
    parameters: Sequence[sp.Symbol | str] = (),
    complex_coefficients: bool = False,
) -> LieAlgebra:
    """All ``X`` with ``X^T J + J X = 0``, real ones unless coefficients are complex.

    ``J`` may be of any symmetry, and degenerate. The basis is the reduced one of the solutions,
    without common factors (Humphreys, 1972, section 1.2; Helgason, 1978, section X.2). With
    parameters it is a basis of the solutions for all but special values: where ``J`` becomes
    degenerate, there may be more.

    Parameters
    ----------
    name
        The name of the algebra.
    J
        The matrix of the form; complex only with ``complex_coefficients``.
    parameters
        Real numbers that stay open until run time; entries of ``J`` are polynomials in them.
    complex_coefficients
        Whether ``X`` is complex, as in so(n, C).

    Raises
    ------
    ValueError
        If ``J`` is no square matrix, not real where coefficients are, zero, lacks a parameter, or
        only ``X = 0`` leaves it invariant.

    Examples
    --------
    >>> from_bilinear_form("lorentz", sp.diag(1, 1, 1, -1)).dim
    6
    >>> from_bilinear_form("circle", sp.diag(1, sp.Symbol("m")), parameters=["m"]).element()
    Matrix([
    [       0, m*theta_1],
    [-theta_1,         0]])
    """
    open_ = parameter_symbols(name, parameters)
    form = _nonzero_form(J, "J", open_)
    if not complex_coefficients and any(sp.im(entry) != 0 for entry in form):
        raise ValueError(
            "J is not real; use from_hermitian_form for complex matrices with real coefficients, "
            "or complex_coefficients=True"
        )
    n = form.rows
    units = [unit(n, i, j) for i in range(1, n + 1) for j in range(1, n + 1)]
    found = _invariant(units, lambda X: X.T * form + form * X, "J", complex_coefficients)
    return LieAlgebra(
        name,
        found,
        parameters=held_parameters(open_, found),
        complex_coefficients=complex_coefficients,
    )


def from_hermitian_form(
    name: str, H: Any, *, parameters: Sequence[sp.Symbol | str] = ()
) -> LieAlgebra:
    """All complex ``X`` with ``X^H H + H X = 0``, an algebra with real coefficients.

    Entries of ``H`` may be polynomials in parameters, as in :func:`from_bilinear_form`.

    Raises
    ------
    ValueError
        If ``H`` is no square matrix, is zero, lacks a parameter, or only ``X = 0`` leaves it
        invariant.

    Examples
    --------
    >>> from_hermitian_form("u11", sp.diag(1, -1)).dim
    4
    """
    open_ = parameter_symbols(name, parameters)
    form = _nonzero_form(H, "H", open_)
    n = form.rows
    units = [unit(n, i, j) for i in range(1, n + 1) for j in range(1, n + 1)]
    both = [*units, *(sp.I * matrix for matrix in units)]
    found = _invariant(both, lambda X: X.H * form + form * X, "H", False)
    return LieAlgebra(name, found, parameters=held_parameters(open_, found))


def _nonzero_form(
    value: Any, letter: str, parameters: tuple[sp.Symbol, ...]
) -> sp.ImmutableDenseMatrix:
    form = exact_matrix(value, letter, parameters)
    for symbol in parameters:
        if not form.has(symbol):
            raise ValueError(f"{letter} does not hold the parameter {symbol}; leave it out")
    if form.is_zero_matrix:
        raise ValueError(f"{letter} is zero, and every matrix leaves it invariant; use gl(n) then")
    return form


def _invariant(
    span: list[sp.ImmutableDenseMatrix],
    condition: Callable[[sp.MatrixBase], sp.MatrixBase],
    letter: str,
    complex_coefficients: bool,
) -> list[sp.MatrixBase]:
    images = [condition(matrix).applyfunc(sp.expand) for matrix in span]
    rows = complex_coordinates if complex_coefficients else real_coordinates
    solutions = kernel(rows(images).transpose()).to_Matrix()
    if solutions.rows == 0:
        raise ValueError(f"only X = 0 leaves {letter} invariant, and an algebra is not zero")
    return [_combination(row, span) for row in solutions.tolist()]


def _combination(row: list[sp.Expr], span: list[sp.ImmutableDenseMatrix]) -> sp.MatrixBase:
    total = sp.zeros(span[0].rows)
    for weight, matrix in zip(without_denominators(row), span, strict=True):
        if weight != 0:
            total += weight * matrix
    return total
