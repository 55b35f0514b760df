"""`exp(A) - 1` from functions of the run time, with digits that `exp(A)` rounds off."""

from __future__ import annotations

import dataclasses
import functools
import itertools

import flint
import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from spans import _BITS, WAYS, Truth, conjugated, directions, of_form

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.catalogue.representations import so3_irrep, spin
from liealg.derive import (
    many_nodes,
    nilpotent,
    one_complex_invariant,
    one_invariant,
    two_invariants,
)
from liealg.derive.blocks import split
from liealg.derive.one_invariant_matrix import as_matrix_form
from liealg.derive.series import Series
from liealg.runtime import matrix_product, scaled, with_identity

MATRICES = {
    "so31": known("so31").matrices,
    "sp4": known("sp4").matrices,
    "so5": known("so5").matrices,
    "so3": known("so3").matrices,
    "gl2": known("gl2").matrices,
    "su2": known("su2").matrices,
    "complex gl2": [c * E for c in (1, sp.I) for E in known("gl2").matrices],
    "complex so3": [c * E for c in (1, sp.I) for E in known("so3").matrices],
    "heisenberg": known("heisenberg1").matrices,
    "spin 2": so3_irrep(2).matrices,
    "spin 3": so3_irrep(3).matrices,
    "spin 3/2": spin("3/2").matrices,
    "spin 5/2": spin("5/2").matrices,
}
SIZES = (1e-12, 1e-5, 0.02, 0.4, 1.5, 2 * np.pi, 20.0)


@functools.cache
def spans(name):
    """The span with `exp(A)`, and with `exp(A) - 1`."""
    matrices = conjugated(MATRICES[name])
    (block,) = split(MatrixBasis("span", matrices))
    kinds = (nilpotent, one_invariant, one_complex_invariant, two_invariants, many_nodes)
    form = next(f for kind in kinds if hasattr(f := kind.derive(block), "formula"))
    assert form.is_known_near_identity
    form = as_matrix_form(form) if isinstance(form, Series) else form
    whole = of_form(name, matrices, form)

    def call(A, scalars, **more):
        return whole.function(A, *((scalars,) if form.scalars else ()), **more)

    return tuple(
        dataclasses.replace(whole, function=functools.partial(call, **more))
        for more in ({}, {"less_identity": True})
    )


def elements(span, dtype):
    largest = np.max([np.linalg.norm(E, 2) for E in span.basis])
    theta = directions(len(SIZES), len(span.basis), 3)[-len(SIZES) :]
    theta *= np.array(SIZES)[:, None] / largest
    return np.concatenate([theta, np.zeros_like(theta[:1])]).astype(dtype)


def relative_error(span, theta, computed):
    """Beside the norm of `exp(A) - 1`; where `A` is large, of what rounding it costs."""
    truth = Truth(span, theta)
    with flint.ctx.workprec(_BITS):
        true = truth.value - (0 * span.exact[0]).exp()
    true = np.array([[complex(x) for x in row] for row in true.tolist()])
    norm = np.linalg.norm(true, 2)
    if np.linalg.norm(np.tensordot(theta, span.basis, 1), 2) > 1:
        norm = max(norm, 1) * truth.scale
    return np.linalg.norm(computed - true, 2) / (norm or 1)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", MATRICES)
def test_beyond_the_identity(name, dtype, way):
    _, beyond = spans(name)
    theta = elements(beyond, dtype)
    computed = WAYS[way](beyond.exp)(tf.constant(theta)).numpy()
    errors = [relative_error(beyond, *pair) for pair in zip(theta, computed, strict=True)]
    assert max(errors) <= 8 * np.finfo(dtype).eps, errors


@pytest.mark.parametrize("name", MATRICES)
def test_gradients_are_those_of_the_exponential(name):
    theta = tf.constant(elements(spans(name)[0], "float64"))
    found = []
    for span in spans(name):
        with tf.GradientTape(persistent=True) as outer:
            outer.watch(theta)
            with tf.GradientTape() as inner:
                inner.watch(theta)
                X = span.exp(theta)
                weights = tf.cast(tf.reshape(tf.range(tf.size(X)), X.shape) % 5, X.dtype)
                loss = tf.reduce_sum(tf.math.real(weights * X))
            slope = inner.gradient(loss, theta)
            squared = tf.reduce_sum(slope * slope)
        found.append((slope, outer.gradient(squared, theta)))
    for one, other in zip(*found, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-11, atol=1e-9 * np.abs(one).max())


@pytest.mark.parametrize("shift", [[0.3], [-1e-9], [0.2, 0.5], [1e-9, -1e-9]])
def test_multiples(shift):
    Y = 1e-7 * tf.complex(*tf.random.stateless_normal([2, 5, 3, 3], [1, 2], dtype=tf.float64))
    Y = Y if len(shift) == 2 else tf.math.real(Y)
    s = sp.exp(sp.nsimplify(shift[0]) + sp.I * sp.nsimplify(shift[-1]) * (len(shift) - 1))
    factor, rest = complex(s.n(30)), complex((s - 1).n(30))
    computed = scaled(Y, tf.constant(shift, tf.float64), less_identity=True)
    wanted = factor * Y.numpy() + rest * np.eye(3)
    np.testing.assert_allclose(computed, wanted, rtol=1e-14, atol=1e-22)


def test_products():
    X, Y = tf.random.stateless_normal([2, 20, 3, 3], [1, 2], dtype=tf.float64)
    for way, size in itertools.product(WAYS, (1e-9, 1.0)):
        product = WAYS[way](functools.partial(matrix_product, less_identity=True))
        with tf.GradientTape(persistent=True) as tape:
            tape.watch([X, Y])
            beyond = product(size * X, size * Y)
            whole = matrix_product(with_identity(size * X), with_identity(size * Y))
        expected = size * X + size * Y + size * X @ (size * Y)
        np.testing.assert_allclose(beyond, expected, rtol=1e-13, atol=1e-15 * size)
        for argument in (X, Y):
            slopes = tape.gradient(beyond, argument), tape.gradient(whole, argument)
            np.testing.assert_allclose(*slopes, rtol=1e-12, atol=1e-13 * size)
