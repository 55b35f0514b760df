"""Shapes, dtypes, transformations and refusals of the action of the exponential."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.linalg
import scipy.sparse.linalg
import tensorflow as tf
from exact import (
    normal,
)
from thin import (
    pullback,
    random,
    steps,
    traced,
)

import liealg
from liealg.runtime import expm, expm_multiply
from liealg.runtime.cost import cheaper_to_multiply, most_steps

# --- expm_multiply: shapes, transformations, dtypes -----------------------------------------------


@pytest.mark.parametrize(
    ("mode", "dtype"),
    [("eager", "float64"), ("graph", "complex128"), ("xla", "float32"), ("xla", "complex64")],
)
def test_agrees_with_scipy(mode, dtype):
    A, B = random(dtype, (64, 64), (64, 1))
    A *= np.array(2 / np.linalg.norm(A, 1), dtype)
    assert cheaper_to_multiply(*B.shape)
    function = {"eager": expm_multiply, "graph": graph, "xla": xla}[mode]
    expected = scipy.sparse.linalg.expm_multiply(A.astype("complex128"), B)
    error = np.linalg.norm(function(A, B).numpy() - expected) / np.linalg.norm(expected)
    assert error <= 100 * np.finfo(dtype).eps


graph = tf.function(expm_multiply)
xla = tf.function(expm_multiply, jit_compile=True)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((16, 16), (16,)),
        ((16, 16), (16, 1)),
        ((16, 16), (2, 3, 16, 1)),
        ((2, 16, 16), (16, 2)),
        ((2, 1, 16, 16), (3, 16, 1)),
        ((0, 16, 16), (0, 16, 1)),
        ((16, 16), (0, 16, 1)),
        ((3, 3), (5, 3, 2)),
        ((1, 1), (1, 1)),
    ],
)
def test_shapes_and_gradients_broadcast(a, b):
    A, B = (tf.constant(x) for x in random("float64", a, b))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([A, B])
        Y = expm_multiply(A, B)
        expected = tf.linalg.matvec(expm(A), B) if B.shape.rank == 1 else expm(A) @ B
        loss, expected_loss = (tf.reduce_sum(tf.sin(y)) for y in (Y, expected))
    assert Y.shape == expected.shape
    np.testing.assert_allclose(Y, expected, rtol=1e-11, atol=1e-11)
    for x in (A, B):
        bar, expected_bar = tape.gradient(loss, x), tape.gradient(expected_loss, x)
        assert bar.shape == x.shape
        np.testing.assert_allclose(bar, expected_bar, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("a", "b", "result"),
    [
        ((None, 32, 32), (None, 32, 1), [None, 32, 1]),
        ((32, 32), (None, 32, 2), [None, 32, 2]),
        ((None, None, None), (None, None, None), [None, None, None]),
        ((None, None), (32,), [32]),
    ],
)
def test_sizes_that_are_known_at_run_time_only(a, b, result):
    function = tf.function(expm_multiply, input_signature=[tf.TensorSpec(a), tf.TensorSpec(b)])
    assert function.get_concrete_function().output_shapes.as_list() == result
    A, B = random("float32", [d or 32 for d in a], [d or 32 for d in b])
    A /= 4
    np.testing.assert_allclose(function(A, B), expm(A).numpy() @ B, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("complex_a", [False, True])
def test_real_and_complex_mixed(complex_a):
    A, B = random("complex128", (20, 20), (20, 2))
    A, B = (A, B.real) if complex_a else (A.real, B)
    A, B = tf.constant(A), tf.constant(B)
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = expm_multiply(A, B)
        loss = tf.reduce_sum(tf.abs(Y) ** 2)
    bars = tape.gradient(loss, [A, B])
    assert [bar.dtype for bar in bars] == [A.dtype, B.dtype]
    X = scipy.linalg.expm(A.numpy())
    np.testing.assert_allclose(Y, X @ B.numpy(), rtol=1e-11, atol=1e-11)
    expected = 2 * X.conj().T @ Y.numpy()
    expected = expected.real if complex_a else expected
    np.testing.assert_allclose(bars[1], expected, rtol=1e-10, atol=1e-9)
    L = scipy.linalg.expm_frechet(A.numpy().conj().T, 2 * Y.numpy() @ B.numpy().conj().T)[1]
    np.testing.assert_allclose(bars[0], L if complex_a else L.real, rtol=1e-9, atol=1e-8)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16])
def test_half_precision_is_single_precision_rounded(dtype):
    A, B = (tf.cast(x, dtype) for x in (normal(3, 3), normal(3, 2)))
    single = expm_multiply(tf.cast(A, tf.float32), tf.cast(B, tf.float32))
    np.testing.assert_array_equal(expm_multiply(A, B), tf.cast(single, dtype))


def test_vectorized_map():
    A, B, G = (tf.constant(x) for x in random("float32", (4, 1, 3, 3), (4, 1, 3, 1), (4, 1, 3, 1)))
    A *= tf.constant([0.1, 1, 3, 5])[:, None, None, None]
    bars = tf.vectorized_map(lambda x: pullback(*x), (A, B, G))
    for bar, expected in zip(bars, pullback(A[:, 0], B[:, 0], G[:, 0]), strict=True):
        np.testing.assert_allclose(bar[:, 0], expected, rtol=1e-4, atol=1e-4)


@pytest.mark.xfail(
    raises=tf.errors.InvalidArgumentError,
    strict=True,
    reason="""
TensorFlow differentiates mapped loops of different lengths wrongly where they read tensors from
outside; a batch needs no map, and the gradient may be taken inside of it.""",
)
def test_gradient_of_vectorized_map():
    A, B, G = (tf.constant(x) for x in random("float32", (4, 1, 3, 3), (4, 1, 3, 1), (4, 1, 3, 1)))
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = tf.vectorized_map(lambda x: steps(*x), (A, B))
    bars = tape.gradient(Y, [A, B], output_gradients=G)
    for bar, expected in zip(bars, pullback(A[:, 0], B[:, 0], G[:, 0]), strict=True):
        np.testing.assert_allclose(bar[:, 0], expected, rtol=1e-4, atol=1e-4)


def test_the_tape_sees_through_a_function():
    A, B, G = (tf.constant(x) for x in random("float32", (2, 3, 3), (2, 3, 2), (2, 3, 2)))
    inner = traced(steps, "xla", ((3, 3), (3, 2)), tf.float32)
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = inner(A, B)
    bars = tape.gradient(Y, [A, B], output_gradients=G)
    for bar, expected in zip(bars, pullback(A, B, G), strict=True):
        np.testing.assert_allclose(bar, expected, rtol=1e-5, atol=1e-5)


def test_saved_model_keeps_the_gradient(tmp_path):
    A, B = (tf.constant(x) for x in random("float32", (2, 3, 3), (2, 3, 1)))
    module = tf.Module()
    module.call = tf.function(
        steps, input_signature=[tf.TensorSpec([None, *x.shape[1:]]) for x in (A, B)]
    )
    options = tf.saved_model.SaveOptions(experimental_custom_gradients=True)
    tf.saved_model.save(module, str(tmp_path), options=options)
    loaded = tf.saved_model.load(str(tmp_path))
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = loaded.call(A, B)
    np.testing.assert_allclose(Y, steps(A, B), rtol=1e-6, atol=1e-6)
    bars = tape.gradient(Y, [A, B], output_gradients=B)
    for bar, expected in zip(bars, pullback(A, B, B), strict=True):
        np.testing.assert_allclose(bar, expected, rtol=1e-5, atol=1e-5)


# --- the choice -----------------------------------------------------------------------------------


def test_thin_is_multiplied_and_wide_is_formed():
    assert cheaper_to_multiply(512, 1)
    assert cheaper_to_multiply(64, 1)
    assert not cheaper_to_multiply(3, 1)
    assert not cheaper_to_multiply(64, 64)
    assert not cheaper_to_multiply(64, 1, steps=10_000)
    assert most_steps(None, 1) == most_steps(512, None) == 0


def test_more_vectors_or_smaller_matrices_never_allow_more_steps():
    for n in (4, 16, 64, 256, 512):
        for vectors in (1, 4, 16, 64):
            assert (
                most_steps(n, vectors + 1) <= most_steps(n, vectors) <= most_steps(2 * n, vectors)
            )


def test_the_package_offers_it():
    assert liealg.expm_multiply is expm_multiply


# --- refusals -------------------------------------------------------------------------------------


def test_bad_input_is_refused_in_words():
    with pytest.raises(ValueError, match="A has shape"):
        expm_multiply(tf.zeros([2, 3]), tf.zeros([3, 1]))
    with pytest.raises(ValueError, match="does not fit"):
        expm_multiply(tf.zeros([3, 3]), tf.zeros([2, 1]))
    with pytest.raises(ValueError, match="does not fit"):
        expm_multiply(tf.zeros([3, 3]), tf.zeros([2]))
    with pytest.raises(ValueError, match="do not broadcast"):
        expm_multiply(tf.zeros([4, 3, 3]), tf.zeros([5, 3, 1]))
    with pytest.raises(ValueError, match="B has shape"):
        expm_multiply(tf.zeros([3, 3]), 1.0)
    with pytest.raises(TypeError, match="one precision"):
        expm_multiply(tf.zeros([3, 3]), tf.zeros([3, 1], tf.float64))
    with pytest.raises(TypeError, match="int32"):
        expm_multiply(tf.zeros([3, 3], tf.int32), tf.zeros([3, 1], tf.int32))
