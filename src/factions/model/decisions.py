"""What happened in a world, with the terms that made it: the material of a chronicle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factions.model.agents import Bloc


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


@dataclass(frozen=True)
class Spared:
    """An openly opposing bloc whose chief was not struck: the `rung` that came next, and what was `missing`.

    "competence": the meeting may not impose it; "relapse": it was a first offence;
    "mandate": no congress or conference gave one; "majority": the rulers
    might have, and did not: `strongest` of them had `dominance` of the votes by itself, where the rung takes `majority`
    (both in [0, 1]), which made the blow as probable as `probability`.
    """

    bloc: Bloc
    rung: int
    missing: str
    strongest: Bloc | None = None
    dominance: float = 0.0
    majority: float = 0.0
    probability: float = 0.0
