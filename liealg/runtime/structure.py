"""What is known of the minimal polynomial of every matrix of a batch."""

from __future__ import annotations

from dataclasses import dataclass

from liealg.runtime.ring import Residue


@dataclass(frozen=True)
class Structure:
    """What is known of the minimal polynomial `m` of every matrix `M`.

    Attributes
    ----------
    degree : int
        The degree of `m`.
    parity : str
        `"none"`, `"even"` where `m(x) = q(x^2)`, `"odd"` where `m(x) = x q(x^2)`.
    multiplicity : int
        The characteristic polynomial of `M` is `m^multiplicity`, but for factors `x`.
    traceless : bool
        Whether all traces are zero.
    zero_rows : int
        Rows of zeros below `M`: the whole matrix is `[[M, V], [0, 0]]`.

    Raises
    ------
    ValueError
        If no polynomial is so.

    Examples
    --------
    >>> list(Structure(7, "odd").exponents)
    [2, 4, 6]
    """

    degree: int
    parity: str = "none"
    multiplicity: int = 1
    traceless: bool = False
    zero_rows: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.degree < 2:
            raise ValueError(f"degree is {self.degree}: give at least 2")
        if self.parity not in ("none", "even", "odd"):
            raise ValueError(f"parity is {self.parity!r}: give 'none', 'even' or 'odd'")
        if self.parity != "none" and self.degree % 2 != (self.parity == "odd"):
            raise ValueError(f"degree is {self.degree}, but parity {self.parity!r}: give one of it")
        if self.multiplicity < 1:
            raise ValueError(f"multiplicity is {self.multiplicity}: give at least 1")

    @property
    def exponents(self) -> range:
        """The exponents `k` of the power sums of the roots that determine `m`."""
        return range(2, self.degree + 1, 2) if self.step == 2 else range(1, self.degree + 1)

    @property
    def step(self) -> int:
        """2 where every other coefficient of `m` is zero, else 1."""
        return 1 if self.parity == "none" else 2

    @property
    def copies(self) -> int:
        """How often the power sum of the roots of `q`, or of `m`, is in the trace of a power."""
        return self.multiplicity * self.step

    @property
    def powers(self) -> int:
        """The largest power of `M` that is formed: two of them give every trace and every term.

        The square is there in any case.
        """
        return max(self.degree // 2, (self.exponents[-1] + 1) // 2, min(2, self.degree - 1))

    def has_shift(self, rows: int) -> bool:
        """Whether the mean of the eigenvalues is taken out of matrices of so many rows.

        Not where zero is an eigenvalue more often than it is a root: moved away from zero, it would
        count in the traces of powers.
        """
        if self.parity != "none" or self.traceless or self.zero_rows:
            return False
        return self.degree * self.multiplicity == rows

    def spread(self, q: Residue) -> Residue:
        """The coefficients of `m` from those of `q`."""
        if self.step == 1:
            return q
        spread = [x for c in q for x in (c, 0.0)]
        return [0.0, *spread] if self.parity == "odd" else spread

    @property
    def positions(self) -> range:
        """Where the coefficients of `q` are among those of `m`."""
        return range(int(self.parity == "odd"), self.degree, self.step)
