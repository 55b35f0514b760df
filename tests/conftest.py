"""Options of the suite."""

import os

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def pytest_addoption(parser):
    parser.addoption("--verify", action="store_true", help="run the exhaustive sweeps too")


def pytest_configure(config):
    config.addinivalue_line("markers", "verify: an exhaustive sweep, run by make verify")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--verify"):
        skip = pytest.mark.skip(reason="an exhaustive sweep: make verify")
        for item in items:
            if "verify" in item.keywords:
                item.add_marker(skip)
