"""Group elements applied to vectors as matrices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf

from liealg.runtime.dtypes import converted
from liealg.runtime.kernel import HALF, as_tensors


def is_single(theta: Any) -> bool:
    """Whether `theta` is one set of coefficients, without batch dimensions.

    Examples
    --------
    >>> is_single([0.1, 0.2, 0.3]), is_single(tf.zeros([5, 3]))
    (True, False)
    """
    return bool(tf.convert_to_tensor(theta).shape.rank == 1)


def apply(exp: Callable[..., tf.Tensor], theta: Any, x: Any, *parameters: Any) -> tf.Tensor:
    """Form `exp(theta)` and multiply, `y = exp(A) x`.

    Parameters
    ----------
    exp
        Coefficients `[..., k]`, and scalars `[...]` for the parameters, to matrices `[..., n, n]`.
    theta
        Shape `[..., k]`.
    x
        Shape `[..., n]`, of the precision of `theta`; real or complex where the matrix is complex.
        The batch dimensions broadcast. float16 and bfloat16 are computed in float32.
    *parameters
        What `exp` takes beside `theta`, shape `[...]` each.

    Returns
    -------
    tf.Tensor
        Shape `[..., n]`.

    Raises
    ------
    TypeError
        The dtypes differ in more than real against complex, or `x` is complex and the matrix real.
    ValueError
        The last dimension of `x` is not `n`.

    Examples
    --------
    >>> quarter = lambda theta: theta * tf.constant([[0.0, -1.0], [1.0, 0.0]])
    >>> apply(quarter, [1.0], [[1.0, 0.0], [0.0, 2.0]]).numpy().tolist()
    [[0.0, 1.0], [-2.0, 0.0]]
    """
    theta, x, *scalars = as_tensors(theta, x, *parameters)
    dtype = theta.dtype
    if dtype in HALF:
        theta, x, *scalars = (
            tf.cast(t, tf.float32) if t.dtype in HALF else t for t in (theta, x, *scalars)
        )
    y = matvec(exp(theta, *scalars), x)
    return tf.cast(y, dtype) if dtype in HALF and y.dtype.is_floating else y


def matvec(matrix: tf.Tensor, x: tf.Tensor) -> tf.Tensor:
    """Multiply vectors by matrices, `y = M x`.

    One matrix for a whole batch is applied in a single matrix product; `tf.linalg.matvec` would
    repeat it for every vector.

    Parameters
    ----------
    matrix
        Shape `[..., n, n]`, real or complex.
    x
        Shape `[..., n]`, of the matrix's precision; real or complex where the matrix is complex.

    Returns
    -------
    tf.Tensor
        Shape `[..., n]`, the dtype of the matrix; the batch dimensions broadcast.

    Raises
    ------
    TypeError
        The dtypes differ in more than real against complex, or `x` is complex and the matrix real.
    ValueError
        The last dimension of `x` is not `n`.

    Examples
    --------
    >>> M = tf.constant([[0.0, -1.0], [1.0, 0.0]])
    >>> matvec(M, tf.constant([[1.0, 0.0], [0.0, 2.0]])).numpy().tolist()
    [[0.0, 1.0], [-2.0, 0.0]]
    """
    if x.dtype not in (matrix.dtype, matrix.dtype.real_dtype):
        raise TypeError(
            f"x has dtype {x.dtype.name}, but the matrix {matrix.dtype.name}: cast x to it."
        )
    n = matrix.shape[-1]
    if x.shape.rank is not None and (x.shape.rank == 0 or x.shape[-1] not in (None, n)):
        raise ValueError(f"x has shape {x.shape}: its last dimension must be {n}.")
    x = converted(x, matrix.dtype)
    if matrix.shape.rank == 2:
        return tf.tensordot(x, matrix, axes=[[-1], [1]])
    return tf.linalg.matvec(matrix, x)
