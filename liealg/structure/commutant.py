"""The commutant of a representation, and the associative algebra that its matrices generate."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import flint
import numpy as np
import sympy as sp
from numpy.typing import NDArray
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.scalars import multiply, shaped
from liealg.structure.compactness import trace_form
from liealg.structure.intertwiners import intertwiners
from liealg.structure.modules import (
    Module,
    as_matrices,
    given_matrix,
    module_of,
    modulo,
    primitive,
    solutions,
    two_sided,
)
from liealg.structure.subspace import kernel, span


def commutant(basis: MatrixBasis) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """A basis of all ``C`` with ``C X = X C`` for every ``X`` of the span.

    Over the reals for real matrices, over the complex numbers for complex ones. By Schur's lemma
    the commutant of an irreducible representation is a division algebra: over the complex numbers
    the multiples of 1, over the reals the real numbers, the complex numbers or the quaternions
    (Curtis and Reiner, *Representation Theory of Finite Groups and Associative Algebras*, 1962,
    section 27). Rational matrices are scaled to integers without a common factor.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> commutant(known("so2"))
    (Matrix([
    [1, 0],
    [0, 1]]), Matrix([
    [0, -1],
    [1,  0]]))
    """
    check_basis(basis)
    module = module_of(basis)
    # The module acts on rows: its commutant holds the transposes of the matrices sought.
    turned = as_matrices(primitive(commutant_rows(module)), module.size)
    return tuple(given_matrix(module, c.transpose(), lambda s, t: s / t) for c in turned)


@lru_cache(maxsize=64)
def commutant_rows(module: Module) -> DomainMatrix:
    """The commutant of the action on rows, each matrix as one row.

    It is the algebra of the endomorphisms of the module.
    """
    return intertwiners([(action, action) for action in module.actions])


def center_rows(module: Module, commuting: DomainMatrix) -> DomainMatrix:
    """The center of the commutant, each matrix as one row."""
    inner = Module(as_matrices(commuting, module.size), module.size, module.domain)
    return solutions(commuting, (two_sided(-c, c) for c in inner.generic()))


@lru_cache(maxsize=64)
def envelope_rows(module: Module) -> DomainMatrix:
    """The associative algebra with 1 that the actions generate, each matrix as one row.

    Modulo a prime, words in the actions are added as long as they are independent. Those are
    independent in characteristic zero too; that they span all is then checked exactly, unless they
    are all matrices anyway.
    """
    n = module.size
    everything = DomainMatrix.eye(n * n, module.domain).to_sparse()
    generators = tuple(module.generic())
    words = _independent_words(*_modulo_a_prime(generators), n)
    if len(words) == n * n:
        return everything
    rows = _exact_words(words, generators, n)
    while True:
        before = rows.shape[0]
        for action in module.actions:
            rows = _with_products(rows, action, n)
        if rows.shape[0] == before:
            return rows


@lru_cache(maxsize=64)
def envelope_radical(module: Module) -> DomainMatrix:
    """The radical of the envelope ``E``, ``{x in E : tr(x y) = 0 for all y in E}``, as rows.

    In characteristic zero such an ``x`` has ``tr(x^k) = 0`` for every ``k > 0``, so that it is
    nilpotent, and conversely (Dickson; Curtis and Reiner, 1962, chapter 4). It is zero exactly if
    the representation is completely reducible.
    """
    rows = envelope_rows(module)
    if rows.shape[0] == module.size**2:
        return rows.extract([], list(range(rows.shape[1])))
    return multiply(kernel(trace_form(rows, module.size)), rows).to_sparse()


def applied(vectors: DomainMatrix, matrices: DomainMatrix, size: int) -> DomainMatrix:
    """The span of all ``v x``, ``v`` of the row space and ``x`` a matrix given as one row."""
    total = DomainMatrix.zeros((0, size), vectors.domain).to_sparse()
    for matrix in as_matrices(matrices, size):
        images = multiply(vectors, matrix).to_sparse()
        if not modulo(images, total).is_zero_matrix:
            total = span(total.vstack(images))
    return total


def _exact_words(
    words: list[tuple[int, int]], generators: tuple[DomainMatrix, ...], size: int
) -> DomainMatrix:
    """The span of words, each an earlier word times a generator; the first is 1."""
    products = [DomainMatrix.eye(size, generators[0].domain).to_sparse()]
    for parent, generator in words[1:]:
        products.append(multiply(products[parent], generators[generator]))
    flat = [shaped(product, 1, size * size) for product in products]
    return span(flat[0].vstack(*flat[1:]))


def _with_products(rows: DomainMatrix, factor: DomainMatrix, size: int) -> DomainMatrix:
    count = rows.shape[0]
    products = multiply(shaped(rows, count * size, size), factor)
    rest = modulo(shaped(products, count, size * size), rows)
    return rows if rest.is_zero_matrix else span(rows.vstack(rest))


_Residues = NDArray[np.int64]


def _independent_words(generators: list[_Residues], prime: int, size: int) -> list[tuple[int, int]]:
    """Words, each as an earlier one and the generator behind it, that are independent mod p."""
    found, products = [(0, 0)], [np.eye(size, dtype=np.int64)]
    echelon = _Echelon(size * size, prime)
    echelon.add(products[0].ravel())
    done = [0] * len(generators)
    generator = 0
    while generator < len(generators) and len(found) < size * size:
        if done[generator] == len(found):
            generator += 1
            continue
        parent = done[generator]
        done[generator] += 1
        product = products[parent] @ generators[generator] % prime
        if echelon.add(product.ravel()):
            found.append((parent, generator))
            products.append(product)
            generator = 0
    return found


class _Echelon:
    """Reduced rows modulo a prime below 2^28, whose products of rows stay below 2^63."""

    def __init__(self, columns: int, prime: int) -> None:
        self.prime = prime
        self.rows = np.zeros((0, columns), dtype=np.int64)
        self.pivots: list[int] = []

    def add(self, vector: _Residues) -> bool:
        """Take a vector in; whether it was independent of those before."""
        if self.pivots:
            multiples = vector[self.pivots][:, None] * self.rows % self.prime
            vector = (vector - multiples.sum(axis=0)) % self.prime
        places = np.flatnonzero(vector)
        if places.size == 0:
            return False
        pivot = int(places[0])
        vector = vector * pow(int(vector[pivot]), -1, self.prime) % self.prime
        self.rows = (self.rows - self.rows[:, [pivot]] * vector) % self.prime
        self.rows = np.vstack([self.rows, vector])
        self.pivots.append(pivot)
        return True


def _modulo_a_prime(matrices: tuple[DomainMatrix, ...]) -> tuple[list[_Residues], int]:
    """The matrices modulo a prime of degree one that divides no denominator, and the prime."""
    domain = matrices[0].domain
    prime = 2**28
    while True:
        prime = sp.prevprime(prime)
        root = _root_modulo(domain, prime)
        if root is None:
            continue
        try:
            return [_residues(matrix, root, prime) for matrix in matrices], prime
        except ZeroDivisionError:
            continue


def _root_modulo(domain: Any, prime: int) -> int | None:
    """What the generator of the field is modulo a prime above ``prime``, if it is a number."""
    if not domain.is_AlgebraicField:
        return 0
    try:
        coefficients = [_residue(c, prime) for c in reversed(domain.mod.to_list())]
    except ZeroDivisionError:
        return None
    linear = [
        factor
        for factor, _ in flint.nmod_poly(coefficients, prime).factor()[1]
        if factor.degree() == 1
    ]
    return None if not linear else int(-linear[0][0] / linear[0][1])


def _residues(matrix: DomainMatrix, root: int, prime: int) -> _Residues:
    found = np.zeros(matrix.shape, dtype=np.int64)
    for place, value in matrix.to_sparse().to_dok().items():
        total = 0
        for coefficient in value.to_list() if matrix.domain.is_AlgebraicField else [value]:
            total = (total * root + _residue(coefficient, prime)) % prime
        found[place] = total
    return found


def _residue(number: Any, prime: int) -> int:
    if int(number.denominator) % prime == 0:
        raise ZeroDivisionError
    return int(number.numerator) * pow(int(number.denominator), -1, prime) % prime
