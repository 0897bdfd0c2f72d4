"""Whether an answer rests on the assumption that nobody does what a dead man would have done."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import Findings
from factions.counterfactual.instead import Instead, instead, with_stand_in
from factions.draws import Draws
from factions.report.answer import in_short
from factions.scenario import load

SPEECH = """
[[events]]
id = "speech"
name = "Boris's speech"
date = 1925-06-01
kind = "policy_shift"
agent = "boris"
bloc = "doubters"
issue = "tempo"
to = 0.7
"""

DIES = 'extends = "deeds.toml"\n[[changes]]\nkind = "death"\nleader = "boris"\ndate = 1925-05-01\n'

SEAT = Finding("politburo", ("clara",), "probability", "fourth", 0.0, 1.0, 0.01, (0.0, 1.0), "fourth", True, False)


@pytest.fixture
def files(write, toy_text):
    """A case in which Boris moves the doubters in June 1925, and the same without him."""
    base = load(write(toy_text.replace("[[record]]", SPEECH + "[[record]]", 1), "deeds.toml"))
    return base, load(write(DIES, "dies.toml"))


@pytest.mark.parametrize(("value", "rests"), [(0.0, True), (0.29, True), (0.31, False), (0.6, False), (0.9, False)])
def test_an_answer_rests_on_an_assumption_if_less_than_half_of_its_difference_is_left_without_it(value, rests):
    assert Instead("anna", "alexei", replace(SEAT, after=0.6), value).rests is rests


def test_the_stand_in_does_the_deeds_and_the_worlds_are_those_of_a_file_that_says_so(files, values):
    base, other = files
    done = with_stand_in(base, other, "boris", "bella")
    assert [event.agent for each in (done, other) for event in each.events if event.agent] == ["bella", "boris"]
    comparer = Comparer(base, Draws(values.reshape(1), "test"), 200, 1, Condition.none)
    asked = "allied:rebels+doubters@third"
    of_file, found = comparer.compare(done, [asked], tell=False), comparer.compare(other, [asked], tell=False)
    mine, without = ({row.outcome: row.counterfactual for row in each.contrasts}[asked] for each in (of_file, found))
    assert mine != without  # the speech matters
    allied = replace(SEAT, kind="allied", who=("rebels", "doubters"), meeting="third", before=0.9, after=without)
    findings = Findings(changed=((allied,),))
    assert instead(base, other, found.paths, 1, 1, findings) == Instead("boris", "bella", allied, pytest.approx(mine))
    assert instead(base, base, found.paths, 1, 1, findings) is None
    assert instead(base, other, found.paths, 1, 1, Findings()) is None


def test_what_nobody_else_does_is_told_with_what_somebody_else_makes_of_it(files, handmade, compared):
    base, other = files
    fewer = np.tile([0, 1, 1, 1, 0], (3, 4, 1))
    comparison = compared(handmade(base, standing=fewer), handmade(other))
    one, *rest = comparison.contrasts
    lost = replace(one, outcome="happened:speech", baseline=1.0, counterfactual=0.0)
    comparison = replace(comparison, contrasts=(lost, *rest))
    first = "With the change “Boris's speech” did not happen"

    def said(value):
        return " ".join(in_short(replace(comparison, instead=value and Instead("boris", "bella", SEAT, value))))

    assert f"{first}; that nobody else did as much is an assumption." in said(None)
    assert (
        f"{first}, and nobody else did the same. The answer rests on that: if bella did it, clara sat in the Politburo "
        "at the end in 2 of 60 worlds."
    ) in said(0.04)
    assert (
        f"{first}, and nobody else did the same. The answer does not rest on that: if bella did it, clara sat in the "
        "Politburo at the end in every world, too."
    ) in said(1.0)
