"""What a sound file hardly means is said with its place and what would be right."""

from __future__ import annotations

import pytest

from factions.scenario.read import read

BY_HEAD = 'electorate = "politburo"'
ITS_OWN = "is filled by its own holder; "
OUT = "leave appointed_by out if the meeting fills it"
ARMY = 'holder = "trotsky"\nmachine = 2.0\nappointed_by = "secretariat"\n'
SECRETARIAT = 'holder = "stalin"\nmachine = 5.0\n'
CREATED = '\n[[events]]\nid = "new_{0}"\ndate = 1924-09-0{1}\nkind = "creation"\noffice = "{0}"\n'


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


@pytest.fixture
def appointers(minimal, write):
    """appointers(army, secretariat, more): the remarks on a file with these fields of two offices and more text."""

    def check(army=ARMY, secretariat=SECRETARIAT, more=""):
        text = minimal.replace(ARMY, army).replace(SECRETARIAT, secretariat) + more
        return [(each.place.line, each.key, each.text) for each in read(write(text)).cautions]

    return check


@pytest.fixture
def line(minimal):
    """The line of the army's `appointed_by`, which is the only one."""
    return next(n for n, text in enumerate(minimal.splitlines(), 1) if text.startswith("appointed_by"))


@pytest.mark.parametrize(
    ("holder", "deputies", "then"),
    [
        ('holder = "trotsky"\n', "", "once it is vacant, nobody can fill it; "),
        ('holder = "trotsky"\n', 'deputies = ["stalin"]\n', "once it is vacant, only a deputy (stalin) can fill it; "),
        ("", "", "it is vacant, and nobody can fill it; "),
    ],
)
def test_an_office_that_fills_itself(appointers, holder, deputies, then):
    ((_, key, text),) = appointers(f'{holder}machine = 2.0\nappointed_by = "army"\n{deputies}')
    assert (key, text) == ("offices.army.appointed_by", ITS_OWN + then + OUT)


def test_offices_that_fill_each_other_are_told_of_once(appointers, line):
    remarks = appointers(secretariat=SECRETARIAT + 'appointed_by = "army"\n')
    text = "secretariat and army fill each other; once all are vacant, nobody can fill them; leave appointed_by out of "
    assert remarks == [(line - 5, "offices.secretariat.appointed_by", text + "the one that the meeting fills")]


def test_an_office_below_a_ring_is_filled_by_it(appointers):
    post = '\n[[offices]]\nid = "post"\nmachine = 1.0\nappointed_by = "army"\n'
    remarks = appointers(secretariat=SECRETARIAT + 'appointed_by = "army"\n', more=post)
    assert [key for _, key, _ in remarks] == ["offices.secretariat.appointed_by"]


def test_an_appointer_that_comes_into_being_later(appointers, line):
    remarks = appointers(secretariat="machine = 5.0\n", more=CREATED.format("secretariat", 2))
    text = "is filled by secretariat, which comes into being on 1924-09-02; if vacant before, it stays so until then"
    assert remarks == [(line - 1, "offices.army.appointed_by", f"{text}; {OUT}")]


@pytest.mark.parametrize("day", [2, 3])
def test_an_office_that_comes_with_its_appointer_or_after_it_is_as_it_should_be(appointers, day):
    more = CREATED.format("secretariat", 2) + CREATED.format("army", day)
    assert appointers('machine = 2.0\nappointed_by = "secretariat"\n', "machine = 5.0\n", more) == []


def test_offices_that_the_meeting_fills_in_the_end_are_as_they_should_be(appointers):
    assert appointers() == []
