"""A small scenario to run, and its job."""

from __future__ import annotations

import pytest

from factions.draws import find_draws
from factions.runs.job import Cut, Job
from factions.scenario import load


def pytest_configure(config):
    config.addinivalue_line("markers", "cluster: starts a Dask cluster of processes")


@pytest.fixture
def file(minimal, write):
    return write(minimal)


@pytest.fixture
def job(file):
    """Blocks of 40 worlds in pieces of 16, the first 80 worlds kept whole."""
    scenario = load(file)
    return Job(scenario, 5, find_draws(scenario), cut=Cut(block=40, piece=16, kept=80))
