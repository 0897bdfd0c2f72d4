"""What the answer of a comparison rests on: whose deeds are lost, how large errors are, what past the worlds have."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factions.counterfactual.lost import lost_events
from factions.counterfactual.responses import OFTEN
from factions.counterfactual.summary import clauses, documented_until, one_in
from factions.wording import counted, listed, month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.past import PastClaim
    from factions.counterfactual.rewriting import Cost

RARE = 0.01
"""Decisions that the model takes with a smaller probability are told with a caution."""

CAUTION = (
    "Where all worlds agree, or nearly all, it is because little differs between them: the chances and the parameters "
    "of the rules. The rules, the cast and the events from outside are the same in all. So a number near 100 says that "
    "the rules lead there, not that history would have. A bloc acts as one, also when its chief has died; men leave it "
    "one by one."
)

CERTAIN = 0.9
"""A decision that the model takes with this probability was nearly certain anyway."""


def grounds(comparison: Comparison) -> list[str]:
    """Sentences on what the answer rests on: they stand below its tables."""
    caution = [CAUTION] if comparison.findings.changed else []
    return [*_lost(comparison), *caution, *_evens_out(comparison), *_sure(comparison)]


def probability(cost: Cost) -> float | None:
    """The probability with which the model takes the imposed decisions by itself; None if there are none."""
    return None if cost.nats is None else 0.0 if cost.at_least else math.exp(-cost.nats)


def _evens_out(comparison: Comparison) -> list[str]:
    """What pairs differ in though nothing changes on the whole."""
    if comparison.diverged == 0.0 or comparison.findings.changed:
        return []
    often = any(each.share >= OFTEN for phase in comparison.findings.responses for each in phase)
    return [
        "What the two runs of a pair differ in is not the same in all pairs, and evens out."
        if often
        else "The two runs of a pair differ in what the change itself decides, and in little else."
    ]


def _lost(comparison: Comparison) -> list[str]:
    """The events that do not happen with the change, because the man whose deed they were is dead."""
    lost, leaders = lost_events(comparison.base, comparison.scenario), clauses(comparison).names.leaders
    if not lost:
        return []
    events = listed(f"“{event.name}” ({month(event.date)})" for event, _ in lost)
    whom = listed(dict.fromkeys(leaders[who] for _, who in lost))
    many = "this event does not happen" if len(lost) == 1 else f"these {len(lost)} events do not happen"
    return [f"Without {whom} {many}: {events}. Nobody else does the same: that is an assumption of the file."]


def _sure(comparison: Comparison) -> list[str]:
    """How large the errors are, what the change asks of the model, and what past the worlds have."""
    errors = [
        row.error for row in comparison.every if row.unit == "probability" and row.error is not None and row.telling
    ]
    sure = [_far(comparison.cost)]
    if errors:
        most = math.ceil(100 * max(errors))
        sure.insert(0, f"The shares of outcomes have a standard error of {most} of 100 worlds at most.")
    return [" ".join(sure), _past(comparison)]


def _past(comparison: Comparison) -> str:
    """By what past the worlds were chosen, and that it is that of this question."""
    if not comparison.paths.until:
        return "The worlds were not chosen by what is documented: each has a past of its own."
    claims, until = comparison.past.claims, documented_until(comparison)
    kept = len(claims) - len(comparison.past.violated)
    said = f"all {kept} statements" if kept == len(claims) else f"of {counted(len(claims), 'statement')} {kept}"
    chosen = f"The worlds were chosen by what is documented up to {until}: {said} hold in nine of ten worlds or more."
    chosen += _required([claim for claim in claims if claim.touched])
    after = _after(len(comparison.past.later), len(comparison.past.missed))
    return (
        f"{chosen}{after} Another question chooses its worlds by another past, so that the numbers without the change "
        "differ from report to report."
    )


def _required(near: Sequence[PastClaim]) -> str:
    """How many of the statements about those whom the change names hold in every world; of one, which it is."""
    held = sum(claim.imposed for claim in near)
    if held == 0:
        return ""
    if len(near) == 1:
        return f" One is about those whom the change names, and holds in every world: “{near[0].text.rstrip('.')}”."
    which = "all of these hold" if held == len(near) else f"{held} of these {'holds' if held == 1 else 'hold'}"
    return f" {len(near)} are about those whom the change names; {which} in every world."


def _after(later: int, missed: int) -> str:
    """How far the worlds without the change go on as documented, where nothing holds them to it."""
    if later == 0:
        return ""
    which = f"{later - missed} of {counted(later, 'statement')}"
    return (
        f" After that they follow the model alone: without the change, {which} documented later hold in most of them "
        "(the shipped parameters were fitted to these too)."
    )


def _far(cost: Cost) -> str:
    """How improbable the change is for the model."""
    certain = probability(cost)
    if certain is None or cost.nats is None:
        return (
            "The change, and what falls away with it, comes from outside the model, which cannot say how likely it was."
        )
    decisions = "the decision" if cost.decisions == 1 else f"the {cost.decisions} decisions"
    imposed, rare = f"{decisions} that the change imposes", one_in(cost.nats)
    if cost.at_least:
        said = f"Without being forced the model hardly ever takes {imposed} (at most in about {rare})"
        return f"{said}: read the answer with caution."
    taken = f"Without being forced the model takes {imposed}"
    if certain >= CERTAIN:
        return f"{taken} in most worlds: the change asks little of it."
    if certain < RARE:
        return f"{taken} in about {rare}: read the answer with caution."
    return f"{taken} in about {100 * certain:.0f} of 100 worlds."
