"""Quadratic Casimir elements: symmetric tensors of degree two that the algebra leaves invariant."""

from __future__ import annotations

from dataclasses import dataclass

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import LieAlgebra
from liealg.arguments import check_algebra
from liealg.echelon import inverse, row_echelon
from liealg.exact import small_field
from liealg.number_fields import one_field
from liealg.scalars import multiply, shaped
from liealg.structure.centroid import commuting_maps
from liealg.structure.compactness import trace_form
from liealg.structure.fitting import UNKNOWN, evaluate
from liealg.structure.frame import Frame, frame_of
from liealg.structure.invariant_forms import form_rows
from liealg.structure.killing import frame_killing_form
from liealg.structure.modules import Module, as_matrices, minimal_polynomial, primitive
from liealg.structure.radical import is_semisimple
from liealg.structure.scope import check_no_parameters
from liealg.structure.subspace import exact_rows, kernel, span


@dataclass(frozen=True)
class CasimirElement:
    """The Casimir element of a semisimple algebra, and how it acts on the rows of its matrices.

    Attributes
    ----------
    coefficients : sympy.ImmutableDenseMatrix
        ``K^(ij)``: the element is ``sum_ij K^(ij) E_i E_j`` in the enveloping algebra, with the
        inverse of the Killing form.
    matrix : sympy.ImmutableDenseMatrix
        The element in the representation by the matrices of the algebra; it commutes with them.
    scalars : tuple of tuple
        Pairs ``(scalar, dimension)``: on a subspace of that dimension, a sum of irreducible ones,
        the element is multiplication by the scalar. Scalars that are roots of polynomials of degree
        three and more over the field are left out.
    words : str
        The scalars in a sentence, with those left out.
    """

    coefficients: sp.ImmutableDenseMatrix
    matrix: sp.ImmutableDenseMatrix
    scalars: tuple[tuple[sp.Expr, int], ...]
    words: str


def casimir_element(algebra: LieAlgebra) -> CasimirElement:
    """The element ``sum_ij K^(ij) E_i E_j`` with the inverse of the Killing form ``K``.

    It does not depend on the basis and commutes with the algebra. Normalised by the Killing form
    it is 1 in the adjoint representation of a simple algebra; Humphreys, *Introduction to Lie
    Algebras and Representation Theory* (1972), section 6.2, takes the trace form of the
    representation in the place of ``K``.

    Raises
    ------
    ValueError
        If the algebra is not semisimple, so that its Killing form has no inverse.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> casimir_element(known("spin(3/2)")).scalars
    ((15/8, 4),)
    """
    check_algebra(algebra)
    check_no_parameters(algebra, "the Casimir element")
    if not is_semisimple(algebra):
        raise ValueError(
            f"the Killing form of {algebra.name!r} is degenerate, so that there is no Casimir "
            "element by its inverse; quadratic_casimirs gives all invariants of degree two"
        )
    frame = frame_of(algebra)
    coefficients = inverse(frame_killing_form(algebra))
    matrix = _represented(algebra, frame, coefficients)
    scalars, words = _scalars(matrix)
    given = frame.given_tensor(coefficients)
    return CasimirElement(
        given.to_Matrix().as_immutable(), matrix.to_Matrix().as_immutable(), scalars, words
    )


def quadratic_casimirs(algebra: LieAlgebra) -> tuple[sp.ImmutableDenseMatrix, ...]:
    """A basis of all symmetric ``M`` whose ``sum_ij M[i, j] E_i E_j`` commutes with the algebra.

    These are the invariants of degree two of the adjoint representation on symmetric tensors, the
    solutions of ``ad_x M + M ad_x^T = 0``. By symmetrisation they are the part of degree two of the
    center of the enveloping algebra, up to squares of its part of degree one, which are among them
    (Dixmier, *Enveloping Algebras*, 1977, chapter 2). For the Poincare algebra it is the squared
    mass, for se(3) the two invariants of a screw. Rational ones have integers without a common
    factor as entries.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> quadratic_casimirs(known("so3"))
    (Matrix([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]]),)
    """
    check_algebra(algebra)
    check_no_parameters(algebra, "the quadratic Casimir elements")
    frame, k = frame_of(algebra), algebra.dim
    tensors = [frame.given_tensor(tensor) for tensor in _invariants(frame.right)]
    if not tensors:
        return ()
    flat = [shaped(tensor, 1, k * k) for tensor in one_field(*tensors)]
    listed = as_matrices(primitive(small_field(span(flat[0].vstack(*flat[1:])))), k)
    return tuple(tensor.to_Matrix().as_immutable() for tensor in listed)


def _invariants(brackets: tuple[DomainMatrix, ...]) -> list[DomainMatrix]:
    """The solutions for an algebra whose ``ad_x`` are the transposes of these matrices.

    If the Killing form ``K`` is nondegenerate, they are ``K^-1 N`` with ``N`` in the centroid.
    """
    k = brackets[0].shape[0]
    rows = DomainMatrix.vstack(*brackets)
    form = trace_form(shaped(rows, k, k * k), k).to_sparse()
    if len(row_echelon(form)[1]) == k:
        back = inverse(form)
        return [multiply(back, commuting) for commuting in commuting_maps(brackets)]
    # A F + F A^T = 0 is asked of A = ad_x.
    dual = Module(tuple(a.transpose() for a in brackets), k, form.domain)
    return list(as_matrices(form_rows(dual, 1), k))


def _represented(algebra: LieAlgebra, frame: Frame, coefficients: DomainMatrix) -> DomainMatrix:
    """``sum_ab c_ab B_a B_b`` with the basis of the frame, by the sums over ``b`` first."""
    n, k = algebra.n, algebra.dim
    if frame.is_given:
        flat = exact_rows([list(matrix) for matrix in algebra.matrices])
    else:
        flat = algebra.reduced.complex_rows()
    coefficients, flat = one_field(coefficients, flat)
    summed = multiply(coefficients, flat)
    wide = DomainMatrix.hstack(*as_matrices(flat, n))
    return small_field(multiply(wide, shaped(summed, k * n, n)).to_sparse())


def _scalars(matrix: DomainMatrix) -> tuple[tuple[tuple[sp.Expr, int], ...], str]:
    found, words = [], []
    for factor, _ in minimal_polynomial(matrix, UNKNOWN).factor_list()[1]:
        rows = kernel(evaluate(factor, matrix).transpose()).shape[0]
        if factor.degree() <= 2:
            for root in sp.roots(factor.as_expr(), UNKNOWN):
                found.append((sp.radsimp(root), rows // factor.degree()))
        else:
            words.append(f"the roots of {factor.as_expr()} on dimension {rows}")
    words = [f"{root} on dimension {dim}" for root, dim in found] + words
    return tuple(found), "the Casimir element is " + ", ".join(words)
