"""The generated modules that tests of this folder run over."""

import pytest
from kernels import Kernels, catalogue_kernels


@pytest.fixture(params=catalogue_kernels(), ids=repr)
def sample(request: pytest.FixtureRequest) -> Kernels:
    """Every checked-in module in turn."""
    return request.param
