"""Necessity and sufficiency, against a case that can be worked out by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from factions.counterfactual.causes import Candidate, candidates, conditional, rank
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.explanation import chosen_candidates
from factions.counterfactual.inevitability import Factual, Point, inevitability, last_open
from factions.draws import Draws
from factions.model import Party
from factions.report.causes import decided
from factions.scenario import load
from factions.statements.outcomes import find_outcome
from factions.vocabulary import MECHANISMS
from factions.wording import MECHANISM_WORDS

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
trust = 0.36
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
    values["precision"] = 14.0
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


def explained(write, values, trust: float, precision: float, text: str = ONE_DRAW):
    """(the cause "loss" for the outcome that the rebels speak out, probability with it, probability without it)."""
    scenario = load(write(text.replace("trust = 0.36", f"trust = {trust!r}"), "one_draw.toml"))
    values["precision"] = precision
    factual = Factual(scenario, Draws(values.reshape(1), "test"), 4000, 3, find_outcome(scenario, "open:rebels"))
    loss = next(each for each in candidates(scenario) if each.name == "event:loss")
    (cause,) = rank(factual, [loss], Condition.none)
    return cause, probability(scenario, values), probability(loss.without, values)


# The rebels' strength is 6/14 with the death and 6/20 without it; the rulers trust them by 3/7.
# Log-odds with it 100 (6/14 - 3/7) = 0, and without it 100 (6/20 - 3/7) = -12.9.
def test_necessary_and_not_sufficient(write, values):
    """Without the death nobody ever speaks; with it every other world does."""
    cause, with_it, without_it = explained(write, values, 3 / 7, 100.0)
    assert (with_it, without_it) == (pytest.approx(0.5), pytest.approx(0.0, abs=1e-5))
    assert (cause.favours, cause.necessity) == ("outcome", 1.0)
    assert cause.sufficiency == pytest.approx(0.5, abs=4 * cause.sufficiency_error)


# Trust is 0.3. Log-odds with it 100 (6/14 - 0.3) = 12.9, and without it 100 (6/20 - 0.3) = 0.
def test_sufficient_and_not_necessary(write, values):
    """With the death everybody speaks; without it every other world does all the same."""
    cause, with_it, without_it = explained(write, values, 0.3, 100.0)
    assert (with_it, without_it) == (pytest.approx(1.0, abs=1e-5), pytest.approx(0.5))
    assert (cause.favours, cause.sufficiency) == ("outcome", 1.0)
    assert cause.necessity == pytest.approx(0.5, abs=4 * cause.necessity_error)


def test_what_stands_in_the_way_is_weighed_for_the_outcome_not_coming(write, values):
    """One of the rebels dies: log-odds 14 (12/26 - 0.36) = 1.42 without it, 14 (6/20 - 0.36) = -0.84 with it."""
    text = ONE_DRAW.replace('id = "clara"\nbloc = "rulers"', 'id = "clara"\nbloc = "rebels"')
    text = text.replace("prestige = 8", "prestige = 14")
    cause, with_it, without_it = explained(write, values, 0.36, 14.0, text)
    expected = 1 / (1 + np.exp(0.84)), 1 / (1 + np.exp(14 * (0.36 - 12 / 26)))
    assert (with_it, without_it) == pytest.approx(expected)
    assert (cause.with_it, cause.without_it) == (pytest.approx(with_it, abs=0.03), pytest.approx(without_it, abs=0.03))
    assert cause.favours == "opposite" and cause.clear and cause.effect < -0.4
    # u < p: of the worlds that are silent with it, those with p1 <= u < p0 speak without it; and the reverse.
    assert cause.necessity == pytest.approx((without_it - with_it) / (1 - with_it), abs=4 * cause.necessity_error)
    assert cause.sufficiency == pytest.approx((without_it - with_it) / without_it, abs=4 * cause.sufficiency_error)


def test_the_largest_effects_of_either_sign_come_first_and_unclear_ones_last(factual, monkeypatch):
    effects = {"a": (0.1, 0.01), "b": (-0.4, 0.01), "c": (0.2, 0.2), "d": (-0.01, 0.001)}

    def weigh(factual, candidate, condition):
        effect, error = effects[candidate.name]
        return SimpleNamespace(name=candidate.name, effect=effect, clear=abs(effect) > 2 * error)

    monkeypatch.setattr("factions.counterfactual.causes._weigh", weigh)
    ranked = rank(factual, [Candidate(name, name, "event", factual.base) for name in effects])
    assert [cause.name for cause in ranked] == ["b", "a", "d", "c"]


def test_the_outcome_under_another_name_is_no_cause(one_draw):
    """The decision of the rebels at the only meeting is the outcome itself; for what Anna holds it may be a cause."""
    for outcome, there in (("open:rebels", False), ("claim:spoke", False), ("politburo:anna", True)):
        chosen = chosen_candidates(one_draw, (), find_outcome(one_draw, outcome))
        assert ("claim:spoke" in [each.name for each in chosen]) is there
        assert "event:loss" in [each.name for each in chosen]


def test_every_mechanism_has_words():
    assert tuple(MECHANISM_WORDS) == MECHANISMS


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


def test_a_documented_decision_says_whose_it_was_and_when(toy):
    """Its own text may be half a sentence: Nor in November."""
    found = {claim.id: decided(toy, SimpleNamespace(name=f"claim:{claim.id}")) for claim in toy.record}
    assert found["rebels_open"] == ": the rebels in open opposition, first"
    assert found["rulers_rule"] == ""  # that somebody rules is no decision
    assert decided(toy, SimpleNamespace(name="event:harvest")) == ""
