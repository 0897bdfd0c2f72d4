"""The moves open to a bloc in bargaining: leave, join, merge, pair off, exclude."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factions.model.agents import Bloc

Alliance = frozenset


def best_move(bloc: Bloc) -> Alliance[Bloc]:
    """The alliance that a bloc prefers among its own of now and those it can bring about."""
    own, alone = bloc.alliance, bloc.unit
    best, best_utility = own, bloc.utility(own)
    if own != alone:
        best, best_utility = better(bloc, alone, best, best_utility)
    for other in bloc.party.blocs:
        theirs = other.alliance
        if not theirs or other in alone:
            continue
        if theirs != own and other is first_of(theirs):  # once for each other alliance
            best, best_utility = better(bloc, theirs | alone, best, best_utility)
            if own != alone:
                best, best_utility = better(bloc, theirs | own, best, best_utility)
        if theirs != other.unit and own != alone | other.unit:
            best, best_utility = better(bloc, alone | other.unit, best, best_utility)
    if own != alone:
        best = best_exclusion(bloc, alone, best, best_utility)
    return best


def first_of(alliance: Alliance[Bloc]) -> Bloc:
    """The bloc of an alliance that stands first in the file."""
    return min(alliance, key=lambda bloc: bloc.position)


def better(bloc: Bloc, alliance: Alliance[Bloc], best: Alliance[Bloc], best_utility: float):
    """The better of the best move so far and an alliance, if all others in it consent."""
    value = bloc.utility(alliance)
    if (
        value > best_utility
        and admissible(alliance)
        and all(other.gains(alliance) for other in alliance if other is not bloc)
    ):
        return alliance, value
    return best, best_utility


def admissible(alliance: Alliance[Bloc]) -> bool:
    """May these blocs share an alliance: no two of them are kept apart by a counterfactual."""
    return not any(bloc.shuns(other) for bloc in alliance for other in alliance)


def best_exclusion(bloc: Bloc, alone: Alliance[Bloc], best: Alliance[Bloc], best_utility: float) -> Alliance[Bloc]:
    """Exclude the partner one would rather be without, if those who remain and gain hold most of what remains."""
    rest: Alliance[Bloc] = Alliance()
    value = best_utility
    for other in bloc.party.blocs:
        if other in bloc.alliance and other not in alone:
            without = bloc.utility(bloc.alliance - other.unit)
            if without > value:
                rest, value = bloc.alliance - other.unit, without
    if not rest:
        return best
    in_favour, together = 0.0, 0.0
    for other in bloc.party.blocs:
        if other in rest:
            together += other.influence
            if other.gains(rest):
                in_favour += other.influence
    return rest if in_favour > 0.5 * together else best
