"""Symbolic matrices at exact coefficients, and as matrices of mpmath."""

import mpmath
import sympy as sp


def rational_coefficients(basis, scale):
    return [scale * sp.Rational((7 * i * i + 3 * i + 2) % 11 - 4, 3) for i in range(basis.dim)]


def with_coefficients(matrix, basis, theta):
    return matrix.xreplace(dict(zip(basis.symbols, theta, strict=True)))


def to_mpmath(matrix):
    entries = [entry.evalf(75) for entry in matrix]
    numbers = [
        mpmath.mpmathify(entry) if entry.is_real else mpmath.mpc(*entry.as_real_imag())
        for entry in entries
    ]
    return mpmath.matrix(matrix.rows, matrix.cols) + mpmath.matrix(
        [numbers[i * matrix.cols : (i + 1) * matrix.cols] for i in range(matrix.rows)]
    )
