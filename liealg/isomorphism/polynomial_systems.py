"""Real solutions of small polynomial systems that have many, by a bounded search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sympy as sp
from sympy.polys.rings import PolyElement

_MOST_STEPS = 400
_MOST_TERMS = 400
_GUESSES = (1, -1, 0, 2)


class _Budget:
    def __init__(self) -> None:
        self.steps = 0

    def spend(self) -> bool:
        self.steps += 1
        return self.steps <= _MOST_STEPS


def real_solutions(equations: list[PolyElement], count: int) -> Iterator[list[sp.Expr]]:
    """Some real solutions; the search ends after a fixed number of steps.

    An unknown that stands alone and linear in an equation is eliminated; an equation with a factor
    branches; one in a single unknown is solved, by a square root if need be; and where many
    unknowns are left the most frequent is guessed, 1 first. Equations are polynomials of one ring
    in ``count`` unknowns over the rationals or a field of real numbers.

    Examples
    --------
    >>> from sympy.polys.rings import ring
    >>> _, x, y = ring("x, y", sp.QQ)
    >>> next(real_solutions([x * y - 2, x**2 - 2], 2))
    [sqrt(2), sqrt(2)]
    """
    yield from _search(equations, {}, count, _Budget())


# What an unknown is in terms of those that were eliminated later.
_Known = dict[int, PolyElement]


def _search(
    equations: list[PolyElement], known: _Known, count: int, budget: _Budget
) -> Iterator[list[sp.Expr]]:
    while True:
        equations = list(dict.fromkeys(equation for equation in equations if equation))
        if any(equation.is_ground for equation in equations) or not budget.spend():
            return
        if not equations:
            yield from _completed(known, count)
            return
        found = _linear(equations)
        if found is None:
            break
        eliminated, value, used = found
        rest = [equation for equation in equations if equation is not used]
        equations = [_replaced(equation, eliminated, value) for equation in rest]
        if any(len(equation) > _MOST_TERMS for equation in equations):
            return
        known = {**known, eliminated: value}
    for branch, unknown, value in _branches(equations):
        if unknown is None:
            yield from _search([branch, *equations], known, count, budget)
        else:
            reduced = [_replaced(equation, unknown, value) for equation in equations]
            yield from _search(reduced, {**known, unknown: value}, count, budget)


def _linear(equations: list[PolyElement]) -> tuple[int, PolyElement, PolyElement] | None:
    """An unknown that a number times it and other terms without it make up an equation."""
    best = None
    for equation in equations:
        size = len(equation)
        if best is not None and size >= best[0]:
            continue
        degrees = equation.degrees()
        for monomial, value in equation.items():
            if sum(monomial) == 1:
                unknown = monomial.index(1)
                if degrees[unknown] == 1 and _occurrences(equation, unknown) == 1:
                    rest = equation - equation.ring.from_dict({monomial: value})
                    best = (size, unknown, -rest * (equation.ring.domain.one / value), equation)
                    break
    return None if best is None else best[1:]


def _occurrences(equation: PolyElement, unknown: int) -> int:
    return sum(1 for monomial in equation if monomial[unknown])


def _replaced(equation: PolyElement, unknown: int, value: PolyElement) -> PolyElement:
    if value.ring != equation.ring:
        equation = equation.set_ring(value.ring)
    if not any(monomial[unknown] for monomial in equation):
        return equation
    return equation.compose(equation.ring.gens[unknown], value)


def _branches(
    equations: list[PolyElement],
) -> Iterator[tuple[PolyElement | None, int | None, PolyElement | None]]:
    """A factor as a further equation, or an unknown with its value."""
    for equation in sorted(equations, key=len):
        if len(equation) > 12:
            break
        _, factors = equation.factor_list()
        if len(factors) > 1 or factors[0][1] > 1:
            # Factors that are no unknown first: most coefficients of an isomorphism are not zero.
            for factor, _ in sorted(factors, key=lambda pair: len(pair[0]), reverse=True):
                yield factor, None, None
            return
        involved = [i for i, degree in enumerate(equation.degrees()) if degree]
        if len(involved) == 1:
            for value in _roots(equation, involved[0]):
                yield None, involved[0], value
            return
    counts = Counter(
        i for equation in equations for monomial in equation for i, n in enumerate(monomial) if n
    )
    unknown = min(counts, key=lambda i: (-counts[i], i))
    for guess in _GUESSES:
        yield None, unknown, equations[0].ring.ground_new(equations[0].ring.domain.convert(guess))


def _roots(equation: PolyElement, unknown: int) -> list[PolyElement]:
    """The real roots of an irreducible polynomial in one unknown, if they are square roots."""
    polynomials = equation.ring
    symbol = polynomials.symbols[unknown]
    polynomial = sp.Poly(equation.as_expr(), symbol)
    if polynomial.degree() != 2:
        return []
    found = []
    denested = map(sp.sqrtdenest, sp.roots(polynomial))
    for root in sorted(denested, key=lambda value: (bool(value.is_negative), str(value))):
        if not root.is_real:
            continue
        generators = [root]
        if polynomials.domain.is_AlgebraicField:
            generators.append(polynomials.domain.ext.as_expr())
        domain = sp.QQ.algebraic_field(*generators)
        if domain.mod.degree() > 8:
            continue
        larger = polynomials.clone(domain=domain)
        found.append(larger.ground_new(domain.from_sympy(sp.expand(root))))
    return found


def _completed(known: _Known, count: int) -> Iterator[list[sp.Expr]]:
    """Values for the unknowns that are left free: ones, then others in general position."""
    free = [i for i in range(count) if i not in known]
    for step in range(3):
        values: dict[int, Any] = {i: sp.Integer(1 + step * (i + 1)) for i in free}
        for unknown in reversed(known):
            polynomial = known[unknown]
            symbols = polynomial.ring.symbols
            values[unknown] = sp.expand(
                polynomial.as_expr().subs({symbols[i]: value for i, value in values.items()})
            )
        yield [values[i] for i in range(count)]
        if not free:
            return
