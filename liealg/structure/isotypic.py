"""Isotypic components of a completely reducible representation, and their Schur types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isqrt

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.scalars import multiply, shaped
from liealg.structure.commutant import center_rows, commutant_rows
from liealg.structure.compactness import real_roots, trace_form
from liealg.structure.fitting import UNKNOWN, evaluate
from liealg.structure.invariant_forms import form_rows
from liealg.structure.modules import (
    Module,
    as_matrices,
    general_elements,
    given_subspace,
    minimal_polynomial,
    module_of,
    on_rows,
)
from liealg.structure.radical_series import is_completely_reducible
from liealg.structure.signs import signature
from liealg.structure.subspace import Subspace, kernel, span


@dataclass(frozen=True)
class IsotypicComponent:
    """The sum of all irreducible subspaces that are isomorphic to one of them.

    Attributes
    ----------
    subspace : Subspace or None
        Where it is; ``None`` where it takes a larger field than is used here, see ``words``.
    hull : Subspace
        The smallest subspace over the field of the matrices that holds it; where the field must be
        extended, the sum of the component and its conjugates.
    irreducible_dim : int
        The dimension of one irreducible subspace.
    multiplicity : int
        How many of them make up the component.
    schur_type : str
        The commutant of an irreducible subspace: ``"real"``, ``"complex"`` or ``"quaternionic"``.
        For complex matrices always ``"complex"``; ask it of :func:`liealg.constructors.realify` of
        them for the type over the reals.
    bilinear_form : str or None
        For complex matrices, the invariant bilinear form of an irreducible subspace:
        ``"symmetric"``, ``"antisymmetric"`` or ``"none"``. For a compact group these are the real,
        quaternionic and complex representations of Frobenius and Schur. ``None`` for real matrices.
    words : str
        All this in a sentence.
    """

    subspace: Subspace | None
    hull: Subspace
    irreducible_dim: int
    multiplicity: int
    schur_type: str
    bilinear_form: str | None
    words: str

    @property
    def dim(self) -> int:
        """The dimension of the component."""
        return self.irreducible_dim * self.multiplicity


@dataclass(frozen=True)
class Block:
    """A piece of the space that belongs to one factor over the field of a central element.

    Attributes
    ----------
    rows : DomainMatrix
        Its basis.
    factor : sympy.Poly
        The irreducible factor ``f``; its roots tell the components in the piece apart.
    module : Module
        The action on it.
    commuting : DomainMatrix
        The commutant of that action, each matrix as one row.
    central : DomainMatrix
        The central element on it.
    """

    rows: DomainMatrix
    factor: sp.Poly
    module: Module
    commuting: DomainMatrix
    central: DomainMatrix


@dataclass(frozen=True)
class Kind:
    """Components of one kind in a block: how many, and what each is."""

    count: int
    irreducible_dim: int
    multiplicity: int
    schur_type: str
    rows: DomainMatrix | None = None


def schur_types(basis: MatrixBasis) -> tuple[IsotypicComponent, ...]:
    """The isotypic components of a completely reducible representation.

    Over the reals for real matrices, over the complex numbers for complex ones. The commutant is
    a product of matrix algebras ``M_m(D)``, one for each component: ``m`` is the multiplicity, and
    ``D``, the commutant of an irreducible subspace, is R, C or H (Wedderburn, Frobenius; Curtis
    and Reiner, 1962, chapter 4). A general element of the center of the commutant has one
    eigenvalue, or one pair of complex ones, for each component. At a pair ``D = C``. At a real one
    the commutant has dimension ``m^2`` or ``4 m^2``; the trace form ``tr(x y)`` on it has ``m``
    positive squares more than negative ones on ``M_m(R)``, and ``2 m`` fewer on ``M_m(H)``. So
    nothing is guessed, and no irreducible subspace need be found.

    Raises
    ------
    ValueError
        If the representation is not completely reducible.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> schur_types(known("so2"))[0].schur_type
    'complex'
    >>> [(c.irreducible_dim, c.multiplicity, c.bilinear_form) for c in schur_types(known("su2"))]
    [(2, 1, 'antisymmetric')]
    """
    check_basis(basis)
    module = module_of(basis)
    if not is_completely_reducible(basis):
        raise ValueError(
            f"the representation {basis.name!r} is not completely reducible, so that it has no "
            "isotypic components; invariant_subspaces gives its semisimple layers"
        )
    return tuple(
        component
        for block in blocks(module)
        for component in components(block, module, basis.is_complex)
    )


def blocks(module: Module) -> list[Block]:
    """The pieces of a completely reducible module that its field tells apart."""
    commuting = commutant_rows(module)
    center = center_rows(module, commuting)
    identity = DomainMatrix.eye(module.size, module.domain).to_sparse()
    if center.shape[0] == 1:
        one = sp.Poly(UNKNOWN - 1, UNKNOWN, domain=module.domain)
        return [Block(identity, one, module, commuting, identity)]
    for central in general_elements(as_matrices(center, module.size)):
        polynomial = minimal_polynomial(central, UNKNOWN)
        if polynomial.degree() == center.shape[0]:
            break
    found = [
        _block(module, commuting, central, factor.monic())
        for factor, _ in polynomial.factor_list()[1]
    ]
    return sorted(found, key=lambda block: min(j for i, j in block.rows.to_dok() if i == 0))


def _block(
    module: Module, commuting: DomainMatrix, central: DomainMatrix, factor: sp.Poly
) -> Block:
    rows = kernel(evaluate(factor, central).transpose())
    size = rows.shape[0]
    restricted = [
        shaped(on_rows(rows, c), 1, size * size) for c in as_matrices(commuting, module.size)
    ]
    inner = span(restricted[0].vstack(*restricted[1:]))
    return Block(rows, factor, module.restricted(rows), inner, on_rows(rows, central))


def components(block: Block, module: Module, is_complex: bool) -> list[IsotypicComponent]:
    """The components in a block, described."""
    kinds = complex_kinds(block) if is_complex else real_kinds(block)
    form = _bilinear(block, module) if is_complex else None
    hull = Subspace(given_subspace(module, block.rows))
    found = []
    for kind in kinds:
        subspace = hull if sum(k.count for k in kinds) == 1 else None
        if kind.rows is not None:
            lifted = multiply(kind.rows, block.rows.convert_to(kind.rows.domain))
            subspace = Subspace(given_subspace(module, lifted))
        words = _words(kind, form)
        if subspace is None:
            words += (
                f"; where it is takes a root of {block.factor.as_expr()}, and the hull holds it "
                "with its conjugates"
            )
        one = IsotypicComponent(
            subspace, hull, kind.irreducible_dim, kind.multiplicity, kind.schur_type, form, words
        )
        found += [one] * kind.count
    return found


def complex_kinds(block: Block) -> list[Kind]:
    """Over the complex numbers each root is a component, with commutant ``M_m(C)``."""
    degree = block.factor.degree()
    multiplicity = isqrt(block.commuting.shape[0] // degree)
    return [Kind(degree, block.module.size // degree // multiplicity, multiplicity, "complex")]


def real_kinds(block: Block) -> list[Kind]:
    """Over the reals each real root and each pair of complex roots is a component."""
    degree = block.factor.degree()
    real = real_roots(block.factor)
    width, square = block.module.size // degree, block.commuting.shape[0] // degree
    root = isqrt(square)
    found = []
    if real < degree:
        found.append(Kind((degree - real) // 2, 2 * width // root, root, "complex"))
    if real:
        quaternionic = _quaternionic(block, real, width, root)
        reals = Kind(real - quaternionic, width // root, root, "real")
        others = Kind(quaternionic, 2 * width // root, root // 2, "quaternionic")
        found += [kind for kind in (reals, others) if kind.count]
    if degree == 2 and real and block.module.domain == sp.QQ:
        found = _split(block, found)
    return found


def _quaternionic(block: Block, real: int, width: int, root: int) -> int:
    """How many of the real roots have a quaternionic component.

    The dimension of a quaternionic irreducible subspace is a multiple of four, which often decides.
    """
    if root % 2 or (2 * width) % (4 * root):
        return 0
    positive, negative, _ = signature(trace_form(block.commuting, block.module.size))
    return (real - (positive - negative) // root) // 2


def _split(block: Block, kinds: list[Kind]) -> list[Kind]:
    """The components of two real roots, over the field with the square root that they need."""
    _, linear, _ = block.factor.rep.to_list()
    square = sp.sqrt(block.factor.discriminant())
    field = sp.QQ.algebraic_field(square)
    roots = [field.from_sympy((-sp.QQ.to_sympy(linear) + s * square) / 2) for s in (-1, 1)]
    central = block.central.convert_to(field)
    identity = DomainMatrix.eye(block.module.size, field).to_sparse()
    found = []
    for place, value in enumerate(roots):
        rows = kernel((central - identity * value).transpose())
        kind = kinds[0] if len(kinds) == 1 else _at_root(block, kinds, place)
        found.append(replace(kind, count=1, rows=rows))
    return found


def _at_root(block: Block, kinds: list[Kind], place: int) -> Kind:
    """Which kind is at the smaller root (0) or the larger (1), one of each: by a weighted trace."""
    half = block.factor.domain.convert(sp.Rational(1, 2))
    _, linear, _ = block.factor.rep.to_list()
    identity = DomainMatrix.eye(block.module.size, block.module.domain).to_sparse()
    weight = block.central + identity * (linear * half)
    size, count = block.module.size, block.commuting.shape[0]
    left = shaped(multiply(shaped(block.commuting, count * size, size), weight), count, size * size)
    positive, negative, _ = signature(_traces(left, block.commuting, size))
    larger = "real" if positive > negative else "quaternionic"
    wanted = larger if place else ({"real", "quaternionic"} - {larger}).pop()
    return next(kind for kind in kinds if kind.schur_type == wanted)


def _traces(left: DomainMatrix, right: DomainMatrix, size: int) -> DomainMatrix:
    stacked = trace_form(left.vstack(right), size)
    count = left.shape[0]
    return stacked.to_sparse().extract(list(range(count)), list(range(count, 2 * count)))


def _bilinear(block: Block, module: Module) -> str:
    """The form of an irreducible subspace, from the numbers of forms on the component.

    With a symmetric one there are ``m (m + 1) / 2`` symmetric and ``m (m - 1) / 2`` antisymmetric
    ones, with an antisymmetric one the other way round; with none, equally many, between
    components that are dual to each other.
    """
    numbers = []
    for sign in (1, -1):
        forms = as_matrices(form_rows(module, sign), module.size)
        size = block.module.size
        rows = DomainMatrix.zeros((0, size * size), module.domain).to_sparse()
        for form in forms:
            there = multiply(multiply(block.rows, form), block.rows.transpose())
            rows = rows.vstack(shaped(there, 1, size * size))
        numbers.append(span(rows).shape[0])
    if numbers[0] == numbers[1]:
        return "none"
    return "symmetric" if numbers[0] > numbers[1] else "antisymmetric"


def _words(kind: Kind, form: str | None) -> str:
    times = "once" if kind.multiplicity == 1 else f"{kind.multiplicity} times"
    what = f"an irreducible subspace of dimension {kind.irreducible_dim}, {times}"
    if form is None:
        return f"{what}, of {kind.schur_type} type"
    which = {"none": "no", "symmetric": "a symmetric", "antisymmetric": "an antisymmetric"}[form]
    return f"{what}, with {which} invariant bilinear form"
