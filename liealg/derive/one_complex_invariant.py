"""Complex blocks with one invariant that is complex itself, as sl(2, C)."""

from __future__ import annotations

import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.form import MatrixForm, Refusal
from liealg.derive.one_invariant import (
    annihilation,
    minimal_polynomial,
    shift_and_invariant,
    sign_first,
    variable,
)


def derive(block: Block) -> MatrixForm | Refusal:
    """Give the exponential by Stumpff functions of ``Delta``, which depends on real coefficients.

    The formula is that of :func:`liealg.derive.one_invariant.derive`. Real and imaginary part of
    ``Delta`` are sums of products of entries of ``B = A - s I``, for ``Delta`` is a diagonal entry
    of ``B^2`` or a multiple of its trace: their expansion would cancel.

    Examples
    --------
    >>> from liealg.algebra import LieAlgebra
    >>> from liealg.catalogue import known
    >>> from liealg.derive.blocks import split
    >>> sl2c = LieAlgebra("sl2c", known("sl2").matrices, complex_coefficients=True).over_reals
    >>> block, = split(sl2c)
    >>> form = derive(block)
    >>> form.kind, dict(form.keywords)
    ('closed form', {'order': 0, 'complex_invariant': True})
    """
    if not block.element.has(sp.I):
        return Refusal("its matrices are real")
    found = shift_and_invariant(block)
    if isinstance(found, Refusal):
        return found
    shift, invariant, m = found
    if m > 1:
        return Refusal("its complex invariant comes with a power of x beyond the first")
    parts = sp.expand(shift).as_real_imag() if shift != 0 else ()
    form, where = minimal_polynomial(m), variable(shift)
    letter = "A" if shift == 0 else "B"
    return MatrixForm(
        block=block,
        kind="closed form",
        reason=f"its generic element has the minimal polynomial {form}, {where}: one invariant, "
        "complex",
        certificate=(annihilation(block, shift, m),),
        function="expm_one_invariant",
        scalars=(*parts, *_invariant(block, shift, invariant, m)),
        keywords={"order": m, "complex_invariant": True, **({"shift": True} if parts else {})},
        gives_less_identity=True,
        formula=_formula(m, letter, shift, invariant),
        source="the Hermite interpolation of exp on the roots of the minimal polynomial (Higham, "
        "Functions of Matrices, 2008, definition 1.4)",
    )


def _invariant(block: Block, shift: sp.Expr, invariant: sp.Expr, m: int) -> tuple[sp.Expr, sp.Expr]:
    """Real and imaginary part of ``Delta``, from entries of ``B``."""
    B = (block.element - shift * sp.eye(block.n)).applyfunc(sp.expand)
    rows = [[_product(B[i, j], B[j, i]) for j in range(block.n)] for i in range(block.n)]
    if m == 0:
        return min((_sum(row) for row in rows), key=lambda parts: sum(x.count_ops() for x in parts))
    multiple = sp.cancel(sp.expand((B * B).trace()) / invariant)
    re, im = _sum([product for row in rows for product in row])
    return re / multiple, im / multiple


def _product(p: sp.Expr, q: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    (a, b), (c, d) = ([sign_first(x) for x in number.as_real_imag()] for number in (p, q))
    return a * c - b * d, a * d + b * c


def _sum(products: list[tuple[sp.Expr, sp.Expr]]) -> tuple[sp.Expr, sp.Expr]:
    re, im = (sp.Add(*parts) for parts in zip(*products, strict=True))
    return re, im


def _formula(m: int, letter: str, shift: sp.Expr, invariant: sp.Expr) -> tuple[str, ...]:
    total = f"c0(Delta) I + c1(Delta) {letter}"
    if m:
        total = f"I + c1(Delta) {letter} + c2(Delta) {letter}^2"
    if shift == 0:
        return (f"exp(A) = {total}", f"Delta = {invariant}")
    return (f"exp(A) = exp(s) ({total})", "B = A - s I", f"s = {shift}", f"Delta = {invariant}")
