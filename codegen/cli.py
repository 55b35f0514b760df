"""The command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from liealg.algebra import MatrixBasis
from liealg.catalogue import families, known, names
from liealg.codegen import check as checking
from liealg.codegen.definitions import definitions
from liealg.codegen.generate import generate as write_modules
from liealg.codegen.show import description
from liealg.derive import exponential

app = typer.Typer(
    help="Lie algebras in SymPy, their exponentials derived, TensorFlow kernels generated.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_output = Console(soft_wrap=True, highlight=False)
_errors = Console(stderr=True, soft_wrap=True, highlight=False)
_Item = TypeVar("_Item")

References = Annotated[
    list[str], typer.Argument(metavar="NAME|FILE...", help="Known algebras or Python files.")
]
Reference = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="A known algebra or a Python file.")
]
Directory = Annotated[Path, typer.Option("-o", "--output", help="The directory to write to.")]


def main() -> None:
    """Run the command line."""
    app()


@app.command("list")
def list_command() -> None:
    """List the algebras that come with modules, and every family that a name can ask for."""
    table = Table("name", "dimension", "n", "kind", title="With modules in liealg.generated")
    for name in names():
        basis = known(name)
        table.add_row(name, str(basis.dim), str(basis.n), exponential(basis).kind)
    _output.print(table)
    table = Table("family", "arguments", "what it is", title="By name, as so(5), so5 or so(3,2)")
    for family in families():
        table.add_row(family.name, ", ".join(family.arguments), family.what)
    _output.print(table)


@app.command()
def show(
    reference: Reference,
    latex: Annotated[bool, typer.Option("--latex", help="LaTeX instead of text.")] = False,
) -> None:
    """Show basis, structure constants, kind and reason, and formulas."""
    with _reported():
        parts = [description(basis, latex) for basis in definitions(reference)]
        typer.echo("\n\n\n".join(parts))


@app.command()
def generate(
    references: References,
    output: Directory,
    force: Annotated[
        bool, typer.Option("--force", help="Overwrite files that the generator did not write.")
    ] = False,
) -> None:
    """Write one TensorFlow module for each algebra or definition."""
    with _reported():
        bases = [basis for reference in references for basis in definitions(reference)]
        bases = list(dict.fromkeys(bases))
        for path in write_modules(bases, output, force=force, progress=_progress_over_bases):
            typer.echo(str(path))


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
