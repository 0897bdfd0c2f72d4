"""The process that fuzzes: `fuzzer.py FOLDER OPTION... CORPUS`, with options of libFuzzer."""

from __future__ import annotations

import hashlib
import re
import sys
import time
from pathlib import Path
from random import Random

import atheris
from trial import SOURCE

sys.path.insert(0, str(SOURCE))
with atheris.instrument_imports(include=["factions", "tomllib"]):
    import factions.scenario  # noqa: F401  what is imported here is watched, and no more

import mutants

FOLDER = Path(sys.argv.pop(1))
FIXED = ["-max_len=20000", "-rss_limit_mb=4096", "-print_final_stats=1", "-detect_leaks=0"]
FIXED += ["-timeout=600", "-report_slow_units=600"]
"""Its clock only sees what hangs, since a busy machine may let a file wait; `mutants.LIMIT` is in processor seconds."""


def read(text: bytes) -> None:
    """Read one file, and keep it if it is not refused as it should be: one for each kind of failure."""
    path = FOLDER / "mutant.toml"
    path.write_bytes(text)
    began = time.process_time()
    problem = mutants.read(path)[1]
    if problem or time.process_time() - began > mutants.LIMIT:
        problem = problem or "too slow"
        kind = hashlib.sha256(re.sub(r"[^A-Za-z ].*", "", problem).encode()).hexdigest()[:8]
        kept = FOLDER / "found" / f"{kind}.toml"
        if not kept.exists():
            kept.write_bytes(text)
            kept.with_suffix(".toml.txt").write_text(problem, encoding="utf-8")


def change(text: bytes, most: int, seed: int) -> bytes:
    """Change a file as the fuzzer would, or in its words, or in its structure if it has one."""
    rng = Random(seed)
    way = rng.choice([mutants.tokens_changed, mutants.structure_changed, None])
    try:
        return way(rng, text)[:most] if way else atheris.Mutate(text, most)
    except (ValueError, IndexError, RecursionError):  # it is no TOML, or has nothing to change
        return atheris.Mutate(text, most)


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *FIXED, *sys.argv[1:]], read, custom_mutator=change)
    atheris.Fuzz()
