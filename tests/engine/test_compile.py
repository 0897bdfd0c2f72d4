"""Compiled kernels are never older than the sources that they were made of."""

from __future__ import annotations

import ast
from pathlib import Path

import factions
from factions.engine import compile as compiling

PACKAGE = Path(factions.__file__).parent
DATA = {"results/ensemble.py"}
"""Modules that run Python beside the kernels and give them nothing but arrays."""


def imported(path: Path) -> set[str]:
    """Modules of the package that a file imports when it runs, as paths inside the package."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:  # the body alone: not what only type checkers see
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("factions"):
            base = PACKAGE.joinpath(*node.module.split(".")[1:])
            for name in node.names:
                inner = base / f"{name.name}.py"
                file = inner if inner.exists() else base.with_suffix(".py")
                if file.exists():
                    found.add(file.relative_to(PACKAGE).as_posix())
    return found


def test_every_file_that_reaches_a_kernel_is_in_the_hash():
    hashed = {path.relative_to(PACKAGE).as_posix() for path in compiling.sources()}
    for path in [path for path in compiling.sources() if path.parent.name in ("engine", "rules")]:
        assert imported(path) <= hashed | DATA, path.name


def test_an_edit_changes_the_directory(monkeypatch, tmp_path):
    rule = tmp_path / "rule.py"
    rule.write_text("def rule(x):\n    return x\n", encoding="utf-8")
    monkeypatch.setattr(compiling, "sources", lambda: [rule])
    before = compiling.cache_directory()
    assert compiling.cache_directory() == before
    rule.write_text("def rule(x):\n    return x + x\n", encoding="utf-8")
    assert compiling.cache_directory() != before


def test_another_compiler_is_another_directory(monkeypatch):
    before = compiling.digest()
    monkeypatch.setattr(compiling.numba, "__version__", "0.0.0")
    assert compiling.digest() != before


def test_the_user_says_where_the_cache_stands(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "chosen"))
    assert compiling.cache_directory().parent == tmp_path / "chosen"
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    assert compiling.cache_directory().parent == tmp_path / "home" / "factions"
