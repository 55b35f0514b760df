"""What makes a pure function of tensors and its hand-written gradient a kernel.

Eager calls run a compiled graph, since TensorFlow's eager mode pays for every operation: for the
exponential of one 2x2 matrix and its gradient that is ten times as fast as operation by operation.
The graph is compiled once for each dtype and rank, by `tf.function` without XLA, so that no batch
size is ever compiled again. Inside a graph (a user's `tf.function`, with `jit_compile` or not,
`tf.vectorized_map`, Keras' `fit`) the function is traced in place.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import tensorflow as tf

from liealg.runtime.dtypes import as_complex
from liealg.runtime.gradient import custom_gradient
from liealg.runtime.planes import traced

Kernel: TypeAlias = Callable[..., tf.Tensor]

HALF = (tf.float16, tf.bfloat16)
"""The dtypes that kernels compute in float32."""


def with_vjp(
    vjp: Callable[..., Any],
    *,
    shapes: Sequence[Sequence[int]],
    complex_arguments: Sequence[str] = (),
    planes: bool = False,
) -> Callable[[Kernel], Kernel]:
    """Give a function of tensors its hand-written vector-Jacobian product.

    The decorated function takes anything that converts to tensors: lists, arrays, variables.
    Batch shapes are broadcast before the function sees them. float16 and bfloat16 are computed in
    float32 and cast back. Derivatives of every order, forward and reverse, follow from `vjp`, which
    TensorFlow differentiates in its turn.

    Parameters
    ----------
    vjp
        `vjp(*tensors, cotangent)` returns the cotangent of each argument (one tensor, or a tuple
        where there are several arguments). The cotangent has the shape and dtype of the result. For
        a complex result `y` it is the gradient as TensorFlow defines it, so that the cotangent of a
        real argument `t` is `Re Σ conj(cotangent) ∂y/∂t`.
    shapes
        The trailing dimensions of each argument: `[k]` for a vector, `[n, n]` for a matrix, `[]`
        for a scalar.
    complex_arguments
        The names of arguments that are complex; a real tensor passed for one of them is cast.
    planes
        Whether XLA should compute each scalar that `vector` and `matrix` put together by itself:
        worth while where the scalars take more than to read their entries.

    Returns
    -------
    Callable
        A decorator. The decorated function raises `TypeError` where an argument is not
        floating-point, is complex but may not be, or differs in precision from the others;
        `ValueError` where trailing dimensions are not the expected ones, a rank is unknown, or
        batch shapes do not broadcast.

    Examples
    --------
    >>> def _scale_vjp(theta, x, cotangent):
    ...     return tf.reduce_sum(x * cotangent, axis=-1, keepdims=True), theta * cotangent
    >>> @with_vjp(_scale_vjp, shapes=[[1], [2]])
    ... def scale(theta, x):
    ...     return theta * x
    >>> scale([2.0], [[1.0, 2.0], [3.0, 4.0]]).numpy().tolist()
    [[2.0, 4.0], [6.0, 8.0]]
    """

    def decorate(function: Kernel) -> Kernel:
        arguments = _Arguments(function, shapes, tuple(complex_arguments))
        value, gradient = (traced(f, planes=planes) for f in (function, vjp))
        return _kernel(function, custom_gradient(value, gradient), arguments)

    return decorate


def _kernel(function: Kernel, differentiable: Kernel, arguments: _Arguments) -> Kernel:
    compiled = _compiled(differentiable, arguments.shapes)

    @functools.wraps(function)
    def kernel(*args: Any, **kwargs: Any) -> tf.Tensor:
        tensors = arguments.tensors(*args, **kwargs)
        dtype = tensors[0].dtype
        if dtype in HALF:
            tensors = [tf.cast(t, tf.float32) if t.dtype in HALF else t for t in tensors]
        tensors = arguments.broadcast(tensors)
        if tf.executing_eagerly():
            result = compiled(*((t.dtype, t.shape.rank) for t in tensors))(*tensors)
        else:
            result = differentiable(*tensors)
        return tf.cast(result, dtype) if dtype in HALF and result.dtype.is_floating else result

    # AutoGraph would only slow the tracing of straight-line code.
    return tf.autograph.experimental.do_not_convert(kernel)


def _compiled(function: Kernel, shapes: list[list[int]]) -> Callable[..., Kernel]:
    @functools.cache
    def compiled(*kinds: tuple[tf.DType, int]) -> Kernel:
        specs = [
            tf.TensorSpec([None] * (rank - len(shape)) + shape, dtype)
            for (dtype, rank), shape in zip(kinds, shapes, strict=True)
        ]
        return tf.function(function, autograph=False).get_concrete_function(*specs)

    return compiled


class _Arguments:
    """What a kernel expects of its arguments, and the words for what it does not accept."""

    def __init__(
        self, function: Kernel, shapes: Sequence[Sequence[int]], complex_: tuple[str, ...]
    ) -> None:
        self.signature = inspect.signature(function)
        self.names = tuple(self.signature.parameters)
        self.function = function.__name__.removeprefix("_")  # `_act` is what `act` calls
        self.shapes = [list(shape) for shape in shapes]
        self.complex = complex_
        if len(self.names) != len(self.shapes):
            raise ValueError(
                f"shapes has {len(self.shapes)} entries, but {self.function}() has "
                f"{len(self.names)} arguments: give the trailing dimensions of each argument."
            )

    def tensors(self, *args: Any, **kwargs: Any) -> list[tf.Tensor]:
        """Arguments as tensors of one precision, with the right trailing dimensions."""
        if kwargs or len(args) != len(self.names):
            args = self.signature.bind(*args, **kwargs).args
        tensors = as_tensors(*args)
        self._check_dtypes(tensors)
        for position, name in enumerate(self.names):
            tensors[position] = self._with_shape(position, tensors[position])
            if name in self.complex:
                tensors[position] = as_complex(tensors[position])
        return tensors

    def broadcast(self, tensors: list[tf.Tensor]) -> list[tf.Tensor]:
        """Arguments with one batch shape, so that a gradient needs no sum over broadcast axes."""
        batches = [
            t.shape[: t.shape.rank - len(shape)]
            for t, shape in zip(tensors, self.shapes, strict=True)
        ]
        if len(tensors) == 1 or all(b.is_fully_defined() and b == batches[0] for b in batches):
            return tensors
        try:
            static = functools.reduce(tf.broadcast_static_shape, batches)
        except ValueError:
            raise ValueError(
                f"{self.function}() cannot broadcast the batch shapes {self._listed(batches)}: "
                "make each batch dimension equal or 1."
            ) from None
        batch = _dynamic(static, tensors, self.shapes)
        return [
            _broadcast(t, shape, static, batch)
            for t, shape in zip(tensors, self.shapes, strict=True)
        ]

    def _check_dtypes(self, tensors: list[tf.Tensor]) -> None:
        for name, tensor in zip(self.names, tensors, strict=True):
            dtype, may_be_complex = tensor.dtype, name in self.complex
            if not (dtype.is_floating or (dtype.is_complex and may_be_complex)):
                wanted = "floating-point or complex" if may_be_complex else "real floating-point"
                raise TypeError(
                    f"{self.function}() got {name} of dtype {dtype.name}: pass {wanted} numbers."
                )
        if len({t.dtype.real_dtype for t in tensors}) > 1:
            dtypes = self._listed([t.dtype.name for t in tensors])
            raise TypeError(f"{self.function}() got dtypes {dtypes}: cast them to one precision.")

    def _with_shape(self, position: int, tensor: tf.Tensor) -> tf.Tensor:
        name, wanted, shape = self.names[position], self.shapes[position], tensor.shape
        words = (
            f"its last dimension must be {wanted[0]}"
            if len(wanted) == 1
            else f"its last dimensions must be {' x '.join(map(str, wanted))}"
        )
        if shape.rank is None:
            raise ValueError(
                f"{self.function}() got {name} of unknown rank: fix its rank with "
                f"tf.ensure_shape, {words}."
            )
        batch = shape[: max(0, shape.rank - len(wanted))]
        if not shape.is_compatible_with([*batch, *wanted]):
            raise ValueError(f"{self.function}() got {name} of shape {shape}: {words}.")
        known = shape[len(batch) :].is_fully_defined()
        return tensor if known else tf.ensure_shape(tensor, [*batch, *wanted])

    def _listed(self, values: Sequence[object]) -> str:
        return " and ".join(f"{v} of {name}" for v, name in zip(values, self.names, strict=True))


def as_tensors(*arguments: Any) -> list[tf.Tensor]:
    """Convert to tensors; lists of Python numbers follow the arguments that have a dtype.

    Where none has, they are float32.

    Examples
    --------
    >>> import numpy as np
    >>> [tensor.dtype.name for tensor in as_tensors([1.0, 2.0], np.zeros(2))]
    ['float64', 'float64']
    """
    typed = (tf.as_dtype(a.dtype).real_dtype for a in arguments if hasattr(a, "dtype"))
    default = next(typed, tf.float32)
    return [tf.convert_to_tensor(a, dtype_hint=None if _typed(a) else default) for a in arguments]


def _typed(argument: Any) -> bool:
    """Whether an argument brings its dtype along, as arrays, tensors and lists of them do."""
    if isinstance(argument, list | tuple):
        return any(_typed(entry) for entry in argument)
    return hasattr(argument, "dtype")


def _dynamic(
    static: tf.TensorShape, tensors: list[tf.Tensor], shapes: list[list[int]]
) -> list[int] | tf.Tensor:
    if static.is_fully_defined():
        return static.as_list()
    batches = [
        tf.shape(t)[: t.shape.rank - len(shape)] for t, shape in zip(tensors, shapes, strict=True)
    ]
    return functools.reduce(tf.broadcast_dynamic_shape, batches)


def _broadcast(
    tensor: tf.Tensor, shape: list[int], static: tf.TensorShape, batch: list[int] | tf.Tensor
) -> tf.Tensor:
    own = tensor.shape[: tensor.shape.rank - len(shape)]
    if own.is_fully_defined() and own == static:
        return tensor
    result = tf.broadcast_to(tensor, tf.concat([batch, shape], axis=0) if shape else batch)
    return tf.ensure_shape(result, [*static, *shape])
