"""One step of Levi's theorem: linear equations that make a complement close one layer further."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sympy.polys.matrices import DomainMatrix

from liealg.echelon import row_echelon
from liealg.structure.brackets import bracket_matrix


def lift(right: tuple[DomainMatrix, ...], x: DomainMatrix, layer: list[int]) -> DomainMatrix:
    """Add to each row of ``x`` a combination of the layer, so that the span closes modulo the next.

    The first coordinates are those of a complement of the radical, in which the rows of ``x`` are
    unit vectors; so the first coordinates of ``[x_i, x_j]`` are its coefficients ``c_ijm``. In the
    layer and those after it the rows of ``x`` are zero.
    """
    size, depth = x.shape[0], len(layer)
    solution = _solve(list(_equations(right, x, layer)), size * depth, x.domain)
    entries = {
        (unknown // depth, layer[unknown % depth]): value for unknown, value in solution.items()
    }
    return x + DomainMatrix.from_dok(entries, x.shape, x.domain).to_sparse()


def _equations(
    right: tuple[DomainMatrix, ...], x: DomainMatrix, layer: list[int]
) -> Iterator[dict[int, Any]]:
    """``[x_i, y_j] - [x_j, y_i] - sum_m c_ijm y_m = -[x_i, x_j]`` in the layer.

    Unknown ``i * depth + a`` is coordinate ``a`` of ``y_i``; the right side stands after them.
    """
    size, depth = x.shape[0], len(layer)
    maps = [bracket_matrix(right, x.extract([i], list(range(x.shape[1])))) for i in range(size)]
    brackets = [x.matmul(matrix).to_list() for matrix in maps]
    actions = [matrix.extract(layer, layer).to_list() for matrix in maps]
    for i, j in combinations(range(size), 2):
        bracket = brackets[i][j]
        for b in range(depth):
            equation = {size * depth: -bracket[layer[b]]}
            for m in range(size):
                _add(equation, m * depth + b, -bracket[m])
            for a in range(depth):
                _add(equation, j * depth + a, actions[i][a][b])
                _add(equation, i * depth + a, -actions[j][a][b])
            yield equation


def _add(equation: dict[int, Any], unknown: int, value: Any) -> None:
    equation[unknown] = equation[unknown] + value if unknown in equation else value


def _solve(equations: list[dict[int, Any]], unknowns: int, domain: Any) -> dict[int, Any]:
    """One solution, without its zeros; that there is one is Levi's theorem."""
    entries = {
        (i, j): value for i, row in enumerate(equations) for j, value in row.items() if value
    }
    shape = (len(equations), unknowns + 1)
    reduced, pivots = row_echelon(DomainMatrix.from_dok(entries, shape, domain))
    assert unknowns not in pivots, "the equations of a Levi subalgebra have no solution"
    found = reduced.to_dok()
    return {
        pivot: found[row, unknowns] for row, pivot in enumerate(pivots) if (row, unknowns) in found
    }
