"""Phase 3 of a meeting: leaders stay in their bloc or move to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.influence import weigh_blocs
from factions.rules.bargaining import policy_term
from factions.rules.loyalty import mobility_rate
from factions.rules.numeric import chance

if TYPE_CHECKING:
    from factions.model.agents import Leader
    from factions.model.party import Party


def loyalty(party: Party) -> None:
    """Leaders who lead no bloc, and whom no event has just placed, stay or move to the bloc that draws them most."""
    if not party.runs("loyalty"):
        return
    for leader in party.leaders:
        placed, leader.placed = leader.placed, False
        if leader.surrendered == 0 and not placed and leader.in_party and not leader.is_chief:
            consider_moving(party, leader)
    weigh_blocs(party)


def consider_moving(party: Party, leader: Leader) -> None:
    """Stay, or move to the bloc whose line suits him best; one without a bloc follows the ruling line, if any."""
    own = leader.bloc
    if own is None and not party.ruling:
        return
    own_loss = policy_loss(party, leader, own.line if own is not None else party.ruling_line)
    best, best_gain = None, 0.0
    for bloc in party.blocs:
        if bloc is not own and bloc.influence > 0.0:
            gain = own_loss - policy_loss(party, leader, bloc.line)
            if best is None or gain > best_gain:
                best, best_gain = bloc, gain
    if best is None:
        return
    probability = moving_chance(party, best_gain)
    if party.shock(shocks.MOVE, leader) < probability:
        former = () if own is None else (own,)
        policy = party.values.policy_motive * best_gain
        party.note("loyalty", leader, "moves to", best, *former, probability=probability, policy=policy)
        leader.bloc = best


def moving_chance(party: Party, gain: float) -> float:
    """Probability that a leader moves for a gain, in the time since the last meeting."""
    rate = mobility_rate(gain, party.values.mobility, party.values.policy_motive)
    return chance(rate, party.years_before)


def policy_loss(party: Party, leader: Leader, line: list[float]) -> float:
    """Policy loss of a leader with a line, on all issues; 0 with the mechanism off."""
    loss = 0.0
    if party.runs("policy"):
        for k, salience in enumerate(party.salience):
            loss += policy_term(salience, leader.ideal[k], line[k])
    return loss
