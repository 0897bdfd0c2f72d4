"""Which claims of the record a counterfactual touches: those about the blocs, leaders and offices that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from factions.scenario.content.claims import BaseClaim
from factions.scenario.content.fields import ENTRIES, references

if TYPE_CHECKING:
    from pydantic import BaseModel

    from factions.scenario import Claim, Scenario

ACTORS = ("blocs", "leaders", "offices")
"""The lists whose entries a claim can be about."""

Named = frozenset[tuple[str, str]]
"""Pairs of a list and an id in it."""
NOBODY: Named = frozenset()


def named_by(base: Scenario, other: Scenario) -> Named:
    """The blocs, leaders and offices that the differences between a file and its base name.

    Differences are changes, and entries of any list but the record that one of the two has and the other has not, or
    has otherwise.  Whoever is named in an event that a change cancels or moves counts as named by the change.
    """
    events = {event.id: event for scenario in (base, other) for event in scenario.events}
    found: set[tuple[str, str]] = set()
    for table, entry in _differences(base, other):
        names = set(_names(entry)) | {(table, getattr(entry, "id", None) or "")}
        for about, name in tuple(names):
            if about == "events" and name in events:
                names |= set(_names(events[name]))
        found |= {pair for pair in names if pair[0] in ACTORS}
    return frozenset(found)


def touches(named: Named, claim: Claim) -> bool:
    """Does the predicate of a claim speak of any of those named."""
    return not named.isdisjoint(actors_of(claim))


def actors_of(claim: Claim) -> Named:
    """Those of whom the predicate of a claim speaks (where a figure draws the claim does not matter)."""
    return frozenset(_names(claim, leaving_out=frozenset(BaseClaim.model_fields)))


def _differences(base: Scenario, other: Scenario) -> Iterator[tuple[str, BaseModel]]:
    for table in ENTRIES:
        if table == "record":
            continue
        one, two = getattr(base, table), getattr(other, table)
        for entries, others in ((one, two), (two, one)):
            yield from ((table, entry) for entry in entries if entry not in others)


def _names(entry: BaseModel, leaving_out: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """(list, id) for every id that the fields of an entry name."""
    for field, table in references(type(entry)).items():
        value = getattr(entry, field)
        if field in leaving_out or not value:
            continue
        yield from ((table, name) for name in ([value] if isinstance(value, str) else value))
