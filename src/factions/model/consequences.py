"""Phase 9 of a meeting: what time does until the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.influence import acting_holder
from factions.model.offices import successor
from factions.rules import consequences as rule
from factions.rules.numeric import approach, chance, remaining

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party


def consequences(party: Party) -> None:
    """Patronage, trust and attention until the next meeting."""
    values, years = party.values, party.years_after
    if party.runs("patronage"):
        patronage(party)
    if party.runs("trust"):
        move_trust(party, remaining(values.trust_rate, years))
    left = remaining(values.attention_fade, years)
    for k, usual in enumerate(party.case.salience):
        party.salience[k] = approach(party.salience[k], float(usual), left)
    party.threat = approach(party.threat, 0.0, left)


def patronage(party: Party) -> None:
    """The holder of an office that appoints puts his own people in the place of others'."""
    values = party.values
    for office in party.offices:
        if office.appointer is None or office.holder is None or office.held is office.holder:
            continue
        patron = acting_holder(office.appointer)
        if patron is None or patron.bloc is None or patron.bloc is office.holder.bloc:
            continue
        if party.runs("peers") and are_peers(office.holder, patron):
            continue
        theirs = office.holder.bloc
        trust = patron.bloc.regard(theirs) if theirs is not None else 0.0
        rate = rule.patronage_rate(trust, values.patronage)
        probability = chance(rate, party.years_after)
        if party.shock(shocks.APPOINTMENT, office) < probability:
            heir = successor(party, office, frozenset({patron.bloc}))
            party.note("consequences", heir, "takes over", office, office.holder, probability=probability)
            office.holder = heir


def are_peers(leader: Leader, patron: Leader) -> bool:
    """Is a leader a partner in power of his patron, who stands no higher than he."""
    partners = leader.bloc is not None and leader.bloc.in_power and patron.bloc is not None and patron.bloc.in_power
    return rule.is_peer(int(partners), leader.standing, patron.standing) == 1


def move_trust(party: Party, left: float) -> None:
    """Trust moves towards alliance, open enmity or structural balance, all pairs by the same trust of before."""
    before = {bloc: {other: bloc.regard(other) for other in party.blocs} for bloc in party.blocs}
    for bloc in party.blocs:
        for other in party.blocs:
            if bloc is not other and bloc.alliance and other.alliance:
                balance = common_ground(party, bloc, other, before)
                target = rule.trust_target(other in bloc.alliance, are_enemies(bloc, other), balance)
                bloc.trust[other] = approach(bloc.trust[other], target, left)


def common_ground(party: Party, bloc: Bloc, other: Bloc, trust: dict[Bloc, dict[Bloc, float]]) -> float:
    """Structural balance of two blocs: over third blocs, influence times the product of trusts."""
    balance = 0.0
    for third in party.blocs:
        if third is not bloc and third is not other:
            balance += third.influence * (trust[bloc][third] * trust[other][third])
    return balance


def are_enemies(bloc: Bloc, other: Bloc) -> bool:
    """Does one of two blocs rule, and the other oppose it openly."""
    return (bloc.open and other.in_power) or (other.open and bloc.in_power)
