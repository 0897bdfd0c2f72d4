"""Scenario files that a fuzzer makes: it keeps each that reaches a new place of the program, and changes those again.

A trial is two minutes; later ones begin with what earlier ones kept. What fails is written into the folder of the
trial: copied into `trust/findings/`, it is read by the tests and is where the next campaign begins.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from trial import HERE, SOURCE, Room, case, environment

COUNT = 5
SECONDS = 120
FINDINGS = HERE / "findings"
TRIED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")
REACHED = re.compile(r"\bcov: (\d+)")


def trial(room: Room) -> str:
    """Fuzz for two minutes, in a process that its fuzzer ends."""
    if find_spec("atheris") is None:
        return 'atheris is not installed: pip install "factions[trust]"'
    corpus, found = room.shared / "corpus", room.folder / "found"
    found.mkdir()
    if not corpus.is_dir():
        _begin(corpus)
    case(room.folder)
    options = [f"-seed={room.rng.randrange(1, 2**31)}", f"-max_total_time={SECONDS}", f"-artifact_prefix={found}/"]
    command = [sys.executable, str(HERE / "fuzzer.py"), str(room.folder), *options, str(corpus)]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, errors="replace")
    with (room.shared / "fuzz.txt").open("a", encoding="utf-8") as file:
        file.write(
            f"{sum(map(int, TRIED.findall(done.stderr)))} {max(map(int, REACHED.findall(done.stderr)), default=0)}\n"
        )
    failed = sorted(path.name for path in found.iterdir() if path.suffix != ".txt")
    if failed:
        said = found / f"{failed[0]}.txt"
        return (
            f"{len(failed)} kinds of failures, {failed[0]}: {said.read_text() if said.exists() else 'it broke or hung'}"
        )
    return "" if done.returncode == 0 else f"the fuzzer broke: {done.stderr.strip()[-300:]}"


def told(shared: Path) -> list[str]:
    """How many files were tried, and how many places of the program they reached."""
    rows = [line.split() for line in (shared / "fuzz.txt").read_text(encoding="utf-8").splitlines()]
    tried, reached = sum(int(row[0]) for row in rows), max(int(row[1]) for row in rows)
    return [f"{tried:,} files; places of the program that they reached: {reached:,}"]


def _begin(corpus: Path) -> None:
    """Files to begin with: the case and its counterfactual, what was found before, and what ships."""
    unfinished = corpus.with_name(f"{corpus.name}.{id(corpus)}")
    unfinished.mkdir()
    scenarios = SOURCE.parent / "scenarios"
    files = [*HERE.glob("*.toml"), *FINDINGS.glob("*.toml"), *scenarios.glob("c*/*.toml")]
    for path in (path for path in files if path.stat().st_size < 20_000):
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        text = re.sub(r'^extends = ".*"', 'extends = "case.toml"', text, flags=re.MULTILINE)
        (unfinished / path.name).write_text(text, encoding="utf-8", errors="surrogateescape")
    try:
        unfinished.rename(corpus)
    except OSError:  # another trial was first
        shutil.rmtree(unfinished)
