"""From SymPy formulas to straight-line programs."""

from __future__ import annotations

import re

import sympy as sp

from liealg.codegen.program import Program
from liealg.derive.stumpff import Stumpff


def build(program: Program, expression: sp.Expr) -> int:
    """Insert a real SymPy expression into a program and return its node.

    The expression is made of symbols, exact real numbers, sums, products, integer powers, ``exp``
    and Stumpff functions; symbols become variables by ``variable_name``.

    Raises
    ------
    TypeError
        If the expression holds anything else.

    Examples
    --------
    >>> program = Program()
    >>> x, y = sp.symbols("x y")
    >>> program.nodes[build(program, 3 * x * y)]
    Sum(constant=0, terms=((3, 2),))
    """
    if not expression.free_symbols:
        return program.constant(expression)
    if isinstance(expression, sp.Symbol):
        return program.variable(variable_name(expression))
    if isinstance(expression, sp.Add):
        parts = [_number_and_rest(term) for term in expression.as_ordered_terms()]
        terms = [(number, build(program, rest)) for number, rest in parts if rest != 1]
        return program.add(terms, sp.Add(*(number for number, rest in parts if rest == 1)))
    if isinstance(expression, sp.Mul):
        number, rest = _number_and_rest(expression)
        product = program.multiply([build(program, factor) for factor in sp.Mul.make_args(rest)])
        return program.add([(number, product)])
    if isinstance(expression, sp.exp):
        return program.call("exp", build(program, expression.args[0]))
    if isinstance(expression, sp.Pow) and expression.exp.is_Integer:
        base = build(program, expression.base)
        if expression.exp < 0:
            base = program.call("reciprocal", base)
        return program.multiply([base] * abs(int(expression.exp)))
    if isinstance(expression, Stumpff):
        return program.call("stumpff", build(program, expression.argument), expression.order)
    raise TypeError(f"{expression} has no place in a straight-line program")


def variable_name(symbol: sp.Symbol) -> str:
    """The name of a symbol in generated code: coefficients lose their underscore.

    Examples
    --------
    >>> variable_name(sp.Symbol("theta_12")), variable_name(sp.Symbol("speed_of_light"))
    ('theta12', 'speed_of_light')
    """
    return re.sub(r"^(theta|alpha|beta)_(\d+)$", r"\1\2", str(symbol))


def _number_and_rest(expression: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    numbers = [arg for arg in sp.Mul.make_args(expression) if not arg.free_symbols]
    rest = [arg for arg in sp.Mul.make_args(expression) if arg.free_symbols]
    return sp.Mul(*numbers), sp.Mul(*rest)
