"""The functions of a generated module as programs: hat, vee, exp and the action on vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy as sp

from liealg.algebra import MatrixBasis
from liealg.codegen.build import build
from liealg.codegen.naming import MULTIPLES
from liealg.codegen.program import Call, Product, Program, Sum
from liealg.codegen.reverse import vector_jacobian_product
from liealg.codegen.share import share
from liealg.derive.exponential import Exponential
from liealg.derive.series import Series


@dataclass(frozen=True)
class Argument:
    """A tensor argument or result of a kernel.

    Attributes
    ----------
    name
        Its name.
    shape
        Its trailing dimensions: ``(k,)`` for a vector, ``(n, n)`` for a matrix, ``()`` for a
        scalar.
    real, imaginary
        The variable that holds each entry's real and imaginary part, row by row; ``imaginary`` is
        empty where the tensor is real.
    """

    name: str
    shape: tuple[int, ...]
    real: tuple[str, ...]
    imaginary: tuple[str, ...] = ()

    @property
    def variables(self) -> tuple[str, ...]:
        """All variables."""
        return self.real + self.imaginary


@dataclass(frozen=True)
class Kernel:
    """A function of tensors as a program over their entries.

    Attributes
    ----------
    name
        The function's name in the generated module.
    arguments
        What it takes.
    shape
        The trailing dimensions of its result.
    program
        Computes the entries of the result.
    real, imaginary
        The nodes of the real and imaginary parts, row by row; ``imaginary`` is empty where the
        result is real.
    names
        Names that nodes should have in the generated code.
    """

    name: str
    arguments: tuple[Argument, ...]
    shape: tuple[int, ...]
    program: Program
    real: tuple[int, ...]
    imaginary: tuple[int, ...]
    names: dict[int, str]

    def __post_init__(self) -> None:
        taken = [argument.name for argument in self.arguments if argument.shape]
        taken += [variable for argument in self.arguments for variable in argument.variables]
        assert len(set(taken)) == len(taken), f"two arguments of one name among {taken}"

    @property
    def outputs(self) -> tuple[int, ...]:
        """All nodes of the result."""
        return self.real + self.imaginary

    @cached_property
    def shared(self) -> Kernel:
        """The same function, common parts of products and sums computed once."""
        program, place = share(self.program, self.outputs)
        return Kernel(
            self.name,
            self.arguments,
            self.shape,
            program,
            tuple(place[node] for node in self.real),
            tuple(place[node] for node in self.imaginary),
            {place[node]: name for node, name in self.names.items() if node in place},
        )

    @property
    def operation_count(self) -> int:
        """Operations of the shared program."""
        return self.shared.program.operation_count(self.shared.outputs)

    @property
    def cotangent(self) -> Argument:
        """The cotangent of the result, the last argument of the vector-Jacobian product."""
        letters = ("g", "h") if len(self.shape) == 1 else ("re", "im")
        if self.imaginary:
            real, imaginary = (entry_names(letter, self.shape) for letter in letters)
            return Argument("cotangent", self.shape, real, imaginary)
        return Argument("cotangent", self.shape, entry_names("g", self.shape))

    def vector_jacobian_product(self) -> tuple[Kernel, ...]:
        """The cotangent of each argument, in one program."""
        program, cotangent = self.program, self.cotangent
        given: dict[int, list[int]] = {}
        for node, name in zip(self.outputs, cotangent.variables, strict=True):
            if program.constant_value(node) is None:
                given.setdefault(node, []).append(program.variable(name))
        inputs = {a.name: [program.variable(v) for v in a.variables] for a in self.arguments}
        flat = [node for nodes in inputs.values() for node in nodes]
        found = vector_jacobian_product(program, given, flat)
        bars = _cotangent_names(program, found, self.names)
        shared, place = share(program, [found[node] for node in flat])
        names = {place[n]: name for n, name in {**bars, **self.names}.items() if n in place}
        return tuple(
            Kernel(
                f"{argument.name}_bar",
                (*self.arguments, cotangent),
                argument.shape,
                shared,
                tuple(place[found[node]] for node in inputs[argument.name][: len(argument.real)]),
                tuple(place[found[node]] for node in inputs[argument.name][len(argument.real) :]),
                names,
            )
            for argument in self.arguments
        )


def entry_names(letter: str, shape: tuple[int, ...]) -> tuple[str, ...]:
    """Names for the entries of a vector or matrix.

    Examples
    --------
    >>> entry_names("g", (2, 2))
    ('g11', 'g12', 'g21', 'g22')
    """
    if len(shape) == 1:
        return tuple(f"{letter}{i}" for i in range(1, shape[0] + 1))
    between = "_" if max(shape) > 9 else ""
    rows, columns = shape
    return tuple(
        f"{letter}{i}{between}{j}" for i in range(1, rows + 1) for j in range(1, columns + 1)
    )


def theta_argument(basis: MatrixBasis) -> Argument:
    """The coefficients: ``theta``, or ``alpha + i beta`` where they are complex."""
    shape = (basis.dim,)
    if basis.complex_coefficients:
        return Argument("theta", shape, entry_names("alpha", shape), entry_names("beta", shape))
    return Argument("theta", shape, entry_names("theta", shape))


def parameter_arguments(basis: MatrixBasis) -> tuple[Argument, ...]:
    """The parameters of the basis, scalars that come after all other arguments."""
    return tuple(Argument(p.name, (), (p.name,)) for p in basis.parameters)


def hat_kernel(basis: MatrixBasis) -> Kernel:
    """``theta [k]`` to ``A [n, n]``."""
    program = Program()
    pairs = [sp.expand(entry).as_real_imag() for entry in basis.over_reals.element()]
    real = tuple(build(program, re) for re, _ in pairs)
    imaginary = tuple(build(program, im) for _, im in pairs) if basis.is_complex else ()
    shape = (basis.n, basis.n)
    arguments = (theta_argument(basis), *parameter_arguments(basis))
    return Kernel("hat", arguments, shape, program, real, imaginary, {})


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
    basis = exponential.basis
    assert exponential.parts is not None
    program = Program()
    real = tuple(build(program, entry) for entry in exponential.parts[0])
    imaginary = tuple(build(program, entry) for entry in exponential.parts[1])
    return Kernel(
        "exp",
        (theta_argument(basis), *parameter_arguments(basis)),
        (basis.n, basis.n),
        program,
        real,
        imaginary if basis.is_complex else (),
        _argument_names(program),
    )


def act_kernel(exponential: Exponential) -> Kernel | None:
    """``theta [k], x [n]`` to ``exp(A) x`` by repeated products with vectors.

    ``None`` where forming the matrix takes fewer operations, and for complex matrices.
    """
    basis = exponential.basis
    if basis.is_complex or not exponential.blocks:
        return None
    theta, x = theta_argument(basis), Argument("x", (basis.n,), entry_names("x", (basis.n,)))
    program = Program()
    variables = [program.variable(name) for name in x.variables]
    names: dict[int, str] = {}
    outputs = dict(enumerate(variables))
    for series in exponential.blocks:
        outputs.update(_act_on_block(program, series, variables, names))
    names |= _argument_names(program)
    real = tuple(outputs[i] for i in range(basis.n))
    arguments = (theta, x, *parameter_arguments(basis))
    kernel = Kernel("act", arguments, (basis.n,), program, real, (), names)
    by_matrix = exp_kernel(exponential).operation_count + basis.n * (2 * basis.n - 1)
    return kernel if kernel.operation_count < by_matrix else None


def _act_on_block(
    program: Program, series: Series, x: Sequence[int], names: dict[int, str]
) -> dict[int, int]:
    """``exp(s) sum_j f_j B^j x`` on the rows of one block."""
    rows = series.block.rows
    entries = [[build(program, entry) for entry in row] for row in _rows(series)]
    vector = [x[row] for row in rows]
    letter = "a" if series.shift == 0 else "b"
    terms: list[list[tuple[sp.Expr, int]]] = [[] for _ in rows]
    for power, f in enumerate(series.coefficients):
        if power > 0:
            products = [
                [program.multiply([e, v]) for e, v in zip(row, vector, strict=True)]
                for row in entries
            ]
            vector = [program.add([(sp.S.One, node) for node in row]) for row in products]
            for row, node in zip(rows, vector, strict=True):
                if isinstance(program.nodes[node], Sum | Product):
                    names.setdefault(node, f"{letter * power}x{row + 1}")
        for total, node in zip(terms, vector, strict=True):
            if f.is_Rational:
                total.append((f, node))
            else:
                total.append((sp.S.One, program.multiply([build(program, f), node])))
    growth = build(program, sp.exp(series.shift))
    return {
        row: program.multiply([growth, program.add(total)])
        for row, total in zip(rows, terms, strict=True)
    }


def _rows(series: Series) -> list[list[sp.Expr]]:
    element = series.shifted_element().applyfunc(sp.factor_terms)
    return [list(element.row(i)) for i in range(element.rows)]


def _argument_names(program: Program) -> dict[int, str]:
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


def _cotangent_names(
    program: Program, found: dict[int, int], names: dict[int, str]
) -> dict[int, str]:
    """``x_bar`` for the cotangent of ``x``, where ``x`` has a name."""
    bars: dict[int, str] = {}
    for node, bar in found.items():
        name = names.get(node)
        call = program.nodes[node]
        if name is None and isinstance(call, Call) and call.function == "stumpff":
            suffix = names.get(call.argument, "delta").removeprefix("delta")
            name = f"c{call.order}_{suffix}" if suffix else f"c{call.order}"
        if name is None:
            continue
        multiple = ""
        cotangent = program.nodes[bar]
        if isinstance(cotangent, Sum) and cotangent.constant == 0 and len(cotangent.terms) == 1:
            # A number is drawn out of what is stored: c x_bar is held as x_bar with c elsewhere.
            number, bar = cotangent.terms[0]
            if 1 / number not in MULTIPLES:
                continue
            multiple = f"{MULTIPLES[1 / number]}_"
        if isinstance(program.nodes[bar], Sum | Product):
            bars.setdefault(bar, f"{multiple}{name}_bar")
    return bars
