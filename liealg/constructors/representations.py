"""The same algebra in another representation."""

from __future__ import annotations

from itertools import combinations
from typing import Any, TypeVar

import sympy as sp
from sympy.physics.quantum import TensorProduct

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.arguments import check_algebra, check_basis
from liealg.constructors.inherited import have_complex_coefficients, inheriting
from liealg.exact import exact_matrix, first_dependent
from liealg.structure.adjoint import adjoint_matrices
from liealg.structure.series import center

Basis = TypeVar("Basis", bound=MatrixBasis)


def adjoint_representation(name: str, algebra: LieAlgebra) -> LieAlgebra:
    """The matrices ``ad E_i``, of ``dim`` rows (Humphreys, 1972, section 1.3).

    Raises
    ------
    ValueError
        If the center is not zero: ``ad`` maps it to zero.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> adjoint_representation("rotations", known("so3")).matrices == known("so3").matrices
    True
    """
    check_algebra(algebra)
    central = center(algebra)
    if central.dim:
        raise ValueError(
            f"the adjoint representation of {algebra.name!r} is not faithful: the element with "
            f"coordinates {central.rows.row(0).tolist()[0]} is central and acts as zero"
        )
    return algebra.with_matrices(name, adjoint_matrices(algebra))


def tensor_product(name: str, first: LieAlgebra, second: LieAlgebra) -> LieAlgebra:
    """``E_i x 1 + 1 x F_i``: two representations of one algebra, multiplied.

    The bases must have the same brackets. The product has the parameters of both, and complex
    coefficients where both have them. See Humphreys (1972), section 6.1.

    Raises
    ------
    ValueError
        If the brackets differ, the product is not faithful, or one has real coefficients and the
        other complex ones.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> tensor_product("pair", known("so3"), known("spin(1/2)")).n
    6
    """
    check_algebra(first)
    check_algebra(second)
    complex_coefficients = have_complex_coefficients(first, second)
    if first.dim != second.dim:
        raise ValueError(
            f"{first.name!r} has dimension {first.dim} and {second.name!r} {second.dim}; a tensor "
            "product takes two representations of one algebra"
        )
    left, right = first.structure_constants, second.structure_constants
    for i, j in combinations(range(first.dim), 2):
        if left[i, j] != right[i, j]:
            raise ValueError(
                f"[E_{i + 1}, E_{j + 1}] has the coordinates {left[i, j].tolist()} in "
                f"{first.name!r} and {right[i, j].tolist()} in {second.name!r}; a tensor product "
                "takes two representations of one algebra, in bases with equal brackets"
            )
    pairs = zip(first.matrices, second.matrices, strict=True)
    matrices = [
        TensorProduct(sp.Matrix(E), sp.eye(second.n)) + TensorProduct(sp.eye(first.n), sp.Matrix(F))
        for E, F in pairs
    ]
    dependent = first_dependent(matrices, complex_coefficients)
    if dependent is not None:
        raise ValueError(
            f"the tensor product of {first.name!r} and {second.name!r} is not faithful: there "
            f"E_{dependent + 1} is zero or a combination of those before it"
        )
    return inheriting(name, matrices, first, second)


def dual(name: str, basis: Basis) -> Basis:
    """``-E_i^T``: the action on linear functions (Humphreys, 1972, section 6.1).

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> dual("turned", known("se2")).element()
    Matrix([
    [       0, -theta_1, 0],
    [ theta_1,        0, 0],
    [-theta_2, -theta_3, 0]])
    """
    check_basis(basis)
    return basis.with_matrices(name, [-matrix.T for matrix in basis.matrices])


def realify(name: str, basis: Basis) -> Basis:
    """``[[Re E, -Im E], [Im E, Re E]]``: complex ``n x n`` matrices as real ones of ``2 n`` rows.

    They act on the real parts of a vector, then its imaginary parts (Hall, 2015, section 1.2, on
    ``Sp(n)`` and complex structures). Complex coefficients become real ones: the multiples ``i E``
    follow the matrices ``E``, so that the dimension, now over the reals, doubles.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> realify("turns", known("u1")).element()
    Matrix([
    [                 0, sqrt(2)*theta_1/2],
    [-sqrt(2)*theta_1/2,                 0]])
    """
    check_basis(basis)
    matrices = []
    for matrix in basis.over_reals.matrices:
        real, imaginary = matrix.as_real_imag()
        rows = sp.Matrix.hstack(sp.Matrix(real), -sp.Matrix(imaginary))
        below = sp.Matrix.hstack(sp.Matrix(imaginary), sp.Matrix(real))
        matrices.append(sp.Matrix.vstack(rows, below))
    return type(basis)(name, matrices, parameters=basis.parameters)


def conjugate_by(name: str, basis: Basis, P: Any) -> Basis:
    """``P E_i P^-1``: the same action in other coordinates of the vectors.

    ``P`` may hold parameters of the basis, if no entry of a result has one in its denominator.

    Raises
    ------
    ValueError
        If ``P`` is singular or not of ``n`` rows.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> conjugate_by("swapped", known("diagonal2"), [[0, 1], [1, 0]]).element()
    Matrix([
    [theta_2,       0],
    [      0, theta_1]])
    """
    check_basis(basis)
    change = exact_matrix(P, "P", basis.parameters or None)
    if change.rows != basis.n:
        raise ValueError(
            f"P is {change.rows} x {change.rows}, and {basis.name!r} holds {basis.n} x {basis.n} "
            "matrices"
        )
    if sp.expand(change.det()) == 0:
        raise ValueError("P is singular; conjugation needs an invertible matrix")
    inverse = change.inv()
    moved = [change * matrix * inverse for matrix in basis.matrices]
    if change.free_symbols:
        moved = [matrix.applyfunc(sp.cancel) for matrix in moved]
    return basis.with_matrices(name, moved)
