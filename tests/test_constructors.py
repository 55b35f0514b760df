"""Constructors: brackets, invariants and messages."""

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    dual,
    from_bilinear_form,
    from_hermitian_form,
    realify,
    semidirect_sum,
    stabilizer,
    stabilizer_of_subspace,
    subalgebra,
    tensor_product,
)
from liealg.structure import (
    Subspace,
    center,
    is_abelian,
    killing_signature,
    levi_decomposition,
    nilradical,
    radical,
)

SMALL = ["so2", "so3", "sl2", "se2", "heisenberg1", "so31", "su2", "spin1", "aff1", "gl2", "u2"]


def so31_by_form():
    return from_bilinear_form("lorentz", sp.diag(1, 1, 1, -1))


@pytest.mark.parametrize(
    ("form", "signature"),
    [
        (sp.diag(1, 1, 1, -1), (3, 3, 0)),
        (sp.diag(1, 1, -1, -1, -1), (6, 4, 0)),
        (sp.Matrix([[0, 1], [-1, 0]]), (2, 1, 0)),
        (sp.Matrix([[0, 0, 1], [0, 1, 0], [1, 0, 0]]), (2, 1, 0)),
        (sp.Matrix([[2, 1, 0], [1, 2, 1], [0, 1, 2]]), (0, 3, 0)),
        # Degenerate: galilean rotations and boosts of a plane, se(2) beside what it lets free.
        (sp.diag(1, 1, 0), (1, 1, 2)),
    ],
    ids=str,
)
def test_algebras_of_bilinear_forms(form, signature):
    algebra = from_bilinear_form("invariant", form)
    for X in algebra.matrices:
        assert (X.T * form + form * X).is_zero_matrix
    assert killing_signature(algebra) == signature


@pytest.mark.parametrize(("p", "q", "signature"), [(2, 0, (0, 3, 1)), (1, 1, (2, 1, 1))])
def test_algebras_of_hermitian_forms(p, q, signature):
    form = sp.diag(*[1] * p, *[-1] * q)
    algebra = from_hermitian_form("unitary", form)
    assert killing_signature(algebra) == signature  # u(p, q) = su(p, q) and the phase


@pytest.mark.parametrize("name", [*SMALL, "g2", "su3", "se3", "sgal3"])
def test_dual_realified_and_conjugate_algebras_keep_their_brackets(name):
    algebra = known(name)
    constants = algebra.structure_constants
    n = algebra.n
    P = sp.Matrix(n, n, lambda i, j: 2 if i == j else (1 if j == i + 1 else 0))
    P[n - 1, 0] = 3
    for other in (dual("d", algebra), realify("r", algebra), conjugate_by("c", algebra, P)):
        assert isinstance(other, LieAlgebra)
        assert other.structure_constants == constants


def test_realified_matrices_act_on_real_and_imaginary_parts():
    algebra = known("su2")
    real = realify("real", algebra)
    x = sp.Matrix([1 + 2 * sp.I, 3 - sp.I])
    for E, F in zip(algebra.matrices, real.matrices, strict=True):
        y = (E * x).applyfunc(sp.expand)
        assert F * sp.Matrix([1, 3, 2, -1]) == sp.Matrix([*map(sp.re, y), *map(sp.im, y)])


def test_a_span_stays_a_span():
    span = MatrixBasis("span", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
    for other in (dual("d", span), realify("r", span), conjugate_by("c", span, [[1, 1], [0, 1]])):
        assert type(other) is MatrixBasis


@given(st.lists(st.sampled_from(SMALL), min_size=1, max_size=3))
@settings(max_examples=25)
def test_direct_sums_add_up(names):
    parts = [known(name) for name in names]
    whole = direct_sum("whole", *parts)
    assert whole.dim == sum(part.dim for part in parts)
    assert whole.n == sum(part.n for part in parts)
    signatures = [killing_signature(part) for part in parts]
    assert killing_signature(whole) == tuple(map(sum, zip(*signatures, strict=True)))
    for function in (center, radical, nilradical):
        assert function(whole).dim == sum(function(part).dim for part in parts)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_rigid_motions_are_the_semidirect_sum_of_rotations_and_vectors(n):
    assert semidirect_sum(f"se{n}", known(f"so({n})")) == known(f"se{n}")


def test_affine_maps_are_the_semidirect_sum_of_gl_and_vectors():
    assert semidirect_sum("aff2", known("gl2")) == known("aff2")


def test_a_semidirect_sum_with_another_representation_is_faithful():
    algebra = semidirect_sum("rotor", known("so3"), known("so3_irrep2").matrices)
    assert (algebra.dim, algebra.n) == (8, 9)
    assert levi_decomposition(algebra).levi.dim == 3
    assert is_abelian(subalgebra("vectors", algebra, radical(algebra)))
    trivial = semidirect_sum("trivial", known("so3"), [sp.zeros(1)] * 3)
    assert center(trivial).dim == 1


def test_a_semidirect_sum_with_spinors_has_their_real_dimension():
    assert semidirect_sum("spinors", known("su2")).dim == 3 + 4


def test_adjoint_and_tensor_representations():
    so3, half = known("so3"), known("spin(1/2)")
    assert adjoint_representation("ad", so3).matrices == so3.matrices
    assert adjoint_representation("ad", known("se3")).n == 6
    pair = tensor_product("pair", so3, half)
    assert pair.n == 6
    assert pair.structure_constants == so3.structure_constants
    # Spin 1 beside spin 0 in the product of two spins 1/2: S (S + 1) = 2 three times and 0 once.
    square = sum(((M * M for M in tensor_product("t", half, half).matrices)), sp.zeros(4))
    assert sorted(square.applyfunc(sp.expand).eigenvals().items()) == [(-2, 3), (0, 1)]


def test_little_groups_of_the_lorentz_group():
    lorentz = so31_by_form()
    assert killing_signature(stabilizer("time", lorentz, [0, 0, 0, 1])) == (0, 3, 0)
    assert killing_signature(stabilizer("space", lorentz, [1, 0, 0, 0])) == (2, 1, 0)
    assert killing_signature(stabilizer("light", lorentz, [1, 0, 0, 1])) == (0, 1, 2)  # se(2)
    assert stabilizer("plane", lorentz, [1, 0, 0, 0], [0, 1, 0, 0]).dim == 1
    ray = stabilizer_of_subspace("ray", lorentz, [1, 0, 0, 1])
    assert ray.dim == 4  # and the boost along the ray: sim(2)


def test_stabilizers_of_subspaces_are_parabolic():
    gl4 = known("gl4")
    assert stabilizer_of_subspace("p", gl4, [1, 0, 0, 0], [0, 1, 1, 0]).dim == 12
    assert stabilizer_of_subspace("all", gl4, *sp.eye(4).tolist()).dim == 16


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=4, max_size=4))
@settings(max_examples=25)
def test_a_change_of_coordinates_moves_the_form(rows):
    P = sp.Matrix(rows)
    assume(P.det() != 0)
    moved = P.T * sp.diag(1, 1, 1, -1) * P
    assert killing_signature(from_bilinear_form("moved", moved)) == (3, 3, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: direct_sum("none"), "at least one algebra"),
        (lambda: adjoint_representation("a", known("gl2")), "not faithful: the element"),
        (lambda: tensor_product("t", known("so3"), known("sl2")), r"\[E_1, E_2\] has the coord"),
        (lambda: tensor_product("t", known("so3"), known("so2")), "has dimension 3 and 'so2' 1"),
        (lambda: conjugate_by("c", known("so2"), [[1, 1], [1, 1]]), "P is singular"),
        (lambda: conjugate_by("c", known("so2"), [[1]]), "P is 1 x 1"),
        (lambda: from_bilinear_form("f", [[sp.I]]), "use from_hermitian_form"),
        (lambda: from_bilinear_form("f", [[1]]), "only X = 0"),
        (lambda: semidirect_sum("s", known("so3"), [sp.eye(2)] * 2), "needs 3 matrices"),
        (
            lambda: semidirect_sum("s", known("so3"), [sp.eye(2)] * 3),
            r"the bracket of matrices 1 and 2 is not the image of \[E_1, E_2\]",
        ),
        (lambda: stabilizer("s", known("so3"), [1, 2]), "vector 1 has 2 entries"),
        (lambda: stabilizer("s", known("so3")), "at least one vector"),
        (lambda: stabilizer("s", known("so3"), *sp.eye(3).tolist()), "only the zero element"),
        (lambda: subalgebra("z", known("so3"), center(known("so3"))), "is zero"),
        (
            lambda: subalgebra("o", known("so3"), Subspace.spanned_by([[1, 0, 0], [0, 1, 0]])),
            "does not close",
        ),
    ],
)
def test_bad_input_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message):
        call()
