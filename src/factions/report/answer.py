"""The answer of a comparison, in sentences: what changed and when, what did not, and how it began."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factions.counterfactual.clauses import Clauses
from factions.counterfactual.courses import PARTNERED
from factions.wording import counted, out_of, percent, sentence

if TYPE_CHECKING:
    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.findings import Finding, Group
    from factions.counterfactual.rewriting import Cost

LITTLE, MUCH = 0.1, 0.25
"""Differences between shares: below the one, worlds differ little; from the other on, much."""

MOST = 3
"""Clauses that say what changed, beside those on what somebody asked for."""

WEAK = 0.25
"""Effects smaller than this share of the largest are not told unasked."""

OFTEN = 0.1
"""A first decision to differ is told from this share of the pairs on."""

RARE = 0.01
"""Decisions that the model takes with a smaller probability are told with a caution."""

CERTAIN = 0.9
"""A decision that the model takes with this probability was nearly certain anyway."""


def answer(comparison: Comparison) -> list[str]:
    """The answer in paragraphs: what changed and what did not, how it began, and how far to trust it."""
    parts = [headline(comparison), *_reason(comparison), *_changes(comparison), *_as_before(comparison)]
    return [" ".join(parts), *_course(comparison), _how_sure(comparison)]


def headline(comparison: Comparison) -> str:
    """When the worlds begin to differ much, or that nothing changes."""
    findings, words = comparison.findings, _words(comparison)
    if not findings.changed:
        return "Nothing changes."
    ids = [meeting for meeting, _ in findings.levels]
    levels = [level for _, level in findings.levels]
    peak = max(levels)
    if peak < LITTLE:
        return "Little changes."
    much = peak >= MUCH
    first = next(m for m, level in enumerate(levels) if level >= (MUCH if much else LITTLE))
    last = max(m for m, level in enumerate(levels) if level >= LITTLE)
    what, begun = "Much" if much else "Some things", words.when(ids[first])
    if levels[-1] < LITTLE:
        span = f"in {begun}" if first == last else f"between {begun} and {words.when(ids[last])}"
        return f"{what} {'changes' if much else 'change'} {span}, and little of it is left at the end."
    branch = ids.index(comparison.branch) if comparison.branch in ids else 0
    if first <= branch + 1 or not much:
        return f"{what} {'changes' if much else 'change'}, from {begun} on."
    some = next(m for m, level in enumerate(levels) if level >= LITTLE)
    if some == first:
        return f"Little changes before {begun}, much from then on."
    return f"Some things change from {words.when(ids[some])} on, much from {begun} on."


def _words(comparison: Comparison) -> Clauses:
    return Clauses(comparison.base, len(comparison.paths))


def told(comparison: Comparison) -> list[Group]:
    """The groups of findings that the answer tells: the weightiest, and all that somebody asked for."""
    groups = comparison.findings.changed
    strong: list[Group] = []
    for group in groups:
        if group[0].weight >= WEAK * groups[0][0].weight and not _says_it_again(group, strong):
            strong.append(group)
    strong = strong[:MOST]
    return strong + [group for group in groups if group not in strong and any(each.asked for each in group)]


def _says_it_again(group: Group, said: list[Group]) -> bool:
    """Do they have allies in opposition because they oppose openly, or have lost power, which was said of them all."""
    first = group[0]
    if first.kind != PARTNERED:
        return False
    blocs, more = {each.who for each in group}, first.difference > 0
    return any(
        (each[0].kind, each[0].difference > 0) in (("open", more), ("ruling", not more))
        and each[0].meeting == first.meeting
        and blocs <= {one.who for one in each}
        for each in said
    )


def _changes(comparison: Comparison) -> list[str]:
    """What differs at the end, then what differed for a time, and over all; each in a sentence."""
    words, groups = _words(comparison), told(comparison)
    lasting = [group for group in groups if group[0].lasts and group[0].kind != "break"]
    others = [group for group in groups if group not in lasting]
    others.sort(key=lambda group: (group[0].lasts, words.days[group[0].meeting]))  # the course of events, then the rest
    sentences = []
    if lasting:
        counts = [group[0].unit == "probability" for group in lasting]
        clauses = [
            words.changed(group, counted=True not in counts[:k]) + _since(comparison, group)
            for k, group in enumerate(lasting)
        ]
        sentences.append(f"At the end ({words.when(words.last)}) {clauses[0]}.")
        sentences += map(sentence, clauses[1:])
    for group in others:
        when = "" if group[0].kind == "break" else f"in {words.when(group[0].meeting)} "
        sentences.append(sentence(f"{when}{words.changed(group)}"))
    return sentences


def _since(comparison: Comparison, group: Group) -> str:
    """From when on, unless the headline says it or the whole course is meant."""
    words, since = _words(comparison), group[0].since
    if not since or since == group[0].meeting or words.when(since) in headline(comparison):
        return ""
    return f" (from {words.when(since)} on)"


def _as_before(comparison: Comparison) -> list[str]:
    words = _words(comparison)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in comparison.findings.same:
        groups.setdefault(words.alike(finding), []).append(finding)
    clauses = [words.same(group) for group in groups.values()]
    return [sentence("; ".join(clauses))] if clauses else []


def _reason(comparison: Comparison) -> list[str]:
    """Why nothing changes, or little."""
    if not comparison.branch:
        return ["The file changes nothing that the model reads."]
    if comparison.findings.effect >= LITTLE:
        return []
    known = _grip(comparison)
    if known:
        return [known]
    if comparison.findings.changed:
        return []
    if comparison.diverged == 0.0:
        return [
            "The change reaches no decision: in no pair does an alliance, a stance, a punishment or an office differ."
        ]
    grips, count = comparison.findings.grips, min(len(comparison.paths), 100)
    held = min(grips, key=lambda grip: grip.after, default=None)
    if held is None:
        return ["No difference that was looked at can be told from chance."]
    so = (
        f"what it imposes is so in {out_of(held.after, count)} of {count} worlds with it, in "
        f"{out_of(held.before, count)} without it"
    )
    return [f"The change takes hold ({so}), but no difference that was looked at can be told from chance."]


def _grip(comparison: Comparison) -> str:
    """That what is imposed was so anyway, or that it does not take hold; "" if neither."""
    grips, count = comparison.findings.grips, min(len(comparison.paths), 100)
    if grips:
        anyway, weakest = min(grip.before for grip in grips), min(grip.after for grip in grips)
        if anyway >= CERTAIN:
            so = f"it is so without the change in {out_of(anyway, count)} of {count} worlds"
            return f"What the file imposes was nearly certain anyway: {so}."
        if weakest < 0.5:
            held = f"at its first meeting what it imposes is so in {out_of(weakest, count)} of {count} worlds"
            return f"The change does not take hold: {held}; those whom it names may be gone or out of play by then."
    certain = probability(comparison.cost)
    if certain is None or certain < CERTAIN:
        return ""
    so = f"the model decides so by itself with probability {certain:.2f}"
    return f"What the file imposes was nearly certain anyway: {so}."


def probability(cost: Cost) -> float | None:
    """The probability with which the model takes the imposed decisions by itself; None if there are none."""
    return None if cost.nats is None else 0.0 if cost.at_least else math.exp(-cost.nats)


def _course(comparison: Comparison) -> list[str]:
    """How many pairs part, and by when most of them have."""
    if comparison.diverged == 0.0:
        return []
    words = _words(comparison)
    first = next((parting for parting in comparison.partings if parting.share > 0.5), None)
    when = f", most of them by {words.when(first.meeting)}" if first is not None else ""
    pair = "The two worlds of a pair have the same luck, one with the change and one without it"
    parted = f"{pair}. They part in {out_of(comparison.diverged, words.count)} of {words.count} pairs{when}."
    responses = comparison.findings.responses
    if not comparison.findings.changed:
        return [f"{parted} What they differ in is not the same in all, and evens out."]
    if not responses or responses[0].share < OFTEN:
        return [parted]
    return [f"{parted} The first decision to differ is most often this: {words.response(responses[0])}."]


def _how_sure(comparison: Comparison) -> str:
    """How far the worlds keep to the record, on how many beginnings the errors rest, and what the change asks for."""
    far, paths = _far(comparison.cost), comparison.paths
    if not paths.until:
        return f"{far} The worlds were not selected to agree with the record."
    names = {meeting.id: meeting.name for meeting in comparison.base.meetings}
    claims = comparison.past.claims
    shared = percent(1.0 - sum(claim.violated for claim in claims) / max(len(claims), 1))
    imposed = sum(claim.imposed for claim in claims)
    weighed = "the others were only weighed" if imposed < len(claims) else "that is all of them"
    were = "was" if imposed == 1 else "were"
    how = f"{counted(imposed, 'claim')} about what the change names {were} imposed, {weighed}"
    beginnings = counted(paths.ancestors, "different beginning")
    return (
        f"On average {shared} of what is documented up to {names[paths.until]} holds in these worlds: "
        f"{how if imposed else 'its claims were weighed, none imposed'}. The worlds of the comparison descend from "
        f"{beginnings}, on which the errors rest. {far}"
    )


def _far(cost: Cost) -> str:
    """How improbable the change is for the model."""
    certain = probability(cost)
    if certain is None or cost.nats is None:
        return "The change comes from outside the model, which cannot say how improbable it is."
    decisions = "this decision" if cost.decisions == 1 else f"these {cost.decisions} decisions"
    rare = one_in(cost.nats)
    if cost.at_least:
        return (
            f"The model hardly ever makes {decisions} unaided (at most in about {rare}). Read the answer with caution."
        )
    if certain >= CERTAIN:
        return f"The model makes {decisions} by itself in most worlds: the change asks little of it."
    if certain < RARE:
        return f"The model makes {decisions} by itself in about {rare}. Read the answer with caution."
    return f"The model makes {decisions} by itself in about {100 * certain:.0f} of 100 worlds."


def one_in(nats: float) -> str:
    """A probability by its cost, as one world in so many, with two digits.

    >>> one_in(7.6)
    'one world in 2,000'
    """
    many = math.exp(nats)
    unit = 10 ** max(int(math.log10(many)) - 1, 0)
    return f"one world in {round(many / unit) * unit:,}"
