"""Coefficients of matrices in a basis that depends on parameters."""

from __future__ import annotations

from collections.abc import Callable

import tensorflow as tf

from liealg.runtime.expm import HALF_PRECISION, checked_matrix
from liealg.runtime.kernel import as_tensors


def least_squares(
    A: tf.Tensor,
    hat: Callable[..., tf.Tensor],
    dim: int,
    *parameters: tf.Tensor,
    complex_coefficients: bool = False,
) -> tf.Tensor:
    r"""Return the coefficients of the element that is nearest to each matrix.

    `theta` minimizes `‖hat(theta) - A‖`, the Frobenius norm: the normal equations
    `Σ_j <E_i, E_j> theta_j = <E_i, A>`, by Cholesky's factorization (Golub and Van Loan, *Matrix
    Computations*, 2013, section 5.3.2).

    Parameters
    ----------
    A : tensor `[..., n, n]`
        float16 and bfloat16 are computed in float32 and cast back.
    hat
        `theta [..., k]` and the parameters to `[..., n, n]`.
    dim : int
        The number `k` of coefficients.
    parameters : tensors `[...]`
        The values of the parameters, of the precision of `A`; batches broadcast.
    complex_coefficients : bool
        Whether the coefficients may be complex.

    Returns
    -------
    tensor `[..., k]`
        Real, unless coefficients are complex. NaN where the matrices of the basis are dependent at
        the parameters' values.

    Raises
    ------
    ValueError
        If `A` is no matrix or not square.
    TypeError
        If the dtype of `A` is neither floating nor complex, or a parameter of another precision.

    Examples
    --------
    >>> def hat(theta, k):
    ...     return theta[..., None] * k[..., None, None] * [[0.0, 1.0], [0.0, 0.0]]
    >>> least_squares(tf.constant([[5.0, 6.0], [0.0, 0.0]]), hat, 1, tf.constant(2.0)).numpy()
    array([3.], dtype=float32)
    """
    A, *numbers = as_tensors(A, *parameters)
    A, real = checked_matrix(A, "A"), A.dtype.real_dtype
    for number in numbers:
        if number.dtype != real:
            names = f"A is {A.dtype.name} and a parameter {number.dtype.name}"
            raise TypeError(f"{names}: cast them to one precision")
    if A.dtype.name in HALF_PRECISION:
        single = [tf.cast(x, tf.float32) for x in (A, *numbers)]
        theta = least_squares(
            single[0], hat, dim, *single[1:], complex_coefficients=complex_coefficients
        )
        return theta if complex_coefficients else tf.cast(theta, A.dtype)
    E = hat(tf.eye(dim, dtype=real), *(number[..., None] for number in numbers))
    E = tf.reshape(E, tf.concat([tf.shape(E)[:-2], [-1]], 0))
    flat = tf.cast(tf.reshape(A, tf.concat([tf.shape(A)[:-2], [-1, 1]], 0)), E.dtype)
    gram, right = tf.matmul(E, E, adjoint_b=True), tf.matmul(tf.math.conj(E), flat)
    if not complex_coefficients:
        gram, right = tf.math.real(gram), tf.math.real(right)
    return tf.linalg.cholesky_solve(tf.linalg.cholesky(gram), right)[..., 0]
