"""The function ``exp`` of a generated module, with the functions it is put together from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.codegen import docstrings
from liealg.codegen.constants import constant
from liealg.codegen.functions import function_with_gradient, quoted, signature
from liealg.codegen.kernel import Kernel
from liealg.codegen.kernels import (
    assembly_kernel,
    block_exp_kernel,
    exp_kernel,
    scalars_kernel,
)
from liealg.codegen.linear_functions import hat_functions, span_functions
from liealg.codegen.tensorflow import WIDTH
from liealg.derive.conjugated import Conjugated
from liealg.derive.entries import is_entry_by_entry
from liealg.derive.exponential import Exponential
from liealg.derive.form import Form, MatrixForm
from liealg.derive.one_invariant_matrix import as_matrix_form
from liealg.derive.product import Product, is_scalar
from liealg.derive.series import Series

Section = list[str]
"""The lines of one function."""


def exp_functions(derived: Exponential) -> list[Section]:
    """``exp`` last, before it what it calls.

    Entry by entry where all blocks are; otherwise each block has a function of its own, and a last
    one puts their results together, unless there is only one.
    """
    doc = docstrings.function("exp", derived)
    if derived.parts is not None:
        return [function_with_gradient(exp_kernel(derived), doc, "exp")]
    pieces = _Pieces(derived.basis)
    value = pieces.assembled(derived.basis.n, derived.blocks)
    names = ["theta", *(symbol.name for symbol in derived.basis.parameters)]
    head = [*signature("exp", names, "tf.Tensor"), *quoted(doc)]
    return [*pieces.sections, [*head, *_returned(value)]]


class _Pieces:
    """The functions that an exponential is put together from, as they are needed.

    Parameters
    ----------
    basis
        The basis.

    Attributes
    ----------
    sections : list of Section
        The functions so far.
    """

    def __init__(self, basis: MatrixBasis) -> None:
        self.sections: list[Section] = []
        self._basis = basis
        self._arguments = ", ".join(["theta", *(symbol.name for symbol in basis.parameters)])
        self._names: set[str] = set()
        self._assemblies: dict[tuple[object, ...], str] = {}
        self._calls: dict[object, str] = {}

    def call(self, form: Form, less_identity: bool = False) -> str:
        """The call that gives the exponential of a block, or what it has beyond 1."""
        if is_entry_by_entry(form):
            words = f"Exponential of {_place(form)}{', less the identity' * less_identity}."
            kernel = block_exp_kernel(self._basis, form, less_identity)
            return f"{self.function('exp', kernel, words)}({self._arguments})"
        if isinstance(form, Product):
            return self._product(form, less_identity)
        if isinstance(form, Conjugated):
            return self._in_basis(form, less_identity)
        if isinstance(form, Series):
            form = as_matrix_form(form)
        assert isinstance(form, MatrixForm)
        if form.coefficients:
            given, hat = self._coefficients_and_hat(form)
        else:
            given, hat = self._hat(form), ""
        arguments = [given]
        if form.scalars:
            words = "Polynomials in the coefficients that the exponential is computed with."
            arguments.append(self._scalars("scalars", form.scalars, words))
        if hat:
            arguments.append(f"hat={hat}")
        keywords = {**form.keywords, **({"less_identity": True} if less_identity else {})}
        for name, value in keywords.items():
            # The formatter wants double quotes.
            written = f'"{value}"' if isinstance(value, str) else repr(value)
            arguments.append(f"{name}={written}")
        return f"{form.function}({', '.join(arguments)})"

    def assembled(self, n: int, blocks: Sequence[Form], less_identity: bool = False) -> str:
        """The call that gives the exponential of all blocks, or what it has beyond 1."""
        if len(blocks) == 1:
            return self.call(blocks[0], less_identity)
        others = [form for form in blocks if any(form.block.element)]
        calls = [self.call(form, less_identity) for form in others]
        words = "Put the exponentials of the diagonal blocks together."
        # With all rows in blocks there is nothing of the identity to put in.
        complete = sum(form.block.n for form in others) == n
        place = (*(form.block.rows for form in others), less_identity and not complete)
        if place not in self._assemblies:
            kernel = assembly_kernel(self._basis, n, others, less_identity)
            self._assemblies[place] = self.function("assembled", kernel, words)
        return f"{self._assemblies[place]}({', '.join(calls)})"

    def function(self, name: str, kernel: Kernel, words: str) -> str:
        """Add a function, and give its name, with a number where it is not the first."""
        numbered = self._unused(name)
        self.sections.append(function_with_gradient(kernel, words, numbered))
        return numbered

    def _unused(self, name: str) -> str:
        count = 1
        while (numbered := f"_{name}" if count == 1 else f"_{name}{count}") in self._names:
            count += 1
        self._names.add(numbered)
        return numbered

    def _hat(self, form: MatrixForm) -> str:
        if form.block.element == self._basis.over_reals.element():
            return f"hat({self._arguments})"
        if form.block.element not in self._calls:
            words = f"{_place(form).capitalize()}."
            name = self._unused("hat_part")
            self.sections += hat_functions(self._basis, words, name, form.block)
            self._calls[form.block.element] = f"{name}({self._arguments})"
        return self._calls[form.block.element]

    def _coefficients_and_hat(self, form: MatrixForm) -> tuple[str, str]:
        """Coefficients in which the matrix of a block is linear, and the function that it is."""
        assert form.linear is not None
        if form.coefficients == self._basis.symbols and not self._basis.complex_coefficients:
            return "theta", self._hat(form).split("(")[0]
        words = "Coefficients in which the matrix is linear."
        coefficients = self._scalars("coefficients", form.coefficients, words)
        if form.linear.element not in self._calls:
            name = self._unused("hat_part")
            words = f"{_place(form).capitalize()}, by such coefficients."
            self.sections += span_functions(form.linear, words, name, self._basis.is_complex)
            self._calls[form.linear.element] = name
        return coefficients, self._calls[form.linear.element]

    def _product(self, form: Product, less_identity: bool) -> str:
        """Scalar factors last: each multiplies the whole matrix."""
        factors = [factor for factor in form.factors if not is_scalar(factor)]
        calls = [self.call(factor, less_identity) for factor in factors]
        last = ", less_identity=True" * less_identity
        value = reduce(lambda left, right: f"matrix_product({left}, {right}{last})", calls)
        for factor in form.factors:
            if is_scalar(factor):
                assert isinstance(factor, Series)
                value = f"scaled({value}, {self._shift(factor.shift)}{last})"
        return value

    def _in_basis(self, form: Conjugated, less_identity: bool) -> str:
        """The blocks put together, with the basis as constants of the module.

        They are computed less the identity, if that can be and none is small beside it.
        """
        names = [self._unused("basis").upper(), self._unused("dual_basis").upper()]
        for name, matrix in zip(names, (form.T, form.T_inverse), strict=True):
            self.sections.append(constant(name, matrix))
        beyond = less_identity or (form.is_known_near_identity and not form.may_decay)
        blocks = self.assembled(form.block.n, form.blocks, less_identity=beyond)
        value = f"in_basis({', '.join([blocks, *names])})"
        return f"with_identity({value})" if beyond and not less_identity else value

    def _shift(self, shift: sp.Expr) -> str:
        words = "The multiple of the identity in A, whose exponential is a factor."
        re, im = shift.as_real_imag()
        return self._scalars("shift", (re,) if im == 0 else (re, im), words)

    def _scalars(self, name: str, scalars: tuple[sp.Expr, ...], words: str) -> str:
        if scalars not in self._calls:
            named = self.function(name, scalars_kernel(self._basis, scalars), words)
            self._calls[scalars] = f"{named}({self._arguments})"
        return self._calls[scalars]


def _returned(call: str) -> list[str]:
    """The last line of a function, with an argument to a line where it is too long."""
    line = f"    return {call}"
    if len(line) <= WIDTH:
        return [line]
    name, listed = call[:-1].split("(", 1)
    arguments, depth = [""], 0
    for character in listed:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            arguments.append("")
        else:
            arguments[-1] += character
    return [f"    return {name}(", *(f"        {a.strip()}," for a in arguments), "    )"]


def _place(form: Form) -> str:
    return f"the block of rows {form.block.listed_rows}"
