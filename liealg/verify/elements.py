"""The elements that kernels are measured at: sizes from 1e-8 to 50, and degenerate ones."""

from __future__ import annotations

import numpy as np

from liealg.algebra import MatrixBasis

LARGEST_NORM = 50.0
"""The largest norm of an element, or of a basis matrix beside it: exp(50) is finite in float32."""


def standard_elements(basis: MatrixBasis, count: int = 48, seed: int = 0) -> np.ndarray:
    """Coefficients of the elements that errors are measured at, the same for the same definition.

    Zero; every basis element alone; random directions of norms from 1e-8 to 50; combinations of
    basis elements with coefficients 1 and -1, among which are elements with equal, opposite or zero
    eigenvalues, nilpotent and light-like ones; close neighbours of those; and, where a line of
    elements meets a collision of two real eigenvalues, the element there.

    Parameters
    ----------
    basis
        A basis without parameters.
    count
        How many random directions and how many combinations, half each.
    seed
        Of the random numbers.

    Returns
    -------
    float64 array ``[m, k]``, complex where the coefficients are
        ``m`` is at least ``1 + k + count``. For use in float32 they are rounded.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> standard_elements(known("so2"), count=2)[:2].tolist()
    [[0.0], [1.0]]
    """
    rng = np.random.default_rng(seed)
    matrices = np.array([np.array(E.evalf(20).tolist(), complex) for E in basis.matrices])
    sizes = np.linalg.norm(matrices, 2, axis=(1, 2))
    sets = [
        np.zeros((1, basis.dim)),
        np.diag(np.minimum(1.0, LARGEST_NORM / sizes)),
        _directions(rng, matrices, count // 2, basis.complex_coefficients),
    ]
    signs = _signs(rng, matrices, count - count // 2)
    sets += [signs, signs[::3] * (1 + 1e-6 * rng.normal(size=signs[::3].shape))]
    sets.append(_collisions(rng, matrices, count // 6))
    return np.concatenate(sets)


def _directions(
    rng: np.random.Generator, matrices: np.ndarray, count: int, is_complex: bool
) -> np.ndarray:
    theta = rng.normal(size=(count, len(matrices)))
    if is_complex:
        theta = theta + 1j * rng.normal(size=theta.shape)
    norms = np.exp(rng.uniform(np.log(1e-8), np.log(LARGEST_NORM), size=count))
    norms[: count // 2] = rng.uniform(0.5, LARGEST_NORM, size=count // 2)
    return _with_norms(theta, matrices, norms)


def _signs(rng: np.random.Generator, matrices: np.ndarray, count: int) -> np.ndarray:
    """Few ones and minus ones, times powers of two: equal numbers stay equal when rounded."""
    k = len(matrices)
    theta = rng.choice([-1.0, 1.0], size=(count, k))
    chosen = np.array([rng.permutation(k) for _ in range(count)])
    theta[chosen >= rng.integers(2, 5, size=(count, 1))] = 0
    norms = _norms(theta, matrices)
    wanted = np.exp(rng.uniform(np.log(1e-2), np.log(LARGEST_NORM), size=count))
    exponents = np.floor(np.log2(wanted / np.where(norms > 0, norms, 1)))
    return theta * 2.0 ** exponents[:, None]


def _collisions(rng: np.random.Generator, matrices: np.ndarray, count: int) -> np.ndarray:
    """Elements between two random ones where the sign of the discriminant changes."""
    found = []
    for _ in range(count):
        start, end = _directions(rng, matrices, 2, False)[:2]
        steps = np.linspace(0, 1, 33)
        signs = [_discriminant_sign(start + t * (end - start), matrices) for t in steps]
        for low, high, first, second in zip(steps, steps[1:], signs, signs[1:], strict=False):
            if first * second < 0:
                t = _bisected(start, end - start, (low, high), first, matrices)
                found.append(start + t * (end - start))
                break
    return np.array(found).reshape(-1, len(matrices))


def _bisected(
    start: np.ndarray,
    step: np.ndarray,
    bracket: tuple[float, float],
    sign: float,
    matrices: np.ndarray,
) -> float:
    low, high = bracket
    for _ in range(50):
        middle = (low + high) / 2
        if _discriminant_sign(start + middle * step, matrices) == sign:
            low = middle
        else:
            high = middle
    return low


def _discriminant_sign(theta: np.ndarray, matrices: np.ndarray) -> float:
    """The sign of the product of the squared differences of eigenvalues, for real matrices."""
    eigenvalues = np.linalg.eigvals(np.tensordot(theta, matrices, 1))
    differences = eigenvalues[:, None] - eigenvalues[None, :]
    upper = differences[np.triu_indices(len(eigenvalues), 1)]
    return float(np.sign(np.prod((upper / (np.abs(upper) + 1e-300)) ** 2).real))


def _with_norms(theta: np.ndarray, matrices: np.ndarray, norms: np.ndarray) -> np.ndarray:
    return theta * (norms / _norms(theta, matrices))[:, None]


def _norms(theta: np.ndarray, matrices: np.ndarray) -> np.ndarray:
    return np.linalg.norm(np.tensordot(theta, matrices, 1), 2, axis=(1, 2))
