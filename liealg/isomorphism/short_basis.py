"""Bases of small vectors: a lattice that brackets keep, reduced by Lenstra, Lenstra and Lovasz."""

from __future__ import annotations

import flint
import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.structure.homomorphisms import Brackets
from liealg.structure.signs import signature

_MOST_ROUNDS = 8
_MOST_REDUCTIONS = 16


def short_basis(right: Brackets) -> DomainMatrix | None:
    """Rows of small vectors of a lattice that holds the given basis and all its brackets.

    The basis that an algebra is given in may hide the one that it was built from, in which simple
    elements are short. Integer combinations of that one lie in a lattice that the brackets keep, so
    that the lattice which they generate is finite. It is reduced (Lenstra, Lenstra and Lovasz,
    1982) in the negative Killing form of a compact algebra; in other cases in the form
    ``tr(ad x (ad y)^T)``, that of the last basis found, until this gets no smaller.

    ``None`` where the structure constants are irrational.

    Examples
    --------
    >>> from liealg import LieAlgebra
    >>> from liealg.catalogue import known
    >>> from liealg.structure.brackets import right_brackets
    >>> so3 = known("so3")
    >>> mixing = sp.Matrix([[1, 2, 0], [0, 1, 3], [5, 0, 1]])
    >>> hidden = LieAlgebra("hidden", [so3.hat(x) for x in mixing.tolist()])
    >>> rows = short_basis(right_brackets(hidden)).to_Matrix() * mixing
    >>> sorted(sum(x**2 for x in row) for row in rows.tolist())
    [1, 1, 1]
    """
    if right[0].domain != QQ:
        return None
    rows = _closed(right)
    killing = _killing(right)
    if signature(killing) == (0, len(right), 0):
        return _reduced(rows, rows * -killing * rows.transpose())
    size = None
    for _ in range(_MOST_REDUCTIONS):
        form = _adjoint_form(_in_basis(right, rows))
        trace = sum(form.to_list()[i][i] for i in range(len(right)))
        if size is not None and trace >= size:
            break
        size = trace
        # Central elements have no length in this form; a little of another gives them one.
        rows = _reduced(rows, form * QQ(1000) + DomainMatrix.eye(len(right), QQ).to_dense())
    return rows


def _closed(right: Brackets) -> DomainMatrix:
    """A basis of the lattice that the unit vectors generate by brackets, or these if none ends."""
    k = len(right)
    rows = DomainMatrix.eye(k, QQ).to_dense()
    for _ in range(_MOST_ROUNDS):
        products = [rows * action for action in _actions(right, rows)]
        larger = _lattice(DomainMatrix.vstack(rows, *products))
        if larger == rows:
            return rows
        rows = larger
    return DomainMatrix.eye(k, QQ).to_dense()


def _lattice(rows: DomainMatrix) -> DomainMatrix:
    """A basis, the Hermite normal form, of the lattice that the rows span."""
    denominator = sp.ilcm(1, *(int(value.denominator) for value in rows.to_dok().values()))
    count, k = rows.shape
    integers = flint.fmpz_mat(
        count, k, [int(value * denominator) for row in rows.to_list() for value in row]
    ).hnf()
    return DomainMatrix(
        [[QQ(int(integers[i, j]), denominator) for j in range(k)] for i in range(k)], (k, k), QQ
    ).to_dense()


def _reduced(rows: DomainMatrix, form: DomainMatrix) -> DomainMatrix:
    """The lattice basis reduced in a positive definite form, its Gram matrix."""
    k = rows.shape[0]
    listed = form.to_list()
    denominator = sp.ilcm(1, *(int(value.denominator) for row in listed for value in row))
    gram = flint.fmpz_mat(k, k, [int(value * denominator) for row in listed for value in row])
    _, change = gram.lll(True, 0.99, 0.51, "gram")
    entries = [[QQ(int(change[i, j])) for j in range(k)] for i in range(k)]
    return DomainMatrix(entries, (k, k), QQ).to_dense() * rows.to_dense()


def _in_basis(right: Brackets, rows: DomainMatrix) -> Brackets:
    """The matrices ``R_i`` in another basis."""
    inverse = rows.inv().to_dense()
    return tuple(rows * action * inverse for action in _actions(right, rows))


def _actions(right: Brackets, rows: DomainMatrix) -> list[DomainMatrix]:
    """``R_x`` for each row ``x``, by one dense product."""
    k = len(right)
    listed = (rows.to_dense() * _flat(right)).to_list()
    return [
        DomainMatrix([row[i * k : i * k + k] for i in range(k)], (k, k), QQ).to_dense()
        for row in listed
    ]


def _flat(matrices: Brackets) -> DomainMatrix:
    entries = [[value for row in matrix.to_list() for value in row] for matrix in matrices]
    return DomainMatrix(entries, (len(matrices), len(entries[0])), QQ).to_dense()


def _adjoint_form(matrices: Brackets) -> DomainMatrix:
    flat = _flat(matrices)
    return flat * flat.transpose()


def _killing(right: Brackets) -> DomainMatrix:
    return _flat(right) * _flat(tuple(matrix.transpose() for matrix in right)).transpose()
