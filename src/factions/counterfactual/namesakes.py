"""Blocs that are called after their chief, and have lost him: what is said of them must not sound as if he acted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from factions.counterfactual.divergence import common
from factions.counterfactual.lost import deaths
from factions.statements import predicates as says
from factions.wording import without_chief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario


def as_called(base: Scenario, other: Scenario) -> tuple[Scenario, Scenario]:
    """Both scenarios, in which no bloc is called after a man who is dead on one side alone: the Centre, not Stalin's.

    `Comparer` and `Pairs` do this first.  So texts, tables and pictures take `bloc.name`, or `Names`, of the scenario
    of a comparison, of its worlds or of its pairs, and all say the same.  The scenarios themselves if none is.
    """
    bare = {
        bloc.id: without_chief(bloc.name, _called(base, bloc.id))
        for bloc in base.blocs
        if called_after(base, bloc.id) and _dies_alone(base, other, base.spokesman(bloc.id))
    }
    return (_renamed(base, bare), _renamed(other, bare)) if bare else (base, other)


def _renamed(scenario: Scenario, names: Mapping[str, str]) -> Scenario:
    blocs = tuple(bloc.model_copy(update={"name": names.get(bloc.id, bloc.name)}) for bloc in scenario.blocs)
    return scenario.model_copy(update={"blocs": blocs})


def _dies_alone(base: Scenario, other: Scenario, leader: str) -> bool:
    """Is a leader certain to die on one side, and not on the other."""
    return (leader in deaths(base)) != (leader in deaths(other))


@dataclass(frozen=True)
class Loss:
    """A bloc (id) that is, or would be, called after its chief (id), who in most worlds is dead or no longer of it.

    `without`, `with_it`: ids of the meetings at which that is so without the change, and with it; `dead`: is he dead in
    most worlds of that side (or those sides) at the end; `heir`: who has most weight in the bloc then (id), "" for
    nobody.
    """

    bloc: str
    leader: str
    without: frozenset[str]
    with_it: frozenset[str]
    dead: bool
    heir: str = ""

    def where(self, meeting: str) -> str | None:
        """The side on which alone that is so at a meeting (id): "with the change" or "without the change"; else None.

        What is so on both sides makes no difference between them, and is not worth a word.
        """
        before, after = meeting in self.without, meeting in self.with_it
        return None if before == after else "with the change" if after else "without the change"

    @property
    def fate(self) -> str:
        """What has become of him, as what follows his name."""
        return "was dead" if self.dead else "had left it"


def losses(factual: Ensemble, counterfactual: Ensemble) -> tuple[Loss, ...]:
    """The blocs of both scenarios that have lost the man after whom they are called."""
    one, two = factual.scenario, counterfactual.scenario
    found = []
    for i, j in zip(*common(one, two, "bloc"), strict=True):
        bloc = one.blocs[i].id
        chief = one.spokesman(bloc)
        if not (called_after(one, bloc) or _dies_alone(one, two, chief)):
            continue
        ours, theirs = (_lost(side, chief, b) for side, b in ((factual, i), (counterfactual, j)))
        if ours or theirs:
            dead = all(_dead(side, chief) for side, lost in ((factual, ours), (counterfactual, theirs)) if lost)
            heir = _heir(*((counterfactual, j) if theirs else (factual, i)))
            found.append(Loss(bloc, chief, ours, theirs, dead, heir))
    return tuple(found)


def _heir(side: Ensemble, bloc: int) -> str:
    """Who has most prestige and offices of those who are left of a bloc, in most worlds at the end; "" for nobody."""
    last = says.part(side, -1)
    scenario = side.scenario
    weight = np.tile([leader.prestige for leader in scenario.leaders], (len(side), 1))
    for place, office in enumerate(scenario.offices):
        weight += office.machine * says.holds_office(last, place)
    able = says.active(last) & says.in_party(last) & says.member_of(last, bloc)
    first = np.where(able, weight, -1.0).argmax(axis=1)[able.any(axis=1)]
    return scenario.leaders[int(np.bincount(first).argmax())].id if len(first) else ""


def _dead(side: Ensemble, leader: str) -> bool:
    place = next((k for k, entry in enumerate(side.scenario.leaders) if entry.id == leader), None)
    return place is None or bool((~says.alive(side)[:, -1, place]).mean() >= 0.5)


def called_after(scenario: Scenario, bloc: str) -> bool:
    """Is a word of the bloc's name made of its chief's own: Stalin's Centre, the Zinovievists."""
    name = next(entry.name for entry in scenario.blocs if entry.id == bloc)
    return any(word.startswith(_called(scenario, bloc)) for word in name.split())


def _called(scenario: Scenario, bloc: str) -> str:
    """The last name of a bloc's chief."""
    chief = scenario.spokesman(bloc)
    return next(leader.called for leader in scenario.leaders if leader.id == chief).split()[-1]


def _lost(side: Ensemble, leader: str, bloc: int) -> frozenset[str]:
    """The meetings (ids) at which he is dead or no longer of the bloc in most worlds."""
    place = next((k for k, entry in enumerate(side.scenario.leaders) if entry.id == leader), None)
    if place is None:
        return frozenset()
    still = says.alive(side)[:, :, place] & says.member_of(side, bloc)[:, :, place]
    return frozenset(side.scenario.meetings[m].id for m in np.flatnonzero(still.mean(axis=0) < 0.5))
