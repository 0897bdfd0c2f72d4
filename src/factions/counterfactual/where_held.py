"""Whether an answer is the same in those worlds in which a documented fact holds that most worlds miss."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.choice import outcome_name
from factions.counterfactual.clauses import Clauses
from factions.counterfactual.contrasts import SURE, paired_error
from factions.counterfactual.weight import main_finding
from factions.statements.outcomes import find_outcome
from factions.wording import counted, out_of, percent

if TYPE_CHECKING:
    from factions.counterfactual.finding import Finding
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.past import Past
    from factions.results.ensemble import Ensemble

ENOUGH = 30
"""Different beginnings that worlds must descend from to tell anything."""

SAME, WEAKER, OTHER, OPEN = "same", "weaker", "other", "open"
"""What the answer is where a fact holds, see `verdict`; OPEN: it cannot be told."""

VERDICTS = {SAME: "is the same", WEAKER: "is weaker", OTHER: "does not hold", OPEN: "cannot be told"}
"""The same in words: the answer ..."""


@dataclass(frozen=True)
class Held:
    """The main finding of an answer in those pairs of worlds whose world without the change fulfils the claim `claim`.

    `share`: of all pairs; `verdict`: SAME, WEAKER, OTHER or OPEN; `words`: the finding in these pairs, as a clause, ""
    if they are too few.
    """

    claim: str
    share: float
    verdict: str = OPEN
    words: str = ""


def where_held(
    past: Past, findings: Findings, factual: Ensemble, counterfactual: Ensemble, ancestor: np.ndarray
) -> tuple[Held, ...]:
    """The answer where each documented fact holds that most worlds without the change miss, in the order of `failing`.

    Nothing where the answer tells of no difference between shares of worlds.
    """
    main = main_finding(factual.scenario, counterfactual.scenario, findings)
    if main is None:
        return ()
    before, after = paired_values(main, factual, counterfactual)
    whole = float(before.mean()), float(after.mean())
    place = {claim.id: c for c, claim in enumerate(factual.scenario.record)}
    clauses = Clauses(factual.scenario, len(factual), findings)

    def held(claim: str) -> Held:
        kept = factual.held[:, place[claim]]
        found = Held(claim, float(kept.mean()))
        if len(np.unique(ancestor[kept])) < ENOUGH:
            return found
        one, two = float(before[kept].mean()), float(after[kept].mean())
        error = paired_error(after[kept] - before[kept], main.unit, ancestor[kept])
        return replace(found, verdict=verdict(whole, (one, two), error), words=_clause(clauses, main, one, two))

    return tuple(held(claim.claim) for claim in past.failing)


def paired_values(main: Finding, factual: Ensemble, counterfactual: Ensemble) -> tuple[np.ndarray, np.ndarray]:
    """The main finding in each world (W,), without the change and with it."""
    name = outcome_name(main)
    here, there = (find_outcome(side.scenario, name) for side in (factual, counterfactual))
    return here.measure(factual), there.measure(counterfactual)


def _clause(clauses: Clauses, main: Finding, before: float, after: float) -> str:
    """The main finding with other numbers, and its own: the Right ruled in 9 of 100 worlds ... (in all ...)."""
    when = "" if main.lasts else f"in {clauses.when(main.meeting)} "
    whole = " against ".join(out_of(share, 100) for share in (main.after, main.before))
    said = clauses.changed([replace(main, before=before, after=after, lasts=True)], brief=True)
    return f"{when}{said} (in all pairs {whole})"


def verdict(whole: tuple[float, float], held: tuple[float, float], error: float | None) -> str:
    """Is the answer where a fact holds that of all pairs, or another one.

    `whole`, `held`: the share without the change and with it, in all pairs and in these; `error`: the standard error of
    the difference in these.  What counts is the part of the worlds that can change which does: where the fact goes with
    what the change brings about anyway, little is left to change, and that says nothing.  The same: clear (more than
    two errors), in the same direction, and not less than half by more than two errors; weaker: clear, but so much less;
    another: not clear and so much less, or clear in the other direction; else it cannot be told.
    """
    rises = whole[1] > whole[0]
    room, left = (1.0 - side[0] if rises else side[0] for side in (whole, held))
    if error is None or left == 0.0 or whole[0] == whole[1]:
        return OPEN
    scale = (whole[1] - whole[0]) / room * left
    ratio, blur = (held[1] - held[0]) / scale, SURE * error / abs(scale)
    less = ratio + blur < 0.5
    if ratio > blur:
        return WEAKER if less else SAME
    return OTHER if less else OPEN


def held_warning(past: Past) -> str:
    """That the answer is another one where a documented fact holds that concerns it and most worlds miss; or ""."""
    held = {each.claim: each for each in past.held if each.verdict in (WEAKER, OTHER)}
    facts = [claim for claim in past.failing if claim.near and claim.claim in held]
    if not facts:
        return ""
    first, rest = facts[0], len(facts) - 1
    found = held[first.claim]
    what = "the answer is weaker" if found.verdict == WEAKER else "the change makes no such difference"
    more = f"; it differs for {counted(rest, 'other such fact')} too" if rest else ""
    return (
        f"{what} in the {percent(found.share)} of the worlds in which "
        f"“{first.text.rstrip('.')}” holds: {found.words}{more}"
    )
