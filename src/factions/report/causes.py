"""Causes of an outcome: what `factions causes` prints and writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from factions.counterfactual.causes import FEWEST, Cause
from factions.counterfactual.inevitability import CHANCE, Point, last_open
from factions.report.page import Page, escape
from factions.report.table import Block, Column, Number, Table, table
from factions.store.files import write_text
from factions.wording import counted, percent, with_error

if TYPE_CHECKING:
    from factions.counterfactual.inevitability import Factual

LISTED = 20
"""Causes that the text lists."""
_NOTE = f"± is one standard error; - stands where fewer than {FEWEST} worlds can tell."


def summary(factual: Factual, condition: str, causes: Sequence[Cause], points: Sequence[Point]) -> dict[str, object]:
    """The object that `--format json` prints."""
    last = last_open(points)
    return {
        "scenario": factual.base.path.name,
        "outcome": factual.outcome.name,
        "text": factual.outcome.text,
        "worlds": factual.worlds,
        "seed": factual.seed,
        "condition": condition,
        "warnings": [factual.draws.caution] if factual.draws.caution else [],
        "causes": [asdict(cause) for cause in causes],
        "inevitability": [asdict(point) for point in points],
        "last_open": asdict(last) if last else None,
    }


def report(factual: Factual, causes: Sequence[Cause], points: Sequence[Point]) -> list[Block]:
    """The ranked causes, the probability given the record, and when the alternative was last open."""
    more = f"... and {len(causes) - LISTED} more. " if len(causes) > LISTED else ""
    return [
        f"Causes of “{factual.outcome.text}”, in {factual.base.title}",
        _causes(causes[:LISTED], f"{more}{_NOTE}"),
        _points(factual, points),
        open_words(factual, points),
    ]


def _causes(causes: Sequence[Cause], note: str) -> Table:
    return table(
        causes,
        Column[Cause]("cause", lambda cause: f"{cause.kind}: {cause.text}"),
        Number("necessity", lambda cause: _shown(cause.necessity, cause.necessity_error)),
        Number("sufficiency", lambda cause: _shown(cause.sufficiency, cause.sufficiency_error)),
        Number("effect", lambda cause: _shown(cause.effect, cause.effect_error, sign="+")),
        note=note,
    )


def _points(factual: Factual, points: Sequence[Point]) -> Table:
    names = {meeting.id: meeting.name for meeting in factual.base.meetings}
    return table(
        points,
        Column[Point]("given the record up to", lambda point: names.get(point.meeting, "the start")),
        Number("probability", lambda point: _shown(point.probability, point.error)),
    )


def _shown(value: float | None, error: float | None, sign: str = "") -> str:
    return "-" if value is None else with_error(value, error, sign=sign)


def open_words(factual: Factual, points: Sequence[Point]) -> str:
    """When the alternative was last open, as a sentence."""
    last, share = last_open(points), percent(CHANCE)
    if last is None:
        return f"The alternative never had a chance of {share}."
    if last is points[-1]:
        return f"The alternative still has a chance of {share} given the whole record."
    names = {meeting.id: meeting.name for meeting in factual.base.meetings}
    when = names.get(last.meeting, "the start")
    return f"The alternative last had a chance of {share} after {when} ({last.date})."


def write_causes(
    factual: Factual, causes: Sequence[Cause], points: Sequence[Point], folder: Path, command: str
) -> list[Path]:
    """The figures of causes and of inevitability (PNG, SVG, CSV), and a page with both and their tables."""
    from factions.plots import causation, inevitability
    from factions.plots.output import save

    paths = save(causation.figure(factual, causes), causation.table(causes), folder, "causes")
    paths += save(inevitability.figure(factual, points), inevitability.table(points), folder, "inevitability")
    page = Page(f"Causes of “{factual.outcome.text}”")
    page.add(f"<h1>{escape(page.title)}</h1>")
    page.warnings([factual.draws.caution] if factual.draws.caution else [])
    page.picture(paths[0], "Causes, ranked by necessity, with their sufficiency.")
    page.table(_causes(causes, f"{counted(factual.worlds, 'world')} for each cause. {_NOTE}"))
    page.picture(paths[3], "Probability of the outcome given the record up to each meeting.")
    page.blocks([_points(factual, points), open_words(factual, points)])
    page.provenance({"command": command, "seed": factual.seed, "worlds": factual.worlds})
    report = folder / "report.html"
    write_text(report, page.markup())
    return [*paths, report]
