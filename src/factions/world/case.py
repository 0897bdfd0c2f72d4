"""A scenario as arrays: what both the Mesa model and the compiled engine are started from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np

from factions.world.fields import real, whole

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Case:
    """One scenario as arrays; -1 stands for nobody and nothing.  Axes: meeting, bloc, leader, office, issue, event,
    condition.
    """

    # names in the noise
    meeting_key: Annotated[Array, whole("meeting", meaning="name of the meeting in the noise")]
    bloc_key: Annotated[Array, whole("bloc", meaning="name of the bloc in the noise")]
    judge_key: Annotated[Array, whole("pair", meaning="of an ordered pair of blocs, the first one's name in the noise")]
    judged_key: Annotated[Array, whole("pair", meaning="of an ordered pair of blocs, the second one's")]
    leader_key: Annotated[Array, whole("leader", meaning="name of the leader in the noise")]
    office_key: Annotated[Array, whole("office", meaning="name of the office in the noise")]
    # the cast at the start
    prestige: Annotated[Array, real("leader", meaning="personal influence, 0 or more", unit="points")]
    ideal: Annotated[Array, real("leader", "issue", meaning="ideal point, -1 to 1")]
    membership: Annotated[Array, whole("leader", meaning="his bloc")]
    standing: Annotated[Array, whole("leader", meaning="0 politburo to 5 deported")]
    activity: Annotated[Array, whole("leader", meaning="1 active, 0 inactive")]
    chief: Annotated[Array, whole("bloc", meaning="the leader designated to speak for it")]
    condemned: Annotated[Array, whole("bloc", meaning="1 if a congress or conference condemned it before")]
    trust: Annotated[Array, real("bloc", "bloc", meaning="trust of the first in the second, -1 to 1")]
    tied_one: Annotated[Array, whole("tie", meaning="the one of two leaders who are tied")]
    tied_other: Annotated[Array, whole("tie", meaning="the other")]
    tied_trust: Annotated[Array, real("tie", meaning="trust between the two, -1 to 1")]
    alliance: Annotated[Array, whole("bloc", meaning="bit mask of the blocs in its alliance, itself among them")]
    holder: Annotated[Array, whole("office", meaning="the leader who holds it")]
    barred: Annotated[Array, whole("office", meaning="-2 if it is yet to be created, else -1")]
    machine: Annotated[Array, real("office", meaning="influence that the office gives, 0 or more", unit="points")]
    sends: Annotated[Array, real("office", meaning="share of the delegates that its organisation sends", unit="share")]
    appointer: Annotated[Array, whole("office", meaning="the office whose holder fills it")]
    deputies: Annotated[Array, whole("office", "leader", meaning="rank among its deputies, from 1; 0 for no deputy")]
    salience: Annotated[Array, real("issue", meaning="usual attention to the issue, 0 or more")]
    regime: Annotated[int, whole(meaning="the issue on which positions follow office")]
    camps: Annotated[int, whole(meaning="greatest number of alliances, 0 for any")]
    mechanism: Annotated[Array, whole("mechanism", meaning="1 on, 0 off")]
    # the calendar
    by_heads: Annotated[Array, whole("meeting", meaning="1 if those seated vote by head, 0 if delegates do")]
    franchise: Annotated[Array, whole("meeting", meaning="worst standing with a vote, where votes are by head")]
    fills_committee: Annotated[Array, whole("meeting", meaning="1 if it may fill seats of the Central Committee")]
    reshuffles: Annotated[Array, whole("meeting", meaning="1 if the rulers take offices from outsiders")]
    purges: Annotated[Array, whole("meeting", "rung", meaning="1 if whom the rulers put out may fall to it at once")]
    purging: Annotated[Array, whole("meeting", meaning="1 if there is such a rung")]
    by_votes: Annotated[Array, whole("meeting", meaning="1 if heads decide who rules, 0 if influence does")]
    review: Annotated[Array, whole("meeting", meaning="the meeting that may undo the sanctions of this one")]
    overrules: Annotated[Array, whole("meeting", meaning="1 if it may undo sanctions of narrower electorates")]
    selection: Annotated[Array, real("meeting", meaning="strength of the selection of delegates, 0 or more")]
    competent: Annotated[Array, whole("meeting", "rung", meaning="1 if the meeting may impose the rung")]
    majority: Annotated[Array, real("meeting", "rung", meaning="share of the votes that the rung takes")]
    fills_seats: Annotated[Array, whole("meeting", meaning="1 if it may fill empty seats of the Politburo")]
    same_session: Annotated[Array, whole("meeting", meaning="1 if it opens before the last one has closed")]
    years_before: Annotated[Array, real("meeting", meaning="since the last meeting, or the start", unit="years")]
    years_after: Annotated[Array, real("meeting", meaning="to the next meeting, or the end", unit="years", after=True)]
    # dated changes of the world
    event_kind: Annotated[Array, whole("event", meaning="which kind: an index into DUE_KINDS")]
    event_mark: Annotated[Array, whole("event", meaning="where in `happened` it is marked, once it has")]
    event_meeting: Annotated[Array, whole("event", meaning="the meeting before which it happens")]
    event_leader: Annotated[Array, whole("event", meaning="the leader whom it concerns")]
    event_bloc: Annotated[Array, whole("event", meaning="the bloc which it concerns")]
    event_office: Annotated[Array, whole("event", meaning="the office which it concerns")]
    event_issue: Annotated[Array, whole("event", meaning="the issue which it concerns")]
    event_relative: Annotated[Array, whole("event", meaning="1 if the value is added, 0 if it replaces")]
    event_value: Annotated[Array, real("event", meaning="its value, in the unit of what it changes")]
    marks: Annotated[int, whole(meaning="number of marks: first those of the file's events, in order of date")]
    # what an event needs to happen, one row for each condition
    condition_event: Annotated[Array, whole("condition", meaning="the event that needs it")]
    condition_kind: Annotated[Array, whole("condition", meaning="which kind: an index into CONDITION_KINDS")]
    condition_wanted: Annotated[Array, whole("condition", meaning="1 if it must hold, 0 if it must not")]
    condition_one: Annotated[Array, whole("condition", meaning="the leader, bloc or mark that it mentions first")]
    condition_two: Annotated[Array, whole("condition", meaning="the bloc or office that it mentions second")]
    # decisions that a counterfactual takes out of the hands of the model; without changes nothing is imposed
    together: Annotated[
        Array, whole("meeting", "bloc", meaning="bit mask of the blocs it is held in one alliance with, and itself")
    ]
    apart: Annotated[Array, whole("meeting", "bloc", meaning="bit mask of the blocs it may share no alliance with")]
    stance_rule: Annotated[
        Array, whole("meeting", "bloc", meaning="1 opposes openly, -1 keeps quiet, 0 decides for itself")
    ]
    sanction_rule: Annotated[
        Array, whole("meeting", "bloc", meaning="rung that is imposed, -1 spared, 0 the rulers decide")
    ]
    surrender_rule: Annotated[
        Array, whole("meeting", "leader", meaning="1 capitulates, -1 holds out, 0 decides for himself")
    ]
    held: Annotated[Array, whole("meeting", "office", meaning="the leader who holds it, whatever happens")]
