"""What chance and conditioning do by themselves: the same worlds, unchanged, with other luck after the change.

Whatever a comparison finds must be held against this: a change that changes nothing, and draws that are made anew from
the meeting on at which the change begins to act.  Where worlds need not agree with any later record, the placebo shows
how far two sets of draws lie apart.  Where they must agree with the whole record, it also shows what becomes of the
outcome once nothing holds it to the record any longer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from factions.vocabulary import GREATEST

if TYPE_CHECKING:
    from factions.counterfactual.paths import Paths


def other_luck(paths: Paths, branch: int | None) -> Paths:
    """The same worlds with luck that no other world has, from meeting `branch` on (None: never)."""
    luck = paths.luck.copy()
    if branch is not None:
        luck[:, branch:] = GREATEST - np.arange(len(paths))[:, np.newaxis]
    return replace(paths, luck=luck)
