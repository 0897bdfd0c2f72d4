"""Tables as CSV, in the dialects of programs and of spreadsheets."""

import csv
import datetime as dt
import io

import numpy as np
import pytest

from factions.store.csv_tables import DIALECTS, csv_bytes, number_text, write_rows, written_for

ROWS = [
    {"who": "Łódź; or so, they say", "share": 0.125, "number": 1000, "rules": True, "day": dt.date(1925, 12, 18)},
    {"who": "=1+1", "share": np.float64(-2.5e-7), "number": None, "rules": False, "day": None},
]


def test_programs_get_points_and_commas(tmp_path):
    write_rows(tmp_path / "plain.csv", ROWS)
    assert (tmp_path / "plain.csv").read_bytes().decode("utf-8").split("\n") == [
        "who,share,number,rules,day",
        '"Łódź; or so, they say",0.125,1000,true,1925-12-18',
        "'=1+1,-2.5e-07,,false,",
        "",
    ]


def test_a_spreadsheet_with_a_decimal_comma_gets_semicolons_and_a_mark(tmp_path):
    with written_for("comma"):
        write_rows(tmp_path / "new" / "comma.csv", ROWS)
    text = (tmp_path / "new" / "comma.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").split("\r\n") == [
        "who;share;number;rules;day",
        '"Łódź; or so, they say";0,125;1000;true;1925-12-18',
        "'=1+1;-2,5e-07;;false;",
        "",
    ]
    assert number_text(0.5) == "0.5", "outside it is as before"


@pytest.mark.parametrize("name", DIALECTS)
def test_every_dialect_holds_every_number(name):
    numbers = [0.1, 1 / 3, -0.0, 1e300, 5e-324, float("inf")]
    with written_for(name):
        text = csv_bytes([{"n": number, "": ""} for number in numbers]).decode(DIALECTS[name].encoding)
    cells = [row[0] for row in csv.reader(io.StringIO(text), delimiter=DIALECTS[name].separator)]
    assert [float(cell.replace(",", ".")) for cell in cells[1:]] == numbers


def test_columns_that_are_named_stand_even_without_rows():
    assert csv_bytes([], ("a", "b")) == b"a,b\n"
    assert csv_bytes([{"b": 1}], ("a", "b")) == b"a,b\n,1\n"
    assert csv_bytes([]) == b""
