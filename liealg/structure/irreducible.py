"""One decomposition of an isotypic component into irreducible subspaces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.scalars import multiply, shaped
from liealg.structure.commutant import envelope_rows
from liealg.structure.fitting import characteristic_factors, component, evaluate, weights
from liealg.structure.isotypic import Block, complex_kinds, real_kinds
from liealg.structure.modules import Module, as_matrices, general_elements, modulo
from liealg.structure.subspace import kernel, span

_ATTEMPTS = 40


def irreducible_parts(block: Block, is_complex: bool) -> tuple[list[DomainMatrix], str]:
    """Irreducible subspaces whose direct sum the block is, and words on those not found.

    A vector ``v`` of ``W^m = W (x) D^m`` spans an irreducible subspace with the envelope ``E``
    exactly if it is a pure tensor. All vectors are that on which an idempotent of ``E`` projects
    whose rank on ``W`` is one over ``D``. Such an idempotent is sought by the condensation of the
    MeatAxe (Holt, Eick and O'Brien, *Handbook of Computational Group Theory*, 2005, chapter 7):
    elements of ``e E e`` split the image of an idempotent ``e`` further, over the field, and at
    last over a real quadratic extension of the rationals.
    """
    kinds = complex_kinds(block) if is_complex else real_kinds(block)
    if sum(kind.count for kind in kinds) > 1:
        split = [kind.rows for kind in kinds if kind.rows is not None]
        if len(split) == len(kinds) and all(kind.multiplicity == 1 for kind in kinds):
            return split, ""
        larger = "which takes a root of " + str(block.factor.as_expr())
        return (
            split,
            f"irreducible parts are not given for {kinds[0].schur_type} components " + larger,
        )
    kind = kinds[0]
    if kind.multiplicity == 1:
        return [], ""
    first = _irreducible(block, kind.irreducible_dim, is_complex)
    if first is None:
        return [], (
            f"no irreducible subspace of dimension {kind.irreducible_dim} was found over the field "
            "or a real quadratic extension of the rationals"
        )
    return _moved(first, block, kind.multiplicity), ""


def _irreducible(block: Block, dim: int, is_complex: bool) -> DomainMatrix | None:
    """A row space of the module with the dimension of its irreducible subspaces."""
    module = block.module
    for vector in _candidates(module, is_complex):
        spun = _spun(vector, module)
        if spun.shape[0] == dim:
            return spun
    return _eigenspace(block, dim, is_complex)


def _eigenspace(block: Block, dim: int, is_complex: bool) -> DomainMatrix | None:
    """An irreducible subspace that is an eigenspace of an element of the commutant."""
    module = block.module
    commuting = as_matrices(block.commuting, module.size)
    for matrix in islice(chain(commuting, general_elements(commuting)), _ATTEMPTS):
        factors = [factor for factor, _ in characteristic_factors(matrix)]
        for factor in factors:
            rows = kernel(evaluate(factor, matrix).transpose())
            if rows.shape[0] == dim:
                return rows
        if module.domain == sp.QQ and not is_complex and len(factors) == 1:
            for rows in _quadratic(factors[0], matrix):
                if rows.shape[0] == dim:
                    return rows
    return None


def _spun(vector: DomainMatrix, module: Module) -> DomainMatrix:
    """The smallest invariant subspace that holds a vector: new vectors are moved until none come.

    The vector may lie in a larger field.
    """
    over = module if vector.domain == module.domain else module.over(vector.domain)
    rows = new = span(vector)
    while new.shape[0] and rows.shape[0] < module.size:
        images = new.vstack(*(multiply(new, action).to_sparse() for action in over.actions))
        new = span(modulo(images, rows))
        rows = span(rows.vstack(new))
    return rows


def _candidates(module: Module, is_complex: bool) -> Iterator[DomainMatrix]:
    """Unit vectors, then vectors on which idempotents of smaller and smaller rank project."""
    size, domain = module.size, module.domain
    inside = identity = DomainMatrix.eye(size, domain).to_sparse()
    onto = identity
    for i in range(size):
        yield identity.extract([i], list(range(size)))
    extend = domain == sp.QQ and not is_complex
    for general in islice(_elements(module), _ATTEMPTS):
        condensed = multiply(multiply(inside, general), onto).to_sparse()
        factors = [factor for factor, _ in characteristic_factors(condensed)]
        if extend and len(factors) == 1:
            for rows in _quadratic(factors[0], condensed):
                vectors = multiply(rows, inside.convert_to(rows.domain)).to_sparse()
                yield vectors.extract([0], list(range(size)))
        parts = [component(factor, condensed) for factor in factors]
        kept = min(range(len(parts)), key=lambda place: int(parts[place].shape[0]))
        if parts[kept].shape[0] < inside.shape[0]:
            rest = [part for place, part in enumerate(parts) if place != kept]
            inverse = parts[kept].vstack(*rest).to_dense().inv().to_sparse()
            chosen = list(range(parts[kept].shape[0]))
            onto = multiply(onto, inverse.extract(list(range(inverse.shape[0])), chosen))
            inside = multiply(parts[kept], inside).to_sparse()
            onto = onto.to_sparse()
            yield inside.extract([0], list(range(size)))


def _elements(module: Module) -> Iterator[DomainMatrix]:
    """Elements of the span, whose eigenvalues are often simple, then of all of the envelope."""
    yield from islice(general_elements(module.actions), 4)
    domain, size = module.domain, module.size
    algebra = envelope_rows(module)
    for coefficients in weights(algebra.shape[0]):
        row = [[domain.convert(c) for c in coefficients]]
        exact = DomainMatrix(row, (1, len(coefficients)), domain)
        yield shaped(multiply(exact, algebra), size, size)


def _quadratic(factor: sp.Poly, matrix: DomainMatrix) -> Iterator[DomainMatrix]:
    """The eigenspace of a matrix ``M`` for one of the two real roots of ``f``, if ``f(M) = 0``."""
    if factor.degree() != 2 or factor.discriminant() <= 0:
        return
    if not evaluate(factor, matrix).is_zero_matrix:
        return
    square = sp.sqrt(factor.discriminant())
    field = sp.QQ.algebraic_field(square)
    other = (-factor.coeff_monomial(factor.gen) - square) / 2
    identity = DomainMatrix.eye(matrix.shape[0], field).to_sparse()
    # f(M) = 0, so the rows of M - (the other root) are eigenvectors.
    yield span(matrix.convert_to(field).to_sparse() - identity * field.from_sympy(other))


def _moved(first: DomainMatrix, block: Block, multiplicity: int) -> list[DomainMatrix]:
    """Images of an irreducible subspace under the commutant whose sum is direct and everything."""
    parts, total = [first], first
    for commuting in as_matrices(block.commuting, block.module.size):
        if len(parts) == multiplicity:
            break
        image = span(multiply(first, commuting.convert_to(first.domain)).to_sparse())
        grown = span(total.vstack(image))
        if grown.shape[0] == total.shape[0] + first.shape[0]:
            parts.append(image)
            total = grown
    return parts
