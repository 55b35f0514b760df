"""Fields that square roots of rational numbers generate, without more roots than are needed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.polys.domains import QQ
from sympy.polys.matrices import DomainMatrix

from liealg.coprime_base import coprime_base, square_part

# A number as a sum of rational multiples of square roots of integers, by that integer.
Parts = dict[int, Any]


def parts_of(number: sp.Expr) -> Parts | None:
    """The number as a sum of square roots; ``None`` if it holds other roots.

    The integers under the roots have no small square factors; large ones are not looked for.

    Examples
    --------
    >>> parts_of(3 + 2 * sp.sqrt(-2) / 5)
    {1: 3, -2: 2/5}
    """
    found: Parts = {}
    for term in sp.Add.make_args(sp.expand(number)):
        coefficient, root = term.as_coeff_Mul()
        square = sp.expand(root**2)
        if not (square.is_Rational and coefficient.is_Rational):
            return None
        if square == 0:
            continue
        factor, rest = sp.sqrt(abs(square)).as_coeff_Mul()
        key = int(rest**2) if square > 0 else -int(rest**2)
        found[key] = found.get(key, QQ.zero) + QQ.from_sympy(_sign(root) * coefficient * factor)
    return {key: value for key, value in found.items() if value}


def _sign(root: sp.Expr) -> int:
    """Whether a number whose square is rational is the root that is positive, or ``I`` times so."""
    value = root.evalf(5)
    return 1 if sp.re(value) + sp.im(value) > 0 else -1


def all_parts(numbers: Iterable[sp.Expr]) -> tuple[tuple[int, ...], list[Parts]] | None:
    """The roots that generate the field of the numbers, and the parts of each number.

    ``None`` if a number holds other roots.

    Examples
    --------
    >>> all_parts([sp.sqrt(6), 1 + sp.sqrt(3)])
    ((2, 3), [{6: 1}, {1: 1, 3: 1}])
    """
    listed = []
    for number in numbers:
        parts = {1: QQ.from_sympy(number)} if number.is_Rational else parts_of(number)
        if parts is None:
            return None
        listed.append(parts)
    listed = _comparable(listed)
    return independent(key for parts in listed for key in parts), listed


def _comparable(listed: list[Parts]) -> list[Parts]:
    """The same numbers by integers whose products are squares only where they agree.

    A large integer cannot be factored, so that it may hide a square; to compare some of them, it
    is enough to write them by coprime factors that are no squares.
    """
    keys = {key for parts in listed for key in parts}
    base = coprime_base(keys)
    reduced = {key: square_part(key, base) for key in keys}
    if all(root == 1 for root, _ in reduced.values()):
        return listed
    found = []
    for parts in listed:
        total: Parts = {}
        for key, value in parts.items():
            root, rest = reduced[key]
            total[rest] = total.get(rest, QQ.zero) + value * QQ(root)
        found.append({key: value for key, value in total.items() if value})
    return found


def independent(keys: Iterable[int]) -> tuple[int, ...]:
    """Integers of which all others are products, up to squares; the smallest first.

    The same ones for all keys that generate one field, if they are squarefree. No product of them
    may hide a square: ``a b / gcd(a, b)^2`` is one for equal ``a`` and ``b`` alone.

    Examples
    --------
    >>> independent([6, 3]), independent([2, 3, 6])
    ((2, 3), (2, 3))
    """
    reached = {1}
    for key in set(keys):
        if key not in reached:
            reached |= {times(key, other)[0] for other in reached}
    chosen: list[int] = []
    spanned = {1}
    for key in sorted(reached, key=lambda value: (abs(value), value < 0)):
        if key not in spanned:
            chosen.append(key)
            spanned |= {times(key, other)[0] for other in spanned}
    return tuple(chosen)


def times(first: int, second: int) -> tuple[int, int]:
    """``sqrt(a) sqrt(b) = c sqrt(d)`` as ``d, c``, with ``sqrt(-a) = I sqrt(a)``.

    Examples
    --------
    >>> times(-6, 2), times(-1, -1)
    ((-3, 2), (1, -1))
    """
    common = int(sp.gcd(first, second))
    sign = -1 if first < 0 and second < 0 else 1
    rest = (abs(first) // common) * (abs(second) // common)
    return (rest if (first < 0) == (second < 0) else -rest), sign * common


class SquareRootField:
    """The field that independent square roots generate, with a primitive element.

    Parameters
    ----------
    roots
        Integers, independent up to squares as those of :func:`independent` are; none for the
        rationals.

    Attributes
    ----------
    domain
        The field as a SymPy domain.
    """

    def __init__(self, roots: tuple[int, ...]) -> None:
        self.domain: Any = QQ.algebraic_field(*map(sp.sqrt, roots)) if roots else QQ
        self._inverse: list[list[Any]] = [[QQ.one]]
        keys = [1]
        for root in roots:
            keys += [times(root, key)[0] for key in keys]
        self._place = {key: i for i, key in enumerate(keys)}
        if roots:
            self._inverse = self._in_powers(keys)

    def _in_powers(self, keys: list[int]) -> list[list[Any]]:
        """Each root as a polynomial in the primitive element."""
        size = len(keys)
        primitive = parts_of(self.domain.ext.as_expr())
        assert primitive is not None, "the primitive element is a sum of square roots"
        power: Parts = {1: QQ.one}
        powers = []
        for _ in range(size):
            powers.append([power.get(key, QQ.zero) for key in keys])
            power = _product(power, primitive)
        inverse: list[list[Any]] = DomainMatrix(powers, (size, size), QQ).inv().to_list()
        return inverse

    def number(self, parts: Parts) -> Any:
        """A sum of square roots as a number of the field."""
        coefficients = [QQ.zero] * len(self._inverse)
        for key, value in parts.items():
            row = self._inverse[self._place[key]]
            coefficients = [
                total + value * entry for total, entry in zip(coefficients, row, strict=True)
            ]
        return self.domain(coefficients[::-1]) if len(coefficients) > 1 else coefficients[0]


def _product(first: Parts, second: Parts) -> Parts:
    found: Parts = {}
    for a, left in first.items():
        for b, right in second.items():
            key, factor = times(a, b)
            found[key] = found.get(key, QQ.zero) + left * right * QQ(factor)
    return found


@lru_cache(maxsize=64)
def square_root_field(roots: tuple[int, ...]) -> SquareRootField:
    """The field of these roots, made once."""
    return SquareRootField(roots)
