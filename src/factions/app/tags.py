"""Plain elements of a page, whose texts are text: what browsers and screen readers know without further ado."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from nicegui.elements.mixins.text_element import TextElement

from factions.report.table import Block, Table

VALUE = "(event) => emit(event.target.value)"


class Tag(TextElement):
    """An element with a text, classes and attributes; used with `with`, it takes in what is made there."""

    def __init__(self, tag: str, text: str = "", classes: str = "", **attributes: Any) -> None:
        super().__init__(tag=tag, text=text)
        if classes:
            self.classes(classes)
        self.set(**attributes)

    def set(self, **attributes: Any) -> None:
        """Set attributes ("_" stands for "-"); None takes one away."""
        for name, value in attributes.items():
            name = name.rstrip("_").replace("_", "-")
            if value is None:
                self.props.pop(name, None)
            else:
                self.props[name] = value
        self.update()


def button(text: str, act: Callable[[], Any], **attributes: Any) -> Tag:
    """A button that calls `act`."""
    made = Tag("button", text, type="button", **attributes)
    made.on("click", act, args=[])
    return made


def choice(label: str, options: Mapping[str, str], chosen: str, heard: Callable[[str], Any], **attributes: Any) -> Tag:
    """A labelled list of which one is chosen: value -> what it is called."""
    with Tag("label", label):
        made = Tag("select", **attributes)
        with made:
            for value, text in options.items():
                Tag("option", text, value=value, selected=True if value == chosen else None)
    made.on("change", lambda event: heard(str(event.args)), js_handler=VALUE)
    return made


def choices(label: str, options: Mapping[str, str], heard: Callable[[list[str]], Any]) -> None:
    """Boxes of which any may be ticked."""
    ticked: dict[str, None] = {}

    def tick(value: str, on: bool) -> None:
        ticked.pop(value, None)
        if on:
            ticked[value] = None
        heard(list(ticked))

    with Tag("fieldset", classes="boxes" if len(options) < 12 else "boxes many"):
        Tag("legend", label)
        for value, text in options.items():
            with Tag("label"):
                box = Tag("input", type="checkbox", value=value)
                box.on(
                    "change",
                    lambda event, v=value: tick(v, bool(event.args)),
                    js_handler="(e) => emit(e.target.checked)",
                )
                Tag("span", text)


def field(label: str, kind: str, value: object, heard: Callable[[str], Any], **attributes: Any) -> Tag:
    """A labelled field of a kind: number, date, text, range."""
    with Tag("label", label):
        made = Tag("input", type=kind, **attributes)
    made.props["^value"] = value  # as an attribute: what somebody typed stays when the page is drawn anew
    made.on("input", lambda event: heard(str(event.args)), js_handler=VALUE)
    return made


def blocks(parts: Iterable[Block]) -> None:
    """Paragraphs and tables, as the command line prints them."""
    for part in parts:
        if isinstance(part, Table):
            table(part)
        else:
            for line in part.splitlines():
                Tag("p", line)


def table(found: Table) -> None:
    """A table that scrolls sideways where it must."""
    with Tag("div", classes="wide", tabindex=0, role="region", aria_label=found.title or "Table"), Tag("table"):
        if found.title:
            Tag("caption", found.title)
        with Tag("thead"), Tag("tr"):
            for heading, number in zip(found.headings, found.numbers, strict=True):
                Tag("th", heading, "number" if number else "", scope="col")
        with Tag("tbody"):
            for row, faint in zip(found.rows, found.faint, strict=True):
                with Tag("tr", classes="quiet" if faint else ""):
                    for cell, number in zip(row, found.numbers, strict=True):
                        Tag("td", cell, "number" if number else "")
    if found.note:
        Tag("p", found.note, "note")
