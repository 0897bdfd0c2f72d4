"""Men whom a change puts into another bloc may leave it again."""

from __future__ import annotations

import numpy as np

from factions.counterfactual.joined import Joined, joined
from factions.report.imposed import imposed

BLOC = '[[changes]]\nkind = "membership"\nleader = "{}"\nbloc = "{}"\ndate = 1924-11-01\n'


def members(*rows):
    """Who belongs where: in three worlds, at the four meetings, the bloc of Boris (rebels 1, doubters 2, rulers 0)."""
    found = np.tile([0, 0, 1, 1, 2], (3, 4, 1))
    found[:, :, 2] = rows
    return found


def test_where_a_man_is_at_the_end_is_counted_and_until_when_most_have_him(toy, changed, handmade, compared):
    there = members([1, 2, 2, 1], [1, 2, 2, 2], [1, 2, 1, 1])
    case = handmade(changed(BLOC.format("boris", "doubters")), membership=there)
    assert joined(handmade(toy), case) == (Joined("boris", "doubters", 1 / 3, "third"),)
    (said, *_) = imposed(compared(handmade(toy), case))
    assert (
        "put boris into the doubters (he belonged to it at the end in 20 of 60 worlds, mostly until September 1925)"
        in said
    )


def test_of_several_one_clause_tells_and_of_who_stays_no_month(toy, changed, handmade, compared):
    two = BLOC.format("boris", "doubters") + BLOC.format("bella", "doubters")
    there = members([1, 2, 2, 2], [1, 2, 2, 2], [1, 2, 2, 2])
    (said, *_) = imposed(compared(handmade(toy), handmade(changed(two), membership=there)))
    assert "put boris and bella into the doubters (they belonged to it at the end in all and none" not in said
    assert "put boris and bella into the doubters (they belonged to it at the end in 60 and 0 of 60 worlds)" in said


def test_who_is_put_out_of_all_blocs_joins_none(toy, changed, handmade):
    assert joined(handmade(toy), handmade(changed(BLOC.format("boris", "")))) == ()
    assert joined(handmade(toy), handmade(toy)) == ()
