"""The algebras that liealg knows by name."""

from __future__ import annotations

from liealg.catalogue.curved import curved_plane
from liealg.catalogue.definitions import definitions
from liealg.catalogue.euclidean import extended_poses, similarity, special_euclidean
from liealg.catalogue.exceptional import g2
from liealg.catalogue.families import Family
from liealg.catalogue.heisenberg import heisenberg
from liealg.catalogue.linear import complex_special_linear, general_linear, special_linear
from liealg.catalogue.orthogonal import pseudo_orthogonal, special_orthogonal
from liealg.catalogue.registry import families, known
from liealg.catalogue.representations import so3_irrep, spin
from liealg.catalogue.spacetime import oscillator, poincare, special_galilean
from liealg.catalogue.symplectic import beam, symplectic
from liealg.catalogue.triangular import (
    affine,
    diagonal,
    strictly_upper_triangular,
    translations,
    upper_triangular,
)
from liealg.catalogue.unitary import pseudo_unitary, special_unitary, su2, unitary

__all__ = [
    "Family",
    "affine",
    "beam",
    "complex_special_linear",
    "curved_plane",
    "definitions",
    "diagonal",
    "extended_poses",
    "families",
    "g2",
    "general_linear",
    "heisenberg",
    "known",
    "names",
    "oscillator",
    "poincare",
    "pseudo_orthogonal",
    "pseudo_unitary",
    "similarity",
    "so3_irrep",
    "special_euclidean",
    "special_galilean",
    "special_linear",
    "special_orthogonal",
    "special_unitary",
    "spin",
    "strictly_upper_triangular",
    "su2",
    "symplectic",
    "translations",
    "unitary",
    "upper_triangular",
]

_CHECKED_IN = (
    *(f"so{n}" for n in range(2, 9)),
    *("so21", "so31", "so22", "so32", "so41"),
    *("sl2", "sl3", "sl4", "gl2", "gl3", "gl4"),
    *("sp2", "sp4", "sp6", "sp8", "beam4", "beam6"),
    *("su2", "su3", "su4", "u2", "u3"),
    *("se2", "se3", "se23", "sgal3", "poincare", "oscillator"),
    *("sim2", "sim3", "aff2", "aff3", "heisenberg1", "g2"),
    *(f"so3_irrep{spin}" for spin in range(2, 7)),
    *("spin1_2", "spin1", "spin3_2", "spin2", "spin5_2", "spin3", "spin7_2", "spin4"),
)


def names() -> tuple[str, ...]:
    """The names of the algebras whose modules come with the package, in ``liealg.generated``.

    Examples
    --------
    >>> "so3" in names()
    True
    """
    return _CHECKED_IN
