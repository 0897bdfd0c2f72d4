"""Start the app: compile what must be, then wait for visitors, each with his own page."""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from nicegui import Client, app, ui

from factions.app import stage
from factions.app.parameters_tab import ParametersTab
from factions.app.record_tab import RecordTab
from factions.app.replay_tab import ReplayTab
from factions.app.tags import Tag, button
from factions.app.visit import Desk, Visit
from factions.app.what_if_tab import WhatIfTab
from factions.draws import find_draws
from factions.dynamics import run_worlds
from factions.errors import UsageError
from factions.scenario import Scenario, load

_STYLE = (Path(__file__).parent / "app.css").read_text(encoding="utf-8")

_NAME_LOADING = "document.querySelectorAll('.q-loading-bar').forEach((bar) => { bar.ariaLabel = 'Loading'; })"

"""The framework has a bar without a name."""


def compile_engine(scenario: Scenario) -> None:
    """Run two worlds, so that the first visitor does not wait for the compiler."""
    run_worlds(scenario, range(2), find_draws(scenario).of([0, 1]), 0)


def is_local(address: str) -> bool:
    """Is an address one that only this machine reaches."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def check_free(address: str, port: int) -> None:
    """UsageError if nothing can listen there, as when something else does."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        socket.create_server((address, port), family=family).close()
    except OSError as error:
        other = error.errno == errno.EADDRINUSE
        said = (error.strerror or str(error)).partition(" (while")[0]
        reason = "something else listens there" if other else said.lower()
        problem = f"the app cannot listen at {address}, port {port}: {reason}"
        raise UsageError(problem, "give another --port" if other else "give another --address or --port") from error


def serve(base: Path, address: str, port: int, show: bool, ready: Callable[[], None]) -> None:
    """Serve the app until it is interrupted; `ready()` is called when it listens."""
    scenario = load(base)
    ui.page("/", title=scenario.title, language="en-US")(lambda: _page(base, scenario))
    app.on_startup(ready)
    ui.run(
        host=address,
        port=port,
        title="factions",
        reload=False,
        show=show,
        show_welcome_message=False,
        tailwind=False,
        message_history_length=50,  # each play is a megabyte
        reconnect_timeout=60.0,  # a busy or sleeping browser keeps what its visitor wrote
        favicon="🏛",
    )


def _page(base: Path, scenario: Scenario) -> None:
    """What one visitor gets: his own files, tabs and work."""
    visit = Visit(base)
    desk = Desk(visit, scenario)
    stage.prepare()
    ui.add_head_html(f"<style>{_STYLE}</style>")
    with Tag("main"):
        Tag("h1", scenario.title)
        panels = _panels(("Replay", "What if", "Record", "Parameters"))
        with panels["Replay"]:
            replay = ReplayTab(desk)
        with panels["What if"]:
            what_if = WhatIfTab(desk)
        with panels["Record"]:
            RecordTab(desk)
        with panels["Parameters"]:
            ParametersTab(desk)
    ui.timer(0.1, lambda: ui.run_javascript(_NAME_LOADING), once=True)
    ui.timer(0.1, replay.run, once=True)

    def leave(client: Client) -> None:
        replay.bench.cancel()
        what_if.bench.cancel()
        visit.close()

    ui.context.client.on_delete(leave)


def _panels(names: Sequence[str]) -> dict[str, Tag]:
    """Parts of the page of which one is shown, and buttons that say which."""
    buttons: dict[str, Tag] = {}
    panels: dict[str, Tag] = {}

    def turn(name: str) -> None:
        for each in names:
            buttons[each].set(aria_current="page" if each == name else None)
            panels[each].set(hidden=None if each == name else True)

    with Tag("nav", aria_label="Parts of the app"):
        for name in names:
            buttons[name] = button(name, partial(turn, name))
    for name in names:
        panels[name] = Tag("section", aria_label=name)
    turn(names[0])
    return panels
