"""Bases that tests run over: the catalogue, and definitions that nothing else knows."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.catalogue import known, names

ROTATION_AND_SQUEEZE = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])


def conjugated(basis: MatrixBasis, name: str) -> LieAlgebra:
    """The same algebra in coordinates that hide its sparsity."""
    n = basis.n
    P = sp.Matrix(n, n, lambda i, j: 1 if i == j else (i - j) % 3 if i < j else 0)
    P = P * sp.Matrix(n, n, lambda i, j: 1 if i == j else (2 * i + j) % 2 if i > j else 0)
    return LieAlgebra(name, [P * E * P.inv() for E in basis.matrices])


def unfamiliar() -> list[MatrixBasis]:
    """Spans whose derivation cannot rest on their name or on a familiar form."""
    a, b, c = (
        sp.Matrix(3, 3, lambda i, j, e=e: int((i, j) == e)) for e in ((0, 1), (1, 2), (0, 2))
    )
    return [
        ROTATION_AND_SQUEEZE,
        conjugated(known("so3"), "skewed_rotations"),
        conjugated(known("se2"), "skewed_motions"),
        MatrixBasis("shears", [2 * a + sp.sqrt(2) * b, b - c]),
        MatrixBasis("diagonal", [sp.diag(1, 0), sp.diag(0, 1)]),
        MatrixBasis("phase", [[[sp.I]]]),
        LieAlgebra("affine", [sp.Matrix([[1, 0], [0, 0]]), sp.Matrix([[0, 1], [0, 0]])]),
        LieAlgebra("u2", [sp.I * sp.eye(2), *known("su2").matrices]),
        MatrixBasis(
            "two_planes",
            [
                sp.diag(sp.Matrix([[0, -1], [1, 0]]), sp.zeros(2)),
                sp.diag(sp.zeros(2), sp.Matrix([[1, 1], [0, 1]])),
            ],
        ),
        MatrixBasis("spiral", [[[sp.sqrt(3) / 2, -0.5], [0.5, sp.sqrt(3) / 2]], [[1, 2], [0, 1]]]),
    ]


def every_basis() -> list[MatrixBasis]:
    """The catalogue and the unfamiliar ones."""
    return [*(known(name) for name in names()), *unfamiliar()]
