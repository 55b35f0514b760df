"""One registry of families of algebras, and how their names are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from liealg.algebra import LieAlgebra
from liealg.catalogue.euclidean import extended_poses, similarity, special_euclidean
from liealg.catalogue.exceptional import g2
from liealg.catalogue.heisenberg import heisenberg
from liealg.catalogue.linear import general_linear, special_linear
from liealg.catalogue.orthogonal import pseudo_orthogonal, special_orthogonal
from liealg.catalogue.representations import so3_irrep, spin
from liealg.catalogue.spacetime import oscillator, poincare, special_galilean
from liealg.catalogue.symplectic import symplectic
from liealg.catalogue.triangular import (
    affine,
    diagonal,
    strictly_upper_triangular,
    translations,
    upper_triangular,
)
from liealg.catalogue.unitary import pseudo_unitary, special_unitary, unitary


@dataclass(frozen=True)
class Family:
    """A family of algebras, or a single one, and how it is called.

    Attributes
    ----------
    name : str
        What its names begin with.
    arguments : tuple of str
        The letters of its sizes; none for a single algebra.
    what : str
        What it is, in a few words.
    make : callable
        Its constructor, which takes the sizes.
    largest : int
        The largest sum of the sizes that a name may ask for: what is built in seconds.
    """

    name: str
    arguments: tuple[str, ...]
    what: str
    make: Callable[..., LieAlgebra]
    largest: int = 12

    @property
    def signature(self) -> str:
        """The name with its arguments, such as ``so(p, q)``."""
        return f"{self.name}({', '.join(self.arguments)})" if self.arguments else self.name


_FAMILIES = (
    Family("so", ("n",), "rotations: antisymmetric", special_orthogonal),
    Family("so", ("p", "q"), "Lorentz: a form of p plus and q minus signs", pseudo_orthogonal),
    Family("sl", ("n",), "trace zero", special_linear, 10),
    Family("gl", ("n",), "all real matrices", general_linear, 10),
    Family("sp", ("n",), "linear Hamiltonian flows, n even", symplectic),
    Family("u", ("n",), "anti-Hermitian", unitary, 8),
    Family("su", ("n",), "anti-Hermitian of trace zero, Gell-Mann", special_unitary, 8),
    Family("su", ("p", "q"), "a Hermitian form of p plus and q minus signs", pseudo_unitary, 8),
    Family("se", ("n",), "rigid motions", special_euclidean),
    Family("se23", (), "extended poses se_2(3): orientation, velocity, position", extended_poses),
    Family("sgal3", (), "special Galilean: pose, velocity, time", special_galilean),
    Family("sim", ("n",), "rigid motions and scale", similarity),
    Family("aff", ("n",), "affine maps", affine, 8),
    Family("heisenberg", ("m",), "positions, momenta and their bracket", heisenberg),
    Family("upper_triangular", ("n",), "upper triangular; solvable", upper_triangular, 10),
    Family(
        "strictly_upper_triangular",
        ("n",),
        "upper triangular, zero diagonal; nilpotent",
        strictly_upper_triangular,
        10,
    ),
    Family("diagonal", ("n",), "scalings of the axes; abelian", diagonal, 16),
    Family("translations", ("n",), "translations; abelian", translations, 16),
    Family("poincare", (), "Lorentz so(1, 3) and translations of space-time", poincare),
    Family("oscillator", (), "Heisenberg and the turn of phase space", oscillator),
    Family("g2", (), "derivations of the octonions, seven rows", g2),
    Family("spin", ("j",), "su(2) on the states of spin j = 1/2, 1, 3/2, ...", spin, 6),
    Family("so3_irrep", ("l",), "so(3) on real spherical harmonics of degree l", so3_irrep, 6),
)
_ALSO = {"se_2(3)": "se23", "sgal(3)": "sgal3"}
_STEMS = sorted({family.name for family in _FAMILIES}, key=len, reverse=True)
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
    return _FAMILIES


def known(name: str) -> LieAlgebra:
    """The algebra of this name.

    Sizes stand in brackets, ``so(5)``, ``so(3,2)``, ``spin(3/2)``, or behind the name: ``so5``,
    ``so32``, ``spin3_2``. Where a family takes one size or two (so, su), each digit behind the
    name is a size of its own: ``so12`` is so(1, 2), and so(12) is ``so(12)`` or ``so_12``.
    Everywhere else the digits are one number: ``diagonal12`` is ``diagonal(12)``. ``se23`` is the
    single algebra se_2(3). The ``name`` of every algebra that is built here is read back as itself.

    Raises
    ------
    ValueError
        If there is no such family, or the sizes are too many, too few, no numbers or out of range.

    Examples
    --------
    >>> [known(name).name for name in ("so3", "so(5)", "so(3,2)", "sp(6)", "spin(3/2)")]
    ['so3', 'so5', 'so32', 'sp6', 'spin3_2']
    """
    family, texts = _read(name)
    sizes = [
        _size(text, letter, family) for text, letter in zip(texts, family.arguments, strict=True)
    ]
    if sum(sizes) > family.largest:
        total = " + ".join(family.arguments)
        raise ValueError(
            f"{name!r} is out of range: by name, {total} is at most {family.largest}; call "
            f"liealg.catalogue.{family.make.__name__} for more"
        )
    return family.make(*sizes)


def _read(name: str) -> tuple[Family, list[str]]:
    """The family that a name means, and its sizes as they are written."""
    if not isinstance(name, str) or (form := _FORM.fullmatch(_ALSO.get(name, name))) is None:
        listed = ", ".join(family.signature for family in _FAMILIES)
        raise ValueError(f"there is no algebra {name!r}; known are {listed}")
    choices = [family for family in _FAMILIES if family.name == form["stem"]]
    texts = _argument_texts(form, single=len(choices) == 1)
    for family in choices:
        if len(family.arguments) == len(texts):
            return family, texts
    takes = " or ".join(_count(family) for family in choices)
    raise ValueError(f"{form['stem']} takes {takes}, and {name!r} gives {len(texts) or 'none'}")


def _argument_texts(form: re.Match[str], single: bool) -> list[str]:
    if form["listed"] is not None and not form["listed"].strip():
        return []
    if form["listed"] is not None:
        return [text.strip() for text in form["listed"].split(",")]
    if form["half"] is not None:
        if form["stem"] == "spin":
            return [form["half"].replace("_", "/")]
        raise ValueError(f"{form[0]!r} is not clear; write the sizes of {form['stem']} in brackets")
    if form["digits"] is not None:
        return [form["digits"]] if single else list(form["digits"])
    return form["apart"][1:].split("_") if form["apart"] is not None else []


def _count(family: Family) -> str:
    if not family.arguments:
        return "no sizes"
    noun = "size" if len(family.arguments) == 1 else "sizes"
    return f"{len(family.arguments)} {noun} ({', '.join(family.arguments)})"


def _size(text: str, letter: str, family: Family) -> int | Fraction:
    if family.make is spin and re.fullmatch(r"[0-9]{1,4}(/2)?", text):
        return Fraction(text)
    if not re.fullmatch(r"[0-9]{1,4}", text):
        kind = "a number such as 2 or 3/2" if family.make is spin else "a whole number"
        raise ValueError(f"{family.signature} needs {kind} for {letter}, and got {text!r}")
    return int(text)
