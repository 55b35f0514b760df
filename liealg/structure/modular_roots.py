"""Roots modulo a prime at which a Cartan subalgebra splits, and the exact integers they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, islice

import flint
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.reduction import (
    BadPrimeError,
    Reduction,
    reductions,
    small_multiple,
    splits,
    zeros,
)
from liealg.structure.brackets import bracket_matrix
from liealg.structure.dynkin import components, positive_roots

# So many primes must agree that eigenvalues are at most quadratic before anything rests on it.
_WITNESSES = 12
_MOST_PRIMES = 50_000


@dataclass(frozen=True)
class ModularRoots:
    """The simple roots of a semisimple algebra modulo a prime.

    Attributes
    ----------
    reduction : Reduction
        The prime, and the image of the generator of the field.
    types : list of (str, int)
        The simple types, sorted.
    cartan_matrix : list of list of int
        Exact; blocks in the order of the types, Bourbaki's numbering in each.
    simple : list of list of int
        Row ``i`` holds the values of simple root ``i`` on the rows of the Cartan subalgebra.
    is_quadratic : bool
        Whether the eigenvalues may lie in a quadratic extension of the field; ``False`` is proved.
    """

    reduction: Reduction
    types: list[tuple[str, int]]
    cartan_matrix: list[list[int]]
    simple: list[list[int]]
    is_quadratic: bool


def modular_roots(right: tuple[DomainMatrix, ...], rows: DomainMatrix) -> Iterator[ModularRoots]:
    """The simple roots at one prime after another.

    Let ``h`` be an element of the Cartan subalgebra ``H`` on which the roots differ. At a prime
    where the characteristic polynomial of ``ad h``, without its factor ``x^rank``, is a product of
    different linear factors, the eigenvectors of ``ad h`` give each root as the residues of its
    values on the rows of ``H``: the values are integral over the prime, since they are eigenvalues
    of matrices that are. The numbers ``(alpha, beta)`` of the form that the Killing form makes on
    the dual of ``H`` are rational, so that the same arithmetic on residues gives their residues if
    the form on ``H`` is nondegenerate modulo the prime, and ``2 (beta, alpha) / (alpha, alpha)`` is
    the residue of a Cartan integer, one of -3 ... 3: it is known exactly. See de Graaf, *Lie
    Algebras: Theory and Algorithms* (2000), chapter 5, and Humphreys (1972), sections 8.5 and 9.4.

    Such primes are not rare: at worst one in as many as the Weyl group has elements, times the
    degree of the field.

    Raises
    ------
    ValueError
        If the first 50000 primes are spent.
    """
    columns = list(range(rows.shape[1]))
    basis = [rows.extract([i], columns) for i in range(rows.shape[0])]
    actions = [bracket_matrix(right, row) for row in basis]
    chosen = _separating(actions)
    nullity = len(actions)
    is_quadratic = all(splits(f, 2) for _, f in islice(_factors(chosen, nullity), _WITNESSES))
    for reduction, factor in _factors(chosen, nullity):
        if splits(factor):
            try:
                images = [reduction.matrix(action) for action in actions]
                roots = _simultaneous(reduction.matrix(chosen), factor, images)
                integers = _cartan_integers(roots, reduction.prime)
            except BadPrimeError:
                continue
            types, matrix, base = _base(integers)
            simple = [roots[i] for i in base]
            yield ModularRoots(reduction, types, matrix, simple, is_quadratic)
    raise ValueError(
        f"the roots of an algebra of dimension {len(right)} and rank {nullity} lie in a field too "
        f"large: none of the first {_MOST_PRIMES} primes splits it; try another basis"
    )


def _separating(actions: list[DomainMatrix]) -> DomainMatrix:
    """A multiple of ``ad h`` for an ``h`` of the Cartan subalgebra on which the roots differ.

    Weights ``1, t, t^2 ...`` do it for all but finitely many ``t``.
    """
    actions = [small_multiple(action) for action in actions]
    for t, reduction in enumerate(reductions(actions[0].domain), 1):
        total = actions[0]
        for power, action in enumerate(actions[1:], 1):
            total = total + action * action.domain.convert(t**power)
        try:
            _distinct(reduction.matrix(total).charpoly(), len(actions))
        except BadPrimeError:
            continue
        return small_multiple(total)
    raise AssertionError("there are infinitely many primes")


def _distinct(polynomial: flint.nmod_poly, nullity: int) -> flint.nmod_poly:
    """The polynomial without its factor ``x^nullity``, whose other roots must differ."""
    factor = polynomial.right_shift(nullity)
    if zeros(polynomial) != nullity or factor.gcd(factor.derivative()).degree() > 0:
        raise BadPrimeError(polynomial.modulus())
    return factor


def _factors(chosen: DomainMatrix, nullity: int) -> Iterator[tuple[Reduction, flint.nmod_poly]]:
    """The polynomial of the roots on ``h`` modulo each prime at which they differ."""
    for reduction in islice(reductions(chosen.domain), _MOST_PRIMES):
        try:
            yield reduction, _distinct(reduction.matrix(chosen).charpoly(), nullity)
        except BadPrimeError:
            continue


def _simultaneous(
    chosen: flint.nmod_mat, factor: flint.nmod_poly, images: list[flint.nmod_mat]
) -> list[list[int]]:
    """The eigenvalues of all matrices on each eigenvector of the first, ``v M = lambda v``."""
    size, prime = chosen.nrows(), int(chosen.modulus())
    transposed = chosen.transpose()
    identity = flint.nmod_mat(
        size, size, [int(i == j) for i in range(size) for j in range(size)], prime
    )
    roots = []
    for value in sorted(int(root) for root, _ in factor.roots()):
        vectors, _ = (transposed - identity * value).nullspace()
        vector = [int(vectors[i, 0]) for i in range(size)]
        place = next(i for i, entry in enumerate(vector) if entry)
        inverse = pow(vector[place], -1, prime)
        row = flint.nmod_mat(1, size, vector, prime)
        roots.append([int((row * image)[0, place]) * inverse % prime for image in images])
    return roots


def _cartan_integers(roots: list[list[int]], prime: int) -> list[list[int]]:
    """All ``<beta, alpha^vee> = 2 (beta, alpha) / (alpha, alpha)``, as integers."""
    values = flint.nmod_mat(roots, prime)
    killing = values.transpose() * values
    if int(killing.det()) == 0:
        raise BadPrimeError(prime)
    products = (values * killing.inv() * values.transpose()).tolist()
    size = range(len(roots))
    if any(int(products[a][a]) == 0 for a in size):
        raise BadPrimeError(prime)
    twice = [[2 * products[b][a] / products[a][a] for a in size] for b in size]
    integers = [[(int(value) + prime // 2) % prime - prime // 2 for value in row] for row in twice]
    assert all(-3 <= value <= 3 for row in integers for value in row), "no Cartan integers"
    return integers


def _base(
    integers: list[list[int]],
) -> tuple[list[tuple[str, int]], list[list[int]], list[int]]:
    """Types, Cartan matrix, and simple roots: the positive ones that are no sum of two such.

    The pairings with independent coroots are coordinates of the roots; a root is positive if the
    first of them that is not zero is.
    """
    count = len(integers)
    stacked = DomainMatrix([[QQ(value) for value in row] for row in integers], (count, count), QQ)
    _, pivots = row_echelon(stacked)
    places = {tuple(row[j] for j in pivots): i for i, row in enumerate(integers)}
    zero = (0,) * len(pivots)
    positive = [root for root in places if root > zero]
    sums = {tuple(map(sum, zip(a, b, strict=True))) for a, b in combinations(positive, 2)}
    simple = [places[root] for root in positive if root not in sums]
    found = components([[integers[i][j] for j in simple] for i in simple])
    order = [simple[node] for _, nodes in found for node in nodes]
    matrix = [[integers[i][j] for j in order] for i in order]
    assert 2 * len(positive_roots(matrix)) == count, "the reflections make other roots"
    return [simple_type for simple_type, _ in found], matrix, order
