"""Root systems of semisimple algebras."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import inverse, row_echelon
from liealg.number_fields import one_field
from liealg.reduction import BadPrimeError, Reduction
from liealg.scalars import multiply
from liealg.structure.brackets import bracket_matrix
from liealg.structure.cartan import frame_cartan_subalgebra
from liealg.structure.dynkin import positive_roots, type_name
from liealg.structure.frame import Frame, frame_of
from liealg.structure.modular_roots import ModularRoots, modular_roots
from liealg.structure.radical import is_semisimple
from liealg.structure.subspace import Subspace, as_subspace

_UNKNOWN = sp.Symbol("x")


@dataclass(frozen=True)
class RootSystem:
    """The root system of a semisimple algebra over the complex numbers.

    Attributes
    ----------
    type : str
        The simple types as a sum, sorted, such as ``"A1 + B2"``.
    rank : int
        The dimension of a Cartan subalgebra.
    cartan_matrix : sympy.ImmutableDenseMatrix
        ``<alpha_i, alpha_j^vee>`` for the simple roots: blocks in the order of ``type``, each with
        the numbering of Bourbaki and Humphreys.
    positive_roots : sympy.ImmutableDenseMatrix
        The positive roots as sums of simple ones, by height; shape ``[roots / 2, rank]``.
    cartan_subalgebra : Subspace
        The Cartan subalgebra ``H`` that the roots are functions on.
    simple_root_values : sympy.ImmutableDenseMatrix or None
        Row ``i`` holds the values of simple root ``i`` on the rows of ``H``; shape
        ``[rank, rank]``. ``None`` if they need a larger field than a quadratic extension.
    splitting : str
        Over which field ``H`` splits, in words.
    """

    type: str
    rank: int
    cartan_matrix: sp.ImmutableDenseMatrix
    positive_roots: sp.ImmutableDenseMatrix
    cartan_subalgebra: Subspace
    simple_root_values: sp.ImmutableDenseMatrix | None
    splitting: str

    @property
    def number_of_roots(self) -> int:
        """The number of roots, positive and negative: the dimension less the rank."""
        return 2 * int(self.positive_roots.rows)

    @property
    def positive_root_values(self) -> sp.ImmutableDenseMatrix | None:
        """The values of the positive roots on the rows of ``H``, shape ``[roots / 2, rank]``.

        The negative roots have the negative values. ``None`` if there are no explicit ones.
        """
        if self.simple_root_values is None:
            return None
        return (self.positive_roots * self.simple_root_values).applyfunc(sp.expand)


def root_system(algebra: LieAlgebra) -> RootSystem:
    """The root system of a semisimple algebra with respect to its Cartan subalgebra.

    ``L = H + sum of L_alpha`` over the complex numbers, with ``[h, x] = alpha(h) x`` for ``x`` in
    ``L_alpha``. The type is found modulo a prime at which ``H`` splits, by exact Cartan integers,
    whatever field the roots need. Where this is the field of the structure constants or a quadratic
    extension, the values of the roots are lifted: they are those eigenvalues of ``ad h`` that the
    residues belong to. See Humphreys (1972), sections 8 to 11; de Graaf, *Lie Algebras: Theory and
    Algorithms* (2000), chapter 5.

    Raises
    ------
    ValueError
        If the algebra is not semisimple, or no prime is found at which ``H`` splits.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> roots = root_system(known("so(3,2)"))
    >>> roots.type, roots.number_of_roots, roots.cartan_matrix.tolist()
    ('B2', 8, [[2, -2], [-1, 2]])
    >>> roots.simple_root_values
    Matrix([
    [1, -1],
    [0,  1]])
    >>> root_system(known("so3")).positive_root_values, root_system(known("so3")).splitting
    (Matrix([[I]]), 'the Cartan subalgebra splits over the rationals with I')
    """
    check_algebra(algebra)
    return _root_system(algebra)


@lru_cache(maxsize=64)
def _root_system(algebra: LieAlgebra) -> RootSystem:
    check_semisimple(algebra, "it has no root system")
    frame, rows = frame_of(algebra), frame_cartan_subalgebra(algebra)
    found = roots_of(frame.right, rows)
    return found if frame.is_given else _on_given_rows(found, frame, rows)


def _on_given_rows(found: RootSystem, frame: Frame, rows: DomainMatrix) -> RootSystem:
    """The same roots, with their values on the rows of ``H`` in the given basis."""
    given = frame.given(rows)
    subspace = as_subspace(given)
    if found.simple_root_values is None:
        return replace(found, cartan_subalgebra=subspace)
    moved = multiply(*one_field(rows, frame.rows)).to_sparse()
    _, pivots = row_echelon(given)
    mixing = moved.extract(list(range(rows.shape[0])), list(pivots))
    values = found.simple_root_values * inverse(mixing).transpose().to_Matrix()
    return replace(
        found, cartan_subalgebra=subspace, simple_root_values=values.applyfunc(sp.expand)
    )


def check_semisimple(algebra: LieAlgebra, consequence: str) -> None:
    """Refuse an algebra that is not semisimple.

    Raises
    ------
    ValueError
        If it is not, with the consequence.
    """
    if not is_semisimple(algebra):
        raise ValueError(
            f"{algebra.name!r} is not semisimple, so {consequence}; take the Levi factor of "
            "levi_decomposition"
        )


def roots_of(right: tuple[DomainMatrix, ...], rows: DomainMatrix) -> RootSystem:
    """The root system of a semisimple algebra of these brackets, on the rows of ``H``."""
    domain = rows.domain
    eigenvalues: _Eigenvalues | None = None
    values = None
    for found in modular_roots(right, rows):
        if found.is_quadratic and eigenvalues is None:
            eigenvalues = _eigenvalues(right, rows)
        if not found.is_quadratic or eigenvalues is None:
            splitting = (
                "explicit roots on this Cartan subalgebra need a larger field than a quadratic "
                f"extension of {_field(domain)}"
            )
            break
        try:
            values = _lift(found, eigenvalues, domain)
        except BadPrimeError:
            continue
        splitting = f"the Cartan subalgebra splits over {_field(domain, eigenvalues.radical)}"
        break
    return RootSystem(
        type_name(found.types),
        rows.shape[0],
        sp.ImmutableDenseMatrix(found.cartan_matrix),
        sp.ImmutableDenseMatrix(positive_roots(found.cartan_matrix)),
        as_subspace(rows),
        values,
        splitting,
    )


def _field(domain: Any, radical: sp.Expr | None = None) -> str:
    """The field, with the square root of ``radical``, in words."""
    roots = [str(domain.ext.as_expr())] if domain.is_AlgebraicField else []
    roots += [str(sp.sqrt(radical))] if radical is not None else []
    return "the rationals" + (f" with {' and '.join(roots)}" if roots else "")


@dataclass(frozen=True)
class _Eigenvalues:
    """The eigenvalues ``a + b sqrt(d)`` of each ``ad H_i``, pairs ``(a, b)`` of the field.

    ``radical`` is ``d``, or ``None`` where all are in the field.
    """

    pairs: list[set[tuple[Any, Any]]]
    radical: sp.Expr | None


def _eigenvalues(right: tuple[DomainMatrix, ...], rows: DomainMatrix) -> _Eigenvalues | None:
    """The eigenvalues of the rows; ``None`` unless one square root is enough for all."""
    domain, columns = rows.domain, list(range(rows.shape[1]))
    pairs: list[set[tuple[Any, Any]]] = []
    radical = None
    for i in range(rows.shape[0]):
        pairs.append(set())
        for factor in _irreducible_factors(bracket_matrix(right, rows.extract([i], columns))):
            if factor.degree() > 2:
                return None
            _, *rest = factor.monic().rep.to_list()
            if len(rest) == 1:
                pairs[-1].add((-rest[0], domain.zero))
                continue
            middle = -rest[0] / domain.convert(2)
            square = middle**2 - rest[1]
            radical = _radical(square, domain) if radical is None else radical
            root = _square_root(square / radical, domain)
            if root is None:
                return None
            pairs[-1] |= {(middle, root), (middle, -root)}
    return _Eigenvalues(pairs, None if radical is None else domain.to_sympy(radical))


def _irreducible_factors(matrix: DomainMatrix) -> set[sp.Poly]:
    """The irreducible factors of the characteristic polynomial over the field."""
    factors = set()
    for coefficients, _ in matrix.charpoly_factor_blocks():
        polynomial = sp.Poly.from_list(coefficients, _UNKNOWN, domain=matrix.domain)
        factors |= {factor.monic() for factor, _ in polynomial.factor_list()[1]}
    return factors


def _radical(square: Any, domain: Any) -> Any:
    """A number of the class of a square modulo the squares of the field: -1 if it can be."""
    if _square_root(-square, domain) is not None:
        return domain.convert(-1)
    number = domain.to_sympy(square)
    if number.is_Rational:
        # SymPy takes the small square factors out of the integer under the root.
        _, root = sp.sqrt(abs(number.p) * number.q).as_coeff_Mul()
        return domain.from_sympy(sp.sign(number) * root**2)
    return square


def _square_root(square: Any, domain: Any) -> Any | None:
    """A square root within the field, if there is one."""
    polynomial = sp.Poly.from_list([domain.one, domain.zero, -square], _UNKNOWN, domain=domain)
    factor = polynomial.factor_list()[1][0][0]
    return -factor.monic().rep.to_list()[-1] if factor.degree() == 1 else None


def _lift(found: ModularRoots, eigenvalues: _Eigenvalues, domain: Any) -> sp.ImmutableDenseMatrix:
    """The simple roots: on each row that eigenvalue whose residue is the residue of the root.

    Raises
    ------
    BadPrimeError
        If two eigenvalues of a row have one residue.
    """
    reduction, radical = found.reduction, eigenvalues.radical
    root = _root_modulo(reduction, domain.from_sympy(radical)) if radical is not None else 0
    columns = []
    for i, pairs in enumerate(eigenvalues.pairs):
        table = {}
        for a, b in pairs:
            residue = (reduction.number(a) + reduction.number(b) * root) % reduction.prime
            table[residue] = domain.to_sympy(a) + domain.to_sympy(b) * sp.sqrt(radical or 0)
        if len(table) < len(pairs):
            raise BadPrimeError(reduction.prime)
        columns.append([sp.expand(table[values[i]]) for values in found.simple])
    return sp.ImmutableDenseMatrix(columns).T


def _root_modulo(reduction: Reduction, square: Any) -> int:
    """A square root of a residue; there is one, as the prime splits the Cartan subalgebra."""
    root = sp.sqrt_mod(reduction.number(square), reduction.prime)
    if not root:
        raise BadPrimeError(reduction.prime)
    return int(root)
