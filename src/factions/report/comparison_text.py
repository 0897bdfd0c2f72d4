"""Comparisons as paragraphs and tables: what `factions compare` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.choice import outcomes_told
from factions.counterfactual.contrasts import Contrast, strongest
from factions.counterfactual.days import day_of
from factions.counterfactual.summary import (
    EXPLAINED,
    branch_name,
    conditioning,
    cost_words,
    error_number,
    extinct_names,
    lost_names,
    number,
    parted_words,
    size,
)
from factions.report.answer import answer
from factions.report.changes import changed
from factions.report.decisions import decisions
from factions.report.heirs import succession
from factions.report.next_steps import next_steps
from factions.report.overview import in_a_sentence, overview, ranked
from factions.report.past import CHANCE, CHANCE_NOTE, past_blocks
from factions.report.roads import roads
from factions.report.table import Block, Column, Number, Table, table
from factions.statements.recorded import Record
from factions.wording import counted, month, percent

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

LISTED = 12
"""Contrasts that the text lists for each file, if what was asked for and what the sentences tell are no more."""

FAINT = "† no effect: the difference is less than twice its error, or no larger than the placebo, or rounds to 0."


def report(comparisons: Sequence[Comparison]) -> list[Block]:
    """The comparisons one after the other; of several first a table, and then the largest effect first."""
    first: list[Block] = [in_a_sentence(comparisons), overview(comparisons)] if len(comparisons) > 1 else []
    return [*first, *(block for each in ranked(comparisons) for block in _section(each))]


def _section(each: Comparison) -> Iterator[Block]:
    yield "\n".join([each.scenario.title, "=" * len(each.scenario.title), each.scenario.question or ""]).rstrip()
    said = changed(each.base, each.scenario, each.made, len(each.paths))
    if said:
        yield "\n".join(["The change:", *(f"- {text}" for text in said)])
    yield from answer(each)
    rows = listed_rows(each)
    if rows:
        yield outcomes(each, rows, _rest(each, rows))
    else:
        yield "No outcome differs by more than twice its error and by more than other luck makes."
    yield from decisions(each)
    yield from roads(each)
    yield from succession(each)
    yield from past_blocks(each)
    yield "\n".join(_facts(each))
    yield from next_steps(each)
    if each.warnings:
        yield "\n".join(f"warning: {text}" for text in each.warnings)


def listed_rows(each: Comparison) -> list[Contrast]:
    """What was asked for, in this order and whether it differs or not; what the sentences tell; then the largest."""
    rows, known = _asked(each), {row.outcome: row for row in each.every}
    said = (known[name] for name in outcomes_told(each.base, each.findings) if name in known)
    rows += [row for row in said if row not in rows]
    others = [row for row in strongest(each.contrasts, len(each.contrasts)) if row not in rows]
    return rows + others[: max(LISTED - len(rows), 0)]


def _asked(each: Comparison) -> list[Contrast]:
    known = {row.outcome: row for row in each.contrasts}
    return [known[name] for name in dict.fromkeys(each.findings.asked) if name in known]


def outcomes(
    each: Comparison, rows: Sequence[Contrast], note: str = "", more: Sequence[Column[Contrast]] = ()
) -> Table:
    """A table of contrasts, with what is documented and with `more` columns; what the change decides is marked."""
    given, record, texts = each.findings.given, Record(each.base), [row.text for row in rows]
    known = {row.outcome: said.words for row in rows if (said := record.of(row.outcome)) is not None}
    notes = [
        "documented: what really happened, as far as the record of the file says." if known else "",
        CHANCE_NOTE,
        FAINT if any(not row.telling for row in rows) else "",
        "* decided by the change itself." if any(row.outcome in given for row in rows) else "",
        *map(_never, rows),
        *lost_names(each, texts),
        *extinct_names(each, texts),
        note,
    ]
    documented = Column[Contrast]("documented", lambda row: known.get(row.outcome, ""))
    return table(
        rows,
        Column[Contrast]("outcome", lambda row: row.text + "*" * (row.outcome in given) + "†" * (not row.telling)),
        Number("without", lambda row: _value(row, 0)),
        Number("with", lambda row: _value(row, 1)),
        *([documented] if known else []),
        Number("difference", lambda row: size(row.difference, row.unit)),
        Number("error", lambda row: error_number(row.error, row.unit)),
        *CHANCE,
        *more,
        note="\n".join(filter(None, dict.fromkeys(notes))),
        faint=lambda row: not row.telling,
    )


def _value(row: Contrast, side: int) -> str:
    """The outcome without the change (0) or with it (1); "never" for a day that comes in no world."""
    if row.never is not None and row.never[side] == 1.0:
        return "never"
    return number((row.baseline, row.counterfactual)[side], row.unit)


def _never(row: Contrast) -> str:
    """In how many worlds a year comes at all, and when; "" if it always comes, or is no such year."""
    if not row.never or row.never == (0.0, 0.0):
        return ""
    sides = zip(row.never, (row.dated_baseline, row.dated_counterfactual), ("without", "with"), strict=True)
    told = [
        f"in {percent(1.0 - share)} of the worlds {side} the change"
        + (f" (on average in {month(day_of(year))})" if year is not None else "")
        for share, year, side in sides
    ]
    return f"{row.text} {' and '.join(told)}; the dates in the table count the other worlds with the last day."


def _rest(each: Comparison, rows: Sequence[Contrast]) -> str:
    """What the table leaves out, and what stands in it because it was asked for."""
    quiet, asked = len(each.contrasts) - len(rows), len([row for row in _asked(each) if row in rows])
    first = (
        f"The first {counted(asked, 'outcome')} were asked for and are listed whatever their size. " if asked else ""
    )
    if asked == 1:
        first = "The first outcome was asked for and is listed whatever its size. "
    why = "" if asked else ", with smaller effects or none"
    return f"{first}Not listed: {counted(quiet, 'other outcome')}{why}." if quiet else first.rstrip()


def _facts(each: Comparison) -> tuple[str, ...]:
    """How the worlds were made and how many part."""
    return (
        f"{counted(len(each.paths), 'pair')} of worlds, seed {each.factual.seed}, which repeats their luck: "
        f"{conditioning(each)}.",
        f"First meeting that can differ: {branch_name(each)}. Pairs whose two runs differ: {parted_words(each)}.",
        f"How far the change rewrites history: {cost_words(each.cost)}.",
        f"Draws without a twin: {percent(each.draws.unaligned)} ({EXPLAINED['draws']}).",
    )
