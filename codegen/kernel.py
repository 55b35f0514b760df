"""A function of tensors as a program over their entries, and its vector-Jacobian product."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from liealg.codegen.naming import MULTIPLES
from liealg.codegen.program import Call, Product, Program, Sum
from liealg.codegen.reverse import vector_jacobian_product
from liealg.codegen.share import share


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
