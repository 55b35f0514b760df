"""A subalgebra as an algebra of its own."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.constructors.denominators import without_denominators
from liealg.constructors.inherited import inheriting
from liealg.structure.ideals import exact_subspace
from liealg.structure.subspace import Subspace


def subalgebra(name: str, algebra: LieAlgebra, subspace: Subspace) -> LieAlgebra:
    """The subalgebra of these coordinates, its basis the rows of the subspace.

    Its coefficients are complex where those of the algebra are. Rows that have parameters in a
    denominator are multiplied by it, and span the subspace for all but special values.

    Raises
    ------
    ValueError
        If the subspace is zero, of another algebra, or does not close under the bracket.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.structure import radical
    >>> subalgebra("translations", known("se2"), radical(known("se2"))).dim
    3
    """
    check_algebra(algebra)
    exact_subspace(algebra, subspace)
    if subspace.dim == 0:
        raise ValueError(f"the subspace of {algebra.name!r} is zero, and an algebra is not")
    rows = subspace.rows.tolist()
    if subspace.rows.free_symbols:
        rows = [without_denominators(row) for row in rows]
    return inheriting(name, [algebra.hat(row) for row in rows], algebra)
