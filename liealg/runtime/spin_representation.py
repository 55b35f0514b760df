"""Exponentials in representations of so(3), su(2) and sl(2), with the Jacobian of the group."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import tensorflow as tf

from liealg.runtime.central_differences import LARGEST_TWICE, interpolation
from liealg.runtime.euler_angles import rotation_less_identity
from liealg.runtime.gradient import Function
from liealg.runtime.matrix_and_scalars import (
    Value,
    Workspace,
    broadcast,
    differentiable_by_scalars,
)
from liealg.runtime.matrix_span import MatrixSpan
from liealg.runtime.rotation_matrices import RotationMatrices
from liealg.runtime.stumpff import stumpff

Hat: TypeAlias = Callable[[tf.Tensor], tf.Tensor]


def expm_spin_representation(
    theta: tf.Tensor,
    scalars: tf.Tensor,
    *,
    hat: Hat,
    twice: int,
    compact: bool = False,
    by_angles: bool = False,
    less_identity: bool = False,
) -> tf.Tensor:
    r"""Return `exp(A)`, `A = hat(theta)` with eigenvalues `x √Δ`, `x = -j, -j + 1, .., j`.

    The value is that of `expm_spins`, or put together from turns, `exp(A) = Z(a) X(b) Z(c)`, which
    takes no product of matrices where the generator of `Z` has one entry to a row. The angles are

    `cos(b/2) e^{i(a+c)/2} = c_0(Δ/4) + i z c_1(Δ/4)/2`, `sin(b/2) e^{i(a-c)/2} = (x + i y)
    c_1(Δ/4)/2`,

    `x, y, z` the coordinates of `A` along generators of so(3) (Varshalovich, Moskalev and
    Khersonskii, *Quantum Theory of Angular Momentum*, 1988, section 1.4).

    The gradient needs `[A, [A, [A, E]]] = Δ [A, E]` for all elements `A, E` of the span, as in all
    representations of so(3), su(2) and sl(2): then

    `L(A, E) = exp(A) F`, `F = E - c_2 [A, E] + c_3 [A, [A, E]]`, `c_k` Stumpff functions of `Δ`,

    the right Jacobian (Higham, *Functions of Matrices*, 2008, theorem 10.13, the series summed by
    that identity), and `F` is in the algebra that the span generates. The cotangent `G` of the
    exponential is met by all of it as `Re tr(G^H exp(A) F_j)`, one product of matrices and one
    number for each matrix `F_j` of a basis of that algebra, and the rest is done on these numbers.
    For `Δ > 1` the bracket grows where `exp(A)` falls, and the same derivative is taken as
    `exp(A) F + F exp(A)` with `F = E/2 + (tanh(t/2)/t - 1/2)/Δ [A, [A, E]]`, `t = √Δ`, in which
    all is bounded.

    Parameters
    ----------
    theta : tensor `[..., k]`, floating
        The coefficients. float16 and bfloat16 are computed in float32.
    scalars : tensor `[..., 1]`
        `Δ`, of the dtype of `theta`; batches broadcast. Nothing checks that it belongs to them.
    hat
        `theta [..., k]` to `A [..., n, n]`, linear.
    twice : int
        `2 j`, from 1 on.
    compact : bool
        Whether `Δ` is nowhere positive.
    by_angles : bool
        Whether the value is computed by Euler angles, for skew-Hermitian matrices that generate
        so(3), one of them, or their bracket if there are two, with at most one entry to a row.
    less_identity : bool
        Whether to return `exp(A) - 1`, with the digits that `exp(A)` has no room for near zero.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        Differentiable by `theta` to any order. The gradient by `Δ` is zero: it is that along the
        span, all of it by `theta`.

    Raises
    ------
    ValueError
        If shapes do not fit, `twice` is less than 1 or more than 12, or Euler angles are asked for
        and do not serve.
    TypeError
        If the dtypes of `theta` and `scalars` differ.

    Examples
    --------
    >>> def hat(theta):
    ...     return theta[..., None] * tf.constant([[0, -0.5], [0.5, 0]], theta.dtype)
    >>> whole_turn = expm_spin_representation([6.2831853], [-39.478418], hat=hat, twice=1)
    >>> (tf.round(whole_turn) + 0.0).numpy().tolist()
    [[-1.0, 0.0], [0.0, -1.0]]
    """
    if not 1 <= twice <= LARGEST_TWICE:
        raise ValueError(f"twice is {twice}: give 1 to {LARGEST_TWICE}, two times the spin")
    theta = tf.convert_to_tensor(theta)
    scalars = tf.convert_to_tensor(scalars, dtype_hint=theta.dtype)
    if scalars.shape.rank is None or scalars.shape[-1:] != [1]:
        raise ValueError(f"scalars has shape {scalars.shape}: its last dimension is 1, for Δ")
    if theta.shape.rank in (None, 0) or theta.shape[-1] is None:
        raise ValueError(f"theta has shape {theta.shape}: expected [..., k], with known k")
    if scalars.dtype != theta.dtype:
        raise TypeError(
            f"theta is {theta.dtype.name} and scalars {scalars.dtype.name}: cast them to one dtype"
        )
    column, scalars = broadcast(theta[..., None], scalars)
    together = tf.concat([column[..., 0], scalars], -1)
    return _function(hat, theta.shape[-1], twice, compact, by_angles, less_identity)(together)


@functools.cache
def _function(
    hat: Hat, k: int, twice: int, compact: bool, by_angles: bool, less_identity: bool
) -> Function:
    span = MatrixSpan.of_basis(hat, k)

    def interpolated(workspace: Workspace, *numbers: tf.Tensor) -> tf.Tensor:
        *theta, Delta = numbers
        A = span.element(workspace, theta)
        return interpolation(workspace, A, Delta, twice, less_identity).squares[-1]

    def pull_back(
        workspace: Workspace, X: Function, K: tf.Tensor, *numbers: tf.Tensor
    ) -> tuple[None, list[tf.Tensor]]:
        *theta, Delta = numbers
        whole = X() + workspace.identity(K) if less_identity else X()
        whole, K = workspace.once(whole, K)
        product = workspace.layout.product
        jacobian = _RightJacobian.of(workspace, Delta, compact)
        (KX,) = workspace.once(product(K, whole))
        before = workspace.once(*workspace.real_traces(KX, span.matrices))
        after = None
        if not compact:
            (XK,) = workspace.once(product(whole, K))
            after = workspace.once(*workspace.real_traces(XK, span.matrices))
        bars = jacobian.pulled_back(span, span.coordinates(theta), before, after)
        return None, [*span.pulled_back(bars), tf.zeros_like(Delta)]

    value = _by_angles(span, less_identity) if by_angles else interpolated
    # The angles have singularities, as at zero, though the exponential has none.
    return differentiable_by_scalars(value, pull_back, span.n, by_operations=interpolated)


def _by_angles(span: MatrixSpan, less_identity: bool) -> Value:
    rotations = RotationMatrices.of_span(span)

    def value(workspace: Workspace, *numbers: tf.Tensor) -> tf.Tensor:
        *theta, Delta = numbers
        X = rotation_less_identity(workspace, rotations, span.coordinates(theta), Delta)
        return X if less_identity else X + workspace.identity(X)

    return value


@dataclass(frozen=True)
class _RightJacobian:
    """`L(A, E) = X (a E + b [A, E] + c [A, [A, E]]) + (a' E + c' [A, [A, E]]) X`.

    Attributes
    ----------
    before, once, twice : tensor
        `a`, `b` and `c`.
    after, twice_after : tensor
        `a'` and `c'`, zero where `Δ` is small, and not used where it always is.
    """

    before: tf.Tensor
    once: tf.Tensor
    twice: tf.Tensor
    after: tf.Tensor
    twice_after: tf.Tensor

    @staticmethod
    def of(workspace: Workspace, Delta: tf.Tensor, compact: bool) -> _RightJacobian:
        c2, c3 = stumpff(Delta, 2, 3)
        zero, one = tf.zeros_like(Delta), tf.ones_like(Delta)
        if compact:
            c2, c3 = workspace.once(c2, c3)
            return _RightJacobian(one, -c2, c3, zero, zero)
        large = Delta > 1
        size = tf.where(large, Delta, one)
        t = tf.sqrt(size)
        both = (tf.tanh(t / 2) / t - 0.5) / size
        coefficients = (
            tf.where(large, 0.5 * one, one),
            tf.where(large, zero, -c2),
            tf.where(large, both, c3),
            tf.where(large, 0.5 * one, zero),
            tf.where(large, both, zero),
        )
        return _RightJacobian(*workspace.once(*coefficients))

    def pulled_back(
        self,
        span: MatrixSpan,
        theta: list[tf.Tensor],
        before: list[tf.Tensor],
        after: list[tf.Tensor] | None,
    ) -> list[tf.Tensor]:
        """What a change of each coordinate meets: that of `X F_j`, and that of `F_j X`."""
        direct = [self.before * x for x in before]
        outer = [self.twice * x for x in before]
        if after is not None:
            direct = [x + self.after * y for x, y in zip(direct, after, strict=True)]
            outer = [x + self.twice_after * y for x, y in zip(outer, after, strict=True)]
        inner = span.adjoint_pulled_back(theta, outer)
        inner = [self.once * x + y for x, y in zip(before, inner, strict=True)]
        last = span.adjoint_pulled_back(theta, inner)
        return [x + y for x, y in zip(direct, last, strict=True)]
