"""Intertwiners: linear maps ``F`` between two modules with ``A_i F = F B_i``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.reduction import BadPrimeError
from liealg.scalars import (
    extended_scalars,
    field_powers,
    multiply,
    restricted_scalars,
    shaped,
)
from liealg.structure.fitting import combination, weights
from liealg.structure.large_prime import large_primes, rationals, residues
from liealg.structure.modules import solutions, two_sided
from liealg.structure.spinning import intertwining_modulo
from liealg.structure.split_primes import split_primes
from liealg.structure.subspace import span

_Pair = tuple[DomainMatrix, DomainMatrix]


def intertwiners(pairs: Sequence[_Pair]) -> DomainMatrix:
    """All ``F`` with ``A F = F B`` for every pair of matrices, each ``F`` as one reduced row.

    ``F`` is known where it takes a few vectors that generate the first module: ``v w(A) F`` is
    ``v F w(B)`` for every word ``w``. So there are few unknowns. Modulo a large prime there are as
    many maps or more; as soon as each is lifted to the rationals and intertwines exactly, they are
    all. A field of square roots is embedded in the numbers modulo a prime in all ways.

    Examples
    --------
    >>> turn = DomainMatrix.from_list([[0, -1], [1, 0]], sp.QQ)
    >>> intertwiners([(turn, turn)]).to_Matrix()
    Matrix([
    [1, 0,  0, 1],
    [0, 1, -1, 0]])
    """
    domain = pairs[0][0].domain
    n, m = pairs[0][0].shape[0], pairs[0][1].shape[0]
    pairs = [(a, b) for a, b in pairs if not (a.is_zero_matrix and b.is_zero_matrix)]
    if not pairs:
        return DomainMatrix.eye(n * m, domain).to_sparse()
    found = None
    if domain == sp.QQ:
        found = _lifted(pairs)
    elif domain.is_AlgebraicField:
        found = _lifted_from_embeddings(pairs)
        if found is None:
            found = _lifted_to_field(pairs)
    if found is not None:
        return found
    firsts, seconds = (tuple(matrices) for matrices in zip(*pairs, strict=True))
    generic = [
        (combination(row, firsts), combination(row, seconds))
        for row in islice(weights(len(pairs)), 2)
    ]
    start = DomainMatrix.eye(n * m, domain).to_sparse()
    return solutions(start, (two_sided(-a, b) for a, b in (*generic, *pairs)))


def _lifted_from_embeddings(pairs: Sequence[_Pair]) -> DomainMatrix | None:
    """Over a field of square roots, by its embeddings into the numbers modulo a prime."""
    for prime in split_primes(pairs[0][0].domain):
        try:
            images = [(prime.images(a), prime.images(b)) for a, b in pairs]
            maps = []
            for i in range(len(prime.roots)):
                found = intertwining_modulo([(a[i], b[i]) for a, b in images], prime.context)
                if found is None:
                    return None
                maps.append(found.rref()[0] if found.nrows() else found)
            if len({found.nrows() for found in maps}) > 1:
                continue
            rows = prime.lifted(maps)
        except BadPrimeError:
            continue
        if all(_intertwine(rows, a, b) for a, b in pairs):
            return rows
    return None


def _lifted_to_field(pairs: Sequence[_Pair]) -> DomainMatrix | None:
    """Over a number field, a space over the rationals whose generator acts as one matrix more."""
    domain = pairs[0][0].domain
    n, m = pairs[0][0].shape[0], pairs[0][1].shape[0]
    powers = field_powers(domain)
    unit, other = (DomainMatrix.eye(size, domain) * powers[1] for size in (n, m))
    rational = [(restricted_scalars(a), restricted_scalars(b)) for a, b in (*pairs, (unit, other))]
    rows = _lifted(rational)
    if rows is None:
        return None
    found = DomainMatrix.zeros((0, n * m), domain).to_sparse()
    for row in _separate(rows):
        matrix = shaped(row, n * len(powers), m * len(powers))
        found = found.vstack(shaped(extended_scalars(matrix, domain), 1, n * m))
    return span(found)


def _lifted(pairs: Sequence[_Pair]) -> DomainMatrix | None:
    """The rational intertwiners through a large prime, ``None`` where that is no help."""
    width = pairs[0][0].shape[0] * pairs[0][1].shape[0]
    for context in large_primes():
        try:
            images = [(residues(a, context), residues(b, context)) for a, b in pairs]
            maps = intertwining_modulo(images, context)
            if maps is None:
                return None
            rows = _rational_rows(maps, width)
        except BadPrimeError:
            continue
        if all(_intertwine(rows, a, b) for a, b in pairs):
            return rows
    return None


def _rational_rows(maps: flint.fmpz_mod_mat, width: int) -> DomainMatrix:
    """The reduced basis of the row space, with fractions for residues."""
    if maps.nrows() == 0:
        return DomainMatrix.zeros((0, width), sp.QQ).to_sparse()
    return DomainMatrix(rationals(maps.rref()[0]), (maps.nrows(), width), sp.QQ).to_sparse()


def _separate(rows: DomainMatrix) -> list[DomainMatrix]:
    return [rows.extract([i], list(range(rows.shape[1]))) for i in range(rows.shape[0])]


def _intertwine(rows: DomainMatrix, a: DomainMatrix, b: DomainMatrix) -> bool:
    """Whether ``A F = F B`` for each of the maps, exactly."""
    n, m = a.shape[0], b.shape[0]
    maps = [shaped(row, n, m) for row in _separate(rows)]
    return all(
        (multiply(a, one).to_sparse() - multiply(one, b).to_sparse()).is_zero_matrix for one in maps
    )
