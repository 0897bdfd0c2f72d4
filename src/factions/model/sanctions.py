"""Phase 7 of a meeting: sanctions, and after them the offices and seats that they leave vacant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.decisions import Spared
from factions.model.offices import offices
from factions.model.overruling import overrule, remember, remember_rung
from factions.model.vote import exponent
from factions.rules import sanctions as ladder
from factions.rules.numeric import chance, logistic
from factions.vocabulary import ACTIVE, EXILED, EXPELLED, IN_PARTY, RUNGS

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party

CHIEF, FELLOWS, OUTSIDE = 0, 1, 2  # whom of a bloc a decision to punish is about


def sanctions(party: Party) -> None:
    """The ruling alliance punishes open opponents and those outside the party who hold out, one rung at a time."""
    party.spared = []
    for leader in party.leaders:
        leader.struck = False
    if party.case.overrules[party.meeting]:
        overrule(party)
    if party.runs("sanctions"):
        for bloc in party.blocs:
            if bloc.sanction_rule != 0:
                impose(party, bloc, bloc.sanction_rule)
                continue
            holdout = leading_holdout(bloc)  # before the blow: nobody is expelled and exiled at once
            if party.case.purging[party.meeting] and bloc in party.ousted:
                purge(party, bloc)
            elif bloc.open:
                punish(party, bloc, ladder.PARTY, dominance_of_rulers(party, bloc))
            elif bloc.condemned and bloc.chief is not None and party.runs("verdict"):
                punish(party, bloc, ladder.OFFICE, dominance_of_rulers(party, bloc))
            if holdout is not None:
                banish(party, bloc, holdout)
    remember_offences(party)
    offices(party)


def remember_offences(party: Party) -> None:
    """What the open opposition of each bloc counts for from now on."""
    by_heads = bool(party.case.by_heads[party.meeting])
    for bloc in party.blocs:
        bloc.offence = ladder.offence_after(bloc.offence, bloc.open, by_heads)


def dominance_of_rulers(party: Party, accused: Bloc, as_one: bool = False) -> float:
    """Votes that the strongest ruling bloc has by itself, against partners, open opponents and the accused bloc.

    With `as_one`: those that all ruling blocs have together.
    """
    most, rulers, opposition = 0.0, 0.0, 0.0
    for bloc in party.blocs:
        own = weight(party, bloc)
        if bloc.in_power:
            rulers += own
            most = max(most, own)
        elif bloc.open or bloc is accused:
            opposition += own
    return ladder.dominance(rulers if as_one else most, rulers, opposition, exponent(party))


def weight(party: Party, bloc: Bloc) -> float:
    """What a bloc has of that by which a punishment is decided: heads where votes decide who rules, else influence."""
    return float(bloc.votes) if party.case.by_votes[party.meeting] else bloc.influence


def impose(party: Party, bloc: Bloc, rung: int) -> None:
    """What a counterfactual decides in the rulers' place: a bloc out of power is struck by a rung, or spared (-1)."""
    if rung < 0 or bloc.in_power:
        return
    chief = bloc.chief if rung <= ladder.PARTY else leading_holdout(bloc)
    if chief is not None:
        party.note("sanctions", bloc, f"is punished: {RUNGS[rung]}", *party.in_order(party.ruling), imposed=1.0)
        reach(bloc, rung)
        strike(party, bloc, chief, rung)


def leading_holdout(bloc: Bloc) -> Leader | None:
    """First of a bloc's expelled and exiled who hold out: the designated chief, else by prestige."""
    return bloc.first(lambda leader: leader.activity == ACTIVE and EXPELLED <= leader.standing <= EXILED)


def holds_office(leader: Leader) -> int:
    """1 if a leader holds an office that meetings fill and he can lose; those of the apparatus are its patron's."""
    return int(any(office.appointer is None and office.held is not leader for office in leader.offices))


def next_felt(leader: Leader, lowest: int, highest: int) -> int:
    """Lowest rung of a range that takes something from a leader; else 0."""
    return next((rung for rung in range(lowest, highest + 1) if feels(leader, rung)), 0)


def feels(leader: Leader, rung: int) -> bool:
    """Would being drawn down to a rung take something from a leader."""
    return ladder.feels(leader.standing, holds_office(leader), rung) == 1


def may_strike(party: Party, bloc: Bloc, rung: int) -> bool:
    """Is there a mandate for the rung, or no need of one; and a relapse, or no need of one."""
    by_heads = bool(party.case.by_heads[party.meeting])
    if is_first_offence(party, bloc, rung):
        return False
    return not (party.runs("mandate") and ladder.needs_mandate(rung, by_heads)) or bloc.mandate > 0


def is_first_offence(party: Party, bloc: Bloc, rung: int) -> bool:
    """Does a rung need a relapse, and this is none."""
    return party.runs("relapse") and ladder.needs_relapse(rung) == 1 and bloc.offence == 0


def is_last_warning(party: Party, bloc: Bloc, rung: int) -> bool:
    """Do the rulers warn a bloc before they strike so hard for the first time."""
    by_heads = bool(party.case.by_heads[party.meeting])
    return party.runs("mandate") and ladder.is_last_warning(rung, by_heads, bloc.mandate) == 1


def punish(party: Party, bloc: Bloc, worst: int, dominance: float) -> None:
    """The chief of a bloc may fall by one rung, to `worst` at most; his fellows, to the one before.

    A rung that would take nothing from the chief is a warning: the bloc has reached it, and nobody is struck.  So is
    the first that takes a mandate, and that is not reached.
    """
    chief, reached = bloc.chief, min(bloc.rung, worst)
    assert chief is not None  # who opposes openly has influence, and so a chief
    rung = min(reached + 1, worst)
    if not party.runs("warning"):
        rung = next_felt(chief, rung, worst)
    felt = rung > 0 and feels(chief, rung)
    ahead = felt or rung > reached
    possible = ahead and party.case.competent[party.meeting, rung] and may_strike(party, bloc, rung)
    warned = is_last_warning(party, bloc, rung)
    if possible and decided(party, bloc, rung, CHIEF, dominance, "is punished" if felt and not warned else "is warned"):
        if warned:
            bloc.mandate = ladder.WARNED
        else:
            reach(bloc, rung)
            if felt:
                bring_down(party, chief, rung)
    elif bloc.open and ahead:
        spare(party, bloc, rung, dominance)
    if reached > 0 and party.case.competent[party.meeting, reached] and may_strike(party, bloc, reached):
        fellows = within_reach(bloc, chief, reached)
        if fellows and decided(party, bloc, reached, FELLOWS, dominance):  # else there is nothing to tell
            for leader in fellows:
                bring_down(party, leader, reached)


def spare(party: Party, bloc: Bloc, rung: int, dominance: float) -> None:
    """What saved an openly opposing bloc from the rung that came next: which of all that it takes was missing."""
    if not party.case.competent.any():
        return
    majority = float(party.case.majority[party.meeting, rung])
    if not party.case.competent[party.meeting, rung]:
        party.spared.append(Spared(bloc, rung, "competence"))
    elif is_first_offence(party, bloc, rung):
        party.spared.append(Spared(bloc, rung, "relapse"))
    elif not may_strike(party, bloc, rung):
        party.spared.append(Spared(bloc, rung, "mandate"))
    else:
        strongest = max(party.in_order(party.ruling), key=lambda each: weight(party, each))
        odds = sanction_odds(party, rung, dominance)
        party.spared.append(Spared(bloc, rung, "majority", strongest, dominance, majority, logistic(odds)))


def purge(party: Party, bloc: Bloc) -> None:
    """The rulers turn on a bloc that they have put out: its chief falls to the deepest rung that their votes carry."""
    chief = bloc.chief
    if chief is None:
        return
    votes = dominance_of_rulers(party, bloc, as_one=True)
    for rung in range(ladder.PARTY, 0, -1):
        if party.case.purges[party.meeting, rung] and feels(chief, rung):
            if decided(party, bloc, rung, CHIEF, votes, "is purged"):
                reach(bloc, rung)
                bring_down(party, chief, rung)
                return


def banish(party: Party, bloc: Bloc, holdout: Leader) -> None:
    """At a rate those whom the party expelled and who hold out are exiled; their first, if he is a rival, deported."""
    reached, years = bloc.rung, party.years_before
    rung = next_felt(holdout, max(reached + 1, ladder.EXILE), ladder.DEPORTATION)
    rung *= int(party.case.competent[party.meeting, rung])
    shock, probability = party.shock(shocks.SANCTION, bloc, OUTSIDE), chance(party.values.patronage, years)
    if rung == ladder.DEPORTATION:
        deported = chance(danger(party, holdout), years)
        rung, probability = (rung, deported) if shock < deported else (0, probability)
    if rung == 0 and reached >= ladder.EXILE and party.case.competent[party.meeting, ladder.EXILE]:
        rung = ladder.EXILE
    if rung > 0 and shock < probability:
        banished = within_reach(bloc, holdout, rung)
        if banished:  # all may be in exile already
            party.note(
                "sanctions", bloc, f"is punished: {RUNGS[rung]}", *party.in_order(party.ruling), probability=probability
            )
        reach(bloc, rung)
        for leader in banished:
            bring_down(party, leader, rung)


def danger(party: Party, holdout: Leader) -> float:
    """Rate per year at which one who holds out is deported: he against the most prestigious of the rulers."""
    rival = 0.0
    for leader in party.leaders:
        if leader.bloc is not None and leader.bloc.in_power and leader.in_party:
            rival = max(rival, leader.prestige)
    return ladder.deportation_rate(holdout.prestige, rival, party.values.patronage, party.values.contest)


def decided(party: Party, bloc: Bloc, rung: int, whom: int, dominance: float, action: str = "is punished") -> bool:
    """Do the rulers impose a rung on the chief or the fellows of a bloc; they are told of it as an action."""
    values, majority = party.values, float(party.case.majority[party.meeting, rung])
    probability = logistic(sanction_odds(party, rung, dominance))
    if not party.shock(shocks.SANCTION, bloc, whom) < probability:
        return False
    party.note(
        "sanctions",
        bloc,
        f"{action}: {RUNGS[rung]}",
        *party.in_order(party.ruling),
        probability=probability,
        dominance=values.precision * (dominance - majority),
        threat=values.sanction_threat * party.threat,
    )
    return True


def sanction_odds(party: Party, rung: int, dominance: float) -> float:
    """Log-odds of imposing a rung."""
    values, majority = party.values, float(party.case.majority[party.meeting, rung])
    return ladder.sanction_log_odds(dominance, majority, party.threat, values.precision, values.sanction_threat)


def strike(party: Party, bloc: Bloc, chief: Leader, rung: int) -> None:
    """All of a bloc who feel the rung are drawn down to it; the chief alone is deported."""
    for leader in within_reach(bloc, chief, rung):
        bring_down(party, leader, rung)


def within_reach(bloc: Bloc, chief: Leader, rung: int) -> list[Leader]:
    """Whom of a bloc a rung strikes: those who feel it, nobody twice at one meeting; the chief alone is deported."""
    outside = rung > ladder.PARTY
    return [
        leader
        for leader in bloc.members
        if leader.activity == ACTIVE
        and (leader.standing > IN_PARTY) == outside
        and feels(leader, rung)
        and not leader.struck
        and (leader is chief or rung != ladder.DEPORTATION)
    ]


def reach(bloc: Bloc, rung: int) -> None:
    """A bloc has reached a rung, if it had not before."""
    if rung > bloc.rung:
        remember_rung(bloc)
        bloc.rung = rung


def bring_down(party: Party, leader: Leader, rung: int) -> None:
    """A leader is struck: standing falls to the rung; offices that meetings fill are lost, outside the party all."""
    remember(leader)
    leader.struck = True
    leader.punished = max(leader.punished, rung)
    leader.standing = ladder.punished_standing(leader.standing, rung)
    outside = leader.standing > IN_PARTY
    offices = [office for office in leader.offices if outside or office.held is not leader]
    lost = [office for office in offices if office.appointer is None or outside]
    party.note("sanctions", leader, f"is struck: {RUNGS[rung]}", leader.bloc, *lost)
    for office in lost:
        office.holder = None
        office.claimant = leader if party.case.review[party.meeting] >= 0 else None
