"""A gradient of one's own for a function of tensors, good for derivatives of every order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias
from uuid import uuid4

import tensorflow as tf

Results: TypeAlias = tf.Tensor | Sequence[tf.Tensor]
Function: TypeAlias = Callable[..., Any]


def custom_gradient(function: Function, vjp: Function) -> Function:
    """Return the function with `vjp` as its gradient.

    This does what `tf.custom_gradient` does, also where that fails: where `vjp` calls a function
    with a gradient of its own and is differentiated again, with tapes outside of a `tf.function` or
    in `tape.jacobian` ("cannot be accessed from here, because it was defined in FuncGraph ... which
    is out of scope").

    Parameters
    ----------
    function
        `function(*tensors)` returns a tensor or a list of tensors.
    vjp
        `vjp(*tensors, *cotangents)` returns the cotangent of each argument; neither it nor
        `function` captures tensors.

    Returns
    -------
    Callable
        The function of tensors, differentiable by `vjp`, in eager mode and in graphs.

    Examples
    --------
    >>> square = custom_gradient(lambda x: x * x, lambda x, cotangent: 2 * x * cotangent)
    >>> float(square(tf.constant(3.0)))
    9.0
    """

    @tf.custom_gradient
    def recorded(*tensors: tf.Tensor) -> tuple[Results, Function]:
        results = function(*tensors)
        shapes = [result.shape for result in tf.nest.flatten(results)]
        return results, lambda *cotangents: vjp(*tensors, *_shaped(cotangents, shapes))

    def differentiable(*tensors: tf.Tensor) -> Results:
        results = recorded(*tensors)
        return results if tf.executing_eagerly() else _marked(vjp, results, tensors)

    return differentiable


def gradient_by_operations(
    function: Function, arguments: Sequence[tf.Tensor], cotangents: Sequence[tf.Tensor]
) -> list[tf.Tensor]:
    """Differentiate the operations of a function; zeros where a result does not depend on one.

    In a graph that is `tf.gradients`: while forward mode differentiates a `tf.function` from
    outside, TensorFlow stops all tapes, and a tape would find nothing.

    Parameters
    ----------
    function
        `function(*arguments)` returns a list of tensors.
    arguments, cotangents
        What to differentiate by, and the cotangent of each result.

    Examples
    --------
    >>> gradient_by_operations(lambda x: [x * x], [tf.constant(3.0)], [tf.constant(1.0)])[0].numpy()
    np.float32(6.0)
    """
    zero = tf.UnconnectedGradients.ZERO
    arguments, cotangents = list(map(tf.identity, arguments)), list(cotangents)
    if tf.executing_eagerly():
        with tf.GradientTape() as tape:
            tape.watch(arguments)
            results = function(*arguments)
        return tape.gradient(results, arguments, cotangents, unconnected_gradients=zero)
    return tf.gradients(function(*arguments), arguments, cotangents, unconnected_gradients=zero)


def _marked(vjp: Function, results: Results, tensors: tuple[tf.Tensor, ...]) -> Results:
    """Pass results through an operation whose gradient reads that operation's own inputs.

    The gradient that `tf.custom_gradient` leaves in a graph holds on to the tensors of that graph,
    and TensorFlow copies operations to other graphs. Tapes do not look at this mark: they see an
    identity, and behind it what `tf.custom_gradient` recorded for them.
    """
    flat = tf.nest.flatten(results)
    # Unique for ever: a SavedModel that lost its gradients must not find those of another function.
    name = f"liealg-{uuid4()}"

    @tf.RegisterGradient(name)
    def gradient(operation: tf.Operation | None, *cotangents: tf.Tensor) -> list[tf.Tensor | None]:
        # A gradient that is traced for a SavedModel gets no operation.
        inputs = operation.inputs[len(flat) :] if operation else tensors
        shaped = _shaped(cotangents[: len(flat)], [result.shape for result in flat])
        return [None] * len(flat) + tf.nest.flatten(vjp(*inputs, *shaped))

    with tf.compat.v1.get_default_graph().gradient_override_map({"IdentityN": name}):
        outputs = tf.identity_n([*flat, *tensors])
    return tf.nest.pack_sequence_as(results, outputs[: len(flat)])


def _shaped(cotangents: Sequence[tf.Tensor], shapes: Sequence[tf.TensorShape]) -> list[tf.Tensor]:
    """Cotangents with the static shapes of the results.

    TensorFlow computes some shapes at run time only, such as those of the gradient of a
    `tf.tensordot` in a graph, and a kernel takes tensors apart when it is traced.
    """
    tensors = [tf.convert_to_tensor(cotangent) for cotangent in cotangents]
    for tensor, shape in zip(tensors, shapes, strict=True):
        tensor.set_shape(shape)
    return tensors
