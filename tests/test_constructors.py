"""Constructors: brackets, invariants and messages."""

import pytest
import sympy as sp
from answers import expected, structure
from facts import BY_NAME
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
    center,
    is_abelian,
    killing_signature,
    levi_decomposition,
    lower_central_series,
    nilradical,
    radical,
    schur_types,
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
    for one_list in ([[1, 0, 0, 0], [0, 1, 1, 0]], sp.eye(4)[:, :2].T.tolist()):
        assert stabilizer_of_subspace("p", gl4, one_list).dim == 12


@given(st.lists(st.lists(st.integers(-3, 3), min_size=4, max_size=4), min_size=4, max_size=4))
@settings(max_examples=25)
def test_a_change_of_coordinates_moves_the_form(rows):
    P = sp.Matrix(rows)
    assume(P.det() != 0)
    moved = P.T * sp.diag(1, 1, 1, -1) * P
    assert killing_signature(from_bilinear_form("moved", moved)) == (3, 3, 0)


def is_as(algebra, name):
    """Whether all invariants are those of the literature for another algebra."""
    return structure(algebra) == expected(BY_NAME[name])


def symplectic_form(m):
    return sp.Matrix(sp.BlockMatrix([[sp.zeros(m), sp.eye(m)], [-sp.eye(m), sp.zeros(m)]]))


def axis(n, *places):
    return [int(i in places) for i in range(n)]


@pytest.mark.parametrize(
    ("algebra", "name"),
    [
        (from_bilinear_form("x", symplectic_form(1)), "sp(2)"),
        (from_bilinear_form("x", symplectic_form(2)), "sp(4)"),
        (from_bilinear_form("x", sp.diag(1, 1, -1, -1, -1)), "so(3,2)"),
        (from_bilinear_form("x", sp.diag(2, 3, 5, 7)), "so(4)"),
        (from_hermitian_form("x", sp.eye(2)), "u(2)"),
        (stabilizer("x", so31_by_form(), [0, 0, 0, 1]), "so(3)"),
        (stabilizer("x", so31_by_form(), [1, 0, 0, 0]), "so(2,1)"),
        (stabilizer("x", so31_by_form(), [1, 0, 0, 1]), "se(2)"),
        (stabilizer("x", known("so(4,1)"), [1, 0, 0, 0, 1]), "se(3)"),
        (stabilizer_of_subspace("x", so31_by_form(), [1, 0, 0, 1]), "sim(2)"),
        (stabilizer_of_subspace("x", known("so(4,1)"), [1, 0, 0, 0, 1]), "sim(3)"),
        # Baez, The octonions, 2002, section 4.1: the sphere of imaginary units is G2 / SU(3).
        (stabilizer("x", known("g2"), axis(7, 0)), "su(3)"),
        (stabilizer("x", known("so(7)"), axis(7, 3)), "so(6)"),
        # Berndt and Schmidt, 1998, section 1.1: the Jacobi group fixes a vector in Sp(4).
        (stabilizer("x", known("sp4"), axis(4, 0)), "jacobi"),
        # Affine maps of the plane fix the linear function that is 1 on it.
        (stabilizer("x", dual("gl3_dual", known("gl3")), axis(3, 2)), "aff(2)"),
        (stabilizer_of_subspace("x", known("gl2"), [1, 1]), "upper_triangular(2)"),
        (semidirect_sum("x", known("so(1,3)")), "poincare"),
        (semidirect_sum("x", known("gl3")), "aff(3)"),
        (
            semidirect_sum("x", known("so3"), [sp.diag(E, E) for E in known("so3").matrices]),
            "se_2(3)",
        ),
        (semidirect_sum("x", known("so2")), "se(2)"),
        (direct_sum("x", known("so3"), known("su2")), "so(4)"),
        (direct_sum("x", known("sl2"), known("so21")), "so(2,2)"),
        (direct_sum("x", known("aff1"), known("aff1")), "two_scales"),
        (direct_sum("x", known("translations1"), known("so2")), "diagonal(2)"),
        (adjoint_representation("x", known("poincare")), "poincare"),
        (dual("x", known("sim2")), "sim(2)"),
        (realify("x", known("su(2,1)")), "su(2,1)"),
        (
            realify("x", MatrixBasis("m", [*known("sl2").matrices, [[0, sp.I], [0, 0]]])).closure(
                "x"
            ),
            "so(3,1)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_constructions_of_the_literature_have_the_invariants_of_the_result(algebra, name):
    assert is_as(algebra, name)


def boosts(p):
    """The boosts of so(p, 1) alone."""
    return [sp.Matrix(p + 1, p + 1, lambda i, j, at=b: int({i, j} == {at, p})) for b in range(p)]


def simple_roots(n):
    """The generators of Serre for sl(n): next to the diagonal."""
    above = [sp.Matrix(n, n, lambda i, j, at=k: int((i, j) == (at, at + 1))) for k in range(n - 1)]
    return [*above, *(E.T for E in above)]


@pytest.mark.parametrize(
    ("generators", "name"),
    [
        (boosts(2), "so(2,1)"),  # Thomas, 1926: boosts do not close without rotations.
        (boosts(3), "so(3,1)"),
        (simple_roots(2), "sl(2)"),
        (simple_roots(3), "sl(3)"),
        (simple_roots(4), "sl(4)"),
        ([E - E.T for E in simple_roots(5)[:4]], "so(5)"),
        (simple_roots(5)[:4], "strictly_upper_triangular(5)"),
        (known("heisenberg(3)").matrices[:6], "heisenberg(3)"),
        # Principal sl(2): Kostant, 1959.
        ([sum(simple_roots(4)[:3], sp.zeros(4)), sp.diag(3, 1, -1, -3)], "aff(1)"),
        # Drift, thin lenses and a skew one generate all linear optics (Dragt).
        (
            [
                sp.Matrix(4, 4, lambda i, j, at=places: int((i, j) in at))
                for places in ({(0, 2), (1, 3)}, {(2, 0)}, {(2, 1), (3, 0)})
            ],
            "sp(4)",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_closures_of_sparse_generators(generators, name):
    closure = MatrixBasis("generators", generators).closure("closure")
    assert is_as(closure, name)


def test_a_shift_and_its_first_entry_generate_a_filiform_algebra():
    """``[e, a] = -E_13`` and ``[e, E_13] = -E_14`` (Vergne, 1970)."""
    shift = sum(simple_roots(4)[:3], sp.zeros(4))
    closure = MatrixBasis("pair", [shift, simple_roots(4)[0]]).closure("filiform")
    assert [term.dim for term in lower_central_series(closure)] == [4, 2, 1, 0]


def parts(*algebras):
    product = algebras[0]
    for algebra in algebras[1:]:
        product = tensor_product("product", product, algebra)
    return sorted((c.irreducible_dim, c.multiplicity) for c in schur_types(product))


@pytest.mark.parametrize(
    ("factors", "expected_parts"),
    [
        (("spin(1/2)", "spin(1/2)"), [(1, 1), (3, 1)]),
        (("spin(1)", "spin(1/2)"), [(2, 1), (4, 1)]),
        (("spin(1)", "spin(1)"), [(1, 1), (3, 1), (5, 1)]),
        (("spin(1/2)", "spin(1/2)", "spin(1/2)"), [(2, 2), (4, 1)]),
        (("so3", "so3"), [(1, 1), (3, 1), (5, 1)]),
        (("so3", "so3_irrep(2)"), [(3, 1), (5, 1), (7, 1)]),
        (("so3_irrep(2)", "so3_irrep(2)"), [(1, 1), (3, 1), (5, 1), (7, 1), (9, 1)]),
        # Fulton and Harris, 1991, lecture 13: 3 x 3 = 6 + 3 dual; lecture 16 for sp(4); the square
        # of a vector is a trace, a 2-form and the rest, and 2-forms of so(4) split in halves.
        (("sl3", "sl3"), [(3, 1), (6, 1)]),
        (("sp4", "sp4"), [(1, 1), (5, 1), (10, 1)]),
        (("so(4)", "so(4)"), [(1, 1), (3, 1), (3, 1), (9, 1)]),
        (("so(3,1)", "so(3,1)"), [(1, 1), (6, 1), (9, 1)]),
    ],
)
def test_tensor_products_decompose_as_clebsch_and_gordan_say(factors, expected_parts):
    assert parts(*map(known, factors)) == expected_parts


def test_a_representation_times_its_dual_is_the_adjoint_one_and_a_line():
    algebra = known("sl3")
    assert parts(algebra, dual("dual", algebra)) == [(1, 1), (8, 1)]


@pytest.mark.parametrize("name", SMALL)
def test_the_dual_of_the_dual_and_back_by_the_inverse_are_the_algebra_itself(name):
    algebra = known(name)
    assert dual("d", dual("d", algebra)).matrices == algebra.matrices
    n = algebra.n
    P = sp.Matrix(n, n, lambda i, j: int(i == j) + 2 * int(i + 1 == j) - 3 * int(i == j + 2))
    assert conjugate_by("c", conjugate_by("c", algebra, P), P.inv()).matrices == algebra.matrices
