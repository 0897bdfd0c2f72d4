"""Counterfactuals compared with their baseline, as `factions.compare` returns them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.ends import end_rows
from factions.counterfactual.summary import contrast_rows, divergence_rows, lead
from factions.report.answer import in_short
from factions.report.comparison import drawings, write_comparison
from factions.report.comparison_text import report
from factions.report.notebook import Row, Shown
from factions.report.overview import ranked, write_overview
from factions.report.past import past_rows
from factions.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.report.side import Side
    from factions.report.table import Block


class Compared(Shown):
    """One counterfactual or several; with several, the largest effect comes first.

    Tables: `answers` (a row for each file), `outcomes`, `divergence`, `ends`, `past`.  Figures: flow, contrasts,
    divergence, standing, influence; of several files `ends`, `divergence`, and FILE/flow and so on.
    """

    def __init__(self, sides: Sequence[Side], command: str = "factions.compare(...)") -> None:
        self.sides = {side.comparison.name: side for side in sides}
        self.comparisons = ranked([side.comparison for side in sides])
        self.command = command

    def summary(self) -> str:
        first = self.comparisons[0]
        run = f"{counted(len(first.paths), 'pair')} of worlds, seed {first.factual.seed}, {first.condition.value}"
        if len(self.comparisons) == 1:
            return f"{first.scenario.title} ({run}): {lead(first)}"
        return f"{counted(len(self.comparisons), 'counterfactual')} of {first.base.title} ({run})"

    def blocks(self) -> list[Block]:
        return report(self.comparisons)

    def tables(self) -> Mapping[str, Sequence[Row]]:
        every = self.comparisons
        return {
            "answers": [_answer_row(each) for each in every],
            "outcomes": [row for each in every for row in contrast_rows(each)],
            "divergence": [row for each in every for row in divergence_rows(each)],
            "ends": [row for each in every for row in end_rows(each.name, each.findings.ends)],
            "past": [row for each in every for row in past_rows(each)],
        }

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        from factions.plots import divergence, ends

        several = len(self.comparisons) > 1
        found: dict[str, Callable[[], Figure]] = {}
        if several:
            found["ends"] = partial(ends.figure, self.comparisons)
            found["divergence"] = partial(divergence.figure, self.comparisons)
        for each in self.comparisons:
            for name, drawn in drawings(self.sides[each.name].pair).items():
                found[f"{each.name}/{name}" if several else name] = drawn.figure
        return found

    def save(self, folder: str | Path) -> list[Path]:
        """Write what `factions compare --out` writes, without a manifest; returns what was written."""
        folder = Path(folder)
        paths = []
        for each in self.comparisons:
            paths += write_comparison(self.sides[each.name], folder / each.name, self.command)
        return [*paths, *write_overview(self.comparisons, folder, self.command)]


def _answer_row(each: Comparison) -> Row:
    """The answer of a file, with what it rests on."""
    return {
        "scenario": each.name,
        "title": each.scenario.title,
        "effect": each.findings.effect,
        "diverged": each.diverged,
        "ancestors": each.paths.ancestors,
        **{f"cost_{name}": value for name, value in asdict(each.cost).items()},
        "answer": " ".join(in_short(each)),
    }
