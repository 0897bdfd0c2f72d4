"""The scenarios that ship with the package, each known by its bare name: `history`, `testament`."""

from __future__ import annotations

from pathlib import Path

from factions.errors import UsageError
from factions.scenario.text.problems import suggestion

_PACKAGE = Path(__file__).resolve().parents[2]


def shipped() -> Path:
    """The folder of the scenarios that ship: in the package, or beside its sources where it runs from a checkout."""
    places = [_PACKAGE / "scenarios", _PACKAGE.parents[1] / "scenarios"]
    return next((place for place in places if (place / "history.toml").is_file()), places[0])


def names() -> dict[str, Path]:
    """Bare name -> file, of every scenario that ships."""
    return {path.stem: path for path in sorted(shipped().rglob("*.toml"))}


def bare_name(file: Path) -> str:
    """The bare name of a file that ships; empty if it is another."""
    path = file.resolve()
    return path.stem if path in map(Path.resolve, names().values()) else ""


def installed(file: Path) -> bool:
    """Is a file part of the package where it is installed; nothing is written beside such a file."""
    return file.resolve().is_relative_to(_PACKAGE)


def find(said: str | Path, folder: Path | None = None) -> Path:
    """The file that is meant, as seen from `folder`: a name without folder and ending is one that ships.

    A file of that very name comes first; UsageError if the name is neither.
    """
    path = Path(said)
    if path.suffix or path.name != str(said) or _is_there((folder or Path()) / path):
        return path
    return named(path.name)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that no file can have
        return False


def named(name: str) -> Path:
    """The file of a scenario that ships; UsageError if there is none of that bare name."""
    known = names()
    if name not in known:
        problem = f'there is no file "{name}", and no scenario that ships is called so'
        raise UsageError(problem, suggestion(name, known, "factions list scenarios"))
    return known[name]
