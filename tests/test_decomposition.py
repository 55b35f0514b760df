"""Direct sums of ideals: facts of the literature, and every change of basis."""

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import direct_sum, subalgebra
from liealg.structure import indecomposable_ideals, is_ideal, simple_ideals

# so(4), so(2, 2) and so(3, 1): Helgason 1978, section X.6; gl and u: Humphreys 1972, section 19.1.
FACTS = {
    "so3": [(3, "real")],
    "so4": [(3, "real"), (3, "real")],
    "so22": [(3, "real"), (3, "real")],
    "so31": [(6, "complex")],
    "so5": [(10, "real")],
    "su3": [(8, "real")],
    "g2": [(14, "real")],
    "gl3": [(1, "real"), (8, "real")],
    "u2": [(1, "real"), (3, "real")],
    "se3": [(6, "real")],
    "sgal3": [(10, "real")],
    "heisenberg2": [(5, "real")],
    "oscillator": [(4, "real")],
    "aff1": [(2, "real")],
    "upper_triangular3": [(1, "real"), (5, "real")],
    "diagonal3": [(1, "real")] * 3,
}


def kinds(algebra):
    found = indecomposable_ideals(algebra)
    assert found.is_complete
    assert all(is_ideal(algebra, ideal.subspace) for ideal in found.ideals)
    stacked = sp.Matrix.vstack(*(ideal.subspace.rows for ideal in found.ideals))
    assert stacked.rows == stacked.rank() == algebra.dim
    return sorted((ideal.subspace.dim, ideal.centroid) for ideal in found.ideals)


@pytest.mark.parametrize("name", FACTS)
def test_summands_are_those_of_the_literature(name):
    assert kinds(known(name)) == FACTS[name]


@given(
    st.lists(
        st.sampled_from(["so3", "so31", "se2", "heisenberg1", "u2", "aff1"]), min_size=1, max_size=2
    ),
    st.data(),
)
@settings(max_examples=30)
def test_sums_have_the_summands_of_their_parts_in_every_basis(names, data):
    whole = direct_sum("whole", *(known(name) for name in names))
    k = whole.dim
    rows = st.lists(st.integers(-2, 2), min_size=k, max_size=k)
    mixing = sp.Matrix(data.draw(st.lists(rows, min_size=k, max_size=k)))
    assume(mixing.det() != 0)
    mixed = LieAlgebra("mixed", [whole.hat(mixing.row(i)) for i in range(k)])
    expected = {**FACTS, "se2": [(3, "real")], "heisenberg1": [(3, "real")]}
    assert kinds(mixed) == sorted(part for name in names for part in expected[name])


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
