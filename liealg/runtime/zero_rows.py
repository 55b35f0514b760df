"""Matrices whose last rows are zero, as those of affine algebras, without these rows.

Of `[[M, v], [0, 0]]` the first `r` rows are kept, `[r, n]`, and a product takes `r^2 n`
multiply-adds, not `n^3`. The exponential `[[e^M, w], [0, 1]]` is no such matrix: it is kept without
its unit rows, and `with_unit_rows` says what these add to a product.

The gradient meets cotangents, which form the inner product `tr(K A)` with such matrices. Of those
the first `r` columns count, `[n, r]`, and both kinds are told apart by their shape. A matrix times
a cotangent is a cotangent.
"""

from __future__ import annotations

import tensorflow as tf

from liealg.runtime.layout import Lanes, Layout

_MOST_LEFT = 0.8
"""The largest share of multiply-adds that is left without the zero rows."""


class ZeroRows(Layout):
    """A layout of matrices with zero rows, by another layout.

    Parameters
    ----------
    layout
        How the rows that are kept lie in memory.
    n
        The size of the matrices.
    kept
        The number of rows before those that are zero, at least 1 and less than `n`.
    """

    def __init__(self, layout: Layout, n: int, kept: int) -> None:
        self._layout, self._n, self._kept = layout, n, kept

    def enter(self, A: tf.Tensor) -> tf.Tensor:
        """Drop the zero rows."""
        return self._layout.enter(A[:, : self._kept])

    def leave(self, X: tf.Tensor) -> tf.Tensor:
        """Put the zero rows, or columns of a cotangent, back."""
        X = self._layout.leave(X)
        return tf.pad(X, [[0, 0], *([0, self._n - size] for size in X.shape[1:])])

    def leave_group(self, X: tf.Tensor) -> tf.Tensor:
        """Put the unit rows back."""
        units = [0.0] * self._kept + [1.0] * (self._n - self._kept)
        return self.leave(X) + tf.linalg.diag(tf.constant(units, X.dtype))

    def identity(self, X: tf.Tensor) -> tf.Tensor:
        """The identity without its last rows."""
        return self._layout.identity(X)

    def settle(self, X: list[tf.Tensor], never: tf.Tensor) -> list[tf.Tensor]:
        """Settle in the other layout."""
        return self._layout.settle(X, never)

    def product(self, X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        """Multiply matrices, or a matrix and a cotangent."""
        if self._is_cotangent(X):
            return self._layout.product(X, Y[:, :, : self._kept])
        if self._is_cotangent(Y):
            return _padded(self._layout.product(X, Y), 1, after=self._n - self._kept)
        return self._layout.product(X[:, :, : self._kept], Y)

    def row_product(self, row: tf.Tensor, X: tf.Tensor) -> tf.Tensor:
        """Multiply rows `[1, n]` by matrices."""
        return self._layout.row_product(row[:, :, : self._kept], X)

    def with_unit_rows(self, product: tf.Tensor, X: tf.Tensor) -> tf.Tensor:
        """Add `X P + P X`, with `P` the unit rows: one of the two is zero."""
        axis = 1 if self._is_cotangent(X) else 2
        rest = X[:, self._kept :] if axis == 1 else X[:, :, self._kept :]
        return product + _padded(rest, axis, before=self._kept)

    def as_cotangent(self, X: tf.Tensor) -> tf.Tensor:
        """Drop the last columns, which meet zero rows, and put the zero rows back."""
        return _padded(X[:, :, : self._kept], 1, after=self._n - self._kept)

    def _is_cotangent(self, X: tf.Tensor) -> bool:
        return bool(X.shape[1] == self._n)


def _padded(X: tf.Tensor, axis: int, *, before: int = 0, after: int = 0) -> tf.Tensor:
    """Zeros before and after along one axis."""
    sizes = [[0, 0] for _ in range(X.shape.rank)]
    sizes[axis] = [before, after]
    return tf.pad(X, sizes)


def without_zero_rows(layout: Layout, n: int | None, zero_rows: int) -> Layout:
    """A layout without the last rows, in lanes, if that saves a fifth of the multiply-adds.

    Less saves no time (one of 12 rows), and takes more in the end (one of 16). Nor does a product
    by `tf.matmul` gain what its arguments cost to cut and to fill up.

    Examples
    --------
    >>> from liealg.runtime.layout import Lanes
    >>> type(without_zero_rows(Lanes(100, 72), 4, 1)).__name__
    'ZeroRows'
    """
    if not n or not isinstance(layout, Lanes):
        return layout
    kept = n - zero_rows
    return ZeroRows(layout, n, kept) if kept**2 <= _MOST_LEFT * n**2 else layout


def with_zeros_in(A: tf.Tensor, zero_rows: int) -> tf.Tensor:
    """The matrices with zeros in their last rows, whatever stood there: no gradient passes.

    Examples
    --------
    >>> with_zeros_in(tf.ones([2, 2]), 1).numpy().tolist()
    [[1.0, 1.0], [0.0, 0.0]]
    """
    if not zero_rows:
        return A
    sizes = [[0, 0]] * (A.shape.rank - 2) + [[0, zero_rows], [0, 0]]
    filled = tf.pad(A[..., :-zero_rows, :], sizes)
    filled.set_shape(A.shape)
    return filled
