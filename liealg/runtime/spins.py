"""Exponentials of matrices with equally spaced eigenvalues, as in representations of spin."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from math import factorial

import tensorflow as tf

from liealg.runtime.gradient import Function
from liealg.runtime.matrix_and_scalars import Workspace, differentiable
from liealg.runtime.stumpff import stumpff

_HALVINGS = {3: 0, 5: 1, 8: 2, 12: 3}
"""How often an angle is halved, for up to which `twice`.

The polynomial through the values at the eigenvalues is steep in between where the angle is large:
it multiplies the rounding of `A`, which need not have these eigenvalues to the last bit. With an
error of `eps` in `s`, the worst errors of values at half turns about an axis, in single precision
and units of `eps (1 + κ)`, after 0, 1, 2 and 3 halvings are 6, 3, 2, 2 for spin 2, 18, 5, 3, 2 for
spin 3, 27, 8, 3, 3 for spin 4 and 570, 80, 6, 3 for spin 6.
"""

_WIDE = 0.93
"""Angles are halved where the cosine of half of them is smaller: beyond 43 degrees."""


def expm_spins(
    A: tf.Tensor,
    scalars: tf.Tensor,
    *,
    twice: int,
    lie_triple: bool = False,
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

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        Some of the eigenvalues `x √Δ` may be missing. `A = 0` where `Δ = 0` only if `A` is
        semisimple: for nilpotent `A^(2j+1) = 0` is enough.
    scalars : tensor `[..., 1]`, real
        `Δ`. Nothing checks that `A` and `Δ` belong together; the result is the formula in any case.
    twice : int
        `2 j`, from 1 on.
    lie_triple : bool
        Whether `[A, [A, [A, E]]] = Δ [A, E]` for all elements `A, E` of the span, as in all
        representations of so(3), su(2) and sl(2). From `j = 2` on the gradient then comes from the
        exponential and six products, whatever `j` is: it is that along the span, all of it by `A`
        and none by `Δ`.
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
    if not 1 <= twice <= max(_HALVINGS):
        raise ValueError(f"twice is {twice}: give 1 to {max(_HALVINGS)}, two times the spin")
    scalars = tf.convert_to_tensor(scalars)
    if scalars.shape.rank is None or scalars.shape[-1:] != [1]:
        raise ValueError(f"scalars has shape {scalars.shape}: its last dimension is 1, for Δ")
    return _function(twice, lie_triple, less_identity)(A, scalars)


@functools.cache
def _function(twice: int, lie_triple: bool, less_identity: bool) -> Function:
    def value(workspace: Workspace, A: tf.Tensor, Delta: tf.Tensor) -> tf.Tensor:
        return _interpolation(workspace, A, Delta, twice, less_identity).squares[-1]

    def along_the_span(
        workspace: Workspace, X: Function, K: tf.Tensor, A: tf.Tensor, Delta: tf.Tensor
    ) -> tuple[tf.Tensor, list[tf.Tensor]]:
        whole = (lambda: X() + workspace.identity(A)) if less_identity else X
        return _along_the_span(workspace, whole, K, A, Delta)

    # Four products backward are fewer than six by brackets, and as exact.
    if lie_triple and twice > 3:
        return differentiable(value, along_the_span)
    return differentiable(value, functools.partial(_backward, twice=twice))


# --- The angle ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Angle:
    """`s = 2 sinh(t/2)/t` and `c = cosh(t/2)` after the halvings, with derivatives by `Δ`.

    Attributes
    ----------
    s, c, less_one, s_slope, c_slope : tensor
        With the factor of the halvings: `s` is `2 sinh(t'/2)/t` of the halved `t'`. `c - 1` has
        digits that `c` has no room for.
    sign : tensor
        -1 where a whole turn was taken out, else 1; for whole spins that is no change.
    wide : list of tensor
        Where the first halving took place, the second, ..
    """

    s: tf.Tensor
    c: tf.Tensor
    less_one: tf.Tensor
    s_slope: tf.Tensor
    c_slope: tf.Tensor
    sign: tf.Tensor
    wide: list[tf.Tensor]


def _angle(workspace: Workspace, Delta: tf.Tensor, halvings: int) -> _Angle:
    c, s, c2, c3 = stumpff(Delta / 4, 0, 1, 2, 3)
    c_slope, s_slope, less_one = s / 8, (c2 - c3) / 8, Delta / 4 * c2
    one = tf.ones_like(c)
    # Where the sine is large the result depends on it steeply, and the cosine tells it better.
    steep = (Delta < 0) & (c * c < 0.5)
    inner = tf.where(steep, tf.abs(c), 0.5 * one)
    square = (inner * inner - 1) / tf.where(steep, Delta, -one)
    s = tf.where(steep, tf.sign(s) * 2 * tf.sqrt(square), s)
    sign = tf.where(c < 0, -one, one) if halvings else one
    s, c, s_slope, c_slope = (x * sign for x in (s, c, s_slope, c_slope))
    wide: list[tf.Tensor] = []
    square, first = s * s, 2 * (1 - inner) / tf.where(steep, -Delta, one)
    for i in range(halvings):
        wide.append((Delta < 0) & (c < _WIDE))
        # Harmless where there is nothing to halve: the cosh of a large t may be infinite.
        twofold = 1 + tf.where(wide[-1], c, one)
        # The squares of s have quotients without roots, and half of their rounding.
        square = tf.where(wide[-1], square, one) / (2 * twofold)
        square = square if i else tf.where(steep, first, square)
        half, half_s = tf.sqrt(twofold / 2), tf.sign(s) * tf.sqrt(square)
        half_slope = c_slope / (4 * half)
        half_s_slope = (s_slope / 2 - half_s * half_slope) / half
        new, old = (half_s, half, half_s_slope, half_slope), (s, c, s_slope, c_slope)
        s, c, s_slope, c_slope = (tf.where(wide[-1], x, y) for x, y in zip(new, old, strict=True))
    if wide:
        less_one = tf.where(wide[0] | (sign < 0), c - 1, less_one)
    # Apart from what only the gradient needs: compilers see that it shares the rest with the value.
    s, c = workspace.once(s, c)
    s_slope, c_slope = workspace.once(s_slope, c_slope)
    return _Angle(s, c, less_one, s_slope, c_slope, sign, wide)


def _halvings(twice: int) -> int:
    return next(count for most, count in _HALVINGS.items() if twice <= most)


# --- The interpolation ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Interpolation:
    """Horner's scheme `L_k = p/(2k)! + q/(2k+1)! + (B² - (k+1-h)² D) L_(k+1)` and the squarings.

    Attributes
    ----------
    N, D : tensor
        The square of the scaled matrix and the scaled invariant.
    sums : list of tensor
        `L_0, L_1, ..`.
    squares : list of tensor
        The interpolation and its squares; the last is the exponential.
    """

    angle: _Angle
    N: tf.Tensor
    D: tf.Tensor
    sums: list[tf.Tensor]
    squares: list[tf.Tensor]


def _node(k: int, whole: bool) -> float:
    """The square of the eigenvalue that the `k`-th factor vanishes at."""
    return float(k * k) if whole else (k - 0.5) ** 2


def _weights(k: int, whole: bool) -> tuple[float, float]:
    first = 2 * k + whole
    return 1 / factorial(first), 1 / factorial(first + 1)


def _interpolation(
    workspace: Workspace,
    A: tf.Tensor,
    Delta: tf.Tensor,
    twice: int,
    less_identity: bool = False,
) -> _Interpolation:
    whole, last = twice % 2 == 0, (twice - 1) // 2
    angle = _angle(workspace, Delta, _halvings(twice))
    c, s, sign = (tf.cast(x, A.dtype) for x in (angle.c, angle.s, angle.sign))
    D = tf.cast(angle.s * angle.s * Delta, A.dtype)
    I = workspace.identity(A)  # noqa: E741
    N = workspace.once(s * s * workspace.layout.product(A, A))[0] if twice > 1 else A
    p, q = (c * s * A, N) if whole else (c * I, s * A)
    sums: list[tf.Tensor] = []
    for k in range(last, -1, -1):
        first, second = _weights(k, whole)
        if less_identity and not whole and k == 0:
            p = tf.cast(workspace.once(angle.less_one)[0], A.dtype) * I
        total = first * p + second * q
        if sums:
            product = workspace.layout.product(N, sums[0])
            total += product - _node(k + 1, whole) * D * sums[0]
        sums.insert(0, workspace.once(total)[0] if k or angle.wide else total)
    X = sums[0] + I if whole and not less_identity else sums[0]
    squares = [X]
    for wide in angle.wide:
        square = workspace.layout.product(X, X)
        if less_identity:  # (1 + X)^2 - 1
            square += 2 * X
        (X,) = workspace.once(tf.where(wide, square, X))
        squares.append(X)
    if angle.wide and not whole:
        squares.append(sign * X + (sign - 1) * I if less_identity else sign * X)
    return _Interpolation(angle, N, D, sums, squares)


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
    at = _interpolation(workspace, A, Delta, twice)
    angle, N = at.angle, at.N
    if angle.wide and not whole:
        K = tf.cast(angle.sign, A.dtype) * K
    for wide, X in reversed([*zip(angle.wide, at.squares, strict=False)]):
        both = workspace.layout.product(K, X) + workspace.layout.product(X, K)
        (K,) = workspace.once(tf.where(wide, both, K))
    p_bar, q_bar = (weight * K for weight in _weights(0, whole))
    N_bar, D_bar = None, tf.zeros_like(Delta)
    for k, total in enumerate(at.sums[1:], 1):
        node, (first, second) = _node(k, whole), _weights(k, whole)
        outer = workspace.layout.product(total, K)
        N_bar = outer if N_bar is None else N_bar + outer
        D_bar -= node * workspace.real_trace(K, total)
        K = workspace.once(workspace.layout.product(K, N) - node * at.D * K)[0]
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


# --- The gradient along a span --------------------------------------------------------------------


def _along_the_span(
    workspace: Workspace, X: Function, K: tf.Tensor, A: tf.Tensor, Delta: tf.Tensor
) -> tuple[tf.Tensor, list[tf.Tensor]]:
    """The derivative of the exponential by brackets with `A`, whose third power is `Δ` times it.

    `L(A, E) = X (E - c_2 [A, E] + c_3 [A, [A, E]])`, the right Jacobian by Stumpff functions of
    `Δ`. For large `Δ > 0` the bracket grows where `X` falls, and the same derivative is taken as
    `X M + M X` with `M = E/2 + (tanh(t/2)/t - 1/2)/Δ [A, [A, E]]`, in which all is bounded.
    """
    real = stumpff(Delta, 2, 3)
    large = Delta > 1
    size = tf.where(large, Delta, tf.ones_like(Delta))
    t = tf.sqrt(size)
    zero, half = tf.zeros_like(Delta), 0.5 * tf.ones_like(Delta)
    both = (tf.tanh(t / 2) / t - 0.5) / size
    coefficients = (
        tf.where(large, half, 1 + zero),
        tf.where(large, half, zero),
        tf.where(large, zero, -real[0]),
        tf.where(large, both, real[1]),
        tf.where(large, both, zero),
    )
    settled = workspace.once(*coefficients)
    right, left, once, twice_right, twice_left = (tf.cast(x, A.dtype) for x in settled)
    product = workspace.layout.product
    value, K = workspace.once(X(), K)
    KX, XK = workspace.once(product(K, value), product(value, K))

    def bracket(M: tf.Tensor) -> tf.Tensor:
        (M,) = workspace.once(M)
        return product(M, A) - product(A, M)

    inner = once * KX + bracket(twice_right * KX + twice_left * XK)
    return right * KX + left * XK + bracket(inner), [zero]
