"""Sentences of a chronicle: who did the same is told of together, once nobody asks for the reason."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace as Thing

import pytest

from factions.counterfactual.days import with_day
from factions.model.decisions import Decision
from factions.report.chronicle import _Teller
from factions.report.told import Told, in_short
from factions.wording import Names, deed


def told(*actors, why=" (a chance of 50%)", rest=""):
    text = " and ".join(actors)
    return Told(f"{text} gave in", why, rest, frozenset({(text,)}), actors, "{} gave in")


def test_those_who_did_the_same_for_other_reasons_are_told_of_together():
    others = Told("the vote was unanimous")
    assert in_short([told("anna"), told("boris", "clara", why=""), others, told("dora")]) == [
        "Anna, boris and clara gave in.",
        "The vote was unanimous.",
        "Dora gave in.",
    ]


def test_what_names_those_struck_stays_apart():
    assert in_short([told("anna", rest=": x"), told("boris")]) == ["Anna gave in: x.", "Boris gave in."]
    assert in_short([told("anna"), told("boris", rest=": x")]) == ["Anna gave in.", "Boris gave in: x."]
    assert in_short([Told("so"), Told("so")]) == ["So.", "So."]  # no frame: nobody to join


@pytest.fixture
def names(scenario):
    return Names(scenario)


def teller(names, decisions=(), vote_share=0.0):
    return _Teller(Thing(vote_share=vote_share, spared=()), decisions, [], names)


def test_a_chief_and_his_fellows_who_are_struck_alike_share_a_sentence(names):
    chief, fellow = (Decision(0, "sanctions", who, "is struck", (), {}) for who in ("stalin", "trotsky"))
    blow = [Decision(0, "sanctions", "centre", "is punished: party", (), {"probability": p}) for p in (0.5, 0.5, 0.2)]
    said = [str(each) for each in teller(names, [blow[0], chief, blow[1], fellow, blow[2], fellow]).sanctions()]
    assert len(said) == 2
    assert said[0].endswith(
        "expulsion from the party (a chance of 50%): " + names.leader_list(["stalin", "trotsky"]) + "."
    )


def test_equal_chances_are_told_once(names):
    def odds(*chances):
        return teller(names)._odds(
            [Decision(0, "stance", "left", "keeps quiet", (), {"probability": p}) for p in chances]
        )

    assert odds(0.25) == " (chance of speaking out: 25%)"
    assert odds(0.25, 0.25) == " (chance of speaking out: 25% each)"
    assert odds(0.25, 0.5) == " (chance of speaking out: 25% and 50%)"


@pytest.mark.parametrize(("share", "words"), [(0.0, "0.0%"), (0.0004, "less than 0.1%"), (0.019, "1.9%")])
def test_a_vote_or_two_is_not_none(names, share, words):
    spoke = [Decision(0, "stance", "left", "speaks out", (), {"probability": 0.5})]
    assert str(teller(names, spoke, share).stance()[1]) == f"The open opposition had {words} of the votes."


def test_a_man_does_not_leave_his_own_name():
    names = Names.__new__(Names)
    names.blocs, names.called = {"z": "the Zinovievists", "r": "the Right"}, {"z_1": "Zinoviev"}
    assert deed(names, "Grigory Zinoviev", "surrender", "capitulates", ("z",)) == "Grigory Zinoviev surrendered"
    assert (
        deed(names, "Mikhail Tomsky", "surrender", "capitulates", ("r",))
        == "Mikhail Tomsky surrendered and left the Right"
    )


def test_the_year_of_a_meeting_is_told_once():
    assert with_day("XV Congress", date(1927, 12, 2)) == "XV Congress (2 December 1927)"
    assert with_day("Joint plenum, Aug 1927", date(1927, 7, 29)) == "Joint plenum, Aug 1927 (29 July)"
