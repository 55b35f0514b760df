"""Invariant forms, commutants, invariant subspaces and Casimir elements, against the literature."""

import pytest
import sympy as sp
from answers import representation
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.structure import adjoint_matrices
from liealg.structure.casimir import casimir_element, quadratic_casimirs
from liealg.structure.commutant import commutant, envelope_radical, envelope_rows
from liealg.structure.compactness import hermite_form, real_roots
from liealg.structure.fitting import UNKNOWN
from liealg.structure.invariant_forms import bilinear_forms, hermitian_forms
from liealg.structure.invariant_subspaces import invariant_subspaces
from liealg.structure.isotypic import schur_types
from liealg.structure.modules import module_of
from liealg.structure.signs import signature
from liealg.structure.subspace import Subspace


def realified(basis):
    """Complex matrices as real ones on the real and imaginary parts."""
    matrices = []
    for matrix in basis.matrices:
        real, imaginary = matrix.applyfunc(sp.re), matrix.applyfunc(sp.im)
        top, bottom = real.row_join(-imaginary), imaginary.row_join(real)
        matrices.append(top.col_join(bottom))
    return MatrixBasis("realified", matrices)


def repeated(basis, times):
    return MatrixBasis("repeated", [sp.diag(*[matrix] * times) for matrix in basis.matrices])


def beside(first, second):
    """One algebra in two representations of the same basis, as their direct sum."""
    pairs = zip(first.matrices, second.matrices, strict=True)
    return MatrixBasis("beside", [sp.diag(a, b) for a, b in pairs])


def conjugated(basis, P):
    """The same representation in another basis of the space."""
    inverse = P.inv()
    return MatrixBasis(
        "conjugated", [(P * matrix * inverse).applyfunc(sp.expand) for matrix in basis.matrices]
    )


def left_multiplications(a, b):
    """Generators of the quaternions ``i^2 = a``, ``j^2 = b``, ``i j = -j i`` on themselves.

    ``b`` is a matrix of a field over the rationals, such as ``[[0, 2], [1, 0]]``, whose square is
    2, and the quaternions are those over that field.
    """
    one, zero = sp.eye(b.rows), sp.zeros(b.rows)
    i = [[zero, a * one], [one, zero]]
    first = sp.diag(sp.Matrix(sp.BlockMatrix(i)), sp.Matrix(sp.BlockMatrix(i)))
    plus, none = sp.diag(one, -one), sp.zeros(2 * b.rows)
    j = [[none, plus * sp.diag(b, b)], [plus, none]]
    second = sp.Matrix(sp.BlockMatrix(j))
    assert first * second == -second * first
    return MatrixBasis("quaternions", [first, second])


ORTHOGONAL = "Hall, Lie Groups, Lie Algebras, and Representations, 2015, chapter 1"
GOODMAN = "Goodman and Wallach, Symmetry, Representations, and Invariants, 2009, section 1.1"
SPIN = "Fulton and Harris, Representation Theory, 1991, lectures 11 and 26"

# name, dimension and signature of the symmetric forms, dimension of the antisymmetric ones
BILINEAR = [
    ("so3", 1, (3, 0, 0), 0, ORTHOGONAL),
    ("so(2,3)", 1, (3, 2, 0), 0, ORTHOGONAL),
    ("so(3,1)", 1, (3, 1, 0), 0, ORTHOGONAL),
    ("so(4,4)", 1, (4, 4, 0), 0, ORTHOGONAL),
    ("so2", 1, (2, 0, 0), 1, ORTHOGONAL),
    ("sp4", 0, None, 1, GOODMAN),
    ("sp6", 0, None, 1, GOODMAN),
    ("sl2", 0, None, 1, GOODMAN),
    ("sl3", 0, None, 0, GOODMAN),
    ("gl2", 0, None, 0, GOODMAN),
    ("g2", 1, (7, 0, 0), 0, "Baez, The octonions, Bull. AMS 39, 2002, section 4.1"),
    ("so3_irrep(2)", 1, (5, 0, 0), 0, SPIN),
    ("so3_irrep(4)", 1, (9, 0, 0), 0, SPIN),
    ("se3", 1, (1, 0, 3), 0, "the homogeneous coordinate is constant"),
    ("poincare", 1, (1, 0, 4), 0, "the homogeneous coordinate is constant"),
    ("su3", 0, None, 0, GOODMAN),
    ("spin(1/2)", 0, None, 1, SPIN),
    ("spin(1)", 1, None, 0, SPIN),
    ("spin(3/2)", 0, None, 1, SPIN),
    ("spin(5)", 1, None, 0, SPIN),
]


@pytest.mark.parametrize("fact", BILINEAR, ids=lambda fact: fact[0])
def test_bilinear_forms_of_the_literature(fact):
    name, symmetric, signs, antisymmetric, _ = fact
    algebra = known(name)
    forms = bilinear_forms(algebra)
    assert (forms.symmetric.dim, forms.antisymmetric.dim) == (symmetric, antisymmetric)
    assert forms.symmetric.signature == signs
    if not algebra.is_complex:
        assert forms.symmetric.has_definite == (signs == (algebra.n, 0, 0))
    for space, sign in ((forms.symmetric, 1), (forms.antisymmetric, -1)):
        for form in space.matrices:
            assert sign * form == form.T
            assert form.rank() == space.rank
            for X in algebra.matrices:
                assert (X.T * form + form * X).applyfunc(sp.expand).is_zero_matrix


HERMITIAN = [
    ("u1", 1, (1, 0, 0)),
    ("u3", 1, (3, 0, 0)),
    ("su(4)", 1, (4, 0, 0)),
    ("su(2,1)", 1, (2, 1, 0)),
    ("su(1,3)", 1, (3, 1, 0)),
    ("spin(1/2)", 1, (2, 0, 0)),
    ("spin(5/2)", 1, (6, 0, 0)),
    ("so3", 1, (3, 0, 0)),
    ("sp4", 1, (2, 2, 0)),
    ("sl3", 0, None),
]


@pytest.mark.parametrize(("name", "dim", "signs"), HERMITIAN, ids=[fact[0] for fact in HERMITIAN])
def test_hermitian_forms_have_the_signature_of_the_group(name, dim, signs):
    algebra = known(name)
    forms = hermitian_forms(algebra)
    assert (forms.dim, forms.signature) == (dim, signs)
    assert forms.has_definite == (signs == (algebra.n, 0, 0))
    for form in forms.matrices:
        assert form == form.H
        assert form.rank() == forms.rank
        for X in algebra.matrices:
            assert (X.H * form + form * X).applyfunc(sp.expand).is_zero_matrix


def test_a_definite_form_among_several_is_found_or_excluded():
    twice = bilinear_forms(repeated(known("so3"), 2)).symmetric
    assert (twice.dim, twice.rank, twice.rank_is_certain, twice.signature) == (3, 6, True, None)
    assert twice.has_definite is True
    assert bilinear_forms(repeated(known("so(2,1)"), 2)).symmetric.has_definite is False
    # An element that turns and shears keeps forms, but no definite one.
    turn, one, zero = sp.Matrix([[0, -1], [1, 0]]), sp.eye(2), sp.zeros(2)
    shear = MatrixBasis("shear", [sp.Matrix(sp.BlockMatrix([[turn, one], [zero, turn]]))])
    found = bilinear_forms(shear).symmetric
    assert found.dim > 1
    assert found.has_definite is False
    # Two matrices that generate so(3), and two with the trace form of it that do not.
    X, Y, _ = known("so3").matrices
    assert bilinear_forms(repeated(MatrixBasis("xy", [X, Y]), 2)).symmetric.has_definite is True
    two = MatrixBasis("two", [sp.diag(turn, 2 * turn, 0), sp.diag(turn, -turn, 0)])
    assert bilinear_forms(two).symmetric.has_definite is True
    assert hermitian_forms(two).has_definite is True


def test_eigenvalues_that_are_not_imaginary_are_seen_though_the_trace_form_is_negative():
    spiral = sp.Matrix([[1, -9], [9, 1]])
    basis = MatrixBasis("spiral", [sp.diag(spiral, -spiral)])
    assert (basis.matrices[0] ** 2).trace() < 0
    forms = bilinear_forms(basis).symmetric
    assert forms.dim == 2
    assert forms.has_definite is False


REAL_TYPES = [
    (known("so3"), [(3, 1, "real")], "every rotation has an axis"),
    (known("so4"), [(4, 1, "real")], SPIN),
    (known("so2"), [(2, 1, "complex")], SPIN),
    (known("so(3,1)"), [(4, 1, "real")], SPIN),
    (known("g2"), [(7, 1, "real")], SPIN),
    (realified(known("su2")), [(4, 1, "quaternionic")], SPIN),
    (realified(known("su3")), [(6, 1, "complex")], SPIN),
    (realified(known("spin(1)")), [(3, 2, "real")], SPIN),
    (realified(known("spin(3/2)")), [(8, 1, "quaternionic")], SPIN),
    (repeated(known("so3"), 2), [(3, 2, "real")], "by construction"),
    (repeated(known("so2"), 3), [(2, 3, "complex")], "by construction"),
    (repeated(realified(known("su2")), 2), [(4, 2, "quaternionic")], "by construction"),
    (beside(known("so3"), realified(known("su2"))), [(3, 1, "real"), (4, 1, "quaternionic")], SPIN),
    (known("diagonal(3)"), [(1, 1, "real")] * 3, "the axes"),
    (left_multiplications(-1, sp.Matrix([[-1]])), [(4, 1, "quaternionic")], "Hamilton"),
    (
        left_multiplications(-1, sp.Matrix([[3]])),
        [(2, 2, "real")],
        "a division algebra, but not over the reals",
    ),
    (MatrixBasis("scale", [sp.diag(1, 1, 0)]), [(1, 2, "real"), (1, 1, "real")], "by construction"),
]


def types_of(basis):
    return sorted((c.irreducible_dim, c.multiplicity, c.schur_type) for c in schur_types(basis))


def commutant_dim(types):
    size = {"real": 1, "complex": 2, "quaternionic": 4}
    return sum(m * m * size[schur_type] for _, m, schur_type in types)


@pytest.mark.parametrize(("basis", "types", "source"), REAL_TYPES)
def test_schur_types_over_the_reals(basis, types, source):
    assert types_of(basis) == sorted(types)
    found = commutant(basis)
    assert len(found) == commutant_dim(types)
    for C in found:
        assert all(C * X == X * C for X in basis.matrices)
    assert invariant_subspaces(basis).is_irreducible == (len(types) == 1 and types[0][1] == 1)
    assert invariant_subspaces(basis).is_completely_reducible


def test_a_real_and_a_quaternionic_component_may_be_conjugate():
    """Over the field with the root of 2, i^2 = -1 and j^2 = that root: split where it is > 0."""
    basis = left_multiplications(-1, sp.Matrix([[0, 2], [1, 0]]))
    found = schur_types(basis)
    assert types_of(basis) == [(2, 2, "real"), (4, 1, "quaternionic")]
    square = basis.matrices[1] ** 2
    for component in found:
        vector = component.subspace.rows[0, :].T
        value = sp.sqrt(2) if component.schur_type == "real" else -sp.sqrt(2)
        assert (square * vector - value * vector).applyfunc(sp.expand).is_zero_matrix


COMPLEX_TYPES = [
    ("spin(1/2)", 2, "antisymmetric"),
    ("spin(1)", 3, "symmetric"),
    ("spin(3/2)", 4, "antisymmetric"),
    ("spin(2)", 5, "symmetric"),
    ("su3", 3, "none"),
    ("su(4)", 4, "none"),
    ("su(2,1)", 3, "none"),
]


@pytest.mark.parametrize(("name", "dim", "form"), COMPLEX_TYPES)
def test_complex_representations_have_the_forms_of_frobenius_and_schur(name, dim, form):
    for times in (1, 2):
        (component,) = schur_types(repeated(known(name), times))
        assert (component.irreducible_dim, component.multiplicity) == (dim, times)
        assert (component.schur_type, component.bilinear_form) == ("complex", form)
        assert len(commutant(repeated(known(name), times))) == times**2


def test_a_turn_of_the_complex_plane_splits_into_two_lines_dual_to_each_other():
    turn = MatrixBasis("turn", [[[0, -1, 0], [1, 0, 0], [0, 0, sp.I]]])
    found = schur_types(turn)
    assert sorted((c.irreducible_dim, c.multiplicity) for c in found) == [(1, 1), (1, 2)]
    assert all(c.bilinear_form == "none" for c in found)


def test_schur_types_refuse_what_is_not_completely_reducible():
    with pytest.raises(ValueError, match=r"'se2' is not completely reducible.*invariant_subspaces"):
        schur_types(known("se2"))


def test_words_say_which_root_is_missing():
    companion = MatrixBasis("companion", [[[0, 0, 2], [1, 0, 0], [0, 1, 0]]])
    found = schur_types(companion)
    assert types_of(companion) == [(1, 1, "real"), (2, 1, "complex")]
    assert all(c.subspace is None and c.hull.dim == 3 for c in found)
    assert all("takes a root of x**3" in c.words for c in found)


def axes(n, *columns):
    return Subspace.spanned_by([[int(i == j) for j in range(n)] for i in columns])


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_only_invariant_subspace_of_rigid_motions_is_that_of_the_directions(n):
    found = invariant_subspaces(known(f"se{n}"))
    assert found.subspaces == (axes(n + 1, *range(n)),)
    assert not found.is_irreducible
    assert not found.is_completely_reducible


def test_upper_triangular_matrices_have_the_full_flag():
    found = invariant_subspaces(known("upper_triangular(4)"))
    assert found.subspaces == tuple(axes(4, *range(k)) for k in (1, 2, 3))
    assert [term.dim for term in found.radical_series] == [4, 3, 2, 1, 0]


def test_scalings_have_every_axis():
    found = invariant_subspaces(known("diagonal(3)"))
    assert set(found.subspaces) == {axes(3, k) for k in range(3)}
    assert found.is_completely_reducible


def test_the_heisenberg_algebra_has_a_falling_series():
    found = invariant_subspaces(known("heisenberg2"))
    assert [term.dim for term in found.radical_series] == [4, 3, 1, 0]
    assert axes(4, 0) in found.subspaces
    assert axes(4, 0, 1, 2) in found.subspaces


def check_subspaces(basis, parts):
    """Each subspace found is invariant; some of them, of these dimensions, sum up directly."""
    found = invariant_subspaces(basis)
    for subspace in found.subspaces:
        for X in basis.matrices:
            for row in subspace.rows.tolist():
                assert list((X * sp.Matrix(row)).applyfunc(sp.expand)) in subspace
    listed = [s for s in found.subspaces if s.dim in parts]
    assert sorted(s.dim for s in listed) == parts
    stacked = sp.Matrix.vstack(*[s.rows for s in listed])
    assert DomainMatrix.from_Matrix(stacked, extension=True).to_field().rank() == basis.n


MIXER = sp.Matrix(8, 8, lambda i, j: (i * i + 3 * j + i * j) % 5 - 2 + 4 * int(i == j))


@pytest.mark.parametrize(
    ("basis", "parts"),
    [
        (repeated(known("so3"), 2), [3, 3]),
        (repeated(known("sl2"), 3), [2, 2, 2]),
        (repeated(realified(known("su2")), 2), [4, 4]),
        (repeated(known("so2"), 2), [2, 2]),
        (repeated(known("so4"), 2), [4, 4]),
        (left_multiplications(-1, sp.Matrix([[3]])), [2, 2]),
        (MatrixBasis("squeeze", [[[0, 2], [1, 0]]]), [1, 1]),
    ],
)
def test_isotypic_components_are_decomposed_in_any_coordinates(basis, parts):
    check_subspaces(basis, parts)
    P = MIXER[: basis.n, : basis.n]
    assert P.det() != 0
    check_subspaces(conjugated(basis, P), parts)


def test_envelopes_are_those_of_burnside_and_of_block_matrices():
    for name, dim, radical in [("so3", 9, 0), ("so2", 2, 0), ("se3", 13, 3), ("heisenberg1", 4, 3)]:
        module = module_of(known(name))
        assert (envelope_rows(module).shape[0], envelope_radical(module).shape[0]) == (dim, radical)


@given(st.lists(st.integers(-6, 6), min_size=1, max_size=5, unique=True), st.booleans())
@settings(max_examples=30)
def test_hermites_form_counts_real_roots(roots, with_pair):
    polynomial = sp.prod([UNKNOWN - root for root in roots])
    polynomial *= UNKNOWN**2 + UNKNOWN + 1 if with_pair else 1
    exact = sp.Poly(polynomial, UNKNOWN, domain="QQ")
    assert real_roots(exact) == len(roots)
    positive, negative, zero = signature(hermite_form(exact, sp.Poly(UNKNOWN, domain="QQ")))
    assert positive - negative == sum(sp.sign(root) for root in roots)
    assert zero == roots.count(0)


SMALL = [
    known("so3"),
    known("so(2,1)"),
    known("so2"),
    known("sp4"),
    known("se2"),
    known("su2"),
    known("su(1,1)"),
    realified(known("su2")),
    repeated(known("so2"), 2),
    beside(known("so3"), known("so3")),
    known("diagonal(3)"),
    known("upper_triangular(3)"),
]


def drawn_matrix(data, size, bound):
    row = st.lists(st.integers(-bound, bound), min_size=size, max_size=size)
    drawn = sp.Matrix(data.draw(st.lists(row, min_size=size, max_size=size)))
    assume(drawn.det() != 0)
    return drawn


@given(st.sampled_from(SMALL), st.data())
@settings(max_examples=60)
def test_no_change_of_either_basis_changes_an_answer(basis, data):
    mixing = drawn_matrix(data, basis.dim, 2)
    scale = data.draw(st.sampled_from([1, -3, sp.Rational(2, 5)]))
    mixed = MatrixBasis("mixed", [scale * basis.hat(mixing.row(i)) for i in range(basis.dim)])
    changed = conjugated(mixed, drawn_matrix(data, basis.n, 3))
    assert representation(changed) == representation(basis)


def test_irrational_coordinates_change_no_answer():
    root = sp.sqrt(2)
    P = sp.Matrix([[1, root, 0], [0, 1, root], [1, 0, 3]])
    for name in ("so3", "so(2,1)", "se2", "diagonal(3)"):
        assert representation(conjugated(known(name), P)) == representation(known(name))


def test_the_casimir_element_is_one_in_the_adjoint_representation():
    for name in ("so3", "sl3", "so(3,1)", "sp4", "g2", "su3"):
        adjoint = LieAlgebra("adjoint", adjoint_matrices(known(name)))
        assert casimir_element(adjoint).matrix == sp.eye(adjoint.dim)


@pytest.mark.parametrize("j", ["1/2", "1", "3/2", "2", "5/2"])
def test_the_casimir_element_of_a_spin_is_half_of_j_times_j_plus_one(j):
    """S^2 = j (j + 1); the Killing form of su(2) is -2 times the scalar product."""
    algebra, number = known(f"spin({j})"), sp.Rational(j)
    found = casimir_element(algebra)
    assert found.scalars == ((number * (number + 1) / 2, algebra.n),)
    assert found.coefficients == -sp.eye(3) / 2


def test_casimir_scalars_are_those_of_weyl_in_the_fundamental_representation():
    """(L, L + 2 rho) / (2 dual Coxeter number): Fulton and Harris, 1991, section 25.1."""
    for n in (2, 3, 4):
        expected = sp.Rational(n * n - 1, 2 * n * n)
        assert casimir_element(known(f"sl{n}")).scalars == ((expected, n),)
    assert casimir_element(known("so(8)")).scalars == ((sp.Rational(7, 12), 8),)


def test_a_reducible_representation_shows_each_scalar():
    sums = zip(known("so3").matrices, known("so3_irrep(2)").matrices, strict=True)
    algebra = LieAlgebra("sums", [sp.diag(a, b) for a, b in sums])
    assert sorted(casimir_element(algebra).scalars) == [(1, 3), (3, 5)]


def test_there_is_no_casimir_element_by_a_degenerate_killing_form():
    with pytest.raises(
        ValueError, match=r"Killing form of 'se3' is degenerate.*quadratic_casimirs"
    ):
        casimir_element(known("se3"))


QUADRATIC = [
    ("so3", 1, "Humphreys, section 6.2"),
    ("so4", 2, "so(4) = so(3) + so(3)"),
    ("so(3,1)", 2, "J^2 - K^2 and J.K of the Lorentz group"),
    ("sl3", 1, "one invariant of degree two"),
    ("gl2", 2, "trace squared and the determinant"),
    ("se2", 1, "P^2"),
    ("se3", 2, "Selig, Geometric Fundamentals of Robotics, 2005: Klein and Killing form"),
    ("poincare", 1, "P^2, the squared mass"),
    ("oscillator", 2, "2 H Z + Q^2 + P^2 and Z^2"),
    ("heisenberg1", 1, "Z^2"),
    ("diagonal(2)", 3, "abelian: all of them"),
    ("aff1", 0, "no invariant"),
]


@pytest.mark.parametrize(("name", "dim", "source"), QUADRATIC)
def test_quadratic_casimirs_of_the_literature(name, dim, source):
    algebra = known(name)
    found = quadratic_casimirs(algebra)
    assert len(found) == dim
    k = range(algebra.dim)
    for M in found:
        assert M.T == M
        element = sp.zeros(algebra.n)
        for i in k:
            for j in k:
                element += M[i, j] * algebra.matrices[i] * algebra.matrices[j]
        assert all((element * X - X * element).is_zero_matrix for X in algebra.matrices)
        for ad_x in adjoint_matrices(algebra):
            assert (ad_x * M + M * ad_x.T).is_zero_matrix


def test_the_mass_shell_is_the_form_of_lorentz_on_translations():
    (mass,) = quadratic_casimirs(known("poincare"))
    nonzero = DomainMatrix.from_Matrix(mass).convert_to(sp.QQ)
    positive, negative, zero = signature(nonzero)
    assert (max(positive, negative), min(positive, negative), zero) == (3, 1, 6)


@given(st.sampled_from(["so3", "so4", "se3", "oscillator", "su2"]), st.data())
@settings(max_examples=15)
def test_quadratic_casimirs_change_as_tensors(name, data):
    algebra = known(name)
    mixing = drawn_matrix(data, algebra.dim, 2)
    mixed = LieAlgebra("mixed", [algebra.hat(mixing.row(i)) for i in range(algebra.dim)])

    def flat(forms):
        return Subspace.spanned_by([list(form) for form in forms])

    pulled = [mixing.T * M * mixing for M in quadratic_casimirs(mixed)]
    assert flat(pulled) == flat(quadratic_casimirs(algebra))
