"""Printing a program as the body of a TensorFlow function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy as sp

from liealg.codegen.naming import Names, reading_order
from liealg.codegen.program import Call, Product, Program, Sum, Variable

WIDTH = 100  # characters in a line of a generated file
_LONGEST_INLINE = 60
_LONGEST_RESULT = 30
_SUM, _PRODUCT, _ATOM = 1, 2, 3


class Body:
    """The lines that compute some nodes of a program, and an expression for each.

    Parameters
    ----------
    program
        The program, with common parts shared already.
    roots
        The nodes to compute.
    names
        Names of nodes that become assignments, however short.
    result_names
        Names of roots that become assignments unless they are short.

    Attributes
    ----------
    lines : list of str
        Assignments, indented by four spaces, none longer than ``WIDTH`` where that can be.
    results : list of str
        One expression for each root.

    Examples
    --------
    >>> program = Program()
    >>> x, y = program.variable("x"), program.variable("y")
    >>> body = Body(program, [program.add([(1, x), (-1, program.multiply([y, y]))])], {})
    >>> body.lines, body.results
    ([], ['x - y * y'])
    """

    def __init__(
        self,
        program: Program,
        roots: Sequence[int],
        names: Mapping[int, str],
        result_names: Sequence[str] = (),
    ) -> None:
        self._program = program
        self._results: dict[int, str] = {}
        for root, name in zip(roots, result_names, strict=False):
            if root not in names and isinstance(program.nodes[root], Sum | Product):
                self._results.setdefault(root, name)
        self._names = Names(program, {**self._results, **names})
        self._forced = set(names)
        self._uses = program.uses(roots)
        self._text: dict[int, tuple[str, int]] = {}  # how a node is written, and its precedence
        self.lines: list[str] = []
        self._reachable = program.reachable(roots)
        for number in self._reachable:
            self._emit(number)
        self.results = [self._text[root][0] for root in roots]

    def _emit(self, number: int) -> None:
        node = self._program.nodes[number]
        if number in self._text:
            return
        if isinstance(node, Variable):
            self._text[number] = node.name, _ATOM
        elif isinstance(node, Call):
            self._emit_call(node)
        else:
            pieces, precedence = self._pieces(number)
            text = _join(pieces)
            if self._wants_name(number, text):
                self.lines += assignment(self._names[number], pieces)
                self._text[number] = self._names[number], _ATOM
            else:
                self._text[number] = text, precedence

    def _wants_name(self, number: int, text: str) -> bool:
        node = self._program.nodes[number]
        if number in self._forced:
            return True
        if isinstance(node, Sum):
            if not node.terms:
                return False
            if node.constant == 0 and len(node.terms) == 1 and node.terms[0][0] == -1:
                return False  # a sign is cheaper than a name
        if number in self._results and len(text) > _LONGEST_RESULT:
            return True
        return self._uses[number] > 1 or len(text) > _LONGEST_INLINE

    def _emit_call(self, call: Call) -> None:
        """All functions of one argument in one line: they share their hard part."""
        together = [
            number
            for number in self._reachable
            if isinstance(other := self._program.nodes[number], Call)
            and (other.function, other.argument) == (call.function, call.argument)
        ]
        together.sort(key=lambda number: self._call(number).order)
        argument = self._text[call.argument][0]
        targets = [self._names[number] for number in together]
        if call.function == "exp":
            self.lines.append(f"    {targets[0]} = tf.exp({argument})")
        elif call.function == "reciprocal":
            self.lines.append(f"    {targets[0]} = 1 / {self._operand(call.argument, _ATOM)}")
        else:
            orders = ", ".join(str(self._call(number).order) for number in together)
            self.lines += unpacking(targets, f"stumpff({argument}, {orders})")
        for number, target in zip(together, targets, strict=True):
            self._text[number] = target, _ATOM

    def _call(self, number: int) -> Call:
        node = self._program.nodes[number]
        assert isinstance(node, Call)
        return node

    def _pieces(self, number: int) -> tuple[list[str], int]:
        """The operands with their operators, such as ``["x", "- ", "y"]``, and the precedence."""
        node = self._program.nodes[number]
        if isinstance(node, Product):
            return self._product(node.factors), _PRODUCT
        assert isinstance(node, Sum)
        if not node.terms:
            return [literal(node.constant)], _ATOM if node.constant >= 0 else _SUM
        terms = [self._term(coefficient, operand) for coefficient, operand in node.terms]
        if node.constant != 0:
            terms.insert(0, ("-" if node.constant < 0 else "+", literal(abs(node.constant))))
        # A sum reads better where it does not begin with a minus.
        if terms[0][0] == "-":
            terms.sort(key=lambda term: term[0] == "-")
        sign, first = terms[0]
        pieces = [f"-{first}" if sign == "-" else first]
        pieces += [f"{sign} {text}" for sign, text in terms[1:]]
        single = len(terms) == 1
        return pieces, _PRODUCT if single and sign == "+" else _SUM

    def _product(self, factors: Sequence[int]) -> list[str]:
        texts = sorted((self._operand(number, _PRODUCT) for number in factors), key=reading_order)
        return [texts[0], *(f"* {text}" for text in texts[1:])]

    def _operand(self, number: int, level: int) -> str:
        text, precedence = self._text[number]
        return text if precedence >= level else f"({text})"

    def _term(self, coefficient: sp.Expr, operand: int) -> tuple[str, str]:
        sign = "-" if coefficient < 0 else "+"
        size = abs(coefficient)
        text = self._operand(operand, _PRODUCT)
        if size == 1:
            return sign, text
        if size.is_Rational and size.p == 1:
            return sign, f"{self._operand(operand, _PRODUCT)} / {size.q}"
        return sign, f"{literal(size)} * {text}"


def literal(number: sp.Expr) -> str:
    """An exact real number as Python source, correctly rounded to double precision.

    Examples
    --------
    >>> literal(sp.Rational(3, 4)), literal(sp.Rational(2, 3)), literal(sp.sqrt(3) / 2)
    ('0.75', '2 / 3', '0.8660254037844386')
    """
    if number.is_Integer:
        return str(number)
    if number.is_Rational:
        if number.q in (2, 4, 8, 16):
            return repr(float(number))
        return f"{number.p} / {number.q}"
    return repr(float(sp.N(number, 40)))


def assignment(target: str, pieces: Sequence[str]) -> list[str]:
    """One assignment, over several lines where it is too long for one.

    Examples
    --------
    >>> assignment("x", ["a", "+ b"])
    ['    x = a + b']
    """
    text = _join(pieces)
    if len(line := f"    {target} = {text}") <= WIDTH:
        return [line]
    if len(pieces) <= 2 and text.endswith(")"):
        # The formatter opens the last bracket rather than put a pair around everything.
        head, inner = _last_bracket(text)
        if len(f"    {target} = {head}") <= WIDTH and len(f"        {inner}") <= WIDTH:
            return [f"    {target} = {head}", f"        {inner}", "    )"]
    if len(line := f"        {text}") <= WIDTH:
        return [f"    {target} = (", line, "    )"]
    return [f"    {target} = (", *(f"        {piece}" for piece in pieces), "    )"]


def _last_bracket(text: str) -> tuple[str, str]:
    """Split ``a * (b + c)`` into ``a * (`` and ``b + c``."""
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth == 0:
            break
    return text[: position + 1], text[position + 1 : -1]


def call_with_rows(target: str, function: str, rows: Sequence[Sequence[str]]) -> list[str]:
    r"""``return function([[...], ...])`` or ``x = function(...)``, one row to a line.

    Examples
    --------
    >>> print("\n".join(call_with_rows("return", "matrix", [["a", "b"], ["c", "d"]])))
        return matrix(
            [
                [a, b],
                [c, d],
            ]
        )
    """
    lines = [f"    {target} {function}(", "        ["]
    for row in rows:
        if len(line := f"            [{', '.join(row)}],") <= WIDTH:
            lines.append(line)
        else:
            entries = [f"                {entry}," for entry in row]
            lines += ["            [", *entries, "            ],"]
    return [*lines, "        ]", "    )"]


def call_with_entries(target: str, function: str, entries: Sequence[str]) -> list[str]:
    """``return function([...])`` with as many entries to a line as the formatter puts there.

    Examples
    --------
    >>> call_with_entries("return", "vector", ["a", "b"])
    ['    return vector([a, b])']
    """
    listed = ", ".join(entries)
    if len(line := f"    {target} {function}([{listed}])") <= WIDTH:
        return [line]
    if len(line := f"        [{listed}]") <= WIDTH:
        return [f"    {target} {function}(", line, "    )"]
    lines = [f"            {entry}," for entry in entries]
    return [f"    {target} {function}(", "        [", *lines, "        ]", "    )"]


def unpacking(targets: Sequence[str], value: str) -> list[str]:
    """``a, b = value``, with brackets around the targets where they need several lines.

    Examples
    --------
    >>> unpacking(["a", "b"], "pair"), unpacking(["a"], "single")
    (['    a, b = pair'], ['    (a,) = single'])
    """
    listed = ", ".join(targets) if len(targets) > 1 else f"({targets[0]},)"
    if len(line := f"    {listed} = {value}") <= WIDTH:
        return [line]
    return ["    (", *(f"        {target}," for target in targets), f"    ) = {value}"]


def _join(pieces: Sequence[str]) -> str:
    return " ".join(pieces)
