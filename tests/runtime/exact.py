"""The exponential and its derivatives at 50 digits, measures of error, and elements to try."""

from __future__ import annotations

import mpmath
import numpy as np
import scipy.linalg


def exact_derivative(A, *directions):
    """`D^j exp(A)[E_1, .., E_j]` at 50 digits, as an object array of mpmath numbers.

    The upper right block of `exp` of `A ⊗ 1 + Σ E_i ⊗ (the i-th nilpotent)`, size `2^j n`.
    """
    n = A.shape[-1]
    block = np.asarray(A)
    for level, E in enumerate(directions):
        E = np.kron(np.eye(2**level), E)
        block = np.block([[block, E], [np.zeros_like(block), block]])
    with mpmath.workdps(50):
        X = mpmath.expm(mpmath.matrix(block.tolist()))
        return np.array([[X[i, X.cols - n + j] for j in range(n)] for i in range(n)])


def relative_error(computed, exact):
    """`‖computed - exact‖ / ‖exact‖`, over all entries, each difference at 50 digits."""
    with mpmath.workdps(50):
        difference = [
            mpmath.mpmathify(c) - e for c, e in zip(computed.flat, exact.flat, strict=True)
        ]
        return float(mpmath.norm(difference) / mpmath.norm(list(exact.flat)))


def spectral_error(computed, exact):
    """The same for one matrix in the 2-norm."""
    with mpmath.workdps(50):
        top = max(abs(e) for e in exact.flat)
        pairs = zip(computed.flat, exact.flat, strict=True)
        scaled = [(complex((c - e) / top), complex(e / top)) for c, e in pairs]
    difference, reference = np.moveaxis(np.reshape(scaled, (*exact.shape, 2)), -1, 0)
    return np.linalg.norm(difference, 2) / np.linalg.norm(reference, 2)


def close(computed, exact, dtype, A, factor):
    """Assert the bar `factor eps (1 + κ(A))`, entries together."""
    bar = factor * np.finfo(dtype).eps * (1 + scipy.linalg.expm_cond(np.asarray(A, complex)))
    assert relative_error(computed, exact) <= bar


# --- the elements ------------------------------------------------------------------------------


def units(n):
    return list(np.eye(n * n).reshape(n * n, n, n))


def basis_sp(m):
    """A basis of `[[a, b], [c, -a^T]]`, `b` and `c` symmetric, of size `2m`."""
    zero = np.zeros((m, m))
    basis = [np.block([[e, zero], [zero, -e.T]]) for e in units(m)]
    for e in (e + np.triu(e, 1).T for e in units(m) if np.triu(e).any()):
        basis += [np.block([[zero, e], [zero, zero]]), np.block([[zero, zero], [e, zero]])]
    return basis


def strictly_upper(n):
    return [e for e in units(n) if np.triu(e, 1).any()]


BASES = {
    "sp(4)": basis_sp(2),
    "sp(6)": basis_sp(3),
    "gl(3)": units(3),
    "gl(4)": units(4),
    "so(5)": [e - e.T for e in strictly_upper(5)],
    "nilpotent": strictly_upper(4),
    "non-normal": [e * 1e3 ** np.triu(np.ones((3, 3)), 1) for e in units(3) if np.triu(e).any()],
    "decaying": units(2),
}
VALUE_NORMS = [1e-8, 0.1, 0.5, 1, 2, 5, 12, 50]
TENSOR_NORMS = [1e-8, 1, 7, 50]


def elements(family, norms, dtype):
    """Random elements of given 2-norms, rounded to the dtype."""
    rng = np.random.default_rng(list(BASES).index(family))
    basis = np.array(BASES[family])
    A = np.einsum("bk,kij->bij", rng.normal(size=(len(norms), len(basis))), basis)
    if family == "decaying":
        A = 0.2 * A - np.eye(2)
    A *= np.reshape(norms, (-1, 1, 1)) / np.linalg.norm(A, 2, axis=(-2, -1), keepdims=True)
    return A.astype(dtype)


def normal(*shape, dtype="float64", seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)
