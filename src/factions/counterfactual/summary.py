"""A comparison as plain data, and its figures in words."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from factions.counterfactual.clauses import Clauses
from factions.counterfactual.contrasts import Contrast, digits
from factions.counterfactual.days import day_of, with_month
from factions.counterfactual.levels import Level
from factions.wording import Names, counted, month, percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.divergence import Parting
    from factions.counterfactual.rewriting import Cost


WORLDS = {
    "none": "need not agree with what is documented",
    "branch": "agree with what is documented up to the change, as well as they can, and follow the model from then on",
    "record": "agree with all that is documented, as well as they can, and are run again under the change",
}
"""What worlds a condition asks for."""

_MILLION = 1e6


def lead(each: Comparison, kinds: Collection[str] = ()) -> str:
    """The weightiest thing that differs, in one clause; of these kinds of outcomes, if some are named."""
    groups = [group for group in each.findings.changed if not kinds or group[0].kind in kinds]
    if not groups:
        what = f"nothing that was looked at here ({', '.join(kinds)})" if kinds else "nothing"
        return f"{each.scenario.title}: {what} changes that can be told from chance"
    group, words = groups[0], clauses(each)
    head = "at the end " if group[0].lasts and group[0].kind != "break" else ""
    return sentence(head + words.changed(group, brief=True)).removesuffix(".")


def clauses(each: Comparison) -> Clauses:
    """What puts the findings of a comparison into words."""
    return Clauses(each.base, len(each.paths), each.findings, each.every)


def summary(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """The object that `--format json` prints; every number is finite, what does not exist is null."""
    first = comparisons[0]
    return {
        "baseline": first.base.path.name,
        "worlds": len(first.paths),
        "seed": first.factual.seed,
        "condition": first.condition.value,
        "contrasts": [row for each in comparisons for row in contrast_rows(each)],
        "divergence": [row for each in comparisons for row in divergence_rows(each)],
        "counterfactuals": [_file(each) for each in comparisons],
    }


def contrast_rows(comparison: Comparison, contrasts: Sequence[Contrast] | None = None) -> list[dict[str, object]]:
    """One row for each outcome that was compared, or for each of these contrasts."""
    rows = comparison.contrasts if contrasts is None else contrasts
    return [{"scenario": comparison.name, **asdict(entry), "smallest": entry.smallest} for entry in rows]


def divergence_rows(comparison: Comparison) -> list[dict[str, object]]:
    """One row for each meeting: the share of the pairs that have parted by then, and the largest difference (`level`).

    `level`: between the shares of worlds in which a bloc rules, opposes and so on, or a leading man stands somewhere;
    0 if none can be told from chance; `outcome`: the name of what differs most.
    """
    levels = {level.meeting: level for level in comparison.findings.levels}
    nothing = Level("", 0.0)
    return [
        {"scenario": comparison.name, **asdict(entry), "level": found.size, "outcome": found.outcome}
        for entry in comparison.partings
        for found in [levels.get(entry.meeting, nothing)]
    ]


def _file(each: Comparison) -> dict[str, object]:
    return {
        "scenario": each.name,
        "file": each.scenario.path.name,
        "title": each.scenario.title,
        "question": each.scenario.question,
        "digest": each.digests[1],
        "branch": each.branch or None,
        "conditioned_until": each.paths.until or None,
        "effective_sample_size": each.paths.ess,
        "ancestors": each.paths.ancestors,
        "past": asdict(each.past),
        "diverged": each.diverged,
        "draws": asdict(each.draws) | {"unaligned": each.draws.unaligned},
        "rewrite": asdict(each.cost),
        "told": [asdict(entry) for entry in each.told],
        "responses": [asdict(row) for rows in each.findings.responses for row in rows],
        "warnings": list(each.warnings),
    }


def documented_until(each: Comparison) -> str:
    """The month of the last meeting of the past that the worlds were chosen by, with its name if that says more."""
    meeting = next(meeting for meeting in each.base.meetings if meeting.id == each.paths.until)
    name = "" if str(meeting.date.year) in meeting.name else f" ({meeting.name})"
    return f"{month(meeting.date)}{name}"


def branch_name(each: Comparison) -> str:
    """The first meeting that can differ, as it is called."""
    found = (meeting for meeting in each.scenario.meetings if meeting.id == each.branch)
    return next((with_month(meeting.name, meeting.date) for meeting in found), "none")


def partings_told(each: Comparison) -> list[Parting]:
    """The share of the pairs whose runs differ: where most do, and at the end if it is another."""
    shares = [parting for parting in each.partings if parting.share > 0.0]
    if not shares:
        return []
    most = next((parting for parting in shares if parting.share > 0.5), shares[-1])
    return [most] if round(most.share, 2) == round(shares[-1].share, 2) else [most, shares[-1]]


def parted_words(each: Comparison) -> str:
    """The same as a clause."""
    names = {meeting.id: with_month(meeting.name, meeting.date) for meeting in each.base.meetings}
    told = [f"{percent(parting.share)} by {names[parting.meeting]}" for parting in partings_told(each)]
    return ", ".join(told) if told else "none"


def lost_names(each: Comparison, texts: Iterable[str]) -> list[str]:
    """A sentence on each bloc named in these texts that by the end has lost the man after whom it is called."""
    names, last, said = Names(each.base).leaders, each.base.meetings[-1].id, " ".join(texts)
    blocs = {bloc.id: bloc.name for bloc in each.base.blocs}
    found = []
    for loss in each.findings.losses:
        where = loss.where(last)
        if where is not None and blocs[loss.bloc] in said:
            under = f" and {names[loss.heir]} led it" if loss.dead and loss.heir else ""
            found.append(f"{blocs[loss.bloc]}: {where}, {names[loss.leader]} {loss.fate}{under} by the end.")
    return found


def extinct_names(each: Comparison, texts: Iterable[str]) -> list[str]:
    """A sentence on each bloc named in these texts that by the end has nobody of influence left in most worlds."""
    blocs, said = {bloc.id: bloc.name for bloc in each.base.blocs}, " ".join(texts)
    found = []
    for gone in each.findings.extinct:
        shares = gone.shares.get(each.base.meetings[-1].id, (0.0, 0.0))
        if max(shares) >= 0.5 and blocs[gone.bloc] in said:
            before, after = map(percent, shares)
            found.append(
                f"{blocs[gone.bloc]}: nobody of it is left in the party at the end in {before} of the worlds without "
                f"the change, in {after} with it."
            )
    return found


def cost_words(cost: Cost) -> str:
    """How far a change rewrites history, in words: how often the model takes the imposed decisions by itself."""
    if cost.nats is None:
        outside = "the change, and what falls away with it, comes from outside the model"
        return "no bloc and no ruler is forced" + (f"; {outside}" if cost.outside else "")
    decisions = counted(cost.decisions, "decision")
    decisions = f"{decisions} that the change imposes{', meeting by meeting,' if cost.decisions > 1 else ''}"
    most, rare = "at most " if cost.at_least else "", cost.nats > math.log(10.0)
    often = f"in {most}{one_in(cost.nats)}" if rare else f"in {most}{100 * math.exp(-cost.nats):.0f} of 100 worlds"
    text = f"by itself the model takes the {decisions} {often}"
    return text + (f"; {counted(cost.outside, 'change')} from outside the model" if cost.outside else "")


_FAR_FETCHED = math.log(1000.0)
"""A change costs at least so many nats if it is rarer than one world in a thousand."""


def far_fetched(cost: Cost) -> str:
    """That the model hardly ever takes the imposed decisions by itself, as a warning; "" if it does now and then."""
    if cost.nats is None or cost.nats < _FAR_FETCHED:
        return ""
    which = "the decision" if cost.decisions == 1 else f"the {cost.decisions} decisions"
    often = f"in {'at most ' if cost.at_least else ''}about {one_in(cost.nats)}"
    return f"without being forced the model takes {which} that the change imposes {often}: read the answer with caution"


def one_in(nats: float) -> str:
    """A small probability by its cost (minus its logarithm), as one world in so many, with two digits.

    >>> one_in(7.6), one_in(30.0)
    ('one world in 2,000', 'one world in more than a million')
    """
    many = math.exp(nats)
    if many > _MILLION:
        return "one world in more than a million"
    unit = 10 ** max(int(math.log10(many)) - 1, 0)
    return f"one world in {round(many / unit) * unit:,}"


def number(value: float | None, unit: str) -> str:
    """A value of an outcome, as its unit is written: a year as a month; "?" for None."""
    if value is None:
        return "?"
    return month(day_of(value)) if unit == "year" else f"{value:.{digits(unit)}f}"


def size(value: float | None, unit: str, sign: str = "+") -> str:
    """A difference between two values of an outcome, with its sign; empty for None."""
    if value is None:
        return ""
    return f"{value:{sign}.{digits(unit)}f}{' years' if unit == 'year' else ''}"
