"""`factions check`: are scenario files sound?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factions.cli.options import scenario_file
from factions.cli.screen import show_json
from factions.errors import WRONG_INPUT, ScenarioError, ScenarioErrors, shown

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.differences import Difference
    from factions.scenario.places import Place

COUNTED = {"leaders": "leader", "blocs": "bloc", "meetings": "meeting", "record": "claim"}


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


def check(
    files: Annotated[
        list[Path],
        typer.Argument(
            parser=scenario_file,
            metavar="FILE",
            help="Scenario files, or names of scenarios that ship.",
            show_default=False,
        ),
    ],
    sources: Annotated[
        bool,
        typer.Option("--sources", help="List facts without a source or a confidence, and sources that nothing cites."),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            parser=scenario_file,
            metavar="FILE",
            help="Say in what the files differ from this one: a file, a name that ships, or a folder of tables.",
        ),
    ] = None,
    format: Annotated[Format, typer.Option(help="Results as text or as JSON.")] = Format.text,
) -> None:
    """Check whether files are sound: what is wrong, where, and what would be right. Exit code 2 if one is not."""
    from factions.scenario import load

    other = None if against is None else load(against)
    reports = [_report(path, sources, other, quiet=format is Format.json) for path in files]
    if format is Format.json:
        show_json({"files": reports})
    if not all(report["sound"] for report in reports):
        raise typer.Exit(WRONG_INPUT)


def _report(path: Path, sources: bool, other: Scenario | None, quiet: bool) -> dict[str, Any]:
    """Checks one file; says what it finds, as text on the way and as data at the end."""
    from factions.scenario.audit import audit
    from factions.scenario.differences import differences
    from factions.scenario.read import read

    try:
        reading = read(path)
        gaps = audit(path) if sources else ()
        changed = [] if other is None else differences(other, reading.scenario)
    except ScenarioErrors as wrong:
        typer.echo(str(wrong), err=True)
        return {"file": str(path), "sound": False, "errors": [_error(error) for error in wrong.errors]}
    scenario = reading.scenario
    if not quiet:
        for caution in reading.cautions:
            typer.echo(str(caution), err=True)
        typer.echo(f"{path}: sound ({_counts(scenario)})")
        for gap in gaps:
            typer.echo(str(gap))
        for difference in changed:
            typer.echo(str(difference))
        if other is not None and not changed:
            typer.echo(f"nothing differs from {other.path}")
    report: dict[str, Any] = {"file": str(path), "sound": True, "digest": scenario.digest}
    report |= {f"{word}s": len(getattr(scenario, field)) for field, word in COUNTED.items()}
    report["errors"] = []
    report["warnings"] = [_remark(caution.place, caution.key, caution.text) for caution in reading.cautions]
    if sources:
        report["gaps"] = [_remark(gap.place, gap.key, gap.problem) for gap in gaps]
    if other is not None:
        report["differences"] = [_difference(each) for each in changed]
    return report


def _counts(scenario: Scenario) -> str:
    counts = {word: len(getattr(scenario, field)) for field, word in COUNTED.items()}
    return ", ".join(f"{count} {word}" if count == 1 else f"{count} {word}s" for word, count in counts.items())


def _error(error: ScenarioError) -> dict[str, Any]:
    """An error for JSON; the value as TOML would write it, since JSON has no dates and no infinity."""
    return {
        "file": str(error.path),
        "line": error.line,
        "column": error.column,
        "key": error.key,
        "value": None if error.value is None else shown(error.value),
        "problem": error.problem,
        "remedy": error.remedy,
    }


def _difference(each: Difference) -> dict[str, Any]:
    """A difference for JSON; values as TOML would write them."""
    before, after = (None if value is None else shown(value) for value in (each.before, each.after))
    return {"key": each.key, "before": before, "after": after}


def _remark(place: Place, key: str, problem: str) -> dict[str, Any]:
    return {"file": str(place.file), "line": place.line, "column": place.column, "key": key, "problem": problem}
