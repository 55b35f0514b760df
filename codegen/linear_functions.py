"""Functions such as ``hat``: number by number, or as one table where there are many numbers."""

from __future__ import annotations

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.codegen.constants import constant
from liealg.codegen.functions import function_with_gradient, quoted
from liealg.codegen.kernels import hat_kernel, vee_kernel
from liealg.derive.blocks import Block

Section = list[str]

LONGEST = 300
"""Terms in the entries of a matrix up to which each entry is written as a sum."""


def hat_functions(
    basis: MatrixBasis, docstring: str, name: str, block: Block | None = None
) -> list[Section]:
    """``theta [k]`` to the matrix, or to a diagonal block or a part of it."""
    element = basis.over_reals.element() if block is None else block.element
    if not _is_long(basis, element):
        return [function_with_gradient(hat_kernel(basis, block), docstring, name)]
    rows = [list(element.diff(symbol)) for symbol in basis.symbols]
    shape = f"[{element.rows}, {element.cols}]"
    return _table(name, "theta", f"[{basis.dim}]", shape, sp.Matrix(rows), docstring)


def vee_functions(basis: MatrixBasis, docstring: str) -> list[Section]:
    """``A [n, n]`` to ``theta [k]``."""
    weights = basis.projection[:, : basis.n**2]
    if basis.is_complex or not _is_long(basis, basis.element(), weights):
        return [function_with_gradient(vee_kernel(basis), docstring, "vee")]
    shape = f"[{basis.n}, {basis.n}]"
    return _table("vee", "A", shape, f"[{basis.dim}]", weights.T, docstring)


def _is_long(basis: MatrixBasis, *matrices: sp.MatrixBase) -> bool:
    if basis.parameters or basis.complex_coefficients:
        return False
    terms = (len(sp.Add.make_args(x)) for matrix in matrices for x in matrix if x != 0)
    return sum(terms) > LONGEST


def _table(
    name: str, argument: str, taken: str, given: str, rows: sp.MatrixBase, docstring: str
) -> list[Section]:
    table, vjp = f"_{name.lstrip('_').upper()}", f"_{name.lstrip('_')}_vjp"
    result = {"A": "theta"}.get(argument, "A")
    return [
        constant(table, rows),
        [
            f"def {vjp}({argument}: tf.Tensor, cotangent: tf.Tensor) -> tf.Tensor:",
            *quoted(f"Gradient of sum(cotangent * {result}) by {argument}."),
            f"    return adjoint_map(cotangent, {table}, {taken})",
        ],
        [
            f"@with_vjp({vjp}, shapes=[{taken}])",
            f"def {name}({argument}: tf.Tensor) -> tf.Tensor:",
            *quoted(docstring),
            f"    return linear_map({argument}, {table}, {given})",
        ],
    ]
