"""Several counterfactuals of one baseline: ranked by their effect, in one table, one picture, and a page of links."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.ends import Fate
from factions.counterfactual.summary import WORLDS, clauses, lead, number, summary
from factions.report.answer import in_short
from factions.report.changes import changed
from factions.report.page import REPEAT, Page, escape
from factions.report.table import Column, Table, table
from factions.results.tables import STEPS
from factions.statements.recorded import Record
from factions.store.csv_tables import write_rows
from factions.store.files import write_json, write_text
from factions.wording import Names, counted, listed, out_of, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast

PICTURES = {
    "ends": "Who rules at the end and where the leading men stand, without the change and with it.",
    "divergence": "How much differs at each meeting.",
}
SHORT = 200
"""Letters of a file's own words that are told in full."""

FEW = 4
"""Files that are compared one by one; of more, two groups are told."""

NAMED = 6
"""Files of a group that are named."""

MUCH = 5
"""Worlds of 100 by which a seat must be rarer or more frequent to be told of."""

NEAR = 2
"""Pairs of 100 by which two numbers may differ that are told as one."""


def ranked(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons by the size of their effect, the largest first."""
    return sorted(comparisons, key=lambda each: (-each.findings.effect, -each.diverged, each.name))


def overview(comparisons: Sequence[Comparison]) -> Table:
    """A row for each file, the largest effect first: who rules, who falls, who stays or rises, what differs most."""
    pairs, base = min(len(comparisons[0].paths), 100), comparisons[0].base
    return table(
        ranked(comparisons),
        Column["Comparison"]("what if", lambda each: each.scenario.title),
        Column("rules at the end", _rulers),
        Column("has a seat less often", lambda each: _chiefs(each, more=False)),
        Column("has a seat more often", lambda each: _chiefs(each, more=True)),
        Column("what differs most", lead_or_nothing),
        title=f"{counted(len(comparisons), 'counterfactual')} by the size of their effect",
        note=f"In how many of {pairs} worlds it is so with the change (without it, where that differs). Seats: in the "
        f"{base.bodies['politburo']} at the end, of the chiefs of blocs and of those who sat there at the start, where "
        f"at least {MUCH} of 100 worlds differ; the dead are left out. Each file has worlds with the past of its own "
        f"question, also without the change.{_happened(comparisons)}",
    )


def _happened(comparisons: Sequence[Comparison]) -> str:
    """Who ruled at the end, and who had a seat, as far as that is documented."""
    base = comparisons[0].base
    record, names = Record(base), Names(base)
    chiefs = dict.fromkeys(fate.leader for each in comparisons for fate in each.findings.ends.chiefs if fate.of_note)
    rules = {bloc.id: record.of(f"ruling:{bloc.id}") for bloc in base.blocs}
    seats = {chief: record.of(f"politburo:{chief}") for chief in chiefs}
    said = [
        f"{listed(known[name] for name, found in places.items() if found is not None and found.so is so)} {words}"
        for known, places, so, words in (
            (names.blocs, rules, True, "ruled"),
            (names.called, seats, True, "had a seat"),
            (names.called, seats, False, "had none"),
        )
        if any(found is not None and found.so is so for found in places.values())
    ]
    return f" Documented of the end: {', '.join(said)}." if said else ""


def assumption(each: Comparison) -> str:
    """What a file assumes, in its own words: all of it if that is short."""
    said = changed(each.base, each.scenario) or ["Nothing that the model reads."]
    first, more = said[0].rstrip("."), counted(len(said) - 1, "more change")
    whole = " ".join(said).rstrip(".")
    return whole if len(whole) <= SHORT or len(said) == 1 else f"{first}, and {more}"


def in_a_sentence(comparisons: Sequence[Comparison]) -> str:
    """All files compared by the outcome in which they differ most, with what each assumes."""
    order = ranked(comparisons)
    rows = [{row.outcome: row for row in each.contrasts} for each in order]
    own = {name for each in order for name in each.findings.given}
    shared = [name for name in rows[0] if name not in own and all(name in found for found in rows)]
    reach = {name: _reach([found[name] for found in rows]) for name in shared}
    name = max(reach, key=lambda each: reach[each], default="")
    if not name or reach[name] == 0.0:
        return "No outcome that all of them were asked for differs by more than chance."
    first, said = rows[0][name], Record(order[0].base).of(name)
    documented = f" (documented: {said.words})" if said is not None else ""
    start = f"they differ most in this: {first.text}{documented}"
    if len(order) > FEW:
        return sentence(f"{start}: {_split(order, [found[name] for found in rows])}")
    parts = (
        f"{_instead(found[name], min(len(each.paths), 100))} with “{each.scenario.title}” (assumed: {assumption(each)})"
        for each, found in zip(order, rows, strict=True)
    )
    return sentence(f"{start}: {'; '.join(parts)}")


def _split(order: Sequence[Comparison], rows: Sequence[Contrast]) -> str:
    """Many files in two groups, parted where the outcome with the change leaps most; the smaller group by name."""
    found = sorted(zip(rows, order, strict=True), key=lambda pair: -pair[0].counterfactual)
    leaps = [one.counterfactual - other.counterfactual for (one, _), (other, _) in pairwise(found)]
    after = leaps.index(max(leaps)) + 1
    few, others = sorted((found[:after], found[after:]), key=len)
    return f"{_range(few)} with {_titles(few)}; {_range(others)} with the other {len(others)}"


def _range(group: Sequence[tuple[Contrast, Comparison]]) -> str:
    """An outcome with the change, from the lowest file to the highest."""
    rows, pairs = [row for row, _ in group], min(len(group[0][1].paths), 100)
    values = [row.counterfactual for row in rows]
    low, high = (_told(value, rows[0].unit, pairs) for value in (min(values), max(values)))
    if low == high:
        return high
    if rows[0].unit != "probability":
        return f"{low} to {high}"
    few, many = round(min(values) * pairs), round(max(values) * pairs)
    if few == many:  # more than 99, and 100
        return low if few == pairs else high
    span = f"at most {many}" if few == 0 else f"at least {few}" if many == pairs else f"{few} to {many}"
    return f"in {span} of {pairs} worlds"


def _titles(group: Sequence[tuple[Contrast, Comparison]]) -> str:
    titles = [f"“{each.scenario.title}”" for _, each in group]
    return listed(titles if len(titles) <= NAMED else [*titles[:NAMED], f"{len(titles) - NAMED} more"])


def _instead(row: Contrast, pairs: int) -> str:
    """An outcome with the change, and without it where that differs."""

    now, then = (_told(value, row.unit, pairs) for value in (row.counterfactual, row.baseline))
    return f"{now}, as without it," if now == then else f"{now} instead of {then}"


def _told(value: float, unit: str, pairs: int) -> str:
    if unit == "probability":
        return f"in {out_of(value, pairs)} of {pairs} worlds"
    return f"{value:.1f}" if unit == "number" else number(value, unit)


def _reach(rows: Sequence[Contrast]) -> float:
    """How far files lie apart in what they change of an outcome, as `Contrast.effect` counts it."""
    signed = [math.copysign(row.effect, row.difference) if row.telling else 0.0 for row in rows]
    return max(signed) - min(signed)


def lead_or_nothing(each: Comparison) -> str:
    """What differs most, or that nothing does."""
    return lead(each) if each.findings.changed else "nothing that can be told from chance"


def _rulers(each: Comparison) -> str:
    """The blocs that rule at the end in most worlds of either side."""
    words = clauses(each)
    rules = [rule for rule in each.findings.ends.blocs if max(rule.before, rule.after) >= 0.5]
    return ", ".join(f"{words.names.blocs[rule.bloc]} {_numbers(each, rule.before, rule.after)}" for rule in rules)


def _chiefs(each: Comparison, more: bool) -> str:
    """Chiefs who have a seat at the end in more worlds with the change, or in fewer; the largest difference first."""
    names = Names(each.base).called
    seat, dead = STEPS.index("politburo"), STEPS.index("dead")

    def gain(fate: Fate) -> float:
        return (fate.after[seat] - fate.before[seat]) * (1.0 if more else -1.0)

    fates = [fate for fate in each.findings.ends.chiefs if fate.after[dead] < 0.5 and 100.0 * gain(fate) >= MUCH]
    fates.sort(key=gain, reverse=True)
    return ", ".join(f"{names[fate.leader]} {_numbers(each, fate.before[seat], fate.after[seat])}" for fate in fates)


def _numbers(each: Comparison, before: float, after: float) -> str:
    pairs = min(len(each.paths), 100)
    now, then = out_of(after, pairs), out_of(before, pairs)
    return now if abs(after - before) * pairs < NEAR else f"{now} ({then})"


def write_overview(comparisons: Sequence[Comparison], folder: Path, command: str) -> list[Path]:
    """What speaks of all files: figures that compare them, all contrasts, result.json, and index.html with links."""
    from factions.plots import contrast, divergence, ends
    from factions.plots.output import save

    order = ranked(comparisons)
    paths = save(ends.figure(order), ends.table(order), folder, "ends") if len(order) > 1 else []
    paths += save(divergence.figure(order), divergence.table(order), folder, "divergence")
    rows = folder / "contrasts.csv"
    write_rows(rows, contrast.table(comparisons))
    result = folder / "result.json"
    write_json(result, summary(comparisons))
    page = folder / "index.html"
    write_text(page, _page(order, paths, command).markup())
    return [*paths, rows, result, page]


def _page(order: Sequence[Comparison], paths: Sequence[Path], command: str) -> Page:
    first = order[0]
    page = Page(f"Counterfactuals of {first.base.title}")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.paragraph(
        f"{counted(len(first.paths), 'pair')} of worlds for each question: the same world without the change and with "
        f"it. They {WORLDS[first.condition.value]}."
    )
    ends, differs = ([path for path in paths if path.name == name] for name in ("ends.png", "divergence.png"))
    if len(order) > 1:
        page.answer([in_a_sentence(order)])
        page.table(overview(order), [f"{each.name}/report.html" for each in order], cards=True)
        _show(page, ends)
        with page.folded("When they differ"):
            _show(page, differs)
        page.heading("Each in short")
    for each in order:
        _section(page, each, folded=len(order) > 1)
    if len(order) == 1:  # a picture that compares files says little of one
        _show(page, differs)
    page.provenance(
        {
            "command": command,
            "condition": first.condition.value,
            "seed": first.factual.seed,
            "worlds": len(first.paths),
        },
        REPEAT,
    )
    return page


def _show(page: Page, pictures: Sequence[Path]) -> None:
    for path in pictures:
        page.picture(path, PICTURES[path.stem])


def _section(page: Page, each: Comparison, folded: bool) -> None:
    """The first paragraphs on a file, and a link to its page; of several files folded away under its question."""
    address, question = f"{escape(each.name)}/report.html", escape(each.scenario.question or "")
    if not folded:
        page.add(f'<h2><a href="{address}">{escape(each.scenario.title)}</a></h2><p class="question">{question}</p>')
        _short(page, each)
        return
    with page.folded(f"{each.scenario.title}: {each.scenario.question or ''}".rstrip(": ")):
        page.add(f'<p><a href="{address}">The whole report</a></p>')
        _short(page, each)


def _short(page: Page, each: Comparison) -> None:
    for text in in_short(each):
        page.paragraph(text)
    page.warnings(each.warnings)
