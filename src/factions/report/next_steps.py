"""What one may type after a comparison: a pair, how far the answer holds, another man for the deeds of a dead one."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factions.counterfactual.lost import deputed, lost_events, stand_in
from factions.draws import find_draws
from factions.report.table import LITERAL
from factions.scenario.text.shipped import bare_name
from factions.wording import Names, listed

if TYPE_CHECKING:
    from pathlib import Path

    from factions.counterfactual.compare import Comparison

USUAL = {"worlds": 4000, "seed": 0, "condition": "branch"}
"""What the commands take if nobody says otherwise."""


def next_steps(each: Comparison) -> list[str]:
    """Paragraphs with commands; only what to read it beside if it extends another base than its own."""
    if not _extends_its_base(each):
        return [*_siblings(each)]
    if _is_one_of_several(each):
        return [
            f"{each.scenario.files[-1].name} stands for several what-ifs. `factions chronicle --pair` and `factions "
            "robust` take a file with one of its times instead of the list."
        ]
    found = [f"How far the answer holds:\n{LITERAL}factions robust {shlex.quote(_typed(each.scenario.path))}"]
    if each.diverged:
        pair = "One pair of worlds that shows the main findings, side by side"
        found.insert(0, f"{pair}:\n{LITERAL}{pair_command(each)}")
    return [*found, *_siblings(each), *_deeds(each)]


def repeat(each: Comparison) -> str:
    """The command that compares once more."""
    files = [shlex.quote(_typed(path)) for path in (each.base.path, each.scenario.files[-1])]
    return f"To repeat this:\n{LITERAL}{' '.join(['factions compare', *files, *_options(each)])}"


def pair_command(each: Comparison) -> str:
    """The command that tells the example of a comparison; "" if there is none."""
    if not _extends_its_base(each) or _is_one_of_several(each):
        return ""
    file = shlex.quote(_typed(each.scenario.path))
    return " ".join([f"factions chronicle {file} --pair {each.example.pair}", *_options(each)])


def _options(each: Comparison) -> list[str]:
    """What the commands do not take by themselves."""
    said = {"worlds": len(each.paths), "seed": each.factual.seed, "condition": each.condition.value}
    options = [f"--{name} {value}" for name, value in said.items() if value != USUAL[name]]
    if each.parameters and each.parameters != find_draws(each.base).source:
        options.append(f"--parameters {shlex.quote(each.parameters)}")
    return options


def _typed(path: Path) -> str:
    """A file as one types it: one that ships by its name."""
    return bare_name(path) or str(path)


def _extends_its_base(each: Comparison) -> bool:
    scenario = each.scenario
    return len(scenario.files) > 1 and scenario.extended.resolve() == each.base.path.resolve()


def _is_one_of_several(each: Comparison) -> bool:
    return each.scenario.path.name != each.scenario.files[-1].name


def _deeds(each: Comparison) -> Iterator[str]:
    """For each dead man whose deeds are lost, a file in which somebody else does them."""
    lost, names = lost_events(each.base, each.scenario), Names(each.scenario).leaders
    for dead in _dead(each):
        man, deeds = stand_in(each.scenario, dead), deputed(lost, dead)
        if man and deeds:
            ships = bare_name(each.scenario.path)
            file = f"{each.name}_{man}.toml"
            path = file if ships else str(each.scenario.path.with_name(file))
            events = listed(f"“{event.name or event.id}”" for event, _ in deeds)
            yield "\n".join(
                [
                    f"Without {names[dead]} nobody does this: {events}. To see what follows if {names[man]} does, save "
                    f"these lines as {path}:",
                    *(LITERAL + line for line in _file(each, dead, man, ships or each.scenario.path.name)),
                    "and compare that file too:",
                    f"{LITERAL}factions compare {shlex.quote(_typed(each.base.path))} {shlex.quote(path)}",
                ]
            )


def _siblings(each: Comparison) -> Iterator[str]:
    """The files beside this one that it extends, that its text names, or in which another does a dead man's deeds."""
    own, base = each.scenario.files[-1], each.base.path
    text = " ".join(filter(None, (each.scenario.question, each.scenario.description)))
    layers = [file for file in each.scenario.files[:-1] if file.parent == own.parent]
    named = [own.with_name(name) for name in re.findall(r"[\w.-]+\.toml", text)]
    heirs = [own.with_name(f"{own.stem}_{stand_in(each.scenario, dead)}.toml") for dead in _dead(each)]
    found = list(dict.fromkeys(file for file in (*layers, *named, *heirs) if file.is_file()))
    found = [file for file in found if file.resolve() not in (own.resolve(), base.resolve())]
    if found:
        files = " ".join(shlex.quote(_typed(file)) for file in (base, *found, own))
        yield f"Read it beside {listed(file.name for file in found)}:\n{LITERAL}factions compare {files}"


def _dead(each: Comparison) -> list[str]:
    """The men (ids) whose deeds are lost because they are dead with the change."""
    return list(dict.fromkeys(who for _, who in lost_events(each.base, each.scenario)))


def _file(each: Comparison, dead: str, man: str, extends: str) -> Iterator[str]:
    """The lines of that file."""
    names, scenario = Names(each.scenario).leaders, each.scenario
    title = f"{scenario.title}, and {names[man]} does what {names[dead]} would have done"
    yield f"extends = {_quoted(extends)}"
    yield f"title = {_quoted(title)}"
    for event, fields in deputed(lost_events(each.base, scenario), dead):
        yield ""
        yield "[[events]]"
        yield f"id = {_quoted(event.id or '')}"
        yield from (f"{field} = {_quoted(man)}" for field in fields)
        yield f"text = {_quoted(f'{names[man]} does it instead of {names[dead]}.')}"


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)
