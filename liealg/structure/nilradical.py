"""The nilradical."""

from __future__ import annotations

from itertools import count

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.structure.brackets import bracket_matrix, bracket_of, right_brackets, whole
from liealg.structure.radical import exact_radical
from liealg.structure.series import series
from liealg.structure.subspace import Subspace, as_subspace, complement, kernel, span


def nilradical(algebra: LieAlgebra) -> Subspace:
    """The largest nilpotent ideal: the elements of the radical ``R`` whose ``ad`` is nilpotent.

    It contains ``[L, R]``. By Lie's theorem ``ad x``, for ``x`` in ``R``, acts on the factors of a
    composition series of ``L`` by characters, and ``x`` is in the nilradical exactly if all are
    zero at ``x``. If those that differ also differ at an element ``c`` of ``R``, the equations
    ``tr(ad x (ad c)^j) = 0``, ``0 <= j < dim L``, say so. Elements ``c`` on a curve that stays in
    no hyperplane are tried in turn, until the solutions are a nilpotent ideal, which proves them
    right. See de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 2.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> nilradical(known("se2")).rows
    Matrix([
    [0, 1, 0],
    [0, 0, 1]])
    """
    right = right_brackets(algebra)
    solvable = exact_radical(algebra)
    lower = bracket_of(right, whole(algebra), solvable)
    free = complement(lower, solvable)
    if free.shape[0] == 0:
        return as_subspace(solvable)
    candidates = (span(lower.vstack(_traceless(right, free, step))) for step in count(1))
    return as_subspace(next(ideal for ideal in candidates if _is_nilpotent(right, ideal)))


def _is_nilpotent(right: tuple[DomainMatrix, ...], ideal: DomainMatrix) -> bool:
    terms = series(ideal, lambda term: bracket_of(right, ideal, term))
    return bool(terms[-1].shape[0] == 0)


def _traceless(right: tuple[DomainMatrix, ...], free: DomainMatrix, step: int) -> DomainMatrix:
    """Those ``x`` in the row space with ``tr(ad x (ad c)^j) = 0``, ``c = sum_i step^i free_i``."""
    rows, k = free.shape
    domain = free.domain
    maps = [bracket_matrix(right, free.extract([i], list(range(k)))) for i in range(rows)]
    weights = DomainMatrix([[domain(step**i) for i in range(rows)]], (1, rows), domain)
    chosen = bracket_matrix(right, weights.to_sparse().matmul(free))
    power = DomainMatrix.eye(k, domain).to_sparse()
    equations = []
    for _ in range(k):
        products = [matrix.matmul(power).to_dok() for matrix in maps]
        equations.append(
            [
                sum((product.get((m, m), domain.zero) for m in range(k)), domain.zero)
                for product in products
            ]
        )
        power = power.matmul(chosen)
    return kernel(DomainMatrix(equations, (k, rows), domain)).matmul(free)
