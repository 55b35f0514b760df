"""When the action of the exponential on few vectors is cheaper than the exponential.

Each row runs both sides in this process, in turns, under XLA: the steps of `expm_multiply` against
`expm(A) @ B`, value alone and with both gradients, for matrices of one and of several steps. The
ratio says how many times as fast the steps are; the last column is what `cheaper_to_multiply`
takes. ``python benchmarks/expm_multiply.py`` prints the table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np
import tensorflow as tf
import typer
from rich.console import Console
from rich.table import Table
from turns import median_times

from liealg.runtime import cheaper_to_multiply
from liealg.runtime.action import plan
from liealg.runtime.expm import expm
from liealg.runtime.expm_multiply import action

SIZES = (4, 8, 16, 32, 64, 128, 256, 512)
VECTORS = (1, 4, 16)
ENTRIES = 1 << 16  # of all matrices together, so that every row works on as much
BEYOND = 64  # steps, more than any row comes to


def matrices(n: int, size: float, dtype: str) -> tf.Tensor:
    """Skew-symmetric matrices of a given largest 1-norm."""
    rng = np.random.default_rng(0)
    A = rng.normal(size=(max(1, ENTRIES // n**2), n, n))
    A -= np.swapaxes(A, 1, 2)
    return tf.constant(size * A / np.abs(A).sum(1).max(), dtype)


def jobs(A: tf.Tensor, vectors: int, *, gradient: bool) -> list[Callable[[], object]]:
    """The two sides: steps, and the exponential formed."""
    values = np.random.default_rng(1).normal(size=(*A.shape[:2], vectors))
    B = tf.constant(values, A.dtype)

    def job(multiply: Callable) -> Callable[[], object]:
        @tf.function(jit_compile=True)
        def run(A: tf.Tensor, B: tf.Tensor) -> list[tf.Tensor]:
            if not gradient:
                return [multiply(A, B)]
            with tf.GradientTape() as tape:
                tape.watch([A, B])
                loss = tf.reduce_sum(tf.square(tf.abs(multiply(A, B))))
            return tape.gradient(loss, [A, B])

        return lambda: run(A, B)[0].numpy()

    return [job(action(BEYOND)), job(lambda A, B: expm(A) @ B)]


def main(
    dtype: Annotated[str, typer.Option(help="float32, float64, complex64, complex128")] = "float32",
) -> None:
    """Print the table."""
    sides = ("steps, ms", "formed, ms", "ratio")
    table = Table("n", "batch", "vectors", "steps", *sides, *sides, "chosen", title=dtype)
    for n in SIZES:
        for vectors in (v for v in VECTORS if v < n):
            for size in (2.0, 10.0, 40.0):
                A = matrices(n, size, dtype)
                steps = int(tf.reduce_max(plan(A, 0, BEYOND).steps))
                cells = []
                for gradient in (False, True):
                    ours, formed = median_times(*jobs(A, vectors, gradient=gradient))
                    cells += [f"{ours * 1e3:.2f}", f"{formed * 1e3:.2f}", f"{formed / ours:.2f}"]
                chosen = "steps" if cheaper_to_multiply(n, vectors, steps) else "formed"
                head = (n, A.shape[0], vectors, steps)
                table.add_row(*map(str, head), *cells, chosen)
    Console(width=130).print(table)


if __name__ == "__main__":
    typer.run(main)
