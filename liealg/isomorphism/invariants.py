"""What isomorphic algebras have in common, cheap things first, each in words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.isomorphism.basis_change import spanned
from liealg.isomorphism.scaling import is_zero, real_scales
from liealg.structure.brackets import bracket_matrix, bracket_of, right_brackets, whole
from liealg.structure.cartan import rank
from liealg.structure.centroid import centroid
from liealg.structure.conjugate_ideals import real_form_names
from liealg.structure.decomposition import indecomposable_ideals
from liealg.structure.derivations import exact_derivations
from liealg.structure.ideals import exact_subspace
from liealg.structure.killing import exact_killing_form, killing_signature
from liealg.structure.levi import levi_decomposition
from liealg.structure.nilradical import nilradical
from liealg.structure.radical import is_semisimple, radical
from liealg.structure.series import (
    center,
    derived_algebra,
    derived_series,
    lower_central_series,
    series,
)
from liealg.structure.subspace import complement, kernel, span

# Beyond this the linear equations of derivations and of the centroid cost more than they tell.
_MOST_FOR_MAPS = 16


def difference(first: LieAlgebra, second: LieAlgebra) -> str | None:
    """The first invariant that two algebras do not have in common, in words, if one is found.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> difference(known("so3"), known("sl2"))
    'the Killing signatures differ: (0, 3, 0) and (2, 1, 0)'
    """
    for what, invariant in _INVARIANTS:
        values = invariant(first), invariant(second)
        if None not in values and not _equal(*values):
            return f"{what} differ: {_words(values[0])} and {_words(values[1])}"
    return _spectral_difference(first, second)


def _equal(first: Any, second: Any) -> bool:
    if isinstance(first, sp.Expr) and isinstance(second, sp.Expr):
        return is_zero(first - second)
    return bool(first == second)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value)


def _derived_dimensions(algebra: LieAlgebra) -> list[int]:
    return [term.dim for term in derived_series(algebra)]


def _lower_dimensions(algebra: LieAlgebra) -> list[int]:
    return [term.dim for term in lower_central_series(algebra)]


@lru_cache(maxsize=64)
def _nilradical(algebra: LieAlgebra) -> DomainMatrix:
    rows = exact_subspace(algebra, nilradical(algebra))
    return rows.convert_to(right_brackets(algebra)[0].domain).to_sparse()


def _nilradical_dimensions(algebra: LieAlgebra) -> list[int]:
    right, ideal = right_brackets(algebra), _nilradical(algebra)
    return [term.shape[0] for term in series(ideal, lambda term: bracket_of(right, ideal, term))]


def _centralizer_dimensions(algebra: LieAlgebra) -> list[int]:
    """Of the derived algebra, and of the nilradical."""
    return [
        centralizer(algebra, derived_algebra(algebra)).shape[0],
        centralizer(algebra, _nilradical(algebra)).shape[0],
    ]


def centralizer(algebra: LieAlgebra, rows: DomainMatrix) -> DomainMatrix:
    """Everything that commutes with all the rows."""
    right, space = right_brackets(algebra), whole(algebra)
    columns = list(range(algebra.dim))
    for i in range(rows.shape[0]):
        image = space.matmul(bracket_matrix(right, rows.extract([i], columns)))
        space = kernel(image.transpose()).matmul(space)
    return span(space)


def levi_forms(algebra: LieAlgebra) -> list[str] | None:
    """The real forms of the simple ideals of a Levi subalgebra; ``None`` if not decided."""
    levi = levi_decomposition(algebra).levi
    if levi.dim == 0:
        return []
    whole_of_it = algebra if levi.dim == algebra.dim else spanned(algebra, levi.rows)
    try:
        return list(real_form_names(whole_of_it))
    except ValueError:
        return None


def _trace_value(algebra: LieAlgebra) -> sp.Expr | None:
    """``K^-1(tr ad, tr ad)`` for the Killing form ``K`` modulo its radical, where that is defined.

    A scaling of the torus leaves it alone: for ``ad x`` with eigenvalues 0, 1 and ``s`` it is
    ``(1 + s)^2 / (1 + s^2)``.
    """
    right, form = right_brackets(algebra), exact_killing_form(algebra)
    domain = form.domain
    traces = [sum((m.to_dok().get((i, i), domain.zero) for i in range(len(right))), domain.zero)
              for m in right]  # fmt: skip
    functional = DomainMatrix([traces], (1, len(right)), domain).to_sparse()
    null = kernel(form)
    if not null.matmul(functional.transpose()).is_zero_matrix:
        return None
    rows = complement(null, whole(algebra))
    if rows.shape[0] == 0:
        return None
    small = rows.matmul(form).matmul(rows.transpose()).to_dense()
    column = rows.matmul(functional.transpose()).to_dense()
    value = (column.transpose() * small.inv() * column).to_list()[0][0]
    return sp.radsimp(domain.to_sympy(value))


def _ideal_kinds(algebra: LieAlgebra) -> list[str] | None:
    if is_semisimple(algebra):
        return None  # the real forms of its simple ideals have been compared
    found = indecomposable_ideals(algebra)
    if not found.is_complete:
        return None
    return sorted(f"{ideal.subspace.dim} ({ideal.centroid})" for ideal in found.ideals)


def _if_small(function: Callable[[LieAlgebra], Any]) -> Callable[[LieAlgebra], Any]:
    def counted(algebra: LieAlgebra) -> int | None:
        if algebra.dim > _MOST_FOR_MAPS or is_semisimple(algebra):
            return None
        return len(function(algebra))

    return counted


_INVARIANTS: tuple[tuple[str, Callable[[LieAlgebra], Any]], ...] = (
    ("the dimensions", lambda algebra: algebra.dim),
    ("the dimensions of the derived series", _derived_dimensions),
    ("the dimensions of the lower central series", _lower_dimensions),
    ("the dimensions of the centers", lambda algebra: center(algebra).dim),
    ("the Killing signatures", killing_signature),
    ("the dimensions of the radicals", lambda algebra: radical(algebra).dim),
    ("the dimensions of the lower central series of the nilradicals", _nilradical_dimensions),
    (
        "the dimensions of the centralizers of derived algebra and nilradical",
        _centralizer_dimensions,
    ),
    ("the real forms of the Levi factors", levi_forms),
    ("the ranks", rank),
    ("the values of the Killing form's dual on the trace of ad", _trace_value),
    ("the dimensions and centroids of the indecomposable ideals", _ideal_kinds),
    ("the dimensions of the derivation algebras", _if_small(exact_derivations)),
    ("the dimensions of the centroids", _if_small(centroid)),
)


def _spectral_difference(first: LieAlgebra, second: LieAlgebra) -> str | None:
    """Where the nilradical has codimension one: the eigenvalues of ``ad x``, up to scale.

    For ``x`` outside the nilradical they depend on ``x`` modulo it alone, by Lie's theorem.
    """
    ours, theirs = _outside(first), _outside(second)
    if ours is None or theirs is None or real_scales(ours, theirs):
        return None
    shown = [sp.Poly(values, sp.Symbol("x")).as_expr() for values in (ours, theirs)]
    return (
        "the characteristic polynomials of ad x outside the nilradical differ for every scale of "
        f"x: {shown[0]} and {shown[1]}"
    )


def _outside(algebra: LieAlgebra) -> list[sp.Expr] | None:
    inner = _nilradical(algebra)
    if inner.shape[0] != algebra.dim - 1 or radical(algebra).dim < algebra.dim:
        return None
    x = complement(inner, whole(algebra))
    coefficients = bracket_matrix(right_brackets(algebra), x).to_dense().charpoly()
    return [x.domain.to_sympy(value) for value in coefficients]
