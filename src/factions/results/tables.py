"""Tidy tables over worlds, made from a tally: what every meeting has of blocs, leaders and offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from factions.statements.shares import known, share_error
from factions.vocabulary import LADDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from factions.results.tally import Tally
    from factions.scenario import Scenario

QUANTILES = {"p10": 0.1, "median": 0.5, "p90": 0.9}

STATES = ("ruling", "open", "quiet", "gone")

Row = dict[str, Any]


def meeting_rows(scenario: Scenario, tally: Tally) -> list[Row]:
    """One row a meeting: share of votes against the rulers, p10, median and p90 over worlds."""
    against = tally.quantiles("vote_share", tuple(QUANTILES.values()))
    return [
        _meeting(meeting) | {f"vote_share_{name}": float(against[q, m]) for q, name in enumerate(QUANTILES)}
        for m, meeting in enumerate(scenario.meetings)
    ]


def bloc_rows(scenario: Scenario, tally: Tally) -> list[Row]:
    """One row a meeting and bloc.

    Probability of ruling, of open opposition, of quiet and of being without influence, which add up to 1; influence and
    delegates, p10, median and p90.
    """
    states = {name: tally.share(name) for name in STATES}
    shares = {name: tally.quantiles(name, tuple(QUANTILES.values())) for name in ("influence", "delegates")}
    rows = []
    for m, meeting in enumerate(scenario.meetings):
        for b, bloc in enumerate(scenario.blocs):
            row = _meeting(meeting) | {"bloc": bloc.id}
            row |= {name: float(share[m, b]) for name, share in states.items()}
            row |= {
                f"{name}_{level}": float(quantiles[q, m, b])
                for name, quantiles in shares.items()
                for q, level in enumerate(QUANTILES)
            }
            rows.append(row)
    return rows


def leader_rows(scenario: Scenario, tally: Tally) -> list[Row]:
    """One row a meeting and leader.

    Probability of each standing (of the living) and of death, which add up to 1; his likeliest bloc (empty: none) and
    its probability; probability of having capitulated by then, and of having been readmitted.
    """
    standing, membership = tally.share("standing"), tally.share("membership")
    surrendered = {name: tally.share(name) for name in ("capitulated", "readmitted")}
    likeliest = membership.argmax(axis=-1)
    blocs = [*(bloc.id for bloc in scenario.blocs), ""]
    rows = []
    for m, meeting in enumerate(scenario.meetings):
        for k, leader in enumerate(scenario.leaders):
            row = _meeting(meeting) | {"leader": leader.id}
            row |= {step: float(share) for step, share in zip((*LADDER, "dead"), standing[m, k], strict=True)}
            row |= {"bloc": blocs[likeliest[m, k]], "bloc_probability": float(membership[m, k].max())}
            row |= {name: float(share[m, k]) for name, share in surrendered.items()}
            rows.append(row)
    return rows


def office_rows(scenario: Scenario, tally: Tally) -> list[Row]:
    """One row a meeting, office and leader who holds it in some world (empty: vacant), with probability and error."""
    return list(_office_rows(scenario, tally))


def _office_rows(scenario: Scenario, tally: Tally) -> Iterator[Row]:
    holder = tally.share("holder")
    leaders = [*(leader.id for leader in scenario.leaders), ""]
    for m, meeting in enumerate(scenario.meetings):
        for o, office in enumerate(scenario.offices):
            for k in np.flatnonzero(holder[m, o]):
                share = float(holder[m, o, k])
                error = known(share_error(share, tally.worlds))
                held = {"office": office.id, "holder": leaders[k], "probability": share, "error": error}
                yield _meeting(meeting) | held


def _meeting(meeting) -> Row:
    return {"meeting": meeting.id, "date": meeting.date}


def parameter_table(values: np.ndarray) -> pa.Table:
    """Parameter vectors as a table (pyarrow): one column a parameter, one row a draw."""
    import pyarrow as pa

    return pa.table({name: values[name] for name in values.dtype.names or ()})
