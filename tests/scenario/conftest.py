"""A small party of six leaders and four blocs, and what-ifs of it, written from the fields of their changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factions.scenario import load

BASE = """\
title = "A small party"
start = 1923-10-08
end = 1926-11-30

[[issues]]
id = "economy"

[[blocs]]
id = "red"
chief = "anna"
[[blocs]]
id = "green"
chief = "boris"
[[blocs]]
id = "blue"
chief = "clara"
[[blocs]]
id = "grey"
chief = "greta"

[[leaders]]
id = "anna"
bloc = "red"
prestige = 9
standing = "politburo"
ideal_point = { economy = -1.0 }
[[leaders]]
id = "dora"
bloc = "red"
prestige = 2.5
standing = "central_committee"
ideal_point = { economy = -0.5 }
[[leaders]]
id = "boris"
bloc = "green"
prestige = 6
standing = "politburo"
ideal_point = { economy = 0.5 }
[[leaders]]
id = "clara"
bloc = "blue"
prestige = 7
standing = "politburo"
ideal_point = { economy = 1.0 }
[[leaders]]
id = "greta"
bloc = "grey"
prestige = 3
standing = "party_member"
active = false
ideal_point = { economy = 0.0 }
[[leaders]]
id = "hugo"
prestige = 3
standing = "expelled"
ideal_point = { economy = 0.0 }

[[offices]]
id = "secretariat"
holder = "clara"
machine = 12
[[offices]]
id = "region"
holder = "boris"
machine = 3
appointed_by = "secretariat"

[[meeting_kinds]]
id = "congress"
electorate = "delegates"
rungs = ["office", "politburo", "central_committee", "party", "exile", "deportation"]
[[meeting_kinds]]
id = "plenum"
electorate = "central_committee"
rungs = ["office", "politburo"]

[[meetings]]
id = "first"
kind = "plenum"
date = 1923-10-25
[[meetings]]
id = "second"
kind = "congress"
date = 1924-05-23
[[meetings]]
id = "third"
kind = "congress"
date = 1925-01-16
[[meetings]]
id = "fourth"
kind = "congress"
date = 1926-04-16
"""

EVENTS = (
    '[[events]]\nid = "boris_dies"\ndate = 1925-11-21\nkind = "death"\nleader = "boris"\n',
    '[[events]]\nid = "clara_ill"\ndate = 1925-03-01\nkind = "illness"\nleader = "clara"\n',
    '[[events]]\nid = "clara_well"\ndate = 1926-01-01\nkind = "recovery"\nleader = "clara"\n',
    '[[events]]\nid = "seats"\ndate = 1924-06-01\nkind = "seats"\nnumber = 5\n',
    '[[events]]\nid = "more_seats"\ndate = 1925-06-01\nkind = "seats"\nnumber = 7\n',
    '[[events]]\nid = "crisis"\ndate = 1924-06-01\nkind = "salience"\nissue = "economy"\nby = -0.75\n',
    '[[events]]\nid = "relief"\ndate = 1924-06-01\nkind = "salience"\nissue = "economy"\nby = 0.5\n',
)


def text_of(change: str | dict[str, object]) -> str:
    """The text of a change, given by its fields; what is text there stands in quotes, unless it is a date.

    `table`: where it stands, [[changes]] if that is not given.  What is given as text is taken as it is.
    """
    if isinstance(change, str):
        return change
    fields = dict(change)
    table = fields.pop("table", "changes")
    return f"[[{table}]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in fields.items())


def toml(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    quoted = isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value)
    return f'"{value}"' if quoted else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.fixture
def what_if_file(tmp_path: Path):
    """what_if_file(changes, events=EVENTS): the file of a counterfactual of the small party, in this order."""

    def write(changes, events=EVENTS) -> Path:
        (tmp_path / "base.toml").write_text(BASE + "".join(map(text_of, events)), encoding="utf-8")
        path = tmp_path / "what_if.toml"
        path.write_text('extends = "base.toml"\n' + "".join(map(text_of, changes)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def what_if(what_if_file):
    """what_if(changes, events=EVENTS): a counterfactual of the small party with these changes, in this order."""
    return lambda changes, events=EVENTS: load(what_if_file(changes, events))


@pytest.fixture
def own_events() -> tuple[str, ...]:
    """The texts of the events of the small party."""
    return EVENTS
