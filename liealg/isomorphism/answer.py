"""Whether two algebras are isomorphic over the reals: a map, or what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.exact import coordinates
from liealg.isomorphism.basis_change import spanned
from liealg.isomorphism.equivariant import (
    equivariant_isomorphism,
    levi_and_torus,
    semisimple_isomorphisms,
    torus_matching,
)
from liealg.isomorphism.heisenberg_basis import heisenberg_basis
from liealg.isomorphism.invariants import difference, levi_forms
from liealg.isomorphism.short_basis import simple_basis
from liealg.number_fields import FieldTooLargeError, common_field
from liealg.structure.brackets import right_brackets
from liealg.structure.conjugate_ideals import real_form_names
from liealg.structure.decomposition import indecomposable_ideals
from liealg.structure.homomorphisms import is_isomorphism, transported
from liealg.structure.radical import is_reductive, is_semisimple
from liealg.structure.scope import check_no_parameters, check_real_coefficients
from liealg.structure.series import center, is_abelian
from liealg.structure.subspace import Subspace


@dataclass(frozen=True)
class IsomorphismAnswer:
    """Whether two algebras are isomorphic over the reals.

    Attributes
    ----------
    verdict : bool or None
        ``None`` where it is not decided.
    map : sympy.ImmutableDenseMatrix or None
        The matrix that takes a column of coordinates in the first algebra to one in the second;
        ``None`` where none was found.
    reason : str
        How the map was found, which invariant differs, or what was tried.
    """

    verdict: bool | None
    map: sp.ImmutableDenseMatrix | None
    reason: str


def isomorphic_to(first: LieAlgebra, second: LieAlgebra) -> IsomorphismAnswer:
    """Whether two algebras are isomorphic over the reals.

    No, with the first invariant that differs: dimensions of series and ideals, Killing signature,
    real forms of the Levi factor, weights of the radical. Yes, with a map: abelian and Heisenberg
    algebras by their canonical bases, simple ones by Chevalley generators (Humphreys, 1972, section
    14.2; Knapp, 2nd ed. 2002, sections VI.7 to VI.10), others by maps that respect a Levi
    subalgebra and a torus of the radical, direct sums ideal by ideal (Krull and Schmidt). Each map
    is checked on all brackets before it is returned. Reductive algebras whose real forms are
    decided get their verdict by the classification where no map is found. Every search is bounded.

    Raises
    ------
    ValueError
        If an algebra holds parameters or has complex coefficients.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> isomorphic_to(known("so21"), known("sl2")).map
    Matrix([
    [   0, 1/2,    0],
    [ 1/2,   0, -1/2],
    [-1/2,   0, -1/2]])
    >>> isomorphic_to(known("so3"), known("sl2")).reason
    'the Killing signatures differ: (0, 3, 0) and (2, 1, 0)'
    """
    for algebra in (first, second):
        check_algebra(algebra)
        check_no_parameters(algebra, "isomorphism")
        check_real_coefficients(algebra, "isomorphism over the reals")
    same = _same_matrices(first, second)
    if same is not None:
        return IsomorphismAnswer(True, _columns(same.to_Matrix()), "both span the same matrices")
    (ours, left), (theirs, right) = simple_basis(first), simple_basis(second)
    try:
        found = _compared(ours, theirs)
    except FieldTooLargeError as error:
        return IsomorphismAnswer(None, None, f"not decided: {error}")
    if found.rows is None:
        return IsomorphismAnswer(found.verdict, None, found.reason)
    identity = DomainMatrix.eye(second.dim, right.domain).to_sparse()
    back = transported(right, identity).to_Matrix()
    total = left.to_Matrix() * found.rows.to_Matrix() * back
    return IsomorphismAnswer(True, _columns(total), found.reason)


def _columns(rows: sp.MatrixBase) -> sp.ImmutableDenseMatrix:
    return rows.applyfunc(_tidy).T.as_immutable()


def _tidy(number: sp.Expr) -> sp.Expr:
    return number if number.is_Rational else sp.radsimp(sp.expand(number))


@dataclass(frozen=True, eq=False)
class _Found:
    """A verdict; row ``i`` of ``rows`` holds the coordinates of the image of ``E_i``."""

    verdict: bool | None
    rows: DomainMatrix | None
    reason: str


def _same_matrices(first: LieAlgebra, second: LieAlgebra) -> DomainMatrix | None:
    """The coordinates of the first basis in the second, if both span the same matrices."""
    if (first.dim, first.n) != (second.dim, second.n):
        return None
    found = coordinates(second.matrices, first.matrices)
    if any(row is None for row in found):
        return None
    (rows,) = common_field(sp.Matrix(found))
    return rows


def _compared(first: LieAlgebra, second: LieAlgebra) -> _Found:
    """The answer for algebras in bases of simple brackets."""
    ours, theirs = right_brackets(first), right_brackets(second)
    if first.dim == second.dim:
        identity = DomainMatrix.eye(first.dim, sp.QQ).to_sparse()
        if is_isomorphism(ours, theirs, identity):
            return _Found(True, identity, "equal structure constants in bases of short vectors")
    differs = difference(first, second)
    if differs is not None:
        return _Found(False, None, differs)
    found = _searched(first, second)
    if found.verdict is None and is_reductive(first) and is_reductive(second):
        return _reductive(first, second) or found
    if found.rows is not None and not is_isomorphism(ours, theirs, found.rows):
        return _Found(None, None, "not decided: the map that was found respects not every bracket")
    return found


def _searched(first: LieAlgebra, second: LieAlgebra) -> _Found:
    if is_abelian(first):
        return _Found(True, DomainMatrix.eye(first.dim, sp.QQ).to_sparse(), "both are abelian")
    if is_semisimple(first):
        return _semisimple(first, second)
    sums = [indecomposable_ideals(algebra) for algebra in (first, second)]
    if all(found.is_complete for found in sums) and len(sums[0].ideals) > 1:
        spaces = [[ideal.subspace for ideal in found.ideals] for found in sums]
        return _ideal_by_ideal(
            *([(space, spanned(algebra, space.rows)) for space in listed]
              for algebra, listed in zip((first, second), spaces, strict=True))
        )  # fmt: skip
    bases = [heisenberg_basis(algebra) for algebra in (first, second)]
    if bases[0] is not None and bases[1] is not None:
        return _Found(True, transported(bases[0], bases[1]), "canonical bases, [p_i, q_i] = z")
    return _with_radical(first, second)


def _semisimple(first: LieAlgebra, second: LieAlgebra) -> _Found:
    try:
        names = [real_form_names(algebra) for algebra in (first, second)]
    except ValueError as error:
        return _Found(None, None, f"not decided: {error}")
    found = next(semisimple_isomorphisms(first, second), None)
    if found is not None:
        return _Found(True, found, "Chevalley generators are taken to Chevalley generators")
    if names[0] != names[1] or any("not decided" in name for name in names[0]):
        return _Found(None, None, f"not decided: the real forms are {', '.join(names[0])}")
    return _Found(
        True,
        None,
        f"both are {' + '.join(names[0])} by the classification of real simple algebras; no map "
        "was found, since their roots are not explicit or need too large a field",
    )


def _reductive(first: LieAlgebra, second: LieAlgebra) -> _Found | None:
    """Yes for equal simple ideals, if the centers have one dimension, as invariants show before."""
    names = levi_forms(first)
    if names is None or names != levi_forms(second) or any("not decided" in name for name in names):
        return None
    return _Found(
        True,
        None,
        f"both are {' + '.join(names)} + {center(first).dim}-dimensional center by the "
        "classification of real simple algebras; no map was found",
    )


def _with_radical(first: LieAlgebra, second: LieAlgebra) -> _Found:
    frames = levi_and_torus(first), levi_and_torus(second)
    matching = torus_matching(*frames)
    if matching.is_complete and not matching.matrices:
        return _Found(
            False,
            None,
            "the weights of the tori that commute with a Levi subalgebra differ: no real linear "
            "map takes those of one algebra to those of the other",
        )
    found = equivariant_isomorphism(*frames, matching)
    if found is not None:
        return _Found(True, found, "a map that respects a Levi subalgebra and a torus")
    return _Found(
        None,
        None,
        "not decided: no invariant that was compared differs, and the bounded search for a map "
        "that respects a Levi subalgebra and a torus of the radical found none",
    )


# An ideal with its coordinates in the algebra.
_Part = tuple[Subspace, LieAlgebra]


def _ideal_by_ideal(ours: list[_Part], theirs: list[_Part]) -> _Found:
    """Indecomposable ideals are unique up to isomorphism and order (Krull and Schmidt)."""
    rows, images, left = [], [], list(theirs)
    missing = []
    for space, ideal in ours:
        answers = [(other, _compared(ideal, other[1])) for other in left]
        match = next(((other, found) for other, found in answers if found.verdict), None)
        if match is None:
            undecided = [found.reason for _, found in answers if found.verdict is None]
            if undecided:
                return _Found(None, None, undecided[0])
            return _Found(
                False,
                None,
                f"an indecomposable ideal of dimension {ideal.dim} has no counterpart: "
                f"{answers[0][1].reason}",
            )
        (target, _), found = match
        left.remove(match[0])
        if found.rows is None:
            missing.append(found.reason)
            continue
        small, target_rows = common_field(found.rows, target.rows)
        rows.append(space.rows)
        images.append(small.matmul(target_rows))
    if missing:
        return _Found(True, None, f"ideal by ideal; {'; '.join(dict.fromkeys(missing))}")
    try:
        together = common_field(*rows, *images)
    except FieldTooLargeError as error:
        return _Found(True, None, f"ideal by ideal; for the maps of all of them {error}")
    count = len(rows)
    return _Found(
        True,
        transported(DomainMatrix.vstack(*together[:count]), DomainMatrix.vstack(*together[count:])),
        "indecomposable ideal by indecomposable ideal",
    )
