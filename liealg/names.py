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


# Names that generated code and formulas give to something else, and what that is.
_TAKEN_VARIABLES = (
    (r"theta|(theta|alpha|beta)_?\d+", "stands for the coefficients of the basis"),
    (r"A|x|cotangent", "is an argument of its functions"),
    (r"([aghxy]|re|im|exp|hat|vee)\d+(_\d+)?|[ab]+x\d+", "is an entry of a vector or matrix"),
    (r"s\d*|c\d+(_\d+)?|[dD]elta(_?\d+)?", "is a part of the formula of the exponential"),
    (r"E_\d+", "is an element of the basis"),
    (r".*_bar", "is a derivative"),
    (
        r"exp|hat|vee|act|tf|keras|stumpff|apply|expm|is_single|with_vjp"
        r"|(complex_)?(matrix|vector)(_entries)?",
        "is a function or a module",
    ),
)


def check_parameter_name(name: object) -> str:
    """Return the name if a parameter of generated functions can have it, and raise otherwise.

    Raises
    ------
    ValueError
        If the name is no ASCII Python identifier, a keyword or a builtin, or is what generated code
        or a formula calls something else.

    Examples
    --------
    >>> check_parameter_name("curvature")
    'curvature'
    >>> check_parameter_name("theta_1")
    Traceback (most recent call last):
    ...
    ValueError: the parameter name 'theta_1' is taken by generated code, where it stands for the \
coefficients of the basis; choose another
    """
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise ValueError(
            f"the parameter name {name!r} is no plain Python identifier; use letters, digits and "
            "underscores, and begin with a letter"
        )
    if keyword.iskeyword(name) or keyword.issoftkeyword(name) or hasattr(builtins, name):
        raise ValueError(f"the parameter name {name!r} is a word of Python; choose another")
    for pattern, what in _TAKEN_VARIABLES:
        if re.fullmatch(pattern, name):
            raise ValueError(
                f"the parameter name {name!r} is taken by generated code, where it {what}; choose "
                "another"
            )
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
