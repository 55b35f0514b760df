"""What Keras and TensorFlow do to a layer, for the layers of modules of every kind."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import keras
import numpy as np
import pytest
import tensorflow as tf
from kernels import kernels_at_run_time

from liealg.runtime import export


def model_of(sample, **kwargs):
    layer = sample.layer(initializer=keras.initializers.RandomNormal(0.0, 0.4, seed=1), **kwargs)
    return keras.Sequential([keras.Input([sample.basis.n]), layer])


def real_parts(y):
    return tf.concat([tf.math.real(y), tf.math.imag(y)], -1) if y.dtype.is_complex else y


def trained_model(sample):
    """A model with a real output, which Keras' losses want."""
    inputs = keras.Input([sample.basis.n])
    outputs = sample.layer()(inputs)
    if sample.basis.is_complex:
        outputs = keras.layers.Lambda(real_parts, output_shape=(2 * sample.basis.n,))(outputs)
    return keras.Model(inputs, outputs)


@pytest.mark.parametrize("jit_compile", [False, True])
def test_fit_finds_the_coefficients(sample, jit_compile):
    x = sample.x(256, dtype=tf.float32)
    true = 0.3 * sample.theta(dtype=tf.float32)
    y = real_parts(sample.module.act(true, x))
    model = trained_model(sample)
    model.compile(keras.optimizers.Adam(0.05), "mse", jit_compile=jit_compile)
    history = model.fit(x, y, epochs=40, batch_size=64, verbose=0).history["loss"]
    assert history[-1] < 1e-3 * history[0]


def test_keras_file_loads_in_a_fresh_process_that_imports_the_modules(tmp_path):
    names = [sample.basis.name for sample in kernels_at_run_time()]
    for sample in kernels_at_run_time():
        model = model_of(sample)
        model.save(tmp_path / f"{sample.basis.name}.keras")
        x = sample.x(5, dtype=tf.float32)
        np.savez(tmp_path / f"{sample.basis.name}.npz", x=x, y=model(x))
    script = f"""
        import importlib, keras, numpy as np
        for name in {names}:
            importlib.import_module(f"liealg.generated.{{name}}")
            model, data = keras.saving.load_model(f"{{name}}.keras"), np.load(f"{{name}}.npz")
            np.testing.assert_allclose(model(data["x"]), data["y"], rtol=1e-5, atol=1e-6)
    """
    run(script, tmp_path)


def test_saved_models_differentiate_in_a_fresh_process(tmp_path):
    names = []
    for sample in kernels_at_run_time():
        model, x = model_of(sample), sample.x(5, dtype=tf.float32)
        name = sample.basis.name
        names.append(name)
        export(model, tmp_path / name)
        options = tf.saved_model.SaveOptions(experimental_custom_gradients=True)
        tf.saved_model.save(model, tmp_path / f"{name}_plain", options=options)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.math.real(model(x)[:, 0]))
        bar = tape.gradient(loss, model.trainable_variables[0].value)
        np.savez(tmp_path / f"{name}.npz", x=x, bar=bar)
    script = f"""
        import sys, numpy as np, tensorflow as tf
        for name in {names}:
            data = np.load(f"{{name}}.npz")
            exported, plain = tf.saved_model.load(name), tf.saved_model.load(f"{{name}}_plain")
            signature = plain.signatures["serving_default"]
            calls = [
                exported.serve,
                lambda x: next(iter(signature(tf.constant(x)).values())),
            ]
            for call in calls:
                with tf.GradientTape() as tape:
                    loss = tf.reduce_sum(tf.math.real(call(data["x"])[:, 0]))
                bar = tape.gradient(loss, tape.watched_variables()[0])
                np.testing.assert_allclose(bar, data["bar"], rtol=1e-4, atol=1e-5)
        assert not any(name.startswith("liealg") for name in sys.modules)
    """
    run(script, tmp_path)


def test_tflite_with_builtin_operations_only(sample):
    model = model_of(sample)
    if sample.basis.is_complex:
        pytest.skip("TensorFlow Lite has no complex matrix product")
    x = sample.x(4, dtype=tf.float32)
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS]
    interpreter = tf.lite.Interpreter(model_content=converter.convert())
    (given,), (result,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.resize_tensor_input(given["index"], x.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], x.numpy())
    interpreter.invoke()
    y = interpreter.get_tensor(result["index"])
    np.testing.assert_allclose(y, model(x), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("policy", ["mixed_float16", "mixed_bfloat16", "float64"])
def test_precision_policies(sample, policy):
    model = model_of(sample, dtype=policy)
    x = sample.x(6, dtype=tf.float32)
    layer = model.layers[-1]
    exact = sample.module.act(tf.cast(layer.a, tf.float64), tf.cast(x, tf.float64))
    y = layer(x)
    assert layer.a.dtype == ("float64" if policy == "float64" else "float32")
    tolerance = 1e-6 if policy == "float64" else 0.1
    np.testing.assert_allclose(tf.cast(y, exact.dtype), exact, rtol=tolerance, atol=tolerance)


def test_used_twice_in_a_functional_model(sample):
    inputs, layer = (
        keras.Input([7, sample.basis.n], dtype="float64"),
        sample.layer("ones", dtype="float64"),
    )
    model = keras.Model(inputs, layer(layer(inputs)))
    assert len(model.trainable_variables) == 1
    x, theta = sample.x(2, 7), tf.ones([sample.basis.dim], tf.float64)
    twice = sample.module.act(theta, sample.module.act(theta, x))
    np.testing.assert_allclose(model(x), twice, rtol=1e-5)


def run(script, folder):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
