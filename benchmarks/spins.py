"""How long representations of spin take by each of the ways to compute them.

Each row runs all ways in this process, in turns, value and gradient of the same random elements
under XLA: Euler angles and central differences, both with the gradient by the Jacobian of the
group; central differences with the gradient by products of matrices, which needs no group; and this
package's fallback. ``liealg/derive/many_nodes.py`` chooses among them.
"""

from __future__ import annotations

import importlib
from functools import partial
from typing import Annotated

import tensorflow as tf
import typer
from exponentials import elements, job
from rich.console import Console
from rich.progress import track
from rich.table import Table
from turns import median_times

from liealg import expm
from liealg.catalogue import known
from liealg.runtime.spin_representation import expm_spin_representation
from liealg.runtime.spins import expm_spins

SPINS = [f"so3_irrep{degree}" for degree in range(2, 7)]
SPINS += ["spin3_2", "spin2", "spin5_2", "spin3", "spin7_2", "spin4"]


def minus_square(theta: tf.Tensor) -> tf.Tensor:
    """The invariant of rotations: minus the square of the angle."""
    return -tf.reduce_sum(theta * theta, -1, keepdims=True)


def row(table: Table, name: str, dtype: str, count: int) -> None:
    """Measure one module."""
    basis, hat = known(name), importlib.import_module(f"liealg.generated.{name}").hat
    theta = tf.constant(elements(basis, count, dtype))
    twice = basis.n - 1  # of rows there are 2 j + 1
    by_group = partial(expm_spin_representation, hat=hat, twice=twice, compact=True)
    ways = [
        lambda t: by_group(t, minus_square(t), by_angles=True),
        lambda t: by_group(t, minus_square(t)),
        lambda t: expm_spins(hat(t), minus_square(t), twice=twice),
        lambda t: expm(hat(t)),
    ]
    times = median_times(*(job(way, theta, jit=True) for way in ways))
    angles, differences, products, fallback = times
    cells = [f"{t * 1e3:.2f}" for t in times]
    for part, whole in ((angles, differences), (differences, fallback), (products, fallback)):
        cells.append(f"{part / whole:.2f}")
    table.add_row(name, str(basis.n), *cells)


def main(
    chosen: Annotated[
        list[str] | None, typer.Argument(help="Names of modules; all if none.")
    ] = None,
    dtype: Annotated[str, typer.Option(help="float32 or float64.")] = "float32",
    count: Annotated[int, typer.Option(help="Elements.")] = 10_000,
) -> None:
    """Print the table."""
    table = Table(title=f"value and gradient of {count} elements, {dtype}")
    heads = ["representation", "n", "angles, ms", "differences, ms", "by products, ms"]
    heads += ["fallback, ms", "angles / differences"]
    heads += ["differences / fallback", "by products / fallback"]
    for head in heads:
        table.add_column(head)
    for name in track(chosen or SPINS, "measuring", console=Console(stderr=True)):
        row(table, name, dtype, count)
    Console(width=150).print(table)


if __name__ == "__main__":
    typer.run(main)
