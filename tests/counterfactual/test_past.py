"""The record before a change: its claims, which of them the change touches, and how far worlds keep to them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual import conditioning
from factions.counterfactual.compare import Comparer
from factions.counterfactual.concerns import ANSWER, CHANGE, FAR, NEAR
from factions.counterfactual.conditioning import Condition, _filters, condition_paths
from factions.counterfactual.failing import Way
from factions.counterfactual.past import Past, PastClaim, documented, past_of, past_warning, wanted
from factions.counterfactual.touched import NOBODY, named_by, touches
from factions.draws import Draws
from factions.dynamics import run_worlds
from factions.inference import strict
from factions.statements.claims import judge

REBELS = frozenset({("blocs", "rebels")})

QUIET = '[[changes]]\nkind = "stance"\nbloc = "rebels"\nto = "quiet"\nat = "third"\n'


@pytest.fixture
def draws(values):
    return Draws(values.reshape(1), "test")


def with_record(toy, *claims):
    """The small case with these claims alone; each is (predicate, confidence, meeting, fields)."""
    kinds = {claim.predicate: type(claim) for claim in toy.record}
    rows = [
        kinds[predicate].model_validate(
            {"id": f"c{n}", "text": f"Claim {n}.", "predicate": predicate, "at": at, "confidence": confidence, **fields}
        )
        for n, (predicate, confidence, at, fields) in enumerate(claims)
    ]
    return toy.model_copy(update={"record": tuple(rows)})


def test_the_record_before_a_meeting_is_cut_where_it_goes_on(scenario):
    """first / second-third throughout / second-fourth sometime / first-second never."""
    spans = [[(claim.id, claim.at or claim.between) for claim in documented(scenario, m).record] for m in range(5)]
    first, never = ("speaks_first", "first"), ("never_mute_twice", ("first", "second"))
    assert spans[0] == []
    assert spans[1] == [first, ("never_mute_twice", ("first", "first"))]
    assert spans[2] == [first, ("silent_between", ("second", "second")), never]
    assert spans[3] == [first, ("silent_between", ("second", "third")), never]
    assert spans[4] == [(claim.id, claim.at or claim.between) for claim in scenario.record]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", []),
        ('[[meeting_kinds]]\nid = "talk"\nselection = 0.5\n', []),
        (QUIET, ["blocs rebels"]),
        (
            '[[changes]]\nkind = "alliance"\nblocs = ["rebels", "doubters"]\nstand = "apart"\nat = "third"\n',
            ["blocs doubters", "blocs rebels"],
        ),
        (
            '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "bella"\ndate = 1925-01-01\n',
            ["leaders bella", "offices army"],
        ),
        ('[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n', ["blocs doubters"]),
        ('[[changes]]\nkind = "move"\nevent = "clara_dies"\ndate = 1925-01-01\n', ["leaders clara"]),
        ('remove = ["events.clara_dies"]\n', ["leaders clara"]),
        ('[[leaders]]\nid = "bella"\nprestige = 9\n', ["blocs rebels", "leaders bella"]),
        ('[[ties]]\nblocs = ["rulers", "rebels"]\ntrust = 0.5\n', ["blocs rebels", "blocs rulers"]),
        ('[[record]]\nid = "boris_out"\nat = "fourth"\n', []),
    ],
)
def test_a_file_names_the_actors_of_what_it_changes(toy, changed, text, named):
    assert sorted(" ".join(pair) for pair in named_by(toy, changed(text))) == named


def test_a_claim_is_touched_by_those_its_predicate_speaks_of(history):
    by = {claim.id: claim for claim in history.record}
    left, trotsky, army = (
        frozenset({pair}) for pair in (("blocs", "left"), ("leaders", "trotsky"), ("offices", "army"))
    )
    assert [touches(left, by[name]) for name in ("a29_bloc_splits", "s13_trotsky_loses_the_army")] == [True, False]
    assert touches(trotsky, by["s13_trotsky_loses_the_army"])
    assert touches(army, by["s13_trotsky_loses_the_army"])
    assert not touches(left, by["c03_vote_of_the_xiii_conference"])  # "about" says where figures draw it
    assert not any(touches(NOBODY, claim) for claim in history.record)


def test_claims_of_low_confidence_are_not_imposed(toy):
    bloc = {"blocs": ["rebels"]}
    tried = with_record(toy, *(("open", confidence, "first", bloc) for confidence in ("high", "medium", "low", None)))
    assert wanted(tried, REBELS).tolist() == [True, True, False, True]
    assert wanted(tried, NOBODY).tolist() == [False] * 4


def test_what_is_touched_holds_in_every_world_and_costs_the_others(toy, draws):
    """One filter of 500 particles, worlds 0 .. 499: as many are left as speak out when nothing is imposed."""
    only = with_record(toy, ("open", "high", "first", {"blocs": ["rebels"]}))
    speak = int(judge(run_worlds(only, np.arange(500), draws.of(np.arange(500)), 3)).sum())
    assert 100 < speak < 450
    paths = condition_paths(only, draws, 500, 3, Condition.branch, 2, named=REBELS)
    past = past_of(only, paths, paths.run(only, 3), REBELS)
    (claim,) = past.claims
    assert (claim.touched, claim.imposed, claim.violated) == (True, True, 0.0)
    assert claim.held == pytest.approx(speak / 500)
    assert (past.effective_before, past.effective_after) == pytest.approx((500, speak))
    assert paths.ancestors == speak


def test_what_is_not_touched_is_weighed_and_reported(toy, draws):
    only = with_record(toy, ("open", "medium", "first", {"blocs": ["rebels"]}))
    paths = condition_paths(only, draws, 2000, 3, Condition.branch, 2)
    worlds = paths.run(only, 3)
    (claim,) = past_of(only, paths, worlds, NOBODY).claims
    assert (claim.touched, claim.imposed, claim.held, claim.until) == (False, False, None, "first")
    free = judge(run_worlds(only, np.arange(2000), draws.of(np.arange(2000)), 3)).mean()
    assert claim.violated == pytest.approx((1 - free) * 0.15 / ((1 - free) * 0.15 + free * 0.85), abs=0.02)
    assert claim.error is not None


def test_a_claim_that_no_world_satisfies_is_said_and_the_rest_is_imposed(toy, draws, changed):
    """Nobody is deported by the first meeting."""
    tried = with_record(
        toy,
        ("standing", "high", "first", {"leaders": ["boris"], "at_most": "deported"}),
        ("open", "high", "first", {"blocs": ["rebels"]}),
    )
    text = QUIET + '[[changes]]\nkind = "standing"\nleader = "boris"\nto = "expelled"\ndate = 1926-01-01\n'
    found = Comparer(tried, draws, 300, 3, Condition.branch).compare(changed(text), tell=False)
    gone, speaks = found.past.claims
    assert (gone.imposed, gone.refused, gone.held, gone.violated) == (False, True, 0.0, 1.0)
    assert (speaks.imposed, speaks.refused, speaks.violated) == (True, False, 0.0)
    said = " ".join(found.warnings)
    assert "depart from this documented fact: “Claim 0” (March 1924; never comes in 100%)" in said
    assert "Claim 1" not in said


def of(violated, touched=True, held=None, imposed=False, confidence="low"):
    row = PastClaim("c", "It was so.", "then", confidence, "first", touched, imposed, held, violated, 0.01)
    return replace(row, nearness=CHANGE if touched else FAR)


def test_later_claims_are_judged_in_the_worlds_without_the_change_and_not_required(toy, draws, changed):
    """The change comes at the second meeting; what is claimed of the first is past, and of the second is later."""
    rebels = {"blocs": ["rebels"]}
    tried = with_record(toy, ("open", "high", "first", rebels), ("open", "high", "second", rebels))
    text = QUIET.replace("third", "second")
    found = Comparer(tried, draws, 400, 3, Condition.branch).compare(changed(text), tell=False)
    (first,), (second,) = found.past.claims, found.past.later
    assert (first.imposed, first.violated) == (True, 0.0)
    assert (second.claim, second.imposed, second.held) == ("c1", False, None)
    assert second.violated == pytest.approx(1 - judge(found.factual)[:, 1].mean())


def test_one_short_warning_names_what_concerns_the_question_most_and_counts_the_others():
    """0.7 is of the change; 0.6 and 0.8 of the answer, and 0.9 is, but not sure; 0.55 concerns nobody; 0.3 holds."""
    rows = [
        replace(of(share, touched, confidence=sure), text=f"F{share} was so.", nearness=near)
        for share, touched, sure, near in (
            (0.6, False, "medium", ANSWER),
            (0.9, False, "low", ANSWER),
            (0.8, False, "high", ANSWER),
            (0.7, True, "high", CHANGE),
            (0.55, False, "high", FAR),
            (0.3, True, "high", CHANGE),
        )
    ]
    assert past_warning(Past(tuple(rows[:2]), later=tuple(rows[2:]))) == (
        "most worlds without the change depart from these documented facts: “F0.7 was so” (fails in 70%); “F0.8 was "
        "so” (fails in 80%); “F0.6 was so” (fails in 60%); “F0.9 was so” (fails in 90%); and from 1 other of all 6 "
        "(listed in “How sure is this”)"
    )
    assert past_warning(Past(later=(rows[3],))) == (
        "most worlds without the change depart from this documented fact: “F0.7 was so” (fails in 70%)"
    )


def test_the_warning_says_what_comes_instead_and_has_room_for_so_many_words():
    late, never, early = Way("late", 0.6, "in June 1926"), Way("never", 0.3), Way("ends", 0.2, "after March 1924")
    rows = [
        replace(of(0.9), text="The long one of words, as there, in 1925, was so.", day="May 1925", ways=ways)
        for ways in ((late, never), (never, early))
    ]
    assert past_warning(Past((replace(rows[0], text="It came."),))).endswith(
        "“It came” (May 1925; comes late in 60%, mostly in June 1926)"
    )
    assert past_warning(Past((rows[1],))).endswith("in 1925, was so” (never comes or ends early in 50%)")
    assert past_warning(Past((rows[0],) * 3)).count("The long one") == 1
    assert past_warning(Past((rows[1],) * 3)).count("The long one") == 2
    far, late, short = replace(rows[0], nearness=NEAR), replace(rows[0], after=True), replace(of(0.6), text="It came.")
    told = past_warning(Past((*[rows[0]] * 3, short)))
    assert told.count("The long one") == told.count("It came") == 1  # what is shorter has room yet
    assert past_warning(Past((short, replace(far, text="F."), replace(late, text="L.")))).count("“") == 2


def test_what_fails_in_half_of_the_worlds_fails_in_no_more_than_half():
    assert past_warning(Past((of(0.504),), later=(of(0.1),))) == ""
    assert "(fails in 51%)" in past_warning(Past((of(0.506),)))


def test_of_facts_about_others_only_the_number_is_told():
    far = (of(0.9, False), of(0.6, False), of(0.5, False))
    assert past_warning(Past(far)) == (
        "of 3 documented statements 2 fail in most worlds without the change, but none about those whom the change or "
        "the answer names (listed in “How sure is this”)"
    )
    assert "of 2 documented statements 1 fails in most" in past_warning(Past(far[1:]))
    assert past_warning(Past()) == ""


def test_what_the_answer_may_depend_on_comes_first_then_what_fails_most():
    """What the change touches, what the answer tells of, other outcomes; such as come when all is over; the rest."""
    rows = [
        replace(of(share, touched), nearness=near, after=after)
        for share, touched, near, after in (
            (0.9, False, FAR, False),
            (0.8, True, CHANGE, True),
            (0.6, False, NEAR, False),
            (0.7, False, NEAR, False),
            (0.65, False, ANSWER, False),
            (0.55, True, CHANGE, False),
            (0.5, True, CHANGE, False),
        )
    ]
    assert [claim.violated for claim in Past(later=tuple(rows)).missed] == [0.55, 0.65, 0.7, 0.6, 0.8, 0.9]
    assert [claim.violated for claim in Past(tuple(rows)).violated] == [0.55, 0.5, 0.65, 0.7, 0.6, 0.8, 0.9]
    sure = [replace(of(share), confidence=name) for share, name in ((0.9, "low"), (0.6, "high"), (0.7, "medium"))]
    assert [claim.violated for claim in Past(tuple(sure)).failing] == [0.7, 0.6, 0.9]


@pytest.mark.parametrize("condition", [Condition.branch, Condition.record])
def test_a_comparison_keeps_to_what_its_change_touches(toy, changed, draws, condition):
    found = Comparer(toy, draws, 200, 4, condition).compare(changed(QUIET), tell=False)
    by = {claim.claim: claim for claim in found.past.claims}
    assert set(by) == {"rebels_open", "rulers_rule"} | ({"boris_out"} if condition is Condition.record else set())
    assert by["rebels_open"].violated == 0.0
    assert not by["rulers_rule"].touched


def test_files_that_touch_other_claims_do_not_share_their_worlds(toy, changed, draws):
    comparer = Comparer(toy, draws, 200, 4, Condition.branch)
    doubters = QUIET.replace("rebels", "doubters")
    found = [comparer.compare(changed(text), tell=False) for text in (QUIET, doubters, QUIET)]
    assert [each.past.claims[0].imposed for each in found] == [True, False, True]
    assert found[1].past.claims[0].violated > 0.0


def test_without_a_condition_the_record_changes_no_world_and_nothing_is_asked_of_it(toy, changed, draws):
    bare = toy.model_copy(update={"record": ()})
    one, two = (
        Comparer(base, draws, 60, 4, Condition.none).compare(changed(QUIET), tell=False) for base in (toy, bare)
    )
    for name, array in one.factual.arrays.items():
        assert np.array_equal(array, two.factual[name]), name
    assert one.past == Past()


def test_a_sample_of_parameters_gives_every_draw_a_filter(toy, values, changed):
    many = np.repeat(values, 40)
    many["precision"] = np.linspace(3.0, 5.0, 40)
    found = Comparer(toy, Draws(many, "test"), 400, 4, Condition.branch).compare(changed(QUIET), tell=False)
    assert found.past.claims[0].violated == 0.0
    assert len(np.unique(found.paths.values["precision"])) > 8
    assert found.past.effective_after < found.past.effective_before


@pytest.mark.parametrize(
    ("draws", "worlds", "until", "times", "filters", "particles"),
    [
        (1, 200, 2, 1, 1, 500),
        (1, 4000, 13, 1, 4, 4000),
        (1, 4000, 13, 4, 12, 4000),  # no more than 50,000 in all
        (1, 90_000, 13, 1, 1, 50_000),
        (1024, 200, 2, 1, 16, 200),
        (1024, 4000, 2, 1, 64, 250),
        (1024, 4000, 2, 4, 200, 250),
        (1024, 90_000, 2, 4, 64, 781),
        (5, 4000, 2, 4, 5, 3200),
    ],
)
def test_there_are_several_particles_for_each_world_as_far_as_memory_reaches(
    values, draws, worlds, until, times, filters, particles
):
    found = _filters(Draws(np.repeat(values, draws), "test"), worlds, until, times)
    assert (len(found[0]), found[1]) == (filters, particles)


def test_what_cannot_be_imposed_is_tried_once_more_with_more_worlds(toy, draws, monkeypatch):
    """Of 500 particles too few speak out for a bound of 450; of four times as many enough do.  Nobody is deported."""
    monkeypatch.setattr(conditioning, "_least", lambda *_: (450.0, 0.0))
    monkeypatch.setattr(strict, "HALF", 1.0)
    speaks = with_record(toy, ("open", "high", "first", {"blocs": ["rebels"]}))
    (demand,) = condition_paths(speaks, draws, 200, 3, Condition.branch, 2, named=REBELS).demands
    assert demand.imposed
    tried = []
    monkeypatch.setattr(conditioning, "_filters", lambda *given: tried.append(given[-1]) or _filters(*given))
    gone = with_record(toy, ("standing", "high", "first", {"leaders": ["boris"], "at_most": "deported"}))
    named = frozenset({("leaders", "boris")})
    (demand,) = condition_paths(gone, draws, 200, 3, Condition.branch, 2, named=named).demands
    assert not demand.imposed
    assert tried == [1]  # more worlds would not help
