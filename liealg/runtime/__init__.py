"""What generated kernels import: TensorFlow only, never SymPy."""

from __future__ import annotations

from liealg.runtime.cost import cheaper_to_multiply
from liealg.runtime.entries import (
    complex_matrix,
    complex_vector,
    matrix,
    matrix_entries,
    vector,
    vector_entries,
)
from liealg.runtime.expm import expm, expm_and_frechet, expm_frechet
from liealg.runtime.expm_multiply import expm_matvec, expm_multiply
from liealg.runtime.kernel import with_vjp
from liealg.runtime.layer import LieLayer, export
from liealg.runtime.least_squares import least_squares
from liealg.runtime.linear_map import adjoint_map, linear_map
from liealg.runtime.matrix_product import in_basis, matrix_product, scaled, with_identity
from liealg.runtime.one_invariant import expm_one_invariant
from liealg.runtime.product import apply, is_single
from liealg.runtime.spin_representation import expm_spin_representation
from liealg.runtime.spins import expm_spins
from liealg.runtime.structured import expm_structured
from liealg.runtime.stumpff import stumpff
from liealg.runtime.two_invariants import expm_two_invariants

__all__ = [
    "LieLayer",
    "adjoint_map",
    "apply",
    "cheaper_to_multiply",
    "complex_matrix",
    "complex_vector",
    "expm",
    "expm_and_frechet",
    "expm_frechet",
    "expm_matvec",
    "expm_multiply",
    "expm_one_invariant",
    "expm_spin_representation",
    "expm_spins",
    "expm_structured",
    "expm_two_invariants",
    "export",
    "in_basis",
    "is_single",
    "least_squares",
    "linear_map",
    "matrix",
    "matrix_entries",
    "matrix_product",
    "scaled",
    "stumpff",
    "vector",
    "vector_entries",
    "with_identity",
    "with_vjp",
]
