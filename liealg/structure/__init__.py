"""What an algebra is, decided exactly from its structure constants."""

from liealg.structure.adjoint import ad, adjoint_matrices
from liealg.structure.cartan import cartan_subalgebra, rank
from liealg.structure.casimir import CasimirElement, casimir_element, quadratic_casimirs
from liealg.structure.centroid import centroid
from liealg.structure.classification import Classification, classification
from liealg.structure.commutant import commutant
from liealg.structure.decomposition import (
    Decomposition,
    Ideal,
    indecomposable_ideals,
    simple_ideals,
)
from liealg.structure.derivations import derivations
from liealg.structure.ideals import ideal_generated_by, is_ideal, is_subalgebra
from liealg.structure.invariant_forms import (
    FormSpace,
    InvariantForms,
    bilinear_forms,
    hermitian_forms,
)
from liealg.structure.invariant_subspaces import InvariantSubspaces, invariant_subspaces
from liealg.structure.isotypic import IsotypicComponent, schur_types
from liealg.structure.killing import killing_form, killing_radical, killing_signature
from liealg.structure.levi import LeviDecomposition, levi_decomposition
from liealg.structure.nilradical import nilradical
from liealg.structure.radical import is_reductive, is_semisimple, radical
from liealg.structure.real_forms import SimpleFactor, simple_factors
from liealg.structure.roots import RootSystem, root_system
from liealg.structure.series import (
    center,
    derived_series,
    is_abelian,
    is_nilpotent,
    is_solvable,
    lower_central_series,
)
from liealg.structure.subspace import Subspace
from liealg.structure.summary import summary, type_words

__all__ = [
    "CasimirElement",
    "Classification",
    "Decomposition",
    "FormSpace",
    "Ideal",
    "InvariantForms",
    "InvariantSubspaces",
    "IsotypicComponent",
    "LeviDecomposition",
    "RootSystem",
    "SimpleFactor",
    "Subspace",
    "ad",
    "adjoint_matrices",
    "bilinear_forms",
    "cartan_subalgebra",
    "casimir_element",
    "center",
    "centroid",
    "classification",
    "commutant",
    "derivations",
    "derived_series",
    "hermitian_forms",
    "ideal_generated_by",
    "indecomposable_ideals",
    "invariant_subspaces",
    "is_abelian",
    "is_ideal",
    "is_nilpotent",
    "is_reductive",
    "is_semisimple",
    "is_solvable",
    "is_subalgebra",
    "killing_form",
    "killing_radical",
    "killing_signature",
    "levi_decomposition",
    "lower_central_series",
    "nilradical",
    "quadratic_casimirs",
    "radical",
    "rank",
    "root_system",
    "schur_types",
    "simple_factors",
    "simple_ideals",
    "summary",
    "type_words",
]
