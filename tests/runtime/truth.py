"""The exponential, its derivative and its condition, to more digits than any test needs.

In ball arithmetic (`flint.arb_mat.exp`): every digit used is proven, but for the difference
quotients, whose step is far below all rounding that is measured. A test compares with mpmath.
"""

from __future__ import annotations

import flint
import numpy as np

_BITS = 400
"""Working precision; a third of it is the step of difference quotients: `2^-133`."""

ITERATIONS = 5


class Truth:
    """What is known of one matrix.

    Attributes
    ----------
    value : flint matrix
        `exp(A)`.
    derivatives : list of flint matrices
        `L(A, E)` for each direction.
    kappa : float
        Relative condition number of the exponential in the Frobenius norm, as
        `scipy.linalg.expm_cond`; from the power method (Higham, *Functions of Matrices*, 2008,
        algorithm 3.20), which never comes out too large.
    """

    def __init__(self, A: np.ndarray, directions: np.ndarray) -> None:
        self._complex = np.iscomplexobj(A)
        self._bits = _BITS
        while not self._proven(A):
            self._bits *= 2
        with flint.ctx.workprec(self._bits):
            self.derivatives = [self._derivative(E) for E in directions]
            self.kappa = self._condition(A)

    def value_error(self, computed: np.ndarray) -> float:
        """`‖computed - exp(A)‖₂ / ‖exp(A)‖₂`."""
        return self._relative([computed], [self.value], 2)

    def derivative_error(self, computed: np.ndarray) -> float:
        """The same for the derivatives together, in the Frobenius norm."""
        return self._relative(computed, self.derivatives, "fro")

    def largest(self) -> float:
        """The largest entry of value and derivatives."""
        return max(abs(_floats(x)).max() for x in [self.value, *self.derivatives])

    def norm(self) -> float:
        return float(np.linalg.norm(_floats(self.value)))

    def _proven(self, A: np.ndarray) -> bool:
        """Whether the value has half of the digits that it was computed with."""
        with flint.ctx.workprec(self._bits):
            self._matrix, self._adjoint = self._exact(A), self._exact(A.conj().T)
            self.value, self._adjoint_value = self._matrix.exp(), self._adjoint.exp()
            radii = [float(part.rad()) for x in self.value.entries() for part in (x.real, x.imag)]
        return max(radii) <= 2.0 ** (-self._bits // 2) * self.norm()

    def _exact(self, A: np.ndarray) -> flint.arb_mat | flint.acb_mat:
        return (flint.acb_mat if self._complex else flint.arb_mat)(A.tolist())

    def _derivative(self, E: np.ndarray, adjoint: bool = False) -> flint.arb_mat | flint.acb_mat:
        A, X = (self._adjoint, self._adjoint_value) if adjoint else (self._matrix, self.value)
        step = 2 ** (self._bits // 3)
        return ((A + self._exact(E) / step).exp() - X) * step

    def _condition(self, A: np.ndarray) -> float:
        """`‖L(A, .)‖ ‖A‖ / ‖exp(A)‖`: steps of the power method with `L(A, .)` and `L(A^H, .)`."""
        E = np.random.default_rng(0).normal(size=A.shape)
        size = 0.0
        for _ in range(ITERATIONS):
            L = self._derivative(E / np.linalg.norm(E))
            size = float(np.linalg.norm(_floats(L)))
            if size == 0:
                break
            E = _floats(self._derivative(_floats(L) / size, adjoint=True))
        return size * float(np.linalg.norm(A)) / self.norm()

    def _relative(self, computed: list[np.ndarray], exact: list, order: object) -> float:
        if not np.all(np.isfinite(computed)):
            return np.inf
        with flint.ctx.workprec(self._bits):
            pairs = zip(computed, exact, strict=True)
            difference = [_floats(self._exact(np.asarray(c)) - e) for c, e in pairs]
        reference = [_floats(e) for e in exact]
        scale = max(np.abs(reference).max(), 1e-300)
        if order == 2:
            return np.linalg.norm(difference[0] / scale, 2) / np.linalg.norm(
                reference[0] / scale, 2
            )
        return np.linalg.norm(np.array(difference) / scale) / np.linalg.norm(reference / scale)


def _floats(X: flint.arb_mat | flint.acb_mat) -> np.ndarray:
    """Rounded to double precision."""
    number = complex if isinstance(X, flint.acb_mat) else float
    return np.array([[number(x) for x in row] for row in X.tolist()])
