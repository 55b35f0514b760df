"""The command line."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from liealg.algebra import MatrixBasis
from liealg.catalogue import definitions, families, known, names
from liealg.codegen import check as checking
from liealg.codegen.generate import generate as write_modules
from liealg.codegen.listing import (
    DEFAULT_SIZE,
    KIND_ROWS,
    LARGEST_SIZE,
    Wanted,
    members,
    number_range,
    passes,
    row,
)
from liealg.codegen.show import description
from liealg.codegen.table import page
from liealg.codegen.verify import verify as measure
from liealg.derive.form import KINDS

app = typer.Typer(
    help="Lie algebras in SymPy, their exponentials derived, TensorFlow kernels generated.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_output = Console(soft_wrap=True, highlight=False)
_errors = Console(stderr=True, soft_wrap=True, highlight=False)
_PIPE_WIDTH = 200
_Item = TypeVar("_Item")

References = Annotated[
    list[str], typer.Argument(metavar="NAME|FILE...", help="Known algebras, files, or FILE:NAME.")
]
Reference = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A known algebra, a file, or FILE:NAME.")
]
Directory = Annotated[Path, typer.Option("-o", "--output", help="The directory to write to.")]


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # TensorFlow greets at length
    app()


@app.command("list")
def list_command(
    references: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME|FILE]...", help="Only these (FILE:NAME too), not the families."
        ),
    ] = None,
    family: Annotated[str | None, typer.Option(help="One family, such as so.")] = None,
    dimension: Annotated[str | None, typer.Option(help="A dimension: 3, or a range: 3-6.")] = None,
    size: Annotated[str | None, typer.Option(help="Rows n of the matrices: 4, or 3-4.")] = None,
    up_to: Annotated[
        int | None,
        typer.Option(help=f"Largest dimension and rows; {DEFAULT_SIZE} if nothing else is asked."),
    ] = None,
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(KINDS)}.")] = None,
    simple: Annotated[
        bool, typer.Option("--simple", help="Simple over the reals, where decided.")
    ] = False,
    semisimple: Annotated[bool, typer.Option("--semisimple", help="Sums of simple ones.")] = False,
    solvable: Annotated[bool, typer.Option("--solvable", help="Nilpotent ones too.")] = False,
    nilpotent: Annotated[bool, typer.Option("--nilpotent", help="Abelian ones too.")] = False,
    abelian: Annotated[bool, typer.Option("--abelian", help="All brackets vanish.")] = False,
    compact: Annotated[
        bool | None,
        typer.Option("--compact/--non-compact", help="Whether they keep a definite form."),
    ] = None,
    complex_matrices: Annotated[
        bool | None, typer.Option("--complex/--real", help="Whether matrices are complex.")
    ] = None,
    modules: Annotated[
        bool, typer.Option("--modules", help="With a module in liealg.generated.")
    ] = False,
) -> None:
    """List algebras: members of the families, or those named. All filters must hold."""
    flags = {
        "simple": simple or None,
        "semisimple": semisimple or None,
        "solvable": solvable or None,
        "nilpotent": nilpotent or None,
        "abelian": abelian or None,
        "compact": compact,
        "complex": complex_matrices,
        "modules": modules or None,
    }
    with _reported():
        wanted = Wanted(
            family,
            None if dimension is None else number_range(dimension, "--dimension"),
            None if size is None else number_range(size, "--size"),
            kind,
            up_to,
            {name: value for name, value in flags.items() if value is not None},
        )
        rows = _listed(references or [], wanted)
    if not rows:
        further = "" if references else f"; --up-to N, at most {LARGEST_SIZE}, looks further"
        typer.echo(f"nothing passes all filters{further}")
        return
    # A pipe has no width of its own, and is to get one line for each algebra.
    tables = Console(highlight=False, width=None if _output.is_terminal else _PIPE_WIDTH)
    where = f"for up to {KIND_ROWS} rows" if references else "where there is a module"
    tables.print(_table(rows, f"Algebras; the kind of the exponential {where}, or with --kind"))
    if not references and wanted == Wanted():
        tables.print(_families_table())


def _listed(references: list[str], wanted: Wanted) -> list[tuple[str, ...]]:
    if references and (wanted.family or wanted.up_to):
        raise ValueError("--family and --up-to choose among the families; leave the names out")
    if references:
        named = list(dict.fromkeys(basis for name in references for basis in definitions(name)))
        _warn_of_namesakes(named)
        bases = iter(named)
    else:
        bases = (make() for make in _progress(members(wanted), "examining"))
    return [
        row(basis, wanted.kind is not None or (bool(references) and basis.n <= KIND_ROWS))
        for basis in bases
        if passes(basis, wanted)
    ]


def _warn_of_namesakes(bases: Sequence[MatrixBasis]) -> None:
    for name, count in Counter(basis.name for basis in bases).items():
        if count > 1:
            _errors.print(f"{count} definitions are called {name}; rename all but one to generate")


def _table(rows: list[tuple[str, ...]], title: str) -> Table:
    table = Table(title=title)
    for heading in ("name", "dim", "n", "kind"):
        table.add_column(heading, no_wrap=True)
    table.add_column("what it is", overflow="fold")
    for cells in rows:
        table.add_row(*cells)
    return table


def _families_table() -> Table:
    table = Table("family", "arguments", "what it is", title="By name, as so(5), so5 or so(3,2)")
    for family in families():
        table.add_row(family.name, ", ".join(family.arguments), family.what)
    return table


@app.command()
def show(
    reference: Reference,
    latex: Annotated[bool, typer.Option("--latex", help="LaTeX instead of text.")] = False,
    certificate: Annotated[
        bool, typer.Option("--certificate", help="Also what the exponential rests on.")
    ] = False,
) -> None:
    """Show basis, structure constants, kind and reason, and formulas."""
    with _reported():
        parts = [description(basis, latex, certificate) for basis in definitions(reference)]
        typer.echo("\n\n\n".join(parts))


@app.command()
def generate(
    references: References,
    output: Directory,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that the generator did not write.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Derive and measure again what is kept in the cache.")
    ] = False,
) -> None:
    """Write one TensorFlow module for each algebra or definition."""
    with _reported():
        bases = [basis for reference in references for basis in definitions(reference)]
        bases = list(dict.fromkeys(bases))
        written = write_modules(
            bases, output, force=force, fresh=fresh, progress=_progress_over_bases
        )
        for path in written:
            typer.echo(str(path))


@app.command()
def verify(
    references: References,
    elements: Annotated[
        int, typer.Option(help="Random elements, beside zero and the basis.", min=2)
    ] = 48,
) -> None:
    """Measure errors of value and gradient against the truth; exit 1 where they are too large."""
    with _reported():
        bases = [basis for reference in references for basis in definitions(reference)]
        table, where, beyond = measure(list(dict.fromkeys(bases)), elements, _progress_over_bases)
    _output.print(table)
    _output.print("The largest errors are at", *where, sep="\n", markup=False)
    if beyond:
        _errors.print(f"larger than the bounds of its kind: {', '.join(beyond)}", markup=False)
        raise typer.Exit(1)


@app.command()
def table(
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
) -> None:
    """Write the page on the exponentials of all modules: kinds, reasons, errors, operations."""
    with _reported():
        text = page([known(name) for name in names()], _progress_over_bases)
        output.write_text(text, encoding="utf-8")


@app.command()
def check() -> None:
    """Compare the checked-in modules with what the generator writes; exit 1 where one is stale."""
    with _reported():
        directory = checking.generated_directory()
        differences = checking.stale(directory, progress=_progress_over_names)
    for difference in differences.values():
        typer.echo(difference)
    if differences:
        _errors.print(
            f"{len(differences)} of the modules in {directory} are stale: "
            f"{', '.join(differences)}; run 'make generated'"
        )
        raise typer.Exit(1)
    typer.echo(f"all {len(names())} modules are up to date")


@app.command()
def demo(
    output: Directory = Path("out"),
) -> None:
    """Define a basis, derive its exponential, generate its layer and train it."""
    from liealg.codegen.demo import run  # TensorFlow: only this command needs it

    with _reported():
        run(output, _output)


@contextmanager
def _reported() -> Iterator[None]:
    """Bad input is one message and exit status 2, without a traceback."""
    try:
        yield
    except (ValueError, OSError) as error:
        _errors.print(f"Error: {error}", markup=False)
        raise typer.Exit(2) from None


def _progress(items: Sequence[_Item], description: str) -> Iterable[_Item]:
    return track(items, description, console=Console(stderr=True), transient=True)


def _progress_over_bases(bases: Sequence[MatrixBasis]) -> Iterable[MatrixBasis]:
    return _progress(bases, "deriving and writing")


def _progress_over_names(listed: Sequence[str]) -> Iterable[str]:
    return _progress(listed, "comparing")


if __name__ == "__main__":
    main()
