"""The sentence on an algebra: whole sentences from the literature, in every basis."""

import importlib

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.constructors import adjoint_representation, direct_sum, realify, semidirect_sum
from liealg.structure import (
    Decomposition,
    Ideal,
    SimpleFactor,
    Subspace,
    classification,
    summary,
    type_words,
)

HELGASON = "Helgason, Differential Geometry, Lie Groups, and Symmetric Spaces, 1978, chapter X"
HUMPHREYS = "Humphreys, Introduction to Lie Algebras and Representation Theory, 1972, chapter I"
HALL = "Hall, Lie Groups, Lie Algebras, and Representations, 2015, chapters 1 to 4"
FULTON = "Fulton and Harris, Representation Theory, 1991, lectures 11 to 20"

# name, the algebra, its matrices, source
SENTENCES = [
    (
        "so2",
        "so(2): abelian, 1-dimensional",
        "preserves a symmetric form of signature (2, 0) and a symplectic form; "
        "irreducible on R^2, of complex type",
        HALL,
    ),
    (
        "so(1,1)",
        "so(1,1): abelian, 1-dimensional",
        "preserves a symmetric form of signature (1, 1) and a symplectic form; "
        "completely reducible on R^2, parts of dimensions 1 and 1",
        HALL,
    ),
    (
        "so3",
        "so(3) ≅ su(2): simple of type A1, 3-dimensional, rank 1, compact, "
        "Killing signature (0, 3)",
        "preserves a symmetric form of signature (3, 0); irreducible on R^3",
        HELGASON,
    ),
    (
        "so(2,1)",
        "so(2,1) ≅ sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, "
        "Killing signature (2, 1)",
        "preserves a symmetric form of signature (2, 1); irreducible on R^3",
        HELGASON,
    ),
    (
        "so4",
        "so(4): semisimple, 6-dimensional, su(2) + su(2), rank 2, compact, "
        "Killing signature (0, 6)",
        "preserves a symmetric form of signature (4, 0); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(2,2)",
        "so(2,2): semisimple, 6-dimensional, sl(2, R) + sl(2, R), rank 2, non-compact, "
        "Killing signature (4, 2)",
        "preserves a symmetric form of signature (2, 2); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(1,3)",
        "so(3,1) ≅ sl(2, C): simple of type A1, a complex algebra seen as a real one, "
        "6-dimensional, rank 2, non-compact, Killing signature (3, 3)",
        "preserves a symmetric form of signature (3, 1); irreducible on R^4",
        HELGASON,
    ),
    (
        "so(3,2)",
        "so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, Killing signature (6, 4)",
        "preserves a symmetric form of signature (3, 2); irreducible on R^5",
        HELGASON,
    ),
    (
        "so(4,1)",
        "so(4,1): simple of type B2, 10-dimensional, rank 2, non-compact, Killing signature (4, 6)",
        "preserves a symmetric form of signature (4, 1); irreducible on R^5",
        HELGASON,
    ),
    (
        "so(4,2)",
        "so(4,2) ≅ su(2,2): simple of type A3, 15-dimensional, rank 3, non-compact, "
        "Killing signature (8, 7)",
        "preserves a symmetric form of signature (4, 2); irreducible on R^6",
        HELGASON,
    ),
    (
        "su2",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (2, 0) and a complex symplectic form; "
        "irreducible on C^2",
        HALL,
    ),
    (
        "su3",
        "su(3): simple of type A2, 8-dimensional, rank 2, compact, Killing signature (0, 8)",
        "preserves a Hermitian form of signature (3, 0); irreducible on C^3",
        HALL,
    ),
    (
        "su(2,1)",
        "su(2,1): simple of type A2, 8-dimensional, rank 2, non-compact, Killing signature (4, 4)",
        "preserves a Hermitian form of signature (2, 1); irreducible on C^3",
        HELGASON,
    ),
    (
        "su(1,1)",
        "su(1,1) ≅ sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, "
        "Killing signature (2, 1)",
        "preserves a Hermitian form of signature (1, 1) and a complex symplectic form; "
        "irreducible on C^2",
        HELGASON,
    ),
    (
        "u1",
        "u(1): abelian, 1-dimensional",
        "preserves a Hermitian form of signature (1, 0); irreducible on C^1",
        HALL,
    ),
    (
        "u2",
        "u(2): reductive, 4-dimensional, su(2) + 1-dimensional center, rank 2, "
        "Killing signature (0, 3, 1)",
        "preserves a Hermitian form of signature (2, 0); irreducible on C^2",
        HALL,
    ),
    (
        "sl2",
        "sl(2, R): simple of type A1, 3-dimensional, rank 1, non-compact, Killing signature (2, 1)",
        "preserves a symplectic form; irreducible on R^2",
        HUMPHREYS,
    ),
    (
        "sl3",
        "sl(3, R): simple of type A2, 8-dimensional, rank 2, non-compact, Killing signature (5, 3)",
        "preserves no bilinear form; irreducible on R^3",
        HELGASON,
    ),
    (
        "gl2",
        "gl(2, R): reductive, 4-dimensional, sl(2, R) + 1-dimensional center, rank 2, "
        "Killing signature (2, 1, 1)",
        "preserves no bilinear form; irreducible on R^2",
        HUMPHREYS,
    ),
    (
        "sp4",
        "sp(4, R) ≅ so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, "
        "Killing signature (6, 4)",
        "preserves a symplectic form; irreducible on R^4",
        HELGASON,
    ),
    (
        "se2",
        "solvable of derived length 2, 3-dimensional, 2-dimensional abelian nilradical, rank 1, "
        "Killing signature (0, 1, 2)",
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2 (complex)",
        "Hall, 2015, section 1.2; the plane turns, the homogeneous coordinate stays",
    ),
    (
        "se3",
        "6-dimensional, Levi factor su(2) ≅ so(3), 3-dimensional abelian radical, rank 2, "
        "Killing signature (0, 3, 3)",
        "preserves a symmetric form of signature (1, 0, 3); not completely reducible on R^4, "
        "irreducible quotients of dimensions 1 and 3",
        "Murray, Li and Sastry, A Mathematical Introduction to Robotic Manipulation, 1994",
    ),
    (
        "se23",
        "9-dimensional, Levi factor su(2) ≅ so(3), 6-dimensional abelian radical, rank 3, "
        "Killing signature (0, 3, 6)",
        "preserves 3 independent symmetric forms and an antisymmetric form of rank 2; "
        "not completely reducible on R^5, irreducible quotients of dimensions 1, 1 and 3",
        "Barrau and Bonnabel, IEEE TAC 62, 2017: velocities and positions commute",
    ),
    (
        "sgal3",
        "10-dimensional, Levi factor su(2) ≅ so(3), 7-dimensional nilpotent (class 2) radical, "
        "rank 4, Killing signature (0, 3, 7)",
        "preserves a symmetric form of signature (1, 0, 4) and an antisymmetric form of rank 2; "
        "not completely reducible on R^5, irreducible quotients of dimensions 1, 1 and 3",
        "Kelly, arXiv:2312.07555, 2023: [v_i, t] = p_i",
    ),
    (
        "sim3",
        "7-dimensional, Levi factor su(2) ≅ so(3), 4-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (1, 3, 3)",
        "preserves a symmetric form of signature (1, 0, 3); not completely reducible on R^4, "
        "irreducible quotients of dimensions 1 and 3",
        "the scale acts on the translations",
    ),
    (
        "aff2",
        "6-dimensional, Levi factor sl(2, R) ≅ so(2,1), 3-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (3, 1, 2)",
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2",
        "Kobayashi and Nomizu, Foundations of Differential Geometry I, 1963, section III.3",
    ),
    (
        "aff1",
        "solvable of derived length 2, 2-dimensional, 1-dimensional abelian nilradical, rank 1, "
        "Killing signature (1, 0, 1)",
        "preserves a symmetric form of signature (1, 0, 1); not completely reducible on R^2, "
        "irreducible quotients of dimensions 1 and 1",
        "the only nonabelian algebra of dimension 2 (Humphreys, 1972, section 1.4)",
    ),
    (
        "heisenberg1",
        "nilpotent of class 2, 3-dimensional, 1-dimensional center",
        "preserves a symmetric form of signature (1, 0, 2) and an antisymmetric form of rank 2; "
        "not completely reducible on R^3, irreducible quotients of dimensions 1, 1 and 1, "
        "commutant of dimension 2",
        "Folland, Harmonic Analysis in Phase Space, 1989, chapter 1",
    ),
    (
        "upper_triangular3",
        "solvable of derived length 3, 6-dimensional, 4-dimensional nilpotent (class 2) "
        "nilradical, rank 3, Killing signature (2, 0, 4), "
        "a direct sum of ideals of dimensions 1 and 5",
        "preserves no bilinear form; not completely reducible on R^3, "
        "irreducible quotients of dimensions 1, 1 and 1",
        HUMPHREYS,
    ),
    (
        "strictly_upper_triangular4",
        "nilpotent of class 3, 6-dimensional, 1-dimensional center",
        "preserves a symmetric form of signature (1, 0, 3) and an antisymmetric form of rank 2; "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 (4 times), "
        "commutant of dimension 2",
        HUMPHREYS,
    ),
    (
        "diagonal3",
        "abelian, 3-dimensional",
        "preserves no bilinear form; completely reducible on R^3, parts of dimensions 1, 1 and 1",
        HUMPHREYS,
    ),
    (
        "translations3",
        "abelian, 3-dimensional",
        "preserves a symmetric form of signature (1, 0, 3) and 3 independent antisymmetric forms; "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 (4 times), "
        "commutant of dimension 4",
        HALL,
    ),
    (
        "poincare",
        "10-dimensional, Levi factor sl(2, C) ≅ so(3,1), 4-dimensional abelian radical, rank 2, "
        "Killing signature (3, 3, 4)",
        "preserves a symmetric form of signature (1, 0, 4); not completely reducible on R^5, "
        "irreducible quotients of dimensions 1 and 4",
        "Weinberg, The Quantum Theory of Fields I, 1995, section 2.4",
    ),
    (
        "oscillator",
        "solvable of derived length 3, 4-dimensional, 3-dimensional nilpotent (class 2) "
        "nilradical, rank 2, Killing signature (0, 1, 3)",
        "preserves a symmetric form of signature (1, 0, 3) and a symplectic form; "
        "not completely reducible on R^4, "
        "irreducible quotients of dimensions 1, 1 and 2 (complex), commutant of dimension 2",
        "Streater, Commun. Math. Phys. 4, 1967",
    ),
    (
        "g2",
        "g2 compact: simple of type G2, 14-dimensional, rank 2, compact, Killing signature (0, 14)",
        "preserves a symmetric form of signature (7, 0); irreducible on R^7",
        "Baez, The octonions, Bull. Amer. Math. Soc. 39, 2002, section 4.1",
    ),
    (
        "spin(3/2)",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (4, 0) and a complex symplectic form; "
        "irreducible on C^4",
        FULTON,
    ),
    (
        "spin(1)",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a Hermitian form of signature (3, 0) and a complex symmetric form; "
        "irreducible on C^3",
        FULTON,
    ),
    (
        "so3_irrep2",
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3)",
        "preserves a symmetric form of signature (5, 0); irreducible on R^5",
        FULTON,
    ),
]


@pytest.mark.parametrize("fact", SENTENCES, ids=[fact[0] for fact in SENTENCES])
def test_the_sentence_says_what_the_literature_says(fact):
    name, algebra, matrices, _ = fact
    assert summary(known(name)) == f"{algebra}; {matrices}"


CONSTRUCTED = [
    (
        direct_sum("both", known("so3"), known("sl2")),
        "semisimple, 6-dimensional, sl(2, R) + su(2), rank 2, non-compact, "
        "Killing signature (2, 4); preserves a symmetric form of signature (3, 0, 2) and an "
        "antisymmetric form of rank 2; completely reducible on R^5, parts of dimensions 2 and 3",
    ),
    (
        direct_sum("both", known("so3"), known("se2")),
        "6-dimensional, Levi factor su(2) ≅ so(3), 3-dimensional solvable (derived length 2) "
        "radical, rank 2, Killing signature (0, 4, 2), "
        "a direct sum of ideals of dimensions 3 and 3; preserves 2 independent symmetric forms; "
        "not completely reducible on R^6, "
        "irreducible quotients of dimensions 1, 2 (complex) and 3, commutant of dimension 2",
    ),
    (
        direct_sum("both", known("heisenberg1"), known("so2")),
        "nilpotent of class 2, 4-dimensional, 2-dimensional center, "
        "a direct sum of ideals of dimensions 1 and 3; "
        "preserves 2 independent symmetric forms and 2 independent antisymmetric forms; "
        "not completely reducible on R^5, "
        "irreducible quotients of dimensions 1, 1, 1 and 2 (complex), commutant of dimension 4",
    ),
    (
        direct_sum("both", known("so31"), known("diagonal1")),
        "reductive, 7-dimensional, sl(2, C) + 1-dimensional center, rank 3, "
        "Killing signature (3, 3, 1); preserves a symmetric form of signature (3, 1, 1); "
        "completely reducible on R^5, parts of dimensions 1 and 4",
    ),
    (
        realify("quaternions", known("su2")),
        "su(2): simple of type A1, 3-dimensional, rank 1, compact, Killing signature (0, 3); "
        "preserves a symmetric form of signature (4, 0) and 3 independent antisymmetric forms; "
        "irreducible on R^4, of quaternionic type",
    ),
    (
        adjoint_representation("octet", known("sl3")),
        "sl(3, R): simple of type A2, 8-dimensional, rank 2, non-compact, "
        "Killing signature (5, 3); preserves a symmetric form of signature (5, 3); "
        "irreducible on R^8",
    ),
    (
        semidirect_sum("boosts", known("so(2,1)")),
        "6-dimensional, Levi factor sl(2, R) ≅ so(2,1), 3-dimensional abelian radical, rank 2, "
        "Killing signature (2, 1, 3); preserves a symmetric form of signature (1, 0, 3); "
        "not completely reducible on R^4, irreducible quotients of dimensions 1 and 3",
    ),
    (
        LieAlgebra("sl2c", [M * c for c in (1, sp.I) for M in known("sl2").matrices]),
        "sl(2, C): simple of type A1, a complex algebra seen as a real one, 6-dimensional, "
        "rank 2, non-compact, Killing signature (3, 3); preserves a complex symplectic form; "
        "irreducible on C^2",
    ),
    (
        LieAlgebra("so3c", [M * c for c in (1, sp.I) for M in known("so3").matrices]),
        "so(3, C) ≅ sl(2, C): simple of type A1, a complex algebra seen as a real one, "
        "6-dimensional, rank 2, non-compact, Killing signature (3, 3); "
        "preserves a complex symmetric form; irreducible on C^3",
    ),
    (
        MatrixBasis("pair", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]]),
        "a span of 2 matrices that generates sl(2, R): simple of type A1, 3-dimensional, rank 1, "
        "non-compact, Killing signature (2, 1); preserves a symplectic form; irreducible on R^2",
    ),
    (
        MatrixBasis("turn_and_move", [known("se2").matrices[0], known("se2").matrices[1]]),
        "a span of 2 matrices that generates an algebra: solvable of derived length 2, "
        "3-dimensional, 2-dimensional abelian nilradical, rank 1, Killing signature (0, 1, 2); "
        "preserves a symmetric form of signature (1, 0, 2); not completely reducible on R^3, "
        "irreducible quotients of dimensions 1 and 2 (complex)",
    ),
    (
        MatrixBasis("all_but_two", known("gl6").matrices[1:35]),
        "a span of 34 matrices that generates an algebra of dimension above 34, "
        "which is not examined; preserves no bilinear form; irreducible on R^6",
    ),
]


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


# Gell-Mann's roots make products of matrices slow: of them only su(2, 1) is moved.
MOVED = [fact[0] for fact in SENTENCES if fact[0] not in ("su3", "so(4,2)")]


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
