"""Conversions between dtypes, real numbers into complex ones among them."""

from __future__ import annotations

import tensorflow as tf


def complex_dtype(dtype: tf.DType) -> tf.DType:
    """Return the complex dtype of a precision: complex128 for float64, else complex64.

    Examples
    --------
    >>> complex_dtype(tf.float64).name, complex_dtype(tf.complex64).name
    ('complex128', 'complex64')
    """
    return tf.complex128 if dtype.real_dtype == tf.float64 else tf.complex64


def converted(x: tf.Tensor, dtype: tf.DType) -> tf.Tensor:
    """Return `x` in another dtype.

    The gradient of real numbers in complex ones is the real part of the cotangent. `tf.cast` gives
    it too, but with a warning that the imaginary part is lost.

    Parameters
    ----------
    x : tensor
        Numbers, real or complex.
    dtype : tf.DType
        The dtype to give.

    Returns
    -------
    tensor of the shape of `x`

    Examples
    --------
    >>> converted(tf.constant([1.0, 2.0]), tf.complex128).numpy().tolist()
    [(1+0j), (2+0j)]
    """
    if x.dtype == dtype or x.dtype.is_complex or not dtype.is_complex:
        return tf.cast(x, dtype)
    real = tf.cast(x, dtype.real_dtype)
    return tf.complex(real, tf.zeros_like(real))


def as_complex(x: tf.Tensor) -> tf.Tensor:
    """Return real or complex numbers as complex ones of their precision.

    Examples
    --------
    >>> as_complex(tf.constant([1.0, 2.0])).numpy().tolist()
    [(1+0j), (2+0j)]
    """
    return converted(x, complex_dtype(x.dtype))
