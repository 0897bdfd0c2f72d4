"""Files that appear whole or not at all, and data that show any damage."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from factions.errors import UsageError
from factions.store.files import harmless, write_parquet, write_text, write_whole
from factions.store.lock import locked
from factions.store.seal import Damaged, file_sum, sealed, unsealed


def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path):
    write_text(tmp_path / "new" / "a.txt", "old")

    def fails(path):
        path.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(tmp_path / "new" / "a.txt", fails)
    assert [path.read_text() for path in (tmp_path / "new").iterdir()] == ["old"]


def test_an_error_names_the_file_that_was_to_be_written(tmp_path):
    (tmp_path / "a").write_text("a file")
    with pytest.raises(UsageError, match="is a file and no folder") as caught:
        write_text(tmp_path / "a" / "b.txt", "text")
    assert str(tmp_path / "a") in str(caught.value)
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(IsADirectoryError) as there:
        write_text(tmp_path / "b.txt", "text")
    assert there.value.filename == str(tmp_path / "b.txt")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-", "- a dash"])
def test_a_text_that_a_spreadsheet_would_run_is_kept_from_it(text):
    assert harmless([{"a": text, "b": 1}]) == [{"a": "'" + text, "b": 1}]


@pytest.mark.parametrize("value", ["", "a=b", "'=1", "-0.5", "+1e-3", "-inf", -0.5, None, 7])
def test_what_is_harmless_stays_as_it_is(value):
    assert harmless([{"a": value}]) == [{"a": value}]


def test_what_killed_processes_left_goes_when_a_folder_is_held(tmp_path):
    names = ["a.txt", ".a.txt.7.unfinished", "a.unfinished.npz", ".b.txt.7.unfinished", "in/.c.7.unfinished"]
    deeper = ["in/to/.d.7.unfinished", "in/to/it/.e.7.unfinished"]
    for name in (*names, *deeper):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("half")
    with locked(tmp_path, "a"):
        left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        assert left == {Path(name).name for name in (*names, *deeper)} - {".a.txt.7.unfinished"} | {".a.lock"}
    with locked(tmp_path):
        pass
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {
        "a.txt",
        "a.unfinished.npz",
        ".e.7.unfinished",
    }


def test_tables_are_written_one_after_the_other_with_what_they_come_from(tmp_path):
    made = []

    def tables():
        for k in range(3):
            made.append(k)
            yield pa.table({"k": [k]})

    write_parquet(tmp_path / "t.parquet", tables(), json.dumps({"seed": 1}))
    found = parquet.read_table(tmp_path / "t.parquet")
    assert found["k"].to_pylist() == [0, 1, 2] == made
    assert found.schema.metadata == {b"factions": b'{"seed": 1}'}


@pytest.mark.parametrize("data", [b"", b"\n", b"a\nb", bytes(range(256))])
def test_a_seal_gives_back_what_was_sealed(data):
    assert unsealed(sealed(data, '{"a": "é"}')) == (data, '{"a": "é"}')


def test_every_changed_bit_and_every_missing_byte_breaks_a_seal():
    whole = sealed(b"some\ndata", "about")
    for place in range(len(whole)):
        for bit in range(8):
            with pytest.raises(Damaged):
                unsealed(whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :])
        for cut in (whole[:place], whole[place + 1 :]):
            with pytest.raises(Damaged):
                unsealed(cut)


def test_the_sum_of_a_file(tmp_path):
    assert file_sum(tmp_path / "gone") == ""
    (tmp_path / "abc").write_bytes(b"abc")  # FIPS 180-2, appendix B.1
    assert file_sum(tmp_path / "abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
