"""Scenario files changed at random: each is loaded and can be run, or is refused with file, place and remedy."""

from __future__ import annotations

import datetime as dt
import json
import re
import signal
import time
import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from trial import HERE, Room, case

import factions
from factions.dynamics import run_worlds
from factions.errors import ScenarioError, ScenarioErrors, UsageError
from factions.parameters import default_values
from factions.scenario import Scenario, load

COUNT = 10_000
LIMIT = 5.0
"""Processor seconds that a file of this size may take."""
HANGS = 600
"""Seconds after which a file is given up; on a busy machine it may wait long for its processor seconds."""
HOSTILE = [
    *("1e308", "-1", "nan", "-inf", "9" * 5000, "0x7fffffffffffffff", "true", "0001-01-01", "9999-12-31", "1e-320"),
    *('""', '"\\u0000"', '"\\u202e"', '"a\\nb"', '"/dev/zero"', '"."', '"case.toml"', '"anna"', "'" + "x" * 5000 + "'"),
    *("[]", "{}", "[" * 500 + "]" * 500, "[[]]", "a." * 1000 + "a", "1979-05-27T07:32:00Z", "07:32:00", "=", "[", "}"),
]
ODD = [*(None, True, -1, 0, 1e308, float("nan"), 2**70, "", "anna", "red", "\x00", "x" * 3000, "case.toml", "first")]
ODD += [[], {}, ["red", "red"], {"economy": 2.0}, dt.date(1, 1, 1), dt.date(9999, 12, 31), [[[]]], 0.5, 1]
TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[\w.+-]+|\s+|.', re.DOTALL)


class Hangs(BaseException):
    """A file took too long; no handler of the program may stop this."""


def trial(room: Room) -> str:
    """Change the case, or its counterfactual, and read it."""
    _compile()
    case(room.folder)
    path = room.folder / room.rng.choice(["case.toml", "case.toml", "change.toml"])
    text = (HERE / path.name).read_bytes()
    mutant = room.rng.choice([bytes_changed, tokens_changed, structure_changed])(room.rng, text)
    path.write_bytes(mutant)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(HANGS)
    began = time.process_time()
    try:
        return _run(path) or ("too slow" if time.process_time() - began > LIMIT else "")
    except Hangs:
        return f"no end after {HANGS} s"
    finally:
        signal.alarm(0)


@cache
def _compile() -> None:
    """Compile what runs worlds before anybody looks at a clock, or read it from the cache."""
    factions.run(factions.load(HERE / "case.toml"), worlds=2, parameters="default")


def _give_up(number: int, frame: object) -> None:
    raise Hangs


def _run(path: Path) -> str:
    """What is wrong with a file that is read, and run if it is sound."""
    scenario, problem = read(path)
    if scenario is None:
        return problem
    try:
        return _senseless(scenario)
    except Exception as error:
        return f"it loads, and a run ends in {type(error).__name__}: {str(error)[:200]}"


def read(path: Path) -> tuple[Scenario | None, str]:
    """A file, if it is sound; if it is not, what is wrong with the way it is refused."""
    try:
        return load(path), ""
    except ScenarioErrors as refused:
        return None, next((problem for each in refused.errors if (problem := _unclear(each))), "")
    except UsageError as refused:
        return None, "" if refused.problem and refused.remedy else f"no remedy: {refused}"
    except Exception as error:
        return None, f"{type(error).__name__}: {str(error)[:200]}"


def _unclear(error: ScenarioError) -> str:
    """What a message lacks."""
    if not (error.problem and error.remedy):
        return f"no remedy: {error}"
    if not error.path.is_file() or (error.line is not None and not _is_in(error)):
        return f"no such place: {error}"
    said = str(error)
    if not said.isprintable() or len(said) > 2000 or "pydantic" in said or "Error(" in said:
        return f"not to be read: {said[:200]!r}"
    return ""


def _is_in(error: ScenarioError) -> bool:
    """Is a place one of its file."""
    lines = error.path.read_bytes().decode("utf-8-sig", errors="replace").split("\n")
    assert error.line is not None and error.column is not None
    return 1 <= error.line <= len(lines) + 1 and error.column >= 1


def _senseless(scenario: Scenario) -> str:
    """What is wrong with worlds of a sound file; their number of meetings is kept small."""
    if len(scenario.meetings) > 50:
        return ""
    arrays = run_worlds(scenario, np.arange(2), default_values(scenario.parameters).repeat(2), 1).arrays
    bad = [name for name, values in arrays.items() if values.dtype.kind == "f" and not np.isfinite(values).all()]
    return f"worlds without numbers: {', '.join(bad)}" if bad else ""


def bytes_changed(rng: Random, text: bytes) -> bytes:
    """A few bytes, or slices, changed."""
    data = bytearray(text)
    for _ in range(rng.randint(1, 6)):
        at, more = rng.randrange(len(data) + 1), rng.randint(1, 40)
        action = rng.randrange(5)
        if action == 0:
            data[at : at + 1] = bytes([rng.randrange(256)])
        elif action == 1:
            del data[at : at + more]
        elif action == 2:
            data[at:at] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 4)))
        elif action == 3:
            data[at:at] = data[(start := rng.randrange(len(data) + 1)) : start + more]
        elif rng.random() < 0.2:
            del data[at:]
    return bytes(data)


def tokens_changed(rng: Random, text: bytes) -> bytes:
    """A few words, numbers and signs replaced, doubled, exchanged or removed."""
    tokens = TOKEN.findall(text.decode())
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(tokens)), rng.randrange(len(tokens))
        action = rng.randrange(4)
        if action == 0:
            tokens[at] = rng.choice(HOSTILE)
        elif action == 1:
            tokens[at] = tokens[other]
        elif action == 2:
            tokens[at], tokens[other] = tokens[other], tokens[at]
        else:
            tokens[at] *= rng.choice([0, 2])
    return "".join(tokens).encode()


@cache
def _plain(text: bytes) -> str:
    return json.dumps(tomllib.loads(text.decode()), default=lambda day: {"day": day.isoformat()})


def structure_changed(rng: Random, text: bytes) -> bytes:
    """Valid TOML: values exchanged, removed, doubled, renamed, moved, or replaced by odd ones."""
    tree = json.loads(_plain(text), object_hook=_dated)
    for _ in range(rng.randint(1, 3)):
        holders = [*_holders(tree)]
        holder, other = rng.choice(holders), rng.choice(holders)
        key, from_ = rng.choice(_keys(holder)), rng.choice(_keys(other))
        action = rng.randrange(5)
        if action == 0:
            holder[key] = rng.choice(ODD)
        elif action == 1:
            holder[key] = json.loads(json.dumps(other[from_], default=str))
        elif action == 2:
            del holder[key]
        elif action == 3 and isinstance(holder, list):
            holder += holder[:] * rng.choice([1, 1, 1, 20])
        elif isinstance(holder, dict):
            holder[rng.choice([str(from_), key + "x", "", "é", "a b", "id"])] = holder.pop(key)
    return "\n".join(f"{_quoted(name)} = {_toml(value)}" for name, value in tree.items()).encode() + b"\n"


def _dated(found: dict[str, Any]) -> Any:
    return dt.date.fromisoformat(found["day"]) if [*found] == ["day"] else found


def _holders(value: Any):
    """All tables and lists that hold anything."""
    if isinstance(value, dict | list) and value:
        yield value
        for key in _keys(value):
            yield from _holders(value[key])


def _keys(holder: Any) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


def _quoted(text: str) -> str:
    return json.dumps(text).replace("\x7f", "\\u007f")


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)} = {_toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value)
    return '"none"' if value is None else value.isoformat() if isinstance(value, dt.date) else str(value)
