"""Cartan subalgebras, root systems and real forms against the tables, in every basis."""

import pytest
import sympy as sp
from facts import FACTS
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liealg import LieAlgebra, MatrixBasis
from liealg.catalogue import known
from liealg.catalogue.exceptional import LINES
from liealg.constructors import direct_sum, subalgebra
from liealg.reduction import BadPrimeError, Reduction, reductions
from liealg.structure import (
    ad,
    is_nilpotent,
    killing_form,
    killing_signature,
    levi_decomposition,
)
from liealg.structure.brackets import right_brackets
from liealg.structure.cartan import cartan_rows, cartan_subalgebra, rank
from liealg.structure.dynkin import (
    components,
    dynkin_type,
    positive_roots,
    standard_cartan_matrix,
)
from liealg.structure.real_forms import dimension, real_forms, simple_factors
from liealg.structure.roots import root_system, roots_of


def quaternionic(name, p, q, trace_only=False):
    """sp(p, q), or su*(2p) with ``trace_only``, as complex blocks [[A, B], [-B*, A*]]."""
    n = p + q
    signs = sp.diag(*[1] * p, *[-1] * q)
    units = [
        factor * sp.Matrix(n, n, lambda i, j, at=(a, b): int((i, j) == at))
        for a in range(n)
        for b in range(n)
        for factor in (1, sp.I)
    ]
    if trace_only:
        first = [unit for unit in units if unit.trace() == 0]
        first += [sp.I * sp.diag(*[int(i == a) for i in range(n)]) for a in range(n)]
        first += [sp.diag(*[int(i == a) - int(i == n - 1) for i in range(n)]) for a in range(n - 1)]
        second = units
    else:
        first = [unit - signs * unit.H * signs for unit in units]
        second = [unit + signs * unit.T * signs for unit in units]
    zero = sp.zeros(n)
    return spanned(name, [doubled(A, zero) for A in first] + [doubled(zero, B) for B in second])


def doubled(A, B):
    return sp.Matrix(sp.BlockMatrix([[A, B], [-B.conjugate(), A.conjugate()]]))


def so_star(n):
    """so*(2n): Z1 skew, Z2 Hermitian, in [[Z1, Z2], [-Z2*, Z1*]] (Helgason, 1978, X.2)."""
    units = [
        factor * sp.Matrix(n, n, lambda i, j, at=(a, b): int((i, j) == at))
        for a in range(n)
        for b in range(n)
        for factor in (1, sp.I)
    ]
    zero = sp.zeros(n)
    rows = [doubled(unit - unit.T, zero) for unit in units]
    return spanned(f"so_star_{2 * n}", rows + [doubled(zero, unit + unit.H) for unit in units])


def spanned(name, matrices):
    """The algebra of a spanning list: a matrix that adds nothing is left out."""
    stacked = sp.Matrix(
        [[part for entry in M for part in entry.as_real_imag()] for M in matrices]
    ).to_DM()
    _, pivots = stacked.transpose().to_field().rref()
    return LieAlgebra(name, [matrices[i] for i in pivots])


def complexified(name):
    """A complex simple algebra as a real one: the matrices and i times the matrices."""
    matrices = known(name).matrices
    return LieAlgebra(f"{name}_complex", [*matrices, *(sp.I * matrix for matrix in matrices)])


def split_g2():
    """The derivations of the split octonions: i times the part odd under the signs off a line."""
    inside = {unit - 1 for unit in LINES[0]}
    even, odd = [], []
    for matrix in known("g2").matrices:
        mixes = sp.Matrix(7, 7, lambda i, j: int((i in inside) != (j in inside)))
        crossing = matrix.multiply_elementwise(mixes)
        even.append(matrix - crossing)
        odd.append(sp.Matrix(7, 7, lambda i, j, M=crossing: M[i, j] if i in inside else -M[i, j]))
    return spanned("g2_split", even + odd)


# The algebra, its type over the complex numbers, and its simple ideals over the reals (Helgason,
# 1978, section X.6, tables IV and V, and the isomorphisms of the section).
OTHERS = [
    (quaternionic("sp_1", 1, 0), "A1", ["su(2)"]),
    (complexified("sl2"), "A1 + A1", ["sl(2, C)"]),
    (so_star(2), "A1 + A1", ["sl(2, R)", "su(2)"]),
    (quaternionic("sp_1_1", 1, 1), "B2", ["so(4,1)"]),
    (quaternionic("sp_2", 2, 0), "B2", ["so(5)"]),
    (split_g2(), "G2", ["g2 split"]),
    (quaternionic("su_star_4", 2, 0, trace_only=True), "A3", ["su*(4)"]),
    (so_star(3), "A3", ["su(3,1)"]),
    (complexified("sl3"), "A2 + A2", ["sl(3, C)"]),
    (complexified("so5"), "B2 + B2", ["so(5, C)"]),
    (complexified("sp4"), "B2 + B2", ["so(5, C)"]),
    (quaternionic("sp_3", 3, 0), "C3", ["usp(6)"]),
    (quaternionic("sp_2_1", 2, 1), "C3", ["sp(2,1)"]),
    (so_star(4), "D4", ["so(6,2)"]),
    (direct_sum("sum", known("so3"), known("sl3")), "A1 + A2", ["sl(3, R)", "su(2)"]),
    (
        direct_sum("sum", known("so(3,2)"), known("sl2"), known("so3")),
        "A1 + A1 + B2",
        ["sl(2, R)", "so(3,2)", "su(2)"],
    ),
    (direct_sum("sum", known("g2"), known("so31")), "A1 + A1 + G2", ["g2 compact", "sl(2, C)"]),
]
SEMISIMPLE = [
    *((facts.algebra, facts.type, sorted(facts.levi)) for facts in FACTS if facts.is_semisimple),
    *OTHERS,
]


def name_of(case):
    return case[0].name


@pytest.mark.parametrize("case", SEMISIMPLE, ids=name_of)
def test_type_and_real_form(case):
    algebra, complex_type, real = case
    roots = root_system(algebra)
    assert roots.type == complex_type
    assert roots.rank == rank(algebra) == sum(int(part[1:]) for part in complex_type.split(" + "))
    assert roots.number_of_roots == algebra.dim - roots.rank
    assert dynkin_type(roots.cartan_matrix.tolist()) == complex_type
    check_values(algebra, roots)
    check_factors(algebra, real)


def check_values(algebra, roots):
    """The Killing form on ``H`` is the sum of the squares of the roots (Humphreys, 8.2)."""
    values, rows = roots.positive_root_values, roots.cartan_subalgebra.rows
    assert values is not None
    difference = 2 * values.T * values - rows * killing_form(algebra) * rows.T
    assert difference.applyfunc(lambda entry: sp.radsimp(sp.expand(entry))).is_zero_matrix
    for i in range(rows.rows):
        eigenvalues = ad(algebra, rows.row(i)).charpoly(sp.Symbol("x"))
        assert all(sp.expand(eigenvalues.eval(value)) == 0 for value in values[:, i])


def check_factors(algebra, real):
    factors = simple_factors(algebra)
    assert sorted(factor.real_form for factor in factors) == real
    assert sum(factor.subspace.dim for factor in factors) == algebra.dim
    assert sum(factor.rank for factor in factors) == rank(algebra)
    squares = [factor.killing_signature for factor in factors]
    assert tuple(map(sum, zip(*squares, strict=True))) == killing_signature(algebra)
    for factor in factors:
        assert factor.is_compact == (factor.killing_signature[0] == 0)
        assert factor.is_complex == factor.real_form.endswith("C)")


ISOMORPHIC = [
    ("so3", {"so(3)", "usp(2)"}),
    ("sl2", {"su(1,1)", "so(2,1)", "sp(2, R)"}),
    ("so31", {"so(3,1)", "so(3, C)", "sp(2, C)"}),
    ("so5", {"usp(4)"}),
    ("so(4,1)", {"sp(1,1)"}),
    ("sp4", {"sp(4, R)"}),
    ("so6", {"so(6)"}),
    ("so(3,3)", {"so(3,3)"}),
    ("so(4,2)", {"so(4,2)"}),
    ("so(5,1)", {"so(5,1)"}),
    ("su(3,1)", {"so*(6)"}),
    ("so(6,2)", {"so*(8)"}),
]


@pytest.mark.parametrize(("name", "others"), ISOMORPHIC)
def test_isomorphisms_of_low_dimension_are_named(name, others):
    (factor,) = simple_factors(known(name))
    assert others <= set(factor.also)
    assert factor.real_form not in factor.also


@pytest.mark.parametrize(
    "facts", [facts for facts in FACTS if facts.dim <= 16], ids=lambda facts: facts.name
)
def test_rank_and_cartan_subalgebra(facts):
    assert rank(facts.algebra) == facts.rank
    check_cartan(facts.algebra)


@pytest.mark.parametrize(
    "facts",
    [facts for facts in FACTS if facts.type and not facts.is_semisimple],
    ids=lambda facts: facts.name,
)
def test_type_and_real_form_of_the_levi_factor(facts):
    algebra = facts.algebra
    factor = subalgebra("levi", algebra, levi_decomposition(algebra).levi)
    assert root_system(factor).type == facts.type
    check_factors(factor, sorted(facts.levi))


def check_cartan(algebra):
    """Nilpotent, and its own normalizer: ``[x, H]`` in ``H`` only for ``x`` in ``H``."""
    found = cartan_subalgebra(algebra)
    rows = found.rows
    assert is_nilpotent(LieAlgebra("cartan", [algebra.hat(row) for row in rows.tolist()]))
    outside = sp.Matrix(rows.nullspace()).reshape(algebra.dim - found.dim, algebra.dim)
    stacked = [-ad(algebra, row).T * outside.T for row in rows.tolist()]
    normalizer = sp.Matrix.hstack(*stacked).T.to_DM().to_field() if outside.rows else None
    if normalizer is not None:
        assert normalizer.shape[1] - normalizer.rank() == found.dim


def test_a_cartan_subalgebra_is_found_where_no_basis_element_shows_one():
    nilpotent = [[[0, 1], [0, 0]], [[0, 0], [1, 0]], [[1, 1], [-1, -1]]]
    algebra = LieAlgebra("sl2", nilpotent)
    assert rank(algebra) == 1
    check_cartan(algebra)
    assert root_system(algebra).type == "A1"


def test_split_cartan_subalgebras_are_preferred():
    for name in ("so21", "so(3,2)", "so(4,4)", "sp4", "sl3"):
        assert root_system(known(name)).splitting.endswith("splits over the rationals"), name
    assert split_g2().dim == 14
    assert root_system(known("so5")).splitting.endswith("over the rationals with I")


def test_roots_in_a_large_field_are_refused_and_the_type_is_not():
    right = right_brackets(changed(known("g2"), 1))
    roots = roots_of(right, cartan_rows(right))
    assert roots.type == "G2"
    assert roots.simple_root_values is None
    assert roots.positive_root_values is None
    assert "need a larger field than a quadratic extension of the rationals" in roots.splitting


def changed(algebra, seed):
    """A dense basis, with a lower times an upper triangular matrix of small rationals."""
    k = algebra.dim
    lower = sp.Matrix(
        k, k, lambda i, j: 1 if i == j else (i * j + i + seed) % 3 - 1 if i > j else 0
    )
    upper = sp.Matrix(k, k, lambda i, j: 1 if i == j else (i + 2 * j) % 5 - 2 if i < j else 0)
    rows = (lower * upper / 2).tolist()
    return LieAlgebra("changed", [algebra.hat(row) for row in rows])


LARGE = ["so8", "so(4,4)", "sl5", "sp6", "g2", "so7"]


@pytest.mark.parametrize("name", LARGE)
def test_dense_bases_change_nothing(name):
    algebra = known(name)
    dense = changed(algebra, 2)
    assert root_system(dense).cartan_matrix == root_system(algebra).cartan_matrix
    assert simple_factors(dense)[0].real_form == simple_factors(algebra)[0].real_form


SMALL = [case for case in OTHERS if case[0].dim <= 10]


@given(st.sampled_from(SMALL), st.data())
@settings(max_examples=20)
def test_no_change_of_basis_changes_an_answer(case, data):
    algebra, complex_type, real = case
    k = algebra.dim
    rows = st.lists(st.integers(-2, 2), min_size=k, max_size=k)
    mixing = sp.Matrix(data.draw(st.lists(rows, min_size=k, max_size=k)))
    assume(mixing.to_DM().det() != 0)
    scale = data.draw(st.sampled_from([1, -3, sp.Rational(1, 2)]))
    mixed = LieAlgebra("changed", [scale * algebra.hat(mixing.row(i)) for i in range(k)])
    roots = root_system(mixed)
    assert roots.type == complex_type
    assert roots.number_of_roots == k - roots.rank
    if roots.simple_root_values is not None:
        check_values(mixed, roots)
    check_factors(mixed, real)


def test_an_irrational_change_of_basis_changes_nothing():
    first, second, *rest = known("so(3,2)").matrices
    algebra = LieAlgebra("changed", [first + sp.sqrt(2) * second, sp.sqrt(2) * second, *rest])
    assert root_system(algebra).type == "B2"
    assert simple_factors(algebra)[0].real_form == "so(3,2)"
    assert rank(algebra) == 2


def test_ideals_that_are_conjugate_over_the_rationals_may_have_two_real_forms():
    """so(x^2 + y^2 + a z^2) over the rationals with a, a^2 = 2: a is positive, -a is not."""
    matrices = []
    for factor in (sp.Integer(1), sp.sqrt(2)):
        for i, j in ((0, 1), (0, 2), (1, 2)):
            blocks = []
            for root in (sp.sqrt(2), -sp.sqrt(2)):
                form = [1, 1, root]
                block = sp.zeros(3)
                block[i, j], block[j, i] = form[j], -form[i]
                blocks.append(block * factor.subs(sp.sqrt(2), root))
            matrices.append(sp.diag(*blocks).applyfunc(sp.expand))
    algebra = LieAlgebra("restricted", matrices)
    assert all(value.is_Rational for value in algebra.structure_constants.reshape(216).tolist())
    assert root_system(algebra).type == "A1 + A1"
    check_factors(algebra, ["sl(2, R)", "su(2)"])


@pytest.mark.parametrize("name", ["se3", "gl2", "heisenberg1"])
def test_algebras_that_are_not_semisimple_are_refused(name):
    with pytest.raises(ValueError, match=rf"'{name}' is not semisimple, so it has no root system"):
        root_system(known(name))
    with pytest.raises(ValueError, match=rf"'{name}' is not semisimple, so it is no sum of simple"):
        simple_factors(known(name))


# Humphreys, 1972, section 12.2, table 1: the numbers of positive roots.
POSITIVE = {
    "A": lambda n: n * (n + 1) // 2,
    "B": lambda n: n * n,
    "C": lambda n: n * n,
    "D": lambda n: n * (n - 1),
    "E": {6: 36, 7: 63, 8: 120}.__getitem__,
    "F": {4: 24}.__getitem__,
    "G": {2: 6}.__getitem__,
}
TYPES = [
    *(("A", n) for n in range(1, 8)),
    *(("B", n) for n in range(2, 8)),
    *(("C", n) for n in range(3, 8)),
    *(("D", n) for n in range(4, 8)),
    *(("E", n) for n in (6, 7, 8)),
    ("F", 4),
    ("G", 2),
]


@pytest.mark.parametrize(("letter", "size"), TYPES)
def test_every_type_is_recognized_in_any_order(letter, size):
    matrix = standard_cartan_matrix(letter, size)
    assert len(positive_roots(matrix)) == POSITIVE[letter](size)
    for order in (range(size)[::-1], [*range(1, size, 2), *range(0, size, 2)]):
        shuffled = [[matrix[i][j] for j in order] for i in order]
        ((found, nodes),) = components(shuffled)
        assert found == (letter, size)
        assert [[shuffled[i][j] for j in nodes] for i in nodes] == matrix


def test_the_determinants_of_cartan_matrices():
    """Humphreys, 1972, section 13.1: the index of the root lattice in the weight lattice."""
    expected = {"A": 8, "B": 2, "C": 2, "D": 4, "E": 2}
    for letter, value in expected.items():
        assert sp.Matrix(standard_cartan_matrix(letter, 7)).det() == value
    assert sp.Matrix(standard_cartan_matrix("G", 2)).tolist() == [[2, -1], [-3, 2]]
    assert sp.Matrix(standard_cartan_matrix("F", 4)).det() == 1


@pytest.mark.parametrize(
    "matrix",
    [
        [[2, -2], [-2, 2]],
        [[2, -1, -1], [-1, 2, -1], [-1, -1, 2]],
        [[2, -4], [-1, 2]],
        [[1]],
        [[2, 1], [1, 2]],
        [[2, 0], [-1, 2]],
    ],
)
def test_matrices_of_no_finite_type_are_refused(matrix):
    with pytest.raises(ValueError, match="is no Cartan matrix of finite type"):
        dynkin_type(matrix)
    with pytest.raises(ValueError, match="is no Cartan matrix of finite type"):
        positive_roots(matrix)


def test_types_that_do_not_exist_are_refused():
    for letter, size in (("C", 2), ("D", 3), ("E", 5), ("E", 9), ("G", 3), ("H", 3), ("A", 0)):
        with pytest.raises(ValueError, match=f"there is no type {letter}{size}"):
            standard_cartan_matrix(letter, size)
    with pytest.raises(ValueError, match="not square"):
        dynkin_type([[2, -1], [-1]])


# Helgason, 1978, table V: the types of the maximal compact subalgebras, a digit for a center.
MAXIMAL_COMPACT = {
    ("E", 6): {"e6 split": "C4", "e6(2)": "A5 A1", "e6(-14)": "D5 1", "e6(-26)": "F4"},
    ("E", 7): {"e7 split": "A7", "e7(-5)": "D6 A1", "e7(-25)": "E6 1"},
    ("E", 8): {"e8 split": "D8", "e8(-24)": "E7 A1"},
    ("F", 4): {"f4 split": "C3 A1", "f4(-20)": "B4"},
    ("G", 2): {"g2 split": "A1 A1"},
    ("A", 7): {"sl(8, R)": "D4", "su(5,3)": "A4 A2 1", "su*(8)": "C4", "su(7,1)": "A6 1"},
    ("B", 4): {"so(5,4)": "B2 A1 A1", "so(8,1)": "D4", "so(6,3)": "A3 A1", "so(7,2)": "B3 1"},
    ("C", 4): {"sp(8, R)": "A3 1", "sp(3,1)": "C3 A1", "sp(2,2)": "B2 B2"},
    ("D", 5): {"so*(10)": "A4 1", "so(9,1)": "B4", "so(5,5)": "B2 B2", "so(8,2)": "D4 1"},
}


def test_the_table_of_real_forms_has_the_dimensions_of_the_compact_parts():
    for (letter, size), expected in MAXIMAL_COMPACT.items():
        forms = {form.name: form.noncompact for form in real_forms(letter, size)}
        for name, parts in expected.items():
            compact = sum(
                dimension(part[0], int(part[1:])) if part != "1" else 1 for part in parts.split()
            )
            assert forms[name] == dimension(letter, size) - compact, name
        assert sorted(forms.values())[0] == 0
        if letter in "EFG":
            assert len(forms) == len(expected) + 1


def test_reduction_is_a_homomorphism_and_says_where_it_is_none():
    field = sp.QQ.algebraic_field(sp.sqrt(2) + sp.sqrt(3))
    reduction = next(reductions(field))
    root = field.from_sympy(sp.sqrt(6)) / field.convert(5)
    image = reduction.number(root)
    assert image * image % reduction.prime == reduction.number(root**2)
    with pytest.raises(BadPrimeError):
        Reduction(7, 0).number(sp.QQ(1, 14))


def test_the_closure_of_rotations_and_squeezes_is_sl2():
    closure = MatrixBasis("pair", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]]).closure("closure")
    assert simple_factors(closure)[0].real_form == "sl(2, R)"
