"""A rotation and a squeeze of phase space in one layer: y = exp(a M1 + b M2) x, with a, b trained.

M1 rotates the plane (x, px), M2 stretches x and squeezes px. The two do not close under the
bracket (M1 M2 - M2 M1 is a third matrix: together they span sl(2)), yet their span has a closed
form. Run this file, or use it as a definition file on the command line:

    liealg generate examples/rotation_and_squeeze.py -o my_layers
"""

import importlib
import sys
from pathlib import Path

from liealg import MatrixBasis

M1 = [[0, -1], [1, 0]]
M2 = [[1, 0], [0, -1]]
rotation_and_squeeze = MatrixBasis("rotation_and_squeeze", [M1, M2])

TRUE = (0.7, 0.3)  # a, b: what the training has to find
DIRECTORY = Path("out")  # for the generated module


def generated_module():
    """Write the layer's module, rotation_and_squeeze.py, into the directory and import it."""
    from liealg.codegen import generate

    generate([rotation_and_squeeze], DIRECTORY)
    sys.path.insert(0, str(DIRECTORY.resolve()))  # ahead of this file's folder: same file name
    return importlib.import_module(rotation_and_squeeze.name)


def main() -> None:
    # Imported here, so that reading the definition above stays quick.
    import keras
    import numpy as np
    import sympy
    from rich.console import Console
    from rich.table import Table
    from scipy.linalg import expm

    from liealg import exponential

    derived = exponential(rotation_and_squeeze)
    print(f"exp(a M1 + b M2) is found as a {derived.kind}, with (theta_1, theta_2) = (a, b):")
    print(sympy.pretty(derived.matrix))

    layer = generated_module().RotationAndSqueeze()
    print(f"The layer's code is in {DIRECTORY / 'rotation_and_squeeze.py'}. It is trained now.")
    matrix = expm(TRUE[0] * np.array(M1) + TRUE[1] * np.array(M2))
    x = np.random.default_rng(0).standard_normal((4096, 2))
    y = x @ matrix.T
    model = keras.Sequential([keras.Input((2,)), layer])
    rate = keras.optimizers.schedules.CosineDecay(0.05, decay_steps=20 * 16)
    model.compile(keras.optimizers.Adam(rate), "mse", jit_compile=True)
    model.fit(x, y, batch_size=256, epochs=20, verbose=2)

    table = Table("coefficient", "learned", "true")
    for name, learned, true in zip("ab", layer.get_weights()[0], TRUE, strict=True):
        table.add_row(name, f"{learned:.6f}", f"{true:.6f}")
    Console().print(table)


if __name__ == "__main__":
    main()
