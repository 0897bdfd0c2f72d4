"""Blocks on a Dask cluster: the same numbers, even if a worker dies."""

from __future__ import annotations

import os
import sys

import numpy as np
import pytest

from factions.draws import find_draws
from factions.errors import UsageError
from factions.runs import pool
from factions.runs.job import CUTS
from factions.runs.run import run
from factions.runs.sweep import Cell, Sweep
from factions.scenario.settings import Base, cells_of


@pytest.mark.cluster
def test_a_cluster_that_loses_a_worker_gives_the_same(job, monkeypatch):
    distributed = pytest.importorskip("distributed")
    worlds = 12 * CUTS["compiled"].block
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        victim = next(iter(cluster.scheduler.workers.values())).pid
        killed = []

        def kill(_done):
            if not killed:
                os.kill(victim, 9)
                killed.append(victim)

        finished = run(job, worlds, scheduler=cluster.scheduler_address, progress=kill)
    assert killed
    alone = run(job, worlds, workers=2)
    assert finished.tally.worlds == worlds
    for name, count in alone.tally.counts.items():
        np.testing.assert_array_equal(finished.tally.counts[name], count)


@pytest.mark.cluster
def test_a_sweep_on_a_cluster_finds_the_same(file):
    distributed = pytest.importorskip("distributed")
    base = Base.of(file)
    draws = find_draws(base.reading.scenario, "default")
    cells = [Cell.of(base, each, draws) for each in cells_of(base, ["contest=2,3"], [])]
    sweep = Sweep(cells, ["influence:left", "open:left"], 50, seed=3)
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        there = sweep.run(scheduler=cluster.scheduler_address)
    assert [each.values.tobytes() for each in there] == [each.values.tobytes() for each in sweep.run(1)]


def test_without_distributed_the_remedy_is_named(job, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r'pip install "factions\[cluster\]"'):
        run(job, 1, scheduler="tcp://127.0.0.1:1")


def test_an_address_where_nobody_answers_is_named(job, monkeypatch):
    pytest.importorskip("distributed")
    with pytest.raises(UsageError, match="is empty"):
        run(job, 1, scheduler="")
    monkeypatch.setattr(pool, "PATIENCE", "1s")
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:1"):
        run(job, 1, scheduler="tcp://127.0.0.1:1")
