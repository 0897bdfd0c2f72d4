"""What the readable model says of the decisions that differ first: which of them it is asked about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from factions.counterfactual.choice import blocs_told
from factions.counterfactual.responses import OFTEN, beginnings_about, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.carriers import Teller
    from factions.counterfactual.findings import Findings
    from factions.counterfactual.responses import Begun, Response
    from factions.results.ensemble import Ensemble


def first_told(begun: Sequence[Sequence[Begun]], teller: Teller, tell: bool) -> tuple[tuple[Response, ...], ...]:
    """The decisions that differ first, phase by phase; those that are frequent with what spoke for them."""
    earliest = max((row.response.first for phase in begun for row in phase), default=0.0)

    def told(rows: Sequence[Begun]) -> tuple[Response, ...]:
        speak = {group[0] for group in grouped([row.response for row in rows])}  # of a group the first is told
        return tuple(
            teller.explained(row)
            if tell and row.response.share >= OFTEN and (row.response in speak or row.response.first == earliest)
            else row.response
            for row in rows
        )

    return tuple(map(told, begun))


def told_behind(
    findings: Findings,
    teller: Teller,
    factual: Ensemble,
    changed: Ensemble,
    first: Sequence[Sequence[Response]],
    tell: bool,
) -> tuple[Response, ...]:
    """The decisions that differ first about the blocs of which the answer tells, with what differed behind them.

    Of one that is among those that differ `first` of their phase, and is explained there, the same is said here.
    """
    known = {_decision(row): row for rows in first for row in rows if row.looked}
    blocs = blocs_told(factual.scenario, findings)
    rulers = [rule.bloc for rule in findings.ends.blocs if min(rule.before, rule.after) >= 0.5]
    found = beginnings_about(factual, changed, blocs, rulers) if blocs else {}
    often = [row for rows in found.values() for row in rows if row.response.share >= OFTEN]

    def told(row: Begun) -> Response:
        same = known.get(_decision(row.response))
        if same is not None:
            said = replace(row.response, term=same.term, cause=same.cause)
            return replace(said, looked=same.looked, agree=same.agree)
        return teller.explained(row) if tell else row.response

    return tuple(map(told, often))


def _decision(response: Response) -> tuple[str, tuple[str, ...], str, bool]:
    """What a decision is, however often it differs first."""
    return response.kind, response.who, response.meeting, response.more
