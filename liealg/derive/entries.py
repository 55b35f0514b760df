"""The entries of an exponential as formulas, for forms that are computed entry by entry."""

from __future__ import annotations

import sympy as sp

from liealg.derive.form import Form
from liealg.derive.formula import exponential_of_block
from liealg.derive.product import Product, is_scalar
from liealg.derive.series import Series

Parts = tuple[sp.ImmutableDenseMatrix, sp.ImmutableDenseMatrix]
"""Real and imaginary part of a matrix."""

_ROWS_OF_PRODUCTS = 4
"""Rows up to which a product of exponentials is written entry by entry."""


def is_entry_by_entry(form: Form) -> bool:
    """Whether the exponential of a block is written as one formula for each entry.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.derive import exponential
    >>> [is_entry_by_entry(exponential(known(name)).blocks[0]) for name in ("so3", "g2")]
    [True, False]
    """
    if isinstance(form, Product):
        few = form.block.n <= _ROWS_OF_PRODUCTS or sum(not is_scalar(f) for f in form.factors) < 2
        return few and all(is_entry_by_entry(factor) for factor in form.factors)
    return isinstance(form, Series) and form.is_sparse


def entries(form: Form, *, less_identity: bool = False) -> Parts:
    """Real and imaginary part of the exponential of such a block, or of what it has beyond 1."""
    if isinstance(form, Product):
        parts = [entries(factor, less_identity=less_identity) for factor in form.factors]
        real, imaginary = parts[0]
        for re, im in parts[1:]:
            both_re, both_im = real * re - imaginary * im, real * im + imaginary * re
            if less_identity:  # (1 + X) (1 + Y) - 1
                both_re, both_im = real + re + both_re, imaginary + im + both_im
            real, imaginary = both_re, both_im
        return real.as_immutable(), imaginary.as_immutable()
    assert isinstance(form, Series)
    return exponential_of_block(form, less_identity=less_identity)
