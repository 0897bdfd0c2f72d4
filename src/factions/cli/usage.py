"""What was typed and cannot be understood, said in the words of this program: what is wrong, and what would be right.

The library of the command line says it in words that change from version to version. Only what has long been the same
in it is read here: the names of its errors, and of the fields of parameters and commands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

import typer

from factions.errors import FactionsError, UsageError, shown

MISUSE: type[Exception] = typer.BadParameter.__mro__[1]
"""What the library raises where a command line cannot be understood: an error of click, or of typer's copy of it."""


class _Parameter(Protocol):
    """An option or an argument of a command."""

    opts: Sequence[str]
    param_type_name: str
    metavar: str | None
    help: str | None
    required: bool


class _Command(Protocol):
    """A command; that before all others has `commands` too."""

    params: Sequence[_Parameter]


class _Context(Protocol):
    """Where the error came up: the command, and what is typed to call it."""

    command: _Command
    command_path: str


def plain(error: Exception, said: Sequence[str]) -> UsageError:
    """What is wrong with the words `said` to the program."""
    context: _Context | None = getattr(error, "ctx", None)
    kinds = {each.__name__ for each in type(error).__mro__}
    if "BadOptionUsage" in kinds:
        return _value_or_none(getattr(error, "option_name", "an option"), said)
    if context is None:
        return UsageError(_as_it_stands(error))
    if "NoSuchOption" in kinds:
        return _no_such_option(context, getattr(error, "option_name", ""))
    if "MissingParameter" in kinds and (parameter := getattr(error, "param", None)) is not None:
        return _missing(context, parameter, said)
    if "BadParameter" in kinds:
        return UsageError(_as_it_stands(error))
    commands: Mapping[str, object] | None = getattr(context.command, "commands", None)
    return _too_many(context, error) if commands is None else _no_such_command(commands, said)


def _no_such_command(commands: Mapping[str, object], said: Sequence[str]) -> UsageError:
    """The first word that is no option should have been a command."""
    from factions.scenario.text.problems import suggestion

    word = next((word for word in said if not word.startswith("-")), None)
    if word is not None and word.endswith(".toml"):
        return UsageError(f"no command stands before {shown(word)}", f"write one there, say: factions run {word}")
    problem = "no command is given" if word is None else f"there is no command {shown(word)}"
    return UsageError(problem, suggestion(word, commands))


def _no_such_option(context: _Context, option: str) -> UsageError:
    from factions.scenario.text.problems import nearest, suggestion

    known = [name for parameter in context.command.params for name in parameter.opts if name.startswith("--")]
    known.append("--help")
    remedy = suggestion(option, known)
    if hasattr(context.command, "commands") and nearest(option, known) is None:
        remedy = f"options of a command stand behind it: {context.command_path} COMMAND {option}"
    return UsageError(f"{context.command_path} has no option {shown(option)}", remedy)


def _value_or_none(option: str, said: Sequence[str]) -> UsageError:
    """An option without the value that it needs, or one with a value that takes none."""
    given = next((word.partition("=")[2] for word in said if word.startswith(f"{option}=")), None)
    if given is not None:
        return UsageError(f"{option} is {shown(given)}, and takes no value", f"write {option} alone")
    return UsageError(f"{option} stands without a value", f"write one behind it, or leave {option} out")


def _missing(context: _Context, parameter: _Parameter, said: Sequence[str]) -> UsageError:
    """A word that the command cannot do without; the remedy has everything of that kind, as it is typed."""
    for word in said if _metavar(context.command.params[0]) == "BASE" else ():
        if base := _changed_by(word):
            problem = f"the file without the change is missing: {shown(word)} changes {base}"
            return UsageError(problem, f"type {context.command_path} {base} {word}")
    needed = [_typed(each) for each in context.command.params if each.required]
    what = (parameter.help or "").removesuffix(".")
    meant = f" ({_metavar(parameter)}: {what[:1].lower()}{what[1:]})" if what else ""
    return UsageError(f"{_typed(parameter)} is missing", f"type {' '.join([context.command_path, *needed])}{meant}")


def _changed_by(word: str) -> str:
    """The file that another one extends, as it is typed; empty if the word is no such file."""
    from factions.scenario.layers.files import chain
    from factions.scenario.text.shipped import bare_name, find

    with suppress(FactionsError, OSError, ValueError):
        if len(layers := chain(find(word))) > 1:
            base = layers[-2].path
            return bare_name(base) or str(base)
    return ""


def _too_many(context: _Context, error: Exception) -> UsageError:
    """Words behind the last argument."""
    found = re.search(r" \((.*)\)", _as_it_stands(error))
    words = shown(found[1]) if found else "something"
    taken = [_typed(each) for each in context.command.params if each.param_type_name == "argument"]
    problem = f"{' '.join([context.command_path, *taken])} takes no more words, and {words} stands behind"
    return UsageError(problem, "leave it out, or put a name that has spaces in quotes")


def _typed(parameter: _Parameter) -> str:
    """An argument or option as it is typed: FILE, or --outcome NAME."""
    argument = parameter.param_type_name == "argument"
    return _metavar(parameter) if argument else f"{parameter.opts[0]} {_metavar(parameter)}"


def _metavar(parameter: _Parameter) -> str:
    return parameter.metavar or "VALUE"


def _as_it_stands(error: Exception) -> str:
    """What the library says, on one line."""
    say = getattr(error, "format_message", error.__str__)
    return " ".join(str(say()).split())
