"""The sentence on an algebra: whole sentences from the literature, in every basis."""

import importlib

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sentences import CONSTRUCTED, SENTENCES

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import direct_sum
from liealg.structure import (
    Decomposition,
    Ideal,
    SimpleFactor,
    Subspace,
    classification,
    summary,
    type_words,
)


@pytest.mark.parametrize("fact", SENTENCES, ids=[fact[0] for fact in SENTENCES])
def test_the_sentence_says_what_the_literature_says(fact):
    name, algebra, matrices, _ = fact
    assert summary(known(name)) == f"{algebra}; {matrices}"


@pytest.mark.parametrize(("basis", "sentence"), CONSTRUCTED, ids=lambda part: str(part)[:40])
def test_the_sentence_on_sums_representations_and_spans(basis, sentence):
    assert summary(basis) == sentence


def test_a_closed_span_is_the_algebra():
    algebra = known("so31")
    assert summary(MatrixBasis("span", algebra.matrices)) == summary(algebra)


def test_the_dimension_up_to_which_a_span_is_examined_is_28():
    seven, eight, nine = (
        MatrixBasis("turns", [E for E in known(f"so{n}").matrices if E[0, :] != 0 * E[0, :]])
        for n in (7, 8, 9)
    )
    assert type_words(seven) == "a span of 6 matrices that generates so(7): simple of type B3"
    assert type_words(eight) == "a span of 7 matrices that generates so(8): simple of type D4"
    assert "an algebra of dimension above 28, which is not examined" in summary(nine)
    assert "symmetric form of signature (9, 0); irreducible on R^9" in summary(nine)


def factors_instead(monkeypatch, replacement):
    module = importlib.import_module("liealg.structure.classification")
    monkeypatch.setattr(module, "simple_factors", replacement)


@pytest.mark.parametrize("count", [1, 2])
def test_a_real_form_that_is_not_decided_is_said_to_be_so(monkeypatch, count):
    """so(12, 6) and so*(18) have the same Killing signature; their dimension is 153."""
    names = "so(12,6) or so*(18): not decided by the Killing form"
    where = Subspace.spanned_by([[1, 0, 0]])
    factor = SimpleFactor(where, "D9", False, 9, (72, 81, 0), names, (), False)
    factors_instead(monkeypatch, lambda _: (factor,) * count)
    words = classification(known("so3")).words
    if count == 1:
        assert words == "so(12,6) or so*(18), simple of type D9, not decided by the Killing form"
    else:
        one = "(so(12,6) or so*(18), not decided by the Killing form)"
        assert words == f"semisimple, {one} + {one}"


def test_simple_ideals_that_are_not_decided_leave_the_type(monkeypatch):
    def refuse(_):
        raise ValueError("not decided")

    factors_instead(monkeypatch, refuse)
    module = importlib.import_module("liealg.structure.classification")
    monkeypatch.setattr(module, "real_form_names", refuse)
    assert classification(known("so4")).words == (
        "semisimple, of type A1 + A1 over the complex numbers, simple ideals over the reals "
        "not decided"
    )
    poses = direct_sum("poses", known("so4"), known("se2"))
    assert classification(poses).words.startswith("Levi factor of type A1 + A1 over the complex")


@pytest.mark.parametrize(
    ("complete", "dims", "words"),
    [
        (False, [1], "rank 1, Killing signature (0, 1, 2), whether it is a direct sum is not"),
        (False, [2, 1], "a direct sum of ideals of dimensions 1 and 2, which may split further"),
    ],
)
def test_summands_that_are_not_decided_are_said_to_be_so(monkeypatch, complete, dims, words):
    ideals = tuple(
        Ideal(Subspace.spanned_by([[int(i == j) for j in range(3)] for i in range(dim)]), "unknown")
        for dim in dims
    )
    module = importlib.import_module("liealg.structure.summary")
    found = Decomposition(ideals, complete, "a cubic field")
    monkeypatch.setattr(module, "indecomposable_ideals", lambda _: found)
    assert words in summary(known("se2"))


def small_matrices(size):
    entries = st.lists(st.integers(-2, 2), min_size=size * size, max_size=size * size)
    return entries.map(lambda values: sp.Matrix(size, size, values))


MOVED = [fact[0] for fact in SENTENCES]


@pytest.mark.parametrize("name", MOVED)
@settings(max_examples=2)
@given(data=st.data())
def test_no_rational_change_of_basis_changes_the_sentence(name, data):
    algebra = known(name)
    change = data.draw(small_matrices(algebra.dim), label="basis of the algebra")
    moved = data.draw(small_matrices(algebra.n), label="basis of the space")
    scale = data.draw(st.fractions(1, 3, max_denominator=3), label="scale")
    assume(change.rank() == algebra.dim)
    assume(moved.rank() == algebra.n)
    inverse = moved.inv()
    matrices = [moved * matrix * inverse for matrix in algebra.matrices]
    rows = [
        sum((change[i, j] * E for j, E in enumerate(matrices)), 0 * moved)
        for i in range(algebra.dim)
    ]
    mixed = LieAlgebra("mixed", [sp.Rational(scale) * row for row in rows])
    assert summary(mixed) == summary(algebra)
    assert type_words(mixed) == type_words(algebra)
