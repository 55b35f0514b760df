"""The function ``exp`` of a generated module, with the functions it is put together from."""

from __future__ import annotations

from liealg.algebra import MatrixBasis
from liealg.codegen import docstrings
from liealg.codegen.functions import function_with_gradient, quoted, signature
from liealg.codegen.kernels import (
    assembly_kernel,
    block_exp_kernel,
    exp_kernel,
    hat_kernel,
    scalars_kernel,
)
from liealg.derive.exponential import Exponential
from liealg.derive.form import Form, MatrixForm
from liealg.derive.series import Series

Section = list[str]
"""The lines of one function."""


def exp_functions(derived: Exponential) -> list[Section]:
    """``exp`` last, before it what it calls.

    Entry by entry where all blocks are; otherwise each block has a function of its own, and a last
    one puts their results together, unless there is only one.
    """
    if derived.parts is not None:
        doc = docstrings.function("exp", derived)
        return [function_with_gradient(exp_kernel(derived), doc, "exp")]
    basis = derived.basis
    if len(derived.blocks) == 1:
        (form,) = derived.blocks
        before, call = _of_block(basis, form, "hat", "")
        return [*before, _exp(derived, call)]
    sections, calls = [], []
    for number, form in enumerate(derived.blocks, 1):
        before, call = _of_block(basis, form, f"_hat{number}", str(number))
        sections += before
        calls.append(call)
    words = "Put the exponentials of the diagonal blocks together."
    assembly = function_with_gradient(assembly_kernel(derived), words, "_assembled")
    return [*sections, assembly, _exp(derived, f"_assembled({', '.join(calls)})")]


def _exp(derived: Exponential, value: str) -> Section:
    names = ["theta", *(symbol.name for symbol in derived.basis.parameters)]
    doc = quoted(docstrings.function("exp", derived))
    return [*signature("exp", names, "tf.Tensor"), *doc, f"    return {value}"]


def _of_block(basis: MatrixBasis, form: Form, hat: str, number: str) -> tuple[list[Section], str]:
    """The functions that the exponential of a block needs, and the call that gives it."""
    listed = ", ".join(["theta", *(symbol.name for symbol in basis.parameters)])
    rows = f"rows {form.block.listed_rows}"
    if isinstance(form, Series):
        words = f"Exponential of the block of {rows}."
        kernel = block_exp_kernel(basis, form)
        return [function_with_gradient(kernel, words, f"_exp{number}")], f"_exp{number}({listed})"
    assert isinstance(form, MatrixForm)
    sections = []
    if hat != "hat":
        words = f"The block of {rows} of A."
        sections.append(function_with_gradient(hat_kernel(basis, form.block), words, hat))
    arguments = [f"{hat}({listed})"]
    if form.scalars:
        words = "Polynomials in the coefficients that the exponential is computed with."
        kernel = scalars_kernel(basis, form)
        sections.append(function_with_gradient(kernel, words, f"_scalars{number}"))
        arguments.append(f"_scalars{number}({listed})")
    arguments += [f"{name}={value!r}" for name, value in form.keywords.items()]
    return sections, f"{form.function}({', '.join(arguments)})"
