"""Phase 6 of a meeting: the delegates vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.rules.sanctions import POLITBURO
from factions.rules.vote import contest, is_condemned, selection_exponent

if TYPE_CHECKING:
    from factions.model.agents import Leader
    from factions.model.party import Party


def vote(party: Party) -> None:
    """The open opposition's share of votes after selection, and every bloc's."""
    opposed, loyal = 0.0, 0.0
    for bloc in party.blocs:
        bloc.delegates = 0.0
    for leader in party.leaders:
        votes = leader.influence
        if party.case.by_heads[party.meeting]:
            votes = 1.0 if has_vote(leader) else 0.0
        if leader.bloc is not None:
            leader.bloc.delegates += votes
        if leader.bloc is not None and leader.bloc.open:
            opposed += votes
        else:
            loyal += votes
    share = opposed / (opposed + loyal) if opposed > 0.0 else 0.0
    party.vote_share = contest(share, exponent(party))
    for bloc in party.blocs:
        if bloc.open:
            bloc.delegates = party.vote_share * (bloc.delegates / opposed) if opposed > 0.0 else 0.0
        else:
            bloc.delegates = (1.0 - party.vote_share) * (bloc.delegates / loyal) if loyal > 0.0 else 0.0
    condemn(party)


def has_vote(leader: Leader) -> bool:
    """Does a leader vote where votes are by head: one who can act, and sits in the body or in a higher one."""
    return leader.in_party and leader.standing <= int(leader.party.case.franchise[leader.party.meeting])


def count_votes(party: Party) -> None:
    """How many heads every bloc has at a meeting."""
    for bloc in party.blocs:
        bloc.votes = sum(has_vote(leader) for leader in bloc.members)


def condemn(party: Party) -> None:
    """Open opponents whom delegates outvote are condemned, with a mandate against those who fell before."""
    for bloc in party.blocs:
        if is_condemned(bloc.open, party.vote_share, bool(party.case.by_heads[party.meeting])):
            if not bloc.condemned:
                party.note("vote", bloc, "is condemned")
            bloc.condemned = True
            if bloc.rung >= POLITBURO:
                bloc.mandate = True


def exponent(party: Party) -> float:
    """Exponent of the contest for the votes of this meeting."""
    return selection_exponent(party.values.contest, float(party.case.selection[party.meeting]))
