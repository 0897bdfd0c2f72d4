"""The figure of how far an answer holds: one row for each variation that was asked, beside the band as it stands."""

from __future__ import annotations

from types import SimpleNamespace as Thing

import pytest

from factions.counterfactual.conditioning import Condition
from factions.counterfactual.robust import Answer, Followed, Robustness
from factions.plots import robustness, style


def said(kind, name, difference, problem=""):
    number = None if problem else 0.5
    return Answer(kind, name, f"as {name}", f"with {name}", "x", number, number, difference, 0.05, problem)


@pytest.fixture
def found():
    answers = (
        said("", "reference", 0.5),
        said("seed", "seed:1", 0.5),
        said("reading", "reading:a=b", -0.5),
        said("reading", "reading:a=c", 0.3),
        said("date", "date:later", None, "there is no meeting after the last"),
    )
    scenario = Thing(title="A change", question="What if?", path=Thing(stem="change"))
    outcome = Followed("x", "b0 rules", "probability")
    return Robustness(scenario, scenario, 100, 1, Condition.branch, "", (outcome,), (), answers)


def test_rows_stand_by_kind_and_what_was_not_asked_has_none(found):
    (axes,) = robustness.figure(found).axes[-1:]
    dots = {line.get_color(): line.get_xydata().tolist() for line in axes.lines if line.get_marker() in "oD"}
    # Rows: 0 as it stands, 1 the heading of seeds, 2 its seed, 3 the heading of readings, 4 and 5 its readings.
    assert dots == {
        style.INK: [[0.5, 0.0]],
        style.MAIN: [[0.5, 2.0]],
        style.OTHER: [[-0.5, 4.0]],
        "#E69F00": [[0.3, 5.0]],
    }
    (band,) = [patch for patch in axes.patches if patch.get_facecolor()[:3] != (1.0, 1.0, 1.0)]
    assert band.get_extents().transformed(axes.transData.inverted()).intervalx.tolist() == pytest.approx([0.4, 0.6])


def test_the_title_counts_where_the_sign_holds_and_where_the_answer_is_the_same(found):
    title = robustness.figure(found).texts[0].get_text().replace("\n", " ")
    assert title == "“b0 rules” is raised in 2 of 3 variations, in 1 by as much as in the file as it stands"


def test_no_text_is_off_the_page(found, off_the_page):
    assert off_the_page(robustness.figure(found)) == []
