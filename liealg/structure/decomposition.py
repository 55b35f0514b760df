"""Direct sums: an algebra as ideals that commute and cannot be split further."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.structure.brackets import restricted, right_brackets, whole
from liealg.structure.centroid import commuting_maps
from liealg.structure.fitting import characteristic_factors, combination, component, weights
from liealg.structure.killing import exact_killing_form
from liealg.structure.real_factors import real_factors
from liealg.structure.series import center, derived_algebra
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


@lru_cache(maxsize=64)
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
    lines, rest = _without_abelian_summand(algebra)
    ideals, unsplit, roots = _split(algebra, rest) if rest.shape[0] else ([], [], [])
    columns = list(range(algebra.dim))
    ideals += [
        Ideal(as_subspace(lines.extract([i], columns)), "real") for i in range(lines.shape[0])
    ]
    if unsplit:
        return Decomposition(tuple(ideals), False, "; ".join(unsplit))
    field = "the field of the structure constants"
    if roots:
        field += f" with {', '.join(map(str, roots))}"
    return Decomposition(tuple(ideals), True, f"indecomposable over the reals, found over {field}")


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
    if exact_killing_form(algebra).rank() != algebra.dim:
        raise ValueError(
            f"{algebra.name!r} is not semisimple, so it is no sum of simple ideals; use "
            "indecomposable_ideals, or the Levi factor of levi_decomposition"
        )
    found = indecomposable_ideals(algebra)
    if not found.is_complete:
        raise ValueError(f"the simple ideals of {algebra.name!r} are not decided: {found.reason}")
    return found.ideals


def _without_abelian_summand(algebra: LieAlgebra) -> tuple[DomainMatrix, DomainMatrix]:
    """A complement of ``[L, L]`` in ``[L, L] + Z`` that lies in ``Z``, and an ideal beside it."""
    derived, everything = derived_algebra(algebra), whole(algebra)
    domain, k = everything.domain, algebra.dim
    rows = center(algebra).rows
    central = DomainMatrix.zeros((0, k), domain).to_sparse()
    if rows.rows:
        central = DomainMatrix.from_list_sympy(rows.rows, k, rows.tolist()).convert_to(domain)
    lines = (
        complement(derived, span(derived.vstack(central.to_sparse())))
        if central.shape[0]
        else central
    )
    if lines.shape[0]:
        lines = complement(derived, central.to_sparse())
    taken = derived.vstack(lines)
    return lines.to_sparse(), span(derived.vstack(complement(span(taken), everything)))


def _split(algebra: LieAlgebra, rest: DomainMatrix) -> tuple[list[Ideal], list[str], list[sp.Expr]]:
    """The summands of an ideal without abelian summand, words for the unsplit, roots adjoined."""
    right = restricted(right_brackets(algebra), rest)
    chosen = _generic_map(commuting_maps(right))
    ideals: list[Ideal] = []
    unsplit: list[str] = []
    roots: list[sp.Expr] = []
    for factor, _ in characteristic_factors(chosen):
        parts = real_factors(factor)
        if parts is None:
            degree = factor.degree()
            rows = component(factor, chosen).matmul(rest)
            ideals.append(Ideal(as_subspace(rows), "unknown"))
            unsplit.append(
                f"the ideal of dimension {rows.shape[0]} splits, if at all, over a field of degree "
                f"{degree}, that of {factor.as_expr()} = 0"
            )
            continue
        if parts.root is not None and len(parts.factors) > 1:
            roots.append(parts.root)
        for part, kind in parts.factors:
            larger = chosen.convert_to(part.domain)
            rows = component(part, larger).matmul(rest.convert_to(part.domain).to_sparse())
            ideals.append(Ideal(as_subspace(rows), kind))
    return ideals, unsplit, list(dict.fromkeys(roots))


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
