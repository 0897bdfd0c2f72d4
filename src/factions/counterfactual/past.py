"""The past that worlds are conditioned on: the record up to a change, claim by claim, and how far worlds keep to it.

Conditioning alone weighs claims softly: each may be wrong with the probability of its confidence, and a claim that few
worlds of the model satisfy is then violated in most of those that are kept.  What the change touches must be as
documented, or the question has no sense.  So the claims about the blocs, leaders and offices that the change names are
imposed, if their confidence is high or medium: a claim of low confidence is one that the sources contradict.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import named, told
from factions.counterfactual.days import with_month
from factions.counterfactual.given import BY_PREDICATE
from factions.counterfactual.touched import ACTORS, Named, touches
from factions.inference.observed import UNSTATED
from factions.statements.claims import Index, judge_claim, window
from factions.statements.shares import independent, known, share_error
from factions.wording import counted, month, percent

if TYPE_CHECKING:
    from factions.counterfactual.finding import Finding
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Demand, Paths
    from factions.results.ensemble import Ensemble
    from factions.scenario import Claim, Scenario

IMPOSED = ("high", "medium")
"""Confidence of the claims that are imposed."""

CONFIDENCE = ("high", "medium", "low")
"""What a confidence may be, the surest first."""

NAMED = 3
"""Claims that the warning names at most."""

TOO_OFTEN = 0.1
"""A claim that the change touches and that more worlds violate is warned of."""

MISSED = 0.5
"""A claim that more worlds violate is one that the model misses."""


@dataclass(frozen=True)
class PastClaim:
    """A claim of the record up to the change, in the conditioned worlds.

    `when`: the meeting or the time that it speaks of, in words; `until`: id of the last meeting at which it is judged;
    `touched`: is it about somebody whom the change names; `imposed`: was it taken for certain; `held`: for one that was
    to be imposed, the probability that it held when that was decided (else None); `violated`: share of the worlds that
    violate it, and its Monte Carlo standard `error`; `bears`: does it speak of what the answer tells; `named`: of
    somebody whom the answer names.
    """

    claim: str
    text: str
    when: str
    confidence: str
    until: str
    touched: bool
    imposed: bool
    held: float | None
    violated: float
    error: float | None
    bears: bool = False
    named: bool = False

    @property
    def refused(self) -> bool:
        """Was it to be imposed, and could not be."""
        return self.held is not None and not self.imposed


@dataclass(frozen=True)
class Past:
    """The record up to a change, in the order of the file, and what it cost to impose what the change touches.

    `later`: claims decided after it, in the worlds without the change, which nothing holds to the record then.
    `effective_before`, `effective_after`: least effective number of worlds in the particle filter, before and after
    those that violate imposed claims were dropped.  Without a condition there are no claims, and both are None.
    """

    claims: tuple[PastClaim, ...] = ()
    effective_before: float | None = None
    effective_after: float | None = None
    later: tuple[PastClaim, ...] = ()

    @property
    def missed(self) -> list[PastClaim]:
        """The later claims that more than `MISSED` of the worlds without the change violate.

        Those that bear on the answer come first, then those that the change touches, in the order of the file, then the
        others, of high confidence first.
        """
        often = [claim for claim in self.later if claim.violated > MISSED]
        return sorted(often, key=lambda claim: (not claim.bears, not claim.touched, _rank(claim)))

    @property
    def violated(self) -> list[PastClaim]:
        """The claims that more than `TOO_OFTEN` of the worlds violate, in whole per cent.

        Those that the change touches come first, then those that bear on the answer, then the others, of high
        confidence first; of each, the most violated.
        """
        often = [claim for claim in self.claims if round(claim.violated, 2) > TOO_OFTEN]
        return sorted(often, key=lambda claim: (not claim.touched, not claim.bears, _rank(claim), -claim.violated))


def _rank(claim: PastClaim) -> int:
    """Confidence of a claim that the change does not touch, as a place in a list; of the others what they violate."""
    return 0 if claim.touched else CONFIDENCE.index(claim.confidence)


def documented(scenario: Scenario, until: int) -> Scenario:
    """The scenario with the record as it stands before meeting number `until`: claims of later meetings are left out.

    A claim that something holds `throughout` or `never` and whose time is not over by then is cut: it is about the
    meetings before.  That something holds `sometime` says nothing before its time is over.
    """
    index = Index(scenario)
    claims = (_so_far(claim, *window(claim, index), until, scenario) for claim in scenario.record)
    return scenario.model_copy(update={"record": tuple(claim for claim in claims if claim is not None)})


def _so_far(claim: Claim, first: int, last: int, until: int, scenario: Scenario) -> Claim | None:
    if last < until:
        return claim
    if first >= until or claim.when not in ("throughout", "never"):
        return None
    return claim.model_copy(update={"between": (scenario.meetings[first].id, scenario.meetings[until - 1].id)})


def wanted(past: Scenario, named: Named) -> np.ndarray:
    """(C,) True for the claims of a record that are to be imposed if a change names these."""
    return np.array([touches(named, claim) and _confidence(claim) in IMPOSED for claim in past.record], bool)


def past_of(scenario: Scenario, paths: Paths, factual: Ensemble, named: Named) -> Past:
    """How far conditioned worlds of the baseline keep to the record that they are conditioned on."""
    if not paths.until:
        return Past()
    until, index = [meeting.id for meeting in scenario.meetings].index(paths.until) + 1, Index(scenario)
    later = tuple(claim for claim in scenario.record if window(claim, index)[1] >= until)
    return Past(
        _judged(documented(scenario, until), paths, factual, named),
        paths.ess_before,
        paths.ess,
        _judged(scenario.model_copy(update={"record": later}), paths, factual, named),
    )


def _judged(scenario: Scenario, paths: Paths, factual: Ensemble, named: Named) -> tuple[PastClaim, ...]:
    """The claims of a scenario's record in the worlds of the baseline."""
    index, whole = Index(scenario), dict(zip(factual.scenario.record, factual.held.T, strict=True))
    demands = {demand.claim: demand for demand in paths.demands}

    def judged(claim: Claim) -> PastClaim:
        held = whole[claim] if claim in whole else judge_claim(claim, factual, index)  # one that is cut
        return _claim(claim, time_of(claim, scenario), ~held, paths.ancestor, demands.get(claim.id), named)

    return tuple(judged(claim) for claim in scenario.record)


def time_of(claim: Claim, scenario: Scenario) -> str:
    """The meeting or the time that a claim speaks of, in words: without it some of them cannot be understood."""
    meetings = {meeting.id: meeting for meeting in scenario.meetings}
    if claim.between is None:
        return with_month(meetings[claim.at].name, meetings[claim.at].date, ", {}") if claim.at else ""
    first, last = (month(meetings[each].date) for each in claim.between)
    return first if first == last else f"{first} to {last}"


def _claim(
    claim: Claim, when: str, broken: np.ndarray, ancestor: np.ndarray, demand: Demand | None, named: Named
) -> PastClaim:
    share = float(broken.mean())
    return PastClaim(
        claim.id,
        claim.text,
        when,
        _confidence(claim),
        claim.at or (claim.between or ("", ""))[1],
        touches(named, claim),
        demand is not None and demand.imposed,
        demand.held if demand is not None else None,
        share,
        known(share_error(share, independent(broken, ancestor))),
    )


def _confidence(claim: Claim) -> str:
    return claim.confidence or UNSTATED


def bearing(past: Past, scenario: Scenario, findings: Findings) -> Past:
    """The past, in which is marked what speaks of those whom the answer names, and what says such things as it does."""
    told_of = [each for group in told(findings.changed) for each in named(scenario, group)]
    record = {claim.id: claim for claim in scenario.record}
    answered = frozenset((table, name) for each in told_of for name in each.who for table in ACTORS)

    def marked(claims: tuple[PastClaim, ...]) -> tuple[PastClaim, ...]:
        return tuple(
            replace(
                each,
                bears=any(_speaks_of(record[each.claim], one) for one in told_of),
                named=touches(answered, record[each.claim]),
            )
            for each in claims
        )

    return replace(past, claims=marked(past.claims), later=marked(past.later))


def _speaks_of(claim: Claim, finding: Finding) -> bool:
    """Does a claim say something of the kind of a finding, about one of those whom that mentions."""
    who = frozenset((table, name) for name in finding.who for table in ACTORS)
    return finding.kind in BY_PREDICATE.get(claim.predicate, ()) and touches(who, claim)


def past_warning(past: Past) -> str:
    """Which documented facts fail in most worlds, of those whom the answer or the change names; "" if none does.

    What says such things as the answer comes first; of the others only their number is told.
    """
    every = (*past.claims, *past.later)
    failing = [claim for claim in every if round(claim.violated, 2) > MISSED]
    if not failing:
        return ""
    near = [claim for claim in failing if claim.bears or claim.named or claim.touched]
    near.sort(key=lambda claim: (not claim.bears, not claim.named, CONFIDENCE.index(claim.confidence), -claim.violated))
    where = "“How sure is this” lists them"
    if not near:
        fail = f"{len(failing)} {'fails' if len(failing) == 1 else 'fail'} in most worlds without the change"
        said = counted(len(every), "documented statement")
        return f"of {said} {fail}, but none about those whom the change or the answer names: {where}"
    told_of = [
        f"“{claim.text.rstrip('.')}” ({claim.when}: {percent(claim.violated)}{'' if k else ' of the worlds'})"
        for k, claim in enumerate(near[:NAMED])
    ]
    rest = len(failing) - len(told_of)
    others = f"; so {'does' if rest == 1 else 'do'} {rest} others of all {len(every)}: {where}" if rest else ""
    what = "these documented facts fail" if len(told_of) > 1 else "this documented fact fails"
    return f"in most worlds without the change {what}: {'; '.join(told_of)}{others}"
