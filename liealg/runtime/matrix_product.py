"""Exponentials put together: products, multiples, and what is known in another basis."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from liealg.runtime.dtypes import converted
from liealg.runtime.gradient import custom_gradient
from liealg.runtime.growth import growth
from liealg.runtime.layout import flat_batch, layout_of
from liealg.runtime.staging import staged


def matrix_product(X: tf.Tensor, Y: tf.Tensor, *, less_identity: bool = False) -> tf.Tensor:
    """Return the matrix product `X Y`, many small ones under XLA in the layout that suits them.

    As exact as can be where the matrices are near the identity: columns of `Y` with diagonal
    entries between 1/2 and 2 are taken less the identity, `X Y = X + X (Y - 1)`.

    Parameters
    ----------
    X, Y : tensors `[..., n, n]` of one shape; real or complex, of one precision
        A real one beside a complex one is cast.
    less_identity : bool
        Whether the matrices are given without the identity, and so their product is returned:
        `(1 + X)(1 + Y) - 1`.

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
        X, Y = converted(X, dtype), converted(Y, dtype)
    function = _product_beyond_identity if less_identity else _product_of_exponentials
    product = function(flat_batch(X), flat_batch(Y))
    if X.shape.rank == 3:
        return product
    result = tf.reshape(product, X.shape if X.shape.is_fully_defined() else tf.shape(X))
    result.set_shape(X.shape)
    return result


def scaled(X: tf.Tensor, s: tf.Tensor, *, less_identity: bool = False) -> tf.Tensor:
    """Return `exp(s) X`.

    Parameters
    ----------
    X : tensor `[..., n, n]`
        Complex where `s` has two parts.
    s : tensor `[..., 1]` or `[..., 2]`, real
        A number, or its real and imaginary part.
    less_identity : bool
        Whether `X` is given without the identity, and so the multiple is returned:
        `exp(s) (1 + X) - 1`.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `X`

    Examples
    --------
    >>> scaled(tf.eye(2), tf.constant([0.0])).numpy().tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    factor, less_one = growth(tf.unstack(s, axis=-1))
    total = converted(factor, X.dtype)[..., None, None] * X
    if less_identity:
        identity = tf.eye(X.shape[-1], dtype=X.dtype)
        total += converted(less_one, X.dtype)[..., None, None] * identity
    return total


def in_basis(
    X: tf.Tensor, T: Sequence[Sequence[complex]], T_inverse: Sequence[Sequence[complex]]
) -> tf.Tensor:
    """Return `T X T^-1`, as `g + T (X - g) T^-1` with `g` the mean of the diagonal.

    What rounding costs in a skew basis is little where `X - g` is. For exponentials that are not
    far smaller than 1, `with_identity(in_basis(exp(A) - 1, T, T_inverse))` is better still.

    Parameters
    ----------
    X : tensor `[..., n, n]`
        An exponential, or what it has beyond the identity; complex where `T` is.
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
    # Lists of real and complex numbers among each other are no tensors to TensorFlow.
    left, right = (tf.constant(np.array(basis), X.dtype) for basis in (T, T_inverse))
    n = X.shape[-1]
    mean = tf.linalg.trace(X)[..., None, None] / n * tf.eye(n, dtype=X.dtype)
    rows = tf.tensordot(X - mean, right, 1)  # one product for the whole batch
    columns = tf.tensordot(tf.linalg.matrix_transpose(rows), tf.transpose(left), 1)
    return mean + tf.linalg.matrix_transpose(columns)


def with_identity(Y: tf.Tensor) -> tf.Tensor:
    """Return `1 + Y`.

    Parameters
    ----------
    Y : tensor `[..., n, n]`
        What an exponential has beyond the identity.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `Y`

    Examples
    --------
    >>> with_identity(tf.constant([[0.0, 1.0], [2.0, 3.0]])).numpy().tolist()
    [[1.0, 1.0], [2.0, 4.0]]
    """
    return Y + tf.eye(Y.shape[-1], dtype=Y.dtype)


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


def _product_beyond(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    return X + Y + _product(X, Y)


def _pull_back(X: tf.Tensor, Y: tf.Tensor, G: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    return (
        _plain_product(G, tf.linalg.adjoint(Y)),
        _plain_product(tf.linalg.adjoint(X), G),
    )


def _pull_back_beyond(X: tf.Tensor, Y: tf.Tensor, G: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    X_bar, Y_bar = _pull_back(X, Y, G)
    return X_bar + G, Y_bar + G


_plain_product = custom_gradient(staged(_product), _pull_back)
_product_of_exponentials = custom_gradient(staged(_product_less_identity), _pull_back)
_product_beyond_identity = custom_gradient(staged(_product_beyond), _pull_back_beyond)
