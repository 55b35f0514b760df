"""Changes of basis that make spans block diagonal, and triangular within the blocks."""

import random

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from modules import beside, conjugated, drawn_matrix, left_multiplications, realified, repeated
from samples import with_parameters

from liealg import MatrixBasis
from liealg.catalogue import known
from liealg.constructors import direct_sum
from liealg.derive.adapted_basis import adapted_basis


def scrambling(n, seed):
    """A random invertible matrix with integers from -3 to 3."""
    source = random.Random(seed)
    while True:
        P = sp.Matrix(n, n, lambda i, j: source.randint(-3, 3))
        if P.det() != 0:
            return P


def mixed(basis, seed):
    """The same span by other combinations, the matrices shuffled and rescaled."""
    source = random.Random(seed)
    matrices = [source.choice([1, 2, -3, sp.Rational(1, 5)]) * E for E in basis.matrices]
    source.shuffle(matrices)
    for i in range(1, len(matrices)):
        matrices[i] += source.randint(-2, 2) * matrices[i - 1]
    return MatrixBasis("mixed", matrices, complex_coefficients=basis.complex_coefficients)


def sizes(found):
    """The flags of the blocks, without any order."""
    return sorted(sorted(block.flag) for block in found.blocks)


def check(found):
    """That T is invertible and the new matrices are what they should be, by other means."""
    n = found.basis.n
    assert [row for block in found.blocks for row in block.rows] == list(range(n))
    assert all(sum(block.flag) == len(block.rows) for block in found.blocks)
    assert (found.T * found.T_inverse).applyfunc(sp.expand) == sp.eye(n)
    step = {}
    for place, block in enumerate(found.blocks):
        numbers = [i for i, size in enumerate(block.flag) for _ in range(size)]
        step.update({row: (place, i) for row, i in zip(block.rows, numbers, strict=True)})
    T = np.array(found.T.evalf(30).tolist(), dtype=complex)
    for E, moved in zip(found.basis.matrices, found.matrices, strict=True):
        numeric = np.linalg.solve(T, np.array(E.evalf(30).tolist(), dtype=complex) @ T)
        exact = np.array(moved.evalf(30).tolist(), dtype=complex)
        assert np.allclose(numeric, exact, atol=1e-8 * (1 + abs(numeric).max()))
        for i in range(n):
            for j in range(n):
                inside = step[i][0] == step[j][0] and step[i][1] <= step[j][1]
                assert inside or moved[i, j] == 0


def condition(found):
    return np.linalg.cond(np.array(found.T.evalf(30).tolist(), dtype=complex))


def forced(found):
    """The condition of T with orthonormal bases of the blocks that it has."""
    T = np.array(found.T.evalf(30).tolist(), dtype=complex)
    blocks = [np.linalg.qr(T[:, list(block.rows)])[0] for block in found.blocks]
    return np.linalg.cond(np.hstack(blocks))


def unit_matrices(n, wanted):
    units = [(a, b) for a in range(n) for b in range(n) if wanted(a, b)]
    return [sp.Matrix(n, n, lambda i, j, p=p: int((i, j) == p)) for p in units]


def kronecker_sum(basis, times):
    """A tensor power of a representation."""
    n, one = basis.n, sp.eye(basis.n)
    matrices = []
    for E in basis.matrices:
        total = sp.zeros(n**times)
        for place in range(times):
            factors = [E if i == place else one for i in range(times)]
            total += sp.kronecker_product(*factors)
        matrices.append(total)
    return MatrixBasis("power", matrices)


JORDAN = sp.Matrix(5, 5, lambda i, j: int(j - i == 1 and int(i) in (0, 2)))

CASES = {
    # Irreducible: nothing splits, in whatever basis.
    "so3": (known("so3"), [[3]]),
    "so4": (known("so4"), [[4]]),
    "so(3,1)": (known("so31"), [[4]]),
    "so(8)": (known("so8"), [[8]]),
    "sp(8)": (known("sp8"), [[8]]),
    "g2": (known("g2"), [[7]]),
    "gl2": (known("gl2"), [[2]]),
    "su3": (known("su3"), [[3]]),
    "su2 over the reals": (realified(known("su2")), [[4]]),
    "rotation and squeeze": (MatrixBasis("open", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]]), [[2]]),
    # Not completely reducible.
    "se2": (known("se2"), [[1, 2]]),
    "se3": (known("se3"), [[1, 3]]),
    "aff2": (known("aff2"), [[1, 2]]),
    "sgal3": (known("sgal3"), [[1, 1, 3]]),
    "poincare": (known("poincare"), [[1, 4]]),
    "heisenberg2": (known("heisenberg2"), [[1, 1, 1, 1]]),
    "upper triangular": (MatrixBasis("b", unit_matrices(4, lambda a, b: a <= b)), [[1] * 4]),
    "strictly upper": (MatrixBasis("u", unit_matrices(5, lambda a, b: a < b)), [[1] * 5]),
    "Jordan blocks": (MatrixBasis("jordan", [JORDAN]), [[1], [1, 1], [1, 1]]),
    "se3 + se3": (direct_sum("sum", known("se3"), known("se3")), [[1, 3], [1, 3]]),
    "se2 twice": (repeated(known("se2"), 2), [[1, 2], [1, 2]]),
    # Sums, of different algebras and of one.
    "gl(4) + so(4)": (direct_sum("sum", known("gl4"), known("so4")), [[4], [4]]),
    "se2 + so3 + sl2": (
        direct_sum("sum", known("se2"), known("so3"), known("sl2")),
        [[1, 2], [2], [3]],
    ),
    "so3 with su2": (beside(known("so3"), realified(known("su2"))), [[3], [4]]),
    "so3 twice": (repeated(known("so3"), 2), [[3], [3]]),
    "so2 three times": (repeated(known("so2"), 3), [[2], [2], [2]]),
    "gl2 three times": (repeated(known("gl2"), 3), [[2], [2], [2]]),
    "gl4 twice": (repeated(known("gl4"), 2), [[4], [4]]),
    "su2 over the reals twice": (repeated(realified(known("su2")), 2), [[4], [4]]),
    "diagonal": (known("diagonal3"), [[1], [1], [1]]),
    # Where coordinates hide the splitting to begin with.
    "spin 1 over the reals": (realified(known("spin(1)")), [[3], [3]]),
    "vectors times vectors": (kronecker_sum(known("so3"), 2), [[1], [3], [5]]),
    "three spins": (kronecker_sum(known("sl2"), 3), [[2], [2], [4]]),
    "swap": (MatrixBasis("swap", [[[0, 1], [1, 0]]]), [[1], [1]]),
    # Over a field with a root.
    "root of 2": (MatrixBasis("root", [[[0, 2], [1, 0]]]), [[1], [1]]),
    "roots of 2 and 3": (
        MatrixBasis("roots", [sp.diag(sp.Matrix([[0, 2], [1, 0]]), sp.Matrix([[0, 3], [1, 0]]))]),
        [[1]] * 4,
    ),
    "quaternions that split": (left_multiplications(-1, sp.Matrix([[3]])), [[2], [2]]),
    "quaternions": (left_multiplications(-1, sp.Matrix([[-1]])), [[4]]),
    "entries with roots": (
        MatrixBasis("entries", [[[0, sp.sqrt(2)], [1, 0]], [[1, 0], [0, sp.sqrt(3)]]]),
        [[2]],
    ),
    # Complex ones.
    "su2 + su3": (direct_sum("sum", known("su2"), known("su3")), [[2], [3]]),
    "u2": (known("u2"), [[2]]),
    "u2 twice": (repeated(known("u2"), 2), [[2], [2]]),
    "so2, complex": (MatrixBasis("c", [[[0, -sp.I], [sp.I, 0]]]), [[1], [1]]),
    "sl2, complex": (
        MatrixBasis("c", known("sl2").matrices, complex_coefficients=True),
        [[2]],
    ),
}

TRIVIAL = {name for name, (_, blocks) in CASES.items() if len(blocks) == len(blocks[0]) == 1}
HIDDEN = [
    "spin 1 over the reals",
    "vectors times vectors",
    "three spins",
    "swap",
    "root of 2",
    "roots of 2 and 3",
    "quaternions that split",
    "so2, complex",
]


@pytest.mark.parametrize("name", CASES)
def test_blocks_and_flags(name):
    basis, blocks = CASES[name]
    found = adapted_basis(basis)
    check(found)
    assert sizes(found) == sorted(sorted(block) for block in blocks)
    assert found.is_permutation == (name not in HIDDEN)
    if name in TRIVIAL:
        assert sp.eye(basis.n) == found.T


@pytest.mark.parametrize("name", CASES)
def test_the_same_in_scrambled_coordinates_and_another_basis(name):
    basis, blocks = CASES[name]
    found = adapted_basis(conjugated(mixed(basis, 1), scrambling(basis.n, len(name))))
    check(found)
    assert sizes(found) == sorted(sorted(block) for block in blocks)
    if name in TRIVIAL:
        assert sp.eye(basis.n) == found.T


@pytest.mark.parametrize("name", [name for name in CASES if name not in TRIVIAL])
def test_the_condition_is_near_what_the_subspaces_force(name):
    """Scrambled: at most three times that of orthonormal bases of the blocks."""
    basis, _ = CASES[name]
    for seed in range(2):
        found = adapted_basis(conjugated(basis, scrambling(basis.n, seed)))
        assert condition(found) <= 3 * forced(found)


@pytest.mark.parametrize("name", ["se3", "sgal3", "poincare", "upper triangular", "heisenberg2"])
def test_steps_of_a_flag_are_orthogonal(name):
    found = adapted_basis(conjugated(CASES[name][0], scrambling(CASES[name][0].n, 5)))
    gram = found.T.T * found.T
    (block,) = found.blocks
    steps = [i for i, size in enumerate(block.flag) for _ in range(size)]
    n = len(steps)
    assert all(gram[i, j] == 0 for i in range(n) for j in range(n) if steps[i] != steps[j])


def test_orthogonal_summands_are_found_where_there_are_some():
    """In rotated coordinates a sum of rotations has an orthogonal basis."""
    turn = sp.Matrix([[3, -4], [4, 3]]) / 5
    P = sp.kronecker_product(turn, sp.eye(3)) * sp.diag(1, turn, 1, turn)
    for basis in (repeated(known("so3"), 2), direct_sum("sum", known("so3"), known("se2"))):
        found = adapted_basis(conjugated(basis, P))
        first, second = found.blocks
        gram = found.T.T * found.T
        assert gram.extract(list(first.rows), list(second.rows)).is_zero_matrix
        assert condition(found) < 3


def test_only_a_permutation_where_that_suffices():
    order = [4, 0, 2, 1, 3]
    basis = direct_sum("sum", known("so2"), known("so3"))
    shuffled = MatrixBasis("shuffled", [E.extract(order, order) for E in basis.matrices])
    found = adapted_basis(shuffled)
    assert found.is_permutation
    check(found)
    lower = MatrixBasis("lower", [E.T for E in known("se3").matrices])
    found = adapted_basis(lower)
    assert found.is_permutation
    assert found.blocks[0].flag == (1, 3)
    check(found)


def test_axes_of_different_length_are_taken_into_account():
    """The ladder operators of a spin hold roots, which go into the axes."""
    spin = known("spin(3/2)")
    found = adapted_basis(conjugated(repeated(spin, 2), scrambling(8, 3)))
    check(found)
    assert sizes(found) == [[4], [4]]


@pytest.mark.parametrize("basis", with_parameters(), ids=lambda basis: basis.name)
def test_parameters_leave_the_sparsity_pattern(basis):
    found = adapted_basis(basis)
    assert found.is_permutation
    check_pattern = [block.rows for block in found.blocks]
    assert sum(check_pattern, ()) == tuple(range(basis.n))


def test_many_coordinates_are_left_to_the_sparsity_pattern():
    found = adapted_basis(MatrixBasis("large", [sp.ones(25)]))
    assert sp.eye(25) == found.T
    assert any("more than 24" in fact.proof for fact in found.certificate)


def test_what_takes_a_root_of_high_degree_is_left_and_said():
    cubic = sp.Matrix([[0, 0, 2], [1, 0, 0], [0, 1, 0]])
    found = adapted_basis(MatrixBasis("cubic", [cubic]))
    assert sizes(found) == [[3]]
    assert any("left as it is" in fact.claim for fact in found.certificate)


def test_too_many_roots_are_not_adjoined():
    companions = [sp.Matrix([[0, p], [1, 0]]) for p in (2, 3, 5, 7)]
    found = adapted_basis(MatrixBasis("roots", [sp.diag(*companions)]))
    check(found)
    assert sizes(found) == [[2]] * 4


def test_the_certificate_says_what_was_found():
    facts = adapted_basis(repeated(known("so3"), 2)).certificate
    assert any("is block diagonal" in fact.claim for fact in facts)
    assert any("multiples of 1" in fact.proof for fact in facts)
    quaternions = adapted_basis(realified(known("su2"))).certificate
    assert any("quaternions" in fact.proof for fact in quaternions)
    turns = adapted_basis(known("so2")).certificate
    assert any("complex numbers" in fact.proof for fact in turns)


@given(st.data())
@settings(max_examples=8, deadline=None)
def test_any_coordinates(data):
    name = data.draw(st.sampled_from(["se3", "so3 twice", "Jordan blocks", "u2 twice"]))
    basis, blocks = CASES[name]
    found = adapted_basis(conjugated(basis, drawn_matrix(data, basis.n, 3)))
    check(found)
    assert sizes(found) == sorted(sorted(block) for block in blocks)


@given(st.lists(st.lists(st.integers(-2, 2), min_size=16, max_size=16), min_size=1, max_size=2))
@settings(max_examples=10, deadline=None)
def test_any_span(entries):
    matrices = [sp.Matrix(4, 4, row) for row in entries]
    if sp.Matrix(entries).rank() < len(entries):
        return
    found = adapted_basis(MatrixBasis("drawn", matrices))
    check(found)
    other = adapted_basis(conjugated(MatrixBasis("drawn", matrices), scrambling(4, 7)))
    assert sizes(other) == sizes(found)
