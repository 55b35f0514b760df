"""Algebras of rotations and Lorentz transformations."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, digits_name, unit


def special_orthogonal(n: int) -> LieAlgebra:
    """so(n): antisymmetric matrices, the rotations of ``n``-dimensional space.

    For ``n = 3`` the basis is that of the cross product, ``A(theta) x = theta x x``: rotations by
    ``|theta|`` radians about ``theta``. Otherwise it is ``E_ji - E_ij`` for ``i < j``, a rotation
    from axis ``i`` to axis ``j``, pairs row by row (Hall, *Lie Groups, Lie Algebras, and
    Representations*, 2nd ed. 2015, chapter 3).

    Examples
    --------
    >>> special_orthogonal(3).element()
    Matrix([
    [       0, -theta_3,  theta_2],
    [ theta_3,        0, -theta_1],
    [-theta_2,  theta_1,        0]])
    """
    at_least("so(n)", n=(n, 2))
    if n == 3:
        pairs = [(2, 3), (3, 1), (1, 2)]
    else:
        pairs = [(i, j) for i in range(1, n + 1) for j in range(i + 1, n + 1)]
    return LieAlgebra(digits_name("so", n), [unit(n, j, i) - unit(n, i, j) for i, j in pairs])


def pseudo_orthogonal(p: int, q: int) -> LieAlgebra:
    """so(p, q): ``A^T g + g A = 0`` for the metric ``g`` of ``p`` plus and ``q`` minus signs.

    Basis ``E_ji - E_ij`` for axes of one sign (rotations) and ``E_ji + E_ij`` for axes of two
    (boosts), ``i < j`` (Helgason, *Differential Geometry, Lie Groups, and Symmetric Spaces*, 1978,
    section X.2).

    Examples
    --------
    >>> pseudo_orthogonal(2, 1).element()
    Matrix([
    [      0, -theta_1, theta_2],
    [theta_1,        0, theta_3],
    [theta_2,  theta_3,       0]])
    """
    at_least("so(p, q)", p=(p, 1), q=(q, 1))
    n = p + q
    matrices = []
    for i in range(1, n + 1):
        for j in range(i + 1, n + 1):
            sign = -1 if (i <= p) == (j <= p) else 1
            matrices.append(unit(n, j, i) + sign * unit(n, i, j))
    return LieAlgebra(digits_name("so", p, q), matrices)
