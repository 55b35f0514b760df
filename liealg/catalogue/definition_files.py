"""Python files of a user's own: what they define, by path and name."""

from __future__ import annotations

import importlib.util
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liealg.algebra import MatrixBasis

_REFERENCE = re.compile(r"(?P<path>.*\.py)(?::(?P<name>\w+))?", re.DOTALL)


def is_file_reference(reference: object) -> bool:
    """Whether this is the path of a Python file, with or without the name of a definition in it.

    Examples
    --------
    >>> [is_file_reference(text) for text in ("my_bases.py", "here/my_bases.py:shear", "so3")]
    [True, True, False]
    """
    return isinstance(reference, str) and _REFERENCE.fullmatch(reference) is not None


def defined_in(reference: str) -> list[MatrixBasis]:
    """The bases that a file binds at module level, in the order of their binding, or one of them.

    Parameters
    ----------
    reference
        ``my_bases.py`` for all, ``my_bases.py:shear`` for the one that is called ``shear`` or
        bound to that name.

    Raises
    ------
    ValueError
        If there is no such file, it fails to import (with its own error and line), defines nothing,
        or no or several definitions of the name.
    """
    parts = _REFERENCE.fullmatch(reference)
    if parts is None:
        raise ValueError(f"{reference!r} is no Python file")
    path = Path(parts["path"])
    if not path.is_file():
        raise ValueError(f"there is no file {path}")
    bound = _bases(path)
    if parts["name"] is None:
        return list(dict.fromkeys(bound.values()))
    wanted = parts["name"]
    found = {basis for variable, basis in bound.items() if wanted in (variable, basis.name)}
    if len(found) == 1:
        return list(found)
    if found:
        raise ValueError(f"{path} has {len(found)} definitions of {wanted!r}; rename one")
    listed = ", ".join(dict.fromkeys(basis.name for basis in bound.values()))
    raise ValueError(f"{path} defines no {wanted!r}; it defines {listed}")


def _bases(path: Path) -> dict[str, MatrixBasis]:
    """The bases of a file by the names that they are bound to."""
    name = f"liealg_definitions_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with _beside(path):
        try:
            spec.loader.exec_module(module)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            raise ValueError(f"{path} fails to import: {_own_error(path, error)}") from error
    found = {key: value for key, value in vars(module).items() if isinstance(value, MatrixBasis)}
    if not found:
        raise ValueError(
            f"{path} defines no MatrixBasis and no LieAlgebra at module level; bind one to a name"
        )
    return found


@contextmanager
def _beside(path: Path) -> Iterator[None]:
    """Let a file import its neighbours, as it can when it is run as a script."""
    folder = str(path.resolve().parent)
    sys.path.insert(0, folder)
    try:
        yield
    finally:
        sys.path.remove(folder)


def _own_error(path: Path, error: BaseException) -> str:
    """The error as its author needs it: the line in the file, and the message."""
    message = f"{type(error).__name__}: {error}"
    if isinstance(error, SyntaxError):
        return f"line {error.lineno}: {type(error).__name__}: {error.msg}"
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename).resolve() == path.resolve()]
    return f"line {lines[-1]}: {message}" if lines else message
