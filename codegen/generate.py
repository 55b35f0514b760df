"""Writing generated modules: all or nothing, and never over somebody's own file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from liealg.algebra import MatrixBasis
from liealg.codegen.module import MARK, module_source

Progress = Callable[[Sequence[MatrixBasis]], Iterable[MatrixBasis]]


def generate(
    bases: Sequence[MatrixBasis],
    directory: str | os.PathLike[str],
    *,
    force: bool = False,
    progress: Progress = iter,
) -> list[Path]:
    """Write one TensorFlow module for each basis, named after it.

    All modules are derived and checked before the first is written, and each file is replaced in
    one step, so that an error or an interruption leaves no half-written file.

    Parameters
    ----------
    bases
        Bases and algebras with distinct names.
    directory
        Where to write; made if it does not exist.
    force
        Overwrite files that the generator did not write.
    progress
        Wraps the sequence of bases as it is worked through, to show progress.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ValueError
        If two bases have one name, or a file exists that the generator did not write.

    Examples
    --------
    >>> import tempfile
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> [path.name for path in generate([so2], tempfile.mkdtemp())]
    ['so2.py']
    """
    target = Path(directory)
    names = [basis.name for basis in bases]
    for name in names:
        # Some file systems do not tell upper from lower case.
        if [other.lower() for other in names].count(name.lower()) > 1:
            raise ValueError(f"two definitions are called {name!r}; give each its own name")
    paths = [target / f"{name}.py" for name in names]
    if not force:
        for path in paths:
            _refuse_foreign(path)
    sources = [module_source(basis) for basis in progress(bases)]
    target.mkdir(parents=True, exist_ok=True)
    for path, source in zip(paths, sources, strict=True):
        _replace(path, source)
    return paths


def _refuse_foreign(path: Path) -> None:
    if path.is_dir():
        raise ValueError(f"{path} is a directory; choose another place to write to")
    if path.exists() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise ValueError(
            f"{path} exists and was not written by the generator; move it away, choose another "
            "directory, or overwrite it with --force (force=True)"
        )


def _replace(path: Path, source: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", text=True)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(source)
        # mkstemp makes files that only their owner may read.
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
