"""How long each structure function takes, over the catalogue and in dense bases of it.

A dense basis is a random rational change of basis of the algebra and of the space it acts on. Each
entry is CPU seconds in a process of its own, which starts with the matrices and nothing computed
from them, so that no entry profits from another. ``python benchmarks/structure.py`` prints the
slowest function of each algebra, then the slowest algebra of each function, the slowest last.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Annotated

import sympy as sp
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from liealg import LieAlgebra, structure
from liealg.catalogue import known
from liealg.constructors import direct_sum

FUNCTIONS: dict[str, Callable] = {
    name: getattr(structure, name)
    for name in (
        "killing_signature",
        "center",
        "derived_series",
        "lower_central_series",
        "radical",
        "nilradical",
        "levi_decomposition",
        "cartan_subalgebra",
        "root_system",
        "simple_factors",
        "indecomposable_ideals",
        "centroid",
        "bilinear_forms",
        "hermitian_forms",
        "commutant",
        "schur_types",
        "invariant_subspaces",
        "casimir_element",
        "quadratic_casimirs",
        "derivations",
        "summary",
    )
}
NAMES = (
    "so5",
    "so7",
    "so8",
    "so(3,1)",
    "so(4,1)",
    "so(7,1)",
    "so(4,4)",
    "sl3",
    "sl5",
    "gl5",
    "sp4",
    "sp6",
    "u5",
    "su4",
    "su5",
    "su(2,2)",
    "su(3,2)",
    "se3",
    "se6",
    "se23",
    "sgal3",
    "sim5",
    "aff4",
    "heisenberg6",
    "heisenberg12",
    "upper_triangular6",
    "upper_triangular7",
    "strictly_upper_triangular8",
    "diagonal16",
    "translations16",
    "poincare",
    "oscillator",
    "g2",
    "spin(5/2)",
    "spin(3)",
    "so3_irrep(3)",
    "so3_irrep(6)",
)
SUMS = (
    ("so3", "so3", "so3"),
    ("su4", "su2", "u1"),
    ("so(3,1)", "sl3", "se3"),
    ("heisenberg2", "upper_triangular3", "so4"),
    ("so5", "so5"),
    ("g2", "g2"),
)


@dataclass(frozen=True)
class Entry:
    """One function on one algebra; ``seconds`` is ``None`` where the limit was reached."""

    algebra: str
    dim: int
    basis: str
    function: str
    seconds: float | None

    def order(self) -> float:
        """What entries are sorted by."""
        return float("inf") if self.seconds is None else self.seconds

    def words(self, limit: int) -> str:
        """The seconds, as the table shows them."""
        return f"> {limit}" if self.seconds is None else f"{self.seconds:.2f}"


def main(
    only: Annotated[str, typer.Option(help="Functions, separated by commas; all if none.")] = "",
    algebra: Annotated[str, typer.Option(help="Names, separated by spaces; all if none.")] = "",
    basis: Annotated[str, typer.Option(help="catalogue, dense or both.")] = "both",
    limit: Annotated[int, typer.Option(help="CPU seconds after which an entry is ended.")] = 60,
    every: Annotated[bool, typer.Option("--every", help="Print every entry.")] = False,
    seed: Annotated[int, typer.Option(help="Of the random changes of basis.")] = 1,
) -> None:
    """Print the tables."""
    functions = only.split(",") if only else list(FUNCTIONS)
    jobs = [
        (name, kind)
        for name in (algebra.split() or [*NAMES, *(" + ".join(parts) for parts in SUMS)])
        for kind in (("catalogue", "dense") if basis == "both" else (basis,))
    ]
    console = Console(width=100)
    entries: list[Entry] = []
    for name, kind in track(jobs, console=console, transient=True):
        entries += measured(name, kind, functions, limit, seed)
    entries.sort(key=Entry.order)
    if every:
        show(console, "Every entry", entries, limit)
    slowest = {(entry.algebra, entry.basis): entry for entry in entries}
    show(console, "The slowest function of each algebra", slowest.values(), limit)
    worst = {entry.function: entry for entry in entries}
    show(console, "The slowest algebra of each function", worst.values(), limit)


def measured(name: str, basis: str, functions: list[str], limit: int, seed: int) -> Iterator[Entry]:
    """The definition from matrices, then each function."""
    matrices = built(name).matrices
    if basis == "dense":
        matrices = dense(matrices, random.Random(seed))
    begin = time.process_time()
    algebra = LieAlgebra("measured", matrices)
    yield Entry(name, algebra.dim, basis, "definition", time.process_time() - begin)
    for function in functions:
        seconds = apart(FUNCTIONS[function], algebra, limit)
        yield Entry(name, algebra.dim, basis, function, seconds)


def built(name: str) -> LieAlgebra:
    parts = name.split(" + ")
    return known(name) if len(parts) == 1 else direct_sum("sum", *map(known, parts))


def dense(matrices: tuple, source: random.Random) -> list[sp.Matrix]:
    """The matrices in random rational coordinates of their span and of the space."""
    mixing, turn = (invertible(size, source) for size in (len(matrices), matrices[0].rows))
    back = turn.inv()
    turned = [(turn * matrix * back).applyfunc(sp.expand) for matrix in matrices]
    return [
        sum((value * M for value, M in zip(mixing.row(i), turned, strict=True)), 0 * turned[0])
        for i in range(mixing.rows)
    ]


def invertible(size: int, source: random.Random) -> sp.Matrix:
    while True:
        matrix = sp.Matrix(size, size, lambda *_: source.randint(-3, 3))
        if matrix.det() != 0:
            return matrix


def apart(function: Callable, algebra: LieAlgebra, limit: int) -> float | None:
    """CPU seconds of a call in a process of its own; ``None`` if it was ended at the limit."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=timed, args=(function, algebra, limit, there))
    process.start()
    there.close()
    try:
        return here.recv()
    except EOFError:
        return None
    finally:
        process.join()


def timed(function: Callable, algebra: LieAlgebra, limit: int, there: Connection) -> None:
    begin = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(begin) + limit, int(begin) + limit + 1))
    # A refusal is an answer, such as of the root system of an algebra that is not semisimple.
    with suppress(ValueError):
        function(algebra)
    there.send(time.process_time() - begin)


def show(console: Console, title: str, entries: Iterable[Entry], limit: int) -> None:
    table = Table("algebra", "dimension", "basis", "function", "CPU s", title=title)
    for entry in sorted(entries, key=Entry.order):
        row = (entry.algebra, str(entry.dim), entry.basis, entry.function, entry.words(limit))
        table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
