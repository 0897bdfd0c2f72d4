"""The null models: rules worked out by hand, and what all of them keep to."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factions.dynamics import one_meeting
from factions.scenario import load
from factions.validation.comparison import KINDS, Contender, fitted
from factions.validation.majorities import Surroundings, admissible, largest, least_range, winners
from factions.validation.nulls import CHANCES, FORMS, NullDynamics, null_ensemble, surroundings
from factions.world.build import build_case


def chances(worlds, **given):
    table = np.zeros((worlds, len(CHANCES)))
    for name, value in given.items():
        table[:, CHANCES.index(name)] = value
    return table


def around(influence, line=None):
    influence = np.array([influence], float)
    line = np.zeros((1, influence.shape[1], 1)) if line is None else np.array([line], float)[:, :, np.newaxis]
    return Surroundings(influence, influence, line, np.ones((1, 1)))


def apart(*pairs, blocs=4):
    """Who may share no alliance."""
    table = np.zeros((blocs, blocs), bool)
    for one, other in pairs:
        table[one, other] = table[other, one] = True
    return table


def test_the_largest_takes_the_cheapest_partner_that_suffices():
    chosen = largest(np.array([0.4, 0.25, 0.2, 0.15]), 0.5, apart())
    np.testing.assert_array_equal(chosen, [True, False, False, True])


def test_the_largest_alone_when_it_has_the_majority():
    np.testing.assert_array_equal(largest(np.array([0.2, 0.6, 0.2]), 0.5, apart(blocs=3)), [False, True, False])


def test_the_largest_takes_several_when_no_one_suffices():
    chosen = largest(np.array([0.3, 0.18, 0.18, 0.17, 0.17]), 0.5, apart(blocs=5))
    assert chosen[0] and chosen.sum() == 3


def test_the_least_range_is_the_narrowest_majority():
    place = around([0.3, 0.3, 0.25, 0.15], [-1.0, 0.2, 0.4, 1.0])
    np.testing.assert_array_equal(least_range(place, 0, 0.5, apart()), [False, True, True, False])


def test_random_winners_have_a_majority_and_need_their_last_member():
    place, random = around([0.41, 0.29, 0.19, 0.11]), np.random.default_rng(0)
    found = winners("random_winners", place, 0, 400, random, apart())
    weight = found @ place.influence[0]
    assert (weight > 0.5).all()
    assert len({tuple(row) for row in found.tolist()}) > 3


def test_the_largest_does_not_take_whom_it_is_kept_apart_from():
    # Without the cheapest partner (3) the next that suffices is 2; kept apart from all, it stays alone.
    shares = np.array([0.4, 0.25, 0.2, 0.15])
    np.testing.assert_array_equal(largest(shares, 0.5, apart((0, 3))), [True, False, True, False])
    np.testing.assert_array_equal(largest(shares, 0.5, apart((0, 1), (0, 2), (0, 3))), [True, False, False, False])


def test_the_least_range_has_no_two_that_are_kept_apart():
    place = around([0.3, 0.3, 0.25, 0.15], [-1.0, 0.2, 0.4, 1.0])
    # Without the pair in the middle: 0, 1 (1.2), 0, 2 (1.4), 1 and 3 have no majority; 0 and 1 it is.
    np.testing.assert_array_equal(least_range(place, 0, 0.5, apart((1, 2))), [True, True, False, False])
    divided = apart((0, 1), (1, 2), (0, 2), (0, 3), (1, 3))  # the strongest that is possible: 2 and 3
    np.testing.assert_array_equal(least_range(place, 0, 0.5, divided), [False, False, True, True])


def test_random_winners_are_never_two_that_are_kept_apart():
    place, random = around([0.41, 0.29, 0.19, 0.11]), np.random.default_rng(0)
    found = winners("random_winners", place, 0, 400, random, apart((0, 1)))
    assert not (found[:, 0] & found[:, 1]).any() and found[:, 0].any() and found[:, 1].any()
    # 1 and two others have more than half, 0 and one other too.
    assert ((found @ place.influence[0] > 0.5) | found[:, 1:].all(axis=1)).all()


def test_who_comes_later_stays_out_of_an_alliance_with_one_he_is_kept_apart_from():
    wanted = np.array([[True, True, True, False], [False, True, True, True]])
    found = admissible(wanted, np.array([2, 1, 0, 3]), apart((0, 2), (1, 3)))
    np.testing.assert_array_equal(found, [[False, True, True, False], [False, True, True, False]])


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


@pytest.fixture
def body(struggle):
    """body(*kinds, **tables): a has most influence, b and c together most heads; a meeting of each kind."""

    def write(*kinds, **tables):
        cast = {"a_1": {"prestige": 9.0}, "b_1": {}, "b_2": {}, "c_1": {"standing": "central_committee"}}
        case = struggle(cast, (100,) * len(kinds), **tables)
        named = [{"electorate": "politburo", **kind, "id": f"k{n}", "name": f"k{n}"} for n, kind in enumerate(kinds)]
        meetings = [{**each.model_dump(), "kind": f"k{n}"} for n, each in enumerate(case.meetings)]
        said = case.model_dump() | {"meeting_kinds": tuple(named), "meetings": tuple(meetings)}
        return type(case).model_validate(said)

    return write


def test_where_heads_decide_the_alliance_with_most_of_them_rules(body):
    case = body({}, {"ruled_by": "votes"}, {"ruled_by": "votes", "electorate": "central_committee"})
    np.testing.assert_array_equal(surroundings(build_case(case)).weight[1:], [[1, 2, 0], [1, 2, 1]])
    ruling = null_ensemble(case, "unchanged", chances(2), seed=1)["ruling"]
    np.testing.assert_array_equal(ruling, [[0, 1, 1]] * 2)
    # The two of b are most of the Politburo; of four in the committee they are half, and take one more.
    alliance = null_ensemble(case, "largest_and_cheapest", chances(1, reform=1.0), seed=1)["alliance"][0]
    assert alliance[1].tolist() == [0, 1, 2] and alliance[2][1] in (alliance[2][0], alliance[2][2])


def test_camps_are_never_more_than_the_file_allows_and_losers_unite_for_want_of_room(body):
    two = body({}, {}).model_copy(update={"camps": 2})
    for form in FORMS:
        alliance = null_ensemble(two, form, chances(5, reform=1.0), seed=1)["alliance"]
        assert all(len(set(row)) <= 2 for world in alliance.tolist() for row in world), form
    # The two weakest, b (1.64 of 11.28) and c (0.64), stand together from the first day.
    assert null_ensemble(two, "unchanged", chances(1), seed=1)["alliance"][0, 0].tolist() == [0, 1, 1]
    one = two.model_copy(update={"camps": 1})
    assert null_ensemble(one, "unchanged", chances(1), seed=1)["alliance"][0, 0].tolist() == [0, 0, 0]
    apart = body({}, {}, apart=[{"blocs": ("b", "c")}]).model_copy(update={"camps": 2})
    assert null_ensemble(apart, "unchanged", chances(1), seed=1)["alliance"][0, 0].tolist() == [0, 1, 0]


def test_losers_that_are_kept_apart_do_not_unite(body):
    for tables, wanted in (({}, [0, 1, 1]), ({"apart": [{"blocs": ("b", "c")}]}, [0, 1, 2])):
        case = body({}, **tables)
        alliance = null_ensemble(case, "largest_and_cheapest", chances(1, reform=1.0, unite=1.0), seed=1)["alliance"]
        assert alliance[0, 0].tolist() == wanted


def test_a_wider_body_gives_back_what_a_narrower_one_took_from_those_who_rule_at_it(body):
    # a rules the narrow body by influence and strikes b, which opposes; in the committee b and c have most heads.
    wide = {"electorate": "central_committee", "ruled_by": "votes"}
    together = [{"blocs": ("b", "c")}]
    for overrules in (True, False):
        case = body({}, {**wide, "overrules": overrules}, alliances=together)
        ensemble = null_ensemble(case, "unchanged", chances(1, speak=1.0, punish=1.0), seed=1)
        assert ensemble["standing"][0, 0].tolist() == [0, 1, 1, 2]
        # At the second meeting a is the opposition, and falls.
        assert ensemble["ruling"][0].tolist() == [0, 1]
        assert ensemble["standing"][0, 1].tolist() == ([1, 0, 0, 1] if overrules else [1, 1, 1, 2])


def test_whom_the_rulers_put_out_their_first_man_falls_as_deep_as_the_meeting_may_purge(body):
    # All rule at first. Then a, which has the majority by itself, puts out the others; the first man of b is b_1.
    purge = {"purges": ("office", "party")}
    together = [{"blocs": ("a", "b", "c")}]
    offices = ({"id": "chair", "holder": "b_1", "machine": 0.0},)
    for kind, wanted in ((purge, [0, 3, 0, 3]), ({}, [0, 0, 0, 1])):
        case = body({}, kind, alliances=together, offices=offices)
        dynamics = NullDynamics(case, "largest_and_cheapest", chances(3, punish=1.0), seed=1)
        dynamics.meet(0, np.arange(3))
        dynamics.chances["reform"][:] = 1.0
        dynamics.meet(1, np.arange(3))
        np.testing.assert_array_equal(dynamics.state.standing, [wanted] * 3)
        np.testing.assert_array_equal(dynamics.state.holder, [[0 if kind else 1]] * 3)


def test_the_rulers_of_the_first_day_may_put_out_a_partner_at_the_first_meeting(body):
    case = body({"purges": ("office", "party")}, alliances=[{"blocs": ("a", "b", "c")}])
    found = null_ensemble(case, "largest_and_cheapest", chances(1, punish=1.0, reform=1.0), seed=1)
    assert found["standing"][0, 0].tolist() == [0, 3, 0, 3]


def test_a_meeting_that_reshuffles_takes_the_posts_of_outsiders_that_it_fills(body):
    posts = [{"id": "chair", "holder": "b_1", "machine": 0.0}, {"id": "secretary", "holder": "a_1", "machine": 0.0}]
    offices = (*posts, {"id": "clerk", "holder": "b_2", "machine": 0.0, "appointed_by": "secretary"})
    for reshuffles, wanted in ((True, [0, 0, 2]), (False, [1, 0, 2])):
        case = body({"reshuffles": reshuffles}, offices=offices)
        assert null_ensemble(case, "unchanged", chances(1), seed=1)["holder"][0, 0].tolist() == wanted


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


def test_who_resigns_is_not_given_the_office_again_and_none_is_filled_before_it_is_created(body):
    day = dt.date(1924, 6, 1)
    offices = ({"id": "chair", "holder": "a_1", "machine": 0.0}, {"id": "press", "machine": 0.0})
    resigns = {"id": "age", "kind": "resignation", "date": day, "leader": "a_1", "office": "chair"}
    founded = {"id": "press_founded", "kind": "creation", "date": day, "office": "press"}
    found = null_ensemble(body({}, {}, offices=offices, events=(resigns, founded)), "unchanged", chances(1), seed=1)
    assert found["holder"][0].tolist() == [[0, -1], [-1, 0]]
