"""Isomorphisms within a linear space of maps: the quadratic equations that brackets make."""

from __future__ import annotations

from itertools import islice
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix
from sympy.polys.rings import PolyElement, ring

from liealg.echelon import row_echelon
from liealg.isomorphism.polynomial_systems import real_solutions
from liealg.number_fields import FieldTooLargeError
from liealg.structure.fitting import combination, weights
from liealg.structure.homomorphisms import Brackets, generators, is_isomorphism

_MOST_UNKNOWNS = 60
_MOST_MONOMIALS = 1500


def isomorphism_among(
    first: Brackets, second: Brackets, maps: tuple[DomainMatrix, ...]
) -> DomainMatrix | None:
    """An isomorphism ``sum_k u_k B_k`` of the given maps, if the bounded search finds one.

    The equations ``phi [x, y] = [phi x, phi y]`` are quadratic in the ``u_k``. Generators ``x``
    are enough. All must be over one field.
    """
    if not maps or len(maps) > _MOST_UNKNOWNS:
        return None
    for row in islice(weights(len(maps)), 2):
        # Where the brackets make no demands a general map will do.
        chosen = combination(row, maps)
        if is_isomorphism(first, second, chosen):
            return chosen
    equations = bracket_equations(first, second, maps)
    if equations is None:
        return None
    try:
        for values in islice(real_solutions(equations, len(maps)), 20):
            total = sp.zeros(*maps[0].shape)
            for value, matrix in zip(values, maps, strict=True):
                total += value * matrix.to_Matrix()
            exact = DomainMatrix.from_Matrix(total.applyfunc(sp.expand), extension=True)
            if is_isomorphism(first, second, exact.to_field().to_sparse()):
                return exact.to_field().to_sparse()
    except FieldTooLargeError:
        return None
    return None


def bracket_equations(
    first: Brackets, second: Brackets, maps: tuple[DomainMatrix, ...]
) -> list[PolyElement] | None:
    """The equations for the ``u_k``, reduced to independent ones; ``None`` if they are too many."""
    domain = maps[0].domain
    polynomials, *unknowns = ring([f"u{i}" for i in range(len(maps))], domain)
    unknowns = unknowns[0] if isinstance(unknowns[0], list | tuple) else unknowns
    k = len(first)
    images: list[dict[int, PolyElement]] = [{} for _ in range(k)]
    for unknown, matrix in zip(unknowns, maps, strict=True):
        for (i, j), value in matrix.to_dok().items():
            images[i][j] = images[i].get(j, polynomials.zero) + unknown * value
    tables = [matrix.to_dok() for matrix in second]
    found = set()
    for i in generators(first):
        action = _action(images[i], tables, polynomials)
        brackets: dict[int, dict[int, Any]] = {}
        for (j, p), value in first[i].to_dok().items():
            brackets.setdefault(j, {})[p] = value
        for j in range(k):
            row: dict[int, PolyElement] = {}
            for p, value in brackets.get(j, {}).items():
                for m, part in images[p].items():
                    row[m] = row.get(m, polynomials.zero) + part * value
            for b, part in images[j].items():
                for m, factor in action.get(b, {}).items():
                    row[m] = row.get(m, polynomials.zero) - part * factor
            found |= {equation.monic() for equation in row.values() if equation}
    return _independent(sorted(found, key=str), polynomials)


def _action(
    image: dict[int, PolyElement], tables: list[dict[tuple[int, int], Any]], polynomials: Any
) -> dict[int, dict[int, PolyElement]]:
    """``R_x`` of the second algebra for ``x`` with unknown coordinates, by rows."""
    found: dict[int, dict[int, PolyElement]] = {}
    for a, part in image.items():
        for (b, m), value in tables[a].items():
            row = found.setdefault(b, {})
            row[m] = row.get(m, polynomials.zero) + part * value
    return found


def _independent(equations: list[PolyElement], polynomials: Any) -> list[PolyElement] | None:
    """The echelon form of the equations, as vectors of coefficients."""
    monomials = sorted({monomial for equation in equations for monomial in equation}, reverse=True)
    monomials.sort(key=sum, reverse=True)
    if len(monomials) > _MOST_MONOMIALS:
        return None
    places = {monomial: place for place, monomial in enumerate(monomials)}
    entries = {
        (i, places[monomial]): value
        for i, equation in enumerate(equations)
        for monomial, value in equation.items()
    }
    shape = (len(equations), len(monomials))
    reduced, pivots = row_echelon(DomainMatrix.from_dok(entries, shape, polynomials.domain))
    rows: list[dict[Any, Any]] = [{} for _ in pivots]
    for (i, j), value in reduced.to_dok().items():
        rows[i][monomials[j]] = value
    return [polynomials.from_dict(row) for row in rows]
