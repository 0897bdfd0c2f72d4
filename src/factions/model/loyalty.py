"""Phase 3 of a meeting: leaders stay in their bloc or move to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.alliances import mean_line
from factions.model.influence import weigh_blocs
from factions.rules import loyalty as rule
from factions.rules.bargaining import policy_term
from factions.rules.numeric import chance

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party


def loyalty(party: Party) -> None:
    """Leaders who lead no bloc, and whom no event has just placed, stay or move to the bloc that draws them most."""
    if not party.runs("loyalty"):
        return
    ruling_line = [mean_line(party, party.ruling, k) for k in range(len(party.salience))]
    for leader in party.leaders:
        placed, leader.placed = leader.placed, False
        if leader.surrendered == 0 and not placed and leader.in_party and not leader.is_chief:
            consider_moving(party, leader, ruling_line)
    weigh_blocs(party)


def consider_moving(party: Party, leader: Leader, ruling_line: list[float]) -> None:
    """Stay, or move to the bloc that draws him most; one without a bloc follows the ruling line, if any."""
    own = leader.bloc
    if own is None and not any(bloc.influence > 0.0 for bloc in party.ruling):
        return  # nobody has ruled, or all who ruled last have lost their influence since
    own_loss = policy_loss(party, leader, own.line if own is not None else ruling_line)
    drawn = draw(party, leader)
    home = drawn[own] if own is not None else 0.0
    best, best_gain, most = None, 0.0, 0.0
    for bloc in party.blocs:
        if bloc is not own and bloc.influence > 0.0:
            gain = own_loss - policy_loss(party, leader, bloc.line)
            attraction = rule.attraction(gain, drawn[bloc] - home, party.values.policy_motive)
            if best is None or attraction > most:
                best, best_gain, most = bloc, gain, attraction
    if best is None:
        return
    probability = moving_chance(party, most)
    if party.shock(shocks.MOVE, leader) < probability:
        former = () if own is None else (own,)
        terms = {"policy": party.values.policy_motive * best_gain, "ties": drawn[best] - home}
        party.note("loyalty", leader, "moves to", best, *former, probability=probability, **terms)
        leader.bloc = best


def draw(party: Party, leader: Leader) -> dict[Bloc, float]:
    """What his ties draw a leader to every bloc by: influence times tie."""
    drawn = dict.fromkeys(party.blocs, 0.0)
    for one, other, trust in party.personal_ties if party.runs("trust") else ():
        friend = other if one is leader else one if other is leader else None
        if friend is not None and friend.bloc is not None:
            drawn[friend.bloc] += trust * friend.influence
    return drawn


def moving_chance(party: Party, attraction: float) -> float:
    """Probability that a leader moves to a bloc, in the time since the last meeting."""
    return chance(rule.mobility_rate(attraction, party.values.mobility), party.years_before)


def policy_loss(party: Party, leader: Leader, line: list[float]) -> float:
    """Policy loss of a leader with a line, on all issues; 0 with the mechanism off."""
    loss = 0.0
    if party.runs("policy"):
        for k, salience in enumerate(party.salience):
            loss += policy_term(salience, leader.ideal[k], line[k])
    return loss
