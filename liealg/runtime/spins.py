"""Exponentials of matrices with equally spaced eigenvalues."""

from __future__ import annotations

import functools

import tensorflow as tf

from liealg.runtime.central_differences import LARGEST_TWICE, interpolation, node, weights
from liealg.runtime.gradient import Function
from liealg.runtime.matrix_and_scalars import Workspace, differentiable


def expm_spins(
    A: tf.Tensor,
    scalars: tf.Tensor,
    *,
    twice: int,
    less_identity: bool = False,
) -> tf.Tensor:
    r"""Return `exp(A)` of diagonalizable matrices with eigenvalues `x √Δ`, `x = -j, -j + 1, .., j`.

    With `s = 2 sinh(t/2)/t`, `c = cosh(t/2)`, `t = √Δ`, `B = s A` and `D = s² Δ`, Stirling's
    interpolation by central differences gives, for whole `j`,

    `exp(A) = I + Σ_(k<j) (c B/(2k+1)! + B²/(2k+2)!) Π_(i=1..k) (B² - i² D)`,

    and for half-whole `j` Bessel's `Σ_(k<j) (c/(2k)! + B/(2k+1)!) Π_(i=1..k) (B² - (i-1/2)² D)`
    (Steffensen, *Interpolation*, 1927, §§ 4-5; for spins Curtright, Fairlie and Zachos, SIGMA 10,
    2014). Nothing is divided by `Δ`, and no power of `A` is expanded. For `Δ < 0` the angle `|t|`
    counts modulo whole turns, which `s` and `c` do by themselves, and is halved for large `j`: the
    matrix is squared afterwards.

    Along the span of a representation `expm_spin_representation` has a shorter gradient.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        Some of the eigenvalues `x √Δ` may be missing. `A = 0` where `Δ = 0` only if `A` is
        semisimple: for nilpotent `A^(2j+1) = 0` is enough.
    scalars : tensor `[..., 1]`, real
        `Δ`. Nothing checks that `A` and `Δ` belong together; the result is the formula in any case.
    twice : int
        `2 j`, from 1 on.
    less_identity : bool
        Whether to return `exp(A) - 1`, with the digits that `exp(A)` has no room for near zero.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        Differentiable by both, to any order.

    Raises
    ------
    ValueError
        If shapes do not fit, or `twice` is less than 1 or more than 12.
    TypeError
        If a dtype is not floating, or the scalars are not real and of the precision of `A`.

    Examples
    --------
    A whole turn in the representation of spin 1/2:

    >>> import math
    >>> A = tf.constant([[0.0, -math.pi], [math.pi, 0.0]])
    >>> (tf.round(expm_spins(A, [-4 * math.pi**2], twice=1)) + 0.0).numpy().tolist()
    [[-1.0, 0.0], [0.0, -1.0]]
    """
    if not 1 <= twice <= LARGEST_TWICE:
        raise ValueError(f"twice is {twice}: give 1 to {LARGEST_TWICE}, two times the spin")
    scalars = tf.convert_to_tensor(scalars)
    if scalars.shape.rank is None or scalars.shape[-1:] != [1]:
        raise ValueError(f"scalars has shape {scalars.shape}: its last dimension is 1, for Δ")
    return _function(twice, less_identity)(A, scalars)


@functools.cache
def _function(twice: int, less_identity: bool) -> Function:
    def value(workspace: Workspace, A: tf.Tensor, Delta: tf.Tensor) -> tf.Tensor:
        return interpolation(workspace, A, Delta, twice, less_identity).squares[-1]

    return differentiable(value, functools.partial(_backward, twice=twice))


def _backward(
    workspace: Workspace,
    _: Function,
    K: tf.Tensor,
    A: tf.Tensor,
    Delta: tf.Tensor,
    twice: int,
) -> tuple[tf.Tensor, list[tf.Tensor]]:
    """The scheme backward, from the last square to the matrix and the invariant."""
    whole = twice % 2 == 0
    at = interpolation(workspace, A, Delta, twice)
    angle, N = at.angle, at.N
    if angle.wide and not whole:
        K = tf.cast(angle.sign, A.dtype) * K
    for wide, X in reversed([*zip(angle.wide, at.squares, strict=False)]):
        both = workspace.layout.product(K, X) + workspace.layout.product(X, K)
        (K,) = workspace.once(tf.where(wide, both, K))
    p_bar, q_bar = (weight * K for weight in weights(0, whole))
    N_bar, D_bar = None, tf.zeros_like(Delta)
    for k, total in enumerate(at.sums[1:], 1):
        square, (first, second) = node(k, whole), weights(k, whole)
        outer = workspace.layout.product(total, K)
        N_bar = outer if N_bar is None else N_bar + outer
        D_bar -= square * workspace.real_trace(K, total)
        K = workspace.once(workspace.layout.product(K, N) - square * at.D * K)[0]
        p_bar, q_bar = p_bar + first * K, q_bar + second * K
    c, s = (tf.cast(x, A.dtype) for x in (angle.c, angle.s))
    if whole:
        c_bar = angle.s * workspace.real_trace(p_bar, A)
        B_bar = c * p_bar
        N_bar = q_bar if N_bar is None else N_bar + q_bar
    else:
        c_bar = workspace.real_trace(p_bar)
        B_bar = q_bar
    if N_bar is not None:
        (N_bar,) = workspace.once(s * N_bar)
        B_bar += workspace.layout.product(N_bar, A) + workspace.layout.product(A, N_bar)
    (B_bar,) = workspace.once(B_bar)
    s_bar = workspace.real_trace(B_bar, A) + 2 * angle.s * Delta * D_bar
    Delta_bar = angle.s * angle.s * D_bar + s_bar * angle.s_slope + c_bar * angle.c_slope
    return s * B_bar, [Delta_bar]
