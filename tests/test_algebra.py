"""Bases and algebras: reading, refusing, closing, structure constants."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from samples import ROTATION_AND_SQUEEZE, every_basis

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known, names

J, K = [[0, -1], [1, 0]], [[1, 0], [0, -1]]


@pytest.mark.parametrize(
    "matrices", [[sp.Matrix(J)], [np.array(J)], [J], np.array([J]), [np.array(J, np.float32)]]
)
def test_matrices_are_read_from_sympy_numpy_and_lists(matrices):
    assert MatrixBasis("so2", matrices).matrices == (sp.ImmutableMatrix(J),)


@pytest.mark.parametrize(
    ("entry", "exact"),
    [
        (0.5, sp.Rational(1, 2)),
        (0.1, sp.Rational(1, 10)),
        (np.float32(0.1), sp.Rational(1, 10)),
        (np.int64(3), sp.Integer(3)),
        (1.5 - 2j, sp.Rational(3, 2) - 2 * sp.I),
        (np.complex64(1j), sp.I),
        (sp.sqrt(2) / 2, sp.sqrt(2) / 2),
        (sp.Float("0.25") * sp.I, sp.I / 4),
    ],
)
def test_entries_become_exact(entry, exact):
    assert MatrixBasis("one", [[[entry]]]).matrices[0][0] == exact


@pytest.mark.parametrize(
    ("matrices", "words"),
    [
        ([], "no matrices"),
        ([[[1, 2]]], "matrix 1 of 'x' is not square"),
        ([[[1, 2], [3]]], "matrix 1 of 'x' is not square"),
        ([[]], "matrix 1 of 'x' is empty; give"),
        ([[[1]], [[1, 0], [0, 1]]], "matrix 2 of 'x' is 2 x 2 and matrix 1 is 1 x 1"),
        ([J, K, [[1, -1], [1, -1]]], "matrix 3 of 'x' is a combination"),
        ([J, [[0, 0], [0, 0]]], "matrix 2 of 'x' is zero"),
        ([[[float("nan")]]], r"entry \(1, 1\) of matrix 1 of 'x' is nan"),
        ([J, [[0, float("inf")], [0, 0]]], r"entry \(1, 2\) of matrix 2 of 'x' is inf"),
        ([[[complex(0, float("nan"))]]], "finite"),
        ([[[sp.oo]]], "finite"),
        ([[[sp.Symbol("t")]]], "free symbol t"),
        ([[[sp.pi]]], "not known to be algebraic"),
        ([[["1"]]], "no number"),
        ([[[True]]], "no number"),
        ([[[None]]], "no number"),
        ([5], "no matrix"),
        (5, "no list"),
        ([np.zeros((2, 2, 2))], "3 dimensions"),
    ],
)
def test_bad_matrices_are_refused_in_words(matrices, words):
    with pytest.raises(ValueError, match=words):
        MatrixBasis("x", matrices)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1x",
        "so(3)",
        "a b",
        "class",
        "match",
        "x;import os",
        '"""',
        "é",
        "_x",
        "tensorflow",
        None,
        3,
        "x\n",
    ],
)
def test_bad_names_are_refused(name):
    with pytest.raises(ValueError, match="name"):
        MatrixBasis(name, [J])


def test_a_span_that_does_not_close_is_refused_with_the_bracket_that_leaves_it():
    with pytest.raises(
        ValueError, match=r"\[E_1, E_2\] = \[\[0, 2\], \[2, 0\]\].*MatrixBasis.*closure"
    ):
        LieAlgebra("x", [J, K])


def test_the_closure_of_rotation_and_squeeze_is_sl2():
    assert not ROTATION_AND_SQUEEZE.is_closed()
    closure = ROTATION_AND_SQUEEZE.closure("sl2")
    assert closure.dim == 3
    assert all(matrix.trace() == 0 for matrix in closure.matrices)
    assert closure.matrices[:2] == ROTATION_AND_SQUEEZE.matrices


def test_independence_is_over_the_reals():
    pauli = [[0, 1], [1, 0]]
    assert MatrixBasis("x", [pauli, sp.I * sp.Matrix(pauli)]).dim == 2


@pytest.mark.parametrize("name", names())
def test_jacobi_identity_and_antisymmetry(name):
    algebra = known(name)
    c = np.array(algebra.structure_constants.tolist(), dtype=object)
    assert np.all(c == -np.swapaxes(c, 0, 1))
    double = np.einsum("ijm,mkl->ijkl", c.astype(float), c.astype(float))
    cyclic = double + np.moveaxis(double, 2, 0) + np.moveaxis(double, 0, 2)
    assert np.all(np.abs(cyclic) < 1e-12)


@pytest.mark.parametrize("name", names())
def test_bracket_is_the_commutator(name):
    algebra = known(name)
    x = [sp.Rational(i + 1, 3) for i in range(algebra.dim)]
    y = [sp.Integer((-1) ** i * (i + 2)) for i in range(algebra.dim)]
    A, B = algebra.hat(x), algebra.hat(y)
    difference = algebra.hat(algebra.bracket(x, y)) - (A * B - B * A)
    assert difference.applyfunc(sp.expand).is_zero_matrix


@pytest.mark.parametrize("basis", every_basis(), ids=lambda basis: basis.name)
def test_vee_inverts_hat(basis):
    theta = tuple(sp.Rational(3 * i - 4, 7) for i in range(basis.dim))
    assert tuple(map(sp.nsimplify, basis.vee(basis.hat(theta)))) == theta


def test_vee_refuses_a_matrix_off_the_span():
    with pytest.raises(ValueError, match="not in the span"):
        ROTATION_AND_SQUEEZE.vee(sp.eye(2))


@given(
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
def test_every_closure_closes(first, second):
    matrices = [[first[:2], first[2:]], [second[:2], second[2:]]]
    if sp.Matrix([first, second]).rank() < 2:
        return
    closure = MatrixBasis("span", matrices).closure("closure")
    assert closure.is_closed()
    assert closure.dim <= 4
