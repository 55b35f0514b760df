"""Whether to multiply with an exponential step by step, or to form it."""

from __future__ import annotations

_ROWS_FOR_A_STEP = 20
"""Rows of a matrix that make one step with no vector at all worth it, see `most_steps`."""


def cheaper_to_multiply(n: int | None, vectors: int | None, steps: int = 1) -> bool:
    """Whether `expm_multiply` multiplies by `A` step by step rather than forming `exp(A)`.

    Parameters
    ----------
    n
        Rows of the matrices; None where that is known at run time only.
    vectors
        Columns that each matrix is applied to; None as above.
    steps
        The steps of the matrix that needs most, about `‖A‖ / 2.6`.

    Examples
    --------
    >>> cheaper_to_multiply(256, 1), cheaper_to_multiply(256, 1, steps=50)
    (True, False)
    """
    return steps <= most_steps(n, vectors)


def most_steps(n: int | None, vectors: int | None) -> int:
    """The largest number of steps that multiplying is worth, `n / (20 (vectors + 1))`.

    A step takes up to 18 or 28 products of `n^2 m` multiply-adds, the exponential some ten of
    `n^3`, so their ratio goes with `n / m`; a product must read the matrix however few the vectors
    are, which counts as one more. The constant is measured under XLA, with gradients
    (`benchmarks/expm_multiply.py`): where it says steps they are up to 2.2 times as fast, and at
    worst a sixth slower. What is not known when a graph is built counts as too much.

    Examples
    --------
    >>> most_steps(512, 1), most_steps(512, 16), most_steps(32, 1), most_steps(None, 1)
    (12, 1, 0, 0)
    """
    if n is None or vectors is None:
        return 0
    return n // (_ROWS_FOR_A_STEP * (vectors + 1))
