"""Sentences of a chronicle: what is told of one phase of a meeting, with the reasons in brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from factions.wording import listed, sentence

Sign = tuple[str, ...]
"""What is told of, apart from its numbers: by this it is found again in another world."""


@dataclass(frozen=True)
class Told:
    """One sentence: `text`, the reason in brackets (`why`, or nothing), what follows it, and what it tells of.

    `actors`: those who did it, if `frame` is the text with "{}" in their place: sentences of one frame can be one.
    """

    text: str
    why: str = ""
    rest: str = ""
    signs: frozenset[Sign] = frozenset()
    actors: tuple[str, ...] = ()
    frame: str = ""

    def __str__(self) -> str:
        return sentence(self.text + self.why + self.rest)

    @property
    def short(self) -> str:
        """The sentence without its reason."""
        return sentence(self.text + self.rest)


Phases = tuple[tuple[Told, ...], ...]
"""Sentences by phase: before the meeting, bargaining, stance and vote, sanctions, surrender."""


def in_short(told: Sequence[Told]) -> list[str]:
    """Sentences without their reasons; those who did the same, each for a reason of his own, did it together."""
    found: list[Told] = []
    for each in told:
        last = found[-1] if found else None
        if last is None or not each.frame or (each.frame, each.rest, last.rest) != (last.frame, "", ""):
            found.append(each)
            continue
        actors = (*last.actors, *each.actors)
        text = each.frame.format(listed(actors))
        found[-1] = replace(last, text=text, actors=actors, signs=last.signs | each.signs)
    return [each.short for each in found]
