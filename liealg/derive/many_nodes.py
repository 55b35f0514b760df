"""Blocks with one invariant and many nodes, as the representations of spin of so(3) and sl(2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd

import flint
import numpy as np
import sympy as sp

from liealg.derive.blocks import Block
from liealg.derive.form import Fact, MatrixForm, Refusal
from liealg.derive.minimal_polynomial import sample_point
from liealg.derive.random_point import (
    CHANCE,
    Images,
    Matrix,
    NotSquareRootsError,
    as_parts,
    basis_of,
    trace_form,
)
from liealg.square_roots import Parts

MOST_TWICE = 12
"""The largest spin, doubled, whose exponential is worth while: see :func:`derive`."""

MOST_TWICE_ALONE = 10
"""The same where the gradient cannot be had by brackets."""

LEAST_TWICE_BY_ANGLES = 5
"""The smallest spin, doubled, for which Euler angles are worth while: see :func:`_by_angles`."""

_TOLERANCE = 1e-4


@dataclass(frozen=True)
class _Nodes:
    """Eigenvalues ``m sqrt(Delta)``: what ``m`` are, and what multiple of ``tr(A^2)`` is ``Delta``.

    Attributes
    ----------
    doubled
        ``2 m`` for the ``m >= 0``, ascending.
    weight
        ``tr(A^2) / Delta``.
    one_sided
        Whether an eigenvalue occurs without its negative.
    """

    doubled: tuple[int, ...]
    weight: sp.Rational
    one_sided: bool

    @property
    def twice(self) -> int:
        """Two times the largest node."""
        return self.doubled[-1]

    def __str__(self) -> str:
        return ", ".join(str(sp.Rational(m, 2)) for m in self.doubled)


def derive(block: Block) -> MatrixForm | Refusal:
    """Give the exponential where all eigenvalues are rational multiples of one square root.

    With the minimal polynomial ``x^z prod_j (x^2 - m_j^2 Delta)``, ``z`` 0 or 1, ``m_j`` rational
    and ``Delta`` quadratic in the coefficients, the nodes ``m_j`` are completed to equally spaced
    ones, in units of which central differences interpolate ``exp`` (``runtime/spins.py``).

    ``Delta`` is ``tr(A^2)`` over ``2 sum_j m_j^2`` (with multiplicities), the nodes are read off at
    one element, and the identity is tested for all elements at a random point modulo a prime.

    Where ``[A, [A, [A, E]]] = Delta [A, E]`` holds on the span, value and gradient took 0.2 to 0.4
    of the time of the fallback for spins from 3/2 to 6 (``benchmarks/spins.py``: single precision,
    XLA), within 4 and 16 ``eps (1 + kappa)``; larger nodes are refused, since spin 13/2 erred by
    4.1 in values. Where it does not hold the gradient takes twice the products of the value: 0.5 of
    the time for spin 2 in real matrices, 0.9 for 5 and as much for 6, so that nodes larger than 5
    are refused.
    """
    try:
        basis = basis_of(block)
        roots, parts = as_parts(basis)
    except NotSquareRootsError as error:
        return Refusal(str(error))
    nodes = _nodes(block, basis)
    if nodes is None:
        return Refusal(
            "the eigenvalues of its generic element are no small rational multiples of one square "
            "root"
        )
    form = trace_form(parts)
    if any(sp.im(entry) != 0 for row in form for entry in row):
        return Refusal("its invariant Delta is not real for all coefficients")
    if nodes.one_sided and not _is_nowhere_positive(form):
        return Refusal(
            "some of its real eigenvalues lack their negatives, whose exponentials would be larger "
            "than its own"
        )
    invariant = _stable(form, nodes.weight, block.symbols)
    span = _Span(block, roots, parts, invariant)
    if not span.has_minimal_polynomial(nodes):
        return Refusal(
            f"its generic element has eigenvalues {nodes} times a square root, but is not "
            "diagonalizable, or only some elements have them"
        )
    triple = span.is_lie_triple()
    if nodes.twice > MOST_TWICE:
        return Refusal(
            f"its nodes {nodes} reach beyond {MOST_TWICE // 2}, where rounding grows: values for "
            "13/2 erred by 4.1 eps (1 + kappa)"
        )
    if not triple and nodes.twice > MOST_TWICE_ALONE:
        return Refusal(
            f"its nodes {nodes} need {(nodes.twice + 1) // 2} products of matrices for the value "
            "and twice that for the gradient, no fewer than scaling and squaring"
        )
    plain = _matrix_form(block, nodes, invariant)
    if not triple:
        return plain
    compact = _is_nowhere_positive(form)
    representation = _representation(plain, compact)
    turns = (
        compact
        and nodes.twice >= LEAST_TWICE_BY_ANGLES
        and _are_skew_hermitian(basis)
        and span.generates_rotations()
    )
    return _by_angles(representation, invariant) if turns else representation


def _matrix_form(block: Block, nodes: _Nodes, invariant: sp.Expr) -> MatrixForm:
    polynomial = _polynomial(nodes)
    facts = (
        Fact(f"tr(A^2) = {nodes.weight} Delta", "exact arithmetic with square roots: a definition"),
        Fact(f"{polynomial} = 0", f"all entries vanish {CHANCE}"),
    )
    whole = nodes.twice % 2 == 0
    scheme = (
        "exp(A) = I + sum_k (c B/(2k+1)! + B^2/(2k+2)!) prod_(i=1..k) (B^2 - i^2 D)"
        if whole
        else "exp(A) = sum_k (c/(2k)! + B/(2k+1)!) prod_(i=1..k) (B^2 - (i - 1/2)^2 D)"
    )
    last = nodes.twice // 2 - 1 if whole else nodes.twice // 2
    return MatrixForm(
        block=block,
        kind="closed form",
        reason=f"its generic element has the eigenvalues +-m sqrt(Delta), m = {nodes}: "
        "one invariant, many nodes",
        certificate=facts,
        function="expm_spins",
        scalars=(invariant,),
        keywords={"twice": nodes.twice},
        gives_less_identity=True,
        formula=(
            f"{scheme}, k = 0 ... {last}",
            "B = s A, D = s^2 Delta, s = 2 sinh(t/2)/t = c1(Delta/4), c = cosh(t/2) = c0(Delta/4), "
            "t = sqrt(Delta)",
            f"Delta = {invariant}",
        ),
        source="interpolation by central differences (Stirling and Bessel; Steffensen, "
        "Interpolation, 1927, sections 4 and 5), for spins Curtright, Fairlie and Zachos, "
        "SIGMA 10, 2014",
    )


def _representation(form: MatrixForm, compact: bool) -> MatrixForm:
    """The same value, with the gradient by the Jacobian of the group."""
    fact = Fact("[A, [A, [A, E]]] = Delta [A, E] for A, E in the span", f"holds {CHANCE}")
    return replace(
        form,
        certificate=(*form.certificate, fact),
        function="expm_spin_representation",
        keywords={**form.keywords, "compact": compact},
        linear=form.block,
        coefficients=form.block.symbols,
    )


def _by_angles(form: MatrixForm, invariant: sp.Expr) -> MatrixForm:
    """The same exponential by Euler angles, whose cost hardly grows with the spin.

    Value and gradient of 10,000 elements (``benchmarks/spins.py``: float32, XLA) took 0.8 of the
    time of the interpolation for spin 3 in real matrices and 0.7 for 6, 0.7 and 0.4 for 5/2 and 4
    in complex ones; for spin 2 1.1 and 0.8.
    """
    fact = Fact(
        "A, E and [A, E] span an algebra that holds all elements: so(3), since Delta <= 0",
        f"the ranks are 3 {CHANCE}",
    )
    return replace(
        form,
        certificate=(*form.certificate, fact),
        keywords={**form.keywords, "by_angles": True},
        formula=(
            "exp(A) - I = Z(alpha + gamma) - I + Z(alpha) (X(beta) - I) Z(gamma), Z and X turns "
            "about two axes, x, y, z the coordinates of A along these and a third one",
            "cos(beta/2) e^(i (alpha + gamma)/2) = c0(Delta/4) + i c1(Delta/4) z/2, "
            "sin(beta/2) e^(i (alpha - gamma)/2) = c1(Delta/4) (x + i y)/2",
            f"Delta = {invariant}",
        ),
        source="Euler angles of a quaternion (Varshalovich, Moskalev and Khersonskii, Quantum "
        "Theory of Angular Momentum, 1988, section 1.4; Wigner, Group Theory, 1959, chapter 15)",
    )


def _polynomial(nodes: _Nodes) -> str:
    factors = ["A"] if nodes.doubled[0] == 0 else []
    for m in nodes.doubled:
        if m:
            square = sp.Rational(m, 2) ** 2
            factors.append(f"(A^2 - {'' if square == 1 else f'{square} '}Delta)")
    return " ".join(factors)


def _nodes(block: Block, basis: list[Matrix]) -> _Nodes | None:
    """Read the nodes off at one element, in double precision: a guess, proved afterwards."""
    n = block.n
    A = np.zeros((n, n), complex)
    for theta, matrix in zip(sample_point(block), basis, strict=True):
        for place, entry in matrix.items():
            A[place] += theta * complex(entry)
    eigenvalues = np.linalg.eigvals(A)
    largest = eigenvalues[np.abs(eigenvalues).argmax()]
    if np.abs(largest) <= _TOLERANCE * np.linalg.norm(A):
        return None
    ratios = eigenvalues / largest
    for unit in range(1, 2 * MOST_TWICE + 1):
        nearest = np.rint(ratios.real * unit)
        if np.abs(ratios * unit - nearest).max() < _TOLERANCE:
            break
    else:
        return None
    signed = {int(x) for x in nearest}
    whole = [int(abs(x)) for x in nearest]
    common = gcd(*whole)
    # Odd ones alone are spaced by two: half-whole nodes.
    half = all(x // common % 2 for x in whole)
    doubled = [x // common * (1 if half else 2) for x in whole]
    if max(doubled) > 2 * MOST_TWICE:
        return None
    weight = sum(sp.Rational(m, 2) ** 2 for m in doubled)
    return _Nodes(tuple(sorted(set(doubled))), weight, signed != {-x for x in signed})


def _is_nowhere_positive(form: list[list[sp.Expr]]) -> bool:
    """Whether a quadratic form is negative semidefinite, in double precision."""
    values = np.array(sp.Matrix(form).evalf().tolist(), float)
    return bool(np.linalg.eigvalsh(values).max() <= _TOLERANCE * np.abs(values).max())


def _stable(
    form: list[list[sp.Expr]], weight: sp.Rational, symbols: tuple[sp.Symbol, ...]
) -> sp.Expr:
    """The quadratic form over the weight; a sum of squares where it is definite.

    The squares are completed one coefficient after the other: their sum does not cancel.
    """
    size = len(symbols)
    rest = sp.Matrix(form) / weight
    expanded = sp.factor_terms(sp.expand((sp.Matrix([symbols]) * rest * sp.Matrix(symbols))[0]))
    if rest.is_diagonal():
        return expanded
    terms: list[tuple[sp.Expr, sp.Expr]] = []
    for i in range(size):
        pivot = rest[i, i]
        if pivot == 0 or (terms and sp.sign(pivot) != sp.sign(terms[0][0])):
            return expanded
        row = [sp.radsimp(sp.expand(rest[i, j] / pivot)) for j in range(size)]
        terms.append((pivot, sp.Add(*(row[j] * symbols[j] for j in range(i, size)))))
        rest = sp.Matrix(
            size, size, lambda a, b, r=rest, w=row, p=pivot: sp.expand(r[a, b] - p * w[a] * w[b])
        )
    return sp.Add(*(sp.radsimp(pivot) * linear**2 for pivot, linear in terms))


class _Span:
    """The matrices modulo a prime, and the identities that they are asked for."""

    def __init__(
        self,
        block: Block,
        roots: tuple[int, ...],
        parts: list[dict[tuple[int, int], Parts]],
        invariant: sp.Expr,
    ) -> None:
        self._n = block.n
        self._images = Images(roots)
        matrices = [self._images.matrix(entries, block.n) for entries in parts]
        theta, eta = (self._images.draw(len(matrices)) for _ in range(2))
        self._matrices = matrices
        self._A, self._E = (self._sum(point, matrices) for point in (theta, eta))
        self._Delta = self._images.value(invariant, block.symbols, theta)

    def _sum(self, point: list[int], matrices: list[flint.fmpz_mod_mat]) -> flint.fmpz_mod_mat:
        total = matrices[0] * point[0]
        for x, matrix in zip(point[1:], matrices[1:], strict=True):
            total = total + matrix * x
        return total

    def has_minimal_polynomial(self, nodes: _Nodes) -> bool:
        n, prime = self._n, self._images.prime
        identity = flint.fmpz_mod_mat(
            n, n, [int(i == j) for i in range(n) for j in range(n)], self._images.context
        )
        square = self._A * self._A
        total = self._A if nodes.doubled[0] == 0 else identity
        quarter = pow(4, -1, prime)
        for m in nodes.doubled:
            if m:
                total = total * (square - identity * (m * m * quarter * self._Delta % prime))
        return _is_zero(total)

    def is_lie_triple(self) -> bool:
        once = self._bracket(self._E)
        thrice = self._bracket(self._bracket(once))
        return _is_zero(thrice - once * self._Delta)

    def generates_rotations(self) -> bool:
        """Whether two elements and their bracket span an algebra that holds all elements.

        Some element or the bracket must have one entry to a row at most, besides.

        Where that is so, `Δ <= 0` and the triple identity make it so(3): `tr(B^2)` of the bracket
        `B` is negative, since `[E, B] = -Δ(E) A'` with `A'` the part of `A` that is orthogonal to
        `E`, and `tr(A B) = tr(E B) = 0`.
        """
        B = self._bracket(self._E)
        inside = [self._A, self._E, B]
        others = [self._bracket(B), self._E * B - B * self._E, *self._matrices]
        if not self._rank(inside) == self._rank([*inside, *others]) == 3:
            return False
        # All brackets are multiples of one where the elements are of two dimensions.
        candidates = self._matrices if self._rank(self._matrices) == 3 else [*self._matrices, B]
        return any(_is_sparse(matrix) for matrix in candidates)

    def _rank(self, matrices: list[flint.fmpz_mod_mat]) -> int:
        entries = [x for matrix in matrices for x in matrix.entries()]
        rows = flint.fmpz_mod_mat(len(matrices), self._n**2, entries, self._images.context)
        return int(rows.rank())

    def _bracket(self, M: flint.fmpz_mod_mat) -> flint.fmpz_mod_mat:
        return self._A * M - M * self._A


def _is_sparse(matrix: flint.fmpz_mod_mat) -> bool:
    rows = [sum(entry != 0 for entry in row) for row in matrix.table()]
    return max(rows) == 1


def _are_skew_hermitian(basis: list[Matrix]) -> bool:
    return all(
        sp.expand(entry + sp.conjugate(matrix.get((j, i), sp.S.Zero))) == 0
        for matrix in basis
        for (i, j), entry in matrix.items()
    )


def _is_zero(matrix: flint.fmpz_mod_mat) -> bool:
    return all(entry == 0 for entry in matrix.entries())
