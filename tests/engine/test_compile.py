"""Compiled kernels are never older than the sources that they were made of, and never damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from factions.engine import compile as compiling
from factions.store.cache import Cache
from factions.store.provenance import closure

KERNEL = """\
import warnings
from factions.engine.compile import CACHE, entry

@entry
def double(x):
    return 2 * x

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(double(21), sum(double.stats.cache_hits.values()), CACHE.caution, *(each.message for each in caught))
"""


def test_every_module_that_reaches_a_kernel_is_in_the_digest():
    reached = set(closure(compiling.SCHEDULE))
    assert reached >= {"factions.shocks", "factions.world.events", "factions.world.state", "factions.rules.vote"}
    phases = (
        "events",
        "influence",
        "loyalty",
        "bargaining",
        "stance",
        "vote",
        "sanctions",
        "surrender",
        "consequences",
    )
    assert reached >= {f"factions.engine.{phase}" for phase in phases}


def test_another_program_has_another_name(monkeypatch):
    before = compiling.cache_name()
    assert compiling.cache_name() == before
    monkeypatch.setattr(compiling, "program_digest", lambda entry: "another")
    assert compiling.cache_name() != before


def test_another_compiler_has_another_name(monkeypatch):
    before = compiling.cache_name()
    monkeypatch.setattr(compiling.numba, "__version__", "0.0.0")
    assert compiling.cache_name() != before


def test_an_empty_directory_holds_nothing_compiled(monkeypatch, tmp_path):
    for folder in (tmp_path, None):
        monkeypatch.setattr(compiling, "CACHE", Cache(folder))
        assert not compiling.is_compiled()


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A script that calls a kernel, and the cache in which the kernel is compiled."""
    folder = tmp_path_factory.mktemp("compiled")
    (folder / "script.py").write_text(KERNEL)
    assert called(folder / "script.py", folder / "cache") == "42 0"
    return folder / "script.py", folder / "cache"


def called(script, cache) -> str:
    """What the script prints: the kernel's result, how often it was found compiled, cautions and warnings."""
    environment = os.environ | {"NUMBA_CACHE_DIR": str(cache)}
    result = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=120)
    assert result.stderr == ""
    return result.stdout.strip()


def test_a_kernel_is_found_compiled(compiled):
    assert called(*compiled) == "42 1"


@pytest.mark.parametrize(("suffix", "length"), [("nbi", 0), ("nbi", 40), ("nbc", 0), ("nbc", 400)])
def test_a_damaged_kernel_is_compiled_again(compiled, tmp_path, suffix, length):
    script, cache = compiled
    shutil.copytree(cache, tmp_path / "cache")
    (path,) = (tmp_path / "cache").rglob(f"*.{suffix}")
    os.truncate(path, length)
    said = called(script, tmp_path / "cache")
    assert said.startswith("42 0 damaged files with compiled code in ") and said.endswith(": 1; they are made again")
    assert called(script, tmp_path / "cache") == "42 1"


def test_a_kernel_that_cannot_be_kept_is_used_all_the_same(tmp_path):
    full = 'import os\ndef full(*paths):\n    raise OSError(28, "No space left on device")\nos.replace = full\n'
    (tmp_path / "script.py").write_text(KERNEL.replace("@entry", full + "@entry"))
    said = called(tmp_path / "script.py", tmp_path / "cache")
    assert said == "42 0  compiled kernels cannot be kept: [Errno 28] No space left on device"
