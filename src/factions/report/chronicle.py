"""One world told meeting by meeting: what was decided, and by which terms of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from factions.errors import whole
from factions.scenario.events import BaseEvent, kind_name
from factions.vocabulary import GREATEST
from factions.wording import Names, day, deed, listed, percent, reasons, sentence

if TYPE_CHECKING:
    import numpy as np

    from factions.model.agents import Bloc
    from factions.model.decisions import Decision
    from factions.model.party import Party
    from factions.scenario import Scenario

_KEY = (
    "Brackets give the chance of a decision and the terms that decided it, the largest first. "
    "MODEL.md, section 7, explains the rules and their terms."
)


@dataclass(frozen=True)
class Chapter:
    """One meeting of one world.

    `ruling`, `open`, `quiet`: ids of blocs at its end; `alliances`: those that stood outside the ruling one;
    `vote_share`: share of votes cast against the rulers, in [0, 1]; `decisions`: those since the last meeting, in
    order; `paragraphs`: all of it in English.
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
    paragraphs: tuple[str, ...]


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
        parts = [heading, _KEY]
        for chapter in self.chapters:
            title = f"{chapter.name} ({day(chapter.date)})"
            parts.append("\n".join([title, "-" * len(title), "", "\n\n".join(chapter.paragraphs)]))
        return "\n\n".join(parts) + "\n"

    def data(self) -> dict[str, Any]:
        """The chronicle as plain data."""
        chapters = [asdict(chapter) | {"date": chapter.date.isoformat()} for chapter in self.chapters]
        return {"title": self.title, "world": self.world, "seed": self.seed, "meetings": chapters}


def tell(scenario: Scenario, world: int, seed: int = 0, values: np.ndarray | None = None) -> Chronicle:
    """Run world number `world` (from 0) under a seed and tell it; `values`: its parameters, by default the scenario's.

    UsageError if the world or the seed is not one that the command line takes.
    """
    world, seed = whole("world", world, 0, GREATEST), whole("seed", seed, 0, GREATEST)
    from factions.model.party import Party
    from factions.model.run import forget

    party = Party(scenario, world, seed, values)
    chapters, seen = [], 0
    while not party.finished:
        party.step()
        chapters.append(chapter(party, party.decisions[seen:]))
        seen = len(party.decisions)
    forget(party)
    return Chronicle(scenario.title, world, seed, tuple(chapters))


def chapter(party: Party, decisions: Sequence[Decision]) -> Chapter:
    """The meeting that a party has just held; `decisions`: those since the one before."""
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
        paragraphs=tuple(_Teller(party, decisions, outside).paragraphs()),
    )


def clauses(party: Party, decisions: Sequence[Decision]) -> list[tuple[Decision, str]]:
    """Decisions of a party, each with a sentence that says what was decided and why."""
    teller = _Teller(party, decisions, [])
    return [(decision, sentence(teller.deed([decision]) + _why(decision))) for decision in decisions]


def _ids(party: Party, alliance: frozenset[Bloc]) -> tuple[str, ...]:
    return tuple(bloc.entry.id for bloc in party.blocs if bloc in alliance)


class _Teller:
    """Puts one meeting into words: what happened before it, who stood where, the vote, and what came of it."""

    def __init__(self, party: Party, decisions: Sequence[Decision], outside: Sequence[frozenset[Bloc]]) -> None:
        self.party, self.outside, self.names = party, outside, Names(party.content)
        self.decisions = decisions

    def paragraphs(self) -> list[str]:
        """The paragraphs in the order of the schedule; a phase in which nothing happened has none."""
        told = [self.before(), self.bargaining(), self.stance(), self.sanctions(), self.surrender()]
        return [" ".join(map(sentence, sentences)) for sentences in told if sentences]

    def phase(self, name: str) -> list[Decision]:
        """The decisions of a phase, in order."""
        return [decision for decision in self.decisions if decision.phase == name]

    def before(self) -> list[str]:
        """Appointments by patronage and events since the last meeting, and leaders who changed sides."""
        said = [self.deed([decision]) for decision in self.phase("consequences")]
        failed = iter(self.phase("events"))
        for row, happened in zip(self.party.due, self.party.happened, strict=True):
            if row.meeting == self.party.meeting and isinstance(row.entry, BaseEvent):
                what = _named(row.entry) if happened else self.deed([next(failed)])
                said.append(f"{day(row.entry.date)}: {what}")
        return said + self._told(self.phase("loyalty"))

    def bargaining(self) -> list[str]:
        """Every move with its terms, and who rules in the end."""
        said = self._told(self.phase("bargaining"))
        ruling = _ids(self.party, self.party.ruling)
        share = percent(sum(bloc.influence for bloc in self.party.blocs if bloc.in_power))
        if not ruling:
            return [*said, "no bloc had any influence left, and nobody ruled"]
        said.append(f"{self.names.bloc_list(ruling)} ruled, with {share} of all influence")
        for alliance in self.outside:
            if len(alliance) > 1:
                together = self.names.bloc_list(_ids(self.party, alliance))
                said.append(f"outside the ruling alliance, {together} stood together")
        return said

    def stance(self) -> list[str]:
        """Who spoke out and why, who kept quiet, and the vote."""
        spoke = [decision for decision in self.phase("stance") if decision.action == "speaks out"]
        quiet = [decision for decision in self.phase("stance") if decision.action == "keeps quiet"]
        said = self._told(spoke)
        if quiet:
            said.append(f"{self.names.bloc_list(d.actor for d in quiet)} kept quiet{self._odds(quiet)}")
        if not spoke:
            return [*said, "the vote was unanimous"]
        said.append(f"the open opposition had {self.party.vote_share:.1%} of the votes")
        return said + self._told(self.phase("vote"))

    def _odds(self, quiet: Sequence[Decision]) -> str:
        free = [decision for decision in quiet if "imposed" not in decision.terms]
        odds = listed(percent(decision.terms["probability"]) for decision in free)
        return f" (chance of speaking out: {odds})" if len(free) == len(quiet) else ""

    def sanctions(self) -> list[str]:
        """Punishments, whom they struck, and who got what was left."""
        blows: list[tuple[Decision, list[Decision]]] = []
        rest: list[Decision] = []
        for decision in self.phase("sanctions"):
            if decision.action.startswith("is punished"):
                blows.append((decision, []))
            elif decision.action.startswith("is struck"):
                blows[-1][1].append(decision)
            else:
                rest.append(decision)
        return [self._blow(*blow) for blow in blows] + self._told(rest)

    def _blow(self, punishment: Decision, struck: Sequence[Decision]) -> str:
        """One sentence for a punishment: of which bloc, why, whom it struck, and the offices they lost."""
        return f"{self._told([punishment])[0]}: {listed(self._loser(decision) for decision in struck)}"

    def _loser(self, decision: Decision) -> str:
        name, offices = self.names.leaders[decision.actor], self.names.offices
        lost = [offices[each] for each in decision.objects if each in offices]
        return f"{name} (lost {listed(lost)})" if lost else name

    def surrender(self) -> list[str]:
        """Who came back and who surrendered."""
        return self._told(self.phase("surrender"))

    def _told(self, decisions: Sequence[Decision]) -> list[str]:
        """Decisions as clauses: who did what, and why; one clause for all who did the same for the same reason."""
        alike: dict[tuple[str, tuple[str, ...], str], list[Decision]] = {}
        for decision in decisions:
            key = decision.action, decision.objects, _why(decision)
            alike.setdefault(key, []).append(decision)
        return [self.deed(group) + _why(group[0]) for group in alike.values()]

    def deed(self, group: Sequence[Decision]) -> str:
        """What all of a group did, without the reason."""
        first, names = group[0], self.names
        actors = listed(names.actor(each.phase, each.actor, each.action) for each in group)
        return deed(names, actors, first.phase, first.action, first.objects)


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
