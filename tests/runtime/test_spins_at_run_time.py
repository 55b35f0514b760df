"""Exponentials of matrices with equally spaced eigenvalues against the truth."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from spans import (
    WAYS,
    Span,
    Truth,
    conjugated,
    derivative_tensor,
    directions,
    worst_errors,
)

from liealg.catalogue.representations import _generators, so3_irrep
from liealg.runtime import expm, expm_spin_representation, expm_spins

VALUE_BOUND, GRADIENT_BOUND = 4.0, 16.0
DTYPES = ["float32", "float64"]


def span(
    kind: str, twice: int, by_jacobian: bool = True, parts: tuple = (), by_angles: bool = False
) -> Span:
    """A representation of so(3), su(2) or so(2,1), or a sum of those of the spins `parts`."""
    made = [_matrices(kind, part) for part in parts or (twice,)]
    matrices = [sp.diag(*(sp.Matrix(M[i]) for M in made)) for i in range(3)]
    matrices = conjugated(matrices) if parts else matrices
    signs = [1.0, -1.0, 1.0] if kind == "sl2" else [-1.0, -1.0, -1.0]

    def scalars(theta):
        return tf.reduce_sum(theta * theta * tf.constant(signs, theta.dtype), -1, keepdims=True)

    function = functools.partial(expm_spins, twice=twice)
    if by_jacobian:
        compact = kind != "sl2"
        function = functools.partial(
            expm_spin_representation, twice=twice, compact=compact, by_angles=by_angles
        )
    name = f"{kind}-{'+'.join(map(str, parts)) or twice}{'' if by_jacobian else '-horner'}"
    name += "-angles" if by_angles else ""
    return Span(name, tuple(matrices), scalars, function, by_jacobian)


by_angles = functools.partial(span, by_angles=True)


def _matrices(kind, twice):
    if twice == 0:
        return [sp.zeros(1, 1)] * 3
    if kind == "so3":
        return so3_irrep(twice // 2).matrices
    a, b, c = _generators(twice)
    return (a, b, c) if kind == "su2" else (sp.I * a, b, sp.I * c)


SPANS = [
    span("so3", 4),
    span("so3", 4, by_jacobian=False),
    span("so3", 6),
    span("so3", 8, by_jacobian=False),
    span("so3", 12),
    span("so3", 4, parts=(2, 4)),
    span("so3", 6, parts=(0, 6)),
    span("su2", 1),
    span("su2", 3),
    span("su2", 7),
    span("su2", 8),
    span("su2", 7, by_jacobian=False),
    span("sl2", 2),
    span("sl2", 3, by_jacobian=False),
    span("sl2", 5),
    span("sl2", 8),
    by_angles("so3", 6),
    by_angles("so3", 12),
    by_angles("su2", 5),
    by_angles("su2", 8),
]
by_span = pytest.mark.parametrize("sample", SPANS, ids=repr)
by_dtype = pytest.mark.parametrize("dtype", DTYPES)


def thetas(sample: Span, dtype: str, count: int, seed: int = 0) -> np.ndarray:
    """Norms 1e-8 to 50, angles at and near multiples of pi, axes, zero, and light cones."""
    rng = np.random.default_rng(seed)
    largest = 50 / np.max([np.linalg.norm(E, 2) for E in sample.basis])
    sizes = np.exp(rng.uniform(np.log(1e-8), np.log(largest), count))
    near = np.pi * np.array([0.5, 1, 1, 2, 2, 3, 4]) + [0, 0, -1e-3, 0, 1e-2, 0, 1e-6]
    special = [0.0, 1.8, 2.7, largest, *near, 1.8, 2.5, np.pi]
    angles = np.minimum(np.concatenate([sizes, special]), largest)
    theta = directions(len(angles) - 3, 3, seed) * angles[:, None]
    if "sl2" in sample.name:
        a, b = rng.integers(-8, 9, size=(2, 5)) / 8.0
        nil = np.stack([a * a - b * b, a * a + b * b, 2 * a * b], 1) * [[1e-3], [1], [1], [4], [1]]
        # Conjugates of a rotation by large boosts are far from normal.
        chi, angle = rng.uniform(0.5, 3, 5), rng.uniform(0.1, 7, 5)
        boosted = np.stack([np.sinh(chi), np.cosh(chi), 0 * chi], 1) * angle[:, None]
        boosted *= np.minimum(1, largest / np.linalg.norm(boosted, axis=1))[:, None]
        theta = np.concatenate([theta, nil, nil * (1 + 1e-6), boosted])
    return theta.astype(dtype)


@by_dtype
@by_span
def test_value_and_gradient_meet_the_bar(sample, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 4), "graph")
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@by_dtype
@pytest.mark.parametrize("way", ["eager", "xla"])
@pytest.mark.parametrize("sample", [SPANS[i] for i in (0, 2, 8, 16, 18)], ids=repr)
def test_every_way_meets_the_bar(sample, way, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 4), way)
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@pytest.mark.verify
@by_dtype
@pytest.mark.parametrize("way", ["graph", "xla"])
@pytest.mark.parametrize(
    "sample",
    [
        *SPANS,
        *(span("so3", 2 * j) for j in (1, 4, 5)),
        *(span("su2", j) for j in (2, 4, 5, 6)),
        *(span("sl2", j) for j in (1, 3, 4, 6, 7, 10, 12)),
        *(span("sl2", j, by_jacobian=False) for j in (4, 8, 10)),
        *(span("so3", j, by_jacobian=False) for j in (6, 10)),
        span("sl2", 4, parts=(2, 4)),
        span("su2", 3, parts=(1, 3)),
        *(by_angles("so3", 2 * j) for j in (1, 2, 4, 5)),
        *(by_angles("su2", j) for j in (1, 2, 3, 4, 6, 7)),
    ],
    ids=repr,
)
def test_sweep(sample, way, dtype):
    value, gradient = worst_errors(sample, thetas(sample, dtype, 60, seed=1), way)
    print(f"{sample!r:16} {dtype} {way:6} {value:6.2f} {gradient:6.2f}")
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@pytest.mark.parametrize(
    ("which", "way"),
    [
        (0, "eager"),
        (0, "xla"),
        (1, "eager"),
        (1, "xla"),
        (2, "graph"),
        (8, "graph"),
        (14, "graph"),
        (16, "eager"),
        (18, "graph"),
        (18, "xla"),
    ],
)
def test_second_derivatives_and_forward_mode(which, way):
    """Against the gradient and the forward mode of the general exponential."""
    sample = SPANS[which]
    theta = tf.constant([[0.4, -2.0, 1.3], [0.0, 0.0, 0.0], [1.5, 1.2, 1.6], [0.0, 3.1, 0.0]])
    theta = tf.cast(theta, tf.float64)
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
        scale = np.abs(true).max()
        np.testing.assert_allclose(computed, true, 1e-10, 1e-11 * scale)


@pytest.mark.parametrize("way", ["eager", "graph", "outside"])
@pytest.mark.parametrize("sample", [SPANS[2], SPANS[16], SPANS[18]], ids=repr)
def test_forward_over_reverse_where_angles_are_singular(sample, way):
    """No turn at all, turns about the axes alone, and half turns."""
    axes = np.concatenate([np.zeros([1, 3]), 1.25 * np.eye(3), np.pi * np.eye(3)])
    theta, direction = tf.constant(axes), tf.constant(directions(len(axes) - 3, 3, seed=3))
    general = Span(sample.name, sample.matrices, None, lambda A, _: expm(A))
    weights = np.random.default_rng(0).normal(size=sample.basis.shape[1:])

    def gradient_along(exp):
        def gradient(theta):
            with tf.GradientTape() as tape:
                tape.watch(theta)
                total = tf.reduce_sum(tf.math.real(exp(theta)) * weights)
            return tape.gradient(total, theta)

        inner = tf.function(gradient, autograph=False) if way == "outside" else gradient

        def along(theta):
            with tf.autodiff.ForwardAccumulator(theta, direction) as accumulator:
                found = inner(theta)
            return accumulator.jvp(found)

        return WAYS["graph"](along) if way == "graph" else along

    true = gradient_along(general.exp)(theta)
    computed = gradient_along(sample.exp)(theta)
    np.testing.assert_allclose(computed, true, 1e-9, 1e-11 * np.abs(true).max())


@pytest.mark.parametrize("sample", [SPANS[0], SPANS[4], SPANS[16]], ids=repr)
def test_zero_gives_the_identity_exactly(sample):
    value, derivative = derivative_tensor(sample.exp)(tf.zeros([1, 3]))
    np.testing.assert_array_equal(value[0], np.eye(len(sample.basis[0])))
    np.testing.assert_array_equal(derivative[0], sample.basis.astype("float32"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sample", [SPANS[2], span("so3", 6, False), SPANS[16]], ids=repr)
def test_nan_stays_where_it_is(way, sample):
    theta = np.ones((40, 3), "float32")
    theta[3], theta[7] = np.nan, np.inf
    with_gradient = WAYS[way](derivative_tensor(sample.exp))
    value, derivative = with_gradient(tf.constant(theta))
    good = [i for i in range(40) if i not in (3, 7)]
    assert np.isfinite(value.numpy()[good]).all()
    assert np.isfinite(derivative.numpy()[good]).all()
    assert np.isnan(value.numpy()[[3, 7]]).any(axis=(1, 2)).all()


@pytest.mark.parametrize("way", WAYS)
def test_zero_batch_and_unknown_batch(way):
    sample = SPANS[2]
    assert WAYS[way](sample.exp)(tf.zeros([0, 3])).shape == (0, 7, 7)
    if way != "eager":
        function = WAYS[way](sample.exp)
        traced = function.get_concrete_function(tf.TensorSpec([None, 3]))
        assert traced.structured_outputs.shape.as_list() == [None, 7, 7]


@pytest.mark.parametrize("sample", [SPANS[0], SPANS[9], SPANS[18]], ids=repr)
def test_vectorized_map(sample):
    theta = tf.constant(directions(3, 3))

    def gradient(t):
        with tf.GradientTape() as tape:
            tape.watch(t)
            total = tf.reduce_sum(tf.math.real(sample.exp(t[None])))
        return tape.gradient(total, t)

    mapped = tf.vectorized_map(gradient, theta)
    listed = tf.stack([gradient(t) for t in theta])
    np.testing.assert_allclose(mapped, listed, 1e-12, 1e-12)


def test_batches_broadcast():
    A, Delta = tf.zeros([4, 1, 5, 5], tf.float64), tf.zeros([3, 1], tf.float64)
    assert expm_spins(A, Delta, twice=4).shape == (4, 3, 5, 5)
    half = expm_spins(tf.zeros([2, 5, 5], tf.bfloat16), tf.zeros([2, 1], tf.bfloat16), twice=4)
    assert half.dtype == tf.bfloat16
    sample = SPANS[0]
    theta = tf.zeros([4, 1, 3], tf.float64)
    assert expm_spin_representation(theta, Delta, hat=sample.hat, twice=4).shape == (4, 3, 5, 5)
    theta, Delta = (tf.zeros([2, k], tf.bfloat16) for k in (3, 1))
    half = expm_spin_representation(theta, Delta, hat=sample.hat, twice=4)
    assert half.dtype == tf.bfloat16
    half = expm_spin_representation(theta, Delta, hat=SPANS[8].hat, twice=3)
    assert half.dtype == tf.complex64


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="two times the spin"):
        expm_spins(tf.zeros([3, 3]), tf.zeros([1]), twice=0)
    with pytest.raises(ValueError, match="its last dimension is 1"):
        expm_spins(tf.zeros([3, 3]), tf.zeros([2]), twice=2)
    with pytest.raises(TypeError, match="give float32"):
        expm_spins(tf.zeros([3, 3]), tf.zeros([1], tf.float64), twice=2)
    given = functools.partial(expm_spin_representation, hat=SPANS[0].hat)
    with pytest.raises(ValueError, match="two times the spin"):
        given(tf.zeros([3]), tf.zeros([1]), twice=13)
    with pytest.raises(ValueError, match="its last dimension is 1"):
        given(tf.zeros([3]), tf.zeros([2]), twice=4)
    with pytest.raises(ValueError, match=r"expected \[..., k\]"):
        given(tf.zeros([]), tf.zeros([1]), twice=4)
    with pytest.raises(TypeError, match="cast them to one dtype"):
        given(tf.zeros([3]), tf.zeros([1], tf.float64), twice=4)


@pytest.mark.parametrize(
    ("sample", "words"),
    [
        (by_angles("sl2", 5), r"is not so\(3\)"),
        (by_angles("so3", 6, parts=(0, 6)), "one entry to a row"),
    ],
    ids=repr,
)
def test_euler_angles_that_do_not_serve_are_refused(sample, words):
    with pytest.raises(ValueError, match=words):
        sample.exp(tf.ones([1, 3], tf.float64))


def test_the_truth_is_that_of_mpmath():
    mpmath = pytest.importorskip("mpmath")
    sample, theta = SPANS[0], np.array([0.5, -1.25, 2.0])
    with mpmath.workdps(50):
        A = sum(
            (
                float(t) * mpmath.matrix(E.evalf(50).tolist())
                for t, E in zip(theta, sample.matrices, strict=True)
            ),
            mpmath.zeros(5, 5),
        )
        X = np.array(mpmath.expm(A).tolist(), float)
    value, _ = Truth(sample, theta).errors(X, np.zeros((3, 5, 5)))
    assert value < 1e-16
