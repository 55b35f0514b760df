"""How a batch of small matrices lies in memory while it is multiplied with itself.

A layout holds matrices with rows and columns on two known axes and multiplies them; what computes
with it (scaling, polynomial, squaring) does not know which one it is.

**Lanes** `[blocks, n, n, lanes]`: the batch runs along the last axis, 16 to 128 matrices to a
block, and a product is `n` multiply-adds of whole slices, which the compiler turns into vector
instructions.

**Rows** `[batch, n, n]`: the batch comes first and a product is `tf.matmul`.

XLA on CPU repeats an operation inside each consumer that it fuses it into: a chain of products
written as sums would be computed again and again, 6x6 matrices in 180 ms instead of 8. `settle`
keeps results from being fused further; it is the only such device here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import tensorflow as tf
from tensorflow.python.ops.control_flow_util import GraphOrParentsInXlaContext

_LANES = {3: 128, 8: 72, 16: 16}
"""Matrices in a block, for up to so many rows: as many as the nearest caches hold of three blocks.

For 3 rows 128 are a tenth faster than 72, for 12 and 16 rows 16 are a tenth faster than 72. In
single precision lanes are twice as fast as `tf.matmul` at 10 and 12 rows and a sixth at 16, but
slower at 24 and half as fast at 32; in double precision and complex numbers twice as fast at 16.
"""

_LARGEST_IN_LANES = max(_LANES)
"""Rows of the largest matrices that are multiplied in lanes."""

_FEWEST_IN_LANES = 16
"""Matrices in the smallest batch, where its size is known, for which lanes are worth while."""

_FEWEST_LANES, _STEP, _FITTING = 16, 8, 32
"""Lanes in the smallest block that divides a batch, in steps of a vector, and up to how many at
least: from 16 to 80 lanes times differ by no more than a tenth; 8 take twice as long."""


class Layout(Protocol):
    """What scaling, polynomial and squaring need of a layout, which keeps all rows if not said."""

    def enter(self, A: tf.Tensor) -> tf.Tensor:
        """From `[batch, n, n]` to this layout, whose axes 1 and 2 are rows and columns."""

    def leave(self, X: tf.Tensor) -> tf.Tensor:
        """Back to `[batch, n, n]`."""

    def leave_group(self, X: tf.Tensor) -> tf.Tensor:
        """The same for exponentials."""
        return self.leave(X)

    def enter_adjoint(self, G: tf.Tensor, never: tf.Tensor) -> tf.Tensor:
        """The adjoints, from `[batch, n, n]` to this layout; `never` as in `settle`.

        Settled: XLA would put off the transposition, and do it again for each use.
        """
        return self.settle([adjoint(self.enter(G))], never)[0]

    def identity(self, X: tf.Tensor) -> tf.Tensor:
        """The identity matrix, of the dtype of `X` and broadcast to it."""

    def product(self, X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        """The matrix products `X Y`."""

    def row_product(self, row: tf.Tensor, X: tf.Tensor) -> tf.Tensor:
        """The products of matrices with one row each and matrices."""
        return self.product(row, X)

    def with_unit_rows(self, product: tf.Tensor, X: tf.Tensor) -> tf.Tensor:
        """Add to a product with an exponential what rows of it add that the layout leaves out."""
        return product

    def as_cotangent(self, X: tf.Tensor) -> tf.Tensor:
        """A matrix `X` in the form of cotangents `K` that meet matrices by `tr(K dX)`."""
        return X

    def settle(self, X: list[tf.Tensor], never: tf.Tensor) -> list[tf.Tensor]:
        """The same tensors, computed once; `never` is an integer scalar `<= 0`."""


class Rows(Layout):
    """Batch first, products by `tf.matmul`."""

    def enter(self, A: tf.Tensor) -> tf.Tensor:
        """Keep the batch as it is."""
        return A

    def leave(self, X: tf.Tensor) -> tf.Tensor:
        """Keep the batch as it is."""
        return X

    def identity(self, X: tf.Tensor) -> tf.Tensor:
        """The identity `[n, n]`."""
        return tf.eye(tf.shape(X)[-2], tf.shape(X)[-1], dtype=X.dtype)

    def product(self, X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        """Multiply."""
        return X @ Y

    def settle(self, X: list[tf.Tensor], never: tf.Tensor) -> list[tf.Tensor]:
        """A `tf.matmul` is never repeated, and sums of matrices cost little beside it."""
        return X


class Lanes(Layout):
    """Batch last, in blocks; products by multiply-adds of whole slices.

    Parameters
    ----------
    batch
        The number of matrices, a scalar tensor or a Python integer.
    lanes
        The number of matrices in a block.
    """

    def __init__(self, batch: tf.Tensor | int, lanes: int) -> None:
        self._batch = batch
        self._lanes = lanes
        self._blocks = -(-batch // lanes)

    def enter(self, A: tf.Tensor) -> tf.Tensor:
        """Fill the last block up with zeros, and take the lanes to the end."""
        missing = self._blocks * self._lanes - self._batch
        A = tf.pad(A, [[0, missing], [0, 0], [0, 0]])
        A = tf.reshape(A, [self._blocks, self._lanes, *A.shape[1:]])
        return tf.transpose(A, [0, 2, 3, 1])

    def leave(self, X: tf.Tensor) -> tf.Tensor:
        """Take the lanes to the front, and drop what was filled up."""
        flat = tf.reshape(tf.transpose(X, [0, 3, 1, 2]), [-1, *X.shape[1:3]])
        return flat[: self._batch]

    def identity(self, X: tf.Tensor) -> tf.Tensor:
        """The identity `[n, n, 1]`."""
        return tf.eye(*X.shape[1:3], dtype=X.dtype)[..., None]

    def product(self, X: tf.Tensor, Y: tf.Tensor) -> tf.Tensor:
        """Add up the products of a column slice and a row slice."""
        total = X[:, :, :1] * Y[:, :1]
        for k in range(1, Y.shape[1]):
            total += X[:, :, k : k + 1] * Y[:, k : k + 1]
        return total

    def settle(self, X: list[tf.Tensor], never: tf.Tensor) -> list[tf.Tensor]:
        """Compute each by itself."""
        return settled(X, never)


def settled(tensors: Sequence[tf.Tensor], never: tf.Tensor) -> list[tf.Tensor]:
    """Pass tensors through a loop that would change them, but does not run.

    Parameters
    ----------
    tensors
        Of any shapes and dtypes.
    never
        An integer scalar `<= 0`, of `never_of`.

    Examples
    --------
    >>> settled([tf.constant(2.0), tf.constant(3)], tf.constant(0))[1].numpy().item()
    3
    """

    def change(i: tf.Tensor, *tensors: tf.Tensor) -> tuple[tf.Tensor, ...]:
        return (i + 1, *(tensor + tensor for tensor in tensors))

    start = (tf.constant(0), *tensors)
    _, *same = tf.while_loop(lambda i, *_: i < never, change, start, maximum_iterations=1)
    return same


def never_of(A: tf.Tensor) -> tf.Tensor:
    """An integer that is at most 0, which no compiler can know: see `Layout.settle`.

    Examples
    --------
    >>> never_of(tf.zeros([3, 2, 2])).numpy().item()
    0
    """
    first = tf.reshape(A, [-1])[:1]
    return -tf.cast(tf.reduce_any(tf.not_equal(first, first)), tf.int32)


def adjoint(X: tf.Tensor) -> tf.Tensor:
    """The conjugate transposed of the matrices of a layout, rows and columns on axes 1 and 2.

    In lanes that moves whole slices. Transposing small matrices of a batch one by one, before they
    enter or when they have left, takes longer than multiplying them.

    Examples
    --------
    >>> adjoint(tf.constant([[[1.0, 2.0]]])).numpy().tolist()
    [[[1.0], [2.0]]]
    """
    return tf.math.conj(tf.transpose(X, [0, 2, 1, *range(3, X.shape.rank)]))


def flat_batch(A: tf.Tensor) -> tf.Tensor:
    """Make one batch dimension of all, `[..., n, m]` to `[batch, n, m]`.

    Examples
    --------
    >>> flat_batch(tf.zeros([2, 5, 3, 3])).shape
    TensorShape([10, 3, 3])
    """
    if A.shape.rank == 3:
        return A
    batch = A.shape[:-2].num_elements()
    size = A.shape[-2:] if A.shape[-2:].is_fully_defined() else tf.shape(A)[-2:]
    flat = tf.reshape(A, [-1 if batch is None else batch, size[0], size[1]])
    flat.set_shape([batch, *A.shape[-2:]])
    return flat


def layout_of(A: tf.Tensor, n: int | None = None) -> Layout:
    """Choose the layout for a batch `[batch, n, n]`: lanes for many small ones under XLA.

    With `n` given it is for matrices of so many rows, and `A` any tensor of their batch.

    Without XLA each multiply-add of slices is an operation of its own that goes through memory, and
    `tf.matmul` is as fast or faster.

    Examples
    --------
    >>> type(layout_of(tf.zeros([100, 3, 3]))).__name__
    'Rows'
    """
    batch, n = A.shape[0], A.shape[-1] if n is None else n
    small = n is not None and n <= _LARGEST_IN_LANES
    many = batch is None or batch >= _FEWEST_IN_LANES
    if small and many and is_compiled_by_xla():
        return Lanes(tf.shape(A)[0] if batch is None else batch, _lanes(n, batch))
    return Rows()


def _lanes(n: int, batch: int | None) -> int:
    """As many matrices to a block as suit their size, and divide the batch where that is known.

    A batch that need not be filled up saves two copies, up to a tenth of value and gradient.
    """
    most = next(lanes for rows, lanes in _LANES.items() if n <= rows)
    tried = range(max(most, _FITTING), _FEWEST_LANES - 1, -_STEP)
    return next((lanes for lanes in tried if batch and batch % lanes == 0), most)


def is_compiled_by_xla() -> bool:
    """Whether the graph that is being built belongs to a `tf.function(jit_compile=True)`.

    TensorFlow knows, but has no public way to ask.

    Examples
    --------
    >>> is_compiled_by_xla()
    False
    """
    return bool(GraphOrParentsInXlaContext(tf.compat.v1.get_default_graph()))
