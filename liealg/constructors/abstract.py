"""Matrices for an algebra that is given by its brackets alone."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.exact import exact_matrix
from liealg.structure.subspace import kernel


def from_structure_constants(name: str, c: Any) -> LieAlgebra:
    """A matrix algebra with ``[E_i, E_j] = sum_k c[i][j][k] E_k``.

    The adjoint representation, where the center is zero. Otherwise the algebra is made an ideal of
    one with a derivation ``D`` more, ``[D, x] = D x``, whose center is zero if ``D`` is invertible
    on the center of the algebra; the adjoint representation of that one has a row more. Every
    graded nilpotent algebra has such a derivation, and every abelian one.

    Parameters
    ----------
    name
        The name of the algebra.
    c
        Nested lists or an array, shape ``[dim, dim, dim]``, of exact real numbers.

    Raises
    ------
    ValueError
        If the shape is another, a pair is not antisymmetric, a triple fails the Jacobi identity, or
        no derivation is invertible on the center.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from_structure_constants("copy", known("heisenberg1").structure_constants)
    LieAlgebra('copy', dim=3, n=4)
    """
    slices = _slices(c)
    _check_antisymmetry(slices)
    _check_jacobi(slices)
    k = len(slices)
    # Row j of slice i holds [E_i, E_j]: its transpose is ad E_i.
    adjoint = [matrix.T for matrix in slices]
    central = _kernel_rows(sp.Matrix.hstack(*slices).T)
    if central.rows == 0:
        return LieAlgebra(name, adjoint)
    derivation = _invertible_derivation(slices, central)
    if derivation is None:
        raise ValueError(
            f"no faithful representation of {name!r} was found: the element with coordinates "
            f"{central.row(0).tolist()[0]} is central, so that it acts as zero in the adjoint "
            "representation, and no derivation is invertible on the center; give matrices"
        )
    bordered = []
    for i, matrix in enumerate(adjoint):
        column = -derivation[:, i]  # [E_i, D] = -D E_i
        bordered.append(sp.Matrix.vstack(sp.Matrix.hstack(matrix, column), sp.zeros(1, k + 1)))
    return LieAlgebra(name, bordered)


def _slices(c: Any) -> list[sp.ImmutableDenseMatrix]:
    try:
        listed = list(c.tolist() if hasattr(c, "tolist") else c)
    except TypeError:
        raise ValueError("c is no array; give nested lists of shape [dim, dim, dim]") from None
    slices = [exact_matrix(part, f"c[{i}]") for i, part in enumerate(listed, 1)]
    k = len(slices)
    if k == 0 or any(matrix.rows != k for matrix in slices):
        sizes = [matrix.rows for matrix in slices]
        raise ValueError(f"c has {k} slices of {sizes} rows; its shape must be [dim, dim, dim]")
    if any(sp.im(entry) != 0 for matrix in slices for entry in matrix):
        raise ValueError("c has an entry that is not real; brackets of a real algebra are real")
    return slices


def _check_antisymmetry(slices: list[sp.ImmutableDenseMatrix]) -> None:
    for i, matrix in enumerate(slices):
        for j in range(i + 1):
            if sp.expand(matrix.row(j) + slices[j].row(i)) != sp.zeros(1, len(slices)):
                raise ValueError(
                    f"[E_{j + 1}, E_{i + 1}] = {slices[j].row(i).tolist()[0]} is not the negative "
                    f"of [E_{i + 1}, E_{j + 1}] = {matrix.row(j).tolist()[0]}"
                )


def _check_jacobi(slices: list[sp.ImmutableDenseMatrix]) -> None:
    """``R_[i,j] = R_j R_i - R_i R_j`` for the rows of brackets, triple by triple."""
    k = len(slices)
    stacked = DomainMatrix.from_Matrix(sp.Matrix.vstack(*slices), extension=True).to_field()
    parts = [
        stacked.extract(list(range(i * k, i * k + k)), list(range(k))).to_sparse() for i in range(k)
    ]
    for i, j in combinations(range(k), 2):
        image = DomainMatrix.zeros((k, k), stacked.domain).to_sparse()
        for (_, m), value in parts[i].extract([j], list(range(k))).to_dok().items():
            image = image + parts[m] * value
        defect = (parts[j] * parts[i] - parts[i] * parts[j] - image).to_dok()
        if defect:
            m = min(row for row, _ in defect)
            value = [
                (parts[j] * parts[i] - parts[i] * parts[j] - image).to_Matrix()[m, n]
                for n in range(k)
            ]
            raise ValueError(
                f"the triple ({i + 1}, {j + 1}, {m + 1}) fails the Jacobi identity: "
                f"[E_{i + 1}, [E_{j + 1}, E_{m + 1}]] and its cyclic forms add up to {value}"
            )


def _kernel_rows(matrix: sp.MatrixBase) -> sp.Matrix:
    exact = DomainMatrix.from_Matrix(sp.Matrix(matrix), extension=True).to_field()
    return kernel(exact).to_Matrix()


def _invertible_derivation(
    slices: list[sp.ImmutableDenseMatrix], central: sp.Matrix
) -> sp.Matrix | None:
    """A derivation whose restriction to the center, which it preserves, is invertible."""
    k = len(slices)
    equations = []
    for i, j in combinations(range(k), 2):
        for m in range(k):
            # D[i,j] - [D i, j] - [i, D j] = 0 in coordinate m; unknown D[a, b] is number a k + b.
            row = [sp.S.Zero] * (k * k)
            for a in range(k):
                row[m * k + a] += slices[i][j, a]
                row[a * k + i] -= slices[a][j, m]
                row[a * k + j] -= slices[i][a, m]
            if any(row):
                equations.append(row)
    found = _kernel_rows(sp.Matrix(equations)) if equations else sp.eye(k * k)
    for step in range(1, k + 2):
        total = sp.zeros(k)
        for place in range(found.rows):
            total += step ** (place % (k + 1)) * found.row(place).reshape(k, k)
        images = (total * central.T).T
        if _kernel_rows(images.T).rows == 0:
            return total
    return None
