"""Matrix bases and matrix Lie algebras: spans of fixed matrices with exact entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.closure import first_that_leaves, generated_matrices
from liealg.coordinates import read_coordinates
from liealg.definition import held_parameters, independent_matrices, parameter_symbols
from liealg.exact import (
    coordinates,
    exact_matrix,
    exact_number,
    real_coordinates,
)
from liealg.names import check_name
from liealg.reduced_basis import ReducedBasis, changed_brackets, reduced_basis, reduced_brackets

if TYPE_CHECKING:
    from liealg.isomorphism import IsomorphismAnswer


class MatrixBasis:
    """A named, linearly independent list of square matrices of one size.

    Its span need not close under the bracket: ``exp`` of an element is defined all the same.

    Parameters
    ----------
    name
        A Python identifier; the generated module is called so.
    matrices
        SymPy matrices, NumPy arrays or nested lists, ``n x n`` each, with algebraic entries. A
        float is read as the shortest decimal that denotes it (``0.5`` is 1/2).
    parameters
        Real numbers that stay open until run time, such as a curvature: symbols or their names.
        Entries are polynomials in them, so that nothing happens to a kernel where one goes through
        zero. What is said of the basis holds for all but special values.
    complex_coefficients
        Whether the coefficients are complex numbers, as for the complex algebra sl(2, C). By
        default they are real, whether the matrices are or not: su(2) is a real algebra.

    Attributes
    ----------
    name : str
    matrices : tuple of sympy.ImmutableDenseMatrix
        ``E_1 ... E_k``.
    parameters : tuple of sympy.Symbol
        The parameters, real symbols.
    complex_coefficients : bool
    dim : int
        ``k``, the dimension of the span over the numbers that are coefficients.
    n : int
        Rows and columns of each matrix.
    symbols : tuple of sympy.Symbol
        The coefficients ``theta_1 ... theta_k`` of the generic element.

    Raises
    ------
    ValueError
        If the name is no identifier, or the matrices are none, not square, of mixed sizes,
        linearly dependent, or have an entry that is NaN, infinite, transcendental, or symbolic but
        for polynomials in the parameters; or if the name of a parameter cannot be one.

    Examples
    --------
    >>> basis = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
    >>> basis.dim, basis.n, basis.is_closed()
    (2, 2, False)
    >>> basis.element()
    Matrix([
    [theta_2, -theta_1],
    [theta_1, -theta_2]])
    >>> kappa = sp.Symbol("kappa")
    >>> MatrixBasis("turn", [[[0, -kappa], [1, 0]]], parameters=[kappa]).element()
    Matrix([
    [      0, -kappa*theta_1],
    [theta_1,              0]])
    """

    def __init__(
        self,
        name: str,
        matrices: Sequence[Any],
        *,
        parameters: Sequence[sp.Symbol | str] = (),
        complex_coefficients: bool = False,
    ) -> None:
        self.name = check_name(name)
        self.parameters = parameter_symbols(name, parameters)
        self.complex_coefficients = bool(complex_coefficients)
        self.matrices = independent_matrices(
            name, matrices, self.parameters, self.complex_coefficients
        )
        self.dim = len(self.matrices)
        self.n = self.matrices[0].rows
        kind = {"complex": True} if self.complex_coefficients else {"real": True}
        self.symbols: tuple[sp.Symbol, ...] = tuple(
            sp.Symbol(f"theta_{i}", **kind) for i in range(1, self.dim + 1)
        )

    def __repr__(self) -> str:
        words = [repr(self.name), f"dim={self.dim}", f"n={self.n}"]
        if self.parameters:
            words.append(f"parameters={[symbol.name for symbol in self.parameters]}")
        if self.complex_coefficients:
            words.append("complex_coefficients=True")
        return f"{type(self).__name__}({', '.join(words)})"

    def _identity(self) -> tuple[object, ...]:
        return self.name, self.matrices, self.parameters, self.complex_coefficients

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MatrixBasis):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash(self._identity())

    @cached_property
    def is_complex(self) -> bool:
        """Whether elements are complex matrices: an entry is not real, or coefficients are complex.

        Examples
        --------
        >>> MatrixBasis("u1", [[[1j]]]).is_complex
        True
        """
        return self.complex_coefficients or any(
            sp.im(entry) != 0 for matrix in self.matrices for entry in matrix
        )

    def with_matrices(self: Basis, name: str, matrices: Sequence[Any]) -> Basis:
        """Other matrices with the same kind of coefficients, and the parameters that they hold.

        Examples
        --------
        >>> sl2c = MatrixBasis("complex", [[[1]]], complex_coefficients=True)
        >>> sl2c.with_matrices("scaled", [[[2]]])
        MatrixBasis('scaled', dim=1, n=1, complex_coefficients=True)
        """
        return type(self)(
            name,
            matrices,
            parameters=held_parameters(self.parameters, matrices),
            complex_coefficients=self.complex_coefficients,
        )

    def specialize(self: Basis, name: str, /, **values: Any) -> Basis:
        """The basis at exact values of some of its parameters.

        Parameters
        ----------
        name
            The name of the new basis.
        **values
            A real number for each parameter to fix; a float is read as the decimal it prints as.

        Raises
        ------
        ValueError
            If there is no such parameter, a value is no exact real number, or the matrices are
            dependent at these values.

        Examples
        --------
        >>> turn = MatrixBasis("turn", [[[0, sp.Symbol("kappa")], [1, 0]]], parameters=["kappa"])
        >>> turn.specialize("so2", kappa=-1).element()
        Matrix([
        [      0, -theta_1],
        [theta_1,        0]])
        """
        by_name = {symbol.name: symbol for symbol in self.parameters}
        fixed = {}
        for key, value in values.items():
            if key not in by_name:
                known = ", ".join(by_name) or "none"
                raise ValueError(f"{self.name!r} has no parameter {key!r}; its parameters: {known}")
            fixed[by_name[key]] = exact_number(value, f"the value of {key}")
            if sp.im(fixed[by_name[key]]) != 0:
                raise ValueError(f"the value of {key} is {value}; parameters are real numbers")
        return self.with_matrices(
            name, [matrix.subs(fixed).applyfunc(sp.expand) for matrix in self.matrices]
        )

    @cached_property
    def over_reals(self) -> MatrixBasis:
        """The same span with real coefficients; the basis itself where they are real already.

        For complex coefficients ``theta_j = alpha_j + i beta_j`` it is the basis ``E_1 ... E_k``,
        ``i E_1 ... i E_k`` with the coefficients ``alpha_1 ... alpha_k``, ``beta_1 ... beta_k``.

        Examples
        --------
        >>> basis = MatrixBasis("complex", [[[1]]], complex_coefficients=True)
        >>> basis.over_reals.element()
        Matrix([[alpha_1 + I*beta_1]])
        """
        if not self.complex_coefficients:
            return self
        matrices = [*self.matrices, *(sp.I * matrix for matrix in self.matrices)]
        restricted = type(self)(self.name, matrices, parameters=self.parameters)
        restricted.symbols = tuple(
            sp.Symbol(f"{letter}_{i}", real=True)
            for letter in ("alpha", "beta")
            for i in range(1, self.dim + 1)
        )
        return restricted

    def element(self, theta: Sequence[Any] | None = None) -> sp.ImmutableDenseMatrix:
        """The element ``A(theta) = sum_i theta_i E_i``; the generic one without ``theta``.

        Raises
        ------
        ValueError
            If ``theta`` has not ``dim`` entries, or one is no number and no symbol.
        """
        coefficients = self.symbols
        if theta is not None:
            coefficients = read_coordinates(theta, self.name, self.dim, "theta")
        total = sp.zeros(self.n, self.n)
        for coefficient, matrix in zip(coefficients, self.matrices, strict=True):
            total += coefficient * matrix
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
        exact = exact_matrix(matrix, "the matrix", self.parameters)
        if exact.rows != self.n:
            raise ValueError(
                f"the matrix is {exact.rows} x {exact.rows} and {self.name!r} holds "
                f"{self.n} x {self.n} matrices"
            )
        found = coordinates(self.matrices, [exact], self.complex_coefficients)[0]
        if found is None:
            raise ValueError(f"the matrix {exact.tolist()} is not in the span of {self.name!r}")
        return tuple(found)

    @cached_property
    def projection(self) -> sp.ImmutableDenseMatrix:
        """Coordinates as linear functions of a matrix: least squares over the span.

        Shape ``[dim, 2 n^2]``: row ``i`` holds the weights of the real parts of the entries, row
        by row, then of the imaginary parts. For complex coefficients shape ``[2 dim, 2 n^2]``: real
        parts of the coordinates, then imaginary ones. On the span it is the inverse of
        :meth:`hat`; off the span it gives the nearest element in the Frobenius norm. Parameters
        make it rational, with a pole where the matrices are dependent.
        """
        rows = real_coordinates(self.over_reals.matrices)
        gram = rows * rows.transpose()
        return gram.lu_solve(rows).to_Matrix().as_immutable()

    def is_closed(self) -> bool:
        """Whether the bracket of any two elements is in the span.

        Examples
        --------
        >>> MatrixBasis("squeeze", [[[1, 0], [0, -1]]]).is_closed()
        True
        """
        return self._reduced_brackets is not None

    def closure(self, name: str) -> LieAlgebra:
        """The smallest Lie algebra that contains the span, with the same kind of coefficients.

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
        return LieAlgebra(
            name,
            generated_matrices(self.matrices, self.complex_coefficients),
            parameters=self.parameters,
            complex_coefficients=self.complex_coefficients,
        )

    @cached_property
    def reduced(self) -> ReducedBasis:
        """The reduced basis of the span."""
        return reduced_basis(self.matrices, self.complex_coefficients)

    @cached_property
    def _reduced_brackets(self) -> tuple[DomainMatrix, ...] | None:
        return reduced_brackets(self.reduced)


Basis = TypeVar("Basis", bound=MatrixBasis)


class LieAlgebra(MatrixBasis):
    """A matrix Lie algebra: a basis whose span closes under the bracket.

    It is an algebra over the reals, or over the complex numbers with ``complex_coefficients``.

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

    def __init__(
        self,
        name: str,
        matrices: Sequence[Any],
        *,
        parameters: Sequence[sp.Symbol | str] = (),
        complex_coefficients: bool = False,
    ) -> None:
        super().__init__(
            name, matrices, parameters=parameters, complex_coefficients=complex_coefficients
        )
        if not self.is_closed():
            raise ValueError(self._first_that_leaves())

    @cached_property
    def reduced_brackets(self) -> tuple[DomainMatrix, ...]:
        """``R_a`` with row ``b`` the coordinates of ``[B_a, B_b]`` in the reduced basis."""
        assert self._reduced_brackets is not None
        return self._reduced_brackets

    @cached_property
    def right_brackets(self) -> tuple[DomainMatrix, ...]:
        """``R_i`` with row ``j`` the coordinates of ``[E_i, E_j]``, over the smallest field."""
        return changed_brackets(self.reduced_brackets, self.reduced)

    @cached_property
    def structure_constants(self) -> sp.ImmutableDenseNDimArray:
        """``c[i, j, k]`` with ``[E_i, E_j] = sum_k c[i, j, k] E_k``, shape ``[dim, dim, dim]``.

        Examples
        --------
        >>> LieAlgebra("squeeze", [[[1, 0], [0, -1]]]).structure_constants
        [[[0]]]
        """
        rows = [matrix.to_Matrix().tolist() for matrix in self.right_brackets]
        return sp.ImmutableDenseNDimArray(rows)

    def _first_that_leaves(self) -> str:
        found = first_that_leaves(self.matrices, self.complex_coefficients)
        assert found is not None, "every bracket is in the span"
        i, j, value = found
        return (
            f"the span of {self.name!r} does not close under the bracket: "
            f"[E_{i + 1}, E_{j + 1}] = {value.tolist()} leaves it; use MatrixBasis for "
            "the span as it is, or MatrixBasis(...).closure(name) for the algebra it generates"
        )

    def bracket(self, x: Sequence[Any], y: Sequence[Any]) -> tuple[sp.Expr, ...]:
        """Coordinates of ``[A(x), A(y)]`` for coordinates ``x`` and ``y``, numbers or symbols.

        Raises
        ------
        ValueError
            If ``x`` or ``y`` has not ``dim`` entries, or one is no number and no symbol.
        """
        x, y = (
            read_coordinates(value, self.name, self.dim, what)
            for value, what in ((x, "x"), (y, "y"))
        )
        constants = self.structure_constants
        k = range(self.dim)
        return tuple(
            sp.expand(sp.Add(*(constants[i, j, m] * x[i] * y[j] for i in k for j in k))) for m in k
        )

    def isomorphic_to(self, other: LieAlgebra) -> IsomorphismAnswer:
        """Whether another algebra is isomorphic over the reals, with a map or with the difference.

        Column ``i`` of ``map`` holds the coordinates of the image of ``E_i`` in the other basis.
        With the verdict ``True`` it may be ``None``: semisimple algebras are compared by the
        classification where their roots are not explicit. The verdict is ``None`` where nothing is
        decided, as for some solvable or mixed algebras, above all in dense bases. See
        :func:`liealg.isomorphism.isomorphic_to`.

        Examples
        --------
        >>> from liealg.catalogue import known
        >>> known("so3").isomorphic_to(known("su2")).verdict
        True
        >>> known("so21").isomorphic_to(known("sl2")).map[:, 0].T  # the image of E_1
        Matrix([[0, 1/2, -1/2]])
        """
        # What an algebra is builds on this module.
        from liealg.isomorphism import isomorphic_to

        return isomorphic_to(self, other)
