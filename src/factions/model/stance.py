"""Phase 5 of a meeting: blocs outside the ruling alliance speak out or keep quiet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.bargaining import weight_of
from factions.rules.numeric import logistic
from factions.rules.stance import voice_log_odds

if TYPE_CHECKING:
    from factions.model.agents import Bloc
    from factions.model.party import Party


def stance(party: Party) -> None:
    """Blocs outside the ruling alliance oppose openly or keep quiet."""
    values = party.values
    for bloc in party.blocs:
        bloc.open = False
        if not bloc.alliance or bloc.alliance == party.ruling:
            continue
        strength, trust = weight_of(party, bloc.alliance), trust_of_rulers(party, bloc)
        probability = logistic(voice_log_odds(strength, trust, values.precision, values.voice_loyalty))
        bloc.open = party.shock(shocks.VOICE, bloc) < probability
        imposed = int(party.case.stance_rule[party.meeting, bloc.position])
        if imposed != 0:
            bloc.open = imposed == 1
        party.note(
            "stance",
            bloc,
            "speaks out" if bloc.open else "keeps quiet",
            probability=probability,
            strength=values.precision * strength,
            loyalty=-values.voice_loyalty * max(trust, 0.0),
            **({"imposed": 1.0} if imposed != 0 else {}),
        )


def trust_of_rulers(party: Party, bloc: Bloc) -> float:
    """Mean trust of the ruling blocs in a bloc, weighted by influence; 0 if nobody rules."""
    together, mean = 0.0, 0.0
    for ruler in party.blocs:
        if ruler.in_power:
            together += ruler.influence
            mean += ruler.influence * ruler.trust[bloc]
    return mean / together if together > 0.0 else 0.0
