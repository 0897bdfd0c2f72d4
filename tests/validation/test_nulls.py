"""The null models: rules worked out by hand, and what all of them keep to."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.dynamics import one_meeting
from factions.scenario import load
from factions.validation.comparison import KINDS, Contender, fitted
from factions.validation.nulls import (
    CHANCES,
    FORMS,
    NullDynamics,
    Surroundings,
    _largest,
    _least_range,
    _winners,
    null_ensemble,
    surroundings,
)
from factions.world.build import build_case


def chances(worlds, **given):
    table = np.zeros((worlds, len(CHANCES)))
    for name, value in given.items():
        table[:, CHANCES.index(name)] = value
    return table


def around(influence, line=None):
    influence = np.array([influence], float)
    line = np.zeros((1, influence.shape[1], 1)) if line is None else np.array([line], float)[:, :, np.newaxis]
    return Surroundings(influence, line, np.ones((1, 1)))


def test_the_largest_takes_the_cheapest_partner_that_suffices():
    chosen = _largest(np.array([0.4, 0.25, 0.2, 0.15]), 0.5)
    np.testing.assert_array_equal(chosen, [True, False, False, True])


def test_the_largest_alone_when_it_has_the_majority():
    np.testing.assert_array_equal(_largest(np.array([0.2, 0.6, 0.2]), 0.5), [False, True, False])


def test_the_largest_takes_several_when_no_one_suffices():
    chosen = _largest(np.array([0.3, 0.18, 0.18, 0.17, 0.17]), 0.5)
    assert chosen[0] and chosen.sum() == 3


def test_the_least_range_is_the_narrowest_majority():
    place = around([0.3, 0.3, 0.25, 0.15], [-1.0, 0.2, 0.4, 1.0])
    np.testing.assert_array_equal(_least_range(place, 0, 0.5), [False, True, True, False])


def test_random_winners_have_a_majority_and_need_their_last_member():
    place, random = around([0.41, 0.29, 0.19, 0.11]), np.random.default_rng(0)
    winners = _winners("random_winners", place, 0, 400, random)
    weight = winners @ place.influence[0]
    assert (weight > 0.5).all()
    assert len({tuple(row) for row in winners.tolist()}) > 3


@pytest.mark.parametrize("form", FORMS)
def test_without_chances_nothing_changes(scenario, form):
    ensemble = null_ensemble(scenario, form, chances(3), seed=1)
    for name in ("alliance", "standing", "membership", "holder"):
        first = ensemble[name][:, :1]
        np.testing.assert_array_equal(ensemble[name], np.broadcast_to(first, ensemble[name].shape))
    assert not ensemble["open"].any() and not ensemble["surrendered"].any()


@pytest.mark.parametrize("form", FORMS)
def test_worlds_keep_to_the_meaning_of_the_arrays(history, form):
    table = np.random.default_rng(2).random((40, len(CHANCES)))
    ensemble = null_ensemble(history, form, table, seed=3)
    rules = ensemble["alliance"] == ensemble["ruling"][:, :, np.newaxis]
    assert rules.any(axis=2).all(), "somebody rules"
    assert not (rules & (ensemble["open"] == 1)).any(), "nobody opposes himself"
    assert (ensemble["standing"] >= 0).all() and (ensemble["standing"] <= 5).all()
    assert ((ensemble["vote_share"] >= 0) & (ensemble["vote_share"] <= 1)).all()
    label = ensemble["alliance"]
    own = np.arange(label.shape[2])
    assert (label <= own).all(), "an alliance is called after its first bloc"


def test_certain_punishment_goes_down_a_rung_a_meeting(scenario):
    ensemble = null_ensemble(scenario, "unchanged", chances(2, speak=1.0, punish=1.0), seed=1)
    outside = ensemble["alliance"][0, 0] != ensemble["ruling"][0, 0]
    member = outside[ensemble["membership"][0, 0]]
    np.testing.assert_array_equal(ensemble["standing"][0][:, member][:, 0], [1, 2, 3, 4])
    np.testing.assert_array_equal(ensemble["standing"][0][:, ~member][:, 0], [0, 0, 0, 0])


def test_surroundings_follow_the_events(minimal, write):
    """Shares by hand: trotsky has prestige 10 and an office of 2, stalin prestige 3 and an office of 5."""
    events = """
[[events]]
id = "masses"
date = 1925-01-01
kind = "enrolment"
share = 0.5

[[events]]
id = "turn"
date = 1925-01-02
kind = "policy_shift"
leader = "trotsky"
issue = "tempo"
to = 1.0

[[events]]
id = "debate"
date = 1925-01-03
kind = "salience"
issue = "tempo"
by = 1.0
"""
    around = surroundings(build_case(load(write(minimal + events))))
    np.testing.assert_allclose(around.influence, [[12 / 20, 8 / 20], [7 / 13.5, 6.5 / 13.5]])
    np.testing.assert_allclose(around.line[:, :, 0], [[-1.0, 0.25], [1.0, 0.5]])
    np.testing.assert_allclose(around.salience, [[1.0], [2.0]])


LEADER = """
[[leaders]]
id = "{id}"
bloc = "{bloc}"
prestige = {prestige}
standing = "{standing}"
ideal_point = {{ tempo = 0.0 }}

"""

ILL = """
[[events]]
id = "ill"
date = 1924-01-01
kind = "illness"
leader = "stalin"
"""


@pytest.mark.parametrize(("deputy", "left"), [('deputies = ["trotsky"]', 17 / 21), ("", 12 / 16)])
def test_a_deputy_has_the_office_of_one_who_is_ill(minimal, write, deputy, left):
    another = LEADER.format(id="another", bloc="centre", prestige=4, standing="politburo")
    text = minimal.replace("machine = 5.0", f"machine = 5.0\n{deputy}").replace(
        "[[offices]]", another + "[[offices]]", 1
    )
    around = surroundings(build_case(load(write(text + ILL))))
    np.testing.assert_allclose(around.influence[0], [left, 1.0 - left])


DECREED = """
extends = "base.toml"
question = "What if it were decreed?"

[[changes]]
kind = "{kind}"
date = 1924-06-01
text = "Decreed."
{what}
"""


@pytest.mark.parametrize(
    ("kind", "what", "name", "place", "wanted"),
    [
        ("appointment", 'office = "army"\nleader = "stalin"', "holder", 1, [0, 1]),
        ("standing", 'leader = "trotsky"\nto = "party_member"', "standing", 0, [0, 2]),
        ("membership", 'leader = "trotsky"\nbloc = "centre"', "membership", 0, [0, 1]),
        ("death", 'leader = "stalin"', "activity", 1, [1, -1]),
    ],
)
def test_worlds_see_what_is_decreed(minimal, write, kind, what, name, place, wanted):
    write(minimal, "base.toml")
    ensemble = null_ensemble(load(write(DECREED.format(kind=kind, what=what))), "unchanged", chances(2), seed=1)
    np.testing.assert_array_equal(ensemble[name][:, :, place], [wanted, wanted])


def test_empty_seats_go_to_the_rulers_of_most_prestige(minimal, write):
    seats = """
[[events]]
id = "more"
date = 1925-01-01
kind = "seats"
number = 4
"""
    cast = "".join(
        LEADER.format(id=name, bloc=bloc, prestige=prestige, standing=standing)
        for name, bloc, prestige, standing in [
            ("least", "left", 1, "central_committee"),
            ("most", "left", 3, "central_committee"),
            ("more", "left", 2, "central_committee"),
            ("far", "left", 9, "party_member"),
            ("theirs", "centre", 9, "central_committee"),
        ]
    )
    text = minimal.replace("[[offices]]", cast + "[[offices]]", 1) + seats
    for fills, wanted in (("false", [1, 1, 1, 2, 1]), ("true", [1, 0, 0, 2, 1])):
        scenario = load(
            write(text.replace('electorate = "delegates"', f'electorate = "delegates"\nfills_seats = {fills}'))
        )
        ensemble = null_ensemble(scenario, "unchanged", chances(1), seed=1)
        assert ensemble["ruling"][0].tolist() == [0, 0], "the left rules"
        np.testing.assert_array_equal(ensemble["standing"][0, :, 2:], [[1, 1, 1, 2, 1], wanted])


def test_selected_worlds_are_copies(scenario):
    dynamics = NullDynamics(scenario, "random_winners", chances(4, reform=1.0, speak=0.5), seed=2)
    dynamics.meet(0, np.arange(4))
    before, after = one_meeting(scenario, 4), one_meeting(scenario, 4)
    dynamics.record(before, 0)
    dynamics.select(np.array([2, 2, 0, 1]))
    dynamics.record(after, 0)
    assert before["open"].any() and not before["open"].all()
    np.testing.assert_array_equal(after["open"], before["open"][[2, 2, 0, 1]])


def test_the_search_finds_a_peak():
    wanted = np.linspace(0.1, 0.8, len(CHANCES))
    found = fitted(lambda tried: -((tried - wanted) ** 2).sum(axis=1), 4, rounds=6, candidates=48)
    assert np.abs(found - wanted).mean() < 0.12
    assert ((found >= 0.0) & (found <= 1.0)).all()


@pytest.fixture(scope="module")
def told():
    """A record of four claims whose errors are 0.05, 0.15, 0.3 and 0.05, as far as scores look at it."""
    return SimpleNamespace(error=np.array([0.05, 0.15, 0.3, 0.05]))


def contender(*probability: float) -> Contender:
    return Contender("test", dict.fromkeys(KINDS, np.array(probability)))


def test_who_is_sure_and_right_hedges_nothing(told):
    scores, hedge = contender(1.0, 1.0, 1.0, 1.0).hedged("prequential", told)
    assert hedge == 0.0
    np.testing.assert_allclose(scores, np.log([0.95, 0.85, 0.7, 0.95]))


def test_who_is_sure_and_half_wrong_becomes_a_coin():
    # Two claims of one error, one foreseen and one ruled out: (0.15 + 0.35 s)(0.85 - 0.35 s) is greatest at s = 1.
    told = SimpleNamespace(error=np.array([0.15, 0.15]))
    scores, hedge = contender(0.0, 1.0).hedged("unconditional", told)
    assert hedge == 1.0
    np.testing.assert_allclose(scores, np.log(0.5))


@given(probability=st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_hedged_nobody_is_worse_than_before_nor_than_a_coin(told, probability):
    one = contender(*probability)
    hedged = one.hedged("unconditional", told)[0].mean()
    assert hedged >= max(one.scores("unconditional", told).mean(), np.log(0.5)) - 1e-12
