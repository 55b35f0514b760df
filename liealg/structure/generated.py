"""The Lie algebra that a span of matrices generates, up to a dimension."""

from __future__ import annotations

from functools import lru_cache

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.scalars import shaped
from liealg.structure.compactness import generated_rows
from liealg.structure.modules import as_matrices, module_of, realified_module
from liealg.structure.subspace import span


@lru_cache(maxsize=64)
def generated_algebra(basis: MatrixBasis, largest: int) -> LieAlgebra | None:
    """The algebra that a span generates in its reduced basis, ``None`` if it is too large.

    Complex ``n x n`` matrices become real ones of ``2 n`` rows; axes of the space may be rescaled,
    which takes roots out of the matrices. Neither changes a bracket. Brackets are added round by
    round until nothing new comes (de Graaf, *Lie Algebras: Theory and Algorithms*, 2000, chapter
    1), or there are more than ``largest`` dimensions.

    Examples
    --------
    >>> M1, M2 = [[0, -1], [1, 0]], [[1, 0], [0, -1]]
    >>> generated_algebra(MatrixBasis("rotation_and_squeeze", [M1, M2]), 10)
    LieAlgebra('rotation_and_squeeze', dim=3, n=2)
    >>> generated_algebra(MatrixBasis("rotation_and_squeeze", [M1, M2]), 2) is None
    True
    """
    module = realified_module(basis) if basis.is_complex else module_of(basis)
    size = module.size
    rows = DomainMatrix.zeros((0, size**2), module.domain).to_sparse()
    # The actions act on rows: their transposes are the matrices.
    for action in module.actions:
        rows = rows.vstack(shaped(action.transpose(), 1, size**2))
    found = generated_rows(span(rows), size, largest)
    if found.shape[0] > largest:
        return None
    return LieAlgebra(basis.name, [matrix.to_Matrix() for matrix in as_matrices(found, size)])
