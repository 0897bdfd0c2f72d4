"""The party: a Mesa model whose step is one meeting.  It keeps the schedule and what belongs to nobody alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from factions import shocks
from factions.errors import whole
from factions.model.agents import Bloc, Leader, Office
from factions.model.bargaining import bargaining
from factions.model.consequences import consequences
from factions.model.decisions import Decision, Spared
from factions.model.events import events
from factions.model.influence import influence
from factions.model.loyalty import loyalty
from factions.model.sanctions import sanctions
from factions.model.stance import stance
from factions.model.surrender import surrender
from factions.model.vote import vote
from factions.parameters import PARAMETERS, default_values
from factions.scenario.content.conditions import conditions
from factions.vocabulary import CENTRAL_COMMITTEE, GREATEST, MECHANISMS, POLITBURO
from factions.world.build import build_case, due
from factions.world.case import Case

if TYPE_CHECKING:
    from factions.scenario import Scenario


class Party(mesa.Model):
    """One world of a scenario.  `world` is its number, `seed_number` the seed; `values` one record of parameters.

    UsageError unless both are whole numbers from 0 to 4294967295.
    """

    def __init__(
        self, content: Scenario, world: int = 0, seed_number: int = 0, values: np.ndarray | None = None
    ) -> None:
        self.world = whole("world", world, 0, GREATEST)
        self.seed_number = whole("seed_number", seed_number, 0, GREATEST)
        super().__init__(rng=self.seed_number)
        self.content = content
        if values is None:
            values = default_values(content.parameters)
        self.values = SimpleNamespace(**{name: float(values[name]) for name in PARAMETERS})
        self.case: Case = build_case(content)
        self.meeting = -1  # the meeting that was held last
        self.salience = [float(value) for value in self.case.salience]
        self.threat = 0.0
        self.due = due(content)
        self.needs = [asked for row in self.due for asked in conditions(row.entry)]  # in the order of the case
        self.happened: list[int] = [0] * self.case.marks  # 1 for an event that was due and had all that it needs
        self.fates: dict[int, str] = {}  # of what was due, by its place: why it did not happen, "" if it did
        self.vote_share = 0.0
        self.ruling: frozenset[Bloc] = frozenset()
        self.ousted: frozenset[Bloc] = frozenset()  # whom their partners have just put out of power
        self.decisions: list[Decision] = []
        self.spared: list[Spared] = []  # open opponents whom the last meeting did not strike
        self._cast()

    def _cast(self) -> None:
        """Create blocs, leaders and offices, in the order of the file."""
        case, content = self.case, self.content
        self.blocs: list[Bloc] = [Bloc(self, position, entry) for position, entry in enumerate(content.blocs)]
        self.leaders: list[Leader] = [Leader(self, position, entry) for position, entry in enumerate(content.leaders)]
        for leader, bloc, standing in zip(self.leaders, case.membership, case.standing, strict=True):
            leader.bloc = self.blocs[bloc] if bloc >= 0 else None
            leader.standing = int(standing)
        self.offices: list[Office] = [
            Office(o, entry, shocks.key(entry.id), float(entry.machine), self._leader(holder), self._deputies(ranks))
            for o, (entry, holder, ranks) in enumerate(zip(content.offices, case.holder, case.deputies, strict=True))
        ]
        for office, appointer, barred in zip(self.offices, case.appointer, case.barred, strict=True):
            office.appointer = self.offices[appointer] if appointer >= 0 else None
            office.barred = int(barred)
        for bloc in self.blocs:
            bloc.designated = self._leader(case.chief[bloc.position])
            bloc.trust = {other: float(case.trust[bloc.position, other.position]) for other in self.blocs}
            bloc.condemned = bool(case.condemned[bloc.position])
            mask = int(case.alliance[bloc.position])
            bloc.alliance = frozenset(other for other in self.blocs if mask >> other.position & 1)
        ties = zip(case.tied_one, case.tied_other, case.tied_trust, strict=True)
        self.personal_ties = [(self.leaders[one], self.leaders[other], float(trust)) for one, other, trust in ties]
        self.seats = sum(leader.standing == POLITBURO for leader in self.leaders)
        self.committee = sum(leader.standing <= CENTRAL_COMMITTEE for leader in self.leaders)

    def _deputies(self, ranks: np.ndarray) -> list[Leader]:
        """The deputies of an office, the foremost first."""
        return [self.leaders[i] for i in np.argsort(ranks, kind="stable") if ranks[i] > 0]

    def _leader(self, position: int) -> Leader | None:
        return self.leaders[position] if position >= 0 else None

    # the schedule -----------------------------------------------------------------------------------------------

    @property
    def finished(self) -> bool:
        """Have all meetings been held."""
        return self.meeting + 1 >= len(self.content.meetings)

    def step(self) -> None:
        """Hold the next meeting; time since the last one passes first."""
        if self.finished:
            self.running = False
            return
        if self.meeting >= 0:
            consequences(self)
        self.meeting += 1
        events(self)
        influence(self)
        loyalty(self)
        bargaining(self)
        stance(self)
        vote(self)
        sanctions(self)
        surrender(self)
        self.running = not self.finished

    # what the agents ask ----------------------------------------------------------------------------------------

    @property
    def years_before(self) -> float:
        """Years since the last meeting, or the start."""
        return float(self.case.years_before[self.meeting])

    @property
    def years_after(self) -> float:
        """Years to the next meeting, or the end."""
        return float(self.case.years_after[self.meeting])

    @property
    def events_happened(self) -> list[int]:
        """1 for each event of the file that has happened, else 0; in order of date."""
        return self.happened[: len(self.content.events)]

    def runs(self, mechanism: str) -> bool:
        """Is a mechanism on."""
        return bool(self.case.mechanism[MECHANISMS.index(mechanism)])

    def factor(self, mechanism: str) -> float:
        """1 for a mechanism that is on, 0 for one that is off."""
        return 1.0 if self.runs(mechanism) else 0.0

    def shock(self, purpose: int, actor: Leader | Bloc | Office | None = None, other: int = 0) -> float:
        """The uniform number of a purpose and an actor, or of all, at this meeting; `other` tells decisions apart."""
        meeting_key = int(self.case.meeting_key[self.meeting])
        key = 0 if actor is None else actor.key
        return shocks.uniform(self.seed_number, self.world, meeting_key, purpose, key, other)

    def logistic_shock(self, purpose: int, actor: Bloc, other: Bloc) -> float:
        """The logistic number of this purpose and these actors at this meeting."""
        meeting_key = int(self.case.meeting_key[self.meeting])
        return shocks.logistic_shock(self.seed_number, self.world, meeting_key, purpose, actor.key, other.key)

    def in_order(self, blocs: frozenset[Bloc]) -> list[Bloc]:
        """Blocs in the order of the scenario: a set has none, and would tell the same world differently every time."""
        return [bloc for bloc in self.blocs if bloc in blocs]

    def note(self, phase: str, actor: Any, action: str, *objects: Any, **terms: float) -> None:
        """Enter a decision in the chronicle."""
        ids = tuple(entry.entry.id for entry in objects)
        self.decisions.append(Decision(self.meeting, phase, actor.entry.id, action, ids, terms))
