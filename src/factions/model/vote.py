"""Phase 6 of a meeting: the delegates vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.influence import acting_holder
from factions.rules.sanctions import POLITBURO
from factions.rules.vote import contest, delegation, is_condemned, selection_exponent, with_delegations

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader
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
    won, delegations = contest(share, exponent(party)), open_delegations(party)
    sent = 0.0
    for _, size in delegations:
        sent += size
    party.vote_share = with_delegations(sent, won)
    for bloc in party.blocs:
        if bloc.open:
            bloc.delegates = (1.0 - sent) * won * (bloc.delegates / opposed) if opposed > 0.0 else 0.0
        else:
            bloc.delegates = (1.0 - party.vote_share) * (bloc.delegates / loyal) if loyal > 0.0 else 0.0
    for bloc, size in delegations:
        bloc.delegates += size
    condemn(party)


def open_delegations(party: Party) -> list[tuple[Bloc, float]]:
    """Open blocs whose men run organisations that send delegates to this meeting, each with their share."""
    found = []
    for office in [] if party.case.by_heads[party.meeting] else party.offices:
        head = acting_holder(office)
        if office.entry.delegates > 0.0 and head is not None and head.bloc is not None and head.bloc.open:
            found.append((head.bloc, delegation(office.entry.delegates, float(party.case.selection[party.meeting]))))
    return found


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
