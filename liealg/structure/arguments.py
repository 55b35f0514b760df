"""Arguments that are no algebras, refused in words."""

from __future__ import annotations

from typing import Any

from liealg.algebra import LieAlgebra, MatrixBasis


def check_basis(value: Any) -> None:
    """Refuse what is no basis of matrices.

    Raises
    ------
    ValueError
        If the value is no :class:`MatrixBasis`.

    Examples
    --------
    >>> check_basis(5)
    Traceback (most recent call last):
    ...
    ValueError: an int is given for a MatrixBasis or LieAlgebra; make one of a name and matrices
    """
    if not isinstance(value, MatrixBasis):
        raise ValueError(
            f"{_a(value)} is given for a MatrixBasis or LieAlgebra; make one of a name and matrices"
        )


def check_algebra(value: Any) -> None:
    """Refuse what is no algebra, above all a basis whose span is not known to close.

    Raises
    ------
    ValueError
        If the value is no :class:`LieAlgebra`.

    Examples
    --------
    >>> check_algebra(MatrixBasis("squeeze", [[[1, 0], [0, -1]]]))
    Traceback (most recent call last):
    ...
    ValueError: 'squeeze' is a MatrixBasis and no LieAlgebra; MatrixBasis.closure makes one of it
    """
    if isinstance(value, MatrixBasis) and not isinstance(value, LieAlgebra):
        raise ValueError(
            f"{value.name!r} is a MatrixBasis and no LieAlgebra; MatrixBasis.closure makes one of "
            "it"
        )
    if not isinstance(value, LieAlgebra):
        raise ValueError(
            f"{_a(value)} is given for a LieAlgebra; make one of a name and matrices, or take a "
            "known one by its name"
        )


def _a(value: Any) -> str:
    kind = type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
