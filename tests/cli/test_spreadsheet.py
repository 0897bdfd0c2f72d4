"""`--spreadsheet`: every CSV table of every command, for spreadsheets with a decimal point or comma."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from factions import cli

TRUST = Path(__file__).parents[2] / "trust"
COMMANDS = {
    "run": "run case.toml --worlds 20",
    "compare": "compare case.toml change.toml --worlds 20",
    "causes": "causes case.toml --outcome ruling:blue --worlds 20 --only event",
    "sweep": "sweep case.toml --vary safety_motive=0.5,1.5 --worlds 20",
    "robust": "robust change.toml --worlds 20",
}


@pytest.fixture(autouse=True)
def case(tmp_path, monkeypatch):
    for name in ("case.toml", "change.toml"):
        shutil.copyfile(TRUST / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)


def tables(folder):
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.csv"))}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_tables_for_a_decimal_comma_hold_what_those_for_programs_hold(tmp_path, command):
    for out, more in (("plain", []), ("comma", ["--spreadsheet", "comma"])):
        assert cli.main([*command.split(), "--out", out, *more]) == 0
    plain, comma = tables(tmp_path / "plain"), tables(tmp_path / "comma")
    assert [*plain] == [*comma] and plain
    decimals = 0
    for name, path in plain.items():
        other = comma[name].read_text(encoding="utf-8-sig")
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        for row, theirs in zip(rows, csv.reader(io.StringIO(other), delimiter=";"), strict=True):
            assert [read(cell) for cell in row] == [read(cell.replace(",", ".")) for cell in theirs]
            decimals += sum("," in cell for cell in theirs)
        assert comma[name].read_bytes().startswith(b"\xef\xbb\xbf")
    assert decimals


def read(cell):
    """A number, or a text in which no comma is told from a point."""
    try:
        return float(cell)
    except ValueError:
        return cell.replace(",", ".")


def test_every_command_that_draws_figures_writes_tables_for_spreadsheets_too():
    options = {
        name: {word for parameter in command.params for word in parameter.opts}
        for name, command in get_command(cli.app).commands.items()
    }
    drawing = {name for name, words in options.items() if "--style" in words}
    assert drawing >= {"run", "compare", "causes", "robust", "sweep", "validate"}
    assert {name for name, words in options.items() if "--spreadsheet" in words} == drawing | {"export"}


def test_an_export_for_a_decimal_comma_is_the_same_case(tmp_path, capsys):
    assert cli.main(["export", "case.toml", "--csv", "tables", "--spreadsheet", "comma"]) == 0
    assert "2,5" in (tmp_path / "tables" / "leaders.csv").read_text(encoding="utf-8-sig")
    capsys.readouterr()
    assert cli.main(["check", "tables", "--against", "case.toml"]) == 0
    assert "nothing differs" in capsys.readouterr().out
