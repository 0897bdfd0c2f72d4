"""Which of many worlds are told: the typical one, those next to and farthest from the record, and some by lot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.statements import predicates

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble


@dataclass(frozen=True)
class Chosen:
    """A world (or pair) that is told: its `place` in the ensemble, what it is called, and `why` it was chosen."""

    place: int
    name: str
    why: str


def course(ensemble: Ensemble) -> np.ndarray:
    """Where every bloc stands, as a number of `predicates.STATES`; axes (world, meeting, bloc)."""
    states = predicates.states(ensemble)
    return np.argmax(np.stack([states[name] for name in predicates.STATES]), axis=0).astype(np.int8)


def agreement(courses: np.ndarray) -> np.ndarray:
    """How much of a world's course the others share, on average: (world,) in [0, 1], from (world, ...) numbers."""
    flat = courses.reshape(len(courses), -1)
    shared = np.zeros(len(flat))
    for state in np.unique(flat):
        here = flat == state
        shared += (here * here.mean(axis=0)).sum(axis=1)
    return np.asarray(shared / flat.shape[1])


def choose_worlds(ensemble: Ensemble, told: int) -> list[Chosen]:
    """The worlds of a replay that are told: at most `told`, the first four for what they are, the others by lot."""
    shared, held = agreement(course(ensemble)), ensemble.held
    count, claims = len(ensemble), held.shape[1]
    wanted = [(int(shared.argmax()), "typical", f"Of {count:,} worlds it has most in common with the others.")]
    if claims:
        wanted += list(_by_record(held.sum(axis=1), shared, claims, count))
    wanted.append(
        (int(shared.argmin()), "most unusual", f"Of {count:,} worlds it has least in common with the others.")
    )
    return _named(wanted, ensemble.worlds, told, "World")


def _by_record(held: np.ndarray, shared: np.ndarray, claims: int, count: int) -> Iterator[tuple[int, str, str]]:
    """The worlds in which most and fewest claims hold; of equals the more typical."""
    for name, word, score in (("closest to the record", "most", held), ("most unlike the record", "fewest", -held)):
        place = int(np.lexsort((-shared, -score))[0])
        yield place, name, f"{held[place]} of {claims} claims of the record hold in it, the {word} in {count:,} worlds."


def choose_pairs(
    factual: Ensemble, changed: Ensemble, example: int, meetings: tuple[list[int], list[int]], told: int
) -> list[Chosen]:
    """The pairs of a comparison that are told; `example`: the one that the report tells side by side.

    `meetings`: places of the common meetings on either side.
    """
    here, there = course(factual), course(changed)
    count = len(here)
    shared = agreement(np.concatenate([here.reshape(count, -1), there.reshape(count, -1)], axis=1))
    apart = _apart(factual, changed, meetings)
    why = f"Of {count:,} pairs it is a typical one that shows the main findings."
    wanted = [(example, "example", why)]
    held = factual.held
    if held.shape[1]:
        wanted += [next(_by_record(held.sum(axis=1), shared, held.shape[1], count))]
    wanted.append((int(apart.argmax()), "greatest difference", f"Of {count:,} pairs its two worlds differ most."))
    if apart.min() < apart.max():
        wanted.append((int(apart.argmin()), "least difference", f"Of {count:,} pairs its two worlds differ least."))
    return _named(wanted, np.arange(count), told, "Pair")


def _apart(factual: Ensemble, changed: Ensemble, meetings: tuple[list[int], list[int]]) -> np.ndarray:
    """In how many places the two worlds of each pair differ: standing of leaders, and where blocs stand."""
    ours, theirs = meetings
    found = np.zeros(len(factual), np.int64)
    for one, two in ((factual["standing"], changed["standing"]), (course(factual), course(changed))):
        if one.shape[2] == two.shape[2]:
            found += (one[:, ours] != two[:, theirs]).sum(axis=(1, 2))
    return found


def _named(wanted: Sequence[tuple[int, str, str]], numbers: np.ndarray, told: int, noun: str) -> list[Chosen]:
    """One entry for each place: those that are wanted, then others, evenly spaced, until there are `told`."""
    found: dict[int, Chosen] = {}
    for place, name, why in wanted:
        before = found.get(place)
        label = f"{noun} {numbers[place]}: {name}" if before is None else f"{before.name}, {name}"
        found[place] = Chosen(place, label, why if before is None else f"{before.why} {why}")
    spread = np.unique(np.linspace(0, len(numbers) - 1, min(told, len(numbers))).astype(int))
    for place in (int(each) for each in spread):
        if len(found) < told and place not in found:
            found[place] = Chosen(
                place, f"{noun} {numbers[place]}: by lot", "Taken without looking at what happens in it."
            )
    return list(found.values())
