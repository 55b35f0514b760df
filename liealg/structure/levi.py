"""The Levi decomposition: a semisimple subalgebra beside the solvable radical."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.scalars import multiply
from liealg.structure.brackets import bracket_of, everything, in_basis
from liealg.structure.frame import frame_of
from liealg.structure.lifting import lift
from liealg.structure.radical import frame_radical
from liealg.structure.series import series
from liealg.structure.subspace import Subspace, as_subspace, complement, span


@dataclass(frozen=True)
class LeviDecomposition:
    """``L = S + R`` as a vector space: ``S`` a semisimple subalgebra, ``R`` the solvable radical.

    Attributes
    ----------
    levi : Subspace
        A Levi subalgebra ``S``. Any other is its image under an automorphism (Malcev).
    radical : Subspace
        The solvable radical ``R``; there is only one.
    """

    levi: Subspace
    radical: Subspace


def levi_decomposition(algebra: LieAlgebra) -> LeviDecomposition:
    """A semisimple subalgebra that completes the radical to the whole algebra.

    Let ``R = R_1 > R_2 > ... > 0`` be the derived series of the radical. Any complement of ``R``
    is a subalgebra up to ``R_1``; if ``x_1 ... x_s`` is one up to ``R_t``, ``[x_i, x_j] = sum_k
    c_ijk x_k`` modulo ``R_t``, then linear equations give ``y_i`` in ``R_t`` for which the
    ``x_i + y_i`` are one up to ``R_(t+1)``. See de Graaf, *Lie Algebras: Theory and Algorithms*
    (2000), chapter 4.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> levi_decomposition(known("gl2")).levi.rows
    Matrix([
    [1, 0, 0, -1],
    [0, 1, 0,  0],
    [0, 0, 1,  0]])
    """
    check_algebra(algebra)
    frame = frame_of(algebra)
    right = frame.right
    solvable = frame_radical(algebra)
    terms = series(solvable, lambda term: bracket_of(right, term, term))
    layers = [complement(inner, outer) for outer, inner in pairwise(terms)]
    beside = complement(solvable, everything(right))
    basis = beside.vstack(*layers)
    adapted = in_basis(right, basis)
    start = beside.shape[0]
    lifted = everything(right).extract(list(range(start)), list(range(algebra.dim)))
    for layer in layers:
        stop = start + layer.shape[0]
        lifted = lift(adapted, lifted, list(range(start, stop)))
        start = stop
    levi = span(multiply(lifted, basis).to_sparse())
    return LeviDecomposition(as_subspace(frame.given(levi)), as_subspace(frame.given(solvable)))
