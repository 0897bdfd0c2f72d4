"""How it ends, without a change and with it: who rules and where the chiefs of the blocs stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.branching import branching_point
from factions.counterfactual.divergence import common
from factions.results.tables import STEPS, Row
from factions.statements import predicates as says
from factions.vocabulary import LADDER, POLITBURO

if TYPE_CHECKING:
    from factions.results.ensemble import Ensemble


EVER = 0.02
"""A bloc that rules, or a chief who has a seat, in this share of the worlds of some side is worth a column."""


@dataclass(frozen=True)
class Rule:
    """A bloc (id), and the share of the worlds in whose ruling alliance it is at the end."""

    bloc: str
    before: float
    after: float


@dataclass(frozen=True)
class Fate:
    """A leader (id) who speaks for a bloc or sat in the Politburo at the start, and the shares of `STEPS` at the end.

    `seated`: was he in the Politburo before the change, in most worlds without it; before the first meeting, at the
    start.
    """

    leader: str
    seated: bool
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def alive(self) -> bool:
        """Is he alive at the end in most worlds of some side."""
        return min(self.before[-1], self.after[-1]) < 0.5

    @property
    def of_note(self) -> bool:
        """Had he a seat before the change, or has he one at the end in some worlds."""
        return self.seated or max(self.before[POLITBURO], self.after[POLITBURO]) >= EVER


@dataclass(frozen=True)
class Ends:
    """The end of pairs of worlds: of the blocs and chiefs that both scenarios have, in the order of the file."""

    blocs: tuple[Rule, ...] = ()
    chiefs: tuple[Fate, ...] = ()


NO_ENDS = Ends()


def ends_of(factual: Ensemble, counterfactual: Ensemble) -> Ends:
    """How pairs of worlds end."""
    one, two = factual.scenario, counterfactual.scenario
    here, there = (says.in_ruling_alliance(says.part(side, -1)).mean(axis=0) for side in (factual, counterfactual))
    blocs = zip(*common(one, two, "bloc"), strict=True)
    rules = tuple(Rule(one.blocs[i].id, float(here[i]), float(there[j])) for i, j in blocs)
    chiefs, branch = {one.spokesman(bloc.id) for bloc in one.blocs}, branching_point(one, two) or 0
    chiefs |= {leader.id for leader in one.leaders if leader.standing == LADDER[POLITBURO]}
    fates = (
        Fate(leader.id, _seated(factual, i, branch), _steps(factual, i), _steps(counterfactual, j))
        for i, j in zip(*common(one, two, "leader"), strict=True)
        if (leader := one.leaders[i]).id in chiefs
    )
    return Ends(rules, tuple(fates))


def _seated(side: Ensemble, leader: int, branch: int) -> bool:
    """Does he sit in the Politburo before meeting number `branch`."""
    if branch == 0:
        return side.scenario.leaders[leader].standing == LADDER[POLITBURO]
    before = says.part(side, branch - 1)
    return bool((says.alive(before) & says.at_least(before, POLITBURO))[:, leader].mean() >= 0.5)


def _steps(side: Ensemble, leader: int) -> tuple[float, ...]:
    """The share of the worlds for each of `STEPS`."""
    last = says.part(side, -1)
    step = np.where(says.alive(last)[:, leader], last["standing"][:, leader], len(LADDER))
    return tuple(float((step == k).mean()) for k in range(len(STEPS)))


def end_rows(name: str, ends: Ends) -> list[Row]:
    """Rows of scenario x side x bloc (its `state` is "ruling") or chief (a step of the ladder): the probability."""
    rows: list[Row] = []
    for side in ("before", "after"):
        head = {"scenario": name, "side": "without the change" if side == "before" else "with the change"}
        rows += [
            {**head, "who": rule.bloc, "state": "ruling", "probability": getattr(rule, side)} for rule in ends.blocs
        ]
        for fate in ends.chiefs:
            shares = zip(STEPS, getattr(fate, side), strict=True)
            rows += [{**head, "who": fate.leader, "state": step, "probability": share} for step, share in shares]
    return rows
