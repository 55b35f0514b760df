"""The nilradical."""

from __future__ import annotations

from itertools import count

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.scalars import multiply, shaped
from liealg.structure.brackets import bracket_matrix, bracket_of, everything
from liealg.structure.frame import frame_of
from liealg.structure.radical import frame_radical
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
    check_algebra(algebra)
    frame = frame_of(algebra)
    right = frame.right
    solvable = frame_radical(algebra)
    lower = bracket_of(right, everything(right), solvable)
    free = complement(lower, solvable)
    if free.shape[0] == 0:
        return as_subspace(frame.given(solvable))
    candidates = (span(lower.vstack(_traceless(right, free, step))) for step in count(1))
    found = next(ideal for ideal in candidates if _is_nilpotent(right, ideal))
    return as_subspace(frame.given(found))


def _is_nilpotent(right: tuple[DomainMatrix, ...], ideal: DomainMatrix) -> bool:
    terms = series(ideal, lambda term: bracket_of(right, ideal, term))
    return bool(terms[-1].shape[0] == 0)


def _traceless(right: tuple[DomainMatrix, ...], free: DomainMatrix, step: int) -> DomainMatrix:
    """Those ``x`` in the row space with ``tr(ad x (ad c)^j) = 0``, ``c = sum_i step^i free_i``."""
    rows, k = free.shape
    domain = free.domain
    maps = [bracket_matrix(right, free.extract([i], list(range(k)))) for i in range(rows)]
    weights = DomainMatrix([[domain(step**i) for i in range(rows)]], (1, rows), domain)
    chosen = bracket_matrix(right, multiply(weights, free).to_sparse())
    powers = [DomainMatrix.eye(k, domain).to_sparse()]
    while len(powers) < k:
        powers.append(multiply(powers[-1], chosen).to_sparse())
    left = shaped(DomainMatrix.vstack(*(power.transpose() for power in powers)), k, k * k)
    traces = multiply(left, shaped(DomainMatrix.vstack(*maps), rows, k * k).transpose())
    return multiply(kernel(traces), free).to_sparse()
