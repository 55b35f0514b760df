"""Real simple algebras by name: complex type and Killing signature decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.scalars import multiply
from liealg.structure.brackets import everything, restricted
from liealg.structure.cartan import cartan_rows, frame_cartan_subalgebra
from liealg.structure.decomposition import frame_ideals, simple_ideals
from liealg.structure.dynkin import positive_roots, standard_cartan_matrix, type_name
from liealg.structure.frame import frame_of
from liealg.structure.ideals import over
from liealg.structure.killing import frame_killing_form
from liealg.structure.modular_roots import ModularRoots, modular_roots
from liealg.structure.roots import check_semisimple
from liealg.structure.scope import check_no_parameters, check_real_coefficients
from liealg.structure.signs import signature
from liealg.structure.subspace import Subspace, as_subspace


@dataclass(frozen=True)
class RealForm:
    """A real simple algebra whose complexification is simple.

    Attributes
    ----------
    name : str
        One name for each isomorphism class.
    noncompact : int
        The positive squares of the Killing form: ``dim p`` of a Cartan decomposition ``k + p``.
    also : tuple of str
        Its other usual names.
    """

    name: str
    noncompact: int
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class SimpleFactor:
    """A simple ideal over the reals.

    Attributes
    ----------
    subspace : Subspace
        Its coordinates.
    type : str
        The type over the complex numbers, such as ``"B2"``; for a complex simple algebra seen as
        a real one the type of that algebra.
    is_complex : bool
        Whether it is a complex simple algebra seen as a real one.
    rank : int
        The dimension of a Cartan subalgebra over the reals, twice that of the type if complex.
    killing_signature : tuple of int
        Positive, negative and zero squares of its Killing form.
    real_form : str
        Its name, such as ``"so(3,2)"`` or ``"sl(2, C)"``.
    also : tuple of str
        Its other usual names.
    is_compact : bool
        Whether its Killing form is negative definite.
    """

    subspace: Subspace
    type: str
    is_complex: bool
    rank: int
    killing_signature: tuple[int, int, int]
    real_form: str
    also: tuple[str, ...]
    is_compact: bool


def simple_factors(algebra: LieAlgebra) -> tuple[SimpleFactor, ...]:
    """The simple ideals of a semisimple algebra over the reals, each with its type and real form.

    A real simple algebra is the real form of a complex one, or a complex one itself, and then its
    complexification is two copies of that. Complex type and Killing signature tell the real forms
    of a type apart, but for few pairs of large ones, which are named both (Helgason, *Differential
    Geometry, Lie Groups, and Symmetric Spaces*, 1978, section X.6, table V).

    Raises
    ------
    ValueError
        If the algebra is not semisimple, or its ideals are not decided.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [factor.real_form for factor in simple_factors(known("so4"))]
    ['su(2)', 'su(2)']
    >>> factor, = simple_factors(known("so31"))
    >>> factor.real_form, factor.type, factor.is_complex, factor.also
    ('sl(2, C)', 'A1', True, ('so(3,1)', 'so(3, C)', 'sp(2, C)'))
    """
    check_algebra(algebra)
    return _simple_factors(algebra)


@lru_cache(maxsize=64)
def _simple_factors(algebra: LieAlgebra) -> tuple[SimpleFactor, ...]:
    check_no_parameters(algebra, "the simple factors")
    check_real_coefficients(algebra, "a real form")
    check_semisimple(algebra, "it is no sum of simple ideals")
    right = frame_of(algebra).right
    found = next(modular_roots(right, frame_cartan_subalgebra(algebra)))
    if len(found.types) == 1:
        # Simple over the complex numbers, all the more over the reals.
        return (_factor(algebra, everything(right), found),)
    simple_ideals(algebra)
    return tuple(factor_of_ideal(algebra, part.rows) for part in frame_ideals(algebra).parts)


def factor_of_ideal(algebra: LieAlgebra, rows: DomainMatrix) -> SimpleFactor:
    """What a simple ideal is, by its rows in the basis of the frame."""
    return _factor(algebra, rows, ideal_roots(algebra, rows))


def ideal_roots(algebra: LieAlgebra, rows: DomainMatrix) -> ModularRoots:
    """The roots of an ideal modulo a prime."""
    right = restricted(over(frame_of(algebra).right, rows.domain), rows)
    return next(modular_roots(right, cartan_rows(right)))


def ideal_signature(algebra: LieAlgebra, rows: DomainMatrix) -> tuple[int, int, int]:
    """Of its Killing form, which is that of the algebra, restricted (Humphreys, section 5.1)."""
    killing = frame_killing_form(algebra).convert_to(rows.domain)
    return signature(multiply(multiply(rows, killing), rows.transpose()))


def _factor(algebra: LieAlgebra, rows: DomainMatrix, found: ModularRoots) -> SimpleFactor:
    squares = ideal_signature(algebra, rows)
    letter, size = found.types[0]
    is_complex = len(found.types) == 2
    name, also = (
        _complex_names(letter, size) if is_complex else _real_names(letter, size, squares[0])
    )
    return SimpleFactor(
        as_subspace(frame_of(algebra).given(rows)),
        type_name(found.types[:1]),
        is_complex,
        size * len(found.types),
        squares,
        name,
        also,
        squares[0] == 0,
    )


def _real_names(letter: str, size: int, noncompact: int) -> tuple[str, tuple[str, ...]]:
    matching = [form for form in real_forms(letter, size) if form.noncompact == noncompact]
    if len(matching) == 1:
        return matching[0].name, matching[0].also
    names = " or ".join(form.name for form in matching)
    return f"{names}: not decided by the Killing form", ()


def real_forms(letter: str, rank: int) -> tuple[RealForm, ...]:
    """The real forms of a complex simple type, the compact one first.

    The compact form of sp(2 n, C), the quaternionic unitary algebra, is called usp(2 n), since
    sp(n) stands for sp(n, R) in this package.

    Helgason (1978), section X.6, tables IV and V, with the isomorphisms in low dimension of the
    same section.

    Raises
    ------
    ValueError
        If there is no such type.

    Examples
    --------
    >>> [form.name for form in real_forms("B", 2)]
    ['so(5)', 'so(4,1)', 'so(3,2)']
    """
    standard_cartan_matrix(letter, rank)
    if letter == "A":
        forms = _linear(rank + 1)
    elif letter == "B":
        forms = _orthogonal(2 * rank + 1)
    elif letter == "C":
        forms = _symplectic(rank)
    elif letter == "D":
        forms = _orthogonal(2 * rank)
        # so*(8) is so(6,2), by triality.
        if rank > 4:
            forms.append((f"so*({2 * rank})", rank * (rank - 1)))
    else:
        forms = _EXCEPTIONAL[letter, rank]
    return tuple(RealForm(name, count, _ALSO.get(name, ())) for name, count in forms)


def dimension(letter: str, rank: int) -> int:
    """The complex dimension of a simple type.

    Examples
    --------
    >>> dimension("G", 2)
    14
    """
    return rank + 2 * len(positive_roots(standard_cartan_matrix(letter, rank)))


# A name, and the dimension of p in a Cartan decomposition k + p.
_Forms = list[tuple[str, int]]


def _signed(name: str, total: int, factor: int) -> _Forms:
    """Forms of ``p`` plus and ``q`` minus signs, ``p >= q >= 1``, with ``factor p q`` boosts."""
    sizes = [(total - q, q) for q in range(1, total // 2 + 1)]
    return [(f"{name}({p},{q})", factor * p * q) for p, q in sizes]


def _linear(n: int) -> _Forms:
    forms = [(f"su({n})", 0), (f"sl({n}, R)", (n - 1) * (n + 2) // 2)]
    if n > 2:
        forms += _signed("su", n, 2)
    if n > 2 and n % 2 == 0:
        forms.append((f"su*({n})", (n - 2) * (n + 1) // 2))
    return forms


def _orthogonal(n: int) -> _Forms:
    return [(f"so({n})", 0), *_signed("so", n, 1)]


def _symplectic(n: int) -> _Forms:
    return [(f"usp({2 * n})", 0), (f"sp({2 * n}, R)", n * (n + 1)), *_signed("sp", n, 4)]


# The number in brackets is the character dim p - dim k.
_EXCEPTIONAL: dict[tuple[str, int], _Forms] = {
    ("E", 6): [
        ("e6 compact", 0),
        ("e6 split", 42),
        ("e6(2)", 40),
        ("e6(-14)", 32),
        ("e6(-26)", 26),
    ],
    ("E", 7): [("e7 compact", 0), ("e7 split", 70), ("e7(-5)", 64), ("e7(-25)", 54)],
    ("E", 8): [("e8 compact", 0), ("e8 split", 128), ("e8(-24)", 112)],
    ("F", 4): [("f4 compact", 0), ("f4 split", 28), ("f4(-20)", 16)],
    ("G", 2): [("g2 compact", 0), ("g2 split", 8)],
}
_ALSO: dict[str, tuple[str, ...]] = {
    "su(2)": ("so(3)", "usp(2)", "su*(2)"),
    "sl(2, R)": ("so(2,1)", "su(1,1)", "sp(2, R)"),
    "so(5)": ("usp(4)",),
    "so(4,1)": ("sp(1,1)",),
    "so(3,2)": ("sp(4, R)",),
    "su(4)": ("so(6)",),
    "sl(4, R)": ("so(3,3)",),
    "su(2,2)": ("so(4,2)",),
    "su(3,1)": ("so*(6)",),
    "su*(4)": ("so(5,1)", "sl(2, H)"),
    "so(6,2)": ("so*(8)",),
    "e6 split": ("e6(6)",),
    "e7 split": ("e7(7)",),
    "e8 split": ("e8(8)",),
    "f4 split": ("f4(4)",),
    "g2 split": ("g2(2)",),
}


def complex_name(letter: str, rank: int) -> str:
    """The name of a complex simple algebra, such as ``"sl(2, C)"``."""
    return _complex_names(letter, rank)[0]


def _complex_names(letter: str, rank: int) -> tuple[str, tuple[str, ...]]:
    """The names of a complex simple algebra."""
    special = {
        ("A", 1): ("so(3,1)", "so(3, C)", "sp(2, C)"),
        ("B", 2): ("sp(4, C)",),
        ("A", 3): ("so(6, C)",),
    }
    classical = {
        "A": f"sl({rank + 1}, C)",
        "B": f"so({2 * rank + 1}, C)",
        "C": f"sp({2 * rank}, C)",
        "D": f"so({2 * rank}, C)",
    }
    return classical.get(letter, f"{letter.lower()}{rank} complex"), special.get((letter, rank), ())
