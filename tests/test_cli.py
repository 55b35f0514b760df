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
from liealg.codegen import module_source
from liealg.codegen.cli import app

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
        (row,) = [
            line.split("│")[1:-1] for line in result.stdout.splitlines() if f" {name} " in line
        ]
        assert [cell.strip() for cell in row[1:3]] == [str(known(name).dim), str(known(name).n)]


def test_list_shows_the_families_with_their_arguments():
    lines = liealg("list").stdout.splitlines()
    rows = [[cell.strip() for cell in line.split("│")[1:3]] for line in lines]
    for family in families():
        assert [family.name, ", ".join(family.arguments)] in rows


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
        "[E_1, E_2] = E₃",
        "Kind: closed form, since",
        "c1(delta) A",
        "exp(A) =",
    ):
        assert words in result.stdout


def test_show_latex():
    result = liealg("show", "sl2", "--latex")
    assert result.exit_code == 0
    assert r"\Delta = \theta_{1}^{2} + \theta_{2} \theta_{3}" in result.stdout
    assert r"c_{1}\left(\Delta\right)" in result.stdout


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
        assert (tmp_path / "1" / name).read_text() == module_source(known(name.removesuffix(".py")))


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


def test_an_unwritable_place_is_one_message(tmp_path):
    (tmp_path / "file").write_text("")
    result = liealg("generate", "so2", "-o", tmp_path / "file")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    generate_modules([known("so2")], tmp_path)
    before = (tmp_path / "so2.py").read_text()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        generate_modules([known("so2")], tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["so2.py"]
    assert (tmp_path / "so2.py").read_text() == before


def test_check_passes_on_the_checked_in_modules():
    result = liealg("check")
    assert result.exit_code == 0, result.output


def test_check_exits_with_one_and_a_diff_where_a_module_is_stale(tmp_path, monkeypatch):
    generate_modules([known(name) for name in names() if name != "so2"], tmp_path)
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
