"""What an algebra made of others has of them: parameters and the kind of coefficients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.definition import held_parameters


def inheriting(name: str, matrices: Sequence[Any], *sources: MatrixBasis) -> LieAlgebra:
    """The algebra of these matrices, made of others.

    It has the parameters of all of them that its matrices hold; those of one name are one. Its
    coefficients are complex where theirs are.

    Raises
    ------
    ValueError
        If some of the others have real coefficients and some complex ones.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> plane = known("curved_plane")
    >>> inheriting("moves", plane.matrices, plane).parameters
    (curvature,)
    """
    complex_coefficients = have_complex_coefficients(*sources)
    parameters = dict.fromkeys(symbol for basis in sources for symbol in basis.parameters)
    return LieAlgebra(
        name,
        matrices,
        parameters=held_parameters(tuple(parameters), matrices),
        complex_coefficients=complex_coefficients,
    )


def have_complex_coefficients(*sources: MatrixBasis) -> bool:
    """Whether all have complex coefficients, and not real ones.

    Raises
    ------
    ValueError
        If some have real coefficients and some complex ones.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> have_complex_coefficients(known("slc2"), known("slc2"))
    True
    """
    complex_ = [basis for basis in sources if basis.complex_coefficients]
    real = [basis for basis in sources if not basis.complex_coefficients]
    if complex_ and real:
        one, other = complex_[0].name, real[0].name
        raise ValueError(
            f"{one!r} has complex coefficients and {other!r} real ones; take {one}.over_reals for "
            f"a real algebra, or LieAlgebra({other!r}, {other}.matrices, "
            "complex_coefficients=True) for a complex one"
        )
    return bool(complex_)
