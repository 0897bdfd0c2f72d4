"""What happened in a world, with the terms that made it: the material of a chronicle."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Decision:
    """One thing that happened at a meeting: who did what, in which phase, and the terms of the rule that decided it.

    `terms`: name -> contribution (utility, log-odds or probability, as the rule says); `objects`: ids it concerns.
    """

    meeting: int
    phase: str
    actor: str
    action: str
    objects: tuple[str, ...] = ()
    terms: dict[str, float] = field(default_factory=dict)
