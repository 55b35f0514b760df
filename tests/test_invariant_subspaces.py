"""Commutants, Schur types and invariant subspaces, against the literature."""

import pytest
import sympy as sp
from answers import representation
from hypothesis import given, settings
from hypothesis import strategies as st
from modules import (
    SPIN,
    beside,
    conjugated,
    drawn_matrix,
    left_multiplications,
    realified,
    repeated,
)
from sympy.polys.matrices import DomainMatrix

from liealg import MatrixBasis
from liealg.catalogue import known
from liealg.structure.commutant import commutant, envelope_radical, envelope_rows
from liealg.structure.invariant_subspaces import invariant_subspaces
from liealg.structure.isotypic import schur_types
from liealg.structure.modules import module_of
from liealg.structure.subspace import Subspace

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
