"""Maps between modules over fields of square roots: by embeddings as by equations."""

import random

import pytest
import sympy as sp
from sympy.polys.matrices import DomainMatrix

from liealg import LieAlgebra
from liealg.catalogue import known
from liealg.exact import over_field
from liealg.structure import bilinear_forms, commutant, invariant_subspaces, schur_types
from liealg.structure.intertwiners import _lifted_from_embeddings, intertwiners
from liealg.structure.modules import solutions, two_sided
from liealg.structure.split_primes import split_primes

ROOTS = [(sp.sqrt(2),), (sp.sqrt(-3),), (sp.I, sp.sqrt(6)), (sp.sqrt(2), sp.sqrt(3), sp.sqrt(5))]


def dense(name, seed=1):
    """The matrices in a random rational basis of the algebra and of the space."""
    source, matrices = random.Random(seed), known(name).matrices

    def invertible(size):
        while True:
            found = sp.Matrix(size, size, lambda *_: source.randint(-3, 3))
            if found.det() != 0:
                return found

    mixing, turn = invertible(len(matrices)), invertible(matrices[0].rows)
    back = turn.inv()
    turned = [(turn * matrix * back).applyfunc(sp.expand) for matrix in matrices]
    mixed = [
        sum((value * M for value, M in zip(row, turned, strict=True)), 0 * turned[0])
        for row in mixing.tolist()
    ]
    return LieAlgebra("dense", [matrix.applyfunc(sp.expand) for matrix in mixed])


def pairs_over(roots, kind):
    """Three pairs of 4 x 4 matrices over a field, conjugate ones or of no relation."""
    source = random.Random(7)

    def number():
        return sum((source.randint(-2, 2) * root for root in (1, *roots)), 0)

    turn = sp.eye(4) + sp.Matrix(4, 4, lambda i, j: number() if i < j else 0)
    found = []
    for _ in range(3):
        a = sp.diag(sp.Matrix(2, 2, lambda *_: number()), sp.Matrix(2, 2, lambda *_: number()))
        b = turn.inv() * a * turn if kind == "conjugate" else sp.Matrix(4, 4, lambda *_: number())
        both = over_field(sp.Matrix.hstack(a, b.applyfunc(sp.expand), roots[0] * sp.eye(4)))
        places = list(range(4))
        found.append(
            tuple(both.to_sparse().extract(places, [k + j for j in places]) for k in (0, 4))
        )
    return found


@pytest.mark.parametrize("kind", ["conjugate", "none"])
@pytest.mark.parametrize("roots", ROOTS)
def test_embeddings_find_the_maps_of_the_equations(roots, kind):
    pairs = pairs_over(roots, kind)
    (domain,) = {matrix.domain for pair in pairs for matrix in pair}
    rows = _lifted_from_embeddings(pairs)
    identity = DomainMatrix.eye(16, domain).to_sparse()
    assert rows == solutions(identity, (two_sided(-a, b) for a, b in pairs))
    assert rows == intertwiners(pairs)
    assert rows.shape[0] == (2 if kind == "conjugate" else 0)


@pytest.mark.parametrize("roots", ROOTS)
def test_primes_split_and_larger_ones_lift_larger_numbers(roots):
    domain = sp.QQ.algebraic_field(*roots)
    number = sum((domain.from_sympy(root) for root in roots), domain.one) ** 60 / 7
    matrix = DomainMatrix([[number, domain.zero]], (1, 2), domain).to_sparse()
    for prime in split_primes(domain):
        assert sp.isprime(int(prime.context.modulus()))
        assert len(prime.roots) == domain.mod.degree()
        if int(prime.context.modulus()).bit_length() > 1000:
            assert prime.lifted(prime.images(matrix)) == matrix
            break


def test_other_fields_have_no_such_primes():
    assert list(split_primes(sp.QQ.algebraic_field(sp.cbrt(2)))) == []


@pytest.mark.parametrize("name", ["so3_irrep(2)", "so3_irrep(4)"])
def test_roots_in_a_dense_basis_hide_nothing(name):
    algebra = dense(name)
    assert algebra.structure_constants.shape == (3, 3, 3)
    assert [list(c) for c in commutant(algebra)] == [list(sp.eye(algebra.n))]
    assert [(c.schur_type, c.multiplicity) for c in schur_types(algebra)] == [("real", 1)]
    assert invariant_subspaces(algebra).is_irreducible
    (form,) = bilinear_forms(algebra).symmetric.matrices
    for matrix in algebra.matrices:
        assert (matrix.T * form + form * matrix).applyfunc(sp.expand).is_zero_matrix
