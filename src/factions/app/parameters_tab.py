"""Parameters: what the calibration made of each, and what becomes of the worlds if one is set otherwise."""

from __future__ import annotations

from functools import partial

import numpy as np
from nicegui import ui

from factions.app.tags import Tag, button, field
from factions.app.visit import Desk
from factions.draws import find_draws
from factions.parameters import PARAMETERS, Parameter
from factions.wording import three_digits

STEPS, BARS = 200, 40
_ABOUT = (
    "Everybody has the same parameters. Each world takes its own draw of them: the grey bars show how often each "
    "value is drawn. A slider that you move gives one value to all worlds."
)


class ParametersTab:
    """A slider for each parameter, with its posterior behind it."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.draws = desk, find_draws(desk.scenario)
        self.states: dict[str, Tag] = {}
        self.sliders: dict[str, Tag] = {}
        self.moved: dict[str, float] = {}
        Tag("p", _ABOUT)
        with Tag("div", classes="row"):
            button("Run with these", self.apply)
            button("Reset all", self.reset_all)
        for parameter in PARAMETERS.values():
            self._row(parameter)

    def _row(self, parameter: Parameter) -> None:
        name = parameter.name.replace("_", " ")
        with Tag("div", classes="parameter", role="group", aria_label=name):
            Tag("b", name)
            Tag("p", f"{parameter.meaning} ({parameter.unit}). {parameter.source}.", "note")
            ui.html(_bars(parameter.place(self.draws.values[parameter.name])), sanitize=False).props["aria-hidden"] = (
                "true"
            )
            with Tag("div", classes="row"):
                at, slide = self._middle(parameter), partial(self.slide, parameter)
                self.sliders[parameter.name] = field(f"{name} ", "range", at, slide, min=0, max=STEPS)
                self.states[parameter.name] = Tag("output", self._words(parameter))
                button("Reset", partial(self.reset, parameter), aria_label=f"Reset {name}")

    def _middle(self, parameter: Parameter) -> int:
        """The step of the slider at the median of the draws."""
        return round(STEPS * float(parameter.place(float(np.median(self.draws.values[parameter.name])))))

    def _words(self, parameter: Parameter) -> str:
        value = self.moved.get(parameter.name)
        if value is not None:
            return f"{three_digits(value)} in all worlds"
        drawn = self.draws.values[parameter.name]
        if np.ptp(drawn) == 0:
            return f"{three_digits(float(drawn[0]))}, as the model has it"
        low, middle, high = np.quantile(drawn, (0.05, 0.5, 0.95))
        return f"drawn: {three_digits(middle)} ({three_digits(low)} to {three_digits(high)})"

    def slide(self, parameter: Parameter, step: str) -> None:
        """One value for all worlds."""
        self.moved[parameter.name] = float(f"{parameter.at(int(step) / STEPS):.4g}")
        self.states[parameter.name].text = self._words(parameter)

    def reset(self, parameter: Parameter) -> None:
        """Back to what is drawn."""
        self.moved.pop(parameter.name, None)
        slider = f"document.getElementById('c{self.sliders[parameter.name].id}')"
        ui.run_javascript(f"{slider}.value = {self._middle(parameter)}")
        self.states[parameter.name].text = self._words(parameter)

    async def reset_all(self) -> None:
        """All parameters back to what is drawn, and run."""
        for parameter in PARAMETERS.values():
            self.reset(parameter)
        await self.apply()

    async def apply(self) -> None:
        """Run the replay with what was set."""
        self.desk.visit.parameters = dict(self.moved)
        await self.desk.changed()


def _bars(places: np.ndarray) -> str:
    """Draws at places of the slider, as bars over its range."""
    counts, _ = np.histogram(places, BARS, (0.0, 1.0))
    tall = counts / counts.max()
    bars = "".join(
        f'<rect x="{k}" y="{20 - 20 * t:.2f}" width="0.9" height="{20 * t:.2f}"/>' for k, t in enumerate(tall)
    )
    return f'<svg class="bars" viewBox="0 0 {BARS} 20" preserveAspectRatio="none">{bars}</svg>'
