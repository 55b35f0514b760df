"""What the literature says of the catalogue, by closed forms; nothing is computed.

The Killing form of a real semisimple algebra is positive on the noncompact part ``p`` and negative
on the compact part ``k`` of a Cartan decomposition, ``(dim p, dim k, 0)``, with ``k`` from the
table of Helgason. In a semidirect sum ``S + V`` it is the Killing form of ``S`` and the trace form
of ``V``, and zero on ``V``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import sympy as sp

from liealg import LieAlgebra
from liealg.catalogue import known

HELGASON = "Helgason, Differential Geometry, Lie Groups, and Symmetric Spaces, 1978, X.2, X.6"
HUMPHREYS = "Humphreys, Introduction to Lie Algebras and Representation Theory, 1972"
HALL = "Hall, Lie Groups, Lie Algebras, and Representations, 2015, section 1.2 and chapter 3"
GRAAF = "de Graaf, Lie Algebras: Theory and Algorithms, 2000, chapter 1"
SELIG = "Selig, Geometric Fundamentals of Robotics, 2005"
BARRAU = "Barrau and Bonnabel, IEEE TAC 62, 2017"
KELLY = "Kelly, arXiv:2312.07555, 2023"
STRASDAT = "Strasdat, Local Accuracy and Global Consistency for Efficient Visual SLAM, 2012"
KOBAYASHI = "Kobayashi and Nomizu, Foundations of Differential Geometry I, 1963, section III.3"
FOLLAND = "Folland, Harmonic Analysis in Phase Space, 1989, chapter 1"
WEINBERG = "Weinberg, The Quantum Theory of Fields I, 1995, sections 2.4 and 2.5"
STREATER = "Streater, Commun. Math. Phys. 4, 1967"
BAEZ = "Baez, The octonions, Bull. Amer. Math. Soc. 39, 2002, section 4.1"
BERNDT = "Berndt and Schmidt, Elements of the Representation Theory of the Jacobi Group, 1998"
SAKURAI = "Sakurai, Modern Quantum Mechanics, 1994, section 3.5"


@dataclass(frozen=True)
class Facts:
    """What is known of an algebra; a series is given by its dimensions.

    ``levi`` are the simple ideals of a Levi factor, each as its real form; ``type`` is the type of
    the Levi factor over the complex numbers, empty if there is none; ``ideals`` are the
    indecomposable ideals, each as its dimension and the field of its centroid.
    """

    name: str
    dim: int
    rows: int
    killing: tuple[int, int, int]
    center: int
    derived: tuple[int, ...]
    lower_central: tuple[int, ...]
    radical: int
    nilradical: int
    rank: int
    type: str
    levi: tuple[str, ...]
    ideals: tuple[tuple[int, str], ...]
    source: str

    @property
    def algebra(self) -> LieAlgebra:
        return algebra_of(self.name)

    @property
    def is_semisimple(self) -> bool:
        return self.radical == 0


def simple(
    name: str, rows: int, p: int, k: int, kind: str, levi: tuple[str, ...], source: str
) -> Facts:
    """A semisimple algebra with a Cartan decomposition of dimensions ``p + k``."""
    dim = p + k
    rank = sum(int(part[1:]) for part in kind.split(" + "))
    field = "complex" if levi[0].endswith("C)") else "real"
    ideals = ((dim // len(levi), field),) * len(levi)
    series = ((dim,), (dim,))
    return Facts(name, dim, rows, (p, k, 0), 0, *series, 0, 0, rank, kind, levi, ideals, source)


def abelian(name: str, dim: int, rows: int, source: str) -> Facts:
    lines = ((1, "real"),) * dim
    series = ((dim, 0), (dim, 0))
    return Facts(name, dim, rows, (0, 0, dim), dim, *series, dim, dim, dim, "", (), lines, source)


def with_center(part: Facts, name: str) -> Facts:
    """A semisimple algebra and a line that commutes with it."""
    return replace(
        part,
        name=name,
        dim=part.dim + 1,
        killing=(*part.killing[:2], 1),
        center=1,
        derived=(part.dim + 1, part.dim),
        lower_central=(part.dim + 1, part.dim),
        radical=1,
        nilradical=1,
        rank=part.rank + 1,
        ideals=((1, "real"), *part.ideals),
        source=HUMPHREYS + ", 19.1",
    )


# Helgason, X.6.4: the isomorphisms in low dimension.
ORTHOGONAL_TYPES = {3: "A1", 4: "A1 + A1", 5: "B2", 6: "A3"}
ORTHOGONAL_FORMS = {
    (3, 0): ("su(2)",),
    (2, 1): ("sl(2, R)",),
    (4, 0): ("su(2)", "su(2)"),
    (3, 1): ("sl(2, C)",),
    (2, 2): ("sl(2, R)", "sl(2, R)"),
    (5, 0): ("so(5)",),
    (6, 0): ("su(4)",),
    (5, 1): ("su*(4)",),
    (4, 2): ("su(2,2)",),
    (3, 3): ("sl(4, R)",),
}


def orthogonal(p: int, q: int) -> Facts:
    n = p + q
    name = f"so({p},{q})" if q else f"so({p})"
    if n == 2:
        return abelian(name, 1, 2, HUMPHREYS + ", 1.4")
    kind = ORTHOGONAL_TYPES.get(n, f"{'B' if n % 2 else 'D'}{n // 2}")
    large, small = max(p, q), min(p, q)
    form = (f"so({large},{small})" if q else f"so({p})",)
    levi = ORTHOGONAL_FORMS.get((large, small), form)
    compact = p * (p - 1) // 2 + q * (q - 1) // 2
    return simple(name, n, p * q, compact, kind, levi, HELGASON)


def special_linear(n: int) -> Facts:
    p, k = (n - 1) * (n + 2) // 2, n * (n - 1) // 2
    return simple(f"sl({n})", n, p, k, f"A{n - 1}", (f"sl({n}, R)",), HELGASON)


def general_linear(n: int) -> Facts:
    name = f"gl({n})"
    if n == 1:
        return abelian(name, 1, 1, HUMPHREYS + ", 1.4")
    return with_center(special_linear(n), name)


def special_unitary(n: int) -> Facts:
    return simple(f"su({n})", n, 0, n * n - 1, f"A{n - 1}", (f"su({n})",), HELGASON)


def unitary(n: int) -> Facts:
    name = f"u({n})"
    if n == 1:
        return abelian(name, 1, 1, HUMPHREYS + ", 1.4")
    return with_center(special_unitary(n), name)


def pseudo_unitary(p: int, q: int) -> Facts:
    n, large, small = p + q, max(p, q), min(p, q)
    name = "sl(2, R)" if n == 2 else f"su({large},{small})"
    compact = p * p + q * q - 1
    return simple(f"su({p},{q})", n, 2 * p * q, compact, f"A{n - 1}", (name,), HELGASON)


def symplectic(n: int) -> Facts:
    m = n // 2
    kind = {1: "A1", 2: "B2"}.get(m, f"C{m}")
    name = {1: "sl(2, R)", 2: "so(3,2)"}.get(m, f"sp({n}, R)")
    return simple(f"sp({n})", n, m * (m + 1), m * m, kind, (name,), HELGASON)


def special_euclidean(n: int) -> Facts:
    """A Cartan subalgebra: rotations of planes, and in odd dimension the shift along the axis."""
    name, turns = f"se({n})", n * (n - 1) // 2
    dim, rank = turns + n, (n + 1) // 2
    if n == 2:
        series = ((3, 2, 0), (3, 2))
        return Facts(name, 3, 3, (0, 1, 2), 0, *series, 3, 2, rank, "", (), ((3, "real"),), HALL)
    part = orthogonal(n, 0)
    return replace(
        part,
        name=name,
        dim=dim,
        rows=n + 1,
        killing=(0, turns, n),
        derived=(dim,),
        lower_central=(dim,),
        radical=n,
        nilradical=n,
        rank=rank,
        ideals=((dim, "real"),),
        source=SELIG,
    )


def similarity(n: int) -> Facts:
    """The scale has ``K = n``, and is in no derived algebra; with it no shift is left in ``H``."""
    name, part = f"sim({n})", special_euclidean(n)
    return replace(
        part,
        name=name,
        dim=part.dim + 1,
        killing=(1, *part.killing[1:]),
        derived=(4, 2, 0) if n == 2 else (part.dim + 1, part.dim),
        lower_central=(4, 2) if n == 2 else (part.dim + 1, part.dim),
        radical=part.radical + 1,
        rank=n // 2 + 1,
        # In the plane scale and turn are one complex number, and the shifts another.
        ideals=((part.dim + 1, "complex" if n == 2 else "real"),),
        source=STRASDAT,
    )


def affine(n: int) -> Facts:
    """``K(X, X) = 2 n tr X^2 - 2 (tr X)^2 + tr X^2`` on gl(n), which is ``n`` for the identity."""
    name = f"aff({n})"
    dim, positive, negative = n * (n + 1), (n - 1) * (n + 2) // 2, n * (n - 1) // 2
    return Facts(
        name,
        dim,
        n + 1,
        (positive + 1, negative, n),
        0,
        (2, 1, 0) if n == 1 else (dim, dim - 1),
        (dim, dim - 1),
        n + 1,
        n,
        n,
        "" if n == 1 else f"A{n - 1}",
        () if n == 1 else (f"sl({n}, R)",),
        ((dim, "real"),),
        KOBAYASHI,
    )


def nilpotent(name: str, rows: int, series: tuple, derived: tuple, source: str) -> Facts:
    """An indecomposable nilpotent algebra whose center is a line."""
    d = series[0]
    ideals = ((d, "real"),)
    return Facts(name, d, rows, (0, 0, d), 1, derived, series, d, d, d, "", (), ideals, source)


def heisenberg(m: int) -> Facts:
    series = (2 * m + 1, 1, 0)
    return nilpotent(f"heisenberg({m})", m + 2, series, series, FOLLAND)


def above(n: int, diagonal: int) -> int:
    """How many entries of ``n x n`` matrices are on this diagonal above the main one, or beyond."""
    return max(n - diagonal, 0) * (n - diagonal + 1) // 2


def strictly_upper_triangular(n: int) -> Facts:
    """Of class ``n - 1``: term ``i`` starts at diagonal ``i``, derived term ``i`` at ``2^i``."""
    name, source = f"strictly_upper_triangular({n})", HUMPHREYS + ", 3.1 and 3.2"
    if n == 2:
        return abelian(name, 1, 2, source)
    return nilpotent(name, n, tuple(above(n, i) for i in range(1, n + 1)), halves(n), source)


def halves(n: int) -> tuple[int, ...]:
    dims = [above(n, 2**i) for i in range(n)]
    return tuple(dims[: dims.index(0) + 1])


def upper_triangular(n: int) -> Facts:
    """``K`` is a sum of ``(d_i - d_j)^2`` over the diagonal: positive but for the identity."""
    name, source = f"upper_triangular({n})", HUMPHREYS + ", 3.1 and 3.2"
    if n == 1:
        return abelian(name, 1, 1, source)
    dim, strict = above(n, 0), above(n, 1)
    return Facts(
        name,
        dim,
        n,
        (n - 1, 0, strict + 1),
        1,
        (dim, *halves(n)),
        (dim, strict),
        dim,
        strict + 1,
        n,
        "",
        (),
        ((1, "real"), (dim - 1, "real")),
        source,
    )


def rotation(name: str, rows: int) -> Facts:
    """so(3) in a representation of so many rows."""
    return simple(name, rows, 0, 3, "A1", ("su(2)",), SAKURAI)


def whole(dim: int) -> tuple[tuple[int, str], ...]:
    return ((dim, "real"),)


LORENTZ = [(1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (4, 1), (3, 2), (2, 3), (5, 1), (4, 2), (3, 3)]
LORENTZ += [(6, 1), (4, 3), (7, 1), (6, 2), (4, 4)]
CATALOGUE = [
    *(orthogonal(n, 0) for n in (2, 3, 4, 5, 6, 7, 8)),
    *(orthogonal(p, q) for p, q in LORENTZ),
    *map(special_linear, (2, 3, 4, 5)),
    *map(general_linear, (1, 2, 3, 4, 5)),
    *map(symplectic, (2, 4, 6)),
    *map(unitary, (1, 2, 3, 4)),
    *map(special_unitary, (2, 3, 4, 5)),
    *(pseudo_unitary(p, q) for p, q in ((1, 1), (2, 1), (1, 2), (3, 1), (2, 2), (3, 2))),
    *map(special_euclidean, (2, 3, 4, 5, 6)),
    Facts(
        "se_2(3)",
        *(9, 5, (0, 3, 6), 0, (9,), (9,), 6, 6, 3),
        *("A1", ("su(2)",), whole(9), BARRAU),
    ),
    # Time is in no bracket, and acts on velocities and positions nilpotently.
    Facts(
        "sgal(3)",
        *(10, 5, (0, 3, 7), 0, (10, 9), (10, 9), 7, 7, 4),
        *("A1", ("su(2)",), whole(10), KELLY),
    ),
    *map(similarity, (2, 3, 4)),
    *map(affine, (1, 2, 3, 4)),
    *map(heisenberg, (1, 2, 3, 5)),
    *map(upper_triangular, (1, 2, 3, 4, 5)),
    *map(strictly_upper_triangular, (2, 3, 4, 5, 6)),
    *(abelian(f"diagonal({n})", n, n, HUMPHREYS + ", 1.2") for n in (1, 2, 3, 12)),
    *(abelian(f"translations({n})", n, n + 1, HALL) for n in (1, 3)),
    Facts(
        "poincare",
        *(10, 5, (3, 3, 4), 0, (10,), (10,), 4, 4, 2),
        *("A1 + A1", ("sl(2, C)",), whole(10), WEINBERG),
    ),
    Facts(
        "oscillator",
        *(4, 4, (0, 1, 3), 1, (4, 3, 1, 0), (4, 3), 4, 3, 2),
        *("", (), whole(4), STREATER),
    ),
    simple("g2", 7, 0, 14, "G2", ("g2 compact",), BAEZ),
    *(rotation(f"spin({j})", rows) for j, rows in (("1/2", 2), ("1", 3), ("3/2", 4), ("4", 9))),
    *(rotation(f"so3_irrep({degree})", 2 * degree + 1) for degree in (1, 2, 3)),
]


def unit(n: int, i: int, j: int) -> sp.Matrix:
    return sp.Matrix(n, n, lambda row, column: int((row, column) == (i, j)))


def jacobi() -> LieAlgebra:
    """sl(2) with the Heisenberg algebra on which it acts, a subalgebra of sp(4)."""
    factor = [sp.diag(0, sp.Matrix(A), 0) for A in known("sl2").matrices]
    q = unit(4, 1, 3) + unit(4, 0, 2)
    p = unit(4, 2, 3) - unit(4, 0, 1)
    return LieAlgebra("jacobi", [*factor, q, p, unit(4, 0, 3)])


def dilation() -> LieAlgebra:
    """A plane stretched by 1 and the square root of 2: its structure constants are irrational."""
    return LieAlgebra("dilation", [sp.diag(1, sp.sqrt(2), 0), unit(3, 0, 2), unit(3, 1, 2)])


def two_scales() -> LieAlgebra:
    """Two copies of the affine algebra of the line."""
    scales = [sp.diag(1, 0, 0), sp.diag(0, 1, 0), unit(3, 0, 2), unit(3, 1, 2)]
    return LieAlgebra("two_scales", scales)


OTHERS = {"jacobi": jacobi, "dilation": dilation, "two_scales": two_scales}


@cache
def algebra_of(name: str) -> LieAlgebra:
    return OTHERS[name]() if name in OTHERS else known(name)


FACTS = [
    *CATALOGUE,
    Facts(
        "jacobi",
        *(6, 4, (2, 1, 3), 1, (6,), (6,), 3, 3, 2),
        *("A1", ("sl(2, R)",), whole(6), BERNDT),
    ),
    Facts(
        "dilation",
        *(3, 3, (1, 0, 2), 0, (3, 2, 0), (3, 2), 3, 2, 1),
        *("", (), whole(3), "ad of the first matrix has eigenvalues 0, 1 and sqrt(2)"),
    ),
    Facts(
        "two_scales",
        *(4, 3, (2, 0, 2), 0, (4, 2, 0), (4, 2), 4, 2, 2),
        *("", (), ((2, "real"), (2, "real")), HUMPHREYS + ", 1.4"),
    ),
]
BY_NAME = {facts.name: facts for facts in FACTS}
