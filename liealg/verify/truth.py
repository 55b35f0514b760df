"""The true exponential of an element and its derivatives, in ball arithmetic.

Arb (Johansson, *Arb: efficient arbitrary-precision midpoint-radius interval arithmetic*, IEEE
Trans. Comput. 66, 2017) encloses each entry in a ball, so that the digits are known to be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint
import numpy as np
import sympy as sp

from liealg.algebra import MatrixBasis

_BITS = 320
_ENOUGH = 2.0**-130
"""The largest radius, beside the largest entry, that is taken for exact."""


@dataclass(frozen=True)
class Truth:
    """``exp(A)`` and ``d exp(A) / d theta_i`` as the unevaluated sum of two doubles.

    Attributes
    ----------
    value, value_rest : array ``[n, n]``
        Complex where the matrices are.
    derivative, derivative_rest : array ``[k, n, n]``
    """

    value: np.ndarray
    value_rest: np.ndarray
    derivative: np.ndarray
    derivative_rest: np.ndarray


def truth(basis: MatrixBasis, theta: Sequence[float]) -> Truth:
    """The exponential of ``A = sum_i theta_i E_i`` and its derivatives, to 100 bits or more.

    The derivative is the upper right block of the exponential of ``[[A, E_i], [0, A]]`` (Najfeld
    and Havel, Adv. Appl. Math. 16, 1995, theorem 4.6).

    Parameters
    ----------
    basis
        A basis with real coefficients and without parameters.
    theta
        Floats, taken exactly.

    Raises
    ------
    ArithmeticError
        If the enclosure is too wide, as for elements of norm beyond some hundred.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> float(truth(known("so2"), [1.0]).value[0, 0])  # the cosine of 1
    0.5403023058681398
    """
    flint.ctx.prec = _BITS
    exact = [_balls(E, basis.is_complex) for E in basis.matrices]
    n, kind = basis.n, type(exact[0])
    A = kind(n, n)
    for coefficient, E in zip(theta, exact, strict=True):
        A += E * _number(Fraction(float(coefficient)))
    derivatives = []
    for E in exact:
        block = kind(2 * n, 2 * n, [0] * (4 * n * n))
        for i in range(n):
            for j in range(n):
                block[i, j] = block[n + i, n + j] = A[i, j]
                block[i, n + j] = E[i, j]
        derivatives.append(_doubles(block.exp(), range(n), range(n, 2 * n)))
    value, value_rest = _doubles(A.exp(), range(n), range(n))
    derivative, derivative_rest = (np.array(part) for part in zip(*derivatives, strict=True))
    return Truth(value, value_rest, derivative, derivative_rest)


def _balls(E: sp.ImmutableDenseMatrix, is_complex: bool) -> Any:
    pairs = [entry.as_real_imag() for entry in E]
    if not is_complex:
        return flint.arb_mat(E.rows, E.cols, [_real_ball(re) for re, _ in pairs])
    entries = [flint.acb(_real_ball(re), _real_ball(im)) for re, im in pairs]
    return flint.acb_mat(E.rows, E.cols, entries)


def _real_ball(number: sp.Expr) -> flint.arb:
    if number.is_Rational:
        return _number(Fraction(int(number.p), int(number.q)))
    digits = sp.N(number, 120)
    return flint.arb(str(digits), "1e-110")


def _number(fraction: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(fraction.numerator, fraction.denominator))


def _doubles(matrix: Any, rows: range, columns: range) -> tuple[np.ndarray, np.ndarray]:
    """The midpoints of a part of a matrix as doubles, and what these leave over."""
    listed = [[_split(matrix[i, j]) for j in columns] for i in rows]
    whole, rest, radius = (
        np.array([[x[part] for x in row] for row in listed]) for part in range(3)
    )
    if not np.max(np.abs(radius)) <= _ENOUGH * max(np.max(np.abs(whole)), 1e-300):
        raise ArithmeticError("the exponential is too large for a truth of so many bits")
    return whole, rest


def _split(ball: Any) -> tuple[Any, Any, float]:
    if isinstance(ball, flint.acb):
        (re, re_rest, first), (im, im_rest, second) = _split(ball.real), _split(ball.imag)
        return complex(re, im), complex(re_rest, im_rest), first + second
    whole = float(ball.mid())
    return whole, float((ball - whole).mid()), float(ball.rad())
