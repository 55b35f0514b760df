"""Bases of small vectors: a lattice that brackets keep, reduced by Lenstra, Lenstra and Lovasz."""

from __future__ import annotations

from functools import lru_cache

import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.echelon import row_echelon
from liealg.exact import real_coordinates
from liealg.isomorphism.basis_change import spanned
from liealg.isomorphism.lattices import flat_rows, killing_of, lattice_basis, reduced_basis
from liealg.isomorphism.quaternion_lattice import maximal_lattice
from liealg.structure.brackets import right_brackets
from liealg.structure.homomorphisms import Brackets, transported
from liealg.structure.signs import signature

_MOST_ROUNDS = 8
_MOST_REDUCTIONS = 16


def short_rows(right: Brackets) -> DomainMatrix | None:
    """Rows of small vectors of a lattice that holds the given basis and all its brackets.

    The basis that an algebra is given in may hide the one that it was built from, in which simple
    elements are short. Integer combinations of that one lie in a lattice that the brackets keep, so
    that the lattice which they generate is finite. It is reduced (Lenstra, Lenstra and Lovasz,
    1982) in the negative Killing form of a compact algebra; in other cases in the form
    ``tr(ad x (ad y)^T)``, first that of the given basis, then that of the last one found, until
    this gets no smaller. For so(3), and for three-dimensional simple algebras without such a
    lattice, :func:`maximal_lattice` has one.

    ``None`` where the structure constants are irrational.

    Examples
    --------
    >>> from liealg import LieAlgebra
    >>> from liealg.catalogue import known
    >>> from liealg.structure.brackets import right_brackets
    >>> so3 = known("so3")
    >>> mixing = sp.Matrix([[1, 2, 0], [0, 1, 3], [5, 0, 1]])
    >>> hidden = LieAlgebra("hidden", [so3.hat(x) for x in mixing.tolist()])
    >>> rows = short_rows(right_brackets(hidden)).to_Matrix() * mixing
    >>> sorted(sum(x**2 for x in row) for row in rows.tolist())
    [1, 1, 1]
    """
    if right[0].domain != QQ:
        return None
    killing, k = killing_of(right), len(right)
    is_compact = signature(killing) == (0, k, 0)
    rows = None if is_compact and k == 3 else _closed(right)
    if rows is None:
        is_simple = k == 3 and killing.rank() == 3
        rows = maximal_lattice(right) if is_simple else DomainMatrix.eye(k, QQ).to_dense()
    if is_compact:
        return reduced_basis(rows, rows * -killing * rows.transpose())
    # The vectors of a normal form are long and nearly parallel; the given ones are neither.
    rows = reduced_basis(rows, rows * _length_form(right) * rows.transpose())
    size = None
    for _ in range(_MOST_REDUCTIONS):
        form = _length_form(_in_basis(right, rows))
        trace = sum(form.to_list()[i][i] for i in range(k))
        if size is not None and trace >= size:
            break
        size = trace
        rows = reduced_basis(rows, form)
    return rows


@lru_cache(maxsize=64)
def simple_basis(algebra: LieAlgebra) -> tuple[LieAlgebra, DomainMatrix]:
    """The algebra in a basis of simple brackets, and the coordinates of the given one in it.

    A short basis of the lattice that the given one generates; where there is none, the echelon
    basis of the matrices if it is rational, as that of su(n) is beside the Gell-Mann matrices.
    """
    identity = DomainMatrix.eye(algebra.dim, sp.QQ).to_sparse()
    short = short_rows(right_brackets(algebra))
    if short is not None:
        return spanned(algebra, short), transported(short.to_sparse(), identity)
    flat = real_coordinates(algebra.matrices)
    reduced, pivots = row_echelon(flat)
    if any(not entry.is_Rational for entry in reduced.to_Matrix()):
        return algebra, identity
    rows = flat.to_sparse().extract(list(range(algebra.dim)), list(pivots))
    unit = DomainMatrix.eye(algebra.dim, rows.domain).to_sparse()
    return spanned(algebra, transported(rows, unit)), rows


def _closed(right: Brackets) -> DomainMatrix | None:
    """A basis of the lattice that the unit vectors generate by brackets; ``None`` if none ends."""
    k = len(right)
    rows = DomainMatrix.eye(k, QQ).to_dense()
    for _ in range(_MOST_ROUNDS):
        products = [rows * action for action in _actions(right, rows)]
        larger = lattice_basis(DomainMatrix.vstack(rows, *products))
        if larger == rows:
            return rows
        rows = larger
    return None


def _in_basis(right: Brackets, rows: DomainMatrix) -> Brackets:
    """The matrices ``R_i`` in another basis."""
    inverse = rows.inv().to_dense()
    return tuple(rows * action * inverse for action in _actions(right, rows))


def _actions(right: Brackets, rows: DomainMatrix) -> list[DomainMatrix]:
    """``R_x`` for each row ``x``, by one dense product."""
    k = len(right)
    listed = (rows.to_dense() * flat_rows(right)).to_list()
    return [
        DomainMatrix([row[i * k : i * k + k] for i in range(k)], (k, k), QQ).to_dense()
        for row in listed
    ]


def _length_form(matrices: Brackets) -> DomainMatrix:
    """``1000 tr(ad x (ad y)^T)`` and a little more, which gives central elements a length."""
    flat = flat_rows(matrices)
    return flat * flat.transpose() * QQ(1000) + DomainMatrix.eye(len(matrices), QQ).to_dense()
