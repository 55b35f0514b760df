"""Exponentials modulo minimal polynomials: against the truth, and in every way TensorFlow runs."""

from __future__ import annotations

import functools

import numpy as np
import pytest
import tensorflow as tf
from checks import WAYS, ways
from kernels import derivative_tensor
from oracle import Truth

from liealg import expm, known
from liealg.runtime import expm_structured

VALUE_BOUND, GRADIENT_BOUND = 8.0, 16.0
STRUCTURES = {
    "sl3": {"degree": 3, "traceless": True},
    "gl3": {"degree": 3},
    "su3": {"degree": 3, "traceless": True},
    "u3": {"degree": 3},
    "sl4": {"degree": 4, "traceless": True},
    "gl4": {"degree": 4},
    "su4": {"degree": 4, "traceless": True},
    "gl(5)": {"degree": 5},
    "so6": {"degree": 6, "parity": "even"},
    "so7": {"degree": 7, "parity": "odd"},
    "so8": {"degree": 8, "parity": "even"},
    "so(3,3)": {"degree": 6, "parity": "even"},
    "sp6": {"degree": 6, "parity": "even"},
    "sp8": {"degree": 8, "parity": "even"},
    "g2": {"degree": 7, "parity": "odd"},
    "aff2": {"degree": 2, "zero_rows": 1},
    "aff3": {"degree": 3, "zero_rows": 1},
    "sim2": {"degree": 2, "zero_rows": 1},
    "sim3": {"degree": 3, "zero_rows": 1},
}
families = pytest.mark.parametrize("name", STRUCTURES)
small_families = pytest.mark.parametrize(
    "name", ["sl3", "gl3", "su3", "gl4", "so6", "so7", "aff2", "sim3"]
)
two_families = pytest.mark.parametrize("name", ["gl3", "aff3"])
dtypes = pytest.mark.parametrize("dtype", ["float32", "float64"])


@functools.cache
def matrices(name: str) -> np.ndarray:
    """The basis, `[k, n, n]`."""
    basis = known(name)
    listed = np.array([np.array(E.evalf(20).tolist(), dtype=complex) for E in basis.matrices])
    return listed if basis.is_complex else listed.real


def element(name: str, theta):
    """`A = sum_i theta_i E_i`."""
    E = matrices(name)
    theta = tf.convert_to_tensor(theta)
    double = theta.dtype == tf.float64
    dtype = (tf.complex128 if double else tf.complex64) if np.iscomplexobj(E) else theta.dtype
    return tf.tensordot(tf.cast(theta, dtype), tf.constant(E, dtype), 1)


def structured(name: str):
    """The exponential as a function of theta."""
    return lambda theta: expm_structured(element(name, theta), **STRUCTURES[name])


def fallback(name: str):
    """The same function by the method for every matrix."""
    rows = STRUCTURES[name].get("zero_rows", 0)
    return lambda theta: expm(element(name, theta), zero_rows=rows)


def coefficients(name: str, count: int, seed: int = 0) -> np.ndarray:
    """Norms 1e-8 to 50, sparse ones, zero, basis elements, and elements with equal eigenvalues."""
    rng, k = np.random.default_rng(seed), len(matrices(name))
    theta = rng.normal(size=(count, k))
    theta[::4] *= rng.random(size=theta[::4].shape) < 0.4
    sizes = np.linalg.norm(np.tensordot(theta, matrices(name), 1), 2, (1, 2))[:, None]
    norms = np.exp(rng.uniform(np.log(1e-8), np.log(50), size=(count, 1)))
    norms[: count // 2] = rng.uniform(1, 50, size=(count // 2, 1))
    theta *= norms / np.where(sizes > 0, sizes, 1)
    units = np.eye(k)[rng.permutation(k)[: count // 2]] * rng.choice([1e-3, 1, 3.5, 20])
    return np.concatenate([np.zeros((1, k)), units, degenerate(name), theta])


def degenerate(name: str) -> np.ndarray:
    """Coefficients of elements that have equal eigenvalues or are nilpotent."""
    E = matrices(name)
    n = E.shape[-1] - STRUCTURES[name].get("zero_rows", 0)
    u, v = np.arange(1.0, n + 1), np.ones(n)
    v[-1] = -(u[:-1].sum()) / u[-1]
    turn = np.kron(np.eye(n // 2), [[0, -1], [1, 0]])
    turn = np.pad(turn, [[0, n % 2]] * 2)
    traceless = np.diag([1.0] * (n - 1) + [1 - n])
    tried = [np.eye(n), traceless, 1j * traceless, np.eye(n, k=1), np.eye(n, k=2)]
    tried += [np.outer(u, v), np.outer(u, u), turn, traceless + 1e-4 * np.eye(n, k=1)]
    pad = [[0, E.shape[-1] - n]] * 2
    stacked = E.reshape(len(E), -1)
    columns = np.concatenate([stacked.real, stacked.imag], 1).T
    found = []
    for A in tried:
        entries = np.pad(A, pad).astype(complex).ravel()
        target = np.concatenate([entries.real, entries.imag])
        theta = np.linalg.lstsq(columns, target, rcond=None)[0]
        if np.allclose(columns @ theta, target, atol=1e-12):
            found += [size * theta for size in (1.0, 6.0)]
    return np.array(found).reshape(-1, len(E))


@functools.lru_cache(maxsize=4000)
def truth(name: str, theta: tuple[float, ...]) -> Truth:
    return Truth(known(name), theta)


def worst(name: str, dtype: str, theta: np.ndarray, way) -> tuple[float, float]:
    """Largest errors of value and derivative in units of `eps (1 + kappa)`."""
    theta = theta.astype(dtype)
    n, eps = matrices(name).shape[-1], np.finfo(dtype).eps
    value, derivative = way(derivative_tensor(structured(name), n))(tf.constant(theta))
    errors = [
        (exact.value_error(v) / eps, exact.gradient_error(d) / eps)
        for t, v, d in zip(theta, value.numpy(), derivative.numpy(), strict=True)
        if representable(exact := truth(name, tuple(map(float, t))), dtype)
    ]
    return tuple(np.max(errors, 0))


def representable(exact: Truth, dtype: str) -> bool:
    largest = max(np.abs(exact.value).max(), np.abs(exact.derivative).max())
    return largest < np.finfo(dtype).max / 1e3


@dtypes
@small_families
def test_value_and_gradient_meet_the_bar(name, dtype):
    theta = coefficients(name, 6)
    value, gradient = worst(name, dtype, theta, WAYS["graph"])
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@two_families
def test_value_and_gradient_meet_the_bar_compiled(name):
    value, gradient = worst(name, "float32", coefficients(name, 4), WAYS["xla"])
    assert value <= VALUE_BOUND
    assert gradient <= GRADIENT_BOUND


@pytest.mark.verify
@dtypes
@families
def test_sweep(name, dtype):
    theta = coefficients(name, 20 if len(matrices(name)) > 20 else 100, seed=1)
    for way in ("graph", "xla"):
        value, gradient = worst(name, dtype, theta, WAYS[way])
        print(f"{name:8} {dtype} {way:6} {value:6.2f} {gradient:6.2f}")
        assert value <= VALUE_BOUND
        assert gradient <= GRADIENT_BOUND


def loss(X, weights):
    """A real function, no less smooth at zeros than elsewhere."""
    x, y = tf.math.real(X), tf.math.imag(X)
    return tf.reduce_sum(weights * (x * x + x + y))


def derivatives(function, theta, weights):
    """The gradient, and the derivative of its product with theta."""
    with tf.GradientTape() as outer:
        outer.watch(theta)
        with tf.GradientTape() as inner:
            inner.watch(theta)
            value = loss(function(theta), weights)
        first = inner.gradient(value, theta)
        along = tf.reduce_sum(first * theta)
    return first, outer.gradient(along, theta)


def some(name: str, count: int = 20):
    rng = np.random.default_rng(1)
    theta = rng.normal(size=(count, len(matrices(name))))
    return tf.constant(theta), tf.constant(rng.normal(size=matrices(name).shape[1:]))


@ways
@two_families
def test_second_derivatives(name, way):
    theta, weights = some(name)
    computed = way(lambda t: derivatives(structured(name), t, weights))(theta)
    for x, y in zip(computed, derivatives(fallback(name), theta, weights), strict=True):
        np.testing.assert_allclose(x, y, 1e-11, 1e-11 * np.abs(y).max())


@ways
def test_forward_mode(way):
    name = "aff3"
    theta, _ = some(name)

    def pushed(function, theta):
        with tf.autodiff.ForwardAccumulator(theta, tf.ones_like(theta)) as accumulator:
            X = function(theta)
        return accumulator.jvp(X)

    expected = pushed(fallback(name), theta)
    computed = way(lambda t: pushed(structured(name), t))(theta)
    np.testing.assert_allclose(computed, expected, 1e-11, 1e-11 * np.abs(expected).max())


@two_families
def test_vectorized_map_with_gradient(name):
    theta, weights = some(name)
    function = structured(name)

    def gradient(one):
        with tf.GradientTape() as tape:
            tape.watch(one)
            value = loss(function(one), weights)
        return tape.gradient(value, one)

    expected, _ = derivatives(function, theta, weights)
    np.testing.assert_allclose(tf.vectorized_map(gradient, theta), expected, 1e-10, 1e-10)


@ways
def test_bad_neighbours_spoil_no_other(way):
    theta, _ = some("gl3")
    bad = theta.numpy()
    bad[1, 0], bad[2, 4], bad[3] = np.nan, np.inf, 1e300

    def both(t):
        with tf.GradientTape() as tape:
            tape.watch(t)
            X = structured("gl3")(t)
        return X, tape.gradient(X, t)

    good, spoilt = (way(both)(tf.constant(t)) for t in (theta, bad))
    for x, y in zip(good, spoilt, strict=True):
        np.testing.assert_array_equal(np.delete(x, [1, 2, 3], 0), np.delete(y, [1, 2, 3], 0))
    assert np.isnan(spoilt[0][1:3]).any((1, 2)).all()


@ways
@two_families
def test_zero_batch_and_unknown_batch(name, way):
    E = matrices(name)
    spec = tf.TensorSpec([None, len(E)], tf.float64)
    function = structured(name)
    if way is not WAYS["eager"]:
        compiled = way is WAYS["xla"]
        function = tf.function(function, input_signature=[spec], jit_compile=compiled)
    assert function(tf.zeros([0, len(E)], tf.float64)).shape == (0, *E.shape[1:])
    theta, _ = some(name, 3)
    np.testing.assert_allclose(function(theta), fallback(name)(theta), 1e-11, 1e-11)


def test_one_matrix_and_several_batch_dimensions():
    theta, _ = some("sl3", 6)
    whole = structured("sl3")(theta)
    np.testing.assert_allclose(structured("sl3")(tf.reshape(theta, [2, 3, 8]))[1, 0], whole[3])
    np.testing.assert_allclose(structured("sl3")(theta[0]), whole[0])


@ways
def test_large_and_small_growth(way):
    """What overflows is infinite, and zeros beside it stay zeros."""
    A = tf.constant([np.eye(3) * 1e3, np.eye(3) * -1e3, np.eye(3) * 80])
    X = way(lambda A: expm_structured(A, degree=3))(A).numpy()
    np.testing.assert_array_equal(X[0], np.diag([np.inf] * 3))
    np.testing.assert_allclose(X[1:], [np.zeros((3, 3)), np.eye(3) * np.exp(80.0)], 1e-12)


@pytest.mark.parametrize("size", [1e2, 1e4, 1e6])
def test_far_from_normal(size):
    A = np.array([[0.5, size, 0], [0, -0.5, size], [0, 0, 0]])
    X = expm_structured(tf.constant(A), degree=3, traceless=True).numpy()
    np.testing.assert_allclose(X, expm(tf.constant(A)), 1e-9)


@ways
def test_zero_rows_that_lanes_keep(way):
    """One of eleven rows saves too little to be left out: five equal blocks and a column."""
    rng = np.random.default_rng(5)
    E = np.zeros((14, 11, 11))
    for i, j in np.ndindex(2, 2):
        E[2 * i + j, :10, :10] = np.kron(np.eye(5), np.eye(2)[:, [i]] @ np.eye(2)[[j]])
    E[4:, :10, 10] = np.eye(10)
    theta, weights = tf.constant(rng.normal(size=(40, 14))), tf.constant(rng.normal(size=(11, 11)))

    def values(function, theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            X = function(tf.tensordot(theta, tf.constant(E), 1))
            value = loss(X, weights)
        return X, tape.gradient(value, theta)

    def exponential(A):
        return expm_structured(A, degree=2, multiplicity=5, zero_rows=1)

    computed = way(lambda t: values(exponential, t))(theta)
    for x, y in zip(computed, values(expm, theta), strict=True):
        np.testing.assert_allclose(x, y, 1e-12, 1e-12 * np.abs(y).max())


def test_half_precision_is_computed_in_single():
    theta, _ = some("sl3", 2)
    A = tf.cast(element("sl3", theta), tf.float16)
    assert expm_structured(A, **STRUCTURES["sl3"]).dtype == tf.float16


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({"degree": 1}, "degree is 1"),
        ({"degree": 3, "parity": "even"}, "parity 'even'"),
        ({"degree": 3, "parity": "neither"}, "'neither'"),
        ({"degree": 3, "multiplicity": 0}, "multiplicity is 0"),
        ({"degree": 3, "zero_rows": 3}, "must keep at least one other row"),
    ],
)
def test_impossible_structures_are_refused(keywords, words):
    with pytest.raises(ValueError, match=words):
        expm_structured(tf.zeros([3, 3]), **keywords)


def test_sizes_must_be_known():
    with pytest.raises(ValueError, match="fix the size"):
        tf.function(lambda A: expm_structured(A, degree=3)).get_concrete_function(
            tf.TensorSpec([None, None], tf.float32)
        )
