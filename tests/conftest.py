"""A minimal scenario, and ways to write it to disk with changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from factions.scenario import Scenario, load
from factions.vocabulary import MECHANISMS, RUNGS

MINIMAL = """\
title = "Two blocs, two meetings"
start = 1923-10-08
end = 1925-12-31

[sources.book]
text = "A book"

[[issues]]
id = "tempo"
name = "Tempo"
sources = ["book"]
confidence = "high"

[[blocs]]
id = "left"
name = "Left"
chief = "trotsky"

[[blocs]]
id = "centre"
chief = "stalin"

[[leaders]]
id = "trotsky"
bloc = "left"
prestige = 10
standing = "politburo"
ideal_point = { tempo = -1.0 }

[[leaders]]
id = "stalin"
bloc = "centre"
prestige = 3.0
standing = "politburo"
ideal_point = { tempo = 0.25 }

[[offices]]
id = "secretariat"
holder = "stalin"
machine = 5.0

[[offices]]
id = "army"
holder = "trotsky"
machine = 2.0
appointed_by = "secretariat"

[[ties]]
blocs = ["left", "centre"]
trust = -0.5

[[meeting_kinds]]
id = "congress"
electorate = "delegates"
rungs = ["office", "politburo"]

[[meetings]]
id = "first"
kind = "congress"
date = 1924-05-23

[[meetings]]
id = "second"
kind = "congress"
date = 1925-12-18

[[events]]
id = "harvest"
date = 1924-09-01
kind = "policy_shift"
bloc = "centre"
issue = "tempo"
to = 0.5

[[record]]
id = "army_lost"
text = "Trotsky gives up the army."
predicate = "lost"
leaders = ["trotsky"]
office = "army"
at = "second"
"""

MEETINGS = """
[[meetings]]
id = "third"
kind = "congress"
date = 1925-12-20

[[meetings]]
id = "fourth"
kind = "congress"
date = 1925-12-24
"""

CLAIMS = """
[[record]]
id = "speaks_first"
text = "It speaks out at first."
predicate = "open"
blocs = ["left"]
at = "first"
confidence = "high"

[[record]]
id = "silent_between"
text = "It falls silent and stays so."
predicate = "quiet"
blocs = ["left"]
between = ["second", "third"]
when = "throughout"
confidence = "medium"

[[record]]
id = "speaks_again"
text = "It speaks out again."
predicate = "open"
blocs = ["left"]
between = ["second", "fourth"]
when = "sometime"
confidence = "low"

[[record]]
id = "never_mute_twice"
text = "It is never silent in these two."
predicate = "quiet"
blocs = ["left"]
between = ["first", "second"]
when = "never"
confidence = "high"
"""

HISTORY = Path(__file__).parents[1] / "scenarios" / "history.toml"

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def minimal() -> str:
    """The text of a small sound scenario."""
    return MINIMAL


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """write(text, name="scenario.toml"): a file with the text; every dated field stays as it is."""

    def _write(text: str, name: str = "scenario.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture(scope="session")
def history():
    """The shipped case."""
    return load(HISTORY)


@pytest.fixture
def scenario(minimal, write):
    """Two blocs, four meetings, and four claims about the stance of one bloc."""
    text = minimal[: minimal.index("[[record]]")]
    return load(write(text.replace("[[events]]", MEETINGS + "\n[[events]]") + CLAIMS, "chain.toml"))


START = dt.date(1924, 1, 1)


def _struggle(
    leaders: dict[str, dict],
    gaps: tuple[int, ...] = (100,),
    on: tuple[str, ...] = (),
    kind: dict | None = None,
    **tables,
) -> Scenario:
    """A scenario: leaders by id (the bloc is what stands before the number: "left_1"), days between meetings.

    The first leader of a bloc is its chief; `on`: the mechanisms that work; `kind`: what the meetings are.
    """
    issues = tables.pop("issues", ())
    blocs: dict[str, str] = {}
    cast = []
    for name, fields in leaders.items():
        bloc = name.rpartition("_")[0]
        if bloc:
            blocs.setdefault(bloc, name)
            fields = {"bloc": bloc, **fields}
        point = {issue["id"]: 0.0 for issue in issues} | fields.pop("ideal_point", {})
        cast.append({"id": name, "prestige": 1.0, "standing": "politburo", "ideal_point": point} | fields)
    days = np.cumsum(gaps)
    meetings = [
        {"id": f"m{n}", "kind": "congress", "date": START + dt.timedelta(int(day))} for n, day in enumerate(days)
    ]
    congress = {"id": "congress", "electorate": "delegates", "selection": 1.0, "rungs": RUNGS[1:]} | (kind or {})
    path = Path("small.toml")
    return Scenario.model_validate(
        {
            "title": "A small struggle",
            "start": START,
            "end": START + dt.timedelta(int(days[-1]) + 365),
            "issues": issues,
            "leaders": tuple(cast),
            "meetings": tuple(meetings),
            "meeting_kinds": (congress,),
            "blocs": tuple({"id": bloc, "chief": chief} for bloc, chief in blocs.items()),
            "mechanisms": {name: name in on for name in MECHANISMS},
            **{name: tuple(rows) for name, rows in tables.items()},
            "path": path,
            "files": (path,),
            "text": "",
        }
    )


@pytest.fixture(scope="session")
def struggle() -> Callable[..., Scenario]:
    """struggle(leaders, gaps, on, kind, **tables): a small scenario; mechanisms are off unless named."""
    return _struggle
