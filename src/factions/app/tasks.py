"""What the app computes, as the command line does: the same figures for the same file and seed."""

from __future__ import annotations

import io
import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from factions.app.work import Work
from factions.counterfactual.compare import RUNS, Comparer, matching
from factions.counterfactual.conditioning import Condition
from factions.draws import find_draws
from factions.report.comparison import write_comparison
from factions.report.play.data import TOLD_PAIRS, TOLD_WORLDS, Play
from factions.report.replay import play_replay, replay_page
from factions.report.side import Side
from factions.store.plain import to_plain

if TYPE_CHECKING:
    from factions.scenario import Scenario

THREADS = os.cpu_count() or 1


@dataclass(frozen=True)
class Replayed:
    """A replay: what is played, and its page."""

    play: Play
    page: str


@dataclass(frozen=True)
class Answered:
    """A comparison: its pairs to be played, and what else it says."""

    side: Side
    play: Play


_KEPT: dict[tuple[str, str, int, int], Replayed] = {}
"""Replays that other visitors have asked for already, the latest last."""
_MOST = 6


def replay(scenario: Scenario, worlds: int, seed: int, work: Work) -> Replayed:
    """What `factions report` shows of the scenario."""
    draws = find_draws(scenario)
    key = scenario.digest, draws.digest, worlds, seed
    if key not in _KEPT:
        work.total = TOLD_WORLDS + 1
        work.say(f"running {worlds:,} worlds, then telling {TOLD_WORLDS} of them")
        play = play_replay(scenario, draws, worlds, seed, THREADS, work.done)
        command = f"factions report {scenario.path.name} --worlds {worlds} --seed {seed}"
        _KEPT[key] = Replayed(play, replay_page(scenario, draws, play, seed, command).markup())
    while len(_KEPT) > _MOST:
        _KEPT.pop(next(iter(_KEPT)))
    return _KEPT[key]


def answer(base: Scenario, other: Scenario, worlds: int, seed: int, condition: str, work: Work) -> Answered:
    """What `factions compare` finds."""
    matching(base, [other])
    work.total = RUNS * worlds + TOLD_PAIRS * (step := max(1, worlds // 5))
    comparer = Comparer(base, find_draws(base), worlds, seed, Condition(condition), THREADS)
    side = Side.of(comparer.compare(other, say=work.say, done=work.done))
    work.say("telling pairs of worlds, decision by decision")
    return Answered(side, side.plan.play(lambda: work.done(step)))


def packed(answered: Answered, command: str, files: dict[str, str], work: Work) -> bytes:
    """A zip of what `factions compare --out` writes for a file, and the files that were run."""
    work.say("drawing figures and writing tables")
    buffer = io.BytesIO()
    with TemporaryDirectory(prefix="factions-") as name:
        folder = Path(name)
        written = write_comparison(answered.side, folder, command)
        work.done()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in written:
                archive.write(path, path.relative_to(folder).as_posix())
            for file, text in files.items():
                archive.writestr(file, text)
    return buffer.getvalue()


def as_json(play: Play) -> str:
    """What the script plays."""
    return json.dumps(to_plain(play), separators=(",", ":"), ensure_ascii=False, allow_nan=False)
