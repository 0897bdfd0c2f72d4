"""How trust, policy and safety weigh against each other when two blocs that stand alone consider an alliance.

As the blocs stand at the start, before any event, and before office pulls on anybody's line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.rules.bargaining import policy_term, regard, safety
from factions.rules.influence import bond, in_party, personal_influence
from factions.vocabulary import MECHANISMS
from factions.world.build import build_case

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.world.case import Case


@dataclass(frozen=True)
class Weight:
    """What `bloc` would gain, in utility, from an alliance with `partner` alone; `influence`: its share, in [0, 1].

    `tie`: trust between the two, with the ties of their leaders, in [-1, 1]; `trust`, `policy`, `safety`: what each
    adds.
    """

    bloc: str
    partner: str
    influence: float
    tie: float
    trust: float
    policy: float
    safety: float

    @property
    def gain(self) -> float:
        """The sum of the three."""
        return self.trust + self.policy + self.safety


def weigh(scenario: Scenario, values: np.ndarray) -> list[Weight]:
    """What every bloc would gain from every other, in the order of the file; `values`: one record of parameters."""
    case = build_case(scenario)
    influence, lines, ties = _blocs(case, float(values["standing_weight"]), len(scenario.blocs))
    on = {name: bool(case.mechanism[MECHANISMS.index(name)]) for name in ("trust", "policy", "safety")}
    there = [b for b in range(len(influence)) if influence[b] > 0.0]
    found = []
    for b, c in ((b, c) for b in there for c in there if b != c):
        together = influence[b] + influence[c]
        mean = (influence[b] * lines[b] + influence[c] * lines[c]) / together
        loss = sum(policy_term(*map(float, each)) for each in zip(case.salience, lines[b], mean, strict=True))
        safer = safety(together) - safety(influence[b])
        found.append(
            Weight(
                scenario.blocs[b].id,
                scenario.blocs[c].id,
                influence[b],
                ties[b, c],
                influence[c] * ties[b, c] * on["trust"],
                -float(values["policy_motive"]) * loss * on["policy"],
                float(values["safety_motive"]) * safer * on["safety"],
            )
        )
    return found


def acting_holders(case: Case, holder: np.ndarray, able: np.ndarray) -> list[int]:
    """Who wields every office: its holder, or the foremost deputy who is able if he is not; -1 for nobody.

    holder (offices,): leaders by number, -1 for vacant; able (leaders,): in play and in the party.
    """
    found = []
    for who, ranks in zip(holder, case.deputies, strict=True):
        stand_ins = np.flatnonzero((ranks > 0) & able)
        if who >= 0 and able[who]:
            found.append(int(who))
        else:
            found.append(int(min(stand_ins, key=lambda i: ranks[i], default=-1)))
    return found


def _blocs(
    case: Case, standing_weight: float, blocs: int
) -> tuple[list[float], list[np.ndarray], dict[tuple[int, int], float]]:
    """Shares of influence, the mean positions of their leaders, and trust as it counts between every two."""
    able = [in_party(int(active), int(step)) for active, step in zip(case.activity, case.standing, strict=True)]
    points = np.zeros(len(case.prestige))
    for leader in np.flatnonzero(case.activity == 1):
        step = int(case.standing[leader])
        points[leader] = personal_influence(float(case.prestige[leader]), step, standing_weight)
    for acting, machine in zip(acting_holders(case, case.holder, np.array(able)), case.machine, strict=True):
        if acting >= 0:
            points[acting] += machine
    total = max(float(points.sum()), 1e-300)
    influence, lines = [], []
    for bloc in range(blocs):
        own = case.membership == bloc
        held = float(points[own].sum())
        influence.append(held / total)
        lines.append((points[own, None] * case.ideal[own]).sum(axis=0) / held if held > 0.0 else case.salience * 0.0)
    return influence, lines, _ties(case, points / total, influence)


def _ties(case: Case, shares: np.ndarray, influence: list[float]) -> dict[tuple[int, int], float]:
    """Trust between every two blocs, with the ties of their leaders; `shares` (leaders,) of all influence."""
    bonds = np.zeros_like(case.trust)
    for i, j, tie in zip(case.tied_one, case.tied_other, case.tied_trust, strict=True):
        b, c = case.membership[[i, j]]
        if b >= 0 and c >= 0 and b != c and influence[b] > 0.0 and influence[c] > 0.0:
            bonds[[b, c], [c, b]] += bond(float(tie), shares[i] / influence[b], shares[j] / influence[c])
    every = range(len(influence))
    return {(b, c): regard(float(case.trust[b, c]), float(bonds[b, c])) for b in every for c in every}


def drowned(weights: list[Weight]) -> str:
    """What makes ties decide nothing, or ""; each motive is compared with trust over all tied pairs.

    "safety" if it weighs more for every pair; "policy" if it does for more than three in four, of three ties or more.
    """
    tied = [each for each in weights if each.trust != 0.0]
    if tied and all(abs(each.trust) < each.safety for each in tied):
        return "safety"
    if len(tied) >= 6 and sum(abs(each.trust) < -each.policy for each in tied) > 0.75 * len(tied):
        return "policy"
    return ""
