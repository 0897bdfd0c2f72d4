"""What outcomes are called: `KIND`, `KIND:WHO` or `KIND:WHO@MEETING`, where `a+b` joins two names.

What they measure in finished worlds stands in `factions.statements.outcomes`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from factions.scenario.text.problems import suggestion

MENTIONS: Mapping[str, tuple[str, ...]] = {
    "ruling": ("bloc",),
    "open": ("bloc",),
    "allied": ("bloc", "bloc"),
    "politburo": ("leader",),
    "central_committee": ("leader",),
    "party": ("leader",),
    "deported": ("leader",),
    "capitulated": ("leader",),
    "holds": ("leader", "office"),
    "happened": ("event",),
    "claim": ("claim",),
    "influence": ("bloc or leader",),
    "alliances": (),
    "effective_alliances": (),
    "effective_blocs": (),
    "expulsions": (),
    "break": ("bloc", "bloc"),
    "distance": (),
    "record": (),
}
"""Kind -> what its name mentions."""

LISTS: Mapping[str, tuple[str, ...]] = {
    "bloc": ("blocs",),
    "leader": ("leaders",),
    "office": ("offices",),
    "event": ("events",),
    "claim": ("record",),
    "bloc or leader": ("blocs", "leaders"),
}
"""What is mentioned -> the lists of a scenario file that have its id."""

TABLES = ("blocs", "leaders", "offices", "meetings", "events", "record")
"""The lists whose ids a name can hold."""


LISTED = ("leaders", "blocs", "offices", "meetings", "events")
"""The lists of a scenario whose ids `factions list` names."""


def list_command(table: str) -> str:
    """What a user types to see the ids of a list of a scenario; empty if there is no such command."""
    return f"factions list {table} FILE" if table in LISTED else ""


class OutcomeName(NamedTuple):
    """The parts of a name; `meeting` is None for the last one."""

    kind: str
    who: tuple[str, ...]
    meeting: str | None


def parts(name: str) -> OutcomeName:
    """The parts of a name, known or not."""
    subject, at, meeting = name.partition("@")
    kind, _, who = subject.partition(":")
    return OutcomeName(kind, tuple(who.split("+")) if who else (), meeting if at else None)


def form(kind: str) -> str:
    """How a name of a kind is written: break:BLOC+BLOC, influence:WHO."""
    mentioned = "+".join("WHO" if len(LISTS[each]) > 1 else each.upper() for each in MENTIONS[kind])
    return f"{kind}:{mentioned}" if mentioned else kind


def fault(name: str, known: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    """What is wrong with a name, and what would be right; `known`: list of a scenario -> its ids. None: it is sound."""
    kind, who, meeting = parts(name)
    if kind not in MENTIONS:
        return f'unknown kind of outcome "{kind}"', suggestion(kind, MENTIONS)
    if len(who) != len(MENTIONS[kind]):
        return "is not well formed", f"write {form(kind)}"
    for mentioned, each in zip(MENTIONS[kind], who, strict=True):
        ids = [entry for table in LISTS[mentioned] for entry in known[table]]
        if each not in ids:
            return f'unknown {mentioned} "{each}"', _or_list(each, ids, LISTS[mentioned])
    if meeting is not None and meeting not in known["meetings"]:
        return f'unknown meeting "{meeting}"', _or_list(meeting, known["meetings"], ("meetings",))
    return None


def _or_list(word: str, ids: Collection[str], tables: Sequence[str]) -> str:
    """What may have been meant; if nothing is close and not all can be named, the command that lists them."""
    return suggestion(word, ids, " and ".join(filter(None, map(list_command, tables))))
