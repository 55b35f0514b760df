"""Blocks whose generic minimal polynomial has a small degree: the exponential modulo it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, MatrixForm, Refusal
from liealg.derive.minimal_polynomial import minimal_polynomial_at, sample_point
from liealg.derive.random_point import at_random_parameters
from liealg.exact import small_field
from liealg.structure.invariant_forms import form_rows
from liealg.structure.modules import Module, as_matrices, general_elements, primitive
from liealg.structure.subspace import span

_LARGEST_DEGREE = 9
"""The largest degree that is worth it.

Value and gradient of 10,000 matrices under XLA on two cores, the time of `expm` over that of
`expm_structured`, in single and in double precision: 1.7 to 2.0 and 1.8 to 2.3 for degrees 3 and 4,
2.3 and more where they are complex; with parity 1.7 and 2.0 for degree 6, 1.8 and 2.0 for 7, 1.5
and 1.7 for 8, 1.5 and 1.6 for 9; without 1.5 and 1.7 for 5, 1.4 and 1.5 for 7, 1.3 and 1.4 for 8.
From degree 10 on more matrices are multiplied than in single precision by `expm`, four. (A block
with zero rows counts by its other rows.)
"""

_POINTS, _RANGE = 3, 10**6
"""Points of an identity test, and the largest modulus of their coordinates."""

_SOURCE = (
    "polynomial methods (Moler and Van Loan, SIAM Rev. 45, 2003, section 4) with scaling and "
    "squaring; the polynomial by the Cayley-Hamilton theorem and Newton's identities (Horn and "
    "Johnson, Matrix Analysis, 2013, section 2.4)"
)


@dataclass(frozen=True)
class _Structure:
    """The arguments of `expm_structured`."""

    degree: int
    parity: str
    multiplicity: int
    traceless: bool
    zero_rows: int

    @property
    def step(self) -> int:
        """2 where every other coefficient of the polynomial is zero."""
        return 1 if self.parity == "none" else 2


def derive(block: Block) -> MatrixForm | Refusal:
    """Give the exponential modulo the minimal polynomial, or one that generic elements fulfil.

    Last rows of zeros are left out of the polynomial: `exp([[M, V], [0, 0]])` takes that of `M`.
    The degree is that at a sample point. If it is the number of rows, the polynomial is the
    characteristic one, which holds for every matrix. If it is smaller, the polynomial that traces
    of powers give is proved to hold by an identity test at exact points. An invariant bilinear form
    `M^T F + F M = 0` that is not degenerate makes `M` similar to `-M`, so that every other
    coefficient is zero.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.derive.blocks import split
    >>> block, = split(known("so7"))
    >>> dict(derive(block).keywords)
    {'degree': 7, 'parity': 'odd'}
    >>> derive(block).formula[0]
    'exp(A) = r0 I + r1 A + ... + r6 A^6'
    """
    zero_rows = block.zero_rows
    if zero_rows == block.n:
        return Refusal("its elements are zero")
    inner = _without_last(block, zero_rows)
    sampled = at_random_parameters(inner)
    degree = len(minimal_polynomial_at(sampled, sample_point(inner))) - 1
    if degree < 2:
        return Refusal("its elements have one eigenvalue")
    if degree > _LARGEST_DEGREE:
        return Refusal(
            f"its generic element's minimal polynomial has degree {degree}, and beyond degree "
            f"{_LARGEST_DEGREE} the powers cost more than squarings of the matrix"
        )
    parity, parity_facts = _parity(inner, degree)
    found = _polynomial(inner, degree)
    if isinstance(found, Refusal):
        return found
    multiplicity, fact = found
    traceless = sp.expand(inner.element.trace()) == 0
    structure = _Structure(degree, parity, multiplicity, traceless, zero_rows)
    facts = [fact, *parity_facts, *_trace_facts(structure), *_shape_facts(structure)]
    return MatrixForm(
        block=block,
        kind="structured",
        reason=_reason(structure),
        certificate=tuple(facts),
        function="expm_structured",
        keywords=_keywords(structure),
        formula=tuple(_formula(structure)),
        source=_SOURCE,
    )


def _without_last(block: Block, rows: int) -> Block:
    """The block of the first rows and columns."""
    kept = list(range(block.n - rows))
    element = block.element.extract(kept, kept).as_immutable()
    return Block(block.rows[: len(kept)], element, block.symbols)


def _polynomial(block: Block, degree: int) -> tuple[int, Fact] | Refusal:
    """How many times the roots of the minimal polynomial are eigenvalues, with the proof."""
    if degree == block.n:
        claim = f"the characteristic polynomial, of degree {degree}, has every element as a root"
        return 1, Fact(claim, "the Cayley-Hamilton theorem")
    here = at_random_parameters(block).at(sample_point(block))
    copies = (k for k in range(1, block.n + 1) if _annihilates(here, degree, k))
    multiplicity = next(copies, None)
    if multiplicity is None:
        return Refusal("traces of powers do not determine its minimal polynomial")
    for fixed, point in _random_points(block, degree):
        if not _annihilates(fixed.at(point), degree, multiplicity):
            return Refusal(
                "its minimal polynomial has a larger degree at some elements than at one"
            )
    total = degree * block.degree
    return multiplicity, Fact(
        f"the polynomial of degree {degree} with p_k = tr(M^k) / {multiplicity} for the power sums "
        "of its roots has every element M as a root",
        f"an identity of polynomials of degree {total} in the coefficients, exact at {_POINTS} "
        f"points of integers up to {_RANGE}: if it were false, that would have a chance of at most "
        f"{_chance(total)} (Schwartz and Zippel)",
    )


def _random_points(block: Block, seed: int) -> Iterator[tuple[Block, tuple[int, ...]]]:
    """The block at random integers for its parameters, and random integers for coefficients."""
    draw = random.Random(seed)
    for _ in range(_POINTS):
        point, numbers = (
            [draw.randint(-_RANGE, _RANGE) for _ in symbols]
            for symbols in (block.symbols, block.parameters)
        )
        yield block.with_parameters(numbers), tuple(point)


def _chance(degree: int) -> str:
    """That a polynomial which is not zero vanishes at all random points."""
    return f"{float(degree / (2 * _RANGE + 1)) ** _POINTS:.0e}"


def _annihilates(M: DomainMatrix, degree: int, copies: int) -> bool:
    """Whether the polynomial whose power sums are traces over `copies` vanishes at a matrix."""
    domain, n = M.domain, M.shape[0]
    power, sums = M, []
    for _ in range(degree):
        sums.append(sum((power[i, i].element for i in range(n)), domain.zero) / domain(copies))
        power = power * M
    falling = [domain.one]
    for k in range(1, degree + 1):
        total = sum((sums[i - 1] * falling[k - i] for i in range(1, k + 1)), domain.zero)
        falling.append(-total / domain(k))
    identity, value = DomainMatrix.eye(n, domain).to_dense(), DomainMatrix.zeros((n, n), domain)
    for coefficient in falling:
        value = value.to_dense() * M + identity * coefficient
    return bool(value.is_zero_matrix)


def _parity(block: Block, degree: int) -> tuple[str, list[Fact]]:
    """Whether `m(-x) = (-1)^d m(x)`: certain by a form, never claimed without one.

    With parameters there is a form for each of their values; it is the coefficients of the
    polynomial that are tested then.
    """
    parity = "odd" if degree % 2 else "even"
    if block.parameters:
        return _parity_at_points(block, degree, parity)
    module = _module(block)
    if module is None:
        return "none", []
    for sign, symmetry in ((1, "symmetric"), (-1, "antisymmetric")):
        forms = as_matrices(primitive(form_rows(module, sign)), block.n)
        candidates = [*forms, *islice(general_elements(forms), 3)] if forms else []
        if any(form.to_field().rank() == block.n for form in candidates):
            proof = (
                f"a {symmetry} invertible F with M^T F + F M = 0 for every element M, found by "
                "exact linear algebra: M is similar to -M^T, and so to -M"
            )
            return parity, [Fact(f"the minimal polynomial is {parity}", proof)]
    return "none", []


def _parity_at_points(block: Block, degree: int, parity: str) -> tuple[str, list[Fact]]:
    for fixed, point in _random_points(block, degree):
        polynomial = minimal_polynomial_at(fixed, point)
        if len(polynomial) != degree + 1 or any(polynomial[degree - 1 :: -2]):
            return "none", []
    total = degree * block.degree
    proof = (
        f"every other coefficient is a polynomial of degree {total} at most in coefficients and "
        f"parameters, and zero at {_POINTS} points of integers up to {_RANGE}: by a chance of at "
        f"most {_chance(total)} (Schwartz and Zippel)"
    )
    return parity, [Fact(f"the minimal polynomial is {parity}", proof)]


def _module(block: Block) -> Module | None:
    """The span of the block; None where its entries depend on parameters."""
    A, n = block.over_polynomials, block.n
    if not A.domain.is_PolynomialRing or not set(A.domain.symbols) <= set(block.symbols):
        return None
    numbers = A.domain.domain
    rows: dict[int, dict[int, Any]] = {}
    for (i, j), entry in A.to_dok().items():
        for monomial, coefficient in entry.terms():
            rows.setdefault(monomial.index(1), {})[i * n + j] = coefficient
    flat = DomainMatrix(dict(enumerate(rows.values())), (len(rows), n * n), numbers)
    reduced = small_field(span(flat))
    actions = tuple(matrix.transpose() for matrix in as_matrices(reduced, n))
    return Module(actions, n, reduced.domain)


def _trace_facts(structure: _Structure) -> list[Fact]:
    if not structure.traceless or structure.parity != "none":
        return []
    return [Fact("all traces are zero", "the trace, linear in the coefficients, is 0 identically")]


def _shape_facts(structure: _Structure) -> list[Fact]:
    if not structure.zero_rows:
        return []
    many = structure.zero_rows > 1
    claim = f"the last {structure.zero_rows} rows are zero" if many else "the last row is zero"
    return [Fact(claim, "its entries, linear in the coefficients, are 0 identically")]


def _keywords(structure: _Structure) -> dict[str, int | float | str | bool]:
    """Those arguments that are not the usual ones; the trace is told where it is made use of."""
    keywords: dict[str, int | float | str | bool] = {"degree": structure.degree}
    if structure.parity != "none":
        keywords["parity"] = structure.parity
    elif structure.traceless:
        keywords["traceless"] = True
    if structure.multiplicity > 1:
        keywords["multiplicity"] = structure.multiplicity
    if structure.zero_rows:
        keywords["zero_rows"] = structure.zero_rows
    return keywords


def _reason(structure: _Structure) -> str:
    parity = {"none": "a", "even": "an even", "odd": "an odd"}[structure.parity]
    which = "the block of its generic element beside zero rows" if structure.zero_rows else ""
    return (
        f"{which or 'its generic element'} has {parity} minimal polynomial of degree "
        f"{structure.degree}, from traces of powers"
    )


def _formula(structure: _Structure) -> Iterator[str]:
    letter, last = ("M" if structure.zero_rows else "A"), structure.degree - 1
    middle = " + ..." if last > 2 else ""
    total = f"r0 I + r1 {letter}{middle}" + (f" + r{last} {letter}^{last}" if last > 1 else "")
    if structure.zero_rows:
        yield f"exp(A) = I + ({total}) A"
        yield "A = [[M, V], [0, 0]]"
        yield "r = phi1(lambda) mod m(lambda), phi1(lambda) = (exp(lambda) - 1)/lambda"
    else:
        yield f"exp(A) = {total}"
        yield "r = exp(lambda) mod m(lambda)"
    total = f"lambda^{structure.degree}"
    for k in range(1, structure.degree // structure.step + 1):
        power = structure.degree - structure.step * k
        factor = {0: "", 1: " lambda"}.get(power, f" lambda^{power}")
        total += f" {'-' if k % 2 else '+'} e_{k}{factor}"
    yield f"m = {total}"
    exponent = "(2 i)" if structure.step == 2 else "i"
    copies = structure.multiplicity * structure.step
    divisor = f"/{copies}" if copies > 1 else ""
    traces = f"tr({letter}^{exponent}){divisor}"
    yield f"k e_k = sum_(i=1..k) (-1)^(i-1) e_(k-i) p_i, e_0 = 1, p_i = {traces}"
