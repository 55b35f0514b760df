"""Names that may become the names of Python modules and classes."""

from __future__ import annotations

import builtins
import keyword
import re

# A file of one of these names, put beside a program, would hide the package it needs.
_TAKEN_MODULES = frozenset({"keras", "liealg", "numpy", "sympy", "tensorflow"})
# What a generated module imports or defines beside its layer.
_TAKEN_CLASSES = frozenset({"LieLayer"})


def check_name(name: object) -> str:
    """Return the name if it can be that of a module, and raise otherwise.

    Raises
    ------
    ValueError
        If the name is no ASCII Python identifier, starts with an underscore, is a keyword, or
        would hide a package that generated code needs.

    Examples
    --------
    >>> check_name("so3")
    'so3'
    """
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise ValueError(
            f"the name {name!r} is no plain Python identifier; use letters, digits and "
            "underscores, and begin with a letter"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise ValueError(f"the name {name!r} is a Python keyword; choose another")
    if name.lower() in _TAKEN_MODULES or class_name(name) in _TAKEN_CLASSES:
        raise ValueError(f"the name {name!r} is taken by what generated code imports")
    return name


# Names that generated code gives to its own arguments, intermediate results and functions.
_TAKEN_VARIABLES = re.compile(
    r"theta|cotangent|x|A|s|delta|exp|hat|vee|act|tf|keras|matrix|vector|stumpff|apply|expm"
    r"|(theta|alpha|beta|re|im|exp|hat|y|delta|sum|product|a+x|b+x|[abcghsxy])\d+(_\d+)?"
    r"|.*_bar|(half|twice|minus|four_times|one_over)_.*|liealg.*|is_single|with_vjp"
    r"|(complex_)?(matrix|vector)(_entries)?"
)


def check_parameter_name(name: object) -> str:
    """Return the name if a parameter of generated functions can have it, and raise otherwise.

    Raises
    ------
    ValueError
        If the name is no ASCII Python identifier, a keyword or a builtin, or is what generated code
        calls something else.

    Examples
    --------
    >>> check_parameter_name("curvature")
    'curvature'
    """
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise ValueError(
            f"the parameter name {name!r} is no plain Python identifier; use letters, digits and "
            "underscores, and begin with a letter"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or hasattr(builtins, name):
        raise ValueError(f"the parameter name {name!r} is a word of Python; choose another")
    if _TAKEN_VARIABLES.fullmatch(name):
        raise ValueError(f"the parameter name {name!r} is taken by generated code; choose another")
    return name


def class_name(name: str) -> str:
    """Name of the layer class for a basis: short symbols in capitals, words in camel case.

    Examples
    --------
    >>> [class_name(name) for name in ("so3", "heisenberg1", "rotation_and_squeeze")]
    ['SO3', 'Heisenberg1', 'RotationAndSqueeze']
    """
    if re.fullmatch(r"[a-z]{1,3}[0-9]+", name):
        return name.upper()
    return "".join(part[0].upper() + part[1:] for part in name.split("_") if part)
