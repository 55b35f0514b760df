"""The Stumpff functions as SymPy functions, with their derivative rule."""

from __future__ import annotations

from typing import Any

import mpmath
import sympy as sp


class Stumpff(sp.Function):
    r"""The entire function ``c_k(z) = sum_j z^j / (2 j + k)!``.

    ``c_0(z) = cosh(sqrt(z))`` and ``c_1(z) = sinh(sqrt(z)) / sqrt(z)``, real for real ``z`` of
    either sign. The family is closed under differentiation,

    .. math:: c_k'(z) = (c_{k+1}(z) - k\, c_{k+2}(z)) / 2,

    and obeys ``z c_{k+2}(z) = c_k(z) - 1/k!`` (Stiefel and Scheifele, *Linear and Regular
    Celestial Mechanics*, 1971, section 11, with the opposite sign of ``z``).

    Parameters
    ----------
    k
        The order, a non-negative integer.
    z
        The argument.

    Raises
    ------
    ValueError
        If the order is no non-negative integer.

    Examples
    --------
    >>> z = sp.Symbol("z")
    >>> Stumpff(1, z).diff(z)
    c_2(z)/2 - c_3(z)/2
    >>> Stumpff(3, 0)
    1/6
    >>> Stumpff(0, -sp.pi**2).evalf()
    -1.00000000000000
    >>> sp.latex(Stumpff(1, z))
    'c_{1}\\left(z\\right)'
    """

    nargs = 2

    @classmethod
    def eval(cls, k: sp.Expr, z: sp.Expr) -> sp.Expr | None:
        """Check the order, and give the value at zero."""
        if not (k.is_Integer and k >= 0):
            raise ValueError(f"the order of a Stumpff function is {k}; give an integer from 0 on")
        return 1 / sp.factorial(k) if z.is_zero else None

    @property
    def order(self) -> int:
        """The order ``k``."""
        return int(self.args[0])

    @property
    def argument(self) -> sp.Expr:
        """The argument ``z``."""
        return self.args[1]

    def fdiff(self, argindex: int = 2) -> sp.Expr:
        """The derivative with respect to ``z``."""
        if argindex != 2:
            raise sp.ArgumentIndexError(self, argindex)
        k, z = self.args
        return (Stumpff(k + 1, z) - k * Stumpff(k + 2, z)) / 2

    def _eval_evalf(self, prec: int) -> sp.Expr | None:
        k, z = self.args
        number = z._to_mpmath(prec + 20) if z.is_number else None
        if number is None:
            return None
        with mpmath.workprec(prec + 20):
            value = _power_series(int(k), number)
        return sp.Expr._from_mpmath(value, prec)

    def _eval_is_real(self) -> bool | None:
        return True if self.args[1].is_real else None

    def _eval_rewrite(self, rule: Any, args: Any, **hints: Any) -> sp.Expr | None:
        """Rewrite by ``cosh`` (or ``cos``) and ``sinh`` (or ``sin``) of a root of ``z``."""
        if rule not in (sp.cosh, sp.sinh, sp.exp, sp.cos, sp.sin):
            return None
        k, z = int(args[0]), args[1]
        if rule in (sp.cos, sp.sin):
            root = sp.sqrt(-z)
            lowest = [sp.cos(root), sp.sin(root) / root]
        else:
            root = sp.sqrt(z)
            lowest = [sp.cosh(root), sp.sinh(root) / root]
        value = lowest[k % 2]
        for order in range(k % 2, k, 2):
            value = (value - 1 / sp.factorial(order)) / z
        return value

    def _sympystr(self, printer: Any) -> str:
        return f"c_{self.args[0]}({printer._print(self.args[1])})"

    def _pretty(self, printer: Any) -> Any:
        stand_in = sp.Function(f"c_{self.args[0]}")
        return printer._print(stand_in(self.args[1]))

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return f"c_{{{self.args[0]}}}{power}\\left({printer._print(self.args[1])}\\right)"


def _power_series(k: int, z: Any) -> Any:
    # The largest term is about exp(sqrt|z|), and so is the value for z > 0: only z < 0 cancels.
    lost = int(1.5 * float(mpmath.sqrt(abs(z)))) + 10
    with mpmath.extraprec(lost):
        term = mpmath.mpf(1) / mpmath.factorial(k)
        total = term
        j = 0
        while abs(term) > mpmath.eps * abs(total) or j * j < abs(z):
            j += 1
            term = term * z / ((2 * j + k) * (2 * j + k - 1))
            total += term
        return total
