"""The families of the catalogue: dimensions, forms and brackets of the literature."""

import pytest
import sympy as sp
from facts import CATALOGUE

from liealg.catalogue import families, known

# Spelled otherwise than in the table of facts, or larger: name, dimension, rows.
SPELLED = [
    ("so2", 1, 2),
    ("so_10", 45, 10),
    ("so31", 6, 4),
    ("so(4, 2)", 15, 6),
    ("sp(8)", 36, 8),
    ("su22", 15, 4),
    ("se23", 9, 5),
    ("sgal3", 10, 5),
    ("heisenberg1", 3, 3),
    ("diagonal12", 12, 12),
    ("spin1", 3, 3),
    ("so3_irrep1", 3, 3),
    ("beam4", 10, 4),
    ("slc(2)", 3, 2),
    ("sl(3, C)", 8, 3),
    ("curved_plane", 3, 3),
]
TABLE = [*((facts.name, facts.dim, facts.rows) for facts in CATALOGUE), *SPELLED]


def turned(matrix):
    return matrix.T.conjugate()


def simple(matrix):
    return matrix.applyfunc(sp.expand)


@pytest.mark.parametrize(("name", "dimension", "rows"), TABLE)
def test_dimension_and_size_are_those_of_the_literature(name, dimension, rows):
    algebra = known(name)
    assert (algebra.dim, algebra.n) == (dimension, rows)
    assert known(algebra.name) == algebra


def test_every_family_is_in_the_table():
    stems = {name.rstrip("0123456789_,/() ") for name, _, _ in TABLE} | {n for n, _, _ in TABLE}
    assert {family.name for family in families()} <= stems


def signs(p, q):
    return sp.diag(*[1] * p, *[-1] * q)


def test_the_curved_plane_keeps_its_form():
    plane = known("curved_plane")
    form = sp.diag(1, *plane.parameters * 2)
    assert all((E.T * form + form * E).is_zero_matrix for E in plane.matrices)
    same = [plane.specialize("so3", curvature=1), plane.specialize("se2", curvature=0)]
    assert [algebra.bracket([0, 1, 0], [0, 0, 1])[0] for algebra in same] == [1, 0]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("so4", sp.eye(4)),
        ("so31", signs(3, 1)),
        ("so32", signs(3, 2)),
        ("sp6", sp.Matrix(sp.BlockMatrix([[sp.zeros(3), sp.eye(3)], [-sp.eye(3), sp.zeros(3)]]))),
        ("beam4", sp.diag(*[sp.Matrix([[0, 1], [-1, 0]])] * 2)),
        ("g2", sp.eye(7)),
        ("so3_irrep2", sp.eye(5)),
        ("so3_irrep3", sp.eye(7)),
    ],
)
def test_bilinear_forms_are_kept(name, form):
    for A in known(name).matrices:
        assert simple(A.T * form + form * A).is_zero_matrix


@pytest.mark.parametrize(
    ("name", "form", "trace_zero"),
    [
        ("u3", sp.eye(3), False),
        ("su3", sp.eye(3), True),
        ("su4", sp.eye(4), True),
        ("su11", signs(1, 1), True),
        ("su21", signs(2, 1), True),
        ("spin(3/2)", sp.eye(4), True),
    ],
)
def test_hermitian_forms_are_kept(name, form, trace_zero):
    matrices = known(name).matrices
    for A in matrices:
        assert simple(turned(A) * form + form * A).is_zero_matrix
    assert all(sp.expand(A.trace()) == 0 for A in matrices) == trace_zero


@pytest.mark.parametrize("name", ["su3", "su4", "u2", "u3"])
def test_unitary_bases_are_orthonormal_as_in_physics(name):
    matrices = known(name).matrices
    for i, A in enumerate(matrices):
        for j, B in enumerate(matrices):
            assert sp.expand((A * B).trace()) == (-sp.Rational(1, 2) if i == j else 0)


# [E_i, E_j] = sum of the pairs (coefficient, k), indices from 1.
@pytest.mark.parametrize(
    ("name", "i", "j", "result"),
    [
        ("so4", 1, 2, {4: 1}),
        ("su21", 1, 2, {3: 1}),
        ("su11", 1, 2, {3: -1}),
        ("se23", 3, 4, {5: 1}),
        ("se23", 3, 7, {8: 1}),
        ("se23", 4, 7, {}),
        ("sgal3", 7, 8, {9: 1}),
        ("sgal3", 9, 4, {5: 1}),
        ("sgal3", 9, 1, {2: 1}),
        ("sgal3", 5, 10, {2: 1}),
        ("sgal3", 1, 10, {}),
        ("sgal3", 7, 10, {}),
        ("poincare", 1, 2, {3: 1}),
        ("poincare", 1, 5, {6: 1}),
        ("poincare", 4, 5, {3: -1}),
        ("poincare", 4, 7, {8: 1}),
        ("poincare", 4, 8, {7: 1}),
        ("poincare", 4, 9, {}),
        ("poincare", 7, 8, {}),
        ("oscillator", 1, 2, {3: 1}),
        ("oscillator", 1, 3, {2: -1}),
        ("oscillator", 2, 3, {4: 1}),
        ("oscillator", 1, 4, {}),
        ("sim3", 7, 4, {4: 1}),
        ("sim3", 7, 1, {}),
        ("aff1", 1, 2, {2: 1}),
        ("heisenberg2", 1, 3, {5: 1}),
        ("heisenberg2", 1, 4, {}),
    ],
)
def test_known_brackets(name, i, j, result):
    c = known(name).structure_constants
    assert {k + 1: v for k in range(known(name).dim) if (v := c[i - 1, j - 1, k]) != 0} == result


def test_poincare_keeps_the_metric_of_its_docstring():
    metric = signs(1, 3)
    for A in known("poincare").matrices:
        L = A[:4, :4]
        assert (L.T * metric + metric * L).is_zero_matrix
        assert not any(A[4, :])
