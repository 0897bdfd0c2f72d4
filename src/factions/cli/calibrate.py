"""`factions calibrate`: fit the parameters to a scenario's record."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factions.cli import options
from factions.cli.options import threads
from factions.cli.progress import say_if_compiling
from factions.cli.screen import show, show_json
from factions.cli.values import day, number, one_of, path

if TYPE_CHECKING:
    from factions.inference.files import Files
    from factions.inference.sampler import Population
    from factions.scenario import Scenario

_EVERY = 10.0  # seconds between two lines of progress


class LikelihoodName(StrEnum):
    """How agreement with the record is measured."""

    claims = "claims"
    record = "record"


Minutes = Annotated[
    float,
    number(
        "--minutes",
        "Budget in minutes of two processors, counted as 150,000 worlds each. The result depends on this number, never "
        "on the clock.",
        low=0.05,
    ),
]
Until = Annotated[dt.date | None, day("--until", "Fit only the claims that are resolved by this day.")]
Out = Annotated[
    Path | None,
    path(
        "--out",
        "PATH",
        "Folder for the posterior; by default the folder of the scenario. A posterior that is there already is kept, "
        "and the new one gets a number. To replace it, name its .posterior.parquet.",
    ),
]
Likelihood = Annotated[
    LikelihoodName,
    one_of(
        "--likelihood",
        LikelihoodName,
        "claims: the claims one by one, weighted down because they overlap. record: all claims together, which is "
        "exact but noisy, and takes many hours.",
    ),
]
Weight = Annotated[
    float, number("--weight", "Weight of each claim; 1 as if no two claims overlapped.", low=0.01, high=1.0)
]


def calibrate(
    file: options.RecordFile,
    until: Until = None,
    minutes: Minutes = 60.0,
    seed: options.Seed = 0,
    out: Out = None,
    likelihood: Likelihood = LikelihoodName.claims,
    weight: Weight = 0.6,
    workers: options.Workers = None,
    format: options.FormatOption = options.Format.text,
) -> None:
    """Fit the parameters to the record and write draws of the posterior. An interrupted fit continues."""
    from factions.inference.calibration import Plan
    from factions.inference.calibration import calibrate as fit
    from factions.inference.files import calibration_key, manifest, write_posterior
    from factions.inference.observed import observe
    from factions.report.calibration import report
    from factions.scenario import load
    from factions.store.plain import to_plain

    scenario = load(file)
    observed = observe(scenario, until)
    plan = Plan.of_minutes(minutes, seed, likelihood=likelihood.value, weight=weight)
    key = calibration_key(scenario, plan, until)
    say_if_compiling()
    say = partial(typer.echo, err=True)
    try:
        with _held(scenario, out, until) as files:
            posterior = fit(observed, plan, threads(workers), files.state, key, Progress(plan.budget), say)
            found = write_posterior(files, posterior, manifest(scenario, posterior, plan, until, len(observed)))
    except KeyboardInterrupt:
        typer.echo(f"interrupted; the same command continues from {_files(scenario, out, until).state}", err=True)
        raise
    if format is options.Format.json:
        show_json(to_plain(found) | {"file": str(files.draws)})
    else:
        show([*report(found, files.draws), _use(scenario, files)])


@contextmanager
def _held(scenario: Scenario, out: Path | None, until: dt.date | None) -> Iterator[Files]:
    """Where the posterior goes, held against other calibrations; one of them may have ended there in the meantime."""
    from factions.store.lock import locked

    while True:
        files = _files(scenario, out, until)
        with locked(files.draws.parent, files.draws.stem):
            if files == _files(scenario, out, until):
                yield files
                return


def _files(scenario: Scenario, out: Path | None, until: dt.date | None) -> Files:
    """Where the posterior goes: where `--out` names it, else where there is none."""
    from factions.inference.files import Files
    from factions.scenario.text.shipped import installed

    here = Path() if installed(scenario.path) else None
    files = Files.of(scenario, out or here, until)
    return files if files.draws == out else files.unused()


def _use(scenario: Scenario, files: Files) -> str:
    """How the posterior is used, as a sentence or two."""
    from factions.inference.files import Files
    from factions.scenario.text.shipped import installed

    usual, how = Files.of(scenario), f"To use it: --parameters {files.draws}."
    if files == usual:
        return f"Runs of {scenario.path} take it from now on."
    if installed(scenario.path):
        return how
    return (
        f"{how} For runs of {scenario.path} to take it by themselves, rename it to {usual.draws}, and {files.manifest} "
        f"to {usual.manifest}."
    )


class Progress:
    """Lines on stderr: how far the calibration is, the best fit so far, and the time left at the present speed."""

    def __init__(self, budget: int) -> None:
        self.budget, self.began, self.last = budget, time.monotonic(), 0.0
        self.before: int | None = None

    def __call__(self, run: int, population: Population, spent: int) -> None:
        now = time.monotonic()
        if self.before is None:
            self.before, self.began = spent, now
        if now - self.last < _EVERY:
            return
        self.last = now
        best, mean = population.log_likelihood.max(), population.log_likelihood.mean()
        typer.echo(
            f"{min(spent / self.budget, 1.0):4.0%}  run {run + 1}, temperature {population.power:.3f}, log-likelihood "
            f"mean {mean:.1f}, best {best:.1f}, {self._left(now, spent)}",
            err=True,
        )

    def _left(self, now: float, spent: int) -> str:
        done = spent - (self.before or 0)
        if done <= 0:
            return "time left unknown"
        seconds = (now - self.began) / done * max(self.budget - spent, 0)
        return f"about {seconds / 60:.0f} min left" if seconds >= 90 else f"about {seconds:.0f} s left"
