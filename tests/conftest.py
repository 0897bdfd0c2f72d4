"""A minimal scenario, and ways to write it to disk with changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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

Write = Callable[..., Path]


@pytest.fixture
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
