"""Write what a comparison leaves behind: figures, their tables, the data, and the page to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factions.counterfactual.contrasts import Contrast
from factions.counterfactual.summary import EXPLAINED, branch_name, conditioning, cost_words, parted_words, summary
from factions.counterfactual.terms import MEANING, SCALE
from factions.report.answer import answer
from factions.report.changes import changed
from factions.report.comparison_text import listed_rows, outcomes
from factions.report.decisions import decisions
from factions.report.heirs import succession
from factions.report.next_steps import next_steps
from factions.report.page import Page, escape
from factions.report.paired import write_pair
from factions.report.past import past_blocks, past_rows
from factions.report.roads import roads
from factions.report.table import Column, Number, facts, table
from factions.store.csv_tables import write_rows
from factions.store.files import write_json, write_text
from factions.wording import counted, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from factions.counterfactual.compare import Comparison
    from factions.plots.pairs import Pair
    from factions.report.play.data import Play
    from factions.report.side import Side

PICTURES = {
    "flow": "Who rules and who opposes, without the change and with it.",
    "contrasts": "How much the change raises or lowers each outcome, with two standard errors.",
    "divergence": "How much differs at each meeting, and the share of the pairs whose two runs differ in anything.",
    "standing": "Where leaders stand, without the change (upper lane) and with it (lower lane).",
    "influence": "Influence of every bloc, without the change (grey) and with it.",
}


def _gain(gain: float | None) -> str:
    """How many times as many worlds; nobody needs a number of thousands."""
    return "" if gain is None else f"{gain:,.1f} ×" if gain < 1000.0 else "over 1,000 ×"


_MORE = (
    Number[Contrast]("higher in", lambda row: percent(row.raised)),
    Number[Contrast]("lower in", lambda row: percent(row.lowered)),
    Number[Contrast]("worlds without pairs", lambda row: _gain(row.gain)),
)
_TERMS = (
    (
        "pair",
        "one world run twice with the same luck, without the change and with it. Whatever differs between the two "
        "follows from the change, inside the model.",
    ),
    (
        "error",
        "one standard error. It comes from the finite number of worlds and says nothing about whether the model is "
        "right. Outcomes in grey differ by less than twice their error, or by no more than other luck alone makes.",
    ),
    ("worlds without pairs", f"{EXPLAINED['unpaired']}."),
    (
        "how far it rewrites history",
        "how often the model takes the imposed decisions by itself, all of them one after the other. The rarer that "
        "is, the further the worlds with the change are from all that the model was fitted to.",
    ),
    (
        "different beginnings",
        "worlds that fit what is documented are found meeting by meeting: those that fit are copied, the others are "
        "dropped. So several may go back to one beginning, and count as one in the errors. Statements about those whom "
        "the change names are required of every world if the sources are sure enough; the others are weighed, and may "
        "fail in some worlds.",
    ),
    (
        "draws without a twin",
        "random draws that only one world of a pair makes, because somebody acts in it who does not act in the other. "
        "The two worlds cannot have them in common.",
    ),
)


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
    """The page of one counterfactual: question, answer, pictures, tables, sources, provenance."""
    scenario = comparison.scenario
    page = Page(scenario.title)
    page.add(f"<h1>{escape(scenario.title)}</h1>")
    page.add(f'<p class="question">{escape(scenario.question or "")}</p>')
    page.answer(answer(comparison))
    page.warnings(comparison.warnings)
    _changes(page, comparison)
    page.heading("Pair by pair, meeting by meeting")
    page.play(play)
    page.heading("What follows")
    page.picture(pictures["flow"], PICTURES["flow"])
    page.blocks([*decisions(comparison), *roads(comparison), *succession(comparison)])
    if comparison.diverged:
        page.add(
            '<p><a href="pair.html">A typical pair of worlds, told side by side</a>: most of its outcomes are as in '
            "most worlds.</p>"
        )
    page.picture(pictures["divergence"], PICTURES["divergence"])
    page.heading("Outcomes")
    page.picture(pictures["contrasts"], PICTURES["contrasts"])
    note = f"Worlds without pairs: {EXPLAINED['unpaired']}."
    page.table(outcomes(comparison, _all_rows(comparison), note, _MORE))
    _past(page, comparison)
    page.heading("Leaders and blocs")
    page.picture(pictures["standing"], PICTURES["standing"])
    page.picture(pictures["influence"], PICTURES["influence"])
    _next(page, comparison)
    _how_to_read(page)
    _sources(page, comparison)
    _provenance(page, comparison, command)
    return page


def _all_rows(comparison: Comparison) -> list[Contrast]:
    """Every outcome: what was asked for, then the largest effects first."""
    first = listed_rows(comparison)
    return first + sorted((row for row in comparison.every if row not in first), key=lambda row: -row.effect)


def _changes(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    page.heading("The change")
    said = changed(comparison.base, scenario, comparison.made, len(comparison.paths))
    if said:
        page.points(said)
    if scenario.description and scenario.description != comparison.base.description:
        page.paragraph(" ".join(scenario.description.split()))
    page.table(
        facts(
            {
                "First meeting that can differ": branch_name(comparison),
                "Worlds": f"{counted(len(comparison.paths), 'pair')}; {conditioning(comparison)}",
                "How far it rewrites history": cost_words(comparison.cost),
                "Pairs whose two runs differ": parted_words(comparison),
                "Random draws without a twin": f"{percent(comparison.draws.unaligned)} ({EXPLAINED['draws']})",
            }
        )
    )


def _past(page: Page, comparison: Comparison) -> None:
    claims = past_blocks(comparison, most=len(comparison.past.claims))
    if claims:
        page.heading("The past of these worlds")
        page.blocks(claims)


def _next(page: Page, comparison: Comparison) -> None:
    steps = next_steps(comparison)
    if steps:
        page.heading("What to ask next")
        page.blocks(steps)


def _how_to_read(page: Page) -> None:
    page.heading("How to read this")
    page.terms(_TERMS)
    page.paragraph(f"Numbers in the brackets of a told world are the terms that decided. {SCALE}")
    page.terms(MEANING.items())


def _sources(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    keys: list[str] = []
    for change in scenario.changes:
        keys += [key for key in change.sources if key not in keys]
    own = [key for key in scenario.sources if key not in comparison.base.sources and key not in keys]
    if keys or own:
        page.heading("Sources")
        key, work, address = (
            Column[str]("key", lambda key: key),
            Column[str]("work", lambda key: scenario.sources[key].text),
            Column[str]("address", lambda key: scenario.sources[key].url or ""),
        )
        page.table(table((*keys, *own), key, work, address))


def _provenance(page: Page, comparison: Comparison, command: str) -> None:
    page.provenance(
        {
            "command": command,
            "seed": comparison.factual.seed,
            "worlds": len(comparison.paths),
            "condition": comparison.condition.value,
            "baseline": f"{comparison.base.path.name} ({comparison.digests[0][:16]})",
            "counterfactual": f"{comparison.scenario.path.name} ({comparison.digests[1][:16]})",
        }
    )
    page.text(f"The file {comparison.scenario.path.name}", own_text(comparison))


def own_text(comparison: Comparison) -> str:
    """The text of the counterfactual file, without that of the files it extends."""
    marker = f"# {comparison.scenario.path.name}\n"
    return comparison.scenario.text.rpartition(marker)[2].strip()
