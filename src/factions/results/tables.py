"""Tidy tables over worlds, made from their counts: what every meeting has of blocs, leaders and offices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Protocol

from factions.statements.predicates import STATES
from factions.statements.shares import known, share_error
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from factions.results.tally import Tallied
    from factions.scenario import Scenario

QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}

STEPS = (*LADDER, "dead")
"""What becomes of a leader: a step of the ladder while he lives, as `Tally` counts them."""

Row = dict[str, object]


def cells(scenario: Scenario, **axes: Sequence[str]) -> Iterator[tuple[tuple[int, ...], Row]]:
    """The cells of an array over meetings and `axes` (name: labels): the index of each, and what it stands for."""
    places = [range(len(labels)) for labels in axes.values()]
    for m, meeting in enumerate(scenario.meetings):
        for place in product(*places):
            labels = {name: axes[name][k] for name, k in zip(axes, place, strict=True)}
            yield (m, *place), {"meeting": meeting.id, "date": meeting.date, **labels}


def chance(count: int, worlds: int) -> Row:
    """The columns of a share of the worlds: `probability`, and one standard `error`."""
    share = int(count) / worlds
    return {"probability": share, "error": known(share_error(share, worlds))}


def quantile_cells(worlds: Tallied, quantity: str, prefix: str = "") -> dict[tuple[int, ...], Row]:
    """The columns of a share's `QUANTILES` over worlds, by the index of its cell; a single world has a median alone."""
    levels = worlds.tally.quantiles(quantity, tuple(QUANTILES.values()))
    shape = [range(length) for length in levels.shape[1:]]
    return {
        index: {
            prefix + name: float(level[index]) if name == "median" or worlds.tally.worlds > 1 else None
            for name, level in zip(QUANTILES, levels, strict=True)
        }
        for index in product(*shape)
    }


class Named(Protocol):
    """A bloc, leader or office."""

    @property
    def id(self) -> str:
        """Its id."""


def ids(entries: Sequence[Named]) -> list[str]:
    """The ids of blocs, leaders or offices, in the order of the file."""
    return [entry.id for entry in entries]


def meeting_rows(worlds: Tallied) -> list[Row]:
    """One row for each meeting: share of votes against the rulers, p10, median and p90 over worlds."""
    against = quantile_cells(worlds, "vote_share", "vote_share_")
    return [row | against[index] for index, row in cells(worlds.scenario)]


def bloc_rows(worlds: Tallied) -> list[Row]:
    """One row for each meeting and bloc.

    Probability of ruling, of open opposition, of quiet and of being without influence, which add up to 1; influence and
    delegates, p10, median and p90.
    """
    shares = {state: worlds.tally.share(state) for state in STATES}
    influence, delegates = (quantile_cells(worlds, name, f"{name}_") for name in ("influence", "delegates"))
    return [
        row | {state: float(share[index]) for state, share in shares.items()} | influence[index] | delegates[index]
        for index, row in cells(worlds.scenario, bloc=ids(worlds.scenario.blocs))
    ]


def leader_rows(worlds: Tallied) -> list[Row]:
    """One row for each meeting and leader.

    Probability of each standing (of the living) and of death, which add up to 1; his likeliest bloc (empty: none) and
    its probability; probability of having capitulated by then, and of having been readmitted.
    """
    standing, membership = worlds.tally.share("standing"), worlds.tally.share("membership")
    surrendered = {name: worlds.tally.share(name) for name in ("capitulated", "readmitted")}
    blocs = [*ids(worlds.scenario.blocs), ""]
    return [
        row
        | {step: float(share) for step, share in zip(STEPS, standing[index], strict=True)}
        | {"bloc": blocs[membership[index].argmax()], "bloc_probability": float(membership[index].max())}
        | {name: float(share[index]) for name, share in surrendered.items()}
        for index, row in cells(worlds.scenario, leader=ids(worlds.scenario.leaders))
    ]


def office_rows(worlds: Tallied) -> list[Row]:
    """One row for each meeting, office and leader who holds it in some world (empty: vacant)."""
    scenario, counts = worlds.scenario, worlds.tally["holder"]
    holders = [*ids(scenario.leaders), ""]
    return [
        row | chance(counts[index], worlds.tally.worlds)
        for index, row in cells(scenario, office=ids(scenario.offices), holder=holders)
        if counts[index]
    ]


def parameter_table(values: np.ndarray) -> pa.Table:
    """Parameter vectors as a table (pyarrow): one column for each parameter, one row for each draw."""
    import pyarrow as pa

    return pa.table({name: values[name] for name in values.dtype.names or ()})
