"""What stands on disk: files that are none, texts that are too much to read, characters that a terminal would obey."""

from __future__ import annotations

import os
import threading

import pytest

from factions.errors import ScenarioError, ScenarioErrors
from factions.scenario import load

ESCAPE = "\\u001b[2J"


def errors_of(path) -> tuple[ScenarioError, ...]:
    with pytest.raises(ScenarioErrors) as caught:
        load(path)
    return caught.value.errors


DEEP = {
    "lists": "x = " + "[" * 500 + "]" * 500,
    "lists that are not closed": "x = " + "[" * 2000,
    "inline tables": "x = " + "{ a = " * 500 + "1" + " }" * 500,
    "lists below what Python refuses": "x = " + "[" * 100 + "]" * 100,
    "a dotted key": ".".join(["a"] * 2000) + " = 1",
    "a dotted header": "[" + ".".join(["a"] * 2000) + "]",
    "a header and a key": "[" + ".".join(["a"] * 15) + "]\n" + ".".join(["b"] * 15) + " = 1",
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_nested_too_deeply_is_refused_at_its_place(kind, minimal, write):
    head = "" if kind in ("a dotted header", "a header and a key") else DEEP[kind] + "\n"
    tail = "\n" + DEEP[kind] + "\n" if not head else ""
    (error,) = errors_of(write(head + minimal + tail))
    assert error.line == (1 if head else minimal.count("\n") + 1 + DEEP[kind].count("\n") + 1)
    assert "within each other" in error.problem or "nested" in error.problem


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000, "9" * 30, "-" + "9" * 19, "0xffffffffffffffff"])
def test_a_number_of_too_many_digits_is_refused_at_its_place(digits, minimal, write):
    text = minimal.replace("prestige = 10\n", f"prestige = {digits}\n")
    (error,) = errors_of(write(text))
    assert text.split("\n")[error.line - 1][error.column - 1 :] == digits
    assert error.problem == "has too many digits"
    assert len(str(error)) < 300


def test_the_greatest_whole_number_can_be_read_and_is_out_of_range(minimal, write):
    (error,) = errors_of(write(minimal.replace("prestige = 10\n", f"prestige = {2**63 - 1}\n")))
    assert (error.problem, error.remedy) == ("is above 1_000_000_000", "give 1_000_000_000 or less")


@pytest.mark.parametrize("field", ["prestige = 3.0", "machine = 5.0", "salience = 1.0", "selection = 1.0", "by = 1.0"])
@pytest.mark.parametrize("value", ["1e308", "1.1e9"])
def test_no_number_is_so_great_that_sums_and_products_overflow(field, value, minimal, write):
    name = field.partition(" ")[0]
    text = minimal.replace('name = "Tempo"\n', 'name = "Tempo"\nsalience = 1.0\n')
    text = text.replace('electorate = "delegates"\n', 'electorate = "delegates"\nselection = 1.0\n')
    text += '[[events]]\nid = "scare"\ndate = 1924-02-01\nkind = "threat"\nby = 1.0\n'
    assert field in text
    (error,) = errors_of(write(text.replace(field, f"{name} = {value}", 1)))
    assert error.key.endswith(name)
    assert error.problem == "is above 1_000_000_000"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Left"', f'name = "Left{ESCAPE}"', "blocs.1.name"),
        ('name = "Left"', 'name = "Left\\u202e"', "blocs.1.name"),
        ('name = "Left"', 'name = "Left\\u0085"', "blocs.1.name"),
        ('id = "left"\n', f'id = "{ESCAPE}"\n', "blocs.1.id"),
        ('sources = ["book"]', f'sources = ["book{ESCAPE}"]', "issues.1.sources.1"),
        ('title = "', f'extends = "a\\u0000b"\ntitle = "{ESCAPE}', "extends"),
        ('name = "Left"', f'"{ESCAPE}" = "Left"', "blocs.1.\x1b[2J"),
        ("[sources.book]", '[sources."bo\\nok"]', "sources.bo\nok"),
    ],
)
def test_what_a_terminal_would_obey_is_refused_and_not_shown(old, new, key, minimal, write):
    text = minimal.replace(old, new, 1)
    errors = errors_of(write(text))
    assert key in [error.key for error in errors]
    for error in errors:
        assert "control character U+" in error.problem
        assert str(error).isprintable()
        assert "\\u" in text.split("\n")[error.line - 1] or "\\n" in text.split("\n")[error.line - 1]


def test_a_contested_fact_with_a_line_break_in_its_name_is_refused(minimal, write):
    text = '[readings]\n"vote\\n" = "a"\n[contested."vote\\n"]\nquestion = "?"\n'
    text += '[contested."vote\\n".options.a]\ntext = "a"\n'
    errors = errors_of(write(minimal + text))
    assert [error.key for error in errors] == ["readings.vote\n", "contested.vote\n"]


def test_names_stand_on_one_line_and_descriptions_need_not(minimal, write):
    assert load(write('description = """\nOne.\nTwo.\\tThree."""\n' + minimal)).description == "One.\nTwo.\tThree."
    (error,) = errors_of(write(minimal.replace('name = "Left"', 'name = "Le\\nft"')))
    assert (error.key, error.problem) == ("blocs.left.name", "is not on one line")


def test_letters_of_any_script_are_welcome(minimal, write):
    name = "Троцкий, Лев — 列夫·托洛茨基 é\u00a0💬"
    assert load(write(minimal.replace('name = "Left"', f'name = "{name}"'))).blocs[0].name == name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_might_never_end_is_not_read(minimal, write, tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    path = write('extends = "pipe.toml"\n' + minimal)
    answers: list[ScenarioError] = []
    reader = threading.Thread(target=lambda: answers.extend(errors_of(path)), daemon=True)
    reader.start()
    reader.join(10)
    assert not reader.is_alive(), "it waits for what never comes"
    assert (answers[0].key, answers[0].line, answers[0].column) == ("extends", 1, 11)
    assert "not a regular file" in answers[0].problem


@pytest.mark.parametrize("name", [".", "missing/base.toml", "loop.toml"])
def test_a_base_that_is_no_file_is_an_error_at_its_name(name, minimal, write, tmp_path):
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    (error,) = errors_of(write(f'extends = "{name}"\n' + minimal))
    assert (error.key, error.line, error.column) == ("extends", 1, 11)


def test_a_name_that_no_file_can_have(tmp_path):
    (error,) = errors_of(tmp_path / "a\0b.toml")
    assert error.line is None


LONG = "x" * 3000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('title = "Two blocs, two meetings"', f'extends = "{LONG}"'),
        ('title = "Two blocs, two meetings"', f'extends = "{LONG}.toml"'),
        ("[sources.book]", f"[sources.{LONG}]\nodd = 1\n[sources.book]"),
        ('blocs = ["left", "centre"]', f'blocs = ["left", "{LONG}"]'),
        ("end = 1925", f'outcomes = ["{LONG}:left"]\nend = 1925'),
        ("prestige = 10", "prestige == 10\nodd = " + "[" * 500 + "]" * 500),
    ],
    ids=["extends", "extends a file", "key", "id", "outcome", "nested and muddled"],
)
def test_endless_names_are_errors_that_can_be_read(minimal, write, old, new):
    assert old in minimal
    with pytest.raises(ScenarioErrors) as caught:
        load(write(minimal.replace(old, new, 1)))
    assert all(len(str(error)) < 1000 and error.remedy for error in caught.value.errors)
