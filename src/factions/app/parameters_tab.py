"""Parameters: what the calibration made of each, and what becomes of the worlds if one is set otherwise."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from nicegui import ui

from factions.app.desk import Desk
from factions.app.tags import Tag, button, field
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
        drawn = np.asarray(self.draws.values[parameter.name], float)
        with Tag("div", classes="parameter", role="group", aria_label=parameter.name.replace("_", " ")):
            Tag("b", parameter.name.replace("_", " "))
            Tag("p", f"{parameter.meaning} ({parameter.unit}). {parameter.source}.", "note")
            ui.html(_bars(parameter, drawn), sanitize=False).props["aria-hidden"] = "true"
            with Tag("div", classes="row"):
                at = round(STEPS * place(parameter, float(np.median(drawn))))
                slide = partial(self.slide, parameter)
                self.sliders[parameter.name] = field(
                    f"{parameter.name.replace('_', ' ')} ", "range", at, slide, min=0, max=STEPS
                )
                self.states[parameter.name] = Tag("output", self._words(parameter))
                button("Reset", partial(self.reset, parameter), aria_label=f"Reset {parameter.name.replace('_', ' ')}")

    def _words(self, parameter: Parameter) -> str:
        value = self.moved.get(parameter.name)
        if value is not None:
            return f"{three_digits(value)} in all worlds"
        drawn = np.asarray(self.draws.values[parameter.name], float)
        if np.ptp(drawn) == 0:
            return f"{three_digits(float(drawn[0]))}, as the model has it"
        low, middle, high = np.quantile(drawn, (0.05, 0.5, 0.95))
        return f"drawn: {three_digits(middle)} ({three_digits(low)} to {three_digits(high)})"

    def slide(self, parameter: Parameter, step: str) -> None:
        """One value for all worlds."""
        self.moved[parameter.name] = value_at(parameter, int(step) / STEPS)
        self.states[parameter.name].text = self._words(parameter)

    def reset(self, parameter: Parameter) -> None:
        """Back to what is drawn."""
        self.moved.pop(parameter.name, None)
        middle = float(np.median(np.asarray(self.draws.values[parameter.name], float)))
        slider = f"document.getElementById('c{self.sliders[parameter.name].id}')"
        ui.run_javascript(f"{slider}.value = {round(STEPS * place(parameter, middle))}")
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


def place(parameter: Parameter, value: float) -> float:
    """Where a value lies in the range of a parameter, in [0, 1], as its prior measures it."""
    if parameter.scale == "log":
        return math.log(value / parameter.low) / math.log(parameter.high / parameter.low)
    return (value - parameter.low) / (parameter.high - parameter.low)


def value_at(parameter: Parameter, share: float) -> float:
    """The value at a place in the range, with four digits; the opposite of `place`."""
    if parameter.scale == "log":
        value = parameter.low * (parameter.high / parameter.low) ** share
    else:
        value = parameter.low + share * (parameter.high - parameter.low)
    return min(max(float(f"{value:.4g}"), parameter.low), parameter.high)


def _bars(parameter: Parameter, drawn: np.ndarray) -> str:
    """The draws as bars over the range of the slider."""
    counts, _ = np.histogram([place(parameter, value) for value in drawn], BARS, (0.0, 1.0))
    tall = counts / counts.max()
    bars = "".join(
        f'<rect x="{k}" y="{20 - 20 * t:.2f}" width="0.9" height="{20 * t:.2f}"/>' for k, t in enumerate(tall)
    )
    return f'<svg class="bars" viewBox="0 0 {BARS} 20" preserveAspectRatio="none">{bars}</svg>'
