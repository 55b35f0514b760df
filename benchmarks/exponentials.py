"""How long the exponential of an element and its gradient take, by kind.

Each row runs all sides in this process, in turns, and prints medians and their ratios: the
generated kernel and this package's fallback, ``liealg.expm`` of the same matrices, both under XLA,
and stock ``tf.linalg.expm`` in a ``tf.function``. Random elements of norm around 3, value and
gradient. The column "floor" is the same call where one coefficient fills the matrix: what
TensorFlow takes for itself.

``python benchmarks/exponentials.py`` prints the table of all modules, with names that of some.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType
from typing import Annotated, Any

import numpy as np
import tensorflow as tf
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from turns import median_times

from liealg import expm, exponential
from liealg.algebra import MatrixBasis
from liealg.catalogue import known, names

NORM = 3.0


def job(exp: Callable[[tf.Tensor], tf.Tensor], theta: tf.Tensor, *, jit: bool) -> Callable[[], Any]:
    """Forward and backward through the sum of squares of the exponential's entries."""

    @tf.function(jit_compile=jit)
    def run(theta: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            tape.watch(theta)
            X = exp(theta)
            loss = tf.reduce_sum(tf.math.real(X * tf.math.conj(X)))
        return tape.gradient(loss, theta)

    return lambda: run(theta).numpy()


def elements(basis: MatrixBasis, batch: int, dtype: str) -> np.ndarray:
    """Coefficients of random elements of norm 3 on average."""
    theta = np.random.default_rng(0).normal(size=[batch, basis.dim])
    matrices = np.array([np.array(E.evalf().tolist(), complex) for E in basis.matrices])
    some = np.linalg.norm(np.tensordot(theta[:50], matrices, 1), 2, axis=(1, 2))
    return (theta * NORM / some.mean()).astype(dtype)


def filled(basis: MatrixBasis, theta: tf.Tensor) -> tf.Tensor:
    """Matrices of the right shape and dtype, for next to nothing."""
    X = tf.tile(theta[..., :1, None], [1, basis.n, basis.n])
    return tf.complex(X, X) if basis.is_complex else X


def row(
    table: Table, name: str, module: ModuleType, dtype: str, count: int, with_stock: bool
) -> None:
    """Measure one module."""
    basis = known(name)
    theta = tf.constant(elements(basis, count, dtype))
    jobs = [
        job(module.exp, theta, jit=True),
        job(lambda t: filled(basis, t), theta, jit=True),
        job(lambda t: expm(module.hat(t)), theta, jit=True),
    ]
    if with_stock:
        jobs.append(job(lambda t: tf.linalg.expm(module.hat(t)), theta, jit=False))
    ours, _, *others = times = median_times(*jobs)
    cells = [f"{t * 1e3:.2f}" for t in times] + [f"{t / ours:.1f}" for t in others]
    table.add_row(name, exponential(basis).kind, str(basis.n), *cells)


def main(
    chosen: Annotated[
        list[str] | None, typer.Argument(help="Names of modules; all if none.")
    ] = None,
    dtype: Annotated[str, typer.Option(help="float32 or float64.")] = "float32",
    count: Annotated[int, typer.Option(help="Elements.")] = 10_000,
    stock: Annotated[bool, typer.Option(help="Stock TensorFlow too.")] = True,
) -> None:
    """Print the table."""
    others = ["fallback", "stock"] if stock else ["fallback"]
    table = Table(title=f"value and gradient of {count} elements, {dtype}")
    heads = ["algebra", "kind", "n", "liealg, ms", "floor, ms"]
    heads += [f"{x}, ms" for x in others]
    for head in [*heads, *(f"{x} / liealg" for x in others)]:
        table.add_column(head)
    for name in track(chosen or names(), "measuring", console=Console(stderr=True)):
        row(table, name, importlib.import_module(f"liealg.generated.{name}"), dtype, count, stock)
    Console(width=130).print(table)


if __name__ == "__main__":
    typer.run(main)
