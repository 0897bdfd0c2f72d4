"""`factions check`: are scenario files sound?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factions.cli.options import Format, FormatOption, scenario_argument, scenario_file
from factions.cli.screen import show, show_json
from factions.errors import WRONG_INPUT, ScenarioError, ScenarioErrors, shown

if TYPE_CHECKING:
    from factions.scenario import Scenario
    from factions.scenario.forms.differences import Difference
    from factions.scenario.read import Reading
    from factions.scenario.text.problems import Remark

COUNTED = {"leaders": "leader", "blocs": "bloc", "meetings": "meeting", "record": "claim"}


def check(
    files: Annotated[list[Path], scenario_argument("Scenario files, or names of scenarios that ship.")],
    sources: Annotated[
        bool,
        typer.Option("--sources", help="List facts without a source or a confidence, and sources that nothing cites."),
    ] = False,
    weights: Annotated[
        bool, typer.Option("--weights", help="Show how trust, policy and safety weigh between the blocs of the file.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            parser=scenario_file,
            metavar="FILE",
            help="Say in what the files differ from this one: a file, a name that ships, or a folder of tables.",
        ),
    ] = None,
    format: FormatOption = Format.text,
) -> None:
    """Check whether files are sound: what is wrong, where, and what would be right. Exit code 2 if one is not."""
    from factions.scenario import load

    asked = Asked(sources, weights, None if against is None else load(against))
    reports = [_report(path, asked, quiet=format is Format.json) for path in files]
    if format is Format.json:
        show_json({"files": reports})
    if not all(report["sound"] for report in reports):
        raise typer.Exit(WRONG_INPUT)


@dataclass(frozen=True)
class Asked:
    """What is wanted of a file beside whether it is sound."""

    sources: bool
    weights: bool
    other: Scenario | None


def _report(path: Path, asked: Asked, quiet: bool) -> dict[str, Any]:
    """Checks one file; says what it finds, as text on the way and as data at the end."""
    from factions.scenario.audit import audit
    from factions.scenario.variants import read_variants

    try:
        reading, *others = read_variants(path)
        gaps = audit(path) if asked.sources else ()
    except ScenarioErrors as wrong:
        typer.echo(str(wrong), err=True)
        return {"file": str(path), "sound": False, "errors": [_error(error) for error in wrong.errors]}
    scenario = reading.scenario
    told = dict.fromkeys(caution for each in (reading, *others) for caution in each.cautions)
    cautions = [*told, *_of_ties(reading)]
    if not quiet:
        for caution in cautions:
            typer.echo(str(caution.warning), err=True)
        typer.echo(f"{path}: sound ({_counts(scenario)})")
        for each in (reading, *others) if others else ():
            typer.echo(f"  {each.scenario.path.stem}: {each.scenario.title}")
        for gap in gaps:
            typer.echo(str(gap))
    report: dict[str, Any] = {"file": str(path), "sound": True, "digest": scenario.digest}
    report |= {f"{word}s": len(getattr(scenario, field)) for field, word in COUNTED.items()}
    report["variants"] = [each.scenario.path.stem for each in (reading, *others)] if others else []
    report["errors"] = []
    report["warnings"] = [_remark(each) for each in cautions]
    if asked.sources:
        report["gaps"] = [_remark(each) for each in gaps]
    return report | _weighed(scenario, asked, quiet) | _compared(scenario, asked, quiet)


def _of_ties(reading: Reading) -> list[Remark]:
    """That the ties of a file weigh nothing, if that is so; one that extends another has its ties from there."""
    if not (reading.scenario.ties or reading.scenario.personal_ties) or len(reading.scenario.files) > 1:
        return []
    from factions.draws import find_draws
    from factions.report.weights import drowned_ties
    from factions.scenario.text.problems import Remark

    text = drowned_ties(reading.scenario, find_draws(reading.scenario))
    table = "ties" if reading.scenario.ties else "personal_ties"
    return [Remark(reading.tree[table].place, table, text)] if text else []


def _weighed(scenario: Scenario, asked: Asked, quiet: bool) -> dict[str, Any]:
    """How the motives of bargaining weigh, if that is asked."""
    if not asked.weights:
        return {}
    from factions.draws import find_draws
    from factions.report import weights

    draws = find_draws(scenario)
    if not quiet:
        show(weights.report(scenario, draws))
    return {"weights": weights.rows(scenario, draws)}


def _compared(scenario: Scenario, asked: Asked, quiet: bool) -> dict[str, Any]:
    """In what the file differs from another one, if there is one."""
    if asked.other is None:
        return {}
    from factions.scenario.forms.differences import differences

    changed = differences(asked.other, scenario)
    if not quiet:
        for difference in changed:
            typer.echo(str(difference))
        if not changed:
            typer.echo(f"nothing differs from {asked.other.path}")
    return {"differences": [_difference(each) for each in changed]}


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


def _remark(each: Remark) -> dict[str, Any]:
    place = each.place
    return {"file": str(place.file), "line": place.line, "column": place.column, "key": each.key, "problem": each.text}
