"""What comes out if somebody else does what a man would have done who is dead with a change.

That nobody does is an assumption of the file. Whoever reads its answer must know whether it rests on that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, outcome_name, told
from factions.counterfactual.lost import deputed, lost_events, stand_in
from factions.counterfactual.paths import carry_over
from factions.statements.outcomes import find_outcome

if TYPE_CHECKING:
    from factions.counterfactual.finding import Finding
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Paths
    from factions.scenario import Scenario
    from factions.scenario.content.events import Event


@dataclass(frozen=True)
class Instead:
    """The first finding that lasts, if `man` (id) does what `dead` would have done: `value` is its mean then."""

    dead: str
    man: str
    finding: Finding
    value: float

    @property
    def rests(self) -> bool:
        """Does the answer rest on the assumption that nobody does it: is less than half of the difference left."""
        return abs(self.value - self.finding.before) < abs(self.finding.difference) / 2.0


def instead(
    base: Scenario, other: Scenario, here: Paths, seed: int, threads: int, findings: Findings
) -> Instead | None:
    """The same worlds (`here`) with the change and with a stand-in; None if no man's deeds are lost, or nobody could.

    Of several dead men the first counts whose deeds somebody can do.
    """
    finding = _first(base, findings)
    pair = _pair(base, other)
    if finding is None or pair is None:
        return None
    dead, man = pair
    done = with_stand_in(base, other, dead, man)
    worlds = carry_over(here, base, done).run(done, seed, threads)
    value = float(find_outcome(done, outcome_name(finding)).measure(worlds).mean())
    return Instead(dead, man, finding, value)


def with_stand_in(base: Scenario, other: Scenario, dead: str, man: str) -> Scenario:
    """The scenario in which `man` does what `dead` would have done."""
    fields = {event.id: names for event, names in deputed(lost_events(base, other), dead)}

    def of(event: Event) -> Event:
        return event.model_copy(update=dict.fromkeys(fields.get(event.id, ()), man))

    return other.model_copy(update={"events": tuple(map(of, other.events))})


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
