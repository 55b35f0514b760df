"""The reduced basis of a span of matrices: brackets in it, over the smallest field there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.echelon import inverse, row_echelon
from liealg.exact import complex_coordinates, real_coordinates, small_field
from liealg.number_fields import one_field
from liealg.scalars import multiply, shaped


@dataclass(frozen=True)
class ReducedBasis:
    """The rows in reduced echelon form that span the coordinates of matrices.

    They depend on the span alone, and hold fewer digits and roots than most bases: those of su(n)
    are rational, where the matrices of Gell-Mann are not.

    Attributes
    ----------
    rows : DomainMatrix
        ``B_1 ... B_k`` as rows of ``2 n^2`` real coordinates, or of ``n^2`` complex ones.
    pivots : tuple of int
        The columns of the unit vectors in them: coordinates in the reduced basis are read there.
    change : DomainMatrix
        The coordinates of the given matrices: ``E_i = sum_a change[i, a] B_a``.
    n : int
        Rows and columns of each matrix.
    """

    rows: DomainMatrix
    pivots: tuple[int, ...]
    change: DomainMatrix
    n: int

    def complex_rows(self) -> DomainMatrix:
        """The entries of ``B_1 ... B_k`` as rows of ``n^2`` complex numbers.

        Examples
        --------
        >>> reduced_basis([sp.Matrix([[2 * sp.I]])]).complex_rows().to_Matrix()
        Matrix([[I]])
        """
        (k, width), square = self.rows.shape, self.n**2
        if width == square:
            return self.rows
        columns = list(range(width))
        real = self.rows.extract(list(range(k)), columns[:square])
        imaginary = self.rows.extract(list(range(k)), columns[square:])
        if imaginary.is_zero_matrix:
            return real
        field = QQ.algebraic_field(sp.I).unify(self.rows.domain)
        return real.convert_to(field) + imaginary.convert_to(field) * field.from_sympy(sp.I)


def reduced_basis(
    matrices: Sequence[sp.MatrixBase], complex_coefficients: bool = False
) -> ReducedBasis:
    """The reduced basis of the span of independent matrices.

    Examples
    --------
    >>> found = reduced_basis([sp.Matrix([[sp.sqrt(2), 0], [0, -sp.sqrt(2)]])])
    >>> found.rows.to_Matrix(), found.change.to_Matrix()
    (Matrix([[1, 0, 0, -1, 0, 0, 0, 0]]), Matrix([[sqrt(2)]]))
    """
    given = complex_coordinates(matrices) if complex_coefficients else real_coordinates(matrices)
    rows, pivots = row_echelon(given)
    change = given.to_sparse().extract(list(range(len(matrices))), list(pivots))
    return ReducedBasis(small_field(rows), pivots, small_field(change), matrices[0].rows)


def reduced_brackets(basis: ReducedBasis) -> tuple[DomainMatrix, ...] | None:
    """``R_a`` with row ``b`` the coordinates of ``[B_a, B_b]``; ``None`` if one leaves the span.

    With ``Y`` the real part of a matrix above its imaginary one, ``X_a Y_b`` is that of a product,
    where ``X_a`` is ``[[Re, -Im], [Im, Re]]``. Complex coordinates are multiplied as they are.
    """
    (k, width), domain, n = basis.rows.shape, basis.rows.domain, basis.n
    height = width // n
    stacked: list[dict[tuple[int, int], Any]] = [{} for _ in range(k)]
    wide: dict[tuple[int, int], Any] = {}
    for (a, place), value in basis.rows.to_dok().items():
        row, column = divmod(place, n)
        wide[row, a * n + column] = value
        stacked[a][row, column] = value
        if height > n:
            stacked[a][(row + n) % height, column + n] = value if row < n else -value
    right = DomainMatrix.from_dok(wide, (height, n * k), domain).to_sparse()
    products: list[dict[tuple[int, int], Any]] = []
    for entries in stacked:
        left = DomainMatrix.from_dok(entries, (height, height), domain).to_sparse()
        found = multiply(left, right).to_sparse().to_dok()
        # Entry (b, place): coordinate `place` of the product of B_a and B_b.
        products.append({(j // n, i * n + j % n): value for (i, j), value in found.items()})
    return _coordinates(basis, products)


def _coordinates(
    basis: ReducedBasis, products: list[dict[tuple[int, int], Any]]
) -> tuple[DomainMatrix, ...] | None:
    """The coordinates of all ``[B_a, B_b]``, if the basis holds them."""
    (k, width), domain = basis.rows.shape, basis.rows.domain
    found = []
    turned: list[dict[tuple[int, int], Any]] = [{} for _ in range(k)]
    for a, entries in enumerate(products):
        for (b, place), value in entries.items():
            turned[b][a, place] = value
    for straight, other in zip(products, turned, strict=True):
        brackets = (
            DomainMatrix.from_dok(straight, (k, width), domain).to_sparse()
            - DomainMatrix.from_dok(other, (k, width), domain).to_sparse()
        )
        coordinates = brackets.extract(list(range(k)), list(basis.pivots))
        if multiply(coordinates, basis.rows).to_sparse() != brackets:
            return None
        found.append(coordinates)
    return tuple(found)


def changed_brackets(
    right: tuple[DomainMatrix, ...], basis: ReducedBasis
) -> tuple[DomainMatrix, ...]:
    """The matrices ``R_i`` of the given basis, ``R_i = T (sum_a T[i, a] R_a) T^-1``."""
    k = len(right)
    if basis.change == DomainMatrix.eye(k, QQ).to_sparse():
        return right
    flat = shaped(DomainMatrix.vstack(*right), k, k * k)
    change, back, flat = one_field(basis.change, inverse(basis.change), flat)
    mixed = shaped(multiply(change, flat), k * k, k)
    behind = shaped(multiply(mixed, back), k, k * k)
    places = list(range(k))
    turned = [shaped(behind.extract([i], list(range(k * k))), k, k).transpose() for i in places]
    # The change of basis as right factor of all: its rational matrix is made once.
    found = multiply(DomainMatrix.vstack(*turned), change.transpose()).to_sparse()
    found = small_field(found)
    return tuple(found.extract(list(range(i * k, i * k + k)), places).transpose() for i in places)
