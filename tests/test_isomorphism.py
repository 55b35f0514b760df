"""Isomorphisms: coincidences of the literature, algebras that look alike, every change of basis."""

import random
from itertools import combinations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from isomorphism_checks import assert_found, assert_isomorphism, total

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    from_structure_constants,
    semidirect_sum,
)
from liealg.isomorphism import isomorphic_to
from liealg.structure import simple_factors


def units(n, keep):
    """Real and imaginary units of the ``n x n`` matrices that ``keep`` makes of them."""
    found = []
    for i in range(n):
        for j in range(n):
            for factor in (1, sp.I):
                unit = sp.zeros(n, n)
                unit[i, j] = factor
                found.append(keep(unit))
    return found


def quaternionic(name, firsts, seconds):
    """Complex matrices ``[[A, B], [-conj B, conj A]]``, those of the quaternions."""
    blocks = [(A, sp.zeros(*A.shape)) for A in firsts] + [(sp.zeros(*B.shape), B) for B in seconds]
    chosen = []
    for A, B in blocks:
        top, bottom = A.row_join(B), (-B.conjugate()).row_join(A.conjugate())
        matrix = top.col_join(bottom)
        flat = [sp.Matrix([*map(sp.re, m), *map(sp.im, m)]).T for m in [*chosen, matrix]]
        if sp.Matrix.vstack(*flat).rank() == len(flat):
            chosen.append(matrix)
    return LieAlgebra(name, chosen)


def so_star(n):
    """so*(2n): ``A`` antisymmetric, ``B`` Hermitian (Helgason 1978, section X.2)."""
    return quaternionic(
        "so_star", units(n, lambda u: u - u.T), units(n, lambda u: u + u.conjugate().T)
    )


def compact_symplectic(n):
    """sp(n) compact: ``A`` anti-Hermitian, ``B`` symmetric."""
    return quaternionic(
        "sp_compact", units(n, lambda u: u - u.conjugate().T), units(n, lambda u: u + u.T)
    )


def su_star_4():
    """su*(4) = sl(2, H): the real part of the trace of ``A`` is zero."""

    def traceless(u):
        return u - sp.re(u.trace()) * sp.diag(1, 0)

    return quaternionic("su_star", units(2, traceless), units(2, lambda u: u))


def sl2c():
    matrices = [sp.Matrix(E) * factor for E in known("sl2").matrices for factor in (1, sp.I)]
    return LieAlgebra("sl2c", matrices)


# Helgason, Differential Geometry, Lie Groups, and Symmetric Spaces, 1978, section X.6.4.
COINCIDENCES = {
    "so(3) = su(2)": lambda: (known("so3"), known("su2")),
    "so(2,1) = sl(2)": lambda: (known("so21"), known("sl2")),
    "su(1,1) = sl(2)": lambda: (known("su(1,1)"), known("sl2")),
    "so(4) = su(2) + su(2)": lambda: (known("so4"), total("su2", "so3")),
    "so(2,2) = sl(2) + sl(2)": lambda: (known("so22"), total("sl2", "so21")),
    "so*(4) = su(2) + sl(2)": lambda: (so_star(2), total("sl2", "su2")),
    "so(3,1) = sl(2, C)": lambda: (known("so31"), sl2c()),
    "so(5) = usp(4)": lambda: (known("so5"), compact_symplectic(2)),
    "so(3,2) = sp(4)": lambda: (known("so(3,2)"), known("sp4")),
    "so(6) = su(4)": lambda: (known("so6"), known("su4")),
    "so(4,2) = su(2,2)": lambda: (known("so(4,2)"), known("su(2,2)")),
    "so(3,3) = sl(4)": lambda: (known("so(3,3)"), known("sl4")),
    "so(5,1) = su*(4)": lambda: (known("so(5,1)"), su_star_4()),
    "so*(6) = su(3,1)": lambda: (so_star(3), known("su(3,1)")),
    "so(6,2) = so*(8)": lambda: (known("so(6,2)"), so_star(4)),
    "gl(2) = sl(2) + R": lambda: (known("gl2"), total("sl2", "so2")),
    "u(2) = su(2) + R": lambda: (known("u2"), total("so2", "su2")),
    "aff(1) = upper triangular of trace 0": lambda: (
        known("aff1"),
        LieAlgebra("traceless", [sp.diag(1, -1), [[0, 1], [0, 0]]]),
    ),
    "Heisenberg = strictly upper triangular": lambda: (
        known("heisenberg1"),
        known("strictly_upper_triangular3"),
    ),
    "Poincare = so(3,1) and its vectors": lambda: (
        known("poincare"),
        semidirect_sum("other", known("so31")),
    ),
}


@pytest.mark.parametrize("name", COINCIDENCES)
def test_coincidences_of_the_literature_have_a_map(name):
    assert_found(*COINCIDENCES[name]())


# What differs, and the reason's beginning.
DIFFERENT = [
    ("so3", "sl2", "the Killing signatures differ: (0, 3, 0) and (2, 1, 0)"),
    ("so31", "so4", "the Killing signatures differ: (3, 3, 0) and (0, 6, 0)"),
    ("so31", "so22", "the Killing signatures differ: (3, 3, 0) and (4, 2, 0)"),
    ("so5", "so(4,1)", "the Killing signatures differ"),
    ("so7", "sp6", "the Killing signatures differ"),
    ("so(4,3)", "sp6", "the real forms of the Levi factors differ: so(4,3) and sp(6, R)"),
    ("su(3,1)", "su(2,2)", "the Killing signatures differ"),
    ("heisenberg1", "translations3", "the dimensions of the derived series differ"),
    ("gl2", "u2", "the Killing signatures differ: (2, 1, 1) and (0, 3, 1)"),
    ("se3", "so4", "the Killing signatures differ"),
    ("so3", "so4", "the dimensions differ: 3 and 6"),
    ("heisenberg2", "translations5", "the dimensions of the derived series differ"),
]


@pytest.mark.parametrize(("first", "second", "reason"), DIFFERENT)
def test_the_invariant_that_differs_is_named(first, second, reason):
    for a, b in ((first, second), (second, first)):
        answer = isomorphic_to(known(a), known(b))
        assert answer.verdict is False
        assert answer.map is None
    assert isomorphic_to(known(first), known(second)).reason.startswith(reason)


def test_complex_and_split_forms_of_one_killing_signature_differ():
    # sl(2, C) + sl(2, C) and so(3) + sl(2) + so(3, 1) ... all have 6 positive, 6 negative squares.
    first = total("so31", "so31")
    second = direct_sum("mixed", known("so22"), known("so31"), known("so4"))
    third = total("so31", "so21", "so21", "so3", "so3")
    assert isomorphic_to(first, second).verdict is False
    assert isomorphic_to(second, third).map is not None


def plane(D):
    """A line that acts on a space of translations by a matrix."""
    D = sp.Matrix(D)
    n = D.rows
    moves = [sp.Matrix(n + 1, n + 1, lambda i, j, m=m: int((i, j) == (m, n))) for m in range(n)]
    return LieAlgebra("plane", [sp.diag(D, 0), *moves])


# Bianchi 1898, in the form of Jacobson, Lie Algebras, 1962, section I.4, over the reals.
BIANCHI = {
    "I": lambda: known("translations3"),
    "II": lambda: known("heisenberg1"),
    "III": lambda: plane([[1, 0], [0, 0]]),
    "IV": lambda: plane([[1, 1], [0, 1]]),
    "V": lambda: plane([[1, 0], [0, 1]]),
    "VI, 0": lambda: plane([[1, 0], [0, -1]]),
    "VI, 1/2": lambda: plane([[2, 0], [0, 1]]),
    "VI, -1/2": lambda: plane([[2, 0], [0, -1]]),
    "VI, sqrt 2": lambda: plane([[1, 0], [0, sp.sqrt(2)]]),
    "VII, 0": lambda: known("se2"),
    "VII, 1": lambda: plane([[1, -1], [1, 1]]),
    "VII, 2": lambda: plane([[1, -2], [2, 1]]),
    "VIII": lambda: known("sl2"),
    "IX": lambda: known("so3"),
}


@pytest.mark.parametrize(("first", "second"), list(combinations(BIANCHI, 2)))
def test_bianchi_classes_are_different(first, second):
    assert isomorphic_to(BIANCHI[first](), BIANCHI[second]()).verdict is False


SAME_CLASS = [
    ([[0, 2], [1, 0]], [[1, 0], [0, -1]]),
    ([[0, 2], [-1, 0]], [[0, -1], [1, 0]]),
    ([[2, 0], [0, 1]], [[1, 0], [0, 2]]),
    ([[2, 0], [0, 1]], [[-3, 5], [0, -6]]),
    ([[3, 1], [0, 3]], [[1, 0], [7, 1]]),
    ([[1, 3], [-3, 1]], [[2, 1], [-36, 2]]),
    ([[1, 0], [0, sp.sqrt(2)]], [[sp.sqrt(2), 0], [0, 1]]),
    ([[1, 0, 0], [0, 2, 0], [0, 0, 5]], [[10, 1, 0], [0, 4, 0], [0, 0, 2]]),
    ([[0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 3], [0, 0, -3, 0]],
     [[0, 6, 0, 0], [-6, 0, 0, 0], [0, 0, 0, 4], [0, 0, -1, 0]]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second"), SAME_CLASS)
def test_lines_that_act_alike_up_to_scale_have_a_map(first, second):
    assert_found(plane(first), plane(second))


def test_lines_that_act_differently_at_every_scale_differ():
    answer = isomorphic_to(
        plane([[1, 0, 0], [0, 2, 0], [0, 0, 5]]), plane([[1, 0, 0], [0, 3, 0], [0, 0, 4]])
    )
    assert answer.verdict is False
    assert "differ" in answer.reason


def test_tori_of_dimension_two_are_told_apart_by_their_weights():
    def pair(*weights):
        """Two commuting scalings with these weights on translations."""
        n = len(weights)
        scalings = [sp.diag(*(weight[i] for weight in weights), 0) for i in (0, 1)]
        moves = [sp.Matrix(n + 1, n + 1, lambda i, j, m=m: int((i, j) == (m, n))) for m in range(n)]
        return LieAlgebra("pair", [*scalings, *moves])

    first = pair((1, 0), (0, 1), (1, 1))
    assert isomorphic_to(first, pair((1, 0), (0, 1), (1, 2))).verdict is False
    # 2 e1, e2 and their sum: another basis of the torus.
    assert_found(first, pair((2, 1), (1, -1), (3, 0)))


CATALOGUE = [
    "so2 so3 so4 so5 so(1,1) so(2,1) so(3,1) so(2,2) so(3,2) so(4,1) sl2 sl3 gl2 gl3 sp2 sp4",
    "u1 u2 su2 su(1,1) se2 se3 se4 se23 sgal3 sim2 sim3 aff1 aff2 heisenberg1 heisenberg2",
    "heisenberg3 upper_triangular2 upper_triangular3 upper_triangular4",
    "strictly_upper_triangular3 strictly_upper_triangular4 strictly_upper_triangular5",
    "diagonal3 translations3 poincare oscillator spin(1) so3_irrep(2) g2",
]
LARGER = [
    "so6 so(4,2) so(3,3) so(5,1) sl4 aff3 upper_triangular5 strictly_upper_triangular6 se5",
]


def invertible(k, chance, draw):
    while True:
        matrix = sp.Matrix(
            k,
            k,
            lambda i, j: draw.choice([-2, -1, 1, 2]) if i == j or draw.random() < chance else 0,
        )
        if matrix.det() != 0:
            return matrix


def disguised(algebra, seed):
    """The same algebra in a random basis and, where there is one, in its adjoint representation."""
    draw = random.Random(seed)
    k, n = algebra.dim, algebra.n
    mixing = invertible(k, 3 / k, draw)
    mixed = LieAlgebra("mixed", [algebra.hat(mixing.row(i)) for i in range(k)])
    try:
        return from_structure_constants("disguised", mixed.structure_constants)
    except ValueError:
        return conjugate_by("disguised", mixed, invertible(n, 0.5, draw))


@pytest.mark.parametrize("name", " ".join(CATALOGUE).split())
def test_an_algebra_is_found_again_in_a_random_basis(name):
    algebra = known(name)
    assert_found(algebra, disguised(algebra, name))


@pytest.mark.verify
@pytest.mark.parametrize("name", " ".join(LARGER).split())
def test_a_larger_algebra_is_found_again_in_a_random_basis(name):
    algebra = known(name)
    assert_found(algebra, disguised(algebra, name))


PARTS = ["so3", "sl2", "se2", "heisenberg1", "aff1", "so2"]


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=2), st.integers(0, 10**6), st.data())
@settings(max_examples=8)
def test_sums_are_isomorphic_exactly_if_their_parts_are(names, seed, data):
    other = data.draw(st.one_of(st.permutations(names), st.lists(
        st.sampled_from(PARTS), min_size=2, max_size=3)))  # fmt: skip
    first, second = total(*names), total(*other)
    if sorted(names) == sorted(other):
        assert_found(first, disguised(second, seed))
    else:
        assert isomorphic_to(first, second).verdict is False


@pytest.mark.verify
def test_the_classification_decides_where_the_roots_are_not_explicit():
    # Irrational structure constants in a mixed basis: no short basis shows a Cartan subalgebra.
    su3 = known("su3")
    mixing = invertible(8, 0.4, random.Random(1))
    mixed = LieAlgebra("mixed", [su3.hat(mixing.row(i)) for i in range(8)])
    answer = isomorphic_to(adjoint_representation("adjoint", mixed), su3)
    assert (answer.verdict, answer.map) == (True, None)
    assert "both are su(3) by the classification" in answer.reason
    assert [factor.real_form for factor in simple_factors(mixed)] == ["su(3)"]


def test_one_space_of_matrices_is_one_algebra():
    first = known("so3")
    second = LieAlgebra("other", [first.hat(x) for x in ([1, 1, 0], [0, 1, 0], [0, 0, 3])])
    answer = first.isomorphic_to(second)
    assert answer.reason == "both span the same matrices"
    assert_isomorphism(first, second, answer.map)
