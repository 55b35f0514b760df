"""The centroid: linear maps that commute with every bracket."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.exact import small_field
from liealg.reduction import BadPrimeError
from liealg.scalars import extended_scalars, field_powers, restricted_scalars, shaped
from liealg.structure.frame import frame_of
from liealg.structure.large_prime import from_rows, large_primes, rationals, residues
from liealg.structure.modules import as_matrices
from liealg.structure.partial_maps import commuting_modulo
from liealg.structure.scope import check_no_parameters
from liealg.structure.subspace import span


def centroid(algebra: LieAlgebra) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """A basis of all linear maps ``phi`` with ``phi [x, y] = [x, phi y]``.

    Each is a matrix that acts on columns of coordinates. Projections onto the summands of a direct
    sum of ideals are in it. See de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapter 1;
    Jacobson, *Lie Algebras* (1962), chapter X.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> len(centroid(known("so3"))), len(centroid(known("so4"))), len(centroid(known("so31")))
    (1, 2, 2)
    """
    check_algebra(algebra)
    check_no_parameters(algebra, "the centroid")
    frame = frame_of(algebra)
    maps = commuting_maps(frame.right)
    if not frame.is_given:
        maps = _spanning(frame.given_map(matrix) for matrix in maps)
    return tuple(matrix.transpose().to_Matrix().as_immutable() for matrix in maps)


def commuting_maps(right: tuple[DomainMatrix, ...]) -> tuple[DomainMatrix, ...]:
    """A basis of the matrices that commute with all ``R_i``, the brackets of an algebra.

    Modulo a large prime there are as many or more of them, so that those found there are all as
    soon as each is lifted to the rationals and commutes exactly. A number field is taken as a
    space over the rationals on which its generator acts as one matrix more.

    Raises
    ------
    ValueError
        If the fractions in a basis have more than 6000 digits.
    """
    domain, k = right[0].domain, len(right)
    powers = field_powers(domain)
    rational = [restricted_scalars(matrix * power) for matrix in right for power in powers]
    scalars = [DomainMatrix.eye(k, domain) * power for power in powers[1:2]]
    others = [restricted_scalars(matrix) for matrix in scalars]
    for context in large_primes():
        try:
            images = [residues(matrix, context) for matrix in rational]
            more = [residues(matrix, context) for matrix in others]
            maps = _lifted(commuting_modulo(images, more, context), context)
        except BadPrimeError:
            continue
        if all(_commutes(m, x) for m in maps for x in (*rational, *others)):
            return _independent(maps, domain)
    raise ValueError(
        f"the centroid of an algebra of dimension {k} has no basis of fractions with less than "
        "6000 digits; take another basis of the algebra"
    )


def _lifted(found: list[flint.fmpz_mod_mat], context: flint.fmpz_mod_ctx) -> list[DomainMatrix]:
    """The reduced basis of the span, with fractions for residues where there are any."""
    k = found[0].nrows()
    flat = from_rows([matrix.entries() for matrix in found], k * k, context)
    return [
        DomainMatrix([row[i * k : i * k + k] for i in range(k)], (k, k), sp.QQ).to_dense()
        for row in rationals(flat.rref()[0])
    ]


def _commutes(first: DomainMatrix, second: DomainMatrix) -> bool:
    second = second.to_dense()
    return first * second == second * first


def _independent(maps: list[DomainMatrix], domain: Any) -> tuple[DomainMatrix, ...]:
    """A basis over the field of maps that span a space over the field."""
    if domain == sp.QQ:
        return tuple(maps)
    return _spanning(extended_scalars(matrix, domain) for matrix in maps)


def _spanning(matrices: Iterable[DomainMatrix]) -> tuple[DomainMatrix, ...]:
    """The reduced basis of a span of matrices."""
    listed = [matrix.to_sparse() for matrix in matrices]
    size = listed[0].shape[0]
    flat = [shaped(matrix, 1, size * size) for matrix in listed]
    return as_matrices(small_field(span(flat[0].vstack(*flat[1:]))), size)
