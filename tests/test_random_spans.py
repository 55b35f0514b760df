"""Spans that nobody wrote: whatever form is found for them keeps its bounds."""

import random

import pytest
import sympy as sp
from kernels import generated

from liealg import MatrixBasis, exponential
from liealg.codegen.verify import BOUNDS
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


def span(seed):
    """One to four matrices, half of the time in a random basis of the space."""
    source = random.Random(seed)
    n, shapes = source.choice([2, 3, 4, 5]), source.choice(SHAPES)
    matrices = [shape(source, n) for shape in shapes * source.choice([1, 2])]
    if source.random() < 0.5:
        P = next(P for P in iter(lambda: integers(source, matrices[0].rows), None) if P.det())
        matrices = [P * E * P.inv() for E in matrices]
    return MatrixBasis(f"random{seed}", matrices)


def is_independent(seed):
    try:
        return bool(span(seed))
    except ValueError:
        return False


@pytest.mark.verify
@pytest.mark.parametrize("seed", filter(is_independent, range(60)))
def test_random_spans_meet_the_bounds_of_their_kinds(seed):
    basis = span(seed)
    (kernels,) = generated([basis])
    value, gradient = BOUNDS[exponential(basis).kind]
    for dtype in ("float32", "float64"):
        errors = measure(basis, kernels.module.exp, standard_elements(basis, 14), dtype)
        assert errors.value.error <= value, errors.value.theta
        assert errors.gradient.error <= gradient, errors.gradient.theta
