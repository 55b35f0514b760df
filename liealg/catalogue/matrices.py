"""Elementary matrices, of which the catalogue's bases are built."""

from __future__ import annotations

import sympy as sp


def unit(n: int, i: int, j: int) -> sp.ImmutableDenseMatrix:
    """The ``n x n`` matrix with a single 1, in row ``i`` and column ``j``, counted from 1.

    Examples
    --------
    >>> unit(2, 1, 2)
    Matrix([
    [0, 1],
    [0, 0]])
    """
    return sp.ImmutableDenseMatrix(n, n, lambda row, column: int((row, column) == (i - 1, j - 1)))
