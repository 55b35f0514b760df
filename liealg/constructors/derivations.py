"""An ideal of a larger algebra: one derivation more makes central elements act."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from sympy.polys.matrices import DomainMatrix

from liealg.constructors.denominators import without_denominators
from liealg.echelon import row_echelon
from liealg.scalars import multiply, shaped
from liealg.structure.derivations import derivation_rows
from liealg.structure.fitting import weights
from liealg.structure.modules import as_matrices
from liealg.structure.subspace import complement, kernel, span

_ATTEMPTS = 10


def extended_adjoint(
    right: tuple[DomainMatrix, ...], central: DomainMatrix
) -> list[DomainMatrix] | None:
    """The algebra as an ideal of one with a derivation ``D`` more, in its adjoint representation.

    ``[D, x] = D x``. The center of the larger algebra meets this one in zero if ``D`` is invertible
    on the center of this one. The matrices have one row more than the algebra has dimensions;
    ``None`` if no such derivation was met.
    """
    k = len(right)
    derivation = _projection(right, central)
    if derivation is None:
        derivation = _invertible_on(derivation_rows(right), central, k)
    if derivation is None:
        return None
    derivation = _polynomial(derivation)
    found = []
    for i, matrix in enumerate(right):
        # ad E_i, and [E_i, D] = -D E_i as the last column.
        entries = {(m, j): value for (j, m), value in matrix.to_dok().items()}
        image = derivation.extract([i], list(range(k))).to_dok()
        entries |= {(m, k): -value for (_, m), value in image.items()}
        found.append(DomainMatrix.from_dok(entries, (k + 1, k + 1), matrix.domain).to_sparse())
    return found


def _polynomial(matrix: DomainMatrix) -> DomainMatrix:
    """A multiple without parameters in denominators; the matrix itself where there are none."""
    if not matrix.domain.is_FractionField:
        return matrix
    row = without_denominators(list(matrix.to_Matrix()))
    entries = [matrix.domain.from_sympy(entry) for entry in row]
    return shaped(DomainMatrix([entries], (1, len(row)), matrix.domain), *matrix.shape)


def _projection(right: tuple[DomainMatrix, ...], central: DomainMatrix) -> DomainMatrix | None:
    """The projection on the center along a subspace that holds ``[L, L]``, if there is such one."""
    k, count = len(right), central.shape[0]
    derived = span(right[0].vstack(*right[1:]))
    frame = central.to_sparse().vstack(derived)
    if frame.rank() < frame.shape[0]:
        return None
    frame = frame.vstack(complement(frame, DomainMatrix.eye(k, frame.domain).to_sparse()))
    inverse = frame.to_dense().inv().to_sparse()
    return inverse.extract(list(range(k)), list(range(count))).matmul(central.to_sparse())


def _invertible_on(rows: DomainMatrix, central: DomainMatrix, k: int) -> DomainMatrix | None:
    """A derivation that is invertible on the center, the identity there if there is such a one."""
    if rows.shape[0] == 0:
        return None
    listed = as_matrices(rows, k)
    images = [shaped(multiply(central, matrix), 1, central.shape[0] * k) for matrix in listed]
    restricted = images[0].vstack(*images[1:])
    for weighted in _candidates(restricted, shaped(central, 1, central.shape[0] * k)):
        image = shaped(multiply(weighted, restricted), central.shape[0], k)
        if image.rank() == central.shape[0]:
            return shaped(multiply(weighted, rows), k, k)
    return None


def _candidates(restricted: DomainMatrix, identity: DomainMatrix) -> Iterator[DomainMatrix]:
    count, domain = restricted.shape[0], restricted.domain
    relations = kernel(restricted.vstack(identity).transpose())
    turned = relations.extract(list(range(relations.shape[0])), list(range(count, -1, -1)))
    reduced, pivots = row_echelon(turned)
    if pivots and pivots[0] == 0:
        # A relation with the weight 1 of the identity: minus its other weights give the identity.
        yield -reduced.extract([0], list(range(count, 0, -1)))
    for row in islice(weights(count), _ATTEMPTS):
        yield DomainMatrix([[domain.convert(w) for w in row]], (1, count), domain).to_sparse()
