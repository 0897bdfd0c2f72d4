"""Those who run blocks: what happens when there are none, or when one of them ends too early."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace

import pytest

from factions.errors import FactionsError
from factions.runs import pool
from factions.runs.job import Cut
from factions.runs.run import run


@pytest.mark.cluster
def test_a_cluster_without_workers_is_said_and_given_up(job, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(pool, "LOOK", 0.1)
    monkeypatch.setattr(pool, "GIVE_UP", 0.3)
    told = []
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as cluster,
        pytest.raises(FactionsError, match="no worker has come to the Dask scheduler"),
    ):
        run(job, 10, scheduler=cluster.scheduler_address, say=told.append)
    assert told == ["the Dask scheduler has no workers; waiting for one, 0 s at most"]


@pytest.mark.cluster
def test_a_worker_that_comes_late_is_waited_for(job, monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(pool, "LOOK", 0.1)
    told = []
    with distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=None) as cluster:
        finished = run(job, 50, scheduler=cluster.scheduler_address, say=lambda text: told.append(cluster.scale(1)))
    assert len(told) == 1
    assert finished.scores == run(job, 50).scores


def test_a_process_that_is_killed_is_an_error_in_one_line(job):
    def kill(_done):
        for process in multiprocessing.active_children():
            process.kill()

    with pytest.raises(FactionsError, match="a worker ended before its work was done"):
        run(replace(job, engine="mesa", cut=Cut(block=2)), 40, workers=2, progress=kill)
    assert multiprocessing.active_children() == []
