"""Blocks without a better form: scaling and squaring of the matrix."""

from __future__ import annotations

from liealg.derive.blocks import Block
from liealg.derive.form import MatrixForm

_SOURCE = (
    "scaling and squaring of a Taylor polynomial, with the Frechet derivative L(A^T, G) for the "
    "gradient (Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 30, 2009)"
)


def derive(block: Block, reason: str) -> MatrixForm:
    """Give ``exp(A)`` by :func:`liealg.expm`, which is told of the last rows that are zero.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.derive.blocks import split
    >>> block, = split(known("aff3"))
    >>> derive(block, "").keywords
    {'zero_rows': 1}
    """
    known = min(block.zero_rows, block.n - 1)
    return MatrixForm(
        block=block,
        kind="fallback",
        reason=reason,
        function="expm",
        keywords={"zero_rows": known} if known else {},
        source=_SOURCE,
    )
