"""Modules that were generated before, kept on disk by the hash of all that they come from.

Deriving an exponential takes seconds for a dense basis, and measuring its errors as long again. The
same definition and the same code give the same module: it is kept as text, and what cannot be read
or written is generated again, without a word.
"""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from platformdirs import user_cache_path

from liealg.algebra import MatrixBasis
from liealg.codegen.files import replace_file
from liealg.codegen.module import definition_text

_DEPENDENCIES = ("sympy", "python-flint", "tensorflow")
"""What figures and formulas in a module may depend on, beside the code here."""


def cached(basis: MatrixBasis, source_of: Callable[[MatrixBasis], str]) -> str:
    """The source of the module of a basis, as it was generated before if it was.

    Parameters
    ----------
    basis
        The basis.
    source_of
        Generates it; modules of two functions of different names are kept apart.

    Examples
    --------
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> cached(so2, lambda basis: f"# {basis.name}")
    '# so2'
    """
    directory = _directory()
    if directory is None:
        return source_of(basis)
    text = "\n".join([_fingerprint(), source_of.__qualname__, definition_text(basis)])
    path = directory / f"{hashlib.sha256(text.encode()).hexdigest()}.py"
    with suppress(OSError, UnicodeDecodeError):
        return path.read_text(encoding="utf-8")
    source = source_of(basis)
    with suppress(OSError):
        directory.mkdir(parents=True, exist_ok=True)
        replace_file(path, source)
    return source


def _directory() -> Path | None:
    """``LIEALG_CACHE_DIR``, none where that is empty, or where the operating system has caches."""
    chosen = os.environ.get("LIEALG_CACHE_DIR")
    if chosen is not None:
        return Path(chosen) if chosen else None
    usual = user_cache_path("liealg", appauthor=False)
    return usual if usual.is_absolute() else None  # a user without a home


@functools.cache
def _fingerprint() -> str:
    """A hash of the code that derives, generates and computes."""
    digest = hashlib.sha256()
    package = Path(sys.modules["liealg"].__path__[0])
    for folder in (package, Path(__file__).parent):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
    versions = [f"{name} {version(name)}" for name in _DEPENDENCIES]
    return " ".join([digest.hexdigest(), *versions])
