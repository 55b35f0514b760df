"""Elements that fix vectors, or map a subspace into itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.constructors.subalgebra import subalgebra
from liealg.exact import complex_coordinates, real_coordinates
from liealg.structure.subspace import as_subspace, exact_rows, exact_vectors, kernel


def stabilizer(name: str, algebra: LieAlgebra, *vectors: Sequence[Any]) -> LieAlgebra:
    """All ``X`` of the algebra with ``X v = 0`` for every vector ``v``, one argument for each.

    The algebra of the little group of physics: that of a time-like vector in so(3, 1) is so(3), of
    a light-like one se(2) (Weinberg, *The Quantum Theory of Fields I*, 1995, section 2.5). Vectors
    may hold parameters of the algebra; the answer is then that for all but special values.

    Raises
    ------
    ValueError
        If no vector is given, one has not ``n`` entries or one that is no exact number, or only
        ``X = 0`` fixes them.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> stabilizer("turns", known("so3"), [0, 0, 1]).matrices[0]
    Matrix([
    [0, -1, 0],
    [1,  0, 0],
    [0,  0, 0]])
    """
    columns = _columns(algebra, vectors)
    return _solutions(name, algebra, [matrix * columns for matrix in algebra.matrices])


def stabilizer_of_subspace(name: str, algebra: LieAlgebra, *vectors: Sequence[Any]) -> LieAlgebra:
    """All ``X`` of the algebra that map the span of the vectors into itself.

    Each vector is an argument, or all are in one list.

    Raises
    ------
    ValueError
        If no vector is given, one has not ``n`` entries or one that is no exact number, or only
        ``X = 0`` does so.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> stabilizer_of_subspace("borel", known("sl2"), [1, 0]).dim
    2
    >>> stabilizer_of_subspace("plane", known("so3"), [1, 0, 0], [0, 1, 0]).dim
    1
    """
    columns = _columns(algebra, vectors)
    # Rows that vanish exactly on the span: X W lies in W if they vanish on it.
    outside = kernel(exact_rows(columns.T.tolist())).to_Matrix()
    images = [outside * matrix * columns for matrix in algebra.matrices]
    return _solutions(name, algebra, images)


def _columns(algebra: LieAlgebra, vectors: Sequence[Sequence[Any]]) -> sp.Matrix:
    check_algebra(algebra)
    if not vectors:
        raise ValueError(f"the stabilizer in {algebra.name!r} needs at least one vector")
    rows = exact_vectors(vectors, algebra.parameters or None)
    if rows.shape[1] != algebra.n:
        raise ValueError(
            f"the vectors have {rows.shape[1]} entries, and {algebra.name!r} acts on vectors of "
            f"{algebra.n}"
        )
    return rows.to_Matrix().T


def _solutions(name: str, algebra: LieAlgebra, images: list[sp.MatrixBase]) -> LieAlgebra:
    if images[0].rows * images[0].cols == 0:
        return algebra.with_matrices(name, algebra.matrices)
    expanded = [image.applyfunc(sp.expand) for image in images]
    rows = complex_coordinates if algebra.complex_coefficients else real_coordinates
    found = as_subspace(kernel(rows(expanded).transpose()))
    if found.dim == 0:
        raise ValueError(f"only the zero element of {algebra.name!r} does so")
    return subalgebra(name, algebra, found)
