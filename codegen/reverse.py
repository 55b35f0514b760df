"""Reverse accumulation: from a program to the program of its vector-Jacobian product."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import sympy as sp

from liealg.codegen.program import Call, Product, Program, Sum, Term


def vector_jacobian_product(
    program: Program, cotangents: Mapping[int, Sequence[int]], inputs: Sequence[int]
) -> dict[int, int]:
    """Extend a program by the gradient of ``sum of cotangent * output`` in its inputs.

    Reverse accumulation (Griewank and Walther, *Evaluating Derivatives*, 2008, section 3.2): each
    node's cotangent is the sum over its users of the user's cotangent times the partial derivative,
    so all inputs together cost a small multiple of the program itself.

    Parameters
    ----------
    program
        Is extended in place.
    cotangents
        For each output node, the nodes that hold its cotangents: several where one node is
        several outputs.
    inputs
        The nodes to differentiate by.

    Returns
    -------
    dict
        The cotangent of each input, and of every node between inputs and outputs.

    Examples
    --------
    >>> program = Program()
    >>> x, y, g = (program.variable(name) for name in "xyg")
    >>> cotangents = vector_jacobian_product(program, {program.multiply([x, y]): [g]}, [x])
    >>> cotangents[x] == program.multiply([y, g])
    True
    """
    contributions: dict[int, list[Term]] = {
        output: [(sp.S.One, cotangent) for cotangent in given]
        for output, given in cotangents.items()
    }
    found: dict[int, int] = {}
    for number in reversed(program.reachable(cotangents)):
        if number in inputs or number not in contributions:
            continue
        found[number] = factored_sum(program, contributions.pop(number))
        for operand, coefficient, partial in _partials(program, number):
            product = program.multiply([found[number], *partial])
            contributions.setdefault(operand, []).append((coefficient, product))
    for node in inputs:
        found[node] = factored_sum(program, contributions.get(node, []))
    return found


def _partials(program: Program, number: int) -> list[tuple[int, sp.Expr, list[int]]]:
    """Operand, coefficient and factors of each partial derivative of a node."""
    node = program.nodes[number]
    if isinstance(node, Sum):
        return [(operand, coefficient, []) for coefficient, operand in node.terms]
    if isinstance(node, Product):
        partials = []
        for operand, power in Counter(node.factors).items():
            rest = list(node.factors)
            rest.remove(operand)
            partials.append((operand, sp.Integer(power), rest))
        return partials
    if isinstance(node, Call):
        return [(node.argument, c, [f]) for c, f in _derivative(program, number, node)]
    return []


def _derivative(program: Program, number: int, call: Call) -> list[Term]:
    if call.function == "exp":
        return [(sp.S.One, number)]
    if call.function == "reciprocal":
        return [(-sp.S.One, program.multiply([number, number]))]
    k, z = call.order, call.argument
    return [
        (sp.Rational(1, 2), program.call("stumpff", z, k + 1)),
        (-sp.Rational(k, 2), program.call("stumpff", z, k + 2)),
    ]


def factored_sum(program: Program, terms: Sequence[Term]) -> int:
    """A sum in which the factor that most terms share is drawn out, again and again.

    Examples
    --------
    >>> program = Program()
    >>> a, b, c = (program.variable(name) for name in "abc")
    >>> ab, ac = program.multiply([a, b]), program.multiply([a, c])
    >>> factored = program.multiply([a, program.add([(1, b), (1, c)])])
    >>> factored_sum(program, [(1, ab), (1, ac)]) == factored
    True
    """
    number, total = program.without_number(program.add(terms))
    collected = program.nodes[total] if total is not None else None
    if not isinstance(collected, Sum) or len(collected.terms) < 2:
        return program.add(terms)
    counts: Counter[int] = Counter()
    for _, node in collected.terms:
        counts.update(dict.fromkeys(_factors(program, node), 1))
    common, count = counts.most_common(1)[0]
    if count < 2 or collected.constant != 0:
        return program.add(terms)
    inside, outside = [], []
    for coefficient, node in collected.terms:
        factors = _factors(program, node)
        if common in factors:
            factors.remove(common)
            inside.append((coefficient, program.multiply(factors)))
        else:
            outside.append((coefficient, node))
    product = program.multiply([common, factored_sum(program, inside)])
    return program.add([(number, factored_sum(program, [*outside, (sp.S.One, product)]))])


def _factors(program: Program, number: int) -> list[int]:
    node = program.nodes[number]
    return list(node.factors) if isinstance(node, Product) else [number]
