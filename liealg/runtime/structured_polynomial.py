"""The exponential of scaled matrices as a polynomial of small degree, and the way back through it.

`exp(X) = sum_j r_j X^j`, with `r` the Taylor polynomial of the exponential modulo the minimal
polynomial `m` of `X`, which is found from the traces of powers. The sum takes few products (in two
blocks, as Paterson and Stockmeyer, SIAM J. Comput. 2, 1973); all else is done on numbers (`ring`).

**A power of two is kept apart**: powers are those of `X0 = X / ratio`, which is scaled by the norm,
so that none overflows. `ratio^j` enters with the coefficients, exactly.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

import tensorflow as tf

from liealg.runtime.layout import Layout
from liealg.runtime.norms import one_norm
from liealg.runtime.power_sums import polynomial_of_power_sums, power_sum_cotangents
from liealg.runtime.ring import Divided, Residue, modulus_cotangent, times
from liealg.runtime.ring_exponential import exponential_in_ring, scheme_for
from liealg.runtime.scaling import halvings, most_squarings, power_of_half
from liealg.runtime.squaring import clipped
from liealg.runtime.structure import Structure

_FURTHEST = 16.0
"""The largest norm, as a multiple of `‖X^2‖^(1/2)`, at which the latter decides the scaling alone.

For matrices further from normal the square cancels, and its rounding would stand for digits.
"""


class Polynomial:
    """The exponential of scaled matrices.

    Parameters
    ----------
    structure
        What is known of the matrices.
    outer, inner
        The layouts of the matrices and of their blocks `M` beside zero rows.
    A
        The matrices in the outer layout.
    never
        An integer that is at most 0, which no compiler can know.

    Attributes
    ----------
    squarings : int32 tensor
        How often each exponential is to be squared, of the shape of one entry.
    value : tensor
        What is to be squared.
    weight : tensor
        What a cotangent of `value` is to be multiplied with before `reverse`.
    """

    def __init__(
        self, structure: Structure, outer: Layout, inner: Layout, A: tf.Tensor, never: tf.Tensor
    ) -> None:
        self._structure, self._outer, self._inner, self._never = structure, outer, inner, never
        self._rows = A.shape[2] - structure.zero_rows
        self._has_shift = structure.has_shift(self._rows)
        shift = trace(A) / self._rows if self._has_shift else None
        self._scale(A if shift is None else A - shift * outer.identity(A))
        growth = 1.0 if shift is None else clipped(tf.exp(shift * self._factor))
        self.weight = self._first * growth
        while len(self._powers) <= structure.powers:
            self._powers += self._settled(inner.product(self._powers[1], self._powers[-1]))
        self._modulus = self._modulus_of(self._packed(self._power_sums()))
        self._coefficients = self._packed(self._by_powers_of_ratio(self._ring().remainder))
        self._upper = self._upper_block()
        self.value = self._value() if shift is None else clipped(growth * self._value())

    def _scale(self, A: tf.Tensor) -> None:
        """Divide by the norm, as a power of two, and find how much less the square asks for."""
        real = A.dtype.real_dtype
        threshold, most = scheme_for(self._structure, real.name).threshold, most_squarings(real)
        norm = one_norm(self._block(A))
        finite = norm <= real.max  # false for NaN
        first = power_of_half(halvings(norm, threshold, finite, most), finite, real)
        self._first = tf.cast(first, A.dtype)
        self._A, first = self._settled(A * self._first, first)
        M = self._block(self._A)
        self._powers = [M, M, *self._settled(self._inner.product(M, M))]
        size = tf.sqrt(one_norm(self._powers[2])) / first
        size = tf.minimum(norm, tf.maximum(size, norm / _FURTHEST))
        self.squarings = halvings(size, threshold, finite, most)
        factor = power_of_half(self.squarings, finite, real)
        # Settled, or XLA would compute logarithms again for each coefficient of the ring.
        powers_of_two = self._settled(factor, factor / first)
        self._factor, self._ratio = (tf.cast(x, A.dtype) for x in powers_of_two)

    def _block(self, X: tf.Tensor) -> tf.Tensor:
        return X[:, : self._rows, : self._rows]

    def _settled(self, *X: tf.Tensor) -> list[tf.Tensor]:
        return self._outer.settle(list(X), self._never)

    def _packed(self, numbers: Residue) -> Residue:
        """The same numbers, computed once and by one operation.

        XLA makes one loop of all that leads to them, which keeps everything in registers.
        """
        tensors = [x for x in numbers if tf.is_tensor(x)]
        if not tensors:
            return numbers
        (stacked,) = self._settled(tf.concat(tensors, 1))
        parts = iter([stacked[:, i : i + 1] for i in range(len(tensors))])
        return [next(parts) if tf.is_tensor(x) else x for x in numbers]

    def _power_sums(self) -> Residue:
        """Those of the roots, each a part of the trace of a power."""
        s, found = self._structure, []
        for k in s.exponents:
            if k == 1:
                found.append(0.0 if s.traceless or self._has_shift else trace(self._powers[1]))
            else:
                found.append(pairing(self._powers[k // 2], self._powers[k - k // 2]))
        return [times(1 / s.copies, p) for p in found]

    def _by_powers_of_ratio(self, numbers: Residue) -> Residue:
        """Multiply the number at position `j` by the power `j`."""
        power, found = tf.ones_like(self._ratio), []
        for j, number in enumerate(numbers):
            power = power * self._ratio if j else power
            found.append(times(power, number) if j else number)
        return found

    def _modulus_of(self, sums: Residue) -> Residue:
        """The minimal polynomial of `X`, from the power sums of `X0`."""
        s = self._structure
        powers = self._by_powers_of_ratio([1.0] * (s.degree + 1))
        return s.spread(
            polynomial_of_power_sums(
                [times(powers[k], p) for k, p in zip(s.exponents, sums, strict=True)]
            )
        )

    def _ring(self) -> Divided:
        s = self._structure
        scheme = scheme_for(s, self._ratio.dtype.real_dtype.name)
        return exponential_in_ring(scheme, self._modulus, order=int(s.zero_rows > 0))

    def _upper_block(self) -> tf.Tensor | None:
        """`B` in `sum_j f_j X0^j = .. + X0^h B`, without a constant; None where it is empty."""
        above = self._coefficients[self._structure.powers + 1 :]
        if not above:
            return None
        (B,) = self._settled(_combination(above, self._powers[1:]))
        return B

    def _value(self) -> tf.Tensor:
        f, inner = self._coefficients, self._inner
        total = _combination(f[1:], self._powers[1:]) + f[0] * inner.identity(self._powers[1])
        if self._upper is not None:
            total += inner.product(self._powers[self._structure.powers], self._upper)
        if not self._structure.zero_rows:
            return total
        # exp(A) = I + phi_1(M) A
        (self._phi,) = self._settled(self._ratio * total)
        moved = inner.product(self._phi, self._A[:, : self._rows])
        return _padded(moved, 1, self._A.shape[1]) + self._outer.identity(self._A)

    def reverse(self, K: tf.Tensor) -> tf.Tensor:
        """From `K` in `tr(K dF)`, multiplied by `weight`, to that of `A`."""
        if not self._structure.zero_rows:
            return self._reverse_of_block(K)
        r = self._rows
        K = K[:, :, :r]
        inner, (M_bar,) = self._inner, self._settled(self._inner.product(self._A[:, :r], K))
        total = inner.product(K, self._phi)
        M_bar = self._reverse_of_block(self._ratio * M_bar)
        columns = K.shape[1] if self._A.shape[1] > r else r
        return _padded(total + _padded(M_bar, 1, K.shape[1]), 2, columns)

    def _reverse_of_block(self, K: tf.Tensor) -> tf.Tensor:
        """The same for the block `M`."""
        s, f, P, inner = self._structure, self._coefficients, self._powers, self._inner
        h = s.powers
        f_bar = [trace(K), *(pairing(K, p) for p in P[1:])]
        cotangents = [0.0, *(times(c, K) for c in f[1 : h + 1])]
        if self._upper is not None:
            L, share = self._settled(inner.product(K, P[h]), inner.product(self._upper, K))
            f_bar += [pairing(L, p) for p in P[1 : len(f) - h]]
            for j, c in enumerate(f[h + 1 :], 1):
                cotangents[j] += c * L
            cotangents[h] += share
        self._add_invariants(self._packed(f_bar[: len(f)]), cotangents)
        for j in range(len(cotangents) - 1, 1, -1):
            (bar,) = self._settled(cotangents[j])
            cotangents[1] += inner.product(P[j - 1], bar)
            cotangents[j - 1] += inner.product(bar, P[1])
        return cotangents[1]

    def _add_invariants(self, f_bar: Residue, cotangents: Residue) -> None:
        """Add what comes through the traces of powers."""
        s, P = self._structure, self._powers
        r_bar = self._by_powers_of_ratio(f_bar)
        c_bar = modulus_cotangent(self._ring(), r_bar, self._modulus, s.positions)
        p_bar = power_sum_cotangents([self._modulus[j] for j in s.positions], c_bar)
        powers = self._by_powers_of_ratio([1.0] * (s.degree + 1))
        weighted = [
            times(powers[k], times(1 / s.copies, p))
            for k, p in zip(s.exponents, p_bar, strict=True)
        ]
        for k, p in zip(s.exponents, self._packed(weighted), strict=True):
            if k == 1:
                cotangents[1] += 0.0 if s.traceless else p * self._inner.identity(P[1])
            elif k <= len(P):
                cotangents[1] += k * p * P[k - 1]
            else:  # tr(X^a X^b)
                a, b = k // 2, k - k // 2
                cotangents[a] += p * P[b]
                cotangents[b] += p * P[a]


def trace(X: tf.Tensor) -> tf.Tensor:
    """The trace of each matrix, of the shape of one entry."""
    return _sum([X[:, i : i + 1, i : i + 1] for i in range(X.shape[1])])


def pairing(X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
    """`tr(X Y)` without a transpose, which would cost more: rows of one times columns of the other.

    Of the shape of one entry.
    """
    rows = _sum([X[:, :, k] * Y[:, k] for k in range(X.shape[2])])
    return tf.reduce_sum(rows, 1, keepdims=True)[:, :, None]


def _combination(coefficients: Residue, matrices: Sequence[tf.Tensor]) -> tf.Tensor:
    return _sum([times(c, X) for c, X in zip(coefficients, matrices, strict=False)])


def _sum(terms: Sequence[tf.Tensor]) -> tf.Tensor:
    add: Callable[[tf.Tensor, tf.Tensor], tf.Tensor] = tf.add
    return functools.reduce(add, terms)


def _padded(X: tf.Tensor, axis: int, size: int) -> tf.Tensor:
    """Zeros behind along an axis, up to a size."""
    if X.shape[axis] == size:
        return X
    sizes = [[0, 0] for _ in range(X.shape.rank)]
    sizes[axis] = [0, size - X.shape[axis]]
    return tf.pad(X, sizes)
