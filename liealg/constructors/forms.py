"""Algebras defined by the form that they leave invariant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import unit
from liealg.exact import exact_matrix, real_coordinates
from liealg.structure.subspace import kernel


def from_bilinear_form(name: str, J: Any) -> LieAlgebra:
    """All real ``X`` with ``X^T J + J X = 0``.

    ``J`` may be of any symmetry, and degenerate. The basis is the reduced one of the solutions,
    without common factors (Humphreys, 1972, section 1.2; Helgason, 1978, section X.2).

    Raises
    ------
    ValueError
        If ``J`` is no real square matrix, is zero, or only ``X = 0`` leaves it invariant.

    Examples
    --------
    >>> from_bilinear_form("lorentz", sp.diag(1, 1, 1, -1)).dim
    6
    """
    form = _nonzero_form(J, "J")
    if any(sp.im(entry) != 0 for entry in form):
        raise ValueError("J is not real; use from_hermitian_form for complex matrices")
    n = form.rows
    units = [unit(n, i, j) for i in range(1, n + 1) for j in range(1, n + 1)]
    return _invariant(name, units, lambda X: X.T * form + form * X, "J")


def from_hermitian_form(name: str, H: Any) -> LieAlgebra:
    """All complex ``X`` with ``X^H H + H X = 0``, an algebra with real coefficients.

    Raises
    ------
    ValueError
        If ``H`` is no square matrix, is zero, or only ``X = 0`` leaves it invariant.

    Examples
    --------
    >>> from_hermitian_form("u11", sp.diag(1, -1)).dim
    4
    """
    form = _nonzero_form(H, "H")
    n = form.rows
    units = [unit(n, i, j) for i in range(1, n + 1) for j in range(1, n + 1)]
    both = [*units, *(sp.I * matrix for matrix in units)]
    return _invariant(name, both, lambda X: X.H * form + form * X, "H")


def _nonzero_form(value: Any, letter: str) -> sp.ImmutableDenseMatrix:
    form = exact_matrix(value, letter)
    if form.is_zero_matrix:
        raise ValueError(f"{letter} is zero, and every matrix leaves it invariant; use gl(n) then")
    return form


def _invariant(
    name: str,
    span: list[sp.ImmutableDenseMatrix],
    condition: Callable[[sp.MatrixBase], sp.MatrixBase],
    letter: str,
) -> LieAlgebra:
    images = [condition(matrix).applyfunc(sp.expand) for matrix in span]
    solutions = kernel(real_coordinates(images).transpose()).to_Matrix()
    if solutions.rows == 0:
        raise ValueError(f"only X = 0 leaves {letter} invariant, and an algebra is not zero")
    return LieAlgebra(name, [_combination(solutions.row(i), span) for i in range(solutions.rows)])


def _combination(row: sp.MatrixBase, span: list[sp.ImmutableDenseMatrix]) -> sp.MatrixBase:
    """The sum, without the denominators of rational weights."""
    weights = list(row)
    if all(weight.is_Rational for weight in weights):
        scale = sp.ilcm(*(weight.q for weight in weights)) if len(weights) > 1 else weights[0].q
        weights = [scale * weight for weight in weights]
    total = sp.zeros(span[0].rows)
    for weight, matrix in zip(weights, span, strict=True):
        if weight != 0:
            total += weight * matrix
    return total
