"""What pictures show of a comparison: the largest differences, whoever has them, and what the file dictates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from factions.counterfactual.courses import Course
from factions.counterfactual.finding import Finding
from factions.counterfactual.findings import well_known
from factions.counterfactual.levels import marks
from factions.counterfactual.responses import Response
from factions.report.comparison_text import listed_rows
from factions.report.decisions import decisions

SEAT = [0, 1, 0, 1, 0]
"""Where Anna, Alexei, Boris, Bella and Clara stand."""
ALIVE = '[[changes]]\nkind = "keep_alive"\nleader = "clara"\nsince = 1925-01-01\n'
DEATH = '[[changes]]\nkind = "death"\nleader = "clara"\ndate = 1924-11-01\n'
GIVEN = '[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1924-02-01\n'
SPARE = '[[changes]]\nkind = "sanction"\nbloc = "rebels"\nrung = "none"\nat = "third"\n'


@pytest.fixture
def found(toy, changed, handmade, compared):
    """found(text, here, there): the comparison of worlds made by hand, of three kinds."""

    def _found(text, here, there):
        return compared(handmade(toy, 20, **here), handmade(changed(text), 20, **there))

    return _found


def _standing(**moved):
    """Three kinds of world, in which leaders stand elsewhere at the last meeting: man=(place in each kind)."""
    standing, names = np.tile(SEAT, (3, 4, 1)), ("anna", "alexei", "boris", "bella", "clara")
    for name, places in moved.items():
        standing[:, 3, names.index(name)] = places
    return standing


def test_who_lives_on_can_have_a_seat_and_that_is_no_dictate(found):
    """Clara is dead at the last meeting, and alive with the change: with a seat in one world of three, else in the
    party alone.  That she has it is no dictate of the file; that she is in the party says only that she lives."""
    dead = np.ones((3, 4, 5), int)
    dead[:, 3, 4] = -1
    comparison = found(ALIVE, {"activity": dead}, {"standing": _standing(clara=(0, 2, 2))})
    assert not {"politburo:clara", "party:clara"} & comparison.findings.dictated
    last = comparison.findings.levels[-1]
    assert (last.outcome, last.size) == ("politburo:clara@fourth", pytest.approx(1 / 3))
    assert "politburo:clara" in [row.outcome for row in listed_rows(comparison)]


def test_the_death_that_a_file_dictates_is_no_difference(found):
    dead = np.ones((3, 4, 5), int)
    dead[:, 1:, 4] = -1
    comparison = found(DEATH, {}, {"activity": dead})
    assert {"politburo:clara", "party:clara@second"} <= comparison.findings.dictated
    assert "party:clara@first" not in comparison.findings.dictated
    assert [level.size for level in comparison.findings.levels] == [0.0] * 4


def test_who_is_spared_and_falls_a_step_in_some_world_is_decided_by_nobody_before(found):
    """Boris and Bella are expelled at the last meeting without the change; with it Bella still is, in a world."""
    here, there = _standing(boris=(3, 3, 3), bella=(3, 3, 3)), _standing(bella=(1, 1, 3))
    comparison = found(SPARE, {"standing": here}, {"standing": there})
    assert "party:boris@fourth" in comparison.findings.dictated
    assert "party:bella@fourth" not in comparison.findings.dictated


def test_what_differs_most_is_shown_whoever_it_is_and_has_its_row(found):
    """Alexei, of whom no answer tells, gets a seat with the change in all worlds; Boris loses his in one of three."""
    comparison = found(SPARE, {}, {"standing": _standing(alexei=(0, 0, 0), boris=(1, 0, 0))})
    last = comparison.findings.levels[-1]
    assert (last.outcome, last.size) == ("politburo:alexei@fourth", 1.0)
    rows = {row.outcome: row.difference for row in listed_rows(comparison)}
    assert rows["politburo:alexei"] == 1.0 and rows["politburo:boris"] == pytest.approx(-1 / 3)


def course(kind, who, *apart):
    """A course of two meetings that is true in half of the worlds without the change."""
    shift, worlds = np.array(apart), np.zeros((1000, 2), np.int8)
    for m, share in enumerate(apart):
        worlds[: int(1000 * abs(share)), m] = np.sign(share)
    half = np.full(2, 0.5)
    return Course(kind, (who,), half, half + shift, worlds, np.zeros(2, bool), np.zeros(2, bool))


def test_the_largest_of_each_kind_and_direction_have_a_row_at_their_height():
    followed = [
        course("politburo", "anna", 0.3, 0.28),  # as much at the end, nearly
        course("politburo", "boris", 0.4, 0.1),
        course("politburo", "clara", 0.2, 0.2),  # the third of her kind
        course("politburo", "bella", -0.2, 0.0),
        course("party", "bella", 0.14, 0.1),  # too little
    ]
    found = list(marks(followed, ("first", "last"), np.arange(1000)))
    assert found == ["politburo:boris@first", "politburo:anna@last", "politburo:bella@first"]


def test_what_hardly_exceeds_the_answer_needs_no_row_of_its_own():
    """The answer tells of a seat that is held in 0.38 more of the worlds."""
    told = Finding(
        "politburo", ("clara",), "probability", "last", 0.1, 0.48, 0.01, (0.1, 0.48), "last", lasts=True, asked=False
    )
    followed = [course("politburo", "boris", 0.4, 0.1), course("politburo", "anna", 0.5, 0.1)]
    assert list(marks(followed, ("first", "last"), np.arange(1000), [(told,)])) == ["politburo:anna@first"]


def test_pictures_tell_of_leading_men_and_of_those_whom_the_change_names(toy, changed, monkeypatch):
    """One man is known by prestige, Anna, and none speaks for a bloc that counts; the change moves Boris."""
    monkeypatch.setattr("factions.counterfactual.findings._LEADING", 1)
    blocs = [bloc.id for bloc in toy.blocs]
    assert well_known(toy, toy, blocs) == {"anna"}
    moved = changed(
        '[[changes]]\nkind = "policy_shift"\nleader = "boris"\nissue = "tempo"\nby = 0.1\ndate = 1924-02-01\n'
    )
    assert well_known(toy, moved, blocs) == {"anna", "boris"}
    assert well_known(toy, toy) == {toy.spokesman(bloc) for bloc in blocs} | {"anna"}


def test_a_man_of_the_second_rank_has_no_mark_however_much_his_place_differs(found, monkeypatch):
    """Bella is expelled with the change alone; she speaks for no bloc, and once she has too little prestige."""
    out = {"standing": _standing(bella=(3, 3, 3))}
    assert "party:bella" in " ".join(level.outcome for level in found(GIVEN, {}, out).findings.levels)
    monkeypatch.setattr("factions.counterfactual.findings._LEADING", 1)
    assert {level.outcome for level in found(GIVEN, {}, out).findings.levels} == {""}


def test_who_has_joined_a_bloc_that_is_spared_is_spared_too(found):
    """Clara belongs to the rebels at the last two meetings; without the change she is expelled at the last."""
    where = np.tile([0, 0, 1, 1, 2], (3, 4, 1))
    where[:, 2:, 4] = 1
    here, there = {"standing": _standing(clara=(3, 3, 3)), "membership": where}, {"membership": where}
    assert "party:clara@fourth" in found(SPARE, here, there).findings.dictated
    assert "party:clara@fourth" not in found(SPARE, here, {}).findings.dictated


def test_decisions_about_those_of_whom_the_answer_tells_have_a_table_unless_they_are_listed(found):
    spoke = Response("open", ("rebels",), "second", more=True, share=0.4, first=0.3)
    parted = Response("parted", ("rulers", "doubters"), "third", more=True, share=0.2, first=0.0)
    comparison = found(SPARE, {}, {})

    def tables(responses, behind):
        said = replace(comparison.findings, responses=responses, behind=behind)
        return [
            (each.headings[2:], [row[1:] for row in each.rows])
            for each in decisions(replace(comparison, findings=said))
        ]

    of_all = (("first of its kind", "first of all"), [("second (December 1924)", "40%", "30%")])
    about = (("first about it",), [("third (September 1925)", "20%")])
    assert tables(((spoke,),), (spoke, parted)) == [of_all, about]
    assert tables((), (parted,)) == [about]
    assert tables(((spoke,),), (spoke,)) == [of_all]
    assert tables((), ()) == []
