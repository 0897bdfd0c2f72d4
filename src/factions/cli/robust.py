"""`factions robust`: how far the answer to a what-if depends on the circumstances."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli import options
from factions.cli.options import answer, command, held, scenario_argument, threads
from factions.cli.progress import continued, progress_bar, say_if_compiling
from factions.cli.values import whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.robust import Robustness
    from factions.counterfactual.variations import Question

Files = Annotated[
    list[Path], scenario_argument("Counterfactual files; each is compared with the file that it extends.", "FILE...")
]
Worlds = Annotated[int, whole("--worlds", "Pairs of worlds for each variation.", low=20)]


def robust(
    files: Files,
    worlds: Worlds = 1000,
    seed: options.Seed = 0,
    condition: options.ConditionOption = "branch",
    outcome: options.OutcomeOption = None,
    out: options.OutKept = None,
    format: options.FormatOption = options.Format.text,
    workers: options.Workers = None,
    parameters: options.ParametersOption = None,
    style: options.StyleOption = options.Style.screen,
    spreadsheet: options.SpreadsheetOption = None,
) -> None:
    """Ask one what-if over conditions, seeds, dates, readings, judged numbers and parameters: how far does it hold?"""
    from factions.counterfactual.conditioning import read_condition
    from factions.report.robust import write_robust_overview
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
    holding = held(out, "robust", scenarios, questions[0].draws, identity, ["factions.counterfactual.robust"])
    with continued("finished variations", out), holding:
        finished = [_asked(question, worlds, outcome or [], threads(workers), out) for question in questions]
        if out is not None:
            write_robust_overview(finished, out, command())
    answer(format, summary, report, finished)
    options.say_where(out, "index.html")


def _asked(question: Question, worlds: int, outcomes: Sequence[str], threads: int, out: Path | None) -> Robustness:
    """The answers to a question; with a folder, written there, and taken from there as far as they are known."""
    from factions.counterfactual.robust import robust as ask
    from factions.report.robust import Kept, write_robustness

    path = question.other.scenario.path
    bar = partial(progress_bar, what=f"{path.name}: variations")
    known = None if out is None else Kept(out / path.stem / "answers.json")
    found = ask(question, worlds, outcomes, threads, bar, known)
    if out is not None:
        write_robustness(found, out / found.name, command())
    return found


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
