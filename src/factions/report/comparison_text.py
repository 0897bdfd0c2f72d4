"""Comparisons as paragraphs and tables: what `factions compare` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from factions.counterfactual.choice import named, outcome_name, outcomes_told
from factions.counterfactual.choice import told as told_groups
from factions.counterfactual.contrasts import Contrast, strongest
from factions.counterfactual.shown import differs, fallen, least, luck, of_the_model, risen, shown, value
from factions.counterfactual.summary import branch_name, cost_words, extinct_names, lost_names, parted_words
from factions.report.answer import answer
from factions.report.changes import changed
from factions.report.decisions import decisions
from factions.report.grounds import grounds
from factions.report.heirs import succession
from factions.report.next_steps import next_steps, repeat
from factions.report.outcome_lines import Line, lines
from factions.report.outcome_lines import notes as inside
from factions.report.overview import in_a_sentence, overview, ranked
from factions.report.past import documented, past_blocks, where_facts_hold
from factions.report.roads import roads
from factions.report.table import Block, Column, Number, Table, table
from factions.statements.recorded import Record
from factions.wording import counted, percent_short

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

LISTED = 12
"""Contrasts that the table shows, if what the sentences tell and what was asked for are no more."""

_DOCUMENTED = (
    "Documented: what really happened, as far as the record of the file says (towards, away: how the change moves the "
    "worlds)."
)

SLIGHT = 0.02
"""A smaller effect is listed only if a sentence tells it, or somebody asked for it."""


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
    if each.warnings:
        yield "\n".join(f"warning: {text}" for text in each.warnings)
    yield from outcomes(each)
    yield from decisions(each)
    yield from roads(each)
    yield from succession(each)
    yield from past_blocks(each)
    sure = [*grounds(each), *where_facts_hold(each), *how_sure(each)]
    yield "\n".join(["How sure is this:", *(f"- {text}" for text in sure)])
    yield from next_steps(each)
    yield repeat(each)


def outcomes(each: Comparison) -> list[Block]:
    """The outcomes that differ, with what is documented, and a sentence on those that were asked for and do not."""
    rows = listed_rows(each)
    rest = as_before(each)
    if not rows:
        return [f"No outcome differs by more than chance makes. {rest}".rstrip()]
    record, texts = Record(each.base), [row.text for row in rows]
    known = {row.outcome: documented(said, row) for row in rows if (said := record.of(row.outcome)) is not None}
    notes = [
        _DOCUMENTED if known else "",
        _measures(rows) + " * dictated by the file." * any(row.outcome in each.findings.dictated for row in rows),
        inside(rows),
        *lost_names(each, texts),
        *extinct_names(each, texts),
        rest,
    ]
    recorded = Column[Line]("documented", lambda line: known.get(line.row.outcome, "") if line.row else "")
    own = each.findings.dictated
    return [
        table(
            lines(rows, own),
            Column[Line]("outcome", lambda line: line.text),
            Number("without", lambda line: line.without),
            Number("with", lambda line: line.with_),
            *([recorded] if known else []),
            Number("difference", lambda line: line.difference),
            Number("±", lambda line: line.error),
            note="\n".join(filter(None, notes)),
            faint=lambda line: line.row is None,
        )
    ]


def listed_rows(each: Comparison) -> list[Contrast]:
    """What the sentences tell, what was asked for, and the largest of the other differences; the largest effect first.

    Only what differs by more than chance makes, and by what is shown of it.  What the file dictates is there if a
    sentence tells it, and what speaks of the model alone if it was asked for.
    """
    own = each.findings.dictated
    free = {row.outcome: shown(row) for row in each.every if row.outcome not in own}
    spoken = {
        name for group in told_groups(each.findings.changed) for name in map(outcome_name, named(each.base, group))
    }
    known = free | {row.outcome: shown(row) for row in each.every if row.outcome in spoken}
    asked = [name for name in _asked(each) if name in free]
    told = [name for name in outcomes_told(each.base, each.findings) if name in known]
    strong = strongest(each.contrasts, len(each.contrasts))
    rest = [row.outcome for row in strong if row.outcome in free and row.effect >= SLIGHT]
    rest = [name for name in rest if not of_the_model(known[name])]
    titled = [*rest[:1], *[name for name in rest if name.startswith("influence:")][:1]]  # pictures are called by them
    names = dict.fromkeys([*told, *asked, *titled, *rest])
    rows = [known[name] for name in names if name in known and known[name].telling and differs(known[name])]
    rows = rows[: max(LISTED, len({*told, *asked, *titled} & {row.outcome for row in rows}))]
    at_the_end = {_said(row) for row in rows if "@" not in row.outcome}
    once = [row for row in rows if "@" not in row.outcome or _said(row) not in at_the_end]
    return sorted(once, key=lambda row: -row.effect)


def _said(row: Contrast) -> tuple[str, str, str]:
    """What a row says, whenever it is so: the outcome without its meeting, and both numbers as they are written."""
    return row.outcome.partition("@")[0], value(row, 0), value(row, 1)


def _asked(each: Comparison) -> list[str]:
    known = {row.outcome for row in each.contrasts}
    return [name for name in dict.fromkeys(each.findings.asked) if name in known]


def _measures(rows: Sequence[Contrast]) -> str:
    """What the columns of numbers mean, as far as these rows need it."""
    units = {row.unit for row in rows}
    said = "Without the change and with it: shares of the worlds"
    said += "; numbers and shares of influence are means" if {"number", "share"} & units else ""
    return f"{said}. Difference: in 100 worlds, with one standard error (±)."


def as_before(each: Comparison) -> str:
    """What was asked for and does not differ by more than chance makes, or is dictated; "" if nothing."""
    known = {row.outcome: shown(row) for row in each.contrasts}
    listed = {row.outcome for row in listed_rows(each)}
    rest = [known[name] for name in _asked(each) if name not in listed]
    own, same = ([row for row in rest if (row.outcome in each.findings.dictated) is so] for so in (True, False))
    parts = [
        f"{words}: {'; '.join(f'{row.text} ({_both(row)})' for row in rows)}."
        for words, rows in (
            ("Asked for, and no different by more than chance makes", same),
            ("Asked for, and dictated by the file", own),
        )
        if rows
    ]
    return " ".join(parts)


def _both(row: Contrast) -> str:
    before, after = value(row, 0), value(row, 1)
    return before if before == after else f"{before} without, {after} with the change"


def every_outcome(each: Comparison) -> Table:
    """All outcomes that differ in some pair, with what their differences must be held against; the others in a note."""
    own = each.findings.dictated
    every = sorted(map(shown, each.every), key=lambda row: (row.outcome in own, -row.effect))
    rows = [row for row in every if row.raised or row.lowered or differs(row)]
    same = [f"{row.text} ({value(row, 0)})" for row in every if row not in rows]
    return table(
        lines(rows, own),
        Column[Line]("outcome", lambda line: line.text),
        Number("without", lambda line: line.without),
        Number("with", lambda line: line.with_),
        Number("difference", lambda line: line.difference),
        Number("±", lambda line: line.error),
        _number("pairs with more", lambda row: percent_short(risen(row))),
        _number("pairs with less", lambda row: percent_short(fallen(row))),
        _number("by chance alone", luck),
        _number("smallest that shows", least),
        note="\n".join(
            filter(None, [_HELD_AGAINST, inside(rows), f"The same in every pair: {'; '.join(same)}." * bool(same)])
        ),
        faint=lambda line: line.row is None or not line.row.telling,
    )


def _number(heading: str, cell: Callable[[Contrast], str]) -> Number[Line]:
    """A column of numbers of outcomes; the lines below these have none."""
    return Number(heading, lambda line: "" if line.row is None else cell(line.row))


_HELD_AGAINST = (
    "Grey: no more than chance makes. * dictated by the file. Pairs with more, with less: the share of the pairs in "
    "which the change makes it more, or less; of a day, in which it comes earlier, or later or never. By chance alone: "
    "the difference between these worlds and the same worlds with other luck, both without the change. Smallest that "
    "shows: a difference of this size would be told from chance in 4 of 5 runs with so many worlds."
)


def how_sure(each: Comparison) -> list[str]:
    """What the numbers rest on, in sentences."""
    count = counted(len(each.paths), "world")
    said = [
        f"Each of {count} is run twice with the same luck, without the change and with it: this is a pair. The first "
        f"meeting that can differ: {branch_name(each)}. Pairs that differ in anything: {parted_words(each)}.",
        "A standard error comes from the finite number of worlds, and says nothing about whether the model is right.",
    ]
    if each.paths.until:
        said.append(
            "Worlds are chosen by what is documented meeting by meeting: those that agree are copied, the others are "
            f"dropped. So they go back to {counted(each.paths.ancestors, 'different beginning')}, and copies count as "
            "one in the errors."
        )
    said.append(f"How far the change rewrites history: {cost_words(each.cost)}.")
    return said
