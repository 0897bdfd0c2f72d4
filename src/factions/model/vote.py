"""Phase 6 of a meeting: the delegates vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.model.influence import acting_holder
from factions.rules.sanctions import FRESH, gives_mandate
from factions.rules.vote import contest, delegation, is_condemned, selection_exponent, with_delegations

if TYPE_CHECKING:
    from factions.model.agents import Bloc, Leader, Office
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
    won, sent = contest(share, exponent(party)), sent_by_open(party)
    party.vote_share = with_delegations(sent, won)
    for bloc in party.blocs:
        if bloc.open:
            bloc.delegates = (1.0 - sent) * won * (bloc.delegates / opposed) if opposed > 0.0 else 0.0
        else:
            bloc.delegates = (1.0 - party.vote_share) * (bloc.delegates / loyal) if loyal > 0.0 else 0.0
    for office in party.offices:
        sender = open_bloc_of(party, office)
        if sender is not None:
            sender.delegates += delegation(office.entry.delegates, float(party.case.selection[party.meeting]))
    condemn(party)


def sent_by_open(party: Party) -> float:
    """Share of all delegates whom the open opposition sends from organisations that its men run."""
    sent = 0.0
    for office in party.offices:
        if open_bloc_of(party, office) is not None:
            sent += delegation(office.entry.delegates, float(party.case.selection[party.meeting]))
    return sent


def open_bloc_of(party: Party, office: Office) -> Bloc | None:
    """The open bloc of who runs an organisation that sends delegates to this meeting; else None."""
    if party.case.by_heads[party.meeting] or office.entry.delegates == 0.0:
        return None
    head = acting_holder(office)
    bloc = head.bloc if head is not None else None
    return bloc if bloc is not None and bloc.open else None


def has_vote(leader: Leader) -> bool:
    """Does a leader vote where votes are by head: one who can act, and sits in the body or in a higher one."""
    return leader.in_party and leader.standing <= int(leader.party.case.franchise[leader.party.meeting])


def count_votes(party: Party) -> None:
    """How many heads every bloc has at a meeting."""
    for bloc in party.blocs:
        bloc.votes = sum(has_vote(leader) for leader in bloc.members)


def condemn(party: Party) -> None:
    """Open opponents whom delegates outvote are condemned; those who had fallen before, and relapse, with a mandate."""
    by_heads = bool(party.case.by_heads[party.meeting])
    for bloc in party.blocs:
        offence = bloc.offence if party.runs("relapse") else 0
        if is_condemned(bloc.open, party.vote_share, by_heads):
            if not bloc.condemned:
                party.note("vote", bloc, "is condemned")
            bloc.condemned, offence = True, FRESH
        if gives_mandate(bloc.condemned, offence, bloc.rung, by_heads):
            bloc.mandate = max(bloc.mandate, 1)


def exponent(party: Party) -> float:
    """Exponent of the contest for the votes of this meeting."""
    return selection_exponent(party.values.contest, float(party.case.selection[party.meeting]))
