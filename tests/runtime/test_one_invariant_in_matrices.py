"""Series of one invariant, or of none, computed by products of matrices, against the truth."""

from __future__ import annotations

import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from spans import (
    WAYS,
    Span,
    conjugated,
    derivative_tensor,
    directions,
    of_form,
    worst_errors,
)

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.catalogue.representations import spin
from liealg.derive import nilpotent, one_complex_invariant, one_invariant
from liealg.derive.blocks import split
from liealg.derive.form import Form
from liealg.derive.one_invariant_matrix import as_matrix_form
from liealg.derive.series import Series
from liealg.runtime import expm, expm_one_invariant

VALUE_BOUND, GRADIENT_BOUND = 4.0, 16.0
by_dtype = pytest.mark.parametrize("dtype", ["float32", "float64"])


def units(n, *places):
    """Matrices with one entry 1 each."""
    return [sp.Matrix(n, n, lambda i, j, p=p: int((i, j) == p)) for p in places]


def galilean():
    """sgal(3): rotations, boosts, translations and time."""
    R = [sp.diag(sp.Matrix(E), 0, 0) for E in known("so3").matrices]
    moved = units(5, *((i, 3) for i in range(3)), *((i, 4) for i in range(3)), (3, 4))
    return [*R, *moved]


MATRICES = {
    "so3": list(known("so3").matrices),
    "se2": list(known("se2").matrices),
    "se3": list(known("se3").matrices),
    "sl2": list(known("sl2").matrices),
    "gl2": list(known("gl2").matrices),
    "sgal3": galilean(),
    "so3 twice": [sp.diag(sp.Matrix(E), sp.Matrix(E)) for E in known("so3").matrices],
    "nilpotent4": units(4, (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)),
    "unipotent": [*units(3, (0, 1), (1, 2), (0, 2)), sp.eye(3)],
}


def span(name: str, matrices) -> Span:
    block, *others = split(MatrixBasis("span", matrices))
    assert not others
    found = next(
        found
        for kind in (nilpotent, one_invariant, one_complex_invariant)
        if isinstance(found := kind.derive(block), Form)
    )
    form = as_matrix_form(found) if isinstance(found, Series) else found
    return of_form(name, matrices, form)


def complexified(name: str) -> list[sp.Matrix]:
    """With complex coefficients, real and imaginary parts one after the other."""
    return [c * E for c in (1, sp.I) for E in known(name).matrices]


SPANS = [
    *(span(name, conjugated(matrices)) for name, matrices in MATRICES.items()),
    span("su2", list(spin("1/2").matrices)),
    *(span(f"complex {name}", complexified(name)) for name in ("sl2", "so3", "gl2")),
    span("phases", conjugated([*known("u2").matrices])),
]
by_span = pytest.mark.parametrize("sample", SPANS, ids=repr)


def thetas(sample: Span, dtype: str, count: int, seed: int = 0) -> np.ndarray:
    """Norms 1e-8 to 50, angles at and near multiples of pi, axes and zero."""
    rng = np.random.default_rng(seed)
    k = len(sample.basis)
    largest = 50 / np.max([np.linalg.norm(E, 2) for E in sample.basis])
    sizes = np.exp(rng.uniform(np.log(1e-8), np.log(largest), count))
    special = [0, np.pi, np.pi, 2 * np.pi, 2 * np.pi - 1e-3, largest, *rng.uniform(0, 3, k)]
    angles = np.minimum(np.concatenate([sizes, special]), largest)
    theta = directions(len(angles) - k, k, seed) * angles[:, None]
    if sample.name == "sl2":  # on the light cone, and close to it
        a, b = rng.integers(-8, 9, size=(2, 6)) / 8.0
        cone = np.stack([a * b, a * a, -b * b], 1)
        theta = np.concatenate([theta, cone, 4 * cone, cone * (1 + 1e-6 * rng.normal(size=(6, 3)))])
    return theta.astype(dtype)


@by_dtype
@by_span
def test_value_and_gradient_meet_the_bar(sample, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 5), "graph")
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@by_dtype
@pytest.mark.parametrize("way", ["eager", "xla"])
@pytest.mark.parametrize("sample", [SPANS[i] for i in (0, 4, 5)], ids=repr)
def test_every_way_meets_the_bar(sample, way, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 5), way)
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@pytest.mark.verify
@by_dtype
@pytest.mark.parametrize("way", ["graph", "xla"])
@by_span
def test_sweep(sample, way, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 100, seed=1), way)
    print(f"{sample!r:16} {dtype} {way:6} {value:6.2f} {gradient:6.2f}")
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@pytest.mark.parametrize(
    ("which", "way"),
    [
        *((4, "eager"), (5, "graph"), (2, "xla"), (7, "graph"), (9, "graph")),
        *((11, "graph"), (12, "graph")),
    ],
)
def test_second_derivatives_and_forward_mode(which, way):
    """Against those of the general exponential."""
    sample = SPANS[which]
    k = len(sample.basis)
    theta = tf.constant(np.concatenate([directions(2, k)[:2] * [[2.0], [0.3]], np.zeros((1, k))]))
    general = Span(sample.name, sample.matrices, None, lambda A, _: expm(A))
    weights = np.random.default_rng(0).normal(size=(2, *sample.basis.shape[1:]))

    def both(exp):
        def loss(theta):
            X = exp(theta)
            X = tf.math.real(X) * weights[0] + tf.math.imag(X) * weights[1]
            return tf.reduce_sum(X, [1, 2])

        def differentiated(theta):
            with tf.GradientTape() as outer:
                outer.watch(theta)
                with tf.GradientTape() as inner:
                    inner.watch(theta)
                    total = loss(theta)
                first = inner.gradient(total, theta)
            with tf.autodiff.ForwardAccumulator(theta, tf.ones_like(theta)) as accumulator:
                total = loss(theta)
            return outer.batch_jacobian(first, theta), accumulator.jvp(total)

        return differentiated

    for computed, true in zip(
        WAYS[way](both(sample.exp))(theta), both(general.exp)(theta), strict=True
    ):
        np.testing.assert_allclose(computed, true, 1e-10, 1e-11 * np.abs(true).max())


@pytest.mark.parametrize("way", WAYS)
def test_nan_stays_where_it_is(way):
    sample = SPANS[4]
    theta = np.ones((40, 4), "float32")
    theta[3], theta[7] = np.nan, np.inf
    value, derivative = WAYS[way](derivative_tensor(sample.exp))(tf.constant(theta))
    good = [i for i in range(40) if i not in (3, 7)]
    assert np.isfinite(value.numpy()[good]).all()
    assert np.isfinite(derivative.numpy()[good]).all()
    assert np.isnan(value.numpy()[3]).any()


@pytest.mark.parametrize("way", WAYS)
def test_zero_batch(way):
    assert WAYS[way](SPANS[5].exp)(tf.zeros([0, 10])).shape == (0, 5, 5)
    assert WAYS[way](SPANS[7].exp)(tf.zeros([0, 6])).shape == (0, 4, 4)


@pytest.mark.parametrize("sample", [SPANS[2], SPANS[8]], ids=repr)
def test_vectorized_map(sample):
    theta = tf.constant(directions(3, len(sample.basis)))

    def gradient(t):
        with tf.GradientTape() as tape:
            tape.watch(t)
            total = tf.reduce_sum(sample.exp(t[None]))
        return tape.gradient(total, t)

    mapped = tf.vectorized_map(gradient, theta)
    listed = tf.stack([gradient(t) for t in theta])
    np.testing.assert_allclose(mapped, listed, 1e-12, 1e-12)


def test_zero_gives_the_identity_exactly():
    value, derivative = derivative_tensor(SPANS[5].exp)(tf.zeros([1, 10]))
    np.testing.assert_array_equal(value[0], np.eye(5))
    np.testing.assert_array_equal(derivative[0], SPANS[5].basis.astype("float32"))


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="give at least 1"):
        expm_one_invariant(tf.zeros([3, 3]), order=0, invariant=False)
    with pytest.raises(ValueError, match="takes 1 scalars"):
        expm_one_invariant(tf.zeros([3, 3]), order=1)
    with pytest.raises(ValueError, match="its last dimension is 2"):
        expm_one_invariant(tf.zeros([3, 3]), tf.zeros([1]), order=1, shift=True)
    with pytest.raises(ValueError, match="a complex invariant takes 0 or 1"):
        expm_one_invariant(tf.zeros([3, 3]), tf.zeros([2]), order=2, complex_invariant=True)


def test_the_form_says_what_it_computes():
    block, *_ = split(MatrixBasis("span", conjugated(MATRICES["gl2"])))
    form = as_matrix_form(one_invariant.derive(block))
    assert form.formula[0] == "exp(A) = exp(s) (c0(Delta) I + c1(Delta) B)"
    assert form.formula[1] == "B = A - s I"
    assert dict(form.keywords) == {"order": 0, "invariant": True, "shift": True}
    assert form.certificate[0].claim == "x^2 - Delta = 0 at x = A - s I for all coefficients"
