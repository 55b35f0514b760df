"""Matrices of numbers as constants of a generated module."""

from __future__ import annotations

import textwrap

import sympy as sp

from liealg.codegen.tensorflow import WIDTH, literal

_LONGEST = 8
"""Characters of a fraction that is written as one."""


def constant(name: str, matrix: sp.MatrixBase) -> list[str]:
    """The lines that bind a matrix to a name, a row to a line where that fits.

    Examples
    --------
    >>> constant("_BASIS", sp.Matrix([[1, sp.Rational(1, 2)], [0, sp.I]]))
    ['_BASIS = [', '    [1, 0.5],', '    [0, 1j],', ']']
    """
    rows = [[_number(entry) for entry in matrix.row(i)] for i in range(matrix.rows)]
    lines = [f"    [{', '.join(row)}]," for row in rows]
    if all(len(line) <= WIDTH for line in lines):
        return [f"{name} = [", *lines, "]"]
    # The formatter would put every number of a long row into a line of its own.
    lines = [line for row in rows for line in _wrapped(row)]
    return ["# fmt: off", f"{name} = [", *lines, "]", "# fmt: on"]


def _wrapped(row: list[str]) -> list[str]:
    words = textwrap.wrap(", ".join(row), WIDTH - 8, break_long_words=False)
    return ["    [", *(f"        {line}" for line in words), "    ],"]


def _number(entry: sp.Expr) -> str:
    re, im = entry.as_real_imag()
    if im == 0:
        text = literal(re)
        return text if len(text) <= _LONGEST else repr(float(re))
    imaginary = f"{float(im)!r}j".replace(".0j", "j")
    return imaginary if re == 0 else f"complex({literal(re)}, {literal(im)})"
