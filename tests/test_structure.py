"""Structure against facts of the literature, and under every change of basis."""

import pytest
import sympy as sp
from facts import BY_NAME, FACTS
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra
from liealg import catalogue as known
from liealg.echelon import row_echelon
from liealg.structure import (
    Subspace,
    ad,
    adjoint_matrices,
    center,
    derived_series,
    is_abelian,
    is_nilpotent,
    is_reductive,
    is_semisimple,
    is_solvable,
    killing_form,
    killing_radical,
    killing_signature,
    levi_decomposition,
    lower_central_series,
    nilradical,
    radical,
)
from liealg.structure.signs import sign, signature


def check(algebra, facts):
    assert algebra.dim == facts.dim
    assert killing_signature(algebra) == facts.killing
    assert killing_radical(algebra).dim == facts.killing[2]
    assert center(algebra).dim == facts.center
    assert tuple(term.dim for term in derived_series(algebra)) == facts.derived
    assert tuple(term.dim for term in lower_central_series(algebra)) == facts.lower_central
    assert radical(algebra).dim == facts.radical
    assert nilradical(algebra).dim == facts.nilradical
    assert nilradical(algebra) <= radical(algebra)
    assert is_abelian(algebra) == (facts.center == algebra.dim)
    assert is_nilpotent(algebra) == (facts.lower_central[-1] == 0)
    assert is_solvable(algebra) == (facts.derived[-1] == 0)
    assert is_semisimple(algebra) == (facts.radical == 0)
    assert is_reductive(algebra) == (facts.radical == facts.center)
    check_levi(algebra)


def check_levi(algebra):
    """The factor closes, is semisimple, and completes the radical, which is a solvable ideal."""
    parts = levi_decomposition(algebra)
    assert parts.radical == radical(algebra)
    stacked = sp.Matrix.vstack(parts.levi.rows, parts.radical.rows)
    assert stacked.shape == (algebra.dim, algebra.dim)
    assert DomainMatrix.from_Matrix(stacked, extension=True).to_field().rank() == algebra.dim
    if parts.levi.dim:
        assert is_semisimple(spanned("levi", algebra, parts.levi))
    if parts.radical.dim:
        assert is_solvable(spanned("radical", algebra, parts.radical))
        for row in parts.radical.rows.tolist():
            for column in ad(algebra, row).T.tolist():
                assert column in parts.radical


def spanned(name, algebra, subspace):
    """The subalgebra; its constructor refuses rows that do not close under the bracket."""
    return LieAlgebra(name, [algebra.hat(row) for row in subspace.rows.tolist()])


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_facts_of_the_literature(facts):
    check(facts.algebra, facts)


@pytest.mark.parametrize("name", ["so(3)", "sl(2)", "so(3,1)", "gl(2)", "se(2)", "oscillator"])
def test_an_irrational_change_of_basis_changes_no_answer(name):
    facts = BY_NAME[name]
    first, second, *rest = facts.algebra.matrices
    check(LieAlgebra("changed", [first + sp.sqrt(2) * second, sp.sqrt(2) * second, *rest]), facts)


@pytest.mark.parametrize(
    "facts", [facts for facts in FACTS if facts.dim <= 10], ids=lambda facts: facts.name
)
def test_ad_is_the_bracket_and_killing_its_trace_form(facts):
    algebra = facts.algebra
    x = [sp.Rational(i + 1, 2) for i in range(algebra.dim)]
    y = [sp.Integer((-1) ** i * (2 * i + 1)) for i in range(algebra.dim)]
    assert tuple((ad(algebra, x) * sp.Matrix(y)).expand()) == algebra.bracket(x, y)
    first, last = adjoint_matrices(algebra)[0], adjoint_matrices(algebra)[-1]
    assert sp.expand((first * last).trace()) == killing_form(algebra)[0, algebra.dim - 1]


def test_the_center_of_gl3_is_its_identity():
    algebra = known.general_linear(3)
    assert center(algebra) == Subspace.spanned_by([algebra.vee(sp.eye(3))])


def test_a_subspace_knows_its_elements_and_those_inside_it():
    plane = Subspace.spanned_by([[1, sp.sqrt(2), 0], [0, 0, 3]])
    assert [sp.sqrt(2), 2, 5] in plane
    assert [1, 1, 0] not in plane
    assert Subspace.spanned_by([[0, 0, 7]]) <= plane
    assert not plane <= Subspace.spanned_by([[0, 0, 1]])
    assert plane == Subspace.spanned_by([[0, 0, -1], [sp.sqrt(2), 2, 1]])
    with pytest.raises(ValueError, match="3 entries, and got 2"):
        assert [1, 2] in plane


def test_ad_refuses_coordinates_of_another_length():
    with pytest.raises(ValueError, match=r"x has 2 entries and 'so3' needs 3"):
        ad(known.special_orthogonal(3), [1, 2])


@pytest.mark.parametrize("power", [1, 10, 40])
def test_signs_are_exact_where_floats_see_zero(power):
    field = sp.QQ.algebraic_field(sp.sqrt(2) + sp.sqrt(3))
    tiny = field.from_sympy(sp.expand((sp.sqrt(2) - 1) ** (2 * power)))
    assert sign(tiny, field) == 1
    assert sign(-tiny, field) == -1
    assert sign(tiny - tiny, field) == 0


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=5), st.data())
@settings(deadline=None)
def test_signature_obeys_the_law_of_inertia(signs, data):
    k = len(signs)
    rows = st.lists(st.integers(-3, 3), min_size=k, max_size=k)
    P = sp.Matrix(data.draw(st.lists(rows, min_size=k, max_size=k)))
    assume(P.det() != 0)
    form = DomainMatrix.from_Matrix(P.T * sp.diag(*signs) * P).convert_to(sp.QQ)
    assert signature(form) == (signs.count(1), signs.count(-1), signs.count(0))


ROW_FIELDS = [
    sp.QQ,
    sp.QQ_I,
    sp.QQ.algebraic_field(sp.sqrt(2)),
    sp.QQ.algebraic_field(sp.sqrt(2) + sp.sqrt(3)),
    sp.QQ.algebraic_field(sp.cbrt(2)),
    sp.QQ.frac_field(sp.Symbol("kappa")),
]


@pytest.mark.parametrize("field", ROW_FIELDS, ids=str)
@pytest.mark.parametrize(
    ("rows", "columns", "rank"),
    [(5, 7, 3), (8, 6, 6), (3, 3, 0), (0, 3, 0), (2, 9, 2), (3, 13, 3), (3, 13, 2)],
)
def test_row_echelon_forms_are_those_of_sympy(field, rows, columns, rank):
    generator = sp.Integer(3)
    if field not in (sp.QQ, sp.QQ_I):
        generator = field.ext.as_expr() if field.is_AlgebraicField else field.symbols[0]
    left, right = (
        sp.Matrix(*shape, lambda i, j: (i * i - 3 * j + 1) % 5 + (i + j) % 3 * generator)
        for shape in ((rows, rank), (rank, columns))
    )
    product = DomainMatrix.from_Matrix((left * right).applyfunc(sp.expand))
    product = DomainMatrix.from_list_sympy(rows, columns, product.to_Matrix().tolist())
    exact = product.convert_to(field)
    reduced, pivots = row_echelon(exact)
    expected, expected_pivots = exact.to_sparse().rref()
    assert pivots == expected_pivots
    assert reduced == expected
    assert reduced.domain == field
