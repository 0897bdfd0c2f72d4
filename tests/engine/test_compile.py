"""Compiled kernels are never older than the sources that they were made of."""

from __future__ import annotations

from factions.engine import compile as compiling
from factions.store.provenance import closure


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


def test_another_program_is_another_directory(monkeypatch):
    before = compiling.cache_directory()
    assert compiling.cache_directory() == before
    monkeypatch.setattr(compiling, "program_digest", lambda entry: "another")
    assert compiling.cache_directory() != before


def test_another_compiler_is_another_directory(monkeypatch):
    before = compiling.cache_directory()
    monkeypatch.setattr(compiling.numba, "__version__", "0.0.0")
    assert compiling.cache_directory() != before


def test_the_user_says_where_the_cache_stands(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    assert compiling.cache_directory().parent == tmp_path / "chosen"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert compiling.cache_directory().parent == tmp_path / "home" / "factions"


def test_an_empty_directory_holds_nothing_compiled(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not compiling.is_compiled()
