"""Linear maps between tori that match their weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.isomorphism.scaling import real_scales
from liealg.isomorphism.torus import Torus, Weights, quadratic_roots, weights_of
from liealg.number_fields import FieldTooLargeError, common_field, conjugation_of

_MOST_TRIES = 5000
_MOST_FOUND = 24


@dataclass(frozen=True)
class TorusMatching:
    """Real matrices ``G`` that take the torus of one algebra to that of another.

    Attributes
    ----------
    matrices : tuple of sympy.ImmutableDenseMatrix
        ``t_i`` goes to ``sum_j G_ij t'_j``.
    is_complete : bool
        Whether these are all that match the weights.
    """

    matrices: tuple[sp.ImmutableDenseMatrix, ...]
    is_complete: bool


def match_tori(
    first: Torus,
    second: Torus,
    first_ideals: list[DomainMatrix],
    second_ideals: list[DomainMatrix],
) -> TorusMatching:
    """All real linear maps of tori that take weights to weights with the same multiplicities.

    The multiplicities are those in the algebra and in ideals of it that every isomorphism keeps,
    such as the terms of the derived series, in their order.

    Examples
    --------
    >>> stretch = DomainMatrix.from_list([[1, 0], [0, 2]], sp.QQ)
    >>> none = DomainMatrix([], (0, 2), sp.QQ)
    >>> twice = Torus((stretch * 2,), none)
    >>> match_tori(Torus((stretch,), none), twice, [], []).matrices
    (Matrix([[1/2]]),)
    """
    size = len(first.maps)
    if size != len(second.maps):
        return TorusMatching((), True)
    if size == 0:
        return TorusMatching((sp.ImmutableDenseMatrix(0, 0, []),), True)
    if size == 1:
        polynomials = [_characteristic(torus.maps[0]) for torus in (first, second)]
        scales = real_scales(*polynomials)
        return TorusMatching(tuple(sp.ImmutableDenseMatrix([[c]]) for c in scales), True)
    weights = _weights(first, second, first_ideals, second_ideals)
    if weights is None:
        return TorusMatching((), False)
    if Counter(weights[0].values()) != Counter(weights[1].values()):
        return TorusMatching((), True)
    return _matched(weights[0], weights[1], weights[2])


def _characteristic(matrix: DomainMatrix) -> list[sp.Expr]:
    return [matrix.domain.to_sympy(value) for value in matrix.to_dense().charpoly()]


def _weights(
    first: Torus,
    second: Torus,
    first_ideals: list[DomainMatrix],
    second_ideals: list[DomainMatrix],
) -> tuple[Weights, Weights, Any] | None:
    """The weights of both over one field, and this field."""
    roots = [quadratic_roots(torus) for torus in (first, second)]
    if roots[0] is None or roots[1] is None:
        return None
    try:
        matrices = common_field(
            *first.maps,
            *second.maps,
            *first_ideals,
            *second_ideals,
            adjoin=(*roots[0], *roots[1]),
        )
        conjugation_of(matrices[0].domain)
    except FieldTooLargeError:
        return None
    size = len(first.maps)
    ideals = list(matrices[2 * size :])
    count = len(first_ideals)
    return (
        weights_of(matrices[:size], ideals[:count]),
        weights_of(matrices[size : 2 * size], ideals[count:]),
        matrices[0].domain,
    )


def _matched(first: Weights, second: Weights, domain: Any) -> TorusMatching:
    basis = _basis(first, domain)
    size = len(basis)
    if size < len(basis[0]):
        return TorusMatching((), False)
    source = DomainMatrix([list(weight) for weight in basis], (size, size), domain).transpose()
    conjugation = conjugation_of(domain)
    matrices: list[sp.ImmutableDenseMatrix] = []
    for tries, images in enumerate(_choices(basis, first, second)):
        if tries >= _MOST_TRIES or len(matrices) >= _MOST_FOUND:
            return TorusMatching(tuple(matrices), False)
        target = DomainMatrix([list(weight) for weight in images], (size, size), domain)
        if target.rank() < size:
            continue
        matrix = source * target.transpose().inv()
        if conjugation.matrix(matrix.to_sparse()) != matrix.to_sparse():
            continue
        if _carried(second, matrix) == first:
            matrices.append(matrix.to_Matrix().as_immutable())
    return TorusMatching(tuple(matrices), True)


def _basis(weights: Weights, domain: Any) -> list[tuple[Any, ...]]:
    """Independent weights, those first whose multiplicities are the rarest."""
    count = Counter(weights.values())
    zero = domain.zero
    listed = sorted(
        (weight for weight in weights if any(value != zero for value in weight)),
        key=lambda weight: (count[weights[weight]], weights[weight][1], str(weight)),
    )
    rows = DomainMatrix([list(weight) for weight in listed], (len(listed), len(listed[0])), domain)
    _, pivots = row_echelon(rows.transpose())
    return [listed[place] for place in pivots]


def _choices(
    basis: list[tuple[Any, ...]], first: Weights, second: Weights
) -> Iterator[list[tuple[Any, ...]]]:
    """Different weights of the second for those of the basis, with the same multiplicities."""
    if not basis:
        yield []
        return
    *before, last = basis
    for chosen in _choices(before, first, second):
        for weight, sizes in second.items():
            if sizes == first[last] and weight not in chosen:
                yield [*chosen, weight]


def _carried(weights: Weights, matrix: DomainMatrix) -> Weights:
    """The weights on the other torus: the values on ``sum_j G_ij t'_j``."""
    found = {}
    for weight, sizes in weights.items():
        column = DomainMatrix([[value] for value in weight], (len(weight), 1), matrix.domain)
        image = (matrix * column).to_list()
        found[tuple(row[0] for row in image)] = sizes
    return found
