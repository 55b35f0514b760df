"""The exponential of matrices with a minimal polynomial of small degree.

`exp(A) = r(A)`, with `r` the exponential modulo the minimal polynomial of `A`, as long as the norm
is moderate; the few squarings that are left are done on the matrix.

**The gradient is written out**: through the squarings, then through the sum of powers, the
coefficients of that sum, the minimal polynomial and the traces. Further derivatives are those of
`expm`, which are the same functions on the matrices of the span.
"""

from __future__ import annotations

import functools

import tensorflow as tf

from liealg.runtime.expm import checked_matrix, derivative, flattened
from liealg.runtime.gradient import Function, custom_gradient
from liealg.runtime.layout import Layout, adjoint, layout_of, never_of
from liealg.runtime.scaling import most_squarings
from liealg.runtime.squaring import clipped, unclipped
from liealg.runtime.staging import staged
from liealg.runtime.structure import Structure
from liealg.runtime.structured_polynomial import Polynomial
from liealg.runtime.zero_rows import with_zeros_in, without_zero_rows


def expm_structured(
    A: tf.Tensor,
    *,
    degree: int,
    parity: str = "none",
    multiplicity: int = 1,
    traceless: bool = False,
    zero_rows: int = 0,
) -> tf.Tensor:
    r"""Return the exponential of matrices whose minimal polynomials have a small degree.

    With `m` the minimal polynomial of `A`, `exp(A) = Σ_(j<d) r_j A^j`, `r` the exponential modulo
    `m`: Taylor's polynomial of `exp(x / 4)` or `exp(x / 2)`, squared twice or once, all modulo `m`
    and so on `d` numbers for each matrix. The coefficients of `m` come from the traces of powers by
    Newton's identities. Matrices of larger norm are scaled, and squared at the end. No eigenvalues
    are computed, and nothing happens where they come together. For the ring see Moler and Van Loan
    (SIAM Rev. 45, 2003, methods 8 to 13 and their critique: here the norm is bounded first).

    Parameters
    ----------
    A : tensor `[..., n, n]`, floating or complex, `n` known when traced
        Matrices with the structure that the other arguments state; it is not checked. float16 and
        bfloat16 are computed in float32 and cast back.
    degree : int
        The degree `d >= 2` of a polynomial `m` with `m(M) = 0`, for `M = A`, or the block `M` of
        `A = [[M, V], [0, 0]]` where there are zero rows.
    parity : str
        `"even"` where `m(x) = q(x^2)`, `"odd"` where `m(x) = x q(x^2)`, else `"none"`.
    multiplicity : int
        The characteristic polynomial of `M` is `m^multiplicity`, but for factors `x`.
    traceless : bool
        Whether all traces are zero. Else their mean is taken out first, as a factor `e^(t/n)`.
    zero_rows : int
        The number of last rows that are known to be zero, as in affine algebras. They are not
        looked at and have no gradient; `exp(A) = I + phi_1(M) A`, `phi_1(x) = (e^x - 1)/x`.

    Returns
    -------
    tensor `[..., n, n]` of the dtype of `A`
        Differentiable to any order by what `A` depends on, as long as `A` keeps its structure. The
        gradient by `A` itself is that of the polynomial above: it is right in the directions that
        keep the structure, and stands for no derivative in others. Infinities and NaN stay in their
        matrices, as with `expm`.

    Raises
    ------
    ValueError
        If `A` is no square matrix of known size, or the structure is impossible.
    TypeError
        If the dtype of `A` is neither floating nor complex.

    Examples
    --------
    >>> A = tf.constant([[0.0, 2.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    >>> expm_structured(A, degree=3, traceless=True).numpy().tolist()
    [[1.0, 2.0, 1.0], [0.0, 1.0, 1.0], [0.0, 0.0, 1.0]]
    """
    A = checked_matrix(A, "A")
    n = A.shape[-1]
    if n is None:
        raise ValueError(f"A has shape {A.shape}: fix the size of its matrices, tf.ensure_shape")
    if not 0 <= zero_rows < n:
        raise ValueError(f"zero_rows is {zero_rows}: A {A.shape} must keep at least one other row")
    structure = Structure(degree, parity, multiplicity, traceless, zero_rows)
    return flattened(_exponential(structure), with_zeros_in(A, zero_rows))


@functools.cache
def _exponential(structure: Structure) -> Function:
    value = functools.partial(_value, structure)
    return custom_gradient(staged(value), _gradient(structure))


@functools.cache
def _gradient(structure: Structure) -> Function:
    """The function `A, G -> A_bar`, `L(A^H, G)` up to what no direction of the span meets."""
    zero_rows = structure.zero_rows

    def gradients(A: tf.Tensor, G: tf.Tensor, H: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        """`H` is of the span: `tr(H^H A_bar) = tr(L(A, H)^H G)` is the exponential's own."""
        return derivative(zero_rows, True, False)(A, G, H), derivative(zero_rows, False)(A, H)

    return custom_gradient(staged(functools.partial(_reverse, structure)), gradients)


def _value(structure: Structure, A: tf.Tensor) -> tf.Tensor:
    outer, polynomial = _polynomial(structure, A)
    X, *_ = _squared(outer, polynomial.squarings, polynomial.value)
    return outer.leave_group(unclipped(X))


def _reverse(structure: Structure, A: tf.Tensor, G: tf.Tensor) -> tf.Tensor:
    """The cotangent of `A` for that of the exponential.

    The squarings come first, from the matrix that is not squared yet: all factors commute.
    """
    outer, polynomial = _polynomial(structure, A)
    K = outer.enter_adjoint(G, never_of(A)) * polynomial.weight
    _, K = _squared(outer, polynomial.squarings, polynomial.value, K)
    (K,) = outer.settle([polynomial.reverse(K)], never_of(A))
    return outer.leave(adjoint(K))


def _polynomial(structure: Structure, A: tf.Tensor) -> tuple[Layout, Polynomial]:
    inner = layout_of(A)
    outer = without_zero_rows(inner, A.shape[-1], structure.zero_rows)
    # Settled at once: XLA would put off the transposition, and do it again for each use.
    never = never_of(A)
    (entered,) = outer.settle([outer.enter(A)], never)
    return outer, Polynomial(structure, outer, inner, entered, never)


def _squared(
    layout: Layout, squarings: tf.Tensor, X: tf.Tensor, *K: tf.Tensor
) -> tuple[tf.Tensor, ...]:
    """Square each matrix as often as it needs, and carry a cotangent back through the squarings.

    Entries stop at the largest finite number, as in `squaring`.
    """

    def step(i: tf.Tensor, X: tf.Tensor, *K: tf.Tensor) -> tuple[tf.Tensor, ...]:
        going = i < squarings
        square = clipped(layout.with_unit_rows(layout.product(X, X), X))
        moved = [layout.with_unit_rows(layout.product(X, k) + layout.product(k, X), k) for k in K]
        pairs = zip((square, *moved), (X, *K), strict=True)
        return (i + 1, *(tf.where(going, new, old) for new, old in pairs))

    last, bound = tf.reduce_max(squarings), most_squarings(X.dtype.real_dtype)
    start = (tf.constant(0), X, *K)
    _, *squared = tf.while_loop(lambda i, *_: i < last, step, start, maximum_iterations=bound)
    return tuple(squared)
