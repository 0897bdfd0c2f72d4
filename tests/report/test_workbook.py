"""The workbook of a run: every table, numbers as numbers, texts as texts, sources beside the claims."""

from __future__ import annotations

import builtins
import csv

import openpyxl
import pytest

from factions import cli


@pytest.fixture
def book(minimal, write, tmp_path):
    """book(text): the workbook of a run of the scenario, and the folder that it stands in."""

    def run(text=minimal):
        out = tmp_path / "out"
        assert cli.main(["run", str(write(text)), "--worlds", "12", "--out", str(out), "--excel"]) == 0
        return openpyxl.load_workbook(out / "tables.xlsx"), out

    return run


def rows_of(sheet):
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_every_table_is_a_sheet_and_its_numbers_are_numbers(book, capsys):
    sheets, out = book()
    tables = {path.stem for path in (out / "tables").glob("*.csv")}
    assert sheets.sheetnames[0] == "run" and sheets.sheetnames[-1] == "sources"
    assert tables == set(sheets.sheetnames[1:-1]) and {"claims", "meetings", "leaders"} <= tables
    for name in tables - {"claims"}:
        with (out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            kept, found = list(csv.DictReader(file)), rows_of(sheets[name])
        assert len(found) == len(kept)
        for row, other in zip(found, kept, strict=True):
            for column, value in row.items():
                if isinstance(value, float):
                    assert value == pytest.approx(float(other[column]), rel=1e-12)
    assert isinstance(rows_of(sheets["meetings"])[0]["vote_share_median"], float)
    assert dict(sheets["run"].iter_rows(values_only=True))["worlds"] == 12


def test_claims_have_their_sources_beside_them_and_no_text_is_a_formula(minimal, book, capsys):
    text = minimal.replace('text = "Trotsky gives', 'sources = ["book"]\ntext = "=1+1 Trotsky gives')
    sheets, _ = book(text)
    (claim,) = rows_of(sheets["claims"])
    assert claim["sources"] == "A book" and claim["text"].startswith("=1+1")
    column = [cell.value for cell in sheets["claims"][1]].index("text") + 1
    assert sheets["claims"].cell(2, column).data_type == "s"
    assert rows_of(sheets["sources"]) == [{"id": "book", "text": "A book", "url": None}]


def test_it_needs_a_folder_and_openpyxl(minimal, write, tmp_path, monkeypatch, capsys):
    command = ["run", str(write(minimal)), "--worlds", "12", "--excel"]
    assert cli.main(command) == 2
    assert "--out DIR" in capsys.readouterr().err
    own = builtins.__import__

    def without(name, *more):
        if name == "openpyxl":
            raise ImportError(name)
        return own(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert cli.main([*command, "--out", str(tmp_path / "out")]) == 2
    assert 'pip install "factions[excel]"' in capsys.readouterr().err and not (tmp_path / "out").exists()
