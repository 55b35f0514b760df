"""Lattices in rational algebras: a basis of the span of rows, a reduced one, and a form on it."""

from __future__ import annotations

import flint
import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.structure.homomorphisms import Brackets


def lattice_basis(rows: DomainMatrix) -> DomainMatrix:
    """A basis, the Hermite normal form, of the lattice that the rows span."""
    denominator = sp.ilcm(1, *(int(value.denominator) for value in rows.to_dok().values()))
    count, k = rows.shape
    integers = flint.fmpz_mat(
        count, k, [int(value * denominator) for row in rows.to_list() for value in row]
    ).hnf()
    return DomainMatrix(
        [[QQ(int(integers[i, j]), denominator) for j in range(k)] for i in range(k)], (k, k), QQ
    ).to_dense()


def reduced_basis(rows: DomainMatrix, form: DomainMatrix) -> DomainMatrix:
    """The lattice basis reduced in a positive definite form, its Gram matrix."""
    k = rows.shape[0]
    listed = form.to_list()
    denominator = sp.ilcm(1, *(int(value.denominator) for row in listed for value in row))
    gram = flint.fmpz_mat(k, k, [int(value * denominator) for row in listed for value in row])
    _, change = gram.lll(True, 0.99, 0.51, "gram")
    entries = [[QQ(int(change[i, j])) for j in range(k)] for i in range(k)]
    return DomainMatrix(entries, (k, k), QQ).to_dense() * rows.to_dense()


def flat_rows(matrices: Brackets) -> DomainMatrix:
    """The entries of each matrix as one row."""
    entries = [[value for row in matrix.to_list() for value in row] for matrix in matrices]
    return DomainMatrix(entries, (len(matrices), len(entries[0])), QQ).to_dense()


def killing_of(right: Brackets) -> DomainMatrix:
    """The Killing form of an algebra with these rational brackets, dense."""
    return flat_rows(right) * flat_rows(tuple(matrix.transpose() for matrix in right)).transpose()
