"""`factions robust`: how far the answer to a what-if depends on the circumstances."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli.options import (
    ConditionOption,
    Format,
    FormatOption,
    OutcomeOption,
    OutKept,
    ParametersOption,
    Seed,
    SpreadsheetOption,
    Style,
    StyleOption,
    Workers,
    answer,
    command,
    held,
    scenario_argument,
    threads,
)
from factions.cli.progress import continued, progress_bar, say_if_compiling
from factions.cli.values import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.variations import Question

Files = Annotated[
    list[Path], scenario_argument("Counterfactual files; each is compared with the file that it extends.", "FILE...")
]
Worlds = Annotated[int, whole("--worlds", "Pairs of worlds for each variation.", low=20)]


def robust(
    files: Files,
    worlds: Worlds = 1000,
    seed: Seed = 0,
    condition: ConditionOption = "branch",
    outcome: OutcomeOption = None,
    out: OutKept = None,
    format: FormatOption = Format.text,
    workers: Workers = None,
    parameters: ParametersOption = None,
    style: StyleOption = Style.screen,
    spreadsheet: SpreadsheetOption = None,
) -> None:
    """Ask one what-if over conditions, seeds, dates, readings, judged numbers and parameters: how far does it hold?"""
    from factions.counterfactual.conditioning import read_condition
    from factions.counterfactual.robust import robust as ask
    from factions.report.robust import Kept, write_robust_overview, write_robustness
    from factions.report.robust_text import report, summary

    chosen = read_condition(condition)
    questions = _questions(files, parameters, chosen.value, seed, outcome or [])
    say_if_compiling()
    scenarios = [part.scenario for question in questions for part in (question.base, question.other)]
    identity = {
        "outcome": outcome or [],
        "worlds": worlds,
        "seed": seed,
        "condition": condition,
        "all parameters": [question.draws.digest for question in questions],
    }
    finished = []
    holding = held(out, "robust", scenarios, questions[0].draws, identity, ["factions.counterfactual.robust"])
    with continued("finished variations", out), holding:
        for question in questions:
            path = question.other.scenario.path
            bar = partial(progress_bar, what=f"{path.name}: variations")
            known = None if out is None else Kept(out / path.stem / "answers.json")
            found = ask(question, worlds, outcome or [], threads(workers), bar, known)
            if out is not None:
                write_robustness(found, out / found.name, command())
            finished.append(found)
        if out is not None:
            write_robust_overview(finished, out, command())
    answer(format, summary, report, finished)


def _questions(
    files: Sequence[Path], parameters: str | None, condition: str, seed: int, outcomes: Sequence[str]
) -> list[Question]:
    """The questions of the files, with outcomes that can be asked; what a reader must know of them goes to stderr."""
    from factions.counterfactual.compare import told_apart
    from factions.counterfactual.conditioning import Condition
    from factions.counterfactual.variations import Question
    from factions.statements.outcomes import find_outcomes

    told_apart(files)
    questions = [Question.of(path, parameters, Condition(condition), seed) for path in files]
    for question in questions:
        find_outcomes(question.base.scenario, outcomes)
        find_outcomes(question.other.scenario, outcomes)
    for caution in dict.fromkeys(question.draws.caution for question in questions):
        if caution:
            typer.echo(f"warning: {caution}", err=True)
    return questions
