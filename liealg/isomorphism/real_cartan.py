"""Cartan subalgebras of real semisimple algebras: roots, root vectors and complex conjugation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.isomorphism.chambers import Root, Roots, negative, plus
from liealg.number_fields import Conjugation, common_field, conjugation_of
from liealg.square_roots import parts_of
from liealg.structure.brackets import bracket_matrix, right_brackets
from liealg.structure.roots import root_system
from liealg.structure.subspace import kernel


@dataclass(frozen=True, eq=False)
class RealCartan:
    """A Cartan subalgebra ``H`` of a real semisimple algebra with all its roots.

    Complex conjugation takes root spaces to root spaces, and with them roots to roots: a root is
    real if it stays, and imaginary if it becomes its negative (Knapp, *Lie Groups Beyond an
    Introduction*, 2nd ed. 2002, section VI.7).

    Attributes
    ----------
    right : tuple of DomainMatrix
        The brackets, over a field that holds the values of the roots.
    rows : DomainMatrix
        A basis of ``H``, real.
    roots : Roots
        The root system by its Cartan matrix.
    values : list of list
        The values of the simple roots on the rows of ``H``.
    """

    right: tuple[DomainMatrix, ...]
    rows: DomainMatrix
    roots: Roots
    values: list[list[Any]]

    @property
    def domain(self) -> Any:
        """The field."""
        return self.rows.domain

    @cached_property
    def conjugation(self) -> Conjugation:
        """Complex conjugation on the field."""
        return conjugation_of(self.domain)

    def value(self, root: Root) -> list[Any]:
        """The values of a root on the rows of ``H``."""
        total = [self.domain.zero] * self.rows.shape[0]
        for count, values in zip(root, self.values, strict=True):
            if count:
                total = [a + b * count for a, b in zip(total, values, strict=True)]
        return total

    @cached_property
    def _conjugates(self) -> list[Root]:
        places = {tuple(self.value(root)): root for root in self.roots.all}
        return [
            places[tuple(self.conjugation.number(entry) for entry in values)]
            for values in self.values
        ]

    def conjugate(self, root: Root) -> Root:
        """The root whose values are the complex conjugates."""
        total = tuple(0 for _ in root)
        for count, image in zip(root, self._conjugates, strict=True):
            total = plus(total, tuple(count * part for part in image))
        return total

    @cached_property
    def real_roots(self) -> list[Root]:
        """The roots with real values."""
        return sorted(root for root in self.roots.all if self.conjugate(root) == root)

    def vector(self, root: Root) -> DomainMatrix:
        """A vector of the root space, in echelon form: real if the root is."""
        k, domain = len(self.right), self.domain
        identity = DomainMatrix.eye(k, domain).to_sparse()
        columns = list(range(k))
        maps = [
            bracket_matrix(self.right, self.rows.extract([i], columns)) - identity * value
            for i, value in enumerate(self.value(root))
        ]
        found = kernel(maps[0].hstack(*maps[1:]).transpose())
        assert found.shape[0] == 1, "a root space is a line"
        return found

    def pair(self, root: Root) -> tuple[DomainMatrix, DomainMatrix]:
        """``e`` and ``f`` of the root and its negative with ``[[e, f], e] = 2 e``."""
        e, f = self.vector(root), self.vector(negative(root))
        h = f.matmul(bracket_matrix(self.right, e))
        image = e.matmul(bracket_matrix(self.right, h))
        return e, f * (self.domain.convert(2) / ratio(image, e))

    def conjugate_factor(self, vector: DomainMatrix, target: DomainMatrix) -> Any:
        """The number ``w`` with ``conj(vector) = w target``, for two of one line."""
        return ratio(self.conjugation.matrix(vector), target)


def ratio(vector: DomainMatrix, base: DomainMatrix) -> Any:
    """The number ``w`` with ``vector = w base``."""
    place, value = next(iter(base.to_dok().items()))
    return vector.to_dok()[place] / value


def real_cartan(algebra: LieAlgebra) -> RealCartan | None:
    """The Cartan subalgebra of :func:`root_system` with its roots, if they are explicit."""
    found = root_system(algebra)
    if found.simple_root_values is None:
        return None
    rows, values, *right = common_field(
        found.cartan_subalgebra.rows, found.simple_root_values, *right_brackets(algebra)
    )
    matrix = [[int(entry) for entry in row] for row in found.cartan_matrix.tolist()]
    return RealCartan(tuple(right), rows, Roots(matrix), values.to_dense().to_list())


def maximally_compact(cartan: RealCartan) -> RealCartan:
    """A Cartan subalgebra without real roots, by one Cayley transform after the other.

    For a real root ``alpha`` with real ``e, f, h = [e, f]``, the transform takes ``H`` to the
    kernel of ``alpha`` and ``e - t f``, ``t > 0``. Roots keep their values on the kernel, and
    ``beta(e - t f) = sqrt(-t) beta(h)``. Knapp, 2nd ed. 2002, section VI.7.
    """
    while cartan.real_roots:
        cartan = _transformed(cartan, cartan.real_roots[0])
    return cartan


def _transformed(cartan: RealCartan, alpha: Root) -> RealCartan:
    domain = cartan.domain
    t = imaginary_root(domain) or 1
    root = sp.sqrt(-t)
    rank = cartan.rows.shape[0]
    values = DomainMatrix([cartan.value(alpha)], (1, rank), domain)
    inside = kernel(values)
    e, f = cartan.pair(alpha)
    rows = inside.matmul(cartan.rows).vstack(e - f * domain.convert(t))
    kept = DomainMatrix(cartan.values, (rank, rank), domain).matmul(inside.transpose().to_dense())
    turned = [root * cartan.roots.pairing(simple, alpha) for simple in cartan.roots.simple]
    rows, kept, last, *right = common_field(
        rows, kept, sp.Matrix(turned), *cartan.right, adjoin=(root,)
    )
    new = kept.hstack(last).to_dense().to_list()
    return RealCartan(tuple(right), rows, cartan.roots, new)


def imaginary_root(domain: Any) -> int:
    """A positive integer ``t`` whose negative has a root in the field; 0 if none is seen."""
    if not domain.is_AlgebraicField:
        return 0
    parts = parts_of(domain.ext.as_expr())
    negative_ones = [-key for key in parts or () if key < 0]
    return min(negative_ones, default=0)
