"""The Taylor series of `exp(A) B` in steps, and what it leaves for the gradient by `A`.

One step is `exp(A/s) B = Σ_j (A/s)^j B / j!` by Horner's rule, `V <- B + A V / (s j)` for `j` from
the degree down to 1: products of `A` with thin matrices only. All loops run to the largest count in
the batch, and a select keeps what a matrix has that is done before: a large neighbour costs time,
never digits.

**Norms of powers.** The norms `‖ |A|^p ‖` bound those of `A^p`, and the row `1^T |A|^p` gives them
by products with one vector. `alpha_p = max(d_p, d_(p+1))` with `d_p = ‖ |A|^p ‖^(1/p)` stands for
the norm in the bound of the backward error where that begins with a power `>= p (p-1)` (Al-Mohy and
Higham, SIAM J. Matrix Anal. Appl. 31, 2009, section 4). It is much smaller than the norm for
triangular matrices and for affine ones, `[[M, v], [0, 0]]` with a long `v`.

**Steps are short**, `‖A/s‖ <= 2.6` in single precision and 2.76 in double, where Al-Mohy and Higham
(SIAM J. Sci. Comput. 33, 2011) go to 13 and 9.9: terms grow to `e^‖A/s‖` before they cancel, so one
of their steps may cost a rotation three digits.

**Directions of derivatives ride along** as jets (`jets`): `V` carries one thin matrix for each set
of directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import tensorflow as tf

from liealg.runtime.jets import Jet, product
from liealg.runtime.layout import Rows

THRESHOLDS = {
    "float32": (
        *(5.9604e-8, 3.4520e-4, 7.0813e-3, 3.4288e-2, 9.1815e-2, 0.18153, 0.30071, 0.44508),
        *(0.61031, 0.79264, 0.98895, 1.1967, 1.4139, 1.6389, 1.8705, 2.1075, 2.3493, 2.5950),
    ),
    "float64": (
        *(1.1102e-16, 1.4901e-8, 8.7334e-6, 2.2718e-4, 1.6779e-3, 6.5561e-3, 1.7725e-2, 3.7958e-2),
        *(6.9449e-2, 0.11365, 0.17132, 0.24267, 0.32748, 0.42525, 0.53533, 0.65696, 0.78935),
        *(0.93171, 1.0832, 1.2433, 1.4111, 1.5861, 1.7676, 1.9552, 2.1484, 2.3466, 2.5496, 2.7569),
    ),
}
"""The largest norm for each degree, from 1 on.

With `h(x) = log(e^-x T(x))` the backward error of the Taylor polynomial `T` of degree `m`,
`h'(x) = -x^m / (m! T(x))`; the threshold is where its series with the moduli of the coefficients
comes to the unit roundoff. That bounds the backward error of the derivative as of the value
(Al-Mohy and Higham, SIAM J. Matrix Anal. Appl. 30, 2009, section 4). Computed with mpmath at 60
digits from 150 terms, and rounded down; the tests compute them again.
"""

_POWERS = 4
"""The largest `p` of an `alpha_p`, for it asks for degree 11; 5 would ask for 19."""

_ROWS = Rows()

Vectors: TypeAlias = Sequence[tf.Tensor]
"""Thin matrices `[batch, n, m]`, one for each set of directions, by its bit mask."""


class Plan(NamedTuple):
    """How each matrix of a batch `[batch, n, n]` is treated; all are `[batch, 1, 1]`."""

    steps: tf.Tensor
    """`s`, int32."""

    degree: tf.Tensor
    """The degree of the polynomial, int32."""

    scale: tf.Tensor
    """`1/s`, of the dtype of the matrices; NaN for a matrix that is not finite."""

    last: tf.Tensor
    """The largest `s` in the batch, an int32 scalar; 0 where that is beyond the capacity."""

    shift: tf.Tensor
    """A number taken out of the diagonal, put back as `exp(A) = e^shift exp(A - shift)`."""


def plan(A: tf.Tensor, directions: int, capacity: int) -> Plan:
    """Choose steps, degree and shift from norms, for a derivative in so many directions.

    A word of `A` and `j` directions has `j + 1` runs of `A`. Those shorter than `p (p - 1)` are
    beyond what `alpha_p` tells, so the degree must leave none with nothing but such runs; and the
    `j`-th derivative of a polynomial of degree `m` is as good as the first of degree `m + 1 - j`.
    """
    real, thresholds = A.dtype.real_dtype, _thresholds(A)
    most = _most_terms(A, directions)
    shift = _shift(A)
    sizes = _sizes(tf.abs(A - shift * _identity(A)))
    finite = sizes[0] <= real.max  # false for NaN
    lowest = [(directions + 1) * (p * p - p - 1) + directions for p in range(1, _POWERS + 1)]
    usable = [(low, size) for low, size in zip(lowest, sizes, strict=True) if low <= most]
    size = tf.reduce_min(tf.stack([size for _, size in usable]), 0)
    # Counts beyond any that is ever run: a larger number would not be an integer.
    steps = tf.clip_by_value(tf.math.ceil(size / thresholds[-1]), 1, 2.0**20)
    steps = tf.where(finite, steps, 1)
    degrees = []
    for low, size in usable:
        above = tf.add_n([tf.cast(size > x * steps, tf.int32) for x in thresholds])
        degrees.append(tf.maximum(above + max(1, directions), low))
    last = tf.cast(tf.reduce_max(steps), tf.int32)
    scale = tf.where(finite, 1 / steps, tf.constant(float("nan"), real))
    return Plan(
        steps=tf.cast(steps, tf.int32),
        degree=tf.minimum(tf.reduce_min(tf.stack(degrees), 0), most),
        scale=tf.cast(scale, A.dtype),
        last=tf.where(last <= capacity, last, tf.zeros_like(last)),
        shift=shift,
    )


def _shift(A: tf.Tensor) -> tf.Tensor:
    """The mean of the eigenvalues, where it takes a tenth or more off the norm, else 0.

    A shift spares steps, and terms that cancel: no eigenvalue has a real part above `log ‖exp(A)‖`,
    so neither has their mean. Where a diagonal entry is zero nothing is shifted: then traceless
    matrices of the usual forms are left alone, and the last row of an affine `[[M, v], [0, 0]]`
    keeps its component of `B` to the last bit.
    """
    diagonal = tf.linalg.diag_part(A)
    mean = tf.reduce_mean(diagonal, -1)[:, None, None]
    shifted = A - mean * _identity(A)
    pays = _norm(tf.abs(shifted)) < 0.9 * _norm(tf.abs(A))
    nowhere_zero = tf.reduce_all(diagonal != 0, -1)[:, None, None]
    return tf.where(pays & nowhere_zero, mean, tf.zeros_like(mean))


def _norm(moduli: tf.Tensor) -> tf.Tensor:
    """The 1-norm, the largest sum of a column."""
    return tf.reduce_max(tf.reduce_sum(moduli, -2, keepdims=True), -1, keepdims=True)


def _sizes(moduli: tf.Tensor) -> list[tf.Tensor]:
    """Return `alpha_1` (the norm), .., `alpha_4` of `|A|`, each at most the norm.

    The row `1^T |A|^p` is divided by its largest entry again and again, so that it neither
    overflows nor vanishes.
    """
    row, logarithm, d = tf.ones_like(moduli[:, :1]), 0.0, []
    for p in range(1, _POWERS + 2):
        row = row @ moduli
        top = tf.reduce_max(row, -1, keepdims=True)
        row = tf.math.divide_no_nan(row, top)
        logarithm += tf.math.log(top)
        d.append(tf.exp(logarithm / p) if p > 1 else top)
    return [d[0], *(tf.minimum(tf.maximum(d[p - 1], d[p]), d[0]) for p in range(2, _POWERS + 1))]


def multiplied(A: Jet, B: tf.Tensor, chosen: Plan, capacity: int) -> Jet:
    """The jet of `exp(A) B` for a jet of matrices and thin matrices `B`."""
    A = _shifted(A, chosen)

    def step(k: tf.Tensor, *V: tf.Tensor) -> tuple[tf.Tensor, ...]:
        return (k + 1, *_step(A, V, k, chosen))

    start = (tf.constant(0), *_without_directions(B, A))
    _, *V = tf.while_loop(lambda k, *_: k < chosen.last, step, start, maximum_iterations=capacity)
    return dict(enumerate(V))


def outer_products(A: Jet, B: tf.Tensor, G: tf.Tensor, chosen: Plan, capacity: int) -> tf.Tensor:
    """The derivative of `exp(A^H)` in the directions `E_i^H` of a jet and in `G B^H`.

    For a jet without directions that is the gradient of `Re<G, exp(A) B>` by `A`. Each step is run
    backwards, and leaves `Σ_j U_j T_(j-1)^H / (s j)`: `T_j = (A/s)^j V / j!` are the terms from the
    `V` where the step began, `U_j` is what Horner's rule with `A^H` has come to at `j`. All that is
    kept is thin: where each step began, at most `capacity` times, and the terms of one step. The
    only product that is not adds up a step's outer products.
    """
    A = _shifted(A, chosen)
    A_adj = {S: tf.linalg.adjoint(a) for S, a in A.items()}
    begins = _begins(A, B, chosen, capacity)
    growth = tf.math.conj(_growth(chosen))

    def back(k: tf.Tensor, W: tf.Tensor, *U: tf.Tensor) -> tuple[tf.Tensor, ...]:
        going = k < chosen.steps
        terms = _terms(A, [begin[k] for begin in begins], chosen)
        *new, added = _backwards(A_adj, terms, [growth * u for u in U], chosen)
        kept = [tf.where(going, x, u) for x, u in zip(new, U, strict=True)]
        return (k - 1, tf.where(going, W + added, W), *kept)

    start = (chosen.last - 1, tf.zeros_like(A[0]), *_without_directions(G, A))

    return tf.while_loop(lambda k, *_: k >= 0, back, start, maximum_iterations=capacity)[1]


def _begins(A: Jet, B: tf.Tensor, chosen: Plan, capacity: int) -> list[tf.Tensor]:
    """What every step starts from, `[capacity, batch, n, m]`.

    Writing through a select instead of a `tf.TensorArray`, which `tf.vectorized_map` can't map,
    costs little: a step takes many products.
    """
    number = tf.reshape(tf.range(capacity), [-1, 1, 1, 1])
    V = _without_directions(B, A)

    def step(k: tf.Tensor, *both: tf.Tensor) -> tuple[tf.Tensor, ...]:
        stacks = both[: len(both) // 2]
        V = _step(A, both[len(both) // 2 :], k - 1, chosen)
        kept = [tf.where(number == k, v, stack) for v, stack in zip(V, stacks, strict=True)]
        return (k + 1, *kept, *V)

    stacks = [tf.where(number == 0, v, tf.zeros_like(v)) for v in V]
    start = (tf.constant(1), *stacks, *V)
    _, *both = tf.while_loop(
        lambda k, *_: k < chosen.last, step, start, maximum_iterations=capacity
    )
    return both[: len(V)]


def _step(A: Jet, V: Vectors, k: tf.Tensor, chosen: Plan) -> list[tf.Tensor]:
    """Step number `k`, for those matrices that have so many: Horner's rule."""

    def term(j: tf.Tensor, *U: tf.Tensor) -> tuple[tf.Tensor, ...]:
        going, factor = j <= chosen.degree, _factor(j, chosen)
        pairs = zip(V, _times(A, U), strict=True)
        return (j - 1, *(tf.where(going, v + factor * p, v) for v, p in pairs))

    start = (tf.reduce_max(chosen.degree), *V)
    most = _most_terms(A[0], len(A))
    _, *U = tf.while_loop(lambda j, *_: j > 0, term, start, maximum_iterations=most)
    going, growth = k < chosen.steps, _growth(chosen)
    return [tf.where(going, growth * u, v) for u, v in zip(U, V, strict=True)]


def _terms(A: Jet, V: Vectors, chosen: Plan) -> list[Vectors]:
    """The terms `T_0, T_1, ..` of one step but the last; zero beyond a matrix's degree.

    Their number is that of the largest degree, for it must be known when a graph is built.
    """
    terms = [V]
    for j in range(1, _most_terms(A[0], len(A))):
        going, factor = j < chosen.degree, _factor(j, chosen)
        V = [tf.where(going, factor * p, tf.zeros_like(p)) for p in _times(A, V)]
        terms.append(V)
    return terms


def _backwards(A_adj: Jet, terms: list[Vectors], G: Vectors, chosen: Plan) -> tuple[tf.Tensor, ...]:
    """The cotangents of where a step began, and the cotangent of `A` last."""
    U, weighted = G, []
    for j in range(len(terms), 0, -1):
        going, factor = j <= chosen.degree, _factor(j, chosen)
        weighted.append([tf.where(going, factor * u, tf.zeros_like(u)) for u in U])
        U = [g + p for g, p in zip(G, _times(A_adj, weighted[-1]), strict=True)]
    left = [u for one in reversed(weighted) for u in one]
    right = [t for one in terms for t in reversed(one)]  # together they make all directions
    return (*U, tf.matmul(tf.concat(left, -1), tf.concat(right, -1), adjoint_b=True))


def _without_directions(B: tf.Tensor, A: Jet) -> list[tf.Tensor]:
    """Coefficients for all sets of the directions that `A` has, all zero but the value."""
    return [B] + [tf.zeros_like(B)] * (2 ** (len(A) - 1) - 1)


def _times(A: Jet, V: Vectors) -> list[tf.Tensor]:
    total = product(_ROWS, A, dict(enumerate(V)))
    return [total[S] for S in range(len(V))]


def _shifted(A: Jet, chosen: Plan) -> Jet:
    return A | {0: A[0] - chosen.shift * _identity(A[0])}


def _growth(chosen: Plan) -> tf.Tensor:
    """What the shift makes of one step."""
    return tf.exp(chosen.shift * chosen.scale)


def _factor(j: tf.Tensor | int, chosen: Plan) -> tf.Tensor:
    """`1/(s j)`."""
    return chosen.scale / tf.cast(j, chosen.scale.dtype)


def _identity(A: tf.Tensor) -> tf.Tensor:
    return tf.eye(tf.shape(A)[-1], dtype=A.dtype)


def _most_terms(A: tf.Tensor, directions: int) -> int:
    """The largest degree; every direction after the first asks for one more."""
    return len(_thresholds(A)) + max(0, directions - 1)


def _thresholds(A: tf.Tensor) -> tuple[float, ...]:
    return THRESHOLDS[A.dtype.real_dtype.name]
