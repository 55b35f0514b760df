"""Unitary algebras."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra


def su2() -> LieAlgebra:
    """su(2): anti-Hermitian of trace zero; basis ``-i sigma_j / 2`` with the Pauli matrices.

    ``[E_1, E_2] = E_3`` and cyclically, as for so(3).

    Examples
    --------
    >>> su2().bracket([1, 0, 0], [0, 1, 0])
    (0, 0, 1)
    """
    pauli = [
        sp.Matrix([[0, 1], [1, 0]]),
        sp.Matrix([[0, -sp.I], [sp.I, 0]]),
        sp.Matrix([[1, 0], [0, -1]]),
    ]
    return LieAlgebra("su2", [-sp.I * sigma / 2 for sigma in pauli])
