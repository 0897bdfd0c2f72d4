"""Why open opponents were not struck: what came next for them, and what the rulers lacked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from factions.vocabulary import RUNGS
from factions.wording import PUNISHMENTS, Names, percent

if TYPE_CHECKING:
    from factions.model.decisions import Spared


def reasons_to_spare(spared: Iterable[Spared], names: Names) -> dict[tuple[str, ...], str]:
    """Blocs (ids) that were spared the same for the same reason, and a clause in the past that tells of them."""
    alike: dict[tuple[str, str], list[str]] = {}
    for each in spared:
        blow = PUNISHMENTS[RUNGS[each.rung]].format(**names.bodies)
        alike.setdefault((blow, _missing(each, names)), []).append(each.bloc.entry.id)
    return {
        tuple(ids): f"the next step against {names.bloc_list(ids)}, {blow}, was not taken: {why}"
        for (blow, why), ids in alike.items()
    }


def _missing(each: Spared, names: Names) -> str:
    if each.missing == "competence":
        return "this meeting may not do that"
    if each.missing == "relapse":
        return "that takes a second open offence, and this was the first, or the first in a long time"
    if each.missing == "mandate":
        seat = names.bodies["politburo"]
        return f"a committee may do that only to those condemned by a congress or conference since they left the {seat}"
    assert each.strongest is not None, "somebody ruled"
    takes = "half" if each.majority <= 0.5 else "two thirds"
    chance = f"a chance of {percent(each.probability)}"
    return (
        f"that takes {takes} of the votes, and {names.blocs[each.strongest.entry.id]}, the strongest of the rulers, "
        f"had {percent(each.dominance)} alone ({chance})"
    )
