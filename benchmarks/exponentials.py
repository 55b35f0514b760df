"""How long the exponential of an element and its gradient take, against stock TensorFlow.

Each row runs both sides in this process, in turns, and prints medians and the ratio of the medians.
``python benchmarks/exponentials.py`` prints the table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType

import numpy as np
import tensorflow as tf
from rich.console import Console
from rich.table import Table
from turns import median_times

from liealg.catalogue import known
from liealg.generated import se3, sl2, so3, sp4, sp6


def value_and_gradient(exp: Callable, module: ModuleType) -> Callable:
    """Forward and backward through the sum of squares of the exponential's entries."""

    def run(theta):
        with tf.GradientTape() as tape:
            tape.watch(theta)
            loss = tf.reduce_sum(tf.square(exp(theta)))
        return loss, tape.gradient(loss, theta)

    return run


def stock(module: ModuleType) -> Callable:
    return lambda theta: tf.linalg.expm(module.hat(theta))


def rows() -> list[tuple[str, Callable, Callable, tf.Tensor]]:
    """What is measured: words, stock, liealg, coefficients."""
    found = []
    theta = coefficients(sl2, 1)[0]
    found.append(
        (
            "sl(2), one matrix, eager",
            value_and_gradient(stock(sl2), sl2),
            value_and_gradient(sl2.exp, sl2),
            theta,
        )
    )
    for name, module, batch in [
        ("sl(2)", sl2, 10_000),
        ("so(3)", so3, 10_000),
        ("se(3)", se3, 10_000),
        ("sp(4)", sp4, 10_000),
        ("sp(6)", sp6, 1_000),
    ]:
        found.append(
            (
                f"{name}, {batch} elements, tf.function / XLA",
                tf.function(value_and_gradient(stock(module), module)),
                tf.function(value_and_gradient(module.exp, module), jit_compile=True),
                coefficients(module, batch),
            )
        )
    return found


def coefficients(module: ModuleType, batch: int) -> tf.Tensor:
    k = known(module.__name__.split(".")[-1]).dim
    values = np.random.default_rng(0).normal(size=[batch, k])
    return tf.constant(values, tf.float32)


def timed(job: Callable, theta: tf.Tensor) -> None:
    """Call a job and wait for its gradient."""
    job(theta)[1].numpy()


def main() -> None:
    table = Table("value and gradient, float32", "stock expm, ms", "liealg, ms", "ratio")
    for words, theirs, ours, theta in rows():
        jobs = (partial(timed, job, theta) for job in (theirs, ours))
        slow, fast = median_times(*jobs)
        table.add_row(words, f"{slow * 1e3:.2f}", f"{fast * 1e3:.2f}", f"{slow / fast:.1f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
