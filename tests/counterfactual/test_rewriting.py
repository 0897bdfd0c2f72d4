"""How improbable a change was, against the model's own probabilities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.draws import Draws
from factions.dynamics import run_worlds

STANCE = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "{}"\nat = "first"\n'


@pytest.fixture
def cost(toy, changed, values):
    """cost(text): the rewriting cost of a counterfactual of the small case."""

    def _cost(text: str):
        comparer = Comparer(toy, Draws(values.reshape(1), "test"), 1000, 4, Condition.none)
        return comparer.compare(changed(text), tell=False).cost

    return _cost


def test_a_decision_costs_minus_the_logarithm_of_its_probability(cost, toy, values):
    free = run_worlds(toy, np.arange(1000), values, 4)
    quiet = float((free["open"][:, 0, 1] == 0).mean())
    assert 0.05 < quiet < 0.95
    assert cost(STANCE.format("quiet")).nats == pytest.approx(-math.log(quiet), abs=0.01)


def test_two_opposite_decisions_share_the_probability(cost):
    quiet, loud = (math.exp(-cost(STANCE.format(to)).nats) for to in ("quiet", "open"))
    assert quiet + loud + 1e-3 >= 1.0  # where the rebels rule there is nothing to decide, and both agree


def test_what_no_world_would_decide_has_a_lower_bound(cost):
    text = '[[changes]]\nkind = "alliance"\nblocs = ["rulers", "rebels"]\nstand = "together"\nat = "first"\n'
    found = cost(text + "[parameters]\nmisjudgement = 0.01\n")
    assert found.at_least
    assert found.nats == pytest.approx(math.log(2002))


def test_what_comes_from_outside_has_no_probability(cost):
    found = cost('[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n')
    assert (found.nats, found.decisions, found.outside) == (None, 0, 1)


def test_decisions_add_up_over_meetings(cost):
    both = cost('[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nsince = 1924-01-01\nuntil = 1925-01-01\n')
    assert both.decisions == 2
    assert both.nats >= cost(STANCE.format("quiet")).nats


def test_in_how_many_worlds_a_change_is_made_that_requires_something(toy, changed, values):
    stance = STANCE.format("open").replace('at = "first"', "since = 1924-01-01")
    cancel = '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'
    text = stance + 'requires = ["open:rebels"]\n' + cancel + 'requires = ["not open:rebels"]\n'
    alive = '[[changes]]\nkind = "keep_alive"\nleader = "clara"\nsince = 1926-01-01\n'
    never = 'requires = ["party:clara", "not party:clara"]\n'
    comparer = Comparer(toy, Draws(values.reshape(1), "test"), 500, 4, Condition.none)
    found = comparer.compare(changed(text + alive + never + alive.replace("clara", "anna")), tell=False)
    first = [meeting.date < toy.events[0].date for meeting in toy.meetings].count(True) - 1
    spoke = found.counterfactual["open"][:, :, 1] == 1
    said, cancelled, nowhere, always = found.made
    # A stance is looked at when a meeting begins, so after the meeting before; the harvest on its day.
    assert said == pytest.approx(float(spoke[:, :-1].any(axis=1).mean()))
    assert cancelled == pytest.approx(float((~spoke[:, first]).mean())) and 0.0 < cancelled < 1.0
    assert nowhere == 0.0 and always is None
