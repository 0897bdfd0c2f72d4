"""The script and the style that draw worlds, as text: a page carries them, the app sends them."""

from __future__ import annotations

from importlib.resources import files

_FOLDER = files(__package__)
_PARTS = ("draw.js", "lanes.js", "play.js")

SCRIPT = (
    "(() => {\n"
    + '"use strict";\n'
    + "\n".join(_FOLDER.joinpath(part).read_text(encoding="utf-8") for part in _PARTS)
    + "})();\n"
)
"""Defines `factionsPlay(root, data)`, and plays what the page carries itself."""

STYLE = _FOLDER.joinpath("play.css").read_text(encoding="utf-8")
