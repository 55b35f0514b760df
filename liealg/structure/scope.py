"""Which bases a question can be asked of: words for those where the answer is not one."""

from __future__ import annotations

from liealg.algebra import MatrixBasis


def check_no_parameters(basis: MatrixBasis, answer: str) -> None:
    """Refuse a basis with parameters where the answer depends on their values.

    Raises
    ------
    ValueError
        If the basis holds parameters, with the answer that was asked for.

    Examples
    --------
    >>> check_no_parameters(MatrixBasis("turn", [[[0, -1], [1, 0]]]), "the rank")
    """
    if basis.parameters:
        names = ", ".join(symbol.name for symbol in basis.parameters)
        values = ", ".join(f"{symbol.name}=1" for symbol in basis.parameters)
        raise ValueError(
            f"{answer} of {basis.name!r} cannot be told while {names} {_verb(basis)} open; fix "
            f"the value first, as in {basis.name}.specialize('fixed', {values})"
        )


def check_real_coefficients(basis: MatrixBasis, answer: str) -> None:
    """Refuse a basis with complex coefficients where the answer rests on signs.

    Raises
    ------
    ValueError
        If coefficients are complex, with the answer that was asked for.

    Examples
    --------
    >>> check_real_coefficients(MatrixBasis("turn", [[[0, -1], [1, 0]]]), "the signature")
    """
    if basis.complex_coefficients:
        raise ValueError(
            f"{basis.name!r} has complex coefficients, for which there is no such thing as "
            f"{answer}; ask {basis.name}.over_reals, the same algebra with real coefficients"
        )


def _verb(basis: MatrixBasis) -> str:
    return "is" if len(basis.parameters) == 1 else "are"
