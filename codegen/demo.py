"""The whole path on the first user's problem: a rotation and squeeze of phase space, learned."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np
import sympy as sp
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from liealg.algebra import MatrixBasis
from liealg.codegen.generate import generate
from liealg.codegen.show import description

TRUE = np.array([0.7, 0.3])  # radians of rotation, and the logarithm of the squeeze
_EPOCHS = 60


def run(output: Path, console: Console) -> None:
    """Define, derive, generate, import, train and compare.

    Parameters
    ----------
    output
        Where the generated module goes.
    console
        Where to print.
    """
    basis = MatrixBasis("rotation_and_squeeze", [[[0, -1], [1, 0]], [[1, 0], [0, -1]]])
    console.print(description(basis), highlight=False)
    (path,) = generate([basis], output)
    console.print(f"\nGenerated {path}; training its layer to find a = {TRUE}:\n")
    learned, loss = _train(_imported(path).RotationAndSqueeze(), basis, console)
    table = Table("coefficient", "true", "learned")
    for name, true, found in zip(("rotation a", "squeeze b"), TRUE, learned, strict=True):
        table.add_row(name, f"{true:.6f}", f"{found:.6f}")
    console.print(table)
    console.print(f"final loss {loss:.1e}")


def _imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _train(layer: Any, basis: MatrixBasis, console: Console) -> tuple[np.ndarray, float]:
    true = [sp.Rational(str(value)) for value in TRUE]
    exact = np.array(sp.Matrix(basis.element(true)).exp().evalf().tolist(), dtype=np.float32)
    x = np.random.default_rng(0).normal(size=(4096, 2)).astype(np.float32)
    model = keras.Sequential([keras.Input([2]), layer])
    rate = keras.optimizers.schedules.CosineDecay(0.05, _EPOCHS * len(x) // 128)
    model.compile(keras.optimizers.Adam(rate), "mse", jit_compile=True)
    with Progress(console=console) as progress:
        task = progress.add_task("training", total=_EPOCHS)

        def show(_: int, logs: dict[str, float]) -> None:
            progress.update(task, advance=1, description=f"loss {logs['loss']:.1e}")

        history = model.fit(
            x,
            x @ exact.T,
            batch_size=128,
            epochs=_EPOCHS,
            verbose=0,
            callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=show)],
        )
    return np.asarray(layer.a), float(history.history["loss"][-1])
