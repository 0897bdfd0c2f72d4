"""One what-if in other circumstances: what may be varied of it, one thing at a time.

A variation is the baseline and the counterfactual with the same thing changed in both: the worlds that are compared
(condition, seed), the day of the change, a contested fact, a judged number, or the parameters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from factions.counterfactual.branching import branching_point
from factions.counterfactual.conditioning import Condition
from factions.counterfactual.judged import Judged, judged_inputs
from factions.counterfactual.lost import deputed, lost_events, stand_in
from factions.draws import DEFAULT, Draws, find_draws
from factions.errors import ScenarioErrors, UsageError
from factions.scenario.read import Reading, altered, read
from factions.wording import Names, day

if TYPE_CHECKING:
    from pathlib import Path

    from factions.scenario import Scenario
    from factions.scenario.content.events import Event
    from factions.scenario.content.tables import Meeting
    from factions.scenario.text.places import Keys

KINDS = {
    "condition": "condition",
    "seed": "seed",
    "date": "date of the change",
    "deed": "who does it",
    "reading": "contested reading",
    "input": "judged number",
    "draws": "parameters",
}
"""What is varied, and how it is called."""

SEEDS = 2
"""Other seeds that are tried."""


@dataclass(frozen=True)
class Variation:
    """A what-if in some circumstances.

    `kind`: one of `KINDS`, or "" for the what-if as it stands; `name`: what the variation is called in data; `text`: in
    words; `phrase`: as a sentence has it; `draws`: the parameters, of the baseline; `problem`: why it cannot be asked,
    "" if it can.
    """

    kind: str
    name: str
    text: str
    phrase: str
    base: Scenario
    other: Scenario
    draws: Draws
    condition: Condition
    seed: int
    problem: str = ""


@dataclass(frozen=True)
class Question:
    """A what-if as it stands: a file, the file that it extends, and how its worlds are compared."""

    base: Reading
    other: Reading
    draws: Draws
    condition: Condition
    seed: int

    @classmethod
    def of(cls, path: Path, parameters: str | None, condition: Condition, seed: int) -> Question:
        """The question of a file; UsageError if it extends none, ScenarioErrors if it is not sound."""
        other = read(path)
        base = read(other.scenario.extended)
        return cls(base, other, find_draws(base.scenario, parameters), condition, seed)

    @property
    def reference(self) -> Variation:
        """The what-if as it stands."""
        base, other = self.base.scenario, self.other.scenario
        text = f"as it stands ({self.condition.value}, seed {self.seed})"
        return Variation("", "reference", text, text, base, other, self.draws, self.condition, self.seed)

    @property
    def own_changes(self) -> range:
        """Places of the changes that the file makes itself, among all."""
        return range(len(self.base.scenario.changes), len(self.other.scenario.changes))


def variations(question: Question, telling: Sequence[str] = ()) -> Iterator[Variation]:
    """Every variation of a question; `telling`: the parameters by which the posterior is halved."""
    as_it_stands = question.reference
    for condition in Condition:
        if condition is not question.condition:
            text, phrase = f"worlds that {_WORLDS[condition]} ({condition})", f"in worlds that {_WORLDS[condition]}"
            there = replace(as_it_stands, kind="condition", name=f"condition:{condition}", condition=condition)
            yield replace(there, text=text, phrase=phrase)
    for seed in range(question.seed + 1, question.seed + 1 + SEEDS):
        text = f"seed {seed}"
        yield replace(as_it_stands, kind="seed", seed=seed, name=f"seed:{seed}", text=text, phrase=f"with {text}")
    yield from _dates(question)
    yield from _deeds(question)
    yield from _readings(question)
    yield from _inputs(question)
    yield from _draws(question, telling)


_WORLDS = {
    Condition.none: "need not agree with the record",
    Condition.branch: "agree with the record up to the change",
    Condition.record: "agree with the whole record",
}


def _dates(question: Question) -> Iterator[Variation]:
    """The change one meeting earlier, and one meeting later."""
    if not _dated(question):
        return
    for step, word in ((-1, "earlier"), (1, "later")):
        text = f"the change a meeting {word}"
        there = replace(question.reference, kind="date", name=f"date:{word}", text=text, phrase=f"with {text}")
        try:
            moved = _moved(question, step)
            other = altered(question.other, moved)
        except (ScenarioErrors, UsageError) as error:
            yield replace(there, problem=_why(error))
        else:
            yield replace(there, text=f"{text} ({_when(question, moved, other)})", other=other)


def _when(question: Question, moved: Mapping[Keys, object], other: Scenario) -> str:
    """The first new day, and where it is first felt: a man kept alive a meeting earlier may be missed no earlier."""
    base, days = question.base.scenario, [value for value in moved.values() if isinstance(value, dt.date)]
    felt, before = branching_point(base, other), branching_point(base, question.other.scenario)
    said = [day(min(days))] if days else []
    if felt is not None and felt < len(other.meetings):
        said.append(f"first felt at {other.meetings[felt].name}{', as it stands' * (felt == before)}")
    return "; ".join(said) or "never felt"


def _why(error: ScenarioErrors | UsageError) -> str:
    """What is wrong, without places in a file in which it does not stand."""
    return error.problem if isinstance(error, UsageError) else error.errors[0].problem


def _deeds(question: Question) -> Iterator[Variation]:
    """Somebody else does what a man would have done who is dead with the change."""
    base, other = question.base.scenario, question.other.scenario
    lost, names = lost_events(base, other), Names(other).leaders
    for dead in dict.fromkeys(who for _, who in lost):
        man, deeds = stand_in(other, dead), deputed(lost, dead)
        if man and deeds:
            text = f"{names[man]} does what {names[dead]} would have done"
            there = replace(question.reference, kind="deed", name=f"deed:{dead}={man}", text=text, phrase=f"if {text}")
            values = {keys: man for event, fields in deeds for keys in _fields_of(question.other, event, fields)}
            try:
                yield replace(there, other=altered(question.other, values))
            except ScenarioErrors as error:
                yield replace(there, problem=_why(error))


def _fields_of(reading: Reading, event: Event, fields: Sequence[str]) -> Iterator[Keys]:
    """Where these fields of an event stand in a scenario."""
    entries = reading.tree["events"].items or []
    ids = [node.value if (node := entry.child("id")) is not None else None for entry in entries]
    yield from (("events", ids.index(event.id), field) for field in fields)


_DATED = ("at", "since", "date")


def _dated(question: Question) -> list[tuple[Keys, object]]:
    """The keys and values that say when the file's own changes happen or begin."""
    changes = question.other.tree.get("changes")
    found: list[tuple[Keys, object]] = []
    for index in question.own_changes:
        for field in _DATED:
            node = changes.child(index, field) if changes is not None else None
            if node is not None:
                found.append((("changes", index, field), node.value))
    return found


def _moved(question: Question, step: int) -> dict[Keys, object]:
    """The same keys with the meeting before or after; what holds up to a day still holds up to it."""
    meetings = question.other.scenario.meetings
    return {
        keys: _meeting(meetings, value, step) if keys[-1] == "at" else _day(meetings, value, step)
        for keys, value in _dated(question)
    }


def _meeting(meetings: Sequence[Meeting], name: object, step: int) -> str:
    place = next(m for m, meeting in enumerate(meetings) if meeting.id == name) + step
    return meetings[_inside(meetings, place)].id


def _day(meetings: Sequence[Meeting], value: object, step: int) -> dt.date:
    """A day as far before the next meeting as it was, but after the meeting before that."""
    assert isinstance(value, dt.date)
    m = next((m for m, meeting in enumerate(meetings) if meeting.date >= value), len(meetings))
    there = _inside(meetings, m + step)
    before = meetings[m].date - value if m < len(meetings) else dt.timedelta(0)
    moved = meetings[there].date - before
    return max(moved, meetings[there - 1].date + dt.timedelta(days=1)) if there else moved


def _inside(meetings: Sequence[Meeting], place: int) -> int:
    if not 0 <= place < len(meetings):
        raise UsageError(f"there is no meeting {'before the first' if place < 0 else 'after the last'}")
    return place


def _readings(question: Question) -> Iterator[Variation]:
    """Every option of a contested fact that is not in force, unless the file itself decides the fact."""
    base, other = question.base, question.other
    for fact, option in base.others:
        if base.scenario.readings.get(fact) == other.scenario.readings.get(fact) and (fact, option) in other.others:
            contested = base.scenario.contested[fact]
            name, text = f"reading:{fact}={option}", f"“{fact.replace('_', ' ')}”: {contested.options[option].text}"
            phrase = f"with the reading “{option.replace('_', ' ')}” of “{fact.replace('_', ' ')}”"
            there = replace(question.reference, kind="reading", name=name, text=text, phrase=phrase)
            yield replace(there, base=base.switched(fact, option), other=other.switched(fact, option))


def _inputs(question: Question) -> Iterator[Variation]:
    """Judged numbers about those whom the change names, one step down and one step up."""
    for judged in judged_inputs(question.base.scenario, question.other.scenario):
        for value in judged.values:
            keys = judged.keys(question.base), judged.keys(question.other)
            name, moved = f"input:{judged.name}={value:g}", f"{value:g} instead of {judged.value:g}"
            text, phrase = f"{judged.text}: {moved}{_sure(judged)}", f"with {judged.text} at {moved}"
            there = replace(question.reference, kind="input", name=name, text=text, phrase=phrase)
            try:
                base = altered(question.base, {keys[0]: value})
                other = altered(question.other, {keys[1]: value})
            except ScenarioErrors as error:
                yield replace(there, problem=_why(error))
                continue
            yield replace(there, base=base, other=other)


def _sure(judged: Judged) -> str:
    return f" ({judged.confidence} confidence)" if judged.confidence in ("low", "medium") else ""


def _draws(question: Question, telling: Sequence[str]) -> Iterator[Variation]:
    """The one point in the file, and the halves of the posterior in which a parameter is small, and large."""
    draws = question.draws
    if len(draws.values) < 2:
        return
    there = replace(question.reference, kind="draws")
    point, text = find_draws(question.base.scenario, DEFAULT), "the one point in the file instead of the posterior"
    yield replace(there, name="draws:point", text=text, phrase=f"with {text}", draws=point)
    for parameter in telling:
        order = draws.values[parameter].argsort(kind="stable")
        half = len(order) // 2
        for word, chosen in (("small", order[:half]), ("large", order[half:])):
            part = Draws(draws.values[chosen], draws.source)
            text = f"the half of the posterior in which {parameter} is {word}"
            yield replace(there, name=f"draws:{parameter}={word}", text=text, phrase=f"with {text}", draws=part)
