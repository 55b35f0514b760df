"""General and special linear algebras."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, unit


def general_linear(n: int) -> LieAlgebra:
    """gl(n): all ``n x n`` matrices; basis ``E_ij``, row by row (Humphreys, 1972, section 1.2).

    Examples
    --------
    >>> general_linear(2).dim
    4
    """
    at_least("gl(n)", n=(n, 1))
    span = range(1, n + 1)
    return LieAlgebra(f"gl{n}", [unit(n, i, j) for i in span for j in span])


def complex_special_linear(n: int) -> LieAlgebra:
    """sl(n, C): the basis of sl(n) with complex coefficients, a complex algebra.

    Its name is ``slc2``, ``slc3`` and so on. Seen as a real one (``over_reals``), sl(2, C) is the
    Lorentz algebra so(3, 1) acting on spinors.

    Examples
    --------
    >>> complex_special_linear(2).dim, complex_special_linear(2).over_reals.dim
    (3, 6)
    """
    real = special_linear(n)
    return LieAlgebra(f"slc{n}", real.matrices, complex_coefficients=True)


def special_linear(n: int) -> LieAlgebra:
    """sl(n): trace zero; basis ``E_ii - E_(i+1)(i+1)``, then ``E_ij`` above and below the diagonal.

    For ``n = 2`` these are the standard ``H, E, F`` (Humphreys, *Introduction to Lie Algebras and
    Representation Theory*, 1972, section 2.1).

    Examples
    --------
    >>> special_linear(2).element()
    Matrix([
    [theta_1,  theta_2],
    [theta_3, -theta_1]])
    """
    at_least("sl(n)", n=(n, 2))
    diagonal = [unit(n, i, i) - unit(n, i + 1, i + 1) for i in range(1, n)]
    above = [unit(n, i, j) for i in range(1, n + 1) for j in range(i + 1, n + 1)]
    return LieAlgebra(f"sl{n}", [*diagonal, *above, *(matrix.T for matrix in above)])
