"""Direct and semidirect sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import sympy as sp

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.arguments import check_algebra
from liealg.catalogue.matrices import bordered, unit
from liealg.constructors.inherited import have_complex_coefficients, inheriting
from liealg.exact import exact_matrix


def direct_sum(name: str, *algebras: LieAlgebra) -> LieAlgebra:
    """Block-diagonal matrices: the algebras side by side, commuting with each other.

    The bases follow one another in the order of the arguments (Humphreys, 1972, section 5.2). The
    sum has the parameters of all; those of one name are one. Its coefficients are complex where
    theirs are.

    Raises
    ------
    ValueError
        If no algebra is given, or something else, or some have real coefficients and some complex
        ones.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> direct_sum("pair", known("so2"), known("so3"))
    LieAlgebra('pair', dim=4, n=5)
    """
    if not algebras:
        raise ValueError("a direct sum needs at least one algebra, and got none")
    for algebra in algebras:
        check_algebra(algebra)
    sizes = [algebra.n for algebra in algebras]
    matrices = []
    for place, algebra in enumerate(algebras):
        before, after = sum(sizes[:place]), sum(sizes[place + 1 :])
        matrices += [sp.diag(sp.zeros(before), E, sp.zeros(after)) for E in algebra.matrices]
    return inheriting(name, matrices, *algebras)


def semidirect_sum(
    name: str, algebra: LieAlgebra, representation: MatrixBasis | Sequence[Any] | None = None
) -> LieAlgebra:
    """An algebra and, as abelian ideal, the vectors of a representation: ``[[rho(X), v], [0, 0]]``.

    First the basis of the algebra, then the vectors axis by axis; for a complex representation of
    an algebra with real coefficients the real directions first, then the imaginary ones. Where
    another representation than the algebra's own is given, its own matrices stand beside it as one
    more block, so that the sum is faithful. ``[(X, v), (Y, w)] = ([X, Y], rho(X) w - rho(Y) v)``
    (Knapp, *Lie Groups Beyond an Introduction*, 2nd ed. 2002, section I.4).

    Parameters
    ----------
    name
        The name of the sum.
    algebra
        The algebra.
    representation
        One matrix ``rho(E_i)`` for each ``E_i``, or an algebra of these matrices; the default is
        the algebra's own. Entries may hold the parameters of either.

    Raises
    ------
    ValueError
        If the matrices are not one for each ``E_i``, or not a representation, or one of two
        algebras has real coefficients and the other complex ones.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> semidirect_sum("se3", known("so3")) == known("se3")
    True
    """
    check_algebra(algebra)
    own = representation is None
    sources = (algebra, representation) if isinstance(representation, MatrixBasis) else (algebra,)
    is_complex = have_complex_coefficients(*sources)
    rho = list(algebra.matrices) if representation is None else _checked(algebra, representation)
    m = rho[0].rows
    moves = [bordered(sp.zeros(m), unit(m, i, 1)[:, 0]) for i in range(1, m + 1)]
    if not is_complex and any(sp.im(entry) != 0 for matrix in rho for entry in matrix):
        moves += [sp.I * move for move in moves]
    beside = 0 if own else algebra.n
    matrices = [
        sp.diag(matrix, 0) if own else sp.diag(E, matrix, 0)
        for E, matrix in zip(algebra.matrices, rho, strict=True)
    ]
    whole = [*matrices, *(sp.diag(sp.zeros(beside), move) for move in moves)]
    return inheriting(name, whole, *sources)


def _checked(
    algebra: LieAlgebra, representation: MatrixBasis | Sequence[Any]
) -> list[sp.ImmutableDenseMatrix]:
    if isinstance(representation, MatrixBasis):
        rho = list(representation.matrices)
    else:
        rho = _read(algebra, representation)
    if len(rho) != algebra.dim:
        raise ValueError(
            f"a representation of {algebra.name!r} needs {algebra.dim} matrices, and got {len(rho)}"
        )
    for i, matrix in enumerate(rho, 1):
        if matrix.rows != rho[0].rows:
            raise ValueError(
                f"matrix {i} of the representation has {matrix.rows} rows and matrix 1 has "
                f"{rho[0].rows}; all must have one size"
            )
    constants = algebra.structure_constants
    for i, j in combinations(range(algebra.dim), 2):
        image = sum((constants[i, j, k] * rho[k] for k in range(algebra.dim)), 0 * rho[0])
        if (rho[i] * rho[j] - rho[j] * rho[i] - image).applyfunc(_simple) != 0 * rho[0]:
            raise ValueError(
                f"the matrices are no representation of {algebra.name!r}: the bracket of matrices "
                f"{i + 1} and {j + 1} is not the image of [E_{i + 1}, E_{j + 1}]"
            )
    return rho


def _read(algebra: LieAlgebra, matrices: Sequence[Any]) -> list[sp.ImmutableDenseMatrix]:
    try:
        listed = list(matrices)
    except TypeError:
        raise ValueError(f"the representation is no list of matrices, but {matrices!r}") from None
    return [
        exact_matrix(matrix, f"matrix {i} of the representation", algebra.parameters or None)
        for i, matrix in enumerate(listed, 1)
    ]


def _simple(entry: sp.Expr) -> sp.Expr:
    """Zero where the entry is; with parameters it may be a rational function."""
    return sp.cancel(entry) if entry.free_symbols else sp.expand(entry)
