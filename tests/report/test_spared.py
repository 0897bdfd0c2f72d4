"""The chronicle says why nobody struck an open opponent: which rung came next, and what was missing."""

from __future__ import annotations

import pytest

from factions.model import Party
from factions.parameters import default_values
from factions.report.chronicle import told_along

ON = ("sanctions", "mandate")


def told(struggle, kind, leaders=None, on=ON, alliances=({"blocs": ("a", "b")},)):
    """What a meeting of three blocs tells of its last phase; the third has spoken out."""
    leaders = leaders or {"a_1": {"prestige": 4.0}, "b_1": {"prestige": 3.0}, "c_1": {"prestige": 3.0}}
    case = struggle(leaders, on=on, kind=kind, alliances=alliances)
    changes = ({"kind": "stance", "bloc": "c", "to": "open", "at": "m0"},)
    case = type(case).model_validate(case.model_dump() | {"changes": changes})
    party = Party(case, values=default_values({"precision": 200.0}))
    party.step()
    return next(told_along([party])).paragraphs[-1]


def test_a_meeting_that_may_not_impose_what_comes_next_is_told_of(struggle):
    said = told(struggle, {"rungs": ("office", "party")})
    assert said.endswith(
        "The next step against c, removal from the Politburo, was not taken: this meeting may not do that."
    )


def test_where_no_kind_of_meeting_punishes_there_is_nothing_to_tell(struggle):
    assert "next step" not in told(struggle, {"rungs": ()})


@pytest.mark.parametrize(("two_thirds", "word"), [((), "half"), (("politburo",), "two thirds")])
def test_the_strongest_of_the_rulers_lacks_the_votes(struggle, two_thirds, word):
    # 4 of 10 points, unselected: 40% of those who take sides.
    said = told(struggle, {"selection": 0.0, "two_thirds": two_thirds})
    assert said.endswith(
        f"The next step against c, removal from the Politburo, was not taken: that takes {word} of the votes, and a, "
        "the strongest of the rulers, had 40% alone (a chance of less than 1%)."
    )


def test_a_committee_needs_a_mandate_for_harsh_blows(struggle):
    leaders = {"a_1": {"prestige": 9.0}, "c_1": {"standing": "central_committee"}, "b_1": {}}
    kind = {"electorate": "central_committee", "selection": 0.0}
    said = told(struggle, kind, leaders)
    assert said.endswith(
        "The next step against c, removal from the Central Committee, was not taken: a committee may do that only to "
        "those condemned by a congress or conference since they left the Politburo."
    )
    assert "punished c by removal from the Central Committee" in told(struggle, kind, leaders, on=("sanctions",))


def test_who_is_spared_for_the_same_reason_is_told_of_together(struggle):
    leaders = {"a_1": {"prestige": 4.0}, "c_1": {"prestige": 3.0}, "d_1": {"prestige": 1.0, "standing": "party_member"}}
    leaders["e_1"] = {"prestige": 1.0, "standing": "party_member"}
    case = struggle(leaders, on=ON, kind={"rungs": ("office",)})
    changes = tuple({"kind": "stance", "bloc": bloc, "to": "open", "at": "m0"} for bloc in ("c", "d", "e"))
    party = Party(type(case).model_validate(case.model_dump() | {"changes": changes}))
    party.step()
    (meeting,) = told_along([party])
    assert meeting.paragraphs[-1].endswith(
        "The next step against c, removal from the Politburo, was not taken: this meeting may not do that. "
        "The next step against d and e, expulsion from the party, was not taken: this meeting may not do that."
    )
