"""`factions copy`: a scenario that ships, as files of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from factions.cli.values import place

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Name of a scenario that ships, such as history.", show_default=False)
]
Folder = Annotated[
    Path, typer.Argument(parser=place("DIR"), metavar="DIR", help="Folder to write into.", show_default=False)
]


def copy(name: Name, out: Folder) -> None:
    """Write a scenario that ships into a folder, with the files it extends and their posteriors."""
    from factions.errors import UsageError
    from factions.scenario import load
    from factions.scenario.text.shipped import named, shipped
    from factions.store.files import write_bytes

    files = [path for file in load(named(name)).files for path in (file, *posterior(file))]
    copies = {file: out / file.relative_to(shipped()) for file in files if file.is_file()}
    for path in copies.values():
        if path.exists():
            raise UsageError(f"{path} exists already", "choose another folder, or remove it")
    for file, path in copies.items():
        write_bytes(path, file.read_bytes())
        typer.echo(str(path))


def posterior(file: Path) -> Iterator[Path]:
    """The draws of a scenario file and their manifest, as they are called if there are any."""
    for ending in (".parquet", ".json"):
        yield file.with_name(f"{file.stem}.posterior{ending}")
