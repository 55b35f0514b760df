"""Definitions at the command line: names of known algebras, and Python files of a user's own."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liealg.algebra import MatrixBasis
from liealg.catalogue import known


def definitions(reference: str) -> list[MatrixBasis]:
    """What a name or a file stands for.

    Parameters
    ----------
    reference
        The name of a known algebra, such as ``so5`` or ``so(3,2)``, or the path of a Python file,
        of which the ``MatrixBasis`` and ``LieAlgebra`` objects bound at module level are taken, in
        the order of their binding.

    Raises
    ------
    ValueError
        If there is no such algebra or file, the file fails to import (with its own error and line)
        or defines nothing.

    Examples
    --------
    >>> definitions("so3")
    [LieAlgebra('so3', dim=3, n=3)]
    """
    path = Path(reference)
    if path.suffix != ".py":
        try:
            return [known(reference)]
        except ValueError as error:
            raise ValueError(f"{error}; and {reference!r} is no Python file") from None
    if not path.is_file():
        raise ValueError(f"there is no file {reference}")
    return _defined_in(path)


def _defined_in(path: Path) -> list[MatrixBasis]:
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
    found = [value for value in vars(module).values() if isinstance(value, MatrixBasis)]
    if not found:
        raise ValueError(
            f"{path} defines no MatrixBasis and no LieAlgebra at module level; bind one to a name"
        )
    return list(dict.fromkeys(found))


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
