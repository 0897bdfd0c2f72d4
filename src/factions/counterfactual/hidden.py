"""What a number of a sentence hides: worlds in which it is 0, and men who were taken back into the party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.wording import out_of

if TYPE_CHECKING:
    from factions.counterfactual.contrasts import Contrast

_OFTEN = 0.1
"""A share of the worlds of which a sentence tells."""


def with_none(row: Contrast | None, side: int, count: int) -> str:
    """In how many of `count` worlds a number is 0, without the change (side 0) or with it (1), in brackets.

    "" for a number that is 0 in few worlds on both sides, or on this one in all or none.
    """
    middles = row.middles if row is not None else None
    if middles is None or max(each.none for each in middles) < _OFTEN:
        return ""
    if middles[side].none in (0.0, 1.0):
        return ""
    none = out_of(middles[side].none, count)
    return f" (none in {none})" if side == 0 else f" (none in {none} of {count} worlds)"


def readmitted(row: Contrast | None, count: int) -> str:
    """In how many of the worlds in which a man is in the party he was taken back; "" if that is rare on both sides."""
    if row is None or row.unbroken is None:
        return ""
    shares = [(row.counterfactual, row.unbroken[1]), (row.baseline, row.unbroken[0])]
    found = [(whole, whole - never) for whole, never in shares if whole - never >= _OFTEN]
    return " and ".join(f"{out_of(back, count)} of the {out_of(whole, count)}" for whole, back in found) + (
        " after he was taken back" if found else ""
    )
