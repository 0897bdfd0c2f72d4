"""Figures of a counterfactual: what is drawn is what their tables say, on both sides."""

from dataclasses import replace
from types import SimpleNamespace as Thing

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_hex

from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.divergence import Parting
from factions.counterfactual.ends import Ends, Fate, Rule
from factions.counterfactual.findings import Finding, Findings
from factions.counterfactual.levels import Level
from factions.counterfactual.shown import shown
from factions.plots import blocs, contrast, courses, divergence, ends, flows, forest
from factions.plots.page import Fill
from factions.plots.pairs import SIDES, Pair
from factions.plots.shape import SHAPES, drawn_as
from factions.plots.style import LADDER_COLOURS, MAIN, bloc_colours
from factions.plots.timeaxis import time_axis
from factions.vocabulary import LADDER

HERE, THERE = (0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 0.0, 0.0, 0.75, 0.25)
"""Where a chief stands at the end: in the Politburo or an ordinary member; deported or dead."""


class Paths(list):
    until, ancestors = "m0", 3


@pytest.fixture
def comparison(build):
    """Two ensembles of noise, of three blocs and five leaders at four meetings; the change acts from the second on."""
    scenario = build.scenario(blocs=3, leaders=5, meetings=4)
    rows = [
        Contrast("ruling:b0", "b0 rules", "probability", 0.2, 0.5, 0.3, 0.05, 2.0, 0.4, 0.1, 1.0),
        Contrast("ruling:b1", "b1 rules", "probability", 0.2, 0.1, -0.1, 0.02, 2.0, 0.4, 0.1, 0.5),
        Contrast("ruling:b2", "b2 rules", "probability", 0.2, 0.21, 0.01, 0.05, 2.0, 0.4, 0.1, 0.1),
    ]
    partings = [
        Parting(meeting.id, meeting.date.isoformat(), share, error)
        for meeting, share, error in zip(scenario.meetings, (0.0, 0.2, 0.5, 0.9), (0.0, 0.1, 0.05, 0.1), strict=True)
    ]
    return Thing(
        base=scenario,
        scenario=scenario,
        name="other",
        branch="m1",
        condition=Thing(value="branch"),
        paths=Paths(range(8)),
        factual=build.noise(scenario, 8, 1),
        counterfactual=build.noise(scenario, 8, 2),
        contrasts=tuple(rows),
        every=tuple(rows),
        partings=tuple(partings),
        diverged=0.9,
        findings=Findings(
            levels=(Level("m0", 0.0), Level("m1", 0.1), Level("m2", 0.6), Level("m3", 0.4)),
            ends=Ends((Rule("b0", 0.25, 1.0), Rule("b1", 0.01, 0.0)), (Fate("l0", True, HERE, THERE),)),
        ),
    )


def test_the_lanes_of_both_sides_are_as_high_as_the_table_says(comparison, drawn):
    pair = Pair.of(comparison)
    panels = [axes for axes in flows.figure(pair).axes if axes.get_ylim()[0] > axes.get_ylim()[1]]
    found = {tuple(row[key] for key in ("side", "meeting", "bloc", "state")): row for row in flows.table(pair)}
    for axes, side in zip(panels, SIDES, strict=True):
        panel = blocs.panel(comparison.base, axes.get_ylim()[0] / 3, "")
        for b, colour in enumerate(bloc_colours(comparison.base)):
            for m, x in enumerate(panel.axis.places):
                bottom = panel.middles[b] + panel.band / 2
                for state, fill in zip(blocs.STATES, blocs.fills(colour), strict=True):
                    high, low = drawn(axes, fill, x, (panel.middles[b] - panel.band / 2, bottom))
                    share = found[side, f"m{m}", f"b{b}", state]["probability"]
                    assert (low - high) / panel.band == pytest.approx(share)
                    bottom = high


def test_each_leader_has_a_lane_for_either_side(comparison, drawn):
    pair = Pair.of(comparison)
    axes = courses.standing_figure(pair).axes[-1]
    found = {(row["side"], row["meeting"], row["leader"], row["standing"]): row for row in courses.standing_table(pair)}
    band = courses.LANE - 0.02
    for row, (k, _) in enumerate(courses.leaders_shown(pair)):
        for s, side in enumerate(SIDES):
            middle = row * (2 * courses.LANE + 0.1) + (s + 0.5) * courses.LANE
            for m, x in enumerate(time_axis(comparison.base).places):
                for step, colour in zip(LADDER, LADDER_COLOURS, strict=True):
                    high, low = drawn(axes, Fill(colour), x, (middle - band / 2, middle + band / 2))
                    said = found.get((side, f"m{m}", f"l{k}", step))
                    assert (low - high) / band == pytest.approx(said["probability"] if said else 0.0)


def test_the_lines_of_influence_are_the_means_of_the_table(comparison):
    pair = Pair.of(comparison)
    found = {(row["side"], row["meeting"], row["bloc"]): row["mean"] for row in courses.influence_table(pair)}
    for b, axes in enumerate(axes for axes in courses.influence_figure(pair).axes if axes.get_title(loc="left")):
        for line, side in zip(axes.lines, SIDES, strict=False):
            assert line.get_ydata() == pytest.approx([found[side, f"m{m}", f"b{b}"] for m in range(4)])


def test_the_branch_is_marked_between_the_meetings_that_it_divides(comparison):
    pair = Pair.of(comparison)
    edge = time_axis(comparison.base).places[1]
    panels = [axes for axes in flows.figure(pair).axes if axes.get_ylim()[0] > axes.get_ylim()[1]]
    assert all(any(set(line.get_xdata()) == {edge} for line in axes.lines) for axes in panels)
    words = [text.get_text() for axes in panels for text in axes.texts]
    assert words.count("the change can act") == 1


def test_contrasts_are_dots_with_two_standard_errors(comparison):
    axes = contrast.figure(comparison).axes[-1]
    bars = [path.vertices for path in axes.collections[1].get_paths()]
    assert isinstance(axes.collections[1], LineCollection)
    rows = comparison.contrasts[:2]  # the third is no more than chance makes
    for row, bar in enumerate(bars):
        middle, reach = 100 * rows[row].difference, 200 * rows[row].error
        assert bar[:, 0] == pytest.approx([middle - reach, middle + reach])
        assert bar[:, 1].tolist() == [row, row]
    dots = {(x, y) for line in axes.lines if line.get_marker() == "o" for x, y in line.get_xydata()}
    assert dots == {(100 * row.difference, place) for place, row in enumerate(rows)}
    low, high = axes.get_xlim()
    assert low < -14 and high > 40


def test_the_line_of_divergence_passes_through_the_table(comparison):
    axes = divergence.figure([comparison]).axes[-1]
    pairs, most = (line for line in axes.lines if len(line.get_xdata()) == 5)
    for line, what in ((pairs, "share"), (most, "level")):
        values = [row[what] for row in divergence.table([comparison])]
        assert line.get_ydata().tolist() == [*values, values[-1]]
        assert line.get_xdata() == pytest.approx(time_axis(comparison.base).steps)
        assert line.get_drawstyle() == "steps-post"


def test_the_colours_of_divergence_are_named_and_lie_where_they_are_largest(comparison, drawn):
    levels = (Level("m0", 0.0), Level("m1", 0.62, "ruling:b0@m1"), Level("m2", 0.3, "ruling:b1@m2"), Level("m3", 0.0))
    comparison.findings = replace(comparison.findings, levels=levels, dictated=frozenset({"politburo:l0"}))
    figure = divergence.figure([comparison])
    axes, places = figure.axes[-1], time_axis(comparison.base).places
    for m, colour in ((1, divergence._COLOURS[0]), (2, divergence._COLOURS[1])):
        low, high = drawn(axes, Fill(colour, alpha=0.55), (places[m] + places[m + 1]) / 2, (0.0, 1.0))
        assert (low, high) == (0.0, pytest.approx(levels[m].size))
    words = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert {"Bloc 0 in the ruling alliance", "Bloc 1 in the ruling alliance"} < set(words)
    note = " ".join(text.get_text().replace("\n", " ") for text in figure.texts)
    assert "Differences that chance may have made count as 0, and so does what a file dictates" in note


def test_of_several_files_each_has_a_lane_as_high_as_what_differs(comparison, drawn):
    (axes,) = divergence.figure([comparison] * 2).axes
    shares = [row["level"] for row in divergence.table([comparison])]
    for middle in (0.15, 0.45):
        bottom = middle + 0.4 * 0.3
        for share, x in zip(shares, time_axis(comparison.base).places, strict=True):
            high, low = drawn(axes, Fill(MAIN), x, (middle - 0.4 * 0.3, bottom))
            assert (low - high) / (0.8 * 0.3) == pytest.approx(share)


def test_the_differences_are_ordered_by_their_size_even_if_a_smaller_one_is_surer(comparison):
    unsure, sure, nothing = comparison.contrasts
    comparison.every = (nothing, sure, replace(unsure, error=0.14))
    words = [text.get_text() for text in contrast.figure(comparison).axes[-1].texts]
    assert [text for text in words if text.endswith("rules")] == ["b0 rules", "b1 rules"]


def test_what_chance_may_have_made_is_drawn_only_if_nothing_else_differs(comparison):
    comparison.every = comparison.contrasts[2:]
    page = contrast.figure(comparison)
    words = [text.get_text() for axes in page.axes for text in axes.texts]
    assert "b2 rules" in words and "no more than chance makes" in words


def test_what_comes_in_fewer_worlds_has_the_colour_of_what_comes_later(comparison):
    row = comparison.contrasts[0]
    later = replace(row, unit="year", difference=0.5)
    rarer = shown(replace(later, never_baseline=0.1, never_counterfactual=0.4, never_error=0.01))
    assert (rarer.unit, rarer.difference) == ("probability", pytest.approx(-0.3))
    assert contrast._dot(later) == contrast._dot(rarer) == forest.ORANGE
    assert contrast._dot(replace(later, difference=-0.5)) == contrast._dot(row) == forest.BLUE


def test_the_leaders_drawn_are_those_told_of_and_leading_men_who_change_but_not_the_dead(build, comparison):
    scenario = build.scenario(blocs=2, leaders=40, meetings=1)
    moved, dead = np.zeros((1, 1, 40), int), np.ones((1, 1, 40), int)
    moved[..., 20:34] = 3
    dead[..., 33] = -1
    comparison.findings = replace(comparison.findings, same=(finding("politburo", "l5"), finding("ruling", "b0")))
    both = (build.worlds(scenario, 1, activity=dead), build.worlds(scenario, 1, standing=moved, activity=dead))
    shown = [here for here, _ in courses.leaders_shown(Pair(comparison, *both))]
    # The one of whom the answer tells, though he stays, and of the thirteen who were expelled and are alive those five
    # who belong to the twelve with most prestige, l28 to l39.
    assert shown == [5, *range(28, 33)]


def finding(kind, who):
    return Finding(kind, (who,), "probability", "m0", 1.0, 1.0, 0.1, (1.0, 1.0), "", True, True)


def test_the_strips_of_the_end_are_as_long_as_the_table_says(comparison):
    (axes,) = ends.figure([comparison]).axes[-1:]
    widths = {}
    for painted in (each for each in axes.collections if isinstance(each, PolyCollection)):
        for path in painted.get_paths():
            (left, low), (right, high) = path.vertices.min(axis=0), path.vertices.max(axis=0)
            widths.setdefault((to_hex(painted.get_facecolor()[0]), high - low < 0.3), []).append(right - left)
    (whole, _) = widths["#eeeeee", False], widths["#eeeeee", True]  # one bloc alone rules often enough to be shown
    colour = bloc_colours(comparison.base)[0]
    assert widths[colour, True] == pytest.approx([0.25 * whole[0]])
    assert widths[colour, False] == pytest.approx(whole)
    inside, member, out, dead = (
        LADDER_COLOURS[0].lower(),
        LADDER_COLOURS[2].lower(),
        LADDER_COLOURS[5].lower(),
        "#9a9a9a",
    )
    assert [*widths[inside, True], *widths[member, True]] == pytest.approx([0.5 * whole[0]] * 2)
    assert widths[out, False] == pytest.approx([0.75 * whole[0]]) and widths[dead, False] == pytest.approx(
        [whole[0] / 4]
    )
    shares = {(row["side"], row["who"], row["state"]): row["probability"] for row in ends.table([comparison])}
    assert shares["with the change", "l0", "deported"] == 0.75 and shares["without the change", "b1", "ruling"] == 0.01


@pytest.mark.parametrize("style", SHAPES)
def test_no_text_is_off_the_page(comparison, off_the_page, style):
    with drawn_as(style):
        figures = drawn_figures(comparison)
        assert [off_the_page(figure) for figure in figures] == [[]] * 7


def drawn_figures(comparison):
    pair = Pair.of(comparison)
    figures = [flows.figure(pair), courses.standing_figure(pair), courses.influence_figure(pair)]
    figures += [contrast.figure(comparison), ends.figure([comparison] * 3)]
    figures += [divergence.figure([comparison]), divergence.figure([comparison] * 5)]
    return figures
