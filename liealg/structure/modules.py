"""Representations as exact matrices that act on rows: spans, restrictions, quotients, equations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.echelon import row_echelon
from liealg.exact import real_coordinates, small_field
from liealg.scalars import multiply, shaped
from liealg.structure.fitting import combination, weights
from liealg.structure.scope import check_no_parameters
from liealg.structure.subspace import exact_rows, kernel, span


@dataclass(frozen=True, eq=False)
class Module:
    """Matrices that act on rows, ``v -> v A``: the transposes of a basis of a span.

    Attributes
    ----------
    actions : tuple of DomainMatrix
        The matrices ``A``, over one field.
    size : int
        The dimension of the space.
    domain
        The field.
    scale : tuple of sympy.Expr
        Coordinate ``j`` of the module times ``scale[j]`` is coordinate ``j`` of the matrices given.
    """

    actions: tuple[DomainMatrix, ...]
    size: int
    domain: Any
    scale: tuple[sp.Expr, ...] = ()

    def restricted(self, rows: DomainMatrix) -> Module:
        """The action on an invariant row space, in the coordinates of its reduced rows."""
        if rows.shape[0] == self.size:
            return self
        return Module(
            tuple(on_rows(rows, action) for action in self.actions), rows.shape[0], self.domain
        )

    def over(self, domain: Any) -> Module:
        """The same matrices over a larger field."""
        return Module(tuple(a.convert_to(domain) for a in self.actions), self.size, domain)

    def quotient(self, rows: DomainMatrix) -> tuple[Module, list[int]]:
        """The action modulo an invariant row space, and the unit vectors that are its basis."""
        if rows.shape[0] == 0:
            return self, list(range(self.size))
        _, pivots = row_echelon(rows)
        free = [j for j in range(self.size) if j not in pivots]
        actions = []
        for action in self.actions:
            images = action.to_sparse().extract(free, list(range(self.size)))
            actions.append(modulo(images, rows).extract(list(range(len(free))), free))
        return Module(tuple(actions), len(free), self.domain), free

    def is_invariant(self, rows: DomainMatrix) -> bool:
        """Whether every action takes the row space, given by reduced rows, into itself."""
        return all(modulo(multiply(rows, a), rows).is_zero_matrix for a in self.actions)

    def generic(self) -> Iterator[DomainMatrix]:
        """Two elements in general position, which leave few solutions, then all of the span."""
        yield from islice(general_elements(self.actions), 2)
        yield from self.actions


def general_elements(matrices: tuple[DomainMatrix, ...]) -> Iterator[DomainMatrix]:
    """Combinations with small integer coefficients, always the same ones, without end."""
    for row in weights(len(matrices)):
        yield combination(row, matrices)


def modulo(vectors: DomainMatrix, rows: DomainMatrix) -> DomainMatrix:
    """What is left of each vector after its multiples of the reduced rows: zero if it is in."""
    if rows.shape[0] == 0:
        return vectors.to_sparse()
    _, pivots = row_echelon(rows)
    chosen = vectors.to_sparse().extract(list(range(vectors.shape[0])), list(pivots))
    return (vectors.to_sparse() - multiply(chosen, rows).to_sparse()).to_sparse()


def on_rows(rows: DomainMatrix, matrix: DomainMatrix) -> DomainMatrix:
    """The matrix ``M`` with ``rows matrix = M rows``, for reduced rows of an invariant space."""
    _, pivots = row_echelon(rows)
    image = multiply(rows, matrix).to_sparse()
    return image.extract(list(range(rows.shape[0])), list(pivots))


def as_matrices(rows: DomainMatrix, size: int) -> tuple[DomainMatrix, ...]:
    """Each row as a ``size x size`` matrix."""
    columns = list(range(rows.shape[1]))
    rows = rows.to_sparse()
    return tuple(shaped(rows.extract([i], columns), size, size) for i in range(rows.shape[0]))


def solutions(start: DomainMatrix, maps: Iterator[DomainMatrix]) -> DomainMatrix:
    """The rows of the space ``start`` that every one of the linear maps ``v -> v K`` kills."""
    space = start
    for linear in maps:
        if space.shape[0] == 0:
            break
        image = multiply(space, linear)
        if not image.is_zero_matrix:
            space = multiply(kernel(image.transpose()), space)
    return span(space.to_sparse())


def two_sided(left: DomainMatrix, right: DomainMatrix) -> DomainMatrix:
    """``K`` with ``f K`` the entries of ``left F + F right`` for those ``f`` of ``F``."""
    n = left.shape[0]
    entries: dict[tuple[int, int], Any] = {}
    for sparse, place in (
        (left.to_sparse(), lambda i, k, j: (k * n + j, i * n + j)),
        (right.to_sparse(), lambda k, i, j: (j * n + k, j * n + i)),
    ):
        for (first, second), value in sparse.to_dok().items():
            for j in range(n):
                key = place(first, second, j)
                entries[key] = entries[key] + value if key in entries else value
    return DomainMatrix.from_dok(entries, (n * n, n * n), left.domain).to_sparse()


def minimal_polynomial(matrix: DomainMatrix, unknown: sp.Symbol) -> sp.Poly:
    """The first linear relation between the powers of a matrix, monic."""
    n, domain = matrix.shape[0], matrix.domain
    power = DomainMatrix.eye(n, domain).to_sparse()
    powers = shaped(power, 1, n * n)
    while True:
        power = multiply(power, matrix)
        powers = powers.vstack(shaped(power, 1, n * n))
        relation = kernel(powers.transpose())
        if relation.shape[0]:
            coefficients = relation.to_list()[0]
            return sp.Poly(coefficients[::-1], unknown, domain=domain).monic()


@lru_cache(maxsize=64)
def module_of(basis: MatrixBasis) -> Module:
    """The span of the matrices, over the reals, or over the complex numbers if one is complex.

    The reduced rows of the span do not depend on the basis, and their entries are often in a
    smaller field: the complex span of su(n) is that of sl(n), which needs no roots.
    """
    check_no_parameters(basis, "the representation")
    reduced = small_field(span(scaled_rows(basis)))
    actions = tuple(matrix.transpose() for matrix in as_matrices(reduced, basis.n))
    return Module(actions, basis.n, reduced.domain, _scales(basis.matrices))


@lru_cache(maxsize=64)
def scaled_rows(basis: MatrixBasis) -> DomainMatrix:
    """The matrices in the coordinates of their module, before they are transposed, as rows."""
    n, scale = basis.n, _scales(basis.matrices)
    rows = [
        [matrix[i, j] * scale[j] / scale[i] for i in range(n) for j in range(n)]
        for matrix in basis.matrices
    ]
    return exact_rows(_radsimp(rows) if set(scale) != {1} else rows)


@lru_cache(maxsize=64)
def realified_module(basis: MatrixBasis) -> Module:
    """The real span, acting on the real and imaginary parts of ``C^n``: on ``R^(2 n)``."""
    check_no_parameters(basis, "the representation")
    if not basis.is_complex:
        return _doubled(module_of(basis))
    basis = basis.over_reals
    n, scale = basis.n, _scales(basis.matrices)
    scaled: Sequence[sp.MatrixBase] = basis.matrices
    if set(scale) != {1}:
        there = sp.diag(*scale)
        back = sp.diag(*(1 / s for s in scale))
        scaled = [sp.Matrix(_radsimp((back * m * there).tolist())) for m in basis.matrices]
    reduced = small_field(span(real_coordinates(scaled)))
    actions = []
    for row in range(reduced.shape[0]):
        entries = {}
        for (_, place), value in reduced.extract([row], list(range(2 * n * n))).to_dok().items():
            part, rest = divmod(place, n * n)
            i, j = divmod(rest, n)
            entries[j + part * n, i] = value if not part else -value
            entries[j + (1 - part) * n, i + n] = value
        actions.append(DomainMatrix.from_dok(entries, (2 * n, 2 * n), reduced.domain).to_sparse())
    return Module(tuple(actions), 2 * n, reduced.domain, scale * 2)


def _doubled(module: Module) -> Module:
    """Real matrices, on real and imaginary parts alike."""
    n, actions = module.size, []
    for action in module.actions:
        entries = dict(action.to_sparse().to_dok())
        entries.update({(i + n, j + n): value for (i, j), value in action.to_dok().items()})
        actions.append(DomainMatrix.from_dok(entries, (2 * n, 2 * n), module.domain).to_sparse())
    return Module(tuple(actions), 2 * n, module.domain, module.scale * 2)


def given_subspace(module: Module, rows: DomainMatrix) -> sp.ImmutableDenseMatrix:
    """Reduced rows in the coordinates of the matrices given."""
    listed = span(rows).to_Matrix()
    if set(module.scale) <= {sp.S.One}:
        return listed.as_immutable()
    scaled = _radsimp((listed * sp.diag(*module.scale)).tolist())
    return span(exact_rows(scaled)).to_Matrix().as_immutable()


def given_matrix(
    module: Module, matrix: DomainMatrix, factor: Callable[[sp.Expr, sp.Expr], sp.Expr]
) -> sp.ImmutableDenseMatrix:
    """A matrix of the module in the coordinates given: entry ``(i, j)`` times a factor."""
    entries = matrix.to_Matrix()
    if not set(module.scale) <= {sp.S.One}:
        entries = sp.Matrix(
            *entries.shape,
            lambda i, j: sp.radsimp(entries[i, j] * factor(module.scale[i], module.scale[j])),
        )
    return entries.as_immutable()


def primitive(rows: DomainMatrix) -> DomainMatrix:
    """Each rational row scaled to integers without a common factor; others as they are."""
    if rows.domain != sp.QQ:
        return rows
    entries = dict(rows.to_sparse().to_dok())
    for i in range(rows.shape[0]):
        row = {place: value for place, value in entries.items() if place[0] == i}
        if row:
            common = sp.ilcm(1, *(int(value.denominator) for value in row.values()))
            content = sp.igcd(0, *(int(value * common) for value in row.values()))
            entries.update({place: value * common / content for place, value in row.items()})
    return DomainMatrix.from_dok(entries, rows.shape, rows.domain).to_sparse()


def _radsimp(rows: Sequence[Sequence[sp.Expr]]) -> list[list[sp.Expr]]:
    return [[sp.radsimp(sp.expand(value)) if value else value for value in row] for row in rows]


@lru_cache(maxsize=64)
def _scales(matrices: tuple[sp.MatrixBase, ...]) -> tuple[sp.Expr, ...]:
    """Lengths of the coordinate axes that take square roots out of the matrices, where they can.

    Along each entry that joins a new axis to those before it, the axis takes the root over: the
    ladder operators of a spin become rational.
    """
    n = matrices[0].rows
    roots: dict[tuple[int, int], sp.Expr] = {}
    for matrix in matrices:
        for i in range(n):
            for j in range(n):
                if i != j and matrix[i, j] != 0 and (i, j) not in roots:
                    roots[i, j] = _root(matrix[i, j])
    scale: list[sp.Expr | None] = [None] * n
    if all(root == 1 for root in roots.values()):
        return tuple([sp.S.One] * n)
    for start in range(n):
        if scale[start] is None:
            scale[start] = sp.S.One
            _follow(start, scale, roots)
    found: tuple[sp.Expr, ...] = tuple(sp.S.One if s is None else s for s in scale)
    return found


def _follow(start: int, scale: list[sp.Expr | None], roots: dict[tuple[int, int], sp.Expr]) -> None:
    waiting = [start]
    while waiting:
        i = waiting.pop(0)
        for j in range(len(scale)):
            root = roots.get((i, j), roots.get((j, i)))
            if scale[j] is None and root is not None:
                scale[j] = _root(scale[i] * root)
                waiting.append(j)


def _root(entry: sp.Expr) -> sp.Expr:
    """The square root of a number whose square is rational, without its rational factor; or 1."""
    if entry.is_Add:
        # Expanded, it has different roots, whose products stay in the square.
        return sp.S.One
    square = sp.expand(entry * sp.conjugate(entry))
    if not square.is_Rational or not sp.expand(entry**2).is_Rational:
        return sp.S.One
    return sp.sqrt(square).as_coeff_Mul()[1]
