"""Matrices that the literature tests exponentials with: value, derivative, alone, in batches."""

from __future__ import annotations

import itertools

import mpmath
import numpy as np
import pytest
import scipy.linalg
import tensorflow as tf
from gallery import COMPLEX_FAMILIES, FAMILIES
from measured import (
    DERIVATIVES,
    VALUES,
    alone,
    derivatives,
    errors,
    in_batches,
    neighbours,
    samples,
)
from truth import Truth

from liealg.runtime.expm import expm, expm_frechet

VALUE_BOUND, DERIVATIVE_BOUND = 4.0, 16.0

REAL, COMPLEX = ("float32", "float64"), ("complex64", "complex128")
by_dtype = pytest.mark.parametrize("dtype", REAL)
NEARLY_DEFECTIVE = (
    "al mohy and higham",
    "al mohy and higham block",
    "involutory",
    "najfeld and havel",
)
"""Families where nothing keeps within the bound, but by luck.

Eigenvalues of moderate size with eigenvectors that are almost parallel: the powers of `exp(A /
2^s)` pass a hump, and the roundings of each squaring there are as large as what the bound allows in
all. They add up to 10 to 50 units for liealg, SciPy and stock TensorFlow alike, whatever `s` is
(below 0.5 with the squarings, and nothing else, in 80-bit numbers), and moving the matrix by a
percent changes the error tenfold. So not one matrix is looked at but sixty neighbours, and the
worst of them compared with the worst of the others; compiled, since SciPy's products and XLA's
round a multiply-add once and those of eager TensorFlow twice, a factor of 1.5 here. In single
precision some have `eps κ > 1`: not one digit is determined, and what comes out is no more than
noise; they are left out.
"""

OUT_OF_RANGE = [("float32", "scipy 19584")]  # exp(-247)
CASES = [
    case
    for dtypes, families in ((REAL, FAMILIES), (COMPLEX, COMPLEX_FAMILIES))
    for case in itertools.product(dtypes, families)
    if case[1] not in NEARLY_DEFECTIVE and case not in OUT_OF_RANGE
]


@pytest.mark.parametrize(("dtype", "family"), CASES)
def test_value_within_4_eps(dtype, family):
    found = {s: x for s, x in errors(dtype, "value", "liealg").items() if s.family == family}
    assert found
    for sample, error in found.items():
        assert error <= VALUE_BOUND, sample.A


@pytest.mark.parametrize(("dtype", "family"), CASES)
def test_derivative_within_16_eps(dtype, family):
    found = {s: x for s, x in errors(dtype, "derivative", "liealg").items() if s.family == family}
    assert found
    for sample, error in found.items():
        assert error <= DERIVATIVE_BOUND, sample.A


@by_dtype
@pytest.mark.parametrize("family", NEARLY_DEFECTIVE)
@pytest.mark.parametrize("kind", ["value", "derivative"])
def test_nearly_defective_within_the_bound_or_twice_the_best(kind, dtype, family):
    methods, bound = {
        "value": (VALUES | {"liealg": compiled_values}, VALUE_BOUND),
        "derivative": (DERIVATIVES | {"liealg": compiled_derivatives}, DERIVATIVE_BOUND),
    }[kind]
    for listed in neighbours(family, dtype):
        worst = {
            name: max(getattr(sample, kind)(x) for sample, x in method(listed).items())
            for name, method in methods.items()
        }
        assert worst["liealg"] <= max(bound, 2 * min(worst["scipy"], worst["stock"])), worst


def compiled_values(listed):
    return in_batches(COMPILED, listed)


def compiled_derivatives(listed):
    return derivatives(COMPILED_FRECHET, listed)


COMPILED = tf.function(expm, jit_compile=True)
COMPILED_FRECHET = tf.function(expm_frechet, jit_compile=True)


@pytest.mark.parametrize("n", [2, 4, 8, 16])
@pytest.mark.parametrize("dtype", [*REAL, *COMPLEX])
def test_alone_and_in_a_compiled_batch_agree(dtype, n):
    """Up to the order of additions, which costs no more than what both may err by."""
    listed = [s for s in samples(dtype) if len(s.A) == n and s.family not in NEARLY_DEFECTIVE]
    together = compiled_values(listed)
    for sample, X in alone(expm, listed).items():
        assert sample.value(X) <= VALUE_BOUND, sample.A
        assert sample.value(together[sample]) <= VALUE_BOUND, sample.A
        assert _distance(X, together[sample]) <= VALUE_BOUND * sample.unit(), sample.A


def _distance(X: np.ndarray, Y: np.ndarray) -> float:
    X, Y = X.astype(complex), Y.astype(complex)
    return np.linalg.norm(X - Y) / np.linalg.norm(X)


@by_dtype
def test_neighbours_in_the_batch_change_no_bit(dtype):
    """Each of a batch that mixes all sizes of norm, and the same alone in a batch of its copies."""
    listed = [s for s in samples(dtype) if len(s.A) == 4]
    for sample, X in compiled_values(listed).items():
        (copies,) = compiled_values([sample]).values()
        np.testing.assert_array_equal(X, copies, sample.family)


@pytest.mark.parametrize("angle", [1, 10, 50, 100, 500])
@pytest.mark.parametrize("batch", [1, 100], ids=["alone", "batch"])
def test_rotations_in_single_precision(angle, batch):
    A = np.array([[0, -angle, 0], [angle, 0, 0], [0, 0, 0]], "float32")
    X = COMPILED(np.tile(A, (batch, 1, 1))).numpy()[-1].astype(float)
    exact = scipy.linalg.block_diag(
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], 1
    )
    assert np.linalg.norm(X - exact, 2) <= 4 * np.finfo("float32").eps * (1 + angle)


@pytest.mark.parametrize("dtype", REAL)
def test_overscaling_costs_no_digits(dtype):
    """Where the condition number promises nothing, all digits are there nonetheless."""
    for b in (1e2, 1e4, 1e6, 1e8, 1e17):
        for corner in (1.0, -1.0):
            A = np.array([[1, b], [0, corner]], dtype)
            truth = Truth(A, A[None])
            assert truth.value_error(expm(A).numpy()) <= 4 * np.finfo(dtype).eps


# --- the truth and the gallery themselves --------------------------------------------------------


@pytest.mark.parametrize("family", ["normal", "forsythe", "kenney and laub", "niesen"])
def test_truth_agrees_with_mpmath_at_fifty_digits(family):
    dtype = "complex128" if family in COMPLEX_FAMILIES else "float64"
    for sample in [s for s in samples(dtype) if s.family == family and len(s.A) <= 4]:
        A, E, zero = sample.A, sample.E[0], np.zeros_like(sample.A)
        with mpmath.workdps(120):
            block = mpmath.expm(mpmath.matrix(np.block([[A, E], [zero, A]]).tolist()), "taylor")
            for exact, column in ((sample.truth.value, 0), (sample.truth.derivatives[0], len(A))):
                assert _far(exact, block, column, len(A)) <= 1e-30


def _far(exact, block, column, n):
    """The largest difference of an entry, relative to the largest entry."""
    pairs = [(_number(exact[i, j]), block[i, column + j]) for i in range(n) for j in range(n)]
    return max(abs(x - y) for x, y in pairs) / max(abs(y) for _, y in pairs)


def _number(x):
    return mpmath.mpc(*(mpmath.ldexp(*map(int, y.mid().man_exp())) for y in (x.real, x.imag)))


@pytest.mark.parametrize("family", ["hamiltonian", "lesp", "burkardt 9"])
def test_condition_is_that_of_scipy(family):
    for sample in [s for s in samples("float64") if s.family == family and len(s.A) <= 4]:
        kappa = scipy.linalg.expm_cond(sample.A)
        assert 0.7 * kappa <= sample.truth.kappa <= 1.01 * kappa
