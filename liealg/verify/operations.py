"""How many operations on numbers a kernel and its gradient take for one element."""

from __future__ import annotations

import math
from collections.abc import Callable

import tensorflow as tf

FUNCTION = 20
"""What an exponential, a root or a cosine counts as."""

_ONE_EACH = [
    "Abs",
    "AddN",
    "AddV2",
    "Add",
    "Sub",
    "Neg",
    "Maximum",
    "Minimum",
    "Less",
    "LessEqual",
    "Greater",
    "GreaterEqual",
    "Select",
    "SelectV2",
    "Floor",
    "Ceil",
    "Round",
    "Rint",
    "Sign",
    "Conj",
    "BiasAdd",
]
_MULTIPLICATIONS = ("Mul", "Square", "RealDiv", "DivNoNan", "Reciprocal", "MulNoNan")
_FUNCTIONS = [
    "Exp",
    "Expm1",
    "Log",
    "Log1p",
    "Sqrt",
    "Rsqrt",
    "Sin",
    "Cos",
    "Sinh",
    "Cosh",
    "Tan",
    "Tanh",
    "Pow",
]
_REDUCTIONS = ("Sum", "Max", "Min", "Prod", "Mean")
_PRODUCTS = ("MatMul", "BatchMatMul", "BatchMatMulV2", "BatchMatMulV3")
_CALLS = ("PartitionedCall", "StatefulPartitionedCall")
_LOOPS = ("While", "StatelessWhile")


def operations(exp: Callable[[tf.Tensor], tf.Tensor], dim: int) -> tuple[int, int]:
    """Operations of the exponential of one element, and of its gradient beside that.

    Additions, multiplications, comparisons and choices count as 1, functions such as the
    exponential as ``FUNCTION``, those of complex numbers as the real ones that they consist of. The
    body of a loop counts once: the fallback is counted with one squaring.

    Parameters
    ----------
    exp
        ``theta [..., k]`` to ``exp(A) [..., n, n]``.
    dim
        ``k``.

    Examples
    --------
    >>> from liealg.generated import so3
    >>> forward, backward = operations(so3.exp, 3)
    >>> backward < 4 * forward
    True
    """
    theta = tf.TensorSpec([1, dim], tf.float64)
    forward = _traced(exp, theta)
    value = tf.TensorSpec(forward.outputs[0].shape, forward.outputs[0].dtype)

    def both(theta: tf.Tensor, cotangent: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(theta)
            result = exp(theta)
        return tape.gradient(result, theta, output_gradients=cotangent)

    once = _in_graph(forward)
    return once, _in_graph(_traced(both, theta, value)) - once


def _traced(function: Callable[..., tf.Tensor], *specs: tf.TensorSpec) -> tf.Graph:
    return tf.function(function, autograph=False).get_concrete_function(*specs).graph


def _in_graph(graph: tf.Graph) -> int:
    return sum(_of_operation(graph, operation) for operation in graph.get_operations())


def _of_operation(graph: tf.Graph, operation: tf.Operation) -> int:
    kind = operation.type
    if kind in _CALLS:
        return _in_graph(_body(graph, operation.get_attr("f").name))
    if kind in _LOOPS:
        return _in_graph(_body(graph, operation.get_attr("body").name))
    if not operation.outputs or not _is_number(operation.outputs[0].dtype):
        return 0
    result = operation.outputs[0]
    size, is_complex = _size(result), result.dtype.is_complex
    if kind in _ONE_EACH:
        return size * (2 if is_complex else 1)
    if kind in _MULTIPLICATIONS:
        return size * (6 if is_complex else 1)
    if kind in _FUNCTIONS:
        return size * FUNCTION * (2 if is_complex else 1)
    if kind in _REDUCTIONS:
        return _size(operation.inputs[0]) * (2 if is_complex else 1)
    if kind in _PRODUCTS:
        inner = operation.inputs[0].shape[-2 if operation.get_attr(_transposed(kind)) else -1]
        return size * int(inner) * (8 if is_complex else 2)
    return 0


def _transposed(kind: str) -> str:
    return "transpose_a" if kind == "MatMul" else "adj_x"


def _body(graph: tf.Graph, name: str) -> tf.Graph:
    return graph._get_function(name).graph


def _size(tensor: tf.Tensor) -> int:
    return math.prod(int(d) for d in tensor.shape) if tensor.shape.is_fully_defined() else 1


def _is_number(dtype: tf.DType) -> bool:
    return dtype.is_floating or dtype.is_complex or dtype.is_bool
