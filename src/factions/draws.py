"""Which parameters each world runs with: the scenario's own values, or draws from a posterior in a file."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from factions.errors import UsageError, printable
from factions.parameters import DTYPE, PARAMETERS, Parameter, default_values
from factions.scenario.text.problems import nearest
from factions.store.plain import from_plain
from factions.store.provenance import WORLDS, program_digest
from factions.store.seal import file_sum

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factions.scenario import Scenario

DEFAULT = "default"
"""Instead of a file of draws: the values in the scenario file over those of the parameter table."""

_MARGIN = 1e-9  # a draw at the end of a range may have been rounded on its way to disk


class DrawsError(UsageError):
    """A file of draws is wrong.  Fields: path, row (from 1, without the header; None: all), column, value."""

    def __init__(self, path: Path, row: int | None, column: str, value: object, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.args = (path, row, column, value, problem, remedy)
        self.path, self.row, self.column, self.value = path, row, column, value

    def __str__(self) -> str:
        place = f"{self.path}: " + ("" if self.row is None else f"row {self.row}: ")
        name = f"{self.column}: " if self.column else ""
        value = "" if self.value is None else f" (value {self.value})"
        return printable(f"{place}{name}{self.problem}{value}; {self.remedy}")


@dataclass(frozen=True)
class Draws:
    """Parameter vectors (records of `DTYPE`, shape (draws,)) and their file; world w has draw w mod draws.

    `caution`: what a reader must know of them, or nothing.
    """

    values: np.ndarray
    source: str
    caution: str = ""

    def of(self, worlds: np.ndarray | list[int]) -> np.ndarray:
        """The parameters of the given worlds."""
        return self.values[np.asarray(worlds) % len(self.values)]

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of names and values."""
        return hashlib.sha256(" ".join(PARAMETERS).encode() + self.values.tobytes()).hexdigest()


@dataclass(frozen=True)
class Said:
    """What the manifest beside a posterior says of it, each as SHA-256 (hex).

    `worlds`: the program text that it was fitted by; `digest`: the scenario; `draws_digest`: the file of draws.
    """

    worlds: str
    digest: str
    draws_digest: str


def find_draws(scenario: Scenario, parameters: str | Path | None = None) -> Draws:
    """Draws from the file `parameters`; "default": none; None: the posterior beside the scenario, if there is one.

    The draws carry a caution if there is no posterior though none was turned off, or if its manifest shows that it was
    fitted to another scenario or by other rules.

    Beside a file that extends another, the posterior of the nearest file that has one.  What the files above that one
    set in [parameters] replaces the draws: a counterfactual's change of a parameter holds in every world.
    """
    if parameters is not None and str(parameters) != DEFAULT:
        lowest = _part(scenario, scenario.files[0])
        return Draws(_replaced(read_draws(Path(parameters)), scenario, lowest), str(parameters))
    if parameters is not None:
        return Draws(default_values(scenario.parameters).reshape(1), DEFAULT)
    for file in reversed(scenario.files):
        posterior = file.with_name(f"{file.stem}.posterior.parquet")
        if posterior.exists():
            base = _part(scenario, file)
            values = _replaced(read_draws(posterior), scenario, base)
            return Draws(values, str(posterior), _caution(posterior, base))
    missing = f"there is no {scenario.files[0].stem}.posterior.parquet beside {scenario.files[0].name}"
    caution = f"{missing}: every world has the same parameters, those that the file sets and the defaults of the others"
    return Draws(default_values(scenario.parameters).reshape(1), DEFAULT, caution)


def _part(scenario: Scenario, file: Path) -> Scenario:
    """What one of the files that a scenario is made of says, with those that it extends."""
    from factions.scenario import load

    return scenario if file == scenario.path else load(file)


def _replaced(values: np.ndarray, scenario: Scenario, base: Scenario) -> np.ndarray:
    """Draws made for `base`, with what the scenario that extends it sets otherwise."""
    for name, value in scenario.parameters.items():
        if base.parameters.get(name) != value:
            values[name] = value
    return values


def _caution(posterior: Path, base: Scenario) -> str:
    """What is to be said of a posterior that does not belong to this program and this version of its scenario."""
    said = _said(posterior)
    if said is None:
        return ""
    other = ["the rules"] if said.worlds != program_digest(*WORLDS) else []
    other += [base.path.name] if said.digest != base.digest else []
    if not other:
        return ""
    renew = f"factions calibrate {base.path} --out {posterior} renews it"
    return f"{posterior.name} was fitted with another version of {' and '.join(other)}; {renew}"


def _said(posterior: Path) -> Said | None:
    """What the manifest beside a posterior says, None if there is none; DrawsError if it is something else."""
    manifest = posterior.with_suffix(".json")
    try:
        return from_plain(Said, json.loads(manifest.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, OSError) as error:
        problem, remedy = "is not what a calibration writes beside its draws", "remove it, or calibrate again"
        raise DrawsError(manifest, None, "", None, problem, remedy) from error


def _check_whole(path: Path) -> None:
    """DrawsError if a posterior is not the file that its manifest speaks of: nobody knows what its draws would be."""
    said = _said(path) if ".posterior" in path.name else None
    if said is not None and file_sum(path) != said.draws_digest:
        problem = f"is not the file that {path.with_suffix('.json').name} describes: it was damaged, or replaced"
        raise DrawsError(path, None, "", None, problem, "restore both files, or remove the .json")


def read_draws(path: Path) -> np.ndarray:
    """Draws (shape (draws,)) from a .parquet or .csv file: a column for each parameter, a row for each draw.

    Raises DrawsError.
    """
    readers = {".parquet": _read_parquet, ".csv": _read_csv}
    if path.suffix not in readers:
        problem, remedy = "is neither .parquet nor .csv", "give a table with one column for each parameter"
        raise DrawsError(path, None, "", None, problem, remedy)
    if not path.is_file():
        remedy = f'give the path of a table of parameters, or "{DEFAULT}" for the values in the scenario'
        raise DrawsError(path, None, "", None, "there is no such file", remedy)
    _check_whole(path)
    columns = readers[path.suffix](path)
    _check_columns(path, columns)
    count = len(next(iter(columns.values())))
    if count == 0:
        raise DrawsError(path, None, "", None, "has no rows", "give at least one draw")
    values = np.zeros(count, DTYPE)
    for name, parameter in PARAMETERS.items():
        for row, value in enumerate(columns[name], start=1):
            values[name][row - 1] = _number(path, row, parameter, value)
    return values


def _read_parquet(path: Path) -> dict[str, list[Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:  # `read_table` would import pandas, if it is there, for half a second
            return file.read().to_pydict()
    except (pa.ArrowInvalid, OSError) as error:
        raise DrawsError(path, None, "", None, "is not a Parquet file", "write it again, or use .csv") from error


def _read_csv(path: Path) -> dict[str, list[Any]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
    except UnicodeDecodeError as error:
        raise DrawsError(path, None, "", None, "is not UTF-8 text", "save the file as UTF-8") from error
    except csv.Error as error:
        problem, remedy = "is no table that can be read", "give one column per parameter and one number per cell"
        raise DrawsError(path, None, "", None, problem, remedy) from error
    if not lines:
        raise DrawsError(path, None, "", None, "is empty", "write the parameters' names into the first line")
    header, *rows = lines
    for row, fields in enumerate(rows, start=1):
        if len(fields) != len(header):
            problem = f"has {len(fields)} cells where the first row has {len(header)}"
            raise DrawsError(path, row, "", None, problem, "give one value for each column")
    columns = {name.strip(): [fields[k] for fields in rows] for k, name in enumerate(header)}
    if len(columns) < len(header):
        raise DrawsError(path, None, "", None, "names a column twice", "name every column once")
    return columns


def _check_columns(path: Path, names: Iterable[str]) -> None:
    names = list(names)
    missing = [name for name in PARAMETERS if name not in names]
    for name in names:
        if name not in PARAMETERS:
            near = nearest(name, missing) or nearest(name, PARAMETERS)
            remedy = f'did you mean "{near}"?' if near else "remove the column"
            raise DrawsError(path, None, name, None, "is not a parameter", remedy)
    if missing:
        remedy = f"add a column for each (the default is {missing[0]} = {_usual(missing[0])})"
        raise DrawsError(path, None, ", ".join(missing), None, "missing", remedy)


def _usual(name: str) -> str:
    return f"{PARAMETERS[name].default:g}"


def _number(path: Path, row: int, parameter: Parameter, value: Any) -> float:
    remedy = f"give a number from {parameter.low:g} to {parameter.high:g} (unit: {parameter.unit})"
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise DrawsError(path, row, parameter.name, value, "is not a number", remedy) from None
    slack = _MARGIN * (parameter.high - parameter.low)
    if not parameter.low - slack <= number <= parameter.high + slack:
        raise DrawsError(path, row, parameter.name, value, "is out of range", remedy)
    return number
