"""Whom a change keeps apart for a time alone, worked out by hand on three worlds and four meetings."""

from __future__ import annotations

import pytest

from factions.counterfactual.reunions import Reunion, reunions
from factions.scenario.content.changes import AllianceChange


class Worlds(dict):
    """Three worlds of a scenario, with labels of alliances."""

    def __init__(self, scenario, labels):
        super().__init__(alliance=labels)
        self.scenario = scenario


@pytest.fixture
def kept_apart(struggle):
    import numpy as np

    def run(together, since="m1", until="m2"):
        """Reunions of b and c, allied where `together` (world, meeting) is 1; the change holds from m1 to m2."""
        base = struggle({"a_1": {"prestige": 9.0}, "b_1": {}, "c_1": {}}, gaps=(100,) * 4)
        days = {meeting.id: meeting.date for meeting in base.meetings}
        held = {"kind": "alliance", "blocs": ("b", "c"), "stand": "apart", "since": days[since], "until": days[until]}
        changed = base.model_copy(update={"changes": (AllianceChange.model_validate(held),)})
        labels = np.tile([0, 1, 2], (len(together), 4, 1))
        labels[:, :, 2] -= np.array(together)
        return reunions(Worlds(base, labels), Worlds(changed, labels))

    return run


def test_they_are_allied_at_the_end_in_two_worlds_of_three(kept_apart):
    assert kept_apart([[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 0, 0]]) == (Reunion(("b", "c"), pytest.approx(2 / 3), "m3"),)


def test_nothing_is_told_of_whom_the_change_parts_or_keeps_apart_for_good(kept_apart):
    assert kept_apart([[1, 0, 0, 1]] * 3) == ()  # allied before
    assert kept_apart([[0, 0, 0, 0]] * 3) == ()  # never again
    assert kept_apart([[0, 0, 0, 1]] * 3, until="m3") == ()  # held to the end


def test_by_when_half_of_them_are_allied(kept_apart):
    assert kept_apart([[0, 0, 1, 1], [0, 0, 0, 1]], until="m1") == (Reunion(("b", "c"), 1.0, "m2"),)
