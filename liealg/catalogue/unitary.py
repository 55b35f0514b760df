"""Unitary algebras."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import LieAlgebra
from liealg.catalogue.matrices import at_least, digits_name, unit


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


def gell_mann(n: int) -> list[sp.ImmutableDenseMatrix]:
    """The ``n^2 - 1`` Hermitian matrices of Gell-Mann and their generalisation, ``tr = 2 delta``.

    For each ``k = 2 ... n``: for each ``i < k`` the pair ``E_ik + E_ki`` and ``-i E_ik + i E_ki``,
    then ``sqrt(2 / (k (k - 1))) diag(1, ..., 1, -(k - 1), 0, ...)``. For ``n = 2`` these are the
    Pauli matrices, for ``n = 3`` Gell-Mann's (*Symmetries of baryons and mesons*, Phys. Rev. 125,
    1962) in his order.

    Examples
    --------
    >>> gell_mann(3)[3]
    Matrix([
    [0, 0, 1],
    [0, 0, 0],
    [1, 0, 0]])
    """
    matrices = []
    for k in range(2, n + 1):
        for i in range(1, k):
            up, down = unit(n, i, k), unit(n, k, i)
            matrices += [up + down, sp.I * (down - up)]
        entries = [1] * (k - 1) + [1 - k] + [0] * (n - k)
        matrices.append(sp.sqrt(sp.Rational(2, k * (k - 1))) * sp.diag(*entries))
    return [matrix.as_immutable() for matrix in matrices]


def special_unitary(n: int) -> LieAlgebra:
    """su(n): anti-Hermitian of trace zero; basis ``-i lambda_j / 2`` of :func:`gell_mann`.

    ``[E_a, E_b] = f_abc E_c`` with the structure constants of physics, and ``tr E_a E_b =
    -delta_ab / 2`` (Georgi, *Lie Algebras in Particle Physics*, 2nd ed. 1999, chapter 7). For
    ``n = 2`` it is :func:`su2`.

    Examples
    --------
    >>> special_unitary(3).structure_constants[3, 4, 7]
    sqrt(3)/2
    """
    at_least("su(n)", n=(n, 2))
    return LieAlgebra(digits_name("su", n), [-sp.I * matrix / 2 for matrix in gell_mann(n)])


def unitary(n: int) -> LieAlgebra:
    """u(n): anti-Hermitian; the phase ``-i lambda_0 / 2``, then the basis of su(n).

    ``lambda_0 = sqrt(2 / n) 1`` keeps ``tr E_a E_b = -delta_ab / 2``, as for the nonets of
    Gell-Mann (1962).

    Examples
    --------
    >>> unitary(2).element()[0, 0]
    -I*theta_1/2 - I*theta_4/2
    """
    at_least("u(n)", n=(n, 1))
    phase = sp.sqrt(sp.Rational(2, n)) * sp.eye(n)
    return LieAlgebra(f"u{n}", [-sp.I * matrix / 2 for matrix in [phase, *gell_mann(n)]])


def pseudo_unitary(p: int, q: int) -> LieAlgebra:
    """su(p, q): ``A^H g + g A = 0``, trace zero, for ``g`` of ``p`` plus and ``q`` minus signs.

    Basis in the order of :func:`gell_mann`: ``-i lambda_j / 2`` where the matrix mixes axes of one
    sign or is diagonal, ``lambda_j / 2`` where it mixes axes of two (Helgason, 1978, section X.2;
    for su(1, 1) Perelomov, *Generalized Coherent States*, 1986, chapter 5).

    Examples
    --------
    >>> pseudo_unitary(1, 1).bracket([1, 0, 0], [0, 1, 0])
    (0, 0, -1)
    """
    at_least("su(p, q)", p=(p, 1), q=(q, 1))
    metric = sp.diag(*[1] * p, *[-1] * q)
    matrices = []
    for matrix in gell_mann(p + q):
        compact = metric * matrix == matrix * metric
        matrices.append((-sp.I * matrix if compact else matrix) / 2)
    return LieAlgebra(digits_name("su", p, q), matrices)
