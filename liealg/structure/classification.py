"""Which of the classes of the structure theory an algebra is in, in words."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.structure.brackets import bracket_of, right_brackets
from liealg.structure.conjugate_ideals import real_form_names
from liealg.structure.ideals import exact_subspace
from liealg.structure.levi import levi_decomposition
from liealg.structure.nilradical import nilradical
from liealg.structure.radical import is_reductive, is_semisimple, radical
from liealg.structure.real_forms import simple_factors
from liealg.structure.roots import root_system
from liealg.structure.series import (
    center,
    derived_series,
    is_abelian,
    is_nilpotent,
    is_solvable,
    lower_central_series,
    series,
)
from liealg.structure.subspace import Subspace


@dataclass(frozen=True)
class Classification:
    """Where an algebra stands in the structure theory.

    Attributes
    ----------
    name : str
        The isomorphism class of a simple algebra, such as ``"so(3,2)"``; empty for others.
    kind : str
        ``"simple of type B2"``, ``"nilpotent of class 2"`` ...; empty for an algebra that is
        neither solvable nor reductive.
    parts : tuple of str
        Its simple ideals, center, Levi factor, radical or nilradical, in words.
    also : str
        Another usual name of a simple algebra, where it has one.
    """

    name: str
    kind: str
    parts: tuple[str, ...]
    also: str = ""

    @property
    def words(self) -> str:
        """Name, kind and parts, shortly."""
        return ", ".join(part for part in (self.name, self.kind, *self.parts) if part)


def classification(algebra: LieAlgebra) -> Classification:
    """The class of an algebra, and the parts that the structure theory gives for it.

    Abelian, nilpotent or solvable with the length of the series; simple or semisimple with its
    simple ideals over the reals; reductive with its center; otherwise Levi factor and radical. See
    de Graaf, *Lie Algebras: Theory and Algorithms* (2000), chapters 1, 2, 4 and 5, and
    :func:`simple_factors` for the names. Nothing depends on the basis.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> for name in ("so(3,2)", "so4", "gl2", "se3", "se2", "heisenberg1"):
    ...     print(classification(known(name)).words)
    so(3,2), simple of type B2
    semisimple, su(2) + su(2)
    reductive, sl(2, R) + 1-dimensional center
    Levi factor su(2) ≅ so(3), 3-dimensional abelian radical
    solvable of derived length 2, 2-dimensional abelian nilradical
    nilpotent of class 2, 1-dimensional center
    """
    check_algebra(algebra)
    if is_abelian(algebra):
        return Classification("", "abelian", ())
    if is_nilpotent(algebra):
        kind = f"nilpotent of class {len(lower_central_series(algebra)) - 1}"
        return Classification("", kind, (f"{center(algebra).dim}-dimensional center",))
    if is_solvable(algebra):
        kind = f"solvable of derived length {len(derived_series(algebra)) - 1}"
        return Classification("", kind, (_ideal(algebra, nilradical(algebra)) + " nilradical",))
    if is_semisimple(algebra):
        return _semisimple(algebra)
    levi = _semisimple(_levi_factor(algebra))
    factors = levi.name or levi.parts[0]
    if is_reductive(algebra):
        parts = (f"{factors} + {center(algebra).dim}-dimensional center",)
        return Classification("", "reductive", parts)
    factors += f" ≅ {levi.also}" if levi.also else ""
    below = _ideal(algebra, radical(algebra)) + " radical"
    return Classification("", "", (f"Levi factor {factors}", below))


def _semisimple(algebra: LieAlgebra) -> Classification:
    try:
        factors = simple_factors(algebra)
    except ValueError:
        return Classification("", "semisimple", (_conjugate_ideals(algebra),))
    if len(factors) > 1:
        listed = sorted((factor.subspace.dim, _in_a_sum(factor.real_form)) for factor in factors)
        return Classification("", "semisimple", (" + ".join(name for _, name in listed),))
    factor = factors[0]
    kind = f"simple of type {factor.type}"
    kind += ", a complex algebra seen as a real one" if factor.is_complex else ""
    # Beside the name of a real form that is not decided stands the reason, after a colon.
    name, _, doubt = factor.real_form.partition(": ")
    return Classification(name, kind, (doubt,) if doubt else (), "".join(factor.also[:1]))


def _conjugate_ideals(algebra: LieAlgebra) -> str:
    """The simple ideals in words where they are not split over the reals."""
    try:
        return " + ".join(map(_in_a_sum, real_form_names(algebra)))
    except ValueError:
        undecided = f"of type {root_system(algebra).type} over the complex numbers, simple ideals"
        return f"{undecided} over the reals not decided"


def _in_a_sum(real_form: str) -> str:
    name, _, doubt = real_form.partition(": ")
    return f"({name}, {doubt})" if doubt else name


def _levi_factor(algebra: LieAlgebra) -> LieAlgebra:
    rows = levi_decomposition(algebra).levi.rows
    return LieAlgebra(algebra.name, [algebra.hat(row) for row in rows.tolist()])


def _ideal(algebra: LieAlgebra, ideal: Subspace) -> str:
    """Dimension and series of a solvable ideal, such as ``3-dimensional abelian``."""
    right = right_brackets(algebra)
    rows = exact_subspace(algebra, ideal).convert_to(right[0].domain).to_sparse()

    def lower(term: DomainMatrix) -> DomainMatrix:
        return bracket_of(right, rows, term)

    terms = series(rows, lower)
    if terms[-1].shape[0] == 0:
        kind = "abelian" if len(terms) <= 2 else f"nilpotent (class {len(terms) - 1})"
    else:
        derived = series(rows, lambda term: bracket_of(right, term, term))
        kind = f"solvable (derived length {len(derived) - 1})"
    return f"{ideal.dim}-dimensional {kind}"
