"""A change of basis in which a span of matrices is as block diagonal and triangular as can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg.algebra import MatrixBasis
from liealg.arguments import check_basis
from liealg.derive.direct_summands import DirectSummands, inner_products, radical_terms
from liealg.derive.form import Fact
from liealg.derive.short_vectors import short_rows
from liealg.echelon import inverse, row_echelon
from liealg.exact import complex_coordinates, small_field
from liealg.number_fields import FieldTooLargeError, common_field
from liealg.scalars import multiply, shaped
from liealg.structure.commutant import commutant_rows
from liealg.structure.modules import Module, as_matrices, module_of
from liealg.structure.radical_series import within
from liealg.structure.subspace import kernel, span

# Larger components of the sparsity pattern are left as they are, and of those with more rows than
# _DENSE those whose numbers are long.
_LARGEST, _DENSE, _MOST_BITS = 24, 12, 16


@dataclass(frozen=True)
class DiagonalBlock:
    """A diagonal block in the new basis, block upper triangular.

    Attributes
    ----------
    rows
        Its rows and columns, one after the other, from 0.
    flag
        The sizes of the diagonal blocks within it, from the top; one for an irreducible block.
    """

    rows: tuple[int, ...]
    flag: tuple[int, ...]


@dataclass(frozen=True)
class AdaptedBasis:
    """A basis of the space in which ``T^-1 A T`` is block diagonal.

    Attributes
    ----------
    basis
        The span of matrices.
    T, T_inverse
        The new basis vectors as columns, shape ``[n, n]``, and the inverse.
    blocks
        The diagonal blocks, from the top.
    certificate
        What was found, and how.
    """

    basis: MatrixBasis
    T: sp.ImmutableDenseMatrix
    T_inverse: sp.ImmutableDenseMatrix
    blocks: tuple[DiagonalBlock, ...]
    certificate: tuple[Fact, ...]

    @property
    def is_permutation(self) -> bool:
        """Whether coordinates are only put into another order, or left as they are."""
        return all(x in (0, 1) for x in self.T) and self.T_inverse == self.T.T

    @cached_property
    def matrices(self) -> tuple[sp.ImmutableDenseMatrix, ...]:
        """``T^-1 E_i T`` for the matrices of the basis."""
        n = self.basis.n
        if self.is_permutation:
            order = [next(i for i in range(n) if self.T[i, j]) for j in range(n)]
            return tuple(E.extract(order, order) for E in self.basis.matrices)
        return self.moved(self.basis.matrices)

    def moved(
        self, matrices: Sequence[sp.ImmutableDenseMatrix]
    ) -> tuple[sp.ImmutableDenseMatrix, ...]:
        """``T^-1 E T`` for some matrices."""
        right, left, *given = common_field(self.T, self.T_inverse, *matrices)
        moved = (multiply(multiply(left, E), right).to_Matrix() for E in given)
        return tuple(E.as_immutable() for E in moved)


def adapted_basis(basis: MatrixBasis) -> AdaptedBasis:
    """The finest direct sum of invariant subspaces that is found, each with a composition series.

    The components of the sparsity pattern come first; each is split by
    :class:`liealg.derive.direct_summands.DirectSummands`, over the field of the entries, or with a
    real square root more, for complex matrices any. Up to order and isomorphism the summands are
    the only ones (Krull and Schmidt). Within a summand the strong components of the sparsity
    pattern give a flag, and within each of them the radical series and the summands of its layers
    do, each step orthogonal to those below it. Bases of subspaces are short in their lattice.

    A basis with parameters is left to the sparsity pattern, and so are components of more than 24
    coordinates, or of more than 12 with numbers of more than 16 bits.

    Examples
    --------
    >>> swap = MatrixBasis("swap", [[[0, 1], [1, 0]]])
    >>> found = adapted_basis(swap)
    >>> found.T, found.matrices[0], [block.flag for block in found.blocks]
    (Matrix([
    [1,  1],
    [1, -1]]), Matrix([
    [1,  0],
    [0, -1]]), [(1,), (1,)])
    """
    check_basis(basis)
    return _adapted_basis(basis)


@lru_cache(maxsize=64)
def _adapted_basis(basis: MatrixBasis) -> AdaptedBasis:
    edges = {place for E in basis.matrices for i, j in E.todok() for place in ((i, j), (j, i))}
    components = [tuple(part) for part in _strong_components(edges, basis.n)]
    try:
        return _assembled(basis, components, extends=True)
    except FieldTooLargeError:
        # Square roots of many numbers at once.
        return _assembled(basis, components, extends=False)


def _assembled(
    basis: MatrixBasis, components: list[tuple[int, ...]], extends: bool
) -> AdaptedBasis:
    """The adapted bases of the components of the sparsity pattern together."""
    columns: list[sp.Matrix] = []
    found: list[DiagonalBlock] = []
    facts = []
    if len(components) > 1:
        listed = "; ".join(", ".join(str(i + 1) for i in rows) for rows in components)
        claim = f"coordinates {listed} are invariant"
        facts.append(Fact(claim, "no matrix has an entry between them"))
    for rows in components:
        refusal = _refusal(basis, rows)
        if refusal:
            pieces, more = _by_pattern(basis, rows, refusal)
        else:
            pieces, more = _by_algebra(basis, rows, extends)
        facts += more
        for piece in pieces:
            places = range(len(columns), len(columns) + sum(map(len, piece)))
            found.append(DiagonalBlock(tuple(places), tuple(len(step) for step in piece)))
            columns += [column for step in piece for column in step]
    T = sp.Matrix.hstack(*columns).as_immutable()
    if all(x in (0, 1) for x in T):
        T_inverse = T.T
    else:
        T_inverse = inverse(common_field(T)[0]).to_Matrix().as_immutable()
    result = AdaptedBasis(basis, T, T_inverse, tuple(found), ())
    return replace(result, certificate=(*dict.fromkeys(facts), _checked(result)))


def _checked(result: AdaptedBasis) -> Fact:
    """The exact check that everything outside of the blocks, and below their flags, is zero."""
    step = [
        (place, number)
        for place, block in enumerate(result.blocks)
        for number, size in enumerate(block.flag)
        for _ in range(size)
    ]
    for E in result.matrices:
        for (i, j), value in sp.Matrix(E).todok().items():
            inside = step[i][0] == step[j][0] and step[i][1] <= step[j][1]
            assert inside or sp.expand(value) == 0, "a block is not invariant"
    sizes = ", ".join(" + ".join(map(str, block.flag)) for block in result.blocks)
    return Fact(
        f"T^-1 A T is block diagonal, each block upper triangular by blocks of {sizes} rows",
        "T^-1 E_i T computed exactly for every matrix of the basis",
    )


# A diagonal block: for each step of its flag, the new basis vectors.
_Piece = list[list[sp.Matrix]]


def _refusal(basis: MatrixBasis, rows: tuple[int, ...]) -> str:
    """Why a component is left to its sparsity pattern; empty if it is not."""
    if basis.parameters:
        return "the matrices hold parameters"
    if len(rows) > _LARGEST:
        return f"there are more than {_LARGEST} rows"
    if len(rows) <= _DENSE:
        return ""
    module = _component(basis, rows)
    # The commutant of one dense matrix holds its powers.
    matrices = (*module.actions, commutant_rows(module)) if _is_short(module.actions) else ()
    if _is_short(matrices):
        return ""
    return f"there are more than {_DENSE} rows, and numbers of more than {_MOST_BITS} bits"


def _is_short(matrices: Sequence[DomainMatrix]) -> bool:
    """Whether there are matrices and all numbers in them are short."""
    return bool(matrices) and all(
        int(part.numerator).bit_length() <= _MOST_BITS
        and int(part.denominator).bit_length() <= _MOST_BITS
        for matrix in matrices
        for value in matrix.to_sparse().to_dok().values()
        for part in (value.to_list() if matrix.domain.is_AlgebraicField else [value])
    )


@lru_cache(maxsize=64)
def _component(basis: MatrixBasis, rows: tuple[int, ...]) -> Module:
    """The action on invariant coordinates, over the field of its own entries."""
    actions = module_of(_without_roots(basis)).actions
    return _spanned([a.to_sparse().extract(list(rows), list(rows)) for a in actions], small=True)


def _by_pattern(
    basis: MatrixBasis, rows: tuple[int, ...], why: str
) -> tuple[list[_Piece], list[Fact]]:
    """One block, triangular along the strong components of the sparsity pattern."""
    entries = {
        (rows.index(j), rows.index(i)) for E in basis.matrices for i, j in E.todok() if i in rows
    }
    unit = sp.eye(basis.n)
    piece = [[unit[:, rows[i]] for i in step] for step in _strong_components(entries, len(rows))]
    fact = Fact("invariant subspaces that are no coordinate axes were not looked for", why)
    return [piece], [fact]


def _by_algebra(
    basis: MatrixBasis, rows: tuple[int, ...], extends: bool
) -> tuple[list[_Piece], list[Fact]]:
    """The summands of a component of the sparsity pattern, each with its flag."""
    module = _component(basis, rows)
    scale = [module_of(_without_roots(basis)).scale[i] for i in rows]
    squares = {(i, i): module.domain.from_sympy(sp.expand(s**2)) for i, s in enumerate(scale)}
    size, domain = module.size, module.domain
    gram = DomainMatrix.from_dok(squares, (size, size), domain).to_sparse()
    search = DirectSummands(basis.is_complex, extends)
    flags = _Flags(gram, [float(s) for s in scale], DirectSummands(basis.is_complex, extends))
    summands = search.of(module, gram)
    pieces = []
    for summand in summands:
        frame = summand if len(summands) == 1 else flags.short(summand, None)
        steps = flags.of(module, frame)
        pieces.append([[_column(v, scale, rows, basis.n) for v in _rows_of(s)] for s in steps])
    return pieces, [*search.facts, *flags.facts()]


@lru_cache(maxsize=64)
def _without_roots(basis: MatrixBasis) -> MatrixBasis:
    """A basis of the same span over the numbers that entries are, each matrix divided by a root.

    Gell-Mann's diagonal matrices have a root each, and together a field of a high degree.
    """
    leading = [next(x for x in E.flat() if x) for E in basis.matrices]
    if all(x.is_Rational or x.is_Add for x in leading):
        return basis
    pairs = zip(basis.matrices, leading, strict=True)
    divided = [E if x.is_Add else E.applyfunc(lambda y, x=x: sp.radsimp(y / x)) for E, x in pairs]
    if basis.is_complex:
        _, pivots = row_echelon(complex_coordinates(divided).transpose())
        divided = [divided[i] for i in pivots]
    return MatrixBasis(basis.name, divided, complex_coefficients=basis.is_complex)


def _column(vector: DomainMatrix, scale: list[sp.Expr], rows: tuple[int, ...], n: int) -> sp.Matrix:
    """A vector of the module in the coordinates given, divided by a root and by a power of two."""
    values = vector.to_Matrix()
    first = next(s for s, value in zip(scale, values, strict=True) if value)
    column = sp.zeros(n, 1)
    for i, s, value in zip(rows, scale, values, strict=True):
        column[i] = value if s == first or not value else sp.radsimp(sp.expand(value * s / first))
    # Columns of very different length would make T badly conditioned.
    length = sp.sqrt(sum(abs(sp.N(x)) ** 2 for x in column))
    exponent = int(sp.floor(sp.log(length, 2) - sp.Rational(1, 2)))
    return column / 2**exponent if exponent > 0 else column


def _strong_components(entries: set[tuple[int, int]], n: int) -> list[list[int]]:
    """The strong components of a graph, those that an edge leads to before those it comes from.

    Examples
    --------
    >>> _strong_components({(0, 1), (1, 2), (2, 1)}, 3)
    [[1, 2], [0]]
    """
    reach = [{i} | {j for a, j in entries if a == i} for i in range(n)]
    for k in range(n):
        reach = [r | reach[k] if k in r else r for r in reach]
    found: list[list[int]] = []
    while len(placed := {i for part in found for i in part}) < n:
        free = (i for i in range(n) if i not in placed)
        # What a vertex reaches is placed, or reaches it back.
        start = next(i for i in free if all(j in placed or i in reach[j] for j in reach[i]))
        found.append([j for j in range(n) if j in reach[start] and start in reach[j]])
    return found


@dataclass
class _Flags:
    """Composition series in a component, by vectors that are rows.

    Attributes
    ----------
    gram
        The inner products of the coordinate vectors.
    weights
        Their lengths.
    search
        What splits the layers of a radical series.
    """

    gram: DomainMatrix
    weights: list[float]
    search: DirectSummands

    def of(self, module: Module, frame: DomainMatrix) -> list[DomainMatrix]:
        """Vectors for each step of a composition series of the submodule with a given basis."""
        over = module if frame.domain == module.domain else module.over(frame.domain)
        actions = _in_frame(over, frame)
        entries = {place for action in actions for place in action.to_sparse().to_dok()}
        steps = []
        for part in _strong_components(entries, frame.shape[0]):
            vectors = frame.to_sparse().extract(part, list(range(module.size)))
            piece = _spanned([action.to_sparse().extract(part, part) for action in actions])
            steps += [vectors] if len(part) == 1 else self._composition(piece, vectors)
        return steps

    def _composition(self, module: Module, frame: DomainMatrix) -> list[DomainMatrix]:
        """The steps for a strong component, each orthogonal to those before it."""
        inner = inner_products(frame, self.gram, frame)
        terms = radical_terms(module)
        below, steps = terms[-1], []
        for lower, upper in pairwise(reversed(terms)):
            for part in self._layer(module, upper, lower):
                if part.shape[0] == module.size:
                    return [frame]
                total = span(part.vstack(below.convert_to(part.domain).to_sparse()))
                step = total
                if below.shape[0]:
                    products = inner_products(total, inner, below)
                    step = span(multiply(kernel(products.transpose()), total).to_sparse())
                steps.append(multiply(self.short(step, frame), frame).to_sparse())
                below = total
        return steps

    def _layer(
        self, module: Module, outer: DomainMatrix, lower: DomainMatrix
    ) -> Iterator[DomainMatrix]:
        """Irreducible parts of ``outer / lower``, the small ones first, lifted to ``outer``."""
        quotient, free = module.restricted(outer).quotient(within(outer, lower))
        frame = outer.to_sparse().extract(free, list(range(module.size)))
        parts = self.search.of(quotient, _identity(quotient))
        for rows in sorted(parts, key=lambda rows: int(rows.shape[0])):
            yield multiply(rows, frame).to_sparse()

    def short(self, rows: DomainMatrix, frame: DomainMatrix | None) -> DomainMatrix:
        """A basis of a row space in which ``rows frame`` are short vectors."""
        return short_rows(rows, frame, self.weights)

    def facts(self) -> list[Fact]:
        """What is known of the diagonal blocks within the flags."""
        left = [fact for fact in self.search.facts if "left as it is" in fact.claim]
        if left:
            return left
        kind = "complex" if self.search.is_complex else "real"
        return [
            Fact(
                f"the diagonal blocks within the flags are irreducible over the {kind} numbers",
                "each is semisimple, and what commutes with it is a division algebra",
            )
        ]


def _identity(module: Module) -> DomainMatrix:
    return DomainMatrix.eye(module.size, module.domain).to_sparse()


def _rows_of(matrix: DomainMatrix) -> list[DomainMatrix]:
    columns = list(range(matrix.shape[1]))
    return [matrix.to_sparse().extract([i], columns) for i in range(matrix.shape[0])]


def _spanned(actions: Sequence[DomainMatrix], small: bool = False) -> Module:
    """The module on which a reduced basis of the span of matrices acts."""
    size = actions[0].shape[0]
    rows = span(DomainMatrix.vstack(*(shaped(action, 1, size * size) for action in actions)))
    if rows.shape[0] == 0:
        rows = DomainMatrix.zeros((1, size * size), rows.domain).to_sparse()
    rows = small_field(rows) if small else rows
    return Module(as_matrices(rows, size), size, rows.domain)


def _in_frame(module: Module, frame: DomainMatrix) -> tuple[DomainMatrix, ...]:
    """The action on a submodule in the coordinates of a basis of it: ``M`` with ``F A = M F``."""
    if frame.shape[0] == module.size and frame == _identity(module):
        return module.actions
    # Columns in which the basis is invertible.
    _, pivots = row_echelon(frame)
    rows, columns = list(range(frame.shape[0])), list(pivots)
    back = inverse(frame.extract(rows, columns))
    found = []
    for action in module.actions:
        image = multiply(frame, action).to_sparse().extract(rows, columns)
        found.append(multiply(image, back).to_sparse())
    return tuple(found)
