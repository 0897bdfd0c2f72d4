"""Attacks on the program, counted: `make trust`, or `python trust --only mutants --count 100`.

A campaign is a module here with COUNT, how often it is tried by default, and `trial(room)`, which returns what went
wrong, or nothing. It may have JOBS, the most that may be tried at the same time, ENOUGH, the seconds after which none
is begun unless `--count` is given, and `told(shared)`, which says what else was found. A trial depends on the seed, the
campaign and its number alone, so that one that failed can be tried again: `python trust --only kills --first 17
--count 1`. The folder of a trial that failed is kept and named.
"""

from __future__ import annotations

import argparse
import importlib
import math
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from trial import SOURCE, attempt

sys.path.insert(0, str(SOURCE))
CAMPAIGNS = ("mutants", "kills", "signals", "damage", "pairs", "sameness", "machines", "fuzz", "soak")
SHOWN = 5
"""Failures of a campaign that are told."""


def tried(campaign: str, options: argparse.Namespace, place: Path) -> Iterator[tuple[int, str]]:
    """What came of every trial of a campaign, in order."""
    module = importlib.import_module(campaign)
    numbers = range(options.first, options.first + (options.count or module.COUNT))
    jobs = min(options.jobs, getattr(module, "JOBS", options.jobs))
    with ProcessPoolExecutor(jobs, get_context("spawn"), sys.path.extend, (sys.path,)) as pool:
        some = len(numbers)
        together = 1 if hasattr(module, "ENOUGH") else max(1, some // 400)
        yield from pool.map(
            attempt, *([campaign] * some, [options.seed] * some, numbers, [place] * some), chunksize=together
        )


def main() -> int:
    """Run the campaigns and print a row for each; 1 if anything failed."""
    options = arguments()
    # A shell has it ignored in the background, and so would all that is tried.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    place = options.out or Path(tempfile.mkdtemp(prefix="trust-"))
    failures = 0
    say(f"{'campaign':10} {'tried':>6} {'failed':>6} {'seconds':>8}")
    for campaign in options.only or CAMPAIGNS:
        failures += fought(campaign, options, place)
    if not failures:
        shutil.rmtree(place)
    return 1 if failures else 0


def fought(campaign: str, options: argparse.Namespace, place: Path) -> int:
    """Run one campaign, print its row, also if it is interrupted, and return how many trials failed."""
    module = importlib.import_module(campaign)
    began, failed, count = time.monotonic(), [], 0
    enough = math.inf if options.count else getattr(module, "ENOUGH", math.inf)
    try:
        for number, problem in tried(campaign, options, place):
            count += 1
            failed += [f"  {place / campaign / str(number)}: {problem}"] if problem else []
            if time.monotonic() - began >= enough:
                break
    finally:
        say(f"{campaign:10} {count:6} {len(failed):6} {time.monotonic() - began:8.0f}")
        found = getattr(module, "told", lambda shared: [])(place / "shared") if count else []
        for line in [*failed[:SHOWN], *(f"  {each}" for each in found)]:
            say(line)
    return len(failed)


def say(line: str) -> None:
    """A line, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python trust", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=CAMPAIGNS, help="this campaign; may be repeated")
    parser.add_argument("--count", type=int, help="trials of each campaign")
    parser.add_argument("--first", type=int, default=0, help="number of the first trial")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same trials")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at the same time")
    parser.add_argument("--out", type=Path, help="folder for what fails; by default a temporary one")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
