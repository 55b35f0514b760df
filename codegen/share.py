"""Sharing of partial products and partial sums among the nodes of a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

import sympy as sp

from liealg.codegen.program import Call, Product, Program, Sum, Term, Variable

Pair = tuple[int, int]
Ratio = tuple[int, int, sp.Expr]


def share(program: Program, roots: Sequence[int]) -> tuple[Program, dict[int, int]]:
    """Rewrite a program so that what several products or sums have in common is computed once.

    The pair of factors that most products contain becomes a node of its own, again and again until
    no pair occurs twice; then the same for pairs of terms, up to a common multiple (Breuer,
    *Generation of optimal code for expressions via factorization*, CACM 1969). Ties go to the pair
    met first, so the result does not depend on anything but the program.

    Returns
    -------
    Program, dict
        The new program, and the number there of each node that the roots need here.

    Examples
    --------
    >>> program = Program()
    >>> a, b, c, d = (program.variable(name) for name in "abcd")
    >>> abc, abd = program.multiply([a, b, c]), program.multiply([a, b, d])
    >>> shared, place = share(program, [abc, abd])
    >>> program.operation_count([abc, abd]), shared.operation_count([place[abc], place[abd]])
    (4, 3)
    """
    order = program.reachable(roots)
    products = {
        n: list(node.factors) for n in order if isinstance(node := program.nodes[n], Product)
    }
    sums = {n: list(node.terms) for n in order if isinstance(node := program.nodes[n], Sum)}
    fresh = len(program.nodes)
    fresh = _extract_factors(products, fresh)
    _extract_terms(sums, fresh)
    return _rebuild(program, roots, order, products, sums)


def _extract_factors(products: dict[int, list[int]], fresh: int) -> int:
    while True:
        counts: Counter[Pair] = Counter()
        for factors in products.values():
            counts.update(dict.fromkeys(combinations(sorted(factors), 2), 1))
        best = max(counts, key=lambda pair: counts[pair], default=None)
        if best is None or counts[best] < 2:
            return fresh
        for number, factors in products.items():
            if len(factors) == 2 and tuple(sorted(factors)) == best:
                pair_node = number  # the pair exists as a node already
                break
        else:
            pair_node, fresh = fresh, fresh + 1
            products[pair_node] = list(best)
        for number, factors in products.items():
            if number != pair_node:
                _replace(factors, best, pair_node)


def _replace(factors: list[int], pair: Pair, by: int) -> None:
    while True:
        rest = list(factors)
        for factor in pair:
            if factor not in rest:
                return
            rest.remove(factor)
        factors[:] = [*rest, by]


def _extract_terms(sums: dict[int, list[Term]], fresh: int) -> int:
    while True:
        counts: Counter[Ratio] = Counter()
        for terms in sums.values():
            counts.update(_ratio(p, q) for p, q in combinations(sorted(terms, key=_node), 2))
        best = max(counts, key=lambda ratio: counts[ratio], default=None)
        if best is None or counts[best] < 2:
            return fresh
        first, second, ratio = best
        pair_node, fresh = fresh, fresh + 1
        for terms in sums.values():
            by_node = {term[1]: term for term in terms}
            if first not in by_node or second not in by_node:
                continue
            if _ratio(by_node[first], by_node[second]) == best:
                rest = [term for term in terms if term[1] not in (first, second)]
                terms[:] = [*rest, (by_node[first][0], pair_node)]
        sums[pair_node] = [(sp.S.One, first), (ratio, second)]


def _node(term: Term) -> int:
    return term[1]


def _ratio(p: Term, q: Term) -> Ratio:
    return p[1], q[1], _quotient(q[0], p[0])


@lru_cache(maxsize=4096)
def _quotient(number: sp.Expr, divisor: sp.Expr) -> sp.Expr:
    quotient = sp.sympify(number) / divisor
    return quotient if quotient.is_Rational else sp.radsimp(quotient)


def _rebuild(
    program: Program,
    roots: Sequence[int],
    order: list[int],
    products: dict[int, list[int]],
    sums: dict[int, list[Term]],
) -> tuple[Program, dict[int, int]]:
    shared = Program()
    place: dict[int, int] = {}

    def build(number: int) -> int:
        if number not in place:
            place[number] = make(number)
        return place[number]

    def make(number: int) -> int:
        if number in products:
            return shared.nested_product([build(factor) for factor in products[number]])
        if number in sums:
            terms = [(c, build(node)) for c, node in sums[number]]
            known = number < len(program.nodes)
            node = program.nodes[number] if known else None
            return shared.add(terms, node.constant if isinstance(node, Sum) else sp.S.Zero)
        node = program.nodes[number]
        if isinstance(node, Variable):
            return shared.variable(node.name)
        assert isinstance(node, Call)
        return shared.call(node.function, build(node.argument), node.order)

    for number in order:
        build(number)
    return shared, place
