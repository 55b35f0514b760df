"""Exponentials put together: products, multiples, and what is known in another basis."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf

from liealg.runtime.gradient import custom_gradient
from liealg.runtime.layout import flat_batch, layout_of
from liealg.runtime.staging import staged


def matrix_product(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """Return the matrix product `X Y`, many small ones under XLA in the layout that suits them.

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
    product = _differentiable_product(flat_batch(X), flat_batch(Y))
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
    X: tf.Tensor, T: Sequence[Sequence[complex]], T_inverse: Sequence[Sequence[complex]]
) -> tf.Tensor:
    """Return `T X T^-1` for matrices near the identity.

    As `1 + T (X - 1) T^-1`: what rounding `T` costs then is little where `X - 1` is.

    Parameters
    ----------
    X : tensor `[..., n, n]`
        Complex where `T` is.
    T, T_inverse : nested sequences `[n, n]`
        A basis of the space as columns, and the inverse.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `X`

    Examples
    --------
    >>> turned, back = [[0.0, -1.0], [1.0, 0.0]], [[0.0, 1.0], [-1.0, 0.0]]
    >>> in_basis(tf.constant([[1.0, 2.0], [0.0, 3.0]]), turned, back).numpy().tolist()
    [[3.0, 0.0], [-2.0, 1.0]]
    """
    n = X.shape[-1]
    identity = tf.eye(n, dtype=X.dtype)
    left, right = tf.constant(T, X.dtype), tf.constant(T_inverse, X.dtype)
    rows = tf.tensordot(X - identity, right, 1)  # one product for the whole batch
    columns = tf.tensordot(tf.linalg.matrix_transpose(rows), tf.transpose(left), 1)
    return identity + tf.linalg.matrix_transpose(columns)


def _product(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    layout = layout_of(X)
    return layout.leave(layout.product(layout.enter(X), layout.enter(Y)))


def _pull_back(X: tf.Tensor, Y: tf.Tensor, G: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    return (
        _differentiable_product(G, tf.linalg.adjoint(Y)),
        _differentiable_product(tf.linalg.adjoint(X), G),
    )


_differentiable_product = custom_gradient(staged(_product), _pull_back)
