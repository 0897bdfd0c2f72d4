"""Figures of causes and of inevitability: dots, bars and bands stand where their tables say."""

from types import SimpleNamespace as Thing

import numpy as np
import pytest

from factions.counterfactual.causes import Cause
from factions.counterfactual.inevitability import Point
from factions.plots import causation, inevitability
from factions.plots.timeaxis import time_axis

CAUSES = [
    Cause("event:a", "A happens", "event", "m0", 1.0, 0.4, 0.1, 0.9, 0.2, 50, 0.3, 0.01, 60),
    Cause("decision:b", "B decides", "decision", "m0", 0.5, 0.1, 0.1, 0.2, 0.1, 50, None, None, 3),
    Cause("event:c", "C happens", "event", "m0", 1.0, 0.0, 0.1, None, None, 2, None, None, 3),
]


@pytest.fixture
def factual(build):
    return Thing(base=build.scenario(meetings=3), outcome=Thing(text="b0 rules"), worlds=100, seed=1)


def points(*shares):
    days = ("", "1924-01-10", "1924-05-09", "1924-09-06")
    meetings = ("", "m0", "m1", "m2")
    return [Point(*each, 0.02, 50.0, 40) for each in zip(meetings, days, shares, strict=True)]


def test_causes_have_a_dot_for_what_is_known_with_two_standard_errors(factual):
    axes = causation.figure(factual, CAUSES).axes[-1]
    marks = {line.get_marker(): line.get_xydata().tolist() for line in axes.lines}
    # The third cause has neither, and no row.
    assert marks["o"] == [[0.9, -0.12], [0.2, 0.88]]
    assert marks["D"] == [[0.3, 0.12]]
    bars = np.array([path.vertices[:, 0] for path in axes.collections[1].get_paths()])
    # A probability is at most 1.
    assert bars == pytest.approx(np.array([(0.5, 1.0), (0.28, 0.32), (0.0, 0.4)]))


def test_the_curve_passes_through_its_table_with_a_band_of_two_errors(factual):
    shown = points(0.5, 0.6, 0.96, 1.0)
    (axes,) = inevitability.figure(factual, shown).axes
    assert [row["probability"] for row in inevitability.table(shown)] == [0.5, 0.6, 0.96, 1.0]
    line, dots, ring = axes.lines
    axis = time_axis(factual.base)
    assert line.get_xdata().tolist() == [axis.edges[0], *axis.places]
    assert line.get_ydata().tolist() == dots.get_ydata().tolist() == [0.5, 0.6, 0.96, 1.0]
    heights = axes.collections[-1].get_paths()[0].vertices[:, 1]
    for low, high in ((0.46, 0.54), (0.56, 0.64), (0.92, 1.0)):
        assert min(abs(heights - low)) < 1e-9 and min(abs(heights - high)) < 1e-9
    # The alternative last had 5% after the first meeting.
    assert ring.get_xydata().tolist() == [[axis.places[0], 0.6]]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ((0.99, 0.98, 1.0, 1.0), "never in doubt"),
        ((0.01, 0.02, 0.0, 0.0), "never had a chance of 5%"),
        ((0.5, 0.6, 0.7, 0.7), "still open at the end"),
        ((0.5, 0.6, 0.99, 1.0), "open until 0. Congress"),
    ],
)
def test_the_title_says_when_it_was_settled(factual, shares, words):
    title = inevitability.figure(factual, points(*shares)).texts[0].get_text()
    assert title == f"“b0 rules”: {words}"


def test_no_text_is_off_the_page(factual, off_the_page):
    assert off_the_page(causation.figure(factual, CAUSES)) == []
    assert off_the_page(causation.figure(factual, [])) == []
    assert off_the_page(inevitability.figure(factual, points(0.5, 0.6, 0.96, 1.0))) == []
