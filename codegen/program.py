"""Straight-line programs over real scalars, with every subexpression held once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import sympy as sp

Term = tuple[sp.Expr, int]  # an exact real coefficient and the node that it multiplies


@dataclass(frozen=True)
class Variable:
    """An argument of the program."""

    name: str


@dataclass(frozen=True)
class Sum:
    """``constant + sum of coefficient * node``; a constant is a sum without terms."""

    constant: sp.Expr
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Product:
    """A product of nodes, in increasing order; a power is a repeated factor."""

    factors: tuple[int, ...]


@dataclass(frozen=True)
class Call:
    """``exp``, ``reciprocal`` or the Stumpff function of some order, of one node."""

    function: str
    order: int
    argument: int


Node = Variable | Sum | Product | Call


class Program:
    """A straight-line program: nodes that refer to earlier nodes by their number.

    Equal nodes get the same number, so common subexpressions exist once.

    Attributes
    ----------
    nodes : list of Node
        Operands come before the nodes that use them.

    Examples
    --------
    >>> program = Program()
    >>> x, y = program.variable("x"), program.variable("y")
    >>> program.multiply([x, y]) == program.multiply([y, x])
    True
    """

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}

    def _insert(self, node: Node) -> int:
        if node not in self._numbers:
            self._numbers[node] = len(self.nodes)
            self.nodes.append(node)
        return self._numbers[node]

    def variable(self, name: str) -> int:
        """The argument of this name."""
        return self._insert(Variable(name))

    def constant(self, value: sp.Expr) -> int:
        """An exact real number."""
        return self._insert(Sum(sp.sympify(value), ()))

    def call(self, function: str, argument: int, order: int = 0) -> int:
        """``exp(argument)``, ``1 / argument`` or ``c_order(argument)``."""
        return self._insert(Call(function, order, argument))

    def add(self, terms: Iterable[Term], constant: sp.Expr = sp.S.Zero) -> int:
        """A sum; like terms are collected, numbers are drawn out of the terms and of the sum."""
        total: dict[int, sp.Expr] = {}
        for coefficient, node in terms:
            weight, inner = self.without_number(node)
            if inner is None:
                constant += coefficient * weight
            else:
                total[inner] = total.get(inner, sp.S.Zero) + coefficient * weight
        kept = tuple((c, node) for node, c in sorted(total.items()) if c != 0)
        constant = sp.sympify(constant)
        if constant == 0 and len(kept) == 1 and kept[0][0] == 1:
            return kept[0][1]
        numbers = [constant, *(c for c, _ in kept)] if constant != 0 else [c for c, _ in kept]
        content = _content(numbers) if len(numbers) > 1 else sp.S.One
        if content != 1:
            terms = tuple((c / content, node) for c, node in kept)
            inner = self._insert(Sum(constant / content, terms))
            return self._insert(Sum(sp.S.Zero, ((content, inner),)))
        return self._insert(Sum(constant, kept))

    def multiply(self, factors: Iterable[int]) -> int:
        """A product; nested products are flattened and numbers are drawn out."""
        coefficient = sp.S.One
        flat: list[int] = []
        for factor in factors:
            weight, inner = self.without_number(factor)
            coefficient *= weight
            if inner is not None:
                node = self.nodes[inner]
                flat += node.factors if isinstance(node, Product) else [inner]
        if coefficient == 0 or not flat:
            return self.constant(coefficient)
        product = flat[0] if len(flat) == 1 else self._insert(Product(tuple(sorted(flat))))
        return self.add([(coefficient, product)]) if coefficient != 1 else product

    def nested_product(self, factors: Iterable[int]) -> int:
        """A product whose factors stay as they are, products among them too, but for numbers."""
        coefficient = sp.S.One
        kept = []
        for factor in factors:
            weight, inner = self.without_number(factor)
            coefficient *= weight
            if inner is not None:
                kept.append(inner)
        product = self._insert(Product(tuple(sorted(kept))))
        return self.add([(coefficient, product)])

    def without_number(self, number: int) -> tuple[sp.Expr, int | None]:
        """A node as a number times a node; the node is ``None`` where a number is all there is."""
        node = self.nodes[number]
        if isinstance(node, Sum):
            if not node.terms:
                return node.constant, None
            if node.constant == 0 and len(node.terms) == 1:
                return node.terms[0]
        return sp.S.One, number

    def constant_value(self, number: int) -> sp.Expr | None:
        """The value of a node that is a number, else ``None``."""
        node = self.nodes[number]
        return node.constant if isinstance(node, Sum) and not node.terms else None

    def operands(self, number: int) -> tuple[int, ...]:
        """The nodes that a node uses."""
        return operands(self.nodes[number])

    def reachable(self, roots: Iterable[int]) -> list[int]:
        """The nodes that the roots need, operands before users, in order of first use."""
        seen: dict[int, None] = {}
        stack = [(root, False) for root in reversed(list(roots))]
        while stack:
            number, expanded = stack.pop()
            if number in seen:
                continue
            if expanded:
                seen[number] = None
            else:
                stack.append((number, True))
                stack += [(operand, False) for operand in reversed(self.operands(number))]
        return list(seen)

    def uses(self, roots: Sequence[int]) -> Counter[int]:
        """How often each node is used by the nodes that the roots need, and as a root."""
        counts: Counter[int] = Counter(roots)
        for number in self.reachable(roots):
            node = self.nodes[number]
            counts.update(node.factors if isinstance(node, Product) else self.operands(number))
        return counts

    def operation_count(self, roots: Sequence[int]) -> int:
        """Additions and multiplications needed for the roots; a function call counts as 20."""
        total = 0
        for number in self.reachable(roots):
            node = self.nodes[number]
            if isinstance(node, Product):
                total += len(node.factors) - 1
            elif isinstance(node, Sum) and node.terms:
                additions = len(node.terms) - (node.constant == 0)
                total += additions + sum(abs(c) != 1 for c, _ in node.terms)
            elif isinstance(node, Call):
                total += 20
        return total


def _content(numbers: Sequence[sp.Expr]) -> sp.Expr:
    """The common size of the numbers, negative where all are; 1 where their sizes differ.

    Drawing out a common factor of numbers of different sizes would only move it elsewhere.
    """
    size = abs(numbers[0])
    if any(abs(number) != size for number in numbers):
        return -sp.S.One if all(number < 0 for number in numbers) else sp.S.One
    return -size if all(number < 0 for number in numbers) else size


def operands(node: Node) -> tuple[int, ...]:
    """The numbers of the nodes that a node uses; a repeated factor counts once.

    Examples
    --------
    >>> operands(Product((0, 0, 1)))
    (0, 1)
    """
    if isinstance(node, Sum):
        return tuple(number for _, number in node.terms)
    if isinstance(node, Product):
        return tuple(dict.fromkeys(node.factors))
    return (node.argument,) if isinstance(node, Call) else ()
