"""Random rational changes of basis, shuffled and rescaled, change no answer."""

import pytest
import sympy as sp
from answers import casimirs, expected, ideals, representation, structure, subspaces
from facts import BY_NAME, FACTS
from hypothesis import given, settings
from hypothesis import strategies as st

from liealg import LieAlgebra, MatrixBasis
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    dual,
    realify,
    semidirect_sum,
    stabilizer,
    tensor_product,
)
from liealg.structure import (
    Subspace,
    adjoint_matrices,
    casimir_element,
    center,
    derived_series,
    killing_form,
    nilradical,
    radical,
    simple_ideals,
)

# Matrices that hold two roots and more, whose dense combinations take many seconds.
SEVERAL_ROOTS = {"u(4)", "su(4)", "su(3,1)", "su(2,2)", "so3_irrep(3)"}
# The first example that Hypothesis draws is the simplest, here the identity: two are the least.
SCALES = st.sampled_from([1, -1, 2, -3, sp.Rational(1, 2), sp.Rational(-2, 3)])


@st.composite
def changes(draw, size, dense=True):
    """An invertible rational matrix: shuffled rows, rescaled, and mixed densely."""
    order = draw(st.permutations(range(size)))
    scales = draw(st.lists(SCALES, min_size=size, max_size=size))
    change = sp.Matrix(size, size, lambda i, j: int(order[i] == j)) * sp.diag(*scales)
    if not dense:
        return change
    bound = 2 if size <= 6 else 1
    drawn = draw(st.lists(st.integers(-bound, bound), min_size=size**2, max_size=size**2))
    lower = sp.Matrix(size, size, lambda i, j: drawn[i * size + j] if i > j else int(i == j))
    upper = sp.Matrix(size, size, lambda i, j: drawn[i * size + j] if i < j else int(i == j))
    return change * lower * upper


def changed(algebra, change):
    """The algebra in the basis whose coordinates are the rows of a matrix."""
    return LieAlgebra("changed", [algebra.hat(row) for row in change.tolist()])


def moved(subspace, change):
    """Coordinates in the changed basis, as those in the basis before."""
    if subspace.dim == 0:
        return subspace
    return Subspace.spanned_by((subspace.rows * change).applyfunc(sp.expand).tolist())


def check_same(algebra, other, change):
    """The subspaces themselves, not only their dimensions, and the Killing form by congruence."""
    for found, before in zip(subspaces(other), subspaces(algebra), strict=True):
        assert moved(found, change) == before
    form = change * killing_form(algebra) * change.T
    assert (killing_form(other) - form).applyfunc(sp.expand).is_zero_matrix


def check_change(facts, change):
    other = changed(facts.algebra, change)
    assert structure(other) == expected(facts)
    check_same(facts.algebra, other, change)
    if facts.is_semisimple:
        assert casimir_element(other).matrix == casimir_element(facts.algebra).matrix
    return other


def members(smallest, largest, most_rows=99):
    chosen = [
        facts for facts in FACTS if smallest <= facts.dim <= largest and facts.rows <= most_rows
    ]
    return pytest.mark.parametrize("facts", chosen, ids=lambda facts: facts.name)


@members(1, 7)
@given(st.data())
@settings(max_examples=3)
def test_no_change_of_basis_changes_small_algebras(facts, data):
    other = check_change(facts, data.draw(changes(facts.dim)))
    assert ideals(other) == sorted(facts.ideals)
    assert casimirs(other) == casimirs(facts.algebra)


@members(8, 16)
@given(st.data())
@settings(max_examples=2)
def test_no_change_of_basis_changes_larger_algebras(facts, data):
    check_change(facts, data.draw(changes(facts.dim, dense=facts.name not in SEVERAL_ROOTS)))


@members(1, 16, most_rows=7)
@given(st.data())
@settings(max_examples=2)
def test_no_change_of_either_basis_changes_an_answer_on_the_representation(facts, data):
    mixed = facts.algebra
    if facts.dim <= 7:
        mixed = changed(mixed, data.draw(changes(facts.dim)))
    conjugated = conjugate_by(
        "conjugated", mixed, data.draw(changes(facts.rows, facts.name not in SEVERAL_ROOTS))
    )
    assert representation(conjugated) == representation(facts.algebra)


@given(st.sampled_from(["so(4)", "so(2,2)", "so(3,1)", "so(3)", "sl(3)"]), st.data())
@settings(max_examples=6)
def test_simple_ideals_are_the_same_subspaces(name, data):
    algebra = BY_NAME[name].algebra
    change = data.draw(changes(algebra.dim))
    found = {moved(ideal.subspace, change) for ideal in simple_ideals(changed(algebra, change))}
    assert found == {ideal.subspace for ideal in simple_ideals(algebra)}


PARTS = ["so(3)", "so(3,1)", "sl(2)", "se(2)", "se(3)", "heisenberg(1)", "u(2)", "aff(1)", "so(2)"]
PARTS += ["oscillator", "sim(2)", "dilation", "spin(1/2)", "diagonal(2)", "upper_triangular(2)"]


def padded(first, second):
    """Dimensions of the terms of the sum of two series, of which the shorter stays as it ends."""
    length = max(len(first), len(second))
    ends = [(*row, *[row[-1]] * (length - len(row))) for row in (first, second)]
    return tuple(map(sum, zip(*ends, strict=True)))


def added(parts):
    """The facts of a direct sum."""
    found = expected(parts[0])
    for facts in parts[1:]:
        other = expected(facts)
        for name in ("dim", "center", "radical", "nilradical", "rank"):
            found[name] += other[name]
        found["killing"] = padded(found["killing"], other["killing"])
        for name in ("derived", "lower_central"):
            found[name] = padded(found[name], other[name])
        types = [kind for kind in (found["type"], other["type"]) if kind]
        found["type"] = " + ".join(sorted(" + ".join(types).split(" + "))) if types else ""
        found["levi"] = tuple(sorted((*found["levi"], *other["levi"])))
        both = zip(found["tests"], other["tests"], strict=True)
        found["tests"] = tuple(first and second for first, second in both)
    return found


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=3), st.data())
@settings(max_examples=15)
def test_direct_sums_add_up_in_every_basis(names, data):
    parts = [BY_NAME[name] for name in names]
    whole = direct_sum("whole", *(facts.algebra for facts in parts))
    other = changed(whole, data.draw(changes(whole.dim)))
    assert structure(other) == added(parts)
    assert ideals(other) == sorted(ideal for facts in parts for ideal in facts.ideals)


REPRESENTATIONS = {
    "own": lambda algebra: algebra.matrices,
    "dual": lambda algebra: dual("dual", algebra).matrices,
    "adjoint": adjoint_matrices,
    "tensor square": lambda algebra: tensor_product("square", algebra, algebra).matrices,
    "with a fixed vector": lambda algebra: [sp.diag(M, 0) for M in algebra.matrices],
}
SPINS = ["so3_irrep(1)", "so3_irrep(2)", "spin(1/2)", "spin(1)"]


def check_semidirect(facts, matrices, data):
    """``S + V`` with ``S`` semisimple: the ideal ``V`` and its trivial part say all the rest."""
    whole = semidirect_sum("whole", facts.algebra, matrices)
    size, k = whole.dim - facts.dim, facts.dim
    stacked = sp.Matrix.vstack(*map(sp.Matrix, matrices))
    fixed = (stacked.cols - stacked.rank()) * size // stacked.cols
    change = data.draw(changes(whole.dim))
    other = changed(whole, change)
    found = structure(other)
    assert (found["type"], found["levi"]) == (facts.type, tuple(sorted(facts.levi)))
    assert (found["radical"], found["nilradical"], found["center"]) == (size, size, fixed)
    assert found["derived"][-1] == k + size - fixed
    vectors = Subspace.spanned_by([[int(i == k + j) for i in range(k + size)] for j in range(size)])
    assert moved(radical(other), change) == moved(nilradical(other), change) == vectors
    check_same(whole, other, change)
    assert found == structure(whole)


@pytest.mark.parametrize("kind", REPRESENTATIONS)
@given(st.data())
@settings(max_examples=3)
def test_semidirect_sums_in_every_basis(kind, data):
    names = ["so(3)", "sl(2)", "so(2,1)"] + ([] if kind == "tensor square" else ["so(3,1)"])
    facts = BY_NAME[data.draw(st.sampled_from(names))]
    check_semidirect(facts, REPRESENTATIONS[kind](facts.algebra), data)


@pytest.mark.parametrize("name", SPINS)
@given(st.data())
@settings(max_examples=2)
def test_semidirect_sums_with_spins_in_every_basis(name, data):
    check_semidirect(BY_NAME["so(3)"], BY_NAME[name].algebra.matrices, data)


@given(st.sampled_from(["se(2)", "aff(1)", "oscillator", "heisenberg(1)", "gl(2)"]), st.data())
@settings(max_examples=10)
def test_semidirect_sums_of_other_algebras_in_every_basis(name, data):
    algebra = BY_NAME[name].algebra
    kinds = ["own", "dual", "adjoint", "with a fixed vector"]
    matrices = REPRESENTATIONS[data.draw(st.sampled_from(kinds))](algebra)
    whole = semidirect_sum("whole", algebra, matrices)
    change = data.draw(changes(whole.dim))
    other = changed(whole, change)
    assert structure(other) == structure(whole)
    check_same(whole, other, change)


@given(st.sampled_from(["so(3)", "sl(2)", "sp(4)", "se(3)", "su(2)", "so(3,1)"]), st.data())
@settings(max_examples=10)
def test_closures_of_changed_generators_are_the_same_algebra(name, data):
    algebra = BY_NAME[name].algebra
    generators = MatrixBasis("generators", algebra.matrices[:2])
    change = data.draw(changes(2))
    mixed = MatrixBasis("mixed", [generators.hat(row) for row in change.tolist()])
    P = data.draw(changes(algebra.n))
    closure, other = generators.closure("closure"), mixed.closure("other")
    assert other.dim == closure.dim
    assert all(closure.vee(matrix) for matrix in other.matrices)
    conjugated = conjugate_by("conjugated", mixed, P).closure("conjugated")
    assert structure(conjugated) == structure(closure)


@given(st.sampled_from(["spin(1/2)", "spin(1)", "u(2)", "su(1,1)"]), st.data())
@settings(max_examples=6)
def test_complex_matrices_are_realified_in_every_basis(name, data):
    algebra = BY_NAME[name].algebra
    other = changed(algebra, data.draw(changes(algebra.dim)))
    conjugated = realify("real", conjugate_by("other", other, data.draw(changes(algebra.n))))
    assert structure(conjugated) == expected(BY_NAME[name])
    assert representation(conjugated) == representation(realify("real", algebra))


LITTLE = [("so(3,1)", [1, 0, 0, 1]), ("so(3,2)", [1, 0, 0, 0, 0]), ("sl(3)", [1, 0, 0])]


@given(st.sampled_from([*LITTLE, ("poincare", [0, 1, 0, 0, 1])]), st.data())
@settings(max_examples=8)
def test_stabilizers_of_moved_vectors_are_isomorphic(case, data):
    name, vector = case
    algebra = BY_NAME[name].algebra
    P = data.draw(changes(algebra.n))
    other = conjugate_by("other", changed(algebra, data.draw(changes(algebra.dim))), P)
    little = stabilizer("little", algebra, vector)
    turned = stabilizer("turned", other, list(P * sp.Matrix(vector)))
    assert structure(turned) == structure(little)
    back = conjugate_by("back", turned, P.inv())
    assert all(little.vee(matrix) for matrix in back.matrices)


@given(st.sampled_from(["so(3)", "se(2)", "sl(2)", "se(3)"]), st.data())
@settings(max_examples=6)
def test_adjoint_representations_follow_the_change(name, data):
    algebra = BY_NAME[name].algebra
    change = data.draw(changes(algebra.dim))
    found = adjoint_representation("ad", changed(algebra, change))
    assert representation(found) == representation(adjoint_representation("ad", algebra))
    assert structure(found) == expected(BY_NAME[name])
    assert center(found).dim == 0
    assert len(derived_series(found)) == len(BY_NAME[name].derived)
