"""Straight-line programs: sharing, reverse accumulation and printing keep the value."""

import math

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from liealg.codegen.build import build
from liealg.codegen.program import Call, Product, Program, Sum, Variable
from liealg.codegen.reverse import vector_jacobian_product
from liealg.codegen.share import share
from liealg.codegen.tensorflow import WIDTH, Body
from liealg.derive.stumpff import Stumpff

X, Y, Z = sp.symbols("x y z", real=True)
VALUES = {X: sp.Rational(2, 3), Y: sp.Rational(-5, 7), Z: sp.Rational(11, 4)}


def expressions():
    leaves = st.sampled_from([X, Y, Z, sp.Integer(2), sp.Rational(-1, 3), sp.sqrt(2)])

    def deeper(inner):
        pairs = st.tuples(inner, inner)
        return st.one_of(
            pairs.map(lambda p: p[0] + p[1]),
            pairs.map(lambda p: p[0] - 2 * p[1]),
            pairs.map(lambda p: p[0] * p[1]),
            inner.map(lambda e: e**2),
            inner.map(lambda e: Stumpff(1, X * Y) * e),
            inner.map(lambda e: sp.exp(X - Y) * e),
        )

    return st.recursive(leaves, deeper, max_leaves=8)


def evaluate(program, node):
    match program.nodes[node]:
        case Variable(name):
            return VALUES[sp.Symbol(name, real=True)].evalf(30)
        case Sum(constant, terms):
            return sp.Add(constant, *(c * evaluate(program, n) for c, n in terms)).evalf(30)
        case Product(factors):
            return math.prod(evaluate(program, n) for n in factors)
        case Call("exp", _, argument):
            return sp.exp(evaluate(program, argument))
        case Call(_, order, argument):
            return Stumpff(order, evaluate(program, argument)).evalf(30)


def close(a, b):
    return abs(sp.N(a - b, 30)) <= 1e-20 * (1 + abs(sp.N(b, 30)))


@settings(max_examples=60)
@given(st.lists(expressions(), min_size=1, max_size=4))
def test_sharing_keeps_values_and_never_adds_operations(formulas):
    program = Program()
    roots = [build(program, formula) for formula in formulas]
    shared, place = share(program, roots)
    for root, formula in zip(roots, formulas, strict=True):
        exact = formula.xreplace(VALUES).evalf(30)
        assert close(evaluate(program, root), exact)
        assert close(evaluate(shared, place[root]), exact)
    places = [place[root] for root in roots]
    assert shared.operation_count(places) <= program.operation_count(roots)


@settings(max_examples=40)
@given(st.lists(expressions(), min_size=1, max_size=3))
def test_reverse_accumulation_is_the_derivative(formulas):
    program = Program()
    inputs = [program.variable(name) for name in "xyz"]
    outputs: dict[int, list[int]] = {}
    weights = [2, -3, 5]
    for formula, weight in zip(formulas, weights, strict=False):
        outputs.setdefault(build(program, formula), []).append(program.constant(weight))
    found = vector_jacobian_product(program, outputs, inputs)
    total = sum(w * f for w, f in zip(weights, formulas, strict=False))
    for symbol, node in zip((X, Y, Z), inputs, strict=True):
        exact = sp.diff(total, symbol).xreplace(VALUES)
        assert close(evaluate(program, found[node]), exact)


@settings(max_examples=60)
@given(st.lists(expressions(), min_size=1, max_size=4))
def test_printed_source_computes_the_value(formulas):
    program = Program()
    roots = [build(program, formula) for formula in formulas]
    shared, place = share(program, roots)
    body = Body(shared, [place[root] for root in roots], {})
    assert all(len(line) <= WIDTH for line in body.lines)

    def stumpff(z, *orders):
        return tuple(float(Stumpff(k, sp.Rational(z)).evalf(17)) for k in orders)

    class Tf:
        exp = staticmethod(math.exp)

    scope = {"stumpff": stumpff, "tf": Tf, **{str(s): float(v) for s, v in VALUES.items()}}
    exec("\n".join(line[4:] for line in body.lines), scope)
    for formula, text in zip(formulas, body.results, strict=True):
        exact = float(formula.xreplace(VALUES).evalf(17))
        terms = [abs(t.evalf(17)) for t in formula.expand().xreplace(VALUES).atoms(sp.Number)]
        assert eval(text, scope) == pytest.approx(
            exact, rel=1e-9, abs=float(1e-9 * (1 + max(terms, default=0)))
        )


def test_a_common_pair_of_factors_is_computed_once():
    program = Program()
    a, b, c, d = (program.variable(name) for name in "abcd")
    roots = [program.multiply([a, b, c]), program.multiply([a, b, d]), program.multiply([a, b])]
    shared, place = share(program, roots)
    assert shared.operation_count([place[root] for root in roots]) == 3


def test_a_common_pair_of_terms_is_computed_once_up_to_a_multiple():
    program = Program()
    a, b, c, d = (program.variable(name) for name in "abcd")
    roots = [program.add([(1, a), (2, b), (1, c)]), program.add([(3, a), (6, b), (1, d)])]
    shared, place = share(program, roots)
    assert shared.operation_count([place[root] for root in roots]) == 5


def test_build_refuses_what_has_no_place_in_a_kernel():
    with pytest.raises(TypeError, match="no place"):
        build(Program(), sp.sin(X))
