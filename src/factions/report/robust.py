"""What `factions robust` writes: a folder for each file, and pages that lead to them; and what a notebook shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.robust import Answer
from factions.parameters import PARAMETERS
from factions.report.notebook import Row, Shown
from factions.report.page import Page, escape
from factions.report.robust_text import answer, answers_table, overview, report, rows, summary
from factions.report.table import Block
from factions.store.files import write_json, write_text
from factions.store.plain import from_plain, to_plain
from factions.wording import counted, listed

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.robust import Robustness

_PICTURE = "The difference that the change makes, in every variation, beside the answer as it stands."


class Kept(dict[str, list[Answer]]):
    """The answers of variations by name, kept in a file, so that an interrupted command continues where it stopped."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists():
            known = json.loads(path.read_text(encoding="utf-8"))
            super().__init__({name: [from_plain(Answer, each) for each in rows] for name, rows in known.items()})

    def __setitem__(self, name: str, answers: list[Answer]) -> None:
        super().__setitem__(name, answers)
        write_json(self.path, {each: [to_plain(answer) for answer in rows] for each, rows in self.items()})


def write_robustness(found: Robustness, folder: Path, command: str) -> list[Path]:
    """The figure with its table (PNG, SVG, CSV), result.json and report.html of one file; returns what was written."""
    from factions.plots import robustness
    from factions.plots.output import save

    paths = save(robustness.figure(found), rows(found), folder, "robust")
    result, page = folder / "result.json", folder / "report.html"
    write_json(result, summary([found]))
    write_text(page, _page(found, paths[0], command).markup())
    return [*paths, result, page]


def write_robust_overview(found: Sequence[Robustness], folder: Path, command: str) -> list[Path]:
    """What speaks of all files: result.json, and index.html with links."""
    result, index = folder / "result.json", folder / "index.html"
    write_json(result, summary(found))
    page = Page("How far the answers hold")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.table(overview(found))
    for each in found:
        page.add(f'<h2><a href="{escape(each.name)}/report.html">{escape(each.scenario.title)}</a></h2>')
        page.add(f'<p class="question">{escape(each.scenario.question or "")}</p>')
        page.blocks(answer(each))
    page.provenance({"command": command})
    write_text(index, page.markup())
    return [result, index]


def _page(found: Robustness, picture: Path, command: str) -> Page:
    scenario = found.scenario
    page = Page(f"{scenario.title}: how far the answer holds")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.add(f'<p class="question">{escape(scenario.question or "")}</p>')
    page.answer(answer(found))
    page.warnings([found.caution] if found.caution else [])
    page.heading("In every variation")
    page.picture(picture, _PICTURE)
    page.table(answers_table(found))
    page.heading("What was varied")
    page.points(varied(found))
    page.provenance(
        {
            "command": command,
            "seed": found.seed,
            "worlds": found.worlds,
            "condition": found.condition.value,
            "baseline": f"{found.base.path.name} ({found.base.digest[:16]})",
            "counterfactual": f"{scenario.path.name} ({scenario.digest[:16]})",
        }
    )
    return page


def varied(found: Robustness) -> list[str]:
    """What was varied and how, kind by kind, and what was not."""
    kinds = {each.kind for each in found.of(found.outcomes[0].name)}
    named = listed(f"{name} ({PARAMETERS[name].meaning})" for name in found.telling)
    halves = f"; and halves of it, by those with which the difference goes along most: {named}" * bool(found.telling)
    said = {
        "condition": "Conditions: which worlds are compared.",
        "seed": "Seeds: the same worlds with other luck; what differs is the error of a finite number of worlds.",
        "date": "Dates: everything that the file dates happens, or begins, one meeting earlier or later; what holds up "
        "to a day still ends on it."
        if "date" in kinds
        else "Dates: none, since no change of the file has one.",
        "deed": "Who does it: what a man would have done who is dead with the change, another does: his first deputy, "
        "or the foremost of his bloc."
        if "deed" in kinds
        else "",
        "reading": "Readings: each option of a contested fact that is not in force, unless the file decides the fact; "
        "with the change and without it."
        if "reading" in kinds
        else "Readings: none, since the case has no contested facts.",
        "input": "Judged numbers: trust between blocs that the change names; positions and prestige of leaders whom it "
        "names, who speak for such a bloc, or who hold an office that it names; the weight of that office. One step is "
        "the usual distance between neighbouring codes of the file. All other judged numbers stay as they are."
        if "input" in kinds
        else "Judged numbers: none, since the change names no bloc, leader or office.",
        "draws": f"Parameters: the one point in the file instead of the posterior{halves}."
        if "draws" in kinds
        else "Parameters: none, since there is no posterior.",
    }
    return [text for text in said.values() if text]


@dataclass(frozen=True, repr=False)
class Robust(Shown):
    """How far an answer holds, as `factions.robust` returns it; `found`: all of it, as data."""

    found: Robustness

    def summary(self) -> str:
        many = counted(len(self.found.of(self.found.outcomes[0].name)) - 1, "variation")
        return f"{self.found.scenario.title}: how far the answer holds, in {many}"

    def blocks(self) -> list[Block]:
        return report([self.found])

    def tables(self) -> Mapping[str, Sequence[Row]]:
        return {"variations": rows(self.found)}

    def figures(self) -> Mapping[str, Callable[[], Figure]]:
        from factions.plots import robustness

        return {"robust": lambda: robustness.figure(self.found)}

    def save(self, folder: str | Path) -> list[Path]:
        return write_robustness(self.found, Path(folder), "factions.robust(...)")
