"""Algebras of rigid motions."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import unit
from liealg.catalogue.orthogonal import special_orthogonal


def special_euclidean(n: int) -> LieAlgebra:
    """se(n): rigid motions of ``n``-dimensional space, in homogeneous coordinates.

    ``[[W, v], [0, 0]]``: first the rotations, in the basis of ``so(n)``, then the translations.

    Examples
    --------
    >>> special_euclidean(2).element()
    Matrix([
    [      0, -theta_1, theta_2],
    [theta_1,        0, theta_3],
    [      0,        0,       0]])
    """
    rotations = [sp.diag(matrix, 0) for matrix in special_orthogonal(n).matrices]
    translations = [unit(n + 1, i, n + 1) for i in range(1, n + 1)]
    return LieAlgebra(f"se{n}", [*rotations, *translations])
