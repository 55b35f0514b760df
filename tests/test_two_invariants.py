"""Blocks with two invariants are recognised in any basis, proved, and nothing else is taken."""

import numpy as np
import pytest
import sympy as sp
from samples import conjugated, with_parameters

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.constructors import adjoint_representation
from liealg.derive import two_invariants
from liealg.derive.blocks import Block, split
from liealg.derive.form import MatrixForm, Refusal

FAMILIES = {
    **dict.fromkeys(["so(4)", "so(2, 2)", "so(3, 1)", "sp4"], False),
    **dict.fromkeys(["so(5)", "so(4, 1)", "so(3, 2)", "poincare"], True),
}
families = pytest.mark.parametrize(("name", "zero"), FAMILIES.items())


def derived(basis: MatrixBasis) -> MatrixForm | Refusal:
    (block,) = split(basis)
    return two_invariants.derive(block)


def mixed(basis: MatrixBasis, seed: int = 1) -> MatrixBasis:
    """The same span: rational matrices of a dense conjugate, shuffled, scaled and added up."""
    random, n, k = np.random.default_rng(seed), basis.n, len(basis.matrices)
    P = invertible(random, n) / 7
    M, inverse = invertible(random, k), P.inv()
    conjugates = [P * E * inverse for E in basis.matrices]
    sums = [sum((M[i, j] * conjugates[j] for j in range(k)), sp.zeros(n)) for i in range(k)]
    return MatrixBasis("mixed", sums)


def invertible(random: np.random.Generator, n: int) -> sp.Matrix:
    while True:
        P = sp.Matrix(random.integers(-9, 10, size=(n, n)).tolist())
        if P.det() != 0:
            return P


def holds(form: MatrixForm, theta: list[int]) -> bool:
    """Whether the identity of the run-time function holds at an element, by SymPy's matrices."""
    A = form.block.element.subs(dict(zip(form.block.symbols, theta, strict=True)))
    rank = 4 * sp.nsimplify(form.keywords["multiplicity"])
    N = A * A
    h = N.trace() / rank
    V = N - h * sp.eye(A.rows)
    rest = V * V - (N * V).trace() / rank * sp.eye(A.rows)
    return (A * rest if form.keywords["zero"] else rest).expand().is_zero_matrix


@families
def test_family(name, zero):
    form = derived(known(name))
    assert isinstance(form, MatrixForm)
    assert (form.kind, form.function) == ("closed form", "expm_two_invariants")
    last = {"zero_rows": 1} if name == "poincare" else {}
    assert dict(form.keywords) == {"zero": zero, "multiplicity": 1.0, **last}
    assert form.scalars == ()
    assert "two invariants" in form.reason


@families
def test_every_basis_of_the_span_is_the_same_to_it(name, zero):
    for basis in (conjugated(known(name), "skewed"), mixed(known(name))):
        form = derived(basis)
        assert isinstance(form, MatrixForm)
        assert dict(form.keywords) == {"zero": zero, "multiplicity": 1.0}
        assert holds(form, [(7 * i) % 5 - 2 for i in range(basis.dim)])
        assert "expanded" in form.certificate[0].proof


def test_the_identity_is_what_the_certificate_says():
    (fact,) = derived(known("so(5)")).certificate
    assert fact.claim == (
        "A V^2 = w A for all coefficients, with N = A^2, h = tr(N)/4, V = N - h, w = tr(N V)/4"
    )


def test_long_identities_are_proved_at_random_elements(monkeypatch):
    monkeypatch.setattr(two_invariants, "_MOST_PRODUCTS", 0)
    (fact,) = derived(mixed(known("so(3, 2)"))).certificate
    assert "below (5/2^41)^3" in fact.proof


def test_two_rotations_in_one_block():
    so3, zeros = known("so3"), sp.zeros(3)
    both = MatrixBasis(
        "both",
        [sp.diag(E, zeros) for E in so3.matrices] + [sp.diag(zeros, E) for E in so3.matrices],
    )
    form = derived(mixed(both))
    assert dict(form.keywords) == {"zero": True, "multiplicity": 1.0}


def test_equal_eigenvalues_everywhere():
    """The adjoint representation of se(3): w vanishes, and the matrices are not semisimple."""
    form = derived(adjoint_representation("adjoint", known("se3")))
    assert dict(form.keywords) == {"zero": True, "multiplicity": 1.0}


def test_copies_raise_the_multiplicity():
    twice = MatrixBasis("twice", [sp.diag(E, E) for E in known("so(4)").matrices])
    form = derived(mixed(twice))
    assert dict(form.keywords) == {"zero": False, "multiplicity": 2.0}


def test_parameters_and_roots():
    curved = next(basis for basis in with_parameters() if basis.name == "curved_space")
    form = derived(curved)
    assert isinstance(form, MatrixForm)
    assert "expanded" in form.certificate[0].proof
    rooted = MatrixBasis("rooted", [sp.sqrt(2) * E for E in known("so(5)").matrices])
    assert isinstance(derived(rooted), MatrixForm)


@pytest.mark.parametrize("name", ["gl(3)", "sl(3)", "so(6)", "sp(6)", "g2", "gl(4)", "so3", "se3"])
def test_refusal(name):
    refusal = derived(known(name))
    assert isinstance(refusal, Refusal)
    assert "is not of the form" in refusal.reason


def test_refusal_of_different_multiplicities():
    """One rotation once and one twice: the traces do not give the invariants."""
    so3, zeros = known("so3"), sp.zeros(3)
    matrices = [sp.diag(E, zeros, zeros) for E in so3.matrices]
    matrices += [sp.diag(zeros, E, E) for E in so3.matrices]
    refusal = derived(mixed(MatrixBasis("uneven", matrices)))
    assert refusal == Refusal("its two squared eigenvalues have different multiplicities")


def test_refusal_where_the_form_is_special():
    """An element that has the form says nothing: here all have it at which t3 vanishes."""
    t1, t2, t3 = symbols = sp.symbols("theta1:4", real=True)
    rotation = sp.Matrix([[0, -1], [1, 0]])
    element = sp.diag(t1 * rotation, t2 * rotation) + t3 * sp.diag(0, 0, 0, 1)
    block = Block((0, 1, 2, 3), element.as_immutable(), symbols)
    assert isinstance(two_invariants.derive(block), Refusal)


def test_refusal_of_complex_matrices():
    basis = MatrixBasis("complex", [sp.I * E for E in known("so(5)").matrices])
    assert "complex" in derived(basis).reason
