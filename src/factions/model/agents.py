"""The agents: leaders, blocs, and the offices that leaders hold.  They hold the state; the phases decide with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa

from factions import shocks
from factions.rules.bargaining import regard
from factions.rules.influence import in_party
from factions.vocabulary import POLITBURO

if TYPE_CHECKING:
    from factions import scenario
    from factions.model.party import Party


class Leader(mesa.Agent):
    """A person: prestige, an ideal point per issue, a standing, and the bloc he belongs to."""

    def __init__(self, party: Party, position: int, entry: scenario.Leader) -> None:
        super().__init__(party)
        self.party, self.position, self.entry = party, position, entry
        self.key = shocks.key(entry.id)
        self.bloc: Bloc | None = None
        self.prestige = float(entry.prestige)
        self.ideal = [float(entry.ideal_point[issue.id]) for issue in party.content.issues]
        self.standing = POLITBURO
        self.activity = int(entry.active)  # 1 active, 0 inactive, -1 dead
        self.surrendered = 0  # 1 capitulated, 2 readmitted
        self.punished = 0  # worst rung he was struck by
        self.struck = False  # at the last meeting
        self.placed = False  # by an event, since the last meeting
        self.reviewed_at = -1  # the meeting that may undo what has struck him, and what he was before
        self.former_standing = self.former_punished = 0
        self.surrender_rule = 0  # what a counterfactual imposes at this meeting
        self.influence: float = 0.0  # share of all

    @property
    def in_party(self) -> bool:
        """Active, and a member of the party."""
        return in_party(self.activity, self.standing)

    @property
    def is_chief(self) -> bool:
        """Does he lead his bloc inside the party."""
        return self.bloc is not None and self.bloc.chief is self

    @property
    def offices(self) -> list[Office]:
        """The offices he holds."""
        return [office for office in self.party.offices if office.holder is self]


class Bloc(mesa.Agent):
    """Leaders who act together: a line, an alliance, a stance, trust in other blocs, and a rung of punishment."""

    def __init__(self, party: Party, position: int, entry: scenario.Bloc) -> None:
        super().__init__(party)
        self.party, self.position, self.entry = party, position, entry
        self.key = shocks.key(entry.id)
        self.designated: Leader | None = None
        self.chief: Leader | None = None
        self.alliance: frozenset[Bloc] = frozenset({self})  # empty for a bloc without influence
        self.place: frozenset[Bloc] = frozenset()  # the alliance in which it last had influence
        self.influence = 0.0
        self.delegates = 0.0
        self.prominence = 0.0  # share of all prestige
        self.line = [0.0 for _ in party.content.issues]
        self.open = False
        self.rung = 0
        self.condemned = False  # by a congress or conference, since it ruled last
        self.mandate = 0  # 1 if condemned since it fell from the Politburo, 2 if warned as well
        self.offence = 0  # what its open opposition still counts for: 2 since delegates met, 1 since the time before
        self.votes = 0  # by head, where they decide who rules
        self.rung_reviewed_at, self.former_rung = -1, 0  # the meeting that may undo its last rung, and the one before
        self.recanted = 0.0  # prestige of those who surrendered out of it
        self.together, self.apart = 1 << position, 0  # masks of those it is held with at this meeting, and kept from
        self.stance_rule, self.sanction_rule = 0, 0  # what a counterfactual imposes at this meeting
        self.trust: dict[Bloc, float] = {}
        self.bond: dict[Bloc, float] = {}  # by the ties of its leaders
        self.appraisal: dict[Bloc, float] = {}

    @property
    def members(self) -> list[Leader]:
        """Its leaders, in and out of the party."""
        return [leader for leader in self.party.leaders if leader.bloc is self]

    @property
    def in_power(self) -> bool:
        """Does it belong to the ruling alliance."""
        return self in self.party.ruling

    def regard(self, other: Bloc) -> float:
        """Its trust in another as it counts: what it has grown to, and the ties of their leaders."""
        return regard(self.trust[other], self.bond[other])

    def shuns(self, other: Bloc) -> bool:
        """Does a counterfactual keep it out of any alliance with another."""
        return bool(self.apart >> other.position & 1)

    def first(self, kind: Callable[[Leader], bool]) -> Leader | None:
        """The designated chief if he is of a kind, else the member of that kind with most prestige."""
        able = [leader for leader in self.members if kind(leader)]
        if self.designated in able:
            return self.designated
        return max(able, key=lambda leader: leader.prestige, default=None)


@dataclass(eq=False)
class Office:
    """A post: who holds it, what influence it gives, who appoints to it, and who deputises."""

    position: int
    entry: scenario.Office
    key: int
    machine: float
    holder: Leader | None = None
    deputies: Sequence[Leader] = ()
    appointer: Office | None = None
    held: Leader | None = None  # who has it, whatever happens
    claimant: Leader | None = None  # who lost it at a meeting that may be overruled
    barred: int = -1  # the number of a leader who has resigned it; NOT_CREATED while it is not created
