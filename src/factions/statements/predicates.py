"""Predicates: what holds in finished worlds, each as True or False for every world and meeting.

Every function takes worlds by the name of their arrays (an `Ensemble`, a dictionary, or a `part` of either) and answers
along the axes of these arrays.  In the shapes below `...` are the axes that `ruling` has: (world, meeting) in an
ensemble, (world,) for the part at one meeting.  Blocs, leaders and offices are positions; B blocs, L leaders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from factions.vocabulary import ACTIVE, CAPITULATED, DEAD, IN_PARTY, LADDER, READMITTED

if TYPE_CHECKING:
    from collections.abc import Sequence

STATES = ("ruling", "open", "quiet", "gone")
"""Where a bloc stands at the end of a meeting: see `states`."""


class Worlds(Protocol):
    """Arrays of finished worlds by name, as `factions.results.arrays.AXES` lists them."""

    def __getitem__(self, name: str, /) -> np.ndarray:
        """The array of this name; its first axis is the world."""


class _Part:
    """Some meetings of worlds, cut out of each array when it is asked for."""

    def __init__(self, worlds: Worlds, meetings: int | slice) -> None:
        self.worlds, self.meetings = worlds, meetings

    def __getitem__(self, name: str, /) -> np.ndarray:
        return self.worlds[name][:, self.meetings]


def part(worlds: Worlds, meetings: int | slice) -> Worlds:
    """The worlds at one meeting (which loses the meeting axis) or at a slice of meetings."""
    return _Part(worlds, meetings)


# --- blocs ---


def in_ruling_alliance(worlds: Worlds) -> np.ndarray:
    """The bloc is in the ruling alliance; (..., B).  Where nobody rules, none is."""
    alliance = worlds["alliance"]
    return np.asarray((alliance == worlds["ruling"][..., np.newaxis]) & (alliance >= 0))


def outside(worlds: Worlds) -> np.ndarray:
    """The bloc is not in the ruling alliance, whether it has influence or not; (..., B)."""
    return ~in_ruling_alliance(worlds)


def gone(worlds: Worlds) -> np.ndarray:
    """The bloc has no influence, and so no alliance; (..., B)."""
    return np.asarray(worlds["alliance"] < 0)


def free_to_oppose(worlds: Worlds) -> np.ndarray:
    """The bloc has influence and is outside the ruling alliance: it decides whether to speak out; (..., B)."""
    return outside(worlds) & ~gone(worlds)


def in_open_opposition(worlds: Worlds) -> np.ndarray:
    """The bloc opposes the rulers openly; (..., B)."""
    return np.asarray(worlds["open"] == 1)


def quiet(worlds: Worlds) -> np.ndarray:
    """The bloc does not oppose openly: it rules, keeps quiet outside, or has no influence; (..., B)."""
    return ~in_open_opposition(worlds)


def states(worlds: Worlds) -> dict[str, np.ndarray]:
    """Of every bloc exactly one of `STATES` is True; (..., B) each.

    `ruling`: in the ruling alliance; `open`: outside it, with influence, and openly opposed; `quiet`: outside it, with
    influence, and not openly opposed; `gone`: without influence.
    """
    free, speaks = free_to_oppose(worlds), in_open_opposition(worlds)
    return {"ruling": in_ruling_alliance(worlds), "open": free & speaks, "quiet": free & ~speaks, "gone": gone(worlds)}


def allied(worlds: Worlds, blocs: Sequence[int]) -> np.ndarray:
    """All these blocs stand in one alliance; (...)."""
    labels = worlds["alliance"][..., list(blocs)]
    return np.asarray((labels >= 0).all(axis=-1) & (labels == labels[..., :1]).all(axis=-1))


def apart(worlds: Worlds, blocs: Sequence[int]) -> np.ndarray:
    """No two of these blocs stand in one alliance; (...)."""
    together = np.zeros(worlds["ruling"].shape, bool)
    for place, one in enumerate(blocs):
        for two in blocs[place + 1 :]:
            together |= allied(worlds, (one, two))
    return ~together


def partners(worlds: Worlds, bloc: int) -> np.ndarray:
    """The blocs in one alliance with this bloc, which is not its own partner; (..., B)."""
    labels = worlds["alliance"]
    found = np.asarray((labels == labels[..., bloc : bloc + 1]) & (labels >= 0))
    found[..., bloc] = False
    return found


def partners_outside(worlds: Worlds, bloc: int) -> np.ndarray:
    """The blocs in one alliance with this bloc outside the ruling alliance; (..., B)."""
    return partners(worlds, bloc) & outside(worlds)


# --- votes ---


def votes_between(worlds: Worlds, low: float, high: float) -> np.ndarray:
    """The share of the votes against the rulers lies in [low, high]; (...)."""
    share = worlds["vote_share"]
    return np.asarray((share >= low) & (share <= high))


# --- leaders ---


def alive(worlds: Worlds) -> np.ndarray:
    """The leader is not dead; (..., L)."""
    return np.asarray(worlds["activity"] > DEAD)


def active(worlds: Worlds) -> np.ndarray:
    """The leader is in play: alive, and neither ill nor away; (..., L)."""
    return np.asarray(worlds["activity"] == ACTIVE)


def at_least(worlds: Worlds, step: int) -> np.ndarray:
    """The leader's standing is this step of `LADDER` or a better one, or was when he died; (..., L)."""
    return np.asarray(worlds["standing"] <= step)


def at_most(worlds: Worlds, step: int) -> np.ndarray:
    """The leader's standing is this step of `LADDER` or a worse one, or was when he died; (..., L)."""
    return np.asarray(worlds["standing"] >= step)


def standing_within(worlds: Worlds, worst: str | None, best: str | None) -> np.ndarray:
    """The leader's standing is `worst` or better, and `best` or worse (ids in `LADDER`; None: no limit); (..., L)."""
    lowest = LADDER.index(worst) if worst is not None else len(LADDER) - 1
    highest = LADDER.index(best) if best is not None else 0
    return at_least(worlds, lowest) & at_most(worlds, highest)


def in_party(worlds: Worlds) -> np.ndarray:
    """The leader is a member of the party, or was when he died; (..., L)."""
    return at_least(worlds, IN_PARTY)


def member_of(worlds: Worlds, bloc: int) -> np.ndarray:
    """The leader belongs to the bloc; (..., L)."""
    return np.asarray(worlds["membership"] == bloc)


def holds_office(worlds: Worlds, office: int) -> np.ndarray:
    """The leader holds the office; (..., L)."""
    holder = worlds["holder"][..., office, np.newaxis]
    return np.asarray(holder == np.arange(worlds["standing"].shape[-1], dtype=holder.dtype))


def capitulated(worlds: Worlds) -> np.ndarray:
    """The leader has capitulated by now, readmitted since or not; (..., L)."""
    return np.asarray(worlds["surrendered"] >= CAPITULATED)


def readmitted(worlds: Worlds) -> np.ndarray:
    """The leader has capitulated and been readmitted; (..., L)."""
    return np.asarray(worlds["surrendered"] == READMITTED)
