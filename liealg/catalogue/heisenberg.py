"""Heisenberg algebras."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, unit


def heisenberg(m: int) -> LieAlgebra:
    """The Heisenberg algebra of ``m`` degrees of freedom: strictly upper triangular matrices.

    ``[q_i, p_j] = delta_ij z`` with ``q_i = E_1(i+1)``, ``p_i = E_(i+1)n``, ``z = E_1n`` and
    ``n = m + 2``; in this order, ``2 m + 1`` matrices (Folland, *Harmonic Analysis in
    Phase Space*, 1989, chapter 1).

    Examples
    --------
    >>> heisenberg(1).bracket([1, 0, 0], [0, 1, 0])
    (0, 0, 1)
    """
    at_least("heisenberg(m)", m=(m, 1))
    n = m + 2
    q = [unit(n, 1, i + 1) for i in range(1, m + 1)]
    p = [unit(n, i + 1, n) for i in range(1, m + 1)]
    return LieAlgebra(f"heisenberg{m}", [*q, *p, unit(n, 1, n)])
