"""The loop over meetings: whose luck is used when, and what a caller may do in between."""

from __future__ import annotations

import numpy as np

from factions.dynamics import advance, one_meeting, record_all, run_paths, run_worlds
from factions.parameters import default_values
from factions.results.arrays import AXES
from factions.scenario import load


class Told:
    """Keeps what it is told; `place` is what each world has become."""

    def __init__(self, worlds):
        self.place, self.told = np.arange(worlds), []

    def meet(self, m, luck):
        self.told.append(("meet", m, luck.tolist()))

    def pass_time(self, m, luck):
        self.told.append(("pass", m, luck.tolist()))

    def record(self, arrays, m):
        arrays["ruling"][:, m] = self.place

    def select(self, rows):
        self.place = self.place[rows]


def test_the_time_before_a_meeting_has_its_luck():
    dynamics, luck = Told(2), np.array([[10, 20], [11, 21], [12, 22]])
    assert list(advance(dynamics, 3, luck.__getitem__)) == [0, 1, 2]
    assert dynamics.told == [
        ("meet", 0, [10, 20]),
        ("pass", 0, [11, 21]),
        ("meet", 1, [11, 21]),
        ("pass", 1, [12, 22]),
        ("meet", 2, [12, 22]),
    ]


def test_what_is_selected_between_meetings_goes_on():
    dynamics = Told(3)
    arrays = {"ruling": np.zeros((3, 2), int)}
    for m in advance(dynamics, 2, lambda m: np.arange(3)):
        dynamics.record(arrays, m)
        dynamics.select(np.array([2, 2, 0]))
    np.testing.assert_array_equal(arrays["ruling"], [[0, 2], [1, 2], [2, 0]])


def test_every_meeting_that_there_is_room_for_is_recorded():
    dynamics, arrays = Told(2), {"ruling": np.full((2, 3), -1)}
    record_all(dynamics, arrays, lambda m: np.arange(2))
    np.testing.assert_array_equal(arrays["ruling"], [[0, 0, 0], [1, 1, 1]])


def test_paths_of_their_own_luck_are_the_plain_worlds_in_any_block(minimal, write):
    scenario, worlds = load(write(minimal)), np.arange(300)  # more than a block
    plain = run_worlds(scenario, worlds, default_values(), seed=6)
    paths = np.repeat(worlds[:, np.newaxis], 2, axis=1)
    values = np.repeat(default_values(), 300)
    for luck, threads in ((paths, 1), (paths, 2), (paths[:, :1], 1)):
        again = run_paths(scenario, values, luck, 6, threads)
        assert all(np.array_equal(again[name], plain[name]) for name in AXES)


def test_a_watch_sees_every_block_before_every_meeting(minimal, write):
    scenario, seen = load(write(minimal)), []
    luck = np.repeat(np.arange(300)[:, np.newaxis], 2, axis=1)
    arrays = one_meeting(scenario, 300)

    def watch(state, m, part):
        seen.append((m, part.start, part.stop))
        assert m > 0 or (state.influence == 0.0).all(), "nothing has been added up before the first meeting"

    run_paths(scenario, np.repeat(default_values(), 300), luck, 6, arrays=arrays, watch=watch)
    assert sorted(seen) == [(0, 0, 256), (0, 256, 300)], "the arrays have room for one meeting"
