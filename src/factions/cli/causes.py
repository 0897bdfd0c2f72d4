"""`factions causes`: what was necessary, and what sufficient, for an outcome, and when it became inevitable."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factions.cli.check import Format
from factions.cli.compare import ConditionOption, command, read_condition
from factions.cli.progress import progress_bar, say_if_compiling
from factions.cli.run import File, FormatOption, ParametersOption, Seed, chosen_draws
from factions.wording import percent, with_error

if TYPE_CHECKING:
    from factions.counterfactual.causes import Cause
    from factions.counterfactual.inevitability import Factual, Point
    from factions.scenario import Scenario
    from factions.statements.outcomes import Outcome

LISTED = 20

OutcomeName = Annotated[
    str, typer.Option(metavar="NAME", help="A probability, say ruling:right or party:trotsky@xv_congress.")
]
Worlds = Annotated[int, typer.Option(min=20, help="Worlds for every change.")]
Only = Annotated[
    list[str] | None, typer.Option(metavar="KIND", help="Only these: event, mechanism, decision; repeatable.")
]
OutFolder = Annotated[Path | None, typer.Option(help="Folder for plots and data.")]


def causes(
    file: File,
    outcome: OutcomeName,
    worlds: Worlds = 1000,
    seed: Seed = 0,
    condition: ConditionOption = "branch",
    only: Only = None,
    out: OutFolder = None,
    format: FormatOption = Format.text,
    parameters: ParametersOption = None,
) -> None:
    """Rank single causes of an outcome by necessity and sufficiency; say when it became inevitable."""
    from factions.counterfactual.causes import candidates, rank
    from factions.counterfactual.inevitability import Factual, inevitability
    from factions.errors import UsageError
    from factions.scenario import load
    from factions.statements.outcomes import find_outcome

    base, chosen = load(file), read_condition(condition)
    wanted = find_outcome(base, outcome)
    if wanted.unit != "probability":
        raise UsageError(f'"{outcome}" is no probability', "causes are of something that comes true or not")
    factual = Factual(base, chosen_draws(base, parameters), worlds, seed, wanted, os.cpu_count() or 1)
    listed = [candidate for candidate in candidates(base) if not only or candidate.kind in only]
    if not listed:
        raise UsageError(f"no causes of kind {', '.join(only or ())}", "kinds: event, mechanism, decision")
    say_if_compiling()
    with progress_bar(len(listed), "causes") as progress:
        ranked = rank(factual, listed, chosen, progress)
    points = inevitability(factual)
    if out is not None:
        from factions.report.write import write_causes

        write_causes(factual, ranked, points, out, command())
    if format is Format.json:
        typer.echo(json.dumps(_summary(factual, wanted, condition, ranked, points), indent=2, ensure_ascii=False))
    else:
        typer.echo(_report(base, wanted, ranked, points), nl=False)


def _summary(
    factual: Factual, outcome: Outcome, condition: str, ranked: list[Cause], points: list[Point]
) -> dict[str, Any]:
    from factions.counterfactual.inevitability import last_open

    last = last_open(points)
    return {
        "scenario": factual.base.path.name,
        "outcome": outcome.name,
        "text": outcome.text,
        "worlds": factual.worlds,
        "seed": factual.seed,
        "condition": condition,
        "causes": [asdict(cause) for cause in ranked],
        "inevitability": [asdict(point) for point in points],
        "last_open": asdict(last) if last else None,
    }


def _report(base: Scenario, outcome: Outcome, ranked: list[Cause], points: list[Point]) -> str:
    lines = [f"Causes of “{outcome.text}”, in {base.title}", ""]
    lines += ["  necessity      sufficiency    effect          cause"]
    lines += [_row(cause) for cause in ranked[:LISTED]]
    lines += [f"  ... and {len(ranked) - LISTED} more"] if len(ranked) > LISTED else []
    lines += ["", "  Its probability, given the record up to a meeting:"]
    for point in points:
        lines.append(f"    {_number(point.probability, point.error)}  {point.meeting or 'before the first'}")
    return "\n".join([*lines, "", f"  {open_words(base, points)}"]) + "\n"


def open_words(base: Scenario, points: list[Point]) -> str:
    """When the alternative was last open, as a sentence."""
    from factions.counterfactual.inevitability import CHANCE, last_open

    last = last_open(points)
    share = percent(CHANCE)
    if last is None:
        return f"The alternative never had {share}."
    if last is points[-1]:
        return f"The alternative still has {share} given the whole record."
    names = {meeting.id: meeting.name for meeting in base.meetings}
    after = names.get(last.meeting, "the start")
    return f"The alternative last had {share} after {after} ({last.date})."


def _row(cause: Cause) -> str:
    necessity = _number(cause.necessity, cause.necessity_error)
    sufficiency = _number(cause.sufficiency, cause.sufficiency_error)
    effect = _number(cause.effect, cause.effect_error, signed=True)
    return f"  {necessity}  {sufficiency}  {effect}  {cause.kind}: {cause.text}"


def _number(value: float | None, error: float | None, signed: bool = False) -> str:
    if value is None:
        return "      -      "
    return with_error(value, error, sign="+" if signed else "").ljust(14 if signed else 13)
