"""How the exponential of a basis is found: one file for each kind, tried in order."""

from __future__ import annotations

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.derive import fallback, nilpotent, one_invariant
from liealg.derive.blocks import Block, split
from liealg.derive.exponential import Exponential
from liealg.derive.form import Form, Refusal
from liealg.derive.stumpff import Stumpff

__all__ = ["Exponential", "Stumpff", "exponential"]

_DERIVATIONS = (nilpotent.derive, one_invariant.derive)


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
    return Exponential(basis, tuple(_form(block) for block in split(basis)))


def _form(block: Block) -> Form:
    """The first form that can be proved; the refusal of the last derivation tells most."""
    reason = ""
    for derive in _DERIVATIONS:
        result = derive(block)
        if not isinstance(result, Refusal):
            return result
        reason = result.reason
    return fallback.derive(block, reason)
