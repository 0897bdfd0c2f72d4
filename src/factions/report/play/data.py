"""What `play.js` draws: the cast, the record, told worlds and the shares of all worlds, as data for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.counterfactual.divergence import common
from factions.counterfactual.paths import carry_over
from factions.report.play.choice import Chosen, choose_pairs, choose_worlds
from factions.report.play.frames import FINE, Frame, Texts, tell_frames
from factions.statements import predicates
from factions.statements.claims import Index, window
from factions.statements.documented import bloc_statements, places, spans
from factions.statements.shares import known, share_error
from factions.vocabulary import LADDER, PARTY_MEMBER
from factions.wording import day, first_and_last

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.paths import Paths
    from factions.results.ensemble import Ensemble
    from factions.scenario import Scenario

TOLD_WORLDS, TOLD_PAIRS = 20, 4
"""Worlds of a replay and pairs of a comparison that are told: either takes some three seconds."""


@dataclass(frozen=True)
class Person:
    """A leader: `short` is what stands beside his mark."""

    name: str
    short: str


@dataclass(frozen=True)
class Group:
    """A bloc: its `colour`, and a darker `ink` in which text can be read."""

    name: str
    colour: str
    ink: str


@dataclass(frozen=True)
class Occasion:
    """A meeting."""

    name: str
    day: str
    year: int


@dataclass(frozen=True)
class Documented:
    """A claim: it is decided at meeting `last`; `share` of the worlds in which it holds, with its error."""

    text: str
    last: int
    leaders: list[int]
    share: float
    error: float | None
    confidence: str
    sources: list[str]


@dataclass(frozen=True)
class Record:
    """What is documented: `places` (meeting, bloc, state); `spans` (bloc, state, first, last), see `documented`."""

    places: list[tuple[int, int, str]]
    spans: list[tuple[int, str, int, int]]
    claims: list[Documented]
    sources: dict[str, str]


@dataclass(frozen=True)
class Shares:
    """All worlds of one side: shares `states[state][meeting][bloc]`; `votes`: percentiles 10, 50, 90 by meeting."""

    name: str
    worlds: int
    states: dict[str, list[list[float]]]
    votes: list[list[float]]


@dataclass(frozen=True)
class Told:
    """One told world, or pair: `frames` and `held` (which claims hold, "1" or "0" each) of each side."""

    name: str
    why: str
    frames: list[list[Frame]]
    held: list[str]


@dataclass(frozen=True)
class Play:
    """All that a page plays; one side for a replay, two for a comparison.

    `parted`: share of the pairs that have parted by each meeting; `start`: the meeting to begin with, the first that a
    change can affect; `fine`: the whole that shares in frames are parts of.
    """

    leaders: list[Person]
    blocs: list[Group]
    offices: list[str]
    standings: list[str]
    meetings: list[Occasion]
    record: Record
    sides: list[Shares]
    told: list[Told]
    parted: list[float]
    texts: list[str]
    start: int
    fine: int = FINE


@dataclass(frozen=True)
class Side:
    """Worlds of one scenario along their paths."""

    name: str
    scenario: Scenario
    paths: Paths
    worlds: Ensemble


@dataclass(frozen=True)
class Cast:
    """What the sides have between them: entries of every list, and for each side where each entry stands in its own.

    -1: nowhere.  Meetings are those that all sides have.
    """

    entries: dict[str, list[Any]]
    place: dict[str, list[list[int]]]

    @classmethod
    def of(cls, scenarios: Sequence[Scenario]) -> Cast:
        """The cast of one scenario, or of two."""
        entries: dict[str, list[Any]] = {}
        place: dict[str, list[list[int]]] = {}
        for name in ("blocs", "leaders", "offices", "meetings"):
            ids = [[entry.id for entry in getattr(scenario, name)] for scenario in scenarios]
            by_id = {entry.id: entry for scenario in reversed(scenarios) for entry in getattr(scenario, name)}
            by_id = {key: by_id[key] for key in dict.fromkeys(key for own in ids for key in own)}
            if name == "meetings":
                by_id = {key: entry for key, entry in by_id.items() if all(key in own for own in ids)}
            entries[name] = list(by_id.values())
            place[name] = [[own.index(key) if key in own else -1 for key in by_id] for own in ids]
        return cls(entries, place)


@dataclass(frozen=True)
class Plan:
    """A `Play` whose worlds have not been told yet; it needs their paths, and no longer the worlds."""

    untold: Play
    cast: Cast
    roads: tuple[tuple[Scenario, Paths], ...]
    seed: int
    chosen: tuple[tuple[Chosen, list[str]], ...]

    def play(self, each: Callable[[], None] | None = None) -> Play:
        """Tell the chosen worlds; `each()` is called after every one."""
        told, texts = [], Texts()
        for one, held in self.chosen:
            frames: list[list[Frame]] = []
            for s in range(len(self.roads)):
                frames.append(self._frames(s, one.place, texts, frames[0][: self._alike] if s > 0 else []))
            told.append(Told(one.name, one.why, frames, held))
            if each is not None:
                each()
        return replace(self.untold, told=told, texts=list(texts.numbers))

    @property
    def _alike(self) -> int:
        """Meetings of which the worlds of a pair are told alike: those before the first that can differ, if the two
        sides have the same of everything."""
        same = all(len({tuple(side) for side in sides}) == 1 for sides in self.cast.place.values())
        return self.untold.start if same else 0

    def _frames(self, s: int, place: int, texts: Texts, known: list[Frame]) -> list[Frame]:
        """The frames of a world of side s, with blocs, leaders and offices at their places on the page.

        `known`: those of the first meetings.
        """
        scenario, paths = self.roads[s]
        told = tell_frames(scenario, paths, place, self.seed, texts, len(known))
        later = (m - len(known) for m in self.cast.place["meetings"][s][len(known) :])
        return [*known, *(_placed(told[m], s, self.cast) for m in later)]


def plan_replay(scenario: Scenario, paths: Paths, worlds: Ensemble, told: int = TOLD_WORLDS) -> Plan:
    """A replay: worlds of one scenario, `told` of them to be told."""
    return _plan([Side("", scenario, paths, worlds)], choose_worlds(worlds, told), [])


def plan_pairs(comparison: Comparison, told: int = TOLD_PAIRS) -> Plan:
    """A comparison that has its worlds: pairs, `told` of them to be told."""
    one, two = comparison.factual, comparison.counterfactual
    there = carry_over(comparison.paths, comparison.base, comparison.scenario)
    sides = [
        Side("Without the change", comparison.base, comparison.paths, one),
        Side("With the change", comparison.scenario, there, two),
    ]
    chosen = choose_pairs(
        one, two, comparison.example.pair, common(comparison.base, comparison.scenario, "meeting"), told
    )
    parted = [round(parting.share, 4) for parting in comparison.partings]
    return _plan(sides, chosen, parted, comparison.branch)


def _plan(sides: Sequence[Side], chosen: Iterable[Chosen], parted: list[float], first: str = "") -> Plan:
    cast = Cast.of([side.scenario for side in sides])
    held = [side.worlds.held for side in sides]
    untold = Play(
        leaders=_people(cast.entries["leaders"]),
        blocs=_groups(cast, sides),
        offices=[entry.name for entry in cast.entries["offices"]],
        standings=[*sides[0].scenario.bodies.values(), *(step.replace("_", " ") for step in LADDER[PARTY_MEMBER:])],
        meetings=[Occasion(entry.name, day(entry.date), entry.date.year) for entry in cast.entries["meetings"]],
        record=_record(sides[0], cast, held[0]),
        sides=[_shares(side, s, cast) for s, side in enumerate(sides)],
        told=[],
        parted=parted,
        texts=[],
        start=next((m for m, entry in enumerate(cast.entries["meetings"]) if entry.id == first), 0),
    )
    marks = tuple(
        (one, ["".join("1" if yes else "0" for yes in claims[one.place]) for claims in held]) for one in chosen
    )
    roads = tuple((side.scenario, side.paths) for side in sides)
    return Plan(untold, cast, roads, sides[0].worlds.seed, marks)


def _people(leaders: Iterable[Any]) -> list[Person]:
    """Leaders with what they are called where there is little room; those who share a last name have initials too."""
    leaders = list(leaders)
    called = [leader.called for leader in leaders]
    return [
        Person(leader.name, own if leader.short or called.count(own) == 1 else _with_initials(leader.name))
        for leader, own in zip(leaders, called, strict=True)
    ]


def _with_initials(name: str) -> str:
    first, last = first_and_last(name)
    return " ".join([*(word[0] + "." for word in first), last])


def _groups(cast: Cast, sides: Sequence[Side]) -> list[Group]:
    """Blocs in the colours that the figures give them."""
    from factions.plots.style import bloc_colours, readable

    colours: dict[str, str] = {}
    for side in reversed(sides):
        ids = [bloc.id for bloc in side.scenario.blocs]
        colours |= dict(zip(ids, bloc_colours(side.scenario), strict=True))
    return [Group(bloc.name, colours[bloc.id], readable(colours[bloc.id])) for bloc in cast.entries["blocs"]]


def _record(side: Side, cast: Cast, held: np.ndarray) -> Record:
    """What is documented, at the places that meetings, blocs and leaders have on the page."""
    scenario, index, said = side.scenario, Index(side.scenario), bloc_statements(side.scenario)
    found = places(scenario, said)
    meeting = {own: m for m, own in enumerate(cast.place["meetings"][0])}
    claims, used = [], set()
    for claim, share in zip(scenario.record, held.mean(axis=0), strict=True):
        first, last = (meeting.get(own, -1) for own in window(claim, index))
        if min(first, last) >= 0:
            leaders = [index.leader[leader] for leader in getattr(claim, "leaders", None) or ()]
            error = known(share_error(float(share), len(held)))
            rounded = None if error is None else round(error, 4)
            about = (claim.confidence or "", list(claim.sources))
            claims.append(Documented(claim.text, last, leaders, round(float(share), 4), rounded, *about))
            used |= set(claim.sources)
    return Record(
        places=[(meeting[m], bloc, state) for (m, bloc), state in found.items() if m in meeting],
        spans=[
            (bloc, state, meeting[first], meeting[last])
            for bloc, state, first, last in spans(said, found)
            if first in meeting and last in meeting
        ],
        claims=claims,
        sources={key: source.text for key, source in scenario.sources.items() if key in used},
    )


def _shares(side: Side, s: int, cast: Cast) -> Shares:
    """Shares of all worlds, over the meetings and blocs of the page."""
    meetings, blocs = cast.place["meetings"][s], cast.place["blocs"][s]
    states = {}
    for name, holds in predicates.states(side.worlds).items():
        share = holds.mean(axis=0)[meetings]
        states[name] = [[round(float(row[b]), 3) if b >= 0 else 0.0 for b in blocs] for row in share]
    votes = np.quantile(side.worlds["vote_share"], (0.1, 0.5, 0.9), axis=0)[:, meetings].T
    return Shares(side.name, len(side.worlds), states, [[round(float(v), 4) for v in row] for row in votes])


def _placed(frame: Frame, s: int, cast: Cast) -> Frame:
    """A frame of one side's own lists as one of the page's."""
    blocs, leaders, offices = (cast.place[name][s] for name in ("blocs", "leaders", "offices"))
    if all(own == list(range(len(own))) for own in (blocs, leaders, offices)):
        return frame
    bloc, leader = _back(blocs), _back(leaders)
    return replace(
        frame,
        ruling=bloc[frame.ruling],
        alliance=[bloc[frame.alliance[b]] if b >= 0 else -1 for b in blocs],
        open=_taken(frame.open, blocs, 0),
        influence=_taken(frame.influence, blocs, 0),
        membership=[bloc[frame.membership[i]] if i >= 0 else -1 for i in leaders],
        standing=_taken(frame.standing, leaders, 0),
        activity=_taken(frame.activity, leaders, -1),
        leader_influence=_taken(frame.leader_influence, leaders, 0),
        holder=[leader[frame.holder[o]] if o >= 0 else -1 for o in offices],
        struck=[leader[i] for i in frame.struck],
        surrendered=[leader[i] for i in frame.surrendered],
        acts=[(text, [leader[i] for i in people], [bloc[b] for b in groups]) for text, people, groups in frame.acts],
    )


def _back(places: list[int]) -> dict[int, int]:
    """From a side's own position to the page's; nobody stays nobody."""
    return {-1: -1} | {own: at for at, own in enumerate(places) if own >= 0}


def _taken(values: list[int], places: list[int], absent: int) -> list[int]:
    return [values[own] if own >= 0 else absent for own in places]
