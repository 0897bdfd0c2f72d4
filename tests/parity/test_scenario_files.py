"""The shipped scenarios: model and engine agree, and worlds depend on nothing that they should not depend on."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from factions.parameters import DTYPE, PARAMETERS, default_values
from factions.results.arrays import AXES
from factions.scenario import load
from factions.scenario.variants import read_variants

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "scenarios").rglob("*.toml"))
SEEDS = (0, 1, 2**32 - 1)


def spread(worlds: int, base: np.ndarray, seed: int = 0) -> np.ndarray:
    """Parameters near a point, another vector for each world."""
    noise = np.random.default_rng(seed)
    values = np.zeros(worlds, DTYPE)
    for name, row in PARAMETERS.items():
        step = 0.2 * (row.high - row.low) * noise.uniform(-1, 1, worlds)
        values[name] = np.clip(base[name] + step, row.low, row.high)
    return values


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_mesa_and_engine_agree_on_every_bit(path, engines, differences):
    for scenario in (reading.scenario for reading in read_variants(path)):
        values = default_values(scenario.parameters)
        for seed in SEEDS:
            compiled, mesa = (engines[name](scenario, [seed % 7], values, seed) for name in ("compiled", "mesa"))
            assert differences(compiled, mesa) == [], f"{scenario.title}, seed {seed}"


def test_they_agree_when_every_world_has_its_own_parameters(history, defaults, engines, differences):
    values = spread(3, defaults)
    compiled, mesa = (engines[name](history, range(3), values, 5) for name in ("compiled", "mesa"))
    assert differences(compiled, mesa) == []


@pytest.mark.parametrize("block", [1, 7, 256])
@pytest.mark.parametrize("threads", [1, 2])
def test_neither_blocks_nor_threads_matter(history, defaults, engines, differences, block, threads):
    values = spread(60, defaults)
    whole = engines["compiled"](history, range(60), values, 3)
    assert differences(whole, engines["compiled"](history, range(60), values, 3, threads, block)) == []


def test_a_range_run_in_pieces_is_the_range_run_whole(history, defaults, engines, differences):
    values = spread(60, defaults)
    whole = engines["compiled"](history, range(60), values, 3)
    for first, end in ((0, 1), (1, 25), (25, 60)):
        piece = engines["compiled"](history, range(first, end), values[first:end], 3)
        assert differences(piece, whole, slice(None), slice(first, end)) == []


def test_a_world_is_the_same_in_any_company(history, defaults, engines, differences):
    alone = engines["compiled"](history, [5], defaults, 3)
    among = engines["compiled"](history, [90, 5, 2**32 + 5, 5], defaults, 3)
    for place in (1, 3):
        assert differences(alone, among, slice(None), slice(place, place + 1)) == []
    assert differences(alone, among, slice(None), slice(2, 3)) != []


def test_worlds_and_seeds_differ(history, defaults, engines, differences):
    one = engines["compiled"](history, [0, 1], defaults, 3)
    assert differences(one, one, slice(0, 1), slice(1, 2)) != []
    assert differences(one, engines["compiled"](history, [0, 1], defaults, 4)) != []


def without_tables(text: str, name: str) -> str:
    """A TOML text without the [[name]] tables."""
    kept, inside = [], False
    for line in text.splitlines():
        if re.match(r"\s*\[", line) and not line.lstrip().startswith("[ "):
            inside = line.startswith(f"[[{name}]]")
        if not inside:
            kept.append(line)
    return "\n".join(kept)


def test_deleting_the_record_changes_no_world(history, defaults, engines, differences, tmp_path):
    path = tmp_path / "no_record.toml"
    path.write_text(without_tables(history.path.read_text(encoding="utf-8"), "record"), encoding="utf-8")
    bare = load(path)
    assert (len(bare.record), len(bare.events)) == (0, len(history.events)) and len(history.record) > 0
    for name in ("compiled", "mesa"):
        with_record, without = (engines[name](scenario, [0, 1], defaults, 1) for scenario in (history, bare))
        assert differences(with_record, without) == []


def test_a_bystander_changes_nothing_for_the_others(history, defaults, engines, differences):
    issues = {issue.id: 0.0 for issue in history.issues}
    bystander = history.leaders[-1].model_copy(
        update={
            "id": "bystander",
            "bloc": None,
            "prestige": 0.0,
            "standing": "party_member",
            "active": False,
            "ideal_point": issues,
        }
    )
    for place in (0, len(history.leaders)):
        cast = [*history.leaders[:place], bystander, *history.leaders[place:]]
        larger = history.model_copy(update={"leaders": tuple(cast)})
        before, after = (engines["compiled"](case, range(40), defaults, 1) for case in (history, larger))
        for name, axes in AXES.items():
            array = after[name]
            if "leader" in axes:
                array = np.delete(array, place, axis=2)
            if name == "holder":
                assert not (array == place).any()
                array = array - (array > place)
            assert np.array_equal(before[name], array), name


def test_a_cancelled_last_meeting_changes_nothing_before_it(history, defaults, engines):
    shorter = history.model_copy(update={"meetings": history.meetings[:-1], "record": ()})
    whole, part = (engines["compiled"](case, range(20), defaults, 1) for case in (history, shorter))
    for name in AXES:
        assert np.array_equal(whole[name][:, :-1], part[name]), name


PLAIN = """
import sys
import numpy as np
from factions.dynamics import run_worlds
from factions.parameters import default_values
from factions.scenario import load
from factions.scenario.variants import read_variants

scenario = load(sys.argv[1])
ensemble = run_worlds(scenario, np.array([0, 1, 7]), default_values(scenario.parameters), 3, block=2)
np.savez(sys.argv[2], **ensemble.arrays)
"""


def test_the_engine_runs_as_plain_python_with_the_same_result(minimal, write, engines, tmp_path):
    path, results = write(minimal), tmp_path / "plain.npz"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-c", PLAIN, str(path), str(results)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    scenario = load(path)
    compiled = engines["compiled"](scenario, [0, 1, 7], default_values(scenario.parameters), 3)
    plain = np.load(results)
    assert [name for name in AXES if plain[name].tobytes() != compiled[name].tobytes()] == []
