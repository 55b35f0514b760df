"""Spans that nobody wrote: whatever form is found for them keeps its bounds, in any basis."""

import contextlib
import itertools
import random
import re

import pytest
import sympy as sp
from kernels import generated

from liealg import MatrixBasis, exponential
from liealg.catalogue import known
from liealg.codegen.verify import BOUNDS
from liealg.constructors import direct_sum
from liealg.verify import measure, standard_elements

J = sp.Matrix([[0, -1], [1, 0]])


def integers(source, n, largest=2):
    return sp.Matrix(n, n, lambda *_: source.randint(-largest, largest))


def triangular(source, n):
    return integers(source, n, 3).upper_triangular()


def block_triangular(source, n):
    corner = [[integers(source, 2), integers(source, 2)], [sp.zeros(2), integers(source, 2)]]
    return sp.Matrix(sp.BlockMatrix(corner))


def kronecker_sum(source, n):
    left, right = integers(source, 2), integers(source, 2)
    return sp.kronecker_product(left, sp.eye(2)) + sp.kronecker_product(sp.eye(2), right)


def antisymmetric(source, n):
    A = integers(source, n)
    return A - A.T


def hamiltonian(source, n):
    A = integers(source, 4, 1)
    return sp.kronecker_product(J, sp.eye(2)) * (A + A.T)


def diagonal(source, n):
    return sp.diag(*(source.randint(-3, 3) for _ in range(n)))


def permutation(source, n):
    order = source.sample(range(n), n)
    return sp.Matrix(n, n, lambda i, j: int(order[i] == j))


SHAPES = [
    *((shape,) for shape in (triangular, block_triangular, kronecker_sum, antisymmetric)),
    *((hamiltonian,), (integers,), (diagonal, permutation), (diagonal, triangular)),
]


def gaussian(source, n):
    return integers(source, n) + sp.I * integers(source, n, 1)


def skew_hermitian(source, n):
    A = gaussian(source, n)
    return A - A.H


def complex_triangular(source, n):
    return gaussian(source, n).upper_triangular()


def phases(source, n):
    return sp.I * diagonal(source, n)


COMPLEX = [
    *((gaussian,), (skew_hermitian,), (complex_triangular,), (phases, diagonal)),
    *((phases, permutation), (phases, antisymmetric), (complex_triangular, diagonal)),
]


def complex_span(seed):
    """One to six matrices, half of the time in a random basis of the space."""
    source = random.Random(seed)
    n, shapes = source.choice([2, 3, 4, 5]), source.choice(COMPLEX)
    matrices = [shape(source, n) for shape in shapes * source.choice([1, 2, 3])]
    if source.random() < 0.5:
        P = next(P for P in iter(lambda: integers(source, n), None) if P.det())
        matrices = [(P * E * P.inv()).applyfunc(sp.expand) for E in matrices]
    return MatrixBasis(f"complex{seed}", matrices)


def span(seed):
    """One to four matrices, half of the time in a random basis of the space."""
    source = random.Random(seed)
    n, shapes = source.choice([2, 3, 4, 5]), source.choice(SHAPES)
    matrices = [shape(source, n) for shape in shapes * source.choice([1, 2])]
    if source.random() < 0.5:
        P = next(P for P in iter(lambda: integers(source, matrices[0].rows), None) if P.det())
        matrices = [P * E * P.inv() for E in matrices]
    return MatrixBasis(f"random{seed}", matrices)


def independent(kind, seeds):
    """Those seeds whose matrices are independent."""
    for seed in seeds:
        with contextlib.suppress(ValueError):
            yield kind(seed).name


@pytest.mark.verify
@pytest.mark.parametrize(
    "name", [*independent(span, range(60)), *independent(complex_span, range(40))]
)
def test_random_spans_meet_the_bounds_of_their_kinds(name):
    kind, seed = re.fullmatch(r"([a-z]+)(\d+)", name).groups()
    check({"random": span, "complex": complex_span}[kind](int(seed)))


FAMILIES = ("sl2", "so3", "gl2", "u2", "se2", "so4", "so22", "so31", "sp4", "so5", "so41")
IRREDUCIBLE = ("so3_irrep2", "so3_irrep3", "spin3_2", "spin2", "aff2", "sim2", "sl3", "su3")


def in_another_basis(seed):
    """A sum of two families, and the same in random coordinates, its matrices mixed and scaled."""
    source = random.Random(seed)
    names = source.choice(FAMILIES), source.choice(FAMILIES + IRREDUCIBLE)
    summed = direct_sum(f"sum{seed}", *map(known, names))
    P = next(P for P in iter(lambda: integers(source, summed.n), None) if P.det())
    matrices = [source.choice([1, 2, sp.Rational(-1, 3)]) * E for E in summed.matrices]
    for i, j in itertools.pairwise(range(len(matrices))):
        matrices[j] += source.choice([0, 0, 1, -1]) * matrices[i]
    source.shuffle(matrices)
    return summed, MatrixBasis(f"hidden{seed}", [P * E * P.inv() for E in matrices])


@pytest.mark.verify
@pytest.mark.parametrize("seed", range(24))
def test_sums_of_families_keep_kind_and_bounds_in_any_basis(seed):
    summed, hidden = in_another_basis(seed)
    assert exponential(hidden).kind == exponential(summed).kind, [
        b.reason for b in exponential(hidden).blocks
    ]
    check(hidden)


def check(basis):
    (kernels,) = generated([basis])
    value, gradient = BOUNDS[exponential(basis).kind]
    for dtype in ("float32", "float64"):
        errors = measure(basis, kernels.module.exp, standard_elements(basis, 14), dtype)
        assert errors.value.error <= value, errors.value.theta
        assert errors.gradient.error <= gradient, errors.gradient.theta
