"""Algebras with a parameter: spaces whose curvature is left open."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import unit


def curved_plane() -> LieAlgebra:
    """Isometries of the plane of constant ``curvature``, a parameter: the turn, then the moves.

    ``[J, P_1] = P_2``, ``[J, P_2] = -P_1``, ``[P_1, P_2] = curvature J``: so(3) of the sphere for
    positive values, se(2) of the flat plane at 0, so(2, 1) of the hyperbolic plane for negative
    ones. They act on ``(1, x, y)``-like coordinates, on which they keep the form
    ``diag(1, curvature, curvature)`` (Ballesteros, Herranz, del Olmo and Santander, *Quantum
    structure of the motion groups of the two-dimensional Cayley-Klein geometries*, J. Phys. A 26,
    1993).

    Examples
    --------
    >>> curved_plane().element()
    Matrix([
    [      0, -curvature*theta_2, -curvature*theta_3],
    [theta_2,                  0,           -theta_1],
    [theta_3,            theta_1,                  0]])
    """
    curvature = sp.Symbol("curvature", real=True)
    turn = unit(3, 3, 2) - unit(3, 2, 3)
    moves = [unit(3, i, 1) - curvature * unit(3, 1, i) for i in (2, 3)]
    return LieAlgebra("curved_plane", [turn, *moves], parameters=[curvature])
