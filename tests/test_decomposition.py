"""Direct sums of ideals: facts of the literature."""

from random import Random

import pytest
import sympy as sp
from facts import FACTS
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    from_structure_constants,
    semidirect_sum,
    subalgebra,
)
from liealg.structure import (
    adjoint_matrices,
    centroid,
    indecomposable_ideals,
    is_ideal,
    simple_ideals,
)


def kinds(algebra):
    found = indecomposable_ideals(algebra)
    assert found.is_complete
    assert all(is_ideal(algebra, ideal.subspace) for ideal in found.ideals)
    stacked = sp.Matrix.vstack(*(ideal.subspace.rows for ideal in found.ideals))
    exact = DomainMatrix.from_Matrix(stacked, extension=True).to_field()
    assert stacked.rows == exact.rank() == algebra.dim
    return sorted((ideal.subspace.dim, ideal.centroid) for ideal in found.ideals)


# Simple over the complex numbers, but for the sums: Helgason 1978, section X.6.
LARGE_FACTS = {
    ("so8",): [(28, "real")],
    ("so(4,4)",): [(28, "real")],
    ("so(7,1)",): [(28, "real")],
    ("sl5",): [(24, "real")],
    ("su5",): [(24, "real")],
    ("su(3,2)",): [(24, "real")],
    ("sp6",): [(21, "real")],
    ("gl5",): [(1, "real"), (24, "real")],
    ("so31", "so31"): [(6, "complex"), (6, "complex")],
    ("so3", "so3", "so3"): [(3, "real")] * 3,
    ("su4", "su2", "u1"): [(1, "real"), (3, "real"), (15, "real")],
    ("upper_triangular6",): [(1, "real"), (20, "real")],
}


def in_dense_coordinates(algebra, source):
    """A random rational basis of the algebra and of the space it acts on."""
    mixing, turn = (invertible(size, source) for size in (algebra.dim, algebra.n))
    turned = conjugate_by("turned", algebra, turn)
    return LieAlgebra("dense", [turned.hat(mixing.row(i)) for i in range(algebra.dim)])


def invertible(size, source):
    while True:
        matrix = sp.Matrix(size, size, lambda *_: source.randint(-3, 3))
        if matrix.det() != 0:
            return matrix


@pytest.mark.parametrize("names", LARGE_FACTS, ids=" + ".join)
def test_large_algebras_in_dense_coordinates(names):
    algebra = direct_sum("sum", *map(known, names))
    mixing = invertible(algebra.dim, Random(7))
    dense = LieAlgebra("dense", [algebra.hat(mixing.row(i)) for i in range(algebra.dim)])
    assert kinds(dense) == LARGE_FACTS[names]


def test_the_centroid_of_a_complex_algebra_is_the_complex_numbers():
    """The map that is multiplication by i has the square -1 up to a factor, in every basis."""
    algebra = in_dense_coordinates(known("so31"), Random(3))
    maps = centroid(algebra)
    assert len(maps) == 2
    turn = next(m - m.trace() / 6 * sp.eye(6) for m in maps if not m.is_diagonal())
    square = turn**2
    assert square == square[0, 0] * sp.eye(6)
    assert square[0, 0] < 0


def test_maps_of_the_centroid_commute_with_every_bracket():
    algebra = in_dense_coordinates(
        direct_sum("sum", known("so3"), known("heisenberg1"), known("so31")), Random(5)
    )
    found = centroid(algebra)
    # 1 for so(3), 2 for so(3, 1); for the Heisenberg algebra 1 and the maps of L / [L, L] to the
    # center, which has dimension 2.
    assert len(found) == 1 + 2 + 3
    assert sp.Matrix([list(phi) for phi in found]).rank() == len(found)
    for phi in found:
        for action in adjoint_matrices(algebra):
            assert phi * action == action * phi


def test_an_algebra_known_by_dense_structure_constants_alone():
    algebra = in_dense_coordinates(direct_sum("sum", known("so3"), known("sl3")), Random(2))
    copy = from_structure_constants("copy", algebra.structure_constants)
    assert kinds(copy) == [(3, "real"), (8, "real")]


@pytest.mark.parametrize("name", ["so3", "sl2", "so31"])
def test_a_semidirect_sum_by_the_adjoint_representation_has_one_summand(name):
    """The centroid of ``g + g`` with abelian second part: ``a + b eps``, ``eps^2 = 0``."""
    algebra = known(name)
    ideal = adjoint_representation("adjoint", algebra).matrices
    takiff = semidirect_sum("takiff", algebra, ideal)
    kind = "complex" if name == "so31" else "real"
    assert kinds(in_dense_coordinates(takiff, Random(4))) == [(2 * algebra.dim, kind)]


@pytest.mark.parametrize("facts", FACTS, ids=lambda facts: facts.name)
def test_summands_are_those_of_the_literature(facts):
    assert kinds(facts.algebra) == sorted(facts.ideals)


def over_square_root():
    """sl(2) with coefficients in the rationals and the square root of 2, as rational matrices."""
    root = sp.Matrix([[0, 2], [1, 0]])
    one = sp.eye(2)
    return LieAlgebra(
        "twisted",
        [
            sp.kronecker_product(m, E)
            for m in (one, root)
            for E in map(sp.Matrix, known("sl2").matrices)
        ],
    )


def test_an_algebra_simple_over_the_rationals_splits_over_the_reals():
    algebra = over_square_root()
    found = indecomposable_ideals(algebra)
    assert [ideal.subspace.dim for ideal in found.ideals] == [3, 3]
    assert "sqrt(2)" in found.reason
    for ideal in simple_ideals(algebra):
        assert subalgebra("part", algebra, ideal.subspace).dim == 3


def test_simple_ideals_need_a_semisimple_algebra():
    with pytest.raises(ValueError, match="'se3' is not semisimple"):
        simple_ideals(known("se3"))
