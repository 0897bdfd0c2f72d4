"""The influence figure: quantiles by hand, and the finding in its title."""

import numpy as np
import pytest

from factions.plots import influence
from factions.plots.blocs import fills
from factions.plots.style import bloc_colours
from factions.plots.timeaxis import time_axis

LEVELS = ("p10", "median", "p90")


def test_rows_hold_the_quantiles_of_each_bloc(build):
    # Of ten worlds the first holds the lowest tenth, the fifth the half, the ninth nine tenths.
    shares = np.arange(1, 11)[:, None, None] / 40
    worlds = build.worlds(build.scenario(blocs=1, meetings=1), 10, influence=shares, delegates=2 * shares)
    first, second = influence.table(worlds)
    assert (first["bloc"], first["quantity"], second["quantity"]) == ("b0", "influence", "delegates")
    assert [first[name] for name in LEVELS] == pytest.approx([0.025, 0.125, 0.225], abs=0.0006)
    assert [second[name] for name in LEVELS] == pytest.approx([0.05, 0.25, 0.45], abs=0.0006)


@pytest.mark.parametrize(
    ("first", "last", "title"),
    [
        ([0.2, 0.5], [0.6, 0.3], "Largest gain: Bloc 0, from 20% to 60% of influence at the median"),
        ([0.2, 0.5], [0.3, 0.1], "Largest loss: Bloc 1, from 50% to 10% of influence at the median"),
        ([0.2, 0.5], [0.2, 0.5], "Most influence: Bloc 1, with 50% at the median"),
    ],
)
def test_the_title_names_the_bloc_that_changed_most(build, first, last, title):
    ensemble = build.worlds(build.scenario(meetings=2), 2, influence=np.array([first, last]))
    assert influence.figure(ensemble).texts[0].get_text() == title


def test_all_panels_share_one_scale(build):
    ensemble = build.worlds(build.scenario(blocs=3), 2, influence=np.array([0.1, 0.2, 0.6]))
    panels = [axes for axes in influence.figure(ensemble).axes if axes.get_title(loc="left")]
    assert len(panels) == 3
    assert len({axes.get_ylim() for axes in panels}) == 1


def test_bands_lines_and_whiskers_are_those_of_the_table(build):
    worlds = build.tallied(build.noise(build.scenario(blocs=3, meetings=4), 30))
    rows = {(row["bloc"], row["quantity"], row["meeting"]): row for row in influence.table(worlds)}
    for b, axes in enumerate(axes for axes in influence.figure(worlds).axes if axes.get_title(loc="left")):
        low, median, high = ([rows[f"b{b}", "influence", f"m{m}"][q] for m in range(4)] for q in LEVELS)
        band, whiskers = axes.collections[-2], axes.collections[-1]
        (outline,) = band.get_paths()
        assert outline.vertices[:8, 1] == pytest.approx([*high, *reversed(low)])
        assert axes.lines[0].get_ydata() == pytest.approx(median)
        votes = [rows[f"b{b}", "delegates", f"m{m}"] for m in range(4)]
        ends = np.array([path.vertices[:, 1] for path in whiskers.get_paths()])
        assert ends == pytest.approx(np.array([(row["p10"], row["p90"]) for row in votes]))
        dots = [y for line in axes.lines[1:] for y in line.get_ydata()]
        assert sorted(dots) == pytest.approx(sorted(row["median"] for row in votes))


def test_blocs_that_stay_small_have_no_panel_and_are_named(build):
    ensemble = build.worlds(build.scenario(blocs=3), 2, influence=np.array([0.04, 0.3, 0.01]))
    figure = influence.figure(ensemble)
    assert [axes.get_title(loc="left") for axes in figure.axes if axes.get_title(loc="left")] == ["Bloc 1"]
    assert any("any time: Bloc 0 and Bloc 2." in text.get_text().replace("\n", " ") for text in figure.texts)


def test_where_all_blocs_are_small_all_have_panels():
    assert influence.large(np.array([[0.01, 0.02]])) == [0, 1]


def test_a_strip_shows_where_the_record_puts_a_bloc(build, drawn):
    record = [build.claim("ruling", ["b0"], at="m0"), build.claim("open", ["b1"], at="m1")]
    scenario = build.scenario(meetings=2, record=record)
    figure = influence.figure(build.worlds(scenario, 2, influence=np.array([0.5, 0.5])))
    for b, axes in enumerate(axes for axes in figure.axes if axes.get_title(loc="left")):
        colours, places = fills(bloc_colours(scenario)[b]), time_axis(scenario).places
        top = axes.get_ylim()[1]
        told = [[drawn(axes, fill, x, (0.9 * top, top))[0] < top for fill in colours] for x in places]
        nothing, ruling, opposed = [False] * 3, [True, False, False], [False, False, True]
        assert told == ([ruling, nothing] if b == 0 else [nothing, opposed])
