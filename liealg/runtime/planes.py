"""Scalars of a batch in planes, each of them side by side in memory, under XLA.

XLA on CPU computes what is stacked along the last axis one entry after the other, with a branch for
each scalar, and what scalars have in common it computes again for each: no vector instructions, and
the work many times over. In planes each scalar is computed by itself and once. The exponentials of
10,000 elements, entry by entry, and their gradients take up to four times less for it (gl(2) 0.21
instead of 0.84 ms, so(4) 0.4 instead of 1.2, so(2) the same); what costs next to nothing, such as
`hat`, takes longer. So planes are for kernels that ask for them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from contextvars import ContextVar

import tensorflow as tf

from liealg.runtime.gradient import Function, custom_gradient
from liealg.runtime.layout import is_compiled_by_xla, never_of, settled
from liealg.runtime.staging import is_pushed_forward

_wanted: ContextVar[bool] = ContextVar("_wanted", default=False)


def traced(function: Function, *, planes: bool) -> Function:
    """The function, with or without planes in its calls of `together` and `apart`.

    Examples
    --------
    >>> pair = traced(lambda x: together([x, x + 1], x), planes=True)
    >>> pair(tf.constant([2.0, 5.0])).numpy().tolist()
    [[2.0, 3.0], [5.0, 6.0]]
    """

    @functools.wraps(function)
    def run(*tensors: tf.Tensor) -> object:
        token = _wanted.set(planes)
        try:
            return function(*tensors)
        finally:
            _wanted.reset(token)

    return run


def together(scalars: Sequence[tf.Tensor | float], like: tf.Tensor) -> tf.Tensor:
    """Stack scalars of one batch shape `[...]` along a new last axis, `[..., k]`.

    Python numbers among them are spread over the batch shape of `like`, in its dtype.

    Examples
    --------
    >>> x = tf.constant([1.0, 2.0])
    >>> together([x, 0], x).numpy().tolist()
    [[1.0, 0.0], [2.0, 0.0]]
    """
    tensors = [scalar for scalar in scalars if tf.is_tensor(scalar)]
    numbers = tuple(None if tf.is_tensor(scalar) else scalar for scalar in scalars)
    if tensors and len(scalars) > 1 and _in_planes(tensors):
        return _stack(numbers)(*tensors)
    return tf.stack(_filled(numbers, tensors, like), axis=-1)


def apart(X: tf.Tensor) -> list[tf.Tensor]:
    """Take scalars `[...]` from the last axis of `[..., k]`, the inverse of `together`.

    Examples
    --------
    >>> [float(scalar) for scalar in apart(tf.constant([1.0, 2.0]))]
    [1.0, 2.0]
    """
    if X.shape.rank > 1 and X.shape[-1] > 1 and _in_planes([X]):
        return list(_unstack()(X))
    return tf.unstack(X, axis=-1)


def _in_planes(tensors: Sequence[tf.Tensor]) -> bool:
    """Whether planes are wanted, and help.

    Not in the loops that TensorFlow vectorizes: XLA compiles no vectorized `settled`. Nor on GPUs,
    where XLA compiles otherwise and each loop waits for the host.
    """
    return (
        _wanted.get()
        and tensors[0].shape.rank > 0
        and is_compiled_by_xla()
        and not tf.config.list_physical_devices("GPU")
        and not _is_vectorized()
        and not is_pushed_forward(tensors)
    )


def _is_vectorized() -> bool:
    """Whether this is the body of a loop for `tf.vectorized_map` or `tape.jacobian`.

    They trace it under this name, and have no public way to ask.
    """
    return "loop_body" in tf.get_current_name_scope()


@functools.cache
def _stack(numbers: tuple[float | None, ...]) -> Callable[..., tf.Tensor]:
    """Tensors, and numbers where these are not None, to `[..., k]`."""

    def stacked(*tensors: tf.Tensor) -> tf.Tensor:
        planes = tf.stack(_filled(numbers, settled(tensors, never_of(tensors[0])), tensors[0]))
        return tf.transpose(planes, [*range(1, planes.shape.rank), 0])

    def pull_back(*tensors_and_cotangent: tf.Tensor) -> list[tf.Tensor]:
        cotangents = apart(tensors_and_cotangent[-1])
        return [g for g, number in zip(cotangents, numbers, strict=True) if number is None]

    return custom_gradient(stacked, pull_back)


@functools.cache
def _unstack() -> Callable[[tf.Tensor], Sequence[tf.Tensor]]:
    def unstacked(X: tf.Tensor) -> list[tf.Tensor]:
        rank = X.shape.rank
        planes = tf.transpose(X, [rank - 1, *range(rank - 1)])
        return tf.unstack(*settled([planes], never_of(X)))

    def pull_back(X: tf.Tensor, *cotangents: tf.Tensor) -> tf.Tensor:
        return together(cotangents, X)

    return custom_gradient(unstacked, pull_back)


def _filled(
    numbers: Sequence[float | None], tensors: Sequence[tf.Tensor], like: tf.Tensor
) -> list[tf.Tensor]:
    """The tensors in the places where there is no number, and the numbers spread over the batch."""
    # A number that occurs several times is spread over the batch once.
    spread = {number: _fill(like, number) for number in numbers if number is not None}
    rest = iter(tensors)
    return [next(rest) if number is None else spread[number] for number in numbers]


def _fill(like: tf.Tensor, number: float) -> tf.Tensor:
    if number == 0:
        return tf.zeros_like(like)
    ones = tf.ones_like(like)
    return ones if number == 1 else ones * number
