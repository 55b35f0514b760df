"""The direct sum of indecomposable submodules that a module is, over one field or a root more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, combinations, islice

import flint
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.derive.form import Fact
from liealg.derive.short_vectors import short_rows
from liealg.echelon import inverse, row_echelon
from liealg.number_fields import conjugation_of
from liealg.scalars import multiply, shaped
from liealg.structure.commutant import applied, commutant_rows, envelope_radical
from liealg.structure.compactness import trace_form
from liealg.structure.fitting import UNKNOWN, characteristic_factors, component
from liealg.structure.irreducible import irreducible_parts
from liealg.structure.isotypic import blocks
from liealg.structure.modules import Module, as_matrices, general_elements, modulo
from liealg.structure.radical_series import radical_series
from liealg.structure.real_factors import real_factors
from liealg.structure.signs import signature
from liealg.structure.subspace import kernel, span

# So many sums and differences of elements of a commutant are tried.
_PAIRS = 80
# Larger algebras of endomorphisms are not reduced in their regular representation.
_LARGEST_ORDER = 25


@dataclass
class DirectSummands:
    """The search for submodules of which the module is the direct sum.

    An element of the commutant whose characteristic polynomial has several factors splits a module
    into its primary components (Fitting's lemma; Curtis and Reiner, *Representation Theory of
    Finite Groups and Associative Algebras*, 1962, section 14). The commutant of an indecomposable
    module is a division algebra up to nilpotent maps, over the reals one of three. Self-adjoint
    elements come first, since their components are orthogonal; of all elements the short ones.

    Attributes
    ----------
    is_complex
        Whether the space is complex.
    extends
        Whether a square root may be adjoined to the rationals, over the reals a real one.
    facts
        What was found out on the way.
    """

    is_complex: bool
    extends: bool = True
    facts: list[Fact] = field(default_factory=list)

    def of(self, module: Module, gram: DomainMatrix) -> list[DomainMatrix]:
        """Indecomposable submodules, by reduced rows; in a larger field where that splits more.

        Parameters
        ----------
        module
            The module.
        gram
            The inner products of its coordinate vectors.
        """
        parts = self._split(module, gram)
        if len(parts) == 1:
            return parts
        found = []
        for part in parts:
            over = module if part.domain == module.domain else module.over(part.domain)
            for rows in self.of(over.restricted(part), inner_products(part, gram, part)):
                found.append(span(multiply(rows, part).to_sparse()))
        return found

    def _split(self, module: Module, gram: DomainMatrix) -> list[DomainMatrix]:
        """Submodules whose direct sum the module is; the module itself if there are none."""
        whole = [DomainMatrix.eye(module.size, module.domain).to_sparse()]
        commuting = commutant_rows(module)
        elements = _modulo_radical(
            module, commuting, whole[0].extract([], list(range(module.size)))
        )
        if len(elements) == 1:
            self._no_sum(module, "multiples of 1")
            return whole
        single: list[tuple[sp.Poly, DomainMatrix]] = []
        adjoint = _self_adjoint(commuting, gram.convert_to(module.domain), module.size)
        for element in chain(_candidates(adjoint), elements, _further(module, commuting)):
            factors = characteristic_factors(element)
            if len(factors) > 1:
                return [component(factor, element) for factor, _ in factors]
            single.append((factors[0][0], element))
        spun: list[DomainMatrix] = []
        if len(elements) > 3 and len(radical_terms(module)) == 2:
            # Where the matrices themselves have few eigenvectors, one of them is spun up.
            spun, _ = irreducible_parts(blocks(module)[0], self.is_complex)
        if len(spun) > 1 and spun[0].domain == module.domain:
            return [span(part) for part in spun]
        if self.extends and module.domain == sp.QQ:
            for factor, element in _smallest_fields(single):
                parts = self._over_extension(factor, element)
                if len(parts) > 1:
                    return parts
            if len(spun) > 1:
                return [span(part) for part in spun]
        self._undivided(module, elements, single[-1][0])
        return whole

    def _over_extension(self, factor: sp.Poly, element: DomainMatrix) -> list[DomainMatrix]:
        """Components that a quadratic extension of the rationals tells apart."""
        if not self.is_complex:
            found = real_factors(factor)
            factors = [] if found is None else [part for part, _ in found.factors]
        elif factor.degree() == 2:
            larger = sp.Poly(factor.as_expr(), UNKNOWN, extension=_root(factor))
            factors = [part.monic() for part, _ in larger.factor_list()[1]]
        else:
            return []
        return [component(part, element.convert_to(part.domain)) for part in factors]

    def _undivided(self, module: Module, elements: Sequence[DomainMatrix], factor: sp.Poly) -> None:
        """What is known of a module for which no split was found."""
        if not self.is_complex and factor.degree() == 2:
            flat = DomainMatrix.vstack(*(shaped(c, 1, module.size**2) for c in elements))
            signs = signature(trace_form(flat, module.size))
            names = {(1, 1, 0): "the complex numbers", (1, 3, 0): "the quaternions"}
            if signs in names:
                self._no_sum(module, names[signs])
                return
        self.facts.append(
            Fact(
                f"an invariant subspace of dimension {module.size} is left as it is",
                "a direct sum, if it is one, takes a root of "
                f"{factor.as_expr()} or of another polynomial that no square root solves",
            )
        )

    def _no_sum(self, module: Module, what: str) -> None:
        if module.size > 1:
            claim = f"an invariant subspace of dimension {module.size} is no direct sum"
            proof = f"the matrices that commute with the action are {what}, up to nilpotent ones"
            self.facts.append(Fact(claim, proof))


def inner_products(left: DomainMatrix, gram: DomainMatrix, right: DomainMatrix) -> DomainMatrix:
    """``L G R^*``, over the field of ``left``."""
    turned = conjugation_of(right.domain).matrix(right.to_sparse()).transpose()
    return multiply(multiply(left, gram), turned).to_sparse()


def _candidates(matrices: Sequence[DomainMatrix]) -> Iterator[DomainMatrix]:
    """Elements of a span: its basis, sums and differences of two of them, general ones."""
    if len(matrices) < 2:
        return
    yield from matrices
    pairs = (c for a, b in combinations(matrices, 2) for c in (a + b, a - b))
    yield from islice(pairs, _PAIRS)
    yield from islice(general_elements(tuple(matrices)), 4)


def _smallest_fields(
    found: list[tuple[sp.Poly, DomainMatrix]],
) -> list[tuple[sp.Poly, DomainMatrix]]:
    """Elements with a quadratic polynomial, by the size of the root, and one with a quartic.

    A polynomial of a higher degree has no factors of degree 2 over a quadratic extension, and a
    quartic has them only if its cubic resolvent has a root (Kappe and Warren, *An elementary test
    for the Galois group of a quartic polynomial*, 1989).
    """
    quadratic = [pair for pair in found if pair[0].degree() == 2]
    quadratic.sort(key=lambda pair: abs(_root(pair[0]) ** 2))
    quartic = [pair for pair in found if pair[0].degree() == 4][-1:]
    return quadratic + [pair for pair in quartic if _resolvent_has_root(pair[0])]


def _resolvent_has_root(quartic: sp.Poly) -> bool:
    _, b, c, d, e = quartic.all_coeffs()
    x = quartic.gen
    resolvent = x**3 - c * x**2 + (b * d - 4 * e) * x - b**2 * e + 4 * c * e - d**2
    return any(factor.degree() == 1 for factor, _ in sp.Poly(resolvent, x).factor_list()[1])


def _root(factor: sp.Poly) -> sp.Expr:
    """The root of a square-free integer that the roots of a quadratic polynomial take."""
    number = sp.Rational(factor.discriminant())
    return sp.sqrt(number.p * number.q).as_coeff_Mul()[1]


@lru_cache(maxsize=64)
def radical_terms(module: Module) -> tuple[DomainMatrix, ...]:
    """``V > V J > ... > 0`` with the radical ``J`` of the associative algebra that acts."""
    size = module.size
    terms = [DomainMatrix.eye(size, module.domain).to_sparse()]
    rows = span(DomainMatrix.vstack(*(shaped(a, 1, size * size) for a in module.actions)))
    if rows.shape[0] and module.domain == sp.QQ:
        actions = as_matrices(rows, size)
        return radical_series(MatrixBasis("piece", [a.transpose().to_Matrix() for a in actions]))
    # Other fields: axes must not be rescaled.
    radical = envelope_radical(module)
    while terms[-1].shape[0]:
        terms.append(applied(terms[-1], radical, size))
    return tuple(terms)


def _modulo_radical(
    module: Module, commuting: DomainMatrix, lower: DomainMatrix
) -> tuple[DomainMatrix, ...]:
    """Elements of the commutant that are a basis of it modulo its radical.

    They are short where they act on ``V / W``, for ``W`` between 0 and ``V J``; those that act as
    zero there are nilpotent. The radical of the trace form is the radical of what is left, as in
    :func:`liealg.structure.commutant.envelope_radical`.
    """
    size = module.size
    if commuting.shape[0] == 1:
        return as_matrices(commuting, size)
    quotient, _ = Module(as_matrices(commuting, size), size, module.domain).quotient(lower)
    k, count = quotient.size, commuting.shape[0]
    images = DomainMatrix.vstack(*(shaped(c, 1, k * k) for c in quotient.actions))
    # Reduced rows of the images beside the combinations that they are.
    beside, pivots = row_echelon(images.hstack(DomainMatrix.eye(count, images.domain).to_sparse()))
    pivots = tuple(j for j in pivots if j < k * k)
    kept = list(range(len(pivots)))
    lattice = short_rows(beside.extract(kept, list(range(k * k))))
    _, chosen = row_echelon(trace_form(lattice, k))
    weights = lattice.extract(list(chosen), list(pivots))
    back = beside.extract(kept, list(range(k * k, k * k + count)))
    return as_matrices(multiply(multiply(weights, back), commuting).to_sparse(), size)


def _further(module: Module, commuting: DomainMatrix) -> Iterator[DomainMatrix]:
    """More elements: short ones on ``V / V J`` and in the regular representation, and sums."""
    size, domain = module.size, module.domain
    elements = _modulo_radical(module, commuting, radical_terms(module)[1])
    if domain == sp.QQ and 3 < len(elements) <= _LARGEST_ORDER:
        rows = DomainMatrix.vstack(*(shaped(c, 1, size * size) for c in elements))
        elements = as_matrices(_reduced_order(rows, size), size)
    yield from _candidates(elements)


def _reduced_order(rows: DomainMatrix, size: int) -> DomainMatrix:
    """Elements of an algebra modulo its radical that are short in the regular representation.

    In the length ``tr(L L^T)`` of left multiplications in the last basis found, as long as they get
    shorter. It is a better measure of zero divisors than the entries in bad coordinates (Ivanyos,
    Ronyai and Schicho, *Splitting full matrix algebras over algebraic number fields*, 2012).
    """
    count, shortest = rows.shape[0], None
    while True:
        flat = _left_multiplications(rows, size)
        form = multiply(flat, flat.transpose()).to_dense()
        length = sum((form[i, i].element for i in range(count)), sp.QQ.zero)
        if shortest is not None and length >= shortest:
            return rows
        shortest = length
        common = int(sp.ilcm(1, *(int(x.denominator) for x in form.to_list_flat())))
        gram = flint.fmpz_mat(count, count, [int(x * common) for x in form.to_list_flat()])
        _, change = gram.lll(True, 0.99, 0.51, "gram")
        entries = [[sp.QQ(int(x)) for x in row] for row in change.tolist()]
        rows = multiply(DomainMatrix(entries, (count, count), sp.QQ), rows).to_sparse()


def _left_multiplications(rows: DomainMatrix, size: int) -> DomainMatrix:
    """For each element the matrix of ``y -> x y`` modulo the radical, as one row."""
    count = rows.shape[0]
    # tr(x y z) for all z, times the inverse of the trace form: coordinates of x y.
    back = inverse(trace_form(rows, size))
    found, matrices = [], as_matrices(rows, size)
    for matrix in matrices:
        stacked = [shaped(multiply(matrix, other), 1, size * size) for other in matrices]
        both = trace_form(DomainMatrix.vstack(*stacked, rows), size).to_sparse()
        traces = both.extract(list(range(count)), list(range(count, 2 * count)))
        found.append(shaped(multiply(traces, back), 1, count * count))
    return DomainMatrix.vstack(*found)


def _self_adjoint(
    commuting: DomainMatrix, gram: DomainMatrix, size: int
) -> tuple[DomainMatrix, ...]:
    """Self-adjoint elements of a commutant, ``C G = (C G)^*``; none if they are multiples of 1."""
    conjugation = conjugation_of(commuting.domain)
    matrices = as_matrices(commuting, size)
    products = [multiply(c, gram).to_sparse() for c in matrices]
    if conjugation.generator is None:
        defects = [shaped(p - p.transpose(), 1, size * size) for p in products]
        chosen = kernel(DomainMatrix.vstack(*defects).transpose())
        if chosen.shape[0] < 2:
            return ()
        return as_matrices(short_rows(span(multiply(chosen, commuting).to_sparse())), size)
    # Over complex numbers they are no subspace: sums of an element and its adjoint.
    back = inverse(gram)
    found = []
    for c, product in zip(matrices, products, strict=True):
        turned = conjugation.matrix(product).transpose()
        total = (c + multiply(turned, back).to_sparse()).to_sparse()
        if modulo(shaped(total, 1, size * size), commuting).is_zero_matrix:
            found.append(total)
    return tuple(found)
