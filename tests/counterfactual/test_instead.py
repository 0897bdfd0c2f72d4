"""Whether an answer rests on it that deeds are not done: those of a dead man, or those that a change cancels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.compare import Comparer
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import Findings
from factions.counterfactual.instead import Instead, cancelled_men, half_way, instead, with_deeds, with_stand_in
from factions.draws import Draws
from factions.report.answer import in_short
from factions.scenario import load

SPEECH = """
[[events]]
id = "speech"
name = "Boris's speech"
date = 1925-06-01
kind = "policy_shift"
agent = "boris"
bloc = "doubters"
issue = "tempo"
to = 0.7
"""

DIES = 'extends = "deeds.toml"\n[[changes]]\nkind = "death"\nleader = "boris"\ndate = 1925-05-01\n'

SEAT = Finding("politburo", ("clara",), "probability", "fourth", 0.0, 1.0, 0.01, (0.0, 1.0), "fourth", True, False)


@pytest.fixture
def files(write, toy_text):
    """A case in which Boris moves the doubters in June 1925, and the same without him."""
    base = load(write(toy_text.replace("[[record]]", SPEECH + "[[record]]", 1), "deeds.toml"))
    return base, load(write(DIES, "dies.toml"))


@pytest.mark.parametrize(("value", "rests"), [(0.0, True), (0.29, True), (0.31, False), (0.6, False), (0.9, False)])
def test_an_answer_rests_on_an_assumption_if_less_than_half_of_its_difference_is_left_without_it(value, rests):
    assert Instead("dead", ("alexei",), replace(SEAT, after=0.6), value).rests is rests


def test_the_stand_in_does_the_deeds_and_the_worlds_are_those_of_a_file_that_says_so(files, values):
    base, other = files
    done = with_stand_in(base, other, "boris", "bella")
    assert [event.agent for each in (done, other) for event in each.events if event.agent] == ["bella", "boris"]
    comparer = Comparer(base, Draws(values.reshape(1), "test"), 200, 1, Condition.none)
    asked = "allied:rebels+doubters@third"
    of_file, found = comparer.compare(done, [asked], tell=False), comparer.compare(other, [asked], tell=False)
    mine, without = ({row.outcome: row.counterfactual for row in each.contrasts}[asked] for each in (of_file, found))
    assert mine != without  # the speech matters
    allied = replace(SEAT, kind="allied", who=("rebels", "doubters"), meeting="third", before=0.9, after=without)
    findings = Findings(changed=((allied,),))
    assert instead(base, other, found.paths, 1, 1, findings) == Instead("dead", ("bella",), allied, pytest.approx(mine))
    assert instead(base, base, found.paths, 1, 1, findings) is None
    assert instead(base, other, found.paths, 1, 1, Findings()) is None


def test_what_nobody_else_does_is_told_with_what_somebody_else_makes_of_it(files, handmade, compared):
    base, other = files
    fewer = np.tile([0, 1, 1, 1, 0], (3, 4, 1))
    comparison = compared(handmade(base, standing=fewer), handmade(other))
    one, *rest = comparison.contrasts
    lost = replace(one, outcome="happened:speech", baseline=1.0, counterfactual=0.0)
    comparison = replace(comparison, contrasts=(lost, *rest))
    first = "With the change “Boris's speech” did not happen"

    def said(value):
        return " ".join(in_short(replace(comparison, instead=value and Instead("dead", ("bella",), SEAT, value))))

    assert f"{first}; that nobody else did as much is an assumption." in said(None)
    assert (
        f"{first}, and nobody else did the same. The answer rests on that: if bella did it, clara sat in the Politburo "
        "at the end in 2 of 60 worlds."
    ) in said(0.04)
    assert (
        f"{first}, and nobody else did the same. The answer does not rest on that: if bella did it, clara sat in the "
        "Politburo at the end in every world, too."
    ) in said(1.0)


ANSWERS = SPEECH.replace('agent = "boris"', 'agent = "boris"\nafter = "harvest"')


def cancel(*events):
    return f'extends = "answers.toml"\n[[changes]]\nkind = "cancel"\nevents = {[*events]}\n'


@pytest.fixture
def crisis(write, toy_text):
    """A case in which Boris's speech answers the harvest, and the same without both."""
    base = load(write(toy_text.replace("[[record]]", ANSWERS + "[[record]]", 1), "answers.toml"))
    return base, lambda *events: load(write(cancel(*events), "cancelled.toml"))


def test_deeds_that_are_cancelled_with_a_circumstance_are_done_without_it(crisis, values):
    """The speech needs the harvest: done all the same, it does not, and is the one of a file that says so."""
    base, without = crisis
    both = without("harvest", "speech")
    done = with_deeds(base, both)
    assert cancelled_men(base, both) == ("boris",)
    assert [event.after for each in (base, done) for event in each.events if event.id == "speech"] == ["harvest", None]
    assert done.changes == without("harvest").changes
    comparer = Comparer(base, Draws(values.reshape(1), "test"), 200, 1, Condition.none)
    asked = "allied:rebels+doubters@third"
    of_file, found = (comparer.compare(each, [asked], tell=False) for each in (done, both))
    mine, none = ({row.outcome: row.counterfactual for row in each.contrasts}[asked] for each in (of_file, found))
    assert mine != none
    allied = replace(SEAT, kind="allied", who=("rebels", "doubters"), meeting="third", before=0.9, after=none)
    findings = Findings(changed=((allied,),))
    assert instead(base, both, found.paths, 1, 1, findings) == Instead(
        "cancelled", ("boris",), allied, pytest.approx(mine)
    )


def test_a_change_that_cancels_deeds_alone_or_none_has_nothing_to_be_held_against(crisis):
    base, without = crisis
    for events in (["speech"], ["harvest"]):
        assert cancelled_men(base, without(*events)) == ()


def test_what_the_cancelled_deeds_make_of_the_answer_is_told_with_them(crisis, handmade, compared):
    base, without = crisis
    other = without("harvest", "speech")
    comparison = compared(handmade(base, standing=np.tile([0, 1, 1, 1, 0], (3, 4, 1))), handmade(other))
    one, *rest = comparison.contrasts
    gone = [
        replace(one, outcome=f"happened:{name}", baseline=1.0, counterfactual=0.0) for name in ("harvest", "speech")
    ]
    comparison = replace(comparison, contrasts=(*gone, *rest))

    def said(value):
        return " ".join(in_short(replace(comparison, instead=Instead("cancelled", ("boris",), SEAT, value))))

    harvest = next(event.name for event in base.events if event.id == "harvest")
    assert "and “Boris's speech”: inputs here, and no results. The answer rests on what boris did, and not on " in said(
        0.0
    )
    assert f"and not on “{harvest}”: if boris acted all the same, clara sat" in said(0.0)
    assert "The answer rests on what boris did: if boris acted all the same, clara sat" in said(0.1)
    assert "acted all the same, clara sat in the Politburo at the end in no world, as without the change." in said(0.0)
    assert "The answer does not rest on what boris did: if boris acted all the same, clara sat in" in said(1.0)
    assert "at the end in every world, too." in said(1.0)


GIVEN = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "{}"\ndate = 1924-02-01\n'


@pytest.fixture
def post(write, toy_text):
    """A case in which the army has a holder and a deputy, and the same with a man who gets it, in 200 worlds."""
    army = 'id = "army"\n'
    assert army in toy_text
    base = load(write(toy_text.replace(army, f'{army}deputies = ["alexei"]\n', 1), "post.toml"))
    return base, lambda man: load(write('extends = "post.toml"\n' + GIVEN.format(man), "given.toml"))


def test_a_post_that_goes_to_an_outsider_could_go_to_a_deputy(post, values):
    base, given = post
    holder = next(office.holder for office in base.offices if office.id == "army")
    comparer = Comparer(base, Draws(values.reshape(1), "test"), 200, 1, Condition.none)
    outsider = next(leader.id for leader in base.leaders if leader.id not in (holder, "alexei"))
    deputy, found = (comparer.compare(given(man), ["politburo:clara"], tell=False) for man in ("alexei", outsider))
    mine = next(row.counterfactual for row in deputy.contrasts if row.outcome == "politburo:clara")
    findings = Findings(changed=((SEAT,),))
    assert instead(base, given(outsider), found.paths, 1, 1, findings) == (
        Instead("post", ("alexei",), SEAT, pytest.approx(mine))
    )
    for man in ("alexei", holder, ""):
        assert instead(base, given(man), found.paths, 1, 1, findings) is None
    words = " ".join(in_short(replace(found, instead=Instead("post", ("alexei",), SEAT, 0.1))))
    assert (
        "The answer rests on who gets the post: if alexei got it, clara sat in the Politburo at the end in 10 of"
        in words
    )


def test_a_turn_that_goes_half_as_far_moves_from_what_was_wanted_before(write, toy_text):
    """Boris, at B, goes 0.1 with his bloc, then to 0.7 and 0.2 further: half is (0.7 - B - 0.1) / 2, and 0.1."""
    turn = SPEECH.replace('bloc = "doubters"', 'leader = "boris"')
    further = turn.replace('"speech"', '"more"').replace("1925-06-01", "1925-07-01").replace("to = 0.7", "by = 0.2")
    bloc = next(line for line in toy_text.split('id = "boris"')[1].splitlines() if line.startswith("bloc"))
    with_his = (
        SPEECH.replace('"speech"', '"before"').replace("1925-06-01", "1925-02-01").replace("to = 0.7", "by = 0.1")
    )
    with_his = with_his.replace('bloc = "doubters"', bloc).replace('agent = "boris"\n', "")
    base = load(write(toy_text.replace("[[record]]", with_his + turn + further + "[[record]]", 1), "turns.toml"))
    wanted = next(leader.ideal_point["tempo"] for leader in base.leaders if leader.id == "boris")
    half = half_way(base, base, ["speech", "more"])
    steps = {event.id: (event.to, event.by) for event in half.events if event.id in ("speech", "more")}
    assert steps == {"speech": (None, pytest.approx((0.7 - wanted - 0.1) / 2)), "more": (None, pytest.approx(0.1))}
    assert half_way(base, base, []) is None
    assert half_way(base, base, ["speech", "harvest"]) is None  # the harvest moves a bloc, and is no man's turn


def test_how_much_of_the_answer_is_left_is_told_with_half_a_turn(files, handmade, compared):
    base, other = files
    comparison = compared(handmade(base, standing=np.tile([0, 1, 1, 1, 0], (3, 4, 1))), handmade(other))
    one, *rest = comparison.contrasts
    lost = replace(one, outcome="happened:speech", baseline=1.0, counterfactual=0.0)
    comparison = replace(comparison, contrasts=(lost, *rest))

    def said(value, half):
        return " ".join(in_short(replace(comparison, instead=Instead("dead", ("bella",), SEAT, value, half))))

    assert (
        "The answer rests on that alone: if bella did it, clara sat in the Politburo at the end in 1 of 60 worlds, as "
        "without the change; if he went half as far on the issue, in 30 of 60 worlds."
    ) in said(0.01, 0.5)
    assert "The answer rests on that: if bella did it, clara sat in the Politburo at the end in 12 of 60 worlds;" in (
        said(0.2, 0.5)
    )
