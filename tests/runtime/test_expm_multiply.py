"""The action of the exponential and its derivatives against mpmath at 50 digits, in every mode."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
import scipy.linalg
import scipy.sparse.linalg
import tensorflow as tf
from exact import (
    BASES,
    TENSOR_NORMS,
    VALUE_NORMS,
    close,
    elements,
    exact_derivative,
    normal,
)
from thin import (
    STAGED,
    by_dtype,
    by_mode,
    distance,
    exactly,
    norm_of,
    outer_by_steps,
    pullback,
    pushforward,
    random,
    run,
    second,
    steps,
    third,
)

from liealg.runtime import expm
from liealg.runtime.action import THRESHOLDS

# --- accuracy ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", THRESHOLDS)
def test_thresholds_are_those_of_the_backward_error(dtype):
    """`h'(x) = -x^m / (m! T(x))` with moduli is the unit roundoff there, to the digits given."""
    roundoff = np.finfo(dtype).eps / 2
    with mpmath.workdps(60):
        for m, threshold in enumerate(THRESHOLDS[dtype], 1):
            taylor = [1 / mpmath.factorial(k) for k in range(m + 1)]
            inverse = [mpmath.mpf(1)]
            for k in range(1, 150):
                terms = (taylor[i] * inverse[k - i] for i in range(1, min(k, m) + 1))
                inverse.append(-mpmath.fsum(terms))
            moduli = [abs(x) for x in reversed(inverse)]

            def bound(x, m=m, moduli=moduli):
                return x**m / mpmath.factorial(m) * mpmath.polyval(moduli, x)

            assert bound(mpmath.mpf(threshold)) <= roundoff < bound(mpmath.mpf(threshold * 1.0002))


@by_dtype
@pytest.mark.parametrize("family", BASES)
def test_value_within_4_eps(family, dtype):
    """Relative to `|exp(A)| |b|`: what a product with the matrix may err by."""
    A = elements(family, VALUE_NORMS, dtype)
    B = normal(*A.shape[:2], 2, dtype=dtype, seed=9)
    for a, b, y in zip(A, B, run(steps, STAGED[dtype], A, B), strict=True):
        X = exact_derivative(a)
        size = np.linalg.norm(X.astype(float), 2) * np.linalg.norm(b, axis=0)
        bar = 4 * np.finfo(dtype).eps * (1 + scipy.linalg.expm_cond(a.astype("float64")))
        exact = X @ exactly(b)
        for column in range(2):
            assert distance(y[:, column], exact[:, column]) <= bar * size[column]


@by_dtype
@pytest.mark.parametrize("family", BASES)
def test_derivative_tensor_within_16_eps(family, dtype):
    """All `∂(exp(A) b)/∂θ_i` together, relative to `|∂exp/∂θ| |b|`."""
    basis = np.array(BASES[family], dtype)
    n = basis.shape[-1]
    A = elements(family, TENSOR_NORMS if n < 6 else TENSOR_NORMS[1:3], dtype)
    b = normal(len(A), n, dtype=dtype, seed=9)
    full = [np.repeat(x, n, axis=0) for x in (A, b[..., None])]
    unit = np.tile(np.eye(n, dtype=dtype)[..., None], (len(A), 1, 1))
    rows = run(outer_by_steps, STAGED[dtype], *full, unit).reshape(len(A), n, n, n)
    tensors = np.einsum("brij,kij->bkr", rows, basis)
    for a, x, computed in zip(A, b, tensors, strict=True):
        exact = np.array([exact_derivative(a, E) for E in basis])
        bar = 16 * np.finfo(dtype).eps * (1 + scipy.linalg.expm_cond(a.astype("float64")))
        assert distance(computed, exact @ exactly(x)) <= bar * norm_of(exact) * np.linalg.norm(x)


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "complex128"])
def test_gradients(mode, dtype):
    A, B, G = random(dtype, (2, 3, 3), (2, 3, 2), (2, 3, 2))
    A_bar, B_bar = run(pullback, mode, A, B, G)
    for i, (a, b, g) in enumerate(zip(A, B, G, strict=True)):
        adj = a.conj().T
        close(A_bar[i], exact_derivative(adj, g @ b.conj().T), dtype, a, 16)
        close(B_bar[i], exact_derivative(adj) @ exactly(g), dtype, a, 16)


@pytest.mark.parametrize(("mode", "dtype"), [("eager", "complex64"), ("xla", "float32")])
def test_second_derivatives(mode, dtype):
    A, B, G, E = random(dtype, (1, 3, 3), (1, 3, 2), (1, 3, 2), (1, 3, 3))
    computed = run(second, mode, A, B, G, E)
    (a,), (b,), (g,), (e,) = A, B, G, E
    adj, e_adj = a.conj().T, e.conj().T
    exact = [
        exact_derivative(adj, e_adj, g @ b.conj().T),
        exact_derivative(adj, e_adj) @ exactly(g),
        exact_derivative(a, e) @ exactly(b),
    ]
    for ours, truth in zip(computed, exact, strict=True):
        close(ours[0], truth, dtype, a, 16)


def test_third_derivative():
    A, B, G, E, F = random("float32", (1, 2, 2), (1, 2, 1), (1, 2, 1), (1, 2, 2), (1, 2, 2))
    for scale in (np.float32(0), np.float32(1)):  # at zero the directions alone ask for degrees
        exact = exact_derivative(scale * A[0].T, E[0].T, F[0].T, G[0] @ B[0].T)
        close(run(third, "eager", scale * A, B, G, E, F)[0], exact, "float32", A[0], 16)


@pytest.mark.parametrize("mode", ["eager", "graph"])
def test_forward_mode(mode):
    A, B, E = random("float32", (2, 3, 3), (2, 3, 1), (2, 3, 3))
    L = [scipy.linalg.expm_frechet(a, e, compute_expm=False) for a, e in zip(A, E, strict=True)]
    expected = L @ B
    np.testing.assert_allclose(run(pushforward, mode, A, B, E), expected, rtol=1e-5, atol=1e-5)


def test_nilpotent_matrices_have_derivatives_of_their_own():
    """`A^2 = 0` ends the series of the value, but not that of the derivative, `.. + A E A / 6`."""
    A = np.array([[[0, 30], [0, 0]]], "float32")
    B, G = random("float32", (1, 2, 1), (1, 2, 1))
    np.testing.assert_array_equal(run(steps, "eager", A, B), B + A @ B)
    A_bar, _ = run(pullback, "eager", A, B, G)
    close(A_bar[0], exact_derivative(A[0].T, G[0] @ B[0].T), "float32", A[0], 16)


# --- what is exact, what is kept apart ------------------------------------------------------------


@by_mode
def test_zero_gives_the_vectors_exactly(mode):
    B, G = random("float32", (2, 3, 2), (2, 3, 2))
    zero = np.zeros((2, 3, 3), "float32")
    np.testing.assert_array_equal(run(steps, mode, zero, B), B)
    np.testing.assert_array_equal(run(pullback, mode, zero, B, G)[1], G)


@by_dtype
def test_last_row_of_an_affine_matrix_is_exact(dtype):
    A, B = (
        5 * normal(6, 4, 4, dtype=dtype) - 3 * np.eye(4, dtype=dtype),
        normal(6, 4, 2, dtype=dtype),
    )
    A[:, 3] = 0
    np.testing.assert_array_equal(run(steps, "eager", A, B)[:, 3], B[:, 3])


def test_a_long_translation_takes_no_more_steps():
    """For `A = [[M, v], [0, 0]]`, `‖ |A|^4 ‖ <= |v| ‖ |M| ‖^3`: 9 steps, the norm asks for 1157."""
    from liealg.runtime.action import plan

    A = np.zeros((1, 4, 4), "float32")
    A[0, :3, :3], A[0, :3, 3] = scipy.linalg.hadamard(4)[:3, :3] - np.eye(3), 1000
    assert plan(tf.constant(A), 0, 100).steps.numpy().max() <= (3000 * 4**3) ** 0.25 / 2.595 + 1
    B = normal(1, 4, 1, dtype="float32")
    exact = exact_derivative(A[0]) @ exactly(B[0])
    close(run(steps, "eager", A, B)[0], exact, "float32", A[0], 4)


@by_dtype
def test_a_common_decay_or_growth_takes_no_steps_and_no_digits(dtype):
    from liealg.runtime.action import plan

    A = np.array([-80, -7, -1, 3, 60])[:, None, None] * np.eye(2) + 0.5 * np.eye(2, k=1)
    A = A.astype(dtype)
    B = np.ones((5, 2, 1), dtype)
    assert np.all(plan(tf.constant(A), 0, 100).steps.numpy() == 1)
    growth = np.exp(A[:, 0, 0].astype(np.longdouble))
    expected = np.stack([1.5 * growth, growth], -1)[..., None]
    error = np.abs(run(steps, "eager", A, B) / expected - 1)[..., 0].max(-1)
    assert np.all(error <= 4 * np.finfo(dtype).eps * (1 + np.abs(A[:, 0, 0])))


@by_mode
def test_one_bad_matrix_spoils_no_other(mode):
    A, B, G = random("float32", (6, 3, 3), (6, 3, 2), (6, 3, 2))
    bad = A.copy()
    bad[1, 0, 1], bad[2, 2, 2], bad[3, 1, 1], bad[4] = np.nan, np.inf, -np.inf, np.inf
    for function, args in ((steps, (B,)), (pullback, (B, G))):
        spoilt = tf.nest.flatten(run(function, mode, bad, *args))
        for x, expected in zip(spoilt, tf.nest.flatten(run(function, mode, A, *args)), strict=True):
            assert np.isnan(x[1:5]).all()
            np.testing.assert_array_equal(x[[0, 5]], expected[[0, 5]])


def test_one_bad_vector_spoils_no_other():
    A, B = random("float32", (1, 3, 3), (1, 3, 3))
    bad = B.copy()
    bad[0, 1, 1] = np.nan
    Y = run(steps, "eager", A, bad)
    assert np.isnan(Y[0, :, 1]).all()
    np.testing.assert_array_equal(Y[0, :, [0, 2]], run(steps, "eager", A, B)[0, :, [0, 2]])


@by_mode
def test_a_large_neighbour_costs_no_digits(mode):
    A, B = random("float32", (3, 3, 3), (3, 3, 2))
    large = A.copy()
    large[1] *= 10
    Y = run(steps, mode, large, B)
    np.testing.assert_array_equal(Y[[0, 2]], run(steps, mode, A, B)[[0, 2]])


@by_mode
def test_beyond_the_capacity_the_exponential_is_formed(mode):
    A = np.array([[0, -1e5], [1e5, 0]]) * np.ones((2, 1, 1))
    A[1] /= 1e5
    B, G = random("float64", (2, 2, 1), (2, 2, 1))
    for ours, theirs in zip(
        (run(steps, mode, A, B), *run(pullback, mode, A, B, G)),
        by_expm(A, B, G),
        strict=True,
    ):
        np.testing.assert_allclose(ours, theirs, rtol=1e-10, atol=1e-10)


def by_expm(A, B, G):
    A, B = tf.constant(A), tf.constant(B)
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = expm(A) @ B
    return [Y, *tape.gradient(Y, [A, B], output_gradients=G)]
