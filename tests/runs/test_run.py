"""Long ensembles: the same numbers for any blocks, workers, engines and interruptions."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from pyarrow import parquet

from factions.dynamics import run_worlds
from factions.errors import UsageError
from factions.runs import job as jobs
from factions.runs import pool
from factions.runs import store as stores
from factions.runs.job import Block, blocks
from factions.runs.run import run
from factions.runs.store import Store
from factions.statements.scores import count_claims


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Blocks of 40 worlds in pieces of 16, the first 80 worlds kept whole."""
    monkeypatch.setitem(jobs.BLOCK, "compiled", 40)
    monkeypatch.setattr(jobs, "PIECE", 16)
    monkeypatch.setattr(stores, "KEPT", 80)


def same(one, other):
    assert one.tally.worlds == other.tally.worlds
    assert one.tally.counts.keys() == other.tally.counts.keys()
    for name, count in one.tally.counts.items():
        np.testing.assert_array_equal(count, other.tally.counts[name], err_msg=name)


def test_blocks_cover_every_world_once():
    found = [world for block in blocks(107, 40) for world in range(block.first, block.end)]
    assert found == list(range(107))
    assert list(blocks(107, 40))[-1] == Block(80, 107)


def test_the_tally_is_that_of_all_worlds_at_once(job):
    whole = run_worlds(job.scenario, np.arange(107), job.draws.of(np.arange(107)), job.seed)
    finished = run(job, 107)
    np.testing.assert_array_equal(finished.tally.counts["claims"], count_claims(whole)["claims"])
    np.testing.assert_array_equal(finished.tally.counts["open"], (whole["open"] == 1).sum(axis=0))
    assert finished.scores[0].probability == whole["holder"][:, 1, 1].tolist().count(1) / 107


def test_any_number_of_workers_gives_the_same(job):
    same(run(job, 107, workers=1), run(job, 107, workers=3))


def test_mesa_gives_the_same_as_the_engine(job, monkeypatch):
    monkeypatch.setitem(jobs.BLOCK, "mesa", 10)
    same(run(job, 25), run(replace(job, engine="mesa"), 25, workers=1))


def test_another_seed_gives_another_result(job):
    one, other = run(job, 107), run(replace(job, seed=6), 107)
    assert any((one.tally.counts[name] != other.tally.counts[name]).any() for name in one.tally.counts)


def test_progress_counts_every_world(job, tmp_path):
    told: list[int] = []
    run(job, 107, Store(tmp_path, job, 107), progress=told.append)
    assert (sum(told), len(told)) == (107, 3)
    run(job, 107, Store(tmp_path, job, 107), progress=told.append)
    assert sum(told) == 214


class Stop(Exception):
    pass


def interrupted(job, folder, worlds, after):
    """Run until `after` blocks are done, then fail as a killed program does: between two blocks."""
    left = [after]

    def progress(_done):
        left[0] -= 1
        if left[0] == 0:
            raise Stop

    with pytest.raises(Stop):
        run(job, worlds, Store(folder, job, worlds), workers=1, progress=progress)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_interrupted_run_goes_on_to_the_same_result(job, tmp_path, monkeypatch, after):
    interrupted(job, tmp_path, 150, after)
    again, work = [], pool._work

    def counted(*arguments):
        again.append(arguments[1])
        return work(*arguments)

    monkeypatch.setattr(pool, "_work", counted)
    finished = run(job, 150, Store(tmp_path, job, 150), workers=1)
    assert len(again) == 4 - after
    same(finished, run(job, 150))


def test_more_worlds_continue_a_run(job, tmp_path):
    run(job, 60, Store(tmp_path, job, 60))
    same(run(job, 107, Store(tmp_path, job, 107)), run(job, 107))
    names = sorted(path.name for path in (tmp_path / "blocks").iterdir())
    assert names == [f"{block.name}.npz" for block in blocks(107, 40)]


def test_the_first_worlds_are_kept_whole(job, tmp_path):
    store = Store(tmp_path, job, 107)
    run(job, 107, store)
    whole = run_worlds(job.scenario, np.arange(80), job.draws.of(np.arange(80)), job.seed)
    for name, table in whole.tables().items():
        kept = parquet.read_table(tmp_path / "worlds" / name)
        assert kept.to_pylist() == table.to_pylist(), name


def test_a_damaged_block_is_run_again(job, tmp_path):
    run(job, 107, Store(tmp_path, job, 107))
    block = sorted((tmp_path / "blocks").iterdir())[1]
    block.write_bytes(block.read_bytes()[:100])
    same(run(job, 107, Store(tmp_path, job, 107)), run(job, 107))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"seed": 6}, "seed"),
        ({"engine": "mesa"}, "engine"),
        ({"scenario": "title"}, "scenario"),
        ({"draws": "value"}, "parameters"),
    ],
)
def test_another_run_is_refused(job, tmp_path, change, word):
    Store(tmp_path, job, 50).begin()
    if "scenario" in change:
        change = {"scenario": job.scenario.model_copy(update={"title": "Another"})}
    if "draws" in change:
        change = {"draws": replace(job.draws, values=np.repeat(job.draws.values, 2))}
    with pytest.raises(UsageError, match=f"differs in: {word}"):
        Store(tmp_path, replace(job, **change), 50)


def test_fewer_worlds_and_other_folders_are_refused(job, tmp_path):
    Store(tmp_path, job, 50).begin()
    with pytest.raises(UsageError, match="a run of 50 worlds"):
        Store(tmp_path, job, 49)
    (tmp_path / "manifest.json").write_text('{"program": "something else"}')
    with pytest.raises(UsageError, match="something else than a run"):
        Store(tmp_path, job, 50)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(UsageError, match="cannot be read"):
        Store(tmp_path, job, 50)


def test_the_manifest_says_what_was_run(job, tmp_path):
    store = Store(tmp_path, job, 50, ["factions", "run", "a file.toml"])
    store.begin()
    begun = json.loads((tmp_path / "manifest.json").read_text())
    store.end()
    ended = json.loads((tmp_path / "manifest.json").read_text())
    assert begun["finished"] is None and ended["finished"] >= ended["started"]
    assert ended["command"] == "factions run 'a file.toml'"
    assert ended["scenario"]["text"] == job.scenario.text
    assert ended["scenario"]["digest"] == job.scenario.digest
    assert (ended["seed"], ended["worlds"], ended["engine"]) == (5, 50, "compiled")
    assert ended["libraries"]["numpy"] == np.__version__
