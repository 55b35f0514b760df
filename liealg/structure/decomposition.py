"""Direct sums: an algebra as ideals that commute and cannot be split further."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.scalars import multiply
from liealg.structure.brackets import everything, restricted
from liealg.structure.centroid import commuting_maps
from liealg.structure.compactness import real_roots
from liealg.structure.fitting import characteristic_factors, combination, component, weights
from liealg.structure.frame import frame_of
from liealg.structure.radical import is_semisimple
from liealg.structure.real_factors import real_factors
from liealg.structure.scope import check_no_parameters, check_real_coefficients
from liealg.structure.series import center_rows, frame_derived_algebra
from liealg.structure.subspace import Subspace, as_subspace, complement, kernel, span


@dataclass(frozen=True)
class Ideal:
    """An ideal that is no direct sum of smaller ones.

    Attributes
    ----------
    subspace : Subspace
        Its coordinates.
    centroid : str
        ``"real"`` or ``"complex"``: which field its centroid is, up to nilpotent maps. A simple
        ideal with a complex centroid is a complex simple algebra seen as a real one.
    """

    subspace: Subspace
    centroid: str


@dataclass(frozen=True)
class Decomposition:
    """An algebra as a direct sum of ideals.

    Attributes
    ----------
    ideals : tuple of Ideal
        The summands. Up to order and isomorphism they are the only ones (Krull and Schmidt).
    is_complete : bool
        Whether each is known to be indecomposable over the reals.
    reason : str
        Over which field they are, or why a summand could not be split or shown to be one piece.
    """

    ideals: tuple[Ideal, ...]
    is_complete: bool
    reason: str


def indecomposable_ideals(algebra: LieAlgebra) -> Decomposition:
    """The direct sum of ideals that cannot be split further over the reals.

    An abelian summand, a complement of ``[L, L]`` within the center, splits into lines. On what is
    left the centroid is commutative up to nilpotent maps: a commutator of two of its maps vanishes
    on ``[L, L]`` and has its values in the center, which is now a part of ``[L, L]``. So the
    summands are the primary components of a generic map of the centroid, one for each real root or
    pair of complex roots of its characteristic polynomial. See de Graaf, *Lie Algebras: Theory and
    Algorithms* (2000), chapter 1.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [ideal.subspace.dim for ideal in indecomposable_ideals(known("gl2")).ideals]
    [3, 1]
    >>> indecomposable_ideals(known("so31")).ideals[0].centroid
    'complex'
    """
    check_algebra(algebra)
    return _indecomposable_ideals(algebra)


@lru_cache(maxsize=64)
def _indecomposable_ideals(algebra: LieAlgebra) -> Decomposition:
    given = frame_of(algebra).given
    found = frame_ideals(algebra)
    ideals = tuple(Ideal(as_subspace(given(part.rows)), part.centroid) for part in found.parts)
    if found.unsplit:
        return Decomposition(ideals, False, "; ".join(found.unsplit))
    field = "the field of the structure constants"
    if found.roots:
        field += f" with {', '.join(map(str, found.roots))}"
    return Decomposition(ideals, True, f"indecomposable over the reals, found over {field}")


def simple_ideals(algebra: LieAlgebra) -> tuple[Ideal, ...]:
    """The simple ideals over the reals of a semisimple algebra.

    See Humphreys (1972), section 5.2; de Graaf (2000), chapter 4.

    Raises
    ------
    ValueError
        If the algebra is not semisimple, or an ideal splits only over a field of higher degree
        than the quadratic extensions that are tried.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [ideal.subspace.dim for ideal in simple_ideals(known("so4"))]
    [3, 3]
    """
    check_algebra(algebra)
    if not is_semisimple(algebra):
        raise ValueError(
            f"{algebra.name!r} is not semisimple, so it is no sum of simple ideals; use "
            "indecomposable_ideals, or the Levi factor of levi_decomposition"
        )
    found = indecomposable_ideals(algebra)
    if not found.is_complete:
        raise ValueError(f"the simple ideals of {algebra.name!r} are not decided: {found.reason}")
    return found.ideals


@dataclass(frozen=True)
class Part:
    """A summand: its rows in the basis of the frame, and the field of its centroid.

    Where that is a number field in which nothing is computed, it has so many complex places.
    """

    rows: DomainMatrix
    centroid: str
    complex_places: int = 0


@dataclass(frozen=True)
class Parts:
    """Summands, words for those that could not be split, and the roots that were adjoined."""

    parts: tuple[Part, ...]
    unsplit: tuple[str, ...]
    roots: tuple[sp.Expr, ...]


@lru_cache(maxsize=64)
def frame_ideals(algebra: LieAlgebra) -> Parts:
    """The indecomposable ideals in the basis of :func:`liealg.structure.frame.frame_of`."""
    check_no_parameters(algebra, "the decomposition into ideals")
    check_real_coefficients(algebra, "the decomposition over the reals")
    lines, rest = _without_abelian_summand(algebra)
    found = _split(frame_of(algebra).right, rest) if rest.shape[0] else Parts((), (), ())
    columns = list(range(algebra.dim))
    abelian = (Part(lines.extract([i], columns), "real") for i in range(lines.shape[0]))
    return replace(found, parts=(*found.parts, *abelian))


def _without_abelian_summand(algebra: LieAlgebra) -> tuple[DomainMatrix, DomainMatrix]:
    """A complement of ``[L, L]`` in ``[L, L] + Z`` that lies in ``Z``, and an ideal beside it."""
    right = frame_of(algebra).right
    derived, central = frame_derived_algebra(algebra), center_rows(right)
    lines = _beyond(derived, central)
    taken = span(derived.vstack(lines))
    return lines, span(derived.vstack(_beyond(taken, everything(right))))


def _beyond(inner: DomainMatrix, rows: DomainMatrix) -> DomainMatrix:
    """Those of the rows that complete ``inner`` to the span of both."""
    return complement(inner, rows) if rows.shape[0] else rows


def _split(right: tuple[DomainMatrix, ...], rest: DomainMatrix) -> Parts:
    """The summands of an ideal without abelian summand."""
    chosen = _generic_map(commuting_maps(restricted(right, rest)))
    found: list[Part] = []
    unsplit: list[str] = []
    roots: list[sp.Expr] = []
    for factor, _ in characteristic_factors(chosen):
        parts = real_factors(factor)
        if parts is None:
            degree = factor.degree()
            rows = multiply(component(factor, chosen), rest).to_sparse()
            found.append(Part(rows, "unknown", (degree - real_roots(factor)) // 2))
            unsplit.append(
                f"the ideal of dimension {rows.shape[0]} splits, if at all, over a field of degree "
                f"{degree}, that of {factor.as_expr()} = 0"
            )
            continue
        if parts.root is not None and len(parts.factors) > 1:
            roots.append(parts.root)
        for part, kind in parts.factors:
            rows = component(part, chosen.convert_to(part.domain))
            found.append(Part(span(multiply(rows, rest).to_sparse()), kind))
    return Parts(tuple(found), tuple(unsplit), tuple(dict.fromkeys(roots)))


def _generic_map(maps: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """A map of the centroid with as many eigenvalues as the centroid without its nilpotent part."""
    k, domain = maps[0].shape[0], maps[0].domain
    traces = [
        [sum((row[i] for i, row in enumerate((a * b).to_list())), domain.zero) for b in maps]
        for a in maps
    ]
    nilpotent = kernel(DomainMatrix(traces, (len(maps), len(maps)), domain)).shape[0]
    wanted = len(maps) - nilpotent
    for row in islice(weights(len(maps)), 200):
        chosen = combination(row, maps).to_dense()
        if sum(factor.degree() for factor, _ in characteristic_factors(chosen)) == wanted:
            return chosen
    raise AssertionError(f"no generic map among 200 of a centroid of {k} x {k} matrices")
