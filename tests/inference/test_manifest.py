"""The manifest of a posterior."""

from __future__ import annotations

import json
from pathlib import Path

from factions.inference.files import Manifest
from factions.store.plain import from_plain, to_plain

SHIPPED = Path(__file__).parents[2] / "scenarios" / "history.posterior.json"


def test_the_shipped_one_says_all_that_this_program_would_say():
    said = json.loads(SHIPPED.read_text(encoding="utf-8"))
    assert to_plain(from_plain(Manifest, said)) == said
