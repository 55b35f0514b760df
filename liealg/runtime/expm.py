"""The matrix exponential of a batch, and its Fréchet derivative as the gradient.

The method for every algebra without a closed form: scaling and squaring of a Taylor polynomial
(`squaring`, `taylor`), in a memory layout that suits the size (`layout`).

**Derivatives are evaluated, never traced.** A jet (`jets`) carries the value and all mixed
derivatives through polynomial and squarings. The trace form `tr(K D^j exp(A)[E_1..E_j])` is
symmetric in `K, E_1, .., E_j`, so the gradient of one such derivative is another one, at `A^H`:
differentiation never enters the loop, and every order exists, also under XLA, with a loop of
unknown length.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import tensorflow as tf

from liealg.runtime.gradient import Function, custom_gradient
from liealg.runtime.jets import with_directions
from liealg.runtime.layout import adjoint, flat_batch, layout_of, never_of
from liealg.runtime.squaring import exponential, frechet
from liealg.runtime.staging import staged
from liealg.runtime.zero_rows import with_zeros_in, without_zero_rows

HALF_PRECISION = ("float16", "bfloat16")
_SUPPORTED = (*HALF_PRECISION, "float32", "float64", "complex64", "complex128")


def expm(A: tf.Tensor, *, zero_rows: int = 0) -> tf.Tensor:
    r"""Return the exponential of every matrix of a batch, differentiable to any order.

    `exp(A) = Σ_k A^k / k!`, by scaling and squaring: `exp(A) = (e^(μ/2^s) T((A - μ)/2^s))^(2^s)`,
    `T` a Taylor polynomial of degree 15 in four products (float32; Sastre, Ibanez and Defez, 2019)
    or 18 in five (float64; Bader, Blanes and Casas, 2019), `s` per matrix from the backward error
    and the powers of `A` (Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 31, 2009), and `μ` a
    shift, `<= 0`, against cancellation. The gradient is the Fréchet derivative at the adjoint
    argument, `A_bar = L(A^H, G)` (Al-Mohy and Higham, same journal 30, 2009), see `expm_frechet`.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        float16 and bfloat16 are computed in float32 and cast back.
    zero_rows : int
        The number of last rows that are known to be zero, as in affine algebras, `[[M, v], [0,
        0]]`: they are not looked at and have no gradient. Small matrices are multiplied without
        them under XLA.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        `exp(0)` is exactly the identity. A matrix that holds an infinity or a NaN, or whose norm
        overflows, gives NaN and leaves the others of the batch alone. An entry of `exp(A)` that
        overflows is infinite, and the others are what they are; NaN only where the sign of what
        overflows cannot be told.

    Raises
    ------
    ValueError
        If `A` is no matrix or not square, or no row is left beside those that are zero.
    TypeError
        If the dtype of `A` is neither floating nor complex.

    Notes
    -----
    Products of large matrices are `tf.matmul`: on GPUs that round float32 products to
    TensorFloat-32 switch that off
    (`tf.config.experimental.enable_tensor_float_32_execution(False)`), or keep three digits only.
    Under XLA pass a batch as it is: TensorFlow cannot compile `tf.vectorized_map` of a loop whose
    length depends on data.

    Examples
    --------
    >>> import tensorflow as tf
    >>> expm(tf.constant([[0.0, 2.0], [0.0, 0.0]])).numpy().tolist()
    [[1.0, 2.0], [0.0, 1.0]]
    """
    A = checked_matrix(A, "A")
    if not 0 <= zero_rows < (A.shape[-1] or zero_rows + 1):
        raise ValueError(f"zero_rows is {zero_rows}: A {A.shape} must keep at least one other row")
    return flattened(derivative(zero_rows), with_zeros_in(A, zero_rows))


def expm_frechet(A: tf.Tensor, E: tf.Tensor) -> tf.Tensor:
    r"""Return the Fréchet derivative of the exponential at `A` in the direction `E`.

    `L(A, E) = d/dt exp(A + tE) at t = 0 = ∫_0^1 exp((1-u)A) E exp(uA) du`, the polynomial and the
    squarings of `expm` differentiated: `L(2A, 2E) = X L + L X`, `X = exp(A)` (Al-Mohy and Higham,
    SIAM J. Matrix Anal. Appl. 30, 2009, section 3 and algorithm 6.4), three times the products of
    `expm`. Differentiable to any order in both arguments: the gradients for a cotangent `H` are
    `E_bar = L(A^H, H)` and `A_bar = D²exp(A^H)[E^H, H]`.

    Parameters
    ----------
    A, E : tensors `[..., n, n]` of one dtype, floating or complex
        Batch shapes broadcast.

    Returns
    -------
    tensor `[..., n, n]` of that dtype
        Linear in `E`; NaN where `expm(A)` is.

    Raises
    ------
    ValueError
        If `A` or `E` is no matrix or not square, or if their shapes do not fit each other.
    TypeError
        If the dtypes differ, or are neither floating nor complex.

    Examples
    --------
    At commuting arguments `L(A, E) = exp(A) E`:

    >>> import tensorflow as tf
    >>> expm_frechet(tf.zeros([2, 2]), tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy().tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    return flattened(derivative(0, False), *_checked_pair(A, E))


def expm_and_frechet(A: tf.Tensor, E: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return `exp(A)` and its Fréchet derivative `L(A, E)` together.

    The same numbers as of `expm` and `expm_frechet`; the powers of `A` and the squarings are
    computed once for both.

    Parameters
    ----------
    A, E : tensors `[..., n, n]` of one dtype, floating or complex
        Batch shapes broadcast.

    Returns
    -------
    tuple of two tensors `[..., n, n]` of that dtype
        `exp(A)` and `L(A, E)`, both of the batch shape that `A` and `E` have together, and
        differentiable to any order.

    Raises
    ------
    ValueError
        If `A` or `E` is no matrix or not square, or if their shapes do not fit each other.
    TypeError
        If the dtypes differ, or are neither floating nor complex.

    Examples
    --------
    >>> X, L = expm_and_frechet(tf.constant([[1.0]]), tf.constant([[2.0]]))
    >>> round(float(X[0, 0]), 4), round(float(L[0, 0]), 4)
    (2.7183, 5.4366)
    """
    X, L = flattened(_both, *_checked_pair(A, E))
    return X, L


def checked_matrix(A: tf.Tensor, name: str) -> tf.Tensor:
    """Convert to a tensor, and refuse what has no exponential."""
    A = tf.convert_to_tensor(A)
    if A.dtype.name not in _SUPPORTED:
        raise TypeError(f"{name} is {A.dtype.name}: expected one of {', '.join(_SUPPORTED)}")
    if A.shape.rank is None or A.shape.rank < 2:
        raise ValueError(f"{name} has shape {A.shape}: expected [..., n, n], of known rank")
    if not A.shape[-1:].is_compatible_with(A.shape[-2:-1]):
        raise ValueError(f"{name} has shape {A.shape}: its matrices are not square")
    return A


def _checked_pair(A: tf.Tensor, E: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Refuse what is no matrix with a direction, and give both the same batch shape."""
    A, E = checked_matrix(A, "A"), checked_matrix(E, "E")
    if A.dtype != E.dtype:
        raise TypeError(f"A is {A.dtype.name} and E is {E.dtype.name}: give both the same dtype")
    if not A.shape[-2:].is_compatible_with(E.shape[-2:]):
        raise ValueError(f"A {A.shape} and E {E.shape} hold matrices of different sizes")
    if A.shape.is_fully_defined() and A.shape == E.shape:
        return A, E
    try:
        static = tf.broadcast_static_shape(A.shape, E.shape)
    except ValueError as error:
        raise ValueError(f"the batches of A {A.shape} and E {E.shape} do not broadcast") from error
    shape = tf.broadcast_dynamic_shape(tf.shape(A), tf.shape(E))
    A, E = (tf.ensure_shape(tf.broadcast_to(a, shape), static) for a in (A, E))
    return A, E


def flattened(function: Function, *args: tf.Tensor) -> Any:
    """Call a function of `[batch, n, n]` in float32 or better, and shape its results as `args`."""
    first = args[0]
    if first.dtype.name in HALF_PRECISION:
        results = flattened(function, *(tf.cast(a, tf.float32) for a in args))
        return tf.nest.map_structure(lambda x: tf.cast(x, first.dtype), results)

    def shaped(x: tf.Tensor) -> tf.Tensor:
        if first.shape.is_fully_defined():
            return tf.reshape(x, first.shape)
        x = tf.reshape(x, tf.shape(first))
        x.set_shape(first.shape)
        return x

    return tf.nest.map_structure(shaped, function(*map(flat_batch, args)))


@functools.cache
def derivative(zero_rows: int = 0, *cotangent: bool) -> Function:
    """The function `A, E_1, .., E_j -> D^j exp(A)[E_1, .., E_j]` of batches `[batch, n, n]`.

    `exp(A)` for j = 0, `L` for j = 1. One of the directions may be a cotangent `G`: the result is
    one too then, `(D^j exp(A)[.., G^H, ..])^H`. Where the last rows of `A` are zero, those of its
    directions are, but not those of a cotangent.
    """

    def gradients(A: tf.Tensor, *rest: tf.Tensor) -> tuple[tf.Tensor, ...]:
        """Return the cotangents of `A` and each `E_i` for that of the result, which comes last.

        A cyclic word in `K`, the `E_i` once each and `A` any number of times may be cut open at any
        of its letters, so `tr(K D^j exp(A)[E_1..E_j])` is symmetric in `K` and the `E_i`. With
        `K = G^H` follow the gradients, at `A` itself: compilers see that they share its powers. The
        cotangent of a cotangent is a direction again.
        """
        *E, last = rest
        is_cotangent = not any(cotangent)
        A_bar = derivative(zero_rows, *cotangent, is_cotangent)(A, *E, last)
        E_bar = (
            derivative(zero_rows, *_without(cotangent, i), is_cotangent)(A, *_without(E, i), last)
            for i in range(len(E))
        )
        return (A_bar, *E_bar)

    value = functools.partial(derivative_of_exponential, zero_rows=zero_rows, cotangent=cotangent)
    return custom_gradient(staged(value), gradients)


def derivative_of_exponential(
    A: tf.Tensor, *E: tf.Tensor, zero_rows: int = 0, cotangent: Sequence[bool] = ()
) -> tf.Tensor:
    """Return what `derivative` does, but without a gradient.

    Examples
    --------
    >>> derivative_of_exponential(tf.zeros([1, 2, 2])).numpy().tolist()
    [[[1.0, 0.0], [0.0, 1.0]]]
    """
    layout = without_zero_rows(layout_of(A), A.shape[-1], zero_rows)
    if not E:
        return layout.leave_group(exponential(layout, {0: layout.enter(A)})[0])
    *directions, last = (
        layout.enter_adjoint(e, never_of(A)) if is_cotangent else layout.enter(e)
        for e, is_cotangent in zip_longest(E, cotangent, fillvalue=False)
    )
    _, L = frechet(layout, with_directions(layout.enter(A), *directions), {0: last})
    result = L[(1 << len(directions)) - 1]
    return layout.leave(adjoint(result) if any(cotangent) else result)


def _without(listed: Sequence[Any], position: int) -> list[Any]:
    return [*listed[:position], *listed[position + 1 :]]


def _value_and_derivative(A: tf.Tensor, E: tf.Tensor) -> list[tf.Tensor]:
    layout = layout_of(A)
    X, L = frechet(layout, {0: layout.enter(A)}, {0: layout.enter(E)})
    return [layout.leave(X[0]), layout.leave(L[0])]


def _gradients_of_both(
    A: tf.Tensor, E: tf.Tensor, G: tf.Tensor, H: tf.Tensor
) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the cotangents of `A` and `E` for those of `exp(A)`, `G`, and of `L(A, E)`, `H`."""
    A_bar = derivative(0, True)(A, G) + derivative(0, False, True)(A, E, H)
    return A_bar, derivative(0, True)(A, H)


_both = custom_gradient(staged(_value_and_derivative), _gradients_of_both)
"""`exp(A)` and `L(A, E)` of batches `[batch, n, n]`."""
