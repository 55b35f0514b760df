"""Derivations: linear maps with ``D [x, y] = [D x, y] + [x, D y]``."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.structure.brackets import right_brackets
from liealg.structure.frame import frame_of
from liealg.structure.homomorphisms import Brackets, generators
from liealg.structure.modules import as_matrices
from liealg.structure.radical import is_semisimple
from liealg.structure.subspace import kernel


def derivations(algebra: LieAlgebra) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """A basis of the derivations, as matrices that act on columns of coordinates.

    See de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 1; Humphreys (1972), section
    1.3.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> len(derivations(known("heisenberg1"))), len(derivations(known("so3")))
    (6, 3)
    """
    check_algebra(algebra)
    found = exact_derivations(algebra)
    return tuple(matrix.transpose().to_Matrix().as_immutable() for matrix in found)


@lru_cache(maxsize=64)
def exact_derivations(algebra: LieAlgebra) -> tuple[DomainMatrix, ...]:
    """A basis of the derivations, as matrices that act on rows, ``x -> x D``.

    Those of a semisimple algebra are inner: Humphreys (1972), section 5.3.
    """
    frame, k = frame_of(algebra), algebra.dim
    if not algebra.parameters and is_semisimple(algebra):
        return right_brackets(algebra)
    found = as_matrices(derivation_rows(frame.right), k)
    return found if frame.is_given else tuple(frame.given_map(matrix) for matrix in found)


def derivation_rows(right: Brackets) -> DomainMatrix:
    """The derivations of the algebra with these brackets, each matrix as one row."""
    return kernel(_equations(right))


def _equations(right: Brackets) -> DomainMatrix:
    """``R_i D - D R_i - sum_a D_ia R_a = 0``; unknown ``D[a, b]`` is number ``a k + b``.

    Generators ``E_i`` are enough: the ``x`` for which it holds are a subalgebra.
    """
    k, domain = len(right), right[0].domain
    tables = [matrix.to_list() for matrix in right]
    entries = {}
    place = 0
    for i in generators(right):
        for j in range(k):
            for m in range(k):
                row: dict[int, object] = {}
                for a in range(k):
                    for unknown, value in (
                        (a * k + m, tables[i][j][a]),
                        (j * k + a, -tables[i][a][m]),
                        (i * k + a, -tables[a][j][m]),
                    ):
                        if value:
                            row[unknown] = row.get(unknown, domain.zero) + value
                row = {unknown: value for unknown, value in row.items() if value}
                if row:
                    entries.update({(place, unknown): value for unknown, value in row.items()})
                    place += 1
    return DomainMatrix.from_dok(entries, (place, k * k), domain).to_sparse()
