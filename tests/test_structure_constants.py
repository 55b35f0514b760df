"""Algebras given by their brackets alone: the matrices found have these brackets."""

import random

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from liealg.catalogue import known
from liealg.constructors import abstract, direct_sum, from_structure_constants, semidirect_sum
from liealg.structure import (
    ad,
    adjoint_matrices,
    center,
    is_nilpotent,
    lower_central_series,
)
from liealg.structure.brackets import right_brackets
from liealg.structure.derivations import derivation_rows

NAMES = ["so2", "so3", "sl2", "se2", "heisenberg1", "so31", "su2", "spin1", "aff1", "gl2", "u2"]
NAMES += ["se3", "heisenberg2", "oscillator", "diagonal3", "sp4", "gl3", "upper_triangular4"]
NAMES += ["strictly_upper_triangular5", "sgal3", "su3", "g2"]


def table(dim, brackets):
    """Structure constants from ``{(i, j): {m: value}}`` with ``[E_i, E_j] = sum value E_m``."""
    c = [[[0] * dim for _ in range(dim)] for _ in range(dim)]
    for (i, j), image in brackets.items():
        for m, value in image.items():
            c[i - 1][j - 1][m - 1], c[j - 1][i - 1][m - 1] = value, -value
    return c


def in_basis(c, rows):
    """The structure constants in another basis, the rows of a matrix."""
    k, inverse = len(c), rows.inv()
    images = [sum((rows[a, i] * sp.Matrix(c[i]) for i in range(k)), sp.zeros(k)) for a in range(k)]
    return [(rows * image * inverse).tolist() for image in images]


def check(c):
    copy = from_structure_constants("copy", c)
    k = len(c)
    for i in range(k):
        for j in range(i):
            A, B = copy.matrices[i], copy.matrices[j]
            expected = sum((v * M for v, M in zip(c[i][j], copy.matrices, strict=True)), 0 * A)
            assert (A * B - B * A - expected).applyfunc(sp.expand).is_zero_matrix
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_the_catalogue_comes_back_with_at_most_a_row_more_than_dimensions(name):
    algebra = known(name)
    copy = check(algebra.structure_constants.tolist())
    assert copy.n == algebra.dim + (center(algebra).dim > 0)


def dixmier_and_lister():
    """All derivations are nilpotent (Dixmier and Lister, Proc. Amer. Math. Soc. 8, 1957)."""
    brackets = {(1, 2): {5: 1}, (1, 3): {6: 1}, (1, 4): {7: 1}, (1, 5): {8: -1}, (2, 3): {8: 1}}
    brackets |= {(2, 4): {6: 1}, (2, 6): {7: -1}, (3, 4): {5: -1}, (3, 5): {7: -1}}
    return table(8, brackets | {(4, 6): {8: -1}})


def favre():
    """A filiform algebra all of whose derivations are nilpotent (Favre, 1973)."""
    brackets = {(1, i): {i + 1: 1} for i in range(2, 7)}
    return table(7, brackets | {(2, 3): {6: 1}, (2, 4): {7: 1}, (2, 5): {7: 1}, (3, 4): {7: -1}})


def two_turns(speed):
    """Two turns that do not commute: the radical is no semidirect sum with the nilradical."""
    brackets = {(1, 2): {7: 1}, (1, 3): {4: 1}, (1, 4): {3: -1}}
    return table(7, brackets | {(2, 5): {6: speed}, (2, 6): {5: -speed}})


def two_shears():
    """As the two turns, with an element whose ``ad`` is neither semisimple nor nilpotent."""
    brackets = {(1, 2): {7: 1}, (1, 3): {3: 1}, (1, 4): {3: 1, 4: 1}}
    return table(7, brackets | {(2, 5): {5: 2}, (2, 6): {6: 1}})


def rotations_and_two_scales():
    """so(3) turns two spaces, which two elements scale whose bracket is central."""
    rotations, parts = known("so3").matrices, [3, 6]
    brackets = {(1, 2): {3: 1}, (2, 3): {1: 1}, (3, 1): {2: 1}, (10, 11): {12: 1}}
    for start, scale in zip(parts, (10, 11), strict=True):
        for j in range(3):
            brackets[scale, start + j + 1] = {start + j + 1: 1}
            for i, turn in enumerate(rotations):
                brackets[i + 1, start + j + 1] = {
                    start + m + 1: turn[m, j] for m in range(3) if turn[m, j]
                }
    return table(12, brackets)


def beside(first, second):
    k, m = len(first), len(second)
    left = [[[*row, *[0] * m] for row in part] + [[0] * (k + m)] * m for part in first]
    right = [[[0] * (k + m)] * k + [[*[0] * k, *row] for row in part] for part in second]
    return left + right


# What has no derivation that is invertible on the center, so that functions must do.
HARD = {
    "dixmier_and_lister": dixmier_and_lister(),
    "favre": favre(),
    "two_turns": two_turns(1),
    "two_irrational_turns": two_turns(sp.sqrt(2)),
    "two_shears": two_shears(),
    "rotations_and_two_scales": rotations_and_two_scales(),
    "sum": beside(two_turns(1), known("oscillator").structure_constants.tolist()),
}


@pytest.mark.parametrize("label", HARD)
def test_algebras_without_an_invertible_derivation_act_on_functions(label):
    c = HARD[label]
    assert check(c).n <= 3 * len(c)
    k = len(c)
    rows = sp.Matrix(k, k, lambda i, j: (i == j) + (i == j + 1) - 2 * (i + 3 == j))
    check(in_basis(c, rows * sp.diag(*[sp.Rational(1, 1 + i % 2) for i in range(k)])))


def dense_rows(size, seed):
    source = random.Random(seed)
    while True:
        rows = sp.Matrix(size, size, lambda *_: source.randint(-3, 3))
        if rows.det() != 0:
            return rows


DENSE = ["se4", "heisenberg4", "strictly_upper_triangular5", "upper_triangular4", "gl3", "sl2"]


@pytest.mark.parametrize("name", [*DENSE, *HARD])
def test_a_dense_basis_is_made_of_few_small_matrices(name):
    """In a dense basis the matrices span what they span in the basis of small brackets."""
    c = HARD[name] if name in HARD else known(name).structure_constants.tolist()
    copy = check(in_basis(c, dense_rows(len(c), 1)))
    if name in DENSE:
        entries = copy.reduced.rows.to_dok().values()
        assert all(abs(x.numerator) < 100 and x.denominator < 100 for x in entries)


def test_brackets_that_are_short_act_in_the_given_coordinates():
    for name in ("so4", "sl3", "se3"):
        algebra = known(name)
        copy = from_structure_constants("copy", algebra.structure_constants)
        assert copy.matrices == tuple(adjoint_matrices(algebra))


@pytest.mark.parametrize("name", ["oscillator", "heisenberg2", "gl2", "strictly_upper_triangular5"])
def test_functions_represent_what_a_derivation_does(name, monkeypatch):
    """The oscillator on 1, q, p and z needs no more rows than the matrices of the literature."""
    monkeypatch.setattr(abstract, "extended_adjoint", lambda *_: None)
    copy = check(known(name).structure_constants.tolist())
    if name == "oscillator":
        assert copy.n == 4


# The derivations are all inner for a semisimple algebra; Heisenberg: inner ones, sp(2 m), a scale.
@pytest.mark.parametrize(
    ("name", "dim"), [("so3", 3), ("su3", 8), ("gl2", 4), ("diagonal3", 9), ("heisenberg2", 15)]
)
def test_derivations_of_the_literature(name, dim):
    algebra = known(name)
    rows = derivation_rows(right_brackets(algebra))
    assert rows.shape[0] == dim
    for row in rows.to_Matrix().tolist():
        D = sp.Matrix(algebra.dim, algebra.dim, row).T
        for ad_x, image in zip(adjoint_matrices(algebra), D.T.tolist(), strict=True):
            assert (D * ad_x - ad_x * D - ad(algebra, image)).applyfunc(sp.expand).is_zero_matrix


@pytest.mark.parametrize("c", [dixmier_and_lister(), favre()])
def test_derivations_of_characteristically_nilpotent_algebras(c):
    k = len(c)
    rows = derivation_rows(right_brackets(from_structure_constants("copy", c))).to_Matrix()
    weights = sp.Matrix([[3 * i * i + 1 for i in range(rows.rows)]])
    assert ((weights * rows).reshape(k, k) ** k).is_zero_matrix


def test_where_functions_are_too_many_the_reason_is_given(monkeypatch):
    monkeypatch.setattr(abstract, "_MOST_ROWS", 5)
    with pytest.raises(
        ValueError,
        match=r"no faithful representation of 'big' of at most 5 rows.*\[0, 0, 0, 0, 0, 0, 1, 0\]"
        r" is central",
    ):
        from_structure_constants("big", dixmier_and_lister())


@given(st.integers(3, 5), st.integers(1, 3), st.data())
@settings(max_examples=15)
def test_random_algebras_of_class_two(generators, central, data):
    pairs = [(i, j) for i in range(1, generators + 1) for j in range(1, i)]
    values = st.lists(st.integers(-3, 3), min_size=central, max_size=central)
    drawn = {pair: data.draw(values) for pair in pairs}
    brackets = {
        pair: {generators + 1 + m: v for m, v in enumerate(row) if v} for pair, row in drawn.items()
    }
    copy = check(table(generators + central, brackets))
    assert is_nilpotent(copy)
    assert len(lower_central_series(copy)) <= 3


@given(st.data())
@settings(max_examples=12)
def test_random_bases_of_sums_with_centers(data):
    names = st.sampled_from(["two_turns", "oscillator", "so3", "u2", "heisenberg1"])
    parts = [
        HARD[name] if name in HARD else known(name).structure_constants.tolist()
        for name in (data.draw(names), data.draw(names))
    ]
    c = beside(*parts)
    k = len(c)
    order = data.draw(st.permutations(range(k)))
    scale = st.sampled_from([1, -2, sp.Rational(1, 3)])
    scales = data.draw(st.lists(scale, min_size=k, max_size=k))
    shears = data.draw(st.lists(st.integers(-2, 2), min_size=k, max_size=k))
    shear = sp.Matrix(k, k, lambda i, j: int(i == j) + shears[i] * int(i + 1 == j))
    check(in_basis(c, shear * sp.diag(*scales) * sp.Matrix(k, k, lambda i, j: int(order[i] == j))))


@pytest.mark.parametrize("name", ["heisenberg2", "se3", "oscillator"])
def test_semidirect_sums_come_back(name):
    algebra = known(name)
    check(semidirect_sum("s", algebra).structure_constants.tolist())
    check(direct_sum("d", algebra, known("so2")).structure_constants.tolist())


def levi_civita():
    return [[[int(sp.LeviCivita(i, j, k)) for k in range(3)] for j in range(3)] for i in range(3)]


def test_structure_constants_are_checked():
    c = levi_civita()
    c[0][1][2] = 2
    with pytest.raises(ValueError, match=r"\[E_1, E_2\] = \[0, 0, 2\] is not the negative of"):
        from_structure_constants("broken", c)
    c = levi_civita()
    c[1][1][0] = 1
    with pytest.raises(ValueError, match=r"\[E_2, E_2\] = \[1, 0, 0\] is not the negative of"):
        from_structure_constants("broken", c)
    c = levi_civita()
    c[0][1], c[1][0] = [1, 0, 1], [-1, 0, -1]
    with pytest.raises(ValueError, match=r"the triple \(1, 2, 3\) fails the Jacobi identity"):
        from_structure_constants("broken", c)
    with pytest.raises(ValueError, match=r"its shape must be \[dim, dim, dim\]"):
        from_structure_constants("broken", [[[0, 0], [0, 0]]])
    with pytest.raises(ValueError, match="not real"):
        from_structure_constants("broken", [[[0, 0], [sp.I, 0]], [[-sp.I, 0], [0, 0]]])
