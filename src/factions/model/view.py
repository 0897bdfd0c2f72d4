"""A party as the arrays of one world by name, read from and written to its agents.

So one effect of an event serves the engine and the model, and what is recorded of a party is what the table of fields
names: an attribute of the same name of its blocs, leaders, offices, or of the party itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from factions.results.arrays import ASKED, AXES

if TYPE_CHECKING:
    from factions.model.agents import Bloc
    from factions.model.party import Party


class Column:
    """One attribute of a row of agents, by their positions; (i, k) is item k of agent i's."""

    def __init__(
        self,
        agents: Sequence[object],
        name: str,
        number: Callable[[Any], Any] = lambda value: value,
        value: Callable[[Any], Any] = lambda number: number,
    ) -> None:
        self.agents, self.name, self.number, self.value = agents, name, number, value

    def __len__(self) -> int:
        return len(self.agents)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, tuple):
            return getattr(self.agents[place[0]], self.name)[place[1]]
        return self.number(getattr(self.agents[place], self.name))

    def __setitem__(self, place: Any, number: Any) -> None:
        if isinstance(place, tuple):
            getattr(self.agents[place[0]], self.name)[place[1]] = number
        else:
            setattr(self.agents[place], self.name, self.value(number))


class PartyView:
    """What an event may look at and change, by the names of the table of state."""

    def __init__(self, party: Party) -> None:
        leaders, blocs = party.leaders, party.blocs
        self.prestige, self.ideal = Column(leaders, "prestige"), Column(leaders, "ideal")
        self.standing, self.activity = Column(leaders, "standing"), Column(leaders, "activity")
        self.membership = Column(leaders, "bloc", position, lambda b: blocs[b] if b >= 0 else None)
        self.placed = Column(leaders, "placed", int, bool)
        self.leader_influence = Column(leaders, "influence")
        self.holder = Column(party.offices, "holder", position, lambda i: leaders[i] if i >= 0 else None)
        self.salience = party.salience
        self.barred = Column(party.offices, "barred")
        self.threat, self.seats = Column([party], "threat"), Column([party], "seats")
        self.committee = Column([party], "committee")
        self.happened = party.happened
        self.together, self.apart = Column(blocs, "together"), Column(blocs, "apart")
        self.stance_rule, self.sanction_rule = Column(blocs, "stance_rule"), Column(blocs, "sanction_rule")
        self.surrender_rule = Column(leaders, "surrender_rule")
        self.held = Column(party.offices, "held", position, lambda i: leaders[i] if i >= 0 else None)
        self.ruling, self.alliance = Column([party], "ruling", mask), Column(blocs, "alliance", mask)
        self.open, self.surrendered = Column(blocs, "open", int), Column(leaders, "surrendered")


def position(agent: Any) -> int:
    """Number of an agent, -1 for none."""
    return -1 if agent is None else agent.position


def mask(alliance: frozenset[Bloc]) -> int:
    """An alliance as a bit mask of the numbers of its blocs."""
    return sum(1 << bloc.position for bloc in alliance)


def label(alliance: frozenset[Bloc]) -> int:
    """Number of an alliance's first bloc, -1 for an empty one."""
    return min((bloc.position for bloc in alliance), default=-1)


_READ: dict[str, Callable[[Party], Any]] = {
    "alliance": lambda party: [label(bloc.alliance) for bloc in party.blocs],
    "ruling": lambda party: label(party.ruling),
    "trust": lambda party: [[bloc.trust[other] for other in party.blocs] for bloc in party.blocs],
    "membership": lambda party: [position(leader.bloc) for leader in party.leaders],
    "holder": lambda party: [position(office.holder) for office in party.offices],
    "leader_influence": lambda party: [leader.influence for leader in party.leaders],
    "happened": lambda party: party.events_happened,
}
"""What an array says where it is not the agents' attribute of its name."""


def snapshot(party: Party) -> dict[str, Any]:
    """State of a party at the end of a meeting, one entry per recorded array, and per one that can be asked for."""
    return {name: _READ[name](party) if name in _READ else _attributes(party, name) for name in (*AXES, *ASKED)}


def _attributes(party: Party, name: str) -> Any:
    axes = (AXES | ASKED)[name][2:]
    if not axes:
        return getattr(party, name)
    return [getattr(agent, name) for agent in getattr(party, f"{axes[0]}s")]
