"""The radical series of a representation, by the radical of the Lie algebra that acts."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.exact import small_field
from liealg.number_fields import one_field
from liealg.scalars import multiply, shaped
from liealg.structure.brackets import bracket_of, everything
from liealg.structure.commutant import applied, envelope_radical
from liealg.structure.compactness import brackets_with, generated_rows, trace_form
from liealg.structure.fitting import UNKNOWN, evaluate
from liealg.structure.frame import frame_of
from liealg.structure.modules import Module, as_matrices, module_of, scaled_rows
from liealg.structure.radical import frame_radical, is_semisimple
from liealg.structure.subspace import kernel, span

# What a span generates is looked at up to this dimension, that of so(8), or that of the span.
_LARGEST = 28


@lru_cache(maxsize=64)
def radical_series(basis: MatrixBasis) -> tuple[DomainMatrix, ...]:
    """``V > V J > V J^2 > ... > 0`` with the radical ``J`` of the enveloping algebra ``E``.

    By Weyl's theorem ``J = 0`` for a semisimple algebra ``L``. In general let ``R`` be the radical
    of ``L`` and ``N = [L, R]``, which lies in ``J`` (Bourbaki, *Groupes et algebres de Lie*,
    chapter 1, section 5). On ``V / V N`` the elements ``x`` of ``R`` commute with everything, and
    ``f(x)`` is nilpotent for the squarefree part ``f`` of the characteristic polynomial, hence in
    ``J``. Modulo the images of these, too, ``R`` acts by semisimple maps in the center, so that
    what is left is completely reducible. ``V J`` takes the place of ``V``, and so on.

    The rows are those of the module of the basis. Where the span generates a large algebra, ``J``
    itself is computed.
    """
    module = module_of(basis)
    terms = [DomainMatrix.eye(module.size, module.domain).to_sparse()]
    parts = _radical_of_algebra(basis) if isinstance(basis, LieAlgebra) else _radical_of(module)
    if parts is None:
        nilpotent = envelope_radical(module)
        while terms[-1].shape[0]:
            terms.append(applied(terms[-1], nilpotent, module.size))
        return tuple(terms)
    while terms[-1].shape[0]:
        terms.append(_next_term(module, terms[-1], *parts))
    return tuple(terms)


def is_completely_reducible(basis: MatrixBasis) -> bool:
    """Whether the space is a direct sum of irreducible subspaces: whether ``V J = 0``."""
    return len(radical_series(basis)) == 2


_Parts = tuple[DomainMatrix, DomainMatrix]


def _radical_of_algebra(algebra: LieAlgebra) -> _Parts:
    """``N = [L, R]`` and ``R``, as actions on rows, each matrix as one row."""
    module = module_of(algebra)
    if is_semisimple(algebra):
        nothing = DomainMatrix.zeros((0, module.size**2), module.domain).to_sparse()
        return nothing, nothing
    frame = frame_of(algebra)
    radical = frame_radical(algebra)
    nilpotent = bracket_of(frame.right, everything(frame.right), radical)
    return _actions(algebra, frame.given(nilpotent)), _actions(algebra, frame.given(radical))


def _actions(algebra: LieAlgebra, rows: DomainMatrix) -> DomainMatrix:
    """The actions of a subspace of the algebra, over the field of the module."""
    n, domain = algebra.n, module_of(algebra).domain
    left, right = one_field(rows, scaled_rows(algebra))
    found = small_field(span(multiply(left, right).to_sparse())).convert_to(domain)
    turned = {
        (i, place % n * n + place // n): value
        for (i, place), value in found.to_sparse().to_dok().items()
    }
    return span(DomainMatrix.from_dok(turned, found.shape, domain).to_sparse())


def _radical_of(module: Module) -> _Parts | None:
    """``N`` and ``R`` of the Lie algebra ``L`` that matrices generate; ``None`` if it is large.

    As the trace form is nondegenerate on a semisimple subalgebra (Cartan), ``R`` is the orthogonal
    complement of ``[L, L]``, and ``N`` the part of ``[L, L]`` in it.
    """
    n = module.size
    largest = max(len(module.actions), _LARGEST)
    flat = [shaped(action, 1, n * n) for action in module.actions]
    algebra = generated_rows(span(flat[0].vstack(*flat[1:])), n, largest)
    if algebra.shape[0] > largest:
        return None
    # Brackets with elements that generate L span [L, L], by the Jacobi identity.
    brackets = [brackets_with(algebra, action, n) for action in module.actions]
    derived = span(brackets[0].vstack(*brackets[1:]))
    count = derived.shape[0]
    traces = trace_form(derived.vstack(algebra), n).to_sparse()
    rows, columns = list(range(count)), list(range(traces.shape[1]))
    nilpotent = multiply(kernel(traces.extract(rows, columns[:count])), derived)
    radical = multiply(kernel(traces.extract(rows, columns[count:])), algebra)
    return span(nilpotent.to_sparse()), span(radical.to_sparse())


def _next_term(
    module: Module, outer: DomainMatrix, nilpotent: DomainMatrix, radical: DomainMatrix
) -> DomainMatrix:
    """``W J`` of a term ``W``."""
    n, domain = module.size, module.domain
    inner = applied(outer, nilpotent, n)
    if radical.shape[0] == nilpotent.shape[0] or inner.shape[0] == outer.shape[0]:
        return inner
    below = Module(as_matrices(radical, n), n, domain).restricted(outer)
    quotient, free = below.quotient(within(outer, inner))
    frame = outer.to_sparse().extract(free, list(range(n)))
    size = quotient.size
    flat = [shaped(action, 1, size**2) for action in quotient.actions]
    for matrix in as_matrices(span(flat[0].vstack(*flat[1:])), size):
        polynomial = sp.Poly(matrix.to_dense().charpoly(), UNKNOWN, domain=domain)
        image = evaluate(polynomial.sqf_part(), matrix)
        if not image.is_zero_matrix:
            inner = span(inner.vstack(multiply(image.to_sparse(), frame).to_sparse()))
    return inner


def within(outer: DomainMatrix, inner: DomainMatrix) -> DomainMatrix:
    """Rows of a subspace in the coordinates of the reduced rows of a larger one."""
    pivots = [
        min(j for (i, j) in outer.to_sparse().to_dok() if i == r) for r in range(outer.shape[0])
    ]
    return span(inner.to_sparse().extract(list(range(inner.shape[0])), pivots))
