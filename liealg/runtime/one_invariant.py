"""Exponentials by two Stumpff functions of one invariant, by products of matrices."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import tensorflow as tf

from liealg.runtime import invariant_functions
from liealg.runtime.gradient import Function
from liealg.runtime.growth import growth
from liealg.runtime.matrix_and_scalars import Workspace, differentiable


def expm_one_invariant(
    A: tf.Tensor,
    scalars: tf.Tensor | None = None,
    *,
    order: int,
    invariant: bool = True,
    complex_invariant: bool = False,
    shift: bool = False,
    less_identity: bool = False,
) -> tf.Tensor:
    r"""Return `exp(A)` of matrices with `B^m (B^2 - Δ) = 0`, `B = A - s I`.

    `exp(A) = e^s (Σ_(j<m) B^j/j! + c_m(Δ) B^m + c_(m+1)(Δ) B^(m+1))`, with the Stumpff functions
    `c_k` (Hermite interpolation, Higham, *Functions of Matrices*, 2008, definition 1.4), by
    Horner's scheme in `B^2`; the gradient by the same scheme backward. Where `B^m = 0` the sum ends
    there.

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex
        Nothing checks that `A` and `Δ` belong together; the result is the formula in any case.
    scalars : tensor `[..., m]`, real
        `s`, or its real and imaginary part, if there is a shift, then `Δ`, or its real and
        imaginary part, if there is an invariant. `None` if there is neither.
    order : int
        `m`, from 0 on; at least 1 without an invariant.
    invariant : bool
        Whether there is an invariant; if not, `B^m = 0`.
    complex_invariant : bool
        Whether `Δ` has two parts; `m` is 0 or 1 then.
    shift : bool
        Whether there is a shift.
    less_identity : bool
        Whether to return `exp(A) - 1`, with the digits that `exp(A)` has no room for near zero.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        Differentiable by `A` and the scalars, to any order.

    Raises
    ------
    ValueError
        If shapes do not fit, or the number of scalars.
    TypeError
        If a dtype is not floating, or the scalars are not real and of the precision of `A`.

    Examples
    --------
    A quarter turn of the plane, `A^2 = -(π/2)^2`:

    >>> import math
    >>> A = tf.constant([[0.0, -math.pi / 2], [math.pi / 2, 0.0]])
    >>> X = expm_one_invariant(A, [-(math.pi**2) / 4], order=0)
    >>> (tf.round(X) + 0.0).numpy().tolist()
    [[0.0, -1.0], [1.0, 0.0]]
    """
    if order < (0 if invariant else 1):
        raise ValueError(f"order is {order}: give at least {0 if invariant else 1}")
    if complex_invariant and not (invariant and order < 2):
        raise ValueError(f"order is {order}: a complex invariant takes 0 or 1")
    wanted = int(shift) + int(invariant) + int(complex_invariant)
    if (scalars is None) != (wanted == 0):
        raise ValueError(f"expm_one_invariant takes {wanted} scalars with these keywords")
    if scalars is not None:
        scalars = tf.convert_to_tensor(scalars)
        counts = (wanted, wanted + shift)
        if scalars.shape.rank is None or scalars.shape[-1:] not in [[count] for count in counts]:
            words = " or ".join(dict.fromkeys(map(str, counts)))
            raise ValueError(f"scalars has shape {scalars.shape}: its last dimension is {words}")
    parts_of_invariant = int(invariant) + int(complex_invariant)
    return _function(order, parts_of_invariant, less_identity)(A, scalars)


@dataclass(frozen=True)
class _Series:
    """The series at one batch: Horner's scheme `V_i = R_i + B^2 V_(i+1)`, from the last `i` down.

    Attributes
    ----------
    B, N : tensor
        `A - s I` and its square, which lower degrees do without.
    levels : list of tensor
        `V_0, V_1, ..`; `V_0` is the sum.
    odd : list
        The coefficient of `B` in each `R_i`.
    even : number or tensor or None
        The coefficient of `B^2` in the last `R_i`, where the degree is even.
    """

    B: tf.Tensor
    N: tf.Tensor
    levels: list[tf.Tensor]
    odd: list[tf.Tensor | float]
    even: tf.Tensor | float | None

    def pulled_back(self, workspace: Workspace, K: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """The cotangents of the last `R_i` and of `B`, of that of the sum."""
        product = workspace.layout.product
        B_bar, N_bar = self.odd[0] * K, None
        for i in range(1, len(self.levels)):
            outer = product(self.levels[i], K)
            N_bar = outer if N_bar is None else N_bar + outer
            (K,) = workspace.once(product(K, self.N))
            B_bar += self.odd[i] * K
        if self.even is not None:
            N_bar = self.even * K if N_bar is None else N_bar + self.even * K
        if N_bar is not None:
            (N_bar,) = workspace.once(N_bar)
            B_bar += product(N_bar, self.B) + product(self.B, N_bar)
        return K, B_bar


@functools.cache
def _function(order: int, parts_of_invariant: int, less_identity: bool) -> Function:
    formula = _Formula(order, parts_of_invariant, less_identity)
    return differentiable(formula.value, formula.pull_back)


@dataclass(frozen=True)
class _Formula:
    """The exponential and its pull-back.

    Attributes
    ----------
    order : int
        `m`.
    parts_of_invariant : int
        None, one or two.
    less_identity : bool
        Whether the identity is taken off.
    """

    order: int
    parts_of_invariant: int
    less_identity: bool

    def value(self, workspace: Workspace, A: tf.Tensor, *scalars: tf.Tensor) -> tf.Tensor:
        s, _ = self._parts(scalars)
        total = self._series(workspace, A, *scalars, less_one=self.less_identity).levels[0]
        if not s:
            return total
        factor, less_one = (tf.cast(x, A.dtype) for x in growth(s))
        total *= workspace.once(factor)[0]
        return total + less_one * workspace.identity(A) if self.less_identity else total

    def pull_back(
        self,
        workspace: Workspace,
        _: Function,
        K: tf.Tensor,
        A: tf.Tensor,
        *scalars: tf.Tensor,
    ) -> tuple[tf.Tensor, list[tf.Tensor]]:
        s, Delta = self._parts(scalars)
        at = self._series(workspace, A, *scalars)
        if s:
            (K,) = workspace.once(tf.cast(growth(s)[0], A.dtype) * K)
        elif len(at.levels) > 1:
            (K,) = workspace.once(K)
        s_bars = _bars_of_parts(workspace, s, K, at.levels[0])
        last, B_bar = at.pulled_back(workspace, K)
        bars = []
        if s:
            (B_bar,) = workspace.once(B_bar)
            both = zip(s_bars, _bars_of_parts(workspace, s, B_bar), strict=True)
            bars += [growing - shifting for growing, shifting in both]
        if Delta:
            slope = self._slope(workspace, at, Delta)
            bars += _bars_of_parts(workspace, Delta, last, slope)
        return B_bar, bars

    def _parts(
        self, scalars: tuple[tf.Tensor, ...]
    ) -> tuple[Sequence[tf.Tensor], Sequence[tf.Tensor]]:
        """The parts of the shift and those of the invariant, none or one or two of each."""
        shift = len(scalars) - self.parts_of_invariant
        return scalars[:shift], scalars[shift:]

    def _series(
        self, workspace: Workspace, A: tf.Tensor, *scalars: tf.Tensor, less_one: bool = False
    ) -> _Series:
        s, Delta = self._parts(scalars)
        degree = self.order + 1 if Delta else self.order - 1
        I = workspace.identity(A)  # noqa: E741
        B = workspace.once(A - _number(s, A.dtype) * I)[0] if s else A
        f: list[tf.Tensor | float] = [1 / factorial(j) for j in range(degree + 1)]
        if Delta:
            # Apart from what only the gradient needs: compilers see what it shares with the value.
            pair = workspace.once(*invariant_functions.values(Delta, self.order))
            f[self.order :] = [tf.cast(c, A.dtype) for c in pair]
        if less_one:
            cosh_less_one = invariant_functions.cosh_less_one
            f[0] = 0.0 if self.order else tf.cast(cosh_less_one(Delta), A.dtype)
        N = workspace.once(workspace.layout.product(B, B))[0] if degree > 1 else B
        # The last R_i takes B^2 along where the degree is even: a product less.
        last = 0 if degree < 2 else (degree - 1) // 2
        odd = [f[2 * i + 1] if 2 * i < degree else 0.0 for i in range(last + 1)]
        even = f[degree] if degree > 0 and degree % 2 == 0 else None
        levels: list[tf.Tensor] = []
        for i in reversed(range(last + 1)):
            V = f[2 * i] * I + odd[i] * B
            if not levels and even is not None:
                V += even * N
            elif levels:
                V += workspace.layout.product(N, levels[0])
            levels.insert(0, workspace.once(V)[0] if i else V)
        return _Series(B, N, levels, odd, even)

    def _slope(self, workspace: Workspace, at: _Series, Delta: Sequence[tf.Tensor]) -> tf.Tensor:
        """The derivative by the invariant of the last `R_i`, which alone depends on it."""
        slopes = invariant_functions.slopes(Delta, self.order)
        first, second = (tf.cast(x, at.B.dtype) for x in workspace.once(*slopes))
        if at.even is None:
            return first * workspace.identity(at.B) + second * at.B
        return first * at.B + second * at.N


def _number(parts: Sequence[tf.Tensor], dtype: tf.DType) -> tf.Tensor:
    return tf.cast(tf.complex(*parts) if len(parts) == 2 else parts[0], dtype)


def _bars_of_parts(
    workspace: Workspace, parts: Sequence[tf.Tensor], K: tf.Tensor, *X: tf.Tensor
) -> list[tf.Tensor]:
    """`Re tr(K X)` and `Re tr(i K X)`: what a change of each part meets."""
    factors = (1, 1j)[: len(parts)]
    return [workspace.real_trace(K if f == 1 else tf.constant(f, K.dtype) * K, *X) for f in factors]
