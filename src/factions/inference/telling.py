"""Which claims tell something: neither nearly every parameter satisfies them, nor a world in which nothing changes.

A claim that comes out whatever the parameters are, or if nobody ever moves, is no evidence for the model.  Scores are
therefore given for all claims and for those that tell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from factions import shocks
from factions.dynamics import run_worlds
from factions.inference.prior import values_at
from factions.parameters import FREE
from factions.statements.claims import judge
from factions.vocabulary import MECHANISMS

if TYPE_CHECKING:
    from factions.scenario import Scenario

NEARLY_ALL = 0.95
"""A claim that holds in so many worlds of the prior says nothing of the parameters."""

WORLDS = 1024
"""Worlds of the prior, each with parameters of its own."""

_SEED = shocks.key("telling")


def telling(scenario: Scenario, threads: int = 1) -> np.ndarray:
    """(C,) True for the claims that tell something, in the order of the record; the same in every call."""
    places = np.random.default_rng(_SEED).random((WORLDS, len(FREE)))
    prior = run_worlds(scenario, np.arange(WORLDS), values_at(places, scenario.parameters), _SEED, threads)
    return (judge(prior).mean(axis=0) < NEARLY_ALL) & ~unchanged(scenario)


def unchanged(scenario: Scenario) -> np.ndarray:
    """(C,) True for the claims that hold if alliances stay, nobody speaks, and nobody is punished or replaced."""
    still = scenario.model_copy(update={"mechanisms": dict.fromkeys(MECHANISMS, False)})
    world = run_worlds(still, np.arange(1), values_at(np.full((1, len(FREE)), 0.5), scenario.parameters), _SEED)
    for name in ("open", "vote_share"):
        world[name][...] = 0
    return np.asarray(judge(world)[0])
