"""What one visitor has set and written: files in a folder of his own, as the command line takes them; who is told."""

from __future__ import annotations

import re
import tempfile
import threading
import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from factions.errors import FactionsError, ScenarioErrors
from factions.scenario import Scenario, load
from factions.scenario.text.shipped import bare_name, names
from factions.store.files import write_text
from factions.toml import inline, table

if TYPE_CHECKING:
    from factions.app.tasks import Replayed

LARGEST = 200_000
"""Characters of a scenario file that is taken from a visitor."""

SETTINGS, WHAT_IF = "settings.toml", "what_if.toml"

_EXTENDS = re.compile(r'^(\s*extends\s*=\s*)("[^"\n]*"|\'[^\'\n]*\')', re.MULTILINE)


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file: a line (0: no single one), and what to do."""

    line: int
    text: str


@dataclass
class Visit:
    """One visitor. `base`: the file that the app was started with; `readings`, `parameters`: what he set otherwise."""

    base: Path
    readings: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._writing = threading.Lock()  # checks follow each other while somebody types
        self._folder = tempfile.TemporaryDirectory(prefix="factions-")
        self.folder = Path(self._folder.name)

    def close(self) -> None:
        """Remove his files."""
        self._folder.cleanup()

    @property
    def settings(self) -> str:
        """The file that says what he set; empty if he set nothing."""
        if not self.readings and not self.parameters:
            return ""
        tables: dict[str, Mapping[str, object]] = {"[readings]": self.readings, "[parameters]": self.parameters}
        said = [table(heading, values) for heading, values in tables.items() if values]
        return "\n\n".join([f"extends = {inline(reference(self.base))}", *said]) + "\n"

    @property
    def extends(self) -> str:
        """What a what-if of his extends."""
        return SETTINGS if self.settings else reference(self.base)

    def baseline(self) -> Scenario:
        """The scenario with what he set."""
        with self._writing:
            return load(self._beneath())

    def _beneath(self) -> Path:
        """The file that a what-if extends, written if it is the visitor's."""
        if not self.settings:
            return self.base
        write_text(self.folder / SETTINGS, self.settings)
        return self.folder / SETTINGS

    def adopt(self, text: str) -> str:
        """A file of a visitor, extending what this app knows: the base, wherever the file looked for it."""
        found = _EXTENDS.search(text)
        if found is None or Path(found[2][1:-1]).stem not in (self.base.stem, Path(SETTINGS).stem):
            return text
        return f"{text[: found.start()]}{found[1]}{inline(self.extends)}{text[found.end() :]}"

    def check(self, text: str) -> tuple[Scenario | None, list[Problem]]:
        """The scenario of a text, or all that is wrong with it."""
        if len(text) > LARGEST:
            return None, [Problem(0, f"the file is too large: {len(text):,} characters, and {LARGEST:,} are taken")]
        stranger = self._stranger(text)
        if stranger:
            known = f'write extends = "{self.extends}"'
            return None, [Problem(0, f'the file extends "{stranger}", which the app does not open; {known}')]
        try:
            with self._writing:
                self._beneath()
                write_text(self.folder / WHAT_IF, text)
                return load(self.folder / WHAT_IF), []
        except ScenarioErrors as wrong:
            return None, [
                Problem(error.line or 0, str(error).removeprefix(f"{self.folder}/")) for error in wrong.errors
            ]
        except FactionsError as wrong:
            return None, [Problem(0, str(wrong))]

    def _stranger(self, text: str) -> str:
        """What a text extends, if it is a file that is none of the app's business."""
        try:
            extends = tomllib.loads(text).get("extends", "")
        except (tomllib.TOMLDecodeError, RecursionError):
            return ""
        known = {self.extends, reference(self.base), "", *names()}
        return extends if isinstance(extends, str) and extends not in known else ""


class Desk:
    """A visitor's files, the scenario as the file says it, and who wants to know of what.

    `watchers` are called when readings or parameters change, `readers` with every replay.
    """

    def __init__(self, visit: Visit, scenario: Scenario) -> None:
        self.visit, self.scenario = visit, scenario
        self.watchers: list[Callable[[], Awaitable[None]]] = []
        self.readers: list[Callable[[Replayed], None]] = []

    async def changed(self) -> None:
        """Readings or parameters are others than before."""
        for watcher in self.watchers:
            await watcher()

    def replayed(self, found: Replayed) -> None:
        """There is a new replay."""
        for reader in self.readers:
            reader(found)


def reference(base: Path) -> str:
    """How a file elsewhere names the base: by its bare name if it ships, else by its whole path."""
    return bare_name(base) or base.resolve().as_posix()


@cache
def questions(base: str) -> dict[str, str]:
    """The counterfactuals of a scenario that ships, both by bare name: name -> title."""
    found = {name: tomllib.loads(path.read_text(encoding="utf-8")) for name, path in names().items()}
    return {name: said["title"] for name, said in found.items() if Path(said.get("extends", "")).stem == base}
