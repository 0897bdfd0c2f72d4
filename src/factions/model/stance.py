"""Phase 5 of a meeting: blocs outside the ruling alliance speak out or keep quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.rules.numeric import logistic
from factions.rules.stance import critical_mass, keeps_truce, voice_log_odds
from factions.vocabulary import ACTIVE, DEPORTED, IN_PARTY

if TYPE_CHECKING:
    from factions.model.agents import Bloc
    from factions.model.party import Party


def stance(party: Party) -> None:
    """Blocs outside the ruling alliance oppose openly or keep quiet."""
    values = party.values
    weigh_names(party)
    for bloc in party.blocs:
        bloc.open = False
        if not bloc.alliance or bloc.alliance == party.ruling:
            continue
        strength, trust = names_of(party, bloc.alliance), trust_of_rulers(party, bloc)
        mass = critical_mass(values.voice_mass, bloc.condemned * party.factor("critical_mass"), stake(bloc))
        probability = logistic(voice_log_odds(strength, trust, mass, values.precision))
        bloc.open = party.shock(shocks.VOICE, bloc) < probability
        imposed = bloc.stance_rule
        if struck_in_session(party, bloc):
            bloc.open = False
            if imposed == 0:
                party.note("stance", bloc, "keeps quiet", truce=1.0)
                continue
        if imposed != 0:
            bloc.open = imposed == 1
        party.note(
            "stance",
            bloc,
            "speaks out" if bloc.open else "keeps quiet",
            probability=probability,
            strength=values.precision * (strength - mass),
            loyalty=-values.precision * max(trust, 0.0),
            **({"imposed": 1.0} if imposed != 0 else {}),
        )


def struck_in_session(party: Party, bloc: Bloc) -> bool:
    """Does a bloc keep quiet because it or an ally was struck at a meeting that has not closed."""
    found = any(leader.struck and leader.bloc in bloc.alliance for leader in party.leaders)
    return party.runs("truce") and keeps_truce(int(party.case.same_session[party.meeting]), found) == 1


def stake(bloc: Bloc) -> int:
    """1 if a bloc has something to lose by speaking: its first man in the country is in the party."""
    if not bloc.party.runs("stake"):
        return 1
    first = bloc.first(lambda leader: leader.activity == ACTIVE and leader.standing < DEPORTED)
    return int(first is not None and first.standing <= IN_PARTY)


def weigh_names(party: Party) -> None:
    """Every bloc's share of the prestige of all who are in play in the country, in the party or out of it."""
    total = 0.0
    for bloc in party.blocs:
        bloc.prominence = 0.0
    for leader in party.leaders:
        if leader.activity == ACTIVE and leader.standing < DEPORTED:
            total += leader.prestige
            if leader.bloc is not None:
                leader.bloc.prominence += leader.prestige
    for bloc in party.blocs:
        bloc.prominence = bloc.prominence / total if total > 0.0 else 0.0


def names_of(party: Party, alliance: frozenset[Bloc]) -> float:
    """Prominence of an alliance."""
    together = 0.0
    for bloc in party.blocs:
        if bloc in alliance:
            together += bloc.prominence
    return together


def trust_of_rulers(party: Party, bloc: Bloc) -> float:
    """Mean trust of the ruling blocs in a bloc, weighted by influence; 0 if nobody rules."""
    together, mean = 0.0, 0.0
    for ruler in party.blocs:
        if ruler.in_power:
            together += ruler.influence
            mean += ruler.influence * ruler.regard(bloc)
    return mean / together if together > 0.0 else 0.0
