"""What constructors and structure refuse: one sentence that names the matrix, bracket or entry."""

import numpy as np
import pytest
import sympy as sp

from liealg import LieAlgebra, MatrixBasis, exponential, structure
from liealg.catalogue import known
from liealg.constructors import (
    adjoint_representation,
    conjugate_by,
    direct_sum,
    dual,
    from_bilinear_form,
    from_hermitian_form,
    from_structure_constants,
    realify,
    semidirect_sum,
    stabilizer,
    stabilizer_of_subspace,
    subalgebra,
    tensor_product,
)
from liealg.isomorphism import isomorphic_to
from liealg.structure import (
    Subspace,
    ad,
    center,
    ideal_generated_by,
    is_ideal,
    is_subalgebra,
)

SO2, SO3, SL2 = known("so2"), known("so3"), known("sl2")
SPAN = MatrixBasis("span", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
LINE = Subspace.spanned_by([[1, 0, 0]])
ONE, MINUS = LieAlgebra("one", [[[1]]]), LieAlgebra("minus", [[[-1]]])
t = sp.Symbol("t")

NAMED = {
    "direct_sum": lambda name: direct_sum(name, SO3),
    "semidirect_sum": lambda name: semidirect_sum(name, SO3),
    "adjoint_representation": lambda name: adjoint_representation(name, SO3),
    "tensor_product": lambda name: tensor_product(name, SO3, SO3),
    "dual": lambda name: dual(name, SO3),
    "realify": lambda name: realify(name, SO3),
    "conjugate_by": lambda name: conjugate_by(name, SO2, [[1, 1], [0, 1]]),
    "from_structure_constants": lambda name: from_structure_constants(name, [[[0]]]),
    "from_bilinear_form": lambda name: from_bilinear_form(name, sp.eye(2)),
    "from_hermitian_form": lambda name: from_hermitian_form(name, sp.eye(2)),
    "stabilizer": lambda name: stabilizer(name, SO3, [0, 0, 1]),
    "stabilizer_of_subspace": lambda name: stabilizer_of_subspace(name, SO3, [0, 0, 1]),
    "subalgebra": lambda name: subalgebra(name, SO3, LINE),
    "closure": SPAN.closure,
}


@pytest.mark.parametrize("make", NAMED)
@pytest.mark.parametrize("name", ["so(3)", "", None, 3, "class"])
def test_every_constructor_refuses_what_is_no_name(make, name):
    with pytest.raises(ValueError, match=r"^the name .* is (no plain Python identifier|a Python)"):
        NAMED[make](name)


OF_ALGEBRAS = {
    "direct_sum": lambda value: direct_sum("x", SO3, value),
    "semidirect_sum": lambda value: semidirect_sum("x", value),
    "adjoint_representation": lambda value: adjoint_representation("x", value),
    "tensor_product": lambda value: tensor_product("x", value, SO3),
    "tensor_product, second": lambda value: tensor_product("x", SO3, value),
    "stabilizer": lambda value: stabilizer("x", value, [1, 0]),
    "stabilizer_of_subspace": lambda value: stabilizer_of_subspace("x", value, [1, 0]),
    "subalgebra": lambda value: subalgebra("x", value, LINE),
}
OF_BASES = {
    "dual": lambda value: dual("x", value),
    "realify": lambda value: realify("x", value),
    "conjugate_by": lambda value: conjugate_by("x", value, sp.eye(2)),
}


@pytest.mark.parametrize("value", [None, 5, "so3", [[[1]]], sp.eye(2)], ids=str)
@pytest.mark.parametrize("make", [*OF_ALGEBRAS, *OF_BASES])
def test_every_constructor_refuses_what_is_no_algebra(make, value):
    with pytest.raises(
        ValueError,
        match=r"^(an? \w+|the str 'so3') is given for a (MatrixBasis or )?LieAlgebra; "
        r"(make one|pass known\('so3'\)$)",
    ):
        {**OF_ALGEBRAS, **OF_BASES}[make](value)


@pytest.mark.parametrize("make", OF_ALGEBRAS)
def test_every_constructor_that_needs_an_algebra_refuses_a_span(make):
    with pytest.raises(ValueError, match=r"^'span' is a MatrixBasis and no LieAlgebra; .*closure"):
        OF_ALGEBRAS[make](SPAN)


@pytest.mark.parametrize("value", [None, 5, "so3", [t], sp.eye(2)], ids=str)
@pytest.mark.parametrize(
    "name", [name for name in structure.__all__ if not isinstance(getattr(structure, name), type)]
)
def test_structure_of_what_is_no_algebra_is_refused(name, value):
    arguments = {"ad": [[1, 0]], "ideal_generated_by": [[1, 0]]}.get(name, [])
    if name in ("is_ideal", "is_subalgebra"):
        arguments = [LINE]
    with pytest.raises(ValueError, match=r"is given for a (MatrixBasis or )?LieAlgebra;"):
        getattr(structure, name)(value, *arguments)


@pytest.mark.parametrize("value", [None, 5, "so3", [t], sp.eye(2)], ids=str)
def test_the_exponential_of_what_is_no_basis_is_refused(value):
    with pytest.raises(ValueError, match="is given for a MatrixBasis or LieAlgebra; "):
        exponential(value)


ON_REPRESENTATIONS = {
    "bilinear_forms",
    "hermitian_forms",
    "commutant",
    "schur_types",
    "invariant_subspaces",
    "summary",
    "type_words",
}
WITH_ARGUMENTS = {
    "ad": lambda basis: ad(basis, [1, 2]),
    "ideal_generated_by": lambda basis: ideal_generated_by(basis, [1, 2]),
    "is_ideal": lambda basis: is_ideal(basis, Subspace.spanned_by([[1, 0]])),
    "is_subalgebra": lambda basis: is_subalgebra(basis, Subspace.spanned_by([[1, 0]])),
}


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in structure.__all__
        if not isinstance(getattr(structure, name), type) and name not in ON_REPRESENTATIONS
    ],
)
def test_structure_of_a_span_is_refused(name):
    function = WITH_ARGUMENTS.get(name, getattr(structure, name))
    with pytest.raises(ValueError, match=r"^'span' is a MatrixBasis and no LieAlgebra; .*closure"):
        function(SPAN)


def test_isomorphism_with_a_span_is_refused():
    with pytest.raises(ValueError, match="'span' is a MatrixBasis and no LieAlgebra"):
        isomorphic_to(known("se2"), SPAN)


REFUSED = [
    (lambda: direct_sum("none"), "at least one algebra"),
    (
        lambda: adjoint_representation("a", known("gl2")),
        r"not faithful: the element with coordinates \[1, 0, 0, 1\] is central",
    ),
    (lambda: tensor_product("t", SO3, SL2), r"\[E_1, E_2\] has the coordinates \[0, 0, 1\]"),
    (lambda: tensor_product("t", SO3, SO2), "'so3' has dimension 3 and 'so2' 1"),
    (
        lambda: tensor_product("t", ONE, MINUS),
        "tensor product of 'one' and 'minus' is not faithful: there E_1 is zero",
    ),
    (lambda: conjugate_by("c", SO2, [[1, 1], [1, 1]]), "P is singular"),
    (lambda: conjugate_by("c", SO2, [[1]]), "P is 1 x 1, and 'so2' holds 2 x 2"),
    (lambda: conjugate_by("c", SO2, [[1, 0]]), r"P is not square \(1 x 2\)"),
    (lambda: conjugate_by("c", SO2, [[1, 0], [0, "x"]]), r"entry \(2, 2\) of P is 'x'"),
    (lambda: conjugate_by("c", SO2, None), "P is None, which is no matrix"),
    (lambda: from_bilinear_form("f", [[sp.I]]), "use from_hermitian_form"),
    (lambda: from_bilinear_form("f", [[1]]), "only X = 0 leaves J invariant"),
    (lambda: from_bilinear_form("f", sp.zeros(2)), "J is zero, and every matrix"),
    (lambda: from_bilinear_form("f", [[1, 0]]), "J is not square"),
    (lambda: from_hermitian_form("f", sp.zeros(2)), "H is zero, and every matrix"),
    (lambda: from_hermitian_form("f", [[np.nan]]), r"entry \(1, 1\) of H is nan"),
    (lambda: semidirect_sum("s", SO3, [sp.eye(2)] * 2), "'so3' needs 3 matrices, and got 2"),
    (lambda: semidirect_sum("s", SO3, []), "needs 3 matrices, and got 0"),
    (lambda: semidirect_sum("s", SO3, 5), "the representation is no list of matrices, but 5"),
    (
        lambda: semidirect_sum("s", SO3, [sp.eye(2), sp.eye(3), sp.eye(2)]),
        "matrix 2 of the representation has 3 rows and matrix 1 has 2",
    ),
    (
        lambda: semidirect_sum("s", SO3, [sp.eye(2)] * 3),
        r"the bracket of matrices 1 and 2 is not the image of \[E_1, E_2\]",
    ),
    (lambda: stabilizer("s", SO3, [1, 2]), "the vectors have 2 entries, and 'so3' acts on .* of 3"),
    (lambda: stabilizer("s", SO3, [1, 0, 0], [1]), "vector 2 has 1 entries and vector 1 has 3"),
    (lambda: stabilizer("s", SO3), "at least one vector"),
    (lambda: stabilizer("s", SO3, 3), r"\(3,\) is no list of vectors"),
    (lambda: stabilizer("s", SO3, ["a", 0, 0]), r"entry \(1, 1\) of the vectors is 'a'"),
    (lambda: stabilizer("s", SO3, [0, np.nan, 0]), r"entry \(1, 2\) of the vectors is nan"),
    (lambda: stabilizer("s", SO3, [t, 0, 0]), "free symbol t"),
    (lambda: stabilizer("s", SO3, *sp.eye(3).tolist()), "only the zero element"),
    (lambda: stabilizer_of_subspace("s", SO3, [1]), "the vectors have 1 entries"),
    (lambda: subalgebra("z", SO3, center(SO3)), "the subspace of 'so3' is zero"),
    (lambda: subalgebra("z", SO3, [[1, 0, 0]]), r"\[\[1, 0, 0\]\] is no Subspace"),
    (lambda: subalgebra("z", SO2, LINE), "coordinates of 3 entries, and those of 'so2' have 1"),
    (
        lambda: subalgebra("o", SO3, Subspace.spanned_by([[1, 0, 0], [0, 1, 0]])),
        r"does not close under the bracket: \[E_1, E_2\] = ",
    ),
    (lambda: from_structure_constants("c", []), r"c has 0 slices"),
    (lambda: from_structure_constants("c", 5), "c is no array"),
    (lambda: from_structure_constants("c", [[0, 1], [1, 0]]), r"c\[1\] is \[0, 1\], which is no"),
    (lambda: from_structure_constants("c", np.zeros((2, 3, 2))), r"c\[1\] is not square"),
    (lambda: from_structure_constants("c", [[[t]]]), r"entry \(1, 1\) of c\[1\] contains the free"),
    (lambda: is_ideal(SO3, [[1, 0, 0]]), "is no Subspace; Subspace.spanned_by makes one"),
    (lambda: is_subalgebra(SO2, LINE), "coordinates of 3 entries, and those of 'so2' have 1"),
    (lambda: ideal_generated_by(SO3), "generated by vectors of 3 entries"),
    (lambda: ideal_generated_by(SO3, [1, 2]), "generated by vectors of 3 entries"),
    (lambda: ideal_generated_by(SO3, [1, 2, t]), r"entry \(1, 3\) of the vectors contains the"),
    (lambda: ad(SO3, ["x(", 0, 0]), r"coordinate 1 of x is 'x\(', which is no number"),
    (lambda: ad(SO3, 5), "x is 5, which is no list; 'so3' needs 3 numbers or symbols"),
    (lambda: SO3.bracket("abc", "def"), "x is 'abc', which is no list; 'so3' needs 3 numbers"),
    (lambda: SO3.bracket([1, 2, 3], 5), "y is 5, which is no list"),
    (lambda: SO3.bracket([1, 2, 3], [1, 2]), "y has 2 entries and 'so3' needs 3 numbers"),
    (lambda: SO3.bracket([1, 2, None], [1, 2, 3]), "coordinate 3 of x is None, which is no number"),
    (lambda: SO3.hat("abc"), "theta is 'abc', which is no list"),
    (lambda: SO3.hat([1, 2, "t"]), "coordinate 3 of theta is 't', which is no number and no"),
    (lambda: SO3.hat([1, 2, [3]]), r"coordinate 3 of theta is \[3\], which is no number"),
    (lambda: SO3.element([1, 2]), "theta has 2 entries and 'so3' needs 3"),
    (lambda: MatrixBasis("x", [sp.zeros(0, 0)]), "matrix 1 of 'x' is empty; give matrices of n"),
    (lambda: MatrixBasis("x", [[[1]]], parameters=5), "the parameters of 'x' are 5; give a list"),
    (lambda: Subspace.spanned_by([]), "there is no vector"),
    (lambda: Subspace.spanned_by([[]]), "there is no vector"),
    (lambda: Subspace.spanned_by(5), "5 is no list of vectors"),
    (lambda: Subspace.spanned_by([[1, 0], [1]]), "vector 2 has 1 entries and vector 1 has 2"),
    (lambda: Subspace.spanned_by([[sp.pi]]), "pi, which is not known to be algebraic"),
    (lambda: Subspace.spanned_by([[1, 0]]) >= LINE, "one subspace holds coordinates of 3 entries"),
]


@pytest.mark.parametrize(("call", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_bad_input_is_refused_in_words(call, message):
    with pytest.raises(ValueError, match=message) as refused:
        call()
    assert "\n" not in str(refused.value)


def test_floats_of_vectors_are_read_as_decimals():
    assert Subspace.spanned_by([[0.1, 0.2]]) == Subspace.spanned_by([[1, 2]])
    assert [0.5, 0, 0] in LINE
    assert stabilizer("s", SO3, np.array([0, 0, 0.1])) == stabilizer("s", SO3, [0, 0, 1])
