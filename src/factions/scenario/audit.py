"""Which facts of a sound scenario give no source or no confidence, and which sources nothing cites."""

from __future__ import annotations

import os

from factions.scenario.checks.whole import evidence
from factions.scenario.text.places import table_of
from factions.scenario.text.problems import Remark, rank
from factions.scenario.variants import read_variants


def audit(path: str | os.PathLike[str]) -> tuple[Remark, ...]:
    """The gaps in the evidence of a scenario, in file order. Raises as `load` does."""
    reading = read_variants(path)[0]
    gaps: list[Remark] = []
    used: set[object] = set()
    for key, node in evidence(reading.tree):
        table = table_of(node)
        keys = table["sources"].plain() if "sources" in table else []
        used.update(keys if isinstance(keys, list) else [])
        # a contested fact is not itself asserted: its options are, and they carry the confidence
        wanted = ("sources",) if key.startswith("contested.") else ("sources", "confidence")
        lacking = [f"no {name.removesuffix('s')}" for name in wanted if not table.get(name)]
        if not keys and "sources" in table:
            lacking.insert(0, "no source")
        if lacking:
            gaps.append(Remark(node.place, key, " and ".join(lacking)))
    for name, node in table_of(reading.tree.get("sources")).items():
        if name not in used:
            gaps.append(Remark(node.place, f"sources.{name}", "is never cited"))
    order = rank([*reversed(reading.scenario.files)])
    return tuple(sorted(gaps, key=lambda gap: (*order(gap.place.file), gap.place.line, gap.place.column)))
