"""The Keras layer that generated layers derive from, and its export."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import keras
import tensorflow as tf

from liealg.runtime.dtypes import complex_dtype, converted
from liealg.runtime.product import matvec


class LieLayer(keras.layers.Layer):
    r"""A trainable element of a matrix Lie group acting on vectors.

    .. math:: y = \\exp\\left(\\sum_i a_i E_i\\right) x

    with trainable coefficients `a` of shape `[k]`. The matrix is formed once for the whole batch.
    A subclass gives the class attributes `dim`, `n` and `exp`; `act` where there may be something
    cheaper than forming the matrix; `is_complex = True` where the
    matrices are complex, `complex_coefficients = True` where the coefficients are, and
    `parameter_names` where the matrices hold parameters.

    Parameters
    ----------
    initializer
        Initializer of `a`, as Keras takes it. The default, zeros, makes the layer the identity, so
        that a model starts as if the layer were not there; the gradient at zero is
        `∂y/∂a_i = E_i x`.
    regularizer
        Regularizer of `a`, as Keras takes it.
    constraint
        Constraint on `a`, as Keras takes it.
    parameters
        A number for each of `parameter_names`, such as `{"curvature": 1.0}`.
    train_parameters
        Whether the parameters are trained with the coefficients.
    **kwargs
        Passed to `keras.layers.Layer`: `name`, `dtype`, `trainable`.

    Attributes
    ----------
    a : keras.Variable
        The coefficients, once the layer is built: shape `[k]`, or `[2, k]` for complex ones, real
        parts first. Under mixed precision they and the matrix are float32; only the product with
        `x` is computed in half precision.
    parameters : dict of str to keras.Variable
        The parameters, scalars, once the layer is built.

    Raises
    ------
    RuntimeError
        The Keras backend is not TensorFlow.
    ValueError
        A parameter has no value or one that is no finite real number, or there is no such parameter
        or none to train. When built: the last dimension of the input is not `n`.

    Notes
    -----
    Input `[..., n]`, of rank 1 or more; output of the same shape, in the layer's compute dtype. A
    complex layer takes real or complex input and gives complex64, or complex128 for the dtype
    policy float64.

    Examples
    --------
    >>> class SO2(LieLayer):
    ...     dim, n = 1, 2
    ...
    ...     @staticmethod
    ...     def exp(theta):
    ...         c, s = tf.cos(theta[0]), tf.sin(theta[0])
    ...         return tf.reshape(tf.stack([c, -s, s, c]), [2, 2])
    >>> layer = SO2(initializer="ones")
    >>> layer(tf.constant([[1.0, 0.0]])).numpy().round(4).tolist()
    [[0.5403000116348267, 0.8414999842643738]]
    """

    dim: ClassVar[int]
    """The number `k` of coefficients."""
    n: ClassVar[int]
    """The size of the matrices."""
    exp: ClassVar[Any]
    """Coefficients `[k]` and parameters to the group element `[n, n]`; a `staticmethod`."""
    act: ClassVar[Any] = None
    """Coefficients, vectors `[..., n]` and parameters to vectors, a `staticmethod`, or None."""
    is_complex: ClassVar[bool] = False
    """Whether the group elements are complex."""
    complex_coefficients: ClassVar[bool] = False
    """Whether the coefficients are complex."""
    parameter_names: ClassVar[tuple[str, ...]] = ()
    """The names of the parameters, in the order in which `exp` takes them."""

    def __init__(
        self,
        initializer: Any = "zeros",
        regularizer: Any = None,
        constraint: Any = None,
        parameters: Mapping[str, float] | None = None,
        train_parameters: bool = False,
        **kwargs: Any,
    ) -> None:
        if keras.backend.backend() != "tensorflow":
            raise RuntimeError(
                f"{type(self).__name__} computes with TensorFlow, but the Keras backend is "
                f"{keras.backend.backend()}: set KERAS_BACKEND=tensorflow before importing keras."
            )
        super().__init__(**kwargs)
        if "complex" in self.dtype_policy.name:
            raise ValueError(
                f"{type(self).__name__} has dtype {self.dtype_policy.name}: pass the precision of "
                "its coefficients, float32 or float64; complex matrices make the output complex."
            )
        self.initializer = keras.initializers.get(initializer)
        self.regularizer = keras.regularizers.get(regularizer)
        self.constraint = keras.constraints.get(constraint)
        self.parameter_values = self._checked({} if parameters is None else parameters)
        if train_parameters and not self.parameter_names:
            raise ValueError(
                f"{type(self).__name__} has no parameters to train: leave train_parameters out."
            )
        self.train_parameters = train_parameters

    def _checked(self, parameters: Mapping[str, float]) -> dict[str, float]:
        layer = type(self).__name__
        if not isinstance(parameters, Mapping):
            example = ", ".join(f"{name!r}: ..." for name in self.parameter_names)
            raise ValueError(
                f"{layer} got {parameters!r} for parameters: pass a dictionary, {{{example}}}."
            )
        for name in parameters:
            if name not in self.parameter_names:
                known = ", ".join(self.parameter_names) or "none"
                raise ValueError(f"{layer} has no parameter {name!r}; its parameters: {known}.")
        for name in self.parameter_names:
            if name not in parameters:
                raise ValueError(
                    f"{layer} needs a value for {name}: pass parameters={{{name!r}: ...}}."
                )
        return {
            name: _finite(parameters[name], f"{layer} got {{!r}} for the parameter {name}")
            for name in self.parameter_names
        }

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Create the coefficients, having checked that the input holds vectors of length `n`."""
        if not input_shape or input_shape[-1] != self.n:
            raise ValueError(
                f"{type(self).__name__} acts on vectors of length {self.n}, but the input has "
                f"shape {tuple(input_shape)}: its last dimension must be {self.n}."
            )
        self.a = self.add_weight(
            name="a",
            shape=(2, self.dim) if self.complex_coefficients else (self.dim,),
            dtype=self.dtype_policy.variable_dtype,
            initializer=self.initializer,
            regularizer=self.regularizer,
            constraint=self.constraint,
            autocast=False,  # exponentiate in float32 under mixed precision
        )
        self.parameters = {
            name: self.add_weight(
                name=name,
                shape=(),
                dtype=self.dtype_policy.variable_dtype,
                initializer=keras.initializers.Constant(value),
                trainable=self.train_parameters,
                autocast=False,
            )
            for name, value in self.parameter_values.items()
        }

    @property
    def coefficients(self) -> tf.Tensor:
        """The coefficients as `exp` takes them, shape `[k]`, complex where they are."""
        a = tf.convert_to_tensor(self.a)
        return tf.complex(a[0], a[1]) if self.complex_coefficients else a

    @property
    def matrix(self) -> tf.Tensor:
        """The group element `exp(Σ a_i E_i)`, shape `[n, n]`, of the precision of `a`."""
        return type(self).exp(self.coefficients, *self._parameter_tensors)

    @property
    def _parameter_tensors(self) -> list[tf.Tensor]:
        return [tf.convert_to_tensor(value) for value in self.parameters.values()]

    @property
    def compute_dtype(self) -> str:
        """The dtype of the output, complex where the matrices are."""
        real = super().compute_dtype
        if not self.is_complex:
            return real
        return str(complex_dtype(tf.as_dtype(real)).name)

    @property
    def input_dtype(self) -> str:
        """The dtype that Keras casts real input to: a cast to a complex one warns of a loss."""
        return str(tf.as_dtype(self.compute_dtype).real_dtype.name)

    @property
    def variable_dtype(self) -> str:
        """The dtype that Keras compares with: where the two differ it casts to real dtypes only."""
        return self.compute_dtype if self.is_complex else super().variable_dtype

    def call(self, x: tf.Tensor) -> tf.Tensor:
        """Apply the group element to the vectors `x`, shape `[..., n]`."""
        x = converted(x, tf.as_dtype(self.compute_dtype))
        coefficients = self.coefficients
        if self.act is not None and x.dtype.real_dtype == coefficients.dtype.real_dtype:
            return self.act(coefficients, x, *self._parameter_tensors)
        return matvec(converted(self.matrix, x.dtype), x)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        """Return the input's shape."""
        return tuple(input_shape)

    def compute_output_spec(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """Return the input's shape with the layer's output dtype."""
        return keras.KerasTensor(x.shape, dtype=self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        """Return what `from_config` needs to build the same layer."""
        return {
            **super().get_config(),
            "initializer": keras.initializers.serialize(self.initializer),
            "regularizer": keras.regularizers.serialize(self.regularizer),
            "constraint": keras.constraints.serialize(self.constraint),
            "parameters": self.parameter_values,
            "train_parameters": self.train_parameters,
        }


def _finite(value: Any, words: str) -> float:
    try:
        number = math.nan if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{words.format(value)}: pass a finite real number.")
    return number


def export(
    model: keras.Model, path: str | os.PathLike[str], input_signature: Sequence[Any] | None = None
) -> None:
    """Write a SavedModel that can be differentiated after it is loaded.

    `model.export(path)` writes one whose gradient fails after loading: TensorFlow drops custom
    gradients unless asked to keep them, and Keras does not pass the question on.

    Parameters
    ----------
    model
        A built Keras model. It becomes the endpoint `serve`.
    path
        The directory to write.
    input_signature
        One `tf.TensorSpec`, or a structure of them, for each argument of the model. The default is
        read off `model.inputs`, which subclassed models lack.

    Raises
    ------
    ValueError
        `input_signature` is missing and the model has no `inputs`.

    Notes
    -----
    After loading, first derivatives are there; TensorFlow does not keep what second ones need.

    Examples
    --------
    >>> export(model, "rotation")  # doctest: +SKIP
    >>> tf.saved_model.load("rotation").serve(x)  # doctest: +SKIP
    """
    archive = keras.export.ExportArchive()
    if input_signature is None:
        if not getattr(model, "inputs", None):
            raise ValueError(
                f"model {model.name} has no symbolic inputs to read its signature off: "
                "pass input_signature."
            )
        specs = [tf.TensorSpec(x.shape, x.dtype, name=x.name) for x in model.inputs]
        input_signature = specs if len(specs) == 1 else [specs]
    archive.track_and_add_endpoint("serve", model, input_signature)
    options = tf.saved_model.SaveOptions(experimental_custom_gradients=True)
    archive.write_out(os.fspath(path), options=options, verbose=False)
