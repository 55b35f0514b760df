"""Symplectic algebras, those of linear Hamiltonian flows."""

from __future__ import annotations

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, unit


def beam(n: int) -> LieAlgebra:
    """sp(n, R) for even ``n`` in the coordinates of beam dynamics, ``(x, p_x, y, p_y, ...)``.

    ``A^T J + J A = 0`` with ``J`` of blocks ``[[0, 1], [-1, 0]]`` along the diagonal, and the
    matrices of :func:`symplectic` in its order, each coordinate followed by its momentum (Forest,
    *Beam Dynamics: A New Attitude and Framework*, 1998).

    Raises
    ------
    ValueError
        If ``n`` is odd or below 2.

    Examples
    --------
    >>> beam(2).element()
    Matrix([
    [theta_1,  theta_2],
    [theta_3, -theta_1]])
    """
    grouped = symplectic(n)
    order = [i // 2 + (i % 2) * (n // 2) for i in range(n)]
    return LieAlgebra(f"beam{n}", [E.extract(order, order) for E in grouped.matrices])


def symplectic(n: int) -> LieAlgebra:
    """sp(n, R) for even ``n = 2 m``: ``A^T J + J A = 0`` with ``J = [[0, I], [-I, 0]]``.

    Coordinates are ``q_1 ... q_m, p_1 ... p_m`` and ``A = [[a, b], [c, -a^T]]`` with symmetric
    ``b`` and ``c``. The basis is first ``a`` row by row, then ``b`` and ``c`` by their upper
    triangles; each matrix is the flow of one monomial of a quadratic Hamiltonian, ``p_i q_j``,
    ``p_i p_j`` or ``-q_i q_j`` (Dragt, *Lie Methods for Nonlinear Dynamics*).

    Raises
    ------
    ValueError
        If ``n`` is odd or below 2.

    Examples
    --------
    >>> symplectic(4).dim
    10
    """
    at_least("sp(n, R)", n=(n, 2))
    if n % 2:
        raise ValueError(f"sp(n, R) needs an even n, and got {n}")
    m = n // 2
    span = range(1, m + 1)
    a = [unit(n, i, j) - unit(n, m + j, m + i) for i in span for j in span]
    pairs = [(i, j) for i in span for j in range(i, m + 1)]
    b = [unit(n, i, m + j) + (unit(n, j, m + i) if i != j else 0 * unit(n, 1, 1)) for i, j in pairs]
    return LieAlgebra(f"sp{n}", [*a, *b, *(matrix.T for matrix in b)])
