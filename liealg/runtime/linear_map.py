"""Linear maps between coefficients and matrices whose numbers are a table of the module."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from liealg.runtime.dtypes import as_complex

Table = Sequence[Sequence[complex]]


def linear_map(x: tf.Tensor, rows: Table, shape: Sequence[int], *, real: bool = False) -> tf.Tensor:
    """Return the combination of rows with the entries of each element as coefficients.

    Parameters
    ----------
    x : tensor `[..., k]` or `[..., n, n]`, real or complex
        As many entries as there are rows.
    rows : nested sequence
        Complex numbers among them make the result complex.
    shape
        The trailing dimensions of the result, `[n, n]` for a vector, `[k]` for a matrix.
    real : bool
        Whether the result is the real part.

    Returns
    -------
    tensor `[..., *shape]`

    Examples
    --------
    >>> linear_map(tf.constant([1.0, 2.0]), [[1, 0, 0, 1], [0, 1, 0, 0]], [2, 2]).numpy().tolist()
    [[1.0, 2.0], [0.0, 1.0]]
    """
    if _is_complex(rows):
        x = as_complex(x)
    y = _contracted(x, tf.constant(rows, x.dtype), shape)
    return tf.math.real(y) if real else y


def adjoint_map(y: tf.Tensor, rows: Table, shape: Sequence[int], *, real: bool = True) -> tf.Tensor:
    """Return the cotangents of the argument of `linear_map`.

    Parameters
    ----------
    y : tensor `[..., n, n]` or `[..., k]`
        The cotangent of its result.
    rows
        As there.
    shape
        The trailing dimensions of the argument.
    real : bool
        Whether the argument is real: of the cotangent that is the real part. If not, it is complex.

    Returns
    -------
    tensor `[..., *shape]`, real or complex

    Examples
    --------
    >>> table = [[1, 0, 0, 1], [0, 1, 0, 0]]
    >>> adjoint_map(tf.constant([[1.0, 2.0], [3.0, 4.0]]), table, [2]).numpy().tolist()
    [5.0, 2.0]
    """
    if not real:
        y = as_complex(y)
    table = tf.linalg.adjoint(tf.constant(rows, y.dtype))
    x = _contracted(y, table, shape)
    return tf.math.real(x) if real else x


def _is_complex(rows: Table) -> bool:
    return any(isinstance(entry, complex) for row in rows for entry in row)


def _contracted(x: tf.Tensor, table: tf.Tensor, shape: Sequence[int]) -> tf.Tensor:
    """The argument is a vector where the result is a matrix, and the other way round."""
    batch = x.shape[: x.shape.rank - (3 - len(shape))]
    flat = tf.reshape(x, [-1, table.shape[0]]) @ table
    if batch.is_fully_defined():
        return tf.reshape(flat, [*batch, *shape])
    result = tf.reshape(flat, tf.concat([tf.shape(x)[: batch.rank], list(shape)], 0))
    result.set_shape([*batch, *shape])
    return result
