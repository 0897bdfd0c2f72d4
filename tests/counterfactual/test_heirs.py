"""Who gets the posts of a man who dies with the change: worlds made by hand, of three posts and three leaders."""

from __future__ import annotations

from types import SimpleNamespace as Thing

import numpy as np
import pytest

from factions.counterfactual.findings import Findings
from factions.counterfactual.heirs import Heir, heirs
from factions.report.heirs import succession
from factions.report.table import as_text
from factions.scenario import load

ANNA, BORIS, CLARA, NOBODY = 0, 2, 4, -1  # in the order of the file


@pytest.fixture
def dying(toy, write):
    """dying(leader, date): the small case in which a leader dies on a day."""

    def _dying(leader, date):
        text = f'extends = "toy.toml"\n[[changes]]\nkind = "death"\nleader = "{leader}"\ndate = {date}\n'
        return load(write(text, "dies.toml"))

    return _dying


def worlds(*army):
    """Worlds in which the army passes through these hands, meeting by meeting; the other posts stay as they are."""
    return {"holder": np.array([[[ANNA, who, CLARA] for who in course] for course in army])}


def test_the_post_he_held_before_goes_to_the_most_frequent_holder_after(toy, dying):
    found = heirs(
        toy,
        dying("boris", "1925-05-01"),
        worlds(
            (BORIS, BORIS, ANNA, CLARA),
            (BORIS, BORIS, ANNA, CLARA),
            (BORIS, BORIS, CLARA, NOBODY),
            (BORIS, ANNA, ANNA, NOBODY),
            (BORIS, BORIS, NOBODY, NOBODY),
        ),
    )
    assert found == (Heir("boris", "army", "third", "anna", 0.6, "", 0.6),)


def test_a_post_that_he_mostly_held_no_more_is_not_his(toy, dying):
    lost = worlds(*2 * [(BORIS, ANNA, ANNA, ANNA)], (BORIS, BORIS, ANNA, ANNA))
    assert heirs(toy, dying("boris", "1925-05-01"), lost) == ()


def test_before_the_first_meeting_the_file_says_who_held_what(toy, dying):
    (found,) = heirs(toy, dying("boris", "1924-01-05"), worlds((CLARA, CLARA, CLARA, CLARA)))
    assert (found.meeting, found.holder, found.at_last) == ("first", "clara", "clara")


def test_a_death_without_the_change_leaves_nothing(dying):
    dead = dying("boris", "1925-05-01")
    assert heirs(dead, dead, worlds((BORIS, BORIS, BORIS, BORIS))) == ()


def test_the_table_names_post_man_heir_and_meeting(toy):
    found = (Heir("boris", "army", "third", "anna", 0.6, "", 0.4),)
    each = Thing(base=toy, scenario=toy, heirs=found, paths=range(5), findings=Findings(), every=())
    text = " ".join(as_text(succession(each), 200).split())
    assert "army (of boris) anna third (September 1925) 60% nobody 40%" in text
    assert succession(Thing(**{**vars(each), "heirs": ()})) == []


def test_a_post_that_the_change_gives_away_is_followed_to_the_end(toy, changed):
    given = changed('[[changes]]\nkind = "appointment"\noffice = "army"\nleader = "anna"\ndate = 1925-05-01\n')
    found = heirs(toy, given, worlds((BORIS, BORIS, ANNA, CLARA)))
    assert found == (Heir("boris", "army", "third", "anna", 1.0, "clara", 1.0, given=True),)
    kept = changed('[[changes]]\nkind = "hold"\nleader = "anna"\noffice = "army"\nat = "third"\n')
    assert heirs(toy, kept, worlds((BORIS, BORIS, ANNA, ANNA)))[0].given
    assert heirs(toy, given, worlds((BORIS, ANNA, ANNA, ANNA))) == ()  # he has it already


def test_who_is_put_out_of_the_party_leaves_his_posts_and_who_loses_a_seat_does_not(toy, changed):
    text = '[[changes]]\nkind = "standing"\nleader = "boris"\nto = "{}"\ndate = 1925-05-01\n'
    course = worlds((BORIS, BORIS, ANNA, ANNA))
    assert heirs(toy, changed(text.format("expelled")), course) == (
        Heir("boris", "army", "third", "anna", 1.0, "anna", 1.0),
    )
    assert heirs(toy, changed(text.format("central_committee")), course) == ()
