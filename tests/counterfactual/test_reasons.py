"""Why a decision goes the other way: small cases in which the cause is known by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.clauses import Clauses
from factions.counterfactual.reasons import Cause, cause_of, fits, mean_cause, trust_or_weight
from factions.counterfactual.responses import Response
from factions.counterfactual.terms import differed
from factions.model import Party
from factions.model.decisions import Decision
from factions.parameters import default_values

BLOCS = {"rulers": "the rulers", "rebels": "the rebels", "doubters": "the doubters"}


def at(scenario, meeting, world=0, **values):
    """One world of a scenario after a meeting, with these parameters."""
    record = default_values()
    for name, value in values.items():
        record[name] = value
    party = Party(scenario, world, 0, record)
    while party.meeting < 0 or party.case.meeting_key[party.meeting] != party.case.meeting_key[meeting]:
        party.step()
    return party


def test_those_whose_lines_lie_further_apart_do_not_ally(toy, changed):
    """The rebels stand at -0.87; the harvest moves the doubters from 0 to -0.5, and they ally in world 2."""
    sides = [
        at(scenario, 1, 2, policy_motive=4.0)
        for scenario in (toy, changed('[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'))
    ]
    rebels = -float(sides[0].blocs[1].line[0])
    cause = cause_of(Response("allied", ("rebels", "doubters"), "second", False, 1.0, 1.0), (sides[0], sides[1]))
    assert cause == Cause(
        "line", pytest.approx(rebels - 0.5), pytest.approx(rebels), "doubters", "tempo", other="rebels"
    )
    assert differed(cause, BLOCS) == (
        "the line of the doubters on “tempo” lay further from that of the rebels (0.9 apart instead of 0.4, "
        "of at most 2)"
    )


def test_an_issue_that_draws_less_attention_lets_those_ally_who_disagree_on_it(toy, changed):
    """The lines stay where they are: the rebels at -0.87, the doubters at -0.5; what hangs on them is doubled."""
    hot = '[[changes]]\nkind = "salience"\nissue = "tempo"\nby = 5.0\ndate = 1924-11-30\n'
    cool, heated = at(toy, 1, 2, policy_motive=4.0), at(changed(hot), 1, 2, policy_motive=4.0)
    weights = [float(party.salience[0]) for party in (heated, cool)]
    assert weights[0] > weights[1]
    cause = cause_of(Response("allied", ("rebels", "doubters"), "second", True, 1.0, 1.0), (heated, cool))
    assert cause == Cause("salience", *weights, "rebels", "tempo")
    assert fits(Response("allied", ("rebels", "doubters"), "second", True, 1.0, 1.0), cause)
    assert not fits(Response("parted", ("rebels", "doubters"), "second", True, 1.0, 1.0), cause)


def test_a_partner_who_weighs_less_is_worth_less_though_he_is_trusted_as_before(toy, changed):
    """Clara's province goes to Boris before the second meeting, so that the rebels have what the doubters lack."""
    moved = '[[changes]]\nkind = "appointment"\noffice = "province"\nleader = "boris"\ndate = 1924-11-01\n'
    sides = at(toy, 1), at(changed(moved), 1)
    cause = trust_or_weight(sides, "rulers", ("doubters",))
    (was, now), (other_was, other_now) = ([float(party.blocs[place].influence) for party in sides] for place in (2, 1))
    assert now < was and other_now > other_was
    assert cause == Cause("weight", was, now, "doubters", instead=("rebels", other_was, other_now))
    assert differed(cause, BLOCS).startswith("the doubters brought less to an alliance (")
    assert ", since the rebels had " in differed(cause, BLOCS)


def test_a_condemned_opposition_needs_well_known_men(toy, changed):
    """The first congress has condemned the rebels. They have 8 of 23 points of prestige, without Bella 6 of 21."""
    dies = '[[changes]]\nkind = "death"\nleader = "bella"\ndate = 1924-06-01\n'
    sides = at(toy, 1), at(changed(dies), 1)
    cause = cause_of(Response("open", ("rebels",), "second", False, 1.0, 1.0), sides)
    assert cause == Cause("names", pytest.approx(8 / 23), pytest.approx(6 / 21))
    assert differed(cause, BLOCS) == (
        "too few well-known men stood together for an opposition condemned by a congress (29% of all prestige instead "
        "of 35%)"
    )
    back = cause_of(Response("open", ("rebels",), "second", True, 1.0, 1.0), sides[::-1])
    assert back == Cause("names", pytest.approx(6 / 21), pytest.approx(8 / 23))
    assert differed(back, BLOCS).startswith("enough well-known men")


def test_who_has_fewer_votes_by_himself_does_not_strike(toy, changed):
    """In world 0 the third meeting strikes the rebels; where nobody has the Secretariat, the rulers have less."""
    vacant = '[[changes]]\nkind = "appointment"\noffice = "secretariat"\nleader = ""\ndate = 1925-08-01\n'
    sides = at(toy, 2), at(changed(vacant), 2)
    cause = cause_of(Response("rung", ("rebels",), "third", False, 1.0, 1.0), sides)
    assert cause is not None and cause.what == "dominance" and cause.after < cause.before
    assert differed(cause, BLOCS).startswith("the strongest ruling bloc had fewer votes by itself (")
    majority = sides[0].case.majority[2, sides[0].blocs[1].rung]  # of the rung that was reached
    assert cause.needed == pytest.approx(float(majority))


def test_nothing_that_differs_is_no_cause(toy):
    one = at(toy, 1)
    for kind, who in (("open", ("rebels",)), ("rung", ("rebels",)), ("parted", ("rulers", "doubters"))):
        assert cause_of(Response(kind, who, "second", True, 1.0, 1.0), (one, one)) is None
    assert cause_of(Response("capitulated", ("boris",), "second", True, 1.0, 1.0), (one, one)) is None


def test_a_cause_is_never_told_against_the_sense_of_the_decision():
    apart, near = Cause("line", 0.4, 0.9), Cause("line", 0.9, 0.4)
    allied = Response("allied", ("rebels", "doubters"), "second", True, 1.0, 1.0)
    for kind, more, fit in (
        ("allied", True, near),
        ("parted", False, near),
        ("allied", False, apart),
        ("parted", True, apart),
    ):
        response = replace(allied, kind=kind, more=more)
        assert fits(response, fit) and not fits(response, near if fit is apart else apart)
    assert fits(allied, Cause("trust", 0.1, 0.5)) and not fits(allied, Cause("weight", 0.3, 0.2, "rebels"))
    assert fits(replace(allied, kind="parted"), Cause("weight", np.float64(0.3), np.float64(0.2), "rebels"))
    assert fits(replace(allied, kind="parted", more=False), Cause("safety", 0.5, 0.3, "rebels"))


def test_it_is_the_same_whose_numbers_they_are():
    allied = Response("allied", ("rebels", "doubters"), "second", True, 1.0, 1.0)
    assert fits(allied, Cause("weight", np.float64(0.2), np.float64(0.3), "rebels"))


def test_of_several_pairs_the_most_frequent_cause_is_told_with_its_means_and_in_how_many_it_is_so():
    causes = [Cause("weight", 0.3, 0.2, "right"), Cause("weight", 0.5, 0.2, "right"), Cause("trust", 0.1, 0.9)]
    told = Cause("weight", pytest.approx(0.4), pytest.approx(0.2), "right")
    assert mean_cause(causes) == (told, 2)
    assert mean_cause([*causes, None]) == (None, 0)  # in two of four: these pairs have no cause in common
    assert mean_cause([]) == mean_cause([None]) == (None, 0)
    assert mean_cause([Cause("line", 0.31, 0.30, "centre", "regime")]) == (None, 0)  # too little to be why
    assert mean_cause([Cause("dominance", 0.62, 0.595)]) == (None, 0)  # 4% of the larger, though 0.025
    assert mean_cause([Cause("dominance", 0.62, 0.50)])[1] == 1


def test_in_how_many_pairs_a_reason_is_found_stands_with_it(toy):
    words = Clauses(toy.model_copy(update={"record": ()}), 100)
    parted = Response("parted", ("rulers", "doubters"), "third", False, 0.6, 0.6, "policy", looked=10, agree=9)
    near = Cause("line", 1.7, 0.5, "rulers", "tempo", other="doubters")
    assert words.response([replace(parted, cause=near)], [0.6]) == (
        "in September 1925 the rulers and the doubters stayed together (only with the change, in 60 of 100 pairs), "
        "because the line of the rulers on “tempo” lay nearer to that of the doubters (0.5 apart instead of "
        "1.7, of at most 2; in 9 of 10 pairs looked at)"
    )
    sooner = replace(parted, meeting="second", share=0.3)
    assert "(only with the change, in 60 of 100 pairs; in 30 others in December 1924)" in (
        words.response([replace(parted, cause=near)], [0.6], [sooner])
    )
    weighs = Cause("weight", 0.2, 0.3, "rulers", instead=("rebels", 0.2, 0.1))
    assert words.spoke(replace(parted, cause=weighs, agree=10)) == (
        "the rulers brought more to an alliance (30% of all influence instead of 20%), since the rebels had 10% "
        "instead of 20% (in all 10 pairs looked at)"
    )


def test_who_is_put_out_by_a_third_parts_from_all_who_stay_for_one_reason(toy, changed):
    """Rulers, rebels and doubters together, until the doubters' move away from the rulers' line puts them out."""
    whole = toy.model_copy(update={"alliances": ()})
    apart = Decision(2, "bargaining", "rulers", "excludes", ("doubters",), {"policy": 0.3, "total": 0.1})
    sides = at(whole, 2), at(whole, 2)
    for party, tempo in zip(sides, (-0.9, 0.2), strict=True):
        rulers, rebels, doubters = party.blocs
        rulers.alliance = rebels.alliance = frozenset({rulers, rebels})
        doubters.alliance = frozenset({doubters})
        doubters.line[0], party.values.policy_motive = tempo, 4.0
    sides[0].decisions.append(apart)
    causes = [
        cause_of(Response("parted", who, "third", False, 1.0, 1.0), sides)
        for who in (("rulers", "doubters"), ("rebels", "doubters"))
    ]
    ruled = float(sides[0].blocs[0].line[0])
    assert (
        causes[0]
        == causes[1]
        == Cause("line", pytest.approx(ruled + 0.9), pytest.approx(ruled - 0.2), "doubters", "tempo", other="rulers")
    )


@pytest.mark.parametrize(
    ("struck", "punished", "rules", "cause"),
    [
        (True, 0, False, Cause("blow", 0.0, 1.0, "rebels")),
        (False, 0, False, Cause("punished", 0.0, 1.0, "rebels")),
        (False, 2, False, Cause("hope", pytest.approx(0.3), pytest.approx(0.1), "rebels")),
        (True, 0, True, Cause("power", 1.0, 0.0, "rebels")),
    ],
)
def test_what_makes_a_man_give_in_is_a_blow_or_want_of_hope(toy, struck, punished, rules, cause):
    """Boris gives in with the change, where his alliance has a tenth of all influence; without it, it has 0.3."""
    here, there = at(toy, 2), at(toy, 2)
    for party in (here, there):
        party.decisions.clear()
    precision = there.values.precision
    if struck:
        there.decisions.append(Decision(2, "sanctions", "bella", "is struck: politburo", ("rebels",)))
    terms = {"probability": 0.9, "hope": -precision * 0.1, "discipline": 0.2, "example": 0.0}
    there.decisions.append(Decision(2, "surrender", "boris", "capitulates", ("rebels",), terms))
    boris, rebels = here.leaders[2], here.blocs[1]
    boris.bloc, boris.punished, boris.influence, rebels.recanted = rebels, punished, 0.3, 0.0
    for other in rebels.members:
        other.influence = 0.3 if other is boris else 0.0
    rebels.alliance = frozenset({rebels})
    here.ruling = frozenset({rebels if rules else here.blocs[0]})
    assert cause_of(Response("capitulated", ("boris",), "third", True, 1.0, 1.0), (here, there)) == cause
