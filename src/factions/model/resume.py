"""A party as it stands after a meeting that the engine has held: the arrays of one world, written to its agents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from factions.world.fields import fields
from factions.world.state import State

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party


def resume(party: Party, world: SimpleNamespace, meeting: int) -> None:
    """Put a new party where a world stood at the end of a meeting; `world`: its arrays by name, see `one_world`.

    It goes on as if it had held all meetings up to that one; what was decided at them it does not know.
    """
    party.meeting = meeting
    for name, row in fields(State).items():
        if row.span != "scratch":
            _WRITE.get(name, _attributes(name, row.axes))(party, getattr(world, name).tolist())


Write = Callable[["Party", list[Any]], None]


def _attributes(name: str, axes: Sequence[str]) -> Write:
    """Values for the attributes of this name."""

    def write(party: Party, values: list[Any]) -> None:
        agents = getattr(party, f"{axes[0]}s") if axes else [party]
        for agent, value in zip(agents, values, strict=True):
            yes_or_no = isinstance(getattr(agent, name), bool)
            setattr(agent, name, bool(value) if yes_or_no else value)

    return write


def _each(agents: str, name: str, read: Callable[[Party, Any], Any]) -> Write:
    """Values for an attribute that has something else than the array."""

    def write(party: Party, values: list[Any]) -> None:
        for agent, value in zip(getattr(party, agents), values, strict=True):
            setattr(agent, name, read(party, value))

    return write


def _blocs(party: Party, mask: int) -> frozenset[Bloc]:
    return frozenset(bloc for bloc in party.blocs if mask >> bloc.position & 1)


def _bloc(party: Party, position: int) -> Bloc | None:
    return party.blocs[position] if position >= 0 else None


def _leader(party: Party, position: int) -> Leader | None:
    return party.leaders[position] if position >= 0 else None


def _by_bloc(party: Party, values: list[float]) -> dict[Bloc, float]:
    return dict(zip(party.blocs, values, strict=True))


_WRITE: dict[str, Write] = {
    "alliance": _each("blocs", "alliance", _blocs),
    "place": _each("blocs", "place", _blocs),
    "trust": _each("blocs", "trust", _by_bloc),
    "bond": _each("blocs", "bond", _by_bloc),
    "chief": _each("blocs", "chief", _leader),
    "membership": _each("leaders", "bloc", _bloc),
    "leader_influence": _each("leaders", "influence", lambda party, share: share),
    "holder": _each("offices", "holder", _leader),
    "held": _each("offices", "held", _leader),
    "claimant": _each("offices", "claimant", _leader),
    "ruling": lambda party, masks: setattr(party, "ruling", _blocs(party, masks[0])),
    "ousted": lambda party, masks: setattr(party, "ousted", _blocs(party, masks[0])),
    "salience": lambda party, values: setattr(party, "salience", values),
    "happened": lambda party, values: setattr(party, "happened", values),
}
"""How an array is written where it is not numbers for the agents' attribute of its name."""
