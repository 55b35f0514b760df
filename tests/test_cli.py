"""The command line, as its user sees it."""

import importlib.util
import os
import stat
import subprocess
import sys

import pytest
from samples import ROTATION_AND_SQUEEZE, unfamiliar
from typer.testing import CliRunner

from liealg.catalogue import families, known, names
from liealg.codegen import check as checking
from liealg.codegen import generate as generate_modules
from liealg.codegen import listing, module_source
from liealg.codegen.cli import app
from liealg.codegen.measured import without_errors

DEFINITION = """
from liealg import LieAlgebra, MatrixBasis

first = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
second = first.closure("area_preserving")
alias = first
"""


def liealg(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_list_shows_dimension_n_and_kind_of_every_algebra():
    result = liealg("list")
    assert result.exit_code == 0
    for name in names():
        lines = [line.split("│")[1:-1] for line in result.stdout.splitlines()]
        row = next(cells for cells in lines if cells and cells[0].strip() == name)
        assert [cell.strip() for cell in row[1:3]] == [str(known(name).dim), str(known(name).n)]


def test_list_shows_the_families_with_their_arguments():
    lines = liealg("list").stdout.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:3]] for line in lines]
    for family in families():
        assert [family.name, ", ".join(family.arguments)] in rows


def listed(*arguments):
    """The names in the table, and its rows."""
    result = liealg("list", *arguments)
    assert result.exit_code == 0, result.output
    lines = [line for line in result.stdout.splitlines() if line.startswith("│")]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines]
    return {row[0]: row[1:] for row in rows}


def test_list_without_filters_holds_small_members_of_every_family():
    found = listed()
    small = {"so5", "so32", "su21", "se4", "heisenberg4", "spin1_2", "poincare", "u3", "gl3"}
    assert small <= set(found)
    assert found["so32"] == ["10", "5", "closed form", "so(3,2): simple of type B2"]
    assert found["se3"][2:] == [
        "closed form",
        "Levi factor su(2) ≅ so(3), 3-dimensional abelian radical",
    ]
    assert not {"so33", "so23", "spin5"} & set(found)


# filters, all that must be listed, some that must not
FILTERS = [
    (["--dimension", "6", "--semisimple"], {"so4", "so31", "so22"}, {"se3", "aff2", "diagonal6"}),
    (["--dimension", "6", "--simple"], {"so31"}, {"so4", "so22"}),
    (["--dimension", "8-9", "--compact", "--complex"], {"su3", "u3"}, {"su21", "sl3"}),
    (["--dimension", "8", "--simple", "--non-compact"], {"sl3", "su21"}, {"su3"}),
    (["--size", "3", "--nilpotent", "--real"], {"heisenberg1", "diagonal3"}, {"se2", "so3"}),
    (["--size", "2", "--simple"], {"sl2", "sp2", "su2", "su11", "spin1_2"}, {"so2", "u2"}),
    (["--solvable", "--up-to", "3"], {"se2", "aff1", "upper_triangular2"}, {"so3", "oscillator"}),
    (["--family", "g2"], {"g2"}, {"so3"}),
    (["--family", "so", "--simple", "--compact"], {"so3", "so5", "so6"}, {"so4", "so21"}),
    (["--family", "su", "--dimension", "15"], {"su4", "su31", "su22"}, {"su3"}),
    (["--abelian", "--size", "2"], {"so2", "so11", "diagonal2", "translations1"}, {"aff1"}),
    (["--modules", "--simple"], {"so3", "sl2", "su2", "so21", "sp4", "so5"}, {"so4", "gl2"}),
    (["--kind", "polynomial", "--up-to", "5"], {"heisenberg2", "translations4"}, {"diagonal2"}),
    (["--kind", "closed form", "--dimension", "3"], {"so3", "se2", "sl2"}, {"heisenberg1"}),
]


@pytest.mark.parametrize(
    ("arguments", "some", "others"), FILTERS, ids=[" ".join(row[0]) for row in FILTERS]
)
def test_filters_choose_and_combine(arguments, some, others):
    found = set(listed(*arguments))
    assert some <= found
    assert not others & found


def test_modules_alone_lists_those_with_modules():
    assert set(listed("--modules")) == set(names())


def test_a_kind_is_shown_where_it_is_asked_for():
    assert listed("--kind", "polynomial", "--dimension", "3")["translations3"][2] == "polynomial"


def test_list_takes_names_and_files(tmp_path):
    source = tmp_path / "mine.py"
    source.write_text(DEFINITION)
    found = listed(source, "so(6)", "spin(1/2)")
    assert list(found) == ["rotation_and_squeeze", "area_preserving", "so6", "spin1_2"]
    span = "a span of 2 matrices that generates sl(2, R): simple of type A1"
    assert found["rotation_and_squeeze"][3] == span
    assert list(listed(source, "--simple")) == ["area_preserving"]
    assert list(listed(f"{source}:first")) == ["rotation_and_squeeze"]


def test_the_kind_of_named_algebras_is_shown_up_to_six_rows(tmp_path):
    source = tmp_path / "mine.py"
    source.write_text(DEFINITION)
    found = listed(source, "heisenberg1", "heisenberg(5)")
    kinds = [row[2] for row in found.values()]
    assert kinds == ["closed form", "closed form", "polynomial", ""]


def test_definitions_of_one_name_are_listed_with_a_warning(tmp_path):
    source = tmp_path / "twins.py"
    text = "from liealg import MatrixBasis\na, b = (MatrixBasis('m', [[[x]]]) for x in (1, 2))\n"
    source.write_text(text)
    result = liealg("list", source, source)
    assert result.exit_code == 0
    assert result.stdout.count("│ m ") == 2
    assert result.stderr == "2 definitions are called m; rename all but one to generate\n"


def test_a_name_with_a_module_means_the_algebra_of_the_catalogue(tmp_path):
    source = tmp_path / "mine.py"
    source.write_text(
        'from liealg import MatrixBasis\nx = MatrixBasis("so3", [[[0, 1], [0, 0]]])\n'
    )
    assert listed(source)["so3"][2] == "polynomial"  # and not that of the rotations
    assert "nothing passes" in liealg("list", source, "--modules").stdout


def test_an_algebra_whose_ideals_are_not_decided_is_not_listed_as_simple(monkeypatch):
    def refuse(_):
        raise ValueError("not decided")

    monkeypatch.setattr(listing, "simple_factors", refuse)
    assert set(listed("so4", "so31", "--semisimple")) == {"so4", "so31"}
    assert "nothing passes" in liealg("list", "so4", "so31", "--simple").stdout


def test_nothing_that_passes_is_said():
    result = liealg("list", "--simple", "--abelian", "--up-to", "2")
    assert result.exit_code == 0
    assert result.stdout.startswith("nothing passes all filters")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--family", "e8"], "there is no family 'e8'; families are aff, "),
        (["--dimension", "three"], "--dimension takes a number such as 3 or a range such as 3-6"),
        (["--dimension", "5-3"], "got '5-3'"),
        (["--dimension", "-1"], "got '-1'"),
        (["--dimension", "0"], "from 1 up"),
        (["--dimension", "78"], "listed up to dimension 36; name larger ones"),
        (["--size", "\u0663"], "--size takes a number"),
        (["--kind", "open form"], "there is no kind 'open form'; kinds are polynomial, closed"),
        (["--kind", "numeric"], "kinds are polynomial, closed form, structured, fallback"),
        (["--up-to", "0"], "--up-to takes 1 to 36, and got 0"),
        (["--up-to", "37"], "--up-to takes 1 to 36, and got 37"),
        (["so3", "--family", "so"], "leave the names out"),
        (["so3", "--up-to", "3"], "leave the names out"),
        (["none.py"], "there is no file none.py"),
        (["nope"], "there is no algebra 'nope'"),
    ],
)
def test_filters_that_mean_nothing_are_refused_in_words(arguments, words):
    result = liealg("list", *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_show_begins_with_the_sentence():
    lines = liealg("show", "so(3,2)").stdout.splitlines()
    assert lines[0] == "so32: dimension 10, 5 x 5 matrices"
    assert lines[2] == (
        "so(3,2): simple of type B2, 10-dimensional, rank 2, non-compact, "
        "Killing signature (6, 4); preserves a symmetric form of signature (3, 2); "
        "irreducible on R^5."
    )


def test_a_definition_of_a_file_is_shown_and_generated_by_its_name(tmp_path):
    source = tmp_path / "mine.py"
    source.write_text(DEFINITION)
    shown = liealg("show", f"{source}:area_preserving").stdout
    assert shown.startswith("area_preserving: dimension 3")
    assert "rotation_and_squeeze" not in shown
    result = liealg("generate", f"{source}:first", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["rotation_and_squeeze.py"]
    missing = liealg("show", f"{source}:third")
    assert missing.exit_code == 2
    assert "mine.py defines no 'third'; it defines rotation_and_squeeze, area" in missing.stderr


def test_a_family_is_shown_and_generated_by_name(tmp_path):
    assert "so5: dimension 10, 5 x 5 matrices" in liealg("show", "so(5)").stdout
    result = liealg("generate", "so5", "aff(1)", "spin(1/2)", "-o", tmp_path)
    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == ["aff1.py", "so5.py", "spin1_2.py"]


def test_show_prints_basis_brackets_kind_reason_and_formula():
    result = liealg("show", "so3")
    assert result.exit_code == 0
    for words in (
        "dimension 3",
        "E₁ =",
        "[E₁, E₂] = E₃",
        "Kind: closed form, since",
        "c1(delta) A",
        "exp(A) =",
    ):
        assert words in result.stdout


def test_show_says_what_the_parts_of_complex_coefficients_are_called():
    words = "Coefficients: theta_j = alpha_j + i beta_j for j = 1 ... 3, alpha_j and beta_j real."
    assert words in liealg("show", "sl(2,C)").stdout
    latex = liealg("show", "sl(2,C)", "--latex").stdout
    assert r"\theta_j = \alpha_j + i \beta_j" in latex
    assert "[E_{1}, E_{2}] = 2 E_{2}" in latex
    assert "alpha_j" not in liealg("show", "sl(2,R)").stdout


def test_show_latex():
    result = liealg("show", "sl2", "--latex")
    assert result.exit_code == 0
    assert r"\Delta = \theta_{1}^{2} + \theta_{2} \theta_{3}" in result.stdout
    assert r"c_{1}\left(\Delta\right)" in result.stdout


def test_show_tells_a_large_minimal_polynomial_by_its_invariants():
    shown = liealg("show", "sp8").stdout
    assert "m = lambda^8 - e_1 lambda^6 + e_2 lambda^4 - e_3 lambda^2 + e_4" in shown
    assert max(len(line) for line in shown.splitlines()) < 200


@pytest.mark.parametrize("name", names())
def test_show_works_for_every_algebra(name):
    assert liealg("show", name).exit_code == 0


def test_generate_writes_one_module_for_each_definition(tmp_path):
    source = tmp_path / "mine.py"
    source.write_text(DEFINITION)
    result = liealg("generate", source, "so3", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == ["area_preserving.py", "rotation_and_squeeze.py", "so3.py"]
    assert stat.S_IMODE((tmp_path / "out" / "so3.py").stat().st_mode) & 0o044


def test_a_generated_module_is_importable_from_its_directory(tmp_path):
    generate_modules([ROTATION_AND_SQUEEZE], tmp_path)
    code = "import rotation_and_squeeze as m, sys; m.RotationAndSqueeze()"
    code += "; assert 'sympy' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


def test_generation_is_deterministic_to_the_byte(tmp_path):
    for seed in ("1", "2"):
        command = [
            sys.executable,
            "-m",
            "liealg.codegen.cli",
            "generate",
            "se3",
            "gl2",
            "-o",
            tmp_path / seed,
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(command, env=environment, check=True, capture_output=True)
    for name in ("se3.py", "gl2.py"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
        text = without_errors((tmp_path / "1" / name).read_text())
        assert text == module_source(known(name.removesuffix(".py")))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1\ny = x / 0\n", "line 2: ZeroDivisionError"),
        ("def f(:\n", "line 1: SyntaxError"),
        ("import nothing_of_this_name\n", "line 1: ModuleNotFoundError"),
        ("raise SystemExit\n", "line 1: SystemExit"),
        ("x = 1\n", "defines no MatrixBasis"),
        (
            "from liealg import MatrixBasis\nx = MatrixBasis('a b', [[[1]]])\n",
            "line 2: ValueError: the name 'a b'",
        ),
        (
            "from liealg import MatrixBasis\n"
            "x, y = MatrixBasis('m', [[[1]]]), MatrixBasis('m', [[[2]]])\n",
            "two definitions",
        ),
    ],
)
def test_a_bad_file_is_one_message_and_status_two(tmp_path, text, words):
    source = tmp_path / "bad.py"
    source.write_text(text)
    result = liealg("generate", source, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "so333"],
        ["show", "none.py"],
        ["generate", "nope", "-o", "x"],
        ["generate", "so3"],
        ["bogus"],
    ],
)
def test_bad_arguments_exit_with_two(arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = liealg(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert not list(tmp_path.iterdir())


def test_a_file_that_somebody_wrote_is_kept_without_force(tmp_path):
    mine = tmp_path / "so3.py"
    mine.write_text("precious = 1\n")
    result = liealg("generate", "so2", "so3", "-o", tmp_path)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert mine.read_text() == "precious = 1\n"
    assert not (tmp_path / "so2.py").exists()
    assert liealg("generate", "so3", "-o", tmp_path, "--force").exit_code == 0
    assert "class SO3" in mine.read_text()
    assert liealg("generate", "so3", "-o", tmp_path).exit_code == 0


@pytest.mark.parametrize("inside", ["", "new", "new/folder"])
def test_a_file_is_no_place_to_write_to(tmp_path, inside):
    (tmp_path / "file").write_text("")
    result = liealg("generate", "so2", "-o", tmp_path / "file" / inside)
    assert result.exit_code == 2
    assert "file is a file and no directory; choose another to write to" in result.stderr
    with pytest.raises(ValueError, match="is a file and no directory"):
        generate_modules([known("so2")], tmp_path / "file" / inside)


def test_a_directory_that_cannot_be_made_is_one_sentence():
    result = liealg("generate", "so2", "-o", "/proc/of_no_process/inside")
    assert result.exit_code == 2
    assert "the directory /proc/of_no_process/inside cannot be made: " in result.stderr
    assert "Errno" not in result.stderr


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        ("so3", r"the str 'so3' is given for a MatrixBasis or LieAlgebra; pass known\('so3'\)"),
        (["so3"], r"pass known\('so3'\)"),
        (5, "an int is given for a MatrixBasis or LieAlgebra"),
        ([None], "a NoneType is given"),
        ([], "there is no basis to write a module of"),
    ],
)
def test_what_is_no_list_of_bases_is_refused_and_leaves_nothing(tmp_path, bases, words):
    with pytest.raises(ValueError, match=words):
        generate_modules(bases, tmp_path / "out" / "inner")
    assert not list(tmp_path.iterdir())


def test_one_basis_needs_no_list(tmp_path):
    assert [path.name for path in generate_modules(known("so2"), tmp_path)] == ["so2.py"]


def test_what_is_no_path_is_refused():
    with pytest.raises(ValueError, match="5 is no path of a directory"):
        generate_modules([known("so2")], 5)


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    generate_modules([known("so2")], tmp_path)
    before = (tmp_path / "so2.py").read_text()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match=r"so2.py cannot be written: disk full"):
        generate_modules([known("so2")], tmp_path)
    with pytest.raises(OSError, match="disk full"):
        generate_modules([known("so2")], tmp_path / "new" / "inner")
    assert [path.name for path in tmp_path.iterdir()] == ["so2.py"]
    assert (tmp_path / "so2.py").read_text() == before


def test_check_passes_on_the_checked_in_modules():
    result = liealg("check")
    assert result.exit_code == 0, result.output


def test_check_exits_with_one_and_a_diff_where_a_module_is_stale(tmp_path, monkeypatch):
    monkeypatch.setattr(checking, "names", lambda: ("so2", "so3", "gl2"))
    generate_modules([known("so3"), known("gl2")], tmp_path)
    path = tmp_path / "so3.py"
    path.write_text(path.read_text().replace("c1 * theta3", "c1 * theta2"))
    (tmp_path / "gone.py").write_text("# left over\n")
    monkeypatch.setattr(checking, "generated_directory", lambda: tmp_path)
    result = liealg("check")
    assert result.exit_code == 1
    assert "c1 * theta2" in result.stdout
    assert "so2.py" in result.stderr
    assert "so3.py" in result.stderr
    assert "gone.py" in result.stderr
    assert "se3.py" not in result.stderr


@pytest.mark.parametrize("basis", unfamiliar(), ids=lambda basis: basis.name)
def test_generated_source_is_formatted_and_clean(basis, tmp_path):
    config = importlib.util.find_spec("liealg").origin.replace(
        "liealg/__init__.py", "pyproject.toml"
    )
    (path,) = generate_modules([basis], tmp_path)
    for command in (["format", "--check"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--config", config, path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
