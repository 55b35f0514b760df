"""Matrix Lie groups for TensorFlow: bases defined and exponentials derived in SymPy.

Names are imported when they are first used, so that generated kernels, which live below this
package, load without SymPy, and definitions without TensorFlow. ``from liealg import *`` takes all
but ``expm`` and its relatives, for which TensorFlow would be loaded.

Constructors, such as ``direct_sum``, are in :mod:`liealg.constructors`; what an algebra is, such as
``radical`` or ``simple_factors``, in :mod:`liealg.structure`; the families, each with its
conventions, in :mod:`liealg.catalogue`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liealg.algebra import LieAlgebra as LieAlgebra
    from liealg.algebra import MatrixBasis as MatrixBasis
    from liealg.catalogue import definitions as definitions
    from liealg.catalogue import known as known
    from liealg.derive import Exponential as Exponential
    from liealg.derive import Stumpff as Stumpff
    from liealg.derive import exponential as exponential
    from liealg.runtime import expm as expm
    from liealg.runtime import expm_and_frechet as expm_and_frechet
    from liealg.runtime import expm_frechet as expm_frechet
    from liealg.runtime import expm_multiply as expm_multiply
    from liealg.structure import summary as summary

_HOMES = {
    "Exponential": "liealg.derive",
    "LieAlgebra": "liealg.algebra",
    "MatrixBasis": "liealg.algebra",
    "Stumpff": "liealg.derive",
    "definitions": "liealg.catalogue",
    "expm": "liealg.runtime",
    "expm_and_frechet": "liealg.runtime",
    "expm_frechet": "liealg.runtime",
    "expm_multiply": "liealg.runtime",
    "exponential": "liealg.derive",
    "known": "liealg.catalogue",
    "summary": "liealg.structure",
}

__all__ = [
    "Exponential",
    "LieAlgebra",
    "MatrixBasis",
    "Stumpff",
    "definitions",
    "exponential",
    "known",
    "summary",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'liealg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
