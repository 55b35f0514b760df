"""Blocks that hold parameters, as elements of a larger span that holds none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, Form, MatrixForm, Refusal
from liealg.echelon import row_echelon
from liealg.exact import real_coordinates


@dataclass(frozen=True)
class Enlarged:
    """A block without parameters, and at what coefficients it is the block with them.

    Attributes
    ----------
    block
        The block, linear in coefficients ``x1, x2, ..`` of its own.
    values
        Those coefficients, polynomials in the coefficients and parameters that were given.
    """

    block: Block
    values: dict[sp.Symbol, sp.Expr]


def derive(block: Block, form_of: Callable[[Block], Form]) -> Form | Refusal:
    """Derive the exponential of a larger span, of which the block is an element.

    The parameters are multiplied out: `A(theta, kappa) = sum_j x_j B_j` with numeric matrices
    `B_j` and coefficients `x_j` that are polynomials in parameters, linear in `theta`. What holds
    for all `x` holds for these, and spans without parameters are easier to know. It is not always
    the best form: the span of `E - kappa E^T` for all `kappa` is larger than each of them.

    Parameters
    ----------
    block
        The block.
    form_of
        Gives the form of the larger span.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.catalogue import known
    >>> from liealg.derive import _form
    >>> from liealg.derive.blocks import split
    >>> X, Y, Z = known("so3_irrep(2)").matrices
    >>> tilted = MatrixBasis("tilted", [X + sp.Symbol("kappa") * Y, Z], parameters=["kappa"])
    >>> derive(*split(tilted), _form).function
    'expm_spin_representation'
    """
    if not block.parameters:
        return Refusal("its matrices hold no parameters")
    enlarged = enlarge(block)
    form = form_of(enlarged.block).at(enlarged.values, block.symbols)
    told = ", ".join(f"{x} = {value}" for x, value in enlarged.values.items())
    claim = f"every element is one of a span without parameters, at {told}"
    fact = Fact(claim, "the entries are equal polynomials, expanded")
    form = replace(form, certificate=(fact, *form.certificate))
    if _mentions(form.reason, enlarged):
        form = replace(form, reason=f"{form.reason}, with {told}")
    if isinstance(form, MatrixForm) and any(_mentions(line, enlarged) for line in form.formula):
        form = replace(form, formula=(*form.formula, told))
    return form


def enlarge(block: Block) -> Enlarged:
    """Collect the matrices of all monomials, and choose a basis of their span.

    Examples
    --------
    >>> from liealg.algebra import MatrixBasis
    >>> from liealg.derive.blocks import split
    >>> block, = split(MatrixBasis("bent", [[[0, sp.Symbol("k")], [1, 0]]], parameters=["k"]))
    >>> enlarge(block).values
    {x1: k*theta_1, x2: theta_1}
    """
    symbols = [*block.symbols, *block.parameters]
    matrices: dict[sp.Expr, sp.Matrix] = {}
    for (i, j), entry in block.element.todok().items():
        for monomial, number in sp.Poly(entry, *symbols).terms():
            product = sp.Mul(*(s**power for s, power in zip(symbols, monomial, strict=True)))
            matrices.setdefault(product, sp.zeros(block.n, block.n))[i, j] += number
    products = sorted(matrices, key=lambda x: (sp.Poly(x, *symbols).monoms(), str(x)), reverse=True)
    coordinates = real_coordinates([matrices[x] for x in products]).transpose()
    reduced, pivots = row_echelon(coordinates)
    weights = reduced.to_Matrix()[: len(pivots), :]
    letter = "x"
    while any(str(p).startswith(letter) for p in block.parameters):
        letter += "x"
    xs = sp.symbols(f"{letter}1:{len(pivots) + 1}", real=True)
    element = sp.zeros(block.n, block.n)
    for x, pivot in zip(xs, pivots, strict=True):
        element += x * matrices[products[pivot]]
    values = dict(zip(xs, weights * sp.Matrix(products), strict=True))
    larger = Block(block.rows, element.applyfunc(sp.expand).as_immutable(), tuple(xs))
    return Enlarged(larger, values)


def _mentions(text: str, enlarged: Enlarged) -> bool:
    return any(re.search(rf"\b{x}\b", text) for x in enlarged.values)
