"""What is imported when: definitions without TensorFlow, kernels without SymPy."""

import subprocess
import sys

import pytest


def _loaded(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('LOADED', *(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split("LOADED")[1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import liealg",
        "import liealg\nliealg.exponential(liealg.known('so3')).matrix",
        "from liealg import *\nexponential(known('so3')).matrix\nassert 'expm' not in globals()",
        "from typer.testing import CliRunner\nfrom liealg.codegen.cli import app\n"
        "assert CliRunner().invoke(app, ['list']).exit_code == 0",
    ],
)
def test_definitions_do_not_import_tensorflow(code):
    assert not _loaded(code) & {"tensorflow", "keras"}


@pytest.mark.parametrize("module", ["so3", "su2", "sp4", "heisenberg1"])
def test_generated_modules_do_not_import_sympy(module):
    loaded = _loaded(f"import liealg.generated.{module}")
    assert "tensorflow" in loaded
    assert not loaded & {"sympy", "mpmath", "typer"}


def test_every_name_of_the_package_is_found_where_it_says():
    import liealg

    needs_tensorflow = {"expm", "expm_and_frechet", "expm_frechet", "expm_multiply"}
    assert set(liealg.__all__) == set(liealg._HOMES) - needs_tensorflow
    assert set(liealg._HOMES) <= set(dir(liealg))
    for name in liealg._HOMES:
        assert getattr(liealg, name).__name__ == name
    with pytest.raises(AttributeError, match="nothing"):
        liealg.nothing  # noqa: B018


def test_import_liealg_is_light():
    assert not _loaded("import liealg") & {"tensorflow", "sympy", "numpy"}
