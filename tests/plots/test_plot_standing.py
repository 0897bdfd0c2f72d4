"""The standing figure: shares by hand, the order of leaders, and what the record says of them."""

import numpy as np
import pytest

from factions.plots import standing
from factions.plots.page import Fill
from factions.plots.style import LADDER_COLOURS
from factions.plots.timeaxis import time_axis
from factions.vocabulary import LADDER


def test_rows_hold_the_shares_of_every_step_and_of_the_dead(build):
    scenario = build.scenario(leaders=1, meetings=1)
    ensemble = build.worlds(
        scenario, 4, standing=np.array([0, 0, 3, 3])[:, None, None], activity=np.array([1, 0, 1, -1])[:, None, None]
    )
    rows = {row["standing"]: row["probability"] for row in standing.table(ensemble)}
    assert rows == {"politburo": 0.5, "expelled": 0.25, "dead": 0.25}


def test_leaders_stand_by_bloc_then_prestige_the_unaligned_last(build):
    scenario = build.scenario(blocs=2, leaders=5)
    scenario.leaders[4].bloc = None
    # l0 and l2 are in b0 with prestige 10 and 12, l1 and l3 in b1 with 11 and 13.
    assert standing.order(scenario) == [2, 0, 3, 1, 4]


@pytest.mark.parametrize(
    ("bounds", "words", "probability"),
    [
        ({"at_most": "expelled"}, "at most expelled", 0.5),
        ({"at_least": "party_member"}, "at least party_member", 0.5),
        ({"at_least": "exiled", "at_most": "exiled"}, "exiled", 0.25),
        ({"at_least": "exiled", "at_most": "expelled"}, "at least exiled at most expelled", 0.5),
    ],
)
def test_record_rows_hold_the_probability_of_the_bounds(build, bounds, words, probability):
    claim = build.claim("standing", leaders=["l0"], at="m0", **bounds)
    scenario = build.scenario(leaders=1, meetings=1, record=[claim])
    ensemble = build.worlds(scenario, 4, standing=np.array([0, 2, 3, 4])[:, None, None])
    (row,) = [row for row in standing.table(ensemble) if row["source"] == "record"]
    assert (row["leader"], row["standing"], row["probability"]) == ("l0", words, probability)


@pytest.mark.parametrize(("when", "probability"), [("throughout", 0.0), ("sometime", 0.5), ("never", 0.5)])
def test_spans_are_read_as_they_say(build, when, probability):
    claim = build.claim("standing", leaders=["l0"], between=("m0", "m1"), when=when, at_most="expelled")
    scenario = build.scenario(leaders=1, meetings=2, record=[claim])
    ensemble = build.worlds(scenario, 2, standing=np.array([[[0], [3]], [[0], [0]]]))
    (row,) = [row for row in standing.table(ensemble) if row["source"] == "record"]
    assert row["probability"] == probability


def test_the_title_counts_the_leaders_who_end_outside(build):
    # l0 is out in one world of three, l1 in two, l2 is a party member in all.
    worlds = np.array([[0, 3, 2], [0, 4, 2], [5, 0, 2]])[:, None, :]
    ensemble = build.worlds(build.scenario(leaders=3), 3, standing=worlds)
    title = "1 of 3 leaders is out of the party in most worlds at the end (2. Congr.)"
    assert standing.figure(ensemble).texts[0].get_text() == title


@pytest.mark.parametrize(("when", "marked"), [("throughout", True), ("sometime", True), ("never", False)])
def test_what_the_record_says_never_holds_is_not_marked_as_if_it_did(build, when, marked):
    claim = build.claim("standing", leaders=["l0"], between=("m0", "m1"), when=when, at_most="expelled")
    ensemble = build.worlds(build.scenario(leaders=1, record=[claim]))
    markers = {line.get_marker() for axes in standing.figure(ensemble).axes for line in axes.lines}
    assert ("v" in markers) == marked


def test_the_heights_drawn_are_the_probabilities_of_the_table(build, drawn):
    worlds = build.tallied(build.noise(build.scenario(blocs=2, leaders=5, meetings=4), 9))
    axes = standing.figure(worlds).axes[-1]
    middles, groups = standing._arranged(worlds.scenario, standing.order(worlds.scenario), 0.21)
    assert axes.get_ylim()[0] == pytest.approx(groups[-1].bottom)
    found = {(row["leader"], row["meeting"], row["standing"]): row["probability"] for row in standing.table(worlds)}
    band, places = standing.BAND * 0.21, time_axis(worlds.scenario).places
    for k, middle in zip(standing.order(worlds.scenario), middles, strict=True):
        for m, x in enumerate(places):
            bottom = middle + band / 2 - band * found.get((f"l{k}", f"m{m}", "dead"), 0.0)
            for step, colour in reversed(list(zip(LADDER, LADDER_COLOURS, strict=True))):
                high, low = drawn(axes, Fill(colour), x, (middle - band / 2, bottom))
                assert low == pytest.approx(bottom)
                assert (low - high) / band == pytest.approx(found.get((f"l{k}", f"m{m}", step), 0.0))
                bottom = high
            assert bottom == pytest.approx(middle - band / 2)


def test_marks_stand_on_the_lane_of_their_leader_at_the_last_meeting_they_speak_of(build):
    span = {"between": ("m0", "m1"), "when": "throughout"}
    claim = build.claim("standing", leaders=["l1"], at_most="exiled", at_least="exiled", **span)
    worlds = build.worlds(build.scenario(leaders=3, record=[claim]))
    axes = standing.figure(worlds).axes[-1]
    middles, _ = standing._arranged(worlds.scenario, standing.order(worlds.scenario), 0.21)
    lane = dict(zip(standing.order(worlds.scenario), middles, strict=True))[1]
    (marks,) = {(tuple(line.get_xdata()), tuple(line.get_ydata())) for line in axes.lines if line.get_marker() == "D"}
    assert marks == ((time_axis(worlds.scenario).places[1],), (lane,))


def test_of_many_leaders_those_who_move_and_those_of_whom_the_record_speaks_are_drawn(build):
    many = standing.MOST + 3
    claim = build.claim("standing", leaders=["l1"], at="m0", at_least="party_member")
    scenario = build.scenario(blocs=1, leaders=many, meetings=2, record=[claim])
    places = np.full((1, 2, many), 2)
    places[:, 1, 5:] = 3
    drawn = standing.movers(build.worlds(scenario, 1, standing=places))
    # All of the 38 who move, the one of the record, and of those who stay the first in the order.
    assert len(drawn) == standing.MOST
    assert {1, *range(5, many)} < set(drawn)
    assert drawn == [k for k in standing.order(scenario) if k in drawn]


def test_the_supplement_has_everybody_and_the_figure_says_how_many_it_leaves_out(build):
    worlds = build.worlds(build.scenario(blocs=1, leaders=standing.MOST + 2, meetings=1), 1)
    some, every = standing.figure(worlds), standing.supplement(worlds)
    assert len(named(every) - named(some)) == 2
    assert any("Left out: 2 leaders" in text.get_text().replace("\n", " ") for text in some.texts)
    assert not any("Left out" in text.get_text() for text in every.texts)


def named(figure):
    return {text.get_text() for axes in figure.axes for text in axes.texts if text.get_text().startswith("Leader ")}


def test_the_title_counts_the_claims_about_standing_that_hold_in_most_worlds(build):
    claims = [
        build.claim("standing", leaders=["l0"], at="m0", id=step, at_most=step) for step in ("expelled", "deported")
    ]
    worlds = np.array([0, 3, 4])[:, None, None]
    ensemble = build.worlds(build.scenario(leaders=1, meetings=1, record=claims), 3, standing=worlds)
    assert standing.figure(ensemble).texts[0].get_text() == (
        "1 of 2 claims about where leaders stand hold in most worlds"
    )
