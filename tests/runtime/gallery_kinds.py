"""Matrices by what they are: normal, nilpotent, stochastic, badly scaled, and so on."""

from __future__ import annotations

import numpy as np
import scipy.linalg
from families import SIZES, family, family_by_size, orthogonal, random, tridiagonal


@family_by_size
def normal(n):
    """Orthogonally similar to 2x2 blocks `[[a, b], [-b, a]]`."""
    a, b = 3 * random(n, 1).normal(size=(2, n // 2))
    blocks = scipy.linalg.block_diag(*([[x, y], [-y, x]] for x, y in zip(a, b, strict=True)))
    Q = orthogonal(n)
    return Q @ blocks @ Q.T


@family
def skew_symmetric():
    """Random, of 2-norm 0.1, 1, 10, 100."""
    for n in SIZES:
        A = random(n, 2).normal(size=(n, n))
        A -= A.T
        yield from (A * norm / np.linalg.norm(A, 2) for norm in (0.1, 1, 10, 100))


@family
def orthogonal_generators():
    """Rotations of one plane and of all planes at once, by large angles."""
    for angle in (1, 10, 50, 100, 500, 1e4):
        yield [[0, -angle], [angle, 0]]
    for n in SIZES:
        yield np.kron(np.diag(np.arange(1, n // 2 + 1.0)), [[0, -7], [7, 0]])


@family_by_size
def symmetric(n):
    """Random symmetric with eigenvalues from -20 to 20."""
    Q = orthogonal(n, 3)
    return Q @ np.diag(np.linspace(-20, 20, n)) @ Q.T


@family
def large_negative():
    """Symmetric negative definite, and stable but not normal, far from zero."""
    for n in SIZES:
        Q = orthogonal(n, 4)
        yield -Q @ np.diag(np.linspace(1, 60, n)) @ Q.T
        yield np.triu(random(n, 4).normal(size=(n, n)), 1) - 30 * np.eye(n)


@family
def nilpotent():
    """100 times a random strictly upper triangle (Al-Mohy and Higham 2009), and conjugated."""
    for n in SIZES:
        N = np.triu(random(n, 5).normal(size=(n, n)), 1)
        Q = orthogonal(n, 5)
        yield from (100 * N, Q @ N @ Q.T)


@family
def jordan_blocks():
    """Moler and Van Loan 2003, sections 1 and 6."""
    for n in SIZES:
        yield from (value * np.eye(n) + np.eye(n, k=1) for value in (-20, -1, 0, 0.1, 5))


@family_by_size
def pascal(n):
    """The logarithm of Pascal's triangle (Edelman and Strang, Amer. Math. Monthly 111, 2004)."""
    return np.diag(np.arange(1.0, n), -1)


@family_by_size
def companion(n):
    """Companion matrix of `(x + 1)^n`."""
    return scipy.linalg.companion(np.poly(-np.ones(n)))


@family
def companion_of_two_clusters():
    """Fasi's variant of matrix F of Kågström 1977: companion blocks of near quadruple roots."""
    blocks = [scipy.linalg.companion(np.poly([root] * k)) for root, k in ((-1, 4), (-1.1, 3))]
    return [scipy.linalg.block_diag(*blocks)]


@family
def stochastic_generators():
    """Rates of Markov chains, rows that add up to zero, slow and fast."""
    for n in SIZES:
        rates = random(n, 6).exponential(size=(n, n)) ** 3
        np.fill_diagonal(rates, 0)
        Q = rates - np.diag(rates.sum(1))
        yield from (Q / 10, Q, 20 * Q)


@family_by_size
def birth_and_death(n):
    """A queue: arrivals at rate 9, service at rate 10 for each customer."""
    up, down = 9 * np.ones(n - 1), 10 * np.arange(1.0, n)
    return tridiagonal(down, -np.append(up, 0) - np.insert(down, 0, 0), up)


@family
def decay_chains():
    """Radioactive decay, numbers 21 and 22 in the test set of Al-Mohy and Higham."""
    a = np.log(2) * 60 / np.array([3.8235 * 60 * 24, 3.10, 26.8, 19.9])
    yield np.diag(-a) + np.diag(a[:-1], -1)
    slow, fast = 0.01145, 0.2270
    yield [[-slow, 0, 0], [0.3594 * slow, -fast, 0], [0.6406 * slow, fast, 0]]


@family
def burnup():
    """Lago and Rahnema, benchmark 3 (Ann. Nucl. Energy 99, 2017), after 1, 1e3, 1e5 seconds."""
    a, b, c, d = (
        2.421897905520424e-3,
        5.383443102348909e-3,
        3.200125487349701e-4,
        5.398342527725431e-3,
    )
    A = np.array([[-a, 0, b], [0, -c, 0], [0, c, -d]])
    return [A, 1e3 * A, 1e5 * A]


@family
def hamiltonian():
    """`[[A, B], [C, -A^T]]`, `B` and `C` symmetric."""
    for n in SIZES:
        A, B, C = random(n, 7).normal(size=(3, n // 2, n // 2))
        H = np.block([[A, B + B.T], [C + C.T, -A.T]])
        yield from (H, 4 * H)


@family
def badly_scaled():
    """Similar to a random matrix by a diagonal matrix with entries from 1 to 1e3 and 1e6."""
    for n in SIZES:
        A = random(n, 8).normal(size=(n, n))
        for power in (3, 6):
            D = np.logspace(0, power, n)
            yield D[:, None] * A / D


@family_by_size
def random_entries(n):
    """Entries from 0 to 1: one large eigenvalue."""
    return random(n, 9).uniform(size=(n, n))


@family
def small_norm():
    """Norms far below one, where no digit of `exp(A) - I` may be lost to scaling."""
    for n in SIZES:
        A = random(n, 10).normal(size=(n, n))
        yield from (A * norm / np.linalg.norm(A, 2) for norm in (1e-10, 1e-4, 1e-2))


@family_by_size
def affine(n):
    """Linear part and translation, last row zero."""
    A = 3 * random(n, 11).normal(size=(n, n))
    A[-1] = 0
    return A
