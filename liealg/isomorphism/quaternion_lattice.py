"""Three-dimensional simple algebras over the rationals: a short basis of a maximal lattice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from math import isqrt

import flint
import sympy as sp
from sympy.polys.domains import GF, QQ
from sympy.polys.matrices import DomainMatrix

from liealg.coprime_base import coprime_base
from liealg.isomorphism.lattices import killing_of, lattice_basis
from liealg.structure.homomorphisms import Brackets

# FLINT finds prime factors of so few bits, and all of integers of so many digits, in a second.
_SMALL_BITS = 40
_MOST_DIGITS = 50
_MOST_PLANES = 50

Vector = tuple[int, ...]


def maximal_lattice(right: Brackets) -> DomainMatrix:
    """Rows that span a lattice on which ``-K(x, x) / 2`` is an integer, and which has no larger.

    The algebra is that of the quaternions without trace of some quaternion algebra over the
    rationals, and this form is its norm, up to a factor: ``(ad x)^3 = -q(x) ad x`` for ``q(x) =
    -K(x, x) / 2``, the sum of three squares for so(3) and its usual basis. A lattice that is not
    maximal lies in another with an index ``p``, so that some ``v / p`` can be adjoined: ``v`` of
    the kernel of the form modulo ``p`` with ``q(v)`` divisible by ``p^2``. Up to isometry, the sum
    of three squares has one maximal lattice only (O'Meara, *Introduction to Quadratic Forms*, 1963,
    sections 91 and 106; Conway and Sloane, *Sphere Packings*, 3rd ed. 1999, chapter 15), so that an
    so(3) in a rational basis has an orthonormal one again. The determinant is factored, so that
    the primes can be told; where that takes too long, the lattice is not maximal.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> from liealg.isomorphism.basis_change import spanned
    >>> from liealg.structure.brackets import right_brackets
    >>> mixed = spanned(known("so3"), sp.Matrix([[1, 2, 0], [0, sp.Rational(1, 3), 1], [5, 0, 1]]))
    >>> form = -killing_of(right_brackets(mixed))
    >>> rows = maximal_lattice(right_brackets(mixed))
    >>> (rows * form * rows.transpose()).det() == 2**3
    True
    """
    form = -killing_of(right)
    square = 2 * form.to_Matrix().det()
    denominators = [int(value.denominator) for row in form.to_list() for value in row]
    scale = 2 * int(sp.ilcm(*denominators))
    rows = DomainMatrix.eye(3, QQ).to_dense() * QQ(scale)
    # A square: of four times the determinant of the basis in one with the form of i, j and k.
    roots = (isqrt(abs(int(part))) for part in (square.p, square.q))
    for prime in _primes([scale, *roots]):
        while (vector := _divisible(rows * form * rows.transpose(), prime)) is not None:
            added = DomainMatrix([[QQ(x, prime) for x in vector]], (1, 3), QQ).to_dense() * rows
            rows = lattice_basis(rows.vstack(added))
    return rows


def _primes(numbers: Iterable[int]) -> Iterator[int]:
    for factor in coprime_base(numbers):
        for part, _ in flint.fmpz(factor).factor_smooth(bits=_SMALL_BITS):
            if part.is_probable_prime():
                yield int(part)
            elif len(str(part)) <= _MOST_DIGITS:
                yield from (int(prime) for prime, _ in part.factor())


def _divisible(form: DomainMatrix, prime: int) -> Vector | None:
    """An integral ``v``, not divisible by ``p``, for which ``v / p`` can be adjoined.

    ``p`` divides ``b(v, .)`` for the form ``b``, and its square ``q(v) = b(v, v) / 2``.
    """
    gram = [[int(value) for value in row] for row in form.to_list()]
    field = GF(prime, symmetric=False)
    found = DomainMatrix([[field(value) for value in row] for row in gram], (3, 3), field)
    kernel = [tuple(int(value) for value in row) for row in found.nullspace().to_list()]

    def product_of(v: Vector, w: Vector) -> int:
        return sum(a * entry * b for a, row in zip(v, gram, strict=True)
                   for entry, b in zip(row, w, strict=True))  # fmt: skip

    for v in _candidates(kernel, product_of, prime):
        if product_of(v, v) % (2 * prime**2) == 0:
            return v
    return None


def _candidates(
    kernel: list[Vector], product_of: Callable[[Vector, Vector], int], prime: int
) -> Iterator[Vector]:
    """Vectors of the kernel, one isotropic for ``q(v) / p`` modulo ``p`` if there is one.

    A plane is searched by a quadratic equation; three dimensions by a few planes, of which about
    half hold one.
    """
    if prime == 2:
        for counts in product(range(2), repeat=len(kernel)):
            if any(counts):
                yield _combined(counts, kernel)
        return
    yield from kernel
    if len(kernel) < 2:
        return
    first, second, *rest = kernel
    planes = range(min(prime, _MOST_PLANES) if rest else 1)
    for start in (*(_combined((1, count), (first, *rest)) for count in planes), *rest):
        c, b, a = (
            product_of(v, w) // prime % prime
            for v, w in ((start, start), (start, second), (second, second))
        )
        root = sp.sqrt_mod(b * b - a * c, prime)
        if root is not None and a:
            t = (root - b) * pow(a, -1, prime) % prime
            yield _combined((1, t), (start, second))


def _combined(counts: Sequence[int], vectors: Sequence[Vector]) -> Vector:
    pairs = list(zip(counts, vectors, strict=False))
    return tuple(sum(count * vector[i] for count, vector in pairs) for i in range(3))
