"""How many times as fast as its peers the batched exponential and its gradient are.

Each row runs all sides in this process, in turns, and prints the medians and their ratios. Stock is
``tf.linalg.expm`` in a ``tf.function`` (its gradient does not compile under XLA), ours is
``liealg.expm`` under XLA and, in a column of its own, in a plain ``tf.function``; PyTorch and JAX
are measured where they are installed (``pip install '.[bench]'``).

``python benchmarks/expm.py`` prints the tables, ``--memory`` the peak memory of value and gradient,
``--floor`` what the products of matrices alone take of the time.
"""

from __future__ import annotations

import functools
import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import tensorflow as tf
import typer
from rich.console import Console
from rich.table import Table
from turns import median_times

from liealg.runtime.expm import expm
from liealg.runtime.layout import Rows, layout_of
from liealg.runtime.scaling import scaled
from liealg.runtime.taylor import scheme_for

SIZES = [
    (2, 10_000),
    (3, 10_000),
    (4, 10_000),
    (6, 10_000),
    (8, 4_000),
    (16, 1_000),
    (64, 64),
    (256, 1),
]
Job = Callable[[], Any]


def matrices(n: int, batch: int, dtype: str) -> np.ndarray:
    """Random matrices of norms around 3, as layers have them."""
    rng = np.random.default_rng(0)
    A = rng.normal(size=(batch, n, n)) + (
        1j * rng.normal(size=(batch, n, n)) if "c" in dtype else 0
    )
    return (1.5 / np.sqrt(n) * A).astype(dtype)


def value_and_gradient(function: Callable, *, jit: bool) -> Callable:
    """Of the sum of squares of the entries."""

    @tf.function(jit_compile=jit)
    def run(x: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(tf.square(tf.abs(function(x))))
        return loss, tape.gradient(loss, x)

    return run


def tensorflow_job(function: Callable, A: np.ndarray, *, jit: bool = False) -> Job:
    """Value and gradient, until the gradient is there."""
    tensor, run = tf.constant(A), value_and_gradient(function, jit=jit)
    return lambda: run(tensor)[1].numpy()


def torch_job(A: np.ndarray) -> Job:
    """The same in PyTorch."""
    import torch

    def run() -> Any:
        x = torch.tensor(A, requires_grad=True)
        torch.matrix_exp(x).abs().square().sum().backward()
        return x.grad.numpy()

    return run


def jax_job(A: np.ndarray) -> Job:
    """The same in JAX, compiled."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    run = jax.jit(jax.grad(lambda x: jnp.sum(jnp.abs(jax.scipy.linalg.expm(x)) ** 2)))
    x = jnp.asarray(A)
    return lambda: np.asarray(run(x))


def jobs(A: np.ndarray) -> dict[str, Job]:
    """Every side that there is here."""
    found = {
        "stock": tensorflow_job(tf.linalg.expm, A),
        "liealg, XLA": tensorflow_job(expm, A, jit=True),
        "liealg": tensorflow_job(expm, A),
    }
    for name, make in (("torch", torch_job), ("jax", jax_job)):
        if importlib.util.find_spec(name):
            found[name] = make(A)
    return found


def times_by_side(sides: dict[str, Job]) -> dict[str, float]:
    """Median seconds of each side."""
    return dict(zip(sides, median_times(*sides.values()), strict=True))


def eager_row(table: Table, dtype: str, n: int) -> None:
    """One small matrix in eager mode."""
    x = tf.constant(matrices(n, 1, dtype)[0])

    def job(function: Callable) -> Job:
        def run() -> Any:
            with tf.GradientTape() as tape:
                tape.watch(x)
                loss = tf.reduce_sum(tf.square(tf.abs(function(x))))
            return tape.gradient(loss, x).numpy()

        return run

    times = times_by_side({"stock": job(tf.linalg.expm), "liealg": job(expm)})
    ratio = times["stock"] / times["liealg"]
    table.add_row(
        dtype, str(n), f"{times['stock'] * 1e3:.2f}", f"{times['liealg'] * 1e3:.2f}", f"{ratio:.1f}"
    )


def affine_row(table: Table, n: int, zero_rows: int, batch: int) -> None:
    """Matrices with zero rows, as they are and with these rows said to be zero."""
    A = matrices(n, batch, "float32")
    A[:, n - zero_rows :] = 0
    known = functools.partial(expm, zero_rows=zero_rows)
    whole, ours = median_times(*(tensorflow_job(f, A, jit=True) for f in (expm, known)))
    cells = (f"{whole * 1e3:.2f}", f"{ours * 1e3:.2f}", f"{whole / ours:.2f}")
    table.add_row(str(n), str(zero_rows), *cells)


def products_alone(A: np.ndarray, count: int) -> Job:
    """As many products as value and gradient take, in the same layout, and nothing else."""
    tensor = tf.constant(A)

    @tf.function(jit_compile=True)
    def run(x: tf.Tensor) -> tf.Tensor:
        layout = layout_of(x)
        never = tf.minimum(tf.cast(tf.reduce_max(tf.abs(x)), tf.int32), 0)
        (X,) = layout.settle([layout.enter(x)], never)
        Y = X
        for _ in range(count):
            (Y,) = layout.settle([layout.product(X, Y)], never)
        return layout.leave(Y)

    return lambda: run(tensor).numpy()


def product_count(A: np.ndarray) -> int:
    """Products of the value (one for each of the scheme, one for each squaring), trebled."""
    tensor = tf.constant(A)
    scheme = scheme_for(tensor.dtype.real_dtype.name)
    squarings = int(tf.reduce_max(scaled(Rows(), {0: tensor}, scheme).squarings))
    return 3 * (1 + len(scheme.products) + squarings)


def floor_row(table: Table, dtype: str, n: int, batch: int) -> None:
    """Value and gradient beside their products, and beside the multiply-adds of these."""
    A = matrices(n, batch, dtype)
    count = product_count(A)
    whole, products = median_times(tensorflow_job(expm, A, jit=True), products_alone(A, count))
    cells = (f"{whole * 1e3:.2f}", f"{products * 1e3:.2f}", f"{products / whole:.2f}")
    rate = 2e-9 * count * batch * n**3 / products
    table.add_row(dtype, str(n), str(batch), str(count), *cells, f"{rate:.0f}")


def peak_memory(side: str, n: int, batch: int, dtype: str) -> float:
    """Mebibytes that value and gradient take in a process of their own."""
    command = [
        sys.executable,
        __file__,
        "--side",
        side,
        "--dtype",
        dtype,
        "--shape",
        f"{n},{batch}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1])


def measure_memory(side: str, n: int, batch: int, dtype: str) -> float:
    """By how much the memory of this process rises, at its peak, during the first call.

    TensorFlow keeps what it has got, so a second call would tell nothing. A small batch has brought
    in compiler and threads before, and the kernel is asked to forget the peak before the call.
    """
    function, jit = {"stock": (tf.linalg.expm, False), "liealg": (expm, True)}[side]
    run = value_and_gradient(function, jit=jit)
    run(tf.constant(matrices(n, 16, dtype)))
    A = tf.constant(matrices(n, batch, dtype))
    Path("/proc/self/clear_refs").write_text("5")
    before = mebibytes("VmRSS")
    results = run(A)
    rise = mebibytes("VmHWM") - before
    del results
    return rise


def mebibytes(field: str) -> float:
    """A field of the status of this process in mebibytes (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def main(
    dtype: Annotated[list[str] | None, typer.Option(help="Dtypes to measure.")] = None,
    memory: Annotated[bool, typer.Option(help="Peak memory instead of times.")] = False,
    floor: Annotated[bool, typer.Option(help="What products of matrices take of it.")] = False,
    side: Annotated[str, typer.Option(hidden=True)] = "",
    shape: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Print the tables."""
    dtypes = dtype or ["float32", "float64", "complex64"]
    if side:
        n, batch = map(int, shape.split(","))
        print(measure_memory(side, n, batch, dtypes[0]))
        return
    console = Console(width=130)
    if memory:
        table = Table("dtype", "n", "batch", "stock, MiB", "liealg, MiB", "ratio")
        for kind in dtypes:
            for n in (3, 6, 16, 64):
                batch = (1 << 24) // n**2
                theirs, ours = (peak_memory(s, n, batch, kind) for s in ("stock", "liealg"))
                table.add_row(
                    kind, str(n), str(batch), f"{theirs:.0f}", f"{ours:.0f}", f"{theirs / ours:.1f}"
                )
        console.print(table)
        return
    if floor:
        head = ("n", "batch", "products", "all, ms", "products alone, ms", "share", "GFlop/s")
        table = Table("dtype", *head)
        for kind in dtypes:
            for n, batch in SIZES:
                floor_row(table, kind, n, batch)
        console.print(table)
        return
    for kind in dtypes:
        names = list(jobs(matrices(2, 16, kind)))
        ratios = [f"{name} / liealg, XLA" for name in names if "liealg" not in name]
        table = Table(
            "n", "batch", *(f"{name}, ms" for name in names), *ratios, "stock / liealg", title=kind
        )
        for n, batch in SIZES:
            times = times_by_side(jobs(matrices(n, batch, kind)))
            ours = times["liealg, XLA"]
            compared = [f"{t / ours:.1f}" for name, t in times.items() if "liealg" not in name]
            plain = f"{times['stock'] / times['liealg']:.1f}"
            table.add_row(
                str(n), str(batch), *(f"{t * 1e3:.2f}" for t in times.values()), *compared, plain
            )
        console.print(table)
    table = Table("dtype", "n", "stock, ms", "liealg, ms", "ratio", title="one matrix, eager")
    for n in (2, 3, 4, 8):
        eager_row(table, "float32", n)
    console.print(table)
    table = Table("n", "zero rows", "not told, ms", "told, ms", "ratio", title="zero rows, XLA")
    for n, zero_rows in ((3, 1), (4, 1), (5, 1), (5, 2), (6, 2), (16, 1)):
        affine_row(table, n, zero_rows, batch=10_000 if n < 16 else 1_000)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
