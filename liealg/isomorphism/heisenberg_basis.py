"""Heisenberg algebras: canonical bases, ``[p_i, q_i] = z``."""

from __future__ import annotations

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.structure.brackets import bracket_matrix, right_brackets, whole
from liealg.structure.series import center, derived_algebra
from liealg.structure.subspace import complement


def heisenberg_basis(algebra: LieAlgebra) -> DomainMatrix | None:
    """Rows ``p_1, q_1 ... p_m, q_m, z`` of an algebra whose center is ``[L, L]``, a line.

    ``None`` for any other. The bracket is a symplectic form with values in the center; a canonical
    basis comes by Gram and Schmidt's method for such forms (Artin, *Geometric Algebra*, 1957,
    chapter III).

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> heisenberg_basis(known("so3")) is None
    True
    >>> heisenberg_basis(known("heisenberg1")).to_Matrix()
    Matrix([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]])
    """
    derived = derived_algebra(algebra)
    if derived.shape[0] != 1 or center(algebra).rows != derived.to_Matrix():
        return None
    right, domain = right_brackets(algebra), derived.domain
    columns = list(range(algebra.dim))
    pivot = min(j for _, j in derived.to_dok())
    rows = complement(derived, whole(algebra))
    left = [rows.extract([i], columns) for i in range(rows.shape[0])]

    def form(x: DomainMatrix, y: DomainMatrix) -> object:
        return y.matmul(bracket_matrix(right, x)).to_dok().get((0, pivot), domain.zero)

    found = []
    while left:
        p, *left = left
        place = next(i for i, other in enumerate(left) if form(p, other))
        q = left.pop(place)
        q = q * (domain.one / form(p, q))
        left = [x - q * form(p, x) + p * form(q, x) for x in left]
        found += [p, q]
    return DomainMatrix.vstack(*found, derived).to_sparse()
