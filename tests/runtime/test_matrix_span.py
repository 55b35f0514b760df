"""The algebra that matrices generate, in numbers: bases, coordinates, brackets."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from spans import conjugated

from liealg.catalogue import known
from liealg.runtime import expm, expm_spin_representation
from liealg.runtime.matrix_span import MatrixSpan


def floats(matrices):
    found = np.array([np.array(E.evalf().tolist(), complex) for E in matrices])
    return found if found.imag.any() else found.real


def hat_of(given):
    def hat(theta):
        dtype = theta.dtype
        if np.iscomplexobj(given):
            dtype = tf.complex64 if dtype == tf.float32 else tf.complex128
        return tf.tensordot(tf.cast(theta, dtype), tf.constant(given, dtype), 1)

    return hat


X, Y, Z = floats(known("so3_irrep(2)").matrices)
GIVEN = {
    "whole": (np.array([X, Y, Z]), 3),
    "two of three": (np.array([X, Z]), 3),
    "one": (np.array([X]), 1),
    "zero and dependent": (np.array([X, 0 * X, Y, X - Y / 3, Z, Z / 7]), 3),
    "scales": (np.array([1e-6 * X, 1e6 * Y]), 3),
    "complex": (floats(known("spin(3/2)").matrices)[:2], 3),
    "dense": (floats(conjugated(known("so3_irrep(3)").matrices)), 3),
    "more": (floats(known("so4").matrices)[[0, 1, 5]], 6),
}
by_given = pytest.mark.parametrize("name", GIVEN)


@by_given
def test_the_basis_is_closed_and_holds_what_was_given(name):
    given, dim = GIVEN[name]
    span = MatrixSpan.of_basis(hat_of(given), len(given))
    F = span.matrices
    assert len(F) == dim
    combined = np.einsum("ji,jab->iab", span.elements, F)
    np.testing.assert_allclose(combined, given, 1e-13, 1e-13 * np.abs(given).max())
    products = np.einsum("aij,bjk->abik", F, F)
    brackets = products - products.swapaxes(0, 1)
    sums = np.einsum("aji,jkl->aikl", span.brackets, F)
    sizes = np.linalg.norm(F, axis=(1, 2))
    scale = np.multiply.outer(sizes, sizes)[..., None, None]
    np.testing.assert_allclose(sums / scale, brackets / scale, 0, 1e-13)


@by_given
def test_given_matrices_of_the_basis_have_exact_coordinates(name):
    given, _ = GIVEN[name]
    span = MatrixSpan.of_basis(hat_of(given), len(given))
    for j, F in enumerate(span.matrices):
        for i, E in enumerate(given):
            if (E == F).all():
                np.testing.assert_array_equal(span.elements[:, i], np.eye(len(span.matrices))[j])


def test_zero_and_dependent_matrices_have_their_gradients():
    given, _ = GIVEN["zero and dependent"]
    hat = hat_of(given)
    theta = tf.constant(np.random.default_rng(0).normal(size=(4, len(given))))
    angles = theta[:, 0] + theta[:, 3], theta[:, 2] - theta[:, 3] / 3, theta[:, 4] + theta[:, 5] / 7
    Delta = -tf.add_n([x * x for x in angles])[:, None]
    weights = np.random.default_rng(1).normal(size=(5, 5))

    def both(function):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = function()
        return value, tape.gradient(value, theta, output_gradients=weights + 0 * value)

    value, gradient = both(
        lambda: expm_spin_representation(theta, Delta, hat=hat, twice=4, compact=True)
    )
    true_value, true_gradient = both(lambda: expm(hat(theta)))
    np.testing.assert_allclose(value, true_value, 1e-12, 1e-12)
    np.testing.assert_allclose(gradient, true_gradient, 1e-12, 1e-12)
