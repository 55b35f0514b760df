"""The source of one generated function and its vector-Jacobian product."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from liealg.codegen.kernel import Argument, Kernel, entry_names
from liealg.codegen.program import Program
from liealg.codegen.tensorflow import (
    WIDTH,
    Body,
    call_with_entries,
    call_with_rows,
    unpacking,
)

_IN_PLANES = ("exp", "act")
"""Kernels whose results take more than a few operations each: see `liealg.runtime.planes`."""


def function_with_gradient(kernel: Kernel, docstring: str, public_name: str) -> list[str]:
    """The vector-Jacobian product, then the function decorated with it.

    Parameters
    ----------
    kernel
        The function.
    docstring
        Its text, without quotes.
    public_name
        Its name in the module.
    """
    vjp_name = f"_{public_name.lstrip('_')}_vjp"
    shapes = ", ".join(str(list(argument.shape)) for argument in kernel.arguments)
    complex_names = [f'"{a.name}"' for a in kernel.arguments if a.imaginary]
    extra = f", complex_arguments=[{', '.join(complex_names)}]" if complex_names else ""
    extra += ", planes=True" if kernel.name in _IN_PLANES else ""
    return [
        *_vjp(kernel, vjp_name),
        "",
        "",
        f"@with_vjp({vjp_name}, shapes=[{shapes}]{extra})",
        *signature(public_name, [a.name for a in kernel.arguments], "tf.Tensor"),
        *quoted(docstring),
        *_body(kernel.shared),
    ]


def _vjp(kernel: Kernel, name: str) -> list[str]:
    parts = kernel.vector_jacobian_product()
    returned = "tf.Tensor" if len(parts) == 1 else "tuple[tf.Tensor, ...]"
    arguments = parts[0].arguments
    names = [argument.name for argument in arguments]
    lines = [*signature(name, names, returned), *quoted(_vjp_words(kernel))]
    program = parts[0].program
    roots = [node for part in parts for node in part.outputs]
    result_names = [f"{v}_bar" for part in parts for v in _argument(part).variables]
    body = Body(program, roots, parts[0].names, result_names)
    lines += _unpackings(arguments, program, roots) + body.lines
    results = iter(body.results)
    if len(parts) == 1:
        return lines + _stacked("return", parts[0], [next(results) for _ in parts[0].outputs])
    for part in parts:
        lines += _stacked(f"{part.name} =", part, [next(results) for _ in part.outputs])
    return [*lines, f"    return {', '.join(part.name for part in parts)}"]


def _vjp_words(kernel: Kernel) -> str:
    product = {
        "hat": "A",
        "vee": "theta",
        "exp": "exp(A)",
        "assembled": "exp(A)",
        "act": "exp(A) x",
        "scalars": "scalars",
    }[kernel.name]
    *most, last = [argument.name for argument in kernel.arguments]
    by = f"{', '.join(most)} and {last}" if most else last
    return f"Gradient of sum(cotangent * {product}) by {by}."


def signature(name: str, arguments: Sequence[str], returned: str) -> list[str]:
    """The line that begins a function of tensors, or several where it is too long for one.

    Examples
    --------
    >>> signature("exp", ["theta"], "tf.Tensor")
    ['def exp(theta: tf.Tensor) -> tf.Tensor:']
    """
    listed = [f"{argument}: tf.Tensor" for argument in arguments]
    line = f"def {name}({', '.join(listed)}) -> {returned}:"
    if len(line) <= WIDTH:
        return [line]
    return [f"def {name}(", f"    {', '.join(listed)}", f") -> {returned}:"]


def quoted(docstring: str) -> list[str]:
    """A docstring as indented lines with its quotes; long paragraphs are wrapped before.

    Examples
    --------
    >>> quoted("One line.")
    ['    \"\"\"One line.\"\"\"']
    """
    lines = docstring.strip().split("\n")
    if len(lines) == 1:
        return [f'    """{lines[0]}"""']
    return textwrap.indent('"""' + "\n".join(lines) + '\n"""', "    ").split("\n")


def _body(kernel: Kernel) -> list[str]:
    letters = ["y" if kernel.name == "act" else kernel.name]
    if kernel.imaginary:
        letters = ["alpha", "beta"] if kernel.name == "vee" else ["re", "im"]
    result_names = [name for letter in letters for name in entry_names(letter, kernel.shape)]
    body = Body(kernel.program, kernel.outputs, kernel.names, result_names)
    lines = _unpackings(kernel.arguments, kernel.program, kernel.outputs) + body.lines
    return lines + _stacked("return", kernel, body.results)


def _unpackings(arguments: Sequence[Argument], program: Program, roots: Sequence[int]) -> list[str]:
    used = {
        node.name
        for number in program.reachable(roots)
        if hasattr(node := program.nodes[number], "name")
    }
    lines: list[str] = []
    for argument in arguments:
        if not argument.shape:
            continue
        parts = [(argument.real, argument.name)]
        if argument.imaginary:
            parts = [
                (argument.real, f"tf.math.real({argument.name})"),
                (argument.imaginary, f"tf.math.imag({argument.name})"),
            ]
        for variables, value in parts:
            names = [name if name in used else "_" for name in variables]
            if set(names) != {"_"}:
                lines += _unpacking(names, argument.shape, value)
    return lines


def _unpacking(names: Sequence[str], shape: tuple[int, ...], value: str) -> list[str]:
    if len(shape) == 1:
        return unpacking(names, f"vector_entries({value})")
    columns = shape[1]
    rows = [names[i : i + columns] for i in range(0, len(names), columns)]
    targets = [_row_target(row) for row in rows]
    return unpacking(targets, f"matrix_entries({value})")


def _row_target(row: Sequence[str]) -> str:
    if set(row) == {"_"}:
        return "_"
    return f"({', '.join(row)})" if len(row) > 1 else f"({row[0]},)"


def _argument(part: Kernel) -> Argument:
    """The argument whose cotangent a part computes."""
    return next(a for a in part.arguments if f"{a.name}_bar" == part.name)


def _stacked(target: str, kernel: Kernel, results: Sequence[str]) -> list[str]:
    size = len(kernel.real)
    entries = list(results[:size])
    if not kernel.shape:
        (scalar,) = entries
        if scalar == "0":  # the cotangent of a parameter that the function does not depend on
            scalar = f"tf.zeros_like({kernel.name.removesuffix('_bar')})"
        return [] if target == f"{scalar} =" else [f"    {target} {scalar}"]
    prefix = ""
    if kernel.imaginary:
        prefix = "complex_"
        pairs = zip(results[:size], results[size:], strict=True)
        entries = [f"({re}, {im})" for re, im in pairs]
    if len(kernel.shape) == 1:
        return call_with_entries(target, f"{prefix}vector", entries)
    columns = kernel.shape[1]
    rows = [entries[i : i + columns] for i in range(0, size, columns)]
    return call_with_rows(target, f"{prefix}matrix", rows)
