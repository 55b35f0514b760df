"""The action of the matrix exponential on thin matrices, and its derivatives of every order.

Two functions of square `A, E_1, .., E_j` and thin `B, G` are each other's gradients:

- the action `Y = D^j exp(A)[E_1, .., E_j] B`, thin;
- the outer derivative `W = D^(j+1) exp(A^H)[E_1^H, .., E_j^H, G B^H]`, square.

Both come from `Φ = Re<G, D^j exp(A)[E_1, .., E_j] B>`, whose trace may be cut open at any letter
(see `expm`): its gradient by `B` is the action at the adjoints on `G`, by `E_i` the outer
derivative without `E_i`, by `A` the one with all. And `Re<H, W>` is `Φ` with `H` as one direction
more. So each gradient below is one of the two again, and derivatives of every order exist.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from liealg.runtime.action import Plan, multiplied, outer_products, plan
from liealg.runtime.cost import cheaper_to_multiply, most_steps
from liealg.runtime.dtypes import converted
from liealg.runtime.expm import HALF_PRECISION, checked_matrix, derivative_of_exponential, expm
from liealg.runtime.gradient import Function, custom_gradient
from liealg.runtime.jets import with_directions
from liealg.runtime.kernel import as_tensors
from liealg.runtime.layout import flat_batch
from liealg.runtime.product import matvec
from liealg.runtime.staging import staged


def expm_multiply(A: Any, B: Any) -> tf.Tensor:
    r"""Return `exp(A) B` without `exp(A)`, differentiable to any order in both arguments.

    Truncated Taylor series in steps, `B <- e^(μ/s) Σ_(j<=m) ((A - μ)/s)^j B / j!`, `s` times, with
    steps `s`, degree `m` and shift `μ` for each matrix (Al-Mohy and Higham, SIAM J. Sci. Comput.
    33, 2011; see `action` for what differs). The gradients for a cotangent `G` are
    `B_bar = exp(A^H) G` and `A_bar = ∫_0^1 exp((1-u)A^H) G B^H exp(uA^H) du`: the steps run
    backwards, and their outer products are added up.

    Where `A` is small beside the number of columns, or its norm asks for more steps than
    `cheaper_to_multiply` allows, `exp(A)` is formed after all: a long loop never hangs.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        float16 and bfloat16 are computed in float32 and cast back.
    B : tensor `[..., n, m]`, or `[n]` for a single vector, of the precision of `A`
        Real or complex whatever `A` is; `m` vectors for each matrix. Batch shapes broadcast. A
        single `A` for a whole batch takes all its columns together.

    Returns
    -------
    tensor `[..., n, m]`, or `[..., n]` for a single vector
        Complex where `A` or `B` is. A matrix that holds an infinity or a NaN gives NaN and leaves
        the others of the batch alone, as does a column of `B`.

    Raises
    ------
    ValueError
        If `A` is no matrix or not square, if `B` does not fit it, or a rank is unknown.
    TypeError
        If a dtype is neither floating nor complex, or the precisions differ.

    Examples
    --------
    >>> import tensorflow as tf
    >>> A = tf.constant([[0.0, 2.0], [0.0, 0.0]])
    >>> expm_multiply(A, [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]]).numpy().tolist()
    [[1.0, 2.0, 3.0], [0.0, 1.0, 1.0]]
    >>> expm_multiply(A, [1.0, 1.0]).numpy().tolist()
    [3.0, 1.0]
    """
    A, B = as_tensors(A, B)
    A, B = checked_matrix(A, "A"), _fitting(A, B)
    if B.shape.rank == 1:
        return expm_multiply(A, B[:, None])[..., 0]
    if B.dtype.is_complex and not A.dtype.is_complex:
        m = tf.shape(B)[-1]
        Y = expm_multiply(A, tf.concat([tf.math.real(B), tf.math.imag(B)], -1))
        Y = tf.complex(Y[..., :m], Y[..., m:])
        Y.set_shape([*Y.shape[:-1], B.shape[-1]])
        return Y
    if A.dtype.name in HALF_PRECISION:
        return tf.cast(expm_multiply(tf.cast(A, tf.float32), tf.cast(B, tf.float32)), A.dtype)
    return _batched(A, converted(B, A.dtype))


def expm_matvec(A: Any, x: Any) -> tf.Tensor:
    """Return `exp(A) x` for vectors, by the exponential or by `expm_multiply`: what is cheaper.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
    x : tensor `[..., n]`, of the precision of `A`
        Batch shapes broadcast. `cheaper_to_multiply` decides from `n` and the vectors of each
        matrix, as far as their number is known when a graph is built.

    Returns
    -------
    tensor `[..., n]`
        Differentiable to any order in both arguments.

    Raises
    ------
    ValueError, TypeError
        As `expm_multiply`.

    Examples
    --------
    >>> expm_matvec([[0.0, 2.0], [0.0, 0.0]], [[1.0, 1.0], [0.0, 3.0]]).numpy().tolist()
    [[3.0, 1.0], [6.0, 3.0]]
    """
    A, x = as_tensors(A, x)
    if A.shape.rank == 2 and A.dtype == x.dtype:
        vectors = x.shape[:-1].num_elements() if x.shape.rank else None
        if not cheaper_to_multiply(A.shape[-1], vectors):
            return matvec(expm(A), x)
    return expm_multiply(A, x[..., None])[..., 0]


def _fitting(A: tf.Tensor, B: tf.Tensor) -> tf.Tensor:
    """Refuse what `A` can't be multiplied with."""
    if B.dtype.real_dtype != A.dtype.real_dtype:
        raise TypeError(f"A is {A.dtype.name} and B is {B.dtype.name}: cast them to one precision")
    if B.shape.rank is None or B.shape.rank == 0:
        raise ValueError(f"B has shape {B.shape}: expected [..., n, m] or [n], of known rank")
    rows = B.shape[-2:-1] if B.shape.rank > 1 else B.shape
    if not rows.is_compatible_with(A.shape[-1:]):
        raise ValueError(f"B has shape {B.shape}, which does not fit the matrices of A {A.shape}")
    return B


def _batched(A: tf.Tensor, B: tf.Tensor) -> tf.Tensor:
    """One batch dimension for both, or one matrix for all columns."""
    if A.shape.rank == 2 and B.shape.rank > 2:
        rows = tf.experimental.numpy.moveaxis(B, -2, 0)
        flat = tf.reshape(rows, [tf.shape(B)[-2], -1])
        flat.set_shape([B.shape[-2], rows.shape[1:].num_elements()])
        Y = tf.reshape(_batched(A, flat), tf.shape(rows))
        Y = tf.experimental.numpy.moveaxis(Y, 0, -2)
        Y.set_shape(B.shape)
        return Y
    capacity = most_steps(A.shape[-1] or B.shape[-2], B.shape[-1])
    if not capacity:
        shape = [*_batch_shape(A, B), *B.shape[-2:]]
        return tf.ensure_shape(expm(A) @ B, shape)
    A, B = _broadcast(A, B)
    Y = tf.reshape(action(capacity)(flat_batch(A), flat_batch(B)), tf.shape(B))
    Y.set_shape(B.shape)
    return Y


def _batch_shape(A: tf.Tensor, B: tf.Tensor) -> tf.TensorShape:
    """The batch shape that both have together, as far as it is known."""
    try:
        return tf.broadcast_static_shape(A.shape[:-2], B.shape[:-2])
    except ValueError as error:
        raise ValueError(f"the batches of A {A.shape} and B {B.shape} do not broadcast") from error


def _broadcast(A: tf.Tensor, B: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
    """Give both arguments the same batch shape."""
    static = _batch_shape(A, B)
    if A.shape[:-2].is_fully_defined() and A.shape[:-2] == B.shape[:-2]:
        return A, B
    batch = tf.broadcast_dynamic_shape(tf.shape(A)[:-2], tf.shape(B)[:-2])
    listed = []
    for x in (A, B):
        full = tf.broadcast_to(x, tf.concat([batch, tf.shape(x)[-2:]], 0))
        full.set_shape([*static, *x.shape[-2:]])
        listed.append(full)
    return listed[0], listed[1]


@functools.cache
def action(capacity: int) -> Function:
    """The function `A, E_1, .., E_j, B -> D^j exp(A)[E_1, .., E_j] B` of batches `[batch, .., ..]`.

    Up to `capacity` steps it multiplies; beyond, it forms the exponential.
    """

    def value(*arguments: tf.Tensor) -> tf.Tensor:
        A, *E, B = arguments
        chosen = plan(A, len(E), capacity)
        Y = multiplied(with_directions(A, *E), B, chosen, capacity)[(1 << len(E)) - 1]
        return _either(arguments, chosen, Y, _formed_action)

    def vjp(A: tf.Tensor, *rest: tf.Tensor) -> tuple[tf.Tensor, ...]:
        *E, B, G = rest
        return (
            outer(capacity)(A, *E, B, G),
            *(outer(capacity)(A, *others, B, G) for others in _without_each(E)),
            action(capacity)(*_adjoint(A, *E), G),
        )

    return custom_gradient(staged(value), vjp)


@functools.cache
def outer(capacity: int) -> Function:
    """The function `A, E_1, .., E_j, B, G -> D^(j+1) exp(A^H)[E_1^H, .., E_j^H, G B^H]`."""

    def value(*arguments: tf.Tensor) -> tf.Tensor:
        A, *E, B, G = arguments
        chosen = plan(A, len(E) + 1, capacity)
        W = outer_products(with_directions(A, *E), B, G, chosen, capacity)
        return _either(arguments, chosen, W, _formed_outer)

    def vjp(A: tf.Tensor, *rest: tf.Tensor) -> tuple[tf.Tensor, ...]:
        *E, B, G, H = rest
        return (
            outer(capacity)(A, *E, H, B, G),
            *(outer(capacity)(A, *others, H, B, G) for others in _without_each(E)),
            action(capacity)(*_adjoint(A, *E, H), G),
            action(capacity)(A, *E, H, B),
        )

    return custom_gradient(staged(value), vjp)


def _either(
    arguments: Sequence[tf.Tensor],
    chosen: Plan,
    by_steps: tf.Tensor,
    formed: Callable[..., tf.Tensor],
) -> tf.Tensor:
    """What was multiplied where the steps were few enough, else form the exponential.

    A loop that may run zero times, since XLA can't compile the derivatives of `tf.cond`. Its
    arguments change in it: XLA would compute ahead of the loop what is the same in every round.
    """

    def once(i: tf.Tensor, _: tf.Tensor, *tensors: tf.Tensor) -> tuple[tf.Tensor, ...]:
        result = formed(*tensors)
        result.set_shape(by_steps.shape)
        return (i + 1, result, *(tensor + tensor for tensor in tensors))

    times = tf.cast(tf.equal(chosen.last, 0), tf.int32)
    start = (tf.constant(0), by_steps, *arguments)
    return tf.while_loop(lambda i, *_: i < times, once, start, maximum_iterations=1)[1]


def _formed_action(*arguments: tf.Tensor) -> tf.Tensor:
    """The action by the exponential itself."""
    *matrices, B = arguments
    return derivative_of_exponential(*matrices) @ B


def _formed_outer(*arguments: tf.Tensor) -> tf.Tensor:
    """The outer derivative by the exponential's own."""
    *matrices, B, G = arguments
    return derivative_of_exponential(*_adjoint(*matrices), tf.matmul(G, B, adjoint_b=True))


def _adjoint(*matrices: tf.Tensor) -> list[tf.Tensor]:
    return [tf.linalg.adjoint(a) for a in matrices]


def _without_each(E: Sequence[tf.Tensor]) -> list[Sequence[tf.Tensor]]:
    """`E` without one of its members, for each of them."""
    return [[*E[:i], *E[i + 1 :]] for i in range(len(E))]
