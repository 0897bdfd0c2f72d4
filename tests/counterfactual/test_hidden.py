"""What a number of a sentence hides: means of all or nothing, and men who were taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.hidden import readmitted, with_none
from factions.report.answer import in_short

NUMBER = Contrast("expulsions", "leaders expelled", "number", 6.0, 34.0, 28.0, 0.1, None, 1.0, 0.0, 1.0)
IN_PARTY = Contrast("party:anna", "Anna in the party", "probability", 0.43, 1.0, 0.57, 0.01, None, 0.57, 0.0, 1.0)

ARMY = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1924-02-01\n'


def middled(none_without, none_with):
    ends = dict.fromkeys(("low_baseline", "high_baseline", "low_counterfactual", "high_counterfactual"), 1.0)
    return replace(NUMBER, **ends, none_baseline=none_without, none_counterfactual=none_with)


def test_the_worlds_in_which_a_number_is_0_stand_with_its_mean():
    row = middled(0.75, 0.04)
    assert [with_none(row, side, 100) for side in (0, 1)] == [" (none in 75)", " (none in 4 of 100 worlds)"]
    assert [with_none(middled(1.0, 0.0), side, 100) for side in (0, 1)] == ["", ""]
    assert [with_none(middled(0.09, 0.04), side, 100) for side in (0, 1)] == ["", ""]
    assert with_none(NUMBER, 0, 100) == with_none(None, 0, 100) == ""


@pytest.mark.parametrize(
    ("without", "with_", "words"),
    [
        (0.14, 1.0, "29 of the 43 after he was taken back"),
        (0.40, 0.8, "20 of the 100 after he was taken back"),
        (0.14, 0.8, "20 of the 100 and 29 of the 43 after he was taken back"),
        (0.40, 1.0, ""),
    ],
)
def test_a_man_in_the_party_may_have_been_taken_back(without, with_, words):
    row = replace(IN_PARTY, unbroken_baseline=without, unbroken_counterfactual=with_)
    assert readmitted(row, 100) == words


def test_the_answer_tells_both(toy, changed, handmade, compared):
    """Boris is expelled and comes back without the change; Boris and Clara are expelled in a world of three with it."""
    here, there = np.tile([0, 1, 0, 1, 0], (3, 4, 1)), np.tile([0, 1, 0, 1, 0], (3, 4, 1))
    here[0, 1:, 2] = 3
    there[:2, 1:, 2] = there[:2, 1:, 4] = 3
    back = compared(handmade(toy, standing=here), handmade(changed(ARMY), standing=there))
    assert "expelled (none in 20 of 60 worlds), against" in " ".join(in_short(back))
