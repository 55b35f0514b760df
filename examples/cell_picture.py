"""The picture of the accelerator example: phase space, emittance and loss."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from tracked_cell import CELLS

mpl.use("Agg")  # draws into a file, on machines without a display too
import matplotlib.pyplot as plt

COLORS = ("tab:blue", "tab:green", "tab:purple")  # of sl(2), sp(4), sp(6)


def draw_ellipse(axes, cell, learned, free) -> None:
    """Follow one particle turn by turn: tracked, by the layer, by the free matrix."""
    turns = len(learned.emittance) - 1
    start = np.array([[2.0, 0.0]])  # two beam sizes
    tracked = cell.track(start, turns * CELLS)[CELLS - 1 :: CELLS, 0]
    x_at, px_at = cell.to_at[0, 0] * 1e3, cell.to_at[1, 1] * 1e6  # mm, urad
    for network, color in ((free, "tab:orange"), (learned, COLORS[0])):
        turn, orbit = np.linalg.matrix_power(network.double, CELLS), [start[0]]
        for _ in range(turns):
            orbit.append(turn @ orbit[-1])
        x, px = np.array(orbit).T
        axes.plot(x * x_at, px * px_at, ".", markersize=5, color=color, label=network.title)
    axes.plot(*(tracked * [x_at, px_at]).T, "k.", markersize=1, label="tracker")
    axes.set(xlabel="x / mm", ylabel="px / μrad", title=f"One particle, {turns} turns")
    axes.legend(loc="center", markerscale=2)


def draw(results: list, path: Path) -> None:
    """Write the picture of [(cell, layer, free matrix), ...], the one-plane cell first."""
    figure, (ellipse, emittance, loss) = plt.subplots(1, 3, figsize=(15, 4.8))
    draw_ellipse(ellipse, *results[0])
    for (_, learned, free), color in zip(results, COLORS, strict=True):
        for network, style in ((learned, "-"), (free, "--")):
            growth = network.emittance / network.emittance[0]
            emittance.plot(growth, style, color=color, label=network.title)
            epochs = np.arange(1, len(network.loss) + 1)
            loss.semilogy(epochs, network.loss, style, color=color, label=network.title)
    emittance.set(xlabel="turns", ylabel="emittance over its start", title="Emittance")
    emittance.legend()
    loss.set(xlabel="epochs", ylabel="mean squared error", title="Loss")
    loss.legend()
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
    plt.close(figure)
