"""Whether two algebras are isomorphic over the reals: a map, or what tells them apart."""

from liealg.isomorphism.answer import IsomorphismAnswer, isomorphic_to

__all__ = ["IsomorphismAnswer", "isomorphic_to"]
