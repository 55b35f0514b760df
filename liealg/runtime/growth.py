"""Exponentials of numbers that are given by their real and imaginary part."""

from __future__ import annotations

from collections.abc import Sequence

import tensorflow as tf


def growth(parts: Sequence[tf.Tensor]) -> tuple[tf.Tensor, tf.Tensor]:
    """Return `e^s` and `e^s - 1`, the latter with the digits that `e^s` has no room for near zero.

    Parameters
    ----------
    parts : one or two real tensors
        `s`, or its real and imaginary part; `e^(x + iy) - 1 = (e^x - 1) - 2 e^x sin²(y/2) +
        i e^x sin y`.

    Returns
    -------
    tuple of two tensors
        Complex where there are two parts.

    Examples
    --------
    >>> [x.numpy().item() for x in growth([tf.constant(1e-20)])]
    [1.0, 9.999999682655225e-21]
    """
    size, less_one = tf.exp(parts[0]), tf.math.expm1(parts[0])
    if len(parts) == 1:
        return size, less_one
    sine = size * tf.sin(parts[1])
    less_one -= 2 * size * tf.square(tf.sin(parts[1] / 2))
    return tf.complex(size * tf.cos(parts[1]), sine), tf.complex(less_one, sine)
