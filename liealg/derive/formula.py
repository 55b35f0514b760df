"""From a finite series to a short formula for each entry of the exponential."""

from __future__ import annotations

from collections.abc import Iterator

import sympy as sp

from liealg.derive.series import Series
from liealg.derive.stumpff import Stumpff

Terms = dict[sp.Expr, sp.Expr]  # f -> the polynomial that multiplies f


def exponential_of_block(
    series: Series, *, less_identity: bool = False
) -> tuple[sp.ImmutableDenseMatrix, sp.ImmutableDenseMatrix]:
    """Real and imaginary part of the exponential of a block, in theta and Stumpff functions.

    Less the identity if asked for, with nothing that cancels: ``c_0 - 1 = Delta c_2`` and
    ``e^s - 1 = s e^(s/2) c_1(s^2/4)``.

    Real and imaginary parts of each entry are brought to a short form separately: powers of the
    element that contain the invariant are reduced by ``Delta c_(k+2) = c_k - 1/k!``, which is how
    the rotation block of se(3) becomes Rodrigues' formula, and polynomials are factored.
    """
    n = series.block.n
    real: list[Terms] = [{} for _ in range(n * n)]
    imaginary: list[Terms] = [{} for _ in range(n * n)]
    for f, power in _summands(series, less_identity):
        for position, entry in enumerate(power):
            re, im = sp.expand(entry).as_real_imag()
            _accumulate(real[position], f, re)
            _accumulate(imaginary[position], f, im)
    factor_re, factor_im = _exponential_of_shift(series.shift)
    added = _exponential_of_shift_less_one(series.shift) if less_identity else (0, 0)
    real_part, imaginary_part = [], []
    for position, (re_terms, im_terms) in enumerate(zip(real, imaginary, strict=True)):
        re, im = _shorten(re_terms, series.invariant), _shorten(im_terms, series.invariant)
        more_re, more_im = added if position % (n + 1) == 0 else (0, 0)
        real_part.append(_distribute(factor_re, re) - _distribute(factor_im, im) + more_re)
        imaginary_part.append(_distribute(factor_re, im) + _distribute(factor_im, re) + more_im)
    return sp.ImmutableDenseMatrix(n, n, real_part), sp.ImmutableDenseMatrix(n, n, imaginary_part)


def _summands(series: Series, less_identity: bool) -> Iterator[tuple[sp.Expr, sp.Matrix]]:
    """Each coefficient of the series with its power of the shifted element."""
    B = sp.Matrix(series.shifted_element())
    power = sp.eye(series.block.n)
    for j, f in enumerate(series.coefficients):
        if less_identity and j == 0:
            assert f in (1, Stumpff(0, series.invariant or 0))
            if f != 1:
                yield Stumpff(2, series.invariant), series.invariant * power
        else:
            yield f, power
        power = (power * B).applyfunc(sp.expand)


def _accumulate(terms: Terms, f: sp.Expr, polynomial: sp.Expr) -> None:
    if isinstance(f, Stumpff):
        key, weight = f, sp.S.One
    else:
        key, weight = sp.S.One, f
    total = sp.expand(terms.get(key, sp.S.Zero) + weight * polynomial)
    terms[key] = total
    if total == 0:
        del terms[key]


def _exponential_of_shift(shift: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    """Real and imaginary part of ``exp(s)``."""
    re, im = sp.expand(shift).as_real_imag()
    growth = sp.exp(re)
    if im == 0:
        return growth, sp.S.Zero
    z = -sp.expand(im**2)
    return growth * Stumpff(0, z), growth * im * Stumpff(1, z)


def _exponential_of_shift_less_one(shift: sp.Expr) -> tuple[sp.Expr, sp.Expr]:
    re, im = sp.expand(shift).as_real_imag()
    growth = re * sp.exp(re / 2) * Stumpff(1, sp.expand(re**2) / 4)
    if im == 0:
        return growth, sp.S.Zero
    z = -sp.expand(im**2)
    return growth + sp.exp(re) * z * Stumpff(2, z), sp.exp(re) * im * Stumpff(1, z)


def _distribute(factor: sp.Expr, total: sp.Expr) -> sp.Expr:
    if factor == 1 or factor == 0:
        return factor * total
    return sp.Add(*(factor * term for term in sp.Add.make_args(total)))


def _shorten(terms: Terms, invariant: sp.Expr | None) -> sp.Expr:
    if invariant is not None:
        for order in sorted((f.order for f in terms if f != 1), reverse=True):
            # Stops at c_1: reducing c_2 would bring in c_0, one cosine more to evaluate.
            if order >= 3:
                terms = min(_reductions(terms, order, invariant), key=_cost)
    return _assemble(terms)


def _reductions(terms: Terms, order: int, invariant: sp.Expr) -> list[Terms]:
    """The terms as they are, and with ``c_order`` reduced by each choice of leading variable."""
    high, low = Stumpff(order, invariant), Stumpff(order - 2, invariant)
    divisor = sp.expand(invariant)
    variables = sorted(invariant.free_symbols, key=sp.default_sort_key)
    others = sorted(terms[high].free_symbols - set(variables), key=sp.default_sort_key)
    choices = [terms]
    for i in range(len(variables)):
        rotated = [*variables[i:], *variables[:i], *others]
        (quotient,), remainder = sp.reduced(terms[high], [divisor], *rotated)
        if quotient != 0:
            reduced = dict(terms)
            del reduced[high]
            _accumulate(reduced, high, remainder)
            _accumulate(reduced, low, quotient)
            _accumulate(reduced, sp.S.One, -quotient / sp.factorial(order - 2))
            choices.append(reduced)
    return choices


def _cost(terms: Terms) -> int:
    # The invariant is computed once: what stands inside a Stumpff function costs nothing here.
    named = {f: sp.Dummy() if f != 1 else f for f in terms}
    return int(_assemble({named[f]: polynomial for f, polynomial in terms.items()}).count_ops())


def _assemble(terms: Terms) -> sp.Expr:
    ordered = sorted(terms, key=sp.default_sort_key)
    return sp.Add(*(f * _shortest(terms[f]) for f in ordered))


def _shortest(polynomial: sp.Expr) -> sp.Expr:
    return min((sp.factor(polynomial), polynomial), key=lambda form: form.count_ops())
