"""The functions of a generated module entry by entry: hat, vee and exp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.codegen.build import build
from liealg.codegen.kernel import Argument, Kernel, entry_names
from liealg.codegen.program import Call, Product, Program, Sum
from liealg.derive.blocks import Block
from liealg.derive.entries import entries
from liealg.derive.exponential import Exponential
from liealg.derive.form import Form


def theta_argument(basis: MatrixBasis) -> Argument:
    """The coefficients: ``theta``, or ``alpha + i beta`` where they are complex."""
    shape = (basis.dim,)
    if basis.complex_coefficients:
        return Argument("theta", shape, entry_names("alpha", shape), entry_names("beta", shape))
    return Argument("theta", shape, entry_names("theta", shape))


def parameter_arguments(basis: MatrixBasis) -> tuple[Argument, ...]:
    """The parameters of the basis, scalars that come after all other arguments."""
    return tuple(Argument(p.name, (), (p.name,)) for p in basis.parameters)


def hat_kernel(basis: MatrixBasis, block: Block | None = None) -> Kernel:
    """``theta [k]`` to ``A [n, n]``, or to one diagonal block of it."""
    element = basis.over_reals.element() if block is None else block.element
    arguments = (theta_argument(basis), *parameter_arguments(basis))
    return _kernel_of_matrix(arguments, element, basis.is_complex)


def span_kernel(block: Block, is_complex: bool) -> Kernel:
    """Real coefficients of a block's own, ``x [m]``, to its matrix."""
    names = tuple(symbol.name for symbol in block.symbols)
    return _kernel_of_matrix((Argument("x", (len(names),), names),), block.element, is_complex)


def _kernel_of_matrix(
    arguments: tuple[Argument, ...], element: sp.MatrixBase, is_complex: bool
) -> Kernel:
    program = Program()
    pairs = [sp.expand(entry).as_real_imag() for entry in element]
    real = tuple(build(program, re) for re, _ in pairs)
    imaginary = tuple(build(program, im) for _, im in pairs) if is_complex else ()
    return Kernel("hat", arguments, element.shape, program, real, imaginary, {})


def scalars_kernel(basis: MatrixBasis, scalars: Sequence[sp.Expr]) -> Kernel:
    """``theta [k]`` to real polynomials in the coefficients, ``[m]``."""
    program = Program()
    real = tuple(build(program, scalar) for scalar in scalars)
    arguments = (theta_argument(basis), *parameter_arguments(basis))
    return Kernel("scalars", arguments, (len(real),), program, real, (), {})


def vee_kernel(basis: MatrixBasis) -> Kernel:
    """``A [n, n]`` to ``theta [k]``, the least-squares coefficients."""
    shape = (basis.n, basis.n)
    if basis.is_complex:
        argument = Argument("A", shape, entry_names("re", shape), entry_names("im", shape))
    else:
        argument = Argument("A", shape, entry_names("a", shape))
    program = Program()
    entries = [program.variable(name) for name in argument.variables]
    weights = basis.projection
    outputs = tuple(
        program.add(
            (number, program.multiply([build(program, rest), entry]))
            for number, rest, entry in _weighted(list(weights.row(i)[: len(entries)]), entries)
        )
        for i in range(weights.rows)
    )
    arguments = (argument, *parameter_arguments(basis))
    real, imaginary = outputs[: basis.dim], outputs[basis.dim :]
    return Kernel("vee", arguments, (basis.dim,), program, real, imaginary, {})


def _weighted(
    weights: Sequence[sp.Expr], entries: Sequence[int]
) -> Iterator[tuple[sp.Expr, sp.Expr, int]]:
    """For each entry the number and the function of the parameters that it is multiplied by."""
    for weight, entry in zip(weights, entries, strict=True):
        if weight.free_symbols:
            yield *sp.factor(weight).as_independent(*weight.free_symbols, as_Add=False), entry
        else:
            yield weight, sp.S.One, entry


def exp_kernel(exponential: Exponential) -> Kernel:
    """``theta [k]`` to ``exp(A) [n, n]``, entry by entry from the derived formula."""
    assert exponential.parts is not None
    return _kernel_of_entries(exponential.basis, *exponential.parts)


def block_exp_kernel(basis: MatrixBasis, form: Form, less_identity: bool = False) -> Kernel:
    """The same for one diagonal block, or a factor of it, or for what it has beyond 1."""
    return _kernel_of_entries(basis, *entries(form, less_identity=less_identity))


def _kernel_of_entries(basis: MatrixBasis, re: sp.Matrix, im: sp.Matrix) -> Kernel:
    program = Program()
    real = tuple(build(program, entry) for entry in re)
    imaginary = tuple(build(program, entry) for entry in im) if basis.is_complex else ()
    arguments = (theta_argument(basis), *parameter_arguments(basis))
    return Kernel("exp", arguments, re.shape, program, real, imaginary, argument_names(program))


def assembly_kernel(
    basis: MatrixBasis, n: int, blocks: Sequence[Form], less_identity: bool
) -> Kernel:
    """The exponentials of the diagonal blocks, ``X1, X2, ..``, to that of the whole.

    The rows of no block are those of the identity, or zero where that is taken off.
    """
    program = Program()
    zero = program.constant(sp.S.Zero)
    real, imaginary = [zero] * n**2, [zero] * n**2
    if not less_identity:
        real[:: n + 1] = [program.constant(sp.S.One)] * n
    arguments = []
    for number, form in enumerate(blocks, 1):
        argument = _block_argument(f"x{number}_", form.block.n, basis.is_complex)
        arguments.append(argument)
        places = [row * n + column for row in form.block.rows for column in form.block.rows]
        for target, names in ((real, argument.real), (imaginary, argument.imaginary)):
            for place, name in zip(places, names, strict=False):
                target[place] = program.variable(name)
    shown = tuple(imaginary) if basis.is_complex else ()
    return Kernel("assembled", tuple(arguments), (n, n), program, tuple(real), shown, {})


def _block_argument(letters: str, n: int, is_complex: bool) -> Argument:
    shape, name = (n, n), letters.rstrip("_").upper()
    if is_complex:
        return Argument(
            name, shape, entry_names(f"re_{letters}", shape), entry_names(f"im_{letters}", shape)
        )
    return Argument(name, shape, entry_names(letters, shape))


def argument_names(program: Program) -> dict[int, str]:
    """The invariants are called ``delta``, numbered where there are several; ``s`` the shift."""
    names: dict[int, str] = {}
    for function, word in (("stumpff", "delta"), ("exp", "s")):
        nodes = [
            node.argument
            for node in program.nodes
            if isinstance(node, Call) and node.function == function
        ]
        distinct = [n for n in dict.fromkeys(nodes) if isinstance(program.nodes[n], Sum | Product)]
        for count, number in enumerate(distinct, 1):
            names[number] = word if len(distinct) == 1 else f"{word}{count}"
    return names
