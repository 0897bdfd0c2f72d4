"""One world told meeting by meeting: what was decided, and by which terms of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from factions.counterfactual.days import with_day
from factions.counterfactual.terms import SCALE, legend
from factions.errors import whole
from factions.report.spared import reasons_to_spare
from factions.report.told import Phases, Sign, Told
from factions.scenario.content.events import BaseEvent, kind_name
from factions.vocabulary import GREATEST
from factions.wording import BLOWS, Names, counted, day, deed, listed, percent, reasons, sentence

if TYPE_CHECKING:
    import numpy as np

    from factions.model.agents import Bloc
    from factions.model.decisions import Decision
    from factions.model.party import Party
    from factions.scenario import Scenario

_FEW = 0.001
"""A share of votes below which the tenth of a percent looks like none."""

_KEY = (
    "Brackets give the chance of a decision and the terms that decided it, the largest first. MODEL.md, section 7, has "
    "the rules."
)


@dataclass(frozen=True)
class Chapter:
    """One meeting of one world.

    `ruling`, `open`, `quiet`: ids of blocs at its end; `alliances`: those that stood outside the ruling one;
    `vote_share`: share of votes cast against the rulers, in [0, 1]; `decisions`: those since the last meeting, in
    order; `told`: all of it in English.
    """

    meeting: str
    name: str
    date: date
    ruling: tuple[str, ...]
    open: tuple[str, ...]
    quiet: tuple[str, ...]
    alliances: tuple[tuple[str, ...], ...]
    vote_share: float
    decisions: tuple[Decision, ...]
    told: Phases

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All of it in English; a phase in which nothing happened has no paragraph."""
        return tuple(" ".join(map(str, phase)) for phase in self.told if phase)

    def data(self) -> dict[str, Any]:
        """The chapter as plain data."""
        fields = {name: value for name, value in asdict(self).items() if name != "told"}
        return fields | {"date": self.date.isoformat(), "paragraphs": self.paragraphs}


@dataclass(frozen=True)
class Chronicle:
    """One world of a scenario, chapter by chapter."""

    title: str
    world: int
    seed: int
    chapters: tuple[Chapter, ...]

    def text(self) -> str:
        """The chronicle as plain text, a heading for each meeting."""
        heading = f"{self.title}\nWorld {self.world}, seed {self.seed}"
        parts = [heading, "\n".join([_KEY, *glossary(self.chapters)])]
        for chapter in self.chapters:
            title = with_day(chapter.name, chapter.date)
            parts.append("\n".join([title, "-" * len(title), "", "\n\n".join(chapter.paragraphs)]))
        return "\n\n".join(parts) + "\n"

    def data(self) -> dict[str, Any]:
        """The chronicle as plain data."""
        chapters = [chapter.data() for chapter in self.chapters]
        return {"title": self.title, "world": self.world, "seed": self.seed, "meetings": chapters}


def tell(scenario: Scenario, world: int, seed: int = 0, values: np.ndarray | None = None) -> Chronicle:
    """Run world number `world` (from 0) under a seed and tell it; `values`: its parameters, by default the scenario's.

    UsageError if the world or the seed is not one that the command line takes.
    """
    world, seed = whole("world", world, 0, GREATEST), whole("seed", seed, 0, GREATEST)
    from factions.model.party import Party
    from factions.model.run import forget

    party = Party(scenario, world, seed, values)
    chapters = tuple(told_along(_steps(party)))
    forget(party)
    return Chronicle(scenario.title, world, seed, chapters)


def _steps(party: Party) -> Iterator[Party]:
    while not party.finished:
        party.step()
        yield party


def terms_of(chapters: Iterable[Chapter]) -> list[tuple[str, str]]:
    """The terms by which decisions of these chapters were taken, each with what it means."""
    return legend(name for chapter in chapters for decision in chapter.decisions for name in decision.terms)


def glossary(chapters: Iterable[Chapter]) -> list[str]:
    """Lines that say what the terms of these chapters mean; none if there are none."""
    terms = terms_of(chapters)
    return [SCALE, *(f"- {term}: {meaning}" for term, meaning in terms)] if terms else []


def told_along(states: Iterable[Party]) -> Iterator[Chapter]:
    """One world, given as it stands after each meeting in turn, chapter by chapter."""
    seen, names = 0, None
    for party in states:
        names = names or Names(party.content)
        yield chapter(party, party.decisions[seen:], names)
        seen = len(party.decisions)


def chapter(party: Party, decisions: Sequence[Decision], names: Names) -> Chapter:
    """The meeting that a party has just held; `decisions`: those since the one before; `names`: of its scenario."""
    meeting = party.content.meetings[party.meeting]
    outside = sorted(
        {bloc.alliance for bloc in party.blocs if bloc.alliance} - {party.ruling},
        key=lambda alliance: min(bloc.position for bloc in alliance),
    )
    standing = [bloc for bloc in party.blocs if bloc.alliance and not bloc.in_power]
    return Chapter(
        meeting=meeting.id,
        name=meeting.name,
        date=meeting.date,
        ruling=_ids(party, party.ruling),
        open=tuple(bloc.entry.id for bloc in standing if bloc.open),
        quiet=tuple(bloc.entry.id for bloc in standing if not bloc.open),
        alliances=tuple(_ids(party, alliance) for alliance in outside),
        vote_share=float(party.vote_share),
        decisions=tuple(decisions),
        told=_Teller(party, decisions, outside, names).told(),
    )


def clauses(party: Party, decisions: Sequence[Decision], names: Names) -> list[tuple[Decision, str]]:
    """Decisions of a party, each with a sentence that says what was decided and why."""
    teller = _Teller(party, decisions, [], names)
    return [(decision, sentence(teller.deed([decision]) + _why(decision))) for decision in decisions]


def _ids(party: Party, alliance: frozenset[Bloc]) -> tuple[str, ...]:
    return tuple(bloc.entry.id for bloc in party.blocs if bloc in alliance)


class _Teller:
    """Puts one meeting into words: what happened before it, who stood where, the vote, and what came of it."""

    def __init__(
        self, party: Party, decisions: Sequence[Decision], outside: Sequence[frozenset[Bloc]], names: Names
    ) -> None:
        self.party, self.outside, self.names = party, outside, names
        self.decisions = decisions

    def told(self) -> Phases:
        """The sentences in the order of the schedule."""
        phases = (self.before(), self.bargaining(), self.stance(), self.sanctions(), self.surrender())
        return tuple(tuple(sentences) for sentences in phases)

    def phase(self, name: str) -> list[Decision]:
        """The decisions of a phase, in order."""
        return [decision for decision in self.decisions if decision.phase == name]

    def before(self) -> list[Told]:
        """Appointments by patronage and events since the last meeting, and leaders who changed sides."""
        said = [replace(self._decided([decision]), why="") for decision in self.phase("consequences")]
        failed = iter(self.phase("events"))
        for e, row in enumerate(self.party.due):
            if row.meeting == self.party.meeting and isinstance(row.entry, BaseEvent) and e in self.party.fates:
                what = self.deed([next(failed)]) if self.party.fates[e] else _named(row.entry)
                said.append(Told(f"{day(row.entry.date)}: {what}", signs=frozenset({("event", what)})))
        return said + self._told(self.phase("loyalty"))

    def bargaining(self) -> list[Told]:
        """Every move with its terms, and who rules in the end."""
        said = self._told(self.phase("bargaining"))
        ruling = _ids(self.party, self.party.ruling)
        if not ruling:
            return [*said, _state("no bloc had any influence left, and nobody ruled", "ruled")]
        rest = f", with {self._strength()}"
        said.append(_state(f"{self.names.bloc_list(ruling)} ruled", "ruled", *ruling, rest=rest))
        for alliance in self.outside:
            if len(alliance) > 1:
                ids = _ids(self.party, alliance)
                words = f"outside the ruling alliance, {self.names.bloc_list(ids)} stood together"
                said.append(_state(words, "together", *ids))
        return said

    def _strength(self) -> str:
        """What made the rulers the strongest: votes where these decide, else influence."""
        party = self.party
        if party.case.by_votes[party.meeting]:
            votes = sum(bloc.votes for bloc in party.blocs)
            return f"{sum(bloc.votes for bloc in party.ruling)} of {counted(votes, 'vote')}"
        share = sum(bloc.influence for bloc in party.blocs if bloc.in_power)
        return f"{percent(share)} of all influence"

    def stance(self) -> list[Told]:
        """Who spoke out and why, who kept quiet, and the vote."""
        spoke = [decision for decision in self.phase("stance") if decision.action == "speaks out"]
        quiet = [decision for decision in self.phase("stance") if decision.action == "keeps quiet"]
        said = self._told(spoke)
        silenced = [decision for decision in quiet if "truce" in decision.terms]
        for group, why in (([each for each in quiet if each not in silenced], ""), (silenced, _SILENCED)):
            if group:
                words = f"{self.names.bloc_list(d.actor for d in group)} kept quiet{why}"
                said.append(Told(words, "" if why else self._odds(group), signs=_signs(group)))
        if not spoke:
            return [*said, _state("the vote was unanimous", "vote", "unanimous")]
        share = self.party.vote_share
        votes = f"{share:.1%}" if share >= _FEW or share == 0.0 else f"less than {_FEW:.1%}"
        said.append(_state(f"the open opposition had {votes} of the votes", "vote", "divided"))
        return said + self._told(self.phase("vote"))

    def _odds(self, quiet: Sequence[Decision]) -> str:
        free = [decision for decision in quiet if "imposed" not in decision.terms]
        odds = [percent(decision.terms["probability"]) for decision in free]
        if len(free) < len(quiet):
            return ""
        each = f"{odds[0]} each" if len({*odds}) == 1 < len(odds) else listed(odds)
        return f" (chance of speaking out: {each})"

    def sanctions(self) -> list[Told]:
        """What was undone, punishments, whom they struck, who was spared and why, and who got what was left."""
        blows: list[tuple[Decision, list[Decision]]] = []
        known: dict[tuple[str, str, str], list[Decision]] = {}
        rest: list[Decision] = []
        undone = [decision for decision in self.phase("sanctions") if decision.action == "is reinstated"]
        for decision in self.phase("sanctions"):
            if decision.action.startswith(BLOWS):
                key = decision.actor, decision.action, _why(decision)  # a chief and his fellows, struck alike
                if key not in known:
                    blows.append((decision, []))
                struck = known.setdefault(key, blows[-1][1])
            elif decision.action.startswith("is struck"):
                struck.append(decision)
            elif decision not in undone:
                rest.append(decision)
        return self._told(undone) + [self._blow(*blow) for blow in blows] + self._spared() + self._told(rest)

    def _spared(self) -> list[Told]:
        """Whom of the open opponents no blow struck, and what was missing."""
        why = reasons_to_spare(self.party.spared, self.names)
        return [_state(words, "spared", *ids) for ids, words in why.items()]

    def _blow(self, punishment: Decision, struck: Sequence[Decision]) -> Told:
        """One sentence for a punishment: of which bloc, why, whom it struck, and the offices they lost."""
        losers = f": {listed(self._loser(decision) for decision in struck)}" if struck else ""
        return replace(self._decided([punishment]), rest=losers, signs=_signs([punishment, *struck]))

    def _loser(self, decision: Decision) -> str:
        name, offices = self.names.leaders[decision.actor], self.names.offices
        lost = [offices[each] for each in decision.objects if each in offices]
        return f"{name} (lost {listed(lost)})" if lost else name

    def surrender(self) -> list[Told]:
        """Who came back and who surrendered."""
        return self._told(self.phase("surrender"))

    def _told(self, decisions: Sequence[Decision]) -> list[Told]:
        """Decisions as clauses: who did what, and why; one clause for all who did the same for the same reason."""
        alike: dict[tuple[str, tuple[str, ...], str], list[Decision]] = {}
        for decision in decisions:
            key = decision.action, decision.objects, _why(decision)
            alike.setdefault(key, []).append(decision)
        return [self._decided(group) for group in alike.values()]

    def _decided(self, group: Sequence[Decision]) -> Told:
        """What all of a group did, and the reason of the first, which is that of all."""
        who, first = self._actors(group), group[0]
        frame = deed(self.names, "{}", first.phase, first.action, first.objects)
        return Told(self.deed(group), _why(first), signs=_signs(group), actors=who, frame=frame)

    def _actors(self, group: Sequence[Decision]) -> tuple[str, ...]:
        return tuple(self.names.actor(each.phase, each.actor, each.action) for each in group)

    def deed(self, group: Sequence[Decision]) -> str:
        """What all of a group did, without the reason."""
        first = group[0]
        return deed(self.names, listed(self._actors(group)), first.phase, first.action, first.objects)


def _signs(decisions: Sequence[Decision]) -> frozenset[Sign]:
    """What is told of decisions; a punishment is the same whoever else ruled."""
    with_whom = [() if each.action.startswith(BLOWS) else sorted(each.objects) for each in decisions]
    return frozenset(
        (each.phase, each.actor, each.action, *who) for each, who in zip(decisions, with_whom, strict=True)
    )


def _state(text: str, *sign: str, rest: str = "") -> Told:
    """A sentence on where things stood in the end."""
    return Told(text, rest=rest, signs=frozenset({sign}))


_SILENCED = ", since they or allies of theirs had just been struck in the same session"
"""Why those kept quiet whom a blow had silenced."""


def _named(event: BaseEvent) -> str:
    """What happened, in the words of the file, if it has any."""
    return event.text or event.name or kind_name(type(event)).replace("_", " ")


def _why(decision: Decision) -> str:
    """The chance of a decision and the terms behind it, in brackets; nothing if it has neither."""
    terms, why = decision.terms, []
    if "imposed" in terms:
        why.append("as the scenario dictates")
    elif "probability" in terms:
        why.append(f"a chance of {percent(terms['probability'])}")
    if reasons(terms):
        why.append(reasons(terms))
    return f" ({'; '.join(why)})" if why else ""
