"""The matrix exponential of a batch, and its Fréchet derivative as the gradient.

The method for every algebra without a closed form: scaling and squaring of a Taylor polynomial.
Three things are particular to it.

**Derivatives are evaluated, never traced.** With nilpotent `ε_i` that commute with everything,
`exp(A + ε_1 E_1 + ... + ε_j E_j)` carries all mixed derivatives of `exp` at `A` in the directions
`E_i`, one as the coefficient of each product of `ε`. Such an element is a `_Jet`: a dictionary from
the set of directions, written as a bit mask, to a matrix (mask 0: the value). Polynomial and
squarings are written once, for jets. The trace form `tr(K D^j exp(A)[E_1..E_j])` is symmetric in
`K, E_1, .., E_j`, so the gradient of one such derivative is another one, at `A^H`: differentiation
never enters the loop, and every order exists, also under XLA, with a loop of unknown length.

**Scaling looks at `A` only**, never at the directions, in which the result is linear. A large
cotangent therefore costs neither squarings nor digits; the `2n x 2n` block form pays both, unless
its backward error is taken apart by blocks (Al-Mohy, arXiv 2410.03575, 2024).

**A decay common to all directions is taken out**: `exp(A) = e^μ exp(A - μ)`, with `μ` the
logarithmic 1-norm of `A` where that is negative, else 0. A polynomial rounds relative to `e^‖A‖`,
so `exp(-2 I)` would lose a digit to cancellation. Nothing is taken out of a matrix with a diagonal
entry `>= 0`: traceless algebras are left alone, and the last row of an affine `[[M, v], [0, 0]]`
stays `0, .., 0, 1` to the last bit, which a shift by the mean of the eigenvalues would spoil.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import tensorflow as tf

# The coefficients of a truncated exponential: mask of directions -> matrix; no entry means zero.
_Jet = dict[int, tf.Tensor]

# Real dtype -> (degree, block) of the Taylor polynomial. The degrees are the first of Paterson and
# Stockmeyer's economical ones whose threshold exceeds _THRESHOLD: 6 and 8 products.
_POLYNOMIAL = {"float32": (16, 4), "float64": (25, 5)}

# Largest scaled 1-norm. With h(x) = log(e^-x T(x)), the backward error of the polynomial T, its
# Fréchet derivative is as good as exact where h~'(x) <= unit roundoff (Al-Mohy and Higham 2009,
# section 4; h~: h with the moduli of its coefficients). Solved at 60 digits: 2.108 for float32 and
# degree 16, 2.148 for float64 and degree 25. The value alone would do with 2.478 and 2.429.
_THRESHOLD = 2.1

_HALF = ("float16", "bfloat16")
_SUPPORTED = (*_HALF, "float32", "float64", "complex64", "complex128")


def expm(A: tf.Tensor) -> tf.Tensor:
    r"""Return the exponential of every matrix of a batch, differentiable to any order.

    `exp(A) = Σ_k A^k / k!`, by scaling and squaring: `exp(A) = (e^(μ/2^s) T((A - μ)/2^s))^(2^s)`,
    `T` the Taylor polynomial of degree 16 (float32) or 25 (float64) by Paterson and Stockmeyer
    (SIAM J. Comput. 2, 1973), `s` per matrix from the backward error (Higham, SIAM J. Matrix Anal.
    Appl. 26, 2005, section 2), and `μ` a shift, `<= 0`, against cancellation. The gradient is the
    Fréchet derivative at the adjoint argument, `A_bar = L(A^H, G)` (Al-Mohy and Higham, same
    journal 30, 2009), see `expm_frechet`.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        float16 and bfloat16 are computed in float32 and cast back.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        `exp(0)` is exactly the identity. A matrix that holds an infinity or a NaN, or whose norm
        overflows, gives NaN and leaves the others of the batch alone; where `exp(A)` overflows the
        result holds infinities or NaN.

    Raises
    ------
    ValueError
        If `A` is no matrix or not square.
    TypeError
        If the dtype of `A` is neither floating nor complex.

    Notes
    -----
    Products are `tf.matmul`: on GPUs that round float32 products to TensorFloat-32 switch that off
    (`tf.config.experimental.enable_tensor_float_32_execution(False)`), or keep three digits only.
    Under XLA pass a batch as it is: TensorFlow cannot compile `tf.vectorized_map` of a loop whose
    length depends on data.

    Examples
    --------
    >>> import tensorflow as tf
    >>> expm(tf.constant([[0.0, 2.0], [0.0, 0.0]])).numpy().tolist()
    [[1.0, 2.0], [0.0, 1.0]]
    """
    A = _checked(A, "A")
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
    A, E = _checked(A, "A"), _checked(E, "E")
    if A.dtype != E.dtype:
        raise TypeError(f"A is {A.dtype.name} and E is {E.dtype.name}: give both the same dtype")
    if not A.shape[-2:].is_compatible_with(E.shape[-2:]):
        raise ValueError(f"A {A.shape} and E {E.shape} hold matrices of different sizes")
    return _in_working_dtype(*_broadcast(A, E))


def _checked(A: tf.Tensor, name: str) -> tf.Tensor:
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
    """Evaluate the derivative, 16-bit floats in float32."""
    dtype = args[0].dtype
    if dtype.name in _HALF:
        return tf.cast(_derivative(*(tf.cast(a, tf.float32) for a in args)), dtype)
    return _derivative(*args)


@tf.custom_gradient  # type: ignore[untyped-decorator, unused-ignore]
def _derivative(
    A: tf.Tensor, *E: tf.Tensor
) -> tuple[tf.Tensor, Callable[[tf.Tensor], tuple[tf.Tensor, ...]]]:
    """Return `D^j exp(A)[E_1, .., E_j]`, all of one shape: `exp(A)` for j = 0, `L` for j = 1.

    A cyclic word in `K`, the `E_i` once each and `A` any number of times may be cut open at any of
    its letters, so `tr(K D^j exp(A)[E_1..E_j])` is symmetric in `K` and the `E_i`. With `K = G^H`
    follow the two gradients below.
    """

    def gradient(G: tf.Tensor) -> tuple[tf.Tensor, ...]:
        A_adj, *E_adj = (tf.linalg.adjoint(a) for a in (A, *E))
        others = [E_adj[:i] + E_adj[i + 1 :] for i in range(len(E_adj))]
        return (_derivative(A_adj, *E_adj, G), *(_derivative(A_adj, *rest, G) for rest in others))

    jet = {0: A} | {1 << i: direction for i, direction in enumerate(E)}
    return _exponential(jet)[(1 << len(E)) - 1], gradient


def _exponential(jet: _Jet) -> _Jet:
    """Return the exponential of a jet by scaling and squaring."""
    A = jet[0]
    eye = tf.eye(tf.shape(A)[-1], dtype=A.dtype)
    decay = _common_decay(A, eye)
    jet = jet | {0: A - decay * eye}
    squarings, scale = _scaling(jet[0])
    scale = tf.cast(scale, A.dtype)[..., None, None]
    X = _taylor({S: x * scale for S, x in jet.items()}, eye, *_POLYNOMIAL[_real(A).name])
    factor = tf.exp(decay * scale)
    return _squared({S: x * factor for S, x in X.items()}, squarings)


def _common_decay(A: tf.Tensor, eye: tf.Tensor) -> tf.Tensor:
    """Return `min(0, m)`, `m = max_j(Re a_jj + Σ_(i≠j) |a_ij|)` the logarithmic 1-norm.

    `‖exp(A)‖_1 <= e^m` (Dahlquist 1958; Söderlind, BIT 46, 2006).
    """
    columns = tf.where(tf.cast(eye, tf.bool), tf.math.real(A), tf.abs(A))
    norm = tf.reduce_max(tf.reduce_sum(columns, -2), -1)
    return tf.cast(tf.minimum(norm, 0), A.dtype)[..., None, None]


def _scaling(A: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Return the number of squarings `s` of each matrix, and `2^-s`; NaN for non-finite ones.

    A logarithm is good enough for `s`; `2^-s` comes from a table, for it must be exact, which
    `tf.pow` is not under XLA. The bound on `s` keeps `2^-s` a normal number: no finite norm
    needs more, but for the last factor of two below overflow.
    """
    norm = tf.reduce_max(tf.reduce_sum(tf.abs(A), -2), -1)
    finite = norm <= norm.dtype.max  # false for NaN; tf.math.is_finite is not in TensorFlow Lite
    most = _most_squarings(norm.dtype)
    table = tf.constant(np.ldexp(1.0, -np.arange(most + 1)), norm.dtype)
    undefined = tf.constant(float("nan"), norm.dtype)
    steps = tf.math.ceil(tf.math.log(norm / _THRESHOLD) / math.log(2.0))
    steps = tf.minimum(tf.maximum(steps, 0), most)
    squarings = tf.cast(tf.where(finite, steps, 0), tf.int32)
    return squarings, tf.where(finite, tf.gather(table, squarings), undefined)


def _most_squarings(dtype: tf.DType) -> int:
    """Return the largest `s` with a normal `2^-s`."""
    return -int(np.finfo(dtype.as_numpy_dtype).minexp)


def _real(A: tf.Tensor) -> tf.DType:
    """Return the real dtype of the precision of `A`."""
    return A.dtype.real_dtype


def _taylor(X: _Jet, eye: tf.Tensor, degree: int, block: int) -> _Jet:
    """Return the Taylor polynomial of the exponential, by Paterson and Stockmeyer.

    Horner's rule in `X^block`, with polynomials of degree `block - 1` for coefficients: `block - 1`
    products for the powers and `degree / block - 1` for Horner's rule.
    """
    powers = [X]
    while len(powers) < block:
        powers.append(_product(powers[-1], X))
    Y = _chunk(degree - block, powers, eye)
    for start in range(degree - 2 * block, -1, -block):
        Y = _sum(_product(Y, powers[-1]), _chunk(start, powers[:-1], eye))
    return Y


def _chunk(start: int, powers: list[_Jet], eye: tf.Tensor) -> _Jet:
    """Return `Σ_i X^i / (start + i)!` over `i` from 0 to the number of powers given."""
    terms = [
        {S: x * (1 / math.factorial(start + i)) for S, x in X.items()}
        for i, X in enumerate(powers, 1)
    ]
    return _sum(*reversed(terms), {0: eye * (1 / math.factorial(start))})


def _sum(*jets: _Jet) -> _Jet:
    """Add jets, from the first to the last: the smallest comes first."""
    total: _Jet = {}
    for jet in jets:
        for S, x in jet.items():
            total[S] = total[S] + x if S in total else x
    return total


def _product(X: _Jet, Y: _Jet) -> _Jet:
    """Multiply jets: a direction comes from one factor or the other, never from both."""
    pairs = [{S | T: x @ y} for S, x in X.items() for T, y in Y.items() if not S & T]
    return _sum(*pairs)


def _squared(X: _Jet, squarings: tf.Tensor) -> _Jet:
    """Square each matrix of the batch as often as it needs.

    The loop runs to the largest number in the batch; a matrix that has had its squarings is kept
    as it is by a select, so one large neighbour costs the others time, never digits.
    """
    masks = sorted(X)
    last = tf.reduce_max(squarings)

    def step(i: tf.Tensor, *values: tf.Tensor) -> tuple[tf.Tensor, ...]:
        old = dict(zip(masks, values, strict=True))
        new = _product(old, old)
        going = (i < squarings)[..., None, None]
        return (i + 1, *(tf.where(going, new[S], old[S]) for S in masks))

    bound = _most_squarings(_real(X[0]))
    start = (tf.constant(0), *(X[S] for S in masks))
    _, *values = tf.while_loop(lambda i, *_: i < last, step, start, maximum_iterations=bound)
    return dict(zip(masks, values, strict=True))
