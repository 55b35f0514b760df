"""How names of algebras are read."""

from __future__ import annotations

import re
from difflib import get_close_matches
from fractions import Fraction

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.catalogue.definition_files import defined_in, is_file_reference
from liealg.catalogue.families import FAMILIES, Family
from liealg.catalogue.representations import spin

_ALSO = {"se_2(3)": "se23", "sgal(3)": "sgal3"}
_COMPLEX = re.compile(r"sl\(\s*([0-9]+)\s*,\s*C\s*\)")
_REAL = re.compile(r"(sl|gl|sp|so)\(\s*([0-9]+)\s*,\s*R\s*\)")
_OTHER_COMPLEX = re.compile(r"((?:gl|sp|so)\(\s*[0-9]+)\s*,\s*C\s*\)")
_STEMS = sorted({family.name for family in FAMILIES}, key=len, reverse=True)
_FORM = re.compile(
    rf"(?P<stem>{'|'.join(_STEMS)})"
    r"(?:\((?P<listed>[^()]*)\)|(?P<half>[0-9]+[_/]2)|(?P<digits>[0-9]+)|(?P<apart>(?:_[0-9]+)+))?"
)


def families() -> tuple[Family, ...]:
    """The families that :func:`known` can build, with their arguments.

    Examples
    --------
    >>> [family.signature for family in families()][:3]
    ['so(n)', 'so(p, q)', 'sl(n)']
    """
    return FAMILIES


def known(name: str) -> LieAlgebra:
    """The algebra of this name.

    Sizes stand in brackets, ``so(5)``, ``so(3,2)``, ``spin(3/2)``, or behind the name: ``so5``,
    ``so32``, ``spin3_2``, or each behind an underscore: ``so_5``, ``so_3_2``. Where a family takes
    one size or two (so, su), each digit behind the name is a size of its own: ``so12`` is so(1, 2),
    and so(12) is ``so(12)`` or ``so_12``. Everywhere else the digits are one number:
    ``diagonal12`` is ``diagonal(12)``. ``se23`` is the single algebra se_2(3), ``sl(2,C)`` is
    ``slc(2)``, and ``sl(2,R)``, ``gl(2,R)``, ``sp(4,R)`` and ``so(3,R)`` are the real ones without
    the ``R``. The ``name`` of every algebra that is built here is read back as itself.

    A Lie algebra of a Python file of your own is named by the path and what it is called there,
    ``my_bases.py:affine``, or by the path alone if the file defines nothing else. The file is run.

    Raises
    ------
    ValueError
        If there is no such family, or the sizes are too many, too few, no numbers or out of range;
        if there is no such file or definition in it, or it is no ``LieAlgebra``.

    Examples
    --------
    >>> [known(name).name for name in ("so3", "so(5)", "so(3,2)", "sp(6)", "spin(3/2)")]
    ['so3', 'so5', 'so32', 'sp6', 'spin3_2']
    """
    if isinstance(name, str) and is_file_reference(name):
        found = defined_in(name)
        if len(found) == 1 and isinstance(found[0], LieAlgebra):
            return found[0]
        raise ValueError(_not_one_algebra(name, found))
    family, sizes = parsed(name)
    if sum(sizes) > family.largest:
        total = " + ".join(family.arguments)
        raise ValueError(
            f"{name!r} is out of range: by name, {total} is at most {family.largest}; call "
            f"liealg.catalogue.{family.make.__name__} for more"
        )
    return family.make(*sizes)


def parsed(name: str) -> tuple[Family, tuple[int | Fraction, ...]]:
    """The family that a name means, and the sizes, which may be out of range.

    Raises
    ------
    ValueError
        If there is no such family, or the sizes are too many, too few or no numbers.

    Examples
    --------
    >>> family, sizes = parsed("so32")
    >>> family.signature, sizes
    ('so(p, q)', (3, 2))
    """
    family, texts = _read(name)
    pairs = zip(texts, family.arguments, strict=True)
    return family, tuple(_size(text, letter, family) for text, letter in pairs)


def _not_one_algebra(reference: str, found: list[MatrixBasis]) -> str:
    """Why a file does not stand for one algebra."""
    if len(found) > 1:
        listed = ", ".join(basis.name for basis in found)
        return (
            f"{reference} defines {listed}; write {reference}:{found[0].name} for one, or take all "
            "from liealg.definitions"
        )
    return (
        f"{found[0].name!r} of {reference} is no LieAlgebra but a MatrixBasis; take it from "
        "liealg.definitions"
    )


def _read(name: str) -> tuple[Family, list[str]]:
    """The family that a name means, and its sizes as they are written."""
    if not isinstance(name, str):
        raise ValueError(f"there is no algebra {name!r}; a name is text, such as 'so(3)'")
    if (form := _form(name)) is None:
        raise ValueError(
            f"there is no algebra {name!r}, and it is no Python file; {_suggestion(name)}liealg "
            "list shows the families (liealg.catalogue.families() in Python)"
        )
    if other := _OTHER_COMPLEX.fullmatch(name):
        raise ValueError(
            f"of complex algebras sl(n, C) alone has a name, and {name!r} is made by LieAlgebra("
            f"name, known('{other[1]})').matrices, complex_coefficients=True)"
        )
    choices = [family for family in FAMILIES if family.name == form["stem"]]
    texts = _argument_texts(form, single=len(choices) == 1)
    for family in choices:
        if len(family.arguments) == len(texts):
            return family, texts
    takes = " or ".join(_count(family) for family in choices)
    raise ValueError(f"{form['stem']} takes {takes}, and {name!r} gives {len(texts) or 'none'}")


def _form(name: str) -> re.Match[str] | None:
    usual = _COMPLEX.sub(r"slc(\1)", _ALSO.get(name, name))
    return _FORM.fullmatch(_REAL.sub(r"\1(\2)", usual))


def _suggestion(name: str) -> str:
    """The nearest name in words, if one is near."""
    small = re.sub(r"\s", "", name.lower())
    letters = re.match(r"[a-z_]*", small)
    stem = letters[0] if letters else ""
    near = get_close_matches(stem, _STEMS, 1, 0.75)
    candidates = [small, small + ")", *(other + small.removeprefix(stem) for other in near), *near]
    found = next((c for c in candidates if _form(c) is not None), None)
    if found in _STEMS:
        signatures = [family.signature for family in FAMILIES if family.name == found]
        return f"did you mean {' or '.join(signatures)}? "
    return f"did you mean {found!r}? " if found else ""


def _argument_texts(form: re.Match[str], single: bool) -> list[str]:
    if form["listed"] is not None and not form["listed"].strip():
        return []
    if form["listed"] is not None:
        return [text.strip() for text in form["listed"].split(",")]
    if form["half"] is not None:
        if form["stem"] == "spin":
            return [form["half"].replace("_", "/")]
        stem, first = form["stem"], form["half"].replace("/", "_").split("_")[0]
        raise ValueError(
            f"{form[0]!r} is not clear; write {stem}({first},2) or {stem}_{first}_2 for two sizes"
        )
    if form["digits"] is not None:
        return [form["digits"]] if single else list(form["digits"])
    return form["apart"][1:].split("_") if form["apart"] is not None else []


def _count(family: Family) -> str:
    if not family.arguments:
        return "no sizes"
    noun = "size" if len(family.arguments) == 1 else "sizes"
    return f"{len(family.arguments)} {noun} ({', '.join(family.arguments)})"


def _size(text: str, letter: str, family: Family) -> int | Fraction:
    if family.make is spin and re.fullmatch(r"-?[0-9]{1,4}(/2)?", text):
        return Fraction(text)
    # So many digits are too many for every family, and the number is refused as too large.
    if not re.fullmatch(r"-?[0-9]{1,100}", text):
        kind = "a number such as 2 or 3/2" if family.make is spin else "a whole number"
        raise ValueError(f"{family.signature} needs {kind} for {letter}, and got {text!r}")
    return int(text)
