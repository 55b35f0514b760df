"""Casimir elements, against the literature."""

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from modules import (
    drawn_matrix,
)
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.constructors import from_structure_constants
from liealg.structure import adjoint_matrices
from liealg.structure.casimir import casimir_element, quadratic_casimirs
from liealg.structure.signs import signature
from liealg.structure.subspace import Subspace


def test_the_casimir_element_is_one_in_the_adjoint_representation():
    for name in ("so3", "sl3", "so(3,1)", "sp4", "g2", "su3"):
        adjoint = LieAlgebra("adjoint", adjoint_matrices(known(name)))
        assert casimir_element(adjoint).matrix == sp.eye(adjoint.dim)


@pytest.mark.parametrize("j", ["1/2", "1", "3/2", "2", "5/2"])
def test_the_casimir_element_of_a_spin_is_half_of_j_times_j_plus_one(j):
    """S^2 = j (j + 1); the Killing form of su(2) is -2 times the scalar product."""
    algebra, number = known(f"spin({j})"), sp.Rational(j)
    found = casimir_element(algebra)
    assert found.scalars == ((number * (number + 1) / 2, algebra.n),)
    assert found.coefficients == -sp.eye(3) / 2


def test_casimir_scalars_are_those_of_weyl_in_the_fundamental_representation():
    """(L, L + 2 rho) / (2 dual Coxeter number): Fulton and Harris, 1991, section 25.1."""
    for n in (2, 3, 4):
        expected = sp.Rational(n * n - 1, 2 * n * n)
        assert casimir_element(known(f"sl{n}")).scalars == ((expected, n),)
    assert casimir_element(known("so(8)")).scalars == ((sp.Rational(7, 12), 8),)


def test_a_reducible_representation_shows_each_scalar():
    sums = zip(known("so3").matrices, known("so3_irrep(2)").matrices, strict=True)
    algebra = LieAlgebra("sums", [sp.diag(a, b) for a, b in sums])
    assert sorted(casimir_element(algebra).scalars) == [(1, 3), (3, 5)]


def test_there_is_no_casimir_element_by_a_degenerate_killing_form():
    with pytest.raises(
        ValueError, match=r"Killing form of 'se3' is degenerate.*quadratic_casimirs"
    ):
        casimir_element(known("se3"))


QUADRATIC = [
    ("so3", 1, "Humphreys, section 6.2"),
    ("so4", 2, "so(4) = so(3) + so(3)"),
    ("so(3,1)", 2, "J^2 - K^2 and J.K of the Lorentz group"),
    ("sl3", 1, "one invariant of degree two"),
    ("gl2", 2, "trace squared and the determinant"),
    ("se2", 1, "P^2"),
    ("se3", 2, "Selig, Geometric Fundamentals of Robotics, 2005: Klein and Killing form"),
    ("poincare", 1, "P^2, the squared mass"),
    ("oscillator", 2, "2 H Z + Q^2 + P^2 and Z^2"),
    ("heisenberg1", 1, "Z^2"),
    ("diagonal(2)", 3, "abelian: all of them"),
    ("aff1", 0, "no invariant"),
]


@pytest.mark.parametrize(("name", "dim", "source"), QUADRATIC)
def test_quadratic_casimirs_of_the_literature(name, dim, source):
    algebra = known(name)
    found = quadratic_casimirs(algebra)
    assert len(found) == dim
    k = range(algebra.dim)
    for M in found:
        assert M.T == M
        element = sp.zeros(algebra.n)
        for i in k:
            for j in k:
                element += M[i, j] * algebra.matrices[i] * algebra.matrices[j]
        assert all((element * X - X * element).is_zero_matrix for X in algebra.matrices)
        for ad_x in adjoint_matrices(algebra):
            assert (ad_x * M + M * ad_x.T).is_zero_matrix


def test_the_mass_shell_is_the_form_of_lorentz_on_translations():
    (mass,) = quadratic_casimirs(known("poincare"))
    nonzero = DomainMatrix.from_Matrix(mass).convert_to(sp.QQ)
    positive, negative, zero = signature(nonzero)
    assert (max(positive, negative), min(positive, negative), zero) == (3, 1, 6)


@given(st.sampled_from(["so3", "so4", "se3", "oscillator", "su2"]), st.data())
@settings(max_examples=15)
def test_quadratic_casimirs_change_as_tensors(name, data):
    algebra = known(name)
    mixing = drawn_matrix(data, algebra.dim, 2)
    mixed = LieAlgebra("mixed", [algebra.hat(mixing.row(i)) for i in range(algebra.dim)])

    def flat(forms):
        return Subspace.spanned_by([list(form) for form in forms])

    pulled = [mixing.T * M * mixing for M in quadratic_casimirs(mixed)]
    assert flat(pulled) == flat(quadratic_casimirs(algebra))


def test_the_casimir_element_of_roots_in_the_structure_constants():
    """A simple algebra has one (Dixmier, 1977, chapter 2); the centroid of this one is rational."""
    su21 = known("su21")
    mixing = sp.eye(8) + sp.ones(8)
    mixed = LieAlgebra("mixed", [su21.hat(mixing.row(i)) for i in range(8)])
    algebra = from_structure_constants("adjoint", mixed.structure_constants)
    (found,) = quadratic_casimirs(algebra)
    assert any(not constant.is_Rational for constant in algebra.structure_constants.reshape(512))
    for ad_x in adjoint_matrices(algebra):
        assert (ad_x * found + found * ad_x.T).applyfunc(sp.expand).is_zero_matrix
