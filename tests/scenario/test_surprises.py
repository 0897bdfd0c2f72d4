"""What a sound file hardly means is said with its place and what would be right."""

from __future__ import annotations

import pytest

from factions.scenario.read import read

BY_HEAD = 'electorate = "politburo"'


def told(path):
    return {caution.key: (caution.place.line, caution.text) for caution in read(path).cautions}


def test_a_body_that_votes_by_head_and_says_nothing_of_selection_is_asked_about_it(minimal, write):
    text = minimal.replace('electorate = "delegates"', BY_HEAD)
    line = text[: text.index("[[meeting_kinds]]")].count("\n") + 1
    ((place, said),) = told(write(text)).values()
    assert place == line and "so 1" in said and "give selection = 0" in said
    assert told(write(text.replace(BY_HEAD, f"{BY_HEAD}\nselection = 1.0"))) == {}
    assert told(write(minimal)) == {}  # delegates are selected, unless a file says otherwise
    derived = write('extends = "scenario.toml"\ntitle = "another"', "derived.toml")
    write(text)
    assert told(derived) == {}


@pytest.mark.parametrize(
    ("number", "more", "said"),
    [
        (1, "", "number is the total, and 2 sit there by the file"),
        (2, "", "no kind of meeting fills seats"),
        (3, "", "no kind of meeting fills seats"),
        (3, "fills_seats = true\n", None),
        (2, "fills_seats = true\n", None),
        (1, "fills_seats = true\n", "number is the total"),
    ],
)
def test_a_size_that_seats_nobody_is_warned_of(minimal, write, number, more, said):
    event = f'[[events]]\nid = "size"\ndate = 1924-01-01\nkind = "seats"\nnumber = {number}\n'
    found = told(write(minimal.replace("[[meetings]]", f"{more}[[meetings]]", 1) + event))
    assert ("events.size" in found) == (said is not None)
    assert said is None or said in found["events.size"][1]


def test_the_dead_hold_no_seats(minimal, write):
    minimal = minimal.replace("[[meetings]]", "fills_seats = true\n[[meetings]]", 1)
    events = '[[events]]\nid = "{}"\ndate = 1924-01-0{}\nkind = "{}"\n{}\n'
    death = events.format("dies", 1, "death", 'leader = "trotsky"')
    assert told(write(minimal + death + events.format("size", 2, "seats", "number = 1"))) == {}


@pytest.mark.parametrize(
    ("number", "more", "said"),
    [
        (1, "fills_committee = true\n", "number is the total, and 2 sit there"),
        (3, "fills_seats = true\n", "give fills_committee = true"),
        (3, "fills_committee = true\n", None),
    ],
)
def test_the_same_is_said_of_the_committee(minimal, write, number, more, said):
    event = f'[[events]]\nid = "size"\ndate = 1924-01-01\nkind = "committee_seats"\nnumber = {number}\n'
    found = told(write(minimal.replace("[[meetings]]", f"{more}[[meetings]]", 1) + event))
    assert ("events.size" in found) == (said is not None)
    assert said is None or said in found["events.size"][1]
