"""Several counterfactuals of one baseline: ranked by their effect, in one table, one picture, and a page of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.ends import Fate
from factions.counterfactual.summary import lead, summary
from factions.report.answer import answer
from factions.report.page import Page, escape
from factions.report.table import Column, Number, Table, table
from factions.results.tables import STEPS
from factions.store.csv_tables import write_rows
from factions.store.files import write_json, write_text
from factions.wording import Names, counted, out_of

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison

PICTURES = {
    "ends": "Who rules at the end and where the chiefs stand, for each file, without the change and with it.",
    "divergence": "How much differs at each meeting.",
}
NEAR = 2
"""Pairs of 100 by which two numbers may differ that are told as one."""


def ranked(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons by the size of their effect, the largest first."""
    return sorted(comparisons, key=lambda each: (-each.findings.effect, -each.diverged, each.name))


def overview(comparisons: Sequence[Comparison]) -> Table:
    """A row for each file, the largest effect first: what differs most, who rules, who falls, who stays."""
    pairs = min(len(comparisons[0].paths), 100)
    return table(
        ranked(comparisons),
        Column["Comparison"]("what if", lambda each: each.scenario.title),
        Number("effect", lambda each: f"{each.findings.effect:.2f}"),
        Column("what differs most", lead_or_nothing),
        Column("rules at the end", _rulers),
        Column("falls", lambda each: _chiefs(each, stays=False)),
        Column("stays", lambda each: _chiefs(each, stays=True)),
        title=f"{counted(len(comparisons), 'counterfactual')} by the size of their effect",
        note=f"Effect: what twice the error leaves of the largest difference, 1 at most. Numbers are of {pairs} pairs, "
        "with the change (without it, where that differs). Falls, stays: chiefs of blocs who sat in the "
        f"{comparisons[0].base.bodies['politburo']} on the first day, and mostly do not, or do, at the end; the dead "
        "are left out.",
    )


def lead_or_nothing(each: Comparison) -> str:
    """What differs most, or that nothing does."""
    return lead(each) if each.findings.changed else "nothing that can be told from chance"


def _rulers(each: Comparison) -> str:
    """The blocs that rule at the end in most worlds of either side."""
    blocs = Names(each.base).blocs
    rules = [rule for rule in each.findings.ends.blocs if max(rule.before, rule.after) >= 0.5]
    return ", ".join(f"{blocs[rule.bloc]} {_numbers(each, rule.before, rule.after)}" for rule in rules)


def _chiefs(each: Comparison, stays: bool) -> str:
    """Chiefs who were seated on the first day and mostly still are, or are not, at the end with the change."""
    names = Names(each.base).leaders
    seat, dead = STEPS.index("politburo"), STEPS.index("dead")

    def of(fate: Fate) -> tuple[float, float]:
        before, after = (shares[seat] for shares in (fate.before, fate.after))
        return (before, after) if stays else (1.0 - before, 1.0 - after)

    fates = [fate for fate in each.findings.ends.chiefs if fate.seated and fate.after[dead] < 0.5]
    chosen = [fate for fate in fates if (fate.after[seat] >= 0.5) == stays]
    return ", ".join(f"{names[fate.leader]} {_numbers(each, *of(fate))}" for fate in chosen)


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
        f"{counted(len(first.paths), 'pair')} of worlds for each file, seed {first.factual.seed}, "
        f"condition “{first.condition.value}”."
    )
    pictures = [path for path in paths if path.suffix == ".png"]
    if len(order) > 1:
        page.table(overview(order))
        _show(page, pictures)
    for part in _sections(order):
        page.add(part)
    if len(order) == 1:  # a picture that compares files says little of one
        _show(page, pictures)
    page.provenance({"command": command})
    return page


def _show(page: Page, pictures: Sequence[Path]) -> None:
    for path in pictures:
        page.picture(path, PICTURES[path.stem])


def _sections(order: Sequence[Comparison]) -> Iterator[str]:
    """The first paragraph of every file, under a link to its page."""
    for each in order:
        yield f'<h2><a href="{escape(each.name)}/report.html">{escape(each.scenario.title)}</a></h2>'
        yield f'<p class="question">{escape(each.scenario.question or "")}</p>'
        yield f"<p>{escape(answer(each)[0])}</p>"
        yield from (f'<div class="warning">Warning: {escape(text)}.</div>' for text in each.warnings)
