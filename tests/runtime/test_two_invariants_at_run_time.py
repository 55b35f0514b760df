"""The exponential of matrices with two invariants: errors, ways to run it, derivatives."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import tensorflow as tf
from checks import WAYS, ways
from kernels import derivative_tensor
from oracle import Truth, _fixed, _floats, fixed_expm
from samples import conjugated

from liealg.algebra import MatrixBasis
from liealg.catalogue import known
from liealg.runtime import expm, expm_two_invariants

VALUE_BOUND, GRADIENT_BOUND = 4.0, 16.0
FAMILIES = {
    **{name: {"zero": False} for name in ("so(4)", "so(2, 2)", "so(3, 1)", "sp4")},
    **{name: {"zero": True} for name in ("so(5)", "so(4, 1)", "so(3, 2)")},
    "poincare": {"zero": True, "zero_rows": 1},
}
families = pytest.mark.parametrize("name", FAMILIES)
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])


@functools.cache
def basis_of(name: str) -> MatrixBasis:
    if name.startswith("skewed "):
        return conjugated(known(name[7:]), "skewed")
    return known(name)


def matrices(name: str) -> np.ndarray:
    return np.array([np.array(E.tolist(), dtype=float) for E in basis_of(name).matrices])


def exponential(name: str):
    """``A -> exp(A)`` for a family."""
    keywords = FAMILIES[name.removeprefix("skewed ")]
    if name.startswith("skewed "):
        keywords = {"zero": keywords["zero"]}
    return functools.partial(expm_two_invariants, **keywords)


def of_coefficients(name: str, exp=None):
    """``theta -> exp(sum theta_i E_i)``."""
    E, exp = matrices(name), exp or exponential(name)
    return lambda theta: exp(tf.tensordot(theta, tf.constant(E, theta.dtype), 1))


# --- elements ------------------------------------------------------------------------------------


def elements(name: str, count: int, seed: int = 0) -> np.ndarray:
    """Coefficients ``[.., k]``: 0, every basis element alone, random ones, degenerate ones."""
    random, E = np.random.default_rng(seed), matrices(name)
    k = len(E)
    alone = [(np.eye(k)[i], size) for i in range(k) for size in (0.7, 50.0)]
    sizes = np.exp(random.uniform(np.log(1e-8), np.log(50), count))
    sizes[::2] = random.uniform(0.5, 50, len(sizes[::2]))
    directions = random.normal(size=(count, k))
    directions[1::4] *= random.random((count, k))[1::4] < 0.5
    mixed = list(zip(directions, sizes, strict=True))
    scaled = [_of_size(theta, size, E) for theta, size in [*alone, *mixed]]
    return np.array([np.zeros(k), *scaled, *degenerate(E, max(1, count // 8), random)])


def _of_size(theta: np.ndarray, size: float, E: np.ndarray) -> np.ndarray:
    norm = np.linalg.norm(np.tensordot(theta, E, 1), 2)
    return theta * (size / norm) if norm > 0 else theta


def degenerate(E: np.ndarray, count: int, random: np.random.Generator) -> list[np.ndarray]:
    """Integers with w, d or h = 0 or all of them, exactly, times powers of two; neighbours."""
    k = len(E)
    theta = random.integers(-2, 3, size=(10000, k)) * (random.random((10000, k)) < 0.6)
    theta = theta[np.abs(theta).sum(1) > 0].astype(float)
    N = np.linalg.matrix_power(np.tensordot(theta, E, 1), 2)
    h = np.trace(N, axis1=1, axis2=2) / 4
    w = np.trace(N @ N, axis1=1, axis2=2) / 4 - h * h
    found = []
    for vanishes in (abs(w) < 1e-9, abs(h * h - w) < 1e-9, abs(h) < 1e-9, h * h + abs(w) < 1e-9):
        for exact in theta[vanishes][:count]:
            norm = np.linalg.norm(np.tensordot(exact, E, 1), 2)
            size = np.exp(random.uniform(np.log(0.01), np.log(50)))
            exact = exact * 2.0 ** np.floor(np.log2(size / norm))
            near = exact * (1 + 10.0 ** random.uniform(-8, -1) * random.normal(size=k))
            found += [exact, near, near + 10.0 ** random.uniform(-8, -1) * random.normal(size=k)]
    return found


@functools.cache
def truth(name: str, theta: tuple[float, ...]) -> Truth:
    return Truth(basis_of(name), theta)


def errors(name: str, theta: np.ndarray, way: str):
    """Largest errors of value and gradient in units of ``eps (1 + kappa)``, and where."""
    value, derivative = WAYS[way](
        derivative_tensor(of_coefficients(name), matrices(name).shape[-1])
    )(tf.constant(theta))
    eps = np.finfo(theta.dtype).eps
    listed = []
    for t, v, d in zip(theta, value.numpy(), derivative.numpy(), strict=True):
        true = truth(name, tuple(float(x) for x in t))
        fits = max(abs(true.value).max(), abs(true.derivative).max()) < 1e25
        pair = true.value_error(v) / eps, true.gradient_error(d) / eps
        listed.append(pair if fits else (0.0, 0.0))
    found = np.array(listed)
    return found.max(axis=0), theta[found.argmax(axis=0)]


def check(name: str, theta: np.ndarray, way: str) -> None:
    (value, gradient), where = errors(name, theta, way)
    print(f"{name:16} {theta.dtype} {way:6} {len(theta)} {value:6.2f} {gradient:6.2f}")
    assert value <= VALUE_BOUND, where[0]
    assert gradient <= GRADIENT_BOUND, where[1]


# --- errors --------------------------------------------------------------------------------------


@dtypes
@families
def test_value_and_gradient_meet_the_bar(name, dtype):
    check(name, elements(name, 12).astype(dtype), "graph")


@pytest.mark.parametrize(("name", "way"), [("so(3, 1)", "eager"), ("so(3, 2)", "xla")])
def test_other_ways_meet_it_too(name, way):
    check(name, elements(name, 12).astype(np.float32), way)


def test_a_rounded_sum_is_off_the_span():
    """Far from normal and nearly nilpotent: the trace by which w is improved is all rounding."""
    theta = [-0.9999410510063171, -0.500014066696167, -3.659396315924823e-05, -0.9999954700469971]
    theta += [-8.737954885873478e-06, 9.72789894149173e-06, 2.8575221222126856e-05]
    theta += [0.4999989867210388, -3.762113556149416e-05, -8.461740435450338e-06]
    check("skewed so(3, 2)", np.array([theta], np.float32), "graph")


@pytest.mark.verify
@dtypes
@pytest.mark.parametrize("name", [*FAMILIES, *(f"skewed {name}" for name in FAMILIES)])
def test_sweep(name, dtype):
    for way in ("graph", "xla"):
        check(name, elements(name, 200, seed=1).astype(dtype), way)


@pytest.mark.parametrize("n", [4, 5])
def test_zero_gives_the_identity_exactly(n):
    np.testing.assert_array_equal(expm_two_invariants(tf.zeros([n, n]), zero=n == 5), np.eye(n))


# --- ways ----------------------------------------------------------------------------------------


def both(name):
    """Value and gradient by the coefficients of the sum of the squares of the entries."""

    def run(theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            value = of_coefficients(name)(theta)
        return value, tape.gradient(value, theta, output_gradients=2 * value)

    return run


@pytest.mark.parametrize(("name", "way"), [("so(5)", WAYS["graph"]), ("so(3, 1)", WAYS["xla"])])
def test_nan_and_infinity_stay_where_they_are(name, way):
    theta = elements(name, 12)
    run = way(both(name))
    clean = run(tf.constant(theta))
    theta[3], theta[7, 0] = np.nan, np.inf
    for before, after in zip(clean, run(tf.constant(theta)), strict=True):
        spoilt = ~np.isfinite(after.numpy().reshape(len(theta), -1)).all(axis=1)
        assert list(np.flatnonzero(spoilt)) == [3, 7]
        np.testing.assert_array_equal(after.numpy()[~spoilt], before.numpy()[~spoilt])


@pytest.mark.parametrize(("name", "jit"), [("poincare", False), ("sp4", True)])
def test_unknown_and_empty_batches(name, jit):
    k, n = len(matrices(name)), matrices(name).shape[-1]
    signature = [tf.TensorSpec([None, None, k], tf.float64)]
    run = tf.function(both(name), input_signature=signature, jit_compile=jit)
    theta = elements(name, 12)[:12].reshape(3, 4, k)
    expected = both(name)(tf.constant(theta))
    for actual, wanted in zip(run(tf.constant(theta)), expected, strict=True):
        np.testing.assert_allclose(actual, wanted, rtol=1e-11, atol=1e-11)
    value, gradient = run(tf.zeros([0, 4, k], tf.float64))
    assert (value.shape, gradient.shape) == ((0, 4, n, n), (0, 4, k))


@ways
@pytest.mark.parametrize("name", ["so(4)"])
def test_vectorized_map(name, way):
    theta = tf.constant(elements(name, 12)[-6:])
    actual = way(lambda t: tf.vectorized_map(both(name), t))(theta)
    for one, wanted in zip(actual, both(name)(theta), strict=True):
        np.testing.assert_allclose(one, wanted, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize(("name", "way"), [("so(2, 2)", WAYS["xla"]), ("so(5)", WAYS["graph"])])
def test_forward_mode(name, way):
    theta = elements(name, 12)[-6:]
    direction = np.random.default_rng(3).normal(size=theta.shape)

    def push(theta, direction):
        with tf.autodiff.ForwardAccumulator(theta, direction) as accumulator:
            value = of_coefficients(name)(theta)
        return accumulator.jvp(value)

    pushed = way(push)(tf.constant(theta), tf.constant(direction)).numpy()
    for t, d, computed in zip(theta, direction, pushed, strict=True):
        true = truth(name, tuple(t))
        wanted = np.tensordot(d, true.derivative, 1)
        size = np.linalg.norm(true.derivative) * np.linalg.norm(d)
        assert np.linalg.norm(computed - wanted) <= 16 * 2.0**-52 * true.scale * size


def test_half_precision_is_computed_in_single():
    theta = np.array([0.5, -1.0, 2.0, 0.25, 1.0, -0.75])
    A = tf.constant(np.tensordot(theta, matrices("so(4)"), 1), tf.float16)
    X = expm_two_invariants(A, zero=False)
    assert X.dtype == tf.float16
    np.testing.assert_allclose(X, expm(A), atol=1e-3)


@pytest.mark.parametrize("way", ["eager", "xla"])
def test_zero_rows_are_not_looked_at(way):
    """Two of them, beside a block with a gradient of its own."""
    E = np.array([np.pad(A, ((0, 2), (0, 2))) for A in matrices("so(3, 1)")])
    A = np.tensordot(np.random.default_rng(0).normal(size=(40, len(E))), E, 1)
    A[:, :4, 4:] = np.random.default_rng(1).normal(size=(40, 4, 2))
    noise = np.zeros_like(A)
    noise[:, 4:] = 3.0
    weights = tf.constant(np.random.default_rng(2).normal(size=A.shape))

    @WAYS[way]
    def value_and_gradient(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            X = expm_two_invariants(x, zero=True, zero_rows=2)
            loss = tf.reduce_sum(weights * X)
        return X, tape.gradient(loss, x)

    X, slope = value_and_gradient(tf.constant(A + noise))
    np.testing.assert_allclose(X, expm(tf.constant(A)), rtol=1e-11, atol=1e-12)
    assert not np.any(slope[:, 4:])
    with tf.GradientTape() as tape:
        x = tf.constant(A)
        tape.watch(x)
        loss = tf.reduce_sum(weights * expm(x))
    expected = tape.gradient(loss, x).numpy()
    # The gradient is right along the span: so(3, 1) and what is beside it.
    along = np.tensordot(slope, E, ([1, 2], [1, 2])), slope[:, :4, 4:]
    true = np.tensordot(expected, E, ([1, 2], [1, 2])), expected[:, :4, 4:]
    for one, other in zip(along, true, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-11)


def test_errors_say_what_is_wrong():
    with pytest.raises(ValueError, match="not square"):
        expm_two_invariants(tf.zeros([4, 5]), zero=False)
    with pytest.raises(TypeError, match="pass real floating-point numbers"):
        expm_two_invariants(tf.zeros([4, 4], tf.complex64), zero=False)


# --- second derivatives --------------------------------------------------------------------------


def second(name, direction, G):
    """``theta -> <G, D^2 exp [E_i, D]>`` for all i, ``[.., k]``; ``D`` the direction's element."""

    def run(theta):
        with tf.GradientTape() as outer:
            outer.watch(theta)
            with tf.GradientTape() as inner:
                inner.watch(theta)
                value = of_coefficients(name)(theta)
            gradient = inner.gradient(value, theta, output_gradients=tf.zeros_like(value) + G)
            along = tf.reduce_sum(gradient * direction)
        return outer.gradient(along, theta)

    return run


def true_second(E, theta, direction, G):
    """The same from exponentials of ``[[A, X, 0], [0, A, Y], [0, 0, A]]``, and ``|D^2 exp|``."""
    A, D, n = np.tensordot(theta, E, 1), np.tensordot(direction, E, 1), E.shape[-1]
    zero = np.zeros((n, n))
    corners = []
    for X in E:
        corner = 0
        for first, last in ((X, D), (D, X)):
            block = np.block([[A, first, zero], [zero, A, last], [zero, zero, A]])
            corner = corner + _floats(fixed_expm(_fixed(block))[0])[:n, 2 * n :]
        corners.append(corner)
    return np.tensordot(corners, G, 2), np.linalg.norm(corners)


@pytest.mark.parametrize(
    ("name", "way"),
    [("so(3, 1)", "eager"), ("so(3, 1)", "xla"), ("so(5)", "graph")],
)
def test_second_derivatives(name, way):
    """In each chart, and where eigenvalues are zero, equal, or both."""
    random, E = np.random.default_rng(5), matrices(name)
    theta = np.array([_of_size(t, 9.0, E) for t in random.normal(size=(3, len(E)))])
    theta = np.concatenate([theta, degenerate(E, 1, random)[::3], 1e-6 * theta[:1], 0 * theta[:1]])
    direction, G = random.normal(size=len(E)), random.normal(size=E.shape[1:])
    computed = WAYS[way](second(name, direction, G))(tf.constant(theta)).numpy()
    for t, found in zip(theta, computed, strict=True):
        wanted, size = true_second(E, t, direction, G)
        bound = 16 * 2.0**-52 * truth(name, tuple(t)).scale * size * np.linalg.norm(G)
        assert np.linalg.norm(found - wanted) <= bound
