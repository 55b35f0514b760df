"""Isomorphisms of real simple algebras: Chevalley generators that complex conjugation respects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.isomorphism.chambers import Root, negative
from liealg.isomorphism.real_cartan import (
    RealCartan,
    imaginary_root,
    maximally_compact,
    real_cartan,
)
from liealg.number_fields import FieldTooLargeError, common_field
from liealg.structure.brackets import bracket_matrix
from liealg.structure.dynkin import positive_roots
from liealg.structure.homomorphisms import transported


def simple_isomorphisms(first: LieAlgebra, second: LieAlgebra) -> Iterator[DomainMatrix]:
    """Isomorphisms over the reals of simple algebras, up to inner ones over the complex numbers.

    Row ``i`` of each holds the coordinates of the image of ``E_i``. With simple roots that complex
    conjugation permutes, up to one sign for all, ``conj e_i = w_i e_j`` or ``w_i f_j``. The map of
    Chevalley generators ``e_i -> c_i e'_i``, ``f_i -> f'_i / c_i`` extends to the complexifications
    (Humphreys, 1972, section 14.2); it is real if ``conj c_i w'_i = w_i c_j``, or ``w_i / c_j``.
    Where both ``i = j`` and the sign is negative, ``|c_i|^2 = w_i / w'_i`` has to be positive, and
    a square root may be needed. There are such simple roots for every Cartan subalgebra without
    real roots, and all of these are conjugate: Knapp, *Lie Groups Beyond an Introduction*, 2nd ed.
    2002, sections VI.7 to VI.10, where they make the Vogan diagram.

    None come where the roots are not explicit, or need too large a field.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> next(simple_isomorphisms(known("so21"), known("sl2"))).domain
    QQ
    """
    cartans = [real_cartan(algebra) for algebra in (first, second)]
    if cartans[0] is None or cartans[1] is None:
        return
    if cartans[0].roots.cartan_matrix != cartans[1].roots.cartan_matrix:
        return
    count = 0
    try:
        for found in _isomorphisms(cartans[0], cartans[1], 1):
            count += 1
            yield found
        if not count:
            yield from _isomorphisms(_compact(first), _compact(second), -1)
    except FieldTooLargeError:
        return


@lru_cache(maxsize=64)
def _compact(algebra: LieAlgebra) -> RealCartan:
    found = real_cartan(algebra)
    assert found is not None, "its roots are explicit"
    return maximally_compact(found)


@dataclass(frozen=True)
class _Base:
    """Simple roots that conjugation permutes up to a sign, and the signs of the ``w_i``."""

    roots: tuple[Root, ...]
    permutation: tuple[int, ...]
    signs: tuple[int, ...]


def _isomorphisms(first: RealCartan, second: RealCartan, sign: int) -> Iterator[DomainMatrix]:
    start = next(_bases(first, sign), None)
    if start is None:
        return
    left = list(first.roots.diagram_symmetries())
    for base in _bases(second, sign):
        for symmetry in list(left):
            target = _Base(*(tuple(part[i] for i in symmetry) for part in _parts(base, symmetry)))
            if (target.permutation, target.signs) == (start.permutation, start.signs):
                left.remove(symmetry)
                yield _isomorphism(first, second, start, target.roots, sign)
        if not left:
            return


def _parts(base: _Base, symmetry: tuple[int, ...]) -> tuple[tuple[Any, ...], ...]:
    """Roots, permutation and signs, the permutation in the numbering that the symmetry makes."""
    places = {node: place for place, node in enumerate(symmetry)}
    return base.roots, tuple(places[image] for image in base.permutation), base.signs


def _bases(cartan: RealCartan, sign: int) -> Iterator[_Base]:
    signs: dict[Root, int] = {}
    for base in cartan.roots.bases():
        places = {root: i for i, root in enumerate(base)}
        images = [cartan.conjugate(root) for root in base]
        found = [places.get(root if sign > 0 else negative(root)) for root in images]
        if any(place is None for place in found):
            continue
        permutation = tuple(place for place in found if place is not None)
        for i, root in enumerate(base):
            if root not in signs:
                fixed = sign < 0 and permutation[i] == i
                signs[root] = _compactness(cartan, root) if fixed else 0
        yield _Base(base, permutation, tuple(signs[root] for root in base))


def _compactness(cartan: RealCartan, root: Root) -> int:
    """The sign of ``w`` in ``conj e = w f`` for an imaginary root: positive if noncompact."""
    e, f = cartan.pair(root)
    return _sign(cartan.domain.to_sympy(cartan.conjugate_factor(e, f)))


def _sign(number: sp.Expr) -> int:
    return 1 if number.is_positive else -1


def _isomorphism(
    first: RealCartan, second: RealCartan, base: _Base, images: tuple[Root, ...], sign: int
) -> DomainMatrix:
    """The map of the generators of one base to those of another, made real by factors ``c_i``."""
    pairs = [[cartan.pair(root) for root in roots] for cartan, roots in
             ((first, base.roots), (second, images))]  # fmt: skip
    factors = []
    for i, j in enumerate(base.permutation):
        targets = [part[j][0 if sign > 0 else 1] for part in pairs]
        factors.append(
            [
                cartan.domain.to_sympy(cartan.conjugate_factor(part[i][0], target))
                for cartan, part, target in zip((first, second), pairs, targets, strict=True)
            ]
        )
    scales = _scales(factors, base.permutation, sign, imaginary_root(first.domain))
    positive = positive_roots(first.roots.cartan_matrix)
    rows = _weight_basis(first, pairs[0], positive)
    target_rows = _weight_basis(second, pairs[1], positive)
    rank = len(base.roots)
    weights = [(0,) * rank] * rank + positive + [negative(root) for root in positive]
    return _real_map(rows, target_rows, weights, scales)


# c = a sqrt(q), as a and q.
_Scale = tuple[sp.Expr, sp.Expr]


def _scales(
    factors: list[list[sp.Expr]], permutation: tuple[int, ...], sign: int, t: int
) -> list[_Scale]:
    """Numbers ``c_i`` that make the map real; ``sqrt(-t)`` is in the field, or ``t`` is zero."""
    scales: list[_Scale] = []
    for i, j in enumerate(permutation):
        w, target = factors[i]
        if i < j or (i == j and sign > 0):
            scales.append((sp.S.One, sp.S.One))
        elif i > j:
            # c_j = 1, so that c_i = w'_j / w_j, or its inverse.
            w, target = factors[j]
            number = sp.radsimp(target / w if sign > 0 else w / target)
            scales.append((number, sp.S.One))
        else:
            scales.append(_of_norm(sp.radsimp(w / target), t))
    return scales


def _of_norm(square: sp.Expr, t: int) -> _Scale:
    """A number ``c`` with ``|c|^2`` this: ``(a + b sqrt(-t)) / s`` where small ones are found."""
    if square.is_Rational:
        for s in range(1, 7):
            total = square.p * square.q * s * s
            for b in range(min(isqrt(total // t), 500) + 1 if t else 1):
                a = isqrt(total - t * b * b)
                if a * a + t * b * b == total:
                    return (a + b * sp.sqrt(-t)) / (square.q * s), sp.S.One
    return sp.S.One, square


def _weight_basis(
    cartan: RealCartan,
    pairs: list[tuple[DomainMatrix, DomainMatrix]],
    positive: list[Root],
) -> DomainMatrix:
    """``[e_i, f_i]``, then a vector for each positive root and each negative one, as rows."""
    rows = [f.matmul(bracket_matrix(cartan.right, e)) for e, f in pairs]
    for side in (0, 1):
        maps = [bracket_matrix(cartan.right, pair[side]) for pair in pairs]
        found: dict[Root, DomainMatrix] = {}
        for root in positive:
            if sum(root) == 1:
                found[root] = pairs[root.index(1)][side]
                continue
            for i, action in enumerate(maps):
                lower = tuple(n - int(i == j) for j, n in enumerate(root))
                if lower in found:
                    found[root] = found[lower].matmul(action)
                    break
        rows += [found[root] for root in positive]
    return rows[0].vstack(*rows[1:])


def _real_map(
    rows: DomainMatrix, images: DomainMatrix, weights: list[Root], scales: list[_Scale]
) -> DomainMatrix:
    """The map of each row to the image times the product of the ``c_i``, over a real field.

    Products with the same square roots are taken together, so that the roots stay outside.
    """
    numbers = sp.Matrix([[a for a, _ in scales], [q for _, q in scales]])
    rows, images, exact = common_field(rows, images, numbers)
    domain = rows.domain
    (first, squares) = exact.to_dense().to_list()
    k = rows.shape[0]
    inverse = transported(rows, DomainMatrix.eye(k, domain).to_sparse())
    groups: dict[tuple[int, ...], dict[tuple[int, int], Any]] = {}
    for place, weight in enumerate(weights):
        parity = tuple(count % 2 if scales[i][1] != 1 else 0 for i, count in enumerate(weight))
        value = domain.one
        for count, a, q in zip(weight, first, squares, strict=True):
            value = value * a**count * q ** (count // 2)
        groups.setdefault(parity, {})[place, place] = value
    total = sp.zeros(k, k)
    for parity, diagonal in groups.items():
        scaled = inverse.matmul(DomainMatrix.from_dok(diagonal, (k, k), domain).to_sparse())
        root = sp.Mul(*(sp.sqrt(q) for odd, (_, q) in zip(parity, scales, strict=True) if odd))
        total += root * scaled.matmul(images).to_Matrix()
    (found,) = common_field(total.applyfunc(sp.expand))
    return found
