"""Phase 2 of a meeting: influence is added up and shared out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.rules import influence as rule
from factions.vocabulary import ACTIVE

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader, Office
    from factions.model.party import Party


def influence(party: Party) -> None:
    """Leaders' influence is added up and shared out; blocs get their weight and their line."""
    add_up(party)
    draw_lines(party)


def add_up(party: Party) -> None:
    """Leaders' shares of all influence, and those of their blocs."""
    for leader in party.leaders:
        leader.influence = 0.0
        if leader.activity == ACTIVE:
            leader.influence = rule.personal_influence(leader.prestige, leader.standing, party.values.standing_weight)
    for office in party.offices:
        acting = acting_holder(office)
        if acting is not None:
            acting.influence += office.machine
    total = 0.0
    for leader in party.leaders:
        total += leader.influence
    if total > 0.0:
        for leader in party.leaders:
            leader.influence = leader.influence / total
    weigh_blocs(party)


def acting_holder(office: Office) -> Leader | None:
    """Who wields an office: its holder, or the foremost deputy who can if he cannot or is no more."""
    if office.holder is not None and office.holder.in_party:
        return office.holder
    return next((deputy for deputy in office.deputies if deputy.in_party), None)


def weigh_blocs(party: Party) -> None:
    """Blocs' influence and chiefs from their members'; a bloc without influence leaves its alliance for the time."""
    for bloc in party.blocs:
        bloc.influence = 0.0
        for leader in bloc.members:
            bloc.influence += leader.influence
    acting_chiefs(party)
    active = frozenset(bloc for bloc in party.blocs if bloc.influence > 0.0)
    returning = [bloc for bloc in party.blocs if bloc in active and not bloc.alliance]
    for bloc in party.blocs:
        bloc.place = bloc.alliance or bloc.place
        bloc.alliance = (bloc.alliance | {bloc}) & active if bloc in active else frozenset()
    tie_blocs(party)
    for bloc in returning:
        rejoin(party, bloc)


def tie_blocs(party: Party) -> None:
    """What the ties between persons are between their blocs: each counts by what part of his bloc he is."""
    for bloc in party.blocs:
        bloc.bond = dict.fromkeys(party.blocs, 0.0)
    for one, other, trust in party.personal_ties:
        ours, theirs = one.bloc, other.bloc
        if ours and theirs and ours is not theirs and ours.influence > 0.0 and theirs.influence > 0.0:
            ours.bond[theirs] += rule.bond(trust, one.influence / ours.influence, other.influence / theirs.influence)
            theirs.bond[ours] = ours.bond[theirs]


def rejoin(party: Party, bloc: Bloc) -> None:
    """A bloc that has influence again joins the alliance in which those weigh most whom it was allied with last.

    It does not if one of them is condemned and the other is not: see `bargaining`.
    """
    best, most = frozenset({bloc}), 0.0
    for other in party.blocs:
        if other is bloc or other.position != min((member.position for member in other.alliance), default=-1):
            continue
        weight = 0.0
        for partner in party.blocs:
            if partner is not bloc and partner in other.alliance and partner in bloc.place:
                weight += partner.influence
        if weight > most and stand_alike(party, bloc, other.alliance):
            best, most = other.alliance | {bloc}, weight
    for member in best:
        member.alliance = best


def stand_alike(party: Party, bloc: Bloc, alliance: frozenset[Bloc]) -> bool:
    """Are a bloc and those of an alliance all condemned or all in good standing, where that keeps blocs apart."""
    return not party.runs("isolation") or all(bloc.condemned == other.condemned for other in alliance)


def acting_chiefs(party: Party) -> None:
    """Chief of every bloc in the party: the designated one while he can, else its most influential member."""
    for bloc in party.blocs:
        able = [leader for leader in bloc.members if leader.in_party]
        most = max(able, key=lambda leader: leader.influence, default=None)
        bloc.chief = bloc.designated if bloc.designated in able else most


def draw_lines(party: Party) -> None:
    """Every bloc with influence takes the line of its leaders and of its office, in power or out of it."""
    pulled = bool(party.ruling) and party.runs("office_pull")
    for bloc in party.blocs:
        if bloc.influence > 0.0:
            for k in range(len(bloc.line)):
                total = 0.0
                for leader in bloc.members:
                    total += leader.influence * leader.ideal[k]
                pull = 0.0
                if k == party.case.regime and pulled:
                    pull = rule.pull_of_office(bool(party.ruling & bloc.alliance), party.values.office_pull)
                bloc.line[k] = rule.public_line(total / bloc.influence, pull)
