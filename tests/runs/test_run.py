"""Long ensembles: the same numbers for any blocks, workers, engines and interruptions."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pyarrow import parquet

from factions.dynamics import run_worlds
from factions.runs import pool
from factions.runs.job import Block, Cut, blocks
from factions.runs.run import run
from factions.runs.store import opened
from factions.statements.scores import count_claims


def kept(job, folder, worlds, say=None, **more):
    """Run worlds, and keep them in a folder."""
    with opened(folder, job, worlds, say=say or pytest.fail) as store:
        return run(job, worlds, store, **more)


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


def test_mesa_gives_the_same_as_the_engine(job):
    same(run(job, 25), run(replace(job, engine="mesa", cut=Cut(block=10)), 25, workers=1))


def test_any_cut_gives_the_same(job):
    same(run(job, 107), run(replace(job, cut=Cut(block=33, piece=5, kept=0)), 107))


def test_another_seed_gives_another_result(job):
    one, other = run(job, 107), run(replace(job, seed=6), 107)
    assert any((one.tally.counts[name] != other.tally.counts[name]).any() for name in one.tally.counts)


def test_progress_counts_every_world(job, tmp_path):
    told: list[int] = []
    kept(job, tmp_path, 107, progress=told.append)
    assert (sum(told), len(told)) == (107, 3)
    kept(job, tmp_path, 107, progress=told.append)
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
        kept(job, folder, worlds, workers=1, progress=progress)


@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_interrupted_run_goes_on_to_the_same_result(job, tmp_path, monkeypatch, after):
    interrupted(job, tmp_path, 150, after)
    again, work = [], pool._work

    def counted(*arguments):
        again.append(arguments[1])
        return work(*arguments)

    monkeypatch.setattr(pool, "_work", counted)
    finished = kept(job, tmp_path, 150, workers=1)
    assert len(again) == 4 - after
    same(finished, run(job, 150))


def test_more_worlds_continue_a_run(job, tmp_path):
    kept(job, tmp_path, 60)
    same(kept(job, tmp_path, 107), run(job, 107))
    names = sorted(path.name for path in (tmp_path / "blocks").iterdir())
    assert names == [f"{block.name}.npz" for block in blocks(107, 40)]


def test_the_first_worlds_are_kept_whole(job, tmp_path):
    kept(job, tmp_path, 107)
    whole = run_worlds(job.scenario, np.arange(80), job.draws.of(np.arange(80)), job.seed)
    for name, table in whole.tables().items():
        assert parquet.read_table(tmp_path / "worlds" / name).to_pylist() == table.to_pylist(), name
