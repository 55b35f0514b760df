"""Closure under the bracket: what leaves a span, and what it generates."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import sympy as sp

from liealg.exact import coordinates, first_dependent


def bracket(A: sp.MatrixBase, B: sp.MatrixBase) -> sp.ImmutableDenseMatrix:
    """The commutator ``A B - B A``.

    Examples
    --------
    >>> bracket(sp.Matrix([[0, 1], [0, 0]]), sp.Matrix([[0, 0], [1, 0]]))
    Matrix([
    [1,  0],
    [0, -1]])
    """
    return (A * B - B * A).applyfunc(sp.expand).as_immutable()


def generated_matrices(
    matrices: Sequence[sp.ImmutableDenseMatrix], complex_coefficients: bool
) -> list[sp.ImmutableDenseMatrix]:
    """The matrices, then the brackets that leave the span of those before them.

    In the order of their discovery, without a common rational factor.
    """
    found = list(matrices)
    done = 0
    while done < len(found):
        fresh = [bracket(found[i], found[done]) for i in range(done)]
        for candidate in fresh:
            if first_dependent([*found, candidate], complex_coefficients) is None:
                found.append(_primitive(candidate))
        done += 1
    return found


def first_that_leaves(
    matrices: Sequence[sp.ImmutableDenseMatrix], complex_coefficients: bool
) -> tuple[int, int, sp.ImmutableDenseMatrix] | None:
    """The first pair, from 0, whose bracket is not in the span, with the bracket; if there is one.

    Examples
    --------
    >>> turn, squeeze = sp.Matrix([[0, -1], [1, 0]]), sp.Matrix([[1, 0], [0, -1]])
    >>> first_that_leaves([turn, squeeze], False)[:2]
    (0, 1)
    """
    for i, j in combinations(range(len(matrices)), 2):
        value = bracket(matrices[i], matrices[j])
        if coordinates(matrices, [value], complex_coefficients)[0] is None:
            return i, j, value
    return None


def _primitive(matrix: sp.ImmutableDenseMatrix) -> sp.ImmutableDenseMatrix:
    """Divide by the common rational factor, which nested brackets would let grow."""
    if not all(entry.is_Rational for entry in matrix):
        return matrix
    content = sp.gcd_list([entry for entry in matrix if entry != 0])
    return (matrix / abs(content)).as_immutable()
