"""The smallest exceptional algebra, in its seven-dimensional representation."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import unit

# e_i e_(i+1) = e_(i+3), indices modulo 7: the lines of the Fano plane, each in its cyclic order.
LINES: tuple[tuple[int, int, int], ...] = tuple(
    (i, i % 7 + 1, (i + 2) % 7 + 1) for i in range(1, 8)
)


def g2() -> LieAlgebra:
    """g2, compact: the derivations of the octonions, on the imaginary units ``e_1 ... e_7``.

    The units multiply by ``e_i e_(i+1) = e_(i+3)``, indices modulo 7, and its cyclic forms (Baez,
    *The octonions*, Bull. Amer. Math. Soc. 39, 2002, sections 2.1 and 4.1). With ``L_jk = E_kj -
    E_jk``, an element of so(7) is a derivation if and only if, for each ``i``, its coefficients
    of the three ``L_jk`` with ``e_j e_k = e_i`` add up to zero. The basis is, for each ``i``, the
    first less the second and the second less the third of these ``L_jk``: 14 matrices.

    Examples
    --------
    >>> g2()
    LieAlgebra('g2', dim=14, n=7)
    """
    matrices = []
    for i in range(1, 8):
        turns = [unit(7, k, j) - unit(7, j, k) for j, k in _products_equal_to(i)]
        matrices += [turns[0] - turns[1], turns[1] - turns[2]]
    return LieAlgebra("g2", matrices)


def _products_equal_to(i: int) -> list[tuple[int, int]]:
    """The pairs ``(j, k)`` with ``e_j e_k = e_i``, one for each line through ``i``."""
    found = []
    for line in LINES:
        if i in line:
            place = line.index(i)
            found.append((line[(place + 1) % 3], line[(place + 2) % 3]))
    return found
