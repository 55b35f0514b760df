"""One field of algebraic numbers for several matrices, and complex conjugation on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.polys.constructor import construct_domain
from sympy.polys.domains import QQ, QQ_I
from sympy.polys.matrices import DomainMatrix

from liealg.square_roots import all_parts, square_root_field

# Arithmetic in a field of a higher degree would take minutes.
_LARGEST_DEGREE = 8


class FieldTooLargeError(ArithmeticError):
    """The numbers generate a field of a degree too high to compute in."""


def common_field(
    *matrices: DomainMatrix | sp.MatrixBase, adjoin: tuple[sp.Expr, ...] = ()
) -> tuple[DomainMatrix, ...]:
    """The matrices over the field that all their entries and the numbers to adjoin generate.

    Raises
    ------
    FieldTooLargeError
        If the degree of the field is more than 8.

    Examples
    --------
    >>> first, second = common_field(sp.Matrix([[sp.sqrt(2)]]), sp.Matrix([[sp.I]]))
    >>> first.domain, first.domain == second.domain
    (QQ<sqrt(2) + I>, True)
    """
    if not adjoin and all(isinstance(matrix, DomainMatrix) for matrix in matrices):
        domains = {matrix.domain for matrix in matrices}
        if len(domains) == 1 and domains != {QQ_I}:
            return tuple(matrix.to_sparse() for matrix in matrices)
    listed = [_entries(matrix) for matrix in matrices]
    numbers = list(dict.fromkeys(value for entries in listed for value in entries.values()))
    domain, converted = _domain([*numbers, *adjoin])
    table = dict(zip(numbers, converted, strict=False))
    return tuple(
        DomainMatrix.from_dok(
            {place: table[value] for place, value in entries.items()}, matrix.shape, domain
        ).to_sparse()
        for entries, matrix in zip(listed, matrices, strict=True)
    )


def one_field(*matrices: DomainMatrix) -> tuple[DomainMatrix, ...]:
    """The matrices over the field that their fields generate, whatever its degree.

    Examples
    --------
    >>> first = DomainMatrix([[QQ(1)]], (1, 1), QQ)
    >>> [matrix.domain for matrix in one_field(first, first.convert_to(QQ.algebraic_field(sp.I)))]
    [QQ<I>, QQ<I>]
    """
    domains = {matrix.domain for matrix in matrices}
    fields = [domain for domain in domains if domain != QQ]
    if len(fields) <= 1 or not all(domain.is_AlgebraicField for domain in fields):
        return tuple(matrix.to_sparse() for matrix in DomainMatrix.unify(*matrices))
    try:
        return common_field(*matrices)
    except FieldTooLargeError:
        return tuple(matrix.to_sparse() for matrix in DomainMatrix.unify(*matrices))


def _entries(matrix: DomainMatrix | sp.MatrixBase) -> dict[tuple[int, int], sp.Expr]:
    if isinstance(matrix, DomainMatrix):
        return {
            place: matrix.domain.to_sympy(value)
            for place, value in matrix.to_sparse().to_dok().items()
        }
    rows, columns = matrix.shape
    entries = {(i, j): sp.sympify(matrix[i, j]) for i in range(rows) for j in range(columns)}
    return {place: value for place, value in entries.items() if value != 0}


def _domain(numbers: list[sp.Expr]) -> tuple[Any, list[Any]]:
    found = all_parts(numbers)
    if found is not None:
        roots, listed = found
        _check_degree(2 ** len(roots))
        field = square_root_field(roots)
        return field.domain, [field.number(parts) for parts in listed]
    domain, converted = construct_domain([sp.S.One, *numbers], extension=True, field=True)
    _check_degree(domain.mod.degree())
    return domain, converted[1:]


def _check_degree(degree: int) -> None:
    if degree > _LARGEST_DEGREE:
        raise FieldTooLargeError(f"a field of degree {degree} is needed")


@dataclass(frozen=True)
class Conjugation:
    """Complex conjugation on a field that it takes to itself.

    Attributes
    ----------
    domain
        The rationals or an algebraic field.
    generator
        The conjugate of the generator of the field; ``None`` where the field is real.
    """

    domain: Any
    generator: Any

    def number(self, value: Any) -> Any:
        """The conjugate of a number."""
        if self.generator is None:
            return value
        total = self.domain.zero
        for part in value.to_list():
            total = total * self.generator + self.domain.convert(part)
        return total

    def matrix(self, matrix: DomainMatrix) -> DomainMatrix:
        """The conjugate of every entry."""
        if self.generator is None:
            return matrix
        entries = {place: self.number(value) for place, value in matrix.to_dok().items()}
        return DomainMatrix.from_dok(entries, matrix.shape, self.domain).to_sparse()


@lru_cache(maxsize=64)
def conjugation_of(domain: Any) -> Conjugation:
    """Complex conjugation on a field that square roots of rationals generate, and on real fields.

    Raises
    ------
    FieldTooLargeError
        If the field does not hold the conjugate of its generator.

    Examples
    --------
    >>> field = QQ.algebraic_field(sp.sqrt(-2))
    >>> field.to_sympy(conjugation_of(field).number(field.from_sympy(1 + sp.sqrt(-2))))
    1 - sqrt(2)*I
    """
    if not domain.is_AlgebraicField:
        return Conjugation(domain, None)
    generator = domain.ext.as_expr()
    conjugate = sp.expand(sp.conjugate(generator))
    if sp.expand(conjugate - generator) == 0:
        return Conjugation(domain, None)
    found, numbers = _domain([generator, conjugate])
    if found.mod.degree() != domain.mod.degree():
        raise FieldTooLargeError("the field does not hold the conjugate of its generator")
    if found == domain:
        return Conjugation(domain, numbers[1])
    return Conjugation(domain, domain.from_sympy(found.to_sympy(numbers[1])))
