"""The exponential of a batch by squaring a Taylor polynomial, and its Fréchet derivative.

With the bilinear form `tr(K L)` for the inner product, the derivative of a function of a matrix is
its own adjoint: `tr(K L(E)) = tr(E L(K))`. So reverse accumulation through the polynomial, from the
result to the argument, gives the derivative itself. It takes as many products as carrying value and
derivative forward in pairs, but the value comes out as if it were computed alone: compilers see
that a gradient shares it with the function. The squarings, `L <- X L + L X`, then follow as usual.

**Overflow is kept apart from what is finite**: while squaring, entries stop at the largest finite
number, since an infinity times a zero next to it would be NaN; they become infinite at the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import tensorflow as tf

from liealg.runtime.jets import Jet, combination, mapped, product, settled
from liealg.runtime.layout import Layout
from liealg.runtime.scaling import Scaled, common_decay, most_squarings, scaled
from liealg.runtime.taylor import Row, Scheme, scheme_for


def exponential(layout: Layout, A: Jet) -> Jet:
    """The exponential of a jet."""
    polynomial = _polynomial(layout, A)
    return _squared(layout, polynomial, {})[0]


def frechet(layout: Layout, A: Jet, E: Jet) -> tuple[Jet, Jet]:
    """The exponential of a jet, and its derivative in the direction of another."""
    polynomial = _polynomial(layout, A)
    return _squared(layout, polynomial, _derivative(layout, polynomial, E))


@dataclass(frozen=True)
class _Polynomial:
    """The Taylor polynomial of a scaled jet.

    Attributes
    ----------
    scheme : Scheme
        Its table.
    scaled : Scaled
        Its argument.
    terms : list of Jet
        The terms of the table.
    growth : tensor
        What makes up for the decay that was taken out, a number for each matrix.
    """

    scheme: Scheme
    scaled: Scaled
    terms: list[Jet]
    growth: tf.Tensor

    def combined(self, row: Row) -> Jet:
        """A linear combination of the terms."""
        listed = sorted(row)
        return combination([row[term] for term in listed], [self.terms[term] for term in listed])

    def value(self) -> Jet:
        """The polynomial, with what makes up for the decay."""
        return mapped(lambda x: x * self.growth, self.combined(self.scheme.result))

    @property
    def weight(self) -> tf.Tensor:
        """What a direction is multiplied with."""
        return self.growth * tf.cast(self.scaled.factor, self.growth.dtype)


def _polynomial(layout: Layout, A: Jet) -> _Polynomial:
    dtype = A[0].dtype
    scheme = scheme_for(dtype.real_dtype.name)
    identity = layout.identity(A[0])
    decay = common_decay(A[0], identity)
    argument = scaled(layout, A | {0: A[0] - decay * identity}, scheme)
    growth = tf.exp(decay * tf.cast(argument.factor, dtype))
    terms = [{0: identity}, argument.jet, argument.square]
    polynomial = _Polynomial(scheme, argument, terms, growth)
    for left, right in scheme.products:
        term = product(layout, polynomial.combined(left), polynomial.combined(right))
        terms += settled(layout, argument.never, term)
    return polynomial


def _derivative(layout: Layout, polynomial: _Polynomial, E: Jet) -> Jet:
    """The derivative of the polynomial in a direction, from the result back to the argument."""
    scheme, never = polynomial.scheme, polynomial.scaled.never
    shares: list[list[tuple[float, Jet]]] = [[] for _ in polynomial.terms]

    def share(row: Row, K: Jet) -> None:
        for term, coefficient in row.items():
            shares[term].append((coefficient, K))

    def collected(term: int) -> Jet:
        coefficients, jets = zip(*shares[term], strict=True)
        return combination(coefficients, jets)

    share(scheme.result, mapped(lambda x: x * polynomial.weight, E))
    square: tuple[Row, Row] = ({1: 1.0}, {1: 1.0})
    for term, (left, right) in reversed([*enumerate([square, *scheme.products], 2)]):
        (K,) = settled(layout, never, collected(term))
        U, V = polynomial.combined(left), polynomial.combined(right)
        if left == right:
            share(left, product(layout, V, K))
            share(right, product(layout, K, U))
        else:
            VK, KU = settled(layout, never, product(layout, V, K), product(layout, K, U))
            share(left, VK)
            share(right, KU)
    return collected(1)


def _squared(layout: Layout, polynomial: _Polynomial, E: Jet) -> tuple[Jet, Jet]:
    """Square each matrix of the batch as often as it needs, and differentiate in a direction.

    The loop runs to the largest number in the batch; a matrix that has had its squarings is kept
    as it is by a select, so one large neighbour costs the others time, never digits.
    """
    squarings = polynomial.scaled.squarings
    last = tf.reduce_max(squarings)

    def step(i: tf.Tensor, X: Jet, E: Jet) -> tuple[tf.Tensor, Jet, Jet]:
        going = i < squarings
        square = _with_unit_rows(layout, product(layout, X, X), X)
        direction = _with_unit_rows(layout, _anticommutator(layout, X, E), E)
        square[0] = clipped(square[0])
        return i + 1, _selected(going, square, X), _selected(going, direction, E)

    start = (tf.constant(0), polynomial.value(), E)
    bound = most_squarings(polynomial.growth.dtype.real_dtype)
    _, X, E = tf.while_loop(lambda i, *_: i < last, step, start, maximum_iterations=bound)
    return X | {0: unclipped(X[0])}, E


def _anticommutator(layout: Layout, X: Jet, E: Jet) -> Jet:
    """`X E + E X`.

    Of symmetric matrices that is `X E + (X E)^T`, which takes as long up to 16 rows: a tenth less
    in double precision from 32 rows on.
    """
    return combination([1, 1], [product(layout, X, E), product(layout, E, X)])


def _with_unit_rows(layout: Layout, products: Jet, X: Jet) -> Jet:
    return {S: layout.with_unit_rows(products[S], X[S]) for S in products}


def _selected(going: tf.Tensor, new: Jet, old: Jet) -> Jet:
    return {S: tf.where(going, new[S], old[S]) for S in old}


def clipped(X: tf.Tensor) -> tf.Tensor:
    """Real and imaginary parts cut off at the largest finite number."""
    if X.dtype.is_complex:
        return tf.complex(clipped(tf.math.real(X)), clipped(tf.math.imag(X)))
    overflown = tf.abs(X) > X.dtype.max  # false for NaN
    return tf.where(overflown, tf.sign(X) * X.dtype.max, X)


def unclipped(X: tf.Tensor) -> tf.Tensor:
    """Infinity where a part has been cut off: twice the largest finite number."""
    if X.dtype.is_complex:
        return tf.complex(unclipped(tf.math.real(X)), unclipped(tf.math.imag(X)))
    return tf.where(tf.abs(X) >= X.dtype.max, X + X, X)
