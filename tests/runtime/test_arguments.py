"""What kernels accept for arguments, and what they say of arguments they refuse."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from checks import close, gradient, loss

from liealg.generated import so3
from liealg.runtime.kernel import with_vjp


def test_no_batch_size_is_compiled_again(sample):
    sample.module.exp(sample.theta(7))
    traced = []

    @with_vjp(lambda theta, cotangent: cotangent, shapes=[[3]])
    def identity(theta):
        traced.append(theta)
        return theta

    for size in (1, 2, 3):
        identity(np.zeros([size, 3]))
    assert len(traced) == 1


def test_lists_are_float32(sample):
    theta = [0.5] * sample.layer.dim
    assert sample.module.exp(theta).dtype.real_dtype == tf.float32
    assert sample.module.exp([0] * sample.layer.dim).dtype.real_dtype == tf.float32


def test_variables_and_arrays(sample):
    theta = sample.theta(2)
    close(sample.module.exp(tf.Variable(theta)), sample.plain(theta))
    close(sample.module.exp(theta.numpy()), sample.plain(theta))
    variable = tf.Variable(theta)
    with tf.GradientTape() as tape:
        y = loss(sample.module.exp(variable))
    close(tape.gradient(y, variable), gradient(sample.plain, theta)[0])


def test_arrays_keep_their_precision(sample):
    theta = np.zeros(sample.layer.dim)
    assert sample.module.exp(theta).dtype == sample.scalar_type
    assert sample.module.exp(list(tf.constant(theta))).dtype == sample.scalar_type


def test_list_beside_a_tensor_takes_its_dtype():
    @with_vjp(lambda a, b, g: (g * b, g * a), shapes=[[2], [2]])
    def product(a, b):
        return a * b

    assert product([1.0, 2.0], np.ones([3, 2])).dtype == tf.float64
    assert product(b=[1.0, 2.0], a=tf.ones([3, 2])).shape == [3, 2]


def test_docstring_survives(sample):
    for name in ("hat", "vee", "exp", "act"):
        function = getattr(sample.module, name)
        assert function.__name__ == name
        assert f"[..., {sample.basis.n}" in function.__doc__


@pytest.mark.parametrize("theta", [np.zeros([2, 4]), np.float32(1), tf.zeros([3, 1])])
def test_wrong_last_dimension(theta):
    with pytest.raises(ValueError, match=r"exp\(\) got theta of shape .* must be 3\.$"):
        so3.exp(theta)


def test_wrong_dtypes():
    with pytest.raises(TypeError, match="theta of dtype int32: pass real floating-point"):
        so3.exp(tf.zeros([3], tf.int32))
    with pytest.raises(TypeError, match="theta of dtype complex64: pass real floating-point"):
        so3.exp(tf.zeros([3], tf.complex64))
    with pytest.raises(TypeError, match="float32 of theta and float64 of x: cast them"):
        so3.act(tf.zeros([2, 3]), tf.zeros([2, 3], tf.float64))
    with pytest.raises(TypeError, match="x of dtype int32: pass real floating-point"):
        so3.act(tf.zeros([2, 3]), tf.zeros([2, 3], tf.int32))
    with pytest.raises(TypeError, match="x has dtype float64, but the matrix float32"):
        so3.act(tf.zeros([3]), tf.zeros([2, 3], tf.float64))


def test_batches_that_do_not_broadcast():
    with pytest.raises(ValueError, match=r"batch shapes \(2,\) of theta and \(4,\) of x"):
        so3.act(np.zeros([2, 3]), np.zeros([4, 3]))


def test_unknown_rank():
    with pytest.raises(ValueError, match=r"theta of unknown rank: fix its rank"):
        tf.function(so3.exp).get_concrete_function(tf.TensorSpec(None, tf.float32))


def test_shapes_must_name_every_argument():
    with pytest.raises(ValueError, match=r"shapes has 1 entries, but product\(\) has 2"):

        @with_vjp(lambda a, b, g: (g, g), shapes=[[3]])
        def product(a, b):
            return a * b
