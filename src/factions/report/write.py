"""Write what a comparison leaves behind: figures, their tables, the data, and the page to read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factions.counterfactual.summary import (
    branch_name,
    carrier_words,
    conditioning,
    cost_words,
    error_number,
    number,
    summary,
)
from factions.report.page import Page, escape
from factions.report.words import answer
from factions.store.versions import versions
from factions.wording import percent

if TYPE_CHECKING:
    from factions.counterfactual.causes import Cause
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.contrasts import Contrast
    from factions.counterfactual.inevitability import Factual, Point

PICTURES = {
    "flow": "Who rules and who opposes, without the change and with it.",
    "contrasts": "What the change makes of each outcome, with twice its error.",
    "divergence": "How many pairs of worlds have parted by each meeting.",
    "standing": "Where leaders stand, without the change (upper lane) and with it (lower lane).",
    "influence": "Influence of every bloc, without the change (grey) and with it.",
}
_TERMS = (
    (
        "pair",
        "one world run twice with the same luck, once as it was and once with the change. Whatever differs between the "
        "two follows from the change, inside the model.",
    ),
    (
        "error",
        "one standard error from the finite number of worlds. It says nothing about whether the model is right. Rows "
        "in grey differ by less than twice their error.",
    ),
    ("gain of pairing", "how many times as many unpaired worlds would be needed for the same error."),
    (
        "rewriting cost",
        "minus the logarithm of the probability that the model would have decided by itself as the file has it: 0 asks "
        "nothing, 5 asks for one world in 150. The more a file rewrites, the further its worlds are from anything the "
        "model was fitted to.",
    ),
    (
        "ancestors",
        "worlds that agree with the record are copies that were kept at every meeting; the number of different worlds "
        "at the first meeting from which they descend says how many are independent.",
    ),
    (
        "draws without a twin",
        "random draws that only one world of a pair makes, because somebody acts in it who does not act in the other. "
        "They cannot be paired.",
    ),
)


def write_comparison(comparison: Comparison, folder: Path, command: str) -> list[Path]:
    """Figures (PNG, SVG, CSV), result.json and report.html of one counterfactual; returns what was written."""
    from factions.plots import contrast, courses, divergence, flows
    from factions.plots.output import save
    from factions.plots.pairs import Pair

    pair = Pair.of(comparison)
    drawn = {
        "flow": (flows.figure(pair), flows.table(pair)),
        "contrasts": (contrast.figure(comparison), contrast.table([comparison])),
        "divergence": (divergence.figure([comparison]), divergence.table([comparison])),
        "standing": (courses.standing_figure(pair), courses.standing_table(pair)),
        "influence": (courses.influence_figure(pair), courses.influence_table(pair)),
    }
    paths, pictures = [], {}
    for name, (figure, table) in drawn.items():
        paths += save(figure, table, folder / "plots", name)
        pictures[name] = paths[-3]
    result = folder / "result.json"
    result.write_text(
        json.dumps(summary([comparison]), indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    page = folder / "report.html"
    page.write_text(report_page(comparison, pictures, command).markup(), encoding="utf-8")
    return [*paths, result, page]


def write_overview(comparisons: Sequence[Comparison], folder: Path, command: str) -> list[Path]:
    """What speaks of all files: the figures that compare them, result.json, and index.html with links."""
    from factions.plots import contrast, divergence
    from factions.plots.output import save

    outcomes = shared_outcomes(comparisons)
    paths = []
    if outcomes:
        paths += save(contrast.overview(comparisons, outcomes), contrast.table(comparisons), folder, "contrasts")
    paths += save(divergence.figure(comparisons), divergence.table(comparisons), folder, "divergence")
    result = folder / "result.json"
    result.write_text(
        json.dumps(summary(comparisons), indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8"
    )
    page = folder / "index.html"
    page.write_text(_overview_page(comparisons, paths, command).markup(), encoding="utf-8")
    return [*paths, result, page]


def shared_outcomes(comparisons: Sequence[Comparison], most: int = 4) -> list[str]:
    """The outcomes that differ most among the files that have them all: probabilities first."""
    common = set.intersection(*({row.outcome for row in each.contrasts} for each in comparisons))
    found: dict[str, list[float]] = {}
    for each in comparisons:
        for row in each.contrasts:
            if row.outcome in common and row.unit == "probability" and row.error is not None:
                found.setdefault(row.outcome, []).append(abs(row.difference))
    order = sorted(found, key=lambda outcome: -sum(found[outcome]))
    return order[:most]


def report_page(comparison: Comparison, pictures: dict[str, Path], command: str) -> Page:
    """The page of one counterfactual: question, answer, pictures, tables, sources, provenance."""
    scenario = comparison.scenario
    page = Page(scenario.title)
    page.add(f"<h1>{escape(scenario.title)}</h1>")
    page.add(f'<p class="question">{escape(scenario.question or "")}</p>')
    page.add('<div class="answer">' + "".join(f"<p>{escape(text)}</p>" for text in answer(comparison)) + "</div>")
    for text in comparison.warnings:
        page.add(f'<div class="warning">Warning: {escape(text)}.</div>')
    _changes(page, comparison)
    page.heading("What follows")
    page.picture(pictures["flow"], PICTURES["flow"])
    _carried(page, comparison)
    page.picture(pictures["divergence"], PICTURES["divergence"])
    page.heading("Outcomes")
    page.picture(pictures["contrasts"], PICTURES["contrasts"])
    _outcomes(page, comparison)
    page.heading("Leaders and blocs")
    page.picture(pictures["standing"], PICTURES["standing"])
    page.picture(pictures["influence"], PICTURES["influence"])
    _how_to_read(page)
    _sources(page, comparison)
    _provenance(page, comparison, command)
    return page


def _changes(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    page.heading("The change")
    texts = [change.text for change in scenario.changes if change.text]
    if texts:
        page.add("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>")
    if scenario.description and scenario.description != comparison.base.description:
        page.paragraph(" ".join(scenario.description.split()))
    rows = [
        ("First meeting that can differ", branch_name(comparison)),
        ("Worlds", f"{len(comparison.paths):,} pairs: {conditioning(comparison)}"),
        ("How far it rewrites history", cost_words(comparison.cost)),
        ("Pairs that part by the end", percent(comparison.diverged)),
        ("Random draws without a twin", percent(comparison.draws.unaligned)),
    ]
    page.table({"what": "", "value": ""}, [{"what": what, "value": value} for what, value in rows])


def _carried(page: Page, comparison: Comparison) -> None:
    if not comparison.carriers:
        return
    page.add(
        f"<p>In {comparison.carriers[0].sample} pairs that were told in full, the first decisions to go another way, "
        "beyond what the change itself imposes, with the term of the rule that weighed most:</p>"
    )
    items = "".join(f"<li>{escape(carrier_words(comparison, i))}</li>" for i in range(min(6, len(comparison.carriers))))
    page.add(f"<ul>{items}</ul>")


def _outcomes(page: Page, comparison: Comparison) -> None:
    columns = {
        "text": "outcome",
        "baseline": "without",
        "counterfactual": "with",
        "difference": "difference",
        "error": "error",
        "raised": "higher in",
        "lowered": "lower in",
        "gain": "gain of pairing",
    }
    page.table(columns, [_outcome_row(row) for row in comparison.contrasts], tuple(columns)[1:])


def _outcome_row(row: Contrast) -> dict[str, str]:
    return {
        "class": "" if row.clear else "quiet",
        "text": row.text,
        "baseline": number(row.baseline, row.unit),
        "counterfactual": number(row.counterfactual, row.unit),
        "difference": number(row.difference, row.unit, signed=True),
        "error": error_number(row.error),
        "raised": percent(row.raised),
        "lowered": percent(row.lowered),
        "gain": "" if row.gain is None else f"{min(row.gain, 9999):,.1f} ×",
    }


def _how_to_read(page: Page) -> None:
    page.heading("How to read this")
    page.add("<ul>" + "".join(f"<li><b>{escape(term)}</b>: {escape(text)}</li>" for term, text in _TERMS) + "</ul>")


def _sources(page: Page, comparison: Comparison) -> None:
    scenario = comparison.scenario
    keys: list[str] = []
    for change in scenario.changes:
        keys += [key for key in change.sources if key not in keys]
    own = [key for key in scenario.sources if key not in comparison.base.sources and key not in keys]
    rows = [
        {"key": key, "text": scenario.sources[key].text, "url": scenario.sources[key].url or ""}
        for key in (*keys, *own)
    ]
    if rows:
        page.heading("Sources")
        page.table({"key": "key", "text": "work", "url": "address"}, rows)


def _provenance(page: Page, comparison: Comparison, command: str) -> None:
    page.heading("Provenance")
    rows: list[tuple[str, Any]] = [
        ("command", command),
        ("seed", comparison.factual.seed),
        ("worlds", len(comparison.paths)),
        ("condition", comparison.condition.value),
        ("baseline", f"{comparison.base.path.name} ({comparison.base.digest[:16]})"),
        ("counterfactual", f"{comparison.scenario.path.name} ({comparison.scenario.digest[:16]})"),
        ("versions", ", ".join(f"{name} {found}" for name, found in versions().items())),
    ]
    page.table({"what": "", "value": ""}, [{"what": what, "value": str(value)} for what, value in rows])
    page.text(f"The file {comparison.scenario.path.name}", own_text(comparison))


def own_text(comparison: Comparison) -> str:
    """The text of the counterfactual file, without that of the files it extends."""
    marker = f"# {comparison.scenario.path.name}\n"
    return comparison.scenario.text.rpartition(marker)[2].strip()


def _overview_page(comparisons: Sequence[Comparison], paths: Sequence[Path], command: str) -> Page:
    first = comparisons[0]
    page = Page(f"Counterfactuals of {first.base.title}")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.paragraph(
        f"{len(first.paths):,} pairs of worlds for each file, seed {first.factual.seed}, "
        f"condition “{first.condition.value}”."
    )
    for path in paths:
        if path.suffix == ".png":
            page.picture(
                path, {"contrasts": "Differences by file and outcome.", "divergence": PICTURES["divergence"]}[path.stem]
            )
    for each in comparisons:
        page.add(f'<h2><a href="{escape(each.name)}/report.html">{escape(each.scenario.title)}</a></h2>')
        page.add(f'<p class="question">{escape(each.scenario.question or "")}</p>')
        page.add("".join(f"<p>{escape(text)}</p>" for text in answer(each)))
        page.add("".join(f'<div class="warning">Warning: {escape(text)}.</div>' for text in each.warnings))
    page.heading("Provenance")
    rows = {"command": command, "versions": ", ".join(f"{name} {found}" for name, found in versions().items())}
    page.table({"what": "", "value": ""}, [{"what": what, "value": value} for what, value in rows.items()])
    return page


def write_causes(
    factual: Factual, causes: Sequence[Cause], points: Sequence[Point], folder: Path, command: str
) -> list[Path]:
    """The figures of causes and of inevitability (PNG, SVG, CSV), and a page with both."""
    from factions.plots import causation, inevitability
    from factions.plots.output import save

    paths = save(causation.figure(factual, causes), causation.table(causes), folder, "causes")
    paths += save(inevitability.figure(factual, points), inevitability.table(points), folder, "inevitability")
    page = Page(f"Causes of “{factual.outcome.text}”")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.picture(paths[0], "Causes ranked by necessity, with sufficiency.")
    page.picture(paths[3], "Probability of the outcome given the record up to each meeting.")
    page.heading("Provenance")
    rows = {"command": command, "versions": ", ".join(f"{name} {found}" for name, found in versions().items())}
    page.table({"what": "", "value": ""}, [{"what": what, "value": value} for what, value in rows.items()])
    report = folder / "report.html"
    report.write_text(page.markup(), encoding="utf-8")
    return [*paths, report]
