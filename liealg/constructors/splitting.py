"""An algebra inside a semidirect sum of reductive and nilpotent parts (Malcev's splitting)."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.echelon import row_echelon
from liealg.scalars import multiply
from liealg.structure.brackets import bracket_matrix, bracket_of
from liealg.structure.cartan import cartan_rows
from liealg.structure.fitting import semisimple_part
from liealg.structure.levi import levi_decomposition
from liealg.structure.modules import on_rows, solutions
from liealg.structure.nilradical import nilradical
from liealg.structure.subspace import Subspace, complement, exact_rows, span


@dataclass(frozen=True)
class Splitting:
    """An algebra ``L`` inside ``P + N``, ``N`` a nilpotent ideal and ``P`` a reductive subalgebra.

    Attributes
    ----------
    right : tuple of DomainMatrix
        The brackets of ``N``: row ``j`` of matrix ``i`` holds ``[n_i, n_j]``.
    central : DomainMatrix
        The center of ``L``, which lies in ``N``, in the basis of ``N``.
    derivations, translations : tuple of DomainMatrix
        For each basis element of ``L`` the part in ``P``, by the rows ``[p, n_j]``, and that in
        ``N``, one row.
    """

    right: tuple[DomainMatrix, ...]
    central: DomainMatrix
    derivations: tuple[DomainMatrix, ...]
    translations: tuple[DomainMatrix, ...]


def splitting(
    right: tuple[DomainMatrix, ...], central: DomainMatrix, complex_coefficients: bool = False
) -> Splitting:
    """Split an algebra that is not abelian, given by its brackets and its center.

    Let ``S`` be a Levi factor, ``N_0`` the nilradical and ``H`` a Cartan subalgebra of the elements
    of the radical that commute with ``S``; then ``S + N_0 + H = L``. The semisimple parts of ``ad
    h`` are derivations, linear in ``h`` since ``H`` is nilpotent, and zero on ``S`` and ``H``.
    Added to the algebra as new elements ``a_h``, they make ``P = S + {a_h}`` and ``N = N_0 +
    {h - a_h}`` (Malcev; Neretin, *A construction of finite-dimensional faithful representation of
    Lie algebra*, 2003).
    """
    levi, lower, outside = _parts(right, central, complex_coefficients)
    brackets = [bracket_matrix(right, outside.extract([i], _all(right))) for i in _rows(outside)]
    torus = [semisimple_part(matrix) for matrix in brackets]
    nilpotent = _nilpotent_brackets(right, lower, outside, brackets, torus)
    moves = [bracket_matrix(right, levi.extract([i], _all(right))) for i in _rows(levi)]
    size, depth = lower.shape[0] + outside.shape[0], lower.shape[0]
    acting = [_padded(on_rows(lower, matrix), size, size) for matrix in (*moves, *torus)]
    frame = levi.vstack(outside, lower)
    inverse = frame.to_dense().inv().to_sparse()
    derivations, translations = [], []
    for i in range(len(right)):
        row = inverse.extract([i], _all(right))
        derivations.append(_combined(row, acting, size))
        start = levi.shape[0]
        turned = [*range(start + outside.shape[0], len(right)), *range(start, len(right) - depth)]
        translations.append(row.extract([0], turned))
    inside = _padded(_within(central, lower), central.shape[0], size)
    return Splitting(nilpotent, inside, tuple(derivations), tuple(translations))


def _parts(
    right: tuple[DomainMatrix, ...], central: DomainMatrix, complex_coefficients: bool
) -> tuple[DomainMatrix, DomainMatrix, DomainMatrix]:
    """A Levi factor, the nilradical, and rows of ``H`` that complete it to the radical.

    Modulo the center they are those of the adjoint representation. Above a Levi factor there, the
    derived algebra is one.
    """
    k, domain = len(right), right[0].domain
    everything = DomainMatrix.eye(k, domain).to_sparse()
    above = complement(central, everything)
    kept = sorted(j for _, j in above.to_dok())
    quotient = LieAlgebra(
        "quotient",
        [right[i].transpose().to_Matrix().as_immutable() for i in kept],
        complex_coefficients=complex_coefficients,
    )

    def lifted(subspace: Subspace) -> DomainMatrix:
        if subspace.dim == 0:
            return above.extract([], list(range(k)))
        return multiply(exact_rows(subspace.rows.tolist()).convert_to(domain), above).to_sparse()

    decomposition = levi_decomposition(quotient)
    levi = lifted(decomposition.levi)
    levi = bracket_of(right, levi, levi)
    lower = span(lifted(nilradical(quotient)).vstack(central.to_sparse()))
    solvable = span(lifted(decomposition.radical).vstack(central.to_sparse()))
    moves = [bracket_matrix(right, levi.extract([i], _all(right))) for i in _rows(levi)]
    commuting = solutions(solvable, iter(moves))
    rows = [bracket_matrix(right, commuting.extract([i], _all(right))) for i in _rows(commuting)]
    cartan = cartan_rows(tuple(on_rows(commuting, matrix) for matrix in rows))
    return levi, lower, complement(lower, multiply(cartan, commuting).to_sparse())


def _nilpotent_brackets(
    right: tuple[DomainMatrix, ...],
    lower: DomainMatrix,
    outside: DomainMatrix,
    brackets: list[DomainMatrix],
    torus: list[DomainMatrix],
) -> tuple[DomainMatrix, ...]:
    """The brackets of ``N``, its basis the rows of ``N_0`` and then ``n_i = h_i - a_i``."""
    size = lower.shape[0] + outside.shape[0]
    # [n_i, u] = (ad h_i - a_i) u for u of N_0, and [n_i, n_j] = [h_i, h_j].
    differences = [matrix - part for matrix, part in zip(brackets, torus, strict=True)]
    found = []
    for i in _rows(lower):
        row = lower.extract([i], _all(right))
        images = multiply(lower, bracket_matrix(right, row)).to_sparse()
        images = images.vstack(*(-multiply(row, matrix).to_sparse() for matrix in differences))
        found.append(_padded(_within(images, lower), size, size))
    for matrix, difference in zip(brackets, differences, strict=True):
        images = multiply(lower, difference).to_sparse()
        images = images.vstack(multiply(outside, matrix).to_sparse())
        found.append(_padded(_within(images, lower), size, size))
    return tuple(found)


def _within(vectors: DomainMatrix, rows: DomainMatrix) -> DomainMatrix:
    """Coordinates of vectors in reduced rows whose span holds them."""
    _, pivots = row_echelon(rows)
    return vectors.to_sparse().extract(list(range(vectors.shape[0])), list(pivots))


def _padded(matrix: DomainMatrix, rows: int, columns: int) -> DomainMatrix:
    entries = dict(matrix.to_sparse().to_dok())
    return DomainMatrix.from_dok(entries, (rows, columns), matrix.domain).to_sparse()


def _combined(row: DomainMatrix, matrices: list[DomainMatrix], size: int) -> DomainMatrix:
    total = DomainMatrix.zeros((size, size), row.domain).to_sparse()
    for (_, i), value in row.to_dok().items():
        if i < len(matrices):
            total = total + matrices[i] * value
    return total


def _rows(matrix: DomainMatrix) -> range:
    return range(matrix.shape[0])


def _all(right: tuple[DomainMatrix, ...]) -> list[int]:
    return list(range(len(right)))
