"""Sanctions and surrender: the party punishes, leaders hold out or give in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.rules import sanctions as ladder
from factions.rules.influence import IN_PARTY
from factions.rules.numeric import chance, logistic

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party

RUNG_NAMES = ("nothing", "office", "politburo", "central_committee", "party", "exile", "deportation")


def sanctions(party: Party) -> None:
    """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
    if party.runs("sanctions"):
        dominance = party.influence_of(party.ruling)
        for bloc in party.blocs:
            if bloc.open:
                dominance -= bloc.influence
        for bloc in party.blocs:
            imposed = int(party.case.sanction_rule[party.meeting, bloc.position])
            if imposed != 0:
                impose(party, bloc, imposed)
                continue
            holdout = bloc.first(is_holdout)  # before the blow: nobody is expelled and exiled at one meeting
            if bloc.open and bloc.chief is not None:
                punish(party, bloc, bloc.chief, ladder.OFFICE, ladder.PARTY, dominance)
            if holdout is not None:
                punish(party, bloc, holdout, ladder.EXILE, ladder.DEPORTATION, dominance)
    fill_offices(party)
    if party.case.fills_seats[party.meeting]:
        fill_seats(party)


def is_holdout(leader: Leader) -> bool:
    """Is he expelled or exiled, and still a man of his bloc."""
    return leader.alive == 1 and leader.standing in (3, 4)


def impose(party: Party, bloc: Bloc, rung: int) -> None:
    """What a counterfactual decides in the rulers' place: a bloc out of power is struck by a rung, or spared (-1)."""
    if rung < 0 or bloc.rules:
        return
    chief = bloc.chief if rung <= ladder.PARTY else bloc.first(is_holdout)
    if chief is not None:
        party.note("sanctions", bloc, f"is punished: {RUNG_NAMES[rung]}", *party.ruling, imposed=1.0)
        bloc.rung = max(bloc.rung, rung)
        strike(party, bloc, chief, rung)


def next_rung(party: Party, chief: Leader, lowest: int, highest: int) -> int:
    """Lowest rung of a range that takes something from a chief, if the meeting may impose it; else 0."""
    for rung in range(lowest, highest + 1):
        if feels(chief, rung):
            return rung if party.case.competent[party.meeting, rung] else 0
    return 0


def feels(leader: Leader, rung: int) -> bool:
    """Would being drawn down to a rung take something from a leader."""
    return (
        ladder.feels(leader.standing, int(any(office.appointer is None for office in leader.offices)), rung)
        == 1
    )


def punish(party: Party, bloc: Bloc, chief: Leader, lowest: int, highest: int, dominance: float) -> None:
    """A bloc moves to the next rung that its chief feels; if none is left, its members are drawn down to its rung."""
    values = party.values
    rung = next_rung(party, chief, max(lowest, bloc.rung + 1), highest)
    if rung == 0:
        rung = min(bloc.rung, highest)
        if rung < lowest or not party.case.competent[party.meeting, rung]:
            return
    hostility = -party.trust_of_rulers(bloc)
    log_odds = ladder.sanction_log_odds(
        dominance, hostility, party.threat, rung,
        values.sanction, values.sanction_dominance, values.sanction_hostility,
        values.sanction_threat, values.sanction_severity,
    )  # fmt: skip
    probability = logistic(log_odds)
    if party.shock(shocks.SANCTION, bloc, rung=lowest) < probability:
        party.note(
            "sanctions", bloc, f"is punished: {RUNG_NAMES[rung]}", *party.ruling, probability=probability,
            dominance=values.sanction_dominance * dominance, hostility=values.sanction_hostility * hostility,
            threat=values.sanction_threat * party.threat,
            severity=-values.sanction_severity * (rung - 1),
        )  # fmt: skip
        bloc.rung = max(bloc.rung, rung)
        strike(party, bloc, chief, rung)


def strike(party: Party, bloc: Bloc, chief: Leader, rung: int) -> None:
    """The chief is drawn down to the rung; so are those of his fellows whom the shock does not spare."""
    outside = rung > ladder.PARTY
    struck = 0.0
    for leader in bloc.members:
        if leader.alive != 1 or (leader.standing > IN_PARTY) != outside or not feels(leader, rung):
            continue
        if leader.struck:  # nobody is struck twice at one meeting
            continue
        if leader is not chief and spared(party, leader, rung):
            continue
        struck += leader.weight
        bring_down(party, leader, rung)
    if bloc.influence > 0.0 and struck > 0.0:
        bloc.fear = ladder.frightened(bloc.fear, min(struck / bloc.influence, 1.0))


def spared(party: Party, leader: Leader, rung: int) -> bool:
    """Is a follower spared: always from deportation, else if the shock says so."""
    return rung == ladder.DEPORTATION or party.shock(shocks.HIT, leader) < party.values.selectivity


def bring_down(party: Party, leader: Leader, rung: int) -> None:
    """A leader is struck: standing falls to the rung; offices that meetings fill are lost, outside the party all."""
    leader.struck = True
    leader.punished = max(leader.punished, rung)
    leader.standing = ladder.punished_standing(leader.standing, rung)
    lost = [office for office in leader.offices if office.appointer is None or leader.standing > IN_PARTY]
    party.note("sanctions", leader, f"is struck: {RUNG_NAMES[rung]}", leader.bloc, *lost)
    for office in lost:
        office.holder = None


def fill_offices(party: Party) -> None:
    """Vacant offices are filled by whoever holds the office that appoints, else by the ruling alliance."""
    for office in party.offices:
        if office.holder is None:
            blocs = party.ruling
            if office.appointer is not None:
                patron = office.appointer.acting_holder
                blocs = frozenset({patron.bloc} if patron is not None and patron.bloc is not None else ())
            office.holder = successor(party, blocs)
            if office.holder is not None:
                party.note("sanctions", office.holder, "is appointed to", office)


def successor(party: Party, blocs: frozenset[Bloc]) -> Leader | None:
    """Who gets an office among the members of some blocs: seated first, then fewest offices, then prestige."""
    able = [leader for leader in party.leaders if leader.bloc in blocs and leader.in_party]

    def rank(leader: Leader) -> tuple:
        return leader.standing < IN_PARTY, -len(leader.offices), leader.prestige

    return max(able, key=rank, default=None)


def fill_seats(party: Party) -> None:
    """Vacant Politburo seats go to the ruling blocs' most influential members of the Central Committee."""
    taken = sum(leader.standing == 0 and leader.alive >= 0 for leader in party.leaders)
    able = [leader for leader in party.leaders
            if leader.bloc in party.ruling and leader.alive == 1 and leader.standing == 1]  # fmt: skip
    able.sort(key=lambda leader: -leader.weight)  # stable: the first of equals first
    for leader in able[: max(0, party.seats - taken)]:
        leader.standing = 0
        party.note("sanctions", leader, "enters the Politburo", leader.bloc)


def surrender(party: Party) -> None:
    """Punished leaders out of power hold out or capitulate, chiefs first; some of those who did come back."""
    if not party.runs("surrender"):
        return
    readmit(party)
    for bloc in party.blocs:
        chief = None if bloc.rules else bloc.first(lambda leader: leader.may_surrender())
        if chief is not None:
            followers = [leader for leader in bloc.members if leader is not chief]
            for leader in (chief, *followers):
                leader.consider_surrender()


def readmit(party: Party) -> None:
    """Those who surrendered outside the party come back into it at a rate."""
    probability = chance(party.values.readmission, party.years_before)
    for leader in party.leaders:
        if leader.surrendered == 1 and leader.standing > IN_PARTY and leader.alive == 1:
            if party.shock(shocks.READMISSION, leader) < probability:
                leader.surrendered, leader.standing = 2, IN_PARTY
                party.note("surrender", leader, "is readmitted")
