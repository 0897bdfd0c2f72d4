"""Necessity and sufficiency, against a case that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from factions.counterfactual.causes import Candidate, candidates, conditional, rank
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.inevitability import Factual, Point, inevitability, last_open
from factions.draws import Draws
from factions.model import Party
from factions.scenario import load
from factions.statements.outcomes import find_outcome

# Nobody bargains, moves or is punished; the rebels speak out at the only meeting if their shock is below a probability,
# which a death among the rulers raises.
ONE_DRAW = """\
title = "One draw"
start = 1924-01-01
end = 1924-12-31
[[issues]]
id = "tempo"
[[blocs]]
id = "rulers"
chief = "anna"
[[blocs]]
id = "rebels"
chief = "boris"
[[leaders]]
id = "anna"
bloc = "rulers"
prestige = 8
standing = "politburo"
ideal_point = { tempo = 0.0 }
[[leaders]]
id = "boris"
bloc = "rebels"
prestige = 6
standing = "politburo"
ideal_point = { tempo = 0.0 }
[[leaders]]
id = "clara"
bloc = "rulers"
prestige = 6
standing = "politburo"
ideal_point = { tempo = 0.0 }
[[ties]]
blocs = ["rulers", "rebels"]
trust = 0.5
[[meeting_kinds]]
id = "talk"
electorate = "central_committee"
[[meetings]]
id = "only"
kind = "talk"
date = 1924-09-01
[[events]]
id = "loss"
date = 1924-06-01
kind = "death"
leader = "clara"
[[record]]
id = "spoke"
text = "The rebels speak out."
predicate = "open"
blocs = ["rebels"]
at = "only"
[mechanisms]
bargaining = false
loyalty = false
"""


@pytest.fixture
def one_draw(write):
    return load(write(ONE_DRAW, "one_draw.toml"))


@pytest.fixture
def factual(one_draw, values):
    values["precision"], values["voice_loyalty"] = 14.0, 10.0
    return Factual(one_draw, Draws(values.reshape(1), "test"), 4000, 3, find_outcome(one_draw, "open:rebels"))


def probability(scenario, values) -> float:
    """The model's own probability that the rebels speak out."""
    party = Party(scenario, 0, 0, values)
    party.step()
    (stance,) = [decision for decision in party.decisions if decision.phase == "stance" and decision.actor == "rebels"]
    return stance.terms["probability"]


def test_an_event_that_raises_a_probability(factual, one_draw):
    """With one draw u < p: necessity = (p1 - p0) / p1, sufficiency = (p1 - p0) / (1 - p0)."""
    loss = next(each for each in candidates(one_draw) if each.name == "event:loss")
    p1 = probability(one_draw, factual.draws.values[0])
    p0 = probability(loss.without, factual.draws.values[0])
    assert 0.1 < p0 < p1 - 0.2
    (cause,) = rank(factual, [loss], Condition.none)
    assert cause.effect == pytest.approx(p1 - p0, abs=4 * cause.effect_error)
    assert cause.necessity == pytest.approx((p1 - p0) / p1, abs=4 * cause.necessity_error)
    assert cause.sufficiency == pytest.approx((p1 - p0) / (1 - p0), abs=4 * cause.sufficiency_error)
    assert cause.necessity_error < 0.02


def test_a_decision_that_is_the_outcome_is_necessary_and_sufficient(factual, one_draw):
    decision = next(each for each in candidates(one_draw) if each.name == "claim:spoke")
    (cause,) = rank(factual, [decision], Condition.none)
    assert (cause.necessity, cause.sufficiency) == (1.0, 1.0)
    assert cause.present == pytest.approx(probability(one_draw, factual.draws.values[0]), abs=0.04)


def test_what_does_not_matter_is_neither(factual, one_draw):
    off = one_draw.model_copy(update={"mechanisms": {**one_draw.mechanisms, "patronage": False}})
    (cause,) = rank(factual, [Candidate("mechanism:patronage", "patronage", "mechanism", off)], Condition.none)
    assert (cause.necessity, cause.sufficiency, cause.effect) == (0.0, 0.0, 0.0)


def test_a_change_that_changes_nothing_is_no_cause(factual, one_draw):
    assert rank(factual, [Candidate("event:nothing", "nothing", "event", one_draw)], Condition.none) == []


def test_conditional_probabilities_by_hand():
    event = np.array([True] * 6 + [False] * 6 + [True] * 4)
    given = np.array([True] * 12 + [False] * 4)
    share, error, count = conditional(event, given, np.arange(16))
    assert (share, count) == (0.5, 12)
    assert error == pytest.approx(0.5 / np.sqrt(12), rel=0.1)
    assert conditional(event, given & event & False, np.arange(16)) == (None, None, 0)


def test_the_candidates_are_events_mechanisms_and_documented_decisions(one_draw):
    kinds = {each.name: each.kind for each in candidates(one_draw)}
    assert kinds["event:loss"] == "event"
    assert kinds["claim:spoke"] == "decision"
    assert "mechanism:bargaining" not in kinds  # it is off already
    assert kinds["mechanism:trust"] == "mechanism"


def test_the_curve_ends_where_the_record_ends(factual):
    before, after = inevitability(factual)
    assert (before.meeting, after.meeting) == ("", "only")
    p = probability(factual.base, factual.draws.values[0])
    assert before.probability == pytest.approx(p, abs=4 * before.error)
    assert after.probability == pytest.approx(p * 0.85 / (p * 0.85 + (1 - p) * 0.15), abs=0.02)  # medium confidence


def point(meeting: str, probability: float) -> Point:
    return Point(meeting, "1924-01-01", probability, 0.01, 100.0, 100)


@pytest.mark.parametrize(
    ("probabilities", "last"),
    [([0.5, 0.9, 0.94, 0.99], 2), ([0.5, 0.2, 0.01, 0.0], 1), ([0.99, 1.0, 1.0, 1.0], None), ([0.5, 0.5, 0.5, 0.9], 3)],
)
def test_the_last_meeting_at_which_the_alternative_was_open(probabilities, last):
    points = [point(str(m), probability) for m, probability in enumerate(probabilities)]
    assert last_open(points) is (None if last is None else points[last])
