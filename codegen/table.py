"""The page of the documentation on the exponentials of all algebras, written from the code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from liealg.algebra import MatrixBasis
from liealg.codegen.measured import errors_of, function_of
from liealg.codegen.module import module_source
from liealg.derive import exponential
from liealg.derive.plain_text import plain_words

_HEAD = (
    "# The exponentials of the algebras that come with liealg\n\n"
    "Written by `make tables`; `liealg show NAME --certificate` says what each rests on. Errors "
    "are the largest at the\nelements of `liealg verify`, of norms up to 50 and degenerate ones "
    "among them, in units of `eps (1 + kappa)`, of\nvalue / gradient. Operations are additions, "
    "multiplications, comparisons and choices for one element; functions\nsuch as a cosine count "
    "as 20, the body of a loop over squarings once. Backward is the gradient alone, and in\n"
    "brackets how many times the forward pass that is.\n\n"
    "| algebra | dim | n | kind | since | float32 | float64 | forward | backward |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
)


def page(
    bases: Sequence[MatrixBasis],
    progress: Callable[[Sequence[MatrixBasis]], Iterable[MatrixBasis]] = iter,
) -> str:
    """The page for some bases without parameters, in Markdown.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> print(page([known("so2")]).splitlines()[-1][:29])
    | so2 | 1 | 2 | closed form |
    """
    return _HEAD + "".join(_row(basis) for basis in progress(bases))


def _row(basis: MatrixBasis) -> str:
    from liealg.verify.operations import operations

    derived, source = exponential(basis), module_source(basis)
    errors = [
        f"{e.value.error:.1f} / {e.gradient.error:.1f}" for e in errors_of(basis, source, count=48)
    ]
    forward, backward = operations(function_of(basis.name, source), basis.dim)
    cells = [
        basis.name,
        str(basis.dim),
        str(basis.n),
        derived.kind,
        plain_words(derived.reason).replace("|", "\\|"),
        *errors,
        str(forward),
        f"{backward} ({backward / forward:.1f})",
    ]
    return f"| {' | '.join(cells)} |\n"
