"""Matrices of MATLAB's `gallery`, written from the definitions in Higham's book."""

from __future__ import annotations

import numpy as np
import scipy.linalg
from families import SIZES, family, family_by_size, indices, tridiagonal


@family_by_size
def cauchy(n):
    """`1 / (i + j)`."""
    i, j = indices(n)
    return 1 / (i + j)


@family_by_size
def chebyshev_differentiation(n):
    """Spectral differentiation at Chebyshev points with a boundary condition: nilpotent."""
    x = np.cos(np.pi * np.arange(n + 1) / n)
    weights = np.r_[2, np.ones(n - 1), 2] * (-1.0) ** np.arange(n + 1)
    D = np.outer(weights, 1 / weights) / (x[:, None] - x + np.eye(n + 1))
    D -= np.diag(D.sum(1))
    return D[1:, 1:]


@family_by_size
def chow(n):
    """Singular Toeplitz, lower Hessenberg."""
    return np.tri(n, k=1)


@family_by_size
def circulant(n):
    """Each row is the one before, moved by one."""
    return scipy.linalg.circulant(np.arange(1.0, n + 1)).T / 4


@family_by_size
def clement(n):
    """Tridiagonal with zero diagonal; eigenvalues `n - 1, n - 3, .., 1 - n`."""
    return tridiagonal(np.arange(1.0, n), np.zeros(n), np.arange(n - 1.0, 0, -1))


@family
def condex():
    """Counterexamples to condition estimators (Cline and Rew 1983; in Higham's gallery)."""
    for t in (10, 100):
        yield [[1, -1, -2 * t, 0], [0, 1, t, -t], [0, 1, 1 + t, -1 - t], [0, 0, 0, t]]
        yield [[1, 1 - 2 / t**2, -2], [0, 1 / t, -1 / t], [0, 0, 1]]


@family_by_size
def dorr(n):
    """Minus the row diagonally dominant tridiagonal matrix of a singular perturbation, 0.01."""
    h, half = 1 / (n + 1), (n + 1) // 2
    i = np.arange(1, n + 1)
    term, slope = 0.01 / h**2, (0.5 - i * h) / h
    below = np.where(i <= half, -term, -term + slope)
    above = np.where(i <= half, -term - slope, -term)
    return -tridiagonal(below[1:], -(below + above), above[:-1])


@family_by_size
def fiedler(n):
    """`|i - j|`."""
    i, j = indices(n)
    return abs(i - j) / 2


@family
def forsythe():
    """A Jordan block with one perturbed corner; Ward 1977, test 4, is `n = 10`."""
    for n, corner in ((4, 1e-4), (8, 1e-8), (10, 1e-10), (16, 2.0**-52)):
        A = np.eye(n, k=1)
        A[-1, 0] = corner
        yield from (A, A - 5 * np.eye(n))


@family_by_size
def frank(n):
    """Upper Hessenberg with ill-conditioned small eigenvalues."""
    i, j = indices(n)
    return np.triu(n + 1 - np.maximum(i, j), -1)


@family_by_size
def gear(n):
    """Ones beside the diagonal and in two corners."""
    A = np.eye(n, k=1) + np.eye(n, k=-1)
    A[0, -1], A[-1, 0] = 1, -1
    return A


@family
def grcar():
    """Toeplitz with sensitive eigenvalues, both signs."""
    for n in SIZES:
        A = np.triu(np.tri(n, k=3)) - np.eye(n, k=-1)
        yield from (A, -4 * A)


@family_by_size
def hilbert(n):
    """`1 / (i + j - 1)`."""
    return scipy.linalg.hilbert(n)


@family
def involutory():
    """Its own inverse, badly conditioned."""
    for n in (4, 8):
        i, j = indices(n)
        k = np.arange(1, n)
        d = np.cumprod(np.r_[-n, -(n - k) * (n + k) / k**2])
        yield d[:, None] / (i + j - 1)


@family_by_size
def kahan(n):
    """Upper triangular with graded rows, angle 1.2."""
    s, c = np.sin(1.2), np.cos(1.2)
    return s ** np.arange(n)[:, None] * (np.eye(n) - c * np.triu(np.ones((n, n)), 1))


@family_by_size
def lehmer(n):
    """`min(i, j) / max(i, j)`."""
    i, j = indices(n)
    return np.minimum(i, j) / np.maximum(i, j)


@family_by_size
def lesp(n):
    """Tridiagonal with real, sensitive, negative eigenvalues."""
    x = np.arange(2.0, n + 1)
    return tridiagonal(1 / x, -2 * np.arange(2.0, n + 2) - 1, x)


@family_by_size
def lotkin(n):
    """The Hilbert matrix with a first row of ones."""
    A = scipy.linalg.hilbert(n)
    A[0] = 1
    return A


@family_by_size
def minimum(n):
    """`min(i, j)`, and so the inverse of a second difference."""
    return np.minimum(*indices(n)) / 4


@family_by_size
def moler(n):
    """`U^T U` with `U` of ones and minus ones: one tiny eigenvalue."""
    U = np.eye(n) - np.triu(np.ones((n, n)), 1)
    return U.T @ U / 4


@family_by_size
def parter(n):
    """`1 / (i - j + 1/2)`: singular values near pi."""
    i, j = indices(n)
    return 1 / (i - j + 0.5)


@family_by_size
def pei(n):
    """Ones, and two on the diagonal."""
    return np.ones((n, n)) + np.eye(n)


@family_by_size
def redheffer(n):
    """One where `i` divides `j`, and in the first column."""
    i, j = indices(n)
    return ((j % i == 0) | (j == 1)).astype(float)


@family_by_size
def riemann(n):
    """`i - 1` where `i` divides `j`, minus one elsewhere, `i` and `j` from 2."""
    i, j = indices(n)
    return np.where((j + 1) % (i + 1) == 0, i, -1.0)


@family
def rosser():
    """Close and equal eigenvalues; of 1-norm 2.05, and ten times that (Al-Mohy and Higham 2009)."""
    P = np.array(
        [[611, 196, -192, 407], [196, 899, 113, -192], [-192, 113, 899, 196], [407, -192, 196, 611]]
    )
    R = np.array(
        [[411, -599, 208, 208], [-599, 411, 208, 208], [208, 208, 99, -911], [208, 208, -911, 99]]
    )
    corner = np.array([[-8, -52, -49, 29], [-71, -43, -8, -44], [61, 49, 8, 52], [8, 44, 59, -23]])
    A = np.block([[P, corner], [corner.T, R]])
    A = 2.05 * A / np.linalg.norm(A, 1)
    return [A, 10 * A]


@family
def toeplitz():
    """Second differences, and convection with diffusion, which is far from normal."""
    for n in SIZES:
        ones = np.ones(n - 1)
        yield tridiagonal(ones, -2 * np.ones(n), ones)
        yield tridiagonal(1.9 * ones, -2 * np.ones(n), 0.1 * ones) * 4


@family_by_size
def triw(n):
    """Upper triangular, one on the diagonal and minus one above."""
    return np.eye(n) - np.triu(np.ones((n, n)), 1)


@family_by_size
def wilkinson(n):
    """Symmetric tridiagonal with pairs of nearly equal eigenvalues."""
    ones = np.ones(n - 1)
    return tridiagonal(ones, abs(np.arange(n) - (n - 1) / 2), ones)
