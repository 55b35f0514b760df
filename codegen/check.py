"""Whether the modules in ``generated/`` are what the generator writes today."""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from liealg.catalogue import known, names
from liealg.codegen.measured import without_errors
from liealg.codegen.module import module_source


def generated_directory() -> Path:
    """The folder of ``liealg.generated``, found without importing a kernel."""
    spec = importlib.util.find_spec("liealg.generated")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def stale(
    directory: Path, progress: Callable[[Sequence[str]], Iterable[str]] = iter
) -> dict[str, str]:
    """Regenerate the known algebras in memory and compare them with a directory.

    Parameters
    ----------
    directory
        Holds one module for each known algebra.
    progress
        Wraps the sequence of names as it is worked through.

    Returns
    -------
    dict
        For each file that differs, is missing or has no definition any more, its unified diff.
    """
    differences: dict[str, str] = {}
    for name in progress(names()):
        path = directory / f"{name}.py"
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        _compare(differences, path.name, without_errors(there), module_source(known(name)))
    for path in sorted(directory.glob("*.py")):
        if path.stem not in names() and path.name != "__init__.py":
            _compare(differences, path.name, path.read_text(encoding="utf-8"), "")
    return differences


def _compare(differences: dict[str, str], name: str, there: str, expected: str) -> None:
    if there != expected:
        lines = difflib.unified_diff(
            there.splitlines(),
            expected.splitlines(),
            f"generated/{name}",
            "regenerated",
            lineterm="",
        )
        differences[name] = "\n".join(lines)
