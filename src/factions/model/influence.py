"""Phase 2 of a meeting: influence is added up and shared out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.rules import influence as rule
from factions.vocabulary import ACTIVE

if TYPE_CHECKING:
    from factions.model.agents import Leader, Office
    from factions.model.party import Party


def influence(party: Party) -> None:
    """Leaders' influence is added up and shared out; blocs get their weight and their line."""
    for leader in party.leaders:
        leader.struck = False
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
    """Blocs' influence and chiefs from their members'; a bloc without influence leaves its alliance."""
    for bloc in party.blocs:
        bloc.influence = 0.0
        for leader in bloc.members:
            bloc.influence += leader.influence
    acting_chiefs(party)
    active = frozenset(bloc for bloc in party.blocs if bloc.influence > 0.0)
    for bloc in party.blocs:
        bloc.alliance = (bloc.alliance | {bloc}) & active if bloc in active else frozenset()


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
                    pull = rule.pull_of_office(bloc.in_power, party.values.office_pull)
                bloc.line[k] = rule.public_line(total / bloc.influence, pull)
