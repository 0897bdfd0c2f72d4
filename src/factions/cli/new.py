"""`factions new`: a commented skeleton of a counterfactual."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

SKELETON = """\
# {title}
#
# A counterfactual: it extends {base} and says only what differs. Check it with
#   factions check {name}
# and compare it with its baseline:
#   factions compare {base_shown} {name} --out out/{stem}
extends = "{base}"
title = "{title}"
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
# kind = "keep_alive"           # or death, illness, recovery, each with a date
# leader = "{leader}"
# since = {since}

# [[changes]]
# kind = "cancel"               # or move, with event and date
# events = ["{event}"]

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

Base = Annotated[Path, typer.Option("--from", metavar="FILE", help="The scenario to change.", show_default=False)]
Name = Annotated[Path, typer.Argument(metavar="NAME", help="The file to write.", show_default=False)]


def new(name: Name, base: Base) -> None:
    """Write the skeleton of a counterfactual, with comments and the ids that the scenario knows."""
    from factions.errors import UsageError
    from factions.scenario import load
    from factions.scenario.events import EVENT_KINDS, kind_name
    from factions.store.files import write_text

    scenario = load(base)
    path = name if name.suffix else name.with_suffix(".toml")
    if path.exists():
        raise UsageError(f"{path} exists already", "choose another name, or remove it")
    middle = scenario.meetings[len(scenario.meetings) // 2]
    last = scenario.meetings[-1]
    extends = Path(os.path.relpath(base.resolve(), path.resolve().parent)).as_posix()
    text = SKELETON.format(
        title=path.stem.replace("_", " ").capitalize(),
        base=extends,
        base_shown=base,
        name=path,
        stem=path.stem,
        bloc=scenario.blocs[0].id,
        other=scenario.blocs[-1].id if len(scenario.blocs) > 1 else "another_bloc",
        leader=scenario.spokesman(scenario.blocs[0].id),
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
    write_text(path, text)
    typer.echo(f"{path} is written. Edit it, then type: factions check {path}")


def _listed(entries: Sequence[Any]) -> str:
    """Ids, wrapped as a comment."""
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry.id) > 100:
            lines.append(line)
            line = ""
        line += (" " if line else "") + entry.id
    return "\n#   ".join([*lines, line]) if lines or line else "none"
