"""`factions new`: a commented skeleton of a counterfactual or of a case of one's own, or a file made of tables."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factions.cli.blank import BLANK
from factions.cli.options import scenario_file
from factions.cli.values import place
from factions.toml import inline

if TYPE_CHECKING:
    from factions.scenario import Scenario

SKELETON = """\
# {heading}
#
# A counterfactual: it extends {base_shown} and says only what differs. Check it with
#   factions check {name}
# and compare it with its baseline:
#   factions compare {base_shown} {name} --out out/{stem}
extends = {base}
title = {title}
question = "What if ...?"
# description = "What historians have argued, and where."
# outcomes = ["ruling:{bloc}", "party:{leader}", "influence:{bloc}"]   # what to show first

# Each [[changes]] table makes one change. Keep those that you need and remove the rest. A decision is imposed `at` one
# meeting, or `since` one day and `until` another; an event has a `date`. The report shows `text`; `sources` are keys of
# [sources].
[[changes]]
kind = "alliance"
blocs = ["{bloc}", "{other}"]
stand = "together"              # or "apart"
at = "{meeting}"
text = "What happens here, in a sentence."

# [[changes]]
# kind = "stance"
# bloc = "{other}"
# to = "open"                   # or "quiet"
# since = {since}
# until = {until}

# [[changes]]
# kind = "sanction"
# bloc = "{other}"
# rung = "none"                 # spares it; or office, politburo, central_committee, party, exile, deportation
# at = "{meeting}"

# [[changes]]
# kind = "surrender"
# leaders = ["{leader}"]        # or bloc = "..."
# to = "capitulate"             # or "hold_out"
# at = "{meeting}"

# [[changes]]
# kind = "appointment"
# office = "{office}"
# leader = "{leader}"           # "" leaves the office vacant
# date = {since}

# [[changes]]
# kind = "hold"                 # as "appointment", and he keeps it
# office = "{office}"
# leader = "{leader}"
# since = {since}
# until = {until}
# requires = ["not ruling:{other}"] # made where this holds; any change but of meetings may say so

# [[changes]]
# kind = "keep_alive"           # or death, illness, recovery, each with a date
# leader = "{leader}"
# since = {since}

# [[changes]]
# kind = "cancel"               # or move, with event (or meeting) and date
# events = ["{event}"]          # or meetings = ["{meeting}"]

# Other kinds, as in [[events]]: {others}.
# Institutions and mechanisms have their own tables, which hold from the first meeting on:
# [[meeting_kinds]]
# id = "{kind}"
# selection = 0.0
# [mechanisms]
# patronage = false

# Meetings: {meetings}
# Blocs: {blocs}
# Events: {events}
"""

Base = Annotated[
    Path | None,
    typer.Option(
        "--from",
        parser=scenario_file,
        metavar="FILE",
        help="Write a counterfactual of this scenario: a file, or the name of one that ships.",
    ),
]
Blank = Annotated[bool, typer.Option("--blank", help="Write a small case that runs, to be filled with your own.")]
Tables = Annotated[
    Path | None,
    typer.Option(
        "--from-csv",
        parser=place("--from-csv"),
        metavar="DIR",
        help="Write the case that the tables of a folder hold (see export).",
    ),
]
Name = Annotated[
    Path, typer.Argument(parser=place("NAME"), metavar="NAME", help="The file to write.", show_default=False)
]


def new(name: Name, base: Base = None, blank: Blank = False, from_csv: Tables = None) -> None:
    """Write a scenario file to begin with: a counterfactual, a case of your own, or what tables hold."""
    from factions.errors import UsageError
    from factions.store.files import write_text

    if not name.name:
        raise UsageError(f"{name} is no name of a file", "give one, such as my_question")
    if (base is not None) + blank + (from_csv is not None) != 1:
        raise UsageError(
            "it is not said, or said twice, what the new file is made of",
            "give one of --from FILE, --blank, --from-csv DIR",
        )
    path = name if name.suffix else name.with_suffix(".toml")
    if path.exists():
        raise UsageError(f"{path} exists already", "choose another name, or remove it")
    if base is not None:
        text = counterfactual(path, base)
    else:
        text = (
            BLANK.format(name=shlex.quote(str(path)), stem=shlex.quote(path.stem))
            if from_csv is None
            else _of_tables(from_csv)
        )
    try:
        write_text(path, text)
    except NotADirectoryError as error:
        raise UsageError(f"{path} cannot be written: {error.filename} is no folder", "choose another name") from error
    typer.echo(f"{path} is written. Edit it, then type: factions check {shlex.quote(str(path))}")


def _of_tables(tables: Path) -> str:
    """The text of the file that a folder of tables makes."""
    from factions.errors import UsageError
    from factions.scenario import load
    from factions.scenario.forms.toml_text import toml_text

    if not tables.is_dir():
        raise UsageError(f"{tables} is no folder", "factions export FILE --csv DIR writes one with tables")
    return toml_text(load(tables))


def counterfactual(path: Path, base: Path) -> str:
    """The skeleton of a file at `path` that extends `base`, with the ids that it knows."""
    from factions.scenario import load
    from factions.scenario.content.events import EVENT_KINDS, kind_name
    from factions.scenario.text.shipped import bare_name

    scenario = load(base)
    bloc, other, *_ = (*_largest(scenario), "another_bloc")
    middle = scenario.meetings[len(scenario.meetings) // 2]
    last = scenario.meetings[-1]
    named = bare_name(base) if base.is_absolute() else ""  # a path from here is meant as one
    heading = path.stem.replace("_", " ").capitalize()
    extends = named or Path(os.path.relpath(base.resolve(), path.resolve().parent)).as_posix()
    return SKELETON.format(
        heading=heading,
        title=inline(heading),
        base=inline(extends),
        base_shown=named or shlex.quote(str(base)),
        name=shlex.quote(str(path)),
        stem=shlex.quote(path.stem),
        bloc=bloc,
        other=other,
        leader=scenario.spokesman(bloc),
        meeting=middle.id,
        since=middle.date,
        until=last.date,
        office=scenario.offices[0].id if scenario.offices else "office",
        event=scenario.events[0].id if scenario.events else "event",
        kind=middle.kind,
        others=", ".join(name for name in map(kind_name, EVENT_KINDS) if name not in SKELETON),
        meetings=_listed(scenario.meetings),
        blocs=_listed(scenario.blocs),
        events=_listed(scenario.events),
    )


def _largest(scenario: Scenario) -> list[str]:
    """The ids of the blocs, the largest first: it does not end with one man."""
    members = Counter(leader.bloc for leader in scenario.leaders)
    return sorted((bloc.id for bloc in scenario.blocs), key=lambda bloc: -members[bloc])


def _listed(entries: Sequence[Any]) -> str:
    """Ids, wrapped as a comment."""
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry.id) > 100:
            lines.append(line)
            line = ""
        line += (" " if line else "") + entry.id
    return "\n#   ".join([*lines, line]) if lines or line else "none"
