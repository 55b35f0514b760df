"""How names of algebras are read, and sizes refused."""

import ast
from pathlib import Path

import pytest

from liealg import catalogue
from liealg.catalogue import definitions, families, known, names, spin, symplectic


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("so(5)", "so5"),
        ("so(3,2)", "so32"),
        ("so( 3, 2 )", "so32"),
        ("so12", "so12"),
        ("so(10)", "so_10"),
        ("so_3_2", "so32"),
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
    with pytest.raises(ValueError, match=r"no algebra 'nope'.*no Python file"):
        definitions("nope")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "no algebra ''; known are so"),
        ("e8", "no algebra 'e8'"),
        ("SO(3)", "no algebra"),
        ("so(3", "no algebra"),
        ("so(3)x", "no algebra"),
        ("so3\n", "no algebra"),
        ("so(-3)", "whole number for n, and got '-3'"),
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
        ("so(99999)", "whole number"),
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
