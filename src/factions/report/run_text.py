"""What a finished run says, as text for a terminal."""

from __future__ import annotations

import io
import shutil
import sys
from typing import TYPE_CHECKING

from factions.report.run_summary import meeting_objects
from factions.statements.scores import worst
from factions.wording import with_error

if TYPE_CHECKING:
    from rich.table import Table

    from factions.runs.run import Finished
    from factions.statements.scores import ClaimScore

PIPED = 150
"""Columns of text that does not go to a terminal."""

SHOWN_FROM = 0.05
"""Blocs are named in the table of meetings from this probability on."""


def report(finished: Finished) -> str:
    """The table of meetings, the table of claims, the scores and the worst claims."""
    tally, job = finished.tally, finished.job
    parts = [
        f"{job.scenario.title}\n{tally.worlds:,} worlds, seed {job.seed}, {_parameters(finished)}\n",
        _shown(_meetings(finished)),
        f"Blocs at less than {SHOWN_FROM:.0%} are left out. Votes: median over worlds (10-90%).\n",
    ]
    if finished.replay is None:
        return "\n".join([*parts, "The record makes no claims.\n"])
    score = finished.replay
    return "\n".join(
        [
            *parts,
            _shown(_claims("Claims of the record", finished.scores)),
            "± is one Monte Carlo standard error.\n",
            f"{score.claims} claims: mean probability {with_error(score.mean_probability, score.error, 4)}, "
            f"geometric mean {score.geometric_mean:.4f}, log score {score.log_score:.4f} a claim.\n",
            _shown(_claims("The least probable claims", worst(finished.scores))),
        ]
    )


def _parameters(finished: Finished) -> str:
    draws = finished.job.draws
    if len(draws.values) == 1:
        return "one parameter vector" + ("" if draws.source == "default" else f" from {draws.source}")
    return f"{len(draws.values):,} draws of the parameters from {draws.source}"


def _shown(table: Table) -> str:
    """A table laid out for the terminal, or for a pipe; lines without blanks at the end."""
    from rich.console import Console

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else PIPED
    page = io.StringIO()
    Console(file=page, width=max(width, 80), no_color=not sys.stdout.isatty()).print(table)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def _table(title: str) -> Table:
    from rich import box
    from rich.table import Table

    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)


def _meetings(finished: Finished) -> Table:
    table = _table("Meetings")
    table.add_column("date", no_wrap=True)
    table.add_column("meeting", min_width=14)
    table.add_column("in the ruling alliance", ratio=2)
    table.add_column("in open opposition", ratio=2)
    table.add_column("votes against", justify="right", no_wrap=True)
    names = {bloc.id: bloc.name for bloc in finished.job.scenario.blocs}
    for row in meeting_objects(finished):
        against = f"{row['vote_share_median']:.1%} ({row['vote_share_p10']:.1%} - {row['vote_share_p90']:.1%})"
        who = [_who(row["blocs"], state, names) for state in ("ruling", "open")]
        table.add_row(row["date"], _plain(row["name"]), *map(_plain, who), against)
    return table


def _who(blocs: list[dict], state: str, names: dict[str, str]) -> str:
    likely = sorted((bloc for bloc in blocs if bloc[state] >= SHOWN_FROM), key=lambda bloc: -bloc[state])
    return ", ".join(f"{names[bloc['bloc']]} {bloc[state]:.0%}" for bloc in likely)


def _claims(title: str, scores: list[ClaimScore]) -> Table:
    table = _table(title)
    table.add_column("date", no_wrap=True)
    table.add_column("probability", justify="right", no_wrap=True)
    table.add_column("confidence")
    table.add_column("sources", max_width=24)
    table.add_column("claim", ratio=1)
    for score in scores:
        probability = with_error(score.probability, score.error)
        sources = _plain(" ".join(score.sources))
        table.add_row(score.date.isoformat(), probability, score.confidence or "-", sources, _plain(score.text))
    return table


def _plain(text: str) -> str:
    """Text whose square brackets are not taken for markup."""
    from rich.markup import escape

    return escape(text)
