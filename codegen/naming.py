"""Names for the intermediate results of a program: what each one is, where that is short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import sympy as sp

from liealg.codegen.program import Call, Node, Product, Program, Sum, Variable

_PREFIXES = {"exp": "exp", "reciprocal": "one_over"}
_LONGEST = 36  # characters; beyond that a number says as much
MULTIPLES = {
    sp.Integer(2): "twice",
    sp.Rational(1, 2): "half",
    sp.Integer(4): "four_times",
    sp.Integer(-1): "minus",
    sp.Integer(-2): "minus_twice",
    sp.Integer(-4): "minus_four_times",
    -sp.Rational(1, 2): "minus_half",
}
"""Words for multiples of something that has a name."""


class Names:
    """The name of each node of a program, found on demand and never given twice.

    Parameters
    ----------
    program
        The program.
    hints
        Names that some nodes must have.

    Examples
    --------
    >>> program = Program()
    >>> x, y = program.variable("x"), program.variable("y")
    >>> names = Names(program, {})
    >>> names[program.multiply([x, x, y])], names[program.add([(1, x), (-1, y)])]
    ('x_squared_y', 'x_minus_y')
    """

    def __init__(self, program: Program, hints: Mapping[int, str]) -> None:
        self._program = program
        self._names = dict(hints)
        self._taken = set(hints.values())
        variables = {node.name for node in program.nodes if isinstance(node, Variable)}
        # A result that overwrites an argument would change what is computed after it.
        assert not self._taken & variables, f"two meanings of {self._taken & variables}"
        self._taken |= variables

    def __getitem__(self, number: int) -> str:
        if number not in self._names:
            self._names[number] = self._unused(self._description(self._program.nodes[number]))
        return self._names[number]

    def _unused(self, name: str) -> str:
        """The name, or with the first number that nothing else has."""
        if name not in ("sum", "product") and name not in self._taken:
            self._taken.add(name)
            return name
        count = 1
        while f"{name}{count}" in self._taken:
            count += 1
        self._taken.add(f"{name}{count}")
        return f"{name}{count}"

    def _description(self, node: Node) -> str:
        if isinstance(node, Variable):
            self._taken.discard(node.name)
            return node.name
        if isinstance(node, Call):
            if node.function in _PREFIXES:
                return self._short(f"{_PREFIXES[node.function]}_{self[node.argument]}", "product")
            suffix = self[node.argument].removeprefix("delta").replace("_", "")
            return f"c{node.order}" + (f"_{suffix}" if suffix else "")
        if isinstance(node, Product):
            return self._of_product(node)
        return self._of_sum(node)

    def _of_product(self, node: Product) -> str:
        words = []
        for factor, power in Counter(_flat(self._program, node)).items():
            word = self[factor]
            words.append(word if power == 1 else f"{word}_{_power(power)}")
        return self._short("_".join(sorted(words, key=reading_order)), "product")

    def _of_sum(self, node: Sum) -> str:
        if node.constant == 0 and len(node.terms) == 1 and node.terms[0][0] in MULTIPLES:
            coefficient, operand = node.terms[0]
            return self._short(f"{MULTIPLES[coefficient]}_{self[operand]}", "sum")
        if node.constant == 0 and len(node.terms) == 2:
            (first, p), (second, q) = node.terms
            if (first, second) == (1, 1):
                return self._short(f"{self[p]}_plus_{self[q]}", "sum")
            if {first, second} == {1, -1}:
                positive, negative = (p, q) if first == 1 else (q, p)
                return self._short(f"{self[positive]}_minus_{self[negative]}", "sum")
        return "sum"

    @staticmethod
    def _short(name: str, otherwise: str) -> str:
        return name if len(name) <= _LONGEST else otherwise


def _flat(program: Program, product: Product) -> list[int]:
    flat: list[int] = []
    for factor in product.factors:
        node = program.nodes[factor]
        flat += _flat(program, node) if isinstance(node, Product) else [factor]
    return flat


def _power(power: int) -> str:
    return {2: "squared", 3: "cubed"}.get(power, f"to_the_{power}")


def reading_order(word: str) -> tuple[int, str]:
    """Sort key for factors: functions, coefficients, other variables, then sums in brackets.

    Examples
    --------
    >>> sorted(["(a + b)", "x1", "theta2", "c1"], key=reading_order)
    ['c1', 'theta2', 'x1', '(a + b)']
    """
    if re.match(r"(c\d|exp_)", word):
        rank = 0
    else:
        rank = 3 if word.startswith("(") else 1 if word.startswith("theta") else 2
    return rank, word
