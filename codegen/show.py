"""A basis and its derived exponential on the terminal or as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Callable

import sympy as sp

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.derive import exponential
from liealg.derive.describe import certificate, formulas
from liealg.derive.exponential import Exponential
from liealg.derive.series import Series
from liealg.structure import summary

_NO_FORMULA = "No closed form: kernels compute the exponential numerically."


def description(basis: MatrixBasis, latex: bool = False, with_certificate: bool = False) -> str:
    """The algebra in a sentence, basis, structure constants, kind, reason and formulas.

    Parameters
    ----------
    basis
        The basis or algebra.
    latex
        LaTeX instead of pretty-printed text.
    with_certificate
        Also what the form of the exponential rests on.

    Examples
    --------
    >>> print(description(MatrixBasis("squeeze", [[[1, 0], [0, -1]]])).splitlines()[0])
    squeeze: dimension 1, 2 x 2 matrices
    """
    write = _latex if latex else _pretty
    derived = exponential(basis)
    sections = [
        f"{basis.name}: dimension {basis.dim}, {basis.n} x {basis.n} matrices",
        f"{summary(basis)}.",
        *(write(f"E_{i}", E) for i, E in enumerate(basis.matrices, 1)),
        _parameters(basis),
        _parts(basis, latex),
        _brackets(basis, write),
        f"Kind: {derived.kind}, since {derived.reason}.",
        _minimal_polynomial(derived, write),
        *_exponential(derived, write),
        "\n".join(["Certificate:", *certificate(derived)]) if with_certificate else "",
    ]
    return "\n\n".join(section for section in sections if section)


def _parameters(basis: MatrixBasis) -> str:
    names = ", ".join(symbol.name for symbol in basis.parameters)
    return f"Parameters: {names}." if names else ""


def _parts(basis: MatrixBasis, latex: bool) -> str:
    """What the letters of formulas in complex coefficients stand for."""
    if not basis.complex_coefficients:
        return ""
    if latex:
        return (
            r"\theta_j = \alpha_j + i \beta_j, \quad \alpha_j, \beta_j \in \mathbb{R}, \quad "
            rf"j = 1, \dots, {basis.dim}"
        )
    last = "" if basis.dim == 1 else f" ... {basis.dim}"
    return f"Coefficients: theta_j = alpha_j + i beta_j for j = 1{last}, alpha_j and beta_j real."


def _brackets(basis: MatrixBasis, write: Callable[[str, sp.Basic], str]) -> str:
    if not isinstance(basis, LieAlgebra):
        closed = "closes" if basis.is_closed() else "does not close"
        return f"A span of matrices; it {closed} under the bracket."
    constants = basis.structure_constants
    symbols = sp.symbols(f"E_1:{basis.dim + 1}")
    lines = []
    for i in range(basis.dim):
        for j in range(i + 1, basis.dim):
            total = sp.Add(*(constants[i, j, k] * E for k, E in enumerate(symbols)))
            if total != 0:
                lines.append(write(f"[{symbols[i]}, {symbols[j]}]", total))
    return "Brackets (all others vanish):\n" + "\n".join(lines) if lines else "All brackets vanish."


def _minimal_polynomial(derived: Exponential, write: Callable[[str, sp.Basic], str]) -> str:
    if derived.matrix is None:
        # The reason and the formulas tell it. Written out, that of sp(8) takes megabytes.
        return ""
    polynomial = derived.minimal_polynomial
    return "Minimal polynomial of the generic element:\n" + write("m", polynomial.as_expr())


def _exponential(derived: Exponential, write: Callable[[str, sp.Basic], str]) -> list[str]:
    if derived.matrix is None:
        return ["\n".join(formulas(derived)) or _NO_FORMULA]
    series = [form for form in derived.blocks if isinstance(form, Series)]
    invariants = list(dict.fromkeys(s.invariant for s in series if s.invariant is not None))
    letters = [
        sp.Symbol("Delta" if len(invariants) == 1 else f"Delta_{i}")
        for i in range(1, len(invariants) + 1)
    ]
    short = derived.matrix.xreplace(dict(zip(invariants, letters, strict=True)))
    return [
        "\n".join(formulas(derived)),
        *(write(letter.name, z) for letter, z in zip(letters, invariants, strict=True)),
        write("exp(A)", short),
    ]


def _pretty(name: str, value: sp.Basic) -> str:
    # SymPy writes the indices of single symbols small, but not those within brackets.
    name = re.sub(r"E_\d+", lambda found: sp.pretty(sp.Symbol(found[0]), use_unicode=True), name)
    equation = sp.Eq(sp.Symbol(name), value, evaluate=False)
    return sp.pretty(equation, use_unicode=True, wrap_line=False)


def _latex(name: str, value: sp.Basic) -> str:
    words = {"exp(A)": r"\exp(A)", "m": r"m(\lambda)"}
    left = words.get(name, re.sub(r"_(\d+)", r"_{\1}", name.replace("Delta", r"\Delta")))
    return f"{left} = {sp.latex(value)}"
