"""Coordinates of elements as a user gives them: numbers or symbols, one for each basis element."""

from __future__ import annotations

from typing import Any

import sympy as sp


def read_coordinates(value: Any, name: str, dim: int, what: str) -> tuple[sp.Expr, ...]:
    """The coordinates of an element as SymPy expressions.

    Parameters
    ----------
    value
        A list, an array or a SymPy vector of numbers or symbols.
    name, dim
        The name of the basis, and how many coordinates it needs.
    what
        How error messages call the coordinates, such as ``"theta"``.

    Raises
    ------
    ValueError
        If the value is no list of ``dim`` entries, or an entry is no number and no symbol.

    Examples
    --------
    >>> read_coordinates([1, sp.Symbol("t")], "so2", 2, "theta")
    (1, t)
    >>> read_coordinates("ab", "so2", 2, "theta")
    Traceback (most recent call last):
    ...
    ValueError: theta is 'ab', which is no list; 'so2' needs 2 numbers or symbols
    """
    needs = f"{name!r} needs {dim} number{'' if dim == 1 else 's'} or symbols"
    if isinstance(value, str | dict | set):
        raise ValueError(f"{what} is {value!r}, which is no list; {needs}")
    try:
        listed = list(value)
    except TypeError:
        raise ValueError(f"{what} is {value!r}, which is no list; {needs}") from None
    if len(listed) != dim:
        raise ValueError(f"{what} has {len(listed)} entries and {needs}")
    return tuple(
        _expression(entry, f"coordinate {i} of {what}") for i, entry in enumerate(listed, 1)
    )


def _expression(entry: Any, what: str) -> sp.Expr:
    try:
        number = sp.sympify(entry, strict=True)
    except (sp.SympifyError, TypeError, ValueError):
        number = None
    if not isinstance(number, sp.Expr):
        raise ValueError(f"{what} is {entry!r}, which is no number and no symbol")
    return number
