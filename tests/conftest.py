"""Options of the suite."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# What is tested is derived anew each time, and nothing is left in a home.
os.environ["LIEALG_CACHE_DIR"] = ""
# Threads of BLAS would only fight with each other over the oracle's 3 x 3 matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from hypothesis import HealthCheck, settings

# The same examples every time, and no clock: a loaded machine must not fail a test.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_addoption(parser):
    parser.addoption("--verify", action="store_true", help="run the exhaustive sweeps too")


def pytest_configure(config):
    config.addinivalue_line("markers", "verify: an exhaustive sweep, run by make verify")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--verify"):
        sweeps = [item for item in items if "verify" in item.keywords]
        config.hook.pytest_deselected(items=sweeps)
        items[:] = [item for item in items if "verify" not in item.keywords]
