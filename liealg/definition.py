"""What a definition of a basis is made of, read and checked: its parameters and its matrices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import sympy as sp

from liealg.exact import exact_matrix, first_dependent
from liealg.names import check_parameter_name


def parameter_symbols(name: str, given: Sequence[sp.Symbol | str]) -> tuple[sp.Symbol, ...]:
    """The declared parameters as real symbols.

    Raises
    ------
    ValueError
        If they are no list, a name cannot be that of a parameter, one is declared twice, or a
        symbol is not real.

    Examples
    --------
    >>> parameter_symbols("turn", [sp.Symbol("kappa")])[0].is_real
    True
    """
    if isinstance(given, str | sp.Symbol) or not isinstance(given, Iterable):
        raise ValueError(f"the parameters of {name!r} are {given!r}; give a list of symbols")
    given = list(given)
    for part in given:
        if isinstance(part, sp.Symbol) and part.is_real is False:
            raise ValueError(
                f"the parameter {part} of {name!r} is a symbol that is not real, and parameters "
                "are real numbers; take its real and imaginary part as two parameters"
            )
    names = [part.name if isinstance(part, sp.Symbol) else part for part in given]
    for part in names:
        check_parameter_name(part)
        if names.count(part) > 1:
            raise ValueError(f"the parameter {part!r} of {name!r} is declared twice")
    return tuple(sp.Symbol(part, real=True) for part in names)


def held_parameters(
    parameters: tuple[sp.Symbol, ...], matrices: Sequence[Any]
) -> tuple[sp.Symbol, ...]:
    """Those parameters that stand in one of the matrices.

    Examples
    --------
    >>> kappa, mu = sp.symbols("kappa mu")
    >>> held_parameters((kappa, mu), [[[kappa, 1], [0, 0]]])
    (kappa,)
    """
    names = _names_in(list(matrices))
    return tuple(symbol for symbol in parameters if symbol.name in names)


def _names_in(value: Any) -> set[str]:
    if isinstance(value, list | tuple | np.ndarray):
        return {name for part in value for name in _names_in(part)}
    return {symbol.name for symbol in getattr(value, "free_symbols", ())}


def independent_matrices(
    name: str,
    matrices: Sequence[Any],
    parameters: tuple[sp.Symbol, ...],
    complex_coefficients: bool,
) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """The matrices, read exactly and found to be a basis.

    Raises
    ------
    ValueError
        If they are no list, none, not square, of mixed sizes, linearly dependent, or have an entry
        that cannot be read; or if a parameter stands in none of them.

    Examples
    --------
    >>> independent_matrices("pair", [[[1]], [[1j]]], (), False)
    (Matrix([[1]]), Matrix([[I]]))
    """
    try:
        listed = list(matrices)
    except TypeError:
        raise ValueError(f"the matrices of {name!r} are no list, but {matrices!r}") from None
    if not listed:
        raise ValueError(f"{name!r} has no matrices; give at least one")
    exact = tuple(
        exact_matrix(matrix, f"matrix {i} of {name!r}", parameters)
        for i, matrix in enumerate(listed, 1)
    )
    sizes = [matrix.rows for matrix in exact]
    for i, size in enumerate(sizes, 1):
        if size != sizes[0]:
            raise ValueError(
                f"matrix {i} of {name!r} is {size} x {size} and matrix 1 is "
                f"{sizes[0]} x {sizes[0]}; all must have one size"
            )
    dependent = first_dependent(exact, complex_coefficients)
    if dependent is not None:
        raise ValueError(
            f"matrix {dependent + 1} of {name!r} is "
            + ("zero" if exact[dependent].is_zero_matrix else "a combination of those before it")
            + (" with complex coefficients" if complex_coefficients else "")
            + "; a basis must be linearly independent: leave it out"
        )
    for symbol in parameters:
        if not any(matrix.has(symbol) for matrix in exact):
            raise ValueError(f"no matrix of {name!r} holds the parameter {symbol}; leave it out")
    return exact
