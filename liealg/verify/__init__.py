"""How far the kernels of an algebra are from the truth, over a standard set of elements."""

from __future__ import annotations

from liealg.verify.elements import standard_elements
from liealg.verify.errors import Errors, Worst, measure
from liealg.verify.truth import Truth, truth

__all__ = ["Errors", "Truth", "Worst", "measure", "standard_elements", "truth"]
