"""An algebra and its representation in one sentence."""

from __future__ import annotations

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.arguments import check_basis
from liealg.structure.cartan import rank
from liealg.structure.classification import Classification, classification
from liealg.structure.decomposition import indecomposable_ideals
from liealg.structure.frame import frame_of
from liealg.structure.generated import generated_algebra
from liealg.structure.killing import killing_signature
from liealg.structure.open_words import is_open, open_words
from liealg.structure.radical import is_reductive
from liealg.structure.representation_words import representation_words, signature_words
from liealg.structure.series import is_nilpotent
from liealg.structure.standard_names import standard_name

# What a span generates is examined up to this dimension, that of so(8).
_LARGEST_CLOSURE = 28


def summary(basis: MatrixBasis) -> str:
    """What an algebra is and what its matrices keep, in one sentence.

    First the algebra, from its brackets alone: names, class, dimension, parts, rank (the dimension
    of a Cartan subalgebra), compactness and Killing signature; then the representation: invariant
    forms and irreducible parts. The first name is that of the full linear algebra that the matrices
    are, the second that of the isomorphism class. All is exact, and what is not decided is called
    so. A change of basis, of the algebra or of the space, changes nothing. Of a span that does not
    close under the bracket, the algebra that it generates is told, up to dimension 28. Where there
    are parameters, or coefficients are complex, only what needs no signs is told.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> summary(known("so(3,2)"))
    'so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, Killing signature (6, 4); \
preserves a symmetric form of signature (3, 2); irreducible on R^5'
    >>> summary(known("heisenberg1")).split("; ")[0]
    'nilpotent of class 2, 3-dimensional, 1-dimensional center'
    """
    check_basis(basis)
    if is_open(basis):
        return open_words(basis)
    algebra = examined_algebra(basis)
    if algebra is None:
        return f"{_too_large(basis)}; {representation_words(basis)}"
    found = classification(algebra)
    words = [found.kind, f"{algebra.dim}-dimensional", *found.parts, *_figures(algebra)]
    told = ", ".join(word for word in words if word)
    names = _names(basis, algebra, found)
    return f"{names + ': ' if names else ''}{told}; {representation_words(basis)}"


def type_words(basis: MatrixBasis) -> str:
    """The first words of :func:`summary`, names and class, without figures.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> type_words(known("sp4")), type_words(known("heisenberg1"))
    ('sp(4, R) ≅ so(3,2): simple of type B2', 'nilpotent of class 2, 1-dimensional center')
    """
    check_basis(basis)
    if is_open(basis):
        return open_words(basis)
    algebra = examined_algebra(basis)
    if algebra is None:
        return _too_large(basis)
    found = classification(algebra)
    names = _names(basis, algebra, found)
    told = ", ".join(word for word in (found.kind, *found.parts) if word)
    return f"{names}: {told}" if names else told


def examined_algebra(basis: MatrixBasis) -> LieAlgebra | None:
    """The algebra of a basis, or the one that its span generates; ``None`` if that is too large.

    In the reduced basis of its matrices, which has fewer roots and smaller numbers, unless it is
    the given one that has, or there are parameters or complex coefficients.
    """
    if is_open(basis):
        return basis if isinstance(basis, LieAlgebra) else None
    if isinstance(basis, LieAlgebra) and frame_of(basis).is_given:
        return basis
    return generated_algebra(basis, max(basis.dim, _LARGEST_CLOSURE))


def _too_large(basis: MatrixBasis) -> str:
    least = max(basis.dim, _LARGEST_CLOSURE)
    return f"{_span(basis)} an algebra of dimension above {least}, which is not examined"


def _span(basis: MatrixBasis) -> str:
    return f"a span of {basis.dim} {'matrix' if basis.dim == 1 else 'matrices'} that generates"


def _names(basis: MatrixBasis, algebra: LieAlgebra, found: Classification) -> str:
    given = (standard_name(basis, algebra.dim), found.name)
    names = " ≅ ".join(dict.fromkeys(name for name in given if name))
    return names if algebra.dim == basis.dim else f"{_span(basis)} {names or 'an algebra'}"


def _figures(algebra: LieAlgebra) -> list[str]:
    """Rank, compactness, Killing signature and summands, where they tell anything."""
    words = []
    if not is_nilpotent(algebra):
        signature = killing_signature(algebra)
        words.append(f"rank {rank(algebra)}")
        if signature[2] == 0:
            words.append("non-compact" if signature[0] else "compact")
        words.append(f"Killing signature {signature_words(signature)}")
    return words if is_reductive(algebra) else [*words, _summands(algebra)]


def _summands(algebra: LieAlgebra) -> str:
    found = indecomposable_ideals(algebra)
    if len(found.ideals) == 1:
        return "" if found.is_complete else "whether it is a direct sum is not decided"
    *first, last = sorted(ideal.subspace.dim for ideal in found.ideals)
    words = f"a direct sum of ideals of dimensions {', '.join(map(str, first))} and {last}"
    return words if found.is_complete else f"{words}, which may split further"
