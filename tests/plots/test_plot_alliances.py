"""The alliances figure: its numbers by hand, and its panels."""

import numpy as np
import pytest

from factions.plots import alliances, blocs
from factions.plots.blocs import STATES, fills, likeliest
from factions.plots.style import bloc_colours


@pytest.fixture
def three_worlds(build):
    """One meeting, three blocs. World 0: b0 + b1 rule. World 1: b0 rules, b1 + b2 oppose openly.
    World 2: b0 + b1 rule, b2 without influence."""
    scenario = build.scenario(
        blocs=3,
        meetings=1,
        record=[build.claim("ruling", ["b1"], at="m0"), build.claim("allied", ["b1", "b2"], at="m0")],
    )
    alliance = np.array([[[0, 0, 2]], [[0, 1, 1]], [[0, 0, -1]]])
    return build.worlds(scenario, 3, alliance=alliance, open=np.array([[[0, 0, 0]], [[0, 1, 1]], [[0, 0, 0]]]))


def probability(rows, **wanted):
    (row,) = [row for row in rows if all(row[name] == value for name, value in wanted.items())]
    return row["probability"]


def test_rows_hold_the_shares_of_worlds(three_worlds):
    rows = alliances.table(three_worlds)
    worlds = {"source": "worlds", "meeting": "m0"}
    assert probability(rows, **worlds, bloc="b0", state="ruling") == 1
    assert probability(rows, **worlds, bloc="b1", state="ruling") == pytest.approx(2 / 3)
    assert probability(rows, **worlds, bloc="b1", state="open") == pytest.approx(1 / 3)
    assert probability(rows, **worlds, bloc="b2", state="quiet") == pytest.approx(1 / 3)
    assert probability(rows, **worlds, bloc="b2", state="gone") == pytest.approx(1 / 3)
    assert probability(rows, **worlds, bloc="b1", partner="b2") == pytest.approx(1 / 3)
    # b0 and b1 are allied in two worlds, but there they rule.
    assert not [row for row in rows if row["partner"] == "b1"]


def test_record_rows_hold_the_probability_of_what_the_record_states(three_worlds):
    rows = alliances.table(three_worlds)
    assert probability(rows, source="record", claim="c_ruling") == pytest.approx(2 / 3)
    assert probability(rows, source="record", claim="c_allied") == pytest.approx(1 / 3)


def test_where_nobody_rules_a_bloc_without_influence_does_not_rule_either(build):
    ensemble = build.worlds(build.scenario(blocs=1, meetings=1), 1, alliance=-1, ruling=-1)
    rows = alliances.table(ensemble)
    assert probability(rows, state="ruling") == 0
    assert probability(rows, state="gone") == 1


def test_the_error_is_that_of_a_share_of_the_worlds(three_worlds):
    (row,) = [
        r for r in alliances.table(three_worlds) if (r["bloc"], r["state"], r["source"]) == ("b1", "open", "worlds")
    ]
    assert row["error"] == pytest.approx((3 / 7 * 4 / 7 / 3) ** 0.5)  # 1 + 2 of 3 + 4


def test_a_statement_dated_to_a_span_holds_if_it_holds_at_one_of_its_meetings(build):
    scenario = build.scenario(meetings=2, record=[build.claim("open", ["b1"], between=("m0", "m1"), when="sometime")])
    ensemble = build.worlds(scenario, 2, open=np.array([[[0, 1], [0, 0]], [[0, 0], [0, 0]]]))
    assert probability(alliances.table(ensemble), source="record") == pytest.approx(1 / 2)


def headings(figure):
    return {text.get_text() for text in figure.texts}


def test_the_panel_of_the_record_is_there_only_if_the_record_speaks(build, three_worlds):
    assert {"The record", "3 worlds"} <= headings(alliances.figure(three_worlds))
    silent = build.worlds(build.scenario(), 1)
    assert "1 world" in headings(alliances.figure(silent))
    assert "The record" not in headings(alliances.figure(silent))


def test_the_title_counts_the_claims_that_hold_in_most_worlds(three_worlds):
    title, subtitle = (text.get_text().replace("\n", " ") for text in alliances.figure(three_worlds).texts[:2])
    # b1 rules in two worlds of three, and is allied with b2 in one.
    assert title == "1 of 2 claims about alliances hold in most worlds"
    assert subtitle.endswith("Least probable claim: “Something allied” (0.33).")


@pytest.mark.parametrize("seed", range(3))
def test_the_heights_drawn_are_the_probabilities_of_the_table(build, drawn, seed):
    worlds = build.tallied(build.noise(build.scenario(blocs=4, meetings=5), 7, seed))
    (axes,) = [axes for axes in alliances.figure(worlds).axes if axes.get_ylim()[0] > axes.get_ylim()[1]]
    panel = blocs.panel(worlds.scenario, axes.get_ylim()[0] / 4, "")
    rows = [row for row in alliances.table(worlds) if not row["partner"]]
    for b, colour in enumerate(bloc_colours(worlds.scenario)):
        for m, x in enumerate(panel.axis.places):
            bottom = panel.middles[b] + panel.band / 2
            for state, fill in zip(STATES, fills(colour), strict=True):
                high, low = drawn(axes, fill, x, (bottom - panel.band, bottom))
                assert low == pytest.approx(bottom), (b, m, state)
                share = probability(rows, meeting=f"m{m}", bloc=f"b{b}", state=state)
                assert (low - high) / panel.band == pytest.approx(share)
                bottom = high


def test_the_record_is_drawn_where_it_speaks_and_narrow_where_it_says_little(build, drawn):
    record = [
        build.claim("ruling", ["b0"], at="m0"),
        build.claim("open", ["b1"], at="m1"),
        build.claim("outside", ["b2"], at="m1"),
        build.claim("open", ["b2"], between=("m0", "m1"), when="sometime"),
    ]
    worlds = build.worlds(build.scenario(blocs=3, meetings=2, record=record))
    axes = next(axes for axes in alliances.figure(worlds).axes if axes.get_ylim()[0] > axes.get_ylim()[1])
    panel = blocs.panel(worlds.scenario, axes.get_ylim()[0] / 3, "")
    colours = [fills(colour) for colour in bloc_colours(worlds.scenario)]

    def height(bloc, fill, meeting):
        near = panel.middles[bloc] + np.array([-0.5, 0.5]) * panel.band
        high, low = drawn(axes, colours[bloc][fill], panel.axis.places[meeting], near)
        return (low - high) / panel.band

    ruling, quiet, opposed = range(3)
    assert [height(0, ruling, m) for m in (0, 1)] == pytest.approx([1, 0])
    assert [height(1, opposed, m) for m in (0, 1)] == pytest.approx([0, 1])
    assert [height(2, quiet, m) for m in (0, 1)] == pytest.approx([0, 0.4])
    # Open at one of two meetings: a frame around both, above the narrow band.
    assert [height(2, opposed, m) for m in (0, 1)] == pytest.approx([1, 1])


def test_every_bloc_is_joined_to_its_likeliest_partner_only():
    together = np.zeros((1, 3, 3))
    together[0, 0, 1] = together[0, 1, 0] = 0.9
    together[0, 0, 2] = together[0, 2, 0] = 0.3
    together[0, 1, 2] = together[0, 2, 1] = 0.1
    assert likeliest(together) == [(0, 0, 1), (0, 0, 2)]
    assert likeliest(together * 0.2) == []


def test_the_title_does_not_mix_voice_into_alliances(build):
    record = [
        build.claim("ruling", ["b0"], at="m0"),
        build.claim("open", ["b1"], at="m0"),
        build.claim("quiet", ["b1"], at="m0"),
    ]
    worlds = build.worlds(build.scenario(meetings=1, record=record), 2, open=np.array([[[0, 1]]]))
    title = alliances.figure(worlds).texts[0].get_text().replace("\n", " ")
    assert title == "1 of 1 claim about alliances and 1 of 2 claims about open opposition hold in most worlds"


def test_a_line_passes_in_a_bow_by_a_bloc_that_it_does_not_join(build):
    panel = blocs.panel(build.scenario(blocs=3), 0.3, "")
    near, far = (blocs._course(blocs.Link(panel.axis.places[0], ends, 1.0), panel, 100.0) for ends in ((0, 1), (0, 2)))
    assert np.ptp(near[:, 0]) == 0.0
    passing = np.interp(panel.middles[1], far[:, 1], far[:, 0])
    assert passing - panel.axis.places[0] == pytest.approx(100.0 * 0.05, rel=0.01)
    assert far[[0, -1]] == pytest.approx(np.array([(panel.axis.places[0], panel.middles[b]) for b in (0, 2)]))


def test_a_bloc_without_influence_has_no_lane_unless_the_record_speaks_of_it(build):
    arrays = {"alliance": np.array([[[0, -1, 2]]]), "ruling": 0}

    def names(record):
        scenario = build.scenario(blocs=3, meetings=1, record=record)
        drawn = alliances.figure(build.worlds(scenario, 1, **arrays))
        words = " ".join(text.get_text() for text in drawn.texts).replace("\n", " ")
        return {text.get_text() for axes in drawn.axes for text in axes.texts}, "left out: Bloc 1." in words

    shown, told = names([])
    assert {"Bloc 0", "Bloc 2"} <= shown and "Bloc 1" not in shown and told
    shown, told = names([build.claim("outside", ["b1"], at="m0")])
    assert "Bloc 1" in shown and not told
