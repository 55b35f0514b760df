"""A periodic accelerator cell, and particles tracked through it by Accelerator Toolbox (AT).

AT's coordinates are (x, px, y, py, delta, ct): positions in m, momenta over the reference momentum
(so px is an angle in rad to first order), relative momentum deviation, path lengthening in m. Its
symplectic form pairs (x, px), (y, py) and (tau, delta) with tau = -ct. Here all positions come
first, then all momenta, q = (x, y, tau) and p = (px, py, delta). Then a cell's linear map M
satisfies M^T J M = J with J = [[0, I], [-I, 0]], as for the algebras sl(2) = sp(2), sp(4), sp(6).

Each pair is scaled with the beta function of its plane, q / sqrt(beta) and p sqrt(beta), then
everything with one common factor sqrt(emittance). Both keep J as it is up to a factor, and make
every coordinate of the beam of size 1 and every matrix entry at most about 1.

At delta = 0 AT's passes through these elements are linear in (x, px, y, py). A delta of 5.5e-5
changes the focusing: in six dimensions single particles differ from the linear map by up to 8e-5
(rms, in beam sizes), a matrix fitted to all of them by 2.5e-6, well below the 4e-5 of the noise.
"""

from dataclasses import dataclass

import at
import numpy as np

ENERGY = 3e9  # eV
EMITTANCE = 1e-8  # m rad, in every plane: a beam of 0.28 mm and 36 urad in x, 55 ppm in delta
NOISE = 0.004  # of every measured coordinate, over its beam size: 1.1 um for x
CELLS = 20  # of this kind make a ring
HARMONIC = 8  # of the cavity, relative to the revolution in one cell
VOLTAGE = 2e6  # V, of the cavity

COORDINATES = ("x", "y", "tau", "px", "py", "delta")
AT_INDEX = np.array([0, 2, 5, 1, 3, 4])  # of these in AT's order
AT_SIGN = np.array([1.0, 1.0, -1.0, 1.0, 1.0, 1.0])


def build_cell(skew: bool, cavity: bool) -> at.Lattice:
    """Return a FODO cell with two dipoles, 55 and 47 degrees of phase advance in x and y."""
    half_focusing = at.Quadrupole("QF", 0.15, 1.2)  # m, 1/m^2
    half_defocusing = at.Quadrupole("QD", 0.15, -1.2)
    drift = at.Drift("D", 0.5)  # m
    dipole = at.Dipole("B", 1.0, np.pi / CELLS)  # m, rad: a sector dipole
    # A quadrupole turned by 45 degrees couples x and y; at strength 0 it is a drift.
    skew_quadrupole = at.Multipole("SQ", 0.1, [0.0, 0.4 if skew else 0.0], [0.0, 0.0])  # m, 1/m^2
    arm = [half_focusing, drift, dipole, drift, half_defocusing]
    elements = [*arm, skew_quadrupole, *reversed(arm)]
    if cavity:
        length = sum(element.Length for element in elements)
        frequency = HARMONIC * 299792458.0 / length  # Hz
        elements.append(at.RFCavity("RF", 0.0, VOLTAGE, frequency, HARMONIC, ENERGY))
    return at.Lattice(elements, name="cell", energy=ENERGY)


@dataclass
class TrackedCell:
    """The cell seen in its first ``planes`` planes (x; x and y; x, y and longitudinal)."""

    planes: int
    lattice: at.Lattice
    names: list[str]  # of the 2 * planes coordinates
    matrix: np.ndarray  # the tracker's own linear map, in scaled coordinates
    to_at: np.ndarray  # [6, 2 * planes]: scaled coordinates to AT's

    @classmethod
    def of(cls, planes: int) -> "TrackedCell":
        """Build the cell: with a skew quadrupole from two planes on, a cavity for all three."""
        lattice = build_cell(skew=planes >= 2, cavity=planes == 3)
        kept = [*range(planes), *range(3, 3 + planes)]
        pick = np.zeros((6, 2 * planes))
        pick[AT_INDEX[kept], range(2 * planes)] = AT_SIGN[kept]
        matrix = pick.T @ at.find_m66(lattice)[0] @ pick
        q, p = np.arange(planes), planes + np.arange(planes)
        # A cell that is its own mirror image has blocks [[cos, beta sin], [-sin / beta, cos]].
        beta = np.sqrt(-matrix[q, p] / matrix[p, q])
        scale = np.concatenate([np.sqrt(beta), 1 / np.sqrt(beta)])
        return cls(
            planes,
            lattice,
            [COORDINATES[i] for i in kept],
            matrix / scale[:, None] * scale,
            np.sqrt(EMITTANCE) * pick * scale,
        )

    def track(self, start: np.ndarray, turns: int = 1) -> np.ndarray:
        """Return the scaled coordinates [turns, particles, 2 * planes] after each pass."""
        at_start = np.asfortranarray(self.to_at @ start.T)
        passed = self.lattice.track(at_start, nturns=turns)[0]  # [6, particles, 1, turns]
        back = np.linalg.pinv(self.to_at)
        return np.einsum("ij,jpt->tpi", back, passed[:, :, 0, :])

    def measure(self, particles: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        """Return a Gaussian beam before the cell and, with the monitors' noise, after it."""
        random = np.random.default_rng(seed)
        before = random.standard_normal((particles, 2 * self.planes))
        after = self.track(before)[0]
        after = after + NOISE * random.standard_normal(after.shape)
        return before.astype(np.float32), after.astype(np.float32)
