"""Blocks with two invariants: a minimal polynomial ``q(lambda^2)`` or ``lambda q(lambda^2)``.

Here ``q`` is quadratic: so(p, q) of four and five rows, sp(4), poincare, sums of two rotations, in
any basis. All that the exponential needs is one identity, which holds in every basis or in none:
with ``N = A^2``, traces ``h`` and ``w``, and ``V = N - h``,

    V^2 = w,   or   A V^2 = w A.

It makes ``h +- sqrt(w)`` the eigenvalues of ``N``, besides zero. Those of ``A`` need not be looked
at: even functions of ``A`` are functions of ``N``, and odd ones are ``A`` times such.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, MatrixForm, Refusal
from liealg.derive.minimal_polynomial import minimal_polynomial_at, sample_point
from liealg.derive.random_point import at_random_parameters

_SOURCE = (
    "the Hermite interpolation of cosh and sinh on the roots of the minimal polynomial (Higham, "
    "Functions of Matrices, 2008, definition 1.4)"
)
_MOST_PRODUCTS = 2_000_000
"""Products of coefficients up to which the identity is expanded: three seconds at most."""

_POINTS, _LARGEST = 3, 2**40


def derive(block: Block) -> MatrixForm | Refusal:
    """Recognise a block with two invariants at one element, and prove it for all.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.derive.blocks import split
    >>> block, = split(known("so(5)"))
    >>> form = derive(block)
    >>> form.function, dict(form.keywords)
    ('expm_two_invariants', {'zero': True, 'multiplicity': 1.0})
    >>> block, = split(known("sl(3)"))
    >>> derive(block).reason[:58]
    "its generic element's minimal polynomial has degree 3 and "
    """
    if block.element.has(sp.I):
        return Refusal("its matrices are complex, and two invariants are looked for in real ones")
    point, sampled = sample_point(block), at_random_parameters(block)
    polynomial = minimal_polynomial_at(sampled, point)
    degree = len(polynomial) - 1
    if degree not in (4, 5) or any(polynomial[degree - 1 :: -2]) or polynomial[degree - 4] == 0:
        return Refusal(
            f"its generic element's minimal polynomial has degree {degree} and is not of the form "
            "lambda^m (lambda^4 - 2 h lambda^2 + d), m = 0 or 1, d not 0"
        )
    zero = degree == 5
    rank = _rank(sampled.at(point))
    if not _identity_holds(sampled.at(point), rank, zero):
        return Refusal("its two squared eigenvalues have different multiplicities")
    fact = _proof(block, rank, zero)
    if fact is None:
        return Refusal("its minimal polynomial takes the two-invariant form at some elements only")
    return MatrixForm(
        block=block,
        kind="closed form",
        reason=_reason(zero),
        certificate=(fact,),
        function="expm_two_invariants",
        keywords={
            "zero": zero,
            "multiplicity": float(Fraction(rank, 4)),
            **({"zero_rows": block.zero_rows} if zero and block.zero_rows else {}),
        },
        gives_less_identity=True,
        formula=_formula(rank, zero),
        source=_SOURCE,
    )


def _rank(A: DomainMatrix) -> int:
    """The number of eigenvalues other than zero."""
    coefficients = A.charpoly()
    return max(i for i, coefficient in enumerate(coefficients) if coefficient)


def _identity_holds(A: DomainMatrix, rank: int, zero: bool) -> bool:
    """Whether ``V^2 = w``, or ``A V^2 = w A``, at an element, or over polynomials at all."""
    identity = DomainMatrix.eye(A.shape[0], A.domain).to_dense()
    N = A * A
    V = N - identity * _over(_trace(N), rank, A)
    w = _over(_trace(N * V), rank, A)
    rest = V * V - identity * w
    return bool((A * rest if zero else rest).is_zero_matrix)


def _trace(X: DomainMatrix) -> Any:
    rows = X.to_dense().to_list()
    return sum((rows[i][i] for i in range(len(rows))), X.domain.zero)


def _over(total: Any, rank: int, A: DomainMatrix) -> Any:
    return total * A.domain.from_sympy(sp.Rational(1, rank))


def _proof(block: Block, rank: int, zero: bool) -> Fact | None:
    """The identity for all coefficients: expanded where that is short, else at random elements.

    A polynomial of degree ``D`` that is not zero vanishes at a point with random coordinates out
    of ``S`` numbers with a chance of at most ``D/S`` (Schwartz 1980, Zippel 1979).
    """
    claim = _claim(rank, zero)
    if not _is_long(block, zero):
        if not _identity_holds(block.over_polynomials, rank, zero):
            return None
        return Fact(claim, "expanded: an identity of polynomials in the coefficients")
    generator = random.Random(2 * block.n + zero)
    for _ in range(_POINTS):
        point = tuple(generator.randrange(-_LARGEST, _LARGEST) for _ in block.symbols)
        values = [generator.randrange(-_LARGEST, _LARGEST) for _ in block.parameters]
        if not _identity_holds(block.with_parameters(values).at(point), rank, zero):
            return None
    degree = (5 if zero else 4) * block.degree
    chance = f"({degree}/2^{_LARGEST.bit_length()})^{_POINTS}"
    return Fact(
        claim,
        f"holds exactly at {_POINTS} elements with random integer coefficients"
        f"{' and parameters' if block.parameters else ''}: entries are "
        f"polynomials of degree {degree}, so that the chance of an error is below {chance} "
        "(Schwartz and Zippel)",
    )


def _is_long(block: Block, zero: bool) -> bool:
    """Whether expanding takes too many products of coefficients, or is in SymPy's expressions."""
    symbols = block.element.free_symbols
    k = min(len(symbols), max(len(sp.Add.make_args(entry)) for entry in block.element))
    squares, fourth = sp.binomial(k + 1, 2), sp.binomial(k + 3, 4)
    products = block.n**3 * (squares**2 + (fourth * k if zero else 0))
    return bool(products > _MOST_PRODUCTS or block.over_polynomials.domain.is_EX)


def _claim(rank: int, zero: bool) -> str:
    identity = "A V^2 = w A" if zero else "V^2 = w"
    return f"{identity} for all coefficients, with {_invariants(rank)}"


def _invariants(rank: int) -> str:
    return f"N = A^2, h = tr(N)/{rank}, V = N - h, w = tr(N V)/{rank}"


def _reason(zero: bool) -> str:
    form = "lambda (lambda^4 - 2 h lambda^2 + d)" if zero else "lambda^4 - 2 h lambda^2 + d"
    return f"its generic element has the minimal polynomial {form}: two invariants"


def _formula(rank: int, zero: bool) -> tuple[str, ...]:
    even, odd = "E0 + O0 V", "A (E1 + O1 V)"
    meaning = (
        _invariants(rank),
        "Ek = (ck(h + sqrt(w)) + ck(h - sqrt(w)))/2",
        "Ok = (ck(h + sqrt(w)) - ck(h - sqrt(w)))/(2 sqrt(w))",
    )
    if not zero:
        return (f"exp(A) = {even} + {odd}", *meaning)
    return (f"exp(2 A) = I + 2 (C + S) S, C = {even}, S = {odd}", *meaning)
