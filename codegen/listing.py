"""The members of the families and definitions of files, chosen by what they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial

from liealg.algebra import LieAlgebra, MatrixBasis
from liealg.catalogue import families, known, names
from liealg.catalogue.registry import parsed
from liealg.derive import exponential
from liealg.derive.form import KINDS
from liealg.structure import (
    is_abelian,
    is_nilpotent,
    is_semisimple,
    is_solvable,
    root_system,
    simple_factors,
    type_words,
)
from liealg.structure.compactness import preserves_definite_form
from liealg.structure.modules import module_of, realified_module
from liealg.structure.summary import examined_algebra

KIND_ROWS = 6
"""The rows up to which the kind of an algebra that is named is shown: found in half a second."""
DEFAULT_SIZE = 10
"""The dimension and the rows up to which members of families are listed."""
LARGEST_SIZE = 36
"""The dimension up to which they are listed if asked for; it takes long beyond."""
# One family alone, and those of a number of rows, are listed further.
_FAMILY_SIZE = 15
_ROWS_SIZE = 28


@dataclass(frozen=True)
class Wanted:
    """What a listing asks for; all of it must hold.

    Attributes
    ----------
    family : str or None
        The name of a family.
    dimension, rows : tuple of int or None
        The smallest and the largest number.
    kind : str or None
        The kind of the exponential.
    up_to : int or None
        The largest dimension and number of rows where they are not asked for.
    properties : dict of str to bool
        Names of :data:`PROPERTIES`, each with whether it must hold or must not.
    """

    family: str | None = None
    dimension: tuple[int, int] | None = None
    rows: tuple[int, int] | None = None
    kind: str | None = None
    up_to: int | None = None
    properties: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known_families = sorted({family.name for family in families()})
        if self.family is not None and self.family not in known_families:
            raise ValueError(
                f"there is no family {self.family!r}; families are {', '.join(known_families)}"
            )
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"there is no kind {self.kind!r}; kinds are {', '.join(KINDS)}")
        if self.up_to is not None and not 1 <= self.up_to <= LARGEST_SIZE:
            raise ValueError(f"--up-to takes 1 to {LARGEST_SIZE}, and got {self.up_to}")
        for option, bounds in (("--dimension", self.dimension), ("--size", self.rows)):
            if bounds is not None and not 1 <= bounds[0] <= bounds[1]:
                raise ValueError(f"{option} takes a range of numbers from 1 up, and got {bounds}")


def number_range(text: str, option: str) -> tuple[int, int]:
    """Read a number or a range.

    Raises
    ------
    ValueError
        If it is neither.

    Examples
    --------
    >>> number_range("3", "--dimension"), number_range("3-6", "--dimension")
    ((3, 3), (3, 6))
    """
    form = re.fullmatch(r"([0-9]{1,6})(?:-([0-9]{1,6}))?", text.strip())
    low = int(form[1]) if form else 0
    high = int(form[2]) if form and form[2] else low
    if not 1 <= low <= high:
        raise ValueError(
            f"{option} takes a number such as 3 or a range such as 3-6, from 1 up, and got {text!r}"
        )
    return low, high


def members(wanted: Wanted) -> list[Callable[[], LieAlgebra]]:
    """The members of the families that have the sizes asked for, each not yet built.

    Those with modules are listed in any case, unless a size is asked for.

    Raises
    ------
    ValueError
        If the smallest dimension asked for is larger than those that are listed.

    Examples
    --------
    >>> [make().name for make in members(Wanted(family="so", dimension=(3, 6)))]
    ['so3', 'so4', 'so21', 'so22', 'so31']
    """
    if wanted.dimension is not None and wanted.dimension[0] > LARGEST_SIZE:
        raise ValueError(
            f"members of families are listed up to dimension {LARGEST_SIZE}; name larger ones, as "
            "in: liealg list 'so(10)'"
        )
    most_dimensions, most_rows = _limits(wanted)
    with_modules = {parsed(name) for name in names()}
    found: list[Callable[[], LieAlgebra]] = []
    for family in families():
        if wanted.family not in (None, family.name):
            continue
        for sizes in family.sizes():
            dimension, rows = family.dimension(*sizes), family.rows(*sizes)
            has_module = (family, sizes) in with_modules
            too_large = dimension > most_dimensions or rows > most_rows
            if too_large and (wanted.up_to is not None or not has_module):
                continue
            if wanted.properties.get("modules") and not has_module:
                continue
            if _within(dimension, wanted.dimension) and _within(rows, wanted.rows):
                found.append(partial(family.make, *sizes))
    return found


def _limits(wanted: Wanted) -> tuple[int, int]:
    """The largest dimension and number of rows: what is asked for is not cut off."""
    if wanted.up_to is not None:
        return wanted.up_to, wanted.up_to
    if wanted.dimension is not None:
        # Some families have one dimension and ever more rows.
        return LARGEST_SIZE, wanted.rows[1] if wanted.rows else max(10, wanted.dimension[1] + 1)
    if wanted.rows is not None:
        return _ROWS_SIZE, wanted.rows[1]
    limit = DEFAULT_SIZE if wanted.family is None else _FAMILY_SIZE
    return limit, limit


def passes(basis: MatrixBasis, wanted: Wanted) -> bool:
    """Whether a basis is what is asked for. A span that is no algebra has no property of one.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> [passes(known(name), Wanted(properties={"simple": True})) for name in ("so3", "so4")]
    [True, False]
    """
    return (
        _within(basis.dim, wanted.dimension)
        and _within(basis.n, wanted.rows)
        and all(PROPERTIES[name](basis) == value for name, value in wanted.properties.items())
        and (wanted.kind is None or kind_of(basis) == wanted.kind)
    )


@lru_cache(maxsize=1024)
def kind_of(basis: MatrixBasis) -> str:
    """The kind of the exponential."""
    return exponential(basis).kind


def row(basis: MatrixBasis, with_kind: bool) -> tuple[str, ...]:
    """Name, dimension, rows, kind (where asked for, or where there is a module) and type.

    Examples
    --------
    >>> from liealg.catalogue import known
    >>> row(known("so23"), with_kind=False)
    ('so23', '10', '5', '', 'so(3,2): simple of type B2')
    """
    kind = kind_of(basis) if with_kind or _has_module(basis) else ""
    return basis.name, str(basis.dim), str(basis.n), kind, type_words(basis)


def _within(number: int, bounds: tuple[int, int] | None) -> bool:
    return bounds is None or bounds[0] <= number <= bounds[1]


def _of_the_algebra(test: Callable[[LieAlgebra], bool]) -> Callable[[MatrixBasis], bool]:
    def holds(basis: MatrixBasis) -> bool:
        algebra = examined_algebra(basis)
        return algebra is not None and algebra.dim == basis.dim and test(algebra)

    return holds


def _is_simple(algebra: LieAlgebra) -> bool:
    try:
        if algebra.complex_coefficients:
            return is_semisimple(algebra) and "+" not in root_system(algebra).type
        return is_semisimple(algebra) and len(simple_factors(algebra)) == 1
    except ValueError:
        return False  # its ideals are not decided, as the table says of it without this filter


def _is_compact(basis: MatrixBasis) -> bool | None:
    if basis.parameters:
        return None  # it depends on their values
    return preserves_definite_form(
        realified_module(basis) if basis.is_complex else module_of(basis)
    )


def _has_module(basis: MatrixBasis) -> bool:
    return basis.name in names() and basis == known(basis.name)


PROPERTIES: dict[str, Callable[[MatrixBasis], bool | None]] = {
    "simple": _of_the_algebra(_is_simple),
    "semisimple": _of_the_algebra(is_semisimple),
    "solvable": _of_the_algebra(is_solvable),
    "nilpotent": _of_the_algebra(is_nilpotent),
    "abelian": _of_the_algebra(is_abelian),
    "compact": _is_compact,
    "complex": lambda basis: basis.is_complex,
    "modules": _has_module,
}
"""What a listing can ask for by name; ``None`` is an answer that depends on parameters."""
