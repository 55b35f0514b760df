"""Representations of so(3) by skew-Hermitian matrices, one of them with an entry to a row."""

from __future__ import annotations

from dataclasses import dataclass

import flint
import numpy as np

from liealg.runtime.matrix_span import MatrixSpan

_SMALL = 1e-9
"""What is zero but for rounding, beside the largest number."""

_BITS = 128
"""Precision of the corrections."""


@dataclass(frozen=True)
class RotationMatrices:
    r"""Turns about two axes in a representation of so(3).

    Of generators `[F_x, F_y] = F_z` and so on, `F_z` has one entry `m_i f_i` to a row, in column
    `p(i)`, `m_i >= 0` and `|f_i| = 1`. A turn about z multiplies from the left by

    `(Z(t) Y)_i = cos(m_i t) Y_i + sin(m_i t) f_i Y_p(i)`,

    and one about x is `X(b) = 1 + Σ_m (cos(m b) - 1) C_m + sin(m b) S_m`.

    Attributes
    ----------
    frame : array `[3, 3]`
        From coordinates of the `MatrixSpan` to those along `F_x, F_y, F_z`.
    doubled : tuple of int
        `2 m_i`.
    partners : tuple of int
        `p(i)`.
    turn : array `[n, n]`
        The entries `f_i`.
    tilt_doubled : tuple of int
        `2 m` for the `m > 0` of `X`.
    tilt_cosines, tilt_sines : array `[count, n, n]`
        `C_m` and `S_m`.
    """

    frame: np.ndarray
    doubled: tuple[int, ...]
    partners: tuple[int, ...]
    turn: np.ndarray
    tilt_doubled: tuple[int, ...]
    tilt_cosines: np.ndarray
    tilt_sines: np.ndarray

    @staticmethod
    def of_span(span: MatrixSpan) -> RotationMatrices:
        """Those of the representation that a span is.

        Raises
        ------
        ValueError
            If the span is not so(3), not all matrices are skew-Hermitian, or none has one entry to
            a row at most.

        Examples
        --------
        >>> import tensorflow as tf
        >>> J = np.array([[[0, 1j], [1j, 0]], [[0, 1], [-1, 0]], [[1j, 0], [0, -1j]]]) / 2
        >>> def hat(theta):
        ...     return tf.tensordot(tf.cast(theta, tf.complex128), tf.constant(J), 1)
        >>> RotationMatrices.of_span(MatrixSpan.of_basis(hat, 3)).doubled
        (1, 1)
        """
        scales, F_z = _checked(span)
        unit = np.tensordot(span.matrices.conj(), F_z, ([1, 2], [0, 1])).real / scales
        frame = _right_handed(unit, span.brackets)
        F_x, _, F_z = np.tensordot(frame / scales, span.matrices, 1)
        return RotationMatrices(frame * scales, *_sparse_turn(F_z), *_tilt(F_x))


def _checked(span: MatrixSpan) -> tuple[np.ndarray, np.ndarray]:
    """The norms of the matrices beside those of generators, and a matrix of one entry to a row."""
    killing = np.einsum("aij,bji->ab", span.brackets, span.brackets)
    if len(killing) != 3 or not (np.diag(killing) < 0).all():
        raise ValueError(
            f"the matrices generate an algebra of dimension {len(killing)} that is not so(3): "
            "compute its exponential without Euler angles"
        )
    skew = np.abs(span.matrices + span.matrices.conj().swapaxes(1, 2)).max(axis=(1, 2))
    sparse = [F for F in (*span.given, *span.matrices) if _is_sparse(F)]
    if not sparse or (skew > _SMALL * np.abs(span.matrices).max(axis=(1, 2))).any():
        raise ValueError(
            "the matrices are not all skew-Hermitian with one entry to a row in one of them: "
            "compute their exponential without Euler angles"
        )
    # The Killing form of a generator is -2, and the square of its norm Σ m², a multiple of 1/4.
    squares = np.linalg.norm(span.matrices, axis=(1, 2)) ** 2
    sum_of_squares = np.rint(4 * squares / (-0.5 * np.diag(killing))) / 4
    return np.sqrt(squares / sum_of_squares), sparse[0]


def _right_handed(z: np.ndarray, brackets: np.ndarray) -> np.ndarray:
    """Orthonormal coordinates along x, y, z, of a vector z."""
    z = z / np.linalg.norm(z)
    x = np.eye(3)[np.abs(z).argmin()]
    x = x - (x @ z) * z
    x = x / np.linalg.norm(x)
    # The bracket is the cross product, or minus it.
    orientation = np.sign(brackets[0, 2, 1])
    return np.array([x, orientation * np.cross(z, x), z])


def _is_sparse(F: np.ndarray) -> bool:
    return bool(F.any() and ((F != 0).sum(axis=1) <= 1).all())


def _sparse_turn(F_z: np.ndarray) -> tuple[tuple[int, ...], tuple[int, ...], np.ndarray]:
    """`2 m_i`, partners, and the entries `f_i`."""
    doubled = np.rint(2 * np.abs(F_z).max(axis=1)).astype(int)
    partners = np.where(doubled > 0, np.abs(F_z).argmax(axis=1), np.arange(len(F_z)))
    turn = F_z / np.where(doubled > 0, doubled / 2, 1)[:, None]
    phases = np.rint(turn)
    exact = np.abs(turn - phases).max() <= _SMALL  # 1, -1, i and -i, as they are mostly
    return tuple(doubled.tolist()), tuple(partners.tolist()), phases if exact else turn


def _tilt(F_x: np.ndarray) -> tuple[tuple[int, ...], np.ndarray, np.ndarray]:
    """`2 m` for the `m > 0`, `C_m` and `S_m`, from the projections on the eigenspaces."""
    projections = _projections(F_x)
    doubled = tuple(m for m in projections if m > 0)
    cosines = np.array([projections[m] + projections[-m] for m in doubled])
    sines = np.array([1j * (projections[m] - projections[-m]) for m in doubled])
    if np.isrealobj(F_x):
        cosines, sines = cosines.real, sines.real
    return doubled, cosines, sines


def _projections(F: np.ndarray) -> dict[int, np.ndarray]:
    """The projections on the eigenspaces of `i m`, by `2 m`, right to the last digit.

    Eigenvectors in double precision, which are right to a few, are corrected to first order.
    """
    values, vectors = np.linalg.eigh(-1j * F)
    twice = np.rint(2 * values).astype(int)
    n = len(F)
    with flint.ctx.workprec(_BITS):
        V = flint.acb_mat(vectors.tolist())
        W = V.inv()
        S = W * flint.acb_mat(F.tolist()) * V
        for i in range(n):
            for j in range(n):
                apart = twice[j] - twice[i]
                S[i, j] = S[i, j] / flint.acb(0, int(apart)) * 2 if apart else 0
        V, W = V + V * S, W - S * W
        columns, rows = V.transpose().tolist(), W.tolist()
        projections = {}
        for m in sorted(set(twice.tolist())):
            chosen = [i for i in range(n) if twice[i] == m]
            P = flint.acb_mat([columns[i] for i in chosen]).transpose()
            P = P * flint.acb_mat([rows[i] for i in chosen])
            projections[m] = np.array([[complex(x.mid()) for x in row] for row in P.tolist()])
    return projections
