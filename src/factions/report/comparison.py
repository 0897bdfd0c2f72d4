"""Write what a comparison leaves behind: figures, their tables, the data, and the page to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factions.counterfactual.summary import summary
from factions.counterfactual.terms import MEANING, SCALE
from factions.report.answer import in_short, small_print
from factions.report.changes import changed, cited
from factions.report.comparison_text import every_outcome, how_sure, outcomes
from factions.report.decisions import decisions
from factions.report.grounds import grounds
from factions.report.heirs import succession
from factions.report.next_steps import next_steps
from factions.report.page import REPEAT, Page, escape
from factions.report.paired import shows_words, write_pair
from factions.report.past import past_blocks, past_rows, where_facts_hold
from factions.report.roads import roads
from factions.report.table import Column, table
from factions.store.csv_tables import write_rows
from factions.store.files import write_json, write_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.plots.pairs import Pair
    from factions.report.play.data import Play
    from factions.report.side import Side

PICTURES = {
    "flow": "Who rules and who opposes, without the change and with it.",
    "contrasts": "How much the change raises or lowers each outcome.",
    "divergence": "What differs most at each meeting, and in how many worlds.",
    "standing": "Where leaders stand, without the change (upper lane) and with it (lower lane).",
    "influence": "Influence of every bloc, without the change (grey) and with it.",
}


def write_comparison(side: Side, folder: Path, command: str) -> list[Path]:
    """Figures (PNG, SVG, CSV), result.json and report.html of one counterfactual; returns what was written."""
    from factions.plots.output import save

    comparison = side.comparison
    paths, pictures = [], {}
    for name, drawn in drawings(side.pair).items():
        written = save(drawn.figure(), drawn.table(), folder / "plots", name)
        paths += written
        pictures[name] = written[0]
    if comparison.past.claims:
        paths.append(folder / "past.csv")
        write_rows(paths[-1], past_rows(comparison))
    result = folder / "result.json"
    write_json(result, summary([comparison]))
    page = folder / "report.html"
    write_text(page, report_page(comparison, side.plan.play(), pictures, command).markup())
    return [*paths, *write_pair(comparison, folder, command), result, page]


class Drawing(NamedTuple):
    """What draws a figure, and what makes the rows behind it."""

    figure: Callable[[], Figure]
    table: Callable[[], Sequence[Mapping[str, object]]]


def drawings(pair: Pair) -> dict[str, Drawing]:
    """The figures of one counterfactual, by name."""
    from factions.plots import contrast, courses, divergence, flows

    each = pair.comparison
    return {
        "flow": Drawing(partial(flows.figure, pair), partial(flows.table, pair)),
        "contrasts": Drawing(partial(contrast.figure, each), partial(contrast.table, [each])),
        "divergence": Drawing(partial(divergence.figure, [each]), partial(divergence.table, [each])),
        "standing": Drawing(partial(courses.standing_figure, pair), partial(courses.standing_table, pair)),
        "influence": Drawing(partial(courses.influence_figure, pair), partial(courses.influence_table, pair)),
    }


def report_page(comparison: Comparison, play: Play, pictures: dict[str, Path], command: str) -> Page:
    """The page of one counterfactual: question, answer, pictures and tables, what is sure, how to repeat it."""
    scenario = comparison.scenario
    page = Page(scenario.title)
    page.add(f"<h1>{escape(scenario.title)}</h1>")
    page.add(f'<p class="question">{escape(scenario.question or "")}</p>')
    said = in_short(comparison)
    page.answer(said)
    page.note(small_print(comparison, said))
    page.warnings(comparison.warnings)
    _changes(page, comparison)
    page.heading("What follows")
    page.picture(pictures["flow"], PICTURES["flow"])
    page.blocks([*decisions(comparison), *roads(comparison), *succession(comparison)])
    page.heading("Outcomes")
    page.blocks(outcomes(comparison))
    page.picture(pictures["contrasts"], PICTURES["contrasts"])
    page.picture(pictures["divergence"], PICTURES["divergence"])
    page.heading("Leaders and blocs")
    page.picture(pictures["standing"], PICTURES["standing"])
    page.picture(pictures["influence"], PICTURES["influence"])
    page.heading("Pair by pair, meeting by meeting")
    if comparison.diverged:
        words = f": it {escape(shows_words(comparison.example))}." if comparison.example.shows else ""
        page.add(f'<p><a href="pair.html">One pair of worlds, told side by side</a>{words}</p>')
    page.play(play)
    _next(page, comparison)
    _how_sure(page, comparison)
    _sources(page, comparison)
    _provenance(page, comparison, command)
    return page


def _changes(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    page.heading("The change")
    said = changed(comparison.base, scenario, comparison.made, len(comparison.paths))
    if said:
        page.points(said)
    if scenario.description and scenario.description != comparison.base.description:
        page.paragraph(" ".join(scenario.description.split()))


def _how_sure(page: Page, comparison: Comparison) -> None:
    """What the numbers rest on: a few sentences, and the rest folded away."""
    page.heading("How sure is this")
    page.points([*grounds(comparison), *where_facts_hold(comparison), *how_sure(comparison)])
    with page.folded("All outcomes, with what their differences must be held against"):
        page.table(every_outcome(comparison))
    claims = past_blocks(comparison, most=len(comparison.past.claims) + len(comparison.past.later))
    if claims:
        with page.folded("The past of these worlds, and how they go on without the change"):
            page.blocks(claims)
    with page.folded("What the numbers in the brackets of a told world mean"):
        page.paragraph(SCALE)
        page.terms(MEANING.items())


def _next(page: Page, comparison: Comparison) -> None:
    steps = next_steps(comparison)
    if steps:
        page.heading("What to ask next")
        page.blocks(steps)


def _sources(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    keys = cited(comparison.base, scenario)
    if keys:
        page.heading("Sources")
        key, work, address = (
            Column[str]("key", lambda key: key),
            Column[str]("work", lambda key: scenario.sources[key].text),
            Column[str]("address", lambda key: scenario.sources[key].url or ""),
        )
        page.table(table(keys, key, work, address))


def _provenance(page: Page, comparison: Comparison, command: str) -> None:
    page.provenance(
        {
            "command": command,
            "seed": comparison.factual.seed,
            "worlds": len(comparison.paths),
            "condition": comparison.condition.value,
            "baseline": f"{comparison.base.path.name} ({comparison.digests[0][:16]})",
            "counterfactual": f"{comparison.scenario.path.name} ({comparison.digests[1][:16]})",
        },
        REPEAT,
    )
    page.text(f"The file {comparison.scenario.path.name}", own_text(comparison))


def own_text(comparison: Comparison) -> str:
    """The text of the counterfactual file, without that of the files it extends."""
    marker = f"# {comparison.scenario.path.name}\n"
    return comparison.scenario.text.rpartition(marker)[2].strip()
