"""The algebras that liealg knows by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from liealg.algebra import LieAlgebra
from liealg.catalogue.euclidean import special_euclidean
from liealg.catalogue.heisenberg import heisenberg
from liealg.catalogue.linear import general_linear, special_linear
from liealg.catalogue.orthogonal import pseudo_orthogonal, special_orthogonal
from liealg.catalogue.symplectic import symplectic
from liealg.catalogue.unitary import su2

__all__ = [
    "general_linear",
    "heisenberg",
    "known",
    "names",
    "pseudo_orthogonal",
    "special_euclidean",
    "special_linear",
    "special_orthogonal",
    "su2",
    "symplectic",
]

_MAKERS: dict[str, Callable[[], LieAlgebra]] = {
    "so2": partial(special_orthogonal, 2),
    "sl2": partial(special_linear, 2),
    "so3": partial(special_orthogonal, 3),
    "su2": su2,
    "gl2": partial(general_linear, 2),
    "so21": partial(pseudo_orthogonal, 2, 1),
    "se2": partial(special_euclidean, 2),
    "se3": partial(special_euclidean, 3),
    "heisenberg1": partial(heisenberg, 1),
    "sp4": partial(symplectic, 4),
    "sp6": partial(symplectic, 6),
}


def names() -> tuple[str, ...]:
    """The names of all known algebras.

    Examples
    --------
    >>> "so3" in names()
    True
    """
    return tuple(_MAKERS)


def known(name: str) -> LieAlgebra:
    """The known algebra of this name.

    Raises
    ------
    ValueError
        If there is none, with the names that there are.

    Examples
    --------
    >>> known("so3").dim
    3
    """
    if name not in _MAKERS:
        raise ValueError(f"there is no algebra {name!r}; known are {', '.join(_MAKERS)}")
    return _MAKERS[name]()
