"""Figures of causes and of inevitability: dots, bars and bands stand where their tables say."""

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.causes import Cause
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.days import with_month
from factions.counterfactual.explanation import Explanation
from factions.counterfactual.inevitability import Point
from factions.plots import causation, inevitability, style
from factions.plots.timeaxis import time_axis
from factions.report.causes import report
from factions.report.table import as_text
from factions.statements.outcomes import Outcome
from factions.wording import month

CAUSES = [
    Cause("event:a", "A happens", "event", "m0", 1.0, 0.6, 0.2, 0.4, 0.1, "outcome", 0.9, 0.2, 50, 0.3, 0.01, 60),
    Cause("rule:b", "B holds", "mechanism", "m0", 1.0, 0.1, 0.4, -0.3, 0.1, "opposite", 0.2, 0.1, 50, None, None, 3),
    Cause("event:c", "C happens", "event", "m0", 1.0, 0.0, 0.0, 0.0, 0.1, "outcome", None, None, 2, None, None, 3),
]


@pytest.fixture
def explained(build):
    """explained(causes, points): the explanation of an outcome of a case with three meetings."""
    base = build.scenario(meetings=3)

    def make(causes=(), shown=()):
        outcome = Outcome("ruling:b0", "b0 rules", "probability", np.ones)
        return Explanation(base, outcome, 100, 1, Condition.branch, "", tuple(causes), tuple(shown))

    return make


def points(*shares):
    days = ("", "1924-01-10", "1924-05-09", "1924-09-06")
    meetings = ("", "m0", "m1", "m2")
    return [Point(*each, 0.02, 50.0, 40) for each in zip(meetings, days, shares, strict=True)]


def test_effects_of_either_sign_and_shares_have_dots_with_two_standard_errors(explained):
    effects, shares = causation.figure(explained(CAUSES)).axes[-2:]
    colours = {line.get_color(): line.get_xydata().tolist() for line in effects.lines if line.get_marker() == "o"}
    assert colours == {style.MAIN: [[0.4, 0]], style.OTHER: [[-0.3, 1]], "#8A8A8A": [[0.0, 2]]}
    bars = np.array([path.vertices[:, 0] for path in effects.collections[1].get_paths()])
    assert bars == pytest.approx(np.array([(0.2, 0.6), (-0.5, -0.1), (-0.2, 0.2)]))
    marks = {line.get_marker(): line.get_xydata().tolist() for line in shares.lines}
    assert marks == {"o": [[0.9, -0.12], [0.2, 0.88]], "D": [[0.3, 0.12]]}
    bars = np.array([path.vertices[:, 0] for path in shares.collections[1].get_paths()])
    # A probability is at most 1.
    assert bars == pytest.approx(np.array([(0.5, 1.0), (0.28, 0.32), (0.0, 0.4)]))


@pytest.mark.parametrize(
    ("causes", "words"),
    [
        (CAUSES, "without the event “A happens” it comes in 20 of 100 worlds instead of 60"),
        (CAUSES[1:], "without the rule “B holds” it comes in 40 of 100 worlds instead of 10"),
        (CAUSES[2:], "no single cause that was tried changes it by more than twice its error"),
    ],
)
def test_the_title_names_the_cause_with_the_largest_effect_of_either_sign(explained, causes, words):
    assert causation.figure(explained(causes)).texts[0].get_text().replace("\n", " ") == f"“b0 rules”: {words}"


def test_the_curve_passes_through_its_table_with_a_band_of_two_errors(explained):
    shown = points(0.5, 0.6, 0.96, 1.0)
    found = explained(shown=shown)
    (axes,) = inevitability.figure(found).axes
    assert [row["probability"] for row in inevitability.table(shown)] == [0.5, 0.6, 0.96, 1.0]
    line, dots, ring = axes.lines
    axis = time_axis(found.base)
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
        ((0.5, 0.6, 0.99, 1.0), "settled after 0. Congress, with less than 5% for the alternative"),
        ((0.5, 0.1, 0.01, 0.0), "no chance of 5% after 0. Congress"),
    ],
)
def test_the_title_says_when_it_was_settled(explained, shares, words):
    title = inevitability.figure(explained(shown=points(*shares))).texts[0].get_text().replace("\n", " ")
    assert title == f"“b0 rules”: {words}"


def test_no_text_is_off_the_page(explained, off_the_page):
    assert off_the_page(causation.figure(explained(CAUSES))) == []
    assert off_the_page(causation.figure(explained())) == []
    assert off_the_page(inevitability.figure(explained(shown=points(0.5, 0.6, 0.96, 1.0)))) == []


def test_the_text_says_why_a_comparison_of_one_cause_may_have_other_numbers(explained):
    weighed = "the record is only weighed"
    found = explained(CAUSES, points(0.3, 0.4, 0.5, 0.6))
    assert any(weighed in str(block) for block in report(found))
    free = replace(found, condition=Condition.none)  # where no record selects worlds, there is nothing to say
    assert not any(weighed in str(block) for block in report(free))


def test_the_text_says_of_which_day_an_outcome_speaks(explained):
    found = explained(CAUSES, points(0.3, 0.4, 0.5, 0.6))
    said = " ".join(as_text(report(found), 150).split())
    last = found.base.meetings[-1]
    assert f"“b0 rules” at the end ({month(last.date)}) comes true in 30% of the worlds" in said
    assert said.endswith("0.600 ± 0.020") and f"{with_month(last.name, last.date)} 0.600" in said
    dated = replace(found, outcome=Outcome("ruling:b0@m1", "b0 rules (m1)", "probability", np.ones))
    assert "“b0 rules (m1)” comes true" in " ".join(as_text(report(dated), 150).split())
