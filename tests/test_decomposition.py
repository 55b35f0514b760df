"""Direct sums of ideals: facts of the literature."""

import pytest
import sympy as sp
from facts import FACTS

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import subalgebra
from liealg.structure import indecomposable_ideals, is_ideal, simple_ideals


def kinds(algebra):
    found = indecomposable_ideals(algebra)
    assert found.is_complete
    assert all(is_ideal(algebra, ideal.subspace) for ideal in found.ideals)
    stacked = sp.Matrix.vstack(*(ideal.subspace.rows for ideal in found.ideals))
    assert stacked.rows == stacked.rank() == algebra.dim
    return sorted((ideal.subspace.dim, ideal.centroid) for ideal in found.ideals)


@pytest.mark.parametrize(
    "facts", [facts for facts in FACTS if facts.dim <= 16], ids=lambda facts: facts.name
)
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
