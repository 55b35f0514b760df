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

import tensorflow as tf

from liealg.runtime.gradient import custom_gradient
from liealg.runtime.jets import with_directions
from liealg.runtime.layout import flat_batch, layout_of
from liealg.runtime.squaring import exponential
from liealg.runtime.staging import staged

HALF_PRECISION = ("float16", "bfloat16")
_SUPPORTED = (*HALF_PRECISION, "float32", "float64", "complex64", "complex128")


def expm(A: tf.Tensor) -> tf.Tensor:
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
        If `A` is no matrix or not square.
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
    return _in_working_dtype(A)


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
    A, E = checked_matrix(A, "A"), checked_matrix(E, "E")
    if A.dtype != E.dtype:
        raise TypeError(f"A is {A.dtype.name} and E is {E.dtype.name}: give both the same dtype")
    if not A.shape[-2:].is_compatible_with(E.shape[-2:]):
        raise ValueError(f"A {A.shape} and E {E.shape} hold matrices of different sizes")
    return _in_working_dtype(*_broadcast(A, E))


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


def _broadcast(A: tf.Tensor, E: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Give both arguments the same batch shape."""
    if A.shape.is_fully_defined() and A.shape == E.shape:
        return A, E
    try:
        static = tf.broadcast_static_shape(A.shape, E.shape)
    except ValueError as error:
        raise ValueError(f"the batches of A {A.shape} and E {E.shape} do not broadcast") from error
    shape = tf.broadcast_dynamic_shape(tf.shape(A), tf.shape(E))
    A, E = (tf.ensure_shape(tf.broadcast_to(a, shape), static) for a in (A, E))
    return A, E


def _in_working_dtype(*args: tf.Tensor) -> tf.Tensor:
    """Evaluate the derivative over one batch dimension, 16-bit floats in float32."""
    first = args[0]
    if first.dtype.name in HALF_PRECISION:
        return tf.cast(_in_working_dtype(*(tf.cast(a, tf.float32) for a in args)), first.dtype)
    derivative = tf.reshape(_derivative(*map(flat_batch, args)), tf.shape(first))
    derivative.set_shape(first.shape)
    return derivative


def derivative_of_exponential(A: tf.Tensor, *E: tf.Tensor) -> tf.Tensor:
    """Return `D^j exp(A)[E_1, .., E_j]` of batches `[batch, n, n]`, without a gradient.

    Examples
    --------
    >>> derivative_of_exponential(tf.zeros([1, 2, 2])).numpy().tolist()
    [[[1.0, 0.0], [0.0, 1.0]]]
    """
    layout = layout_of(A)
    jet = {S: layout.enter(a) for S, a in with_directions(A, *E).items()}
    return layout.leave(exponential(layout, jet)[(1 << len(E)) - 1])


def _gradients(A: tf.Tensor, *rest: tf.Tensor) -> tuple[tf.Tensor, ...]:
    """Return the cotangents of `A` and each `E_i` for the cotangent `G`, which comes last.

    A cyclic word in `K`, the `E_i` once each and `A` any number of times may be cut open at any of
    its letters, so `tr(K D^j exp(A)[E_1..E_j])` is symmetric in `K` and the `E_i`. With `K = G^H`
    follow the two gradients below.
    """
    *E, G = rest
    A_adj, *E_adj = (tf.linalg.adjoint(a) for a in (A, *E))
    others = [E_adj[:i] + E_adj[i + 1 :] for i in range(len(E_adj))]
    return (_derivative(A_adj, *E_adj, G), *(_derivative(A_adj, *rest, G) for rest in others))


_derivative = custom_gradient(staged(derivative_of_exponential), _gradients)
"""`D^j exp(A)[E_1, .., E_j]`: `exp(A)` for j = 0, `L` for j = 1."""
