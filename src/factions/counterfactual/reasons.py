"""Why a decision goes the other way in the twin of a world: the quantity behind it that differs most, on both sides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from factions.counterfactual.responses import Response
    from factions.model import Party
    from factions.model.agents import Bloc, Leader
    from factions.model.decisions import Decision

_SAME = 0.02
"""Quantities that lie nearer to each other are the same."""

_SLIGHT = 0.05
"""And so are those that differ by less than this share of the larger: they do not make anybody decide otherwise."""


@dataclass(frozen=True)
class Cause:
    """What differed behind a decision, and made it: a number without the change and with it.

    `what`: "line" (how far the public lines of `who` and `other` lie apart on `issue`, 0 to 2; that of `who` differs
    more), "salience" (the attention that `issue` draws, on which the lines of two blocs lie apart), "trust" (between
    two blocs, -1 to 1), "weight" (share of all influence of `who`; `instead`: who has what it lacks, or lacks what it
    has, with both shares), "safety" (the same of `who` alone), "rest" (the same of those who stay together), "power" (1
    if `who` rules, else 0), "ties", "strength" (share of all prestige of those who stand together), "names" (the same
    where a condemned opposition needs many), "mass" (the share that an opposition needs), "loyalty" (the rulers'
    trust), "dominance" (of the strongest ruling bloc, in votes; `needed`: at which the chances of a punishment are
    even), "condemned" and "mandate" (1 if delegates had condemned the bloc, lately or in time, else 0), "relapse" (1 if
    it had opposed openly not long before), "truce" (1 if a blow had just silenced it), "blow" (1 if men of the bloc
    were struck at the meeting), "punished" (1 if the man had been, before), "hope" (share of all influence that a man's
    alliance has left), "example" (share of his punished comrades who have given in).
    """

    what: str
    before: float
    after: float
    who: str = ""
    issue: str = ""
    instead: tuple[str, float, float] | None = None
    other: str = ""
    needed: float = 0.0

    @property
    def name(self) -> tuple[str, str, str]:
        """What two causes have in common that are the same, whatever their numbers."""
        return self.what, self.who, self.issue


Sides = tuple["Party", "Party"]
"""One pair of worlds in the readable model, after the meeting: without the change, and with it."""


def cause_of(response: Response, sides: Sides) -> Cause | None:
    """What made one pair decide differently; None if nothing that the model keeps of it differs."""
    kind = response.kind
    if kind in ("allied", "parted"):
        cause = _of_bargain(response, sides)
        return cause if cause is not None and fits(response, cause) else None
    if kind == "capitulated":
        return _of_surrender(response, sides)
    return _of_stance(response, sides) if kind == "open" else _of_rung(response, sides) if kind == "rung" else None


def fits(response: Response, cause: Cause) -> bool:
    """Does what differed behind an alliance, or a break, speak for what was decided, and not against it."""
    apart = cause.what in ("line", "salience", "safety", "rest", "power")
    nearer = cause.after < cause.before if apart else cause.after > cause.before
    return bool(nearer) is ((response.kind == "allied") is response.more)


def mean_cause(causes: Sequence[Cause | None]) -> tuple[Cause | None, int]:
    """The most frequent of the causes found in several pairs, with the means of its numbers, and in how many it is so.

    None, and 0, if it is so in no more than half of the pairs, or too little to be the cause.
    """
    names = [cause.name for cause in causes if cause is not None]
    most = max(names, key=names.count, default=None)
    alike = [cause for cause in causes if cause is not None and cause.name == most]
    if not alike or 2 * len(alike) <= len(causes):
        return None, 0
    before, after = (float(np.mean([getattr(each, side) for each in alike])) for side in ("before", "after"))
    others = [each.instead for each in alike if each.instead is not None and alike[0].instead is not None]
    others = [each for each in others if each[0] == others[0][0]]
    shares = [float(np.mean([each[k] for each in others])) for k in (1, 2)] if others else []
    instead = (others[0][0], shares[0], shares[1]) if others else None
    if abs(after - before) < max(_SAME, _SLIGHT * max(abs(before), abs(after))):
        return None, 0
    return replace(alike[0], before=before, after=after, instead=instead), len(alike)


def _decisions(party: Party, phase: str) -> Iterator[Decision]:
    return (each for each in party.decisions if each.meeting == party.meeting and each.phase == phase)


def _blocs(party: Party, names: Sequence[str]) -> list[Bloc]:
    return [bloc for bloc in party.blocs if bloc.entry.id in names]


def _largest(parts: Mapping[str, tuple[float, Callable[[], Cause]]]) -> Cause | None:
    """The cause whose part of the difference speaks most for what was decided; None if none does."""
    most = max(parts, key=lambda name: parts[name][0], default="")
    return parts[most][1]() if most and parts[most][0] > _SAME else None


# alliances ----------------------------------------------------------------------------------------------------------


def _of_bargain(response: Response, sides: Sides) -> Cause | None:
    """Both sides weigh the same step, that of the world in which it was taken; what it gains one of them more by."""
    from factions.model.bargaining import utility_terms

    taken, other = (sides[1], sides[0]) if response.more else sides
    move = _move(taken, response)
    if move is None:
        return None
    for free, bound in zip(_named(taken, response.who), _named(other, response.who), strict=True):
        if response.kind == "allied" and bound.in_power and not free.in_power:
            here, there = (1.0, 0.0) if response.more else (0.0, 1.0)
            return Cause("power", here, there, free.entry.id)
    apart = _without(taken, move)
    found = []
    for party in sides:
        (mover,), joint, alone = (_blocs(party, names) for names in ([move.actor], [*apart, *move.objects], apart))
        if not all(bloc.alliance for bloc in joint):
            return None
        one, two = (utility_terms(mover, frozenset(blocs)) for blocs in (joint, alone))
        found.append({name: (one[name] - two[name]) * (-1.0 if response.kind == "parted" else 1.0) for name in one})
    sign = 1.0 if response.more else -1.0
    parts = {name: sign * (found[1][name] - found[0][name]) for name in found[0] if name != "total"}
    makers: dict[str, Callable[[], Cause]] = {
        "policy": lambda: _line(sides, response.who if {*response.who} <= _all(move) else (move.actor, *move.objects)),
        "trust": lambda: trust_or_weight(sides, move.actor, move.objects),
        "ties": lambda: (
            Cause("ties", 0.0, 1.0) if (response.kind == "allied") is response.more else Cause("ties", 1.0, 0.0)
        ),
        "safety": lambda: _left(sides, apart),
    }
    return _largest({name: (part, makers[name]) for name, part in parts.items()})


def _move(party: Party, response: Response) -> Decision | None:
    """The free step by which two blocs came together or parted: of one of them, or a third that put one of them out."""
    moves, who = [*_decisions(party, "bargaining")], {*response.who}
    own = next((each for each in moves if who <= _all(each)), None)
    if own is not None or response.kind == "allied":
        return own if own is not None and own.action in ("leaves", "excludes", "allies with") else None
    return next((each for each in moves if each.action == "excludes" and len(who & {*each.objects}) == 1), None)


def _without(party: Party, move: Decision) -> list[str]:
    """Ids of those who are together with the mover without those whom a step is about."""
    (mover,) = _blocs(party, [move.actor])
    stay = [bloc.entry.id for bloc in party.blocs if bloc in mover.alliance] if move.action == "excludes" else []
    return [move.actor, *(name for name in stay if name not in _all(move))]


def _left(sides: Sides, apart: Sequence[str]) -> Cause:
    """What those weigh who are left, on both sides."""
    here, there = (float(sum(bloc.influence for bloc in _named(party, apart))) for party in sides)
    return Cause("safety" if len(apart) == 1 else "rest", here, there, apart[0])


def _all(decision: Decision) -> set[str]:
    return {decision.actor, *decision.objects}


def _line(sides: Sides, who: Sequence[str]) -> Cause:
    """On which issue the lines of two blocs lie nearer or further apart, and which of them has moved more.

    Or which issue draws more or less attention, if that makes the larger part of the difference.
    """
    lines = [[np.array(bloc.line) for bloc in _named(party, who)] for party in sides]
    gaps = [np.abs(one - two) for one, two, *_ in lines]
    weights = [np.array([float(value) for value in party.salience]) for party in sides]
    moves = np.abs((weights[0] + weights[1]) / 2 * (gaps[1] ** 2 - gaps[0] ** 2))
    draws = np.abs((weights[1] - weights[0]) * (gaps[0] ** 2 + gaps[1] ** 2) / 2)
    k = int(np.argmax(np.maximum(moves, draws)))
    issue = sides[1].content.issues[k].id
    if draws[k] > moves[k]:
        return Cause("salience", float(weights[0][k]), float(weights[1][k]), who[0], issue)
    moved = [abs(float(lines[1][b][k] - lines[0][b][k])) for b in (0, 1)]
    mover, other = who[:2] if moved[0] >= moved[1] else who[1::-1]
    return Cause("line", float(gaps[0][k]), float(gaps[1][k]), mover, issue, other=other)


def _named(party: Party, who: Sequence[str]) -> list[Bloc]:
    """Blocs in the order of their names."""
    known = {bloc.entry.id: bloc for bloc in party.blocs}
    return [known[name] for name in who]


def trust_or_weight(sides: Sides, mover: str, partners: Sequence[str]) -> Cause:
    """What a partner is to a bloc is trust times influence: which of the two differs by more of it."""
    regards, weights = [], []
    for party in sides:
        (one,) = _named(party, [mover])
        others = _named(party, partners)
        weights.append(float(sum(bloc.influence for bloc in others)))
        regards.append(float(sum(bloc.influence * one.regard(bloc) for bloc in others)) / weights[-1])
    by_trust = abs(regards[1] - regards[0]) * weights[0]
    by_weight = abs(weights[1] - weights[0]) * max(abs(regards[0]), abs(regards[1]))
    if by_weight > by_trust and len(partners) == 1:
        return Cause("weight", weights[0], weights[1], partners[0], instead=_instead(sides, mover, partners[0]))
    return Cause("trust", regards[0], regards[1], partners[0])


def _instead(sides: Sides, mover: str, partner: str) -> tuple[str, float, float] | None:
    """The third bloc whose influence differs most the other way, and its shares on both sides; None if none does."""
    here, there = ({bloc.entry.id: float(bloc.influence) for bloc in party.blocs} for party in sides)
    sign = 1.0 if there[partner] < here[partner] else -1.0
    gains = {name: sign * (there[name] - here[name]) for name in here if name not in (mover, partner)}
    most = max(gains, key=lambda name: gains[name], default="")
    return (most, here[most], there[most]) if most and gains[most] > _SAME else None


# speaking out -------------------------------------------------------------------------------------------------------


def _of_stance(response: Response, sides: Sides) -> Cause | None:
    """Which of the names of those who stand together, the number that they need, and the rulers' trust differs most."""
    from factions.model.stance import names_of, trust_of_rulers

    found = []
    made_them = [
        next((each for each in _decisions(party, "stance") if each.actor in response.who), None) for party in sides
    ]
    silenced = [float(each is not None and "truce" in each.terms) for each in made_them]
    if any(silenced):
        before, after = silenced
        return Cause("truce", before, after) if before != after else None
    for party, decision in zip(sides, made_them, strict=True):
        if decision is None or "imposed" in decision.terms:
            return None
        (bloc,), precision = _blocs(party, response.who), party.values.precision
        names = names_of(party, bloc.alliance)
        mass = names - decision.terms["strength"] / precision
        found.append({"strength": names, "mass": mass, "loyalty": max(trust_of_rulers(party, bloc), 0.0)})
    sign = 1.0 if response.more else -1.0
    speaks = {"strength": sign, "mass": -sign, "loyalty": -sign}

    def made(what: str) -> Callable[[], Cause]:
        called = "names" if what == "strength" and min(side["mass"] for side in found) > _SAME else what
        return lambda: Cause(called, found[0][what], found[1][what])

    return _largest({name: (to * (found[1][name] - found[0][name]), made(name)) for name, to in speaks.items()})


# punishments --------------------------------------------------------------------------------------------------------


def _of_rung(response: Response, sides: Sides) -> Cause | None:
    """What spared a bloc in one world that was struck in the other."""
    from factions.model.sanctions import dominance_of_rulers

    taken, other = (sides[1], sides[0]) if response.more else sides
    blow = next((each for each in _decisions(taken, "sanctions") if (each.actor,) == response.who), None)
    if blow is None or "dominance" not in blow.terms:
        return None
    (hit,), (not_hit,) = _blocs(taken, response.who), _blocs(other, response.who)
    spared = next((each.missing for each in other.spared if each.bloc is not_hit), "")
    without = (0.0, 1.0) if response.more else (1.0, 0.0)
    if not not_hit.alliance or not_hit.chief is None or spared == "competence":
        return None
    if spared in ("mandate", "relapse"):
        return Cause(spared, *without)
    if hit.condemned and not not_hit.condemned and not not_hit.open:
        return Cause("condemned", *without)
    votes = [dominance_of_rulers(party, _blocs(party, response.who)[0]) for party in sides]
    more = votes[1] - votes[0] if response.more else votes[0] - votes[1]
    needed = votes[int(response.more)] - blow.terms["dominance"] / taken.values.precision
    return Cause("dominance", votes[0], votes[1], needed=float(needed)) if more > _SAME else None


# surrender ----------------------------------------------------------------------------------------------------------


def _of_surrender(response: Response, sides: Sides) -> Cause | None:
    """What one side had that makes a man give in: a blow to his bloc, a weaker alliance, comrades who gave in."""
    taken, other = (sides[1], sides[0]) if response.more else sides
    done = next(
        (
            each
            for each in _decisions(taken, "surrender")
            if (each.actor, each.action) == (*response.who, "capitulates")
        ),
        None,
    )
    man = next((each for each in other.leaders if (each.entry.id,) == response.who), None)
    if done is None or man is None or man.bloc is None or "imposed" in done.terms:
        return None

    def cause(what: str, there: float, here: float) -> Cause:
        """From what is so where he gave in, and where he did not."""
        return Cause(what, here, there, done.objects[0]) if response.more else Cause(what, there, here, done.objects[0])

    if man.bloc.in_power:
        return cause("power", 0.0, 1.0)
    return _of_pressure(cause, done, taken, man)


def _of_pressure(
    cause: Callable[[str, float, float], Cause], done: Decision, taken: Party, man: Leader
) -> Cause | None:
    """The same of a man whose bloc rules on neither side."""
    from factions.model.surrender import example, hope

    assert man.bloc is not None
    there, here = _struck(taken, done.objects[0]), _struck(man.party, man.bloc.entry.id)
    if not here and (there or man.punished == 0):
        return cause("blow" if there else "punished", 1.0, 0.0)
    precision = taken.values.precision
    left = -done.terms["hope"] / precision, hope(man.party, man.bloc.alliance)
    shown = done.terms["example"] / precision, example(man.bloc)
    return _largest(
        {
            "hope": (left[1] - left[0], lambda: cause("hope", *left)),
            "example": (shown[0] - shown[1], lambda: cause("example", *shown)),
        }
    )


def _struck(party: Party, bloc: str) -> bool:
    """Have men of a bloc (id) been struck at this meeting, whether they still belong to it or not."""
    blows = (each for each in _decisions(party, "sanctions") if each.action.startswith("is struck"))
    return any(each.objects[:1] == (bloc,) for each in blows)
