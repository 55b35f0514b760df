"""The action of the exponential as tests run it, and what they compare it with."""

from __future__ import annotations

from functools import cache

import mpmath
import numpy as np
import pytest
import tensorflow as tf
from exact import (
    normal,
)

from liealg.runtime.expm_multiply import action, outer

MODES = ["eager", "graph", "xla"]
STAGED = {"float32": "xla", "float64": "eager"}  # eager calls run a graph
by_dtype = pytest.mark.parametrize("dtype", ["float32", "float64"])
by_mode = pytest.mark.parametrize("mode", MODES)

steps = action(100)
"""Small matrices are multiplied step by step as well, which `expm_multiply` would not do."""


# --- the functions under test, traced once for each mode and size, their batch unknown ------------


def outer_by_steps(A, B, G):
    return outer(100)(A, B, G)


def pullback(A, B, G):
    """The gradients of `Re<G, exp(A) B>` by `A` and `B`."""
    with tf.GradientTape() as tape:
        tape.watch([A, B])
        Y = steps(A, B)
    return tape.gradient(Y, [A, B], output_gradients=G)


def second(A, B, G, E):
    """The gradients of `<E, pullback by A>` by `A`, `B` and `G`."""
    with tf.GradientTape() as tape:
        tape.watch([A, B, G])
        A_bar, _ = pullback(A, B, G)
    return tape.gradient(A_bar, [A, B, G], output_gradients=E)


def third(A, B, G, E, F):
    """The gradient by `A` of `<F, second by A>`."""
    with tf.GradientTape() as tape:
        tape.watch(A)
        A_bar = second(A, B, G, E)[0]
    return tape.gradient(A_bar, A, output_gradients=F)


def pushforward(A, B, E):
    """The derivative along `E` by forward mode."""
    with tf.autodiff.ForwardAccumulator(A, E) as accumulator:
        Y = steps(A, B)
    return accumulator.jvp(Y)


@cache
def traced(function, mode, shapes, dtype):
    signature = [tf.TensorSpec([None, *shape], dtype) for shape in shapes]
    return tf.function(function, input_signature=signature, jit_compile=mode == "xla")


def run(function, mode, *args):
    """Call `function` as `mode` runs it, on batches `[batch, .., ..]`, and return NumPy arrays."""
    args = [tf.convert_to_tensor(a) for a in args]
    if mode != "eager":
        shapes = tuple(tuple(a.shape[1:]) for a in args)
        function = traced(function, mode, shapes, args[0].dtype)
    return tf.nest.map_structure(lambda x: x.numpy(), function(*args))


def exactly(matrix):
    """A matrix of floats as mpmath numbers."""
    return np.vectorize(mpmath.mpmathify, otypes=[object])(matrix)


def distance(computed, exact):
    """The 2-norm of the difference of two arrays, taken at 50 digits."""
    with mpmath.workdps(50):
        pairs = zip(np.ravel(computed), np.ravel(exact), strict=True)
        return float(mpmath.norm([mpmath.mpmathify(c) - e for c, e in pairs]))


def norm_of(exact):
    with mpmath.workdps(50):
        return float(mpmath.norm(list(np.ravel(exact))))


def random(dtype, *shapes):
    """Random arrays, complex where the dtype is."""
    listed = []
    for seed, shape in enumerate(shapes):
        x = normal(*shape, seed=seed)
        x = x + 1j * normal(*shape, seed=seed + 10) if "complex" in dtype else x
        listed.append(x.astype(dtype))
    return listed
