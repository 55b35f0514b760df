"""The basis in which an algebra is looked at: its own, or the reduced one of its span."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.exact import small_field
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

    def given(self, rows: DomainMatrix) -> DomainMatrix:
        """The span of rows in this basis, in the coordinates of the given one."""
        left, right = rows.unify(self.rows)
        return span(multiply(left, right).to_sparse())


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
    reduced = _in_smaller_field(algebra.reduced_brackets)
    if reduced[0].domain == QQ != algebra.reduced.change.domain:
        return Frame(reduced, algebra.reduced.inverse(), algebra.reduced.change)
    given = right_brackets(algebra)
    if _size(given) <= _size(reduced):
        return Frame(given, whole(algebra), whole(algebra))
    return Frame(reduced, algebra.reduced.inverse(), algebra.reduced.change)


def _in_smaller_field(right: tuple[DomainMatrix, ...]) -> tuple[DomainMatrix, ...]:
    k = len(right)
    together, columns = small_field(DomainMatrix.vstack(*right)), list(range(k))
    return tuple(together.extract(list(range(i * k, i * k + k)), columns) for i in range(k))


def _size(right: tuple[DomainMatrix, ...]) -> tuple[int, int]:
    """The degree of the field, and the bits of all numerators and denominators."""
    domain = right[0].domain
    bits = 0
    for matrix in right:
        for value in matrix.to_sparse().to_dok().values():
            for part in value.to_list() if domain.is_AlgebraicField else [value]:
                bits += int(part.numerator).bit_length() + int(part.denominator).bit_length()
    return domain.mod.degree() if domain.is_AlgebraicField else 1, bits
