"""The families of algebras: how each is called, built and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from liealg.algebra import LieAlgebra
from liealg.catalogue.curved import curved_plane
from liealg.catalogue.euclidean import extended_poses, similarity, special_euclidean
from liealg.catalogue.exceptional import g2
from liealg.catalogue.heisenberg import heisenberg
from liealg.catalogue.linear import complex_special_linear, general_linear, special_linear
from liealg.catalogue.orthogonal import pseudo_orthogonal, special_orthogonal
from liealg.catalogue.representations import so3_irrep, spin
from liealg.catalogue.spacetime import oscillator, poincare, special_galilean
from liealg.catalogue.symplectic import beam, symplectic
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
    dimension, rows : callable
        The dimension of the algebra of the sizes, and the rows of its matrices.
    largest : int
        The largest sum of the sizes that a name may ask for: what is built in seconds.
    smallest, step : int or Fraction
        Each size is one of ``smallest, smallest + step, ...``.
    """

    name: str
    arguments: tuple[str, ...]
    what: str
    make: Callable[..., LieAlgebra]
    dimension: Callable[..., int]
    rows: Callable[..., int]
    largest: int = 12
    smallest: int | Fraction = 1
    step: int | Fraction = 1

    @property
    def signature(self) -> str:
        """The name with its arguments, such as ``so(p, q)``."""
        return f"{self.name}({', '.join(self.arguments)})" if self.arguments else self.name

    def sizes(self) -> Iterator[tuple[int | Fraction, ...]]:
        """The sizes that a name may ask for; of ``(p, q)`` and ``(q, p)`` the larger first."""
        values = [self.smallest]
        while values[-1] + self.step <= self.largest:
            values.append(values[-1] + self.step)
        for chosen in product(values, repeat=len(self.arguments)):
            if sum(chosen) <= self.largest and list(chosen) == sorted(chosen, reverse=True):
                yield chosen


FAMILIES = (
    Family(
        "so",
        ("n",),
        "rotations: antisymmetric",
        special_orthogonal,
        lambda n: n * (n - 1) // 2,
        lambda n: n,
        smallest=2,
    ),
    Family(
        "so",
        ("p", "q"),
        "Lorentz: a form of p plus and q minus signs",
        pseudo_orthogonal,
        lambda p, q: (p + q) * (p + q - 1) // 2,
        lambda p, q: p + q,
    ),
    Family(
        "sl", ("n",), "trace zero", special_linear, lambda n: n * n - 1, lambda n: n, 10, smallest=2
    ),
    Family(
        "slc",
        ("n",),
        "sl(n, C): complex coefficients",
        complex_special_linear,
        lambda n: n * n - 1,
        lambda n: n,
        10,
        smallest=2,
    ),
    Family("gl", ("n",), "all real matrices", general_linear, lambda n: n * n, lambda n: n, 10),
    Family(
        "sp",
        ("n",),
        "linear Hamiltonian flows, n even",
        symplectic,
        lambda n: n * (n + 1) // 2,
        lambda n: n,
        smallest=2,
        step=2,
    ),
    Family(
        "beam",
        ("n",),
        "sp(n) in the order x, px, y, py, ...",
        beam,
        lambda n: n * (n + 1) // 2,
        lambda n: n,
        smallest=2,
        step=2,
    ),
    Family("u", ("n",), "anti-Hermitian", unitary, lambda n: n * n, lambda n: n, 8),
    Family(
        "su",
        ("n",),
        "anti-Hermitian of trace zero, Gell-Mann",
        special_unitary,
        lambda n: n * n - 1,
        lambda n: n,
        8,
        smallest=2,
    ),
    Family(
        "su",
        ("p", "q"),
        "a Hermitian form of p plus and q minus signs",
        pseudo_unitary,
        lambda p, q: (p + q) ** 2 - 1,
        lambda p, q: p + q,
        8,
    ),
    Family(
        "se",
        ("n",),
        "rigid motions",
        special_euclidean,
        lambda n: n * (n + 1) // 2,
        lambda n: n + 1,
        smallest=2,
    ),
    Family(
        "se23",
        (),
        "extended poses se_2(3): orientation, velocity, position",
        extended_poses,
        lambda: 9,
        lambda: 5,
    ),
    Family(
        "sgal3",
        (),
        "special Galilean: pose, velocity, time",
        special_galilean,
        lambda: 10,
        lambda: 5,
    ),
    Family(
        "sim",
        ("n",),
        "rigid motions and scale",
        similarity,
        lambda n: n * (n + 1) // 2 + 1,
        lambda n: n + 1,
        smallest=2,
    ),
    Family("aff", ("n",), "affine maps", affine, lambda n: n * (n + 1), lambda n: n + 1, 8),
    Family(
        "heisenberg",
        ("m",),
        "positions, momenta and their bracket",
        heisenberg,
        lambda m: 2 * m + 1,
        lambda m: m + 2,
    ),
    Family(
        "upper_triangular",
        ("n",),
        "upper triangular; solvable",
        upper_triangular,
        lambda n: n * (n + 1) // 2,
        lambda n: n,
        10,
    ),
    Family(
        "strictly_upper_triangular",
        ("n",),
        "upper triangular, zero diagonal; nilpotent",
        strictly_upper_triangular,
        lambda n: n * (n - 1) // 2,
        lambda n: n,
        10,
        smallest=2,
    ),
    Family(
        "diagonal", ("n",), "scalings of the axes; abelian", diagonal, lambda n: n, lambda n: n, 16
    ),
    Family(
        "translations",
        ("n",),
        "translations; abelian",
        translations,
        lambda n: n,
        lambda n: n + 1,
        16,
    ),
    Family(
        "poincare",
        (),
        "Lorentz so(1, 3) and translations of space-time",
        poincare,
        lambda: 10,
        lambda: 5,
    ),
    Family(
        "oscillator", (), "Heisenberg and the turn of phase space", oscillator, lambda: 4, lambda: 4
    ),
    Family(
        "curved_plane",
        (),
        "isometries of a plane, its curvature a parameter",
        curved_plane,
        lambda: 3,
        lambda: 3,
    ),
    Family("g2", (), "derivations of the octonions, seven rows", g2, lambda: 14, lambda: 7),
    Family(
        "spin",
        ("j",),
        "su(2) on the states of spin j = 1/2, 1, 3/2, ...",
        spin,
        lambda j: 3,
        lambda j: int(2 * j) + 1,
        6,
        smallest=Fraction(1, 2),
        step=Fraction(1, 2),
    ),
    Family(
        "so3_irrep",
        ("l",),
        "so(3) on real spherical harmonics of degree l",
        so3_irrep,
        lambda degree: 3,
        lambda degree: 2 * degree + 1,
        6,
    ),
)
"""All families, in the order in which they are listed."""
