"""The table that ``liealg verify`` prints: errors of kernels, and where they are largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rich.table import Table

from liealg.algebra import MatrixBasis
from liealg.codegen.measured import errors_of
from liealg.codegen.module import module_source
from liealg.derive import exponential

BOUNDS = {
    "polynomial": (4, 16),
    "closed form": (4, 16),
    "structured": (32, 128),
    "fallback": (4, 16),
}
"""The largest errors of value and gradient, in units of ``eps (1 + kappa)``, by kind."""


def verify(
    bases: Sequence[MatrixBasis],
    count: int = 48,
    progress: Callable[[Sequence[MatrixBasis]], Iterable[MatrixBasis]] = iter,
) -> tuple[Table, list[str], list[str]]:
    """Measure the kernels that the generator writes for some bases.

    Parameters
    ----------
    bases
        The bases.
    count
        How many random elements, as in :func:`liealg.verify.standard_elements`.
    progress
        Wraps the sequence of bases as it is worked through, to show progress.

    Returns
    -------
    rich.table.Table
        Errors of value and gradient in both precisions.
    list of str
        The elements where they are largest.
    list of str
        The names of those beyond the bounds of their kind.

    Examples
    --------
    >>> table, where, beyond = verify([MatrixBasis("so2", [[[0, -1], [1, 0]]])], count=6)
    >>> table.row_count, len(where), beyond
    (2, 4, [])
    """
    table = Table(title="errors in units of eps (1 + kappa)")
    for heading in ("name", "kind", "dtype", "elements", "value", "gradient"):
        table.add_column(heading, no_wrap=True)
    where: list[str] = []
    beyond = []
    for basis in progress(bases):
        kind = exponential(basis).kind
        for errors in errors_of(basis, module_source(basis), count):
            worst = (errors.value, errors.gradient)
            table.add_row(
                basis.name,
                kind,
                errors.dtype,
                str(errors.count),
                *(f"{part.error:.2f}" for part in worst),
            )
            for word, part in zip(("value", "gradient"), worst, strict=True):
                where.append(f"{basis.name}, {errors.dtype}, {word}: theta = {_listed(part.theta)}")
            if any(w.error > bound for w, bound in zip(worst, BOUNDS[kind], strict=True)):
                beyond.append(basis.name)
    return table, where, list(dict.fromkeys(beyond))


def _listed(theta: Sequence[complex]) -> str:
    return "[" + ", ".join(f"{x:.6g}" for x in theta) + "]"
