"""Errors of the functions that the generator writes, measured before they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product
from types import ModuleType
from typing import Any

from liealg.algebra import MatrixBasis

WORDS = "Errors measured"
"""How the paragraph of a module's docstring with its errors begins."""

_PARAMETER_VALUES = (-1.25, 0.5)
_PARAGRAPH = re.compile(rf"\n\n{WORDS}.*?(?=\n\n)", re.DOTALL)


def errors_of(basis: MatrixBasis, source: str, count: int = 48) -> list[Any]:
    """Measure the exponential in the source of a generated module, in both precisions.

    Parameters
    ----------
    basis
        Its definition. Where it has parameters, they get a few values, four combinations at most.
    source
        The module.
    count
        As in :func:`liealg.verify.standard_elements`.

    Returns
    -------
    list of liealg.verify.Errors
        The worst over all values of the parameters, for float32 and float64.

    Examples
    --------
    >>> from liealg.codegen.module import module_source
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> [errors.dtype for errors in errors_of(so2, module_source(so2))]
    ['float32', 'float64']
    """
    from liealg.verify import Errors, measure, standard_elements

    exp = function_of(basis.name, source)
    found: dict[str, list[Errors]] = {"float32": [], "float64": []}
    names = [symbol.name for symbol in basis.parameters]
    for values in _parameter_values(len(names)):
        special = basis.specialize(basis.name, **dict(zip(names, values, strict=True)))
        theta = standard_elements(special, count)
        for dtype, listed in found.items():
            listed.append(measure(special, _at(exp, values), theta, dtype))
    return [_worst(listed) for listed in found.values()]


def _parameter_values(count: int) -> list[tuple[float, ...]]:
    """All combinations of two values for one or two parameters; for more as many as for two."""
    chosen = product(_PARAMETER_VALUES, repeat=min(count, 2))
    return [tuple(values[i % 2] for i in range(count)) for values in chosen]


def words(errors: list[Any]) -> str:
    """The paragraph that says what was measured."""
    value = max(e.value.error for e in errors)
    gradient = max(e.gradient.error for e in errors)
    return (
        f"{WORDS} at {errors[0].count} elements of norms up to 50, in units of eps (1 + kappa), "
        f"float32 and float64: value {value:.1f}, gradient {gradient:.1f}."
    )


def without_errors(source: str) -> str:
    r"""The source without that paragraph: figures may differ in the last digit between machines.

    Examples
    --------
    >>> without_errors("so2.\n\nErrors measured: value 0.3.\n\nGenerated.")
    'so2.\n\nGenerated.'
    """
    return _PARAGRAPH.sub("", source)


def function_of(name: str, source: str) -> Callable[..., Any]:
    """The function ``exp`` of a module, without its layer, which Keras would register.

    Examples
    --------
    >>> from liealg.codegen.module import module_source
    >>> so2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])
    >>> function_of("so2", module_source(so2))([0.0]).shape
    TensorShape([2, 2])
    """
    module = ModuleType(name)
    functions = source[: source.index("\n@keras.saving")]
    exec(compile(functions, f"{name}.py", "exec"), vars(module))
    exp: Callable[..., Any] = module.exp
    return exp


def _at(exp: Callable[..., Any], values: tuple[float, ...]) -> Callable[[Any], Any]:
    import tensorflow as tf

    def at(theta: Any) -> Any:
        return exp(theta, *(tf.constant(x, theta.dtype.real_dtype) for x in values))

    return at


def _worst(listed: list[Any]) -> Any:
    from liealg.verify import Errors

    return Errors(
        listed[0].dtype,
        sum(e.count for e in listed),
        max((e.value for e in listed), key=lambda worst: worst.error),
        max((e.gradient for e in listed), key=lambda worst: worst.error),
    )
