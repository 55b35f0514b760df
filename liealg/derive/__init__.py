"""How the exponential of a basis is found: one file for each kind, tried in order."""

from __future__ import annotations

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.derive import nilpotent, one_invariant
from liealg.derive.blocks import split
from liealg.derive.exponential import Exponential
from liealg.derive.series import Refusal, Series
from liealg.derive.stumpff import Stumpff

__all__ = ["Exponential", "Stumpff", "exponential"]

_DERIVATIONS = (nilpotent.derive, one_invariant.derive)


def exponential(basis: MatrixBasis) -> Exponential:
    """Derive the exponential of the generic element of a basis.

    Each diagonal block is tried as nilpotent, then as one with a single invariant; the first
    derivation that can prove its form for all coefficients is taken. A block that none of them
    handles makes the whole a fallback.

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
    blocks = split(basis)
    found = []
    for block in blocks:
        series, refusals = None, []
        for derive in _DERIVATIONS:
            result = derive(block)
            if isinstance(result, Series):
                series = result
                break
            refusals.append(result)
        if series is None:
            where = "" if len(blocks) == 1 else f"block of rows {_rows(block.rows)}: "
            return Exponential(basis, "fallback", where + _last_reason(refusals), ())
        found.append(series)
    closed = [series for series in found if series.kind == "closed form"]
    kind = "closed form" if closed else "polynomial"
    reasons = dict.fromkeys(
        series.reason if len(blocks) == 1 else f"rows {_rows(series.block.rows)}: {series.reason}"
        for series in found
    )
    return Exponential(basis, kind, "; ".join(reasons), tuple(found))


def _rows(rows: tuple[int, ...]) -> str:
    return ", ".join(str(row + 1) for row in rows)


def _last_reason(refusals: list[Refusal]) -> str:
    """The refusal of the most general derivation is the one that tells most."""
    return refusals[-1].reason
