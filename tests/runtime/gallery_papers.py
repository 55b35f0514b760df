"""Matrices of papers on the matrix exponential, of SciPy's tests and regressions; complex ones."""

from __future__ import annotations

import numpy as np
import scipy.linalg
from families import SIZES, complex_family, family, family_by_size, random

# --- papers on the matrix exponential ------------------------------------------------------------


@family
def ward():
    """Ward 1977, tests 1 to 3, 2 moved to where single precision reaches."""
    symmetric = np.array(_WARD_2)
    return [_WARD_1, symmetric, symmetric - 30 * np.eye(3), _WARD_3]


_WARD_1 = [[4, 2, 0], [1, 4, 1], [1, 1, 4]]
_WARD_2 = [
    [29.87942128909879, 0.7815750847907159, -2.289519314033932],
    [0.7815750847907159, 25.72656945571064, 8.680737820540137],
    [-2.289519314033932, 8.680737820540137, 34.39400925519054],
]
_WARD_3 = [[-131, 19, 18], [-390, 56, 54], [-387, 57, 52]]


@family
def moler_and_van_loan():
    """Moler and Van Loan 2003: cancellation (section 3), the hump (section 1), near confluence."""
    yield [[-49, 24], [-64, 31]]
    yield from (t * np.array([[-1, 100], [0, -2.0]]) for t in (0.5, 2, 20))
    yield [[1 + 2.0**-20, 1], [0, 1 - 2.0**-20]]


@family
def kenney_and_laub():
    """Kenney and Laub 1989, p. 206 and example 5; 1998, examples 2 and 3 and p. 655."""
    yield [[48, -49, 50, 49], [0, -2, 100, 0], [0, -1, -2, 1], [-50, 50, 50, -52]]
    yield from ([[0, 1e6], [0, 0]], [[1e-8, 1e6], [0, 1e-8]], [[0.1, 1e6], [0, 0.1]])
    yield [[-1, 1e7], [0, -1e7]]
    yield np.diag([0, -3.8e3, -1, -5.5e6, -2.7e7]) + np.diag([3.8e3, 1, 5.5e6, 2.7e7], 1)


@family
def al_mohy_and_higham():
    """Overscaling (Al-Mohy and Higham 2009, section 1), and nearly defective with large entries."""
    yield from ([[1, b], [0, -1]] for b in (1e2, 1e4, 1e6, 1e8))
    yield [[1, 1e17], [0, 1]]
    for b, below in ((1e2, 1e2), (1e4, 1e4), (1e2, 1e8)):
        yield [[1 - b / 2, b / 2], [-below / 2, 1 + b / 2]]


@family
def al_mohy_and_higham_block():
    """Al-Mohy and Higham 2009: nearly defective blocks with a large one beside them."""
    block = np.array([[1 - 500, 500], [-500, 1 + 500]])
    return [
        np.block([[block, x * np.ones((2, 2))], [np.zeros((2, 2)), -block]]) for x in (1, 1e4, 1e10)
    ]


@family
def dieci_and_papini():
    """Block triangular, one block large (Linear Algebra Appl. 308, 2000, example 3.10)."""
    ones = np.ones((4, 4))
    for x in (1, 1e3, 1e6):
        yield np.block([[1.3 * ones, x * ones], [0 * ones, -1.3 * ones]]) / 8
    yield from ([[value, 1e6], [0, -value]] for value in (1.3, 10))


@family
def najfeld_and_havel():
    """Adv. Appl. Math. 16, 1995, p. 370: eigenvalues 0.001, 1 and 100 or their negatives."""
    T = np.array([[1, 10, 100], [1, 9, 100], [1, 11, 99]])
    A = T @ np.diag([0.001, 1, 100]) @ np.linalg.inv(T)
    return [A, -A, A / 10]


@family
def parlett_and_ng():
    """Report PAM-204, Berkeley 1985: example I, rows of coupled fast rotations; example III."""
    A = np.triu(np.ones((6, 6)), 2)
    A[0, 1], A[1, 0], A[2, 3], A[3, 2], A[4, 5], A[5, 4] = 30, -100, -6, 500, 200, -15
    A[1, 2] = A[3, 4] = 1
    yield A
    for n in SIZES:
        yield np.diag(np.arange(n) - (n - 1) / 2) + np.eye(n, k=1)


@family
def feedback_loops():
    """Numbers 18 and 19 in the test set of Al-Mohy and Higham."""
    yield [[-0.6, 0, 1.2], [0, -0.6, 0.45], [-2.4, 4, 0.8]]
    first = [[-0.4, 0, 0], [0, -1.5, 0], [2, 2, -3]]
    second = [[-0.03, 0, 0.21], [0, -0.5, 0.3], [0, 2, -2]]
    yield np.block([[np.zeros((3, 3)), np.eye(3)], [np.array(second), np.array(first)]])


@family
def godunov():
    """EigTool's demonstration of sensitive eigenvalues, a hundredth and a thousandth of it."""
    A = np.array(
        [
            [289, 2064, 336, 128, 80, 32, 16],
            [1152, 30, 1312, 512, 288, 128, 32],
            [-29, -2000, 756, 384, 1008, 224, 48],
            [512, 128, 640, 0, 640, 512, 128],
            [1053, 2256, -504, -384, -756, 800, 208],
            [-287, -16, 1712, -128, 1968, -30, 2032],
            [-2176, -287, -1565, -512, -541, -1152, -289],
        ]
    )
    return [A / 100, A / 1000]


@family
def trefethen_and_embree():
    """*Spectra and Pseudospectra*, 2005, eq. (14.17)."""
    return [10 * np.array([[0, 1, 2], [-0.01, 0, 3], [0, 0, 0]])]


@family
def fasi_and_higham():
    """Fasi and Higham 2019: nearly singular, near the matrix of ones, a scaled rotation."""
    tiny = 2.0**-52
    A = np.ones((4, 4))
    A[:, 3] = [0.1, 10 * tiny, 100 * tiny, 1000 * tiny]
    yield A
    yield [[10, 1, 1], [1, 1, 1 + 10 * tiny], [1, 1, 1 + 100 * tiny]]
    c, s = np.cos(np.pi / 12), np.sin(np.pi / 12)
    yield 30 * np.array([[c, -s], [s, c]])


@family_by_size
def random_walk(n):
    """A reflected walk in continuous time, number 32 in the test set of Al-Mohy and Higham."""
    A = -np.eye(n) + (np.eye(n, k=1) + np.eye(n, k=-1)) / 2
    A[0, 1] = A[-1, -2] = 1
    return 10 * A


# --- SciPy's tests and regressions ---------------------------------------------------------------


@family
def burkardt_1():
    return [[[1, 0], [0, 2]]]


@family
def burkardt_2():
    return [[[1, 3], [3, 2]]]


@family
def burkardt_3():
    """Laub, SIAM Review 52, 2010."""
    return [[[0, 1], [-39, -40]]]


@family
def burkardt_4():
    return [[[-49, 24], [-64, 31]]]


@family
def burkardt_5():
    return [6 * np.eye(4, k=1)]


@family
def burkardt_6():
    return [[[1, 1], [0, 1]]]


@family
def burkardt_7():
    tiny = 2.0**-52
    return [[[1 + tiny, 1], [0, 1 - tiny]]]


@family
def burkardt_8():
    return [[[21, 17, 6], [-5, -1, -6], [4, 4, 16]]]


@family
def burkardt_9():
    """The NAG library's example of F01ECF."""
    return [[[1, 2, 2, 2], [3, 1, 1, 2], [3, 2, 1, 2], [3, 3, 3, 1]]]


@family
def burkardt_10():
    return [_WARD_1]


@family
def burkardt_11():
    return [_WARD_2]


@family
def burkardt_12():
    return [_WARD_3]


@family
def burkardt_13():
    """Ward 1977, test 4, for several orders."""
    for n in (2, 3, 4, 10):
        A = np.eye(n, k=1)
        A[-1, 0] = 10.0**-n
        yield A


@family
def burkardt_14():
    """Moler's example: badly scaled (Cleve's Corner, July 2012)."""
    return [[[0, 1e-8, 0], [-2e10 - 4e8 / 6, -3, 2e10], [200 / 3, 0, -200 / 3]]]


@family
def scipy_21584():
    """SciPy issue 21584 was about small complex entries; this is its real part."""
    return [[[5e-5, 2e-3], [-2e-3, 9e-4]]]


@family
def scipy_25864():
    """SciPy issue 25864, scaling by the norm of rows: one column only, and its transpose."""
    A = np.zeros((5, 5))
    A[:, 0] = 59.21328249, 75.60752824, 35.92043973, 1.09347211, 59.51893521
    return [A, A.T, -A]


@family
def scipy_11839():
    """SciPy issue 11839: the Laplacian of a directed tree, after a short and a long time."""
    L = np.zeros((7, 7))
    for parent, children in ((0, (1, 2)), (1, (3, 4)), (2, (5, 6))):
        L[parent, parent], L[parent, children] = 1, -0.5
    return [-L, -20 * L, -2000 * L]


@family
def scipy_19584():
    """SciPy issue 19584: fast decay that overflowed on the way."""
    return [np.array([[-494.08845191, 0], [12566.3706, -12566.3706]]) / 2]


# --- complex -------------------------------------------------------------------------------------


@complex_family
def smoke():
    """Roots of unity on the diagonal, ones above and in the corner (Higham)."""
    for n in SIZES:
        A = np.diag(np.exp(2j * np.pi * np.arange(1, n + 1) / n)) + np.eye(n, k=1)
        A[-1, 0] = 1
        yield from (A, 5 * A)


@complex_family
def skew_hermitian():
    """Random, of 2-norm 1 and 30."""
    for n in SIZES:
        A = random(n, 12).normal(size=(2, n, n))
        A = A[0] - A[0].T + 1j * (A[1] + A[1].T)
        yield from (A * norm / np.linalg.norm(A, 2) for norm in (1, 30))


@complex_family
def heisenberg_chain():
    """SciPy issue 24366: `exp(i t H)` of four spins, `H` Heisenberg's with all Pauli matrices."""
    pauli = np.array([[[0, 1], [1, 0]], [[0, -1j], [1j, 0]], [[1, 0], [0, -1]]])
    bond = sum(np.kron(s, s) for s in pauli)
    H = sum(np.kron(np.kron(np.eye(2**k), bond), np.eye(2 ** (2 - k))) for k in range(3))
    return [0.1j * H, 1j * H, 10j * H]


@complex_family
def small_complex_entries():
    """SciPy issue 21584."""
    return [[[5e-5 - 1e-4j, 2e-3 + 1e-4j], [-2e-3 + 1e-3j, 9e-4 + 7e-4j]]]


@complex_family
def niesen():
    """A shifted companion matrix (Fasi and Higham 2019), for moderate and large parameters."""
    for size in (1e2, 1e6):
        root = (-1 + np.sqrt(1 + 4j * size)) / 2
        yield np.array([[0, 1], [1j * size, -1]]) - root * np.eye(2)


@complex_family
def complex_toeplitz():
    """Fasi and Higham 2019, of order 10."""
    n, zeros = 10, np.zeros(8)
    A = scipy.linalg.toeplitz(np.r_[16 - 3j, (4 + 3j) / 8, zeros], np.r_[16 - 3j, -5, zeros])
    return [A, A - (16 - 3j) * np.eye(n)]


@complex_family
def parlett_and_ng_complex():
    """Report PAM-204, Berkeley 1985, example II, of lower order."""
    for n in SIZES:
        A = np.triu(np.ones((n, n)), 1) + 1j * np.diag(np.arange(n) - (n - 1) / 2)
        i = np.arange(n - 1)
        A[i, i + 1] = -2 * n + 4 * (i + 1)
        yield A
