"""New algebras from old ones, from forms and from structure constants."""

from liealg.constructors.abstract import from_structure_constants
from liealg.constructors.forms import from_bilinear_form, from_hermitian_form
from liealg.constructors.representations import (
    adjoint_representation,
    conjugate_by,
    dual,
    realify,
    tensor_product,
)
from liealg.constructors.stabilizer import stabilizer, stabilizer_of_subspace
from liealg.constructors.subalgebra import subalgebra
from liealg.constructors.sums import direct_sum, semidirect_sum

__all__ = [
    "adjoint_representation",
    "conjugate_by",
    "direct_sum",
    "dual",
    "from_bilinear_form",
    "from_hermitian_form",
    "from_structure_constants",
    "realify",
    "semidirect_sum",
    "stabilizer",
    "stabilizer_of_subspace",
    "subalgebra",
    "tensor_product",
]
