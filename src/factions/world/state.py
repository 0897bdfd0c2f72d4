"""The state of a block of worlds between meetings, and one world of it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Annotated

import numpy as np

from factions.vocabulary import CENTRAL_COMMITTEE, POLITBURO
from factions.world.case import Array, Case
from factions.world.fields import CASE, Field, fields, real, whole


def _politburo(case: Case) -> int:
    """As many seats as leaders sit there at the start."""
    return int(np.sum(case.standing == POLITBURO))


def _committee(case: Case) -> int:
    """As many seats as leaders sit there at the start, those of the Politburo among them."""
    return int(np.sum(case.standing <= CENTRAL_COMMITTEE))


@dataclass(frozen=True, eq=False)
class State:
    """State of W worlds; every array has the world axis first, and a field without axes has one of length 1.

    An alliance is a set of blocs as a bit mask; finished worlds call it by the number of its first bloc.
    """

    # what is recorded of finished worlds
    alliance: Annotated[
        Array,
        whole(
            "bloc",
            meaning="label of the bloc's alliance: the number of its first bloc; -1 for a bloc without influence",
            start=CASE,
            recorded=np.int8,
        ),
    ]
    ruling: Annotated[
        Array, whole(meaning="label of the ruling alliance; -1 if nobody has influence", recorded=np.int8)
    ]
    open: Annotated[
        Array, whole("bloc", meaning="1 if the bloc opposes openly, else 0", span="meeting", recorded=np.int8)
    ]
    influence: Annotated[
        Array,
        real(
            "bloc",
            meaning="its share of all influence; the unaligned hold the rest",
            unit="share",
            span="meeting",
            recorded=np.float64,
        ),
    ]
    delegates: Annotated[
        Array, real("bloc", meaning="its share of the votes", unit="share", span="meeting", recorded=np.float64)
    ]
    vote_share: Annotated[
        Array,
        real(meaning="share of the votes cast against the rulers", unit="share", span="meeting", recorded=np.float64),
    ]
    rung: Annotated[Array, whole("bloc", meaning="highest rung of punishment it has reached, 0 to 6", recorded=np.int8)]
    condemned: Annotated[
        Array,
        whole(
            "bloc",
            meaning="1 if a congress or conference has condemned it since it ruled last, else 0",
            start=CASE,
            recorded=np.int8,
        ),
    ]
    line: Annotated[Array, real("bloc", "issue", meaning="its public line, -1 to 1", recorded=np.float64)]
    trust: Annotated[
        Array,
        real(
            "bloc",
            "bloc",
            meaning="trust of the first in the second, -1 to 1; the same in both directions",
            start=CASE,
            recorded=np.float64,
        ),
    ]
    standing: Annotated[Array, whole("leader", meaning="0 politburo to 5 deported", start=CASE, recorded=np.int8)]
    membership: Annotated[
        Array, whole("leader", meaning="number of his bloc, -1 for none", start=CASE, recorded=np.int8)
    ]
    surrendered: Annotated[Array, whole("leader", meaning="0 never, 1 capitulated, 2 readmitted", recorded=np.int8)]
    activity: Annotated[Array, whole("leader", meaning="1 active, 0 inactive, -1 dead", start=CASE, recorded=np.int8)]
    holder: Annotated[
        Array,
        whole("office", meaning="number of the leader who holds it, -1 for vacant", start=CASE, recorded=np.int16),
    ]
    happened: Annotated[
        Array,
        whole(
            "event",
            meaning="1 if it has been due and all that it needs held, else 0; recorded of the file's events, by date",
            recorded=np.int8,
        ),
    ]
    leader_influence: Annotated[
        Array,
        real(
            "leader",
            meaning="his share of all influence",
            unit="share",
            span="meeting",
            recorded=np.float32,
            asked=True,
        ),
    ]
    # what is only remembered
    mandate: Annotated[
        Array,
        whole("bloc", meaning="1 if it was condemned since it fell from the Politburo, 2 if warned as well, else 0"),
    ]
    offence: Annotated[
        Array,
        whole(
            "bloc",
            meaning="2 if it opposed openly since delegates met last, 1 if then or since the time before, else 0",
        ),
    ]
    place: Annotated[Array, whole("bloc", meaning="bit mask of the alliance in which it last had influence, or 0")]
    prominence: Annotated[
        Array, real("bloc", meaning="share of all prestige that its leaders have", unit="share", span="meeting")
    ]
    prestige: Annotated[Array, real("leader", meaning="personal influence, 0 or more", unit="points", start=CASE)]
    ideal: Annotated[Array, real("leader", "issue", meaning="ideal point, -1 to 1", start=CASE)]
    punished: Annotated[Array, whole("leader", meaning="worst rung he was struck by, 0 to 6")]
    struck: Annotated[Array, whole("leader", meaning="1 if struck at the last meeting")]
    placed: Annotated[
        Array, whole("leader", meaning="1 if an event has put him into his bloc since the last meeting", span="meeting")
    ]
    chief: Annotated[
        Array, whole("bloc", meaning="the leader who speaks for it, -1 for none", start=-1, span="meeting")
    ]
    recanted: Annotated[Array, real("bloc", meaning="prestige of those who have surrendered out of it", unit="points")]
    salience: Annotated[Array, real("issue", meaning="attention to the issue, 0 or more", start=CASE)]
    threat: Annotated[Array, real(meaning="external threat, 0 or more")]
    seats: Annotated[Array, whole(meaning="size of the Politburo", unit="seats", start=_politburo)]
    committee: Annotated[Array, whole(meaning="size of the Central Committee", unit="seats", start=_committee)]
    barred: Annotated[
        Array,
        whole(
            "office",
            meaning="leader who has resigned it and does not get it again, -1 for none, -2 while it is not created",
            start=CASE,
        ),
    ]
    ousted: Annotated[
        Array, whole(meaning="bit mask of the blocs whom their partners have just put out of power", span="meeting")
    ]
    votes: Annotated[Array, whole("bloc", meaning="votes by head, where they decide who rules", span="meeting")]
    bond: Annotated[
        Array,
        real(
            "bloc",
            "bloc",
            meaning="ties of its leaders with those of the other, by their shares of influence, -1 to 1",
            span="meeting",
        ),
    ]
    # what a wider body may undo
    reviewed_at: Annotated[
        Array, whole("leader", meaning="the meeting that may undo what has struck him, -1 for none", start=-1)
    ]
    former_standing: Annotated[Array, whole("leader", meaning="standing that he had before")]
    former_punished: Annotated[Array, whole("leader", meaning="worst rung he had been struck by before")]
    rung_reviewed_at: Annotated[
        Array, whole("bloc", meaning="the meeting that may undo its last rung, -1 for none", start=-1)
    ]
    former_rung: Annotated[Array, whole("bloc", meaning="rung that it had reached before, 0 to 6")]
    claimant: Annotated[
        Array, whole("office", meaning="leader who lost it at a meeting that may be overruled, -1 for none", start=-1)
    ]
    # what a counterfactual imposes at this meeting
    together: Annotated[
        Array, whole("bloc", meaning="bit mask of the blocs it is held together with, and itself", span="meeting")
    ]
    apart: Annotated[
        Array, whole("bloc", meaning="bit mask of the blocs it may share no alliance with", span="meeting")
    ]
    stance_rule: Annotated[
        Array, whole("bloc", meaning="1 opposes openly, -1 keeps quiet, 0 decides for itself", span="meeting")
    ]
    sanction_rule: Annotated[
        Array, whole("bloc", meaning="rung that is imposed, -1 spared, 0 the rulers decide", span="meeting")
    ]
    surrender_rule: Annotated[
        Array, whole("leader", meaning="1 capitulates, -1 holds out, 0 decides for himself", span="meeting")
    ]
    held: Annotated[
        Array, whole("office", meaning="leader who has it by a change, -1 for none", start=-1, span="meeting")
    ]
    # room to compute in
    ruling_line: Annotated[Array, real("issue", meaning="mean line of the rulers", span="scratch")]
    total_ideal: Annotated[
        Array, real("bloc", "issue", meaning="sum of its leaders' ideal points by influence", span="scratch")
    ]
    appraisal: Annotated[
        Array, real("bloc", "bloc", meaning="influence of the second times trust in it as judged now", span="scratch")
    ]
    utility: Annotated[Array, real("bloc", meaning="worth of its alliance of now to it", span="scratch")]
    drawn: Annotated[Array, real("bloc", meaning="what a leader's ties draw him to it by", span="scratch")]
    mean_line: Annotated[Array, real("issue", meaning="of the alliance that is being judged", span="scratch")]
    turn: Annotated[Array, whole("bloc", meaning="blocs in the order of their turns", span="scratch")]
    shock: Annotated[Array, real("bloc", meaning="which gives a bloc its turn", span="scratch")]
    balance: Annotated[Array, real("bloc", meaning="structural balance of one bloc with each", span="scratch")]
    error: Annotated[Array, real("pair", meaning="shock to a bloc's judgement of another", span="scratch")]
    move: Annotated[Array, real("leader", meaning="shock that decides whether he changes blocs", span="scratch")]
    old_regard: Annotated[
        Array, real("bloc", "bloc", meaning="trust and bond together, before time passed", span="scratch")
    ]

    def select(self, rows: np.ndarray | list[int] | slice) -> State:
        """Copies of the worlds `rows`, in that order."""
        parts = {name: getattr(self, name)[rows] for name in fields(State)}  # copies, but for a slice
        return State(**{name: part.copy() if isinstance(rows, slice) else part for name, part in parts.items()})


def initial_state(case: Case, worlds: int) -> State:
    """`worlds` copies of the state at the scenario's start."""
    length = lengths(case)
    return State(**{name: _begin(row, name, case, worlds, length) for name, row in fields(State).items()})


def _begin(row: Field, name: str, case: Case, worlds: int, length: dict[str, int]) -> np.ndarray:
    start = row.start
    value = getattr(case, name) if start == CASE else start(case) if callable(start) else start
    array: np.ndarray = np.empty((worlds, *(length[axis] for axis in row.axes or ("once",))), row.dtype)
    array[...] = value
    return array


def lengths(case: Case) -> dict[str, int]:
    """Length of every axis of a state."""
    (leaders, issues), blocs = case.ideal.shape, len(case.chief)
    return {
        "leader": leaders,
        "issue": issues,
        "bloc": blocs,
        "pair": blocs * blocs,
        "office": len(case.holder),
        "event": case.marks,
        "once": 1,
    }


def one_world(state: State, w: int) -> SimpleNamespace:
    """The arrays of world w by name, without the world axis; what is written there is written to the block."""
    return SimpleNamespace(**{name: getattr(state, name)[w] for name in fields(State)})
