"""A hidden Markov chain to put in place of the engine."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from factions import shocks

FIRST, STAYS, TURNS = 0.8, 0.6, 0.3
"""Chance that the bloc is open at the first meeting, stays open, and turns from quiet to open."""


@pytest.fixture
def chain(monkeypatch):
    """Puts a Markov chain with known chances in place of the engine: `open` of bloc 0 is its hidden state."""
    from factions import dynamics

    def meet(case, values, state, m, seed, luck):
        for w in range(len(luck)):
            chance = FIRST if m == 0 else STAYS if state.open[w, 0] else TURNS
            shock = shocks.uniform(seed, int(luck[w]), m, 77, 0, 0)
            state.open[w, 0] = int(shock < chance)

    monkeypatch.setattr(dynamics, "meet_all", meet)
    monkeypatch.setattr(dynamics, "pass_time_all", lambda *arguments: None)
    return SimpleNamespace(first=FIRST, stays=STAYS, turns=TURNS, meetings=4)
