"""Modules are generated once for each definition, and anew where anything differs."""

import subprocess
import sys
from pathlib import Path

import pytest
import sympy as sp

from liealg import MatrixBasis
from liealg.codegen import cache, generate
from liealg.codegen.cache import cached

SO2 = MatrixBasis("so2", [[[0, -1], [1, 0]]])


@pytest.fixture
def directory(tmp_path, monkeypatch):
    monkeypatch.setenv("LIEALG_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def counting():
    made = []

    def source_of(basis):
        made.append(basis.name)
        return f"# {basis.matrices}\n"

    return made, source_of


def test_the_second_time_nothing_is_generated(directory):
    made, source_of = counting()
    assert cached(SO2, source_of) == cached(SO2, source_of) == source_of(SO2)
    assert made == ["so2", "so2"]
    assert len(list(directory.iterdir())) == 1


x = sp.Symbol("k", real=True)
OTHERS = [
    MatrixBasis("so2", [[[0, 1], [-1, 0]]]),
    MatrixBasis("so_2", [[[0, -1], [1, 0]]]),
    MatrixBasis("so2", [[[0, -1], [1, 0]]], complex_coefficients=True),
    MatrixBasis("so2", [[[0, -x], [x, 0]]], parameters=[x]),
]


@pytest.mark.parametrize("other", OTHERS)
def test_another_definition_is_another_module(directory, other):
    made, source_of = counting()
    cached(SO2, source_of)
    assert cached(other, source_of) == f"# {other.matrices}\n"
    assert len(made) == 2


def test_other_code_generates_anew(directory, monkeypatch):
    made, source_of = counting()
    cached(SO2, source_of)
    monkeypatch.setattr(cache, "_fingerprint", lambda: "of tomorrow")
    cached(SO2, source_of)
    assert len(made) == 2


def test_what_cannot_be_kept_is_generated(tmp_path, monkeypatch):
    made, source_of = counting()
    (tmp_path / "file").touch()
    for place in ("", str(tmp_path / "file" / "inside")):
        monkeypatch.setenv("LIEALG_CACHE_DIR", place)
        assert cached(SO2, source_of) == cached(SO2, source_of)
    assert len(made) == 4


def test_a_user_without_a_home_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIEALG_CACHE_DIR")
    monkeypatch.setattr(cache, "user_cache_path", lambda *_, **__: Path("~/.cache/liealg"))
    assert cached(SO2, counting()[1]) == f"# {SO2.matrices}\n"
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_generated(directory):
    _, source_of = counting()
    cached(SO2, source_of)
    (path,) = directory.iterdir()
    path.write_bytes(b"\xff")
    assert cached(SO2, source_of) == f"# {SO2.matrices}\n"
    assert path.read_text() == f"# {SO2.matrices}\n"


def test_measured_modules_are_others(directory, tmp_path):
    for measured in (False, True):
        (path,) = generate(SO2, tmp_path, measured=measured)
        assert ("Errors measured" in path.read_text()) == measured


def test_fresh_modules_are_the_same_bytes(directory, tmp_path):
    files = [generate(SO2, tmp_path, measured=False, fresh=fresh)[0] for fresh in (False, True)]
    first, second = (file.read_bytes() for file in files)
    assert first == second


def test_what_is_kept_is_written_without_tensorflow(directory, tmp_path):
    generate(SO2, tmp_path)
    program = (
        "import sys; from liealg import MatrixBasis; from liealg.codegen import generate;"
        f"generate(MatrixBasis('so2', [[[0, -1], [1, 0]]]), {str(tmp_path)!r});"
        "sys.exit('tensorflow' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
