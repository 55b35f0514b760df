"""Real forms of simple ideals that are conjugate over a field too large to split them in."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations_with_replacement

from liealg.algebra import LieAlgebra
from liealg.structure.decomposition import Part, frame_ideals
from liealg.structure.dynkin import type_name
from liealg.structure.real_forms import (
    complex_name,
    dimension,
    factor_of_ideal,
    ideal_roots,
    ideal_signature,
    real_forms,
    simple_factors,
)
from liealg.structure.roots import check_semisimple


@lru_cache(maxsize=64)
def real_form_names(algebra: LieAlgebra) -> tuple[str, ...]:
    """The names of the simple ideals of a semisimple algebra over the reals, small ones first.

    Where an ideal splits over a field of higher degree than is computed in, its centroid is a field
    ``F`` with ``r`` real places and ``s`` complex ones. Over the reals it is the sum of ``r`` real
    forms of one complex type and ``s`` complex algebras, whose Killing forms have as many positive
    as negative squares. The names are those with the right number of positive squares, if there is
    one choice only. See Jacobson, *Lie Algebras* (1962), chapter X.

    Raises
    ------
    ValueError
        If the algebra is not semisimple, or the signature leaves several choices.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> real_form_names(known("so22"))
    ('sl(2, R)', 'sl(2, R)')
    """
    check_semisimple(algebra, "it is no sum of simple ideals")
    parts = frame_ideals(algebra).parts
    if all(part.centroid != "unknown" for part in parts):
        found = [(f.subspace.dim, f.real_form) for f in simple_factors(algebra)]
    else:
        found = [named for part in parts for named in _named(algebra, part)]
    return tuple(name for _, name in sorted(found))


def _named(algebra: LieAlgebra, part: Part) -> list[tuple[int, str]]:
    """Dimension and name of each simple ideal in a summand."""
    if part.centroid != "unknown":
        return [(part.rows.shape[0], factor_of_ideal(algebra, part.rows).real_form)]
    types = ideal_roots(algebra, part.rows).types
    letter, rank = types[0]
    positive = ideal_signature(algebra, part.rows)[0]
    choices = form_choices(letter, rank, len(types), part.complex_places, positive)
    if len(choices) != 1:
        listed = " or ".join(" + ".join(choice) for choice in choices)
        raise ValueError(
            f"the simple ideals of {algebra.name!r} are not decided: an ideal of type "
            f"{type_name(types)} is {listed}"
        )
    size = dimension(letter, rank)
    sizes = [size] * (len(types) - 2 * part.complex_places) + [2 * size] * part.complex_places
    return list(zip(sizes, choices[0], strict=True))


def form_choices(
    letter: str, rank: int, count: int, complex_places: int, positive: int
) -> list[tuple[str, ...]]:
    """The sums of real simple algebras with so many copies of a type over the complex numbers.

    Parameters
    ----------
    letter, rank
        The complex simple type.
    count
        How often it occurs.
    complex_places
        How many of the algebras are complex ones; each takes two copies.
    positive
        The positive squares of the Killing form.

    Examples
    --------
    >>> form_choices("A", 1, 3, 1, 5), form_choices("A", 1, 3, 0, 0)
    ([('sl(2, R)', 'sl(2, C)')], [('su(2)', 'su(2)', 'su(2)')])
    >>> form_choices("B", 2, 3, 0, 12)
    [('so(5)', 'so(3,2)', 'so(3,2)'), ('so(4,1)', 'so(4,1)', 'so(4,1)')]
    """
    left = positive - complex_places * dimension(letter, rank)
    names = (complex_name(letter, rank),) * complex_places
    chosen = combinations_with_replacement(real_forms(letter, rank), count - 2 * complex_places)
    return [
        (*(form.name for form in forms), *names)
        for forms in chosen
        if sum(form.noncompact for form in forms) == left
    ]
