"""The oracle against mpmath at 50 digits."""

import mpmath
import numpy as np
import pytest
from oracle import Truth

from liealg.catalogue import known

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("size", [1e-8, 1.0, 50.0])
@pytest.mark.parametrize("name", ["sl2", "so3", "sp4", "su2"])
def test_oracle_agrees_with_mpmath_at_fifty_digits(name, size):
    basis = known(name)
    theta = RNG.normal(size=basis.dim)
    theta *= size / np.linalg.norm(theta)
    truth = Truth(basis, theta)
    with mpmath.workdps(90):
        matrices = [mpmath.matrix(E.evalf(90).tolist()) for E in basis.matrices]
        A = mpmath.matrix(basis.n)
        for t, E in zip(theta, matrices, strict=True):
            A += mpmath.mpf(float(t)) * E
        exact = mpmath.expm(A, method="taylor")
        n = basis.n
        block = mpmath.matrix(2 * n)
        for i in range(n):
            for j in range(n):
                block[i, j] = block[n + i, n + j] = A[i, j]
                block[i, n + j] = matrices[0][i, j]
        upper = mpmath.expm(block, method="taylor")
    value, derivative = truth.exact
    scale = float(mpmath.norm(exact))
    for i in range(n):
        for j in range(n):
            _assert_close(value[i, j], mpmath.re(exact[i, j]), scale)
            _assert_close(derivative[0, i, j], mpmath.re(upper[i, n + j]), scale)


def _assert_close(fixed, number, scale):
    with mpmath.workdps(90):
        assert abs(mpmath.mpf(int(fixed)) / 2**480 - number) < mpmath.mpf(10) ** -50 * scale
