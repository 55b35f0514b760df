"""Learn an accelerator cell from tracked particles, with layers that can only be symplectic.

Accelerator Toolbox tracks 8192 particles through a FODO cell. Three layers y = exp(A) x learn its
linear map from the particles before and after the cell: sl(2) for the horizontal plane, sp(4) for
both transverse planes coupled by a skew quadrupole, sp(6) with a cavity and the longitudinal plane.
Beside each one a free matrix is trained in the same way. Run it with

    python examples/accelerator_cell.py --picture out/accelerator_cell.png
"""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # no start-up notes from TensorFlow
try:
    from cell_picture import draw
    from scipy.linalg import logm
    from tracked_cell import CELLS, EMITTANCE, ENERGY, NOISE, TrackedCell
except ModuleNotFoundError as missing:
    raise SystemExit(
        f"This example needs '{missing.name}', not installed here: pip install 'liealg[examples]'"
    ) from missing
import keras
import numpy as np
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from liealg.generated import sl2, sp4, sp6

PARTICLES, BATCH, EPOCHS = 8192, 1024, 60
LEARNING_RATE = 0.03  # falls to zero along a cosine, so that training ends at the least squares
TURNS = 1000  # of a ring, after training
EPS = float(np.finfo(np.float32).eps)
COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("loss {task.fields[loss]:.3e}"),
    TimeElapsedColumn(),
)


class ShowLoss(keras.callbacks.Callback):
    """Move one bar of the progress display at the end of each epoch."""

    def __init__(self, progress: Progress, title: str):
        super().__init__()
        self.progress = progress
        self.task = progress.add_task(title, total=EPOCHS, loss=float("nan"))

    def on_epoch_end(self, epoch, logs=None):
        """Show the epoch's loss."""
        self.progress.update(self.task, advance=1, loss=logs["loss"])


@dataclass
class Trained:
    """One trained network and what follows from it."""

    title: str
    weights: np.ndarray  # the coefficients of a basis, or the free matrix transposed
    matrix: np.ndarray  # as the network applies it, in float32
    loss: list[float]  # after each epoch
    double: np.ndarray  # the matrix of these weights in float64, to track with
    emittance: np.ndarray  # m rad, of the tracked beam after 0 ... TURNS turns


def symplectic_defect(matrix: np.ndarray) -> float:
    """Return the Frobenius norm of M^T J M - J in units of the float32 eps."""
    J = np.kron([[0, 1], [-1, 0]], np.eye(len(matrix) // 2))
    M = matrix.astype(np.float64)
    return float(np.linalg.norm(M.T @ J @ M - J)) / EPS


def emittances(matrix: np.ndarray, beam: np.ndarray) -> np.ndarray:
    """Return the beam's emittance in m rad after 0 ... TURNS turns: det(covariance)^(1/2m).

    That is the geometric mean over the m planes, which a symplectic map keeps.
    """
    covariance, values = np.cov(beam.astype(np.float64), rowvar=False), []
    turn = np.linalg.matrix_power(matrix, CELLS)
    for _ in range(TURNS + 1):
        values.append(np.linalg.det(covariance) ** (1 / len(turn)))
        covariance = turn @ covariance @ turn.T
    return EMITTANCE * np.array(values)


def train(layer, start, to_matrix, cell: TrackedCell, title: str, progress: Progress) -> Trained:
    """Fit y = layer(x) to the tracked particles by mean squared error, with Adam."""
    keras.utils.set_random_seed(1)  # the same shuffles for every network
    before, after = cell.measure(PARTICLES, seed=1)
    model = keras.Sequential([keras.Input((2 * cell.planes,)), layer])
    layer.set_weights([start])
    steps = EPOCHS * -(-PARTICLES // BATCH)
    rate = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, steps)
    model.compile(keras.optimizers.Adam(rate), "mse", jit_compile=True)
    show = ShowLoss(progress, title)
    history = model.fit(before, after, BATCH, EPOCHS, verbose=0, callbacks=[show])
    # The network sends unit vector i to column i of its matrix, here in row i.
    matrix = keras.ops.convert_to_numpy(model(np.eye(2 * cell.planes, dtype=np.float32))).T
    weights = layer.get_weights()[0]
    double = np.asarray(to_matrix(weights.astype(np.float64)))
    loss = history.history["loss"]
    return Trained(title, weights, matrix, loss, double, emittances(double, before))


def learn(planes: int, module, layer, title: str, progress: Progress) -> tuple:
    """Train one layer and a free matrix, both from the identity map.

    No better start is needed: all phase advances are far below 180 degrees, so the map has a real
    logarithm of small norm, and descent from zero finds it. Starts of norm 4 ended elsewhere.
    """
    cell, n = TrackedCell.of(planes), 2 * planes
    zero = np.zeros(planes * (n + 1))  # sp(2m) has dimension m (2m + 1)
    learned = train(layer, zero, module.exp, cell, title, progress)
    free = keras.layers.Dense(n, use_bias=False)
    return cell, learned, train(free, np.eye(n), np.transpose, cell, f"free {n} x {n}", progress)


def hamiltonian(cell: TrackedCell, generator: np.ndarray) -> str:
    """Name a basis element A by the H = z^T S z / 2 it generates: z' = A z = J S z."""
    S = np.vstack([-generator[cell.planes :], generator[: cell.planes]])
    i, j = np.argwhere(S)[0]
    sign = "-" if S[i, j] < 0 else ""
    return f"{sign}{cell.names[i]}²/2" if i == j else f"{sign}{cell.names[i]} {cell.names[j]}"


def coefficient_table(cell: TrackedCell, module, learned: Trained, rows: int) -> Table:
    """Compare learned coefficients with the logarithm of the tracker's matrix, largest first."""
    exact = np.asarray(module.vee(logm(cell.matrix).real))
    names = [hamiltonian(cell, E) for E in np.asarray(module.hat(np.eye(len(exact))))]
    order = np.argsort(-np.abs(exact), kind="stable")[:rows]
    more = f", the {rows} largest of {len(exact)}" if rows < len(exact) else ""
    table = Table("generates", title=f"{learned.title}: coefficients{more}")
    for heading in ("learned", "log of the tracker's matrix", "difference"):
        table.add_column(heading, justify="right")
    for i in order:
        a, b = float(learned.weights[i]), float(exact[i])
        table.add_row(names[i], f"{a: .6f}", f"{b: .6f}", f"{a - b: .1e}")
    return table


def summary_table(results: list) -> Table:
    """Compare each layer with the free matrix trained beside it."""
    table = Table("map", title="Layers and free matrices")
    for heading in ("loss", "off the tracker's", "M^T J M - J", "emittance change"):
        table.add_column(heading, justify="right")
    for cell, *networks in results:
        for network in networks:
            growth = network.emittance[-1] / network.emittance[0] - 1
            table.add_row(
                network.title,
                f"{network.loss[-1]:.4e}",
                f"{np.abs(network.matrix - cell.matrix).max():.1e}",
                f"{symplectic_defect(network.matrix):.1f} eps",
                f"{growth:+.1e}" if abs(growth) < 1e-4 else f"{growth:+.1%}",
            )
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, default=Path("out/accelerator_cell.png"))
    picture = parser.parse_args().picture
    console = Console(highlight=False)
    console.print(
        f"{PARTICLES} particles of {ENERGY / 1e9:g} GeV are tracked through one cell of a ring. "
        f"The beam's emittance is {EMITTANCE:g} m rad; each coordinate after the cell is measured "
        f"to {NOISE:.1%} of the beam size. Training runs in float32, eps = {EPS:.1e}."
    )
    with Progress(*COLUMNS, console=console) as progress:
        results = [
            learn(1, sl2, sl2.SL2(), "sl(2)", progress),
            learn(2, sp4, sp4.SP4(), "sp(4)", progress),
            learn(3, sp6, sp6.SP6(), "sp(6)", progress),
        ]
    for (cell, learned, _), module in zip(results, (sl2, sp4, sp6), strict=True):
        console.print(coefficient_table(cell, module, learned, rows=10))
    console.print(
        f"The noise leaves a loss of {NOISE**2:.1e}, and errors of about "
        f"{NOISE / PARTICLES**0.5:.0e} in each coefficient and matrix entry."
    )
    console.print(summary_table(results))
    console.print(
        "Layers are symplectic to rounding, whatever the noise; free matrices are not. "
        f"After training the maps are iterated in float64 for {TURNS} turns of {CELLS} cells: "
        "a layer's coefficients give its map in that precision too, and the emittance stays."
    )
    draw(results, picture)
    console.print(f"Picture: {picture}")


if __name__ == "__main__":
    main()
