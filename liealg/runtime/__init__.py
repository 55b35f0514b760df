"""What generated kernels import: TensorFlow only, never SymPy."""

from __future__ import annotations

from liealg.runtime.cost import cheaper_to_multiply
from liealg.runtime.entries import (
    complex_matrix,
    complex_vector,
    matrix,
    matrix_entries,
    vector,
)
from liealg.runtime.expm import expm, expm_and_frechet, expm_frechet
from liealg.runtime.expm_multiply import expm_matvec, expm_multiply
from liealg.runtime.kernel import with_vjp
from liealg.runtime.layer import LieLayer, export
from liealg.runtime.product import apply, is_single
from liealg.runtime.stumpff import stumpff

__all__ = [
    "LieLayer",
    "apply",
    "cheaper_to_multiply",
    "complex_matrix",
    "complex_vector",
    "expm",
    "expm_and_frechet",
    "expm_frechet",
    "expm_matvec",
    "expm_multiply",
    "export",
    "is_single",
    "matrix",
    "matrix_entries",
    "stumpff",
    "vector",
    "with_vjp",
]
