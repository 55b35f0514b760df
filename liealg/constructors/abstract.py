"""Matrices for an algebra that is given by its brackets alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Any

import flint
import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.constructors.derivations import extended_adjoint
from liealg.constructors.polynomial_functions import represented_on_functions
from liealg.constructors.short_space import made_in_short_basis
from liealg.constructors.splitting import splitting
from liealg.definition import held_parameters, parameter_symbols
from liealg.exact import exact_matrix, over_field
from liealg.names import check_name
from liealg.number_fields import one_field
from liealg.scalars import multiply, shaped
from liealg.structure.homomorphisms import Brackets
from liealg.structure.subspace import kernel

_MOST_ROWS = 100


def from_structure_constants(
    name: str,
    c: Any,
    *,
    parameters: Sequence[sp.Symbol | str] = (),
    complex_coefficients: bool = False,
) -> LieAlgebra:
    """A matrix algebra with ``[E_i, E_j] = sum_k c[i][j][k] E_k``.

    The adjoint representation, where the center is zero. Otherwise the algebra is made an ideal of
    one with a derivation ``D`` more, ``[D, x] = D x``, whose center is zero if ``D`` is invertible
    on the center of the algebra; the adjoint representation of that one has a row more. Every
    graded nilpotent algebra has such a derivation, and every abelian one. Where there is none, as
    for the oscillator algebra, the algebra acts on polynomial functions of the group of its
    nilradical, and, if that is not faithful, beside it by the adjoint representation: Ado's
    theorem in the way of Neretin (2003) and of Burde and de Graaf (2009).

    Where another basis has rational brackets of far fewer digits, the space acted on has the
    coordinates of that one.

    Parameters
    ----------
    name
        The name of the algebra.
    c
        Nested lists or an array, shape ``[dim, dim, dim]``, of exact numbers or of polynomials in
        the parameters; real ones unless coefficients are complex.
    parameters
        Real numbers that stay open until run time. The matrices have these brackets for all
        values, and are independent for all but special ones.
    complex_coefficients
        Whether the algebra is one over the complex numbers.

    Raises
    ------
    ValueError
        If the shape is another, a pair is not antisymmetric, a triple fails the Jacobi identity, or
        the functions make up a representation of more than 100 rows; with parameters if there is
        none of one row more than the dimension.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from_structure_constants("copy", known("heisenberg1").structure_constants)
    LieAlgebra('copy', dim=3, n=4)
    """
    check_name(name)
    open_ = parameter_symbols(name, parameters)
    right = _checked_brackets(c, open_, complex_coefficients)
    # The functions rest on eigenvalues, which are not followed through all values.
    made = partial(_matrices, functions=not open_, complex_coefficients=complex_coefficients)
    matrices = made_in_short_basis(right, made)
    if matrices is None:
        raise ValueError(_not_represented(name, _center(right), open_))
    exact = [matrix.to_Matrix() for matrix in matrices]
    algebra = LieAlgebra(
        name,
        exact,
        parameters=held_parameters(open_, exact),
        complex_coefficients=complex_coefficients,
    )
    assert _same(algebra.right_brackets, right), "the representation has other brackets"
    return algebra


def _matrices(
    right: Brackets, functions: bool, complex_coefficients: bool
) -> list[DomainMatrix] | None:
    central = _center(right)
    if central.shape[0] == 0:
        return [matrix.transpose() for matrix in right]
    matrices = extended_adjoint(right, central)
    if matrices is None and functions:
        return _on_functions(right, central, complex_coefficients)
    return matrices


def _center(right: Brackets) -> DomainMatrix:
    # [x, E_j] = -x R_j: the center is what every R_j kills from the right.
    return kernel(right[0].hstack(*right[1:]).transpose())


def _not_represented(name: str, central: DomainMatrix, open_: tuple[sp.Symbol, ...]) -> str:
    limits = f"of at most {_MOST_ROWS} rows"
    if open_:
        limits = f"for all values of {', '.join(symbol.name for symbol in open_)}"
    return (
        f"no faithful representation of {name!r} {limits} was found: the "
        f"element with coordinates {central.to_Matrix().row(0).tolist()[0]} is central, so "
        "that it acts as zero in the adjoint representation; give matrices"
    )


def _on_functions(
    right: Brackets, central: DomainMatrix, complex_coefficients: bool
) -> list[DomainMatrix] | None:
    split = splitting(right, central, complex_coefficients)
    matrices = represented_on_functions(split, _MOST_ROWS)
    if matrices is None:
        return None
    rows = [shaped(matrix, 1, matrix.shape[0] ** 2) for matrix in matrices]
    if rows[0].vstack(*rows[1:]).rank() == len(right):
        return matrices
    pairs = zip(matrices, right, strict=True)
    return [_beside(matrix, bracket.transpose()) for matrix, bracket in pairs]


def _beside(first: DomainMatrix, second: DomainMatrix) -> DomainMatrix:
    n, entries = first.shape[0], dict(first.to_dok())
    entries |= {(n + i, n + j): value for (i, j), value in second.to_dok().items()}
    size = n + second.shape[0]
    return DomainMatrix.from_dok(entries, (size, size), first.domain).to_sparse()


def _same(first: Brackets, second: Brackets) -> bool:
    found, expected = one_field(DomainMatrix.vstack(*first), DomainMatrix.vstack(*second))
    return bool((found - expected).is_zero_matrix)


def _checked_brackets(
    c: Any, parameters: tuple[sp.Symbol, ...], complex_coefficients: bool
) -> Brackets:
    """The matrices with row ``j`` of matrix ``i`` the coordinates of ``[E_i, E_j]``."""
    slices = _slices(c, parameters)
    for symbol in parameters:
        if not any(matrix.has(symbol) for matrix in slices):
            raise ValueError(f"c does not hold the parameter {symbol}; leave it out")
    if not complex_coefficients and any(
        not x.is_Rational and sp.im(x) != 0 for matrix in slices for x in matrix
    ):
        raise ValueError(
            "c has an entry that is not real; brackets of a real algebra are real, those of a "
            "complex one are told by complex_coefficients=True"
        )
    k = len(slices)
    stacked = over_field(
        sp.Matrix([row for matrix in slices for row in matrix.tolist()])
    ).to_sparse()
    right = tuple(stacked.extract(list(range(i * k, i * k + k)), list(range(k))) for i in range(k))
    _check_antisymmetry(right)
    _check_jacobi(right)
    return right


def _slices(c: Any, parameters: tuple[sp.Symbol, ...]) -> list[sp.ImmutableDenseMatrix]:
    try:
        listed = list(c.tolist() if hasattr(c, "tolist") else c)
    except TypeError:
        raise ValueError("c is no array; give nested lists of shape [dim, dim, dim]") from None
    slices = [exact_matrix(part, f"c[{i}]", parameters) for i, part in enumerate(listed, 1)]
    k = len(slices)
    if k == 0 or any(matrix.rows != k for matrix in slices):
        sizes = [matrix.rows for matrix in slices]
        raise ValueError(f"c has {k} slices of {sizes} rows; its shape must be [dim, dim, dim]")
    return slices


def _check_antisymmetry(right: Brackets) -> None:
    entries = {(i, *place): v for i, m in enumerate(right) for place, v in m.to_dok().items()}
    wrong = [
        (max(i, j), min(i, j))
        for (i, j, m), value in entries.items()
        if entries.get((j, i, m), right[0].domain.zero) != -value
    ]
    if wrong:
        i, j = min(wrong)
        raise ValueError(
            f"[E_{j + 1}, E_{i + 1}] = {_row(right[j], i)} is not the negative of "
            f"[E_{i + 1}, E_{j + 1}] = {_row(right[i], j)}"
        )


def _check_jacobi(right: Brackets) -> None:
    """``R_[i,j] = R_j R_i - R_i R_j`` for the rows of brackets, all ``j`` at once."""
    if right[0].domain == QQ and _rational_jacobi(right):
        return
    k = len(right)
    tall, wide = DomainMatrix.vstack(*right), DomainMatrix.hstack(*right)
    flat = shaped(tall, k, k * k)
    for i, matrix in enumerate(right):
        # Row j holds a k x k matrix, row by row.
        after = shaped(multiply(tall, matrix), k, k * k)
        before = {
            (place // k, a * k + place % k): value
            for (a, place), value in multiply(matrix, wide).to_sparse().to_dok().items()
        }
        image = multiply(matrix, flat).to_sparse()
        turned = DomainMatrix.from_dok(before, (k, k * k), matrix.domain).to_sparse()
        defect = (after - turned - image).to_dok()
        if defect:
            j, place = min(defect)
            m = place // k
            sums = [
                matrix.domain.to_sympy(defect.get((j, m * k + n), matrix.domain.zero))
                for n in range(k)
            ]
            raise ValueError(
                f"the triple ({i + 1}, {j + 1}, {m + 1}) fails the Jacobi identity: "
                f"[E_{i + 1}, [E_{j + 1}, E_{m + 1}]] and its cyclic forms add up to {sums}"
            )


def _rational_jacobi(right: Brackets) -> bool:
    """Whether ``R_[i,j] = R_j R_i - R_i R_j`` for rational brackets, by products of integers.

    A common denominator can be taken out: the identity is homogeneous in the brackets.
    """
    k = len(right)
    values = [[value for row in matrix.to_list() for value in row] for matrix in right]
    common = math.lcm(*(int(value.denominator) for row in values for value in row))
    listed = [[int(value * common) for value in row] for row in values]
    integers = [flint.fmpz_mat(k, k, row) for row in listed]
    flat = flint.fmpz_mat(k, k * k, [value for row in listed for value in row])
    for i, matrix in enumerate(integers):
        images = (matrix * flat).tolist()
        for j in range(i):
            other = integers[j]
            if other * matrix - matrix * other != flint.fmpz_mat(k, k, images[j]):
                return False
    return True


def _row(matrix: DomainMatrix, i: int) -> list[sp.Expr]:
    found: list[sp.Expr] = matrix.to_Matrix().row(i).tolist()[0]
    return found
