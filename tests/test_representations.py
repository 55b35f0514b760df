"""Spins, spherical harmonics, Gell-Mann's constants and the octonions."""

from itertools import permutations

import pytest
import sympy as sp

from liealg.catalogue import known, so3_irrep, spin, su2
from liealg.catalogue.exceptional import LINES


def simple(matrix):
    return matrix.applyfunc(sp.expand)


def test_structure_constants_of_su3_are_those_of_gell_mann():
    """Gell-Mann 1962, table II: f_123 = 1, f_147 = 1/2, ..., f_458 = f_678 = sqrt(3) / 2."""
    c = known("su3").structure_constants
    half, root = sp.Rational(1, 2), sp.sqrt(3) / 2
    table = {(1, 2, 3): 1, (1, 4, 7): half, (1, 5, 6): -half, (2, 4, 6): half, (2, 5, 7): half}
    table |= {(3, 4, 5): half, (3, 6, 7): -half, (4, 5, 8): root, (6, 7, 8): root}
    expected = {}
    for indices, value in table.items():
        for order in permutations(range(3)):
            sign = sp.LeviCivita(*order)
            expected[tuple(indices[i] - 1 for i in order)] = sign * value
    for i in range(8):
        for j in range(8):
            for k in range(8):
                assert c[i, j, k] == expected.get((i, j, k), 0)


def test_su2_is_one_algebra_under_each_of_its_names():
    assert known("su2") == known("su(2)") == su2()
    assert spin(0.5).matrices == su2().matrices


@pytest.mark.parametrize("j", ["1/2", 1, "3/2", 2, "5/2"])
def test_spins_represent_su2(j):
    algebra = spin(j)
    assert algebra.structure_constants == su2().structure_constants
    casimir = simple(sum((A * A for A in algebra.matrices), sp.zeros(algebra.n)))
    assert casimir == -sp.Rational(j) * (sp.Rational(j) + 1) * sp.eye(algebra.n)


@pytest.mark.parametrize("degree", [1, 2, 3, 4])
def test_spherical_harmonics_represent_so3(degree):
    algebra = so3_irrep(degree)
    assert not algebra.is_complex
    assert algebra.structure_constants == known("so3").structure_constants
    casimir = simple(sum((A * A for A in algebra.matrices), sp.zeros(algebra.n)))
    assert casimir == -degree * (degree + 1) * sp.eye(algebra.n)


def test_harmonics_of_degree_two_turn_as_polynomials_do():
    """The d orbitals, in the order xy, yz, 3 z^2 - r^2, xz, x^2 - y^2, all of one norm."""
    x, y, z = variables = sp.symbols("x y z", real=True)
    root = sp.sqrt(3)
    harmonics = [root * x * y, root * y * z, (2 * z**2 - x**2 - y**2) / 2, root * x * z]
    harmonics.append(root * (x**2 - y**2) / 2)
    for turn, matrix in zip(known("so3").matrices, so3_irrep(2).matrices, strict=True):
        motion = -turn * sp.Matrix(variables)
        for column, f in enumerate(harmonics):
            moved = sum(sp.diff(f, v) * motion[i] for i, v in enumerate(variables))
            image = sum(matrix[row, column] * g for row, g in enumerate(harmonics))
            assert sp.expand(moved - image) == 0


def product(i, j):
    """``e_i e_j`` of imaginary octonion units: a sign and an index, 0 for the real unit."""
    if i == j:
        return -1, 0
    for line in LINES:
        if {i, j} < set(line):
            (k,) = set(line) - {i, j}
            return (1 if (line.index(j) - line.index(i)) % 3 == 1 else -1), k
    raise AssertionError


def test_g2_is_the_whole_algebra_of_derivations_of_the_octonions():
    unknowns = sp.Matrix(7, 7, sp.symbols("d1:50"))
    equations = []
    for i in range(1, 8):
        for j in range(1, 8):
            total = [sp.S.Zero] * 8  # D(e_i e_j) - D(e_i) e_j - e_i D(e_j)
            sign, k = product(i, j)
            for m in range(1, 8):
                total[m] += sign * unknowns[m - 1, k - 1] if k else 0
                for (s, r), d in (
                    (product(m, j), unknowns[m - 1, i - 1]),
                    (product(i, m), unknowns[m - 1, j - 1]),
                ):
                    total[r] -= s * d
            equations += [value for value in total if value != 0]
    system = sp.linear_eq_to_matrix(equations, list(unknowns))[0]
    assert 49 - sp.polys.matrices.DomainMatrix.from_Matrix(system).to_field().rank() == 14
    for A in known("g2").matrices:
        assert (system * sp.Matrix(list(A))).is_zero_matrix


def test_lines_of_the_fano_plane_meet_in_one_point():
    for first in LINES:
        for second in LINES:
            assert first == second or len(set(first) & set(second)) == 1
