"""Writing generated modules: all or nothing, and never over somebody's own file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.codegen.cache import cached
from liealg.codegen.files import replace_file
from liealg.codegen.measured import errors_of, words
from liealg.codegen.module import MARK, module_source

Progress = Callable[[Sequence[MatrixBasis]], Iterable[MatrixBasis]]


def generate(
    bases: Sequence[MatrixBasis] | MatrixBasis,
    directory: str | os.PathLike[str],
    *,
    force: bool = False,
    measured: bool = True,
    fresh: bool = False,
    progress: Progress = iter,
) -> list[Path]:
    """Write one TensorFlow module for each basis, named after it.

    All modules are derived and checked before the first is written, and each file is replaced in
    one step, so that an error or an interruption leaves no half-written file.

    Parameters
    ----------
    bases
        Bases and algebras with distinct names, or a single one.
    directory
        Where to write; made if it does not exist, and not left behind if nothing is written.
    force
        Overwrite files that the generator did not write.
    measured
        Measure the errors of each exponential and write them into the head of its module; takes a
        few seconds each.
    fresh
        Generate anew what is kept from an earlier time. Modules are kept by the hash of their
        definition and of this code, in the cache directory of the operating system, or in
        ``LIEALG_CACHE_DIR``; nowhere where that is set and empty.
    progress
        Wraps the sequence of bases as it is worked through, to show progress.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ValueError
        If something is no basis or there is none, two have one name, the place is no directory, or
        a file exists that the generator did not write.
    OSError
        If the directory cannot be made or a file not be written.

    Examples
    --------
    >>> import tempfile
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> [path.name for path in generate([so2], tempfile.mkdtemp())]
    ['so2.py']
    """
    listed, target = _listed(bases), _directory(directory)
    paths = [target / f"{basis.name}.py" for basis in listed]
    if not force:
        for path in paths:
            _refuse_foreign(path)
    source_of = measured_source if measured else module_source
    sources = [
        source_of(basis) if fresh else cached(basis, source_of) for basis in progress(listed)
    ]
    with _made(target):
        for path, source in zip(paths, sources, strict=True):
            try:
                replace_file(path, source)
            except OSError as error:
                raise OSError(f"{path} cannot be written: {error.strerror or error}") from error
    return paths


def measured_source(basis: MatrixBasis) -> str:
    """The source of the module of a basis, with the errors that were measured of it.

    Examples
    --------
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> "in units of eps (1 + kappa)" in measured_source(so2)
    True
    """
    return module_source(basis, words(errors_of(basis, module_source(basis))))


def _listed(bases: Sequence[MatrixBasis] | MatrixBasis) -> list[MatrixBasis]:
    if isinstance(bases, str) or not isinstance(bases, Iterable | MatrixBasis):
        check_basis(bases)
    listed = [bases] if isinstance(bases, MatrixBasis) else list(bases)
    for basis in listed:
        check_basis(basis)
    if not listed:
        raise ValueError("there is no basis to write a module of; give at least one")
    names = [basis.name for basis in listed]
    for name in names:
        # Some file systems do not tell upper from lower case.
        if [other.lower() for other in names].count(name.lower()) > 1:
            raise ValueError(f"two definitions are called {name!r}; give each its own name")
    return listed


def _directory(given: str | os.PathLike[str]) -> Path:
    if not isinstance(given, str | os.PathLike):
        raise ValueError(f"{given!r} is no path of a directory; give text such as 'layers'")
    target = Path(given)
    for part in (target, *target.parents):
        if part.exists():
            if not part.is_dir():
                raise ValueError(f"{part} is a file and no directory; choose another to write to")
            break
    return target


@contextmanager
def _made(target: Path) -> Iterator[None]:
    """Make the directory, and take away again what is new of it if nothing can be written."""
    new = [part for part in (target, *target.parents) if not part.exists()]
    try:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OSError(
                f"the directory {target} cannot be made: {error.strerror}; choose another"
            ) from error
        yield
    except BaseException:
        with suppress(OSError):  # it holds files, or was never made
            for part in new:
                part.rmdir()
        raise


def _refuse_foreign(path: Path) -> None:
    if path.is_dir():
        raise ValueError(f"{path} is a directory; choose another place to write to")
    if path.exists() and MARK not in path.read_text(encoding="utf-8", errors="replace"):
        raise ValueError(
            f"{path} exists and was not written by the generator; move it away, choose another "
            "directory, or overwrite it with --force (force=True)"
        )
