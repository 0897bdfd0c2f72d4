"""Who gets what a meeting has to give, at the end of its phase 7: vacant offices, and empty seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.influence import acting_holder
from factions.vocabulary import ACTIVE, CENTRAL_COMMITTEE, DEAD, IN_PARTY, NOT_CREATED, POLITBURO

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader, Office
    from factions.model.party import Party


def offices(party: Party) -> None:
    """Vacant offices are filled; where the meeting may, also those of outsiders, and empty seats."""
    if party.case.fills_committee[party.meeting]:
        fill_seats(party, CENTRAL_COMMITTEE, party.committee)
    if party.case.reshuffles[party.meeting]:
        reshuffle(party)
    fill_offices(party)
    if party.case.fills_seats[party.meeting]:
        fill_seats(party, POLITBURO, party.seats)


def reshuffle(party: Party) -> None:
    """Offices that meetings fill pass from blocs outside the ruling alliance to those who rule, if one of them can."""
    for office in party.offices:
        holder = office.holder
        if holder is None or office.appointer is not None or office.held is holder or holder.bloc is None:
            continue
        if not holder.bloc.in_power:
            heir = successor(party, office, party.ruling)
            if heir is not None:
                party.note("sanctions", heir, "takes over", office, holder)
                office.holder = heir


def fill_offices(party: Party) -> None:
    """Vacant offices are filled by whoever holds the office that appoints, else by the ruling alliance."""
    for office in party.offices:
        if office.holder is None and office.barred != NOT_CREATED:
            blocs = party.ruling
            if office.appointer is not None:
                patron = acting_holder(office.appointer)
                blocs = frozenset({patron.bloc} if patron is not None and patron.bloc is not None else ())
            office.holder = successor(party, office, blocs)
            if office.holder is not None:
                party.note("sanctions", office.holder, "is appointed to", office)


def successor(party: Party, office: Office, blocs: frozenset[Bloc]) -> Leader | None:
    """Who of some blocs gets an office: a deputy first, then the seated, fewest offices, prestige."""
    able = [leader for leader in party.leaders if leader.bloc in blocs and leader.in_party]
    able = [leader for leader in able if leader.position != office.barred]

    def rank(leader: Leader) -> tuple[bool, bool, int, float]:
        return leader in office.deputies, leader.standing < IN_PARTY, -len(leader.offices), leader.prestige

    return max(able, key=rank, default=None)


def fill_seats(party: Party, body: int, seats: int) -> None:
    """Vacant seats of a body go to the ruling blocs' leaders with most prestige, of those who stand just below it."""
    taken = sum(leader.standing <= body and leader.activity != DEAD for leader in party.leaders)
    able = [
        leader
        for leader in party.leaders
        if leader.bloc in party.ruling and leader.activity == ACTIVE and leader.standing == body + 1
    ]
    able.sort(key=lambda leader: -leader.prestige)  # stable: the first of equals first
    for leader in able[: max(0, seats - taken)]:
        leader.standing = body
        entered = "Politburo" if body == POLITBURO else "Central Committee"
        party.note("sanctions", leader, f"enters the {entered}", leader.bloc)
