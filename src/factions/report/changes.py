"""What a file changes, in sentences: in its own words where it has some, and the meetings and tables that it edits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from factions.counterfactual.own import own_changes
from factions.report.edits import in_words
from factions.scenario.content.changes import BaseDecision, Cancel, Move
from factions.scenario.content.conditions import conditions
from factions.scenario.content.events import BaseEvent
from factions.scenario.content.fields import SCALARS
from factions.scenario.forms.differences import differences
from factions.wording import PUNISHMENTS, Names, capitalised, counted, day, listed, out_of, plainly, sentence

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change
    from factions.scenario.content.tables import Meeting

MOST = 12
"""Edits of tables that are listed; a file of one's own may have hundreds."""

_ELSEWHERE = ("changes", "meetings", "record", "sources", *SCALARS)
"""What is told otherwise, or changes no world."""


def changed(base: Scenario, other: Scenario, made: Sequence[float | None] = (), worlds: int = 100) -> list[str]:
    """A sentence for each thing that a file changes in its base.

    `made`: for each of the other's changes that requires something, the share of its `worlds` in which it is made.
    """
    words, shares, count = _Words(base, other), [*made, *[None] * len(other.changes)], min(worlds, 100)
    own = own_changes(base, other)
    told = [
        words.of(change, "" if share is None else f": in {out_of(share, count)} of {count}")
        for change, share in zip(other.changes, shares, strict=False)
        if change in own
    ]
    deeds = dict(_deeds(base, other))
    return [
        *_in_sentences(told),
        *_calendar(base.meetings, other.meetings, own),
        *deeds.values(),
        *_edits(base, other, [f"events.{event}.{field}" for event in deeds for field in _OF_A_DEED]),
    ]


def _in_sentences(clauses: Sequence[str]) -> list[str]:
    """Changes whose words go on in those of the next make one sentence: "Frunze lives", "and keeps the army."."""
    found: list[str] = []
    for clause in filter(None, clauses):
        if found and clause[:1].islower():
            found[-1] += f" {clause}" if clause.startswith("and ") else f"; {clause}"
        else:
            found.append(clause)
    return [sentence(clause) for clause in found]


def cited(base: Scenario, other: Scenario) -> list[str]:
    """Keys of the sources of a file: of its changes, of the events that it moves, cancels or edits, and its own."""
    known = {event.id: event for event in (*other.events, *base.events) if event.id}
    own = own_changes(base, other)
    moved = [name for change in own for name in (*_ids(change, "events"), *_ids(change, "event"))]
    edited = [event for event in other.events if event not in base.events]
    entries = [*own, *(known[name] for name in moved if name in known), *edited]
    keys = [key for entry in entries for key in entry.sources]
    return list(dict.fromkeys([*keys, *(key for key in other.sources if key not in base.sources)]))


def _ids(change: Change, field: str) -> tuple[str, ...]:
    """The events (ids) that a field of a change names."""
    value = getattr(change, field, None) or ()
    return (value,) if isinstance(value, str) else tuple(value)


class _Words:
    """Puts changes into words, with the names that a file has."""

    def __init__(self, base: Scenario, other: Scenario) -> None:
        self.names, self.scenario = Names(other), other
        self.meetings = {meeting.id: meeting.name for meeting in (*base.meetings, *other.meetings)}
        self.known = {**self.names.blocs, **self.names.leaders, **self.names.offices, **self.names.events}

    def of(self, change: Change, made: str = "") -> str:
        """A clause, with when it holds and where; "" for what is done to meetings, which the calendar tells.

        `made`: in how many worlds, if it requires something.
        """
        own = (change.text or "").rstrip(" .,;")  # several may make one sentence in the file
        if not own and (getattr(change, "meeting", None) or getattr(change, "meetings", None)):
            return ""
        said = own or capitalised(_SAID[change.kind](self, change))
        where = self._where(change)
        more = "; ".join(
            filter(None, ("" if own else self._when(change), _judged(change), where + made if where else ""))
        )
        return f"{said} ({more})" if more else said

    def _when(self, change: Any) -> str:
        if isinstance(change, BaseDecision) and change.at is not None:
            return self.meetings[change.at]
        since = getattr(change, "since", None)
        if since is not None:
            until = getattr(change, "until", None)
            return f"from {day(since)} on" if until is None else f"{day(since)} to {day(until)}"
        return day(change.date) if isinstance(change, BaseEvent) else ""

    def _where(self, change: Any) -> str:
        """In which worlds it is made, if not in all."""
        asked = [plainly(self.names, each) for each in conditions(change)]
        return f"only in worlds in which {listed(asked)} by then" if asked else ""

    def who(self, ids: Sequence[str] | None) -> str:
        """Those who are named, as a list."""
        return listed(self.known.get(name, name) for name in ids or ())


def _judged(entry: object) -> str:
    """That an entry is a judgement of its file, or of low confidence; "" if it claims more."""
    judged = (getattr(entry, "note", None) or "").startswith("A judgement")
    low = getattr(entry, "confidence", None) == "low"
    return ("a judgement of this file" + ", of low confidence" * low) if judged else "of low confidence" * low


def _blocs_stand(words: _Words, change: Any) -> str:
    return f"{words.who(change.blocs)} must stand {change.stand}"


def _stance(words: _Words, change: Any) -> str:
    return (
        f"{words.who([change.bloc])} must {'oppose openly' if change.to == 'open' else 'keep quiet'} when out of power"
    )


def _sanction(words: _Words, change: Any) -> str:
    if change.rung == "none":
        return f"the rulers spare {words.who([change.bloc])}"
    return f"the rulers punish {words.who([change.bloc])} by {PUNISHMENTS[change.rung].format(**words.names.bodies)}"


def _surrender(words: _Words, change: Any) -> str:
    who = words.who(change.leaders or [change.bloc])
    return f"{who}: whoever is punished {'surrenders' if change.to == 'capitulate' else 'holds out'}"


def _given(words: _Words, change: Any) -> str:
    office = words.names.offices[change.office]
    return f"{words.who([change.leader])} has {office}" if change.leader else f"{office} is vacant"


def _shift(words: _Words, change: Any) -> str:
    step = f"to {change.to:g}" if change.to is not None else f"by {change.by:+g}"
    return f"{words.who([change.leader or change.bloc])} moves on {change.issue.replace('_', ' ')} {step}"


def _moved(words: _Words, change: Any) -> str:
    along = [event.id for event in words.scenario.events if getattr(event, "after", None) == change.event]
    shown = listed(f"“{words.who([name])}”" for name in along)
    moved = f"“{words.who([change.event])}” comes on {day(change.date)}"
    return f"{moved}, and with it {shown}" if along else moved


def _cancelled(words: _Words, change: Any) -> str:
    shown = listed(f"“{words.who([name])}”" for name in change.events)
    return f"{shown} {'does' if len(change.events) == 1 else 'do'} not happen"


_PLACES = {
    "politburo": "sits in the {politburo}",
    "central_committee": "sits in the {central_committee}",
    "party_member": "is a member of the party without a seat",
    "expelled": "is out of the party",
    "exiled": "is in exile",
    "deported": "is out of the country",
}
"""What is said of a leader who is put on a step of the ladder."""

_SAID: dict[str, Callable[[_Words, Any], str]] = {
    "alliance": _blocs_stand,
    "stance": _stance,
    "sanction": _sanction,
    "surrender": _surrender,
    "hold": lambda words, change: f"{_given(words, change)} and keeps it",
    "keep_alive": lambda words, change: f"{words.who([change.leader])} is well and lives",
    "cancel": _cancelled,
    "move": _moved,
    "death": lambda words, change: f"{words.who([change.leader])} dies",
    "illness": lambda words, change: f"{words.who([change.leader])} falls ill or is away",
    "recovery": lambda words, change: f"{words.who([change.leader])} comes back",
    "policy_shift": _shift,
    "salience": lambda words, change: f"attention to {change.issue.replace('_', ' ')} changes by {change.by:+g}",
    "threat": lambda words, change: f"the threat from outside changes by {change.by:+g}",
    "enrolment": lambda words, change: f"new members are {change.share:.0%} of the party",
    "seats": lambda words, change: f"the {words.names.bodies['politburo']} has {counted(change.number, 'seat')}",
    "resignation": lambda words, change: f"{words.who([change.leader])} resigns {words.names.offices[change.office]}",
    "creation": lambda words, change: f"{words.names.offices[change.office]} is created",
    "committee_seats": lambda words, change: (
        f"the {words.names.bodies['central_committee']} has {counted(change.number, 'seat')}"
    ),
    "appointment": _given,
    "standing": lambda words, change: f"{words.who([change.leader])} {_PLACES[change.to].format(**words.names.bodies)}",
    "membership": lambda words, change: f"{words.who([change.leader])} joins {words.who([change.bloc or 'no bloc'])}",
}
"""What each kind of change says, if the file has no words of its own."""


def _calendar(before: Sequence[Meeting], after: Sequence[Meeting], changes: Sequence[Change]) -> Iterator[str]:
    """Meetings that are moved, left out or added, but for those of which a change tells in its own words."""
    told = {change.meeting for change in changes if isinstance(change, Move) and change.text}
    told |= {name for change in changes if isinstance(change, Cancel) and change.text for name in change.meetings or ()}
    here, there = ({meeting.id: meeting for meeting in side} for side in (before, after))
    for name, meeting in here.items():
        if name not in there and name not in told:
            yield f"{meeting.name} ({day(meeting.date)}) does not sit."
        elif name in there and there[name].date != meeting.date and name not in told:
            yield f"{meeting.name} sits on {day(there[name].date)} instead of {day(meeting.date)}."
    for meeting in (meeting for name, meeting in there.items() if name not in here):
        yield f"A meeting is added: {meeting.name} ({day(meeting.date)})."


_ORIGIN = ("sources", "confidence", "note")
"""The fields of an entry that say where it comes from."""

_OF_A_DEED = ("agent", "leader", "name", "text")
"""The fields of an event that say who does it, and what it is called then."""


def _deeds(base: Scenario, other: Scenario) -> Iterator[tuple[str, str]]:
    """The events (ids) that are somebody else's deed, each with a sentence."""
    before, names = {event.id: event for event in base.events}, Names(other).leaders
    for event in other.events:
        old = before.get(event.id)
        if event.id and event.agent and old is not None and old.agent and old.agent != event.agent:
            said = f"{names[event.agent]} does it instead of {names.get(old.agent, old.agent)}"
            own = event.text if event.text and event.text != old.text else said
            judged = _judged(event)
            told = f"“{event.name or event.id}”: {own.rstrip('.')}"
            yield event.id, sentence(f"{told} ({judged})" if judged else told)


def _changes_no_world(key: Sequence[str]) -> bool:
    """Is a value told elsewhere, or of what says only where an entry comes from."""
    return key[0] in _ELSEWHERE or key[-1] in _ORIGIN


def _edits(base: Scenario, other: Scenario, told: Sequence[str] = ()) -> Iterator[str]:
    """Values of other tables, but those that are told; `factions check --against` lists all by their keys."""
    found = [
        each for each in differences(base, other) if not _changes_no_world(each.key.split(".")) and each.key not in told
    ]
    yield from (in_words(each, base, other) for each in found[:MOST])
    if len(found) > MOST:
        yield f"and {counted(len(found) - MOST, 'other value')} of the file"
