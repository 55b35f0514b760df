"""How the exponential of one block is computed, and what that rests on."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import sympy as sp

from liealg.derive.blocks import Block

if TYPE_CHECKING:
    from typing_extensions import Self

KINDS = ("polynomial", "closed form", "structured", "fallback")
"""The kinds of exponentials, the best first."""

CLOSED = KINDS[:2]
"""Those that are formulas."""


@dataclass(frozen=True)
class Fact:
    """Something that a form rests on.

    Attributes
    ----------
    claim
        What holds, in words or as a formula.
    proof
        How that was established: by which identity, or at how many exact points and with what
        bound on the chance of an error.
    """

    claim: str
    proof: str


@dataclass(frozen=True)
class Refusal:
    """Why one kind of derivation does not apply, in words that follow "because"."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Form(ABC):
    """A way to compute ``exp(A)`` for one block ``A``.

    Attributes
    ----------
    block
        The block.
    kind
        One of ``KINDS``.
    reason
        What makes it of this kind, in words that follow "since".
    certificate
        What it rests on.
    """

    block: Block
    kind: str
    reason: str
    certificate: tuple[Fact, ...] = ()

    @property
    @abstractmethod
    def formula(self) -> tuple[str, ...]:
        """Lines of plain text: the formula, then the meaning of its letters."""

    @property
    @abstractmethod
    def source(self) -> str:
        """Paper or textbook the formula is from, in words that follow "Source:"."""

    @property
    def uses_stumpff(self) -> bool:
        """Whether Stumpff functions occur in the formula."""
        return False

    @property
    def is_known_near_identity(self) -> bool:
        """Whether ``exp(A) - 1`` can be computed with digits that ``exp(A)`` has no room for."""
        return False

    def at(self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]) -> Self:
        """The form of the same block at other coefficients, expressions in ``symbols``."""
        return replace(self, block=self.block.substituted(values, symbols))

    def numbered_formula(self, number: str) -> list[str]:
        """The formula with a number at its letters, as one of several."""
        return [re.sub(r"\b(delta|A|B|M|N|V|h|w|s)\b", rf"\g<1>{number}", x) for x in self.formula]


@dataclass(frozen=True, kw_only=True)
class MatrixForm(Form):
    """A function of the run time that is given the matrix ``A``, and some scalars with it.

    Generated code reads ``function(hat(theta), scalars(theta), **keywords)``, and with
    ``coefficients`` ``function(coefficients(theta), scalars(theta), hat=hat, **keywords)``.

    Attributes
    ----------
    function
        Its name in ``liealg.runtime``: ``A [..., n, n]``, and ``scalars [..., m]`` where there are
        any, to ``exp(A) [..., n, n]``, differentiable by both.
    scalars
        Polynomials in the coefficients, such as invariants, in the form in which they are to be
        evaluated.
    keywords
        Further arguments, known when the code is generated.
    linear, coefficients
        For functions that are given the coefficients: the block as it is linear in coefficients
        of its own, and what these are, polynomials in those of the basis.
    gives_less_identity
        Whether the function takes ``less_identity=True``, for ``exp(A) - 1``.
    formula, source
        As in :class:`Form`.
    """

    function: str
    scalars: tuple[sp.Expr, ...] = ()
    keywords: Mapping[str, int | float | str | bool] = field(default_factory=dict)
    linear: Block | None = None
    coefficients: tuple[sp.Expr, ...] = ()
    gives_less_identity: bool = False
    formula: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_known_near_identity(self) -> bool:
        """Whether the function can tell."""
        return self.gives_less_identity

    def at(self, values: Mapping[sp.Symbol, sp.Expr], symbols: tuple[sp.Symbol, ...]) -> Self:
        """The scalars at other coefficients, too."""
        scalars, coefficients = (
            tuple(x.xreplace(values) for x in listed)
            for listed in (self.scalars, self.coefficients)
        )
        return replace(super().at(values, symbols), scalars=scalars, coefficients=coefficients)


def part_numbers(number: str, count: int) -> list[str]:
    """What the parts of a form are numbered by, where its own number is given, or empty.

    Examples
    --------
    >>> part_numbers("", 2), part_numbers("2", 2)
    (['1', '2'], ['2.1', '2.2'])
    """
    return [f"{number}.{i}" if number else str(i) for i in range(1, count + 1)]
