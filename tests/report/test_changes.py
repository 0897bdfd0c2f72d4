"""What a file changes is listed: in its own words, or in those of the program, and the meetings and values it edits."""

from __future__ import annotations

from typing import get_args

import pytest

from factions.report.changes import _SAID, changed, cited
from factions.scenario import load
from factions.scenario.content.changes import Change

MEETINGS = """
[[meetings]]
id = "third"
name = "The third congress"
kind = "congress"
date = 1925-12-20
"""
FIRST_MOVED = '[[changes]]\nkind = "move"\nmeeting = "first"\ndate = 1924-06-01\n'
SECOND_DROPPED = '[[changes]]\nkind = "cancel"\nmeetings = ["second"]\n'

SAYS = {
    "a meeting that is moved": (FIRST_MOVED, ["first sits on 1 June 1924 instead of 23 May 1924."]),
    "one that is moved, in the file's words": (
        FIRST_MOVED + 'text = "The first congress is late"\n',
        ["The first congress is late."],
    ),
    "one that is left out": (SECOND_DROPPED, ["second (18 December 1925) does not sit."]),
    "one that is added": (MEETINGS, ["A meeting is added: The third congress (20 December 1925)."]),
    "a change in the file's words, which end as they like": (
        '[[changes]]\nkind = "death"\nleader = "trotsky"\ndate = 1924-06-01\ntext = "Trotsky dies,"\n',
        ["Trotsky dies."],
    ),
    "changes whose words go on in those of the next": (
        '[[changes]]\nkind = "hold"\nleader = "stalin"\noffice = "army"\nsince = 1924-05-01\ntext = "Stalin comes;"\n'
        '[[changes]]\nkind = "death"\nleader = "trotsky"\ndate = 1924-06-01\ntext = "and Trotsky dies,"\n'
        '[[changes]]\nkind = "threat"\nby = 0.5\ndate = 1924-07-01\ntext = "so does trust"\n',
        ["Stalin comes and Trotsky dies; so does trust."],
    ),
    "a change without words": (
        '[[changes]]\nkind = "hold"\nleader = "stalin"\noffice = "army"\nsince = 1924-05-01\nuntil = 1925-06-01\n',
        ["Stalin has army and keeps it (1 May 1924 to 1 June 1925)."],
    ),
    "a change on a condition": (
        '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\nrequires = ["ruling:centre", "not party:trotsky"]\n',
        [
            "“harvest” does not happen (only in worlds in which the centre ruled and trotsky was not in the party "
            "by then)."
        ],
    ),
    "a decision at a meeting on a condition": (
        '[[changes]]\nkind = "stance"\nbloc = "left"\nto = "quiet"\nat = "second"\nrequires = ["harvest"]\n',
        [
            "The Left must keep quiet when out of power (second; only in worlds in which “harvest” had happened "
            "by then)."
        ],
    ),
    "a judgement of the file": (
        '[[changes]]\nkind = "death"\nleader = "trotsky"\ndate = 1924-06-01\ntext = "Trotsky dies"\n'
        'confidence = "low"\nnote = "A judgement of this file: the day."\n',
        ["Trotsky dies (a judgement of this file, of low confidence)."],
    ),
    "a mechanism": ("[mechanisms]\npatronage = false\n", ["“offices change hands by appointment”: no (before: yes)."]),
    "what a meeting may do": (
        '[[meeting_kinds]]\nid = "congress"\nselection = 0.0\nrungs = ["office", "party"]\n',
        [
            "Congress: how strongly the apparatus selects the delegates: 0 (before: 1).",
            "Congress: what it may punish by: removal from office and expulsion from the party (before: removal from "
            "office and removal from the Politburo).",
        ],
    ),
    "a condition of an event": (
        '[[events]]\nid = "harvest"\nrequires = ["ruling:centre"]\n',
        ["“harvest”: it happens only where: the centre ruled (before: nothing)."],
    ),
    "a judged number": (
        '[[leaders]]\nid = "trotsky"\nprestige = 4.5\n',
        ["Trotsky: his personal influence, in points: 4.5 (before: 10)."],
    ),
    "a parameter": ("[parameters]\nprecision = 4.5\n", ["The parameter “precision”: 4.5 (before: nothing)."]),
}


@pytest.fixture
def said(minimal, write):
    """said(text): what a file with this text changes in the smallest case."""

    def _said(text: str) -> list[str]:
        base = load(write(minimal, "base.toml"))
        return changed(base, load(write(f'extends = "base.toml"\n{text}', "other.toml")))

    return _said


@pytest.mark.parametrize("name", SAYS)
def test_a_change_is_told(name, said):
    text, expected = SAYS[name]
    assert said(text) == expected


def test_what_changes_no_world_is_not_told(said):
    assert said('title = "The same"\nquestion = "What if nothing changed?"\n') == []


def test_every_kind_of_change_has_words():
    assert set(_SAID) == {get_args(model.model_fields["kind"].annotation)[0] for model in get_args(get_args(Change)[0])}


def test_a_deed_that_is_somebody_elses_is_told_in_a_sentence(minimal, write):
    deed = 'id = "speech"\nkind = "policy_shift"\ndate = 1925-01-01\nissue = "tempo"\nto = 1.0\n'
    issue = '[[issues]]\nid = "tempo"\n' if 'id = "tempo"' not in minimal else ""
    base = load(write(f'{minimal}\n{issue}[[events]]\n{deed}agent = "stalin"\nleader = "stalin"\n', "base.toml"))
    other = 'extends = "base.toml"\n[[events]]\nid = "speech"\nagent = "trotsky"\nleader = "trotsky"\n'
    trotsky, stalin = (next(each.name for each in base.leaders if each.id == who) for who in ("trotsky", "stalin"))
    told = changed(base, load(write(other, "other.toml")))
    assert told == [f"“speech”: {trotsky} does it instead of {stalin}."]
    assert changed(base, load(write(other + 'text = "He said it"\n', "own.toml"))) == ["“speech”: He said it."]
    origin = 'name = "His speech"\nsources = ["book"]\nconfidence = "low"\nnote = "Judged."\n'
    sourced = f'{other}text = "He said it"\n{origin}[sources.book]\ntext = "A book"\n'
    assert changed(base, load(write(sourced, "sourced.toml"))) == ["“His speech”: He said it (of low confidence)."]


def test_sources_are_those_of_the_change_and_of_the_events_that_it_names_or_edits(minimal, write):
    """The harvest, the fair and the flood have a book each; the file cancels, moves and edits them by their ids."""
    books = "".join(f'[sources.{name}]\ntext = "A book"\n' for name in ("crops", "trade", "water", "party"))
    events = "".join(
        f'[[events]]\nid = "{name}"\nkind = "threat"\nby = 0.1\ndate = 1925-01-01\nsources = ["{book}"]\n'
        for name, book in (("fair", "trade"), ("flood", "water"), ("quiet", "party"))
    )
    base = minimal.replace('id = "harvest"\n', 'id = "harvest"\nsources = ["crops"]\n')
    load(write(f"{base}{events}{books}", "base.toml"))
    cancels = '[[changes]]\nkind = "cancel"\nevents = ["harvest"]\n'
    moves = '[[changes]]\nkind = "move"\nevent = "fair"\ndate = 1925-02-01\nsources = ["own"]\n'
    edits = '[[events]]\nid = "flood"\nby = 0.2\n'
    for text, keys in (
        (cancels, ["crops", "own"]),
        (moves, ["own", "trade"]),
        (edits, ["water", "own"]),
        (cancels + moves + edits, ["own", "crops", "trade", "water"]),
    ):
        other = load(write(f'extends = "base.toml"\n{text}[sources.own]\ntext = "Mine"\n', "other.toml"))
        assert cited(load(other.path.with_name("base.toml")), other) == keys
