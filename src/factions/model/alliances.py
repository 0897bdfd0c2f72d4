"""What alliances are: their weight, how they form, and which of them rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.vote import count_votes

if TYPE_CHECKING:
    from factions.model.agents import Bloc
    from factions.model.party import Party

Alliance = frozenset


def settle(party: Party) -> Alliance[Bloc]:
    """What a counterfactual imposes: blocs held together ally; of two kept apart the weaker leaves.

    Gives the blocs that it moves.
    """
    moved: Alliance[Bloc] = Alliance()
    for bloc in party.blocs:
        if bloc.alliance and not unit(bloc) <= bloc.alliance:
            _impose(bloc, unit(bloc))
            moved |= unit(bloc)
    for bloc in party.blocs:
        for other in party.blocs[: bloc.position]:
            if other in bloc.alliance and bloc.shuns(other):
                weaker = bloc if bloc.influence < other.influence else other
                _impose(weaker, unit(weaker))
                moved |= unit(weaker)
    return moved


def unit(bloc: Bloc) -> Alliance[Bloc]:
    """A bloc and those that it is held together with, without those that have no influence."""
    mask = bloc.together
    return frozenset(
        other for other in bloc.party.blocs if other is bloc or (mask >> other.position & 1 and other.alliance)
    )


def form(party: Party, alliance: Alliance[Bloc]) -> None:
    """The blocs of an alliance become one and leave those they were in."""
    for bloc in party.blocs:
        bloc.alliance = alliance if bloc in alliance else bloc.alliance - alliance


def weight_of(party: Party, alliance: Alliance[Bloc]) -> float:
    """Influence of an alliance."""
    together = 0.0
    for bloc in party.blocs:
        if bloc in alliance:
            together += bloc.influence
    return together


def number_of(party: Party) -> int:
    """How many alliances there are."""
    return len({bloc.alliance for bloc in party.blocs if bloc.alliance})


def number_after(party: Party, alliance: Alliance[Bloc]) -> int:
    """How many alliances there are once some blocs have become one."""
    return 1 + len({bloc.alliance - alliance for bloc in party.blocs} - {Alliance()})


def rulers(party: Party) -> Alliance[Bloc]:
    """The alliance that rules at a meeting as alliances are now.

    Before the first meeting, that of the start: nobody has ruled yet, and its members are the old government.
    """
    return most_votes(party) if party.case.by_votes[party.meeting] else strongest(party)


def strongest(party: Party) -> Alliance[Bloc]:
    """The alliance with most influence; the first of equals; none if no bloc has any."""
    best: Alliance[Bloc] = Alliance()
    most = 0.0
    for bloc in party.blocs:
        together = weight_of(party, bloc.alliance)
        if together > most:
            best, most = bloc.alliance, together
    return best


def most_votes(party: Party) -> Alliance[Bloc]:
    """The alliance with most votes by head; of equals the one with most influence, or the first."""
    count_votes(party)
    best: Alliance[Bloc] = Alliance()
    most = (0, 0.0)
    for bloc in party.blocs:
        own = heads_of(bloc.alliance), weight_of(party, bloc.alliance)
        if own > most:
            best, most = bloc.alliance, own
    return best


def heads_of(alliance: Alliance[Bloc]) -> int:
    """Votes by head of an alliance."""
    return sum(bloc.votes for bloc in alliance)


def put_out(before: Alliance[Bloc], ruling: Alliance[Bloc], moved: Alliance[Bloc]) -> Alliance[Bloc]:
    """Those who ruled before with some who rule now, have not moved themselves, and rule no longer."""
    return before - ruling - moved if before & ruling else Alliance()


def pardon_rulers(party: Party) -> None:
    """Whoever rules stands condemned no longer, and his offences are forgiven."""
    for bloc in party.ruling:
        bloc.condemned = False
        bloc.mandate = bloc.offence = 0


def mean_line(party: Party, alliance: Alliance[Bloc], k: int) -> float:
    """Mean line of an alliance on issue k, weighted by influence; 0 for none."""
    together, mean = weight_of(party, alliance), 0.0
    for bloc in party.blocs:
        if bloc in alliance:
            mean += bloc.influence * bloc.line[k]
    return mean / together if together > 0.0 else 0.0


def _impose(mover: Bloc, alliance: Alliance[Bloc]) -> None:
    others = mover.party.in_order(alliance - {mover})
    action = "is held together with" if others else "is kept apart"
    mover.party.note("bargaining", mover, action, *others, imposed=1.0)
    form(mover.party, alliance)
