"""Dated events as they happen to a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.case import EVENT_KINDS
from factions.rules.numeric import clip
from factions.vocabulary import IN_PARTY

if TYPE_CHECKING:
    from factions.model.party import Party


def happen(party: Party) -> None:
    """Every event dated since the last meeting takes effect, in order of date."""
    for e in range(len(party.case.event_kind)):
        if party.case.event_meeting[e] == party.meeting:
            _EFFECTS[EVENT_KINDS[party.case.event_kind[e]]](party, e)


def _leader(party: Party, e: int):
    return party._leader(party.case.event_leader[e])


def _value(party: Party, e: int) -> float:
    return float(party.case.event_value[e])


def _death(party: Party, e: int) -> None:
    leader = _leader(party, e)
    leader.activity = -1
    for office in leader.offices:
        office.holder = office.deputy if office.deputy is not None and office.deputy.in_party else None


def _illness(party: Party, e: int) -> None:
    if _leader(party, e).activity == 1:
        _leader(party, e).activity = 0


def _recovery(party: Party, e: int) -> None:
    if _leader(party, e).activity == 0:
        _leader(party, e).activity = 1


def _policy_shift(party: Party, e: int) -> None:
    k, bloc = party.case.event_issue[e], party.case.event_bloc[e]
    for leader in party.leaders:
        if leader is _leader(party, e) or (bloc >= 0 and leader.bloc is party.blocs[bloc]):
            old = leader.ideal[k] if party.case.event_relative[e] else 0.0
            leader.ideal[k] = clip(old + _value(party, e), -1.0, 1.0)


def _salience(party: Party, e: int) -> None:
    issue = party.case.event_issue[e]
    party.salience[issue] = max(party.salience[issue] + _value(party, e), 0.0)


def _threat(party: Party, e: int) -> None:
    party.threat = max(party.threat + _value(party, e), 0.0)


def _enrolment(party: Party, e: int) -> None:
    for leader in party.leaders:
        leader.prestige = leader.prestige * (1.0 - _value(party, e))


def _seats(party: Party, e: int) -> None:
    party.seats = int(_value(party, e))


def _appointment(party: Party, e: int) -> None:
    party.offices[party.case.event_office[e]].holder = _leader(party, e)


def _standing(party: Party, e: int) -> None:
    leader = _leader(party, e)
    leader.standing = int(_value(party, e))
    for office in leader.offices:
        if leader.standing > IN_PARTY:
            office.holder = None


def _membership(party: Party, e: int) -> None:
    bloc = party.case.event_bloc[e]
    _leader(party, e).bloc = party.blocs[bloc] if bloc >= 0 else None


_EFFECTS = {
    "death": _death,
    "illness": _illness,
    "recovery": _recovery,
    "policy_shift": _policy_shift,
    "salience": _salience,
    "threat": _threat,
    "enrolment": _enrolment,
    "seats": _seats,
    "appointment": _appointment,
    "standing": _standing,
    "membership": _membership,
}
