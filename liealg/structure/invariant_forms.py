"""Bilinear and Hermitian forms that a representation leaves invariant, and their signatures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.structure.compactness import preserves_definite_form
from liealg.structure.intertwiners import intertwiners
from liealg.structure.modules import (
    Module,
    as_matrices,
    general_elements,
    given_matrix,
    module_of,
    primitive,
    realified_module,
    solutions,
    two_sided,
)
from liealg.structure.signs import signature
from liealg.structure.subspace import kernel, span


@dataclass(frozen=True)
class FormSpace:
    """A space of invariant forms of one symmetry.

    Attributes
    ----------
    matrices : tuple of sympy.ImmutableDenseMatrix
        A basis; rational ones have integers without a common factor as entries.
    rank : int
        The largest rank of a form of the space that was met.
    rank_is_certain : bool
        Whether no form of the space has a larger rank; ``False`` where that is not decided.
    signature : tuple of int or None
        For a real symmetric or a Hermitian form that is unique up to a factor: how many squares
        are positive, negative and zero, with that sign of the form for which the first number is
        not the smaller. ``None`` for other forms, and where there are none or several.
    has_definite : bool or None
        Whether a definite form is in the space; ``None`` where definite has no meaning.
    """

    matrices: tuple[sp.ImmutableDenseMatrix, ...]
    rank: int
    rank_is_certain: bool
    signature: tuple[int, int, int] | None
    has_definite: bool | None

    @property
    def dim(self) -> int:
        """The dimension of the space of forms."""
        return len(self.matrices)


@dataclass(frozen=True)
class InvariantForms:
    """The invariant bilinear forms: each is a symmetric one and an antisymmetric one.

    Attributes
    ----------
    symmetric, antisymmetric : FormSpace
        Real for real matrices, complex bilinear for complex ones.
    """

    symmetric: FormSpace
    antisymmetric: FormSpace


def bilinear_forms(basis: MatrixBasis) -> InvariantForms:
    """All ``F`` with ``X^T F + F X = 0`` for every ``X`` of the span.

    Then ``exp(X)^T F exp(X) = F``: the group keeps ``(x, y) -> x^T F y``. The rotations keep the
    scalar product, so(p, q) a form of that signature, sp(2 n) an antisymmetric one: Hall, *Lie
    Groups, Lie Algebras, and Representations* (2015), chapter 1; Goodman and Wallach, *Symmetry,
    Representations, and Invariants* (2009), section 1.1. For complex matrices ``F`` is complex
    and has no signature; see :func:`hermitian_forms`.

    Whether a definite form is among real symmetric ones is always decided. There is one exactly if
    the trace form ``tr(x y)`` is negative definite on the Lie algebra that the matrices generate
    and its center has imaginary eigenvalues and no nilpotent parts, for then the group is in a
    compact one (Bourbaki, *Groupes et algebres de Lie*, chapters 1 and 9).

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> bilinear_forms(known("so(2, 3)")).symmetric.signature
    (3, 2, 0)
    >>> bilinear_forms(known("sp2")).antisymmetric.matrices
    (Matrix([
    [ 0, 1],
    [-1, 0]]),)
    """
    check_basis(basis)
    module = module_of(basis)
    symmetric, antisymmetric = (form_rows(module, sign) for sign in (1, -1))
    real = None if basis.is_complex else basis
    return InvariantForms(
        _described(module, symmetric, 1, real), _described(module, antisymmetric, -1, None)
    )


def hermitian_forms(basis: MatrixBasis) -> FormSpace:
    """All ``H = H^H`` with ``X^H H + H X = 0`` for every ``X`` of the span: a real vector space.

    Then ``exp(X)^H H exp(X) = H``. The form of u(p, q) has p and q squares: Goodman and Wallach
    (2009), section 1.1. A signature counts complex dimensions. ``H`` is the real symmetric form
    ``Re x^H H y`` on ``R^(2 n)``, which has every sign twice. For real matrices the Hermitian forms
    are ``S + i A`` with the symmetric and antisymmetric forms of :func:`bilinear_forms`.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> hermitian_forms(known("su(1, 2)")).signature
    (2, 1, 0)
    """
    check_basis(basis)
    module, n = realified_module(basis), basis.n
    if basis.is_complex:
        start = _hermitian_start(n, module)
        rows = solutions(start, (two_sided(a, a.transpose()) for a in module.generic()))
    else:
        rows = _of_real_matrices(module_of(basis))
    forms = as_matrices(primitive(rows), 2 * n)
    listed = tuple(_hermitian(module, form, n) for form in forms)
    rank, certain = _generic_rank(forms, 0)
    return FormSpace(
        listed,
        rank // 2,
        certain,
        _halved(_signed(forms[0])) if len(forms) == 1 else None,
        _has_definite(module, forms),
    )


@lru_cache(maxsize=128)
def form_rows(module: Module, sign: int) -> DomainMatrix:
    """The forms with ``F^T = sign F``, each as one row: the transpose of a form is one, too."""
    n, rows = module.size, _all_forms(module)
    turned = {(i, place % n * n + place // n): value for (i, place), value in rows.to_dok().items()}
    other = DomainMatrix.from_dok(turned, rows.shape, rows.domain).to_sparse()
    return span(rows + other * rows.domain.convert(sign))


@lru_cache(maxsize=64)
def _all_forms(module: Module) -> DomainMatrix:
    """``A F + F A^T = 0``: maps from the module to its dual."""
    return intertwiners([(action, -action.transpose()) for action in module.actions])


def _described(
    module: Module, rows: DomainMatrix, sign: int, real: MatrixBasis | None
) -> FormSpace:
    forms = as_matrices(primitive(rows), module.size)
    rank, certain = _generic_rank(forms, sign)
    listed = tuple(given_matrix(module, form, lambda s, t: 1 / (s * t)) for form in forms)
    signs = definite = None
    if real is not None:
        signs = _signed(forms[0]) if len(forms) == 1 else None
        definite = _has_definite(module, forms)
    return FormSpace(listed, rank, certain, signs, definite)


def _generic_rank(forms: tuple[DomainMatrix, ...], sign: int) -> tuple[int, bool]:
    """The rank of a general form, certain where it is all that the common kernel leaves.

    Antisymmetric forms have even rank.
    """
    if not forms:
        return 0, True
    n = forms[0].shape[0]
    tried = [*forms, *islice(general_elements(forms), 3)]
    rank = max(int(form.to_field().rank()) for form in tried)
    common = kernel(forms[0].vstack(*forms[1:])).shape[0]
    largest = n - common
    if sign == -1:
        largest -= largest % 2
    return rank, len(forms) == 1 or rank == largest


def _signed(form: DomainMatrix) -> tuple[int, int, int]:
    positive, negative, zero = signature(form)
    return max(positive, negative), min(positive, negative), zero


def _halved(signs: tuple[int, int, int]) -> tuple[int, int, int]:
    return signs[0] // 2, signs[1] // 2, signs[2] // 2


def _has_definite(module: Module, forms: tuple[DomainMatrix, ...]) -> bool:
    if len(forms) <= 1:
        return any(_signed(form) == (form.shape[0], 0, 0) for form in forms)
    return preserves_definite_form(module)


def _of_real_matrices(module: Module) -> DomainMatrix:
    """``S + i A`` with symmetric ``S`` and antisymmetric ``A``, as ``[[S, -A], [A, S]]``."""
    n, entries, count = module.size, {}, 0
    for sign in (1, -1):
        forms = form_rows(module, sign)
        for (row, place), value in forms.to_sparse().to_dok().items():
            i, j = divmod(place, n)
            corner = 2 * n * i + j
            if sign == 1:
                entries[count + row, corner] = entries[count + row, corner + 2 * n * n + n] = value
            else:
                entries[count + row, corner + 2 * n * n] = value
                entries[count + row, corner + n] = -value
        count += forms.shape[0]
    return DomainMatrix.from_dok(entries, (count, 4 * n * n), module.domain).to_sparse()


def _hermitian_start(n: int, module: Module) -> DomainMatrix:
    """The symmetric matrices ``[[S, -A], [A, S]]`` of ``S + i A``, each as one row."""
    one, entries, count = module.domain.one, {}, 0
    for i in range(n):
        for j in range(i, n):
            for real in (True, False) if i < j else (True,):
                for a, b, sign in ((i, j, 1), (j, i, 1 if real else -1)):
                    if real:
                        entries[count, a * 2 * n + b] = one
                        entries[count, (a + n) * 2 * n + b + n] = one
                    else:
                        entries[count, (a + n) * 2 * n + b] = one * sign
                        entries[count, a * 2 * n + b + n] = -one * sign
                count += 1
    return DomainMatrix.from_dok(entries, (count, 4 * n * n), module.domain).to_sparse()


def _hermitian(module: Module, form: DomainMatrix, n: int) -> sp.ImmutableDenseMatrix:
    whole = given_matrix(module, form, lambda s, t: 1 / (s * t))
    return (whole[:n, :n] + sp.I * whole[n:, :n]).as_immutable()
