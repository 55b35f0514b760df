"""Exponentials put together: products, multiples, and what is known in another basis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from liealg.runtime.gradient import custom_gradient
from liealg.runtime.layout import flat_batch, layout_of
from liealg.runtime.staging import staged


def matrix_product(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the matrix product `X Y`, many small ones under XLA in the layout that suits them.

    As exact as can be where the matrices are near the identity: columns of `Y` with diagonal
    entries between 1/2 and 2 are taken less the identity, `X Y = X + X (Y - 1)`.

    Parameters
    ----------
    X, Y : tensors `[..., n, n]` of one shape; real or complex, of one precision
        A real one beside a complex one is cast.

    Returns
    -------
    tensor `[..., n, n]`
        Complex where one of the two is.

    Examples
    --------
    >>> X = tf.constant([[0.0, 1.0], [2.0, 3.0]])
    >>> matrix_product(X, X).numpy().tolist()
    [[2.0, 3.0], [6.0, 11.0]]
    """
    if X.dtype.is_complex != Y.dtype.is_complex:
        dtype = X.dtype if X.dtype.is_complex else Y.dtype
        X, Y = tf.cast(X, dtype), tf.cast(Y, dtype)
    product = _product_of_exponentials(flat_batch(X), flat_batch(Y))
    if X.shape.rank == 3:
        return product
    result = tf.reshape(product, X.shape if X.shape.is_fully_defined() else tf.shape(X))
    result.set_shape(X.shape)
    return result


def scaled(X: tf.Tensor, s: tf.Tensor) -> tf.Tensor:
    """Return `exp(s) X`.

    Parameters
    ----------
    X : tensor `[..., n, n]`
        Complex where `s` has two parts.
    s : tensor `[..., 1]` or `[..., 2]`, real
        A number, or its real and imaginary part.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `X`

    Examples
    --------
    >>> scaled(tf.eye(2), tf.constant([0.0])).numpy().tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    growth = tf.exp(s[..., 0])
    if s.shape[-1] == 2:
        growth = tf.complex(growth * tf.cos(s[..., 1]), growth * tf.sin(s[..., 1]))
    return tf.cast(growth, X.dtype)[..., None, None] * X


def in_basis(
    X: tf.Tensor,
    T: Sequence[Sequence[complex]],
    T_inverse: Sequence[Sequence[complex]],
    less_identity: tf.Tensor | None = None,
) -> tf.Tensor:
    """Return `T X T^-1`, where `X` is near the identity as `1 + T (X - 1) T^-1`.

    What rounding costs in a skew basis is little there where `X - 1` is. Elsewhere `X` may be small
    where `X - 1` is not.

    Parameters
    ----------
    X : tensor `[..., n, n]`
        Complex where `T` is.
    T, T_inverse : nested sequences `[n, n]`
        A basis of the space as columns, and the inverse.
    less_identity : tensor `[..., n, n]`, optional
        `X - 1` with the digits that `X` has rounded off; the plain difference if not given.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `X`

    Examples
    --------
    >>> turned, back = [[0.0, -1.0], [1.0, 0.0]], [[0.0, 1.0], [-1.0, 0.0]]
    >>> in_basis(tf.constant([[1.0, 2.0], [0.0, 3.0]]), turned, back).numpy().tolist()
    [[3.0, 0.0], [-2.0, 1.0]]
    """
    # Lists of real and complex numbers among each other are no tensors to TensorFlow.
    left, right = (tf.constant(np.array(basis), X.dtype) for basis in (T, T_inverse))
    identity = tf.eye(X.shape[-1], dtype=X.dtype)
    Y = X - identity if less_identity is None else less_identity
    near = tf.reduce_all(tf.abs(Y) < 0.5, [-2, -1], keepdims=True)
    rows = tf.tensordot(tf.where(near, Y, X), right, 1)  # one product for the whole batch
    columns = tf.tensordot(tf.linalg.matrix_transpose(rows), tf.transpose(left), 1)
    return tf.cast(near, X.dtype) * identity + tf.linalg.matrix_transpose(columns)


def _product(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    layout = layout_of(X)
    return layout.leave(layout.product(layout.enter(X), layout.enter(Y)))


def _product_less_identity(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    diagonal = tf.linalg.diag_part(Y)
    real = tf.math.real(diagonal)
    # Between these bounds 1 is subtracted without rounding.
    near = (real >= 0.5) & (real <= 2)
    product = _product(X, tf.linalg.set_diag(Y, diagonal - tf.cast(near, Y.dtype)))
    return product + tf.where(near[:, None, :], X, tf.zeros_like(X))


def _pull_back(X: tf.Tensor, Y: tf.Tensor, G: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    return (
        _plain_product(G, tf.linalg.adjoint(Y)),
        _plain_product(tf.linalg.adjoint(X), G),
    )


_plain_product = custom_gradient(staged(_product), _pull_back)
_product_of_exponentials = custom_gradient(staged(_product_less_identity), _pull_back)
