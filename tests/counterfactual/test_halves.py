"""How far the main difference depends on one parameter: halves of the pairs, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import Findings
from factions.counterfactual.halves import Halves, halves
from factions.counterfactual.instead import Instead
from factions.parameters import default_values
from factions.report.answer import firm

ARMY = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1924-02-01\n'
RULED = Finding("ruling", ("doubters",), "probability", "fourth", 0.0, 0.5, 0.01, (0.0, 0.5), "fourth", True, False)


@pytest.fixture
def sides(toy, changed, handmade):
    """60 pairs: without the change the doubters never rule, with it in the worlds 0, 3, 6, ... and in 1, 4, 7, ..."""
    alone, joint = np.tile([0, 1, 2], (3, 4, 1)), np.tile([0, 1, 2], (3, 4, 1))
    joint[:2] = [0, 1, 0]
    return handmade(toy, alliance=alone), handmade(changed(ARMY), alliance=joint)


def drawn(**values):
    records = np.repeat(default_values(), 60)
    for name, each in values.items():
        records[name] = each
    return records


def test_the_difference_is_taken_in_both_halves_by_each_parameter(sides):
    """By precision the upper half has every pair that differs but ten; by mobility both halves have as many."""
    factual, changed = sides
    rules = (changed["alliance"][:, -1, 2] == changed["ruling"][:, -1]).astype(float)
    assert rules.sum() == 40
    order = np.argsort(np.argsort(-rules, kind="stable"))  # those that differ come first
    even = np.tile([0.0, 1.0], 30)[order]
    findings = Findings(changed=((RULED,),))
    found = halves(findings, factual, changed, drawn(precision=60.0 - order, mobility=even))
    assert found == Halves(2, pytest.approx(10 / 30), pytest.approx(1.0), "precision", False)
    fewer = Findings(changed=((replace(RULED, before=1.0),),))
    assert halves(fewer, factual, changed, drawn(precision=60.0 - order)).least == pytest.approx(1.0)
    assert halves(findings, factual, changed, drawn()) is None
    assert halves(Findings(), factual, changed, drawn(precision=order)) is None


def test_it_is_told_with_the_answer(sides, compared):
    told = replace(compared(*sides), halves=Halves(10, 1 / 3, 1.0, "voice_mass", True))
    assert firm(told) == (
        "How firm this is: whichever of the 10 free parameters is high or low, with the events as the file has them, "
        "the change moves “the doubters ruled at the end” by +33 to +100 of 100 worlds (least where “voice mass” is "
        "high)."
    )
    same = firm(replace(told, halves=Halves(10, 0.6, 0.6, "voice_mass", True)))
    assert same.endswith("the change moves “the doubters ruled at the end” by +60 of 100 worlds.")
    assert firm(replace(told, halves=None)) == ""
    turned = replace(told, instead=Instead("dead", ("bella",), RULED, 0.1, half=0.3))
    assert firm(turned).endswith("is a judgement of the file, and was not fitted: hence the half above.")
    assert "judgement" not in firm(replace(told, instead=Instead("post", ("bella",), RULED, 0.1)))
