"""Phase 4 of a meeting: blocs leave, join, merge, exclude and pair off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions import shocks
from factions.model.alliances import (
    Alliance,
    form,
    mean_line,
    number_after,
    number_of,
    pardon_rulers,
    put_out,
    rulers,
    settle,
    unit,
    weight_of,
)
from factions.rules import bargaining as rule

if TYPE_CHECKING:
    from factions.model.agents import Bloc
    from factions.model.party import Party


def bargaining(party: Party) -> None:
    """In an order that is itself a shock, each bloc makes the best move that those it brings in consent to."""
    before = party.ruling if party.meeting > 0 else rulers(party)
    moved = settle(party)
    if party.runs("bargaining"):
        appraise(party)
        if party.case.camps > 0:
            gather(party)
        for bloc in take_turns(party):
            if bloc.alliance:
                best = best_move(bloc)
                if best != bloc.alliance:
                    _note_move(bloc, best)
                    form(party, best)
                    moved |= {bloc}
    party.ruling = rulers(party)
    party.ousted = put_out(before, party.ruling, moved)
    pardon_rulers(party)


def pariahs(party: Party) -> Alliance[Bloc]:
    """The condemned, whom no bloc in good standing allies with; nobody with the mechanism off."""
    return frozenset(bloc for bloc in party.blocs if bloc.condemned and party.runs("isolation"))


def appraise(party: Party) -> None:
    """How every bloc judges every other as a partner at this meeting, weighted by the other's influence."""
    values = party.values
    for bloc in party.blocs:
        for other in party.blocs:
            bloc.appraisal[other] = 0.0
            if other is not bloc and bloc.alliance and other.alliance and party.runs("trust"):
                error = party.logistic_shock(shocks.JUDGEMENT, bloc, other)
                allied = int(other in bloc.alliance)
                trust = rule.appraised_trust(bloc.regard(other), error, values.misjudgement, allied, values.habit)
                bloc.appraisal[other] = other.influence * trust


def take_turns(party: Party) -> list[Bloc]:
    """All blocs in the order of their shocks."""
    return sorted(party.blocs, key=lambda bloc: party.shock(shocks.ORDER, bloc))


def partners_of(bloc: Bloc, alliance: Alliance[Bloc]) -> float:
    """What its partners in an alliance are to a bloc: their influence times its trust in them, as judged now."""
    partners = 0.0
    for other in bloc.party.blocs:
        if other in alliance:
            partners += bloc.appraisal[other]
    return partners


def ties_of(bloc: Bloc, alliance: Alliance[Bloc]) -> float:
    """What of that is the ties of its leaders with theirs."""
    if not bloc.party.runs("trust"):
        return 0.0
    others = (other for other in bloc.party.blocs if other in alliance and other is not bloc)
    return sum((other.influence * (bloc.regard(other) - bloc.trust[other]) for other in others), 0.0)


def utility(bloc: Bloc, alliance: Alliance[Bloc]) -> float:
    """Utility of an alliance to a bloc."""
    return utility_terms(bloc, alliance)["total"]


def utility_terms(bloc: Bloc, alliance: Alliance[Bloc]) -> dict[str, float]:
    """Utility of an alliance to a bloc, term by term: policy, trust, ties of persons, safety; `total` by the rule."""
    party, values = bloc.party, bloc.party.values
    together, partners, ties = weight_of(party, alliance), partners_of(bloc, alliance), ties_of(bloc, alliance)
    loss = 0.0
    for k, salience in enumerate(party.salience):
        loss += rule.policy_term(salience, bloc.line[k], mean_line(party, alliance, k))
    policy_motive = values.policy_motive * party.factor("policy")
    safety_motive = values.safety_motive * party.factor("safety")
    return {
        "policy": -policy_motive * loss,
        "trust": partners - ties,
        "ties": ties,
        "safety": safety_motive * rule.safety(together),
        "total": rule.alliance_utility(loss, partners, together, policy_motive, safety_motive),
    }


def gather(party: Party) -> None:
    """Where there are more alliances than camps, the two that gain most by it, or lose least, become one, and so on."""
    while number_of(party) > party.case.camps:
        best, most = None, 0.0
        for bloc in party.blocs:
            for other in party.blocs[: bloc.position]:
                pair = (other, bloc)
                if all(each.alliance and each is first_of(each.alliance) for each in pair):
                    alliance = bloc.alliance | other.alliance
                    gain = gain_of(alliance, alliance) if admissible(alliance) else 0.0
                    if admissible(alliance) and (best is None or gain > most):
                        best, most = pair, gain
        if best is None:
            return
        one, other = best
        party.note("bargaining", one, "is driven together with", *party.in_order(other.alliance))
        form(party, one.alliance | other.alliance)


def has_room(party: Party, alliance: Alliance[Bloc]) -> bool:
    """If these blocs become one alliance, are there no more of them than camps, or than there are now."""
    camps = party.case.camps
    return camps == 0 or number_after(party, alliance) <= max(camps, number_of(party))


def best_move(bloc: Bloc) -> Alliance[Bloc]:
    """The alliance that a bloc prefers among its own of now and those it can bring about."""
    own, alone = bloc.alliance, unit(bloc)
    best, best_utility = own, utility(bloc, own)
    if own != alone:
        best, best_utility = better(bloc, alone, best, best_utility)
    for other in bloc.party.blocs:
        theirs = other.alliance
        if not theirs or other in alone:
            continue
        partner = unit(other)
        if theirs != own and other is first_of(theirs):  # once for each other alliance
            best, best_utility = better(bloc, theirs | alone, best, best_utility)
            if own != alone:
                best, best_utility = better(bloc, theirs | own, best, best_utility)
        if theirs != partner and own != alone | partner:
            best, best_utility = better(bloc, alone | partner, best, best_utility)
    if own != alone:
        best = best_exclusion(bloc, alone, best, best_utility)
    return best


def first_of(alliance: Alliance[Bloc]) -> Bloc:
    """The bloc of an alliance that stands first in the file."""
    return min(alliance, key=lambda bloc: bloc.position)


def better(
    bloc: Bloc, alliance: Alliance[Bloc], best: Alliance[Bloc], best_utility: float
) -> tuple[Alliance[Bloc], float]:
    """The better of the best move so far and an alliance, if all others in it consent."""
    value = utility(bloc, alliance)
    possible = admissible(alliance) and has_room(bloc.party, alliance) and trusting(bloc, alliance)
    if value > best_utility and possible and all_consent(bloc, alliance):
        return alliance, value
    return best, best_utility


def admissible(alliance: Alliance[Bloc]) -> bool:
    """May these blocs share an alliance: all are condemned or none, and no two of them are kept apart."""
    condemned = pariahs(next(iter(alliance)).party) & alliance
    if condemned and condemned != alliance:
        return False
    return not any(bloc.shuns(other) for bloc in alliance for other in alliance)


def trusting(bloc: Bloc, alliance: Alliance[Bloc]) -> bool:
    """Is the trust between those of an alliance who are allied with a bloc and the others not negative on the whole."""
    party, between = bloc.party, 0.0
    if party.runs("distrust") and party.runs("trust"):
        for one in party.in_order(alliance & bloc.alliance):
            for other in party.in_order(alliance - bloc.alliance):
                between += rule.mutual_trust(one.influence, other.influence, one.regard(other))
    return between >= 0.0


def all_consent(bloc: Bloc, alliance: Alliance[Bloc]) -> bool:
    """Do those whom a bloc brings into an alliance consent: its own partners, and those of the other alliance."""
    partners = alliance - {bloc}
    return consent(bloc.party, partners & bloc.alliance, alliance) and consent(
        bloc.party, partners - bloc.alliance, alliance
    )


def consent(party: Party, asked: Alliance[Bloc], alliance: Alliance[Bloc]) -> bool:
    """Do those asked prefer to belong to an alliance; nobody asked does not object.

    Their gains must outweigh their losses, weighted by influence; without compensation, nobody may lose.
    """
    if party.runs("compensation"):
        return not asked or gain_of(asked, alliance) > 0.0
    return all_gain(asked, alliance)


def gain_of(asked: Alliance[Bloc], alliance: Alliance[Bloc]) -> float:
    """What those asked gain by belonging to an alliance, less what they lose, weighted by influence."""
    gain = 0.0
    for bloc in sorted(asked, key=lambda bloc: bloc.position):
        gain += bloc.influence * (utility(bloc, alliance) - utility(bloc, bloc.alliance))
    return gain


def all_gain(asked: Alliance[Bloc], alliance: Alliance[Bloc]) -> bool:
    """Do all who are asked prefer to belong to an alliance."""
    return all(gains(bloc, alliance) for bloc in asked)


def gains(bloc: Bloc, alliance: Alliance[Bloc]) -> bool:
    """Does a bloc prefer an alliance to its own of now."""
    return utility(bloc, alliance) > utility(bloc, bloc.alliance)


def best_exclusion(bloc: Bloc, alone: Alliance[Bloc], best: Alliance[Bloc], best_utility: float) -> Alliance[Bloc]:
    """Exclude the partner one would rather be without, if those who remain consent, the mover among them."""
    rest: Alliance[Bloc] = Alliance()
    value = best_utility
    for other in bloc.party.blocs:
        if other in bloc.alliance and other not in alone:
            others = bloc.alliance - unit(other)
            without = utility(bloc, others)
            if without > value:
                rest, value = others, without
    return rest if rest and has_room(bloc.party, rest) and consent(bloc.party, rest, rest) else best


def _note_move(mover: Bloc, alliance: Alliance[Bloc]) -> None:
    now, then = utility_terms(mover, alliance), utility_terms(mover, mover.alliance)
    terms = {name: now[name] - then[name] for name in now}
    gone, won = mover.party.in_order(mover.alliance - alliance), mover.party.in_order(alliance - mover.alliance)
    if mover.alliance > alliance and len(alliance) > 1:
        mover.party.note("bargaining", mover, "excludes", *gone, **terms)
    elif won:
        mover.party.note("bargaining", mover, "allies with", *won, **terms)
    else:
        mover.party.note("bargaining", mover, "leaves", *gone, **terms)
