"""The state of a block of worlds between meetings, and the view of one world that the kernels work on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from factions.case import Case


class State(NamedTuple):
    """State of W worlds; every array has the world axis first.  An alliance is a set of blocs as a bit mask."""

    prestige: np.ndarray  # (W, L) points
    ideal: np.ndarray  # (W, L, K)
    standing: np.ndarray  # (W, L) 0..5
    activity: np.ndarray  # (W, L) 1 active, 0 inactive, -1 dead
    membership: np.ndarray  # (W, L) bloc or -1
    surrendered: np.ndarray  # (W, L) 0, 1 capitulated, 2 readmitted
    punished: np.ndarray  # (W, L) worst rung he was struck by, 0..6
    struck: np.ndarray  # (W, L) 1 if struck at this meeting
    weight: np.ndarray  # (W, L) share of influence
    holder: np.ndarray  # (W, O) leader or -1
    alliance: np.ndarray  # (W, B) mask of the bloc's alliance, itself in it; 0 for a bloc without influence
    ruling: np.ndarray  # (W, 1) mask of the ruling alliance
    chief: np.ndarray  # (W, B) leader or -1
    open: np.ndarray  # (W, B) 0 or 1
    influence: np.ndarray  # (W, B) share
    delegates: np.ndarray  # (W, B) share of votes
    vote_share: np.ndarray  # (W, 1) share of votes against the rulers
    line: np.ndarray  # (W, B, K)
    ruling_line: np.ndarray  # (W, K)
    mean_ideal: np.ndarray  # (W, B, K) scratch: its members' mean ideal point
    trust: np.ndarray  # (W, B, B)
    rung: np.ndarray  # (W, B) 0..6
    recanted: np.ndarray  # (W, B) prestige of those who surrendered out of the bloc
    salience: np.ndarray  # (W, K) of every issue now
    threat: np.ndarray  # (W, 1)
    seats: np.ndarray  # (W, 1) Politburo seats
    appraisal: np.ndarray  # (W, B, B) of each bloc by each other at this meeting
    now: np.ndarray  # (W, B) utility of its alliance to each bloc while bargaining
    mean: np.ndarray  # (W, K) scratch of bargaining
    turn: np.ndarray  # (W, B) order of the blocs at this meeting
    old_trust: np.ndarray  # (W, B, B) before time passed


World = NamedTuple("World", [(name, np.ndarray) for name in State._fields])
"""The state of one world: the arrays of `State` without the world axis."""


def initial_state(case: Case, worlds: int) -> State:
    """`worlds` copies of the state at the scenario's start."""
    leaders, issues = case.ideal.shape
    blocs = len(case.chief)

    def zeros(*shape, dtype=np.int64):
        return np.zeros((worlds, *shape), dtype)

    def repeat(values):
        return np.repeat(np.asarray(values)[np.newaxis], worlds, axis=0)

    return State(
        prestige=repeat(case.prestige),
        ideal=repeat(case.ideal),
        standing=repeat(case.standing),
        activity=repeat(case.activity),
        membership=repeat(case.membership),
        surrendered=zeros(leaders),
        punished=zeros(leaders),
        struck=zeros(leaders),
        weight=zeros(leaders, dtype=float),
        holder=repeat(case.holder),
        alliance=repeat(case.alliance),
        ruling=zeros(1),
        chief=zeros(blocs) - 1,
        open=zeros(blocs),
        influence=zeros(blocs, dtype=float),
        delegates=zeros(blocs, dtype=float),
        vote_share=zeros(1, dtype=float),
        line=zeros(blocs, issues, dtype=float),
        ruling_line=zeros(issues, dtype=float),
        mean_ideal=zeros(blocs, issues, dtype=float),
        trust=repeat(case.trust),
        rung=zeros(blocs),
        recanted=zeros(blocs, dtype=float),
        salience=repeat(case.salience),
        threat=zeros(1, dtype=float),
        seats=repeat([int(np.sum(case.standing == 0))]),
        appraisal=zeros(blocs, blocs, dtype=float),
        now=zeros(blocs, dtype=float),
        mean=zeros(issues, dtype=float),
        turn=zeros(blocs),
        old_trust=repeat(case.trust),
    )
