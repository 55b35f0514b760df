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
    "liealg.isomorphism",
    "liealg.derive",
    "liealg.runtime",
    "liealg.codegen",
    "liealg.generated",
]
README = Path(__file__).parents[1] / "README.md"
DOCUMENTS = sorted((README.parent / "docs").glob("*.md"))


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


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_examples_of_the_documents_run(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text(), re.DOTALL | re.MULTILINE)
    scope: dict = {}
    for block in blocks:
        if ">>> " not in block:
            exec(compile(block, path.name, "exec"), scope)
            continue
        test = doctest.DocTestParser().get_doctest(block, scope, path.name, str(path), 0)
        assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
        scope.update(test.globs)


def test_the_guide_has_an_example_for_every_public_function():
    from liealg import catalogue, constructors, structure

    text = (README.parent / "docs" / "algebras.md").read_text()
    code = "".join(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    for package in (constructors, structure):
        for name in package.__all__:
            if not isinstance(getattr(package, name), type):
                assert re.search(rf"\b{name}\(", code), name
    for family in catalogue.families():
        assert f"`{family.name}" in text


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
    from liealg import known, summary

    so3 = known("so3")
    assert so3.bracket([1, 0, 0], [0, 1, 0]) == (0, 0, 1)
    assert so3.structure_constants[0, 1, 2] == 1
    sentence = re.search(r"^summary\(known.*?\n((?:# .*\n)+)", README.read_text(), re.MULTILINE)
    assert sentence is not None
    told = " ".join(line.removeprefix("# ") for line in sentence[1].splitlines())
    assert told == summary(known("so(3,2)"))
