"""The 1-norm of the matrices of a layout, and the logarithmic 1-norm.

In lanes the rows are added up as slices, moduli included: XLA makes one loop of that, where it
would write the moduli to memory for a reduction. Norms took a fifth of value and gradient so.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable

import tensorflow as tf


def one_norm(X: tf.Tensor) -> tf.Tensor:
    """The largest sum of moduli of a column of each matrix, of the shape of one entry.

    Examples
    --------
    >>> one_norm(tf.constant([[[1.0, -2.0], [3.0, 0.0]]])).numpy().tolist()
    [[[4.0]]]
    """
    return _largest(moduli_of_columns(X))


def moduli_of_columns(X: tf.Tensor) -> tf.Tensor:
    """The sums of the moduli of each column, of the shape of one row.

    Examples
    --------
    >>> moduli_of_columns(tf.constant([[[1.0, -2.0], [3.0, 0.0]]])).numpy().tolist()
    [[[4.0, 2.0]]]
    """
    return _column_sums(tf.abs, X)


def logarithmic_norm(X: tf.Tensor, identity: tf.Tensor) -> tf.Tensor:
    """`m = max_j(Re x_jj + Σ_(i≠j) |x_ij|)`, real: `‖exp(X)‖_1 <= e^m`.

    Dahlquist 1958; Söderlind, BIT 46, 2006.

    Examples
    --------
    >>> logarithmic_norm(tf.constant([[[-3.0, 0.0], [1.0, -2.0]]]), tf.eye(2)).numpy().tolist()
    [[[-2.0]]]
    """

    def entries(x: tf.Tensor, one: tf.Tensor) -> tf.Tensor:
        return tf.where(tf.cast(one, tf.bool), tf.math.real(x), tf.abs(x))

    return _largest(_column_sums(entries, X, identity[None]))


def _column_sums(entries: Callable[..., tf.Tensor], *X: tf.Tensor) -> tf.Tensor:
    """The sums of columns of what a function makes of each entry."""
    if X[0].shape.rank == 3:
        return tf.reduce_sum(entries(*X), 1, keepdims=True)
    rows = [entries(*(x[:, i : i + 1] for x in X)) for i in range(X[0].shape[1])]
    return functools.reduce(operator.add, rows)


def _largest(columns: tf.Tensor) -> tf.Tensor:
    return tf.reduce_max(columns, 2, keepdims=True)
