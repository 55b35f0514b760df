"""The action on vectors without the matrix: ``exp(A) x`` by products with vectors."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from liealg.codegen.build import build
from liealg.codegen.kernel import Argument, Kernel, entry_names
from liealg.codegen.kernels import argument_names, exp_kernel, parameter_arguments, theta_argument
from liealg.codegen.program import Product, Program, Sum
from liealg.derive import product
from liealg.derive.exponential import Exponential
from liealg.derive.series import Series


def act_kernel(exponential: Exponential) -> Kernel | None:
    """``theta [k], x [n]`` to ``exp(A) x`` by repeated products with vectors.

    ``None`` where forming the matrix takes fewer operations, and for complex matrices.
    """
    basis = exponential.basis
    if basis.is_complex or exponential.parts is None:
        return None
    theta, x = theta_argument(basis), Argument("x", (basis.n,), entry_names("x", (basis.n,)))
    program = Program()
    variables = [program.variable(name) for name in x.variables]
    names: dict[int, str] = {}
    vector = dict(enumerate(variables))
    for form in exponential.blocks:
        factors = form.factors if isinstance(form, product.Product) else (form,)
        for number, series in enumerate(factors, 1):
            assert isinstance(series, Series)
            letter = "a" if series.shift == 0 else "b"
            letter += str(number) if len(factors) > 1 else ""
            vector.update(_act_on_block(program, series, vector, letter, names))
    names |= argument_names(program)
    real = tuple(vector[i] for i in range(basis.n))
    arguments = (theta, x, *parameter_arguments(basis))
    kernel = Kernel("act", arguments, (basis.n,), program, real, (), names)
    by_matrix = exp_kernel(exponential).operation_count + basis.n * (2 * basis.n - 1)
    return kernel if kernel.operation_count < by_matrix else None


def _act_on_block(
    program: Program,
    series: Series,
    x: Mapping[int, int],
    letter: str,
    names: dict[int, str],
) -> dict[int, int]:
    """``exp(s) sum_j f_j B^j x`` on the rows of one block."""
    rows = series.block.rows
    entries = [[build(program, entry) for entry in row] for row in _rows(series)]
    vector = [x[row] for row in rows]
    terms: list[list[tuple[sp.Expr, int]]] = [[] for _ in rows]
    for power, f in enumerate(series.coefficients):
        if power > 0:
            products = [
                [program.multiply([e, v]) for e, v in zip(row, vector, strict=True)]
                for row in entries
            ]
            vector = [program.add([(sp.S.One, node) for node in row]) for row in products]
            for row, node in zip(rows, vector, strict=True):
                if isinstance(program.nodes[node], Sum | Product):
                    names.setdefault(node, f"{letter * power}x{row + 1}")
        for total, node in zip(terms, vector, strict=True):
            if f.is_Rational:
                total.append((f, node))
            else:
                total.append((sp.S.One, program.multiply([build(program, f), node])))
    growth = build(program, sp.exp(series.shift))
    return {
        row: program.multiply([growth, program.add(total)])
        for row, total in zip(rows, terms, strict=True)
    }


def _rows(series: Series) -> list[list[sp.Expr]]:
    element = series.shifted_element().applyfunc(sp.factor_terms)
    return [list(element.row(i)) for i in range(element.rows)]
