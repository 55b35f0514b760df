"""Derivations of blocks with one invariant and many nodes: what they find, prove and refuse."""

from __future__ import annotations

import time

import numpy as np
import pytest
import sympy as sp
from spans import conjugated, directions, of_form, worst_errors

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.catalogue.representations import _generators, so3_irrep, spin
from liealg.derive import many_nodes
from liealg.derive.blocks import split
from liealg.derive.form import MatrixForm, Refusal
from liealg.derive.random_point import Images, as_parts, basis_of


def derived(matrices):
    (block,) = split(MatrixBasis("span", [sp.Matrix(E) for E in matrices]))
    return many_nodes.derive(block)


def so3(l):  # noqa: E741
    return [sp.Matrix(E) for E in so3_irrep(l).matrices] if l else [sp.zeros(1, 1)] * 3


def sl2(twice):
    a, b, c = _generators(twice)
    return [sp.I * a, b, sp.I * c]


def total(*spans):
    return conjugated([sp.diag(*parts) for parts in zip(*spans, strict=True)])


def scaled(factor, matrices):
    return [factor * E for E in matrices]


def clifford():
    """Matrices with `A^2` a multiple of the identity, no algebra by themselves."""
    x, y, z = sp.Matrix([[0, 1], [1, 0]]), sp.Matrix([[0, -1], [1, 0]]), sp.diag(1, -1)
    pairs = [(x, x), (x, z), (y, sp.eye(2))]
    return [sp.Matrix(sp.kronecker_product(a, b)) for a, b in pairs]


CASES = {
    "so3 spin 2": (so3(2), 4, True),
    "so3 spin 2, dense": (conjugated(so3(2)), 4, True),
    "so3 spin 3, shuffled": ([so3(3)[2], -so3(3)[0], so3(3)[1]], 6, True),
    "spins 1 and 2": (total(so3(1), so3(2)), 4, True),
    "spins 0 and 2": (total(so3(0), so3(2)), 4, True),
    "spins 0 and 3": (total(so3(0), so3(3)), 6, True),
    "su2 spin 3/2": (list(spin("3/2").matrices), 3, True),
    "su2 spin 4": (list(spin(4).matrices), 8, True),
    "sl2 spin 5/2": (sl2(5), 5, True),
    "sl2 spin 2, dense": (conjugated(sl2(4)), 4, True),
    "two of three": (so3(2)[:2], 4, True),
    "one of three": ([so3(2)[0] + so3(2)[2]], 4, True),
    "nodes 1 and 3": (total(clifford(), scaled(3, clifford())), 3, False),
    "nodes 2 and 3": (total(clifford(), scaled(sp.Rational(2, 3), clifford())), 6, False),
    "nodes 0, 1 and 2": (total(so3(1), scaled(2, so3(1))), 4, False),
    "nodes 0, 1 and 3": (total(so3(1), scaled(3, so3(1))), 6, False),
    "irrational factor": (scaled(sp.sqrt(2), conjugated(so3(2))), 4, True),
    "so3 spin 3, dense, two of three": (conjugated(so3(3))[:2], 6, True),
    "su2 spin 3, dense": (conjugated(list(spin(3).matrices)), 6, True),
    "su2 spin 5/2, two of three": (list(spin("5/2").matrices)[:2], 5, True),
    "so3 spin 3, mixed": ([so3(3)[0] + so3(3)[1], 2 * so3(3)[2], so3(3)[1] / 3], 6, True),
    "skew frame": ([so3(3)[0], 10 * so3(3)[0] + so3(3)[1], so3(3)[2] / 9 - so3(3)[1]], 6, True),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_found(name):
    matrices, twice, lie_triple = CASES[name]
    form = derived(matrices)
    assert isinstance(form, MatrixForm), form
    assert form.function == ("expm_spin_representation" if lie_triple else "expm_spins")
    assert form.keywords["twice"] == twice
    assert bool(form.coefficients) == lie_triple
    assert len(form.certificate) == 2 + lie_triple + ("by_angles" in form.keywords)
    assert all(fact.claim and fact.proof for fact in form.certificate)


@pytest.mark.parametrize(("name", "compact"), [("so3 spin 2", True), ("sl2 spin 2, dense", False)])
def test_compact_spans_are_known(name, compact):
    assert derived(CASES[name][0]).keywords["compact"] == compact


BY_ANGLES = {
    "so3 spin 3": (so3(3), True),
    "so3 spin 3, dense": (conjugated(so3(3)), False),
    "so3 spin 3, mixed": (CASES["so3 spin 3, mixed"][0], True),
    "so3 spin 3, none sparse": ([so3(3)[0] + so3(3)[2], so3(3)[1], so3(3)[2] + so3(3)[1]], False),
    "su2 spin 5/2, two of three": (CASES["su2 spin 5/2, two of three"][0], True),
    "so3 spin 2": (so3(2), False),
    "sl2 spin 5/2": (sl2(5), False),
    "one of three": ([so3(3)[0] + so3(3)[2]], False),
}


@pytest.mark.parametrize("name", BY_ANGLES)
def test_which_are_turned_by_angles(name):
    matrices, by_angles = BY_ANGLES[name]
    assert derived(matrices).keywords.get("by_angles", False) == by_angles


@pytest.mark.parametrize("name", ["su2 spin 3/2", "two of three"])
def test_the_certificate_holds_as_an_identity(name):
    """What is tested at a random point, once more with symbols."""
    matrices, twice, _ = CASES[name]
    form = derived(matrices)
    A, (Delta,) = form.block.element, form.scalars
    nodes = {abs(sp.Rational(m, 2)) for m in range(-twice, twice + 1, 2)}
    product = A if 0 in nodes else sp.eye(A.rows)
    for m in nodes - {0}:
        product = (product * (A * A - m**2 * Delta * sp.eye(A.rows))).applyfunc(sp.expand)
    assert product.is_zero_matrix
    for E in matrices:
        bracket = (A * E - E * A).applyfunc(sp.expand)
        twice_more = bracket
        for _ in range(2):
            twice_more = (A * twice_more - twice_more * A).applyfunc(sp.expand)
        assert (twice_more - Delta * bracket).applyfunc(sp.expand).is_zero_matrix


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", CASES)
def test_the_form_meets_the_bar(name, dtype):
    matrices, *_ = CASES[name]
    sample = of_form(name, matrices, derived(matrices))
    k = len(matrices)
    largest = min(20.0, 50 / np.max([np.linalg.norm(E, 2) for E in sample.basis]))
    angles = np.concatenate([[1e-8, 1e-3, 0.5, largest, np.pi, 0.0], np.linspace(1, 2.7, k)])
    theta = directions(6, k) * np.minimum(angles, largest)[:, None]
    value, gradient = worst_errors(sample, theta.astype(dtype), "graph")
    assert value <= 4
    assert gradient <= 16


def test_a_definite_invariant_is_a_sum_of_squares():
    M = so3(2)
    form = derived([M[0] + M[1], 2 * M[1] - M[2], sp.sqrt(2) * M[2] + M[0]])
    (Delta,) = form.scalars
    assert all(
        any(factor.is_Pow and factor.exp == 2 for factor in sp.Mul.make_args(term))
        for term in sp.Add.make_args(Delta)
    )
    assert len(sp.Add.make_args(Delta)) == 3


@pytest.mark.verify
def test_thirteen_rows_in_a_dense_basis_take_seconds():
    matrices = conjugated(so3(6))
    begin = time.process_time()
    form = derived(matrices)
    assert form.function == "expm_spin_representation"
    assert time.process_time() - begin < 10


REFUSED = {
    "several invariants": (list(known("sp4").matrices), "no small rational multiples"),
    "one sign": ([sp.Matrix([[0, 2, 1], [3, 1, 2], [0, 0, 4]])], "lack their negatives"),
    "nilpotent": ([sp.Matrix([[0, 1], [0, 0]])], "no small rational multiples"),
    "not diagonalizable": (conjugated(known("se3").matrices), "not diagonalizable"),
    "irrational ratio": (total(so3(1), scaled(sp.sqrt(2), so3(1))), "no small rational multiples"),
    "ratio of 20": (total(so3(1), scaled(20, so3(1))), "no small rational multiples"),
    "many products": (total(clifford(), scaled(11, clifford())), "products of matrices"),
    "spin 13/2": (list(spin("13/2").matrices), "rounding grows"),
    "shift": (list(known("gl2").matrices), "no small rational multiples"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name):
    matrices, words = REFUSED[name]
    found = derived(matrices)
    assert isinstance(found, Refusal)
    assert words in found.reason


def test_parameters_are_refused():
    kappa = sp.Symbol("kappa", real=True)
    matrices = [[[0, -kappa], [1, 0]]]
    block, *_ = split(MatrixBasis("span", matrices, parameters=[kappa]))
    assert many_nodes.derive(block).reason == "its matrices hold parameters"


def test_images_are_a_homomorphism():
    matrices = [sp.Matrix([[sp.sqrt(6) + sp.I, sp.sqrt(3)], [sp.sqrt(2) / 5, 1]])]
    (block,) = split(MatrixBasis("span", matrices))
    roots, (parts,) = as_parts(basis_of(block))
    images = Images(roots)
    square = [(matrices[0] ** 2).applyfunc(sp.expand)]
    (squared,) = as_parts([dict(square[0].todok())])[1]
    assert images.matrix(parts, 2) * images.matrix(parts, 2) == images.matrix(squared, 2)
