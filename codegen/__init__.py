"""From derived exponentials to TensorFlow modules."""

from __future__ import annotations

from liealg.codegen.generate import generate
from liealg.codegen.module import module_source

__all__ = ["generate", "module_source"]
