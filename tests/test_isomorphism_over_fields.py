"""Isomorphisms where roots of integers come in: Levi factors and ideals in dense rational bases."""

import random

import pytest
import sympy as sp
from isomorphism_checks import assert_isomorphism, total
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import (
    direct_sum,
    from_structure_constants,
)
from liealg.isomorphism import isomorphic_to
from liealg.isomorphism.lattices import killing_of
from liealg.isomorphism.quaternion_lattice import maximal_lattice
from liealg.number_fields import common_field
from liealg.structure import type_words
from liealg.structure.brackets import in_basis as brackets_in_basis
from liealg.structure.brackets import right_brackets


def test_roots_of_integers_too_large_to_factor_are_told_apart():
    """Two primes of 13 digits: sqrt(p^2 q) and sqrt(q) generate one field, of degree two."""
    p, q = sp.nextprime(10**12), sp.nextprime(2 * 10**12)
    hidden, shown = sp.sqrt(p**2 * q), sp.sqrt(q)
    first, second = common_field(sp.Matrix([[hidden + 1]]), sp.Matrix([[shown]]))
    assert first.domain == second.domain
    assert first.domain.mod.degree() == 2
    assert (first.to_Matrix()[0] - p * second.to_Matrix()[0]).expand() == 1
    for lone, other in ((sp.sqrt(p * q), sp.sqrt(p)), (sp.sqrt(-p), sp.sqrt(q))):
        found, _ = common_field(sp.Matrix([[lone]]), sp.Matrix([[other]]))
        assert found.domain.mod.degree() == 4


def in_basis(name, mixing):
    """An algebra of the catalogue by its structure constants in another basis."""
    algebra = known(name)
    rows = [algebra.hat(mixing.row(i)) for i in range(algebra.dim)]
    return from_structure_constants("mixed", LieAlgebra("mixed", rows).structure_constants)


def fractions(k, seed, numerator, denominator):
    """An invertible matrix of random fractions."""
    draw = random.Random(seed)
    while True:
        matrix = sp.Matrix(
            k, k, lambda i, j: sp.Rational(
                draw.randint(-numerator, numerator), draw.randint(1, denominator)))  # fmt: skip
        if matrix.det() != 0:
            return matrix


@pytest.mark.parametrize(
    ("name", "seed", "numerator", "denominator"),
    [("se4", 1, 2, 1), ("se4", 2, 2, 1), ("sim3", 14, 3, 3), ("sgal3", 9, 3, 3), ("so4", 6, 3, 3)],
)
def test_a_levi_factor_so3_in_a_dense_rational_basis_needs_no_roots(
    name, seed, numerator, denominator
):
    """so(3) over the rationals is the sum of three squares, which has one maximal lattice."""
    algebra = known(name)
    second = in_basis(name, fractions(algebra.dim, seed, numerator, denominator))
    answer = isomorphic_to(algebra, second)
    assert answer.verdict is True
    assert_isomorphism(algebra, second, answer.map)
    assert all(entry.is_Rational for entry in answer.map)


def quaternion_algebra(a, b):
    """The brackets ``[i, j] = k, [j, k] = -a i, [k, i] = -b j`` of ``i^2 = a, j^2 = b``, halved."""
    table = sp.MutableDenseNDimArray.zeros(3, 3, 3)
    for i, j, k, value in ((0, 1, 2, 1), (1, 2, 0, -a), (2, 0, 1, -b)):
        table[i, j, k], table[j, i, k] = value, -value
    return from_structure_constants("quaternions", table)


# Pizer, J. Algebra 64 (1980), section 5, and Voight, Quaternion Algebras (2021), section 15.5.
DISCRIMINANTS = [(-1, -1, 2), (-1, -3, 3), (-1, -7, 7), (-2, -5, 5), (-1, 3, 6), (1, 1, 1)]


@pytest.mark.parametrize(("a", "b", "discriminant"), DISCRIMINANTS)
def test_the_determinant_of_a_maximal_lattice_is_twice_the_discriminant_squared(a, b, discriminant):
    right = right_brackets(quaternion_algebra(a, b))
    for seed in range(5):
        mixed = in_rows(right, fractions(3, seed, 60, 40))
        rows = maximal_lattice(mixed)
        gram = (rows * -killing_of(mixed) * rows.transpose()).to_Matrix()
        assert abs(gram.det()) == 2 * discriminant**2
        assert all(entry.is_Integer for entry in gram)
        assert all(gram[i, i] % 2 == 0 for i in range(3))


def in_rows(right, mixing):
    """The brackets in another basis."""
    rows = DomainMatrix.from_Matrix(mixing).convert_to(sp.QQ).to_sparse()
    return brackets_in_basis(right, rows)


def test_an_so3_whose_map_needs_a_root_gets_one():
    """The quaternions of -1 and -3 are no matrices over the rationals with a basis i, j, k of 1."""
    second = quaternion_algebra(-1, -3)
    answer = isomorphic_to(known("so3"), second)
    assert_isomorphism(known("so3"), second, answer.map)
    assert not all(entry.is_Rational for entry in answer.map)


def over_cubic_field(name, polynomial):
    """The tensor product with ``Q[x] / f``, over the rationals."""
    algebra, x = known(name), sp.Symbol("x")
    k, table = algebra.dim, sp.MutableDenseNDimArray.zeros(*[3 * algebra.dim] * 3)
    constants = algebra.structure_constants
    for a in range(3):
        for b in range(3):
            product = sp.Poly(sp.rem(x ** (a + b), polynomial, x), x).all_coeffs()[::-1]
            for c, factor in enumerate(product):
                for i in range(k):
                    for j in range(k):
                        for m in range(k):
                            table[k * a + i, k * b + j, k * c + m] += factor * constants[i, j, m]
    return from_structure_constants("cubic", table)


# Real forms of ``L (x) F``: one for each real place of F, and L over C for each complex one. The
# places by the signs of the discriminants 81, 229, -108 and -243.
CUBIC = [
    ("so3", "x**3 - 3*x + 1", "so3", "x**3 - 4*x + 1", "su(2) + su(2) + su(2)"),
    ("sl2", "x**3 - 2", "sl2", "x**3 - 3", "sl(2, R) + sl(2, C)"),
    ("so3", "x**3 - 2", "so3", "x**3 - 3", "su(2) + sl(2, C)"),
]


@pytest.mark.parametrize(("name", "cubic", "other", "second_cubic", "forms"), CUBIC)
def test_conjugate_ideals_are_told_by_the_places_of_their_field_and_the_signature(
    name, cubic, other, second_cubic, forms
):
    first, second = (
        over_cubic_field(name, sp.sympify(cubic)),
        over_cubic_field(other, sp.sympify(second_cubic)),
    )
    assert type_words(first) == f"semisimple, {forms}"
    answer = isomorphic_to(first, second)
    assert (answer.verdict, answer.map) == (True, None)
    assert f"both are {forms} by the classification" in answer.reason


def test_conjugate_ideals_of_different_forms_differ():
    x = sp.Symbol("x")
    compact, split = (over_cubic_field(name, x**3 - 2) for name in ("so3", "sl2"))
    assert isomorphic_to(compact, split).verdict is False
    three = direct_sum("three", *(known("sl2") for _ in range(3)))
    assert isomorphic_to(over_cubic_field("sl2", x**3 - 3 * x + 1), three).verdict is True
    assert isomorphic_to(split, three).verdict is False


REDUCTIVE = [
    (("su2", "so31"), "both are su(2) + sl(2, C) by the classification"),
    (("so31", "so2", "so2"), "both are sl(2, C) by the classification"),
]


@pytest.mark.parametrize(("names", "reason"), REDUCTIVE)
def test_sums_without_a_map_are_decided_by_the_classification(names, reason):
    first = total(*names)
    mixing = fractions(first.dim, 5, 3, 3)
    mixed = LieAlgebra("mixed", [first.hat(mixing.row(i)) for i in range(first.dim)])
    answer = isomorphic_to(first, from_structure_constants("mixed", mixed.structure_constants))
    assert answer.verdict is True
    if answer.map is None:
        assert reason in answer.reason


def test_reductive_algebras_with_conjugate_ideals_are_decided_by_the_classification():
    x = sp.Symbol("x")
    first, second = (
        direct_sum("sum", over_cubic_field("so3", cubic), known("so2"))
        for cubic in (x**3 - 3 * x + 1, x**3 - 4 * x + 1)
    )
    answer = isomorphic_to(first, second)
    assert (answer.verdict, answer.map) == (True, None)
    assert "su(2) + su(2) + su(2) + 1-dimensional center" in answer.reason


def test_an_undecided_levi_factor_is_no_error():
    x = sp.Symbol("x")
    first = over_cubic_field("so3", x**3 - 3 * x + 1)
    second = over_cubic_field("so3", x**3 - 4 * x + 1)
    line = known("aff1")
    answer = isomorphic_to(direct_sum("sum", first, line), direct_sum("sum", second, line))
    assert (answer.verdict, answer.reason[:11]) == (None, "not decided")
