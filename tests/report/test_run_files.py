"""The files of a finished run: each whole, or not there."""

from __future__ import annotations

import pytest

from factions.draws import find_draws
from factions.report.run_files import write_results
from factions.runs.job import Job
from factions.runs.run import run
from factions.runs.store import Store
from factions.scenario import load


def test_nothing_half_written_is_left(minimal, write, tmp_path, monkeypatch):
    scenario = load(write(minimal))
    job = Job(scenario, 5, find_draws(scenario))
    store = Store(tmp_path / "out", job, 50)
    finished = run(job, 50, store)

    def fails(_table, path):
        path.write_text("half")
        raise OSError("disk full")

    monkeypatch.setattr("pyarrow.csv.write_csv", fails)
    with pytest.raises(OSError, match="disk full"):
        write_results(finished, store)
    left = [path for path in tmp_path.rglob("*") if "unfinished" in path.name]
    assert left == [] and not (tmp_path / "out" / "tables" / "claims.csv").exists()
