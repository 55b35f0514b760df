"""Values of custom gradients as compiled graphs in eager mode, and out of the sight of tapes."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import tensorflow as tf
from tensorflow.python.eager.forwardprop_util import pack_tangents
from tensorflow.python.eager.record import stop_recording

from liealg.runtime.gradient import Function, Results


def staged(function: Function) -> Function:
    """Run a function of batches `[batch, ..]` as one compiled graph in eager mode.

    TensorFlow takes its time over each eager operation. The graph is compiled without XLA, once for
    each dtype and size, whatever the batch. The derivatives of the function are somebody else's
    (`gradient.custom_gradient`): tapes do not look inside, which halves the time that a second
    derivative takes to trace. A `tf.stop_gradient` would keep them out too, but stay in the graph:
    a tape around a `tf.vectorized_map` would find it there, and zeros for a gradient.

    Examples
    --------
    >>> staged(lambda x: x + 1)(tf.zeros([2, 3])).shape
    TensorShape([2, 3])
    """

    @functools.cache
    def traced(*kinds: tuple[tf.DType, tuple[int, ...]]) -> Function:
        specs = [tf.TensorSpec([None, *shape], dtype) for dtype, shape in kinds]
        # One list: TensorFlow tries a signature of starred arguments, fails and prints all of them.
        listed = tf.function(lambda tensors: function(*tensors), autograph=False)
        return listed.get_concrete_function(specs)

    def run(*tensors: tf.Tensor) -> Results:
        if is_pushed_forward(tensors) and not tf.executing_eagerly():
            return function(*tensors)
        with stop_recording():
            if not tf.executing_eagerly():
                return function(*tensors)
            return traced(*[(t.dtype, tuple(t.shape[1:])) for t in tensors])(list(tensors))

    return run


def is_pushed_forward(tensors: Sequence[tf.Tensor]) -> bool:
    """Whether a `tf.autodiff.ForwardAccumulator` follows one of the tensors.

    In a graph it goes through the operations themselves. TensorFlow has no public way to ask.

    Examples
    --------
    >>> is_pushed_forward([tf.constant(1.0)])
    False
    """
    return bool(pack_tangents(list(tensors)).tangents)
