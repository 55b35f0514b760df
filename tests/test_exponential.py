"""Derived exponentials: kinds, reasons, and every formula against mpmath at 50 digits."""

import re

import mpmath
import pytest
import sympy as sp
from exact_values import rational_coefficients, to_mpmath, with_coefficients
from samples import GENERAL, composed, conjugated, every_basis, skew, unfamiliar

from liealg import MatrixBasis, Stumpff, exponential, known
from liealg.catalogue import special_orthogonal
from liealg.codegen import module_source
from liealg.derive.blocks import split

DERIVED = [basis for basis in every_basis() if exponential(basis).matrix is not None]


POLYNOMIAL = ("heisenberg1", "heisenberg(3)", "strictly_upper_triangular(5)", "translations(3)")
CLOSED = (
    *(
        "so2",
        "so3",
        "so4",
        "so5",
        "so21",
        "so22",
        "so31",
        "so32",
        "so41",
        "sl2",
        "gl2",
        "su2",
        "u2",
    ),
    *("su(1,1)", "sp2", "sp4", "beam4", "se2", "se3", "se23", "sgal3", "oscillator", "poincare"),
    *(f"so3_irrep{spin}" for spin in range(1, 7)),
    *("spin1_2", "spin1", "spin3_2", "spin2", "spin5_2", "spin3", "spin7_2", "spin4"),
)


STRUCTURED = (
    *("sim2", "sim3", "aff2", "aff3", "sl3", "gl3", "su3", "u3", "sl4", "gl4", "su4"),
    *("so6", "so7", "so8", "sp6", "sp8", "beam6", "g2"),
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "polynomial") for name in POLYNOMIAL),
        *((name, "closed form") for name in CLOSED),
        *((name, "structured") for name in STRUCTURED),
    ],
)
def test_kinds(name, kind):
    assert exponential(known(name)).kind == kind


@pytest.mark.parametrize("basis", unfamiliar(), ids=lambda basis: basis.name)
def test_unfamiliar_spans_have_closed_forms(basis):
    assert exponential(basis).kind == ("polynomial" if basis.name == "shears" else "closed form")


def test_the_kind_does_not_depend_on_the_name():
    assert exponential(MatrixBasis("sp4", known("so3").matrices)).kind == "closed form"
    assert exponential(MatrixBasis("so3", GENERAL.matrices)).kind == "fallback"


def test_many_coefficients_are_decided_at_a_point():
    """A proof for all 28 coefficients of so(8) would take minutes."""
    assert exponential(special_orthogonal(8)).kind == "structured"


@pytest.mark.parametrize(("name", "rows"), [("aff3", 1), ("sim3", 1), ("se23", 2), ("so5", 0)])
def test_rows_that_are_zero_in_the_whole_span(name, rows):
    (block,) = split(known(name))
    assert block.zero_rows == rows


def test_a_fallback_says_why_and_has_no_formula():
    derived = exponential(GENERAL)
    assert "degree 10" in derived.reason
    assert derived.matrix is None
    assert derived.frechet is None


@pytest.mark.parametrize(
    ("name", "calls"),
    [
        ("so4", ""),
        ("skewed_so4", "matrix_product(expm_one_invariant"),
        ("skewed_poses", "expm_one_invariant(hat(theta)"),
        ("hidden_sum", "matrix_product("),
        ("growing_spin", "scaled(expm_spin_representation("),
        ("phase_and_so4", "complex_matrix("),
    ],
)
def test_sums_of_commuting_parts_are_products(name, calls):
    basis = next(basis for basis in composed() if basis.name == name)
    derived = exponential(basis)
    assert derived.kind == "closed form"
    source = re.sub(r"\(\n +", "(", module_source(basis))
    assert f"    return {calls}" in source
    assert "expm(" not in source


J = sp.Matrix([[0, -1], [1, 0]])
TIED = [sp.diag(E, (i + 1) * J) for i, E in enumerate(known("so4").matrices)]


@pytest.mark.parametrize(
    "basis",
    [skew("twice", *(sp.diag(E, E) for E in known("so3").matrices)), skew("tied", *TIED)],
    ids=lambda basis: basis.name,
)
def test_modules_of_dense_spans_stay_short(basis):
    """Entry by entry these would have 2,300 and 2,000 lines."""
    assert exponential(basis).kind == "closed form"
    assert len(module_source(basis).splitlines()) < 800


def test_one_block_that_falls_back_does_not_make_the_others():
    derived = exponential(next(b for b in composed() if b.name == "with_a_fallback"))
    assert [form.kind for form in derived.blocks] == ["closed form", "fallback"]
    assert derived.kind == "fallback"
    assert derived.reason.startswith("rows 4, 5, 6, 7, 8, 9, 10, 11, 12, 13: ")


def test_each_block_has_its_own_form():
    derived = exponential(composed()[0])
    assert [(form.block.rows, form.kind) for form in derived.blocks] == [
        ((0, 2, 5), "closed form"),
        ((1, 3, 4, 6), "closed form"),
    ]
    assert derived.kind == "closed form"
    assert "; rows 2, 4, 5, 7: " in derived.reason
    assert derived.matrix is None


@pytest.mark.parametrize("basis", DERIVED, ids=lambda basis: basis.name)
@pytest.mark.parametrize("scale", [sp.Rational(1, 10**6), sp.Integer(1), sp.Integer(5)])
def test_formula_is_the_exponential(basis, scale):
    theta = rational_coefficients(basis, scale)
    with mpmath.workdps(70):
        exact = mpmath.expm(to_mpmath(basis.element(theta)), method="taylor")
        formula = to_mpmath(with_coefficients(exponential(basis).matrix, basis, theta))
        assert mpmath.norm(formula - exact) < mpmath.mpf(10) ** -50 * mpmath.norm(exact)


@pytest.mark.parametrize("basis", DERIVED, ids=lambda basis: basis.name)
def test_frechet_is_the_derivative(basis):
    theta = rational_coefficients(basis, sp.Rational(3, 2))
    n = basis.n
    with mpmath.workdps(70):
        A = to_mpmath(basis.element(theta))
        for E, formula in zip(basis.matrices, exponential(basis).frechet, strict=True):
            block = mpmath.zeros(2 * n)
            block[:n, :n], block[n:, n:], block[:n, n:] = A, A, to_mpmath(E)
            exact = mpmath.expm(block, method="taylor")[:n, n:]
            error = mpmath.norm(to_mpmath(with_coefficients(formula, basis, theta)) - exact)
            assert error < mpmath.mpf(10) ** -50 * mpmath.norm(exact)


@pytest.mark.parametrize("basis", every_basis()[:-1], ids=lambda basis: basis.name)
def test_minimal_polynomial_annihilates_and_divides(basis):
    polynomial = exponential(basis).minimal_polynomial
    theta = rational_coefficients(basis, sp.Integer(1))
    values = dict(zip(basis.symbols, theta, strict=True))
    A = sp.Matrix(basis.element(theta))
    total = sp.zeros(basis.n)
    for coefficient in polynomial.all_coeffs():
        total = (total * A + coefficient.xreplace(values) * sp.eye(basis.n)).applyfunc(sp.expand)
    assert total.applyfunc(sp.radsimp) == sp.zeros(basis.n)
    at_theta = sp.Poly([c.xreplace(values) for c in polynomial.all_coeffs()], polynomial.gen)
    assert (
        sp.rem(A.charpoly(polynomial.gen).as_expr(), at_theta.as_expr(), polynomial.gen).expand()
        == 0
    )


def test_conjugated_motions_are_not_split_but_derived():
    derived = exponential(conjugated(known("se3"), "hidden"))
    assert derived.kind == "closed form"
    assert derived.minimal_polynomial.degree() == 4


def test_rotation_block_of_se3_is_rodrigues_formula():
    se3, so3 = exponential(known("se3")).matrix, exponential(known("so3")).matrix
    assert se3[:3, :3] == so3


def test_a_complex_invariant_is_given_by_its_parts():
    H = sp.Matrix([[1, 0], [0, -1]])
    boost = MatrixBasis("boost", [H + sp.I * sp.Matrix([[0, 1], [1, 0]]) * 2, sp.I * H])
    (form,) = exponential(boost).blocks
    assert form.kind == "closed form"
    assert "complex" in form.reason
    a, b = form.block.symbols
    Delta = (a + sp.I * b) ** 2 - 4 * a**2
    assert sp.expand(sp.Add(form.scalars[0], sp.I * form.scalars[1]) - Delta) == 0


def test_stumpff_functions_obey_their_rules():
    z = sp.Symbol("z", real=True)
    for k in range(5):
        f = Stumpff(k, z)
        assert f.diff(z) == (Stumpff(k + 1, z) - k * Stumpff(k + 2, z)) / 2
        assert f.is_real
        assert f.subs(z, 0) == 1 / sp.factorial(k)
        for number in (sp.Integer(-100), sp.Rational(-1, 3), sp.Rational(1, 10**20), sp.Integer(7)):
            with mpmath.workdps(60):
                exact = mpmath.nsum(
                    lambda j, x=number, k=k: (
                        mpmath.mpf(int(x.p)) ** j
                        / mpmath.mpf(int(x.q)) ** j
                        / mpmath.factorial(2 * j + k)
                    ),
                    [0, 150],
                    method="direct",
                )
                assert abs(mpmath.mpf(Stumpff(k, number).evalf(50)._mpf_) - exact) < mpmath.mpf(
                    10
                ) ** -49 * abs(exact)


def test_stumpff_rewrites_to_hyperbolic_and_circular_functions():
    z = sp.Symbol("z", negative=True)
    for k in range(4):
        for rule in (sp.cosh, sp.cos):
            difference = Stumpff(k, z).rewrite(rule) - Stumpff(k, z)
            assert abs(difference.subs(z, -3).evalf(30)) < 1e-25


def test_stumpff_refuses_a_negative_order():
    with pytest.raises(ValueError, match="order"):
        Stumpff(-1, sp.Symbol("z"))
