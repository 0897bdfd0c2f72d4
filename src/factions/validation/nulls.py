"""Models without our theory, in the form of worlds: who rules by a simple rule, the rest by constant chances.

`unchanged`: the alliances of the start persist.  `random_winners`: whenever alliances form anew, blocs join in random
order until they have more than half of the influence.  `least_range`: the majority of blocs with the smallest range of
positions rules (De Swaan 1973).  `largest_and_cheapest`: the largest bloc with the smallest partners that give it a
majority (Riker 1962, Gamson 1961).  Everything else happens with constant chances per meeting, fitted to the record as
well as they can be: speaking out, punishment by a rung, surrender, readmission, loss of office, defection.

The nulls know what is exogenous: deaths, illness, dated shifts of positions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from factions.dynamics import Arrays, one_meeting, record_all
from factions.results.ensemble import Ensemble, empty_arrays
from factions.statements import predicates as says
from factions.vocabulary import LADDER
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.events import EVENT_KINDS

if TYPE_CHECKING:
    from factions.scenario import Scenario

FORMS = ("unchanged", "random_winners", "least_range", "largest_and_cheapest")

CHANCES = ("reform", "unite", "speak", "punish", "surrender", "readmit", "replace", "defect", "exponent")
"""Chances per meeting that alliances form anew, that all losers unite, that an outside bloc speaks out, that a member
of an open bloc falls a rung, that one who fell surrenders, that one who surrendered outside the party returns, that an
outsider's office goes to the rulers, that a leader leaves his bloc; and the exponent of the vote, in units of 4."""

_MOST_BLOCS = 12  # more are not enumerated: the strongest ones decide


class Surroundings(NamedTuple):
    """What is the same in every world at each meeting: `influence` (M, B), `line` (M, B, K), `salience`, `activity`."""

    influence: np.ndarray
    line: np.ndarray
    salience: np.ndarray
    activity: np.ndarray


def surroundings(case: Case) -> Surroundings:
    """Blocs as they were at the start, changed by exogenous events alone."""
    ideal, alive, salience = case.ideal.copy(), case.activity.copy(), case.salience.copy()
    rows = []
    for m in range(len(case.meeting_key)):
        for e in np.flatnonzero(case.event_meeting == m):
            _happen(case, int(e), ideal, alive, salience)
        rows.append((*_blocs(case, ideal, alive), salience.copy(), alive.copy()))
    return Surroundings(*(np.stack(column) for column in zip(*rows, strict=True)))


def _happen(case: Case, e: int, ideal: np.ndarray, alive: np.ndarray, salience: np.ndarray) -> None:
    kind, leader, value = EVENT_KINDS[case.event_kind[e]], case.event_leader[e], case.event_value[e]
    if kind in ("death", "illness", "recovery"):
        alive[leader] = {"death": -1, "illness": 0, "recovery": 1}[kind]
    elif kind == "policy_shift":
        who = [leader] if leader >= 0 else np.flatnonzero(case.membership == case.event_bloc[e])
        old = ideal[who, case.event_issue[e]] if case.event_relative[e] else 0.0
        ideal[who, case.event_issue[e]] = np.clip(old + value, -1.0, 1.0)
    elif kind == "salience":
        salience[case.event_issue[e]] += value


def _blocs(case: Case, ideal: np.ndarray, alive: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Influence and mean position of every bloc from its active members' prestige and offices."""
    weight = case.prestige * (alive == 1)
    for office, holder in enumerate(case.holder):
        if holder >= 0 and alive[holder] == 1:
            weight[holder] += case.machine[office]
    member = (case.membership[:, np.newaxis] == np.arange(len(case.chief))) * weight[:, np.newaxis]
    total = member.sum(axis=0)
    line = member.T @ ideal / np.where(total > 0, total, 1.0)[:, np.newaxis]
    return total / max(weight.sum(), 1e-300), line


class NullDynamics:
    """W worlds of a null model; `chances` (W, len(CHANCES)) in [0, 1], one row a world."""

    def __init__(self, scenario: Scenario, form: str, chances: np.ndarray, seed: int) -> None:
        self.case, self.form, self.seed = build_case(scenario), form, seed
        self.around, self.chances = surroundings(self.case), dict(zip(CHANCES, chances.T, strict=True))
        self.worlds = len(chances)
        self.arrays = one_meeting(scenario, self.worlds)
        starts = {"standing": self.case.standing, "membership": self.case.membership, "holder": self.case.holder}
        for name, values in starts.items():
            self.arrays[name][:] = values
        self.allied = np.repeat(_matrix(self.case)[np.newaxis], self.worlds, axis=0)

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Alliances, stances, votes, punishments and surrenders; noise by meeting and place, not by `luck`."""
        random = np.random.default_rng([self.seed, m])
        self._label(self._ally(m, random), m)
        self._speak(m, random)
        self._punish(m, random)
        self._replace(m, random)

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Nothing happens between meetings."""

    def record(self, arrays: Arrays, m: int) -> None:
        """The present state."""
        for name, array in self.arrays.items():
            arrays[name][:, m] = array[:, 0]

    def select(self, rows: np.ndarray) -> None:
        """Copies of worlds; the chances stay in their places."""
        self.arrays = {name: array[rows] for name, array in self.arrays.items()}
        self.allied = self.allied[rows]

    def _with_chance(self, name: str, random: np.random.Generator, *shape: int) -> np.ndarray:
        chance = self.chances[name].reshape(-1, *(1 for _ in shape))
        return random.random((self.worlds, *shape)) < chance

    def _ally(self, m: int, random: np.random.Generator) -> np.ndarray:
        """(W, B, B) who is allied with whom."""
        if self.form == "unchanged":
            return self.allied
        winners = _winners(self.form, self.around, m, self.worlds, random)
        together = winners[:, :, np.newaxis] & winners[:, np.newaxis, :]
        losers = ~winners & self._with_chance("unite", random, 1)
        together |= (losers[:, :, np.newaxis] & losers[:, np.newaxis, :]) | np.eye(winners.shape[1], dtype=bool)
        anew = self._with_chance("reform", random, 1, 1)
        self.allied = np.where(anew, together, self.allied)
        return self.allied

    def _label(self, allied: np.ndarray, m: int) -> None:
        """Alliances by their first bloc, the strongest of them rules."""
        active = self.around.influence[m] > 0.0
        allied = allied & active
        label = np.where(active, allied.argmax(axis=2), -1)
        strength = (allied * self.around.influence[m]).sum(axis=2) * active
        ruler = strength.argmax(axis=1)
        self.arrays["alliance"][:, 0] = label
        self.arrays["ruling"][:, 0] = label[np.arange(self.worlds), ruler]
        self.arrays["influence"][:, 0] = self.around.influence[m]
        self.arrays["line"][:, 0] = self.around.line[m]
        self.arrays["activity"][:, 0] = self.around.activity[m]

    def _speak(self, m: int, random: np.random.Generator) -> None:
        outside = says.free_to_oppose(says.part(self.arrays, 0))
        speaks = outside & self._with_chance("speak", random, outside.shape[1])
        self.arrays["open"][:, 0] = speaks
        share = (speaks * self.around.influence[m]).sum(axis=1)
        exponent = 4.0 * self.chances["exponent"]
        odds = np.where(share > 0.0, share / np.maximum(1.0 - share, 1e-9), 0.0) ** np.maximum(exponent, 1e-3)
        self.arrays["vote_share"][:, 0] = np.where(share > 0.0, odds / (1.0 + odds), 0.0)

    def _punish(self, m: int, random: np.random.Generator) -> None:
        standing, member = self.arrays["standing"][:, 0], self.arrays["membership"][:, 0]
        gone, leaders = self.arrays["surrendered"][:, 0], standing.shape[1]
        alive = self.around.activity[m] == 1
        opposed = np.take_along_axis(self.arrays["open"][:, 0] == 1, np.maximum(member, 0), axis=1) & (member >= 0)
        fallen = alive & opposed & self._with_chance("punish", random, leaders)
        standing += fallen & (standing < len(LADDER) - 1)
        back = alive & (gone == 1) & (standing > 2) & self._with_chance("readmit", random, leaders)
        gone[back], standing[back] = 2, 2
        struck = alive & (standing > self.case.standing) & (gone == 0) & (standing < len(LADDER) - 1)
        gives_up = struck & self._with_chance("surrender", random, leaders)
        gone[gives_up] = 1
        leaves = alive & self._with_chance("defect", random, leaders)
        member[gives_up | leaves] = -1

    def _replace(self, m: int, random: np.random.Generator) -> None:
        """Offices of the dead, the expelled and, by chance, of outsiders go to the ruling leader of most prestige."""
        holder, member = self.arrays["holder"][:, 0], self.arrays["membership"][:, 0]
        standing, held = self.arrays["standing"][:, 0], self.arrays["holder"][:, 0] >= 0
        rules = says.in_ruling_alliance(says.part(self.arrays, 0))
        ours = np.take_along_axis(rules, np.maximum(member, 0), axis=1) & (member >= 0)
        fit = ours & (standing <= 2) & (self.around.activity[m] == 1)
        heir = np.where(fit.any(axis=1), (fit * (self.case.prestige + 1.0)).argmax(axis=1), -1)
        who = np.maximum(holder, 0).astype(np.int64)
        out = (self.around.activity[m] == -1)[who] | (np.take_along_axis(standing, who, axis=1) > 2)
        lost = ~np.take_along_axis(ours, who, axis=1) & self._with_chance("replace", random, holder.shape[1])
        holder[:] = np.where(held & (out | lost), heir[:, np.newaxis], holder)


def _matrix(case: Case) -> np.ndarray:
    """(B, B) who is allied with whom at the start."""
    blocs = len(case.chief)
    return (case.alliance[:, np.newaxis] >> np.arange(blocs) & 1).astype(bool)


def _winners(form: str, around: Surroundings, m: int, worlds: int, random: np.random.Generator) -> np.ndarray:
    """(W, B) who is in the alliance that wins."""
    influence = around.influence[m]
    half = influence.sum() / 2.0
    if form == "random_winners":
        order = random.permuted(np.tile(np.arange(len(influence)), (worlds, 1)), axis=1)
        before = np.cumsum(influence[order], axis=1) - influence[order]
        winners = np.zeros((worlds, len(influence)), bool)
        np.put_along_axis(winners, order, before <= half, axis=1)
        return winners
    chosen = _least_range(around, m, half) if form == "least_range" else _largest(influence, half)
    return np.repeat(chosen[np.newaxis], worlds, axis=0)


def _least_range(around: Surroundings, m: int, half: float) -> np.ndarray:
    """The majority with the smallest range of positions, summed over issues by salience; of equals, the smallest."""
    influence = around.influence[m]
    strongest = np.argsort(-influence, kind="stable")[:_MOST_BLOCS]
    subsets = (np.arange(1, 1 << len(strongest))[:, np.newaxis] >> np.arange(len(strongest)) & 1).astype(bool)
    weight = subsets @ influence[strongest]
    line = around.line[m][strongest]
    high = np.where(subsets[:, :, np.newaxis], line, -np.inf).max(axis=1)
    low = np.where(subsets[:, :, np.newaxis], line, np.inf).min(axis=1)
    span = (high - low) @ around.salience[m] + 1e-6 * weight
    best = subsets[np.where(weight > half, span, np.inf).argmin()]
    chosen = np.zeros(len(influence), bool)
    chosen[strongest[best]] = True
    return chosen


def _largest(influence: np.ndarray, half: float) -> np.ndarray:
    """The largest bloc and the one smallest partner that suffices; while none does, the next largest as well."""
    order = np.argsort(-influence, kind="stable")
    chosen = np.zeros(len(influence), bool)
    for bloc in order:
        chosen[bloc] = True
        missing = half - influence[chosen].sum()
        if missing < 0.0:
            break
        enough = np.flatnonzero(~chosen & (influence > missing))
        if len(enough):
            chosen[enough[influence[enough].argmin()]] = True
            break
    return chosen


def null_ensemble(scenario: Scenario, form: str, chances: np.ndarray, seed: int) -> Ensemble:
    """Worlds of a null model from the start to the end, one for each row of chances."""
    dynamics, arrays = NullDynamics(scenario, form, chances, seed), empty_arrays(scenario, len(chances))
    luck = np.arange(len(chances))
    record_all(dynamics, arrays, lambda m: luck)
    return Ensemble(scenario, seed, form, luck, arrays)
