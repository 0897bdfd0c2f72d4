"""Where worlds are played: the drawing of the reports, live."""

from __future__ import annotations

from nicegui import ui

from factions.app.tags import Tag
from factions.app.tasks import as_json
from factions.report.play.data import Play
from factions.report.play.script import SCRIPT, STYLE


def prepare() -> None:
    """Give the page of a visitor the script and the style."""
    ui.add_head_html(f"<style>{STYLE}</style><script>{SCRIPT}</script>")


class Stage:
    """An element that plays."""

    def __init__(self) -> None:
        self.box = Tag("div")

    def play(self, play: Play) -> None:
        """Play these worlds from now on."""
        place = f"document.getElementById('c{self.box.id}')"
        ui.run_javascript(
            f"{{const box = {place}; const inner = document.createElement('div'); box.replaceChildren(inner); "
            f"factionsPlay(inner, {as_json(play)})}}"
        )
