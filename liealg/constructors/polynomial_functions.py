"""Polynomial functions on a nilpotent group: representations in which its center acts."""

from __future__ import annotations

from functools import partial
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix
from sympy.polys.rings import PolyElement, ring

from liealg.constructors.splitting import Splitting
from liealg.structure.brackets import bracket_of, in_basis
from liealg.structure.series import series
from liealg.structure.subspace import complement, kernel, span


def represented_on_functions(split: Splitting, largest: int) -> list[DomainMatrix] | None:
    """The algebra on the functions that its action makes of coordinates of its center.

    ``P + N`` acts on the functions of the group ``exp N``, a homogeneous space of its group, and
    with logarithms as coordinates on polynomials in ``Y`` of ``N``: ``(p f)(Y) = -df([p, Y])`` and
    ``(n f)(Y) = -df(sum_k B_k / k! ad_Y^k n)``, the part of the series of Baker, Campbell and
    Hausdorff that is linear in ``n``. If coordinates of weight ``w`` are those of a complement of
    term ``w + 1`` of the lower central series in term ``w``, no weight grows, so that each function
    spans a representation of finite dimension. In the one that is spanned by coordinates of the
    center, no element ``z`` of the center acts as zero: ``(z f)(0) = -f(z)``. These functions are
    the matrix coefficients of the quotients of the enveloping algebra by powers of its ideal of
    augmentation (Burde and de Graaf, *Computing faithful representations for nilpotent Lie
    algebras*, 2009; Corwin and Greenleaf, *Representations of Nilpotent Lie Groups*, 1990).

    Returns
    -------
    list of DomainMatrix or None
        A matrix for each element of the basis; ``None`` if there are more than ``largest`` rows.
    """
    basis, seeds = _adapted(split)
    fields = _Fields(split, basis)
    span_of = _Span()
    for seed in seeds:
        span_of.coordinates(fields.variables[seed])
    images: list[list[dict[int, Any]]] = []
    while len(images) < len(span_of.functions):
        if len(span_of.functions) > largest:
            return None
        function = span_of.functions[len(images)]
        moved = [fields.applied(i, function) for i in range(len(split.derivations))]
        images.append([span_of.coordinates(image) for image in moved])
    size, domain = len(images), basis.domain
    matrices = []
    for i in range(len(split.derivations)):
        entries = {
            (row, column): value
            for column, image in enumerate(images)
            for row, value in image[i].items()
        }
        matrices.append(DomainMatrix.from_dok(entries, (size, size), domain).to_sparse())
    return matrices


class _Fields:
    """The vector fields of the elements of the algebra, in the coordinates ``Y``."""

    def __init__(self, split: Splitting, basis: DomainMatrix) -> None:
        size, domain = basis.shape[0], basis.domain
        self.ring, *self.variables = ring([f"y{i}" for i in range(size)], domain)
        right = in_basis(split.right, basis)
        # Coordinate ``c`` of [Y, v] is the sum of y_a v_b over the brackets [n_a, n_b].
        self._brackets = [
            (a, b, c, value) for a in range(size) for (b, c), value in right[a].to_dok().items()
        ]
        inverse = basis.to_dense().inv().to_sparse()
        shifts = [self._translation(i) for i in range(size)]
        self.fields = []
        for derivation, translation in zip(split.derivations, split.translations, strict=True):
            turn = basis.matmul(derivation).matmul(inverse)
            field = [self.ring.zero] * size
            for (i, j), value in turn.to_dok().items():
                field[j] += self.variables[i] * value
            for (_, i), value in translation.matmul(inverse).to_dok().items():
                for j, part in enumerate(shifts[i]):
                    field[j] += part * value
            self.fields.append([(j, part) for j, part in enumerate(field) if part])

    def applied(self, i: int, function: PolyElement) -> PolyElement:
        """``-df`` of the field of element ``i``."""
        total = self.ring.zero
        for j, part in self.fields[i]:
            slope = function.diff(self.variables[j])
            if slope:
                total -= slope * part
        return total

    def _translation(self, i: int) -> list[PolyElement]:
        """``sum_k B_k / k! ad_Y^k n_i`` with ``B_1 = -1/2``."""
        size, domain = len(self.variables), self.ring.domain
        term = [self.ring.one if j == i else self.ring.zero for j in range(size)]
        total, k = term, 0
        while any(term):
            k += 1
            moved = [self.ring.zero] * size
            for a, b, c, value in self._brackets:
                if term[b]:
                    moved[c] += self.variables[a] * term[b] * value
            term = moved
            number = -sp.Rational(1, 2) if k == 1 else sp.bernoulli(k) / sp.factorial(k)
            if number:
                weight = domain.from_sympy(number)
                total = [old + new * weight for old, new in zip(total, term, strict=True)]
        return total


class _Span:
    """A growing space of polynomials; each basis element has a leading monomial of its own."""

    def __init__(self) -> None:
        self.functions: list[PolyElement] = []
        self._places: dict[tuple[int, ...], int] = {}

    def coordinates(self, function: PolyElement) -> dict[int, Any]:
        """Coordinates in the basis, which takes in what is left of the function, if anything."""
        found: dict[int, Any] = {}
        while function:
            leading, weight = function.LM, function.LC
            if leading not in self._places:
                self._places[leading] = len(self.functions)
                self.functions.append(function.monic())
            place = self._places[leading]
            found[place] = weight
            function = function - self.functions[place] * weight
        return found


def _adapted(split: Splitting) -> tuple[DomainMatrix, list[int]]:
    """A basis of ``N`` along its lower central series, and which of it is one of the center."""
    size, domain = len(split.right), split.right[0].domain
    everything = DomainMatrix.eye(size, domain).to_sparse()
    terms = series(everything, partial(bracket_of, split.right, everything))
    basis = DomainMatrix.zeros((0, size), domain).to_sparse()
    seeds: list[int] = []
    # From the last term on: first what there is of the center, then the rest of the term.
    for term in reversed(terms):
        central = complement(basis, _intersection(split.central, term))
        seeds += range(basis.shape[0], basis.shape[0] + central.shape[0])
        basis = basis.vstack(central)
        basis = basis.vstack(complement(basis, term))
    return basis, seeds


def _intersection(first: DomainMatrix, second: DomainMatrix) -> DomainMatrix:
    """The rows in both row spaces."""
    relations = kernel(first.vstack(second).transpose())
    count = list(range(first.shape[0]))
    return span(relations.extract(list(range(relations.shape[0])), count).matmul(first))
