"""Who gets the posts that a change takes from a man: he dies, is put out of the party, or loses the post itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.counterfactual.lost import deaths
from factions.counterfactual.own import own_changes
from factions.scenario.content.changes import HoldChange, meetings_of
from factions.scenario.content.events import Appointment, StandingShift
from factions.vocabulary import IN_PARTY, LADDER

if TYPE_CHECKING:
    import datetime as dt

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change

HELD = 0.5
"""A post is one of his if he held it, before, in more than this share of the worlds with the change."""


@dataclass(frozen=True)
class Heir:
    """Who has a post of `leader` most often, `holder` ("" for nobody), after the first meeting without him and at last.

    `office`, `meeting`: ids; `share`, `at_last_share`: shares of the worlds with the change, in [0, 1]; `given`: does
    the change itself say who gets it.
    """

    leader: str
    office: str
    meeting: str
    holder: str
    share: float
    at_last: str
    at_last_share: float
    given: bool = False


class _Loss(NamedTuple):
    """A man or a post that a change reaches at a meeting: all posts of `leader`, or `office`, whoever has it."""

    meeting: int
    leader: str = ""
    office: str = ""


def heirs(base: Scenario, other: Scenario, worlds: Ensemble) -> tuple[Heir, ...]:
    """The posts that the change takes from somebody, in the order of the file; `worlds`: those with the change."""
    holder, ids = worlds["holder"], [leader.id for leader in other.leaders]
    found: dict[tuple[str, str], Heir] = {}
    for loss in (*_men(base, other), *_posts(base, other)):
        for o, office in enumerate(other.offices):
            if loss.office not in ("", office.id):
                continue
            before = _most(holder[:, loss.meeting - 1, o], ids) if loss.meeting else (office.holder or "", 1.0)
            if before[0] and before[0] == (loss.leader or before[0]) and before[1] > HELD:
                soon, late = (_most(holder[:, m, o], ids) for m in (loss.meeting, -1))
                heir = Heir(
                    before[0], office.id, other.meetings[loss.meeting].id, *soon, *late, given=bool(loss.office)
                )
                if heir.holder != heir.leader:
                    found.setdefault((heir.leader, heir.office), heir)
    return tuple(found.values())


def _men(base: Scenario, other: Scenario) -> Iterator[_Loss]:
    """Those who die with the change alone, and those whom it puts out of the party."""
    before, days = deaths(base), [meeting.date for meeting in other.meetings]
    for leader, day in deaths(other).items():
        first = _first(other, day)
        if first < len(days) and not (leader in before and before[leader] <= days[first]):
            yield _Loss(first, leader=leader)
    for change in _own(base, other):
        if isinstance(change, StandingShift) and LADDER.index(change.to) > IN_PARTY:
            first = _first(other, change.date)
            if first < len(days):
                yield _Loss(first, leader=change.leader)


def _posts(base: Scenario, other: Scenario) -> Iterator[_Loss]:
    """Posts that the change gives to somebody else, or leaves vacant."""
    for change in _own(base, other):
        if isinstance(change, Appointment):
            first = _first(other, change.date)
            if first < len(other.meetings):
                yield _Loss(first, office=change.office)
        elif isinstance(change, HoldChange):
            first = min(meetings_of(change, other), default=len(other.meetings))
            if first < len(other.meetings):
                yield _Loss(first, office=change.office)


def _own(base: Scenario, other: Scenario) -> Iterator[Change]:
    """The changes that the file makes in all worlds and its base does not."""
    return (change for change in own_changes(base, other) if not change.requires)


def _first(scenario: Scenario, day: dt.date) -> int:
    """The first meeting on a day or after it; their number if there is none."""
    meetings = scenario.meetings
    return next((m for m, meeting in enumerate(meetings) if meeting.date >= day), len(meetings))


def _most(holders: np.ndarray, ids: list[str]) -> tuple[str, float]:
    """Who holds a post in most worlds, "" for nobody, and in what share of them."""
    numbers, counts = np.unique(holders, return_counts=True)
    most = int(np.argmax(counts))
    return (ids[numbers[most]] if numbers[most] >= 0 else ""), float(counts[most] / len(holders))
