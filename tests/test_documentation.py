"""Every example in a docstring and in the README runs as it stands."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest

PACKAGES = [
    "liealg",
    "liealg.catalogue",
    "liealg.constructors",
    "liealg.structure",
    "liealg.derive",
    "liealg.runtime",
    "liealg.codegen",
    "liealg.generated",
]
README = Path(__file__).parents[1] / "README.md"


def modules():
    for name in PACKAGES:
        yield name
        package = importlib.import_module(name)
        for found in pkgutil.iter_modules(package.__path__):
            if not found.ispkg:
                yield f"{name}.{found.name}"


@pytest.mark.parametrize("name", sorted(set(modules())))
def test_docstring_examples(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
    assert result.failed == 0
    if name.startswith("liealg.generated."):
        assert result.attempted > 0


def test_readme_opens_with_the_two_commands():
    text = README.read_text()
    assert text.index("make test") < text.index("make demo") < 200


def test_readme_answers_in_fifteen_lines():
    first = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)[0]
    assert len([line for line in first.splitlines() if line.strip()]) <= 16


def test_readme_code_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    scope: dict = {}
    for block in re.findall(r"^```python\n(.*?)^```", README.read_text(), re.DOTALL | re.MULTILINE):
        if not block.startswith(("MatrixBasis(", "theta1, theta2")):
            exec(compile(block, "README.md", "exec"), scope)
    np.testing.assert_allclose(scope["model"].layers[0].a, [0.7, 0.3], atol=1e-3)


def test_readme_shows_what_is_derived_and_emitted():
    from samples import ROTATION_AND_SQUEEZE

    from liealg.codegen import module_source

    text = README.read_text()
    source = module_source(ROTATION_AND_SQUEEZE)
    shown = r"^```(?:python)?\n((?:exp\(A\)|theta1, ).*?)^```"
    blocks = re.findall(shown, text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    for block in blocks:
        for line in block.splitlines():
            assert line.strip() in source


def test_readme_says_what_the_catalogue_gives():
    from liealg import known

    so3 = known("so3")
    assert so3.bracket([1, 0, 0], [0, 1, 0]) == (0, 0, 1)
    assert so3.structure_constants[0, 1, 2] == 1
