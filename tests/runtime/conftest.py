"""The generated modules that tests of this folder run over."""

import pytest
from kernels import Kernels, kernels_at_run_time


@pytest.fixture(params=kernels_at_run_time(), ids=repr)
def sample(request: pytest.FixtureRequest) -> Kernels:
    """Modules of every kind in turn."""
    return request.param
