"""Words for algebras of which signs say nothing: with parameters or with complex coefficients."""

from __future__ import annotations

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.structure.levi import levi_decomposition
from liealg.structure.radical import is_reductive, is_semisimple
from liealg.structure.roots import root_system
from liealg.structure.series import (
    center,
    derived_series,
    is_abelian,
    is_nilpotent,
    is_solvable,
    lower_central_series,
)


def is_open(basis: MatrixBasis) -> bool:
    """Whether a basis holds parameters or has complex coefficients.

    Examples
    --------
    >>> is_open(MatrixBasis("turn", [[[0, -1], [1, 0]]]))
    False
    """
    return bool(basis.parameters) or basis.complex_coefficients


def open_words(basis: MatrixBasis) -> str:
    """The class of an algebra, for all but special values of its parameters.

    What is said is an identity over the field of rational functions in the parameters. Real forms
    and signatures are left out; see :func:`liealg.structure.summary` for algebras that have them.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> open_words(LieAlgebra("sl2c", known("sl2").matrices, complex_coefficients=True))
    'over the complex numbers: simple of type A1, 3-dimensional'
    """
    over = ["over the complex numbers"] if basis.complex_coefficients else []
    if basis.parameters:
        names = ", ".join(symbol.name for symbol in basis.parameters)
        over.append(f"for all but special values of {names}")
    if isinstance(basis, LieAlgebra):
        told = [*_class(basis), f"{basis.dim}-dimensional"]
    else:
        closes = "closes" if basis.is_closed() else "does not close"
        noun = "matrix" if basis.dim == 1 else "matrices"
        told = [f"a span of {basis.dim} {noun} that {closes} under the bracket"]
    return f"{', '.join(over)}: {', '.join(told)}"


def _class(algebra: LieAlgebra) -> list[str]:
    if is_abelian(algebra):
        return ["abelian"]
    if is_nilpotent(algebra):
        return [f"nilpotent of class {len(lower_central_series(algebra)) - 1}"]
    if is_solvable(algebra):
        return [f"solvable of derived length {len(derived_series(algebra)) - 1}"]
    if is_semisimple(algebra):
        return [_semisimple(algebra)]
    if is_reductive(algebra):
        return ["reductive", f"{center(algebra).dim}-dimensional center"]
    found = levi_decomposition(algebra)
    return [f"Levi factor of dimension {found.levi.dim}, radical of dimension {found.radical.dim}"]


def _semisimple(algebra: LieAlgebra) -> str:
    if algebra.parameters:
        return "semisimple"
    types = root_system(algebra).type
    return f"{'semisimple' if ' + ' in types else 'simple'} of type {types}"
