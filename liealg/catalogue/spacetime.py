"""Symmetries of space and time: Galilei, Poincare and the oscillator."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import bordered, unit
from liealg.catalogue.orthogonal import special_orthogonal


def special_galilean() -> LieAlgebra:
    """sgal(3): ``[[W, v, p], [0, 0, t], [0, 0, 0]]``, acting on the events ``(x, time, 1)``.

    Order ``(p, v, W, t)``: translations, boosts, rotations in the basis of so(3), time (Kelly,
    *All About the Galilean Group SGal(3)*, arXiv:2312.07555, 2023). Moving on for a time is a
    displacement: ``[v_i, t] = p_i``.

    Examples
    --------
    >>> boost, time = [0] * 3 + [1] + [0] * 6, [0] * 9 + [1]
    >>> special_galilean().bracket(boost, time)
    (1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    """
    positions = [unit(5, i, 5) for i in (1, 2, 3)]
    boosts = [unit(5, i, 4) for i in (1, 2, 3)]
    rotations = [sp.diag(matrix, sp.zeros(2)) for matrix in special_orthogonal(3).matrices]
    return LieAlgebra("sgal3", [*positions, *boosts, *rotations, unit(5, 4, 5)])


def poincare() -> LieAlgebra:
    """Poincare: ``[[L, a], [0, 0]]`` on ``(t, x, y, z, 1)`` with ``L`` in so(1, 3).

    ``L^T g + g L = 0`` for the metric ``g = diag(1, -1, -1, -1)``. Order: rotations ``J_1 ... J_3``
    in the basis of so(3), boosts ``K_i = E_ti + E_it``, translations ``P_t, P_x, P_y, P_z``.
    ``[J_i, J_j] = e_ijk J_k``, ``[J_i, K_j] = e_ijk K_k``, ``[K_i, K_j] = -e_ijk J_k`` (Weinberg,
    *The Quantum Theory of Fields I*, 1995, section 2.4, without the factors i).

    Examples
    --------
    >>> K1, K2 = [0] * 3 + [1] + [0] * 6, [0] * 4 + [1] + [0] * 5
    >>> poincare().bracket(K1, K2)
    (0, 0, -1, 0, 0, 0, 0, 0, 0, 0)
    """
    rotations = [sp.diag(0, matrix, 0) for matrix in special_orthogonal(3).matrices]
    boosts = [unit(5, 1, i) + unit(5, i, 1) for i in (2, 3, 4)]
    moves = [bordered(sp.zeros(4), unit(4, i, 1)[:, 0]) for i in (1, 2, 3, 4)]
    return LieAlgebra("poincare", [*rotations, *boosts, *moves])


def oscillator() -> LieAlgebra:
    """The oscillator algebra ``(H, Q, P, Z)``: the Heisenberg algebra and the turn of its plane.

    ``[H, Q] = P``, ``[H, P] = -Q``, ``[Q, P] = Z``, ``Z`` central (Streater, *The representations
    of the oscillator group*, Commun. Math. Phys. 4, 1967, without the factors i). The matrices are
    ``[[0, -p/2, q/2, z], [0, 0, -h, q], [0, h, 0, p], [0, 0, 0, 0]]``.

    Examples
    --------
    >>> algebra = oscillator()
    >>> algebra.bracket([1, 0, 0, 0], [0, 1, 0, 0]), algebra.bracket([0, 1, 0, 0], [0, 0, 1, 0])
    ((0, 0, 1, 0), (0, 0, 0, 1))
    """
    half = sp.Rational(1, 2)
    H = unit(4, 3, 2) - unit(4, 2, 3)
    Q = unit(4, 2, 4) + half * unit(4, 1, 3)
    P = unit(4, 3, 4) - half * unit(4, 1, 2)
    return LieAlgebra("oscillator", [H, Q, P, unit(4, 1, 4)])
