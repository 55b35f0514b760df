"""Matrix bases and matrix Lie algebras: spans of fixed matrices with exact entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

import sympy as sp

from liealg.exact import coordinates, exact_matrix, first_dependent, real_coordinates
from liealg.names import check_name

if TYPE_CHECKING:
    from liealg.structure.isomorphism import IsomorphismAnswer


class MatrixBasis:
    """A named, linearly independent list of square matrices of one size.

    Its real span need not close under the bracket: ``exp`` of an element is defined all the same.

    Parameters
    ----------
    name
        A Python identifier; the generated module is called so.
    matrices
        SymPy matrices, NumPy arrays or nested lists, ``n x n`` each, with algebraic entries. A
        float is read as the shortest decimal that denotes it (``0.5`` is 1/2).

    Attributes
    ----------
    name : str
    matrices : tuple of sympy.ImmutableDenseMatrix
        ``E_1 ... E_k``.
    dim : int
        ``k``, the dimension of the span over the reals.
    n : int
        Rows and columns of each matrix.
    symbols : tuple of sympy.Symbol
        The real coefficients ``theta_1 ... theta_k`` of the generic element.

    Raises
    ------
    ValueError
        If the name is no identifier, or the matrices are none, not square, of mixed sizes,
        linearly dependent, or have an entry that is NaN, infinite, symbolic or transcendental.

    Examples
    --------
    >>> basis = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
    >>> basis.dim, basis.n, basis.is_closed()
    (2, 2, False)
    >>> basis.element()
    Matrix([
    [theta_2, -theta_1],
    [theta_1, -theta_2]])
    """

    def __init__(self, name: str, matrices: Sequence[Any]) -> None:
        self.name = check_name(name)
        self.matrices = _independent_matrices(name, matrices)
        self.dim = len(self.matrices)
        self.n = self.matrices[0].rows
        self.symbols: tuple[sp.Symbol, ...] = tuple(
            sp.Symbol(f"theta_{i}", real=True) for i in range(1, self.dim + 1)
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r}, dim={self.dim}, n={self.n})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MatrixBasis):
            return NotImplemented
        return self.name == other.name and self.matrices == other.matrices

    def __hash__(self) -> int:
        return hash((self.name, self.matrices))

    @cached_property
    def is_complex(self) -> bool:
        """Whether an entry of a matrix is not real.

        Examples
        --------
        >>> MatrixBasis("u1", [[[1j]]]).is_complex
        True
        """
        return any(sp.im(entry) != 0 for matrix in self.matrices for entry in matrix)

    def element(self, theta: Sequence[Any] | None = None) -> sp.ImmutableDenseMatrix:
        """The element ``A(theta) = sum_i theta_i E_i``; the generic one without ``theta``.

        Raises
        ------
        ValueError
            If ``theta`` has not ``dim`` entries.
        """
        coefficients = self.symbols if theta is None else tuple(theta)
        if len(coefficients) != self.dim:
            raise ValueError(
                f"theta has {len(coefficients)} entries and {self.name!r} needs {self.dim}"
            )
        total = sp.zeros(self.n, self.n)
        for coefficient, matrix in zip(coefficients, self.matrices, strict=True):
            total += sp.sympify(coefficient) * matrix
        return total.as_immutable()

    def hat(self, theta: Sequence[Any]) -> sp.ImmutableDenseMatrix:
        """The matrix with coordinates ``theta``; the inverse of :meth:`vee`.

        Examples
        --------
        >>> MatrixBasis("squeeze", [[[1, 0], [0, -1]]]).hat([3])
        Matrix([
        [3,  0],
        [0, -3]])
        """
        return self.element(theta)

    def vee(self, matrix: Any) -> tuple[sp.Expr, ...]:
        """The coordinates of a matrix of the span; the inverse of :meth:`hat`.

        Raises
        ------
        ValueError
            If the matrix is not in the span.

        Examples
        --------
        >>> MatrixBasis("squeeze", [[[1, 0], [0, -1]]]).vee([[3, 0], [0, -3]])
        (3,)
        """
        exact = exact_matrix(matrix, "the matrix")
        if exact.rows != self.n:
            raise ValueError(
                f"the matrix is {exact.rows} x {exact.rows} and {self.name!r} holds "
                f"{self.n} x {self.n} matrices"
            )
        found = coordinates(self.matrices, [exact])[0]
        if found is None:
            raise ValueError(f"the matrix {exact.tolist()} is not in the span of {self.name!r}")
        return tuple(found)

    @cached_property
    def projection(self) -> sp.ImmutableDenseMatrix:
        """Coordinates as linear functions of a matrix: least squares over the span.

        Shape ``[dim, 2 n^2]``: row ``i`` holds the weights of the real parts of the entries, row
        by row, then of the imaginary parts. On the span it is the inverse of :meth:`hat`; off the
        span it gives the nearest element in the Frobenius norm.
        """
        rows = real_coordinates(self.matrices)
        gram = rows * rows.transpose()
        return gram.lu_solve(rows).to_Matrix().as_immutable()

    def is_closed(self) -> bool:
        """Whether the bracket of any two elements is in the span.

        Examples
        --------
        >>> MatrixBasis("squeeze", [[[1, 0], [0, -1]]]).is_closed()
        True
        """
        return all(found is not None for found in self._bracket_coordinates)

    def closure(self, name: str) -> LieAlgebra:
        """The smallest Lie algebra that contains the span.

        The matrices of this basis come first, then those brackets that leave what there is
        already, in the order of their discovery, without a common rational factor.

        Examples
        --------
        >>> M1, M2 = [[0, -1], [1, 0]], [[1, 0], [0, -1]]
        >>> MatrixBasis("rotation_and_squeeze", [M1, M2]).closure("sl2").matrices[2]
        Matrix([
        [0, 1],
        [1, 0]])
        """
        matrices = list(self.matrices)
        done = 0
        while done < len(matrices):
            fresh = [_bracket(matrices[i], matrices[done]) for i in range(done)]
            for candidate in fresh:
                if first_dependent([*matrices, candidate]) is None:
                    matrices.append(_primitive(candidate))
            done += 1
        return LieAlgebra(name, matrices)

    @cached_property
    def _bracket_coordinates(self) -> list[list[sp.Expr] | None]:
        brackets = [_bracket(A, B) for A, B in combinations(self.matrices, 2)]
        return coordinates(self.matrices, brackets) if brackets else []


class LieAlgebra(MatrixBasis):
    """A matrix Lie algebra over the reals: a basis whose span closes under the bracket.

    Parameters and attributes are those of :class:`MatrixBasis`.

    Raises
    ------
    ValueError
        As for :class:`MatrixBasis`; and if the span does not close, with the first bracket that
        leaves it.

    Examples
    --------
    >>> H, E, F = [[1, 0], [0, -1]], [[0, 1], [0, 0]], [[0, 0], [1, 0]]
    >>> sl2 = LieAlgebra("sl2", [H, E, F])
    >>> sl2.bracket([0, 1, 0], [0, 0, 1])
    (1, 0, 0)
    """

    def __init__(self, name: str, matrices: Sequence[Any]) -> None:
        super().__init__(name, matrices)
        pairs = combinations(range(self.dim), 2)
        for (i, j), found in zip(pairs, self._bracket_coordinates, strict=True):
            if found is None:
                outside = _bracket(self.matrices[i], self.matrices[j]).tolist()
                raise ValueError(
                    f"the span of {name!r} does not close under the bracket: "
                    f"[E_{i + 1}, E_{j + 1}] = {outside} leaves it; use MatrixBasis for the span "
                    "as it is, or MatrixBasis(...).closure(name) for the algebra it generates"
                )

    @cached_property
    def structure_constants(self) -> sp.ImmutableDenseNDimArray:
        """``c[i, j, k]`` with ``[E_i, E_j] = sum_k c[i, j, k] E_k``, shape ``[dim, dim, dim]``.

        Examples
        --------
        >>> LieAlgebra("squeeze", [[[1, 0], [0, -1]]]).structure_constants
        [[[0]]]
        """
        k = self.dim
        entries = [[[sp.S.Zero] * k for _ in range(k)] for _ in range(k)]
        pairs = combinations(range(k), 2)
        for (i, j), found in zip(pairs, self._bracket_coordinates, strict=True):
            assert found is not None
            entries[i][j] = list(found)
            entries[j][i] = [-value for value in found]
        return sp.ImmutableDenseNDimArray(entries)

    def bracket(self, x: Sequence[Any], y: Sequence[Any]) -> tuple[sp.Expr, ...]:
        """Coordinates of ``[A(x), A(y)]`` for coordinates ``x`` and ``y``, numbers or symbols.

        Raises
        ------
        ValueError
            If ``x`` or ``y`` has not ``dim`` entries.
        """
        if len(x) != self.dim or len(y) != self.dim:
            raise ValueError(
                f"the bracket of {self.name!r} takes coordinates of {self.dim} entries, and got "
                f"{len(x)} and {len(y)}"
            )
        constants = self.structure_constants
        k = range(self.dim)
        return tuple(
            sp.expand(sp.Add(*(constants[i, j, m] * x[i] * y[j] for i in k for j in k))) for m in k
        )

    def isomorphic_to(self, other: LieAlgebra) -> IsomorphismAnswer:
        """Whether another algebra is isomorphic over the reals, with a map or with the difference.

        See :func:`liealg.structure.isomorphic_to`.

        Examples
        --------
        >>> from liealg.catalogue import known
        >>> known("so3").isomorphic_to(known("su2")).verdict
        True
        """
        # What an algebra is builds on this module.
        from liealg.structure.isomorphism import isomorphic_to

        return isomorphic_to(self, other)


def _independent_matrices(
    name: str, matrices: Sequence[Any]
) -> tuple[sp.ImmutableDenseMatrix, ...]:
    try:
        listed = list(matrices)
    except TypeError:
        raise ValueError(f"the matrices of {name!r} are no list, but {matrices!r}") from None
    if not listed:
        raise ValueError(f"{name!r} has no matrices; give at least one")
    exact = tuple(
        exact_matrix(matrix, f"matrix {i} of {name!r}") for i, matrix in enumerate(listed, 1)
    )
    sizes = [matrix.rows for matrix in exact]
    for i, size in enumerate(sizes, 1):
        if size != sizes[0]:
            raise ValueError(
                f"matrix {i} of {name!r} is {size} x {size} and matrix 1 is "
                f"{sizes[0]} x {sizes[0]}; all must have one size"
            )
    dependent = first_dependent(exact)
    if dependent is not None:
        raise ValueError(
            f"matrix {dependent + 1} of {name!r} is "
            + ("zero" if exact[dependent].is_zero_matrix else "a combination of those before it")
            + "; a basis must be linearly independent: leave it out"
        )
    return exact


def _bracket(A: sp.MatrixBase, B: sp.MatrixBase) -> sp.ImmutableDenseMatrix:
    return (A * B - B * A).applyfunc(sp.expand).as_immutable()


def _primitive(matrix: sp.ImmutableDenseMatrix) -> sp.ImmutableDenseMatrix:
    """Divide by the common rational factor, which nested brackets would let grow."""
    if not all(entry.is_Rational for entry in matrix):
        return matrix
    content = sp.gcd_list([entry for entry in matrix if entry != 0])
    return (matrix / abs(content)).as_immutable()
