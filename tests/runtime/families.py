"""The list of families of test matrices, and what their definitions share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

SIZES = (4, 8, 16)
Matrices = Iterable[object]

FAMILIES: dict[str, Callable[[], Matrices]] = {}
"""Real families."""

COMPLEX_FAMILIES: dict[str, Callable[[], Matrices]] = {}


def family(function: Callable[[], Matrices]) -> Callable[[], Matrices]:
    """List a family of fixed matrices under its name."""
    FAMILIES[words(function)] = function
    return function


def family_by_size(function: Callable[[int], object]) -> Callable[[int], object]:
    """List a family with one matrix of each size."""
    FAMILIES[words(function)] = lambda: [function(n) for n in SIZES]
    return function


def complex_family(function: Callable[[], Matrices]) -> Callable[[], Matrices]:
    COMPLEX_FAMILIES[words(function)] = function
    return function


def words(function: Callable[..., object]) -> str:
    return function.__name__.replace("_", " ")


def random(n: int, seed: int = 0) -> np.random.Generator:
    return np.random.default_rng([n, seed])


def indices(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns, counted from one."""
    i, j = np.indices((n, n)) + 1
    return i, j


def tridiagonal(below: object, diagonal: object, above: object) -> np.ndarray:
    return np.diag(below, -1) + np.diag(diagonal) + np.diag(above, 1)


def orthogonal(n: int, seed: int = 0) -> np.ndarray:
    return np.linalg.qr(random(n, seed).normal(size=(n, n)))[0]
