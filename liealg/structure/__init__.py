"""What an algebra is, decided exactly from its structure constants."""

from liealg.structure.adjoint import ad, adjoint_matrices
from liealg.structure.killing import killing_form, killing_radical, killing_signature
from liealg.structure.levi import LeviDecomposition, levi_decomposition
from liealg.structure.nilradical import nilradical
from liealg.structure.radical import is_reductive, is_semisimple, radical
from liealg.structure.series import (
    center,
    derived_series,
    is_abelian,
    is_nilpotent,
    is_solvable,
    lower_central_series,
)
from liealg.structure.subspace import Subspace

__all__ = [
    "LeviDecomposition",
    "Subspace",
    "ad",
    "adjoint_matrices",
    "center",
    "derived_series",
    "is_abelian",
    "is_nilpotent",
    "is_reductive",
    "is_semisimple",
    "is_solvable",
    "killing_form",
    "killing_radical",
    "killing_signature",
    "levi_decomposition",
    "lower_central_series",
    "nilradical",
    "radical",
]
