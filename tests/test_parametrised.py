"""Spans with parameters and dense bases: all kinds of exponentials, in modules that stay short."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import sympy as sp
import tensorflow as tf
from kernels import generated
from samples import conjugated

from liealg import MatrixBasis, exponential, known
from liealg.algebra import LieAlgebra
from liealg.constructors import direct_sum

KAPPA = sp.Symbol("kappa")
LONGEST_MODULE = 1500


def unit(n, i, j):
    return sp.Matrix(n, n, lambda a, b: int((a, b) == (i, j)))


def curved(n):
    """The isometries of a space of ``n - 1`` dimensions and constant curvature."""
    boosts = [unit(n, i, 0) - KAPPA * unit(n, 0, i) for i in range(1, n)]
    turns = [unit(n, i, j) - unit(n, j, i) for i in range(1, n) for j in range(1, i)]
    return LieAlgebra(f"curved{n}", [*boosts, *turns], parameters=["kappa"])


def tilted(basis, name, **more):
    """The span with a parameter in its first matrix."""
    first, second, *rest = basis.matrices
    return MatrixBasis(name, [KAPPA**2 * first + second, *rest], parameters=["kappa"], **more)


def hidden_sum():
    return conjugated(direct_sum("hidden_sum", known("so5"), known("sl2")), "hidden_sum")


SPANS = {
    "spin": (
        tilted(known("so3_irrep(6)"), "tilted_spin"),
        "closed form",
        "expm_spin_representation",
    ),
    "product": (tilted(known("so4"), "tilted_so4"), "closed form", "parts that commute"),
    "hidden": (tilted(hidden_sum(), "tilted_sum"), "closed form", "expm_two_invariants"),
    "invariants": (curved(5), "closed form", "expm_two_invariants"),
    "even": (curved(6), "structured", 'parity="even"'),
    "odd": (curved(7), "structured", 'parity="odd"'),
    "complex": (
        tilted(conjugated(known("so6"), "dense"), "tilted_complex", complex_coefficients=True),
        "structured",
        "linear_map(theta, _LINEAR_HAT",
    ),
    "trace": (tilted(known("su3"), "tilted_su3"), "structured", "traceless=True"),
}


@pytest.fixture(scope="module")
def modules():
    found = generated([basis for basis, _, _ in SPANS.values()])
    return dict(zip(SPANS, found, strict=True))


@pytest.mark.parametrize("which", SPANS)
def test_every_kind_is_found(modules, which):
    basis, kind, call = SPANS[which]
    assert exponential(basis).kind == kind
    source = Path(modules[which].module.__file__).read_text()
    assert call in source
    assert source.count("\n") <= LONGEST_MODULE


@pytest.mark.parametrize("which", SPANS)
def test_hat_is_the_element(modules, which):
    kernels = modules[which]
    theta = kernels.theta(3)
    fixed = kernels.basis.specialize("fixed", kappa=sp.Rational(3, 8))
    matrices = np.array([E.evalf().tolist() for E in fixed.matrices], complex)
    exact = np.einsum("bk,kij->bij", theta, matrices)
    np.testing.assert_allclose(kernels.module.hat(theta, 0.375), exact, rtol=0, atol=1e-12)


@pytest.mark.parametrize("which", SPANS)
def test_value_and_gradients(modules, which):
    kernels = modules[which]
    theta, parameters = 0.4 * kernels.theta(5), kernels.parameters(5)
    shape = [5, kernels.basis.n, kernels.basis.n]
    weights = tf.cast(np.random.default_rng(3).normal(size=shape), kernels.scalar_type)

    def value_and_gradients(exp):
        with tf.GradientTape() as tape:
            tape.watch([theta, *parameters])
            X = exp(theta, *parameters)
            total = tf.reduce_sum(tf.math.real(tf.math.conj(weights) * X))
        return X, *tape.gradient(total, [theta, *parameters])

    def expected(theta, *parameters):
        return tf.linalg.expm(kernels.module.hat(theta, *parameters))

    pairs = zip(value_and_gradients(kernels.module.exp), value_and_gradients(expected), strict=True)
    for ours, theirs in pairs:
        scale = 1 + float(tf.reduce_max(tf.abs(theirs)))
        # Stock TensorFlow loses some digits in skewed bases: this says which function it is.
        np.testing.assert_allclose(ours / scale, theirs / scale, rtol=0, atol=1e-12)


@pytest.mark.parametrize("which", ["hidden", "spin"])
@pytest.mark.parametrize("jit_compile", [False, True])
def test_vee_undoes_hat_and_is_differentiated(modules, which, jit_compile):
    kernels = modules[which]
    theta, parameters = kernels.theta(5), kernels.parameters(5)

    def there_and_back(theta, *parameters):
        A = kernels.module.hat(theta, *parameters)
        return kernels.module.vee(A, *parameters)

    @tf.function(jit_compile=jit_compile)
    def value_and_gradients(theta, *parameters):
        with tf.GradientTape() as tape:
            tape.watch([theta, *parameters])
            total = tf.reduce_sum(tf.sin(there_and_back(theta, *parameters)))
        return tape.gradient(total, [theta, *parameters])

    np.testing.assert_allclose(there_and_back(theta, *parameters), theta, rtol=0, atol=1e-11)
    by_theta, *by_parameters = value_and_gradients(theta, *parameters)
    np.testing.assert_allclose(by_theta, tf.cos(theta), rtol=0, atol=1e-10)
    for bar in by_parameters:
        np.testing.assert_allclose(bar, 0, atol=1e-9)


def test_vee_takes_half_precision_and_one_precision_only(modules):
    module, theta = modules["hidden"].module, modules["hidden"].theta(2)
    A = module.hat(theta, 0.5)
    half = module.vee(tf.cast(A, tf.float16), tf.constant(0.5, tf.float16))
    assert half.dtype == tf.float16
    np.testing.assert_allclose(half, theta, rtol=0, atol=0.1)
    with pytest.raises(TypeError, match="A is float64 and a parameter float32: cast them"):
        module.vee(A, tf.constant(0.5))


def test_parameters_are_told_where_a_larger_span_is_derived():
    form, *_ = exponential(SPANS["spin"][0]).blocks
    claims = [fact.claim for fact in form.certificate]
    assert any("x1 = kappa**2*theta_1" in claim for claim in claims)
    assert {str(s) for s in form.scalars[0].free_symbols} == {"kappa", "theta_1", "theta_2"}


def test_parameters_may_have_any_name():
    names = "xi y z u"
    first, *rest = known("so3_irrep(2)").matrices
    total = sum(sp.symbols(names)) * first
    basis = MatrixBasis("named", [total, *rest], parameters=sp.symbols(names))
    assert "many nodes" in exponential(basis).reason


def test_dense_complex_coefficients_have_a_table():
    so6 = conjugated(known("so6"), "dense_so6")
    basis = LieAlgebra("dense_complex_so6", so6.matrices, complex_coefficients=True)
    (kernels,) = generated([basis])
    source = Path(kernels.module.__file__).read_text()
    assert "linear_map(theta, _HAT" in source
    assert source.count("\n") <= LONGEST_MODULE
    theta = kernels.theta(4)
    A = kernels.module.hat(theta)
    exact = np.einsum("bk,kij->bij", theta, np.array([E.tolist() for E in basis.matrices], complex))
    np.testing.assert_allclose(A, exact, atol=1e-12)
    np.testing.assert_allclose(kernels.module.vee(A), theta, atol=1e-11)
    for function, argument in ((kernels.module.hat, theta), (kernels.module.vee, A)):
        with tf.GradientTape() as tape:
            tape.watch(argument)
            y = function(argument)
            weights = tf.complex(tf.range(1.0, 3.0, 1 / 64)[: y[0].shape.num_elements()], 0.5)
            weights = tf.cast(tf.reshape(weights, y.shape[1:]), y.dtype)
            loss = tf.reduce_sum(tf.math.real(tf.math.conj(weights) * y))
        bar = tape.gradient(loss, argument)
        step = 1e-3 * tf.complex(tf.cos(tf.math.real(argument)), tf.sin(tf.math.real(argument)))
        moved = tf.reduce_sum(tf.math.real(tf.math.conj(weights) * function(step)))
        np.testing.assert_allclose(
            tf.reduce_sum(tf.math.real(tf.math.conj(bar) * step)), moved, rtol=1e-10
        )
