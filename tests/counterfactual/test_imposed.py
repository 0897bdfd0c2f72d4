"""What a change imposes, it imposes in every world, and the readable model and the engine agree on it to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from factions.dynamics import run_worlds
from factions.model.run import run_worlds as run_mesa

WORLDS = np.arange(60)

ALLIANCE = '[[changes]]\nkind = "alliance"\nblocs = ["rebels", "doubters"]\nstand = "{}"\nat = "third"\n'
STANCE = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "{}"\nsince = 1924-01-01\n'
SANCTION = '[[changes]]\nkind = "sanction"\nbloc = "rebels"\nrung = "{}"\nat = "first"\n'
SURRENDER = '[[changes]]\nkind = "surrender"\nbloc = "rebels"\nto = "{}"\nsince = 1924-01-01\n'
EVENTS = """
[[changes]]
kind = "keep_alive"
leader = "clara"
since = 1925-01-01
[[changes]]
kind = "appointment"
office = "secretariat"
leader = "clara"
date = 1924-11-01
[[changes]]
kind = "move"
event = "harvest"
date = 1924-01-15
[[changes]]
kind = "membership"
leader = "alexei"
bloc = "rebels"
date = 1925-05-01
"""

TEXTS = {
    "together": ALLIANCE.format("together"),
    "apart": ALLIANCE.format("apart"),
    "open": STANCE.format("open"),
    "quiet": STANCE.format("quiet"),
    "spared": SANCTION.format("none"),
    "struck": SANCTION.format("politburo"),
    "capitulate": SURRENDER.format("capitulate"),
    "hold out": SURRENDER.format("hold_out"),
    "events": EVENTS,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_model_and_engine_agree(changed, values, text):
    scenario = changed(text)
    fast, slow = run_worlds(scenario, WORLDS[:12], values, 3), run_mesa(scenario, WORLDS[:12], values, 3)
    for name, array in fast.arrays.items():
        assert np.array_equal(array, slow[name]), name


@pytest.fixture
def run(changed, values):
    """run(text): worlds of the small case under a change."""
    return lambda text: run_worlds(changed(text), WORLDS, values, 5)


def outside(ensemble, bloc):
    return (ensemble["alliance"][:, :, bloc] >= 0) & (ensemble["alliance"][:, :, bloc] != ensemble["ruling"])


def test_blocs_held_together_are_allied_at_that_meeting(run):
    held, free = run(TEXTS["together"])["alliance"][:, 2], run("")["alliance"][:, 2]
    active = (held[:, 1] >= 0) & (held[:, 2] >= 0)
    assert active.any()
    assert (held[active, 1] == held[active, 2]).all()
    assert (free[:, 1] != free[:, 2]).any()


def test_blocs_kept_apart_are_never_allied_at_that_meeting(run):
    kept = run(ALLIANCE.format("apart").replace('"rebels"', '"rulers"'))["alliance"]
    assert (kept[:, 2, 0] != kept[:, 2, 2]).all()
    assert (kept[:, 1, 0] == kept[:, 1, 2]).any()


def test_a_bloc_outside_the_rulers_speaks_or_keeps_quiet_as_it_is_told(run):
    loud, still = run(TEXTS["open"]), run(TEXTS["quiet"])
    assert outside(loud, 1).any()
    assert (loud["open"][:, :, 1] == outside(loud, 1)).all()
    assert not still["open"][:, :, 1].any()


def test_a_rung_that_is_imposed_strikes_the_chief_of_a_bloc_outside(run):
    struck = run(TEXTS["struck"])
    hit = outside(struck, 1)[:, 0]
    assert hit.any()
    assert (struck["standing"][hit, 0, 2] >= 1).all()
    assert (struck["rung"][hit, 0, 1] >= 2).all()


def test_who_is_spared_loses_nothing_at_that_meeting(run):
    assert run("")["rung"][:, 0, 1].any()
    assert not run(TEXTS["spared"])["rung"][:, 0, 1].any()


def test_who_is_punished_gives_in_or_holds_out_as_he_is_told(run):
    gave, held = run(TEXTS["capitulate"]), run(TEXTS["hold out"])
    free = run("")
    assert (gave["surrendered"][:, -1, 2] >= 1).mean() > (free["surrendered"][:, -1, 2] >= 1).mean()
    assert not held["surrendered"][:, :, [2, 3]].any()
    assert free["surrendered"][:, :, [2, 3]].any()


def test_nothing_differs_before_the_meeting_of_the_change(run):
    here, there = run(""), run(TEXTS["together"])
    for name, array in here.arrays.items():
        assert np.array_equal(array[:, :2], there[name][:, :2]), name
