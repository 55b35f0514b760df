"""What makes an isomorphism one, checked on every bracket, and sums to try it on."""

import sympy as sp

from liealg.catalogue import known
from liealg.constructors import direct_sum
from liealg.isomorphism import isomorphic_to
from liealg.structure import adjoint_matrices


def assert_isomorphism(first, second, matrix):
    """``M ad x = ad(M x) M`` for every basis element, and ``M`` real and invertible."""
    assert all(entry.is_real for entry in matrix)
    assert matrix.rank() == first.dim == second.dim
    ours, theirs = adjoint_matrices(first), adjoint_matrices(second)
    for i, action in enumerate(ours):
        image = sum((matrix[j, i] * theirs[j] for j in range(second.dim)), sp.zeros(second.dim))
        assert (matrix * action - image * matrix).applyfunc(sp.expand).is_zero_matrix


def assert_found(first, second):
    answer = isomorphic_to(first, second)
    assert answer.verdict is True, answer.reason
    assert answer.map is not None, answer.reason
    assert_isomorphism(first, second, answer.map)


def total(*names):
    return direct_sum("total", *(known(name) for name in names))
