"""Who gets the posts of a man who dies with the change and not without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.lost import deaths

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

HELD = 0.5
"""A post is one of his if he held it, before, in more than this share of the worlds with the change."""


@dataclass(frozen=True)
class Heir:
    """Who has a post of `leader` most often, `holder` ("" for nobody), after the first meeting without him and at last.

    `office`, `meeting`: ids; `share`, `at_last_share`: shares of the worlds with the change, in [0, 1].
    """

    leader: str
    office: str
    meeting: str
    holder: str
    share: float
    at_last: str
    at_last_share: float


def heirs(base: Scenario, other: Scenario, worlds: Ensemble) -> tuple[Heir, ...]:
    """The posts of those who die with the change alone, in the order of the file; `worlds`: those with the change."""
    holder = worlds["holder"]
    before, after = deaths(base), deaths(other)
    ids, days = [leader.id for leader in other.leaders], [meeting.date for meeting in other.meetings]
    found = []
    for leader, day in after.items():
        first = next((m for m, date in enumerate(days) if date >= day), len(days))
        if first == len(days) or (leader in before and before[leader] <= days[first]):
            continue
        for o, office in enumerate(other.offices):
            his = (holder[:, first - 1, o] == ids.index(leader)).mean() if first else float(office.holder == leader)
            if his > HELD:
                soon, late = (_most(holder[:, m, o], ids) for m in (first, -1))
                found.append(Heir(leader, office.id, other.meetings[first].id, *soon, *late))
    return tuple(found)


def _most(holders: np.ndarray, ids: list[str]) -> tuple[str, float]:
    """Who holds a post in most worlds, "" for nobody, and in what share of them."""
    numbers, counts = np.unique(holders, return_counts=True)
    most = int(np.argmax(counts))
    return (ids[numbers[most]] if numbers[most] >= 0 else ""), float(counts[most] / len(holders))
