"""Functions such as ``hat``: number by number, or as one table where there are many numbers."""

from __future__ import annotations

from collections.abc import Sequence

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.codegen.constants import constant
from liealg.codegen.functions import function_with_gradient, quoted, signature
from liealg.codegen.kernels import hat_kernel, scalars_kernel, span_kernel, vee_kernel
from liealg.derive.blocks import Block
from liealg.derive.parametrised import enlarge

Section = list[str]

LONGEST = 120
"""Terms in the entries of a matrix up to which each entry is written as a sum.

With 300 a sum of spins in a dense basis took 35 seconds to write, not one.
"""


def hat_functions(
    basis: MatrixBasis, docstring: str, name: str, block: Block | None = None
) -> list[Section]:
    """``theta [k]`` to the matrix, or to a diagonal block or a part of it."""
    whole = basis.over_reals.element()
    element = whole if block is None else block.element
    # A part of a matrix takes the real and imaginary parts of coefficients as separate numbers.
    by_parts = basis.complex_coefficients and element != whole
    if by_parts or not _is_long(element):
        return [function_with_gradient(hat_kernel(basis, block), docstring, name)]
    if basis.parameters:
        return _hat_with_parameters(basis, docstring, name, element)
    complex_ = basis.complex_coefficients
    matrices = basis.matrices if complex_ else [element.diff(symbol) for symbol in basis.symbols]
    rows = sp.Matrix([list(E) for E in matrices])
    return _table(name, "theta", [basis.dim], element.shape, rows, docstring, complex_)


def span_functions(block: Block, docstring: str, name: str, is_complex: bool) -> list[Section]:
    """Real coefficients of a block's own, ``x [m]``, to its matrix."""
    if not _is_long(block.element):
        return [function_with_gradient(span_kernel(block, is_complex), docstring, name)]
    rows = sp.Matrix([list(E) for E in block.matrices])
    return _table(name, "x", [len(block.symbols)], block.element.shape, rows, docstring, False)


def vee_functions(basis: MatrixBasis, docstring: str) -> list[Section]:
    """``A [n, n]`` to ``theta [k]``."""
    element = basis.over_reals.element()
    # With parameters the weights are rational functions, which take long to find and to read.
    if basis.parameters and (_is_long(element) or basis.dim * basis.n**2 > LONGEST):
        return [_vee_with_parameters(basis, docstring)]
    size = basis.n**2
    weights = basis.projection[: basis.dim, :]
    re, im = weights[:, :size], weights[:, size:]
    if basis.parameters or not (_is_long(element) or _is_long(weights)):
        return [function_with_gradient(vee_kernel(basis), docstring, "vee")]
    rows = (re - sp.I * im if basis.is_complex else re).T
    shape, real_part = (basis.n, basis.n), basis.is_complex and not basis.complex_coefficients
    return _table("vee", "A", shape, [basis.dim], rows, docstring, basis.is_complex, real_part)


def _is_long(matrix: sp.MatrixBase) -> bool:
    return sum(len(sp.Add.make_args(x)) for x in matrix if x != 0) > LONGEST


def _table(
    name: str,
    argument: str,
    taken: Sequence[int],
    given: Sequence[int],
    rows: sp.MatrixBase,
    docstring: str,
    complex_: bool,
    real_part: bool = False,
) -> list[Section]:
    table, vjp = f"_{name.lstrip('_').upper()}", f"_{name.lstrip('_')}_vjp"
    result = {"A": "theta"}.get(argument, "A")
    kept = ", real=False" if complex_ else ""
    part = ", real=True" * real_part
    more = f', complex_arguments=["{argument}"]' if complex_ else ""
    return [
        constant(table, rows),
        [
            f"def {vjp}({argument}: tf.Tensor, cotangent: tf.Tensor) -> tf.Tensor:",
            *quoted(f"Gradient of sum(cotangent * {result}) by {argument}."),
            f"    return adjoint_map(cotangent, {table}, {list(taken)}{kept})",
        ],
        [
            f"@with_vjp({vjp}, shapes=[{list(taken)}]{more})",
            f"def {name}({argument}: tf.Tensor) -> tf.Tensor:",
            *quoted(docstring),
            f"    return linear_map({argument}, {table}, {list(given)}{part})",
        ],
    ]


def _hat_with_parameters(
    basis: MatrixBasis, docstring: str, name: str, element: sp.MatrixBase
) -> list[Section]:
    """A table of the matrices that products of coefficients and parameters stand before."""
    rows = tuple(range(element.rows))
    enlarged = enlarge(Block(rows, element.as_immutable(), basis.over_reals.symbols))
    products, linear = (f"_{prefix}_{name.lstrip('_')}" for prefix in ("products_in", "linear"))
    names = ["theta", *(symbol.name for symbol in basis.parameters)]
    matrices = [enlarged.block.element.diff(x) for x in enlarged.values]
    table = sp.Matrix([list(E) for E in matrices])
    words = "The matrix that products of coefficients and parameters stand for."
    scalars = scalars_kernel(basis, list(enlarged.values.values()))
    return [
        function_with_gradient(scalars, "Products of coefficients and parameters.", products),
        *_table(linear, "theta", [len(matrices)], element.shape, table, words, False),
        [
            *signature(name, names, "tf.Tensor"),
            *quoted(docstring),
            f"    return {linear}({products}({', '.join(names)}))",
        ],
    ]


def _vee_with_parameters(basis: MatrixBasis, docstring: str) -> Section:
    """The normal equations, solved at run time."""
    names = [symbol.name for symbol in basis.parameters]
    more = ", complex_coefficients=True" if basis.complex_coefficients else ""
    return [
        *signature("vee", ["A", *names], "tf.Tensor"),
        *quoted(docstring),
        f"    return least_squares(A, hat, {basis.dim}, {', '.join(names)}{more})",
    ]
