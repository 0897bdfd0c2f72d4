"""A folder for what can be made again, on machines of every kind."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from factions.store.cache import ABANDONED, find_cache
from factions.store.seal import sealed


@pytest.fixture
def machine(monkeypatch, tmp_path):
    """A home, nothing chosen, and a folder for temporary files."""
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path


@pytest.fixture
def read_only(machine, monkeypatch):
    """read_only(folder): nothing can be made in a folder from now on, not even by root."""
    make = tempfile.TemporaryFile

    def protect(folder):
        def refuse(dir, **more):
            if Path(dir).is_relative_to(folder):
                raise PermissionError(13, "Permission denied")
            return make(dir=dir, **more)

        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    return protect


def homeless():
    raise RuntimeError("Could not determine home directory.")


def test_usually_it_stands_among_the_caches_of_the_user(machine):
    found = find_cache("name")
    assert found.folder == machine / "home" / ".cache" / "factions" / "name" and found.folder.is_dir()
    assert found.caution == ""


@pytest.mark.parametrize(("said", "root"), [("", "home/.cache"), ("relative", "home/.cache"), ("/{}/caches", "caches")])
def test_the_environment_says_where_caches_stand_if_it_gives_a_whole_path(machine, monkeypatch, said, root):
    monkeypatch.setenv("XDG_CACHE_HOME", said.replace("/{}", str(machine)))
    assert find_cache("name").folder == machine / root / "factions" / "name"


def test_a_folder_that_was_chosen_comes_first(machine):
    assert find_cache("name", str(machine / "chosen")).folder == machine / "chosen" / "name"


def test_without_a_home_it_is_temporary_and_nobody_elses(machine, monkeypatch):
    monkeypatch.setattr(Path, "home", homeless)
    found = find_cache("name")
    assert found.folder.parent.parent == machine / "temporary"
    assert found.folder.parent.stat().st_mode & 0o077 == 0
    assert found.caution == f"there is no home directory, so compiled code is kept in {found.folder.parent}"
    assert find_cache("name") == found


def test_where_no_folder_can_be_made_it_is_temporary(machine):
    (machine / "home" / ".cache").write_text("in the way")
    found = find_cache("name")
    assert found.folder.parent.parent == machine / "temporary"
    assert found.caution.startswith(f"{machine / 'home' / '.cache' / 'factions'} cannot be written, so")


def test_what_can_only_be_read_is_copied(machine, read_only):
    warm = find_cache("name").folder / "engine" / "kernel"
    warm.parent.mkdir()
    warm.write_bytes(sealed(b"compiled", ""))
    read_only(machine / "home")
    found = find_cache("name")
    assert (found.folder / "engine" / "kernel").read_bytes() == warm.read_bytes()
    assert [path.name for path in found.folder.parent.iterdir()] == ["name"]


def test_temporary_files_that_others_can_write_are_not_trusted(machine, monkeypatch):
    monkeypatch.setattr(Path, "home", homeless)
    find_cache("name").folder.parent.chmod(0o777)
    found = find_cache("name")
    assert found.folder is None
    assert found.caution.endswith("nor is there a temporary directory: code is compiled again in every run")


def test_with_no_place_at_all_there_is_none(machine, monkeypatch):
    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setattr(tempfile, "tempdir", str(machine / "gone"))
    assert find_cache("name").folder is None


@pytest.mark.parametrize("harm", [lambda data: b"", lambda data: data[:-1], lambda data: b"\x00" + data[1:]])
def test_damaged_files_are_removed_and_counted(machine, harm):
    folder = find_cache("name").folder
    for name in ("sound", "damaged"):
        (folder / name).write_bytes(sealed(b"compiled", ""))
    (folder / "damaged").write_bytes(harm(sealed(b"compiled", "")))
    assert find_cache("name").caution == f"damaged files with compiled code in {folder}: 1; they are made again"
    assert [path.name for path in folder.iterdir()] == ["sound"]
    assert find_cache("name").caution == ""


def test_what_was_never_finished_goes_when_nobody_can_be_writing_it(machine):
    folder = find_cache("name").folder
    for name, age in {"new.tmp.1": 0.0, "old.tmp.2": 2 * ABANDONED}.items():
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (0.0, (folder / name).stat().st_mtime - age))
    assert find_cache("name").caution == ""
    assert [path.name for path in folder.iterdir()] == ["new.tmp.1"]
