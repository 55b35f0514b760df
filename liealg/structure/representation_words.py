"""What a representation keeps and how it falls into parts, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from liealg.algebra import MatrixBasis
from liealg.structure.commutant import commutant_rows
from liealg.structure.invariant_forms import FormSpace, bilinear_forms, hermitian_forms
from liealg.structure.invariant_subspaces import invariant_subspaces
from liealg.structure.isotypic import IsotypicComponent, schur_types
from liealg.structure.modules import module_of
from liealg.structure.radical_series import is_completely_reducible

# Equal dimensions are listed one by one up to so many.
_LISTED = 3


def representation_words(basis: MatrixBasis) -> str:
    """Invariant forms with their signatures, and irreducible parts with their Schur types.

    The facts are those of :func:`bilinear_forms`, :func:`hermitian_forms`, :func:`schur_types` and
    :func:`invariant_subspaces`. An irreducible part is of real type where nothing else is said.
    The dimensions of the irreducible quotients are the same for every composition series (Jordan
    and Hoelder).

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> representation_words(known("so2"))
    'preserves a symmetric form of signature (2, 0) and a symplectic form; irreducible on R^2, of \
complex type'
    """
    return f"{_forms(basis)}; {_parts(basis)}"


def signature_words(signature: Sequence[int]) -> str:
    """Positive and negative squares, and the zero ones where there are any.

    Examples
    --------
    >>> signature_words((6, 4, 0)), signature_words((0, 3, 3))
    ('(6, 4)', '(0, 3, 3)')
    """
    positive, negative, zero = signature
    return f"({positive}, {negative}, {zero})" if zero else f"({positive}, {negative})"


def _forms(basis: MatrixBasis) -> str:
    n, forms = basis.n, bilinear_forms(basis)
    if basis.is_complex:
        listed = [
            _signed("Hermitian", hermitian_forms(basis)),
            _ranked("complex symmetric", "complex symmetric", forms.symmetric, n),
            _ranked("complex antisymmetric", "complex symplectic", forms.antisymmetric, n),
        ]
    else:
        listed = [
            _signed("symmetric", forms.symmetric),
            _ranked("antisymmetric", "symplectic", forms.antisymmetric, n),
        ]
    found = [words for words in listed if words]
    if not found:
        return f"preserves no {'Hermitian or ' if basis.is_complex else ''}bilinear form"
    return "preserves " + _joined(found)


def _signed(symmetry: str, space: FormSpace) -> str:
    if space.signature is not None:
        return f"a {symmetry} form of signature {signature_words(space.signature)}"
    definite = ", some definite" if space.has_definite else ""
    return f"{space.dim} independent {symmetry} forms{definite}" if space.dim else ""


def _ranked(symmetry: str, nondegenerate: str, space: FormSpace, n: int) -> str:
    if space.dim == 0:
        return ""
    if space.dim > 1:
        return f"{space.dim} independent {symmetry} forms"
    if space.rank == n:
        return f"a {nondegenerate} form"
    return f"{'an' if symmetry[0] == 'a' else 'a'} {symmetry} form of rank {space.rank}"


def _parts(basis: MatrixBasis) -> str:
    module = module_of(basis)
    space = f"{'C' if basis.is_complex else 'R'}^{basis.n}"
    if is_completely_reducible(basis):
        components = schur_types(basis)
        if sum(component.multiplicity for component in components) == 1:
            kind = components[0].schur_type
            special = "" if basis.is_complex or kind == "real" else f", of {kind} type"
            return f"irreducible on {space}{special}"
        return f"completely reducible on {space}, parts of dimensions {_dimensions(components)}"
    layers = invariant_subspaces(basis).layers
    dimensions = _dimensions([part for layer in layers for part in layer])
    words = f"not completely reducible on {space}, irreducible quotients of dimensions {dimensions}"
    commuting = commutant_rows(module).shape[0]
    return words if commuting == 1 else f"{words}, commutant of dimension {commuting}"


def _dimensions(components: Sequence[IsotypicComponent]) -> str:
    """The dimensions of the irreducible parts, with the type of those that are not of real type."""
    counted = Counter[tuple[int, str]]()
    for part in components:
        kind = "real" if part.bilinear_form is not None else part.schur_type
        counted[part.irreducible_dim, kind] += part.multiplicity
    words = []
    for (dim, kind), times in sorted(counted.items()):
        remarks = [kind] if kind != "real" else []
        if times > _LISTED:
            remarks.append(f"{times} times")
        word = f"{dim} ({', '.join(remarks)})" if remarks else f"{dim}"
        words += [word] * (1 if times > _LISTED else times)
    return _joined(words)


def _joined(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"
