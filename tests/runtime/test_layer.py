"""The layer under everything Keras does to a layer."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from liealg.generated.so3 import SO3
from liealg.generated.su2 import SU2
from liealg.runtime.layer import LieLayer, export

COEFFICIENTS = [0.3, -0.5, 0.7]


def rotation(**kwargs):
    return SO3(initializer=keras.initializers.Constant(COEFFICIENTS), **kwargs)


def points(count=8):
    return np.random.default_rng(0).normal(size=[count, 3]).astype("float32")


def model_of(*layers):
    return keras.Sequential([keras.Input([3]), *layers])


def expected(x, times=1):
    A = np.array(SO3.exp(tf.constant(COEFFICIENTS, tf.float64)))
    return x @ np.linalg.matrix_power(A, times).T


# Values, shapes, dtypes


def test_identity_at_the_start(sample):
    x = sample.x(4, dtype=tf.float32)
    np.testing.assert_array_equal(sample.layer()(x), tf.cast(x, sample.layer()(x).dtype))


def test_acts_by_the_exponential(sample):
    layer = sample.layer(initializer="random_normal", dtype="float64")
    x = sample.x(5)
    y = layer(x)
    wanted = tf.linalg.matvec(
        tf.linalg.expm(sample.module.hat(tf.convert_to_tensor(layer.a))),
        tf.cast(x, sample.scalar_type),
    )
    assert y.dtype == sample.scalar_type
    np.testing.assert_allclose(y, wanted, rtol=1e-13)


@pytest.mark.parametrize("batch", [(), (2,), (2, 4), (0,)])
def test_any_rank(batch):
    x = np.ones([*batch, 3], "float32")
    layer = rotation()
    assert layer(x).shape == x.shape
    assert layer.compute_output_shape(x.shape) == x.shape
    np.testing.assert_allclose(layer(x), expected(x), rtol=1e-5)


def test_complex_input():
    x = np.array([[1, 1j]], "complex64")
    layer = SU2(initializer="random_normal")
    assert layer(x).dtype == tf.complex64
    np.testing.assert_allclose(np.linalg.norm(layer(x)), np.sqrt(2), rtol=1e-6)
    assert SU2(dtype="float64")(x.astype("complex128")).dtype == tf.complex128


def test_a_model_keeps_imaginary_parts():
    x = np.array([[1 + 1j, 2 - 1j]], "complex64")
    layer = SU2(initializer="ones")
    model = keras.Sequential([layer])
    np.testing.assert_array_equal(model(x), layer(x))
    np.testing.assert_array_equal(model.predict(x, verbose=0), layer(x))
    model(x.real)


def test_a_complex_model_with_real_results_is_fitted_and_saved(tmp_path):
    def model(**arguments):
        x = keras.Input([2], dtype="complex64")
        y = SU2(**arguments)(x)
        return keras.Model(x, keras.ops.concatenate([keras.ops.real(y), keras.ops.imag(y)], -1))

    x = np.exp(1j * np.arange(64).reshape(32, 2)).astype("complex64")
    wanted = model(initializer="ones").predict(x, verbose=0)
    trained = model()
    trained.compile(keras.optimizers.Adam(0.1), "mse")
    history = trained.fit(x, wanted, epochs=80, verbose=0)
    assert history.history["loss"][-1] < 1e-4
    trained.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(x), trained(x))


def test_a_complex_dtype_policy_is_refused():
    with pytest.raises(ValueError, match="pass the precision of its coefficients"):
        SU2(dtype="complex64")


def test_symbolic_output():
    symbolic = SU2()(keras.Input([5, 2]))
    assert symbolic.shape == (None, 5, 2)
    assert symbolic.dtype == "complex64"


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16"])
def test_mixed_precision(policy):
    layer, x = rotation(dtype=policy), points()
    y = layer(x)
    assert y.dtype.name == policy.removeprefix("mixed_")
    assert layer.a.dtype == "float32"
    assert layer.matrix.dtype == tf.float32
    np.testing.assert_allclose(tf.cast(y, tf.float32), expected(x), atol=0.05)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.cast(layer(x)[:, 0], tf.float32))
    assert tape.gradient(loss, layer.a.value).dtype == tf.float32


@pytest.mark.parametrize("shape", [(4, 2), (3, 4), ()])
def test_wrong_last_dimension_at_build_time(shape):
    with pytest.raises(
        ValueError, match="SO3 acts on vectors of length 3, but the input has shape"
    ):
        SO3().build(shape)
    if shape:
        with pytest.raises(ValueError, match="its last dimension must be 3"):
            SO3()(keras.Input(shape[1:]))


def test_other_backend(monkeypatch):
    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(
        RuntimeError, match="the Keras backend is jax: set KERAS_BACKEND=tensorflow"
    ):
        SO3()


# Training


@pytest.mark.parametrize("jit_compile", [False, True])
def test_fit(jit_compile):
    x = points(64)
    model = model_of(SO3())
    model.compile(keras.optimizers.Adam(0.1), "mse", jit_compile=jit_compile)
    history = model.fit(x, expected(x), epochs=30, batch_size=32, verbose=0)
    assert history.history["loss"][-1] < 1e-2 * history.history["loss"][0]
    np.testing.assert_allclose(model.layers[0].a, COEFFICIENTS, atol=0.05)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_fit_one_batch_smaller_than_the_batch_size(jit_compile):
    """Keras then leaves the shape of the gradient to run time."""
    x = points(8)
    model = model_of(SO3())
    model.compile("sgd", "mse", jit_compile=jit_compile)
    losses = model.fit(x, expected(x), epochs=2, verbose=0).history["loss"]
    assert losses[1] < losses[0]


def test_regularizer_and_constraint():
    layer = SO3("ones", regularizer=keras.regularizers.L2(0.5), constraint="non_neg")
    layer.build([None, 3])
    np.testing.assert_allclose(layer.losses, [1.5])
    assert isinstance(layer.a.constraint, keras.constraints.NonNeg)


def test_used_twice_in_one_model():
    layer, inputs = rotation(), keras.Input([3])
    model = keras.Model(inputs, layer(layer(inputs)))
    assert len(model.trainable_variables) == 1
    np.testing.assert_allclose(model(points()), expected(points(), 2), rtol=1e-4, atol=1e-5)


# Saving


def test_config(sample):
    layer = sample.layer("ones", regularizer="l2", constraint="non_neg", dtype="float64", name="g")
    copy = sample.layer.from_config(layer.get_config())
    assert copy.get_config() == layer.get_config()
    assert isinstance(copy, LieLayer)


def test_keras_file(tmp_path):
    model = model_of(rotation(regularizer="l2"))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    np.testing.assert_array_equal(loaded(points()), model(points()))
    assert isinstance(loaded.layers[0], SO3)


def test_tflite_with_builtin_operations_only():
    model = model_of(rotation())
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    (given,), (result,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.resize_tensor_input(given["index"], [8, 3])
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], points())
    interpreter.invoke()
    np.testing.assert_allclose(interpreter.get_tensor(result["index"]), model(points()), rtol=1e-5)


def test_saved_model_differentiates_in_a_fresh_process(tmp_path):
    model, x = model_of(rotation()), points()
    export(model, tmp_path / "saved")
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(x)[:, 0])
    np.save(tmp_path / "x.npy", x)
    np.save(tmp_path / "bar.npy", tape.gradient(loss, model.trainable_variables[0].value))
    script = """
        import sys, numpy as np, tensorflow as tf
        loaded = tf.saved_model.load("saved")
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(loaded.serve(np.load("x.npy"))[:, 0])
        bar = tape.gradient(loss, loaded.trainable_variables[0])
        np.testing.assert_allclose(bar, np.load("bar.npy"), rtol=1e-5)
        assert not any(name.startswith("liealg") for name in sys.modules)
    """
    run_python(textwrap.dedent(script), tmp_path)


def test_export_of_a_subclassed_model_wants_a_signature(tmp_path):
    class Subclassed(keras.Model):
        def __init__(self):
            super().__init__()
            self.rotate = rotation()

        def call(self, x):
            return self.rotate(x)

    model = Subclassed()
    model(points())
    with pytest.raises(ValueError, match="pass input_signature"):
        export(model, tmp_path / "saved")
    export(model, tmp_path / "saved", [tf.TensorSpec([None, 3])])
    loaded = tf.saved_model.load(tmp_path / "saved")
    np.testing.assert_allclose(loaded.serve(points()), model(points()), rtol=1e-5)


def run_python(script: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
