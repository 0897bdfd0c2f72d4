"""The answer of a comparison, in sentences: who rules, who falls, what is late, what turns round, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factions.counterfactual.choice import told
from factions.counterfactual.finding import rounded
from factions.counterfactual.own import own_changes
from factions.counterfactual.summary import clauses
from factions.counterfactual.weight import OF_MEN, main_finding, size, weightiest
from factions.report.chain import chain, chain_steps
from factions.report.grounds import CERTAIN, probability
from factions.report.imposed import by_itself
from factions.scenario.content.events import Death
from factions.wording import Names, capitalised, listed, month, out_of, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factions.counterfactual.compare import Comparison
    from factions.counterfactual.finding import Finding, Group

LITTLE, MUCH = 0.15, 0.25
"""Effects: below the one, little changes; from the other on, who falls is not the same."""

TURNED = 0.25
"""A share of worlds in which a bloc rules at the end that differs by this much alters who rules."""

WORDS = 200
"""Words of an answer, as far as it can be told in so few; the rest stands in the tables."""

ROOM = 75
"""Words of these for what differs, as far as more than two sentences tell it."""

LEAST = 2
"""Differences that are told however many words they take."""

UNCHANGED = 2
"""Statements that stay the same of which is told, of those that somebody asked for."""

_LITTLE = "The change alters little"

_WORDS = {
    "To rule: to belong to the alliance with the majority, be it as its lesser partner.": (
        "ruled",
        "rules",
        "in power",
        "lost power",
    ),
    "To oppose openly: to speak against the rulers at a meeting.": ("opposed openly", "spoke out", "open opposition"),
    "Influence: a share of all prestige and posts; a seat in the {politburo} or the {central_committee} makes prestige "
    "count for more.": ("influence",),
    "To surrender: to recant and leave one's bloc.": ("surrendered",),
    "Rulers punish one step at a time (office, {politburo}, {central_committee}, party), and count the votes of the "
    "strongest of them, not those of its partners.": ("votes by itself",),
}
"""What words of the model mean, each with their forms."""


def answer(comparison: Comparison) -> list[str]:
    """The answer in paragraphs: what changed and what did not, how it comes about, and what its words mean."""
    said = in_short(comparison)
    return [*said, *filter(None, [small_print(comparison, said)])]


def small_print(comparison: Comparison, paragraphs: Sequence[str]) -> str:
    """How firm the answer is, and what words of its paragraphs mean."""
    return " ".join(filter(None, [firm(comparison), meant(comparison, paragraphs)]))


_NEAR_ALL = "A number near 100 says that the rules of the model lead there, not that history would have."
"""What a reader must know of worlds that all agree."""


def firm(comparison: Comparison) -> str:
    """How far the main difference depends on any one of the free parameters; "" if there is none."""
    found, main = comparison.halves, main_finding(comparison.base, comparison.scenario, comparison.findings)
    if found is None or main is None:
        return ""
    words, (least, most) = clauses(comparison), (f"{100 * value:+.0f}" for value in (found.least, found.most))
    where = f" (least where “{found.parameter.replace('_', ' ')}” is {'high' if found.high else 'low'})"
    between = f"{least} of 100 worlds" if least == most else f"{least} to {most} of 100 worlds{where}"
    when = "at the end" if main.lasts else f"in {words.when(main.meeting)}"
    what = f"“{words.subject([main])} {words.deed(main)[0]} {when}”"
    whichever = f"whichever of the {found.parameters} free parameters is high or low"
    said = f"How firm this is: {whichever}, with the events as the file has them, the change moves {what} by {between}."
    if comparison.instead is None or comparison.instead.half is None:
        return said
    return f"{said} The size of a turn of policy is a judgement of the file, and was not fitted: hence the half above."


def meant(comparison: Comparison, paragraphs: Sequence[str]) -> str:
    """What words mean that occur in these paragraphs, when the end is, and whom the rulers expel; "" if none does."""
    text, scenario = " ".join(paragraphs), comparison.scenario
    end = f"The end: {month(scenario.meetings[-1].date)}; what would have come later is not simulated."
    words = {end: ("at the end", "At the end"), **_WORDS}
    if not any(kind.purges for kind in scenario.meeting_kinds):
        words["In the model the rulers expel for open opposition alone."] = ("expelled", "belonged to the party")
    words[_NEAR_ALL] = ("every world", "more than 99 of", " in all")
    if any(isinstance(change, Death) for change in own_changes(comparison.base, scenario)):
        words["A bloc acts as one, also when its chief has died."] = (" ",)
    said = (meaning for meaning, forms in words.items() if any(form in text for form in forms))
    return " ".join(said).format(**clauses(comparison).names.bodies)


def in_short(comparison: Comparison) -> list[str]:
    """The answer without the meaning of its words: what changed, then how it comes about, in about `WORDS` words."""
    changed, groups = bool(comparison.findings.changed), shown(comparison)
    says, sure, more = _parts(comparison, groups)
    while _words(*says, *sure) > WORDS and len(groups) > LEAST:
        groups = groups[:-1]
        says, sure, more = _parts(comparison, groups)
    how, same = [*sure, *_fitting(more, WORDS - _words(*says, *sure))], _as_before(comparison)
    if changed:
        same = _fitting(same, WORDS - _words(*says, *how))
    return [*filter(None, [" ".join([*says, *same]), " ".join(how)])]


def _parts(comparison: Comparison, groups: Sequence[Group]) -> tuple[list[str], list[str], list[str]]:
    """Sentences on what differs, on how that comes about, and others on this that may be left out."""
    says = [headline(comparison), *_reason(comparison), *_changes(comparison, groups)]
    little = headline(comparison).startswith(_LITTLE)
    return says, *chain(comparison, [] if little else groups)


def _fitting(texts: Sequence[str], room: int) -> list[str]:
    """The first of some texts that have no more words than there is room for."""
    found: list[str] = []
    for text in texts:
        if _words(*found, text) > room:
            break
        found.append(text)
    return found


def _words(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)


def headline(comparison: Comparison) -> str:
    """Who rules at the end, and whether the change alters, delays or hastens anything, or little; no full stop if more.

    What follows a colon is the first of the changes.
    """
    findings = comparison.findings
    if not findings.changed:
        return "Nothing changes."
    if not _own_effects(comparison):
        return "Nothing changes but what the change itself brings about."
    who, groups = _rulers(comparison), _own_effects(comparison)
    if _turned(comparison):
        return _turn(comparison)
    strongest = _largest(groups)[0]
    falls = [group for group in groups if group[0].lasts and group[0].kind in OF_MEN and size(group[0]) >= MUCH]
    as_without = f"at the end {who} as without it" if who else "the end is as without it"
    if size(strongest) < LITTLE:
        return f"{_LITTLE}: {as_without}."
    if falls:
        return f"The change alters who falls, but not who rules: {as_without}."
    if strongest.lasts:
        return f"The change does not alter who rules: {as_without}."
    does = {"later": "delays what comes anyway", "earlier": "hastens what comes anyway"}.get(strongest.course)
    if does is None:
        return f"The change matters for a time: {as_without}."
    apart = abs(rounded(strongest.after, strongest.unit) - rounded(strongest.before, strongest.unit))
    share = abs(strongest.difference) if apart == 1.0 else apart
    return f"In {clauses(comparison).among([share])} the change {does}: {as_without}."


def _largest(groups: Sequence[Group]) -> Group:
    """The group that differs most; of those that differ about as much, one that comes at another time."""
    return max(groups, key=lambda group: (round(size(group[0]), 1), not group[0].lasts, size(group[0])))


def _rulers(comparison: Comparison) -> str:
    """Who rules at the end in most worlds with the change, as a clause; "" if nobody does."""
    words = clauses(comparison)
    who = [words.names.blocs[each.bloc] for each in comparison.findings.ends.blocs if each.after >= 0.5]
    led = [
        f", under {words.names.called[loss.heir]},"
        for loss in comparison.findings.losses
        if loss.heir and loss.where(words.last) == "with the change" and loss.dead and len(who) == 1
    ]
    return f"{listed(who)}{''.join(led)} ruled" if who else ""


def _turned(comparison: Comparison) -> bool:
    """Does a bloc rule at the end in many more or fewer worlds, not by the change itself."""
    groups = told(comparison.findings.changed)
    return any(group[0].kind == "ruling" and group[0].lasts and abs(group[0].difference) >= TURNED for group in groups)


_FIRST = ("ruling", "politburo", "party", "capitulated")
"""Kinds of outcomes that come first of those that last, in this order."""


def _own_effects(comparison: Comparison) -> list[Group]:
    """What is told, without what the change itself brings about at once."""
    return [group for group in told(comparison.findings.changed) if not by_itself(comparison, group)]


def shown(comparison: Comparison) -> list[Group]:
    """What the sentences tell of that with its numbers."""
    return [*_within(comparison, _own_effects(comparison))]


def _turn(comparison: Comparison) -> str:
    """That others rule at the end, or that those who rule without the change do so with others."""
    words, blocs = clauses(comparison), comparison.findings.ends.blocs
    stay = [each.bloc for each in blocs if min(each.before, each.after) >= 0.5]
    gone = [each for each in blocs if each.after < 0.5 <= each.before]
    if not stay or gone:
        return "The change alters who rules at the end:"
    ruled = f"{words.names.bloc_list(stay)} ruled at the end as without the change, but not alone"
    return capitalised(f"{ruled}{_weaker(comparison, stay)}:")


def _weaker(comparison: Comparison, stay: Sequence[str]) -> str:
    """That a bloc that comes to power beside one that rules anyway has more influence than that, as a clause."""
    shares = {row.outcome: row.counterfactual for row in comparison.every}
    known = {
        each.bloc: shares[name]
        for each in comparison.findings.ends.blocs
        if (name := f"influence:{each.bloc}") in shares and each.after >= 0.5
    }
    first = max(known, key=lambda bloc: known[bloc], default="")
    if len(stay) != 1 or stay[0] not in known or first == stay[0]:
        return ""
    own, other = known[stay[0]], known[first]
    names = Names(comparison.base).blocs
    return f", and as the weaker ({percent(own)} of the influence, {names[first]} {percent(other)})"


def _changes(comparison: Comparison, groups: Sequence[Group]) -> list[str]:
    """What differs at the end, first who rules; then what differed for a time; each in a sentence, as room is."""
    words = clauses(comparison)
    lasting = [group for group in groups if group[0].lasts]
    lasting.sort(key=lambda group: _FIRST.index(group[0].kind) if group[0].kind in _FIRST else len(_FIRST))
    passing = [group for group in groups if not group[0].lasts]
    passing.sort(key=lambda group: words.days[group[0].meeting])
    stays = _turned(comparison) or "who falls" in headline(comparison)
    late = bool(groups) and _largest(groups) in passing and not stays
    ordered = [*passing, *lasting] if late else [*lasting, *passing]
    opened = headline(comparison).endswith(":")
    sentences, counted, dated = [], True, opened
    for group in ordered:
        at_the_end = group[0].lasts and group[0].kind != "break" and not dated
        dated = dated or at_the_end
        sentences.append(("at the end " if at_the_end else "") + words.changed(group, counted))
        counted = counted and group[0].unit != "probability"
    return [f"{text}." if opened and k == 0 else sentence(text) for k, text in enumerate(sentences)]


def _within(comparison: Comparison, groups: Sequence[Group]) -> Iterator[Group]:
    """The weightiest groups whose sentences have no more than `ROOM` words together, two at least; who rules first.

    What blocs do for a time is left to the chain, if this begins with it.
    """
    words, room = clauses(comparison), ROOM
    lasting = any(group[0].lasts for group in groups)
    steps = {(row.kind, row.meeting, row.who[0]) for rows, _ in chain_steps(comparison) for row in rows}
    left = [
        group
        for group in weightiest(comparison.base, comparison.scenario, groups)
        if group[0].lasts or not lasting or not {(each.kind, each.meeting, each.who[0]) for each in group} <= steps
    ]
    for k, group in enumerate(left):
        room -= _words(words.changed(group, k == 0))
        if k >= LEAST and room < 0:
            return
        yield group


def _as_before(comparison: Comparison) -> list[str]:
    """What was asked for and stays the same; who rules as before has been said."""
    words = clauses(comparison)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    rules = {each.bloc for each in comparison.findings.ends.blocs if each.after >= 0.5}
    for finding in comparison.findings.same:
        said = finding.kind == "ruling" and finding.who[0] in rules and finding.meeting == words.last
        if not (said and comparison.findings.changed):
            groups.setdefault(words.alike(finding), []).append(finding)
    parts = [words.same(group) for group in groups.values()][:UNCHANGED]
    return [f"As without the change, {'; '.join(parts)}."] if parts else []


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
