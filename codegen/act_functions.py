"""The function ``act`` of a generated module: ``exp(A) x`` in the way that costs least."""

from __future__ import annotations

from liealg.codegen import docstrings
from liealg.codegen.action_kernel import act_kernel
from liealg.codegen.exp_functions import Section
from liealg.codegen.functions import function_with_gradient, quoted, signature
from liealg.derive.exponential import Exponential

ROWS_TO_MULTIPLY = 40
"""From how many rows on `liealg.runtime.cheaper_to_multiply` is ever true."""

_DIRECT = "Sum the series of exp(A) x by products of A with vectors."


def act_functions(derived: Exponential) -> list[Section]:
    """``act`` last, before it what it calls."""
    parameters = [symbol.name for symbol in derived.basis.parameters]
    more = "".join(f", {name}" for name in parameters)
    head = [
        *signature("act", ["theta", "x", *parameters], "tf.Tensor"),
        *quoted(docstrings.function("act", derived)),
    ]
    if multiplies_large(derived):
        return [[*head, f"    return expm_matvec(hat(theta{more}), x)"]]
    direct = act_kernel(derived)
    if direct is None:
        return [[*head, f"    return apply(exp, theta, x{more})"]]
    choice = [
        *head,
        "    if is_single(theta):  # one matrix for all x is formed once",
        f"        return apply(exp, theta, x{more})",
        f"    return _act(theta, x{more})",
    ]
    return [function_with_gradient(direct, _DIRECT, "_act"), choice]


def multiplies_large(derived: Exponential) -> bool:
    """Whether the exponential may cost more to form than to multiply with step by step."""
    rows = max(form.block.n for form in derived.blocks)
    return derived.kind == "fallback" and rows >= ROWS_TO_MULTIPLY
