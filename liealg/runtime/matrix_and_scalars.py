"""Functions of a matrix and of scalars that belong to it, with hand-written gradients.

An exponential in closed form is a polynomial in the matrix whose coefficients depend on a few
invariants. What computes one is written once, for all memory layouts (`layout`), as a value and its
pull-back; here they become a function of batches that is differentiable to any order.

Cotangents are kept in the form in which they meet a change by `Re tr(K dX)`, `K` the adjoint of
the gradient: the pull-back of `X = P Q` is then `Q K` and `K P`, without a transpose.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import tensorflow as tf

from liealg.runtime.dtypes import complex_dtype, converted
from liealg.runtime.expm import HALF_PRECISION, checked_matrix
from liealg.runtime.gradient import Function, custom_gradient, gradient_by_operations
from liealg.runtime.layout import Lanes, Layout, Rows, flat_batch, layout_of
from liealg.runtime.staging import is_pushed_forward, staged


@dataclass(frozen=True)
class Workspace:
    """Matrices and scalars of one batch in one layout.

    Attributes
    ----------
    layout : Layout
        How they lie in memory; scalars are matrices of one row and one column.
    never : int32 scalar
        At most 0, which no compiler can know.
    """

    layout: Layout
    never: tf.Tensor

    def once(self, *tensors: tf.Tensor) -> list[tf.Tensor]:
        """The same tensors, computed once however often they are used."""
        return self.layout.settle(list(tensors), self.never)

    def identity(self, X: tf.Tensor) -> tf.Tensor:
        """The identity, of the dtype of `X` and broadcast to it."""
        return self.layout.identity(X)

    def real_trace(self, X: tf.Tensor, Y: tf.Tensor | None = None) -> tf.Tensor:
        """`Re tr(X Y)` of each pair of matrices, or `Re tr(X)`, as a scalar of the layout."""
        if Y is None:
            diagonal = X * self.identity(X)
        elif isinstance(self.layout, Lanes):  # no transpose, which would make loads strided
            diagonal = X[:, :, 0] * Y[:, 0]
            for k in range(1, X.shape[1]):
                diagonal += X[:, :, k] * Y[:, k]
            diagonal = diagonal[:, :, None]
        else:
            diagonal = X * tf.linalg.matrix_transpose(Y)
        return tf.reduce_sum(tf.math.real(diagonal), [1, 2], keepdims=True)

    def combination(self, x: Sequence[tf.Tensor], matrices: np.ndarray) -> tf.Tensor:
        """`Σ_i x_i E_i` of scalars of the layout and matrices of numbers."""
        dtype = x[0].dtype
        if np.iscomplexobj(matrices):
            dtype = complex_dtype(dtype)
        trailing = [1] * (x[0].shape.rank - 3)
        terms = (
            converted(number, dtype) * tf.constant(E.reshape([*E.shape, *trailing]), dtype)
            for number, E in zip(x, matrices, strict=True)
        )
        return self.once(functools.reduce(operator.add, terms))[0]

    def real_traces(self, X: tf.Tensor, matrices: np.ndarray) -> list[tf.Tensor]:
        """`Re tr(X E)` for each of a few matrices of numbers, as scalars of the layout."""
        if isinstance(self.layout, Lanes):  # entry by entry: most of `E` are zero
            return [self._real_trace_by_entries(X, E) for E in matrices]
        rows, n = tf.constant(matrices.swapaxes(1, 2), X.dtype), X.shape[-1]
        traces = tf.reshape(X, [-1, n * n]) @ tf.transpose(tf.reshape(rows, [-1, n * n]))
        return [x[:, None, None] for x in tf.unstack(tf.math.real(traces), axis=-1)]

    def _real_trace_by_entries(self, X: tf.Tensor, E: np.ndarray) -> tf.Tensor:
        places = zip(*np.nonzero(E), strict=True)
        terms = (tf.math.real(tf.constant(E[i, j], X.dtype) * X[:, j, i]) for i, j in places)
        return functools.reduce(operator.add, terms)[:, None, None]


Value: TypeAlias = Callable[..., tf.Tensor]
"""`(workspace, A, *scalars) -> X`, or without `A`."""
PullBack: TypeAlias = Callable[..., tuple[tf.Tensor | None, list[tf.Tensor]]]
"""`(workspace, X, K, A, *scalars) -> cotangents of A and of each scalar`, `X()` the value."""


def differentiable(value: Value, pull_back: PullBack) -> Function:
    """Make a function `A [..., n, n], scalars [..., m] -> [..., n, n]` of value and pull-back.

    Parameters
    ----------
    value
        `value(workspace, A, *scalars)` returns the matrices.
    pull_back
        `pull_back(workspace, X, K, A, *scalars)` returns the cotangent of `A`, in the form of `K`,
        and a list of those of the scalars. `X()` gives the value.

    Returns
    -------
    Callable
        The function of tensors of one batch shape, or of shapes that broadcast. `scalars` may be
        `None` where there are none.
    """
    of_batches = _of_batches(value, pull_back)

    def function(A: tf.Tensor, scalars: tf.Tensor | None = None) -> tf.Tensor:
        A = checked_matrix(A, "A")
        if A.dtype.name in HALF_PRECISION:
            single = None if scalars is None else tf.cast(scalars, tf.float32)
            return tf.cast(function(tf.cast(A, tf.float32), single), A.dtype)
        if scalars is None:
            return _shaped(of_batches(flat_batch(A)), A)
        A, scalars = broadcast(A, _checked_scalars(scalars, A))
        return _shaped(of_batches(flat_batch(A), _flat_scalars(scalars)), A)

    return function


def differentiable_by_scalars(
    value: Value, pull_back: PullBack, n: int, *, by_operations: Value | None = None
) -> Function:
    """Make a function `scalars [..., m] -> [..., n, n]` of value and pull-back.

    Parameters
    ----------
    value
        `value(workspace, *scalars)` returns the matrices.
    pull_back
        `pull_back(workspace, X, K, *scalars)` returns `None`, for no matrix is given, and a list of
        the cotangents of the scalars. `X()` gives the value.
    n
        Rows of the matrices.
    by_operations
        The same value for forward mode, which differentiates its operations; needed where those of
        `value` have singularities.

    Returns
    -------
    Callable
        The function of one tensor, floating.
    """
    of_batches = _of_batches(value, pull_back, n, by_operations)

    def function(scalars: tf.Tensor) -> tf.Tensor:
        if scalars.dtype.name in HALF_PRECISION:
            X = function(tf.cast(scalars, tf.float32))
            return X if X.dtype.is_complex else tf.cast(X, scalars.dtype)
        return _shaped(of_batches(_flat_scalars(scalars)), scalars[..., None])

    return function


def _of_batches(
    value: Value, pull_back: PullBack, n: int | None = None, by_operations: Value | None = None
) -> Function:
    """The function of `A [batch, n, n]`, unless `n` is given, and `scalars [batch, m]`, if any."""
    matrices = 1 if n is None else 0

    def chosen(arguments: Sequence[tf.Tensor]) -> Value:
        return by_operations if by_operations and is_pushed_forward(arguments) else value

    def forward(*arguments: tf.Tensor) -> tf.Tensor:
        workspace = _workspace(layout_of(arguments[0], n), arguments)
        X = chosen(arguments)(workspace, *_entered(workspace, arguments, matrices))
        # Leaving turns the axes around: what is computed on the way would be loaded in strides.
        return workspace.layout.leave(workspace.once(X)[0])

    def pulled_back(layout: Layout, X: Function, *tensors: tf.Tensor) -> list[tf.Tensor]:
        *arguments, G = tensors
        workspace = _workspace(layout, arguments)
        entered = _entered(workspace, arguments, matrices)
        K = layout.enter(tf.linalg.adjoint(G))
        bar, scalar_bars = pull_back(workspace, lambda: X(workspace, *entered), K, *entered)
        bars = []
        if bar is not None:
            bars.append(tf.linalg.adjoint(layout.leave(workspace.once(bar)[0])))
        if scalar_bars:
            bars.append(tf.concat([layout.leave(x)[:, :, 0] for x in scalar_bars], -1))
        return bars

    def backward(*tensors: tf.Tensor) -> list[tf.Tensor]:
        return pulled_back(layout_of(tensors[0], n), chosen(tensors), *tensors)

    def twice(*tensors: tf.Tensor) -> list[tf.Tensor]:
        """The gradient of the gradient, through operations without a layout of their own."""
        count = len(tensors) // 2  # as many cotangents as arguments, beside that of the value

        def bars(*arguments: tf.Tensor) -> list[tf.Tensor]:
            return pulled_back(Rows(), lambda *_: exponential(*arguments[:-1]), *arguments)

        return gradient_by_operations(bars, tensors[: count + 1], tensors[count + 1 :])

    gradient = custom_gradient(staged(backward), twice)
    exponential = custom_gradient(staged(forward), gradient)

    def of_batches(*arguments: tf.Tensor) -> tf.Tensor:
        # Eager forward mode asks for the gradient of the gradient with tapes switched off.
        directly = tf.executing_eagerly() and is_pushed_forward(arguments)
        return (forward if directly else exponential)(*arguments)

    return of_batches


def _workspace(layout: Layout, arguments: Sequence[tf.Tensor]) -> Workspace:
    # Only a comparison leaves NaN alone, and minus a count is never positive.
    some = tf.reduce_any(tf.math.real(arguments[-1]) > 0)
    return Workspace(layout, -tf.cast(some, tf.int32))


def _entered(
    workspace: Workspace, arguments: Sequence[tf.Tensor], matrices: int
) -> list[tf.Tensor]:
    columns = [x for scalars in arguments[matrices:] for x in tf.unstack(scalars, axis=-1)]
    all_ = (*arguments[:matrices], *(x[:, None, None] for x in columns))
    # Value and gradient start from the same tensors then, and compilers see what they share.
    return workspace.once(*(workspace.layout.enter(x) for x in all_))


def _flat_scalars(scalars: tf.Tensor) -> tf.Tensor:
    return flat_batch(scalars[..., None])[:, :, 0]


def _checked_scalars(scalars: tf.Tensor, A: tf.Tensor) -> tf.Tensor:
    scalars = tf.convert_to_tensor(scalars, dtype_hint=A.dtype.real_dtype)
    if scalars.dtype != A.dtype.real_dtype:
        raise TypeError(
            f"scalars is {scalars.dtype.name}: with A {A.dtype.name} give {A.dtype.real_dtype.name}"
        )
    if scalars.shape.rank is None or scalars.shape.rank < 1 or scalars.shape[-1] is None:
        raise ValueError(f"scalars has shape {scalars.shape}: expected [..., m], with known m")
    return scalars


def broadcast(A: tf.Tensor, scalars: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Matrices `[..., a, b]` and scalars `[..., m]` with one batch shape."""
    batches = A.shape[:-2], scalars.shape[:-1]
    if batches[0].is_fully_defined() and batches[0] == batches[1]:
        return A, scalars
    static = tf.broadcast_static_shape(*batches)
    batch = tf.broadcast_dynamic_shape(tf.shape(A)[:-2], tf.shape(scalars)[:-1])
    wide = tf.broadcast_to(A, tf.concat([batch, tf.shape(A)[-2:]], 0))
    long = tf.broadcast_to(scalars, tf.concat([batch, tf.shape(scalars)[-1:]], 0))
    return (
        tf.ensure_shape(wide, [*static, *A.shape[-2:]]),
        tf.ensure_shape(long, [*static, *scalars.shape[-1:]]),
    )


def _shaped(X: tf.Tensor, like: tf.Tensor) -> tf.Tensor:
    """The matrices `[batch, n, n]` with the batch dimensions of `[..., a, b]`."""
    batch = like.shape[:-2]
    if batch.rank != 1:
        known = batch.is_fully_defined()
        shape = (
            [*batch, *X.shape[1:]]
            if known
            else tf.concat([tf.shape(like)[:-2], tf.shape(X)[1:]], 0)
        )
        X = tf.reshape(X, shape)
    X.set_shape([*batch, *X.shape[-2:]])
    return X
