"""How the motives of bargaining weigh in a case: what `factions check --weights` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from factions.report.table import Block, Column, Number, table
from factions.wording import percent
from factions.world.weights import Weight, drowned, weigh

if TYPE_CHECKING:
    from factions.draws import Draws
    from factions.scenario import Scenario

MOST = 30
"""Rows of the table at most: those with most at stake."""

OUTWEIGHED = {
    "safety": "safety outweighs every tie: whom the blocs trust decides nothing about alliances",
    "policy": "policy outweighs more than three in four ties: whom the blocs trust decides little about alliances",
}
CAUTION = (
    "at the parameters in force {problem}; lower {motive}_motive in [parameters], or switch it off with "
    "{motive} = false in [mechanisms] (see --weights)"
)


def in_force(draws: Draws) -> np.ndarray:
    """One record of parameters: the median of each over the draws."""
    values = draws.values[0].copy()
    for name in draws.values.dtype.names or ():
        values[name] = np.median(draws.values[name])
    return values


def drowned_ties(scenario: Scenario, draws: Draws) -> str:
    """What an author must know if his ties weigh nothing; empty if they weigh something."""
    motive = drowned(weigh(scenario, in_force(draws)))
    return CAUTION.format(problem=OUTWEIGHED[motive], motive=motive) if motive else ""


def report(scenario: Scenario, draws: Draws) -> Iterator[Block]:
    """The parameters that weigh, then what each bloc would gain from each other."""
    values = in_force(draws)
    weights = weigh(scenario, values)
    names = {bloc.id: bloc.name for bloc in scenario.blocs}
    source = draws.source if len(draws.values) == 1 else f"the median of {len(draws.values):,} draws, {draws.source}"
    yield (
        f"Parameters: {source}. policy_motive {values['policy_motive']:.3g}, safety_motive "
        f"{values['safety_motive']:.3g}, habit {values['habit']:.3g}, misjudgement {values['misjudgement']:.3g}.\n"
        "What a bloc would gain if it stood alone and allied with one other, as all stand at the start. The unit is an "
        "ally who has all influence and full trust.\n"
        "trust: the tie, of the blocs and of their leaders, times the other's influence (habit is added to the tie of "
        "present allies; misjudgement is the size of the error in it). policy: minus policy_motive times the distance "
        "to the common line. safety: safety_motive times the influence won, up to one half."
    )
    shown = sorted(weights, key=lambda each: -max(abs(each.trust), -each.policy, each.safety))[:MOST]
    left_out = len(weights) - len(shown)
    yield table(
        [each for each in weights if each in shown],
        Column[Weight]("bloc", lambda each: names[each.bloc]),
        Number("influence", lambda each: percent(each.influence)),
        Column("with", lambda each: names[each.partner]),
        Number("tie", lambda each: f"{each.tie:+.2f}"),
        Number("trust", lambda each: f"{each.trust:+.3f}"),
        Number("policy", lambda each: f"{each.policy:+.3f}"),
        Number("safety", lambda each: f"{each.safety:+.3f}"),
        Number("gain", lambda each: f"{each.gain:+.3f}"),
        note=f"The {left_out} pairs with least at stake are left out." if left_out else "",
    )


def rows(scenario: Scenario, draws: Draws) -> Sequence[dict[str, object]]:
    """The same as plain data, for every pair."""
    return [asdict(each) | {"gain": each.gain} for each in weigh(scenario, in_force(draws))]
