"""Isomorphisms: coincidences of the literature, algebras that look alike, every change of basis."""

import random
from itertools import combinations

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

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
from liealg.isomorphism.lattices import killing_of
from liealg.isomorphism.quaternion_lattice import maximal_lattice
from liealg.number_fields import common_field
from liealg.structure import adjoint_matrices, simple_factors, type_words
from liealg.structure.brackets import in_basis as brackets_in_basis
from liealg.structure.brackets import right_brackets


def assert_isomorphism(first, second, matrix):
    """``M ad x = ad(M x) M`` for every basis element, and ``M`` real and invertible."""
    assert all(entry.is_real for entry in matrix)
    assert matrix.rank() == first.dim == second.dim
    ours, theirs = adjoint_matrices(first), adjoint_matrices(second)
    for i, action in enumerate(ours):
        image = sum((matrix[j, i] * theirs[j] for j in range(second.dim)), sp.zeros(second.dim))
        assert (matrix * action - image * matrix).applyfunc(sp.expand).is_zero_matrix


def assert_found(first, second):
    answer = isomorphic_to(first, second)
    assert answer.verdict is True, answer.reason
    assert answer.map is not None, answer.reason
    assert_isomorphism(first, second, answer.map)


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


def total(*names):
    return direct_sum("total", *(known(name) for name in names))


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


def test_roots_of_integers_too_large_to_factor_are_told_apart():
    """Two primes of 13 digits: sqrt(p^2 q) and sqrt(q) generate one field, of degree two."""
    p, q = sp.nextprime(10**12), sp.nextprime(2 * 10**12)
    hidden, shown = sp.sqrt(p**2 * q), sp.sqrt(q)
    first, second = common_field(sp.Matrix([[hidden + 1]]), sp.Matrix([[shown]]))
    assert first.domain == second.domain
    assert first.domain.mod.degree() == 2
    assert (first.to_Matrix()[0] - p * second.to_Matrix()[0]).expand() == 1
    for lone, other in ((sp.sqrt(p * q), sp.sqrt(p)), (sp.sqrt(-p), sp.sqrt(q))):
        found, _ = common_field(sp.Matrix([[lone]]), sp.Matrix([[other]]))
        assert found.domain.mod.degree() == 4


def in_basis(name, mixing):
    """An algebra of the catalogue by its structure constants in another basis."""
    algebra = known(name)
    rows = [algebra.hat(mixing.row(i)) for i in range(algebra.dim)]
    return from_structure_constants("mixed", LieAlgebra("mixed", rows).structure_constants)


def fractions(k, seed, numerator, denominator):
    """An invertible matrix of random fractions."""
    draw = random.Random(seed)
    while True:
        matrix = sp.Matrix(
            k, k, lambda i, j: sp.Rational(
                draw.randint(-numerator, numerator), draw.randint(1, denominator)))  # fmt: skip
        if matrix.det() != 0:
            return matrix


@pytest.mark.parametrize(
    ("name", "seed", "numerator", "denominator"),
    [("se4", 1, 2, 1), ("se4", 2, 2, 1), ("sim3", 14, 3, 3), ("sgal3", 9, 3, 3), ("so4", 6, 3, 3)],
)
def test_a_levi_factor_so3_in_a_dense_rational_basis_needs_no_roots(
    name, seed, numerator, denominator
):
    """so(3) over the rationals is the sum of three squares, which has one maximal lattice."""
    algebra = known(name)
    second = in_basis(name, fractions(algebra.dim, seed, numerator, denominator))
    answer = isomorphic_to(algebra, second)
    assert answer.verdict is True
    assert_isomorphism(algebra, second, answer.map)
    assert all(entry.is_Rational for entry in answer.map)


def quaternion_algebra(a, b):
    """The brackets ``[i, j] = k, [j, k] = -a i, [k, i] = -b j`` of ``i^2 = a, j^2 = b``, halved."""
    table = sp.MutableDenseNDimArray.zeros(3, 3, 3)
    for i, j, k, value in ((0, 1, 2, 1), (1, 2, 0, -a), (2, 0, 1, -b)):
        table[i, j, k], table[j, i, k] = value, -value
    return from_structure_constants("quaternions", table)


# Pizer, J. Algebra 64 (1980), section 5, and Voight, Quaternion Algebras (2021), section 15.5.
DISCRIMINANTS = [(-1, -1, 2), (-1, -3, 3), (-1, -7, 7), (-2, -5, 5), (-1, 3, 6), (1, 1, 1)]


@pytest.mark.parametrize(("a", "b", "discriminant"), DISCRIMINANTS)
def test_the_determinant_of_a_maximal_lattice_is_twice_the_discriminant_squared(a, b, discriminant):
    right = right_brackets(quaternion_algebra(a, b))
    for seed in range(5):
        mixed = in_rows(right, fractions(3, seed, 60, 40))
        rows = maximal_lattice(mixed)
        gram = (rows * -killing_of(mixed) * rows.transpose()).to_Matrix()
        assert abs(gram.det()) == 2 * discriminant**2
        assert all(entry.is_Integer for entry in gram)
        assert all(gram[i, i] % 2 == 0 for i in range(3))


def in_rows(right, mixing):
    """The brackets in another basis."""
    rows = DomainMatrix.from_Matrix(mixing).convert_to(sp.QQ).to_sparse()
    return brackets_in_basis(right, rows)


def test_an_so3_whose_map_needs_a_root_gets_one():
    """The quaternions of -1 and -3 are no matrices over the rationals with a basis i, j, k of 1."""
    second = quaternion_algebra(-1, -3)
    answer = isomorphic_to(known("so3"), second)
    assert_isomorphism(known("so3"), second, answer.map)
    assert not all(entry.is_Rational for entry in answer.map)


def over_cubic_field(name, polynomial):
    """The tensor product with ``Q[x] / f``, over the rationals."""
    algebra, x = known(name), sp.Symbol("x")
    k, table = algebra.dim, sp.MutableDenseNDimArray.zeros(*[3 * algebra.dim] * 3)
    constants = algebra.structure_constants
    for a in range(3):
        for b in range(3):
            product = sp.Poly(sp.rem(x ** (a + b), polynomial, x), x).all_coeffs()[::-1]
            for c, factor in enumerate(product):
                for i in range(k):
                    for j in range(k):
                        for m in range(k):
                            table[k * a + i, k * b + j, k * c + m] += factor * constants[i, j, m]
    return from_structure_constants("cubic", table)


# Real forms of ``L (x) F``: one for each real place of F, and L over C for each complex one. The
# places by the signs of the discriminants 81, 229, -108 and -243.
CUBIC = [
    ("so3", "x**3 - 3*x + 1", "so3", "x**3 - 4*x + 1", "su(2) + su(2) + su(2)"),
    ("sl2", "x**3 - 2", "sl2", "x**3 - 3", "sl(2, R) + sl(2, C)"),
    ("so3", "x**3 - 2", "so3", "x**3 - 3", "su(2) + sl(2, C)"),
]


@pytest.mark.parametrize(("name", "cubic", "other", "second_cubic", "forms"), CUBIC)
def test_conjugate_ideals_are_told_by_the_places_of_their_field_and_the_signature(
    name, cubic, other, second_cubic, forms
):
    first, second = (
        over_cubic_field(name, sp.sympify(cubic)),
        over_cubic_field(other, sp.sympify(second_cubic)),
    )
    assert type_words(first) == f"semisimple, {forms}"
    answer = isomorphic_to(first, second)
    assert (answer.verdict, answer.map) == (True, None)
    assert f"both are {forms} by the classification" in answer.reason


def test_conjugate_ideals_of_different_forms_differ():
    x = sp.Symbol("x")
    compact, split = (over_cubic_field(name, x**3 - 2) for name in ("so3", "sl2"))
    assert isomorphic_to(compact, split).verdict is False
    three = direct_sum("three", *(known("sl2") for _ in range(3)))
    assert isomorphic_to(over_cubic_field("sl2", x**3 - 3 * x + 1), three).verdict is True
    assert isomorphic_to(split, three).verdict is False


REDUCTIVE = [
    (("su2", "so31"), "both are su(2) + sl(2, C) by the classification"),
    (("so31", "so2", "so2"), "both are sl(2, C) by the classification"),
]


@pytest.mark.parametrize(("names", "reason"), REDUCTIVE)
def test_sums_without_a_map_are_decided_by_the_classification(names, reason):
    first = total(*names)
    mixing = fractions(first.dim, 5, 3, 3)
    mixed = LieAlgebra("mixed", [first.hat(mixing.row(i)) for i in range(first.dim)])
    answer = isomorphic_to(first, from_structure_constants("mixed", mixed.structure_constants))
    assert answer.verdict is True
    if answer.map is None:
        assert reason in answer.reason


def test_reductive_algebras_with_conjugate_ideals_are_decided_by_the_classification():
    x = sp.Symbol("x")
    first, second = (
        direct_sum("sum", over_cubic_field("so3", cubic), known("so2"))
        for cubic in (x**3 - 3 * x + 1, x**3 - 4 * x + 1)
    )
    answer = isomorphic_to(first, second)
    assert (answer.verdict, answer.map) == (True, None)
    assert "su(2) + su(2) + su(2) + 1-dimensional center" in answer.reason


def test_an_undecided_levi_factor_is_no_error():
    x = sp.Symbol("x")
    first = over_cubic_field("so3", x**3 - 3 * x + 1)
    second = over_cubic_field("so3", x**3 - 4 * x + 1)
    line = known("aff1")
    answer = isomorphic_to(direct_sum("sum", first, line), direct_sum("sum", second, line))
    assert (answer.verdict, answer.reason[:11]) == (None, "not decided")
