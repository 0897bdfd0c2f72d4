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

from factions.counterfactual.concerns import ANSWER, FAR, Told
from factions.counterfactual.days import with_month
from factions.counterfactual.failing import WAYS, Way, ways
from factions.counterfactual.touched import Named, touches
from factions.inference.observed import UNSTATED
from factions.statements.claims import Index, judge_claim, window
from factions.statements.shares import independent, known, share_error
from factions.wording import counted, month, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.findings import Findings
    from factions.counterfactual.paths import Demand, Paths
    from factions.counterfactual.where_held import Held
    from factions.results.ensemble import Ensemble
    from factions.scenario import Claim, Scenario

IMPOSED = ("high", "medium")
"""Confidence of the claims that are imposed."""

CONFIDENCE = ("high", "medium", "low")
"""What a confidence may be, the surest first."""

WORDS = 36
"""Words for the facts that the warning names."""

_WHERE = "listed in “How sure is this”"

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
    violate it, and its Monte Carlo standard `error`; `day`: the month of the meeting at which it is judged, "" if there
    are several; `ways`: what comes instead; `concerns`, `nearness`: of whom it speaks whom the change names or of whom
    the answer tells, see `Told`; `after`: does its time begin only with the last thing that the answer tells.
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
    day: str = ""
    ways: tuple[Way, ...] = ()
    concerns: str = ""
    nearness: int = FAR
    after: bool = False

    @property
    def near(self) -> bool:
        """Does it concern somebody whom the change names, or of whom the answer or an outcome tells."""
        return self.nearness < FAR

    @property
    def rank(self) -> tuple[bool, bool, int, bool, float]:
        """A place in a list: what the answer may depend on comes first, of such claims what fails most.

        First what concerns the change, then what concerns the answer, then the other outcomes; what comes when all is
        over comes after them, then what concerns nobody.  Claims of low confidence come last of their kind.
        """
        return not self.near, self.after, self.nearness, self.confidence == CONFIDENCE[-1], -self.violated

    @property
    def refused(self) -> bool:
        """Was it to be imposed, and could not be."""
        return self.held is not None and not self.imposed


@dataclass(frozen=True)
class Past:
    """The record up to a change, in the order of the file, and what it cost to impose what the change touches.

    `later`: claims decided after it, in the worlds without the change, which nothing holds to the record then; `held`:
    the answer where each of `failing` holds; `effective_before`, `effective_after`: least effective number of worlds in
    the particle filter, before and after those that violate imposed claims were dropped.  Without a condition there are
    no claims, and both are None.
    """

    claims: tuple[PastClaim, ...] = ()
    effective_before: float | None = None
    effective_after: float | None = None
    later: tuple[PastClaim, ...] = ()
    held: tuple[Held, ...] = ()

    @property
    def missed(self) -> list[PastClaim]:
        """The later claims that more than `MISSED` of the worlds without the change violate, by their rank."""
        return sorted((claim for claim in self.later if claim.violated > MISSED), key=lambda claim: claim.rank)

    @property
    def violated(self) -> list[PastClaim]:
        """The claims that more than `TOO_OFTEN` of the worlds violate, in whole per cent, by their rank."""
        often = (claim for claim in self.claims if round(claim.violated, 2) > TOO_OFTEN)
        return sorted(often, key=lambda claim: claim.rank)

    @property
    def failing(self) -> list[PastClaim]:
        """All claims that most worlds without the change violate, in whole per cent, by their rank."""
        every = (*self.claims, *self.later)
        return sorted((each for each in every if round(each.violated, 2) > MISSED), key=lambda claim: claim.rank)


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
        _judged(documented(scenario, until), paths, factual, named, TOO_OFTEN),
        paths.ess_before,
        paths.ess,
        _judged(scenario.model_copy(update={"record": later}), paths, factual, named, MISSED),
    )


def _judged(scenario: Scenario, paths: Paths, factual: Ensemble, named: Named, often: float) -> tuple[PastClaim, ...]:
    """The claims of a scenario's record in the worlds of the baseline; with what comes instead, if they fail often."""
    index, whole = Index(scenario), dict(zip(factual.scenario.record, factual.held.T, strict=True))
    demands = {demand.claim: demand for demand in paths.demands}

    def judged(claim: Claim) -> PastClaim:
        held = whole[claim] if claim in whole else judge_claim(claim, factual, index)  # one that is cut
        found = _claim(claim, time_of(claim, scenario), ~held, paths.ancestor, demands.get(claim.id), named)
        day = month(scenario.meetings[index.meeting[claim.at]].date) if claim.at else ""
        return replace(found, day=day, ways=ways(claim, factual, ~held, index) if found.violated > often else ())

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


def bearing(past: Past, scenario: Scenario, findings: Findings, named: Named) -> Past:
    """The past, in which is marked whom the claims speak of: of those whom the change names or the answer tells of."""
    record, told, index = (
        {claim.id: claim for claim in scenario.record},
        Told(scenario, findings, named),
        Index(scenario),
    )

    def marked(claims: tuple[PastClaim, ...]) -> tuple[PastClaim, ...]:
        return tuple(
            replace(
                each,
                concerns=told.concerns(record[each.claim]),
                nearness=told.nearness(record[each.claim]),
                after=window(record[each.claim], index)[0] >= told.last,
            )
            for each in claims
        )

    return replace(past, claims=marked(past.claims), later=marked(past.later))


def past_warning(past: Past) -> str:
    """Which documented facts fail in most worlds, of those that concern the change or the answer; "" if none does.

    As many as `WORDS` have room for, and one at least, with what comes instead; of the others their number.
    """
    failing, every = past.failing, len(past.claims) + len(past.later)
    if not failing:
        return ""
    near = [claim for claim in failing if claim.near]
    if not near:
        fail = f"{len(failing)} {'fails' if len(failing) == 1 else 'fail'} in most worlds without the change"
        said = counted(every, "documented statement")
        return f"of {said} {fail}, but none about those whom the change or the answer names ({_WHERE})"
    named = _fitting(near)
    rest = len(failing) - len(named)
    others = f"; and from {counted(rest, 'other')} of all {every} ({_WHERE})" if rest else ""
    what = "these documented facts" if len(named) > 1 else "this documented fact"
    return f"most worlds without the change depart from {what}: {'; '.join(named)}{others}"


def _fitting(near: Sequence[PastClaim]) -> list[str]:
    """The first of some facts, and of others about the change or the answer as many as there is room for."""
    found = [_missed(near[0])]
    for claim in near[1:]:
        text = _missed(claim)
        fits = sum(len(each.split()) for each in (*found, text)) <= WORDS
        if fits and claim.nearness <= ANSWER and not claim.after:
            found.append(text)
    return found


def _missed(claim: PastClaim) -> str:
    """A documented fact, when it came, and what comes instead in how many worlds."""
    text = claim.text.rstrip(".")
    day = claim.day if claim.day[-4:] not in text else ""
    return f"“{text}” ({'; '.join(filter(None, [day, instead(claim)]))})"


def instead(claim: PastClaim) -> str:
    """What comes in most worlds instead of what a claim says, and in how many; that it fails, if nothing says more."""
    if not claim.ways:
        return f"fails in {percent(claim.violated)}"
    first, *others = claim.ways
    if first.share > MISSED or not others:
        return first.words
    return f"{WAYS[first.how]} or {WAYS[others[0].how]} in {percent(first.share + others[0].share)}"
