"""Representations that tests build of others."""

import sympy as sp
from hypothesis import assume
from hypothesis import strategies as st

from liealg import MatrixBasis

ORTHOGONAL = "Hall, Lie Groups, Lie Algebras, and Representations, 2015, chapter 1"
GOODMAN = "Goodman and Wallach, Symmetry, Representations, and Invariants, 2009, section 1.1"
SPIN = "Fulton and Harris, Representation Theory, 1991, lectures 11 and 26"


def realified(basis):
    """Complex matrices as real ones on the real and imaginary parts."""
    matrices = []
    for matrix in basis.matrices:
        real, imaginary = matrix.applyfunc(sp.re), matrix.applyfunc(sp.im)
        top, bottom = real.row_join(-imaginary), imaginary.row_join(real)
        matrices.append(top.col_join(bottom))
    return MatrixBasis("realified", matrices)


def repeated(basis, times):
    return MatrixBasis("repeated", [sp.diag(*[matrix] * times) for matrix in basis.matrices])


def beside(first, second):
    """One algebra in two representations of the same basis, as their direct sum."""
    pairs = zip(first.matrices, second.matrices, strict=True)
    return MatrixBasis("beside", [sp.diag(a, b) for a, b in pairs])


def conjugated(basis, P):
    """The same representation in another basis of the space."""
    inverse = P.inv()
    return MatrixBasis(
        "conjugated", [(P * matrix * inverse).applyfunc(sp.expand) for matrix in basis.matrices]
    )


def left_multiplications(a, b):
    """Generators of the quaternions ``i^2 = a``, ``j^2 = b``, ``i j = -j i`` on themselves.

    ``b`` is a matrix of a field over the rationals, such as ``[[0, 2], [1, 0]]``, whose square is
    2, and the quaternions are those over that field.
    """
    one, zero = sp.eye(b.rows), sp.zeros(b.rows)
    i = [[zero, a * one], [one, zero]]
    first = sp.diag(sp.Matrix(sp.BlockMatrix(i)), sp.Matrix(sp.BlockMatrix(i)))
    plus, none = sp.diag(one, -one), sp.zeros(2 * b.rows)
    j = [[none, plus * sp.diag(b, b)], [plus, none]]
    second = sp.Matrix(sp.BlockMatrix(j))
    assert first * second == -second * first
    return MatrixBasis("quaternions", [first, second])


def drawn_matrix(data, size, bound):
    row = st.lists(st.integers(-bound, bound), min_size=size, max_size=size)
    drawn = sp.Matrix(data.draw(st.lists(row, min_size=size, max_size=size)))
    assume(drawn.det() != 0)
    return drawn
