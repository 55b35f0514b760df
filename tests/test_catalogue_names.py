"""How names of algebras are read, and sizes refused."""

import ast
from pathlib import Path

import pytest

from liealg import LieAlgebra, catalogue
from liealg.catalogue import definitions, families, known, names, spin, symplectic
from liealg.catalogue.registry import parsed


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("so(5)", "so5"),
        ("so(3,2)", "so32"),
        ("so( 3, 2 )", "so32"),
        ("so12", "so12"),
        ("so(10)", "so_10"),
        ("so_3_2", "so32"),
        ("sl(2,R)", "sl2"),
        ("sl(2, R)", "sl2"),
        ("sp(4, R)", "sp4"),
        ("gl(3,R)", "gl3"),
        ("so(3, R)", "so3"),
        ("sl(2, C)", "slc2"),
        ("sp(6)", "sp6"),
        ("diagonal12", "diagonal12"),
        ("su(1,1)", "su11"),
        ("spin(3/2)", "spin3_2"),
        ("spin3/2", "spin3_2"),
        ("spin(2)", "spin2"),
        ("se_2(3)", "se23"),
        ("upper_triangular(2)", "upper_triangular2"),
        ("so3_irrep(2)", "so3_irrep2"),
    ],
)
def test_names_are_read(written, name):
    assert known(written).name == name


def test_the_command_line_reads_the_same_names():
    assert definitions("so(3,2)") == definitions("so32") == [known("so32")]
    for read in (definitions, known):
        with pytest.raises(ValueError, match=r"no algebra 'nope'.*no Python file"):
            read("nope")
        with pytest.raises(ValueError, match="no algebra None; a name is text, such as"):
            read(None)


MINE = """
from liealg import LieAlgebra, MatrixBasis

shear = MatrixBasis("shear", [[[0, 1], [0, 0]]])
moves = LieAlgebra("affine", [[[1, 0], [0, 0]], [[0, 1], [0, 0]]])
again = moves
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "my_bases.py"
    path.write_text(MINE)
    return path


def test_a_file_stands_for_its_definitions_in_order(mine):
    assert [basis.name for basis in definitions(str(mine))] == ["shear", "affine"]


@pytest.mark.parametrize("name", ["affine", "moves", "again"])
def test_a_definition_is_named_by_its_name_or_what_it_is_bound_to(mine, name):
    assert definitions(f"{mine}:{name}") == [known(f"{mine}:{name}")]
    assert known(f"{mine}:{name}").name == "affine"
    assert isinstance(known(f"{mine}:{name}"), LieAlgebra)


def test_a_file_with_one_algebra_is_a_name(tmp_path, monkeypatch):
    (tmp_path / "one.py").write_text(MINE.replace("shear =", "_ = 0 and"))
    monkeypatch.chdir(tmp_path)
    assert known("one.py").name == "affine"


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        (":curl", r"my_bases.py defines no 'curl'; it defines shear, affine$"),
        ("x", "no algebra"),
        (":", "no algebra"),
        (":a:b", "no algebra"),
        ("/x.py", "there is no file"),
    ],
)
@pytest.mark.parametrize("read", [known, definitions])
def test_what_a_file_does_not_define_is_refused_in_words(mine, read, tail, words):
    with pytest.raises(ValueError, match=words):
        read(f"{mine}{tail}")


def test_known_gives_one_lie_algebra_or_says_what_to_do(mine):
    with pytest.raises(ValueError, match=r"defines shear, affine; write .*my_bases.py:shear for"):
        known(str(mine))
    with pytest.raises(ValueError, match=r"'shear' of .* is no LieAlgebra.*liealg.definitions"):
        known(f"{mine}:shear")


def test_two_definitions_of_one_name_are_told_apart_by_what_they_are_bound_to(tmp_path):
    path = tmp_path / "twins.py"
    path.write_text(
        "from liealg import MatrixBasis\n"
        "a, b = MatrixBasis('m', [[[1]]]), MatrixBasis('m', [[[2]]])\n"
    )
    assert definitions(f"{path}:b")[0].matrices[0][0, 0] == 2
    with pytest.raises(ValueError, match="2 definitions of 'm'; rename one"):
        definitions(f"{path}:m")


@pytest.mark.parametrize("family", families(), ids=lambda family: family.signature)
def test_a_family_counts_its_members_and_knows_their_sizes(family):
    listed = list(family.sizes())
    assert len(set(listed)) == len(listed)
    assert all(sum(sizes) <= family.largest for sizes in listed)
    for sizes in listed[:4]:
        algebra = family.make(*sizes)
        assert (algebra.dim, algebra.n) == (family.dimension(*sizes), family.rows(*sizes))
        assert known(algebra.name) == algebra
        assert parsed(algebra.name) == (family, sizes)
    if family.arguments:
        below = [family.smallest - family.step] * len(family.arguments)
        with pytest.raises(ValueError, match="needs"):
            family.make(*below)


@pytest.mark.parametrize("name", names())
def test_names_with_modules_are_members_of_their_families(name):
    family, sizes = parsed(name)
    assert sizes in list(family.sizes())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "no algebra '', and it is no Python file; liealg list shows the families"),
        ("e8", "no algebra 'e8', and it is no Python file; liealg list shows"),
        ("SO(3)", r"did you mean 'so\(3\)'\? liealg list shows the families"),
        ("SL(2,3)", r"did you mean 'sl\(2,3\)'"),
        ("so 3", "did you mean 'so3'"),
        ("so(3", r"did you mean 'so\(3\)'"),
        ("so(3,2", r"did you mean 'so\(3,2\)'"),
        ("heisenburg1", "did you mean 'heisenberg1'"),
        ("uper_triangular(3)", r"did you mean 'upper_triangular\(3\)'"),
        ("so(3)x", r"did you mean so\(n\) or so\(p, q\)\? liealg list"),
        ("so3_2", r"'so3_2' is not clear; write so\(3,2\) or so_3_2 for two sizes"),
        ("sp(4,C)", r"sl\(n, C\) alone has a name, .*known\('sp\(4\)'\)"),
        ("so(3)x", "no algebra"),
        ("so3\n", "no algebra"),
        ("so(-3)", r"so\(n\) needs n of at least 2, and got -3"),
        ("so(-1,4)", "needs q of at least 1|needs p of at least 1"),
        ("so(100000)", "out of range: by name, n is at most 12"),
        ("spin(-1/2)", "spin"),
        ("so(3.5)", "whole number for n, and got '3.5'"),
        ("so(\uff12)", "whole number"),
        ("so(3/2)", "whole number for n, and got '3/2'"),
        ("so3/2", "not clear"),
        ("so(3,)", "whole number for q, and got ''"),
        ("so(__import__)", "whole number"),
        (None, "no algebra None"),
        ("so", r"so takes 1 size \(n\) or 2 sizes \(p, q\), and 'so' gives none"),
        ("so()", "gives none"),
        ("so321", "gives 3"),
        ("sl(2,3)", r"sl takes 1 size \(n\), and 'sl\(2,3\)' gives 2"),
        ("poincare(4)", "poincare takes no sizes"),
        ("so1", "so\\(n\\) needs n of at least 2, and got 1"),
        ("so(3,0)", "q of at least 1"),
        ("su(1)", "n of at least 2"),
        ("sp(5)", "even n"),
        ("sp0", "at least 2"),
        ("u0", "at least 1"),
        ("heisenberg0", "at least 1"),
        ("spin0", "spin"),
        ("spin(1/3)", "number such as 2 or 3/2 for j"),
        ("spin(1/0)", "number such as"),
        ("so(50)", "out of range: by name, n is at most 12; call liealg.catalogue.special_orth"),
        ("so(9,9)", r"p \+ q is at most 12"),
        ("so(99999)", "out of range: by name, n is at most 12"),
    ],
)
def test_names_that_mean_nothing_are_refused_in_words(written, words):
    with pytest.raises(ValueError, match=words):
        known(written)


@pytest.mark.parametrize("size", [2.0, True, "3", None])
def test_sizes_are_whole_numbers(size):
    with pytest.raises(ValueError, match="whole number"):
        symplectic(size)


@pytest.mark.parametrize("j", [0, -1, 0.3, "a", None, float("nan"), float("inf"), "1/0"])
def test_spins_are_halves(j):
    with pytest.raises(ValueError, match="spin"):
        spin(j)


def test_names_with_modules_are_known_by_their_name():
    assert [known(name).name for name in names()] == list(names())


def test_every_constructor_is_public_and_in_a_family():
    makers = {family.make.__name__ for family in families()}
    assert makers <= set(catalogue.__all__)
    defined = set()
    for path in Path(catalogue.__file__).parent.glob("*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and ast.unparse(node.returns) == "LieAlgebra":
                defined.add(node.name)
    assert defined - makers == {"known", "su2"}
