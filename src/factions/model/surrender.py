"""Phase 8 of a meeting: surrender and readmission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.rules.numeric import chance, logistic
from factions.rules.surrender import may_surrender, surrender_log_odds, surrender_rate
from factions.vocabulary import ACTIVE, CAPITULATED, IN_PARTY, READMITTED

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
    from factions.model.party import Party


def surrender(party: Party) -> None:
    """Punished leaders out of power hold out or capitulate; some of those who did earlier come back."""
    if not party.runs("surrender"):
        return
    readmit(party)
    for bloc in party.blocs:
        if not bloc.in_power:
            blow, shown, strength = was_struck(bloc), example(bloc), hope(party, bloc.alliance)
            threatened = blow and party.runs("submission")
            for leader in bloc.members:
                if is_asked(leader, threatened):
                    consider_surrender(party, leader, bloc, blow, shown, strength)


def readmit(party: Party) -> None:
    """All who have surrendered outside the party come back into it together, at a rate."""
    if party.shock(shocks.READMISSION) >= chance(party.values.readmission, party.years_before):
        return
    for leader in party.leaders:
        if leader.surrendered == CAPITULATED and leader.standing > IN_PARTY and leader.activity == ACTIVE:
            leader.surrendered, leader.standing = READMITTED, IN_PARTY
            party.note("surrender", leader, "is readmitted")


def is_asked(leader: Leader, threatened: bool) -> bool:
    """May a leader surrender: punished, or of a bloc on which a blow falls now."""
    return may_surrender(leader.activity, leader.punished, leader.standing, threatened)


def was_struck(bloc: Bloc) -> bool:
    """Has anyone of a bloc been struck at this meeting."""
    return any(leader.struck for leader in bloc.members)


def example(bloc: Bloc) -> float:
    """Share of those punished in a bloc who have surrendered, weighted by prestige; the deported are out of sight."""
    held = 0.0
    for leader in bloc.members:
        if is_asked(leader, False):
            held += leader.prestige
    together = held + bloc.recanted
    return bloc.recanted / together if together > 0.0 else 0.0


def hope(party: Party, alliance: frozenset[Bloc]) -> float:
    """Share of all influence that the men of an alliance had, of whom are in the party still, after the blows."""
    left = 0.0
    for leader in party.leaders:
        if leader.bloc is not None and leader.bloc in alliance and leader.in_party:
            left += leader.influence
    return left


def consider_surrender(party: Party, leader: Leader, bloc: Bloc, blow: bool, shown: float, strength: float) -> None:
    """A leader holds out or capitulates: by his log-odds when a blow has fallen on the bloc, else by a rate."""
    values = party.values
    discipline = leader.ideal[party.case.regime] if party.case.regime >= 0 else 0.0
    log_odds = surrender_log_odds(
        strength, discipline, shown, values.precision, values.surrender, values.surrender_discipline
    )
    if blow:
        probability = logistic(log_odds)
    else:
        probability = chance(surrender_rate(log_odds), party.years_before)
    gives_in = party.shock(shocks.SURRENDER, leader) < probability
    imposed = leader.surrender_rule
    if imposed != 0:
        gives_in = imposed == 1
    if gives_in:
        party.note(
            "surrender",
            leader,
            "capitulates",
            bloc,
            probability=probability,
            hope=-values.precision * strength,
            discipline=values.surrender_discipline * discipline,
            example=values.precision * shown,
            **({"imposed": 1.0} if imposed != 0 else {}),
        )
        leader.surrendered = CAPITULATED
        bloc.recanted += leader.prestige
        leader.bloc = None
