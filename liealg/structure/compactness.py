"""Whether a representation keeps a definite form: whether its group lies in a compact one."""

from __future__ import annotations

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.scalars import multiply, shaped
from liealg.structure.fitting import UNKNOWN
from liealg.structure.modules import (
    Module,
    as_matrices,
    minimal_polynomial,
    modulo,
    solutions,
    two_sided,
)
from liealg.structure.signs import signature
from liealg.structure.subspace import span


def preserves_definite_form(module: Module) -> bool:
    """Whether real matrices keep a definite symmetric form.

    Let ``L`` be the Lie algebra that they generate. If they do, ``x`` has imaginary eigenvalues and
    no nilpotent part, so ``tr(x x) < 0`` unless ``x = 0``. If the trace form is negative definite
    on ``L``, ``L`` is reductive, and its semisimple part is compact, for a noncompact one holds an
    ``x`` with real eigenvalues. Then only the center is left to be looked at.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.structure.modules import module_of
    >>> [preserves_definite_form(module_of(known(name))) for name in ("so4", "so(3, 1)")]
    [True, False]
    """
    rows = DomainMatrix.zeros((0, module.size**2), module.domain).to_sparse()
    for action in module.actions:
        rows = rows.vstack(shaped(action, 1, module.size**2))
    rows = span(rows)
    if not _negative_on(rows, module.size):
        return False
    algebra = generated_rows(rows, module.size)
    if not _negative_on(algebra, module.size):
        return False
    parts = Module(as_matrices(algebra, module.size), module.size, module.domain)
    center = solutions(algebra, (two_sided(-x, x) for x in parts.generic()))
    return all(_is_a_turn(x) for x in as_matrices(center, module.size))


def trace_form(rows: DomainMatrix, size: int) -> DomainMatrix:
    """``tr(x y)`` on the span of matrices, each given as one row."""
    entries = {
        (i, (place % size) * size + place // size): value
        for (i, place), value in rows.to_sparse().to_dok().items()
    }
    turned = DomainMatrix.from_dok(entries, rows.shape, rows.domain)
    return multiply(rows, turned.transpose())


def hermite_form(polynomial: sp.Poly, weight: sp.Poly) -> DomainMatrix:
    """The form ``tr(g x y)`` on polynomials modulo ``f`` without double roots, ``g`` the weight.

    Its signature is the number of real roots of ``f`` where ``g`` is positive less that of those
    where it is negative (Hermite; Basu, Pollack and Roy, *Algorithms in Real Algebraic Geometry*,
    2006, chapter 4).

    Examples
    --------
    >>> f = sp.Poly(UNKNOWN**3 - 2, UNKNOWN, domain="QQ")
    >>> signature(hermite_form(f, sp.Poly(1, UNKNOWN, domain="QQ")))
    (2, 1, 0)
    """
    domain, degree = polynomial.domain, polynomial.degree()
    companion = {(i, i + 1): domain.one for i in range(degree - 1)}
    monic = polynomial.monic().rep.to_list()
    companion.update({(degree - 1, j): -monic[degree - j] for j in range(degree)})
    step = DomainMatrix.from_dok(companion, (degree, degree), domain).to_sparse()
    power = DomainMatrix.zeros((degree, degree), domain).to_sparse()
    identity = DomainMatrix.eye(degree, domain).to_sparse()
    for coefficient in weight.set_domain(domain).rep.to_list():
        power = power.matmul(step) + identity * coefficient
    traces = []
    for _ in range(2 * degree - 1):
        traces.append(
            sum((power.to_dok().get((i, i), domain.zero) for i in range(degree)), domain.zero)
        )
        power = power.matmul(step)
    return DomainMatrix([traces[i : i + degree] for i in range(degree)], (degree, degree), domain)


def real_roots(polynomial: sp.Poly) -> int:
    """How many different real roots a polynomial over a real field has that has no double ones."""
    positive, negative, _ = signature(
        hermite_form(polynomial, sp.Poly(1, UNKNOWN, domain=polynomial.domain))
    )
    return positive - negative


def _negative_on(rows: DomainMatrix, size: int) -> bool:
    return signature(trace_form(rows, size)) == (0, rows.shape[0], 0)


def generated_rows(rows: DomainMatrix, size: int, largest: int | None = None) -> DomainMatrix:
    """The Lie algebra that matrices generate, each given as one row.

    Once there are more than ``largest``, the search ends, and what there is comes back.
    """
    generators = as_matrices(rows, size)
    while True:
        grown = rows
        for x in generators:
            image = modulo(brackets_with(grown, x, size), grown)
            if not image.is_zero_matrix:
                grown = span(grown.vstack(image.to_sparse()))
            if largest is not None and grown.shape[0] > largest:
                return grown
        if grown.shape[0] == rows.shape[0]:
            return rows
        rows = grown


def brackets_with(rows: DomainMatrix, x: DomainMatrix, size: int) -> DomainMatrix:
    """``y x - x y`` for the matrices ``y`` given as rows."""
    count = rows.shape[0]
    right = shaped(multiply(shaped(rows, count * size, size), x), count, size * size)
    beside = {
        (place // size, t * size + place % size): value
        for (t, place), value in rows.to_sparse().to_dok().items()
    }
    wide = DomainMatrix.from_dok(beside, (size, count * size), rows.domain).to_sparse()
    left = {
        (j // size, i * size + j % size): value
        for (i, j), value in multiply(x, wide).to_sparse().to_dok().items()
    }
    return right - DomainMatrix.from_dok(left, right.shape, rows.domain).to_sparse()


def _is_a_turn(matrix: DomainMatrix) -> bool:
    """Whether all eigenvalues are imaginary and there is no nilpotent part."""
    polynomial = minimal_polynomial(matrix, UNKNOWN)
    if not polynomial.is_sqf:
        return False
    coefficients = polynomial.rep.to_list()
    if coefficients[-1] == polynomial.domain.zero:
        coefficients = coefficients[:-1]
    if any(value != polynomial.domain.zero for value in coefficients[1::2]):
        return False
    squares = sp.Poly(coefficients[::2], UNKNOWN, domain=polynomial.domain)
    if squares.degree() == 0:
        return True
    weight = sp.Poly(UNKNOWN, UNKNOWN, domain=polynomial.domain)
    return signature(hermite_form(squares, weight)) == (0, squares.degree(), 0)
