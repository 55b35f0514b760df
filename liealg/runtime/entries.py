"""Matrices and vectors put together from scalars that share a batch shape.

A generated kernel computes with scalars, each a tensor of the batch shape; here they become the
entries of a tensor, all at once: nested stacks and masks were measured to be no faster, compiled by
XLA or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TypeAlias

import tensorflow as tf

from liealg.runtime.planes import apart, together

Scalar: TypeAlias = tf.Tensor | float
ComplexScalar: TypeAlias = tuple[Scalar, Scalar]


def vector(entries: Sequence[Scalar]) -> tf.Tensor:
    """Stack `k` scalars into a vector along a new last axis.

    Parameters
    ----------
    entries
        Tensors of one batch shape and dtype, or Python numbers; at least one tensor.

    Returns
    -------
    tf.Tensor
        Shape `[..., k]`, the dtype of the tensors.

    Raises
    ------
    ValueError
        No entry is a tensor, so the batch shape is unknown.

    Examples
    --------
    >>> vector([tf.constant([1.0, 2.0]), 0]).numpy().tolist()
    [[1.0, 0.0], [2.0, 0.0]]
    """
    return together(entries, _first_tensor(entries))


def vector_entries(vector: tf.Tensor) -> list[tf.Tensor]:
    """Take a vector apart into scalars, the inverse of `vector`.

    Parameters
    ----------
    vector
        Shape `[..., k]`, `k` known when traced; any dtype.

    Returns
    -------
    list of tf.Tensor
        `k` scalars of the batch shape.

    Examples
    --------
    >>> a, b = vector_entries(tf.constant([1.0, 2.0]))
    >>> float(b)
    2.0
    """
    return apart(vector)


def matrix(rows: Sequence[Sequence[Scalar]]) -> tf.Tensor:
    """Stack rows of scalars into a matrix along two new last axes.

    Parameters
    ----------
    rows
        Rows of equal length; the entries are as in `vector`.

    Returns
    -------
    tf.Tensor
        Shape `[..., len(rows), len(rows[0])]`, the dtype of the tensors.

    Raises
    ------
    ValueError
        No entry is a tensor, so the batch shape is unknown.

    Examples
    --------
    >>> x = tf.constant(3.0)
    >>> matrix([[1, x], [0, 1]]).numpy().tolist()
    [[1.0, 3.0], [0.0, 1.0]]
    """
    flat = vector(list(chain.from_iterable(rows)))
    return tf.reshape(flat, _shape(flat, flat.shape.rank - 1, len(rows), len(rows[0])))


def complex_vector(entries: Sequence[ComplexScalar]) -> tf.Tensor:
    """Stack pairs `(real, imaginary)` of scalars into a complex vector.

    Parameters
    ----------
    entries
        Pairs of real tensors or Python numbers; at least one part is a tensor.

    Returns
    -------
    tf.Tensor
        Shape `[..., k]`, complex64 or complex128.

    Raises
    ------
    ValueError
        No part is a tensor, so the batch shape is unknown.

    Examples
    --------
    >>> x = tf.constant(2.0)
    >>> complex_vector([(x, 0), (1, x)]).numpy().tolist()
    [(2+0j), (1+2j)]
    """
    real, imaginary = zip(*entries, strict=True)
    like = _first_tensor([*real, *imaginary])
    return tf.complex(together(real, like), together(imaginary, like))


def complex_matrix(rows: Sequence[Sequence[ComplexScalar]]) -> tf.Tensor:
    """Stack rows of pairs `(real, imaginary)` of scalars into a complex matrix.

    Parameters
    ----------
    rows
        Rows of equal length; the entries are as in `complex_vector`.

    Returns
    -------
    tf.Tensor
        Shape `[..., len(rows), len(rows[0])]`, complex64 or complex128.

    Raises
    ------
    ValueError
        No part is a tensor, so the batch shape is unknown.

    Examples
    --------
    >>> x = tf.constant(2.0)
    >>> complex_matrix([[(x, 0), (1, x)]]).numpy().tolist()
    [[(2+0j), (1+2j)]]
    """
    flat = complex_vector(list(chain.from_iterable(rows)))
    return tf.reshape(flat, _shape(flat, flat.shape.rank - 1, len(rows), len(rows[0])))


def matrix_entries(matrix: tf.Tensor) -> list[list[tf.Tensor]]:
    """Take a matrix apart into rows of scalars, the inverse of `matrix`.

    Parameters
    ----------
    matrix
        Shape `[..., m, n]`, `m` and `n` known when traced; any dtype.

    Returns
    -------
    list of list of tf.Tensor
        `m` rows of `n` scalars of the batch shape.

    Examples
    --------
    >>> (a, b), (c, d) = matrix_entries(tf.constant([[1.0, 2.0], [3.0, 4.0]]))
    >>> float(c)
    3.0
    """
    rows, columns = matrix.shape[-2:]
    flat = apart(tf.reshape(matrix, _shape(matrix, matrix.shape.rank - 2, rows * columns)))
    return [flat[i * columns : (i + 1) * columns] for i in range(rows)]


def _first_tensor(entries: Sequence[Scalar]) -> tf.Tensor:
    like = next((entry for entry in entries if tf.is_tensor(entry)), None)
    if like is None:
        raise ValueError(
            "entries holds numbers only: pass at least one tensor for the batch shape."
        )
    return like


def _shape(tensor: tf.Tensor, batch_dimensions: int, *trailing: int) -> list[int] | tf.Tensor:
    batch = tensor.shape[:batch_dimensions]
    if batch.is_fully_defined():
        return [*batch.as_list(), *trailing]
    return tf.concat([tf.shape(tensor)[:batch_dimensions], trailing], axis=0)
