"""The batched exponential and its derivatives against mpmath at 50 digits, in every mode."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
import scipy.linalg
import tensorflow as tf
from exact import (
    BASES,
    TENSOR_NORMS,
    VALUE_NORMS,
    basis_sp,
    close,
    elements,
    exact_derivative,
    normal,
    spectral_error,
    units,
)

from liealg.runtime.expm import expm, expm_frechet

DTYPES = ["float32", "float64"]
MODES = ["eager", "graph", "xla"]
STAGED = {"float32": "xla", "float64": "graph"}  # where both modes would only cost time
by_dtype = pytest.mark.parametrize("dtype", DTYPES)
by_mode = pytest.mark.parametrize("mode", MODES)


# --- the functions under test, traced once for each mode, rank and size, their batch unknown -----


def pullback(A, G):
    """The gradient of `Re<G, exp(A)>`."""
    with tf.GradientTape() as tape:
        tape.watch(A)
        X = expm(A)
    return tape.gradient(X, A, output_gradients=G)


def pullback_of_frechet(A, E, H):
    """Both gradients of `Re<H, L(A, E)>`."""
    with tf.GradientTape() as tape:
        tape.watch([A, E])
        L = expm_frechet(A, E)
    return tape.gradient(L, [A, E], output_gradients=H)


def second(A, G, E):
    """The gradient in `A` of `<E, pullback(A, G)>`."""
    with tf.GradientTape() as tape:
        tape.watch(A)
        gradient = pullback(A, G)
    return tape.gradient(gradient, A, output_gradients=E)


def third(A, G, E, F):
    """The gradient in `A` of `<F, second(A, G, E)>`."""
    with tf.GradientTape() as tape:
        tape.watch(A)
        gradient = second(A, G, E)
    return tape.gradient(gradient, A, output_gradients=F)


def pushforward(A, E):
    """The derivative by forward mode."""
    with tf.autodiff.ForwardAccumulator(A, E) as accumulator:
        X = expm(A)
    return accumulator.jvp(X)


@cache
def traced(function, mode, ranks, n, dtype):
    """An unknown batch is multiplied in lanes where the size is known, else in rows."""
    signature = [tf.TensorSpec([None] * (rank - 2) + [n, n], dtype) for rank in ranks]
    return tf.function(function, input_signature=signature, jit_compile=mode == "xla")


def run(function, mode, *args):
    """Call `function` as `mode` runs it and return NumPy arrays."""
    args = [tf.convert_to_tensor(a) for a in args]
    if mode != "eager":
        ranks, n = tuple(a.shape.rank for a in args), args[0].shape[-1]
        function = traced(function, mode, ranks, n, args[0].dtype)
    return tf.nest.map_structure(lambda x: x.numpy(), function(*args))


# --- accuracy ----------------------------------------------------------------------------------


@by_dtype
@pytest.mark.parametrize("family", BASES)
def test_value_within_4_eps(family, dtype):
    A = elements(family, VALUE_NORMS, dtype)
    for a, *computed in zip(A, run(expm, "eager", A), run(expm, STAGED[dtype], A), strict=True):
        exact = exact_derivative(a)
        bar = 4 * np.finfo(dtype).eps * (1 + scipy.linalg.expm_cond(a.astype("float64")))
        assert max(spectral_error(x, exact) for x in computed) <= bar


@by_dtype
@pytest.mark.parametrize("family", BASES)
def test_derivative_tensor_within_16_eps(family, dtype):
    """All `∂exp/∂θ_i` together, from `expm_frechet` and from the tape."""
    basis = np.array(BASES[family], dtype)
    n = basis.shape[-1]
    A = elements(family, TENSOR_NORMS if n < 6 else TENSOR_NORMS[1:3], dtype)
    forward = run(expm_frechet, "eager", A[:, None], basis[None])
    G = np.broadcast_to(np.array(units(n), dtype), (len(A), n * n, n, n))
    rows = run(pullback, STAGED[dtype], np.broadcast_to(A[:, None], G.shape), G)
    backward = np.einsum("brij,kij->bkr", rows, basis).reshape(forward.shape)
    for a, *computed in zip(A, forward, backward, strict=True):
        exact = np.array([exact_derivative(a, E) for E in basis])
        for tensor in computed:
            close(tensor, exact, dtype, a, 16)


@by_dtype
def test_no_cancellation_where_everything_decays(dtype):
    a = np.linspace(-80, 2, 400).astype(dtype)
    error = expm(a[:, None, None]).numpy()[:, 0, 0] / np.exp(a.astype(np.longdouble)) - 1
    assert np.all(np.abs(error) <= 4 * np.finfo(dtype).eps * (1 + np.abs(a)))


@by_mode
@by_dtype
def test_zero_is_the_identity_exactly(mode, dtype):
    zero, G = np.zeros((2, 3, 3), dtype), normal(2, 3, 3, dtype=dtype)
    np.testing.assert_array_equal(run(expm, mode, zero), np.broadcast_to(np.eye(3), zero.shape))
    np.testing.assert_array_equal(run(pullback, mode, zero, G), G)


@by_mode
@pytest.mark.parametrize("size", [1e-30, 3.0, 1e30])
def test_nilpotent_of_degree_two_is_exact(mode, size):
    A = np.array([[0, size], [0, 0]], "float32")
    np.testing.assert_array_equal(run(expm, mode, A), np.eye(2, dtype="float32") + A)


@by_dtype
def test_last_row_of_an_affine_matrix_is_exact(dtype):
    A = 5 * normal(6, 4, 4, dtype=dtype) - 3 * np.eye(4, dtype=dtype)
    A[:, 3] = 0
    np.testing.assert_array_equal(expm(A).numpy()[:, 3], np.tile([0, 0, 0, 1], (6, 1)))


# --- derivatives -------------------------------------------------------------------------------


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_gradient_of_expm_is_frechet_at_the_adjoint(mode, dtype):
    A, G = complex_pair(dtype, 2)
    exact = exact_derivative(A.conj().T, G)
    close(run(pullback, mode, A, G), exact, dtype, A, 16)


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_gradients_of_frechet(mode, dtype):
    A, E, H = complex_pair(dtype, 3)
    A_bar, E_bar = run(pullback_of_frechet, mode, A, E, H)
    close(A_bar, exact_derivative(A.conj().T, E.conj().T, H), dtype, A, 16)
    close(E_bar, exact_derivative(A.conj().T, H), dtype, A, 16)


def complex_pair(dtype, count):
    """Random 3x3 matrices, complex where the dtype is."""
    x = normal(count, 3, 3, seed=3)
    return (x + 1j * normal(count, 3, 3, seed=4) if "complex" in dtype else x).astype(dtype)


@by_mode
@by_dtype
def test_second_derivative(mode, dtype):
    A, G, E = 2 * normal(3, 3, 3, dtype=dtype, seed=5)
    close(run(second, mode, A, G, E), exact_derivative(A.T, E.T, G), dtype, A, 16)


@by_mode
def test_third_derivative(mode):
    A, G, E, F = 2 * normal(4, 2, 2, dtype="float32", seed=5)
    close(run(third, mode, A, G, E, F), exact_derivative(A.T, E.T, F.T, G), "float32", A, 16)


@by_mode
def test_forward_mode(mode):
    A, E = normal(2, 5, 3, 3)
    expected = expm_frechet(A, E)
    np.testing.assert_allclose(run(pushforward, mode, A, E), expected, rtol=1e-13, atol=1e-13)


def test_the_tape_sees_through_a_function():
    """The tape outside, the traced function inside: TensorFlow splits forward and backward."""
    A, G = (tf.constant(x) for x in normal(2, 5, 3, 3))
    inner = traced(expm, "xla", (3,), 3, tf.float64)
    with tf.GradientTape() as outer:
        outer.watch(A)
        with tf.GradientTape() as tape:
            tape.watch(A)
            X = inner(A)
        gradient = tape.gradient(X, A, output_gradients=G)
    hessian = outer.gradient(gradient, A, output_gradients=G)
    np.testing.assert_allclose(gradient, pullback(A, G), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(hessian, second(A, G, G), rtol=1e-12, atol=1e-12)


@by_mode
def test_derivatives_are_linear_in_large_directions(mode):
    """A power of two times a direction is that times the result, to the last bit."""
    A, G, E = normal(3, 3, 3, dtype="float32")
    large = np.float32(2.0**40)
    for function in [second, pullback_of_frechet]:
        plain, scaled = run(function, mode, A, G, E), run(function, mode, A, G, large * E)
        tf.nest.map_structure(np.testing.assert_array_equal, scaled, linear(plain, function, large))


def linear(plain, function, factor):
    return [factor * x for x in plain] if function is pullback_of_frechet else factor * plain


# --- shapes, transformations, other dtypes --------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7, 8, 16])
def test_every_size(n):
    A = normal(3, n, n, seed=n)
    np.testing.assert_allclose(expm(A), scipy.linalg.expm(A), rtol=1e-12, atol=1e-11)
    E = normal(n, n)
    expected = [scipy.linalg.expm_frechet(a, E, compute_expm=False) for a in A]
    np.testing.assert_allclose(expm_frechet(A, E), expected, rtol=1e-11, atol=1e-10)


@by_mode
@pytest.mark.parametrize("batch", [(), (0,), (2, 3)])
def test_every_batch_shape(mode, batch):
    A, G = normal(2, *batch, 2, 2)
    np.testing.assert_allclose(run(expm, mode, A), scipy.linalg.expm(A), rtol=1e-13, atol=1e-13)
    assert run(pullback, mode, A, G).shape == A.shape


@by_mode
def test_batches_of_frechet_broadcast_with_their_gradients(mode):
    A, E, H = normal(4, 1, 2, 2), normal(3, 2, 2), normal(4, 3, 2, 2)
    L = run(expm_frechet, mode, A, E)
    full = [np.broadcast_to(x, H.shape) for x in (A, E)]
    np.testing.assert_allclose(L, run(expm_frechet, "eager", *full), rtol=1e-13, atol=1e-13)
    A_bar, E_bar = run(pullback_of_frechet, mode, A, E, H)
    A_full, E_full = run(pullback_of_frechet, "eager", *full, H)
    np.testing.assert_allclose(A_bar, A_full.sum(1, keepdims=True), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(E_bar, E_full.sum(0), rtol=1e-12, atol=1e-12)


def test_static_shapes_are_kept():
    spec = [tf.TensorSpec([None, 3, 3]), tf.TensorSpec([5, None, 3, 3])]
    assert tf.function(expm).get_concrete_function(spec[0]).output_shapes == [None, 3, 3]
    frechet = tf.function(expm_frechet).get_concrete_function(*spec)
    assert frechet.output_shapes.as_list() == [5, None, 3, 3]


def test_vectorized_map_and_jacobian():
    A = tf.constant(3 * normal(4, 3, 3))
    np.testing.assert_allclose(tf.vectorized_map(expm, A), expm(A), rtol=1e-12, atol=1e-12)
    mapped = tf.vectorized_map(lambda a: pullback(a, a), A)
    np.testing.assert_allclose(mapped, pullback(A, A), rtol=1e-12, atol=1e-12)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(A)
        X, mapped = expm(A), tf.vectorized_map(expm, A)
    around = tape.gradient(mapped, A, output_gradients=A)
    np.testing.assert_allclose(around, pullback(A, A), rtol=1e-12, atol=1e-12)
    jacobian = tf.reshape(tape.batch_jacobian(X, A), [4, 3, 3, 9])
    columns = expm_frechet(A[:, None], tf.constant(np.array(units(3))))
    np.testing.assert_allclose(
        jacobian, tf.transpose(columns, [0, 2, 3, 1]), rtol=1e-11, atol=1e-11
    )


@by_mode
@pytest.mark.parametrize("dtype", ["float64", "complex64"])
def test_one_bad_matrix_spoils_no_other(mode, dtype):
    good = 3 * normal(6, 3, 3, dtype=dtype)
    bad = good.copy()
    bad[1, 0, 1], bad[2, 2, 2], bad[3, 1, 1], bad[4] = np.nan, np.inf, -np.inf, np.inf
    X, expected = run(expm, mode, bad), run(expm, mode, good)
    assert np.isnan(X[1:5]).all()
    np.testing.assert_array_equal(X[[0, 5]], expected[[0, 5]])
    gradient = run(pullback, mode, bad, good)
    assert np.isnan(gradient[1:5]).all()
    np.testing.assert_array_equal(gradient[[0, 5]], run(pullback, mode, good, good)[[0, 5]])


@by_dtype
def test_the_loop_is_bounded_and_large_neighbours_cost_no_digits(dtype):
    A = normal(4, 3, 3, dtype=dtype)
    B = A.copy()
    B[1], B[2] = np.finfo(dtype).max / 4 * np.array([np.eye(3), np.eye(3, k=2)])
    X = run(expm, "xla", B)
    np.testing.assert_array_equal(X[1], np.where(np.eye(3), np.inf, 0))
    np.testing.assert_array_equal(X[2], np.eye(3, dtype=dtype) + B[2])
    np.testing.assert_array_equal(X[[0, 3]], run(expm, "xla", A)[[0, 3]])


@by_mode
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64"])
def test_overflow_is_infinite_where_the_entry_is_and_only_there(mode, dtype):
    """A block that overflows beside one that does not; opposite signs; growth and decay."""
    large = 100 * np.log(np.finfo(dtype).max)
    A = np.zeros((20, 4, 4), dtype)
    A[0] = np.diag([large, -large, 0, 1])
    A[1, :2, :2], A[1, 2:, 2:] = large * np.eye(2) + [[0, 1], [0, 0]], [[0, -1], [1, 0]]
    A[2, 0, 0], A[2, 1, 1], A[2, 0, 1] = large, large, -large
    X = run(expm, mode, A)
    c, s = np.cos(1), np.sin(1)
    inf = np.inf
    expected = np.zeros((3, 4, 4))
    expected[0] = np.diag([inf, 0, 1, np.e])
    expected[1] = [[inf, inf, 0, 0], [0, inf, 0, 0], [0, 0, c, -s], [0, 0, s, c]]
    expected[2] = np.diag([inf, inf, 1, 1])
    expected[2, 0, 1] = -inf
    np.testing.assert_allclose(X[:3].real, expected, rtol=4 * np.finfo(dtype).eps * (1 + large))
    np.testing.assert_array_equal(X[:3].imag, 0)


@by_mode
@pytest.mark.parametrize("batch", [(), (3,)], ids=["one", "several"])
def test_sizes_that_are_known_at_run_time_only(mode, batch):
    A = normal(*batch, 3, 3)
    unknown = traced(expm, mode, (A.ndim,), None, tf.float64)
    np.testing.assert_allclose(unknown(A), scipy.linalg.expm(A), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", [tf.float16, tf.bfloat16])
def test_half_precision_is_single_precision_rounded(dtype):
    A = tf.cast(normal(2, 3, 3), dtype)
    X, single = expm(A), expm(tf.cast(A, tf.float32))
    assert X.dtype == dtype
    np.testing.assert_array_equal(X, tf.cast(single, dtype))
    assert pullback(A, A).dtype == dtype
    assert expm_frechet(A, A).dtype == dtype


def test_complex_agrees_with_scipy():
    A = normal(5, 4, 4) + 1j * normal(5, 4, 4, seed=1)
    np.testing.assert_allclose(expm(A), scipy.linalg.expm(A), rtol=1e-12, atol=1e-12)


@pytest.mark.filterwarnings("ignore:.*tf.lite.Interpreter is deprecated")
def test_tensorflow_lite_with_its_builtins_only():
    basis = tf.constant(np.array(basis_sp(2)), tf.float32)

    @tf.function(input_signature=[tf.TensorSpec([len(basis)], tf.float32)])
    def group_element(theta):
        return expm(tf.reduce_sum(theta[:, None, None] * basis, 0))

    concrete = group_element.get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete])
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    interpreter.allocate_tensors()
    theta = 2 * normal(len(basis), dtype="float32")
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], theta)
    interpreter.invoke()
    X = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
    np.testing.assert_allclose(X, group_element(theta), rtol=1e-4, atol=1e-5 * np.abs(X).max())


# --- refusals, documentation ---------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (4, 3, 2)])
def test_what_is_no_square_matrix_is_refused(shape):
    with pytest.raises(ValueError, match="A has shape"):
        expm(tf.zeros(shape))
    with pytest.raises(ValueError, match="E has shape"):
        expm_frechet(tf.zeros([2, 2]), tf.zeros(shape))


def test_mismatched_arguments_are_refused():
    with pytest.raises(ValueError, match="different sizes"):
        expm_frechet(tf.zeros([2, 2]), tf.zeros([3, 3]))
    with pytest.raises(ValueError, match="do not broadcast"):
        expm_frechet(tf.zeros([4, 2, 2]), tf.zeros([3, 2, 2]))
    with pytest.raises(TypeError, match="same dtype"):
        expm_frechet(tf.zeros([2, 2]), tf.zeros([2, 2], tf.float64))


@pytest.mark.parametrize("dtype", [tf.int32, tf.bool])
def test_other_dtypes_are_refused(dtype):
    with pytest.raises(TypeError, match=dtype.name):
        expm(tf.zeros([2, 2], dtype))
