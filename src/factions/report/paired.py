"""One pair of worlds told side by side, without the change and with it, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, zip_longest
from math import isinf
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from factions.counterfactual.days import day_of, with_day
from factions.counterfactual.example import Example, Shows
from factions.counterfactual.readable import follow
from factions.counterfactual.shown import half
from factions.counterfactual.terms import SCALE
from factions.report.chronicle import Chapter, glossary, terms_of, told_along
from factions.report.next_steps import pair_command
from factions.report.page import REPEAT, Page, escape
from factions.report.table import PIPED, Block, Column, as_text, table
from factions.report.told import Phases, Told, in_short
from factions.store.files import write_text
from factions.wording import counted, month, out_of, percent

if TYPE_CHECKING:
    from pathlib import Path

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.pairs import Pairs
    from factions.report.told import Sign

_SEEN = 0.005
"""A share of pairs that is told."""

MARK = "»"
"""What stands in a text before a sentence that is true of one side alone."""
SIDES = ("without the change", "with the change")
_KEY = (
    f"Both worlds have the same luck. {MARK} marks what is told of one side alone, with its chance and the terms that "
    "decided it in brackets; everything else happened in both."
)


@dataclass(frozen=True)
class Beside:
    """One meeting on both sides; None on the side that has no such meeting."""

    here: Chapter | None
    there: Chapter | None

    @property
    def chapter(self) -> Chapter:
        """The meeting on either side, for its name and day."""
        found = self.here or self.there
        assert found is not None
        return found

    @property
    def name(self) -> str:
        """The meeting and its day."""
        return with_day(self.chapter.name, self.chapter.date)

    @property
    def same(self) -> bool:
        """Is nothing told of one side alone."""
        return not any(self.marked(told, k) for k in (0, 1) for phase in self.phases(k) for told in phase)

    @property
    def alike(self) -> bool:
        """Are both sides told in the same words, so that one tells of both."""
        here, there = ([[told.short for told in phase] for phase in self.phases(k)] for k in (0, 1))
        return self.same and here == there

    def phases(self, side: int) -> Phases:
        """What is told of one side: 0 without the change, 1 with it."""
        chapter = (self.here, self.there)[side]
        return chapter.told if chapter is not None else ()

    def marked(self, told: Told, side: int) -> bool:
        """Is a sentence of one side not told of the other."""
        return not told.signs <= _signs(self.phases(1 - side))

    @property
    def decisions(self) -> int:
        """How many decisions, events and alignments one of the sides has alone."""
        return len(_signs(self.phases(0)) ^ _signs(self.phases(1)))


def _signs(phases: Phases) -> set[Sign]:
    return {sign for phase in phases for told in phase for sign in told.signs}


@dataclass(frozen=True)
class PairedChronicle:
    """Pair number `pair` of a comparison, meeting by meeting.

    `pairs`: how many the comparison has; with its condition and seed this says which worlds they are.  `why`: what
    it shows of the answer, if it was chosen for that.
    """

    title: str
    question: str
    pair: int
    pairs: int
    seed: int
    condition: str
    meetings: tuple[Beside, ...]
    why: tuple[Block, ...] = ()

    @property
    def first(self) -> Beside | None:
        """The first meeting at which the two worlds differ, or None."""
        return next((each for each in self.meetings if not each.same), None)

    def heading(self) -> str:
        """What is told, in one line."""
        return f"Pair {self.pair}, one of {self.pairs:,} simulated pairs: an example, which proves nothing"

    def opening(self) -> str:
        """Where the two worlds part, and in how much they differ."""
        if self.first is None:
            return "The two worlds are the same to the end."
        apart = [each for each in self.meetings if not each.same]
        return (
            f"The two worlds are the same before “{self.first.name}”, and differ at "
            f"{len(apart)} of {counted(len(self.meetings), 'meeting')}."
        )

    def blocks(self) -> list[Block]:
        """The pair as paragraphs and tables: what is the same is told once, the rest in two columns."""
        title = "\n".join([self.title, "=" * len(self.title), self.question]).rstrip()
        opening = f"{self.heading()}. {self.opening()}\n{_KEY}"
        terms = ["\n".join(glossary(self.chapters))] if glossary(self.chapters) else []
        return [title, *self.why, opening, *terms, *(self._meeting(each) for each in self.meetings)]

    @property
    def chapters(self) -> list[Chapter]:
        """The meetings of both sides."""
        return [chapter for each in self.meetings for chapter in (each.here, each.there) if chapter is not None]

    def _meeting(self, meeting: Beside) -> Block:
        if meeting.alike:
            told = "\n".join(" ".join(in_short(phase)) for phase in meeting.phases(0) if phase)
            return f"{meeting.name}: the same in both\n{told}"
        rows = [tuple(_cell(meeting, phases, side) for side, phases in enumerate(pair)) for pair in _paired(meeting)]
        return table(rows, Column(SIDES[0], itemgetter(0)), Column(SIDES[1], itemgetter(1)), title=meeting.name)

    def data(self) -> dict[str, Any]:
        """The pair as plain data."""
        return {
            "title": self.title,
            "question": self.question,
            "pair": self.pair,
            "pairs": self.pairs,
            "seed": self.seed,
            "condition": self.condition,
            "first": self.first.chapter.meeting if self.first is not None else None,
            "meetings": [
                {
                    "meeting": each.chapter.meeting,
                    "same": each.same,
                    "without": None if each.here is None else each.here.data(),
                    "with": None if each.there is None else each.there.data(),
                    "only_without": _alone(each, 0),
                    "only_with": _alone(each, 1),
                }
                for each in self.meetings
            ],
        }

    def add_to(self, page: Page) -> None:
        """Put the pair on a page, in two columns, with what differs marked."""
        page.blocks(self.why)
        page.paragraph(f"{self.heading()}. {self.opening()} Both worlds have the same luck.")
        terms = terms_of(self.chapters)
        if terms:
            with page.folded("What differs is marked, with the terms that decided it in brackets: what they mean"):
                page.paragraph(SCALE)
                page.terms(terms)
        for alike, meetings in groupby(self.meetings, key=lambda meeting: meeting.alike):
            _add(page, list(meetings), alike)


def _add(page: Page, meetings: Sequence[Beside], alike: bool) -> None:
    """Meetings one after the other; those that are the same in both are folded away together."""
    if not alike:
        for meeting in meetings:
            page.add(_columns(meeting))
        return
    first, last = meetings[0].name, meetings[-1].name
    which = first if len(meetings) == 1 else f"{counted(len(meetings), 'meeting')}, {first} to {last}"
    with page.folded(f"{which}: the same in both"):
        for meeting in meetings:
            told = " ".join(text for phase in meeting.phases(0) for text in in_short(phase))
            page.add(f"<p><b>{escape(meeting.name)}</b> {escape(told)}</p>")


def _paired(meeting: Beside) -> Iterator[tuple[Sequence[Told], Sequence[Told]]]:
    """What both sides tell of each phase; phases of which neither tells anything are left out."""
    for here, there in zip_longest(meeting.phases(0), meeting.phases(1), fillvalue=()):
        if here or there:
            yield here, there


def _cell(meeting: Beside, phase: Sequence[Told], side: int) -> str:
    return " ".join(f"{MARK} {text}" if marked else text for text, marked in _parts(meeting, phase, side))


def _parts(meeting: Beside, phase: Sequence[Told], side: int) -> Iterator[tuple[str, bool]]:
    """The sentences of one side, and is each told of it alone: then with its reason."""
    for marked, told in groupby(phase, key=lambda each: meeting.marked(each, side)):
        yield from ((text, marked) for text in (map(str, told) if marked else in_short([*told])))


def _alone(meeting: Beside, side: int) -> list[str]:
    return [str(told) for phase in meeting.phases(side) for told in phase if meeting.marked(told, side)]


def _columns(meeting: Beside) -> str:
    """A meeting as a table of two columns."""
    head = "".join(f"<th>{escape(side)}</th>" for side in SIDES)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_marked(meeting, phase, side)}</td>" for side, phase in enumerate(pair)) + "</tr>"
        for pair in _paired(meeting)
    )
    inside = f"<caption>{escape(meeting.name)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    return f'<table class="pair">{inside}</table>'


def _marked(meeting: Beside, phase: Sequence[Told], side: int) -> str:
    return " ".join(
        f"<mark>{escape(text)}</mark>" if marked else escape(text) for text, marked in _parts(meeting, phase, side)
    )


def tell_pair(pairs: Pairs, pair: int) -> PairedChronicle:
    """Tell pair number `pair` (from 0) of a comparison with the readable model."""
    sides = ((pairs.base, pairs.here), (pairs.other, pairs.there))
    here, there = (list(told_along(follow(scenario, paths, pair, pairs.seed))) for scenario, paths in sides)
    return PairedChronicle(
        pairs.other.title,
        pairs.other.question or "",
        pair,
        len(pairs.here),
        pairs.seed,
        pairs.condition.value,
        tuple(_beside(here, there)),
    )


def tell_example(comparison: Comparison) -> PairedChronicle:
    """Tell the pair of a comparison that is its example, and what it shows of the answer."""
    return replace(tell_pair(comparison.pairs, comparison.example.pair), why=tuple(shows_blocks(comparison)))


def write_pair(comparison: Comparison, folder: Path, command: str) -> list[Path]:
    """The pair that is told as an example, side by side: pair.html and pair.txt; nothing if no pair parts."""
    if comparison.diverged == 0.0:
        return []
    told = tell_example(comparison)
    text, path = folder / "pair.txt", folder / "pair.html"
    page = Page(f"{told.title}: a pair of worlds", style=_STYLE)
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.add(f'<p class="question">{escape(told.question)}</p>')
    told.add_to(page)
    page.provenance({"command": command, "told by": pair_command(comparison) or "the comparison alone"}, REPEAT)
    write_text(text, as_text(told.blocks(), PIPED))
    write_text(path, page.markup())
    return [text, path]


def shows_words(example: Example) -> str:
    """How much of what was found a pair shows, and in how many pairs it is so."""
    so, all_of = sum(each.holds for each in example.shows), len(example.shows)
    often = out_of(example.share, 100)
    if all_of == 1:
        which = "shows the main finding" if so else "does not show the main finding"
        return which + (f", as {often} of 100 pairs do" if so else "")
    if so == all_of:
        return f"shows all {all_of} main findings; they come together in {often} of 100 pairs"
    return (
        f"shows {so} of the {all_of} main findings; as much comes together in {often} of 100 pairs, all {all_of} in "
        f"{_number(example.all_share)}"
    )


def _number(share: float) -> str:
    return "none" if share == 0.0 else out_of(share, 100)


def _how_common(example: Example) -> str:
    """How the pair was chosen, and in how many pairs nothing of it is seen."""
    none = f" In {out_of(example.none_share, 100)} of 100 pairs the change makes none of these differences."
    return f"Of such pairs it is a typical one, in its numbers too.{none if example.none_share >= _SEEN else ''}"


def shows_blocks(comparison: Comparison) -> list[Block]:
    """What was found, in all pairs and in the pair that is told, and in how many pairs as much is so."""
    shows = comparison.example.shows
    if not shows:
        return []
    columns = [
        Column[Shows](f"{which}, {side}", partial(cell, k))
        for which, cell in (("all pairs", _usual), ("this pair", _in_pair))
        for k, side in enumerate(("without", "with"))
    ]
    others = any(each.unit not in ("probability", "year") for each in shows)
    note = ["Of all pairs: the share in which it is so."]
    note += ["Of days, the middle one."] if any(each.unit == "year" for each in shows) else []
    note += ["Of numbers and of influence, the mean."] if others else []
    note += ["In brackets: where the middle half of the worlds lies."] if any(each.middles for each in shows) else []
    holds = Column[Shows]("shows it", lambda each: "yes" if each.holds else "no")
    text = Column[Shows]("main findings", lambda each: each.text)
    some = [] if all(each.holds for each in shows) else [holds]
    rows = table(shows, text, *columns, *some, note=" ".join(note))
    return [f"This pair {shows_words(comparison.example)}. {_how_common(comparison.example)}", rows]


def _usual(side: int, each: Shows) -> str:
    if each.unit == "probability":
        return percent(each.usual[side])
    return _is(each.usual[side], each.unit, 1) + (f" ({half(each.middles[side])})" if each.middles else "")


def _in_pair(side: int, each: Shows) -> str:
    return _is(each.pair[side], each.unit, 0)


def _is(value: float, unit: str, digits: int) -> str:
    """What an outcome is in one world, or on average."""
    if unit == "probability":
        return "yes" if value >= 0.5 else "no"
    if unit == "year":
        return "never" if isinf(value) else month(day_of(value))
    return percent(value) if unit == "share" else f"{value:.{digits}f}"


_STYLE = """
.pair { width: 100%; table-layout: fixed; } .pair td { padding-right: 1.4rem; }
mark { background: #fbe3c6; padding: 0 .15rem; }
"""


def _beside(here: Sequence[Chapter], there: Sequence[Chapter]) -> list[Beside]:
    """The meetings of both sides in date order; one that only one side has stands alone."""
    ours, theirs = ({chapter.meeting: chapter for chapter in side} for side in (here, there))
    order = sorted({**ours, **theirs}.values(), key=lambda chapter: chapter.date)
    return [Beside(ours.get(each.meeting), theirs.get(each.meeting)) for each in order]
