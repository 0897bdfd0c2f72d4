"""Colours that everyone can tell apart, a time axis without overlaps, text that fits."""

import subprocess
import sys
from datetime import date
from itertools import combinations, pairwise

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from matplotlib.colors import to_rgb

from factions.plots import page, style
from factions.plots.timeaxis import _fitting, common_axes, short_name, time_axis
from factions.scenario import load

# Machado, Oliveira & Fernandes 2009, severity 1, in linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
XYZ = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]


def lab(colour, vision):
    """CIE L*a*b* of a colour as seen."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    x, y, z = np.array(XYZ) @ np.clip(np.array(VISION[vision]) @ linear, 0, 1) / (0.9505, 1, 1.089)
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("colours", [style.PALETTE[:8], style.LADDER_COLOURS], ids=["blocs", "ladder"])
def test_colours_differ_for_every_kind_of_colour_vision(colours, vision):
    seen = [lab(colour, vision) for colour in colours]
    # A difference of 2.3 is just noticeable; 15 is plain even for separate fields.
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 15


def test_the_first_blocs_differ_plainly_for_most_readers():
    seen = [lab(colour, "normal") for colour in style.PALETTE[:7]]
    # Two blues at a distance of 26 were taken for one.
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 30


def test_colours_stay_when_a_bloc_is_added_at_the_end(build):
    for count in (1, 7, 8, 14, 30):
        before, after = (style.bloc_colours(build.scenario(blocs=n)) for n in (count, count + 1))
        assert after[:count] == before
    assert len(set(style.bloc_colours(build.scenario(blocs=60)))) == 60


def test_the_file_decides_the_colour_if_it_gives_one(build):
    plain, coloured = (style.bloc_colours(build.scenario()), style.bloc_colours(build.scenario(colours={0: "#123456"})))
    assert coloured == ["#123456", plain[1]]


@pytest.mark.parametrize("colour", [*style.PALETTE, "#ffffff"])
def test_text_in_a_blocs_colour_can_be_read_on_white(colour):
    assert 1.05 / (style._luminance(np.array(to_rgb(style.readable(colour)))) + 0.05) >= 4.5


@given(st.lists(st.floats(-1e4, 1e4), max_size=30), st.floats(0, 100))
def test_spread_positions_keep_their_order_and_distance_and_centre(wanted, gap):
    wanted = sorted(wanted)
    places = page.spread(wanted, gap)
    assert (np.diff(places) >= gap - 1e-6).all()
    assert sum(places) == pytest.approx(sum(wanted), abs=1e-3)


def test_spread_leaves_alone_what_is_far_enough_apart():
    assert page.spread([0, 10, 25], 5) == pytest.approx([0, 10, 25])
    assert page.spread([0, 1, 25], 5) == pytest.approx([-2, 3, 25])


def test_meetings_days_apart_are_drawn_apart_and_dates_between_stay_between(build):
    days = [date(1926, 7, 14), date(1926, 10, 23), date(1926, 10, 26), date(1927, 7, 29)]
    axis = time_axis(build.scenario(meetings=4, dates=days))
    assert np.diff(axis.places).min() > 0.6 * np.diff(axis.places).mean()
    assert axis.stretched
    assert axis.places[1] < axis.place(date(1926, 10, 24)) < axis.places[2]
    assert [axis.place(day) for day in days] == pytest.approx(list(axis.places))
    assert axis.edges[0] < axis.places[0]
    assert axis.steps.tolist() == [*axis.places, axis.edges[-1]]  # a state begins at its meeting


def test_evenly_spaced_meetings_keep_their_real_dates(build):
    axis = time_axis(build.scenario(meetings=5))
    assert not axis.stretched
    assert list(axis.places) == list(axis.days)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("XIV Congress", "XIV Congr."),
        ("XIII Party Conference", "XIII Conf."),
        ("January 1925 plenum", "Jan ’25 plenum"),
        ("Joint plenum of the CC and CCC, October 1926", "Oct ’26 plenum"),
        ("CC plenum, July-August 1927", "Jul-Aug ’27 plenum"),
        ("Decision of the members", "Decision members"),
    ],
)
def test_meeting_names_are_shortened(name, short):
    assert short_name(name) == short


def test_a_meeting_is_called_below_the_axis_as_its_file_says(minimal, write):
    named = minimal.replace('id = "first"', 'id = "first"\nname = "First party congress"\nshort = "May meeting"')
    assert time_axis(load(write(named))).names == ("May meeting", "second")


def test_lines_fit_the_page_and_lose_no_word():
    text = "Every word of a long caption stays, and no line is wider than the page allows. " * 4
    lines = page.lines_of(text.strip(), style.BODY)
    assert " ".join(lines) == text.strip()
    assert max(page.text_width(line, style.BODY) for line in lines) <= page.width() - 2 * page.MARGIN


def test_a_name_too_long_is_cut_with_an_ellipsis():
    cut = page.fitted("Group of Democratic Centralism", style.BODY, 1.0)
    assert cut.endswith("…")
    assert page.text_width(cut, style.BODY) <= 1.0
    assert page.fitted("Right", style.BODY, 1.0) == "Right"


def test_importing_the_package_does_not_import_matplotlib():
    code = "import sys, factions.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_where_meetings_differ_a_day_has_one_place_on_both_axes(build):
    days = [date(1924, 1, 1), date(1924, 6, 1), date(1925, 1, 1)]
    before = build.scenario(dates=days)
    after = build.scenario(dates=[days[0], date(1924, 9, 1), days[2]])
    one, other = common_axes(before, after)
    assert one.places[[0, 2]] == pytest.approx(other.places[[0, 2]])
    assert one.places[0] < one.places[1] < other.places[1] < one.places[2]
    assert one.edges == pytest.approx(other.edges)


def test_where_names_have_no_room_those_of_congresses_stay(build):
    axis = time_axis(build.scenario(meetings=9))
    axis.seats[:] = True
    axis.seats[[1, 4]] = False
    step = float(np.diff(axis.places).min())
    shown = _fitting(axis, per_inch=1.5 * step / 0.136)
    assert {1, 4} <= set(shown)
    assert all(b - a > 1 for a, b in pairwise(shown))
    assert _fitting(axis, per_inch=0.0) == list(range(9))


def test_a_key_takes_as_many_lines_as_it_needs_and_loses_nothing():
    entries = [(f"an entry with quite a long name, number {k}", (page.Fill("#555555"),)) for k in range(7)]
    lines = page._key_lines(entries)
    assert [entry for line in lines for entry in line] == entries
    assert len(lines) == 4 and page._key_lines(()) == []
