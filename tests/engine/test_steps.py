"""The engine meeting by meeting, as a particle filter drives it."""

from __future__ import annotations

import numpy as np
import pytest

from factions.dynamics import blocks, run_worlds
from factions.engine.advance import meet_all, pass_time_all
from factions.parameters import default_values
from factions.results.arrays import AXES, empty_arrays, first_bloc, record
from factions.scenario import load
from factions.world.build import build_case
from factions.world.state import State, initial_state

SEED = 3


@pytest.fixture
def small(minimal, write):
    return load(write(minimal))


def begun(scenario, luck: np.ndarray) -> tuple:
    """A case, parameters and a block of worlds after the first meeting and the time after it."""
    case = build_case(scenario)
    values = np.ascontiguousarray(np.broadcast_to(default_values(scenario.parameters), luck.shape))
    state = initial_state(case, len(luck))
    meet_all(case, values, state, 0, SEED, luck)
    pass_time_all(case, values, state, 0, SEED, luck)
    return case, values, state


def resampled(state: State, rows: list[int]) -> State:
    return state.select(rows)


def recorded(scenario, state: State, meeting: int) -> dict[str, np.ndarray]:
    arrays = empty_arrays(scenario, len(state.activity))
    record(state, arrays, meeting)
    return {name: array[:, meeting] for name, array in arrays.items()}


def test_stepping_is_running(small):
    luck = np.arange(6)
    case, values, state = begun(small, luck)
    meet_all(case, values, state, 1, SEED, luck)
    whole = run_worlds(small, luck, default_values(small.parameters), SEED)
    stepped = recorded(small, state, 1)
    assert all(np.array_equal(stepped[name], whole[name][:, 1]) for name in AXES)


def test_a_state_goes_its_way_with_the_luck_it_is_given(small):
    # World 4 twice over, both with its own luck: two copies that go on alike, and as the original does.
    luck = np.arange(6)
    case, values, state = begun(small, luck)
    copies, same = resampled(state, [4, 4]), np.array([4, 4])
    meet_all(case, values[:2], copies, 1, SEED, same)
    meet_all(case, values, state, 1, SEED, luck)
    twins, originals = recorded(small, copies, 1), recorded(small, state, 1)
    for name in AXES:
        assert np.array_equal(twins[name][0], twins[name][1])
        assert np.array_equal(twins[name][0], originals[name][4])


def test_worlds_of_a_block_do_not_touch_each_other(small):
    luck = np.arange(6)
    case, values, state = begun(small, luck)
    alone = resampled(state, [3])
    state.prestige[[0, 1, 2, 4, 5]] *= 7.0
    meet_all(case, values, state, 1, SEED, luck)
    meet_all(case, values[3:4], alone, 1, SEED, luck[3:4])
    among, single = recorded(small, state, 1), recorded(small, alone, 1)
    assert all(np.array_equal(among[name][3], single[name][0]) for name in AXES)


def test_only_what_is_asked_for_is_recorded(small):
    _, _, state = begun(small, np.arange(2))
    arrays = {"vote_share": np.full((2, 2), -1.0)}
    record(state, arrays, 1)
    assert (arrays["vote_share"][:, 0] == -1.0).all() and (arrays["vote_share"][:, 1] >= 0.0).all()


def test_an_alliance_is_called_by_its_first_bloc():
    masks = np.array([0, 1, 0b110, 0b1000, 1 << 59, (1 << 59) | (1 << 58)])
    assert first_bloc(masks).tolist() == [-1, 0, 1, 3, 59, 58]


@pytest.mark.parametrize(("worlds", "block", "sizes"), [(0, 5, []), (5, 5, [5]), (12, 5, [5, 5, 2]), (2, 256, [2])])
def test_blocks_cover_the_worlds(worlds, block, sizes):
    parts = list(blocks(worlds, block))
    assert [part.stop - part.start for part in parts] == sizes
    assert [n for part in parts for n in range(worlds)[part]] == list(range(worlds))
