"""One meeting of a block of worlds: the schedule, in the order of the Mesa model's step."""

import numpy as np

from factions.engine.bargaining import bargaining
from factions.engine.compile import entry, readable
from factions.engine.consequences import consequences
from factions.engine.events import events
from factions.engine.influence import influence
from factions.engine.loyalty import loyalty
from factions.engine.sanctions import sanctions
from factions.engine.stance import stance
from factions.engine.surrender import surrender
from factions.engine.view import case_view, source_of, world_view
from factions.engine.vote import vote
from factions.world.case import Case
from factions.world.state import State


def meet_all(case: Case, values: np.ndarray, state: State, m: int, seed: int, luck: np.ndarray) -> None:
    """Phases 1-8 of meeting m in every world of a block; `values` and `luck` have one entry per world."""
    _meet_all(source_of(case), readable(values), source_of(state), m, seed, luck)


def pass_time_all(case: Case, values: np.ndarray, state: State, m: int, seed: int, luck: np.ndarray) -> None:
    """Phase 9 in every world of a block: time passes until the next meeting."""
    _pass_time_all(source_of(case), readable(values), source_of(state), m, seed, luck)


def events_all(case: Case, values: np.ndarray, state: State, m: int) -> None:
    """Phase 1 alone in every world of a block: what other models of these worlds have in common with this one."""
    _events_all(source_of(case), readable(values), source_of(state), m)


@entry
def _meet_all(cases, values, worlds, m, seed, luck):
    case = case_view(cases)
    for w in range(len(luck)):
        value, world = values[w], world_view(worlds, w)
        events(case, value, world, m)
        influence(case, value, world)
        loyalty(case, value, world, m, seed, luck[w])
        bargaining(case, value, world, m, seed, luck[w])
        stance(case, value, world, m, seed, luck[w])
        vote(case, value, world, m)
        sanctions(case, value, world, m, seed, luck[w])
        surrender(case, value, world, m, seed, luck[w])


@entry
def _pass_time_all(cases, values, worlds, m, seed, luck):
    case = case_view(cases)
    for w in range(len(luck)):
        consequences(case, values[w], world_view(worlds, w), m, seed, luck[w])


@entry
def _events_all(cases, values, worlds, m):
    case = case_view(cases)
    for w in range(len(values)):
        events(case, values[w], world_view(worlds, w), m)
