"""Integers by coprime factors, which greatest common divisors find where primes are too large."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd, isqrt


def coprime_base(numbers: Iterable[int]) -> tuple[int, ...]:
    """Coprime integers above 1, no squares, of which all the numbers are products up to sign.

    A product of powers of them is a square if and only if every exponent is even. See Bernstein,
    *Factoring into coprimes in essentially linear time* (2005), for faster ways.

    Examples
    --------
    >>> coprime_base([12, -18, 50])
    (2, 3, 5)
    >>> coprime_base([7 * 9, 7])
    (3, 7)
    """
    base: list[int] = []
    waiting = sorted({abs(number) for number in numbers})
    while waiting:
        number = _without_square(waiting.pop())
        if number == 1:
            continue
        for place, other in enumerate(base):
            common = gcd(number, other)
            if common > 1:
                if number != other:
                    del base[place]
                    waiting += [common, number // common, other // common]
                break
        else:
            base.append(number)
    return tuple(sorted(base))


def _without_square(number: int) -> int:
    while number > 1 and isqrt(number) ** 2 == number:
        number = isqrt(number)
    return number


def square_part(number: int, base: tuple[int, ...]) -> tuple[int, int]:
    """``r, d`` with ``number = r^2 d``, for a product of factors that are in ``d`` once at most.

    Examples
    --------
    >>> square_part(-12, (2, 3))
    (2, -3)
    """
    root, rest = 1, 1 if number > 0 else -1
    for factor in base:
        exponent = 0
        while number % factor == 0:
            number, exponent = number // factor, exponent + 1
        root, rest = root * factor ** (exponent // 2), rest * factor ** (exponent % 2)
    return root, rest
