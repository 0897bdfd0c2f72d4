"""`factions new`: a commented skeleton of a counterfactual or of a case of one's own, or a file made of tables."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Annotated, Any

import typer

from factions.cli.options import scenario_file
from factions.cli.values import path, place
from factions.toml import inline

if TYPE_CHECKING:
    from factions.scenario import Scenario

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
    Path | None, path("--from-csv", "DIR", "Write the case that the tables of a folder hold (see export).")
]
Name = Annotated[
    Path, typer.Argument(parser=place("NAME"), metavar="NAME", help="The file to write.", show_default=False)
]


def new(name: Name, base: Base = None, blank: Blank = False, from_csv: Tables = None) -> None:
    """Write a scenario file to begin with: a counterfactual, a case of your own, or what tables hold."""
    from factions.errors import UsageError
    from factions.store.files import make_folder, write_text

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
        text = filled_in("blank", path) if from_csv is None else _of_tables(from_csv)
    make_folder(path.parent, "choose another name")
    write_text(path, text)
    typer.echo(f"{path} is written. Edit it, then type: factions check {shlex.quote(str(path))}")


def filled_in(skeleton: str, path: Path, /, **words: object) -> str:
    """The text of a file to begin with, to stand at `path`: a skeleton beside this module with its $words."""
    place = {"name": shlex.quote(str(path)), "stem": shlex.quote(path.stem)}
    return Template(_text(skeleton)).substitute(place, **words)


def _text(skeleton: str) -> str:
    return (Path(__file__).parent / f"{skeleton}.toml").read_text(encoding="utf-8")


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
    kinds = map(kind_name, EVENT_KINDS)
    return filled_in(
        "counterfactual",
        path,
        heading=heading,
        title=inline(heading)[1:-1],
        base=inline(extends)[1:-1],
        base_shown=named or shlex.quote(str(base)),
        bloc=bloc,
        other=other,
        leader=scenario.spokesman(bloc),
        meeting=middle.id,
        since=middle.date,
        until=last.date,
        office=scenario.offices[0].id if scenario.offices else "office",
        event=scenario.events[0].id if scenario.events else "event",
        kind=middle.kind,
        others=", ".join(name for name in kinds if name not in _text("counterfactual")),
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
