"""What comes out if the deeds are done that a change takes away: by another man for one who is dead, or all the same.

That they are not done is an input of the file, and no result.  Whoever reads its answer must know whether it rests on
that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, outcome_name, told
from factions.counterfactual.lost import deputed, lost_events, stand_in
from factions.counterfactual.paths import carry_over
from factions.scenario.content.changes import Cancel
from factions.statements.outcomes import find_outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from factions.counterfactual.finding import Finding
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Paths
    from factions.scenario import Scenario
    from factions.scenario.content.changes import Change
    from factions.scenario.content.events import Event


@dataclass(frozen=True)
class Instead:
    """The first finding that lasts, if `men` (ids) do the deeds: `value` is its mean then.

    `dead`: the man (id) who would have done them; "" if the change cancels them with other events, and their own men do
    them all the same.
    """

    dead: str
    men: tuple[str, ...]
    finding: Finding
    value: float

    @property
    def rests(self) -> bool:
        """Does the answer rest on it that nobody does them: is less than half of the difference left."""
        return abs(self.value - self.finding.before) < abs(self.finding.difference) / 2.0


def instead(
    base: Scenario, other: Scenario, here: Paths, seed: int, threads: int, findings: Findings
) -> Instead | None:
    """The same worlds (`here`) with the change and with the deeds; None if no deeds are lost, or nobody could do them.

    Of several dead men the first counts whose deeds somebody can do.
    """
    finding = _first(base, findings)
    if finding is None:
        return None
    pair, men = _pair(base, other), cancelled_men(base, other)
    if pair is None and not men:
        return None
    dead = pair[0] if pair else ""
    men = pair[1:] if pair else men
    done = with_stand_in(base, other, *pair) if pair else with_deeds(base, other)
    worlds = carry_over(here, base, done).run(done, seed, threads)
    value = float(find_outcome(done, outcome_name(finding)).measure(worlds).mean())
    return Instead(dead, men, finding, value)


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
        for change in other.changes
        if isinstance(change, Cancel) and change not in base.changes and not change.requires
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
