"""A run on disk: it is continued where it is the same run, sound and nobody else's, and nowhere else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from factions.errors import UsageError
from factions.results.tally import unpack
from factions.runs import pool
from factions.runs.manifest import Identity
from factions.runs.run import run
from factions.runs.store import opened
from factions.store import lock


def same(one, other):
    assert one.tally.worlds == other.tally.worlds
    for name, count in one.tally.counts.items():
        np.testing.assert_array_equal(count, other.tally.counts[name], err_msg=name)


@pytest.fixture
def rerun(job, tmp_path, monkeypatch):
    """Run 107 worlds in three blocks, or go on with them; gives the result, the blocks that were run, what was said."""
    ran, said = [], []
    work = pool._work

    def counted(*arguments):
        ran.append(arguments[1].first)
        return work(*arguments)

    monkeypatch.setattr(pool, "_work", counted)

    def go(job=job, worlds=107):
        ran.clear()
        said.clear()
        with opened(tmp_path, job, worlds, say=said.append) as store:
            finished = run(job, worlds, store, workers=1)
        return finished, list(ran), list(said)

    return go


def block_files(folder: Path) -> list[Path]:
    return sorted((folder / "blocks").iterdir())


def test_what_is_there_is_not_run_again(job, rerun):
    assert rerun()[1:] == ([0, 40, 80], [])
    finished, ran, said = rerun()
    same(finished, run(job, 107))
    assert (ran, said) == ([], [])


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_a_block_that_was_cut_is_run_again_and_said_to_be(job, tmp_path, rerun, cut):
    rerun()
    block = block_files(tmp_path)[1]
    block.write_bytes(block.read_bytes()[:cut])
    finished, ran, said = rerun()
    same(finished, run(job, 107))
    assert ran == [40] and said == [f"{block} is damaged; its worlds are run again"]


def test_a_changed_bit_anywhere_in_a_block_is_noticed(tmp_path, rerun):
    rerun()
    block = block_files(tmp_path)[2]
    whole = block.read_bytes()
    for place in range(0, len(whole), len(whole) // 12):
        block.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert rerun()[1] == [80]


@pytest.mark.parametrize("harm", ["cut", "bit", "gone"])
@pytest.mark.parametrize("table", ["leaders", "claims"])
def test_damage_to_the_worlds_of_a_block_is_noticed(job, tmp_path, rerun, harm, table):
    rerun()
    part = tmp_path / "worlds" / table / "part-000000040.parquet"
    whole = part.read_bytes()
    middle = len(whole) // 2
    part.write_bytes(whole[:-9] if harm == "cut" else whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    if harm == "gone":
        part.unlink()
    _, ran, said = rerun()
    assert ran == [40]
    assert said == [
        f"{block_files(tmp_path)[1]} lacks worlds: worlds/{table}/part-000000040.parquet is damaged or missing; "
        "its worlds are run again"
    ]
    assert part.read_bytes() == whole
    assert rerun()[1] == []


def test_many_unusable_blocks_are_said_in_one_line(tmp_path, rerun):
    rerun()
    for block in block_files(tmp_path):
        block.write_bytes(b"")
    _, ran, said = rerun()
    assert ran == [0, 40, 80]
    (line,) = said
    assert "000000000-000000040.npz is damaged; its worlds are run again, and so are 2 other blocks" in line


CHANGES = [
    ("seed", lambda job: replace(job, seed=6)),
    ("engine", lambda job: replace(job, engine="mesa")),
    ("scenario", lambda job: replace(job, scenario=job.scenario.model_copy(update={"title": "Another"}))),
    ("parameters", lambda job: replace(job, draws=replace(job.draws, values=np.repeat(job.draws.values, 2)))),
]


@pytest.mark.parametrize(("word", "change"), CHANGES)
def test_another_run_is_refused(job, rerun, word, change):
    rerun()
    with pytest.raises(UsageError, match=f"differs in: {word};"):
        rerun(change(job))


@pytest.mark.parametrize(("word", "change"), CHANGES)
def test_blocks_of_another_run_are_not_taken_over_without_its_manifest(job, tmp_path, rerun, word, change):
    rerun()
    (tmp_path / "manifest.json").unlink()
    finished, ran, (line,) = rerun(change(job))
    same(finished, run(change(job), 107, workers=1))
    assert ran == [0, 40, 80] and f"belongs to a run that differs in: {word}; its worlds are run again" in line


def test_blocks_that_another_program_made_are_not_taken_over(job, tmp_path, rerun, monkeypatch):
    rerun()
    monkeypatch.setattr("factions.runs.manifest.PROGRAM", ("factions.vocabulary",))
    with pytest.raises(UsageError, match="differs in: version of factions;"):
        rerun()
    (tmp_path / "manifest.json").unlink()
    assert rerun()[1] == [0, 40, 80]


def test_a_block_under_the_name_of_another_is_not_taken_for_it(job, tmp_path, rerun):
    rerun(worlds=187)
    *_, third, fourth, _ = block_files(tmp_path)
    shutil.copy(third, fourth)
    finished, ran, (line,) = rerun(worlds=187)
    same(finished, run(job, 187))
    assert ran == [120] and "holds other worlds than its name says" in line


def test_worlds_of_a_longer_run_do_not_stay_among_those_of_another(job, tmp_path, rerun):
    rerun()
    (tmp_path / "manifest.json").unlink()
    left = tmp_path / "blocks" / ".000000000-000000040.npz.77.unfinished"
    left.write_bytes(b"half")
    rerun(replace(job, seed=6), 30)
    assert [path.name for path in block_files(tmp_path)] == ["000000000-000000030.npz"]
    held = parquet.read_table(tmp_path / "worlds" / "claims")
    assert held["world"].to_pylist() == list(range(30))


def test_every_file_says_which_run_it_is_of(job, tmp_path, rerun):
    rerun()
    identity = json.loads(Identity.of(job).line)
    assert identity["seed"] == 5 and len(identity["program"]) == 64
    assert json.loads((tmp_path / "manifest.json").read_text())["identity"] == identity
    for table in ("leaders", "claims"):
        metadata = parquet.read_schema(tmp_path / "worlds" / table / "part-000000040.parquet").metadata
        said = json.loads(metadata[b"factions"])
        assert (said["run"], said["first"], said["end"]) == (identity, 40, 80)
    assert json.loads(parquet.read_schema(tmp_path / "parameters.parquet").metadata[b"factions"]) == identity
    with np.load(block_files(tmp_path)[2]) as stored:  # a sealed archive is an archive still
        assert stored["worlds"] == 27
    with pytest.raises(ValueError, match="not a stored tally"):
        unpack(b"")


def test_fewer_worlds_and_other_folders_are_refused(job, tmp_path):
    def again(worlds):
        with opened(tmp_path, job, worlds):
            pass

    again(50)
    with pytest.raises(UsageError, match="a run of 50 worlds"):
        again(49)
    manifest = tmp_path / "manifest.json"
    whole = manifest.read_text()
    for text in ('{"program": "something else"}', "[]", "null", "3"):
        manifest.write_text(text)
        with pytest.raises(UsageError, match="something other than a run"):
            again(50)
    for text in ("", "{", whole[: len(whole) // 2]):
        manifest.write_text(text)
        with pytest.raises(UsageError, match="cannot be read"):
            again(50)


def test_the_manifest_says_what_was_run(job, tmp_path):
    with opened(tmp_path, job, 50, "factions run 'a file.toml'") as store:
        begun = json.loads((tmp_path / "manifest.json").read_text())
        store.end()
    ended = json.loads((tmp_path / "manifest.json").read_text())
    assert begun["finished"] is None and ended["finished"] >= ended["started"]
    assert ended["command"] == "factions run 'a file.toml'"
    assert ended["scenario"]["text"] == job.scenario.text
    assert ended["scenario"]["digest"] == job.scenario.digest
    assert (ended["seed"], ended["worlds"], ended["engine"]) == (5, 50, "compiled")
    assert ended["libraries"]["numpy"] == np.__version__


HOLD = """
import sys
from pathlib import Path
from factions.store.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_folder_in_which_another_process_runs_is_refused(job, tmp_path, holder, rerun):
    with pytest.raises(UsageError) as caught:
        rerun()
    assert caught.value.problem.startswith(f"{tmp_path} is in use by another run (process {holder.pid} on ")
    assert "another folder with --out" in caught.value.remedy
    assert not (tmp_path / "manifest.json").exists()
    holder.kill()  # not even told to let go
    holder.wait()
    assert rerun()[1] == [0, 40, 80]


def test_the_same_process_may_not_run_twice_in_one_folder_either(job, tmp_path, rerun):
    with opened(tmp_path, job, 107), pytest.raises(UsageError, match=f"process {os.getpid()} "):
        rerun()
    rerun()


def test_without_locks_of_the_system_a_file_of_its_own_is_the_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "fcntl", None)
    file = tmp_path / lock.LOCK
    with lock.locked(tmp_path):
        assert f"process {os.getpid()}" in file.read_text()
        with pytest.raises(UsageError, match=f"if it was killed, remove {file}"), lock.locked(tmp_path):
            pass
        assert file.exists()  # who was refused does not take the lock away
    assert not file.exists()
