"""What comes out if what a file takes for granted beside its question is otherwise: deeds not done, heirs to a post.

The deeds of a man who is dead are done by another; deeds that the change cancels are done all the same; a post that it
gives to somebody goes to a deputy.  All these are inputs of the file, and no results: whoever reads its answer must
know whether it rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from factions.counterfactual.choice import named, outcome_name, told
from factions.counterfactual.lost import deaths, deputed, lost_events, stand_in
from factions.counterfactual.own import own_changes
from factions.counterfactual.paths import carry_over
from factions.scenario.content.changes import Cancel, HoldChange
from factions.scenario.content.events import Appointment, PolicyShift
from factions.statements.outcomes import find_outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from factions.counterfactual.finding import Finding
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Paths
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change
    from factions.scenario.content.events import Event


What = Literal["dead", "cancelled", "post"]
"""What is taken for granted: see `Instead`."""


@dataclass(frozen=True)
class Instead:
    """The first finding that lasts, if something else is taken for granted: `value` is its mean then.

    `what`: "dead" (the first of `men`, ids, does what a dead man would have done), "cancelled" (the men do the deeds
    that the change cancels with other events), "post" (the first of the men has the post that the change gives away).
    `half`: the mean if the deeds are turns of policy and go half as far; None if they are not.
    """

    what: What
    men: tuple[str, ...]
    finding: Finding
    value: float
    half: float | None = None

    @property
    def rests(self) -> bool:
        """Does the answer rest on what the file takes for granted: is less than half of the difference left."""
        return abs(self.value - self.finding.before) < abs(self.finding.difference) / 2.0


def instead(
    base: Scenario, other: Scenario, here: Paths, seed: int, threads: int, findings: Findings
) -> Instead | None:
    """The same worlds (`here`) with the change and with what could be taken for granted instead; None if nothing could.

    Of several dead men the first counts whose deeds somebody can do.
    """
    finding, otherwise = _first(base, findings), _otherwise(base, other)
    if finding is None or otherwise is None:
        return None
    name = outcome_name(finding)

    def mean(scenario: Scenario) -> float:
        worlds = carry_over(here, base, scenario).run(scenario, seed, threads)
        return float(find_outcome(scenario, name).measure(worlds).mean())

    half = half_way(base, otherwise.done, otherwise.deeds)
    halved = mean(half) if half is not None else None
    return Instead(otherwise.what, otherwise.men, finding, mean(otherwise.done), halved)


class _Otherwise(NamedTuple):
    """What else could be taken for granted, by whom, the scenario in which it is, and the deeds (ids) done in it."""

    what: What
    men: tuple[str, ...]
    done: Scenario
    deeds: Collection[str] = ()


def _otherwise(base: Scenario, other: Scenario) -> _Otherwise | None:
    """What else could be taken for granted, if anything."""
    pair = _pair(base, other)
    if pair is not None:
        deeds = [event.id or "" for event, _ in deputed(lost_events(base, other), pair[0])]
        return _Otherwise("dead", pair[1:], with_stand_in(base, other, *pair), deeds)
    men = cancelled_men(base, other)
    if men:
        deeds = [event.id or "" for event in _cancelled(base, other) if event.agent]
        return _Otherwise("cancelled", men, with_deeds(base, other), deeds)
    for change in own_changes(base, other):
        deputy = _deputy(other, change)
        if deputy:
            return _Otherwise("post", (deputy,), _with_heir(other, change, deputy))
    return None


def half_way(base: Scenario, done: Scenario, deeds: Collection[str]) -> Scenario | None:
    """The scenario in which the deeds, turns of single men, move what they want half as far as in `base`.

    None if there are no deeds, or others than such turns.
    """
    steps: dict[str | None, float] = {}
    members = {bloc.id: [leader.id for leader in base.leaders if leader.bloc == bloc.id] for bloc in base.blocs}
    at = {(leader.id, issue): value for leader in base.leaders for issue, value in leader.ideal_point.items()}
    for event in sorted(base.events, key=lambda event: event.date):
        if isinstance(event, PolicyShift):
            for man in [event.leader] if event.leader else members[event.bloc or ""]:
                before = at.get((man, event.issue), 0.0)
                at[man, event.issue] = before + event.value if event.relative else event.value
                if event.leader:
                    steps[event.id] = (at[man, event.issue] - before) / 2.0
    if not deeds or not {*deeds} <= steps.keys():
        return None

    def of(event: Event) -> Event:
        return event.model_copy(update={"to": None, "by": steps[event.id]}) if event.id in deeds else event

    return done.model_copy(update={"events": tuple(map(of, done.events))})


def with_stand_in(base: Scenario, other: Scenario, dead: str, man: str) -> Scenario:
    """The scenario in which `man` does what `dead` would have done."""
    fields = {event.id: names for event, names in deputed(lost_events(base, other), dead)}

    def of(event: Event) -> Event:
        return event.model_copy(update=dict.fromkeys(fields.get(event.id, ()), man))

    return other.model_copy(update={"events": tuple(map(of, other.events))})


def cancelled_men(base: Scenario, other: Scenario) -> tuple[str, ...]:
    """The men (ids) whose deeds a change cancels together with what is nobody's deed; none if it cancels one alone."""
    men = [event.agent for event in _cancelled(base, other)]
    return tuple(dict.fromkeys(man for man in men if man)) if None in men else ()


def with_deeds(base: Scenario, other: Scenario) -> Scenario:
    """The scenario in which what is nobody's deed is cancelled alone; the deeds need it no more."""
    cancelled = _cancelled(base, other)
    deeds = {event.id for event in cancelled if event.id and event.agent}
    gone = {event.id for event in cancelled} - deeds

    def done(event: Event) -> Event:
        return event.model_copy(update={"after": None}) if event.id in deeds and event.after in gone else event

    changes = tuple(left for change in other.changes if (left := _without(change, deeds)) is not None)
    return other.model_copy(update={"events": tuple(map(done, other.events)), "changes": changes})


def _deputy(other: Scenario, change: Change) -> str:
    """The first deputy (id) in a post that a change gives to a man who is none, nor its holder; "" if there is none."""
    if not isinstance(change, (Appointment, HoldChange)) or change.requires:
        return ""
    post = next(office for office in other.offices if office.id == change.office)
    if not change.leader or change.leader in (post.holder, *post.deputies):
        return ""
    return next((name for name in post.deputies if name not in deaths(other)), "")


def _with_heir(other: Scenario, change: Change, man: str) -> Scenario:
    """The scenario in which `man` gets the post that a change gives away."""
    changes = tuple(each.model_copy(update={"leader": man}) if each == change else each for each in other.changes)
    return other.model_copy(update={"changes": changes})


def _without(change: Change, deeds: Collection[str]) -> Change | None:
    """The change without the cancelling of these events; None if nothing is left of it."""
    if not isinstance(change, Cancel) or not {*deeds} & {*(change.events or ())}:
        return change
    left = tuple(name for name in change.events or () if name not in deeds)
    return change.model_copy(update={"events": left}) if left else None


def _cancelled(base: Scenario, other: Scenario) -> list[Event]:
    """The events of the file that a change cancels in every world."""
    names = {
        name
        for change in own_changes(base, other)
        if isinstance(change, Cancel) and not change.requires
        for name in change.events or ()
    }
    return [event for event in other.events if event.id in names]


def _pair(base: Scenario, other: Scenario) -> tuple[str, str] | None:
    """A man whose deeds are lost, and who could do them."""
    lost = lost_events(base, other)
    found = ((dead, stand_in(other, dead)) for dead in dict.fromkeys(who for _, who in lost) if deputed(lost, dead))
    return next(((dead, man) for dead, man in found if man), None)


def _first(base: Scenario, findings: Findings) -> Finding | None:
    """Of what is told of the end and is a share of worlds, who rules first, then the weightiest."""
    groups = [group for group in told(findings.changed) if group[0].lasts and group[0].unit == "probability"]
    groups.sort(key=lambda group: group[0].kind != "ruling")
    return named(base, groups[0])[0] if groups else None
