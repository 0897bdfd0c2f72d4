"""The answer of a comparison, in sentences: what changed and when, what did not, and how it began."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from factions.counterfactual.choice import told
from factions.counterfactual.lost import lost_events
from factions.counterfactual.responses import OFTEN, grouped
from factions.counterfactual.summary import clauses, documented_until, one_in, partings_told
from factions.report.chain import FOLLOWS, chain, chain_steps
from factions.report.next_steps import stands_in
from factions.wording import counted, listed, month, out_of, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.findings import Finding, Group
    from factions.counterfactual.past import PastClaim
    from factions.counterfactual.rewriting import Cost

LITTLE, MUCH = 0.1, 0.25
"""Differences between shares: below the one, worlds differ little; from the other on, much."""

FOLLOWING = 2
"""Phases of which is told what differs first in them, beside the chain."""

FAINTLY = 0.1
"""Shares of worlds in which a bloc rules that lie nearer to each other leave the question who rules as it is."""

RARE = 0.01
"""Decisions that the model takes with a smaller probability are told with a caution."""

CAUTION = "A number near 100 says that the rules of the model lead there, not that history would have."

CERTAIN = 0.9
"""A decision that the model takes with this probability was nearly certain anyway."""


def answer(comparison: Comparison) -> list[str]:
    """The answer in paragraphs: how it comes about, what changed and what did not, and how far to trust it."""
    return [*in_short(comparison), *_course(comparison), *_how_sure(comparison)]


def in_short(comparison: Comparison) -> list[str]:
    """The first paragraphs: when the worlds differ and by what chain, then what changed and what did not."""
    short = [headline(comparison), *_reason(comparison), *_who_rules(comparison), *chain(comparison)]
    short += _premise(comparison)
    numbers = [*_changes(comparison), *_as_before(comparison), *([CAUTION] if comparison.findings.changed else [])]
    return [*filter(None, [" ".join(short), " ".join(numbers)])]


def _who_rules(comparison: Comparison) -> list[str]:
    """That who rules at the end does not change, where no bloc rules then in more or fewer worlds."""
    blocs, words = comparison.findings.ends.blocs, clauses(comparison)
    who = [words.names.blocs[each.bloc] for each in blocs if max(each.before, each.after) >= 0.5]
    same = all(abs(each.after - each.before) < FAINTLY for each in blocs)
    return [f"Who rules at the end stays the same: {listed(who)}."] if who and same and comparison.diverged else []


def _premise(comparison: Comparison) -> list[str]:
    """What is documented otherwise where the first decision differs: the worlds without the change are wrong there."""
    steps = chain_steps(comparison)
    if not steps or not comparison.findings.changed:
        return []
    at = steps[0][0][0].meeting
    wrong = [claim for claim in comparison.past.missed if claim.touched and claim.until == at]
    return [
        f"But there the worlds without the change are not as documented: “{claim.text.rstrip('.')}” fails in "
        f"{percent(claim.violated)} of them, so that part of the effect may come from this."
        for claim in wrong[:1]
    ]


def headline(comparison: Comparison) -> str:
    """When the worlds begin to differ much, or that nothing changes."""
    findings, words = comparison.findings, clauses(comparison)
    if not findings.changed:
        return "Nothing changes."
    ids = [level.meeting for level in findings.levels]
    levels = [level.size for level in findings.levels]
    peak = max(levels)
    if peak < LITTLE:
        return "Little changes."
    much = peak >= MUCH
    first = next(m for m, level in enumerate(levels) if level >= (MUCH if much else LITTLE))
    last = max(m for m, level in enumerate(levels) if level >= LITTLE)
    some = min([next(m for m, level in enumerate(levels) if level >= LITTLE), *_told_from(comparison, ids)])
    first = first if much else min(first, some)
    what, begun = "Much" if much else "Some things", words.when(ids[first])
    if levels[-1] < LITTLE:
        span = f"in {begun}" if first == last else f"between {begun} and {words.when(ids[last])}"
        return f"{what} {'changes' if much else 'change'} {span}, and little of it is left at the end."
    branch = ids.index(comparison.branch) if comparison.branch in ids else 0
    if first <= branch + 1 or not much:
        return f"{what} {'changes' if much else 'change'}, from {begun} on."
    if some == first:
        return f"Little changes before {begun}, much from then on."
    return f"Some things change from {words.when(ids[some])} on, much from {begun} on."


def _told_from(comparison: Comparison, meetings: list[str]) -> list[int]:
    """The meetings from which on differ what the sentences tell: none of them comes before the headline's first."""
    starts = (group[0].since for group in told(comparison.findings.changed))
    return [meetings.index(start) for start in starts if start in meetings]


def _changes(comparison: Comparison) -> list[str]:
    """What differs at the end, then what differed for a time, and over all; each in a sentence."""
    words, groups = clauses(comparison), told(comparison.findings.changed)
    lasting = [group for group in groups if group[0].lasts and group[0].kind != "break"]
    others = [group for group in groups if group not in lasting]
    others.sort(key=lambda group: (group[0].lasts, words.days[group[0].meeting]))  # the course of events, then the rest
    sentences = []
    if lasting:
        counts = [group[0].unit == "probability" for group in lasting]
        parts = [
            words.changed(group, counted=True not in counts[:k], since=_since(comparison, group))
            for k, group in enumerate(lasting)
        ]
        sentences.append(f"At the end ({words.when(words.last)}) {parts[0]}.")
        sentences += map(sentence, parts[1:])
    for group in others:
        when = "" if group[0].kind == "break" else f"in {words.when(group[0].meeting)} "
        sentences.append(sentence(f"{when}{words.changed(group)}"))
    gone = words.gone([each for group in groups for each in group])
    return [*sentences, *([sentence(gone)] if gone else [])]


def _since(comparison: Comparison, group: Group) -> str:
    """From when on, unless the headline says it or the whole course is meant."""
    words, since = clauses(comparison), group[0].since
    if not since or since == group[0].meeting or words.when(since) in headline(comparison):
        return ""
    return f"the difference begins in {words.when(since)}"


def _as_before(comparison: Comparison) -> list[str]:
    words = clauses(comparison)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in comparison.findings.same:
        groups.setdefault(words.alike(finding), []).append(finding)
    parts = [words.same(group) for group in groups.values()]
    return [sentence("; ".join(parts))] if parts else []


def _reason(comparison: Comparison) -> list[str]:
    """Why nothing changes, or little."""
    if not comparison.branch:
        return ["The file changes nothing that the model reads."]
    if not comparison.findings.changed and 0.0 in comparison.made:
        return ["In no world does what one of the changes requires hold, so that it is never made."]
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
    """What a pair is, from when on its two runs differ, and which decisions differ first."""
    if comparison.diverged == 0.0:
        return []
    run = f"Each of the {counted(len(comparison.paths), 'simulated world')} was run twice with the same luck"
    said = [f"{run}, without the change and with it: this is a pair. {_apart(comparison)}", *_lost(comparison)]
    said += _goes_on(comparison)
    if not comparison.findings.changed:
        said.append(
            "What the two runs differ in is not the same in all pairs, and evens out."
            if any(each.share >= OFTEN for phase in comparison.findings.responses for each in phase)
            else "They differ in what the change itself decides, and in little else."
        )
    return [" ".join(said)]


def _apart(comparison: Comparison) -> str:
    words, (first, *last) = clauses(comparison), partings_told(comparison)
    many = f"{out_of(first.share, words.count)} of {words.count} pairs"
    if not last:
        begun = next(parting.meeting for parting in comparison.partings if parting.share > 0.0)
        when = f"from {words.when(begun)} on" if begun == first.meeting else f"by {words.when(first.meeting)}"
        return f"The two runs differ in {many}, {when}."
    end = out_of(last[0].share, words.count)
    return f"The two runs differ in {many} by {words.when(first.meeting)}, and in {end} by the end."


def _lost(comparison: Comparison) -> list[str]:
    """The events that do not happen with the change, because the man whose deed they were is dead."""
    lost, leaders = lost_events(comparison.base, comparison.scenario), clauses(comparison).names.leaders
    if not lost:
        return []
    events = listed(f"“{event.name}” ({month(event.date)})" for event, _ in lost)
    whom = listed(dict.fromkeys(leaders[who] for _, who in lost))
    many = "this event does not happen" if len(lost) == 1 else f"these {len(lost)} events do not happen"
    alone = "Nobody else does the same: that is an assumption of the file, and the answer may rest on it. " + _instead(
        comparison
    )
    return [f"Without {whom} {many}: {events}. {alone}".rstrip()]


def _instead(comparison: Comparison) -> str:
    """Where the report has what to type so that somebody else does it; "" if nowhere."""
    return "What to type to let somebody else do it stands below." if stands_in(comparison) else ""


def _goes_on(comparison: Comparison) -> list[str]:
    """What differs first in the phases of which the chain does not tell."""
    words, steps = clauses(comparison), [group for group, _ in chain_steps(comparison)]
    if not steps or not comparison.findings.changed:
        return []
    order = [*words.days]
    first = [grouped(rows)[0] for rows in comparison.findings.responses if rows[0].share >= FOLLOWS]
    began = order.index(steps[0][0].meeting)
    kinds = {group[0].kind for group in steps}
    later = [group for group in first if group[0].kind not in kinds and order.index(group[0].meeting) >= began]
    if not later:
        return []
    most = sorted(later, key=lambda group: -group[0].share)[:FOLLOWING]
    then = (words.response(group, [each.share for each in group]) for group in later if group in most)
    return [sentence(f"What else begins to differ: {'; '.join(then)}")]


def _how_sure(comparison: Comparison) -> list[str]:
    """How large the errors are, what the change asks of the model, and what past the worlds have."""
    errors = [
        row.error for row in comparison.every if row.unit == "probability" and row.error is not None and row.telling
    ]
    sure = [_far(comparison.cost)]
    if errors:
        most = math.ceil(100 * max(errors))
        sure.insert(0, f"The shares of outcomes have a standard error of {most} of 100 worlds at most.")
    return [" ".join(sure), _past(comparison)]


def _past(comparison: Comparison) -> str:
    """By what past the worlds were chosen, and that it is that of this question."""
    if not comparison.paths.until:
        return "The worlds were not chosen by what is documented: each has a past of its own."
    claims, until = comparison.past.claims, documented_until(comparison)
    kept = len(claims) - len(comparison.past.violated)
    said = f"all {kept} statements" if kept == len(claims) else f"of {counted(len(claims), 'statement')} {kept}"
    chosen = f"The worlds were chosen by what is documented up to {until}: {said} hold in nine of ten worlds or more."
    chosen += _required([claim for claim in claims if claim.touched])
    after = _after(len(comparison.past.later), len(comparison.past.missed))
    return (
        f"{chosen}{after} Another question chooses its worlds by another past, so that the numbers without the change "
        "differ from report to report."
    )


def _required(near: Sequence[PastClaim]) -> str:
    """How many of the statements about those whom the change names hold in every world; of one, which it is."""
    held = sum(claim.imposed for claim in near)
    if held == 0:
        return ""
    if len(near) == 1:
        return f" One is about those whom the change names, and holds in every world: “{near[0].text.rstrip('.')}”."
    which = "all of these hold" if held == len(near) else f"{held} of these {'holds' if held == 1 else 'hold'}"
    return f" {len(near)} are about those whom the change names; {which} in every world."


def _after(later: int, missed: int) -> str:
    """How far the worlds without the change go on as documented, where nothing holds them to it."""
    if later == 0:
        return ""
    which = f"{later - missed} of {counted(later, 'statement')}"
    return (
        f" After that they follow the model alone: without the change, {which} documented later hold in most of them "
        "(the shipped parameters were fitted to these too)."
    )


def _far(cost: Cost) -> str:
    """How improbable the change is for the model."""
    certain = probability(cost)
    if certain is None or cost.nats is None:
        return "The change comes from outside the model, which cannot say how likely it was."
    decisions = "the decision" if cost.decisions == 1 else f"the {cost.decisions} decisions"
    imposed, rare = f"{decisions} that the change imposes", one_in(cost.nats)
    if cost.at_least:
        said = f"Without being forced the model hardly ever takes {imposed} (at most in about {rare})"
        return f"{said}: read the answer with caution."
    taken = f"Without being forced the model takes {imposed}"
    if certain >= CERTAIN:
        return f"{taken} in most worlds: the change asks little of it."
    if certain < RARE:
        return f"{taken} in about {rare}: read the answer with caution."
    return f"{taken} in about {100 * certain:.0f} of 100 worlds."
