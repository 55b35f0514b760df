"""From power sums of numbers to the polynomial whose roots they are, and cotangents back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from liealg.runtime.ring import Number, Residue, plus, times


def polynomial_of_power_sums(sums: Sequence[Number]) -> Residue:
    """Return `c_0, .., c_{d-1}` of `x^d + c_{d-1} x^{d-1} + .. + c_0 = prod (x - x_i)`.

    From `p_k = sum_i x_i^k`, `k = 1..d`, by Newton's identities
    `k c_{d-k} = -sum_{i=1..k} p_i c_{d-k+i}`, `c_d = 1`. For the eigenvalues of a matrix the power
    sums are the traces of its powers, and `c_{d-k} = (-1)^k e_k`.

    Examples
    --------
    >>> polynomial_of_power_sums([5.0, 13.0])  # the roots 2 and 3
    [6.0, -5.0]
    """
    falling: Residue = [1.0]  # c_d, c_{d-1}, ..
    for k in range(1, len(sums) + 1):
        terms = (times(sums[i - 1], falling[k - i]) for i in range(1, k + 1))
        falling.append(times(-1.0 / k, reduce(plus, terms)))
    return falling[:0:-1]


def power_sum_cotangents(coefficients: Residue, cotangents: Residue) -> Residue:
    """Return the cotangents of `p_1, .., p_d` for those of `c_0, .., c_{d-1}`.

    `dc_{d-k}/dp_i = -c_{d-k+i} / i`, as the derivative of `prod (1 - x_i t) = exp(-sum_i p_i t^i /
    i)` by `p_i` is `-t^i / i` times the product itself. For `p_i = tr(A^i)`, `dp_i/dA = i
    (A^{i-1})^T`, this is `de_k/dA = sum_{i<k} (-1)^i e_{k-1-i} (A^i)^T`.

    Examples
    --------
    >>> power_sum_cotangents([6.0, -5.0], [1.0, 0.0])  # 6 = (5^2 - 13) / 2
    [5.0, -0.5]
    """
    d, monic = len(coefficients), [*coefficients, 1.0]
    found: Residue = []
    for i in range(1, d + 1):
        terms = (times(cotangents[d - k], monic[d - k + i]) for k in range(i, d + 1))
        found.append(times(-1.0 / i, reduce(plus, terms)))
    return found
