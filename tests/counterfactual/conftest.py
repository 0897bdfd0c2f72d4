"""A small case in which every kind of change has something to act on, and files that change it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from factions.parameters import DTYPE, default_values
from factions.scenario import Scenario, load

TOY = """\
title = "Three blocs, four meetings"
start = 1924-01-01
end = 1926-12-31

[[issues]]
id = "tempo"

[[blocs]]
id = "rulers"
chief = "anna"
[[blocs]]
id = "rebels"
chief = "boris"
[[blocs]]
id = "doubters"
chief = "clara"

[[leaders]]
id = "anna"
bloc = "rulers"
prestige = 8
standing = "politburo"
ideal_point = { tempo = 0.8 }
[[leaders]]
id = "alexei"
bloc = "rulers"
prestige = 3
standing = "central_committee"
ideal_point = { tempo = 0.6 }
[[leaders]]
id = "boris"
bloc = "rebels"
prestige = 6
standing = "politburo"
ideal_point = { tempo = -0.9 }
[[leaders]]
id = "bella"
bloc = "rebels"
prestige = 2
standing = "central_committee"
ideal_point = { tempo = -0.7 }
[[leaders]]
id = "clara"
bloc = "doubters"
prestige = 4
standing = "politburo"
ideal_point = { tempo = 0.0 }

[[offices]]
id = "secretariat"
holder = "anna"
machine = 6
[[offices]]
id = "army"
holder = "boris"
machine = 2
[[offices]]
id = "province"
holder = "clara"
machine = 3
appointed_by = "secretariat"

[[ties]]
blocs = ["rulers", "rebels"]
trust = -0.5
[[alliances]]
blocs = ["rulers", "doubters"]

[[meeting_kinds]]
id = "congress"
electorate = "delegates"
rungs = ["office", "politburo", "central_committee", "party", "exile"]
fills_seats = true
[[meeting_kinds]]
id = "talk"
electorate = "central_committee"

[[meetings]]
id = "first"
kind = "congress"
date = 1924-03-01
[[meetings]]
id = "second"
kind = "talk"
date = 1924-12-01
[[meetings]]
id = "third"
kind = "congress"
date = 1925-09-01
[[meetings]]
id = "fourth"
kind = "congress"
date = 1926-06-01

[[events]]
id = "harvest"
date = 1924-10-01
kind = "policy_shift"
bloc = "doubters"
issue = "tempo"
to = -0.5
[[events]]
id = "clara_dies"
date = 1926-01-15
kind = "death"
leader = "clara"

[[record]]
id = "rebels_open"
text = "The rebels speak out."
predicate = "open"
blocs = ["rebels"]
at = "first"
confidence = "high"
[[record]]
id = "rulers_rule"
text = "The rulers rule."
predicate = "ruling"
blocs = ["rulers"]
at = "second"
confidence = "medium"
[[record]]
id = "boris_out"
text = "Boris loses his seat."
predicate = "standing"
leaders = ["boris"]
at_most = "central_committee"
at = "third"
confidence = "low"
"""

Change = Callable[..., Scenario]


@pytest.fixture
def toy_text() -> str:
    """The text of the small case."""
    return TOY


@pytest.fixture
def toy(write) -> Scenario:
    """The small case."""
    return load(write(TOY, "toy.toml"))


@pytest.fixture
def changed(write) -> Change:
    """changed(text, name="changed.toml"): a counterfactual of the small case with this text."""

    def _changed(text: str, name: str = "changed.toml") -> Scenario:
        write(TOY, "toy.toml")
        return load(write(f'extends = "toy.toml"\nquestion = "What if?"\n{text}', name))

    return _changed


@pytest.fixture
def values() -> np.ndarray:
    """One record of parameters that lets much happen: readiness to speak and to punish is even."""
    record = default_values()
    for name, value in {"precision": 4.0, "misjudgement": 0.5}.items():
        record[name] = value
    assert record.dtype == DTYPE
    return record
