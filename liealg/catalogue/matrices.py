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


def at_least(family: str, **sizes: tuple[int, int]) -> None:
    """Refuse a size below the smallest that a family has; ``n=(size, smallest)``.

    Raises
    ------
    ValueError
        If a size is no whole number or too small.

    Examples
    --------
    >>> at_least("so(n)", n=(1, 2))
    Traceback (most recent call last):
    ...
    ValueError: so(n) needs n of at least 2, and got 1
    """
    for letter, (size, smallest) in sizes.items():
        if isinstance(size, bool) or not isinstance(size, int):
            raise ValueError(f"{family} needs a whole number {letter}, and got {size!r}")
        if size < smallest:
            raise ValueError(f"{family} needs {letter} of at least {smallest}, and got {size}")


def digits_name(stem: str, *sizes: int) -> str:
    """Name of an algebra of one or two sizes: digits side by side, longer numbers apart.

    Examples
    --------
    >>> digits_name("so", 3, 2), digits_name("so", 12), digits_name("so", 10, 1)
    ('so32', 'so_12', 'so_10_1')
    """
    if all(size < 10 for size in sizes):
        return stem + "".join(map(str, sizes))
    return "_".join([stem, *map(str, sizes)])


def bordered(block: sp.MatrixBase, *columns: sp.MatrixBase) -> sp.ImmutableDenseMatrix:
    """``[[block, columns], [0, 0]]``, square: a linear map and vectors beside it.

    Examples
    --------
    >>> bordered(sp.eye(1), sp.Matrix([2]))
    Matrix([
    [1, 2],
    [0, 0]])
    """
    top = sp.Matrix.hstack(sp.Matrix(block), *(sp.Matrix(column) for column in columns))
    zeros = sp.zeros(len(columns), top.cols)
    return sp.Matrix.vstack(top, zeros).as_immutable()
