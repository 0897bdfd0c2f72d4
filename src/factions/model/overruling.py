"""How a wider body undoes what a narrower one has done, at the beginning of phase 7."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.vocabulary import DEAD, IN_PARTY

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party


def overrule(party: Party) -> None:
    """Of what narrower electorates did, this meeting undoes what struck those who rule at it; the rest is final."""
    for bloc in party.blocs:
        if bloc.rung_reviewed_at == party.meeting:
            bloc.rung_reviewed_at = -1
            if bloc.in_power:
                bloc.rung = bloc.former_rung
    for leader in party.leaders:
        if leader.reviewed_at == party.meeting:
            leader.reviewed_at = -1
            if leader.bloc is not None and leader.bloc.in_power and leader.activity != DEAD:
                reinstate(leader)


def reinstate(leader: Leader) -> None:
    """A leader gets back the standing and the offices that he had; who got them meanwhile loses them."""
    leader.standing = min(leader.standing, leader.former_standing)
    leader.punished = leader.former_punished
    back = []
    for office in leader.party.offices:
        if office.claimant is leader:
            office.claimant = None
            if leader.standing <= IN_PARTY and office.held is None:
                office.holder = leader
                back.append(office)
    leader.party.note("sanctions", leader, "is reinstated", *back)


def remember(leader: Leader) -> None:
    """What a leader was before the meetings that one meeting may overrule."""
    review = int(leader.party.case.review[leader.party.meeting])
    if leader.reviewed_at != review:
        leader.reviewed_at = review
        leader.former_standing, leader.former_punished = leader.standing, leader.punished


def remember_rung(bloc: Bloc) -> None:
    """The rung that a bloc had reached before the meetings that one meeting may overrule."""
    review = int(bloc.party.case.review[bloc.party.meeting])
    if bloc.rung_reviewed_at != review:
        bloc.rung_reviewed_at, bloc.former_rung = review, bloc.rung
