"""Files that are never half-written: each is finished under a temporary name and then renamed."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from factions.errors import UsageError
from factions.store.seal import Damaged, sealed, unsealed

if TYPE_CHECKING:
    import pyarrow as pa

_UNFINISHED = ".unfinished"


def make_folder(folder: Path, remedy: str = "choose another folder") -> None:
    """Make a folder and those above it if they are not there; UsageError if one of them is a file."""
    other = next((each for each in (folder, *folder.parents) if each.exists() and not each.is_dir()), None)
    if other is not None:
        raise UsageError(f"{other} is a file and no folder", remedy)
    folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside `path`, then give it that name; on an error nothing is left.

    An OSError names `path`; UsageError if there is a file where its folder should be.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{_UNFINISHED}")
    make_folder(path.parent)
    try:
        write(unfinished)
        unfinished.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def harmless(rows: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """Rows for a CSV file: texts that a spreadsheet would run as a formula have an apostrophe before them."""
    return [{name: _harmless(value) for name, value in row.items()} for row in rows]


def _harmless(value: object) -> object:
    if not isinstance(value, str) or not value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return value
    try:
        float(value)
    except ValueError:
        return f"'{value}"
    return value


def remove_unfinished(folder: Path, part: str = "") -> None:
    """Remove what processes that were killed have left of files in a folder, and two folders deep in it.

    `part`: only of files in the folder itself whose names begin with it and a dot.
    """
    patterns = [f".{escape(part)}.*{_UNFINISHED}"] if part else [f"{'*/' * depth}.*{_UNFINISHED}" for depth in range(3)]
    for pattern in patterns:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8."""
    write_whole(path, lambda unfinished: unfinished.write_text(text, encoding="utf-8"))


def json_text(data: object, plain: bool = False) -> str:
    """Plain data as JSON that can be read, `plain` in ASCII alone; ValueError for a number that is not finite."""
    return json.dumps(data, indent=2, ensure_ascii=plain, allow_nan=False)


def write_json(path: Path, data: object) -> None:
    """Write plain data as JSON: see `json_text`."""
    write_text(path, json_text(data) + "\n")


def write_bytes(path: Path, data: bytes) -> None:
    """Write bytes."""
    write_whole(path, lambda unfinished: unfinished.write_bytes(data))


def keep(path: Path, data: bytes, about: str) -> None:
    """Keep data in a file, sealed together with what they are of; it appears whole or not at all."""
    write_bytes(path, sealed(data, about))


def recall(path: Path, about: str, say: Callable[[str], None]) -> bytes | None:
    """The data that were kept in a file, None if there are none or they are of something else; damage is reported."""
    if not path.exists():
        return None
    try:
        data, said = unsealed(path.read_bytes())
    except Damaged:
        say(f"{path} is damaged; what it held is computed again")
        return None
    return data if said == about else None


def kept_array(path: Path | None, about: str, say: Callable[[str], None], make: Callable[[], np.ndarray]) -> np.ndarray:
    """The array that a file has kept, else what `make` gives, kept there from then on; without a file nothing is."""
    data = None if path is None else recall(path, about, say)
    if data is not None:
        return np.asarray(np.load(io.BytesIO(data), allow_pickle=False))
    found = make()
    if path is not None:
        buffer = io.BytesIO()
        np.save(buffer, found)
        keep(path, buffer.getvalue(), about)
    return found


def write_parquet(path: Path, tables: Iterable[pa.Table], about: str) -> None:
    """Write tables (at least one, of the same columns) as one file; each is made only when its turn comes.

    `about`: which program and run they come from; it stands in the file's metadata under the key `factions`.
    """
    write_whole(path, lambda unfinished: _write_tables(unfinished, tables, about))


def parquet_bytes(tables: Iterable[pa.Table], about: str) -> bytes:
    """The file that `write_parquet` would write."""
    buffer = io.BytesIO()
    _write_tables(buffer, tables, about)
    return buffer.getvalue()


def _write_tables(where: Path | io.BytesIO, tables: Iterable[pa.Table], about: str) -> None:
    from pyarrow import parquet

    rest = iter(tables)
    first = next(rest)
    schema = first.schema.with_metadata({"factions": about})
    with parquet.ParquetWriter(where, schema, compression="zstd") as writer:
        writer.write_table(first)
        for table in rest:
            writer.write_table(table)
