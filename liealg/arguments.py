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
    >>> check_basis("so3")
    Traceback (most recent call last):
    ...
    ValueError: the str 'so3' is given for a MatrixBasis or LieAlgebra; pass known('so3')
    """
    if not isinstance(value, MatrixBasis):
        raise ValueError(_given(value, "MatrixBasis or LieAlgebra"))


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
        raise ValueError(_given(value, "LieAlgebra"))


def _given(value: Any, wanted: str) -> str:
    kind = type(value).__name__
    if isinstance(value, str):
        return f"the str {value!r} is given for a {wanted}; pass known({value!r})"
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind} is given for a {wanted}; make one of a name and matrices"
