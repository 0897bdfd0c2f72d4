"""Models without our theory, in the form of worlds: who rules by a simple rule, the rest by constant chances.

`unchanged`: the alliances of the start persist.  `random_winners`: whenever alliances form anew, blocs join in random
order until they have more than half of the influence.  `least_range`: the majority of blocs with the smallest range of
positions rules (De Swaan 1973).  `largest_and_cheapest`: the largest bloc with the smallest partners that give it a
majority (Riker 1962, Gamson 1961).  Everything else happens with constant chances per meeting, fitted to the record as
well as they can be: speaking out, punishment by a rung, surrender, readmission, loss of office, defection.

The same events happen in them as in the model's worlds, by the same functions: deaths and illness, shifts of
positions and of salience, enrolment, sizes of the two bodies, offices resigned or created, and what a counterfactual
decrees.  Empty seats go to the rulers' leaders of most prestige.

They are also given what the file says of its meetings and blocs.  Heads decide who rules, and who has a majority, where
meetings are ruled by votes.  Blocs that the file keeps apart share no alliance, and there are no more alliances than
camps: losers unite for certain where there is no room, and of the start the two weakest become one until there is.  Of
whom the rulers have just put out the first man falls, by the chance of punishment, as deep as the meeting may purge.  A
meeting that overrules gives back what narrower ones have taken from those who rule at it, and one that reshuffles takes
outsiders' offices for certain.  No null looks at ties of blocs or persons, at the external threat, or at which rungs a
meeting may impose.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np

from factions.dynamics import Arrays, record_all
from factions.engine.advance import events_all
from factions.parameters import default_values
from factions.results.arrays import empty_arrays, first_bloc, record
from factions.results.ensemble import Ensemble
from factions.statements import predicates as says
from factions.validation.majorities import Surroundings, admissible, gathered, kept_apart, start
from factions.validation.majorities import winners as winners_of
from factions.vocabulary import (
    ACTIVE,
    CAPITULATED,
    CENTRAL_COMMITTEE,
    DEAD,
    DEPORTED,
    IN_PARTY,
    NOT_CREATED,
    POLITBURO,
    READMITTED,
)
from factions.world.build import build_case
from factions.world.case import Case
from factions.world.state import initial_state, one_world
from factions.world.weights import acting_holders

if TYPE_CHECKING:
    from factions.scenario import Scenario

FORMS = ("unchanged", "random_winners", "least_range", "largest_and_cheapest")

CHANCES = ("reform", "unite", "speak", "punish", "surrender", "readmit", "replace", "defect", "exponent")
"""Chances per meeting that alliances form anew, that all losers unite, that an outside bloc speaks out, that a member
of an open bloc falls a rung, that one who fell surrenders, that one who surrendered outside the party returns, that an
outsider's office goes to the rulers, that a leader leaves his bloc; and the exponent of the vote, in units of 4."""


def surroundings(case: Case) -> Surroundings:
    """Blocs as they were at the start, changed by events alone.

    To events that ask for it, the strongest alliance of the start rules.
    """
    world, rows = initial_state(case, 1), []
    for m in range(len(case.meeting_key)):
        events_all(case, _values(1), world, m)
        influence, line = _blocs(case, one_world(world, 0))
        weight = _heads(case, one_world(world, 0), m) if case.by_votes[m] == 1 else influence
        world.ruling[0, 0] = world.alliance[0, (start(case) @ weight).argmax()]
        rows.append((weight, influence, line, world.salience[0].copy()))
    return Surroundings(*(np.stack(column) for column in zip(*rows, strict=True)))


def _values(worlds: int) -> np.ndarray:
    """Parameters for the events of worlds in which nobody has influence yet, and so nobody is followed."""
    return np.ascontiguousarray(np.broadcast_to(default_values(), worlds))


def _heads(case: Case, world: SimpleNamespace, m: int) -> np.ndarray:
    """How many of every bloc have a vote at a meeting where heads are counted."""
    votes = (world.activity == ACTIVE) & (world.standing <= case.franchise[m]) & (world.membership >= 0)
    return np.bincount(world.membership[votes], minlength=len(case.chief)).astype(float)


def _blocs(case: Case, world: SimpleNamespace) -> tuple[np.ndarray, np.ndarray]:
    """Share of influence and mean position of every bloc, from the prestige and the offices of those in play."""
    able = (world.activity == ACTIVE) & (world.standing <= IN_PARTY)
    weight = world.prestige * able
    for acting, machine in zip(acting_holders(case, world.holder, able), case.machine, strict=True):
        if acting >= 0:
            weight[acting] += machine
    member = (world.membership[:, np.newaxis] == np.arange(len(case.chief))) * weight[:, np.newaxis]
    total = member.sum(axis=0)
    line = member.T @ world.ideal / np.where(total > 0, total, 1.0)[:, np.newaxis]
    return total / max(weight.sum(), 1e-300), line


class NullDynamics:
    """W worlds of a null model; `chances` (W, len(CHANCES)) in [0, 1], one row for each world."""

    def __init__(self, scenario: Scenario, form: str, chances: np.ndarray, seed: int) -> None:
        self.case, self.form, self.seed = build_case(scenario), form, seed
        self.around, self.chances = surroundings(self.case), dict(zip(CHANCES, chances.T, strict=True))
        self.worlds, self.state = len(chances), initial_state(self.case, len(chances))
        self.allied = np.repeat(gathered(self.case, self.around)[np.newaxis], self.worlds, axis=0)

    def meet(self, m: int, luck: np.ndarray) -> None:
        """Events, alliances, stances, votes, punishments and surrenders; noise by meeting and place, not by `luck`."""
        random = np.random.default_rng([self.seed, m])
        events_all(self.case, _values(self.worlds), self.state, m)
        if m == 0:  # nobody has ruled yet: those who stand together at the start are the old government
            self._label(self.allied, m)
        before = self.state.ruling[:, 0].copy()
        alliances = self._label(self._ally(m, random), m)
        ours = self._whose(says.in_ruling_alliance(alliances))
        self._speak(m, says.free_to_oppose(alliances), random)
        if self.case.overrules[m] == 1:
            self._overrule(m, ours)
        self._punish(m, random)
        if self.case.purging[m] == 1:
            self._purge(m, before, random)
        ours = self._whose(says.in_ruling_alliance(alliances))
        self._replace(m, ours, random)
        if self.case.fills_committee[m] == 1:
            self._fill_seats(ours, CENTRAL_COMMITTEE, self.state.committee)
        if self.case.fills_seats[m] == 1:
            self._fill_seats(ours, POLITBURO, self.state.seats)

    def pass_time(self, m: int, luck: np.ndarray) -> None:
        """Nothing happens between meetings."""

    def record(self, arrays: Arrays, m: int) -> None:
        """The present state."""
        record(self.state, arrays, m)

    def select(self, rows: np.ndarray) -> None:
        """Copies of worlds; the chances stay in their places."""
        self.state, self.allied = self.state.select(rows), self.allied[rows]

    def _with_chance(self, name: str, random: np.random.Generator, *shape: int) -> np.ndarray:
        chance = self.chances[name].reshape(-1, *(1 for _ in shape))
        return random.random((self.worlds, *shape)) < chance

    def _ally(self, m: int, random: np.random.Generator) -> np.ndarray:
        """(W, B, B) who is allied with whom."""
        if self.form == "unchanged":
            return self.allied
        apart, weight = kept_apart(self.case, m), self.around.weight[m]
        winners = winners_of(self.form, self.around, m, self.worlds, random, apart)
        winners |= self.case.camps == 1
        together = winners[:, :, np.newaxis] & winners[:, np.newaxis, :]
        alone = (~winners & (weight > 0.0)).sum(axis=1, keepdims=True)
        losers = ~winners & (self._with_chance("unite", random, 1) | (0 < self.case.camps < 1 + alone))
        losers = admissible(losers, np.argsort(-weight, kind="stable"), apart)
        together |= (losers[:, :, np.newaxis] & losers[:, np.newaxis, :]) | np.eye(winners.shape[1], dtype=bool)
        anew = self._with_chance("reform", random, 1, 1)
        self.allied = np.where(anew, together, self.allied)
        return self.allied

    def _label(self, allied: np.ndarray, m: int) -> Arrays:
        """Alliances of the blocs with influence, of which the strongest rules; labels, as finished worlds have them."""
        state, active = self.state, self.around.influence[m] > 0.0
        allied = allied & active & active[:, np.newaxis]
        state.alliance[:] = (allied << np.arange(len(active))).sum(axis=2)
        strength = (allied * self.around.weight[m]).sum(axis=2)
        if self.case.by_votes[m] == 1:  # of equal heads the more influential
            strength += 0.5 * (allied * self.around.influence[m]).sum(axis=2)
        state.ruling[:, 0] = state.alliance[np.arange(self.worlds), strength.argmax(axis=1)]
        state.influence[:] = self.around.influence[m]
        state.line[:] = self.around.line[m]
        return {"alliance": first_bloc(state.alliance), "ruling": first_bloc(state.ruling[:, 0])}

    def _whose(self, blocs: np.ndarray) -> np.ndarray:
        """(W, L) True for leaders whose bloc is one of these (W, B)."""
        member = self.state.membership
        return np.take_along_axis(blocs, np.maximum(member, 0), axis=1) & (member >= 0)

    def _speak(self, m: int, free: np.ndarray, random: np.random.Generator) -> None:
        """Of the blocs free to oppose (W, B) some speak out, and have so many of the votes."""
        speaks = free & self._with_chance("speak", random, free.shape[1])
        self.state.open[:] = speaks
        share = (speaks * self.around.influence[m]).sum(axis=1)
        exponent = 4.0 * self.chances["exponent"]
        odds = np.where(share > 0.0, share / np.maximum(1.0 - share, 1e-9), 0.0) ** np.maximum(exponent, 1e-3)
        self.state.vote_share[:, 0] = np.where(share > 0.0, odds / (1.0 + odds), 0.0)

    def _overrule(self, m: int, ours: np.ndarray) -> None:
        """What a narrower electorate has done to those whose blocs rule now is undone; all else is final."""
        state, judged = self.state, self.state.reviewed_at == m
        back = judged & ours & (state.activity != DEAD)
        state.standing[back] = np.minimum(state.standing, state.former_standing)[back]
        state.punished[back] = state.former_punished[back]
        state.reviewed_at[judged] = -1

    def _remember(self, m: int, fallen: np.ndarray) -> None:
        """What those who fall at a meeting (W, L) were, for the meeting that may undo it."""
        state = self.state
        new = fallen & (state.reviewed_at != self.case.review[m])
        state.reviewed_at[new] = self.case.review[m]
        state.former_standing[new], state.former_punished[new] = state.standing[new], state.punished[new]

    def _purge(self, m: int, before: np.ndarray, random: np.random.Generator) -> None:
        """The first man of a bloc that ruled before, with some who rule now, falls at once; `before` (W,): who did."""
        state, now, blocs = self.state, self.state.ruling[:, 0], np.arange(len(self.case.chief))
        out = np.where(before & now != 0, before & ~now, 0)[:, np.newaxis] >> blocs & 1 == 1
        able = (state.activity == ACTIVE) & (state.standing <= IN_PARTY) & self._whose(out)
        own = (state.membership[:, :, np.newaxis] == blocs) & able[:, :, np.newaxis]
        first = np.where(own, state.prestige[:, :, np.newaxis] + 1.0, 0.0).argmax(axis=1)
        falls = own.any(axis=1) & self._with_chance("punish", random, len(blocs))
        fallen = np.zeros(able.shape, bool)
        w, b = np.nonzero(falls)
        fallen[w, first[w, b]] = True
        self._remember(m, fallen)
        deepest = int(np.flatnonzero(self.case.purges[m]).max())
        state.standing[fallen] = np.maximum(state.standing, deepest - 1)[fallen]
        state.struck[fallen] = state.punished[fallen] = 1
        holder = state.holder
        posts = np.take_along_axis(fallen, np.maximum(holder, 0), axis=1) & (holder >= 0) & (self.case.appointer < 0)
        holder[posts & (state.held != holder)] = -1

    def _punish(self, m: int, random: np.random.Generator) -> None:
        state, leaders = self.state, self.state.standing.shape[1]
        standing, gone, able = state.standing, state.surrendered, state.activity == ACTIVE
        opposed = able & self._whose(state.open == 1) & (standing < DEPORTED)
        fallen = opposed & self._with_chance("punish", random, leaders)
        self._remember(m, fallen)
        standing[fallen] += 1
        state.struck[:], state.punished[:] = fallen, state.punished | fallen
        back = able & (gone == CAPITULATED) & (standing > IN_PARTY) & self._with_chance("readmit", random, leaders)
        gone[back], standing[back] = READMITTED, IN_PARTY
        struck = able & (state.punished == 1) & (gone == 0) & (standing < DEPORTED)
        gives_up = struck & self._with_chance("surrender", random, leaders)
        gone[gives_up] = CAPITULATED
        leaves = able & self._with_chance("defect", random, leaders)
        state.membership[gives_up | leaves] = -1

    def _replace(self, m: int, ours: np.ndarray, random: np.random.Generator) -> None:
        """Offices vacant, of the expelled and, by chance or where posts are reshuffled, of outsiders go to the ruling
        leader of most prestige."""
        state, holder = self.state, self.state.holder
        fit = ours & (state.standing <= IN_PARTY) & (state.activity == ACTIVE)
        heir = np.where(fit.any(axis=1), (fit * (state.prestige + 1.0)).argmax(axis=1), -1)
        who = np.maximum(holder, 0)
        out = np.take_along_axis(state.standing > IN_PARTY, who, axis=1)
        lost = ~np.take_along_axis(ours, who, axis=1) & self._with_chance("replace", random, holder.shape[1])
        if self.case.reshuffles[m] == 1:
            aligned = np.take_along_axis(state.membership, who, axis=1) >= 0
            outsider = ~np.take_along_axis(ours, who, axis=1) & aligned & (heir >= 0)[:, np.newaxis]
            lost |= outsider & (self.case.appointer < 0)
        lost &= state.held != holder
        free = (state.barred != NOT_CREATED) & (state.barred != heir[:, np.newaxis])
        holder[:] = np.where(((holder < 0) | out | lost) & free, heir[:, np.newaxis], holder)

    def _fill_seats(self, ours: np.ndarray, body: int, seats: np.ndarray) -> None:
        """Empty seats of a body go to the rulers' leaders of those who stand just below it, by their prestige."""
        state = self.state
        taken = ((state.standing <= body) & (state.activity != DEAD)).sum(axis=1, keepdims=True)
        fit = ours & (state.standing == body + 1) & (state.activity == ACTIVE)
        order = np.argsort(np.where(fit, -state.prestige, np.inf), axis=1, kind="stable")
        place = np.argsort(order, axis=1, kind="stable")
        state.standing[fit & (place < seats - taken)] = body


def null_ensemble(scenario: Scenario, form: str, chances: np.ndarray, seed: int) -> Ensemble:
    """Worlds of a null model from the start to the end, one for each row of chances."""
    dynamics, arrays = NullDynamics(scenario, form, chances, seed), empty_arrays(scenario, len(chances))
    luck = np.arange(len(chances))
    record_all(dynamics, arrays, lambda m: luck)
    return Ensemble(scenario, seed, form, luck, arrays)
