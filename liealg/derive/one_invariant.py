"""Blocks with one invariant: minimal polynomial ``x^m (x^2 - Delta)`` in ``x = lambda - s``."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, Refusal
from liealg.derive.minimal_polynomial import (
    generic_minimal_polynomial,
    minimal_polynomial_at,
    proof_of_annihilation,
    sample_point,
)
from liealg.derive.modular_minimal_polynomial import has_form
from liealg.derive.series import Series
from liealg.derive.stumpff import Stumpff


def derive(block: Block) -> Series | Refusal:
    """Give the exponential by two Stumpff functions of one invariant.

    Where ``B = A - s I`` has ``B^m (B^2 - Delta) = 0``, every power from ``B^m`` on is ``Delta`` to
    some power times ``B^m`` or ``B^(m+1)``, and the exponential series collects to

        exp(A) = exp(s) (sum_(j<m) B^j / j! + c_m(Delta) B^m + c_(m+1)(Delta) B^(m+1)),

    the Hermite interpolation of ``exp`` on the roots (Higham, *Functions of Matrices*, 2008,
    definition 1.4), with no division by differences of roots.
    """
    found = shift_and_invariant(block)
    if isinstance(found, Refusal):
        return found
    shift, invariant, m = found
    if sp.im(invariant) != 0:
        return Refusal("its invariant Delta is not real for all coefficients")
    invariant = _stable_form(block, shift, invariant, m)
    form, where = minimal_polynomial(m), variable(shift)
    return Series(
        block=block,
        kind="closed form",
        reason=f"its generic element has the minimal polynomial {form}, {where}: one invariant",
        certificate=(annihilation(block, shift, m),),
        shift=shift,
        invariant=invariant,
        coefficients=(
            *(1 / sp.factorial(j) for j in range(m)),
            Stumpff(m, invariant),
            Stumpff(m + 1, invariant),
        ),
    )


@lru_cache(maxsize=64)
def shift_and_invariant(block: Block) -> tuple[sp.Expr, sp.Expr, int] | Refusal:
    """``s``, ``Delta``, which may be complex, and ``m``, proved for all coefficients."""
    refusal = Refusal(
        "its generic element's minimal polynomial is not of the form "
        "(lambda - s)^m ((lambda - s)^2 - Delta)"
    )
    if not has_form(block, 2):
        return refusal
    if _read_off(minimal_polynomial_at(block, sample_point(block))) is None:
        return refusal
    found = _read_off(generic_minimal_polynomial(block))
    if found is None:
        return Refusal("its minimal polynomial takes the one-invariant form at some elements only")
    return found


def annihilation(block: Block, shift: sp.Expr, m: int) -> Fact:
    """That the polynomial annihilates the element, with the proof."""
    where = "A" if shift == 0 else "A - s I"
    claim = f"{minimal_polynomial(m)} = 0 at x = {where} for all coefficients"
    return Fact(claim, proof_of_annihilation(block, m + 2))


def _read_off(polynomial: list[sp.Expr]) -> tuple[sp.Expr, sp.Expr, int] | None:
    """``s``, ``Delta`` and ``m``, or ``None`` where the polynomial is of another form."""
    degree = len(polynomial) - 1
    if degree < 2:
        return None
    shift = sp.expand(-polynomial[-2] / degree)
    x = sp.Symbol("x")
    moved = sp.Poly(sum(c * (x + shift) ** j for j, c in enumerate(polynomial)), x)
    coefficients = [sp.expand(c) for c in reversed(moved.all_coeffs())]
    m = degree - 2
    if any(coefficients[j] != 0 for j in range(degree) if j != m):
        return None
    return shift, sp.expand(-coefficients[m]), m


def _stable_form(block: Block, shift: sp.Expr, invariant: sp.Expr, m: int) -> sp.Expr:
    """The invariant from the entries of ``B``, where that is shorter than its expansion.

    ``(theta_1 - theta_4)^2 / 4`` keeps the digits that its expansion loses where the two are close.
    A diagonal entry of ``B^2`` is ``Delta`` itself if ``m = 0``, and its trace a multiple of it.
    """
    B = (block.element - shift * sp.eye(block.n)).applyfunc(sign_first)
    diagonal = [
        sp.Add(*(_product(B[i, j], B[j, i]) for j in range(block.n))) for i in range(block.n)
    ]
    trace = sp.Add(*diagonal)
    multiple = sp.cancel(sp.expand(trace) / invariant)
    candidates = [invariant, sp.factor_terms(invariant)]
    if m == 0:
        candidates += diagonal
    if multiple.is_Rational and multiple != 0:
        candidates.append(sp.Add(*(term / multiple for term in sp.Add.make_args(trace))))
    real = [form for form in candidates if not form.has(sp.I)]
    return min(real, key=lambda form: form.count_ops())


def _product(p: sp.Expr, q: sp.Expr) -> sp.Expr:
    """A product, as a multiple of a square where the factors are multiples of each other."""
    if p == 0 or q == 0:
        return sp.S.Zero
    ratio = sp.cancel(q / p)
    if not ratio.is_Rational:
        return p * q
    number, base = sp.factor_terms(p).as_coeff_Mul()
    return ratio * number**2 * (-base if base.could_extract_minus_sign() else base) ** 2


def sign_first(entry: sp.Expr) -> sp.Expr:
    """Factor an entry so that it and its negative differ in a leading number only."""
    return sp.factor_terms(sp.expand(entry), sign=True)


def minimal_polynomial(m: int) -> str:
    """The minimal polynomial in ``x``."""
    power = {0: "", 1: "x "}.get(m, f"x^{m} ")
    return f"{power}(x^2 - Delta)" if m else "x^2 - Delta"


def variable(shift: sp.Expr) -> str:
    """What ``x`` is."""
    return "x = lambda" if shift == 0 else f"x = lambda - s, s = {shift}"
