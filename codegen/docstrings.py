"""The words of a generated module."""

from __future__ import annotations

import textwrap

from liealg.algebra import MatrixBasis
from liealg.derive.describe import formulas
from liealg.derive.exponential import Exponential
from liealg.derive.plain_text import plain_words
from liealg.names import class_name

_STUMPFF = (
    "Here c_k(z) = sum_j z^j / (2 j + k)! are the Stumpff functions, c0 = cosh(sqrt(z)) and "
    "c1 = sinh(sqrt(z)) / sqrt(z), real and smooth for z of either sign."
)


def module(derived: Exponential, stamp: str, errors: str) -> str:
    """The docstring of the module.

    Parameters
    ----------
    derived
        The derived exponential.
    stamp
        The lines that name generator and definition.
    errors
        A paragraph on what errors were measured, or nothing.
    """
    basis = derived.basis
    kind = plain_words(f"Kind: {derived.kind}, since {derived.reason}.")
    complex_ = "complex " if basis.complex_coefficients else ""
    parts = [
        f"{basis.name}: the exponential of a {basis.dim}-dimensional {complex_}span of {basis.n} x "
        f"{basis.n} matrices.",
        _parameters(basis),
        _filled(kind, ""),
        _formula_block(derived),
        _filled(errors, ""),
        stamp,
    ]
    return "\n\n".join(part for part in parts if part)


def function(name: str, derived: Exponential) -> str:
    """The docstring of ``hat``, ``vee``, ``exp`` or ``act``."""
    return {"hat": _hat, "vee": _vee, "exp": _exp, "act": _act}[name](derived)


def layer(derived: Exponential) -> str:
    """The docstring of the Keras layer."""
    basis = derived.basis
    output = "complex64 or complex128" if basis.is_complex else "the layer's compute dtype"
    more = "; parameters, their values, and train_parameters." if basis.parameters else "."
    values = ", ".join(f'"{symbol.name}": 0.5' for symbol in basis.parameters)
    given = f"parameters={{{values}}}" if values else ""
    held = f" (held as [2, {basis.dim}])" if basis.complex_coefficients else ""
    return _with_sections(
        f"Keras layer y = exp(sum_i a_i E_i) x with trainable a of shape [{basis.dim}]{held}.",
        f"Input x [..., {basis.n}], output y of the same shape in {output}. The arguments are "
        "those of LieLayer: initializer (zeros: the layer starts as the identity), regularizer and "
        f"constraint of a, as Keras takes them{more}",
        "",
        [
            "Examples",
            "--------",
            f">>> layer = {class_name(basis.name)}({given})",
            f">>> layer(tf.ones([5, {basis.n}])).shape",
            f"TensorShape([5, {basis.n}])",
        ],
    )


def _hat(derived: Exponential) -> str:
    basis = derived.basis
    return _with_sections(
        f"Matrix A = sum_i theta_i E_i of the coefficients theta [..., {basis.dim}].",
        f"Shape [..., {basis.n}, {basis.n}], {_dtypes(derived)}; the inverse of vee."
        + _scalars(basis),
        "",
        [],
    )


def _vee(derived: Exponential) -> str:
    basis = derived.basis
    return _with_sections(
        f"Coefficients theta [..., {basis.dim}] of a matrix A [..., {basis.n}, {basis.n}].",
        "The inverse of hat; for a matrix off the span those of the nearest element in the "
        "Frobenius norm." + _scalars(basis),
        "",
        [],
    )


def _exp(derived: Exponential) -> str:
    basis = derived.basis
    example = [
        "Examples",
        "--------",
        f">>> exp(tf.zeros([5, {basis.dim}]){_values(basis)}).shape",
        f"TensorShape([5, {basis.n}, {basis.n}])",
    ]
    return _with_sections(
        f"Exponential exp(A) of A = sum_i theta_i E_i, theta [..., {basis.dim}].",
        f"Shape [..., {basis.n}, {basis.n}], {_dtypes(derived)}." + _scalars(basis),
        _formula_block(derived, _sources(derived)),
        example,
    )


def _act(derived: Exponential) -> str:
    basis = derived.basis
    return _with_sections(
        f"Product exp(A) x, theta [..., {basis.dim}] and x [..., {basis.n}].",
        f"Shape [..., {basis.n}]; the batch dimensions of theta and x broadcast." + _scalars(basis),
        "",
        [
            "Examples",
            "--------",
            f">>> act(tf.zeros([{basis.dim}]), tf.ones([7, {basis.n}]){_values(basis)}).shape",
            f"TensorShape([7, {basis.n}])",
        ],
    )


def _formula_block(derived: Exponential, source: str = "") -> str:
    lines = "\n".join(
        textwrap.fill(line, 88, initial_indent="    ", subsequent_indent="        ")
        for line in formulas(derived)
    )
    needs_stumpff = any(form.uses_stumpff for form in derived.blocks)
    words = " ".join(part for part in (_STUMPFF if needs_stumpff else "", source) if part)
    return "\n\n".join(part for part in (lines, _filled(words, "")) if part)


def _sources(derived: Exponential) -> str:
    sources = dict.fromkeys(form.source for form in derived.blocks)
    return f"{'Source' if len(sources) == 1 else 'Sources'}: {'; '.join(sources)}."


def _parameters(basis: MatrixBasis) -> str:
    names = ", ".join(symbol.name for symbol in basis.parameters)
    return f"Parameters, given at run time: {names}." if names else ""


def _scalars(basis: MatrixBasis) -> str:
    names = [symbol.name for symbol in basis.parameters]
    if not names:
        return ""
    what = "is a number" if len(names) == 1 else "are numbers"
    return f" {' and '.join(names)} {what}, or one for each element [...]."


def _values(basis: MatrixBasis) -> str:
    """Arguments of an example for the parameters."""
    return "".join(", 0.5" for _ in basis.parameters)


def _dtypes(derived: Exponential) -> str:
    if derived.basis.complex_coefficients:
        return "complex64 or complex128"
    if derived.basis.is_complex:
        return "complex64 for float32 coefficients and complex128 for float64"
    return "in the dtype of the coefficients"


def _with_sections(summary: str, text: str, formula: str, example: list[str]) -> str:
    parts = [summary, _filled(text, ""), formula, "\n".join(example)]
    return "\n\n".join(part for part in parts if part)


def _filled(text: str, indent: str) -> str:
    return textwrap.fill(text, 92, initial_indent=indent, subsequent_indent=indent)
