"""A scenario with four meetings, and a hidden Markov chain to put in place of the engine."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from factions import shocks
from factions.scenario import load

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


HISTORY = Path(__file__).parents[2] / "scenarios" / "history.toml"


@pytest.fixture(scope="session")
def history():
    """The shipped case."""
    return load(HISTORY)


@pytest.fixture
def scenario(minimal, write):
    """Two blocs, four meetings, and four claims about the stance of one bloc."""
    text = minimal[: minimal.index("[[record]]")]
    return load(write(text.replace("[[events]]", MEETINGS + "\n[[events]]") + CLAIMS, "chain.toml"))


FIRST, STAYS, TURNS = 0.8, 0.6, 0.3
"""Chance that the bloc is open at the first meeting, stays open, and turns from quiet to open."""


@pytest.fixture
def chain(monkeypatch):
    """Puts a Markov chain with known chances in place of the engine: `open` of bloc 0 is its hidden state."""
    from factions.inference import dynamics

    def meet(case, values, state, m, seed, luck):
        for w in range(len(luck)):
            chance = FIRST if m == 0 else STAYS if state.open[w, 0] else TURNS
            shock = shocks.uniform(seed, int(luck[w]), m, 77, 0, 0)
            state.open[w, 0] = int(shock < chance)

    monkeypatch.setattr(dynamics, "meet_all", meet)
    monkeypatch.setattr(dynamics, "pass_time_all", lambda *arguments: None)
    return SimpleNamespace(first=FIRST, stays=STAYS, turns=TURNS, meetings=4)
