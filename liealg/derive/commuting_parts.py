"""Parts of a generic element that commute, so that its exponential is a product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.derive.form import Fact
from liealg.echelon import inverse, row_echelon
from liealg.exact import over_field, real_coordinates
from liealg.number_fields import one_field
from liealg.scalars import multiply
from liealg.structure.decomposition import indecomposable_ideals
from liealg.structure.generated import generated_algebra
from liealg.structure.modules import module_of, realified_module
from liealg.structure.subspace import exact_rows

# Larger matrices, and spans that generate larger algebras, are left in one part.
_MOST_ROWS = 24
_LARGEST = 36


@dataclass(frozen=True)
class CommutingPart:
    """One part of the generic element.

    Attributes
    ----------
    matrices
        ``P(E_1) ... P(E_k)``: the part is ``sum_i theta_i P(E_i)``. They may be dependent.
    dim
        The dimension of their span over the reals.
    shift
        Numbers ``c_i`` with ``P(E_i) = c_i 1``, where it is a multiple of the identity.
    """

    matrices: tuple[sp.ImmutableDenseMatrix, ...]
    dim: int
    shift: tuple[sp.Expr, ...] | None


@dataclass(frozen=True)
class CommutingParts:
    """A generic element as a sum of parts that commute: ``exp(A)`` is the product of theirs.

    Attributes
    ----------
    parts
        The parts: a multiple of the identity first, then those of the ideals.
    pays
        Whether there are at least two parts.
    certificate
        What the parts rest on, or why there is one only.
    """

    parts: tuple[CommutingPart, ...]
    pays: bool
    certificate: tuple[Fact, ...]


def commuting_parts(matrices: Sequence[sp.MatrixBase]) -> CommutingParts:
    """Split ``A = sum_i theta_i E_i`` into ``A_1 + ... + A_r`` with ``[A_i, A_j] = 0``.

    The coefficients are real; complex ones count as pairs, ``E_1 ... E_k, i E_1 ... i E_k``. The
    trace is split off where that makes the rest smaller or its eigenvalues symmetric about zero.
    The rest generates a Lie algebra, a direct sum of ideals that cannot be split over the reals
    (de Graaf, *Lie Algebras: Theory and Algorithms*, 2000, chapter 1), and part ``i`` is the
    projection to the ideal ``i``. Elements of an abelian summand commute with each other, too, and
    stay together as one part. So do the two halves of a complex algebra, as of so(3,1).

    Spans whose algebra has more than 36 dimensions are left as they are but for the trace, and
    those with symbols in their matrices altogether.

    Parameters
    ----------
    matrices
        ``E_1 ... E_k``, of one size, with exact entries. They may be dependent or zero, as those
        of a diagonal block.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> found = commuting_parts(known("so4").matrices)
    >>> [part.dim for part in found.parts]
    [3, 3]
    >>> found.parts[0].matrices[0] + found.parts[1].matrices[0] == known("so4").matrices[0]
    True
    >>> commuting_parts(known("gl2").matrices).parts[0].shift
    (1/2, 0, 0, 1/2)
    """
    return _commuting_parts(tuple(sp.ImmutableDenseMatrix(E) for E in matrices))


_Matrices = tuple[sp.ImmutableDenseMatrix, ...]


@lru_cache(maxsize=64)
def _commuting_parts(matrices: _Matrices) -> CommutingParts:
    if any(E.free_symbols for E in matrices):
        return _whole(matrices, "the matrices hold parameters")
    if matrices[0].rows > _MOST_ROWS:
        return _whole(matrices, f"there are more than {_MOST_ROWS} rows")
    if _are_zero(matrices):
        return _whole(matrices, "the matrices are zero")
    shift = _shift(matrices)
    if shift is None:
        groups, facts = _ideal_parts(matrices)
    else:
        scalars = _scalar_matrices(shift, matrices[0].rows)
        rest = _less(matrices, scalars)
        fact = Fact("the multiple tr(A) / n of 1 is a part", "1 commutes with everything")
        groups, facts = [scalars], [fact]
        if not _are_zero(rest):
            ideals, more = _ideal_parts(rest)
            groups, facts = [scalars, *ideals], [fact, *more]
    if len(groups) > 1:
        facts.append(_checked(matrices, groups))
    parts = tuple(
        CommutingPart(group, len(_independent(group)), _multiples(group)) for group in groups
    )
    return CommutingParts(parts, len(parts) > 1, tuple(facts))


def _whole(matrices: _Matrices, why: str) -> CommutingParts:
    part = CommutingPart(matrices, len(_independent(matrices)), _multiples(matrices))
    return CommutingParts((part,), False, (Fact("the element is left in one part", why),))


def _shift(matrices: _Matrices) -> tuple[sp.Expr, ...] | None:
    """The multiples ``tr(E_i) / n`` of 1, where it is worth while to take them off.

    That is where the span or the algebra that it generates holds multiples of 1, and where the
    characteristic polynomial of the rest is even or odd, at a point in general position.
    """
    n = matrices[0].rows
    shift = tuple(sp.expand(E.trace() / n) for E in matrices)
    if not any(shift):
        return None
    rest = _less(matrices, _scalar_matrices(shift, n))
    if _are_zero(rest) or _has_parity(rest):
        return shift
    before, after = _algebra(matrices), _algebra(rest)
    if before is None or after is None:
        smaller = len(_independent(rest)) < len(_independent(matrices))
    else:
        smaller = after[0].dim < before[0].dim
    return shift if smaller else None


def _are_zero(matrices: _Matrices) -> bool:
    return all(E.is_zero_matrix for E in matrices)


def _scalar_matrices(shift: tuple[sp.Expr, ...], n: int) -> _Matrices:
    return tuple((c * sp.eye(n)).as_immutable() for c in shift)


def _less(matrices: _Matrices, others: _Matrices) -> _Matrices:
    return tuple(
        (E - B).applyfunc(sp.expand).as_immutable() for E, B in zip(matrices, others, strict=True)
    )


def _has_parity(matrices: _Matrices) -> bool:
    """Whether an element in general position has a characteristic polynomial of one parity."""
    total = sp.zeros(matrices[0].rows)
    for E, weight in zip(matrices, _weights(len(matrices)), strict=True):
        total += weight * E
    coefficients = over_field(total.applyfunc(sp.expand)).to_dense().charpoly()
    return not any(coefficients[1::2])


def _weights(count: int) -> list[int]:
    return [pow(7, i + 1, 101) - 50 for i in range(count)]


def _multiples(matrices: _Matrices) -> tuple[sp.Expr, ...] | None:
    """The numbers of which the matrices are multiples of 1, if they are."""
    n = matrices[0].rows
    numbers = tuple(E[0, 0] for E in matrices)
    return numbers if matrices == _scalar_matrices(numbers, n) else None


def _independent(matrices: _Matrices) -> list[int]:
    """The places of the matrices that are no combinations of those before them."""
    _, pivots = row_echelon(real_coordinates(matrices).transpose())
    return list(pivots)


@lru_cache(maxsize=64)
def _algebra(matrices: _Matrices) -> tuple[LieAlgebra, _Matrices] | None:
    """The Lie algebra that the matrices generate, with its basis; ``None`` if it is too large.

    The basis is in the coordinates of the matrices; the algebra may be in others, and real.
    """
    chosen = [matrices[i] for i in _independent(matrices)]
    basis = MatrixBasis("block", chosen)
    if basis.dim > _LARGEST:
        return None
    if basis.is_closed():
        algebra = LieAlgebra("block", chosen)
        return algebra, algebra.matrices
    generated = generated_algebra(basis, _LARGEST)
    if generated is None:
        return None
    scale = (realified_module(basis) if basis.is_complex else module_of(basis)).scale
    return generated, tuple(_given(E, scale, basis.n) for E in generated.matrices)


def _given(E: sp.MatrixBase, scale: tuple[sp.Expr, ...], n: int) -> sp.ImmutableDenseMatrix:
    """A matrix of the generated algebra in the coordinates of the span, complex again if it was."""
    complex_entries = E[:n, :n] if E.rows == n else E[:n, :n] + sp.I * E[n:, :n]
    if not set(scale) <= {sp.S.One}:
        complex_entries = sp.Matrix(
            n, n, lambda i, j: sp.radsimp(sp.expand(complex_entries[i, j] * scale[i] / scale[j]))
        )
    return complex_entries.as_immutable()


def _ideal_parts(matrices: _Matrices) -> tuple[list[_Matrices], list[Fact]]:
    """The projections to the ideals of the generated algebra, those to abelian ones together."""
    found = _algebra(matrices)
    if found is None:
        why = f"the matrices generate a Lie algebra of more than {_LARGEST} dimensions"
        return [matrices], [Fact("the element is left in one part", why)]
    algebra, generated = found
    decomposition = indecomposable_ideals(algebra)
    large = [ideal.subspace.rows for ideal in decomposition.ideals if ideal.subspace.dim > 1]
    lines = [ideal.subspace.rows for ideal in decomposition.ideals if ideal.subspace.dim == 1]
    ideals = [*large, sp.Matrix.vstack(*lines)] if lines else large
    sizes = " + ".join(str(ideal.rows) for ideal in ideals)
    facts = [
        Fact(
            f"the matrices generate a Lie algebra of {algebra.dim} dimensions, with ideals of "
            f"{sizes}",
            f"the centroid of the algebra: {decomposition.reason}",
        )
    ]
    if len(ideals) == 1:
        return [matrices], facts
    groups = _projections(matrices, generated, [exact_rows(rows.tolist()) for rows in ideals])
    return [group for group in groups if not _are_zero(group)], facts


def _projections(
    matrices: _Matrices, generated: _Matrices, ideals: list[DomainMatrix]
) -> list[_Matrices]:
    """The parts of each matrix in ideals whose direct sum the algebra is, given by coordinates."""
    n, dim = matrices[0].rows, len(generated)
    entries = over_field(sp.Matrix([E.flat() for E in generated]))
    # Coordinates in the algebra are real: they are read off real and imaginary parts.
    stacked = real_coordinates([*generated, *matrices]).transpose()
    reduced, _ = row_echelon(stacked)
    known = reduced.extract(list(range(dim)), list(range(dim, stacked.shape[1]))).transpose()
    known, *ideals = one_field(known, *ideals)
    back = inverse(DomainMatrix.vstack(*ideals))
    inside = multiply(known, back).to_sparse()
    groups, start = [], 0
    for rows in ideals:
        places = list(range(start, start + rows.shape[0]))
        start += rows.shape[0]
        chosen = multiply(inside.extract(list(range(len(matrices))), places), rows).to_sparse()
        flat = multiply(*one_field(chosen, entries)).to_Matrix()
        groups.append(
            tuple(sp.ImmutableDenseMatrix(n, n, list(flat[i, :])) for i in range(len(matrices)))
        )
    return groups


def _checked(matrices: _Matrices, groups: list[_Matrices]) -> Fact:
    """The exact check that the parts add up to the whole and commute with each other."""
    n = matrices[0].rows
    listed = [E for group in groups for E in group]
    stacked = over_field(sp.Matrix.vstack(*matrices, *listed))
    whole, *rest = (
        stacked.to_sparse().extract(list(range(i, i + len(matrices) * n)), list(range(n)))
        for i in range(0, stacked.shape[0], len(matrices) * n)
    )
    total = rest[0]
    for part in rest[1:]:
        total = total + part
    assert (total - whole).is_zero_matrix, "the parts do not add up"
    for i, (group, first) in enumerate(zip(groups, rest, strict=True)):
        if _multiples(group) is not None:
            continue
        for second in rest[i + 1 :]:
            assert _commute(first, second, n), "two parts do not commute"
    return Fact(
        f"A is the sum of {len(groups)} parts that commute for all coefficients",
        "all brackets of their matrices computed exactly",
    )


def _commute(first: DomainMatrix, second: DomainMatrix, n: int) -> bool:
    """Whether every ``n x n`` block of a column of blocks commutes with every one of another."""
    left = multiply(first, _turned(second, n)).to_sparse().to_dok()
    back = multiply(second, _turned(first, n)).to_sparse().to_dok()
    # Entry (a n + i, b n + j) of one belongs to (b n + i, a n + j) of the other.
    moved = {(j // n * n + i % n, i // n * n + j % n): value for (i, j), value in back.items()}
    return left == moved


def _turned(matrix: DomainMatrix, n: int) -> DomainMatrix:
    """A column of blocks as a row of blocks."""
    entries = {(i % n, i // n * n + j): value for (i, j), value in matrix.to_dok().items()}
    return DomainMatrix.from_dok(entries, (n, matrix.shape[0]), matrix.domain).to_sparse()
