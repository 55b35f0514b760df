"""The minimal polynomial at a random point modulo a prime: what form the generic one can have.

It tells in milliseconds that a form does not hold; that one does is proved otherwise.
"""

from __future__ import annotations

from functools import lru_cache

import flint

from liealg.derive.blocks import Block
from liealg.derive.random_point import (
    Images,
    NotSquareRootsError,
    as_parts,
    at_random_parameters,
    basis_of,
)


@lru_cache(maxsize=256)
def centered_minimal_polynomial(block: Block) -> tuple[int, ...] | None:
    """Its coefficients in ``x = lambda - s``, ``s`` the mean of its roots, constant first.

    Parameters have random values. ``None`` where numbers are no sums of square roots.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.derive.blocks import split
    >>> block, = split(known("so3"))
    >>> [int(c != 0) for c in centered_minimal_polynomial(block)]
    [0, 1, 0, 1]
    """
    try:
        roots, parts = as_parts(basis_of(at_random_parameters(block)))
    except NotSquareRootsError:
        return None
    images = Images(roots)
    A = flint.fmpz_mod_mat(block.n, block.n, [0] * block.n**2, images.context)
    for x, entries in zip(images.draw(len(parts)), parts, strict=True):
        A = A + images.matrix(entries, block.n) * x
    polynomial = A.minpoly()
    degree = polynomial.degree()
    mean = -int(polynomial[degree - 1]) * pow(degree, -1, images.prime) % images.prime
    ring = flint.fmpz_mod_poly_ctx(images.context)
    centered = polynomial(ring([mean, 1]))
    return tuple(int(centered[i]) for i in range(degree + 1))


def has_form(block: Block, *powers_from_the_top: int) -> bool:
    """Whether all coefficients vanish but the leading one and those so many powers below it.

    True where that cannot be told.
    """
    coefficients = centered_minimal_polynomial(block)
    if coefficients is None:
        return True
    degree = len(coefficients) - 1
    allowed = {degree, *(degree - below for below in powers_from_the_top)}
    return all(c == 0 for i, c in enumerate(coefficients) if i not in allowed)
