"""What is typed wrongly is one line in plain words: what is wrong, the value, what would be right; exit code 2."""

import shlex
import subprocess
import sys
import tomllib

import pytest
import typer

from factions import cli

COMMANDS = typer.main.get_command(cli.app).commands
WRONG = {
    "N": ("abc", "1.5", "-1", "1e3", "4294967296", "", " ", "1_0", "9" * 5000, "\x1b[31m5", "\udcff", "--seed"),
    "X": ("abc", "inf", "nan", "-1", "", "0,5", "\n"),
    "DATE": ("1.1.1925", "1925-02-30", "1925", "", "tomorrow"),
}
"""Values that an option refuses, by what it asks for."""
JARGON = ("invalid", "argument", "valid int", "parse", "Error", "Traceback", "None", "Value", "NoneType", "\\x")
"""Words of programmers, and of the library of the command line."""


def options(command):
    return [each for each in COMMANDS[command].params if each.param_type_name == "option" and each.opts != ["--help"]]


def refused(capsys, *arguments):
    """The one line that a command line is answered with."""
    assert cli.main([*arguments]) == 2
    said, err = capsys.readouterr()
    assert said == "" and err.count("\n") == 1 and err.endswith("\n"), err
    assert "; " in err and len(err) < 500 and err[:-1].isprintable(), err
    assert not [word for word in JARGON if word in err], err
    return err[:-1]


CHECKED = [
    (command, option.opts[0], option.metavar)
    for command in COMMANDS
    for option in options(command)
    if option.metavar in WRONG or ("|" in (option.metavar or "") and option.opts[0] not in ("--condition", "--pair"))
]


@pytest.mark.parametrize(("command", "option", "kind"), CHECKED)
def test_a_wrong_value_is_said_with_what_would_be_right(command, option, kind, capsys):
    for value in WRONG.get(kind, ("yaml", "", kind, "\udcff")):
        said = refused(capsys, command, option, value)
        assert said.startswith(f"{option} is ") and ("; give " in said or "; did you mean " in said), said
        assert value != "abc" or f'{option} is "abc"; ' in said


def test_many_options_have_been_tried():
    assert len(CHECKED) > 40
    assert {metavar for *_, metavar in CHECKED} >= {"N", "X", "DATE", "text|json"}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_said_with_those_there_are(command, capsys):
    said = refused(capsys, command, "--nonsense\x1b")
    assert f'{command} has no option "--nonsense' in said and ("known: --" in said or "did you mean" in said)


@pytest.mark.parametrize("command", [name for name in COMMANDS if any(each.required for each in COMMANDS[name].params)])
def test_what_is_missing_is_named_with_the_whole_command(command, capsys):
    said = refused(capsys, command)
    needed = [each.metavar for each in COMMANDS[command].params if each.required]
    assert f"{needed[0]} is missing; type " in said
    assert all(metavar in said for metavar in needed)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("check", "compare", "robust")])
def test_a_word_too_many_is_named(command, capsys):
    fixed = {"list": ["leaders", "history"], "copy": ["history", "there"], "causes": ["history", "--outcome", "x"]}
    said = refused(capsys, command, *fixed.get(command, ["history"]), "one (1)")
    assert 'takes no more words, and "one (1)" stands behind; ' in said and "quotes" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_stands_alone_or_should(command, capsys):
    for option in options(command):
        name = option.opts[0]
        if option.metavar:
            assert f"{name} stands without a value; " in refused(capsys, command, name)
        else:
            assert f'{name} is "yes", and takes no value; write {name} alone' in refused(capsys, command, f"{name}=yes")


def test_before_the_command(capsys):
    assert refused(capsys, "rum") == 'there is no command "rum"; did you mean "run"?'
    assert 'there is no command ""; known: app, calibrate, ' in refused(capsys, "")
    assert 'there is no command "\\u001b[31m"; known: ' in refused(capsys, "\x1b[31m")
    assert "no command is given; known: app" in refused(capsys, "--")
    assert 'has no option "--versio"; did you mean "--version"?' in refused(capsys, "--versio")
    assert "; options of a command stand behind it: " in refused(capsys, "--worlds", "3", "run", "history")


def test_a_file_that_is_itself_a_change_lacks_the_one_that_it_changes(capsys, minimal, write, monkeypatch):
    monkeypatch.chdir(write(minimal).parent)
    write('extends = "scenario.toml"\ntitle = "Another"\n', "change.toml")
    said = refused(capsys, "compare", "change.toml")
    assert said.startswith('the file without the change is missing: "change.toml" changes scenario.toml; type ')
    assert said.endswith(" compare scenario.toml change.toml")
    assert refused(capsys, "compare", "testament").endswith(" compare history testament")
    for other in ("scenario.toml", "none.toml"):
        assert refused(capsys, "compare", other).startswith("OTHER... is missing; type ")


def test_a_file_without_a_command(capsys):
    said = 'no command stands before "case.toml"; write one there, say: factions run case.toml'
    assert refused(capsys, "case.toml") == said


def test_nothing_typed_is_answered_with_the_help(capsys):
    assert cli.main([]) == 2
    assert "compare" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", " is empty; give the name of a file or folder"),
        (" ", " is empty; "),
        ("a\x1b[31m", ' is "a\\u001b[31m", with characters that are no letters; give the file another name'),
        ("a\udcff.toml", ' is "a\\udcff.toml", with characters that are no letters; '),
        ("x" * 256, "..., which is too long for a name; take no more than 255 letters"),
        ("there/" + "ü" * 128, "ü..., which is too long for a name; "),
    ],
)
@pytest.mark.parametrize(
    "words",
    [
        "run {}",
        "run history --out {}",
        "run history --parameters {}",
        "validate history --posterior {}",
        "check history --against {}",
        "copy history {}",
        "export history --csv {}",
        "export history --netcdf {}",
        "sweep history --design {}",
        "new {} --blank",
        "new x --from {}",
        "new x --from-csv {}",
        "app {}",
    ],
)
def test_a_name_that_no_file_should_have_is_refused(words, value, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert said in refused(capsys, *[value if word == "{}" else word for word in words.split()])
    assert not [*tmp_path.iterdir()]


def test_what_the_system_refuses_is_said_without_what_a_terminal_obeys(monkeypatch, capsys):
    def refuse(*args, **more):
        raise OSError(28, "No space left on device", "a\x1b[31m\udcff")

    monkeypatch.setattr(cli, "app", refuse)
    assert cli.main(["run", "history"]) == 1
    assert (
        capsys.readouterr().err
        == "a\\u001b[31m\\udcff: No space left on device; make room, then type the same command again\n"
    )


@pytest.mark.parametrize(
    "words",
    ["causes history --outcome ruling:right --only {}", "app --address {}", "compare history testament --condition {}"],
)
def test_a_value_stands_in_quotes(words, capsys):
    for value, shown in (("", '""'), ("\x1b\udcff", '"\\u001b\\udcff"')):
        assert shown in refused(capsys, *[value if word == "{}" else word for word in words.split()])


def test_bytes_that_are_no_text_are_refused_in_a_terminal_too():
    command = [sys.executable.encode(), b"-m", b"factions", b"run", b"history", b"--worlds", b"\xff\x1b"]
    done = subprocess.run(command, capture_output=True, timeout=120)
    assert done.returncode == 2
    assert done.stderr == b'--worlds is "\\udcff\\u001b"; give a whole number from 1 to 4294967295\n'


@pytest.mark.parametrize("name", ['a"b\\c', "two words", "it's"])
def test_a_new_file_has_any_name_that_can_be_shown(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", f"{name} base", "--blank"]) == cli.main(["new", name, "--from", f"{name} base.toml"]) == 0
    typed = capsys.readouterr().out.splitlines()[-1].partition("then type: factions ")[2]
    assert cli.main(shlex.split(typed)) == 0 and f"{name}.toml: sound" in capsys.readouterr().out
    said = tomllib.loads((tmp_path / f"{name}.toml").read_text(encoding="utf-8"))
    assert (said["title"], said["extends"]) == (name.capitalize(), f"{name} base.toml")
