"""What captions say of the worlds behind a figure: what was run, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factions.statements.shares import share_error
from factions.wording import counted

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.results.tally import Tallied


def provenance(worlds: Tallied, probability: bool = True) -> str:
    """Scenario, number of worlds, seed and, for probabilities, their largest Monte Carlo error."""
    count = worlds.tally.worlds
    text = f"{worlds.scenario.title}. {counted(count, 'world')}, seed {worlds.seed}"
    if not probability or count < 2:
        return text + "."
    return (
        f"{text}. The Monte Carlo error of a probability (one standard error) is at most {share_error(0.5, count):.2g}."
    )


def pairs(comparison: Comparison) -> str:
    """What was run: pairs, and by what they were chosen."""
    paths, scenario = comparison.paths, comparison.scenario
    text = f"{scenario.title}. {counted(len(paths), 'pair')} of worlds"
    if not paths.until:
        return text + "; they need not agree with what is documented."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    return f"{text}, chosen to agree with what is documented up to {names[paths.until]}, as well as they can."


def files(comparisons: Sequence[Comparison]) -> str:
    """What was run for several counterfactuals of one baseline."""
    first = comparisons[0]
    return f"{first.base.title}. {counted(len(first.paths), 'pair')} of worlds for each question."
