"""The basis in which an algebra is looked at: its own, or the reduced one of its span."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import inverse
from liealg.exact import small_field
from liealg.number_fields import one_field
from liealg.scalars import multiply
from liealg.structure.brackets import right_brackets, whole
from liealg.structure.subspace import span


@dataclass(frozen=True)
class Frame:
    """A basis of an algebra, and the way back to the given one.

    Attributes
    ----------
    right : tuple of DomainMatrix
        The brackets ``R_a`` in this basis.
    rows : DomainMatrix
        Row ``a`` holds the coordinates of basis element ``a`` in the given basis.
    change : DomainMatrix
        The inverse: row ``i`` holds the coordinates of ``E_i`` in this basis.
    """

    right: tuple[DomainMatrix, ...]
    rows: DomainMatrix
    change: DomainMatrix

    @property
    def is_given(self) -> bool:
        """Whether it is the given basis."""
        return self.rows is self.change

    def given(self, rows: DomainMatrix) -> DomainMatrix:
        """The span of rows in this basis, in the coordinates of the given one."""
        if self.is_given:
            return rows
        left, right = one_field(rows, self.rows)
        return small_field(span(multiply(left, right).to_sparse()))

    def given_form(self, form: DomainMatrix) -> DomainMatrix:
        """A bilinear form on this basis, on the given one."""
        if self.is_given:
            return form
        change, form = one_field(self.change, form)
        return small_field(multiply(multiply(change, form), change.transpose()))

    def given_tensor(self, tensor: DomainMatrix) -> DomainMatrix:
        """Coefficients ``c`` of ``sum_ab c_ab B_a x B_b``, in the given basis."""
        if self.is_given:
            return tensor
        rows, tensor = one_field(self.rows, tensor)
        return small_field(multiply(multiply(rows.transpose(), tensor), rows))

    def given_map(self, matrix: DomainMatrix) -> DomainMatrix:
        """A linear map of rows in this basis, in the coordinates of the given one."""
        if self.is_given:
            return matrix
        change, matrix, rows = one_field(self.change, matrix, self.rows)
        return multiply(multiply(change, matrix), rows).to_sparse()


@lru_cache(maxsize=64)
def frame_of(algebra: LieAlgebra) -> Frame:
    """That basis of the two whose structure constants have the smaller field, then fewer digits.

    A dense change of basis and the square roots of Gell-Mann's matrices are gone in the reduced
    basis of the span; where the matrices themselves hide their pattern, the given one is better.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> frame = frame_of(known("su3"))
    >>> right_brackets(known("su3"))[0].domain, frame.right[0].domain
    (QQ<sqrt(3)>, QQ)
    """
    check_algebra(algebra)
    basis = algebra.reduced
    if algebra.parameters:
        return _own(algebra)
    reduced = _in_smaller_field(algebra.reduced_brackets)
    # Where the reduced basis needs no roots and the given one does, that one need not be looked at.
    has_roots = basis.change.domain != QQ == reduced[0].domain
    if not has_roots and bracket_size(right_brackets(algebra)) <= bracket_size(reduced):
        return _own(algebra)
    return Frame(reduced, inverse(basis.change), basis.change)


def _own(algebra: LieAlgebra) -> Frame:
    identity = whole(algebra)
    return Frame(right_brackets(algebra), identity, identity)


def _in_smaller_field(right: tuple[DomainMatrix, ...]) -> tuple[DomainMatrix, ...]:
    k = len(right)
    together, columns = small_field(DomainMatrix.vstack(*right)), list(range(k))
    return tuple(together.extract(list(range(i * k, i * k + k)), columns) for i in range(k))


def bracket_size(right: tuple[DomainMatrix, ...]) -> tuple[int, int]:
    """The degree of the field, and the bits of all numerators and denominators."""
    domain = right[0].domain
    bits = 0
    for matrix in right:
        for value in matrix.to_sparse().to_dok().values():
            for part in value.to_list() if domain.is_AlgebraicField else [value]:
                bits += int(part.numerator).bit_length() + int(part.denominator).bit_length()
    return domain.mod.degree() if domain.is_AlgebraicField else 1, bits
