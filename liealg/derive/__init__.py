"""How the exponential of a basis is found: one file for each kind, tried in order."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.derive import (
    conjugated,
    fallback,
    many_nodes,
    nilpotent,
    one_complex_invariant,
    one_invariant,
    parametrised,
    product,
    structured,
    two_invariants,
)
from liealg.derive.blocks import Block, split
from liealg.derive.exponential import Exponential
from liealg.derive.form import CLOSED, KINDS, Form, Refusal
from liealg.derive.stumpff import Stumpff

__all__ = ["Exponential", "Stumpff", "exponential"]

_Derivation: TypeAlias = Callable[[Block], Form | Refusal]

_CHEAPEST = (
    nilpotent.derive,
    one_invariant.derive,
    many_nodes.derive,
    one_complex_invariant.derive,
)
_OTHERS = (two_invariants.derive, structured.derive)


def exponential(basis: MatrixBasis) -> Exponential:
    """Derive the exponential of the generic element of a basis.

    For each diagonal block the derivations are tried in order, from the special to the general; the
    first that can prove its form for all coefficients is taken. A block that none of them handles
    falls back to :func:`liealg.expm`.

    Examples
    --------
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> exponential(so2).kind
    'closed form'
    >>> exponential(so2).matrix
    Matrix([
    [        c_0(-theta_1**2), -theta_1*c_1(-theta_1**2)],
    [theta_1*c_1(-theta_1**2),          c_0(-theta_1**2)]])
    """
    check_basis(basis)
    return _derived(basis)


@lru_cache(maxsize=256)
def _derived(basis: MatrixBasis) -> Exponential:
    return Exponential(basis, tuple(_form(block) for block in split(basis)))


def _form(block: Block) -> Form:
    """The form of a block, in another basis of the space where that is of a better kind."""
    found = _form_as_it_is(block)
    if found.kind in CLOSED:
        return found
    elsewhere = conjugated.derive(block, _form_as_it_is)
    if isinstance(elsewhere, Form) and KINDS.index(elsewhere.kind) < KINDS.index(found.kind):
        return elsewhere
    return found


def _form_as_it_is(block: Block) -> Form:
    """The first form that can be proved, the cheapest tried first.

    One invariant is cheaper than a product of exponentials, and that is cheaper than two; a product
    of which a factor is not closed is left for matrices too large for anything else.
    """
    found = _first(block, _CHEAPEST)
    if isinstance(found, Form):
        return found
    factored = product.derive(block, _of_factor)
    if isinstance(factored, Form) and factored.kind in CLOSED:
        return factored
    enlarged = parametrised.derive(block, _form)
    if isinstance(enlarged, Form) and enlarged.kind in CLOSED:
        return enlarged
    found = _first(block, _OTHERS)
    if isinstance(found, Form):
        return found
    for composed in (factored, enlarged):
        if isinstance(composed, Form) and composed.kind == "structured":
            return composed
    return fallback.derive(block, found.reason)


def _of_factor(block: Block) -> Form:
    found = _first(block, _CHEAPEST + _OTHERS)
    return found if isinstance(found, Form) else fallback.derive(block, found.reason)


def _first(block: Block, derivations: tuple[_Derivation, ...]) -> Form | Refusal:
    """The first form; if there is none, the last refusal, which tells most."""
    for derive in derivations:
        result = derive(block)
        if isinstance(result, Form):
            break
    return result
