"""Generic elements as sums of parts that commute, so that the exponential is a product."""

import random
from itertools import pairwise

import mpmath
import pytest
import sympy as sp
from exact_values import to_mpmath
from hypothesis import given, settings
from hypothesis import strategies as st
from modules import conjugated, drawn_matrix, left_multiplications
from samples import ROTATION_AND_SQUEEZE

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import direct_sum
from liealg.derive.commuting_parts import commuting_parts


def beside_each_other(first, second):
    """Two algebras on a tensor product: their sum acts irreducibly where both do."""
    n, m = first.n, second.n
    left = [sp.kronecker_product(E, sp.eye(m)) for E in first.matrices]
    right = [sp.kronecker_product(sp.eye(n), E) for E in second.matrices]
    return MatrixBasis("product", [*left, *right])


def over_a_root(basis, square):
    """The algebra over the rationals with a root of a number, as one over the rationals."""
    root = sp.Matrix([[0, square], [1, 0]])
    return MatrixBasis(
        "twisted",
        [sp.kronecker_product(E, part) for part in (sp.eye(2), root) for E in basis.matrices],
    )


def scrambling(n, seed):
    source = random.Random(seed)
    while True:
        P = sp.Matrix(n, n, lambda i, j: source.randint(-3, 3))
        if P.det() != 0:
            return P


def shape(found):
    """The dimensions of the parts; those of multiples of 1 are negative."""
    return sorted(-part.dim if part.shift is not None else part.dim for part in found.parts)


def check(matrices, found):
    """That the parts commute, and that the product of their exponentials is that of the sum."""
    n, k = matrices[0].rows, len(matrices)
    for i, E in enumerate(matrices):
        total = sum((part.matrices[i] for part in found.parts), sp.zeros(n))
        assert (total - E).applyfunc(sp.expand).is_zero_matrix
    for part in found.parts:
        if part.shift is not None:
            for E, c in zip(part.matrices, part.shift, strict=True):
                assert c * sp.eye(n) == E
    theta = [sp.Rational((5 * i) % 7 - 3, 4 * k) for i in range(k)]
    with mpmath.workdps(40):
        whole = mpmath.expm(combined(theta, matrices), method="taylor")
        product = mpmath.eye(n)
        for part in found.parts:
            product = product * mpmath.expm(combined(theta, part.matrices), method="taylor")
        assert mpmath.norm(whole - product) < mpmath.mpf(10) ** -30 * mpmath.norm(whole)


def combined(theta, matrices):
    total = sp.zeros(matrices[0].rows)
    for c, E in zip(theta, matrices, strict=True):
        total += c * E
    return to_mpmath(total.as_immutable())


SO4 = known("so4").matrices
U2 = known("u2").matrices
SL2 = known("sl2")

CASES = {
    "so3": (known("so3"), [3]),
    "so4": (known("so4"), [3, 3]),
    "so(2,2)": (known("so22"), [3, 3]),
    "so(3,1), conjugate halves": (known("so31"), [6]),
    "so5": (known("so5"), [10]),
    "gl2": (known("gl2"), [-1, 3]),
    "gl3": (known("gl3"), [-1, 8]),
    "gl4": (known("gl4"), [-1, 15]),
    "u2": (known("u2"), [-1, 3]),
    "u3": (known("u3"), [-1, 8]),
    "gl2, complex": (
        MatrixBasis("c", known("gl2").matrices, complex_coefficients=True).over_reals,
        [-2, 6],
    ),
    "se3": (known("se3"), [6]),
    "aff2": (known("aff2"), [6]),
    "sim3": (known("sim3"), [7]),
    "heisenberg": (known("heisenberg1"), [3]),
    "sum on two spaces": (direct_sum("sum", known("so3"), known("sl2")), [3, 3]),
    "vectors times spins": (beside_each_other(known("so3"), SL2), [3, 3]),
    "spins times matrices": (beside_each_other(SL2, known("gl2")), [-1, 3, 3]),
    "three spins": (beside_each_other(SL2, beside_each_other(SL2, SL2)), [3, 3, 3]),
    "spins times motions": (beside_each_other(SL2, known("se2")), [3, 3]),
    "su2 times su2": (beside_each_other(known("su2"), known("su2")), [3, 3]),
    "sl2 over a root": (over_a_root(SL2, 2), [3, 3]),
    "so3 over a root": (over_a_root(known("so3"), 3), [3, 3]),
    "sl2 over two roots": (
        direct_sum(
            "sum", *(LieAlgebra("s", over_a_root(SL2, square).matrices) for square in (2, 3))
        ),
        [3, 3, 3, 3],
    ),
    "so3 over an imaginary root": (over_a_root(known("so3"), -2), [6]),
    "two quaternions": (left_multiplications(-1, sp.Matrix([[-1]])), [2]),
    # Spans that do not close.
    "rotation and squeeze": (ROTATION_AND_SQUEEZE, [2]),
    "two of so4": (MatrixBasis("o", [SO4[0] + 2 * SO4[3], SO4[1] + SO4[2]]), [2, 2]),
    "four of so4": (MatrixBasis("o", [*SO4[:3], SO4[4]]), [3, 3]),
    "two of u2": (
        MatrixBasis(
            "o", [known("u2").matrices[0] + known("u2").matrices[1], known("u2").matrices[2]]
        ),
        [-1, 2],
    ),
    "two with roots": (
        MatrixBasis(
            "o",
            [
                sp.kronecker_product(sp.Matrix([[0, sp.sqrt(2)], [1, 0]]), sp.eye(2))
                + sp.kronecker_product(sp.eye(2), sp.Matrix([[0, -sp.sqrt(2)], [1, 0]])),
                sp.kronecker_product(sp.diag(1, -1), sp.eye(2))
                + 3 * sp.kronecker_product(sp.eye(2), sp.diag(1, -1)),
            ],
        ),
        [2, 2],
    ),
    # A trace that is not in the algebra.
    "spiral": (MatrixBasis("spiral", [[[1, -1], [1, 1]]]), [-1, 1]),
    "multiples of 1": (MatrixBasis("one", [sp.eye(3)]), [-1]),
    "abelian": (MatrixBasis("torus", [sp.diag(1, -1, 0), sp.diag(0, 1, -1)]), [2]),
}


@pytest.mark.parametrize("name", CASES)
def test_parts(name):
    basis, dims = CASES[name]
    found = commuting_parts(basis.matrices)
    check(basis.matrices, found)
    assert shape(found) == dims
    assert found.pays == (len(dims) > 1)


@pytest.mark.parametrize("name", CASES)
def test_the_same_in_scrambled_coordinates(name):
    basis, dims = CASES[name]
    moved = conjugated(basis, scrambling(basis.n, 1)).matrices
    # Any other basis of the span.
    moved = [moved[0] * 3, *(F - 2 * E for E, F in pairwise(moved))]
    moved.reverse()
    found = commuting_parts(moved)
    check(moved, found)
    assert shape(found) == dims


def test_the_halves_of_so4_are_those_of_quaternions():
    """Left and right multiplications by unit quaternions, whose squares are multiples of 1."""
    for part in commuting_parts(SO4).parts:
        for E in part.matrices:
            assert (E * E)[0, 0] * sp.eye(4) == E * E


def test_dependent_and_zero_matrices():
    """As in a diagonal block, where some coefficients do not occur."""
    matrices = [*known("gl2").matrices, sp.zeros(2), sp.Matrix([[1, 2], [3, 4]])]
    found = commuting_parts(matrices)
    check(matrices, found)
    assert shape(found) == [-1, 3]
    none = commuting_parts([sp.zeros(3), sp.zeros(3)])
    assert not none.pays


def test_what_is_left_alone_says_why():
    kappa = sp.Symbol("kappa", real=True)
    held = commuting_parts([sp.Matrix([[0, kappa], [1, 0]])])
    assert not held.pays
    assert "parameters" in held.certificate[0].proof
    large = commuting_parts([sp.ones(25)])
    assert "24 rows" in large.certificate[0].proof
    dense = [
        sp.Matrix(8, 8, lambda i, j, k=k: (k * i**3 + j**2 + i * j * k) % 11 - 5) for k in (1, 2)
    ]
    open_span = commuting_parts([E - E.trace() * sp.eye(8) / 8 for E in dense])
    assert not open_span.pays
    assert any("36 dimensions" in fact.proof for fact in open_span.certificate)


@given(st.data())
@settings(max_examples=10, deadline=None)
def test_any_coordinates(data):
    name = data.draw(st.sampled_from(["so4", "gl2", "two of so4", "sl2 over a root", "spiral"]))
    basis, dims = CASES[name]
    moved = conjugated(basis, drawn_matrix(data, basis.n, 3)).matrices
    found = commuting_parts(moved)
    check(moved, found)
    assert shape(found) == dims


@given(st.lists(st.lists(st.integers(-2, 2), min_size=9, max_size=9), min_size=1, max_size=3))
@settings(max_examples=10, deadline=None)
def test_any_span(entries):
    matrices = [sp.Matrix(3, 3, row) for row in entries]
    check(matrices, commuting_parts(matrices))
