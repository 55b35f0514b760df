"""How exact the exponential and its derivative are, over matrices of the literature.

The worst error of each family in units of `eps (1 + κ)`, of liealg, SciPy and stock TensorFlow,
against ball arithmetic. ``make accuracy`` prints the table.
"""

from __future__ import annotations

from gallery import COMPLEX_FAMILIES, FAMILIES
from measured import DERIVATIVES, errors, samples
from rich.console import Console
from rich.table import Table

WORDS = """SciPy differentiates single precision in double precision. What is left out does not fit
the range of the dtype. Nearly defective families (involutory, Najfeld and Havel, Al-Mohy and
Higham) hold matrices with eps κ > 1 in single precision: what comes out there is noise."""
METHODS = list(DERIVATIVES)
KINDS = ("value", "derivative")


def worst(family: str, dtype: str, kind: str, method: str) -> float | None:
    """The worst error of a family; none where no matrix of it fits the dtype."""
    found = [x for s, x in errors(dtype, kind, method).items() if s.family == family]
    return max(found, default=None)


def table(families: list[str], dtypes: tuple[str, str]) -> Table:
    words = [f"{d}\n{kind}\n{m}" for d in dtypes for kind in KINDS for m in METHODS]
    filled = Table("family", *words, title="worst error in units of eps (1 + κ)")
    for family in families:
        cells = [worst(family, d, kind, m) for d in dtypes for kind in KINDS for m in METHODS]
        filled.add_row(family, *("" if x is None else f"{x:.2g}" for x in cells))
    return filled


def main() -> None:
    console = Console(width=180)
    for families, dtypes in (
        (FAMILIES, ("float32", "float64")),
        (COMPLEX_FAMILIES, ("complex64", "complex128")),
    ):
        console.print(table(list(families), dtypes))
        console.print(", ".join(f"{len(samples(dtype))} matrices in {dtype}" for dtype in dtypes))
    console.print(WORDS)


if __name__ == "__main__":
    main()
