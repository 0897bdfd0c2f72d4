"""Measures what running worlds costs, and prints one table.  `make bench`; nothing is asserted.

Costs of one thread are processor seconds, so that other work on the machine matters little; every comparison is a ratio
of two of them from this run.  Threads and commands are measured by the clock as well: run it on an idle machine.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np
from sizes import sized

from factions.dynamics import run_worlds
from factions.model.run import run_worlds as run_mesa
from factions.parameters import default_values
from factions.scenario import Scenario, load
from factions.shocks import uniform

HERE = Path(__file__).parent
HISTORY = HERE.parent / "scenarios" / "history.toml"
WORLDS = 1024
REPEATS = 3
PAIRS = 4000


def cost(action: Callable[[], object]) -> float:
    """Processor seconds of an action: the least of a few times."""
    best = math.inf
    for _ in range(REPEATS):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def clock(action: Callable[[], object]) -> float:
    """Seconds by the clock: the least of a few times."""
    best = math.inf
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def row(what: str, figure: str, note: str = "") -> None:
    sys.stdout.write(f"{what:<58} {figure:>16}  {note}\n")
    sys.stdout.flush()


def compiled(scenario: Scenario, worlds: int = WORLDS, threads: int = 1) -> Callable[[], object]:
    values = default_values(scenario.parameters)
    numbers = np.arange(worlds)
    return lambda: run_worlds(scenario, numbers, values, 1, threads)


def engine_and_model(history: Scenario) -> float:
    """Returns the engine's processor seconds a world."""
    compiled(history, 8)()  # compiled or loaded from the cache
    engine = cost(compiled(history)) / WORLDS
    model = cost(lambda: run_mesa(history, range(4), default_values(history.parameters), 1)) / 4
    row("engine, worlds a second on one core", f"{1 / engine:,.0f}", "history.toml; target 7,500")
    row("Mesa model, worlds a second on one core", f"{1 / model:,.1f}")
    row("Mesa model / engine, cost of a world", f"{model / engine:,.0f} x", "target 300 x")
    one, two = (clock(compiled(history, 4 * WORLDS, threads)) for threads in (1, 2))
    row("1 thread / 2 threads, by the clock", f"{one / two:.2f} x", "2 would be perfect")
    return engine


def exponent(costs: list[float], sizes: list[int]) -> str:
    """Least-squares slope of log cost over log size."""
    slope = np.polyfit(np.log(sizes), np.log(costs), 1)[0]
    return f"{slope:.2f}"


SCALES = {
    "worlds": [500, 1000, 2000, 4000],
    "meetings": [10, 20, 40],
    "leaders": [40, 80, 160, 320],
    "blocs": [7, 12, 24, 48],
}
USUAL = {"blocs": 7, "leaders": 80, "meetings": 20, "worlds": 200}


def scaling() -> None:
    for name, sizes in SCALES.items():
        costs = []
        for size in sizes:
            shape = {**USUAL, **({"leaders": 96} if name == "blocs" else {}), name: size}
            worlds = shape.pop("worlds")
            costs.append(cost(compiled(sized(**shape), worlds)) / worlds)
        steps = ", ".join(f"{size}: {seconds * 1e6:,.0f} us" for size, seconds in zip(sizes, costs, strict=True))
        if name == "worlds":  # cost of all of them
            costs = [seconds * size for seconds, size in zip(costs, sizes, strict=True)]
        row(f"growth of the cost with {name}, exponent", exponent(costs, sizes), f"a world at {steps}")


def command(*arguments: str, cache: str) -> tuple[float, float, float]:
    """Seconds by the clock, processor seconds and greatest memory (MB) of a command of this environment."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    start = time.perf_counter()
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(arguments)} failed")
    seconds = time.perf_counter() - start
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(cache: str) -> None:
    """Whole commands: the first world with compilation, then from the cache, with figures, and at length."""
    run = (str(Path(sysconfig.get_path("scripts")) / "factions"), "run", str(HISTORY), "--worlds")
    seconds, work, _ = command(*run, "1", cache=cache)
    row("factions run --worlds 1, with compilation", f"{seconds:.1f} s", f"{work:.1f} s of work; target 20 s")
    short, few, _ = command(*run, "1", cache=cache)
    row("factions run --worlds 1, from the cache", f"{short:.1f} s", f"{few:.1f} s of work")
    with tempfile.TemporaryDirectory() as out:
        seconds, work, _ = command(*run, "1000", "--out", out, cache=cache)
    row("factions run --worlds 1000 --out, with figures", f"{seconds:.1f} s", f"{work:.1f} s of work; target 4 s")
    _, many, _ = command(*run, "40001", cache=cache)
    row("factions run, worlds a second and core", f"{40_000 / (many - few):,.0f}", "the whole command; target 5,000")


def what_ifs(cache: str) -> None:
    """All shipped what-ifs in one command, with their reports; `cache`: with the engine compiled."""
    files = sorted(str(path) for path in (HISTORY.parent / "counterfactuals").glob("*.toml"))
    compare = (str(Path(sysconfig.get_path("scripts")) / "factions"), "compare", str(HISTORY), *files)
    with tempfile.TemporaryDirectory() as out:
        options = ("--worlds", str(PAIRS), "--condition", "branch", "--out", out)
        seconds, work, most = command(*compare, *options, cache=cache)
        reports = len(list(Path(out).glob("*/report.html")))
    what = f"factions compare, all {len(files)} what-ifs ({reports} reports)"
    row(what, f"{seconds:.0f} s", f"{PAIRS:,} pairs each; target 180 s on two cores")
    row("  its work, and how well processors share it", f"{work:.0f} s", f"{work / seconds:.2f} processors busy")
    row("  memory of its largest process", f"{most:.0f} MB")


def sixty_blocs() -> None:
    scenario, worlds = sized(blocs=60, leaders=96, meetings=20), 64
    milliseconds = cost(compiled(scenario, worlds)) / worlds * 1000
    row("a world of 60 blocs", f"{milliseconds:.1f} ms", "96 leaders, 20 meetings; target 6 ms")


MANY = """
import sys
from factions.draws import find_draws
from factions.runs.job import Job
from factions.runs.run import run
from factions.scenario import load

scenario = load(sys.argv[1])
run(Job(scenario, 1, find_draws(scenario, "default")), int(sys.argv[2]), workers=1)
"""


def memory(cache: str) -> None:
    few, many = 2_000, 40_000
    used = [command(sys.executable, "-c", MANY, str(HISTORY), str(n), cache=cache)[2] for n in (few, many)]
    row(f"memory, {many:,} worlds / {few:,} worlds", f"{used[1] / used[0]:.2f} x", f"{used[1]:.0f} MB; target 500 MB")


@numba.njit
def draws_alone(draws: int) -> float:
    total = 0.0
    for n in range(draws):
        total += uniform(1, n, 2, 3, 4, 5)
    return total


@numba.njit
def functions_alone(exponentials: int, logarithms: int) -> float:
    total = 0.0
    for n in range(exponentials):
        total += math.exp(-1e-3 * (n & 1023))
    for n in range(logarithms):
        total += math.log(1.0 + (n & 1023))
    return total


def floor(engine: float) -> None:
    """How far a world is from the cost of its random numbers, exponentials and logarithms alone."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    counted = subprocess.run(
        [sys.executable, str(HERE / "count.py"), str(HISTORY)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    draws, exponentials, logarithms = (int(number) for number in counted.stdout.split())
    draws_alone(1), functions_alone(1, 1)
    numbers = cost(lambda: draws_alone(1000 * draws)) / 1000
    functions = cost(lambda: functions_alone(1000 * exponentials, 1000 * logarithms)) / 1000
    row("a world / its random numbers alone", f"{engine / numbers:.1f} x", f"{draws:,} numbers, {numbers * 1e6:.0f} us")
    what = f"{exponentials:,} exponentials, {logarithms:,} logarithms, {functions * 1e6:.0f} us"
    row("a world / its exponentials and logarithms alone", f"{engine / functions:.1f} x", what)
    row("a world / both", f"{engine / (numbers + functions):.1f} x", f"a world takes {engine * 1e6:.0f} us")


def main() -> None:
    history = load(HISTORY)
    engine = engine_and_model(history)
    floor(engine)
    sixty_blocs()
    scaling()
    with tempfile.TemporaryDirectory() as cache:
        commands(cache)
        what_ifs(cache)
        memory(cache)


if __name__ == "__main__":
    main()
