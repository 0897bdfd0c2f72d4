"""What if: compose a change, see its file, run it, and see what becomes of the struggle."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

from nicegui import ui

from factions.app.bench import Bench
from factions.app.forms import Asked, Form, Value, block, forms
from factions.app.replay_tab import MOST_WORLDS, number
from factions.app.stage import Stage
from factions.app.tags import Tag, blocks, button, choice, choices, field
from factions.app.tasks import Answered, answer, packed
from factions.app.visit import LARGEST, SETTINGS, WHAT_IF, Desk, Problem, questions
from factions.counterfactual.conditioning import Condition
from factions.errors import FactionsError
from factions.report.comparison_text import report
from factions.scenario import Scenario
from factions.scenario.text.shipped import names
from factions.toml import inline
from factions.vocabulary import GREATEST
from factions.wording import day

CONDITIONS = {
    "branch": "worlds that agree with what is documented, up to the change",
    "none": "any worlds, from the first day on",
    "record": "worlds that agree with all that is documented",
}
_UPLOAD = f"""(event) => {{ const file = event.target.files[0]; event.target.value = ""; if (!file) return;
  if (file.size > {LARGEST}) emit(["", file.size]); else file.text().then((text) => emit([text, file.size])); }}"""


class WhatIfTab:
    """The change, its file, and the answer."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.text = f'extends = {inline(desk.visit.extends)}\ntitle = "My question"\nquestion = "What if ...?"\n'
        self.worlds, self.seed, self.condition = "1000", "0", "branch"
        self.form: Form | None = None
        self.values: dict[str, Value] = {}
        self.answered: Answered | None = None
        self.ran: dict[str, str] = {}
        self._first()
        self._compose()
        self._file()
        self._run_row()
        self.bench = Bench()
        self.result = Tag("section", aria_label="Answer", hidden=True)
        ui.timer(0.1, self.check, once=True)
        desk.watchers.append(self.extend)

    # the change ----------------------------------------------------------------------------------------------------

    def _first(self) -> None:
        Tag("h2", "1. Choose a question, or make one")
        ready = questions(self.desk.visit.extends)
        if ready:
            choice("Questions that are ready ", {"": "choose one ...", **ready}, "", self.take)

    def _compose(self) -> None:
        with Tag("details", classes="compose"):
            Tag("summary", "Add a change of your own")
            kinds = {kind: f"{kind.replace('_', ' ')}: {form.meaning}" for kind, form in forms().items()}
            choice("Kind of change ", {"": "choose one ...", **kinds}, "", self.choose)
            self.fields = Tag("div", classes="fields")
            self.add_row = Tag("div", hidden=True)
            with self.add_row:
                button("Add to the file", self.add)

    def choose(self, kind: str) -> None:
        """Show what a kind of change asks."""
        self.form, self.values = forms().get(kind), {}
        self.fields.clear()
        self.add_row.set(hidden=None if self.form else True)
        with self.fields:
            for asked in self.form.asked if self.form else ():
                self._ask(asked)

    def _ask(self, asked: Asked) -> None:
        label = asked.name.replace("_", " ") + (" " if asked.needed else " (or leave empty) ")
        heard = partial(self.values.__setitem__, asked.name)
        if asked.what == "many":
            choices(label, self._options(asked), heard)
        elif asked.what == "one":
            choice(label, {"": "choose ...", **self._options(asked)}, "", heard)
        else:
            more: dict[str, object] = {"step": "1" if asked.whole else "any"} if asked.what == "number" else {}
            if asked.what == "date":
                more = {"min": self.desk.scenario.start.isoformat(), "max": self.desk.scenario.end.isoformat()}
            field(label, asked.what, "", heard, **more)
        if asked.help:
            Tag("p", asked.help.replace("`", ""), "note")

    def _options(self, asked: Asked) -> dict[str, str]:
        """Values with names and, where there are any, dates."""
        if asked.options:
            return {value: value.replace("_", " ") for value in asked.options}
        entries: list[Any] = list(getattr(self.desk.scenario, asked.table))
        return {each.id: f"{each.name} ({day(each.date)})" if hasattr(each, "date") else each.name for each in entries}

    async def add(self) -> None:
        """Write the change into the file."""
        if self.form is not None:
            await self.write(f"{self.text.rstrip()}\n\n{block(self.form, self.values)}")

    # the file ------------------------------------------------------------------------------------------------------

    def _file(self) -> None:
        Tag("h2", "2. The file that says it")
        with Tag("label", "Scenario file "):
            self.area = Tag("textarea", self.text, rows=14, spellcheck="false", maxlength=LARGEST)
        self.area.on(
            "input",
            lambda event: self.write(str(event.args), typed=True),
            js_handler="(e) => emit(e.target.value)",
            throttle=0.5,
        )
        self.problems = Tag("div", classes="problems", role="status", aria_label="Check")
        with Tag("div", classes="row"):
            with Tag("label", "Open a file ", "file"):
                Tag("input", type="file", accept=".toml").on(
                    "change", lambda event: self.open(*event.args), js_handler=_UPLOAD
                )
            button("Download file", lambda: ui.download.content(self.text, WHAT_IF, "application/toml"))
            self.settings_button = button("Download settings", self.download_settings, hidden=True)

    async def write(self, text: str, typed: bool = False) -> None:
        """Put a text into the file, and say what is wrong with it."""
        self.text = text
        if not typed:
            ui.run_javascript(f"document.getElementById('c{self.area.id}').value = {json.dumps(text)}")
        await self.check()

    async def check(self) -> Scenario | None:
        """The scenario of the text, if it is sound; what is wrong is shown, unless the text has changed meanwhile."""
        text = self.text
        scenario, wrong = await asyncio.to_thread(self.desk.visit.check, text)
        if text != self.text:
            return None
        self.problems.clear()
        with self.problems:
            if scenario is not None and scenario.changes:
                Tag("p", "✓ The file is sound.")
            elif scenario is not None:
                Tag("p", "The file changes nothing yet.")
            for problem in wrong:
                self._problem(problem)
        return scenario

    def _problem(self, problem: Problem) -> None:
        lines = self.text.split("\n")
        with Tag("p"):
            Tag("span", "✗ " + problem.text + " ")
            if 0 < problem.line <= len(lines):
                button(f"Show line {problem.line}", partial(self._point_at, problem.line))

    def _point_at(self, line: int) -> None:
        """Select a line of the file."""
        start = sum(len(each) + 1 for each in self.text.split("\n")[: line - 1])
        end = start + len(self.text.split("\n")[line - 1])
        area = f"document.getElementById('c{self.area.id}')"
        ui.run_javascript(f"{area}.focus(); {area}.setSelectionRange({start}, {end})")

    async def take(self, name: str) -> None:
        """Take a question that ships."""
        if name in names():
            await self.write(self.desk.visit.adopt(names()[name].read_text(encoding="utf-8")))

    async def open(self, text: str, size: int) -> None:
        """Take a visitor's file."""
        if size > LARGEST:
            self.bench.said.text = f"The file has {size:,} bytes; {LARGEST:,} are taken."
        else:
            await self.write(self.desk.visit.adopt(text))

    async def extend(self) -> None:
        """Follow a change of readings or parameters."""
        self.settings_button.set(hidden=None if self.desk.visit.settings else True)
        await self.write(self.desk.visit.adopt(self.text))

    def download_settings(self) -> None:
        """The file that the what-if extends."""
        ui.download.content(self.desk.visit.settings, SETTINGS, "application/toml")

    # the answer ----------------------------------------------------------------------------------------------------

    def _run_row(self) -> None:
        Tag("h2", "3. What would have followed?")
        with Tag("div", classes="row"):
            button("Run", self.run, class_="first")
        with Tag("details"):
            Tag("summary", "More pairs, another seed, other worlds")
            with Tag("div", classes="row"):
                field("Pairs of worlds ", "number", 1000, partial(setattr, self, "worlds"), min=2, max=MOST_WORLDS)
                field("Seed ", "number", 0, partial(setattr, self, "seed"), min=0, max=GREATEST)
                choice(
                    "Compared in ",
                    {each.value: CONDITIONS[each.value] for each in Condition},
                    "branch",
                    partial(setattr, self, "condition"),
                )

    async def run(self) -> None:
        """Compare, and show the answer."""
        scenario = await self.check()
        if scenario is None:
            self.bench.said.text = "The file is not sound yet: see what is wrong with it above."
            return
        try:
            worlds, seed = number("pairs", self.worlds, 2, MOST_WORLDS), number("seed", self.seed, 0, GREATEST)
            base = await asyncio.to_thread(self.desk.visit.baseline)
        except FactionsError as error:
            self.bench.said.text = str(error)
            return
        self.ran = {WHAT_IF: self.text} | ({SETTINGS: self.desk.visit.settings} if self.desk.visit.settings else {})
        await self.bench.run(lambda work: answer(base, scenario, worlds, seed, self.condition, work), self.show)

    def show(self, found: Answered) -> None:
        """Show what was found: the answer, the pairs, the tables."""
        self.answered = found
        self.result.clear()
        self.result.set(hidden=None)
        with self.result:
            _, *parts = report([found.side.comparison])
            Tag("h2", found.side.comparison.scenario.title)
            if found.side.comparison.scenario.question:
                Tag("p", found.side.comparison.scenario.question, "question")
            said = [part for part in parts if isinstance(part, str)]
            with Tag("div", classes="answer"):
                blocks(said[:1])
            stage = Stage()
            with Tag("div", classes="row"):
                button("Download report, figures and tables", self.download)
            Tag("h2", "In figures")
            blocks(part for part in parts if part is not said[0])
        stage.play(found.play)
        ui.run_javascript(f"document.getElementById('c{self.result.id}').scrollIntoView()")

    async def download(self) -> None:
        """All that the command line would have written."""
        found = self.answered
        if found is None:
            return
        base = SETTINGS if SETTINGS in self.ran else self.desk.visit.extends
        options = f"--worlds {self.worlds} --seed {self.seed} --condition {self.condition}"
        command = f"factions compare {base} {WHAT_IF} {options} --out what_if"
        await self.bench.run(
            lambda work: packed(found, command, self.ran, work),
            lambda data: ui.download.content(data, "what_if.zip", "application/zip"),
        )
