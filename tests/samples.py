"""Bases that tests run over: the catalogue, and definitions that nothing else knows."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import direct_sum

REPRESENTATIVES = (
    *("so2", "sl2", "so3", "su2", "gl2", "so21", "se2", "se3", "heisenberg1"),
    *("so4", "so5", "sp4", "so3_irrep3", "spin3_2", "sl3", "su3", "aff2", "so6"),
)
"""Of each way to compute an exponential some modules: what takes long is tested of these."""

AT_RUN_TIME = (
    *("so2", "sl2", "so3", "su2", "gl2", "so21", "se2", "se3", "heisenberg1"),
    "su3",
)
"""Those of which every way to run a kernel is compiled; each compilation keeps its memory."""

ROTATION_AND_SQUEEZE = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])


def conjugated(basis: MatrixBasis, name: str) -> LieAlgebra:
    """The same algebra in coordinates that hide its sparsity."""
    n = basis.n
    P = sp.Matrix(n, n, lambda i, j: 1 if i == j else (i - j) % 3 if i < j else 0)
    P = P * sp.Matrix(n, n, lambda i, j: 1 if i == j else (2 * i + j) % 2 if i > j else 0)
    return LieAlgebra(name, [P * E * P.inv() for E in basis.matrices])


def skew(name: str, *matrices: sp.Matrix) -> MatrixBasis:
    """The same span in a basis of vectors far from orthogonal, where an identity is soon lost."""
    n = matrices[0].rows
    P = sp.eye(n) + sp.Matrix(
        n, n, lambda i, j: sp.Rational((3 * i + 5 * j) % 7, 8) if i != j else 0
    )
    return MatrixBasis(name, [P * E * P.inv() for E in matrices])


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


def with_parameters() -> list[MatrixBasis]:
    """Spans that hold parameters: one of each kind, with one parameter and with several."""
    curvature, first, second, hbar = sp.symbols("curvature kappa1 kappa2 hbar")
    unit = [
        [sp.Matrix(4, 4, lambda i, j, p=(a, b): int((i, j) == p)) for b in range(4)]
        for a in range(4)
    ]
    plane = [
        unit[2][1] - unit[1][2],
        unit[1][0] - curvature * unit[0][1],
        unit[2][0] - curvature * unit[0][2],
    ]
    space = [
        *(unit[i + 1][0] - curvature * unit[0][i + 1] for i in range(3)),
        *(unit[j + 1][i + 1] - unit[i + 1][j + 1] for i, j in ((1, 2), (2, 0), (0, 1))),
    ]
    pauli = [sp.Matrix([[0, 1], [1, 0]]), sp.Matrix([[0, -sp.I], [sp.I, 0]]), sp.diag(1, -1)]
    return [
        LieAlgebra("curved_plane", [E[:3, :3] for E in plane], parameters=[curvature]),
        LieAlgebra("curved_space", space, parameters=[curvature]),
        LieAlgebra(
            "cayley_klein",
            [
                (unit[1][0] - first * unit[0][1])[:3, :3],
                (unit[2][0] - first * second * unit[0][2])[:3, :3],
                (unit[2][1] - second * unit[1][2])[:3, :3],
            ],
            parameters=[first, second],
        ),
        LieAlgebra(
            "quantised",
            [E[:3, :3] for E in (unit[0][1], unit[1][2] + hbar * unit[0][2], unit[0][2])],
            parameters=[hbar],
        ),
        MatrixBasis(
            "detuned",
            [
                -sp.I * (pauli[0] + curvature * pauli[2]) / 2,
                -sp.I * pauli[1] / 2 + sp.sqrt(3) * curvature * sp.I * sp.eye(2),
            ],
            parameters=["curvature"],
        ),
    ]


GENERAL = MatrixBasis(
    "general",
    [sp.Matrix(10, 10, lambda i, j, m=m: (m * i * i + 3 * j * j + i * j) % 11 - 4) for m in (1, 2)],
)
"""A span of which nothing is known that would help."""


def composed() -> list[MatrixBasis]:
    """Spans of several blocks, of different kinds and with their rows among each other."""
    so3, sp4, su2 = (known(name) for name in ("so3", "sp4", "su2"))
    su3 = known("su3")
    mixed = direct_sum("mixed", so3, sp4)
    order = [0, 3, 1, 4, 5, 2, 6]
    spin = known("so3_irrep(2)")
    J = sp.Matrix([[0, -1], [1, 0]])
    return [
        MatrixBasis("interleaved", [E.extract(order, order) for E in mixed.matrices]),
        direct_sum("complex_blocks", su2, su3),
        known("so4"),
        conjugated(known("so4"), "skewed_so4"),
        conjugated(known("se3"), "skewed_poses"),
        conjugated(direct_sum("sum", so3, known("sl2")), "hidden_sum"),
        conjugated(direct_sum("motions", known("aff2"), so3), "hidden_motions"),
        conjugated(direct_sum("forms", known("so5"), known("sl2")), "hidden_forms"),
        MatrixBasis("growing_spin", [*spin.matrices, sp.eye(5) / 2]),
        MatrixBasis(
            "with_a_fallback",
            [
                *(sp.diag(E, sp.zeros(10)) for E in so3.matrices),
                *(sp.diag(sp.zeros(3), E) for E in GENERAL.matrices),
            ],
        ),
        MatrixBasis("phase_and_so4", [*known("so4").matrices, sp.I * sp.eye(4)]),
        MatrixBasis(
            "growing_apart",
            [[[1, 2, -2], [3, 0, 3], [-1, 1, 2]], [[8, 16, 8], [13, -4, 10], [-16, -8, -28]]],
        ),
        MatrixBasis("decaying", [[[-1, -1, 2], [0, -1, 2], [0, -2, 0]]]),
        MatrixBasis(
            "with_a_kernel", [[[-2, -2, 1, 2], [2, 1, 1, 2], [0, 0, -1, 1], [0, 0, -2, 2]]]
        ),
        MatrixBasis(
            "one_sided",
            [
                [[0, 2, 4, 1], [0, 3, 0, 2], [0, 0, 1, 3], [0, 0, 0, 4]],
                [[0, 1, 2, 3], [0, 0, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0]],
            ],
        ),
        skew("skew_planes", *(sp.diag(*row) for row in _diagonal(J, J, J))),
        skew("skew_growth", *(sp.diag(*row) for row in _diagonal(J, sp.eye(2), -J))),
        skew("skew_phases", *(sp.diag(*row) for row in _diagonal(sp.I * sp.eye(2), sp.I * J))),
        skew("skew_lorentz", *direct_sum("boosts", known("so31"), known("sl2")).matrices),
        skew("skew_scales", sp.diag(1, 1, 2, 2), sp.diag(-2, J, 3) + sp.diag(0, 1, 1, 0)),
        conjugated(direct_sum("phases", known("u2"), so3), "hidden_phases"),
    ]


def _diagonal(*blocks: sp.Matrix) -> list[list[sp.Matrix]]:
    """Of each block the matrices of a block diagonal with zeros elsewhere."""
    return [[E if i == j else 0 * E for j, E in enumerate(blocks)] for i in range(len(blocks))]


def with_complex_coefficients() -> list[MatrixBasis]:
    """Complex algebras, and a complex span that does not close."""
    sl2, heisenberg, so3 = known("sl2"), known("heisenberg1"), known("so3")
    return [
        LieAlgebra("complex_sl2", sl2.matrices, complex_coefficients=True),
        LieAlgebra("complex_heisenberg", heisenberg.matrices, complex_coefficients=True),
        LieAlgebra("complex_so3", so3.matrices, complex_coefficients=True),
        MatrixBasis(
            "complex_span",
            [[[1, sp.I, 0], [0, 1, 2], [0, 0, 1]], [[sp.I, 0, 0], [1, 0, 1], [0, 0, 2]]],
            complex_coefficients=True,
        ),
    ]


def every_basis() -> list[MatrixBasis]:
    """Those of the catalogue that stand for all, and the unfamiliar ones."""
    return [*(known(name) for name in REPRESENTATIVES), *unfamiliar()]
