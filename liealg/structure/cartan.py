"""Cartan subalgebras: null components of regular elements."""

from __future__ import annotations

from functools import lru_cache, partial
from itertools import combinations, islice

import flint
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import row_echelon
from liealg.reduction import (
    BadPrimeError,
    Reduction,
    reductions,
    small_multiple,
    splits,
    squarefree,
    zeros,
)
from liealg.structure.brackets import bracket_matrix, bracket_of
from liealg.structure.frame import frame_of
from liealg.structure.scope import check_no_parameters
from liealg.structure.series import series
from liealg.structure.subspace import Subspace, as_subspace, kernel

# Tests of an element at so many primes say how likely its eigenvalues lie in the field.
_PRIMES = 4


def cartan_subalgebra(algebra: LieAlgebra) -> Subspace:
    """A nilpotent subalgebra that is its own normalizer.

    It is the null component ``H = {y: (ad x)^m y = 0 for some m}`` of an element ``x``. Null
    components are their own normalizers, so ``H`` is a Cartan subalgebra as soon as it is
    nilpotent. While it is not, ``ad y`` is not nilpotent on it for some ``y`` of its basis or a sum
    of two: otherwise its Killing form is zero, so that it is solvable, those of its elements whose
    ``ad`` is nilpotent make up an ideal, and that would be all of it, against Engel's theorem. For
    some number ``c`` among ``1 ... dim`` the null component of ``x + c y`` is smaller. Those
    ``y`` are preferred whose eigenvalues lie in the field of the structure constants: ``H`` is a
    split one where the basis shows one. See de Graaf, *Lie Algebras: Theory and Algorithms* (2000),
    chapter 3; Humphreys (1972), section 15.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> cartan_subalgebra(known("sl2")).rows
    Matrix([[1, 0, 0]])
    >>> cartan_subalgebra(known("heisenberg1")).dim
    3
    """
    check_algebra(algebra)
    return as_subspace(exact_cartan_subalgebra(algebra))


def rank(algebra: LieAlgebra) -> int:
    """The dimension of a Cartan subalgebra; all have the same (de Graaf, 2000, chapter 3).

    For a complex simple algebra seen as a real one it is twice the rank over the complex numbers.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> rank(known("gl2")), rank(known("se3")), rank(known("so31"))
    (2, 2, 2)
    """
    check_algebra(algebra)
    return int(frame_cartan_subalgebra(algebra).shape[0])


@lru_cache(maxsize=64)
def exact_cartan_subalgebra(algebra: LieAlgebra) -> DomainMatrix:
    """The rows of a Cartan subalgebra, exactly."""
    return frame_of(algebra).given(frame_cartan_subalgebra(algebra))


@lru_cache(maxsize=64)
def frame_cartan_subalgebra(algebra: LieAlgebra) -> DomainMatrix:
    """The rows of a Cartan subalgebra in the basis of :func:`frame_of`.

    Where this is not the given one, the choice depends on the span alone.
    """
    check_no_parameters(algebra, "a Cartan subalgebra")
    return cartan_rows(frame_of(algebra).right)


def cartan_rows(right: tuple[DomainMatrix, ...]) -> DomainMatrix:
    """The rows of a Cartan subalgebra of the algebra with these brackets.

    The search looks at eigenvalues modulo primes; that its result is nilpotent is shown without.
    """
    choices = reductions(right[0].domain)
    while True:
        images = [_image(right, reduction) for reduction in islice(choices, _PRIMES)]
        usable = [image for image in images if image is not None]
        try:
            rows = _search(right, usable)
        except BadPrimeError:
            continue
        lower = series(rows, partial(bracket_of, right, rows))
        if lower[-1].shape[0] == 0:
            return rows


# A reduction and the matrices R_i under it.
_Image = tuple[Reduction, list[flint.nmod_mat]]


def _image(right: tuple[DomainMatrix, ...], reduction: Reduction) -> _Image | None:
    try:
        return reduction, [reduction.matrix(matrix) for matrix in right]
    except BadPrimeError:
        return None


def _search(right: tuple[DomainMatrix, ...], images: list[_Image]) -> DomainMatrix:
    """The null component of an element on which, modulo the first prime, it looks nilpotent."""
    if not images:
        raise BadPrimeError
    k, domain = len(right), right[0].domain
    x = DomainMatrix.zeros((1, k), domain).to_sparse()
    rows = DomainMatrix.eye(k, domain).to_sparse()
    while True:
        y = _not_nilpotent(rows, images)
        if y is None:
            return rows
        x, nullity = _more_regular(x, y, rows.shape[0], images[0])
        rows = _null_component(bracket_matrix(right, x), nullity)


def _more_regular(
    x: DomainMatrix, y: DomainMatrix, nullity: int, image: _Image
) -> tuple[DomainMatrix, int]:
    """An element ``x + c y`` with a null component smaller than ``nullity``, and its size."""
    for c in range(1, x.shape[1] + 1):
        candidate = x + y * x.domain.convert(c)
        found = zeros(_ad(candidate, image).charpoly())
        if found < nullity:
            return candidate, found
    raise BadPrimeError(image[0].prime)


def _null_component(matrix: DomainMatrix, nullity: int) -> DomainMatrix:
    """All rows that a power of the matrix takes to zero; they are ``nullity`` ones at most."""
    rows, power = kernel(matrix.transpose()), matrix
    while rows.shape[0] < nullity:
        power = power.to_dense() * power.to_dense()
        larger = kernel(power.transpose())
        if larger.shape[0] == rows.shape[0]:
            break
        rows = larger
    return rows


def _not_nilpotent(rows: DomainMatrix, images: list[_Image]) -> DomainMatrix | None:
    """An element of a subalgebra that does not act on it nilpotently, with eigenvalues near by."""
    reduction = images[0][0]
    small = reduction.matrix(rows)
    _, pivots = row_echelon(rows)
    columns = list(range(rows.shape[1]))
    basis = [rows.extract([i], columns) for i in range(rows.shape[0])]

    def acts(y: DomainMatrix) -> bool:
        # The rows are in reduced echelon form: coordinates are read off at the pivots.
        moved = (small * _ad(y, images[0])).tolist()
        on_rows = [[line[pivot] for pivot in pivots] for line in moved]
        return zeros(flint.nmod_mat(on_rows, reduction.prime).charpoly()) < len(pivots)

    active = [y for y in basis if acts(y)]
    if not active:
        active = list(islice((y + z for y, z in combinations(basis, 2) if acts(y + z)), 1))
    if not active:
        return None
    return small_multiple(min(active, key=lambda y: _field_degree(y, images)))


def _field_degree(y: DomainMatrix, images: list[_Image]) -> int:
    """1 if the eigenvalues of ``ad y`` seem to lie in the field, 2 if in quadratic ones, else 3."""
    factors = [squarefree(_ad(y, image).charpoly()) for image in images]
    for degree in (1, 2):
        if all(splits(factor, degree) for factor in factors):
            return degree
    return 3


def _ad(y: DomainMatrix, image: _Image) -> flint.nmod_mat:
    """The matrix ``R_y`` under a reduction."""
    reduction, small = image
    total = flint.nmod_mat(len(small), len(small), reduction.prime)
    for (_, i), value in y.to_sparse().to_dok().items():
        total += small[i] * reduction.number(value)
    return total
