"""Whom a documented fact concerns: the rebels are Boris and Bella, the rulers Anna and Alexei, and Clara doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import TypeAdapter

from factions.counterfactual.concerns import ANSWER, CHANGE, FAR, NEAR, Told
from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import Findings
from factions.counterfactual.past import Past, PastClaim, bearing
from factions.counterfactual.touched import NOBODY
from factions.scenario.content.claims import Claim

SEAT = Finding("politburo", ("boris",), "probability", "fourth", 0.0, 1.0, 0.01, (0.0, 1.0), "fourth", True, False)
SLIGHT = replace(SEAT, who=("anna",), after=0.1, end=(0.0, 0.1))
RULES = replace(SEAT, kind="ruling", who=("rebels",))


def about(predicate, **fields):
    said = {"id": "it", "text": "It was so.", "predicate": predicate, "at": "third", **fields}
    return TypeAdapter(Claim).validate_python(said)


BORIS, BELLA, ANNA, ALEXEI, CLARA = (
    about("capitulated", leaders=[name]) for name in ("boris", "bella", "anna", "alexei", "clara")
)
JOINS = about("in_bloc", leaders=["clara"], bloc="rebels")
REBELS, ARMY = about("open", blocs=["rebels"]), about("lost", leaders=["clara"], office="army")


@pytest.mark.parametrize(
    ("changed", "named", "claim", "nearness", "words"),
    [
        ([SEAT], NOBODY, BORIS, ANSWER, "the answer: boris"),
        ([SEAT], NOBODY, REBELS, NEAR, "the answer: rebels"),  # his bloc
        ([SEAT], NOBODY, BELLA, FAR, ""),
        ([RULES], NOBODY, BELLA, NEAR, "the answer: rebels"),  # one of its men
        ([SEAT, SLIGHT], NOBODY, ANNA, NEAR, "an outcome: anna"),  # of too small an effect to be told
        ([RULES, SEAT], NOBODY, BORIS, ANSWER, "the answer: boris"),
        ([SEAT, replace(SLIGHT, kind="ruling", who=("rebels",))], NOBODY, REBELS, ANSWER, "the answer: rebels"),
        ([RULES, replace(SLIGHT, who=("bella",))], NOBODY, BELLA, ANSWER, "the answer: rebels; an outcome: bella"),
        ([RULES], NOBODY, JOINS, NEAR, "the answer: rebels"),  # it is about Clara
        ([SEAT], frozenset({("blocs", "rebels")}), JOINS, NEAR, "the change and the answer: rebels"),
        ([SEAT], frozenset({("leaders", "clara")}), JOINS, CHANGE, "the change: clara; the answer: rebels"),
        ([SEAT], frozenset({("offices", "army")}), ARMY, CHANGE, "the change: army"),
        ([SEAT], frozenset({("leaders", "boris")}), BORIS, CHANGE, "the change and the answer: boris"),
        ([SEAT], frozenset({("blocs", "rulers")}), ANNA, CHANGE, "the change: chief of rulers"),
        ([SEAT], frozenset({("blocs", "rulers")}), ALEXEI, FAR, ""),
        ([SEAT], frozenset({("blocs", "newcomers")}), CLARA, FAR, ""),  # nobody knows them in the baseline
    ],
)
def test_a_fact_concerns_the_change_then_the_answer_then_another_outcome(toy, changed, named, claim, nearness, words):
    told = Told(toy, Findings(changed=tuple((each,) for each in changed)), named)
    assert (told.nearness(claim), told.concerns(claim)) == (nearness, words)


def test_what_comes_only_with_the_last_thing_told_comes_after_it(toy):
    """What is told of the second meeting is over when it is judged whether Boris has lost his seat, at the third."""
    rows = tuple(
        PastClaim(claim.id, claim.text, "then", "high", "third", False, False, None, 0.9, 0.01) for claim in toy.record
    )
    passing = replace(SEAT, meeting="second", lasts=False)
    found = bearing(Past(rows), toy, Findings(changed=((passing,),)), NOBODY)
    assert [claim.after for claim in found.claims] == [False, True, True]
    assert [claim.after for claim in bearing(Past(rows), toy, Findings(changed=((SEAT,),)), NOBODY).claims] == [
        False
    ] * 3
    assert [claim.concerns for claim in found.claims] == ["the answer: rebels", "", "the answer: boris"]
